"""The lines of a claims file in; the claims in their order out.

A line is `{"id": text, "text": text, "articles": [names] or absent}`; other fields are for whoever wrote them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from briefer.collect.values import holdable
from briefer.errors import UsageError
from briefer.types import Statement

_SHOWN = 60
"""Characters of a wrong value that an error shows."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim and the number of its line, from 1. The articles of the statement are names of sources, not ids yet."""

    line: int
    statement: Statement


def read_claims(data: bytes, name: str) -> list[Claimed]:
    """The claims of a file with this name. Raises UsageError, which names the file and the line."""
    claims = list(_claims(data, name))
    first: dict[str, int] = {}
    for claim in claims:
        id = claim.statement.id
        if id in first:
            raise UsageError(f'{name}:{claim.line}: the id "{id}" is that of line {first[id]} already')
        first[id] = claim.line
    return claims


def _claims(data: bytes, name: str) -> Iterator[Claimed]:
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            yield _claim(_parsed(line, f"{name}:{number}"), f"{name}:{number}", number)


def _parsed(line: bytes, where: str) -> object:
    try:
        parsed: object = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UsageError(f"{where}: not UTF-8 text; save the claims as UTF-8") from error
    except RecursionError as error:
        raise UsageError(f"{where}: nested too deeply to be a claim") from error
    except ValueError as error:
        raise UsageError(f"{where}: broken JSON: {str(error)[:120]}; write one JSON object a line") from error
    return parsed


def _claim(entry: object, where: str, number: int) -> Claimed:
    if not isinstance(entry, dict):
        raise UsageError(f'{where}: not an object; write {{"id": "c1", "text": "…"}}')
    id, text = _text(entry, "id", where), _text(entry, "text", where)
    return Claimed(number, Statement(id, holdable(text), _names(entry.get("articles"), where)))


def _text(entry: dict[str, object], key: str, where: str) -> str:
    if key not in entry:
        raise UsageError(f'{where}: "{key}" is missing')
    value = entry[key]
    if not isinstance(value, str):
        raise UsageError(f'{where}: "{key}" is {_brief(value)}, not a text; put it in quotation marks')
    return value


def _names(value: object, where: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise UsageError(f'{where}: "articles" is {_brief(value)}, not a list of names of sources')
    return tuple(holdable(name) for name in value)


def _brief(value: object) -> str:
    text = json.dumps(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
