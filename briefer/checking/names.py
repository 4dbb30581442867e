"""The names that a user may call a source by: a name in, the ids of the articles that it stands for out.

A source answers to its path, to any tail of it, to each of these without the suffix, and to the id of its article; a
file of many rows stands for all of them.
"""

import posixpath
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process

_NEAREST = 3
_NEAR = 50.0
"""Of 100, how alike an unknown name and one that is shown instead must be; below that none is what was meant."""


class Unnamed(LookupError):
    """A name that stands for no article, or for several; the message says so in words for the user."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A source: its path as it was collected, the name that it is shown by, and the id of its article.

    A source that could not be read has no id, "", and `why` tells the reason.
    """

    path: str
    shown: str
    id: str = ""
    why: str = ""


class Names:
    """All the sources of a check, to be called by name."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries

    def ids(self, name: str) -> tuple[str, ...]:
        """The ids of the articles that a name stands for: one, or those of all rows of a file. Raises Unnamed."""
        found = self._called(name)
        unread = [entry for entry in found if not entry.id]
        if unread:
            raise Unnamed(f"{unread[0].shown} could not be read: {unread[0].why}")
        return tuple(dict.fromkeys(entry.id for entry in found))

    def shown(self, name: str) -> dict[str, str]:
        """By the id of each article that a name stands for: how the source of that name is shown. Raises Unnamed."""
        return {entry.id: entry.shown for entry in reversed(self._called(name))}

    def _called(self, name: str) -> list[Entry]:
        wanted = _plain(name)
        for table in (self._exact, self._tails):
            found = table.get(wanted, [])
            if len({entry.id or entry.path for entry in found}) == 1:
                return found
            if found:
                raise Unnamed(f'"{name}" stands for more than one source: {_listed(each.shown for each in found)}')
        if rows := self._files.get(wanted):
            return rows
        raise Unnamed(f'no source is called "{name}"; {self._nearest(wanted)}')

    @cached_property
    def _exact(self) -> dict[str, list[Entry]]:
        return _table((key, entry) for entry in self._entries for key in (entry.path, entry.shown, entry.id) if key)

    @cached_property
    def _tails(self) -> dict[str, list[Entry]]:
        return _table((key, entry) for entry in self._entries for key in _tails_of(entry.path))

    @cached_property
    def _files(self) -> dict[str, list[Entry]]:
        rows = [(entry.path.rpartition("#")[0], entry) for entry in self._entries if "#" in entry.path]
        return _table((key, entry) for file, entry in rows for key in (file, *_tails_of(file)))

    def _nearest(self, wanted: str) -> str:
        shown = [entry.shown for entry in self._entries]
        near = process.extract(wanted, shown, limit=_NEAREST, score_cutoff=_NEAR)
        return f"nearest: {', '.join(each for each, _, _ in near)}" if near else f"there are: {_listed(shown)}"


def _table(pairs: Iterable[tuple[str, Entry]]) -> dict[str, list[Entry]]:
    found: dict[str, dict[Entry, None]] = defaultdict(dict)
    for key, entry in pairs:
        found[_plain(key)][entry] = None
    return {key: list(entries) for key, entries in found.items()}


def _tails_of(path: str) -> Iterator[str]:
    """A path and what is left of it folder by folder, each also without the suffix of the file."""
    parts = _plain(path).split("/")
    for first in range(len(parts)):
        tail = "/".join(parts[first:])
        yield tail
        yield posixpath.splitext(tail)[0]


def _plain(name: str) -> str:
    return posixpath.normpath(unicodedata.normalize("NFC", name.strip().replace("\\", "/")))


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    more = len(every) - _NEAREST
    return ", ".join(every[:_NEAREST]) + (f" and {more} more" if more > 0 else "")
