"""The times of day that a sentence names by the clock: "7.50 a.m.", "at nine on Wednesday evening", "20:00", "noon".

In: a text. Out: `Hour`s with the minutes of the day that each may mean.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefer.reading.spelled import ONES

_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_WORD = "|".join(_NUMBERS)
_PATTERN = re.compile(
    rf"\b(?:(?P<named>midnight|noon|midday)"
    r"|(?P<hour24>[01]?\d|2[0-3])[:h](?P<minute24>[0-5]\d)(?:\s?(?P<half24>[ap])\.?m\b\.?)?"
    rf"|(?P<hour>\d{{1,2}}|{_WORD})(?:[.:](?P<minute>[0-5]\d))?\s?(?:(?P<half>[ap])\.?m\b\.?|o['’]clock)"
    rf"|(?<=\b)(?:at|by|until|till|from|around|about|before|after|since|shortly after)\s(?P<bare>\d{{1,2}}|{_WORD})"
    r"(?=[,;]|\.(?!\d)|\s(?:in the (?:morning|afternoon|evening)|at night|tonight|on \w+day"
    r"|that (?:morning|evening|night)|the (?:same|next) )))",
    re.IGNORECASE,
)
_HINT = re.compile(
    rf"\d|o['’]clock|noon|midnight|midday|\b(?:at|by|until|till|from|after|before|around) (?:{_WORD})", re.IGNORECASE
)
_PART = re.compile(r"\b(?P<part>morning|afternoon|evening|night|tonight)\b", re.IGNORECASE)
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Hour:
    """A time of day: `text[start:end]`, and the minutes since midnight that it may mean."""

    start: int
    end: int
    minutes: frozenset[int]


def find(text: str) -> list[Hour]:
    """The times of day of a text, in order."""
    if not _HINT.search(text):
        return []
    return list(_found(text))


def _found(text: str) -> Iterator[Hour]:
    for match in _PATTERN.finditer(text):
        if match["named"]:
            noon = match["named"].lower() != "midnight"
            yield Hour(match.start(), match.end(), frozenset({_DAY // 2 if noon else 0}))
            continue
        written = match["hour24"] or match["hour"] or match["bare"]
        hour = int(written) if written.isdigit() else ONES[written.lower()]
        minute = int(match["minute24"] or match["minute"] or 0)
        if hour > 23:
            continue
        start = match.start("bare") if match["bare"] else match.start()
        half = (match["half24"] or match["half"] or "").lower()
        yield Hour(
            start,
            match.end(),
            frozenset(_meant(hour, minute, half, text[match.end() : match.end() + 40], bool(match["hour24"]))),
        )


def _meant(hour: int, minute: int, half: str, behind: str, digital: bool) -> Iterator[int]:
    late = _PART.search(behind)
    if half or (late is not None and hour <= 12):
        after = half == "p" or (not half and late is not None and late["part"].lower() != "morning")
        yield (hour % 12 + (12 if after else 0)) * 60 + minute
    elif digital or hour > 12:
        yield hour * 60 + minute
    else:
        yield hour % 12 * 60 + minute
        yield (hour % 12 + 12) * 60 + minute
