"""Values as they are kept: zlib over JSON of a type; days and moments as text that sorts; text that a database takes.

What equals its default is left out and comes back as the default.
"""

import json
import re
import zlib
from datetime import UTC, datetime
from datetime import date as Date
from functools import cached_property
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from briefer.errors import StoreError

Thing = TypeVar("Thing")

_UNFIT = re.compile("[\x00\ud800-\udfff]")  # no text of PostgreSQL, and no UTF-8


class Packed(Generic[Thing]):
    """Packs values of one type, and unpacks them. The same value gives the same bytes."""

    def __init__(self, kind: type[Thing], name: str) -> None:
        self._kind = kind
        self._name = name

    def pack(self, value: Thing) -> bytes:
        """The value as bytes."""
        try:
            text = self._adapter.dump_json(value, exclude_defaults=True)
        except PydanticSerializationError:  # half of a character, as in names of files that are no UTF-8
            text = json.dumps(_mended(self._adapter.dump_python(value, exclude_defaults=True)), default=str).encode()
        return zlib.compress(text)

    def unpack(self, body: bytes, name: str) -> Thing:
        """The value that `body` holds; `name` is for the error. Raises StoreError where it cannot be read."""
        try:
            return self._adapter.validate_json(zlib.decompress(body))
        except (zlib.error, ValidationError, TypeError) as error:  # a damaged SQLite column can hold any type
            raise _unreadable(f"the {self._name} {name}") from error

    @cached_property
    def _adapter(self) -> TypeAdapter[Thing]:
        return TypeAdapter(self._kind)


def opened(body: bytes, name: str) -> object:
    """The plain JSON that any body holds, None for an empty one. Raises StoreError where it cannot be read."""
    try:
        return json.loads(zlib.decompress(body)) if body else None
    except (zlib.error, ValueError, TypeError) as error:
        raise _unreadable(name) from error


def _unreadable(name: str) -> StoreError:
    return StoreError(f"{name} in the store cannot be read; `briefer store check` tells what else is wrong")


def _mended(value: object) -> object:
    if isinstance(value, str):
        return fit(value)
    if isinstance(value, dict):
        return {key: _mended(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_mended(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime) else value


def fit(text: str) -> str:
    """The text as a column can hold it: what is no character becomes the replacement character."""
    return _UNFIT.sub("\ufffd", text)


def moment(at: datetime) -> str:
    """An aware time as text, in UTC."""
    try:
        at = at.astimezone(UTC)
    except OverflowError:  # within a day of the year 1 or 9999
        at = at.replace(tzinfo=UTC)
    return at.isoformat(timespec="microseconds")


def day_of(text: str) -> Date | None:
    """The day that a text holds, None for ""."""
    return Date.fromisoformat(text) if text else None
