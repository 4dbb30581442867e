"""Collect: paths, folders, globs and standard input in; one Raw an article out, or a Failure that says why not."""

import os
import stat
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from briefer.collect.fields import FieldNames
from briefer.collect.formats import articles
from briefer.collect.paths import LARGEST, STDIN, Found, find, shown, unreadable
from briefer.types import Failure, Raw

__all__ = ["FieldNames", "read"]

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
            yield from articles(data, found.name, fields)


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
