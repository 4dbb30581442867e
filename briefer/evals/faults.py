"""What is wrong with files that people write by hand: file, line and words, never the words of a source."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

NAMED = 10
"""Faults that an error names; `lint` has all."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: `where` is a file, with the line if there is one. A `doubt` keeps nothing from being used."""

    where: str
    what: str
    doubt: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {'doubtful: ' if self.doubt else ''}{self.what}"


def at(path: Path, line: int, what: str, *, doubt: bool = False) -> Fault:
    """A fault of a line, counted from 1; 0 is the file as a whole."""
    return Fault(f"{path}:{line}" if line else str(path), what, doubt)


def named(faults: Sequence[Fault], *, all_by: str) -> str:
    """The first faults, a line each; `all_by` is the command that names all."""
    rest = len(faults) - NAMED
    more = [f"… and {rest} more; {all_by} names all"] if rest > 0 else []
    return "\n".join([*map(str, faults[:NAMED]), *more])


def complaints(error: ValidationError) -> Sequence[str]:
    """What pydantic complains of, without the input itself: no word of a claim gets into an error."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    return [": ".join(filter(None, [".".join(map(str, each["loc"])), each["msg"]])) for each in found]
