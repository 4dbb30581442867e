"""A toll that is read wrong is a toll that is printed wrong: numbers are read by value, with their bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.reading import numbers
from briefer.reading.numbers import Unit

Bounds = tuple[int | None, int | None, int | None]


def bounds(text: str) -> list[Bounds]:
    return [(number.low, number.best, number.high) for number in numbers.find(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,200 people fled", 1200),
        ("1 200 people fled", 1200),
        ("1.5 million people fled", 1_500_000),
        ("1.2m people fled", 1_200_000),
        ("two hundred and fifty men", 250),
        ("twenty-one women", 21),
        ("one hundred and five", 105),
        ("three thousand two hundred men", 3200),
        ("a dozen men", 12),
        ("two dozen men", 24),
        ("half a dozen men", 6),
        ("half a million people", 500_000),
        ("two and a half million people", 2_500_000),
        ("a hundred men", 100),
        ("a 20-strong unit", 20),
        ("2000 people died", 2000),
        ("killed 12", 12),
        ("Misrata 20 people died", 20),
        ("one soldier died", 1),
        ("one killed", 1),
    ],
)
def test_exact_numbers_are_read_by_value(text: str, value: int) -> None:
    assert bounds(text) == [(value, value, value)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at least 20 died", (20, None, None)),
        ("no fewer than 20 died", (20, None, None)),
        ("100 or more men", (100, None, None)),
        ("200+ men", (200, None, None)),
        ("more than a dozen died", (13, None, None)),
        ("over 1,000 fled", (1001, None, None)),
        ("fewer than 30 died", (None, None, 29)),
        ("no more than 5 died", (None, None, 5)),
        ("up to 40 fighters", (None, None, 40)),
        ("as many as 300 fighters", (None, None, 300)),
        ("about 50 men", (None, 50, None)),
        ("an estimated 20 men", (None, 20, None)),
        ("30-odd men", (None, 30, None)),
        ("50 or so men", (None, 50, None)),
        ("between 10 and 15 men", (10, None, 15)),
        ("20-25 men", (20, None, 25)),
        ("20 to 25 men", (20, None, 25)),
        ("10 or 12 men", (10, None, 12)),
        ("two to three hundred men", (200, None, 300)),
        ("some 3,000 to 4,000 men", (3000, None, 4000)),
        ("dozens of men", (24, None, None)),
        ("scores of men", (40, None, None)),
        ("hundreds of men", (200, None, None)),
        ("tens of thousands of men", (20_000, None, None)),
        ("hundreds of thousands of men", (200_000, None, None)),
        ("several men", (3, None, None)),
        ("a few men", (3, None, None)),
        ("several hundred men", (200, None, None)),
        ("a couple of men", (2, 2, 2)),
    ],
)
def test_bounds_ranges_and_vague_words(text: str, expected: Bounds) -> None:
    assert bounds(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "T-72 and BM-21 and RPG-7 and Su-25",
        "M23 and G8 and F-16",
        "the 4th Division and the 22nd Brigade",
        "Resolution 1973 was adopted",
        "CNN 24 said so",
        "at 6:30 and at 6 a.m. and at 0600 GMT",
        "on March 4, 2011 and 3 to 5 March and Feb. 17",
        "on 2011-03-04",
        "in 2015 and between 2011 and 2013",
        "the 2011 protests",
        "the 1990s",
        "no one came and one of them and one by one",
        "Battalion 36 attacked",
        "a three-front war",
        "7.62",
        "20k",
        "few came",
        "not one shell fell",
        "the front in the west",
        "",
    ],
)
def test_what_names_dates_and_codes_hold_is_no_number(text: str) -> None:
    assert numbers.find(text) == []


@pytest.mark.parametrize(
    ("text", "unit", "best"),
    [
        ("20 percent of it", Unit.PERCENT, 20),
        ("12.5% of it", Unit.PERCENT, 12),
        ("two-thirds of it", Unit.FRACTION, 67),
        ("half of the town", Unit.FRACTION, 50),
        ("10 km from it", Unit.LENGTH, 10),
        ("122mm shells", Unit.LENGTH, 122),
        ("six days of it", Unit.DURATION, 6),
        ("over two days", Unit.DURATION, 2),
        ("a 29-year-old", Unit.AGE, 29),
        ("Ali, 29, said", Unit.AGE, 29),
        ("$5 million", Unit.MONEY, 5_000_000),
        ("€20m", Unit.MONEY, 20_000_000),
        ("20m from it", Unit.LENGTH, 20),
        ("three times", Unit.TIMES, 3),
        ("5 tonnes", Unit.WEIGHT, 5),
    ],
)
def test_what_is_measured_is_told_from_what_is_counted(text: str, unit: Unit, best: int) -> None:
    assert [(number.unit, number.best) for number in numbers.find(text)] == [(unit, best)]


def test_a_toll_that_rose_is_two_numbers() -> None:
    assert bounds("The toll rose from 20 to 25.") == [(20, 20, 20), (25, 25, 25)]


def test_endless_digits_and_number_words_neither_break_nor_stall_the_reader() -> None:
    assert numbers.find("9" * 5000) == []
    assert numbers.find("killed " + "9" * 400 + " men") == []
    assert len(numbers.find("two " * 20_000)) == 20_000


def test_words_that_stand_by_one_another_are_not_added_up() -> None:
    assert bounds("two and three men; one million, two thousand") == [
        (2, 2, 2),
        (3, 3, 3),
        (1_000_000, 1_000_000, 1_000_000),
        (2000, 2000, 2000),
    ]


@pytest.mark.parametrize(
    ("phrase", "best"), [("a soldier", 1), ("one", 1), ("12 men", 12), ("the men", None), ("a number of men", None)]
)
def test_the_number_of_a_noun_phrase(phrase: str, best: int | None) -> None:
    found = numbers.value(phrase)
    assert (found.best if found else None) == best


@given(st.text(alphabet=st.sampled_from("0123456789 ,.-$%andoreightwo twenty hundred half a to "), max_size=80))
def test_every_number_quotes_its_text_and_keeps_its_bounds_in_order(text: str) -> None:
    found = numbers.find(text)
    for number in found:
        assert text[number.start : number.end] == number.as_written
        known = [bound for bound in (number.low, number.best, number.high) if bound is not None]
        assert known
        assert known == sorted(known)
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))  # noqa: RUF007
