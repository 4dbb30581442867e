"""`briefer show | diff | place | actor | why`: a question in, one library call, what the memory answers out."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date as Date
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefer.cli import output
from briefer.cli.options import CollectionOption, ConfigOption, collection_named
from briefer.cli.sheets import EvidenceOption, Format, FormatOption, OutOption, Sheet
from briefer.errors import UsageError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from briefer.settings import Settings
    from briefer.wiring.history import History

LAST = "last"


FrontOption = Annotated[
    list[str] | None,
    typer.Option("--front", metavar="NAME", help="Only the fronts whose name holds this; may be repeated."),
]
DigestOption = Annotated[
    str | None,
    typer.Option("--digest", metavar="NAME", help="Editions of this digest.  [default: those of `briefer run`]"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def show(
    day: Annotated[
        str, typer.Argument(metavar="[DATE]", help="Day of the edition, 2031-04-16, or last.", show_default=False)
    ] = LAST,
    fronts: FrontOption = None,
    collection: CollectionOption = None,
    digest: DigestOption = None,
    format: FormatOption = None,
    evidence: EvidenceOption = False,
    out: OutOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    config: ConfigOption = None,
) -> None:
    """Show an edition as it was made.

    \b
    Examples:
      briefer show
      briefer show 2031-04-16 --evidence
      briefer show last --front aleppo
      briefer show 2031-04-16 --digest morning --out morning.html
    """
    sheet = Sheet.of(out, _asked(format, as_json=as_json), evidence=evidence)
    with _history(config, collection, digest) as (history, found):
        briefing = history.edition(_day(day)).briefing
    if fronts:
        from briefer.compose.part import only_fronts

        briefing = only_fronts(briefing, fronts)
        if sheet.format is not Format.JSON:
            output.note(f"marks are of this page: briefer why MARK --date {briefing.date} --front ...")
    sheet.put(sheet.rendered(briefing, _title(found, history)))
    if sheet.file is not None:
        output.note(f"written: {sheet.file}")


def diff(
    before: Annotated[str, typer.Argument(metavar="DATE", help="Day of the one edition.")],
    after: Annotated[
        str, typer.Argument(metavar="[DATE]", help="Day of the other, or last.", show_default=False)
    ] = LAST,
    collection: CollectionOption = None,
    digest: DigestOption = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show what was told from one edition to another, and which places stand otherwise.

    \b
    Examples:
      briefer diff 2031-04-09 2031-04-16
      briefer diff 2031-04-15
    """
    from briefer.cli import history_json, history_view

    with _history(config, collection, digest) as (history, _):
        one, other = (_day(day) or history.edition().key.date for day in (before, after))
        found = history.between(one, other)
    output.show(history_json.difference(found, history) if as_json else _drawn(history_view.difference(found, history)))


def place(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The place, in any spelling that is known.")],
    collection: CollectionOption = None,
    digest: DigestOption = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show who held a place and when, and everything that was reported of it.

    \b
    Examples:
      briefer place Aleppo
      briefer place "Deir ez-Zor" --json
    """
    from briefer.cli import history_json, history_view

    with _history(config, collection, digest) as (history, _):
        found = history.place(name)
    output.show(history_json.place(found, history) if as_json else _drawn(history_view.place(found, history)))


def actor(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The actor, in any spelling that is known.")],
    collection: CollectionOption = None,
    digest: DigestOption = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show what an actor gained and lost, and everything else that was reported of it.

    \b
    Examples:
      briefer actor "Syrian Arab Army"
      briefer actor rebels --json
    """
    from briefer.cli import history_json, history_view

    with _history(config, collection, digest) as (history, _):
        found = history.actor(name)
    output.show(history_json.actor(found, history) if as_json else _drawn(history_view.actor(found, history)))


def why(
    what: Annotated[str, typer.Argument(metavar="CLAIM|MARK", help="Id of a claim or an event, or a mark: 5.")],
    date: Annotated[
        str | None, typer.Option("--date", "-d", metavar="YYYY-MM-DD", help="Edition of the mark.  [default: the last]")
    ] = None,
    fronts: Annotated[
        list[str] | None, typer.Option("--front", metavar="NAME", help="The mark is of `show` with the same --front.")
    ] = None,
    collection: CollectionOption = None,
    digest: DigestOption = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show what a claim stands on: the words in their article, the verdict, who read it, and who was told.

    \b
    Examples:
      briefer why 5
      briefer why 5 --date 2031-04-16 --digest morning
      briefer why c1f0a2b3c4d5
    """
    from briefer.cli import history_json, history_view

    with _history(config, collection, digest) as (history, _):
        found = history.behind(what, _day(date or LAST), fronts or [])
    output.show(history_json.why(found, history) if as_json else _drawn(history_view.why(found)))


@contextmanager
def _history(config: Path | None, collection: str | None, digest: str | None) -> Iterator[tuple["History", "Settings"]]:
    """The memory that the options ask for, open, and the settings. Raises UsageError and StoreError."""
    from briefer import settings
    from briefer.store import open_store
    from briefer.wiring.history import History

    found = settings.load(config)
    name = _collection(found, collection, digest)
    with open_store(found.store) as store:
        yield History(store, name, digest or "", found.names), found


def _collection(found: "Settings", collection: str | None, digest: str | None) -> str:
    """The collection that is meant. What tells the user of a wrong name takes long to import, so it comes last."""
    if digest is None:
        names = [collection] if collection is not None else list(found.collections)
        known = len(names) == 1 and names[0] in found.collections
        return names[0] if known else collection_named(collection, found)
    if digest not in found.digests:
        from briefer.wiring.mailing import digest_of

        digest_of(found, digest)
    of = found.digests[digest].collection
    if collection not in (None, of):
        raise UsageError(f"the digest {digest} is of the collection {of}; leave out --collection {collection}")
    return of


def _day(text: str) -> Date | None:
    """The day that is meant; None for the last edition's."""
    if text == LAST:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError as error:
        raise UsageError(f"{text[:40]!r} is no day of the calendar; write it as 2031-04-16, or last") from error


def _asked(format: Format | None, *, as_json: bool) -> Format | None:
    if as_json and format not in (None, Format.JSON):
        raise UsageError(f"--json and --format {format} exclude each other; give one of them")
    return Format.JSON if as_json else format


def _title(found: "Settings", history: "History") -> str:
    digest = found.digests.get(history.reader)
    return (digest.title if digest else "") or history.reader or history.collection


def _drawn(parts: "Iterator[RenderableType]") -> Iterator[str]:
    from briefer.cli.history_view import shown

    return shown(parts, width=output.columns(), color=output.colorful())
