"""Two weeks of an invented war, day by day: the ledger, the changes and what is not told again, by a reader's hand.

Each day's articles are collected, read as an AI assistant read them (tests/fortnight/replies.json), and told in an
edition from the store. What a careful reader wrote down (tests/fortnight/reference) is the measure.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from fortnight_reader import readers
from fortnight_scoring import DAYS, FOLDER, compared, place_of

from briefer import collect
from briefer.clean import clean
from briefer.settings import Settings, load
from briefer.store import Store, open_store
from briefer.types import REAL, Article, Briefing, Change, EditionChange, KeptArticle, Raw
from briefer.wiring.editions import Editions, Wanted

DIFFERENT = {
    "2031-06-03": {"missing": ("tammel",)},
    "2031-06-04": {"missing": ("cape-drennoch", "tammel")},
    "2031-06-05": {"missing": ("cape-drennoch", "tammel"), "state": ("orrin-bridge: claimed for held",)},
    **{f"2031-06-{day:02}": {"missing": ("tammel",)} for day in (6, 7, 8, 10)},
    "2031-06-09": {"missing": ("tammel",), "holder": ("quellin: government for renewal",)},
    **{f"2031-06-{day}": {"state": ("port-ilvane: besieged for held",)} for day in (13, 14, 15)},
}
"""Where the ledger is not as the reader has it: what was not read so, or has no word (that a siege was lifted)."""


@dataclass(frozen=True)
class Fortnight:
    """The editions of the two weeks, and the store that remembers them."""

    settings: Settings
    store: Store
    briefings: dict[Date, Briefing]

    def changes(self, day: int, kind: str, place: str = "") -> list[EditionChange]:
        """What the edition of a day of June tells, of a kind and a place."""
        told = self.briefings[Date(2031, 6, day)].changes
        return [change for change in told if change.kind == kind and (not place or place_of(change.place) == place)]


def collected(day: Date) -> list[Article]:
    """The articles of a day's folder, clean."""
    raws = (raw for raw in collect.read([str(FOLDER / str(day))], fields=collect.FieldNames()) if isinstance(raw, Raw))
    return [article for article in map(clean, raws) if isinstance(article, Article)]


@contextmanager
def reading():
    yield readers()


def told(settings: Settings, store: Store) -> dict[Date, Briefing]:
    """Collect and tell each day."""
    zone = ZoneInfo(settings.timezone)
    briefings: dict[Date, Briefing] = {}
    since = None
    for day in DAYS:
        night = datetime.combine(day, time(22, 5), zone)
        store.articles.put([KeptArticle("ondrava", "folder", night, article) for article in collected(day)])
        wanted = Wanted("ondrava", day, settings.timezone, night + timedelta(minutes=5), since=since)
        briefings[day] = Editions(settings, store, reading=reading).make(wanted).briefing
        since = day
    return briefings


@pytest.fixture(scope="module")
def fortnight(tmp_path_factory):
    settings = load(FOLDER / "briefer.toml")
    with open_store(tmp_path_factory.mktemp("fortnight") / "briefer.db") as store:
        yield Fortnight(settings, store, told(settings, store))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_ledger_at_the_end_of_the_day_is_the_readers(fortnight, day):
    held = compared(day, fortnight.briefings[day].ledger)
    different = DIFFERENT.get(str(day), {})
    assert held.holder == different.get("holder", ())
    assert held.state == different.get("state", ())
    assert held.missing == different.get("missing", ())


@pytest.mark.parametrize(
    ("day", "place"),
    [
        (2, "merrish"),
        (3, "hadrun"),
        (4, "sandru"),
        (5, "orrin-bridge"),
        (6, "cape-drennoch"),
        (7, "cape-drennoch"),
        (10, "hadrun"),
        (11, "uster-pass"),
        (12, "vorrick-dam"),
        (13, "merrish"),
        (14, "quellin"),
    ],
)
def test_a_change_of_hands_is_told_on_its_day(fortnight, day, place):
    told = [*fortnight.changes(day, "new", place), *fortnight.changes(day, "changed", place)]
    words = ("captured", "recaptured", "withdrew", "handed over", "entered", "held", "lost")
    assert any(word in change.what for change in told for word in words)


def test_a_toll_that_rises_over_three_days_is_one_strike(fortnight):
    first = [change for change in fortnight.changes(2, "new", "sandru") if "market" in change.what]
    then = [change for day in (3, 4) for change in fortnight.changes(day, "changed", "sandru")]
    assert len(first) == 1
    assert {change.event for change in then} == {first[0].event}
    assert "17" in then[0].what
    assert "19" in then[1].what


def test_a_report_that_its_outlet_retracts_is_taken_back_and_names_the_edition(fortnight):
    gone = [*fortnight.changes(7, "withdrawn", "grevan"), *fortnight.changes(7, "corrected", "grevan")]
    assert gone
    assert {change.edition for change in gone} <= {Date(2031, 6, 5), Date(2031, 6, 6)}
    assert all("Openline took back" in change.what for change in gone)
    later = [change for day in range(8, 16) for change in fortnight.changes(day, "withdrawn", "grevan")]
    assert later == []


def test_a_number_that_its_outlet_corrects_is_a_correction(fortnight):
    (corrected,) = fortnight.changes(10, "corrected", "merrish")
    assert corrected.edition == Date(2031, 6, 9)
    assert "Northgate Press took back" in corrected.what


def test_a_text_that_was_changed_without_a_word_is_told(fortnight):
    (gone,) = fortnight.changes(7, "withdrawn", "port-ilvane")
    assert "all four guns" in gone.what
    assert "ONPA took back" in gone.what


def test_what_was_told_is_not_told_as_new_again(fortnight):
    """A market struck once, a village taken once; a reprint, an old article with a new date, a retold capture."""
    for place, first in (("merrish", 2), ("hadrun", 3), ("sandru", 4)):
        taken = [
            day.day
            for day, briefing in fortnight.briefings.items()
            for change in fortnight.changes(day.day, "new", place)
            for event in briefing.events
            if event.id == change.event and event.change is Change.CAPTURED and event.modality in REAL
        ]
        assert taken == [first]


def test_no_event_is_new_twice(fortnight):
    new = [change.event for day in DAYS for change in fortnight.changes(day.day, "new")]
    assert len(new) == len(set(new))


def test_a_day_without_news_of_the_war_has_hardly_any(fortnight):
    """A letter that retells the week still denies, in its own words, what was retracted the day before."""
    told = [change for change in fortnight.briefings[Date(2031, 6, 8)].changes if change.kind != "quiet"]
    assert len(told) <= 2
    assert [change for change in told if change.kind != "new"] == []


def test_a_front_without_reports_is_quiet(fortnight):
    assert any("Asken Valley" in change.place for change in fortnight.changes(10, "quiet"))


def test_words_for_a_machine_take_no_town(fortnight):
    ledger = {row.place: row.holder for row in fortnight.briefings[Date(2031, 6, 15)].ledger}
    assert ledger["Askenford"] == "government forces"


def test_to_derive_all_again_gives_the_same_editions(fortnight):
    memory = fortnight.store.memory("ondrava")
    before = [memory.edition(record.key) for record in memory.editions()]
    assert Editions(fortnight.settings, fortnight.store, reading=reading).rebuild("ondrava") == len(DAYS)
    assert [memory.edition(record.key) for record in memory.editions()] == before
