"""Where an edition is printed and how: the options that say so, and the printing, in one place for all commands."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefer.cli import output
from briefer.errors import UsageError

if TYPE_CHECKING:
    from briefer.types import Briefing

WHOLE = sys.maxsize
"""Bytes of a page: unlike a mail, nobody cuts it off."""


class Format(StrEnum):
    """How an edition is printed."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"
    HTML = "html"


BY_SUFFIX = {
    "": Format.TERMINAL,
    ".txt": Format.TERMINAL,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".json": Format.JSON,
    ".html": Format.HTML,
    ".htm": Format.HTML,
}
FormatOption = Annotated[
    Format | None,
    typer.Option("--format", "-f", help="How to print it.  [default: by --out's ending, else terminal]"),
]
OutOption = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FILE", help="Write to a file, whole or not at all; - is stdout."),
]
EvidenceOption = Annotated[bool, typer.Option("--evidence", "-e", help="Quote the words behind every event.")]


@dataclass(frozen=True)
class Sheet:
    """Where a result goes, stdout if no file is named, and how a briefing is printed there."""

    file: Path | None
    format: Format
    evidence: bool

    @classmethod
    def of(cls, out: Path | None, format: Format | None, *, evidence: bool) -> "Sheet":
        """The sheet that the options ask for.

        Raises UsageError and OutputError where it could not be written, before anything is read.
        """
        file = None if out == Path("-") else out
        sheet = cls(file, format or _format_of(file), evidence)
        if file is not None:
            output.hold_to_writable(file)
        return sheet

    def put(self, text: str | Iterable[str]) -> None:
        """Write it there. Raises OutputError."""
        if self.file is not None:
            output.write(self.file, text)
        else:
            output.show(text)

    def rendered(self, briefing: "Briefing", title: str = "") -> str | Iterator[str]:
        """The briefing as it is printed there; `title` is that of a page."""
        match self.format:  # each is imported where it is wanted: they take longer to import than to run
            case Format.JSON:
                from briefer.render import json

                return json.pieces(briefing)
            case Format.MARKDOWN:
                from briefer.render import markdown

                return markdown.render(briefing, evidence=self.evidence)
            case Format.HTML:
                from briefer.render import mail

                return mail.rendered(briefing, title=title, most_bytes=WHOLE).html
        from briefer.render import terminal

        width, color = (80, False) if self.file is not None else (output.columns(), output.colorful())
        return terminal.render(briefing, width=width, color=color, evidence=self.evidence)


def _format_of(file: Path | None) -> Format:
    suffix = file.suffix.lower() if file is not None else ""
    if suffix not in BY_SUFFIX:
        raise UsageError(
            f"{file}: no format goes by the ending {suffix}; end it in .md, .json, .html or .txt, "
            f"or name one: --format {'|'.join(Format)}"
        )
    return BY_SUFFIX[suffix]
