"""Editions from the store: which day, against which earlier one, what is read again, what stays as it went."""

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from remembered import ARTICLES, DAYS, FIRST, WAR, kept, settings_in

from briefer.errors import NothingToBrief, UsageError
from briefer.extract import RulesExtractor
from briefer.pipeline import Edition, Readers
from briefer.store import open_store
from briefer.wiring.editions import Editions, Wanted


@pytest.fixture
def desk(tmp_path):
    """Settings and an open store with the articles of three days, and no edition."""
    settings = settings_in(tmp_path)
    with open_store(settings.store) as store:
        store.articles.put([kept(*row) for row in ARTICLES])
        yield settings, store


def at(day: date, hour: int = 22) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def asked(day: date | None, now: datetime) -> Edition:
    return Edition(day, "UTC", now)


@dataclass
class Counting:
    """The rules reader, which counts what it is given; down, it reads in a model's stead."""

    down: bool = False
    read: list[str] = field(default_factory=list)

    def extract(self, articles):
        for extraction in RulesExtractor().extract(articles):
            self.read.append(extraction.article)
            yield replace(extraction, fell_back=self.down, note="the model is down" if self.down else "")

    @contextmanager
    def readers(self):
        yield Readers(self)


def test_without_a_day_the_edition_is_todays_while_something_is_remembered(desk):
    editions = Editions(*desk)
    today = DAYS[-1] + timedelta(days=3)
    assert editions.latest(WAR, asked(None, at(today))).key.date == today


def test_without_a_day_old_articles_have_an_edition_of_their_last_day(desk):
    assert Editions(*desk).latest(WAR, asked(None, at(DAYS[-1] + timedelta(days=400)))).key.date == DAYS[-1]


def test_each_edition_is_told_against_the_one_before_it(desk):
    editions = Editions(*desk)
    made = [editions.latest(WAR, asked(day, at(day))) for day in DAYS]
    assert [kept.key.since for kept in made] == [None, *DAYS[:-1]]
    again = editions.latest(WAR, asked(DAYS[1], at(DAYS[1], 23)))
    assert again.key.since == DAYS[0]
    assert again.briefing.changes == made[1].briefing.changes


def test_no_article_is_read_twice(desk):
    reader = Counting()
    editions = Editions(*desk, reading=reader.readers)
    for day in DAYS:
        editions.latest(WAR, asked(day, at(day)))
    editions.latest(WAR, asked(DAYS[-1], at(DAYS[-1], 23)))
    assert len(reader.read) == len(set(reader.read)) == len(ARTICLES)


def test_what_was_read_while_the_model_was_down_is_read_again_until_somebody_got_it(desk):
    down, up = Counting(down=True), Counting()
    first = Editions(*desk, reading=down.readers).latest(WAR, asked(FIRST, at(FIRST, 13)))
    assert first.briefing.made_by.fell_back
    settings = desk[0].model_copy(update={"model": desk[0].model.model_copy(update={"name": "some"})})
    mended = Editions(settings, desk[1], reading=up.readers).latest(WAR, asked(FIRST, at(FIRST, 14)))
    assert sorted(up.read) == sorted(down.read)
    assert mended.briefing.made_by.fell_back == ()


def test_an_edition_that_went_out_is_given_as_it_went(desk):
    editions = Editions(*desk)
    wanted = Wanted(WAR, FIRST, "UTC", at(FIRST))
    made = editions.finalise(editions.make(wanted))
    late = kept(0, "Late Post", "Late", "Rebels captured the town of Odrin on Wednesday, residents said.")
    desk[1].articles.put([late])
    assert editions.make(wanted) == made
    assert editions.rebuild(WAR) == 1
    assert editions.make(wanted) == made


def test_to_derive_again_knows_nothing_that_was_collected_later(desk):
    editions = Editions(*desk)
    made = editions.make(Wanted(WAR, FIRST, "UTC", at(FIRST)))
    late = kept(0, "Late Post", "Late", "Rebels captured the town of Odrin on Wednesday, residents said.")
    desk[1].articles.put([replace(late, seen=at(FIRST, 23))])
    editions.rebuild(WAR)
    assert desk[1].memory(WAR).edition(made.key) == made


def test_a_dry_run_keeps_nothing(desk):
    Editions(*desk).make(Wanted(WAR, FIRST, "UTC", at(FIRST)), keep=False)
    assert desk[1].memory(WAR).editions() == []


def test_a_collection_without_articles_says_how_to_get_some(tmp_path):
    settings = settings_in(tmp_path)
    with open_store(settings.store) as store, pytest.raises(NothingToBrief, match="briefer collect"):
        Editions(settings, store).latest(WAR, asked(None, at(FIRST)))


def test_an_unknown_collection_is_named_with_those_that_there_are(desk):
    with pytest.raises(UsageError, match=rf"'peace'.*{WAR}"):
        Editions(*desk).make(Wanted("peace", FIRST, "UTC", at(FIRST)))


def test_a_day_of_which_nothing_is_reported_is_an_edition(desk):
    editions = Editions(*desk)
    editions.latest(WAR, asked(DAYS[-1], at(DAYS[-1])))
    quiet = editions.latest(WAR, asked(DAYS[-1] + timedelta(days=1), at(DAYS[-1] + timedelta(days=1))))
    assert {change.kind for change in quiet.briefing.changes} <= {"quiet"}
    assert quiet.briefing.sources == ()


def test_a_slip_of_the_pen_is_no_edition(desk):
    with pytest.raises(UsageError, match="2041-05-14 is a day to come"):
        Editions(*desk).latest(WAR, asked(date(2041, 5, 14), at(DAYS[-1])))
    assert desk[1].memory(WAR).editions() == []
