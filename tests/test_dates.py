"""The day on which something happened is told by the words of the article and the day it was written, or not at all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.reading import dates
from briefer.types import DatePrecision, DayPart, When

SATURDAY = date(2015, 7, 11)


def read(text: str, written: date | None = SATURDAY, *, future: bool = False) -> When:
    found = dates.find(text)
    assert len(found) == 1, found
    return dates.resolve(found[0], written=written, future=future)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("It fell on Saturday.", "2015-07-11"),
        ("It fell on Friday.", "2015-07-10"),
        ("It fell on Sunday.", "2015-07-05"),
        ("It fell last Saturday.", "2015-07-04"),
        ("They meet next Saturday.", "2015-07-18"),
        ("They meet the coming Monday.", "2015-07-13"),
        ("They meet this Sunday.", "2015-07-12"),
        ("Saturday's raid", "2015-07-11"),
        ("today", "2015-07-11"),
        ("yesterday", "2015-07-10"),
        ("tomorrow", "2015-07-12"),
        ("three days ago", "2015-07-08"),
        ("March 4", "2015-03-04"),
        ("4 March", "2015-03-04"),
        ("Feb. 17", "2015-02-17"),
        ("Dec. 30", "2014-12-30"),
        ("4 March 2011", "2011-03-04"),
        ("March 4, 2011", "2011-03-04"),
        ("the 4th of March 2011", "2011-03-04"),
        ("Fri Apr 8 2016", "2016-04-08"),
        ("2011-03-04", "2011-03-04"),
        ("25/3/2011", "2011-03-25"),
        ("4.3.2011", "2011-03-04"),
    ],
)
def test_one_day(text: str, day: str) -> None:
    when = read(text)
    assert (when.start, when.end, when.precision) == (
        date.fromisoformat(day),
        date.fromisoformat(day),
        DatePrecision.DAY,
    )


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("between Monday and Thursday", "2015-07-06", "2015-07-09", "day"),
        ("from Saturday to Monday", "2015-07-04", "2015-07-06", "day"),
        ("from 3 to 5 March", "2015-03-03", "2015-03-05", "day"),
        ("March 3-5, 2011", "2011-03-03", "2011-03-05", "day"),
        ("March 3 to April 5, 2011", "2011-03-03", "2011-04-05", "day"),
        ("since Monday", "2015-07-06", None, "day"),
        ("until Friday", None, "2015-07-10", "day"),
        ("over the past 24 hours", "2015-07-10", "2015-07-11", "day"),
        ("overnight", "2015-07-10", "2015-07-11", "day"),
        ("this week", "2015-07-06", "2015-07-11", "week"),
        ("earlier this week", "2015-07-06", "2015-07-11", "week"),
        ("last week", "2015-06-29", "2015-07-05", "week"),
        ("last month", "2015-06-01", "2015-06-30", "month"),
        ("in March", "2015-03-01", "2015-03-31", "month"),
        ("in August", "2014-08-01", "2014-08-31", "month"),
        ("in March 2011", "2011-03-01", "2011-03-31", "month"),
        ("in 2012", "2012-01-01", "2012-12-31", "unknown"),
        ("last year", "2014-01-01", "2014-12-31", "unknown"),
        ("over the weekend", "2015-07-11", "2015-07-12", "day"),
    ],
)
def test_more_than_one_day(text: str, start: str | None, end: str | None, precision: str) -> None:
    when = read(text)
    days = tuple(day.isoformat() if day else None for day in (when.start, when.end))
    assert (*days, when.precision.value) == (start, end, precision)


@pytest.mark.parametrize(
    ("text", "day", "part"),
    [
        ("late Thursday", 9, DayPart.EVENING),
        ("early on Monday", 6, DayPart.MORNING),
        ("Saturday morning", 11, DayPart.MORNING),
        ("on the night of July 3", 3, DayPart.NIGHT),
        ("at dawn on Sunday", 5, DayPart.MORNING),
        ("in the early hours of Sunday", 5, DayPart.MORNING),
        ("Friday afternoon", 10, DayPart.AFTERNOON),
        ("tonight", 11, DayPart.NIGHT),
        ("last night", 10, DayPart.NIGHT),
        ("this morning", 11, DayPart.MORNING),
        ("yesterday evening", 10, DayPart.EVENING),
    ],
)
def test_parts_of_the_day(text: str, day: int, part: DayPart) -> None:
    when = read(text)
    assert (when.start, when.part) == (date(2015, 7, day), part)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("on Friday", DayPart.NONE),
        ("Saturday morning", DayPart.MORNING),
        ("overnight", DayPart.NIGHT),
        ("yesterday", DayPart.NONE),
        ("last week", DayPart.NONE),
        ("three days ago", DayPart.NONE),
        ("March 4", DayPart.NONE),
        ("in March", DayPart.NONE),
        ("over the past 24 hours", DayPart.NONE),
    ],
)
def test_without_the_day_of_writing_no_day_is_invented(text: str, part: DayPart) -> None:
    when = read(text, None)
    assert (when.start, when.end, when.precision, when.part) == (None, None, DatePrecision.UNKNOWN, part)
    assert when.as_written in text


@pytest.mark.parametrize(
    "text", ["the previous day", "six days", "the next day", "3/4/2011", "31 April", "months ago", "at dawn"]
)
def test_what_tells_no_day_is_kept_as_words(text: str) -> None:
    when = read(text)
    assert (when.start, when.end, when.as_written) == (None, None, text)


def test_the_tense_of_the_clause_decides_about_a_bare_weekday() -> None:
    assert read("on Monday", future=True).start == date(2015, 7, 13)
    assert read("on Saturday", future=True).start == SATURDAY


@pytest.mark.parametrize(
    "text",
    [
        "She may go.",
        "The march began.",
        "20 may have died",
        "12 men and 2011 more",
        "barrels a day",
        "The sun sat low",
        "Mar Elias",
    ],
)
def test_words_that_only_look_like_times(text: str) -> None:
    assert dates.find(text) == []


def test_endless_digits_neither_break_nor_stall_the_reader() -> None:
    assert read("9" * 30 + " days ago").start is None
    assert len(dates.find("on Monday 2011 " * 5000)) >= 5000


def test_years_past_are_background() -> None:
    assert dates.is_past_year(read("in 2012"), SATURDAY)
    assert not dates.is_past_year(read("last month"), SATURDAY)
    assert not dates.is_past_year(read("Dec. 30", date(2015, 1, 3)), date(2015, 1, 3))


WORDS = st.lists(
    st.sampled_from(
        [
            "and",
            "since",
            "next",
            "last week",
            "days",
            "ago",
            "the",
            "3",
            "on",
            "Monday",
            "Friday morning",
            "late",
            "early",
            "March 4",
            "31",
            "May",
            "2011",
            "to",
            "from",
            "between",
        ]
    ),
    max_size=12,
).map(" ".join)


@given(WORDS, st.dates())
def test_every_expression_quotes_its_text_and_ends_after_it_starts(text: str, written: date) -> None:
    for expression in dates.find(text):
        assert text[expression.start : expression.end] == expression.as_written
        when = dates.resolve(expression, written=written)
        assert not (when.start and when.end) or when.start <= when.end
        assert dates.resolve(expression, written=None).as_written == expression.as_written
