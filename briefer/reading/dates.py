"""A sentence in, its expressions of time out; with the day on which the article was written, the days that they mean.

`find` gives the words ("late Thursday", "3 to 5 March", "over the past 24 hours"), `resolve` the `When`. What is said
relative to the writing needs the day it was written: without it start and end are None, precision is unknown, and the
words and the part of the day are kept. What is relative to something else in the text ("the previous day", "six days")
stays without days. A year alone has its first and last day and precision unknown, for a year is coarser than a month.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from briefer.reading.spelled import spell
from briefer.reading.time_patterns import ATOM, HINT_WORDS, MONTHS, PART, WEEKDAYS
from briefer.reading.wordlists import plain_words
from briefer.types import DatePrecision, DayPart, When


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """An expression of time: `text[start:end]` is `as_written`."""

    start: int
    end: int
    as_written: str


_OPENER = re.compile(r"\b(?P<open>since|until|till|between|from)\s+(?:on\s+)?\Z", re.IGNORECASE)
_OPENED = re.compile(r"(?P<open>since|until|till|between|from)\b", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?P<join>-|–|to|until|till|through|and)\s*\Z")
_BEFORE, _AFTER = 40, 80  # characters that an expression can have before and after the word that hints at it
_YEAR_DIGITS = re.compile(r"(?:19|20)[0-9]{2}")
_MORNING = re.compile(r"morning|dawn|daybreak|sunrise|early hours", re.IGNORECASE)
_EVENING = re.compile(r"evening|dusk|sunset|nightfall", re.IGNORECASE)


def find(text: str) -> list[TimeExpression]:
    """The expressions of time in a text, in order; a range ("between Monday and Thursday") is one expression."""
    found: list[TimeExpression] = []
    opened, whole = "", True  # `whole`: the last expression is a range already, or there is none
    for match in _atoms(text):
        start, end = match.span()
        between = None if whole else _JOINED.fullmatch(text, found[-1].end, start)
        if between and _joins(between["join"], opened, found[-1], match):
            found[-1] = TimeExpression(found[-1].start, end, text[found[-1].start : end])
            whole = True
            continue
        opener = _OPENER.search(text, max(0, start - 12), start) or _OPENED.match(text, start)
        opened = opener["open"].lower() if opener else ""
        if opener:
            start = min(start, opener.start())
        found.append(TimeExpression(start, end, text[start:end]))
        whole = False
    return found


def _atoms(text: str) -> Iterator[re.Match[str]]:
    """The expressions around the words that hint at one: trying it at every word would cost far more."""
    hints = HINT_WORDS & plain_words(text)
    places = [year.start() for year in _YEAR_DIGITS.finditer(text)]
    lower = text.lower() if hints else ""
    for hint in hints:
        place = lower.find(hint)
        while place >= 0:
            places.append(place)
            place = lower.find(hint, place + len(hint))
    done = 0
    for place in sorted(places):
        while done <= place:
            match = ATOM.search(text, max(done, place - _BEFORE), place + _AFTER)
            if not match or match.start() > place:
                break
            yield match
            done = match.end()


def _joins(join: str, opened: str, before: TimeExpression, match: re.Match[str]) -> bool:
    """Whether two expressions are the two ends of one range."""
    if join == "and":
        return opened == "between"
    same = bool(match["weekday"]) and any(day in before.as_written.lower() for day in WEEKDAYS)
    return opened in ("from", "between", "since") or same or bool(match["first"] or match["first2"])


def resolve(expression: TimeExpression, *, written: date | None, future: bool = False) -> When:
    """The days that an expression means in an article written on `written`.

    A weekday is the most recent one on or before that day, or with `future` (the tense of its clause) the next on or
    after it; "last", "next" and "coming" say so themselves. A date without a year takes the year nearest to `written`.
    """
    words = expression.as_written
    atoms = list(ATOM.finditer(words))
    if not atoms:
        return When(as_written=words)
    opened = _OPENED.match(words)
    one = _atom(atoms[0], written, future)
    if len(atoms) > 1:
        one = _between(atoms[0], one, _atom(atoms[-1], written, future))
    if opened and opened["open"].lower() == "since" and one.start:
        one = When(one.start, None if len(atoms) == 1 else one.end, one.precision, one.part)
    elif opened and opened["open"].lower() in ("until", "till"):
        one = When(None, one.end, one.precision, one.part)
    return When(one.start, one.end, one.precision, one.part, words)


def is_past_year(when: When, written: date | None) -> bool:
    """Whether a time lies in a year before the one written in: background, in a report of the day."""
    latest = when.end or when.start
    return bool(written and latest and latest.year < written.year and (written - latest).days > _RECENT)


_RECENT = 31  # days; on 3 January, December is last year and still news


def _between(first: re.Match[str], one: When, other: When) -> When:
    start, end = one.start, other.end
    if end and _year(first) is None and (first["first"] or first["first2"]):
        start = _atom(first, end, False).start  # "March 3 to April 5, 2011": the year at the end is that of both
    if start and end and start > end and first["weekday"]:
        start -= timedelta(days=7)
    if start and end and start > end:
        return When(part=one.part)
    return When(start, end, one.precision if one.start else other.precision, one.part)


def _atom(match: re.Match[str], written: date | None, future: bool) -> When:
    """The meaning of one expression; its words are added by the caller."""
    for name, reader in _READERS:
        if match[name]:
            return reader(match, written, future)
    return When(part=_part(match[0]))


def _part(words: str) -> DayPart:
    lower = words.lower()
    if _MORNING.search(lower):
        return DayPart.MORNING
    if _EVENING.search(lower):
        return DayPart.EVENING
    if "afternoon" in lower or re.search(r"\b(?:noon|midday)\b", lower):
        return DayPart.AFTERNOON
    if "night" in lower:
        return DayPart.NIGHT
    if re.match(r"early\b", lower):
        return DayPart.MORNING
    return DayPart.EVENING if re.match(r"late\b", lower) else DayPart.NONE


def _day(day: date | None, part: DayPart = DayPart.NONE) -> When:
    return When(day, day, DatePrecision.DAY, part) if day else When(part=part)


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _shift(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


# --- dates ----------------------------------------------------------------------------------------------------------


def _year(match: re.Match[str]) -> int | None:
    said = match["year"] or match["year2"] or match["year3"]
    return int(said) if said else None


def _read_iso(match: re.Match[str], written: date | None, future: bool) -> When:
    year, month, day = match["iso"].split("-")
    return _day(_safe(int(year), int(month), int(day)))


def _read_numeric(match: re.Match[str], written: date | None, future: bool) -> When:
    one, other, year = (int(part) for part in re.split(r"[./]", match["numeric"]))
    if "." in match["numeric"] or one > 12:
        return _day(_safe(year, other, one))
    if other > 12 or one == other:
        return _day(_safe(year, one, other))
    return When()  # 3/4/2011 is March to some and April to others


def _read_date(match: re.Match[str], written: date | None, future: bool) -> When:
    month = _month(match["month"] or match["month2"])
    first, last = match["first"] or match["first2"], match["last"] or match["last2"]
    part, year = _part(_words_of_part(match[0])), _year(match)
    start = _dated(year, month, _number(first), written, future)
    end = _dated(year, month, _number(last), written, future) if last else start
    if not start or not end or end < start:
        return When(part=part)
    return When(start, end, DatePrecision.DAY, part)


def _words_of_part(words: str) -> str:
    return words if re.match(r"(?:early|late)\b", words, re.IGNORECASE) or re.search(PART, words.lower()) else ""


def _month(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1


def _number(day: str) -> int:
    return int(re.match(r"[0-9]+", day)[0])  # type: ignore[index]


def _dated(year: int | None, month: int, day: int, written: date | None, future: bool) -> date | None:
    """The day; without a year the one nearest to the day of writing, earlier or, with `future`, later."""
    if year is not None or written is None:
        return _safe(year, month, day) if year is not None else None
    ahead = 330 if future else 60  # days; a date further ahead, told as if past, is one of the year before
    for candidate in (written.year + 1, written.year, written.year - 1):
        found = _safe(candidate, month, day) if date.min.year < candidate < date.max.year else None
        if found and (found - written).days <= ahead and (not future or found >= written):
            return found
    return _safe(written.year, month, day)


def _read_month(match: re.Match[str], written: date | None, future: bool) -> When:
    month, year = _month(match["month3"] or match["month4"]), _year(match)
    near = (match["near3"] or "").lower()
    if year is None and written is not None:
        year = written.year - (month > written.month)
        if future or near == "next":
            year = written.year + (month < written.month or (near == "next" and month == written.month))
        elif near == "last":
            year = written.year - (month >= written.month)
    return _whole_month(year, month) if year is not None else When()


def _whole_month(year: int, month: int) -> When:
    first = _safe(year, month, 1)
    following = _safe(year + month // 12, month % 12 + 1, 1)
    if not first or not following:
        return When()
    return When(first, following - timedelta(days=1), DatePrecision.MONTH)


def _read_year(match: re.Match[str], written: date | None, future: bool) -> When:
    return _whole_year(int(match["year4"]))


def _whole_year(year: int) -> When:
    return When(_safe(year, 1, 1), _safe(year, 12, 31))


# --- relative to the day of writing ---------------------------------------------------------------------------------


def _read_weekday(match: re.Match[str], written: date | None, future: bool) -> When:
    part = _part(match[0])
    if written is None:
        return When(part=part)
    number, near = WEEKDAYS.index(match["weekday"].lower()), (match["near"] or "").lower()
    back, ahead = (written.weekday() - number) % 7, (number - written.weekday()) % 7
    if near in ("last", "past", "previous"):
        days = -(back or 7)
    elif near in ("next", "coming", "following"):
        days = ahead or 7
    elif near == "this":
        days = number - written.weekday()
    else:
        days = ahead if future else -back
    return _day(_shift(written, days), part)


def _read_ago(match: re.Match[str], written: date | None, future: bool) -> When:
    amount = _amount(match["amount"])
    return _back(match["unit"].lower().rstrip("s"), amount, written)


def _back(unit: str, amount: int | None, written: date | None) -> When:
    if amount is None or written is None or amount > 1200:
        return When()
    if unit in ("month", "year", "decade"):
        months = written.year * 12 + written.month - 1 - amount * {"month": 1, "year": 12, "decade": 120}[unit]
        return _whole_month(months // 12, months % 12 + 1) if unit == "month" else _whole_year(max(1, months // 12))
    if unit == "hour":
        return _day(written) if amount < 6 else When(_shift(written, -(-amount // 24)), written, DatePrecision.DAY)
    day = _shift(written, -amount * (7 if unit == "week" else 1))
    return When(day, day, DatePrecision.WEEK if unit == "week" else DatePrecision.DAY) if day else When()


def _amount(words: str | None) -> int | None:
    """A whole number; None for "few" and "several", which say no day."""
    bare = (words or "").lower()
    if bare.isdigit():
        return int(bare) if len(bare) < 6 else None
    if bare in ("a", "an"):
        return 1
    if bare.startswith(("couple", "a couple")):
        return 2
    return spell(bare.replace("-", " ").split()).value or None


def _read_span(match: re.Match[str], written: date | None, future: bool) -> When:
    unit, ahead = match["unit2"].lower().rstrip("s"), match["span"].lower() in ("next", "coming")
    amount = _amount(match["amount2"]) if match["amount2"] else 1 if not match["unit2"].lower().endswith("s") else None
    days = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365, "decade": 3650}[unit]
    if written is None or amount is None or amount > 1200:
        return When()
    length = -int(-amount * days // 1)
    far = _shift(written, length if ahead else -length)
    start, end = (written, far) if ahead else (far, written)
    return When(start, end, _PRECISIONS.get(unit, DatePrecision.UNKNOWN))


_PRECISIONS = {
    "hour": DatePrecision.DAY,
    "day": DatePrecision.DAY,
    "week": DatePrecision.WEEK,
    "month": DatePrecision.MONTH,
}


def _read_period(match: re.Match[str], written: date | None, future: bool) -> When:
    near, period = match["near2"].lower(), match["period"].lower()
    if written is None:
        return When()
    step = {"this": 0, "next": 1, "coming": 1, "following": 1}.get(near, -1)
    if period == "month":
        months = written.year * 12 + written.month - 1 + step
        whole = _whole_month(months // 12, months % 12 + 1)
    elif period == "year":
        whole = _whole_year(written.year + step)
    else:
        monday = _shift(written, 7 * step - written.weekday())
        return _week(monday, written, period, future or step > 0)
    if step == 0 and not future and whole.start:
        return When(whole.start, written, whole.precision)
    return whole


def _week(monday: date | None, written: date, period: str, future: bool) -> When:
    if not monday:
        return When()
    if period == "weekend":
        saturday = monday + timedelta(days=5)
        if saturday > written and not future:
            saturday -= timedelta(days=7)
        return When(saturday, saturday + timedelta(days=1), DatePrecision.DAY)
    sunday = monday + timedelta(days=6)
    return When(monday, sunday if future else min(sunday, written), DatePrecision.WEEK)


def _read_weekend(match: re.Match[str], written: date | None, future: bool) -> When:
    return _week(_shift(written, -written.weekday()), written, "weekend", future) if written else When()


def _read_day(match: re.Match[str], written: date | None, future: bool) -> When:
    word, part = match["day"].lower(), _part(match[0])
    days = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    return _day(_shift(written, days) if written else None, part)


def _read_this(match: re.Match[str], written: date | None, future: bool) -> When:
    return _day(written, _part(match[0]))


def _read_last_night(match: re.Match[str], written: date | None, future: bool) -> When:
    return _day(_shift(written, -1) if written else None, DayPart.NIGHT)


def _read_overnight(match: re.Match[str], written: date | None, future: bool) -> When:
    before = _shift(written, -1) if written else None
    if not before:
        return When(part=DayPart.NIGHT)
    return When(before, written, DatePrecision.DAY, DayPart.NIGHT)


_Reader = Callable[[re.Match[str], date | None, bool], When]
_READERS: tuple[tuple[str, _Reader], ...] = (
    ("iso", _read_iso),
    ("numeric", _read_numeric),
    ("first", _read_date),
    ("first2", _read_date),
    ("month3", _read_month),
    ("month4", _read_month),
    ("year4", _read_year),
    ("weekday", _read_weekday),
    ("ago", _read_ago),
    ("span", _read_span),
    ("period", _read_period),
    ("weekend", _read_weekend),
    ("day", _read_day),
    ("this", _read_this),
    ("lastnight", _read_last_night),
    ("overnight", _read_overnight),
)
