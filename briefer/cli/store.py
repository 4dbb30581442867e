"""`briefer store`: what is kept, making it smaller, taking it out, and whether it is sound."""

import json
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefer.cli.options import ConfigOption
from briefer.cli.output import hold_to_writable, note, show, write
from briefer.errors import StoreError, UsageError

if TYPE_CHECKING:
    from briefer.store import Store
    from briefer.store.measuring import CollectionStats, Stats

app = typer.Typer(
    name="store",
    help="Show, prune, export and check what is kept from run to run.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("stats")
def store_stats(as_json: JsonOption = False, config: ConfigOption = None) -> None:
    """Show where the store is, how large, and what is in it.

    \b
    Examples:
      briefer store stats
      briefer store stats --json
    """
    from briefer.store.measuring import stats

    with _opened(config) as store:
        found = stats(store.database)
    if as_json:
        show(json.dumps({"schema": "briefer.store/1", **asdict(found)}, indent=2) + "\n")
    else:
        show(_told(found))


@app.command("prune")
def store_prune(
    keep: Annotated[str, typer.Option("--keep", metavar="TIME", help="How much to keep: 90d days, 12w weeks.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would go, and delete nothing.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Delete articles, readings, replies and editions older than that.

    The ledger, the history of events, the receipts and each reader's last edition stay.

    \b
    Examples:
      briefer store prune --keep 90d --dry-run
      briefer store prune --keep 12w
    """
    from briefer.store.pruning import prune

    before = (datetime.now(UTC) - _age(keep)).date()
    with _opened(config) as store:
        gone = prune(store.database, before, trial=dry_run)
    if as_json:
        show(json.dumps({"before": before.isoformat(), "dry_run": dry_run, **asdict(gone)}, indent=2) + "\n")
        return
    rows = "".join(f"  {name:<16}{count:>10,}\n" for name, count in gone.rows.items())
    show(f"{'Would go' if dry_run else 'Gone'}, of before {before}:\n{rows}")
    if not dry_run:
        show(f"{_size(gone.before)} → {_size(gone.after)}\n")
    if gone.not_shrunk:
        note(f"the file was not made smaller, but what is free in it is used again: {gone.not_shrunk}")


@app.command("export")
def store_export(
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write here, not to stdout.")] = None,
    config: ConfigOption = None,
) -> None:
    """Print all that is kept as JSON, a row a line, with its table.

    Recipients' addresses are among it.

    \b
    Examples:
      briefer store export --out store.jsonl
      briefer store export | jq 'select(.table == "ledger")'
    """
    from briefer.store.exporting import export

    if out is not None:
        hold_to_writable(out)
    with _opened(config) as store, closing(export(store.database)) as lines:
        if out is not None:
            write(out, lines)
        else:
            show(lines)


@app.command("check")
def store_check(as_json: JsonOption = False, config: ConfigOption = None) -> None:
    """Check the file, what its rows refer to, and that all can be read. Exits with 4 where something is wrong.

    \b
    Examples:
      briefer store check
    """
    from briefer.render.safe import line
    from briefer.store.soundness import faults

    with _opened(config) as store:
        found = faults(store.database)
        name = store.database.name
    if as_json:
        show(json.dumps({"place": name, "faults": found}, indent=2) + "\n")
    else:
        show("".join(f"{line(fault)}\n" for fault in found))
    if found:
        raise StoreError(
            f"the store {name}: {len(found)} fault{'s' if len(found) != 1 else ''}; `briefer rebuild` derives all but "
            "the articles again, `briefer store export` saves what can be read"
        )
    note(f"the store {name} is sound")


def _opened(config: Path | None) -> "Store":
    """The store that the settings name. One that is not there is not made: there is nothing to tell of it."""
    from briefer import settings
    from briefer.store import default_file, open_store

    place = settings.load(config).store or str(default_file())
    if "://" not in place and not Path(place).expanduser().exists():
        raise StoreError(f"there is no store {place} yet; a run makes it, or name another as `store` in the settings")
    return open_store(place)


def _age(text: str) -> timedelta:
    number, unit = text[:-1], text[-1:]
    days = {"d": 1, "w": 7}.get(unit)
    if days is None or not number.isascii() or not number.isdigit() or not 0 < int(number) * days < 36500:
        raise UsageError(f"--keep {text}: write a number of days or weeks, as 90d or 12w")
    return timedelta(days=int(number) * days)


def _told(found: "Stats") -> str:
    from briefer.render.safe import line

    head = f"{line(found.place)}\n{found.kind}, version {found.version}, {_size(found.bytes)}\n"
    rows = [
        ("replies of models", f"{found.rows['replies']:,}"),
        ("readings", f"{found.rows['readings']:,}"),
        ("sources known", f"{found.rows['sources']:,}"),
        ("mails", ", ".join(f"{count:,} {state}" for state, count in found.receipts.items()) or "0"),
    ]
    return head + _rows(rows) + "".join(f"\n{line(one.name)}\n{_rows(_of(one))}" for one in found.collections)


def _of(one: "CollectionStats") -> list[tuple[str, str]]:
    return [
        ("articles", f"{one.articles:,}{_days(one.first_article, one.last_article)}"),
        ("editions", f"{one.editions:,}{_days(one.first_edition, one.last_edition)}, {one.final_editions:,} sent"),
        ("readers", f"{one.readers:,}"),
        ("events", f"{one.events:,} at {one.places:,} places, {one.actors:,} actors"),
        ("ledger", f"{one.ledger_rows:,} changes"),
    ]


def _rows(rows: list[tuple[str, str]]) -> str:
    return "".join(f"  {name:<20}{value}\n" for name, value in rows)


def _days(first: str, last: str) -> str:
    return f" of {first} to {last}" if first else ""


def _size(count: int) -> str:
    return f"{count / 1e6:,.1f} MB"
