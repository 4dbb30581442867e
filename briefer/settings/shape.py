"""Where a key of the settings leads: its path from the top in, the kind of value or the table behind it out."""

from collections.abc import Iterator, Mapping, Sequence
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from briefer.settings.values import Table
from briefer.settings.whole import Settings

Path = tuple[str, ...]
"""A key from the top down: ("collections", "libya", "feeds")."""


def table_at(path: Sequence[str]) -> type[Table] | None:
    """The table of a path, None where it is a value, a list or a dictionary of names."""
    found = _at(path)
    return found if isinstance(found, type) and issubclass(found, Table) else None


def is_text(path: Sequence[str]) -> bool:
    """Whether the value of a path is a piece of text, and brackets in it are only letters."""
    return _at(path) is str


def known_part(location: Sequence[int | str]) -> Path:
    """The part of an error's location that is a key of the settings; what follows are numbers and kinds of values."""
    found: list[str] = []
    kind: Any = Settings
    for part in location:
        if not isinstance(part, str) or not _holds_keys(kind) or part == "[key]":
            break
        found.append(part)
        kind = _step(kind, part)
    return tuple(found)


def values_of(table: BaseModel, above: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every value of a table and of the tables in it, by its path, in the order of the models.

    A dictionary of values (`names.actors`, `model.headers`) is one value.
    """
    for name in type(table).model_fields:
        yield from _values(getattr(table, name), (*above, name))


def _values(value: object, path: Path) -> Iterator[tuple[Path, object]]:
    if isinstance(value, BaseModel):
        yield from values_of(value, path)
    elif isinstance(value, Mapping) and value and all(isinstance(each, BaseModel) for each in value.values()):
        for name, each in value.items():
            yield from _values(each, (*path, name))
    else:
        yield path, value


def _at(path: Sequence[str]) -> Any:
    kind: Any = Settings
    for part in path:
        kind = _step(kind, part)
    return kind


def _step(kind: Any, part: str) -> Any:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        field = kind.model_fields.get(part)
        return _bare(field.annotation) if field else None
    return _bare(get_args(kind)[1]) if _is_dictionary(kind) else None


def _holds_keys(kind: Any) -> bool:
    return _is_dictionary(kind) or (isinstance(kind, type) and issubclass(kind, BaseModel))


def _is_dictionary(kind: Any) -> bool:
    return get_origin(kind) is dict


def _bare(kind: Any) -> Any:
    """The kind without its checks and without None."""
    while get_origin(kind) in (Annotated, Union, UnionType):
        kind = next(each for each in get_args(kind) if each is not type(None))
    return kind
