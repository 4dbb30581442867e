"""Paths, folders and globs in; regular files out, each once, in a stable order."""

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefer.types import Failure

LARGEST = 512 * 1024 * 1024  # bytes; a file that is read as a whole and is larger is no collection of articles


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be read: where it is, and the name that the user knows it by; whether it is a mail of a Maildir."""

    path: str
    name: str
    mail: bool = False


STDIN = Found("-", "-")
EMPTY = "the folder is empty"
_MAILDIR = ("cur", "new")


def find(paths: Sequence[str]) -> Iterator[Found | Failure]:
    """Each file that the paths stand for, in the order given and sorted within a folder; hidden files are skipped.

    A file that is reached twice (named twice, or through a link) is given once. A link may lead out of a folder;
    one that leads back into a folder above it is a Failure, and so is a path where nothing is. Of a Maildir the mails
    are given, and none that is still being delivered.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        if path == "-":
            yield STDIN
        elif "\0" in path:
            yield Failure(shown(path), "no file has such a name")
        elif os.path.lexists(path):
            yield from _under(path, seen)
        else:
            yield from _matches(path, seen)


def shown(path: str) -> str:
    """A path as text that every output can hold: bytes that are no text and control characters as a mark."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def unreadable(error: OSError) -> str:
    """Why the system would not give a file, in words."""
    reasons: dict[type[OSError], str] = {
        PermissionError: "no permission to read it",
        FileNotFoundError: "it is not there",
        IsADirectoryError: "it is a folder",
    }
    return reasons.get(type(error)) or (error.strerror or str(error) or "the system would not read it").lower()


def _matches(pattern: str, seen: set[tuple[int, int]]) -> Iterator[Found | Failure]:
    found = sorted(glob.glob(pattern, recursive=True)) if glob.has_magic(pattern) else []
    if not found:
        why = "nothing matches it" if glob.has_magic(pattern) else "there is no such file or folder"
        yield Failure(shown(pattern), why)
    for path in found:
        # "**" gives folders and the files in them: a folder is opened only where the user named it
        if not (os.path.isdir(path) and "**" in pattern):
            yield from _under(path, seen)


def _under(path: str, seen: set[tuple[int, int]]) -> Iterator[Found | Failure]:
    """A file, or everything in a folder; `above` holds the folders that lead to one, to tell a loop."""
    stack: list[tuple[str, frozenset[tuple[int, int]]]] = [(path, frozenset())]
    while stack:
        here, above = stack.pop()
        try:
            status = os.stat(here)
        except OSError as error:
            yield Failure(shown(here), _why_missing(here, error))
            continue
        identity = (status.st_dev, status.st_ino)
        if identity in above:
            yield Failure(shown(here), "a link back to a folder that it lies in")
        elif identity in seen:
            continue
        elif not stat.S_ISDIR(status.st_mode):
            seen.add(identity)
            yield _file(here, status)
        else:
            seen.add(identity)
            inside = _listed(here)
            if isinstance(inside, Failure):
                yield inside
                continue
            if here == path and not inside:
                yield Failure(shown(here), EMPTY)
            stack.extend((entry, above | {identity}) for entry in reversed(inside))


def is_maildir(folder: str) -> bool:
    """Whether a folder is a Maildir: with cur, new and tmp in it."""
    return all(os.path.isdir(os.path.join(folder, name)) for name in (*_MAILDIR, "tmp"))


def _listed(folder: str) -> list[str] | Failure:
    if is_maildir(folder):
        return [os.path.join(folder, name) for name in _MAILDIR]
    try:
        names = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError as error:
        return Failure(shown(folder), unreadable(error))
    return [os.path.join(folder, name) for name in names]


def _why_missing(path: str, error: OSError) -> str:
    if os.path.islink(path):
        return "a link to something that is not there" if isinstance(error, FileNotFoundError) else "a link to itself"
    return unreadable(error)


def _file(path: str, status: os.stat_result) -> Found | Failure:
    if not stat.S_ISREG(status.st_mode):
        kinds = {stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"}
        return Failure(shown(path), f"it is {kinds.get(stat.S_IFMT(status.st_mode), 'no file')}, not a file")
    if status.st_size == 0:
        return Failure(shown(path), "the file is empty")
    if status.st_size > LARGEST:
        return Failure(shown(path), f"the file is too large ({status.st_size // 1024 // 1024} MB)")
    return Found(path, shown(path), mail=_is_delivered(path))


def _is_delivered(path: str) -> bool:
    """Whether a file lies in the cur or new of a Maildir."""
    folder = os.path.dirname(os.path.abspath(path))
    return os.path.basename(folder) in _MAILDIR and is_maildir(os.path.dirname(folder))
