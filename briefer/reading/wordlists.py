"""Word lists in data files: a `[section]  # comment` line, then words divided by blanks (`_lines`: a line each)."""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType


@cache
def sections(name: str) -> Mapping[str, frozenset[str]]:
    """The words of each section of `data/NAME`; in a section whose name ends in `_lines`, whole lines."""
    text = (files(__package__) / "data" / name).read_text("utf-8")
    found: dict[str, set[str]] = {}
    section, whole = "", False
    for line in text.splitlines():
        if line.startswith("["):
            section = line[1 : line.index("]")]
            whole = section.endswith("_lines")
            found.setdefault(section, set())
        elif section and line and not line.startswith("#"):
            found[section].update([line.strip()] if whole else line.split())
    return MappingProxyType({key: frozenset(words) for key, words in found.items()})


_NO_MARKS = str.maketrans(dict.fromkeys("-–—.,;:!?\"'’“”()[]/$€£", " "))


@lru_cache(maxsize=16)
def plain_words(text: str) -> frozenset[str]:
    """The lower-case words of a text without its marks, to ask fast whether any word of a list is among them.

    Several readers ask it of one sentence in a row, so the last few answers are kept.
    """
    return frozenset(text.lower().translate(_NO_MARKS).split())
