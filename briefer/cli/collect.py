"""`briefer collect`: options in; the collections' new articles in the store, and how each source is, out."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from briefer.cli.options import ConfigOption, QuietOption
from briefer.cli.output import colorful, columns, note, show
from briefer.cli.watching import watching
from briefer.errors import WorkError

if TYPE_CHECKING:
    from rich.table import Table

    from briefer.collect.health import SourceReport

SHOWN = 5
"""Failures of one source that are named at the terminal; --json has all."""


def collect(
    collections: Annotated[
        list[str] | None, typer.Argument(metavar="COLLECTION", help="Collections of the settings.  [default: all]")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    quiet: QuietOption = False,
    config: ConfigOption = None,
) -> None:
    """Fetch what is new in the feeds, pages and folders of collections into the store, and tell how each source is.

    Exits with 0 though some sources fail, and with 4 where nothing at all could be collected.

    \b
    Examples:
      briefer collect
      briefer collect sahel --json
    """
    from briefer import settings
    from briefer.store import open_store
    from briefer.wiring.collecting import Collector, sources_of

    found = settings.load(config)
    names = collections or []
    sources_of(found, names)  # a wrong name is told before a store is made
    with open_store(found.store) as store, watching(quiet=quiet) as progress:
        collector = Collector(found, store.articles, store.sources, datetime.now(UTC), progress)
        reports = collector.collect(names)
    show(as_json_text(reports) if as_json else as_text(reports))
    if not quiet:
        _tell(reports)
    if all(report.failing_since for report in reports):
        first = next(report for report in reports)
        raise WorkError(f"nothing could be collected; {first.source}: {first.why}")


def as_json_text(reports: "Sequence[SourceReport]") -> str:
    """The reports as a JSON list, with times in ISO 8601."""
    from pydantic import TypeAdapter

    from briefer.collect.health import SourceReport

    return TypeAdapter(list[SourceReport]).dump_json(list(reports), indent=2).decode() + "\n"


def as_text(reports: "Sequence[SourceReport]") -> str:
    """The reports as a table, and what they come to."""
    from io import StringIO

    from rich.console import Console

    buffer = StringIO()
    console = Console(file=buffer, width=columns(), force_terminal=colorful(), no_color=not colorful(), highlight=False)
    console.print(_table(reports))
    new = sum(report.new for report in reports)
    failing = sum(bool(report.failing_since) for report in reports)
    kinds = f"{len(reports)} source{'s' if len(reports) != 1 else ''}"
    console.print(f"{new} new article{'s' if new != 1 else ''} of {kinds}{f', {failing} failing' if failing else ''}")
    return buffer.getvalue()


def _table(reports: "Sequence[SourceReport]") -> "Table":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from briefer.render.safe import line

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column("Source", overflow="fold", ratio=3)
    for name in ("new", "known", "left out", "failed"):
        table.add_column(name, justify="right")
    table.add_column("State", overflow="fold", ratio=4)
    several = len({report.collection for report in reports}) > 1
    for report in reports:
        name = f"{report.collection}: {report.source}" if several else report.source
        failed = len(report.failures)
        counts = (report.new, report.unchanged, sum(report.left_out.values()), failed)
        cells = [Text(str(count) if count else "-") for count in counts]
        style = "red" if report.failing_since else "" if report.healthy else "yellow"
        table.add_row(Text(line(name)), *cells, Text(line(state(report)), style=style))
    return table


def state(report: "SourceReport") -> str:
    """How a source is, in words."""
    words = []
    if report.failing_since:
        words.append(f"failing since {_day(report.failing_since)}: {report.why}")
    if report.changed and "web page" not in report.why:
        words.append(f"changed: {report.changed}")
    elif report.changed:
        words.append(report.changed)
    if report.quiet_since:
        words.append(f"quiet since {_day(report.quiet_since)}")
    if report.moved:
        words.append(f"moved for good to {report.moved}: put that into the settings")
    left = [f"{count} left out: {reason}" for reason, count in report.left_out.items()]
    return "; ".join([*words, *left]) or "ok"


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _tell(reports: "Sequence[SourceReport]") -> None:
    """The failures that the table has no room for, on stderr."""
    for report in reports:
        for failure in report.failures[:SHOWN]:
            if not report.failing_since or failure.why != report.why:
                note(f"{failure.name}: {failure.why}")
        if len(report.failures) > SHOWN:
            note(f"{report.source}: {len(report.failures) - SHOWN} failures more; --json names all")
