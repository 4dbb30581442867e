"""What is wrong with settings, in words: the file or variable, the key, the fault and the remedy."""

import difflib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from briefer.settings.shape import known_part, table_at
from briefer.settings.whole import PREFIX, Settings

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_PATTERNS = {
    "language": 'it must be an ISO 639 code, such as "en"',
    "languages": 'each must be an ISO 639 code, such as ["en", "ar"]',
    "key_variable": "it must be the name of an environment variable, not the key itself",
    "password_variable": "it must be the name of an environment variable, not the password itself",
    "host": 'it must be the bare name of a mail server, such as "smtp.example.org"',
    "user_agent": "it must be plain ASCII on one line",
    "currency": 'it must be three capitals, such as "USD"',
    "collection": 'it must be the name of a collection: small letters, digits, "-" and "_"',
}
_KEYS = 'a name has at most 40 small letters, digits, "-" and "_", such as libya-east'


def words(error: ValidationError, file: Path | None, environment: Mapping[str, object]) -> str:
    """All that is wrong, a line each. `environment` are the values that the environment gives."""
    found: dict[tuple[str, ...], str] = {}
    for detail in sorted(error.errors(), key=_is_empty_literal):
        key = known_part(detail["loc"])
        entry = next((part for part in detail["loc"][len(key) :] if isinstance(part, int)), None)
        found.setdefault((*key, str(entry)), f"{_where(key, entry, file, environment)}: {_fault(key, detail)}")
    return "\n".join(found.values())


def variable(key: tuple[str, ...]) -> str:
    """The environment variable that gives a key or a table above it, as it is written there; "" where none does."""
    names = {name.upper(): name for name in os.environ}
    wanted = (f"{PREFIX}{'__'.join(key[:length])}".upper() for length in range(len(key), 0, -1))
    return next((names[name] for name in wanted if name in names), "")


def holds(values: Mapping[str, object], key: tuple[str, ...]) -> bool:
    """Whether values hold a key."""
    here: object = values
    for part in key:
        if not isinstance(here, Mapping) or part not in here:
            return False
        here = here[part]
    return True


def _is_empty_literal(detail: "ErrorDetails") -> bool:
    """Where a value may also be "", what is wrong with it otherwise is the better word."""
    return detail["type"] == "literal_error" and detail["loc"][-1] == "literal['']"


def _where(key: tuple[str, ...], entry: int | None, file: Path | None, environment: Mapping[str, object]) -> str:
    named = variable(key) if holds(environment, key) else ""
    where = f"environment variable {named}" if named else f"{file or 'settings'}: {'.'.join(key)}"
    return where if entry is None else f"{where}, entry {entry + 1}"


def _fault(key: tuple[str, ...], detail: "ErrorDetails") -> str:
    kind = detail["type"]
    if kind == "extra_forbidden":
        return f"there is no such setting; {_alternatives(key)}"
    if kind == "missing":
        return f"it is missing; give it in [{'.'.join(key[:-1])}]"
    if detail["loc"][-1] == "[key]":
        return f"this name cannot be used; {_KEYS}"
    if kind == "string_pattern_mismatch" and key[-1] in _PATTERNS:
        return _PATTERNS[key[-1]]
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return _no_table(key)
    return detail["msg"].removeprefix("Value error, ")


def _no_table(key: tuple[str, ...]) -> str:
    table = table_at(key)
    inner = next(iter(table.model_fields)) if table else "NAME"
    name = f"{PREFIX}{'__'.join((*key, inner))}".upper()
    return f"it must be a table: write [{'.'.join(key)}] in a file, JSON or {name} in the environment"


def _alternatives(key: tuple[str, ...]) -> str:
    table = table_at(key[:-1]) or Settings
    known = list(table.model_fields)
    near = difflib.get_close_matches(key[-1], known, n=1)
    return f"{f'did you mean {near[0]}? ' if near else ''}there are: {', '.join(known)}"
