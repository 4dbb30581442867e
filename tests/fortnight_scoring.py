"""The two weeks of tests/fortnight held against what a careful reader knows at the end of each day."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path

from briefer.reading.names import fold
from briefer.types import Briefing, EditionChange, Holding

FOLDER = Path(__file__).parent / "fortnight"
DAYS = sorted(Date.fromisoformat(path.name) for path in FOLDER.glob("2031-*") if path.is_dir())


def _names() -> dict[str, dict[str, dict[str, object]]]:
    return tomllib.loads((FOLDER / "names.toml").read_text())


def _by_alias(table: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    return {fold(str(alias)): key for key, entry in table.items() for alias in entry["aliases"]}  # type: ignore[attr-defined]


PLACES = _by_alias(_names()["places"])
SIDES = _by_alias(_names()["sides"])


def reference(day: Date) -> dict[str, list[dict[str, object]]]:
    """What the reader knows at the end of a day."""
    return tomllib.loads((FOLDER / "reference" / f"{day}.toml").read_text())


def place_of(name: str) -> str:
    """The key of a place, "" for one that the reference does not name."""
    folded = fold(name).removeprefix("the ")
    return PLACES.get(folded) or PLACES.get(f"the {folded}", "")


def side_of(holder: str) -> str:
    """The key of the side of a holder, "?" for one that the reference does not name."""
    folded = fold(holder).removeprefix("the ")
    return SIDES.get(folded) or SIDES.get(f"the {folded}") or ("government" if "government" in folded else "?")


@dataclass(frozen=True)
class Row:
    """One row of a ledger, by keys of the reference."""

    place: str
    holder: str
    state: str


def rows(ledger: Iterable[Holding]) -> dict[str, Row]:
    """A ledger of briefer's by place."""
    found = {}
    for row in ledger:
        if key := place_of(row.place):
            found[key] = Row(key, side_of(row.holder) if row.holder else "", row.state)
    return found


def expected(day: Date) -> dict[str, Row]:
    """The reference's ledger by place."""
    return {str(r["place"]): Row(str(r["place"]), str(r["holder"]), str(r["state"])) for r in reference(day)["ledger"]}


@dataclass(frozen=True)
class Held:
    """How a day's ledger stands beside the reference: places right, of another holder, in another state, missing."""

    right: tuple[str, ...]
    holder: tuple[str, ...]
    state: tuple[str, ...]
    missing: tuple[str, ...]


def compared(day: Date, ledger: Sequence[Holding]) -> Held:
    """Hold a ledger against the reference of a day."""
    want, have = expected(day), rows(ledger)
    right, holder, state, missing = [], [], [], []
    for key, row in want.items():
        mine = have.get(key)
        if mine is None:
            missing.append(key)
        elif row.holder not in ("", "unknown") and mine.holder != row.holder:
            holder.append(f"{key}: {mine.holder or 'nobody'} for {row.holder}")
        elif mine.state != row.state:
            state.append(f"{key}: {mine.state} for {row.state}")
        else:
            right.append(key)
    return Held(tuple(right), tuple(holder), tuple(state), tuple(missing))


def told(briefing: Briefing, place: str) -> list[EditionChange]:
    """The changes that an edition tells of a place."""
    return [change for change in briefing.changes if place_of(change.place) == place]
