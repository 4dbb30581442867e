"""The data files beside this code: their lines without comments, and their sections."""

import re
from functools import lru_cache
from importlib import resources

_SECTION = re.compile(r"\[[a-z ]+\]")


@lru_cache(maxsize=16)
def lines(file: str) -> tuple[str, ...]:
    """The lines of a data file that are neither blank nor comments."""
    text = resources.files("briefer.clean").joinpath("data", file).read_text("utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def entries(file: str) -> list[list[str]]:
    """The lines of a data file as lists of words."""
    return [line.split() for line in lines(file)]


def sections(file: str) -> dict[str, list[str]]:
    """The lines under each `[name]` of a data file."""
    found: dict[str, list[str]] = {}
    for line in lines(file):
        if _SECTION.fullmatch(line):
            found.setdefault(line[1:-1], [])
        else:
            found[next(reversed(found))].append(line)
    return found
