"""What a container or a line says of the time of publishing in; an aware datetime out, or None.

A day without a time is noon UTC of that day: it stays on that day for every reader from UTC-12 to UTC+11. A time
without a zone is in `UNSTATED`, which stands in for UTC until somebody knows the zone better. What cannot be read, or
could be two days ("03/04/2011"), is None and never today.
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from briefer.clean.tables import entries

UNSTATED = timezone(timedelta(0), "unstated")
"""The zone of a time that is given without one."""

_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 1, "cet": 1, "west": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3,
    "trt": 3, "ksa": 3,
    "est": -5, "edt": -4, "et": -5, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
_CLOCK = (
    r"(?:[T\s,|/·–—-]|\b(?:at|um|à|a las|alle|в|الساعة)\b)*"
    r"(?P<hour>[01]?\d|2[0-3])(?:[:.h]?(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?)?"
    r"(?!\d)\s?(?P<half>[ap]\.?m\b\.?)?\s?\(?(?P<zone>(?:UTC|GMT)?[+-]\d{1,2}(?::?\d\d)?|[A-Z]{1,4}(?![A-Za-z]))?"
)
_TIME = re.compile(_CLOCK, re.IGNORECASE)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s*)?"
_MONTH = r"(?:[^\W\d_]{{3,12}}/)?(?P<{0}>[^\W\d_]{{3,12}})\.?"
_DAYS = (
    re.compile(r"(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"),
    re.compile(
        _WEEKDAY
        + r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?(?:\sof|\sde)?[\s-]"
        + _MONTH.format("n")
        + r",?(?:\sde)?[\s-](?P<y>(?:19|20)\d\d)(?!\d)",
        re.I,
    ),
    re.compile(
        _WEEKDAY
        + _MONTH.format("n")
        + r"\s(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:,\s?|\s|(?<=\d\d))(?P<y>(?:19|20)\d\d)(?!\d)",
        re.I,
    ),
    re.compile(r"(?P<a>\d{1,2})(?P<mark>[./-])(?P<b>\d{1,2})(?P=mark)(?P<y>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?=T|\Z)"),
    # "Thu Mar 17 10:00:00 UTC 2011", as unix prints it
    re.compile(
        _WEEKDAY
        + _MONTH.format("n")
        + r"\s+(?P<d>\d{1,2})\s(?P<clock>\d\d:\d\d(?::\d\d)?(?:\s[A-Z]{3,4})?)\s(?P<y>(?:19|20)\d\d)(?!\d)",
        re.I,
    ),
)
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")


def moment(text: str) -> datetime | None:
    """The first time in a text that is wholly known (day, month and year), aware; None where there is none."""
    found = dated(text)
    return found[0] if found else _epoch(text.strip())


def dated(text: str, start: int = 0, *, anchored: bool = False) -> tuple[datetime, int, int] | None:
    """The first full date in a text with the range of characters it takes, its time and zone included.

    `anchored` looks at `start` only. In "5 March 2011, 6:34 pm EDT" the range covers all of it.
    """
    best: tuple[datetime, int, int] | None = None
    for pattern in _DAYS:
        match = pattern.match(text, start) if anchored else pattern.search(text, start)
        if match and (best is None or match.start() < best[1]) and (found := _read(match, text)):
            best = found
    return best


def _read(match: re.Match[str], text: str) -> tuple[datetime, int, int] | None:
    day = _day(match.groupdict())
    if day is None or text[match.start() - 1 : match.start()].isdigit():
        return None
    clock = match.groupdict().get("clock")
    time = _TIME.match(clock) if clock else _TIME.match(text, match.end())
    if time and (clock or _is_time(time)):
        return _at(day, time), match.start(), match.end() if clock else time.end()
    return day.replace(hour=12), match.start(), match.end()


def _is_time(time: re.Match[str]) -> bool:
    """Whether the digits after a date are a time, not the first number of what follows ("2016 10 civilians")."""
    exact = bool(time["minute"] and re.search(r"\d[:.h]\d", time.group()))
    zoned = (time["zone"] or "").lower() in _ZONES or bool(re.match(r"(?:utc|gmt)?[+-]", time["zone"] or "", re.I))
    return exact or bool(time["half"]) or bool(time["minute"] and zoned)


def _day(parts: dict[str, str | None]) -> datetime | None:
    year, month, day = int(parts["y"] or 0), parts.get("m"), parts.get("d")
    if parts.get("n"):
        month = str(_months().get((parts["n"] or "").casefold(), 0))
    elif parts.get("a"):
        first, second, mark = int(parts["a"] or 0), int(parts["b"] or 0), parts["mark"]
        if mark != "." and first <= 12 and second <= 12 and first != second:
            return None  # the day or the month may come first: nobody can tell
        day, month = (
            (str(first), str(second)) if mark == "." or first > 12 or second <= 12 else (str(second), str(first))
        )
    try:
        return datetime(year, int(month or 0), int(day or 0), tzinfo=UTC)
    except ValueError:
        return None


def _at(day: datetime, time: re.Match[str]) -> datetime:
    hour, half = int(time["hour"]), (time["half"] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return day.replace(
        hour=hour, minute=int(time["minute"] or 0), second=int(time["second"] or 0), tzinfo=_zone(time["zone"] or "")
    )


def _zone(name: str) -> timezone:
    name = name.strip().lower()
    if name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name]))
    offset = re.fullmatch(r"(?:utc|gmt)?([+-])(\d{1,2}):?(\d\d)?", name)
    if not offset or int(offset[2]) > 14 or int(offset[3] or 0) > 59:
        return UNSTATED
    apart = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timezone(-apart if offset[1] == "-" else apart)


def _epoch(text: str) -> datetime | None:
    if not _EPOCH.fullmatch(text):
        return None
    seconds = float(text) / (1000 if len(text.partition(".")[0]) >= 12 else 1)
    return datetime.fromtimestamp(seconds, UTC)


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    return {name: int(words[0]) for words in entries("months.txt") for name in words[1:]}


def placed(published: datetime, zone: tzinfo) -> datetime:
    """The time, in this zone where it was given without one: collected reports tell the hour of where they are read."""
    return published.replace(tzinfo=zone) if published.tzinfo is UNSTATED else published
