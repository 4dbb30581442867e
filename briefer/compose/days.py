"""When, in words: known days as dates, unknown ones as the source wrote them."""

import re
from datetime import date

from briefer.types import DatePrecision, DayPart, When

_WEEKDAY = re.compile(r"^(?:late |early )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.I)
_OWN_PREPOSITION = re.compile(
    r"^(?:on|in|at|over|during|since|for|by|after|before|early|late|later|earlier|this|last|next|yesterday|today|tonight|"
    r"overnight|initially|first|then|finally|eventually|meanwhile|simultaneously|subsequently|soon|recently|now|currently|until|between|from|within|throughout)\b",
    re.I,
)


def named(day: date, *, edition: date, short: bool = False) -> str:
    """ "Friday 10 July", "Fri 10 Jul"; with its year where that is not the edition's."""
    text = f"{day:%a} {day.day} {day:%b}" if short else f"{day:%A} {day.day} {day:%B}"
    return text if day.year == edition.year else f"{text} {day.year}"


def known(when: When) -> bool:
    """Whether the day, week or month is known."""
    return when.start is not None and when.precision is not DatePrecision.UNKNOWN


def phrase(when: When, *, edition: date, say_unknown: bool = True) -> str:
    """The time as it ends a sentence: "on Friday 10 July", "in July", "on Friday (date unknown)"; "" if unsaid."""
    if when.start is None or when.precision is DatePrecision.UNKNOWN:
        return _as_written(when, say_unknown=say_unknown)
    end = when.end or when.start
    if when.precision is DatePrecision.MONTH:
        year = "" if when.start.year == edition.year else f" {when.start.year}"
        return f"in {when.start:%B}{year}"
    if end != when.start:
        return f"between {_range(when.start, end, edition)}"
    if when.precision is DatePrecision.WEEK:
        return f"in the week of {named(when.start, edition=edition)}"
    return _part(when, named(when.start, edition=edition))


def brief(when: When, *, edition: date, reported: date | None = None) -> str:
    """The time in a list: "Fri 10 Jul", "6–12 Jul", "Jul"; without a day "told Thu 9 Jul", "Friday, undated" or less.

    The day of the report stands for nothing but itself: when it happened stays unknown.
    """
    if when.start is None or when.precision is DatePrecision.UNKNOWN:
        written = " ".join(when.as_written.split())
        if reported is not None and not written:
            return f"told {named(reported, edition=edition, short=True)}"
        return f"{written}, undated" if written else "undated"
    end = when.end or when.start
    year = "" if end.year == edition.year else f" {end.year}"
    if when.precision is DatePrecision.MONTH:
        return f"{when.start:%b}{year}"
    if end != when.start:
        first = f"{when.start.day}" if end.month == when.start.month else f"{when.start.day} {when.start:%b}"
        return f"{first}–{end.day} {end:%b}{year}"
    if when.precision is DatePrecision.WEEK:
        return f"week of {named(when.start, edition=edition, short=True)}"
    return named(when.start, edition=edition, short=True)


def weekday(when: When) -> str:
    """ "on Friday", for a day that the sentence before has already dated."""
    return f"on {when.start:%A}" if when.start else ""


def _part(when: When, day: str) -> str:
    if when.part is DayPart.NIGHT:
        return f"overnight ({day})" if "overnight" in when.as_written.lower() else f"on the night of {day}"
    return f"on the {when.part.value} of {day}" if when.part is not DayPart.NONE else f"on {day}"


def _range(start: date, end: date, edition: date) -> str:
    last = named(end, edition=edition).split(" ", 1)[1]
    first = str(start.day) if (start.month, start.year) == (end.month, end.year) else f"{start.day} {start:%B}"
    return f"{first} and {last}"


def _as_written(when: When, *, say_unknown: bool) -> str:
    written = " ".join(when.as_written.split())
    if not written:
        return ""
    if _WEEKDAY.match(written):
        text = (
            f"on {written}" if not written.lower().startswith(("late", "early")) else written[:1].lower() + written[1:]
        )
    elif _OWN_PREPOSITION.match(written):
        text = written[:1].lower() + written[1:]
    else:
        text = f"at a time given as “{written}”"
    return f"{text} (date unknown)" if say_unknown else text
