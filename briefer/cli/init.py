"""`briefer init`: a settings file to begin with."""

import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from briefer.cli.output import note
from briefer.errors import OutputError, UsageError

MODE = 0o600
"""Recipients' addresses and perhaps the address of a database stand in it: the owner alone may read it."""


def init(
    path: Annotated[
        Path | None,
        typer.Argument(metavar="PATH", help="File to write, or the folder for it.  [default: briefer.toml]"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write a settings file: a small part that works, and every key commented out with its default.

    Only its owner can read it.

    \b
    Examples:
      briefer init
      briefer init desk/
      briefer init /etc/briefer/desk.toml
    """
    from briefer.settings import FILE_NAME
    from briefer.settings.template import template

    given = path if path is not None else Path(FILE_NAME)
    file = given / FILE_NAME if given.is_dir() else given
    _write(file, template(), force=force)
    note(f"wrote {file}; put articles in {file.parent / 'articles'} or feeds in the file, then: briefer collect")


def _write(file: Path, text: str, *, force: bool) -> None:
    """Write the whole file or nothing of it. Raises UsageError for one that is there, OutputError."""
    if not file.parent.is_dir():
        raise OutputError(f"{file}: there is no folder {file.parent}; make it first")
    try:
        if force:
            _replace(file, text)
        else:
            _create(file, text)
    except FileExistsError as error:
        raise UsageError(f"{file} is there already; give another name, or --force to write over it") from error
    except OSError as error:
        raise OutputError(f"{file}: {error.strerror}; choose another place for it") from error


def _create(file: Path, text: str) -> None:
    """Write a new file; the system refuses one that is there, whoever made it in between."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE)
    try:
        _fill(descriptor, text)
    except OSError:
        file.unlink()
        raise


def _replace(file: Path, text: str) -> None:
    descriptor, beside = tempfile.mkstemp(prefix=f".{file.name[:100]}.", dir=file.parent)  # it has MODE already
    try:
        _fill(descriptor, text)
        os.replace(beside, file)
    except OSError:
        os.unlink(beside)
        raise


def _fill(descriptor: int, text: str) -> None:
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as written:
        written.write(text)
