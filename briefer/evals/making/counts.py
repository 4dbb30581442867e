"""Edits of the numbers and times of a sentence."""

import re
from collections.abc import Iterator

from briefer.evals.making.lie import Draft, Draw
from briefer.evals.making.line import Line
from briefer.evals.making.page import Page
from briefer.reading import dates, numbers
from briefer.reading.numbers import Number, Unit
from briefer.reading.spelled import ONES, TENS

_BOUNDS = (
    ("at least", "at most"), ("more than", "fewer than"), ("up to", "at least"), ("no more than", "at least"),
    ("at most", "at least"), ("fewer than", "more than"), ("less than", "more than"), ("over", "under"),
)  # fmt: skip
_FATES = (
    ("killed", "wounded"),
    ("dead", "wounded"),
    ("deaths", "injuries"),
    ("killing", "wounding"),
    ("died", "were hurt"),
)
_PEOPLE = (
    ("civilians", "fighters"), ("soldiers", "civilians"), ("fighters", "civilians"), ("rebels", "civilians"),
    ("children", "soldiers"), ("women", "men"), ("men", "women"), ("policemen", "civilians"),
)  # fmt: skip
_UNITS = (
    ("kilometres", "metres"), ("kilometers", "meters"), ("km", "metres"), ("metres", "kilometres"), ("miles", "yards"),
    ("hours", "days"), ("days", "weeks"), ("weeks", "months"), ("months", "years"), ("years", "months"),
    ("tonnes", "kilograms"), ("minutes", "hours"), ("million", "billion"), ("billion", "million"),
    ("percent", "percentage points"), ("hectares", "square kilometres"),
)  # fmt: skip
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()
_PARTS = {
    "morning": "evening", "evening": "morning", "afternoon": "night", "night": "morning", "noon": "midnight",
    "midnight": "noon", "dawn": "dusk", "dusk": "dawn", "yesterday": "a week ago",
}  # fmt: skip
_DATED = re.compile(
    rf"\b(?P<month>{'|'.join(_MONTHS)}) (?P<day>\d{{1,2}})\b|\b(?P<other>\d{{1,2}}) (?P<of>{'|'.join(_MONTHS)})\b"
)
_YEAR = re.compile(r"(?<![\d-])(?:19|20)\d\d(?![\d-])")


def other_value(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """Another number, of about the size and written as the true one is."""
    for number in numbers.find(line.text):
        value = number.best or number.low or number.high
        span = digits(line.text, number)
        if value is None or span is None or number.unit is Unit.FRACTION:
            continue
        for step in draw.order(_steps(value), f"step{number.start}"):
            other = value + step
            if other > 1 and other not in page.values:
                words = _written(other, line.text[span[0] : span[1]])
                yield Draft(line.swap([(*span, words)]), f"{line.text[span[0] : span[1]]} → {words}")


def _steps(value: int) -> tuple[int, ...]:
    """How far off a lie is: far enough to be no rounding, near enough to be believed."""
    if value < 10:
        return (1, 2, 3, 5) if value < 4 else (2, 3, -2, 5)
    unit = 10 ** max(0, len(str(value)) - 2)
    rough = max(unit, round(value * 0.4 / unit) * unit)
    return (rough, -rough, rough + unit, 2 * rough)


def digits(text: str, number: Number) -> tuple[int, int] | None:
    """Where the value alone stands, without its "at least"."""
    found = re.search(r"\d[\d,]*(?!\d)", number.as_written)
    if found is None:
        words = "|".join(sorted([*ONES, *TENS], key=len, reverse=True))
        found = re.search(rf"\b(?:{words})(?:-(?:{words}))?\b", number.as_written, re.IGNORECASE)
    if found is None or re.search(r"\b(?:hundred|thousand|million|billion|dozen)|\.\d", number.as_written):
        return None
    return number.start + found.start(), number.start + found.end()


def _written(value: int, like: str) -> str:
    if like[0].isdigit() or value > 99:
        return f"{value:,}" if "," in like or value > 9999 else str(value)
    words = spelled(value)
    return words.capitalize() if like[0].isupper() else words


def spelled(value: int) -> str:
    """A number below 100 in words."""
    names = {number: word for word, number in (*ONES.items(), *TENS.items())}
    return names.get(value) or f"{names[value - value % 10]}-{names[value % 10]}"


def other_fate(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """The killed told as wounded and the other way; where both are told, their numbers change places."""
    for one, other in _FATES:
        here, there = re.search(rf"\b{one}\b", line.text), re.search(rf"\b{other}\b", line.text)
        if here is not None and there is not None:
            yield Draft(line.swap([(*here.span(), other), (*there.span(), one)]), f"{one} ↔ {other}")
        elif here is not None and (counted := numbers.find(line.text)):
            values = "|".join(re.escape(number.as_written.split()[-1]) for number in counted)
            if (
                re.search(rf"\b(?:{values})\b(?:(?!\b(?:{one}|and)\b)[^.,;]){{0,40}}\b{other}\b", page.article.text)
                is None
            ):
                yield Draft(line.swap([(*here.span(), other)]), f"{one} → {other}", sure=True)


def other_bound(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """ "At least" for "at most"."""
    for one, other in _BOUNDS:
        for found in re.finditer(rf"\b{one}(?= [\d\w])", line.text, re.IGNORECASE):
            counts = any(number.start <= found.end() + 1 <= number.end for number in numbers.find(line.text))
            if counts:
                yield Draft(line.swap([(*found.span(), other)]), f"{one} → {other}")


def other_people(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """Fighters for civilians, where they are counted."""
    counted = numbers.find(line.text)
    for one, other in _PEOPLE:
        for found in re.finditer(rf"\b{one}\b", line.text):
            if any(0 <= found.start() - number.end <= 12 for number in counted):
                yield Draft(line.swap([(*found.span(), other)]), f"{one} → {other}")


def other_unit(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """Metres for kilometres, days for hours."""
    for one, other in _UNITS:
        for found in re.finditer(rf"(?<=[\d\w] ){one}\b", line.text):
            if any(0 <= found.start() - number.end <= 2 or number.start <= found.start() < number.end
                   for number in numbers.find(line.text)):  # fmt: skip
                yield Draft(line.swap([(*found.span(), other)]), f"{one} → {other}")


# ── times ──


def other_day(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """Another day of the week or of the month."""
    for found in re.finditer(rf"\b(?:{'|'.join(_DAYS)})\b", line.text):
        for step in draw.order(range(2, 6), found[0]):
            other = _DAYS[(_DAYS.index(found[0]) + step) % 7]
            yield Draft(line.swap([(*found.span(), other)]), f"{found[0]} → {other}")
    for found in _DATED.finditer(line.text):
        place = "day" if found["day"] else "other"
        for step in draw.order((2, 3, 5, -2, -3), found[0]):
            if 1 <= (other_number := int(found[place]) + step) <= 28:
                yield Draft(
                    line.swap([(*found.span(place), str(other_number))]), f"day {found[place]} → {other_number}"
                )


def other_part_of_day(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """The evening for the morning."""
    for time in dates.find(line.text):
        for one, other in _PARTS.items():
            found = re.search(rf"\b{one}\b", line.text[time.start : time.end])
            if found is not None:
                span = (time.start + found.start(), time.start + found.end())
                yield Draft(line.swap([(*span, other)]), f"{one} → {other}")


def other_year(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """Another year, or another month."""
    for found in _YEAR.finditer(line.text):
        for step in draw.order((-2, -1, 1, -3), found[0]):
            other = str(int(found[0]) + step)
            if other not in page.article.text:
                yield Draft(line.swap([(*found.span(), other)]), f"{found[0]} → {other}")
    for found in re.finditer(rf"\b(?:{'|'.join(_MONTHS)})\b(?! \d)", line.text):
        other = _MONTHS[(_MONTHS.index(found[0]) + 2 + draw.number(8, found[0])) % 12]
        if re.search(r"\b(?:in|since|of|by|until|last|late|early) \Z", line.text[: found.start()]):
            yield Draft(line.swap([(*found.span(), other)]), f"{found[0]} → {other}")
