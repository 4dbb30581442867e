"""A sentence of prose that a model wrote, read back and held against the events that it names.

In: the sentence, those events and the desk. Out: a `Fault` (why it does not stand, for the writer to mend), or None.
An honest sentence in plain words passes; one that says more, less or other than its events does not.
"""

import re
from collections.abc import Callable, Sequence

from briefer.compose import day_checks, deed_checks, place_checks, voice_checks, word_checks
from briefer.compose.desk import Desk
from briefer.compose.ground import Fault, Ground, ground
from briefer.types import Event, Reason

WORDS: tuple[Callable[[str, Ground], Fault | None], ...] = (
    word_checks.shape, word_checks.names, word_checks.counts, day_checks.days, word_checks.words,
    word_checks.extents, word_checks.negations, word_checks.claimants, place_checks.spots,
)  # fmt: skip


def fault(text: str, events: Sequence[Event], desk: Desk, *, lone: bool = False) -> Fault | None:
    """Why an English sentence does not stand on these events; None where it does.

    `lone`: one source carries the whole front, which the reader has been told, so that its name need not be said.
    """
    if not events:
        return Fault(Reason.FABRICATED, "it names no event; every sentence names the events that it tells")
    held = ground(events, desk, lone=lone)
    text = day_checks.dated(text, held)
    for check in WORDS:
        if (found := check(text, held)) is not None:
            return found
    told, found = deed_checks.carried(deed_checks.asserted(text, held), held)
    found = found or deed_checks.misordered(told)
    return found or voice_checks.swapped(text, told, held) or voice_checks.unsaid(text, told, held)


def foreign_fault(text: str, events: Sequence[Event], desk: Desk) -> Fault | None:
    """What can be held of a sentence in another language: its shape, numerals, and a name of each event as given."""
    if not events:
        return Fault(Reason.FABRICATED, "it names no event; every sentence names the events that it tells")
    held = ground(events, desk)
    if (found := word_checks.shape(text, held)) is not None:
        return found
    return _foreign_numerals(text, held) or _foreign_names(text, held)


def _foreign_numerals(text: str, held: Ground) -> Fault | None:
    known = {str(value) for count in held.counts for value in (count.low, count.best, count.high) if value is not None}
    known |= {str(kit.number) for event in held.events for kit in event.equipment}
    known |= {str(event.independent_sources) for event in held.events} | {str(len(held.events))}
    days = {day for when in held.times for day in (when.start, when.end) if day}
    known |= {str(part) for day in days for part in (day.day, day.month, day.year)}
    known |= {numeral for words in (*held.texts, *held.names) for numeral in _numerals(words)}
    for numeral in _numerals(text):
        if numeral not in known:
            return Fault(Reason.WRONG_NUMBER, f"“{numeral}” is no number of these events")
    return None


def _numerals(text: str) -> list[str]:
    """The numerals of a text by value, without what groups their digits."""
    joined = re.sub(r"(?<=\d)[.,\u00a0\u202f' ](?=\d{3}(?!\d))", "", text)
    return [str(int(numeral)) for numeral in re.findall(r"\d+", joined)]


def _foreign_names(text: str, held: Ground) -> Fault | None:
    lower = text.lower()
    for event in held.events:
        place = event.place
        own = [held.desk.names.place(place.canonical), place.name, place.canonical] if place else []
        names = [name.lower() for name in (*own, *event.actors, *event.opponents) if name]
        if names and not any(name in lower for name in names):
            return Fault(Reason.CONFLATION, "it names an event and none of its names; keep names as they are given")
    return None
