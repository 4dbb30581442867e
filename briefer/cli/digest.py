"""`briefer digest`: sends digests, says which there are, and what became of each mail."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date as Date
from typing import TYPE_CHECKING, Annotated

import typer

from briefer.cli.options import ConfigOption, QuietOption
from briefer.cli.output import note, show
from briefer.errors import UsageError

if TYPE_CHECKING:
    from briefer.settings import Settings
    from briefer.types import Receipt
    from briefer.wiring.digests import Draft, Posted

UNDONE = 4
"""Somebody has not got the digest, and is to be tried again, or nobody got it at all."""

app = typer.Typer(
    name="digest",
    help="Send the day's edition by mail, once to each recipient, and show what became of it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="A digest of the settings: [digests.NAME].")]
DayOption = Annotated[
    str | None,
    typer.Option("--date", "-d", metavar="YYYY-MM-DD", help="Day of the edition.  [default: today in its timezone]"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("send")
def send_digest(
    name: NameArgument,
    date: DayOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would go out, and to whom; send nothing.")
    ] = False,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="ADDRESS", help="Send it there alone, marked as a test; it counts for nobody."),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Try those again, too, that were refused.")] = False,
    quiet: QuietOption = False,
    config: ConfigOption = None,
) -> None:
    """Send a digest to those of its recipients who have not got it. Exits with 4 if some are to be tried again.

    Run it as often as you like: each recipient gets each day's mail once.

    \b
    Examples:
      briefer digest send morning
      briefer digest send morning --dry-run
      briefer digest send morning --to me@example.org
      briefer digest send morning --date 2031-04-16
    """
    from briefer import settings
    from briefer.cli import asking
    from briefer.cli.watching import watching
    from briefer.wiring import mailrooms
    from briefer.wiring.editions import Watched
    from briefer.wiring.mailing import digest_of, settings_of

    found = settings.load(config)
    own = settings_of(found, digest_of(found, name))
    day = _day(date)
    if sum((dry_run, bool(to), again)) > 1:
        raise UsageError("--dry-run, --to and --again exclude each other; give one of them")
    with watching(quiet=quiet) as progress, asking.interruptible(own) as stop:
        watched = Watched(progress, stop)
        if dry_run:
            show(_drafts(mailrooms.drafts(found, name, day, watched=watched)))
            return
        if to:
            tested = mailrooms.send_test(found, name, to, day, watched=watched)
        else:
            posted = mailrooms.send(found, name, day, again=again, watched=watched)
    if to:
        _tell_tested(tested)
    else:
        _tell([posted], quiet=quiet)


@app.command("retry")
def retry_digests(quiet: QuietOption = False, config: ConfigOption = None) -> None:
    """Try the mails again that were put off or cut off, of all digests. Exits with 4 if some still wait.

    \b
    Examples:
      briefer digest retry
      */15 * * * *  briefer digest retry --quiet
    """
    from briefer import settings, store
    from briefer.wiring import mailrooms

    found = settings.load(config)
    with store.open_store(found.store) as opened:
        posted = mailrooms.mailroom(found, opened).retry()
    _tell(posted, quiet=quiet)


@app.command("list")
def list_digests(as_json: JsonOption = False, config: ConfigOption = None) -> None:
    """List the digests of the settings, and when each went out last.

    \b
    Examples:
      briefer digest list
      briefer digest list --json
    """
    from briefer import settings, store
    from briefer.wiring import mailrooms

    found = settings.load(config)
    with store.open_store(found.store) as opened:
        room = mailrooms.mailroom(found, opened)
        rows = [_listed(name, found, room.last_day(name)) for name in sorted(found.digests)]
    if as_json:
        show(json.dumps({"schema": "briefer.digests/1", "digests": rows}, indent=2, ensure_ascii=False) + "\n")
        return
    if not rows:
        note("there are no digests; add a table [digests.NAME] to the settings")
    show("".join(map(_row, rows)))


@app.command("receipts")
def show_receipts(
    name: NameArgument, date: DayOption = None, as_json: JsonOption = False, config: ConfigOption = None
) -> None:
    """Show what became of each recipient's mail of a day.

    \b
    Examples:
      briefer digest receipts morning
      briefer digest receipts morning --date 2031-04-16 --json
    """
    from briefer import settings, store
    from briefer.wiring import mailrooms

    found = settings.load(config)
    with store.open_store(found.store) as opened:
        day = _day(date) or mailrooms.mailroom(found, opened).today(name)
        receipts = opened.receipts.of(name, day)
    if as_json:
        rows = [{**asdict(one), "date": day.isoformat()} for one in receipts]
        told = {"schema": "briefer.receipts/1", "receipts": rows}
        show(json.dumps(told, indent=2, ensure_ascii=False, default=_in_time) + "\n")
        return
    if not receipts:
        note(f"no mail of {name} of {day} was tried")
    show(_safe("".join(map(_receipt, receipts))))


def _day(date: str | None) -> Date | None:
    from briefer import wiring

    return wiring.edition_of(date, timezone="UTC").date


def _in_time(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _listed(name: str, settings: "Settings", last: Date | None) -> dict[str, object]:
    digest = settings.digests[name]
    return {
        "name": name,
        "title": digest.title or name,
        "collection": digest.collection,
        "schedule": digest.schedule,
        "timezone": digest.timezone or settings.timezone,
        "recipients": list(digest.recipients),
        "last": last.isoformat() if last else None,
    }


def _row(row: dict[str, object]) -> str:
    recipients = row["recipients"]
    count = len(recipients) if isinstance(recipients, list) else 0
    when = f'"{row["schedule"]}" in {row["timezone"]}' if row["schedule"] else "no schedule"
    told = f"{count} recipient{'s' * (count != 1)}, last sent {row['last'] or 'never'}"
    return _safe(f"{row['name']:<16} {row['title']}\n    of {row['collection']}; {when}; {told}\n")


def _receipt(receipt: "Receipt") -> str:
    tries = f"{receipt.tries} {'try' if receipt.tries == 1 else 'tries'}"
    doubts = f", {receipt.doubts} in doubt" if receipt.doubts else ""
    why = f"  {receipt.why}" if receipt.why else ""
    when = f"{receipt.updated:%Y-%m-%d %H:%M} UTC"
    return f"{receipt.state:<9} {receipt.recipient:<32} {when}, {tries}{doubts}{why}\n"


def _drafts(drafts: Sequence["Draft"]) -> str:
    return _safe("".join(_draft(draft) for draft in drafts))


def _draft(draft: "Draft") -> str:
    against = f"told against the edition of {draft.since}" if draft.since else "their first edition"
    head = f"To {', '.join(draft.recipients) or 'nobody: all have got it'} ({against}):\n"
    if draft.skipped:
        return f"{head}  nothing new, so no mail\n\n"
    size = f"{len(draft.sheet.text.encode()):,} bytes of text, {len(draft.sheet.html.encode()):,} of HTML"
    return f"{head}Subject: {draft.sheet.subject}\n({size})\n\n{draft.sheet.text}\n"


def _tell_tested(answers: Iterable[tuple[str, str, str]]) -> None:
    """Say what became of test mails; exits where one was not taken."""
    failed = False
    for recipient, state, why in answers:
        note(f"{state}: {recipient}{f': {why}' if why else ''}")
        failed = failed or state != "sent"
    if failed:
        raise typer.Exit(UNDONE)


def _tell(posted: Sequence["Posted"], *, quiet: bool) -> None:
    """Say who got it and who did not; exits where somebody is to be tried again, or nobody got it."""
    for one in posted:
        for receipt in one.of("refused"):
            note(f"refused: {receipt.recipient}: {receipt.why}")
        for receipt in one.of("deferred"):
            note(f"put off: {receipt.recipient}: {receipt.why}")
        for receipt in one.of("claimed", "sending"):
            note(f"in hand: {receipt.recipient}: another process sends it, since {receipt.updated:%H:%M:%S} UTC")
        if not quiet:
            note(_summary(one))
    if not all(one.done for one in posted):
        note("briefer: not everybody has it; run it again later: `briefer digest retry`")
        raise typer.Exit(UNDONE)


def _summary(posted: "Posted") -> str:
    got = f"{len(posted.of('sent'))} of {len(posted.receipts) + len(posted.unmailed)} have it"
    unmailed = f", {len(posted.unmailed)} get no mail, as there is nothing new" if posted.unmailed else ""
    return f"{posted.digest} of {posted.date}: {got}{unmailed}"


def _safe(text: str) -> str:
    """The text as it is, but for lines with a character that a terminal would obey or hide."""
    from briefer.render.safe import line

    return "\n".join(row if row.isprintable() else line(row) for row in text.split("\n"))
