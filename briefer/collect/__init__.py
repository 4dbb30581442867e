"""Collect: paths, folders, globs and standard input in; one Raw an article out, or a Failure that says why not."""

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from briefer.collect.fields import FieldNames
from briefer.collect.formats import articles
from briefer.collect.paths import EMPTY, LARGEST, STDIN, Found, find, shown, unreadable
from briefer.types import Failure, Raw

__all__ = ["FieldNames", "NewFile", "OldFile", "read", "read_new"]

DEFAULT = FieldNames()


def read(
    paths: Sequence[str], *, fields: FieldNames = DEFAULT, stdin: BinaryIO | None = None
) -> Iterator[Raw | Failure]:
    """Every article under the paths, in a stable order: files, folders (with all in them), globs, "-" for `stdin`.

    Reads .txt, .md, .html, .json (an object, a list, {"articles": [...]}), .jsonl, .eml and .mbox; other files by
    what is in them. Rows of a file are named `path#id`, or `path#3` by their number (the line of a .jsonl).
    What cannot be read is a Failure with the reason in plain words; nothing raises.
    """
    for found in find(paths):
        if isinstance(found, Failure):
            yield found
            continue
        data = _standard_input(stdin) if found is STDIN else _bytes(found)
        if isinstance(data, Failure):
            yield data
        else:
            yield from articles(data, found.name, fields, is_mail=found.mail)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that was not read before, or not as it is now: its key and stamp to be remembered, and what is in it."""

    key: str
    stamp: str
    articles: Iterator[Raw | Failure]


@dataclass(frozen=True, slots=True)
class OldFile:
    """A file that was read before, by its key."""

    key: str


def read_new(
    path: str, known: Mapping[str, str], *, fields: FieldNames = DEFAULT
) -> Iterator[NewFile | OldFile | Failure]:
    """Each file under a path, but what is in it only where it is not `known` (key -> stamp) as it is now.

    As `read`, but for standard input, and an empty folder is no Failure.
    """
    for found in find([path]):
        if isinstance(found, Failure):
            if found.why != EMPTY:
                yield found
            continue
        try:
            status = os.stat(found.path)
        except OSError as error:
            yield Failure(found.name, unreadable(error))
            continue
        key, stamp = _marks(found, status)
        yield OldFile(key) if known.get(key) == stamp else NewFile(key, stamp, _inside(found, fields))


def _marks(found: Found, status: os.stat_result) -> tuple[str, str]:
    """What a file is known by. A mail keeps the first part of its name when it is moved and marked as read."""
    if not found.mail:
        return shown(os.path.abspath(found.path)), f"{status.st_size}:{status.st_mtime_ns}"
    folder, name = os.path.split(os.path.abspath(found.path))
    return shown(os.path.join(os.path.dirname(folder), name.partition(":")[0])), f"{status.st_size}"


def _inside(found: Found, fields: FieldNames) -> Iterator[Raw | Failure]:
    data = _bytes(found)
    if isinstance(data, Failure):
        yield data
    else:
        yield from articles(data, found.name, fields, is_mail=found.mail)


def _standard_input(stdin: BinaryIO | None) -> bytes | Failure:
    if stdin is None:
        return Failure(STDIN.name, "there is no standard input here")
    try:
        data = stdin.read(LARGEST + 1)
    except OSError as error:
        return Failure(STDIN.name, unreadable(error))
    return data if len(data) <= LARGEST else Failure(STDIN.name, "standard input is too large")


def _bytes(found: Found) -> bytes | Failure:
    """The whole file. It may have become a pipe since it was found: one without a writer must not stop the run."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(found.path, flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return Failure(found.name, "it is not a file any more")
            return file.read()
    except OSError as error:
        return Failure(shown(found.path), unreadable(error))
