"""Writing results and notes: to stdout, to a file in one step, to stderr."""

import codecs
import contextlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from briefer.errors import OutputError

TOLERANT = "briefer.tolerant"
"""The name under which codecs know how briefer writes what an encoding lacks."""


def tolerant(*streams: TextIO | None) -> None:
    """Let streams of a narrow encoding show "?" for what they lack, and a space for a space, rather than fail."""
    codecs.register_error(TOLERANT, _nearest)
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=TOLERANT)


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(" " if character.isspace() else "?" for character in lacking), error.end


def note(text: str) -> None:
    """A message for the person at the terminal, never part of a result; whatever it quotes is made harmless."""
    from briefer.render.safe import line

    rows = text.split("\n")
    shown = "\n".join(f"{' ' * (len(row) - len(row.lstrip(' ')))}{line(row)}" for row in rows)
    with contextlib.suppress(OSError, AttributeError, ValueError):  # stderr may be closed; a note is not worth a crash
        print(shown, file=sys.stderr, flush=True)


def columns() -> int:
    """How wide stdout is: as COLUMNS or the terminal says, else 80; never so narrow that nothing fits."""
    return max(20, shutil.get_terminal_size().columns)


def colorful() -> bool:
    """Whether stdout shows colours: a terminal that is not dumb, and nobody has set NO_COLOR."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout is not None and sys.stdout.isatty()


def show(text: str | Iterable[str]) -> None:
    """A result, whole or in pieces, on stdout. A reader that has had enough (`| head`) is no error.

    Raises OutputError.
    """
    if sys.stdout is None:
        raise OutputError("standard output is closed; use --out FILE")
    try:
        sys.stdout.writelines(_pieces(text))
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes stdout once more when it exits, which would fail again
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise OutputError(f"standard output: {error.strerror}; use --out FILE on a disk with room") from error


def hold_to_writable(path: Path) -> None:
    """Raise OutputError where a file could not be written, before the work is done rather than after."""
    if path.is_dir():
        raise OutputError(f"{path} is a folder; give a file name in it")
    folder = path.parent
    if not folder.is_dir():
        raise OutputError(f"{path}: there is no folder {folder}; make it first")
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise OutputError(f"{path}: no permission to write there; choose another place for it")


def write(path: Path, text: str | Iterable[str]) -> None:
    """Write a file, its text whole or in pieces, whole or not at all: a reader never sees half of it.

    Raises OutputError.
    """
    hold_to_writable(path)
    try:
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            with path.open("w", encoding="utf-8") as file:  # a pipe or device cannot be replaced
                file.writelines(_pieces(text))
        else:
            _replace(path.resolve(), text)
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror}; choose another place for it") from error


def _replace(path: Path, text: str | Iterable[str]) -> None:
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_umask()
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.writelines(_pieces(text))
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _pieces(text: str | Iterable[str]) -> Iterable[str]:
    return [text] if isinstance(text, str) else text


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask
