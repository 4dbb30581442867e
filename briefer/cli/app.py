"""The commands. Each parses, calls the library once, prints, and sets the exit code.

Nothing heavy is imported before a command runs, so that help and completion answer at once.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefer import __version__
from briefer.cli.output import colorful, columns, hold_to_writable, note, show, write
from briefer.cli.watching import watching
from briefer.errors import NothingToBrief, UsageError

if TYPE_CHECKING:
    from briefer.pipeline import Progress
    from briefer.types import Briefing, SourceRecord
    from briefer.wiring import Run

app = typer.Typer(
    name="briefer",
    help="Turns a day's collected war reporting into one briefing, every claim on the words of a source.",
    epilog="Examples: `briefer run articles/`, `briefer run --help`. Exit codes: 0 done, 1 a gate fell short, "
    "2 wrong usage or settings, 4 the work could not be done.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How a briefing is printed."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"


BY_SUFFIX = {
    "": Format.TERMINAL,
    ".txt": Format.TERMINAL,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".json": Format.JSON,
}

SHORTFALL = 1

PathsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH", help="Files, folders and globs of articles; - for standard input."),
]
DateOption = Annotated[
    str | None,
    typer.Option("--date", "-d", metavar="YYYY-MM-DD", help="Day of the edition.  [default: the articles' latest]"),
]
TimezoneOption = Annotated[
    str | None,
    typer.Option("--timezone", "-z", metavar="NAME", help="IANA timezone of the edition.  [default: the settings']"),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", "-c", metavar="FILE", help="Settings file.  [default: briefer.toml, if it is here]"),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes on stderr.")]


def _version(wanted: bool) -> None:
    if wanted:
        show(f"briefer {__version__}\n")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Options of briefer as a whole."""


@app.command()
def run(
    paths: PathsArgument = None,
    date: DateOption = None,
    timezone: TimezoneOption = None,
    format: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="How to print it.  [default: by --out's ending, else terminal]"),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Write to a file, whole or not at all; - is stdout."),
    ] = None,
    evidence: Annotated[bool, typer.Option("--evidence", "-e", help="Quote the words behind every event.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 if an article failed or a claim was withheld.")
    ] = False,
    quiet: QuietOption = False,
    config: ConfigOption = None,
) -> None:
    """Brief a collection of articles.

    \b
    Examples:
      briefer run articles/
      briefer run articles/ --date 2031-04-16 --timezone Asia/Damascus
      briefer run 'feeds/*.jsonl' page.html --evidence
      briefer run articles/ --out briefing.md
      cat article.txt | briefer run - --format json
    """
    if out == Path("-"):
        out = None
    format = format or _format_of(out)
    if out is not None:
        hold_to_writable(out)
    with watching(quiet=quiet) as progress:
        briefing = _wired(paths, date, timezone, config, progress).brief()
    text = _rendered(briefing, format, evidence=evidence, to_file=out is not None)
    if out is not None:
        write(out, text)
    else:
        show(text)
    if not quiet:
        _tell_failures(briefing.sources, paths or [])
        if out is not None:
            note(f"written: {out}")
    if strict and (why := _shortfall(briefing)):
        note(f"briefer: --strict: {why}")
        raise typer.Exit(SHORTFALL)


@app.command()
def sources(
    paths: PathsArgument = None,
    date: DateOption = None,
    timezone: TimezoneOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    cut: Annotated[
        bool, typer.Option("--cut", help="Show the page debris that was cut, and the rule that cut it.")
    ] = False,
    quiet: QuietOption = False,
    config: ConfigOption = None,
) -> None:
    """Show what was read, cut and dropped of a collection, and why.

    \b
    Examples:
      briefer sources articles/
      briefer sources articles/ --cut
      briefer sources articles/ --json
    """
    from briefer.cli import listing
    from briefer.types import Fate

    with watching(quiet=quiet) as progress:
        survey = _wired(paths, date, timezone, config, progress).survey()
    show(listing.as_json(survey, cut=cut) if as_json else listing.as_text(survey, cut=cut))
    if all(source.fate is Fate.UNREADABLE for source in survey.sources):
        raise NothingToBrief("no article could be read; name a file or folder that holds articles")
    if not quiet:
        _tell_failures([source for source in survey.sources if source.name in (paths or [])], [])


@app.command()
def schema() -> None:
    """Print the JSON schema that `run --format json` keeps to."""
    import json

    from briefer.types import Briefing

    show(json.dumps(Briefing.model_json_schema(mode="serialization"), indent=2, ensure_ascii=False) + "\n")


@app.command()
def doctor(config: ConfigOption = None) -> None:
    """Show what is set up, what is not, and how to mend it. Exits with 1 if something is wrong."""
    from briefer.cli.doctor import examine

    checks = examine(config)
    signs = {"ok": "ok", "note": "--", "wrong": "!!"}
    for check in checks:
        lines = [f"{signs[check.state]}  {check.what:<14} {check.found}"]
        lines += [f"    {'':<14} {check.remedy}"] if check.remedy else []
        show("\n".join(lines) + "\n")
    if any(check.state == "wrong" for check in checks):
        raise typer.Exit(SHORTFALL)


def _wired(
    paths: list[str] | None, date: str | None, timezone: str | None, config: Path | None, progress: "Progress"
) -> "Run":
    if not paths:
        raise UsageError("name a file or folder of articles, or - for standard input; see briefer run --help")
    from briefer import settings, wiring

    found = settings.load(config)
    edition = wiring.edition_of(date, timezone=found.timezone if timezone is None else timezone)
    stdin = sys.stdin.buffer if sys.stdin is not None else None
    return wiring.Run(paths, found, edition, stdin=stdin, progress=progress)


def _format_of(out: Path | None) -> Format:
    suffix = out.suffix.lower() if out is not None else ""
    if suffix not in BY_SUFFIX:
        raise UsageError(
            f"{out}: no format goes by the ending {suffix}; end it in .md, .json or .txt, "
            f"or name one: --format {'|'.join(Format)}"
        )
    return BY_SUFFIX[suffix]


def _tell_failures(sources: Iterable["SourceRecord"], paths: Sequence[str]) -> None:
    """Name what was not read; the paths that the user gave first, as one of them may be misspelt."""
    from briefer.pipeline import NAMED
    from briefer.types import Fate

    failed = [source for source in sources if source.fate is Fate.UNREADABLE]
    failed.sort(key=lambda source: source.name not in paths)
    for source in failed[:NAMED]:
        note(f"not read: {source.name}: {source.why}")
    if len(failed) > NAMED:
        note(f"not read: {len(failed) - NAMED} more; `briefer sources` lists all")


def _shortfall(briefing: "Briefing") -> str:
    """What --strict does not let pass, in words; "" where there is nothing."""
    from briefer.types import Fate

    unread = sum(source.fate is Fate.UNREADABLE for source in briefing.sources)
    withheld = len(briefing.withheld)
    parts = [f"{unread} article{'s' if unread != 1 else ''} could not be read"] if unread else []
    parts += [f"{withheld} claim{'s were' if withheld != 1 else ' was'} withheld"] if withheld else []
    return " and ".join(parts)


def _rendered(briefing: "Briefing", format: Format, *, evidence: bool, to_file: bool) -> str | Iterator[str]:
    from briefer.render import json, markdown, terminal

    if format is Format.JSON:
        return json.pieces(briefing)
    if format is Format.MARKDOWN:
        return markdown.render(briefing, evidence=evidence)
    width, color = (80, False) if to_file else (columns(), colorful())
    return terminal.render(briefing, width=width, color=color, evidence=evidence)
