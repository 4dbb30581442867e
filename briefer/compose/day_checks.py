"""The days of a sentence of prose, each held against those of its events; "that day" is the day told before it.

In: the sentence and its `Ground`. Out: a `Fault`, or None.
"""

import re

from briefer.compose.ground import Fault, Ground
from briefer.reading import dates
from briefer.reading.lexicon import fold
from briefer.types import DatePrecision, Reason, When

_THAT_DAY = re.compile(r"\b(?:(on|of) )?(?:that(?: same)?|the same) day\b", re.IGNORECASE)


def dated(text: str, ground: Ground) -> str:
    """The text with the date last told in it in the place of each "that day" behind it."""
    while True:
        for match in _THAT_DAY.finditer(text):
            told = [e.as_written for e in dates.find(text[: match.start()]) if re.search(r"\d", e.as_written)]
            if told and not _elsewhen(text[: match.start()].rpartition(";")[2], told[-1], ground):
                text = f"{text[: match.start()]}{match[1] or 'on'} {_bare(told[-1])}{text[match.end() :]}"
                break
        else:
            return text


def _elsewhen(piece: str, written: str, ground: Ground) -> bool:
    """Whether all events whose places stand in a part of a sentence were on other days than the one written."""
    there = [e for e in ground.events if e.place and f" {fold(e.place.canonical)} " in f" {fold(piece)} "]
    meant = [dates.resolve(e, written=ground.desk.date) for e in dates.find(written)]
    return bool(there) and not any(_is_of(when, event.when) for event in there for when in meant)


def _bare(written: str) -> str:
    """A date without the part of the day before it: "the morning of Friday 16 May"."""
    return written.rpartition(" of ")[2].removeprefix("on ")


def days(text: str, ground: Ground) -> Fault | None:
    """Every day and part of a day must be one of the events'."""
    for expression in dates.find(text):
        if _SAME.fullmatch(expression.as_written.strip()) and _all_apart(ground):
            return Fault(Reason.WRONG_DATE, "these events were on different days")
        if _spoken(expression.as_written, ground) or _is_span(expression.as_written):
            continue
        when = dates.resolve(expression, written=ground.desk.date)
        ahead = dates.resolve(expression, written=ground.desk.date, future=True)
        if not any(_is_of(meant, known) for meant in (when, ahead) for known in ground.times):
            return Fault(Reason.WRONG_DATE, f"“{expression.as_written}” is no time of these events")
    return None


def _spoken(words: str, ground: Ground) -> bool:
    """Whether a time stands so in the events, whose day may be unknown."""
    told = [when.as_written for when in ground.times] + [*ground.texts, *ground.claimants]
    within = any(fold(words) in fold(text) for text in told if text)
    return within or (not re.search(r"\d", words) and any(fold(text) in fold(words) for text in told if text))


_SPAN = re.compile(
    r"(?:\w+ )?(?:days?|weeks?|hours?) (?:later|earlier|before|after|previously)"
    r"|(?:the same|same|that(?: same)?) (?:day|time|night|morning|afternoon|evening)"
    r"|(?:the )?(?:following|next|previous) day|now|still|currently",
    re.IGNORECASE,
)


_SAME = re.compile(r"(?:(?:the )?same|that(?: same)?) (?:day|night|morning|afternoon|evening)", re.IGNORECASE)


def _all_apart(ground: Ground) -> bool:
    """Whether no two of the events, of which several have a known day, share it."""
    starts = [event.when.start for event in ground.events if event.when.start]
    return 1 < len(starts) == len(set(starts))


def _is_span(words: str) -> bool:
    """Whether a time is told by another of the sentence; how many days lie between them is held as a number."""
    return _SPAN.fullmatch(words.strip()) is not None


def _is_of(meant: When, known: When) -> bool:
    if meant.part.value and known.part is not meant.part and not (_night(meant) and _night(known)):
        return False
    if meant.start is None and meant.end is None:
        return bool(meant.part.value)
    if known.start is None:
        return False
    start, end = known.start, known.end or known.start
    if meant.precision is DatePrecision.DAY and meant.start == meant.end:
        return meant.start in (start, end)
    if re.search(r"\d", meant.as_written):
        return (meant.start or start, meant.end or end) == (start, end)
    low, high = meant.start or meant.end, meant.end or meant.start
    return low is not None and high is not None and low <= start and end <= high


def _night(when: When) -> bool:
    return when.part.value in ("night", "evening")
