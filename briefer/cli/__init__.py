"""The command line: words in, a library call, its result on stdout, notes on stderr, an exit code."""

import sys
from collections.abc import Sequence
from typing import NoReturn

from briefer.cli.app import app
from briefer.cli.output import note, tolerant
from briefer.errors import BrieferError

__all__ = ["app", "main"]

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and exit: 0 done, 1 a gate fell short, 2 wrong usage or settings, 4 the work could not be done.

    Errors that the user can mend are one message without a traceback; a bug is a traceback.
    """
    tolerant(sys.stdout, sys.stderr)
    try:
        app(args=arguments, prog_name="briefer")
    except BrieferError as error:
        note(f"briefer: {error}")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    sys.exit(0)
