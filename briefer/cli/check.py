"""`briefer check`: a summary or claims in, one library call, what the sources say to each out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefer.cli.options import ConfigOption, QuietOption, TimezoneOption, edition_of
from briefer.cli.output import note, show
from briefer.cli.watching import watching

if TYPE_CHECKING:
    from briefer.checking import Checked

SHORTFALL = 1


def check(
    sources: Annotated[
        list[str] | None,
        typer.Option("--sources", "-s", metavar="PATH", help="Files, folders and globs of articles; may be repeated."),
    ] = None,
    claims: Annotated[
        Path | None,
        typer.Option("--claims", metavar="FILE", help="Claims, one JSON object a line; - for standard input."),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(
            "--date",
            "-d",
            metavar="YYYY-MM-DD",
            help="Day that it was written, for its weekdays.  [default: the articles' latest]",
        ),
    ] = None,
    timezone: TimezoneOption = None,
    threshold: Annotated[
        float | None,
        typer.Option("--threshold", metavar="T", help="Belief from which a sentence is supported.  [default: 0.5]"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON: an object a line for claims.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 if a sentence is unsupported.")] = False,
    quiet: QuietOption = False,
    config: ConfigOption = None,
) -> None:
    """Hold a summary, or claims, against the words of its sources.

    \b
    Examples:
      briefer check --sources articles/ --claims claims.jsonl --json
    """
    from briefer import settings, wiring
    from briefer.cli import check_view

    found = settings.load(config)
    edition = edition_of(date, timezone, found)
    with watching(quiet=quiet) as progress:
        job = wiring.Check(sources or [], found, edition, threshold or 0.5, progress=progress)
        assert claims is not None
        checked = job.claims(claims.read_bytes(), str(claims))
    show(check_view.lines(checked))
    if not quiet:
        _tell(checked, str(claims))
    if strict and checked.counts()["unsupported"]:
        raise typer.Exit(SHORTFALL)


def _tell(checked: "Checked", name: str) -> None:
    for fault in checked.faults:
        note(f"{name}:{fault.line}: not checked: {fault.why}")
