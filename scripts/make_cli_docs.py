"""Makes docs/cli.md from the program's own help, so that the two cannot differ.

python scripts/make_cli_docs.py            write it
python scripts/make_cli_docs.py --check    exit with 1 if it is out of date
"""

import contextlib
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typer.models import CommandInfo

OUT = Path(__file__).parent.parent / "docs" / "cli.md"

HEAD = """# Command line

Made by `make docs` from the program's own help.
"""


def document() -> str:
    """The whole page: the program's help, then that of each command."""
    from briefer.cli import app

    commands = [[_name(info)] for info in app.registered_commands]
    for group in app.registered_groups:
        inside = group.typer_instance
        name = str(inside.info.name if inside else group.name)
        commands += [[name], *([name, _name(info)] for info in (inside.registered_commands if inside else []))]
    sections = [("briefer", _help()), *((" ".join(["briefer", *names]), _help(*names)) for names in commands)]
    return HEAD + "".join(f"\n## {title}\n\n```\n{text}```\n" for title, text in sections)


def _name(info: "CommandInfo") -> str:
    return info.name or getattr(info.callback, "__name__", "")


def _help(*command: str) -> str:
    from briefer.cli import main

    with contextlib.redirect_stdout(io.StringIO()) as printed, contextlib.suppress(SystemExit):
        main([*command, "--help"])
    return printed.getvalue()


def main() -> None:
    """Write the page, or check it."""
    os.environ["COLUMNS"] = "80"
    page = document()
    if "--check" not in sys.argv:
        OUT.write_text(page, encoding="utf-8")
    elif not OUT.exists() or OUT.read_text(encoding="utf-8") != page:
        sys.exit(f"{OUT.name} is out of date; run: make docs")


if __name__ == "__main__":
    main()
