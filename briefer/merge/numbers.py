"""Counts of people and weapons: each kept with whoever gives it, never added up and never averaged.

In: the facts of one event. Out: its casualties and equipment, one entry a claimant and number, and the pairs of counts
that contradict each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from briefer.merge import keys, lexicon
from briefer.merge.facts import Fact
from briefer.reading.names import fold
from briefer.types import Casualties, Equipment


@dataclass(frozen=True, slots=True)
class Count:
    """One count of people in one claim."""

    claim: str
    voice: str
    reported: date | None
    people: Casualties


def counts(facts: Sequence[Fact]) -> list[Count]:
    """Every count of people that the claims give, with its claimant filled in; of one voice those that it gave last."""
    told = [
        Count(fact.claim.id, _voice(fact, people), fact.told.reported, _named(people, fact))
        for fact in facts
        for people in fact.claim.casualties
    ]
    last: dict[tuple[object, ...], date] = {}
    for count in told:
        key = (count.voice, *_class(count.people))
        last[key] = max(last.get(key, date.min), count.reported or date.min)
    return [count for count in told if (count.reported or date.min) == last[count.voice, *_class(count.people)]]


def _voice(fact: Fact, people: Casualties) -> str:
    return f"said:{fold(people.claimant)}" if people.claimant else fact.voice


def _named(people: Casualties, fact: Fact) -> Casualties:
    return replace(people, claimant=people.claimant or fact.said_by, victims=whom(people.victims))


def whom(victims: str) -> str:
    """Who the people are, without the number that stands before them: "at least 20 soldiers" gives "soldiers"."""
    words = victims.split()
    while words and (words[0].lower() in lexicon.little() or not any(letter.isalpha() for letter in words[0])):
        words = words[1:]
    return " ".join(words)


def casualties(counted: Sequence[Count]) -> tuple[Casualties, ...]:
    """The distinct counts, sorted by what became of the people, who they are, the number and who says it."""
    found: dict[tuple[object, ...], Casualties] = {}
    for count in counted:
        people = count.people
        key = (*_class(people), people.low, people.best, people.high, people.claimant)
        if key not in found or people.as_written < found[key].as_written:
            found[key] = people
    return tuple(sorted(found.values(), key=_order))


def _class(people: Casualties) -> tuple[str, str, str]:
    who = " ".join(sorted(keys.content(people.victims)))
    return (str(people.kind), who, {True: "civilian", False: "fighter", None: ""}[people.civilian])


def bounds(people: Casualties) -> tuple[int, int] | None:
    """The lowest and highest number that a count allows; None when it names none."""
    told = [number for number in (people.low, people.best, people.high) if number is not None]
    if not told:
        return None
    open_above = people.high is None and people.best is None
    return min(told), (1 << 31) if open_above else max(told)


def _order(people: Casualties) -> tuple[object, ...]:
    return (*_class(people), (bounds(people) or (-1, -1)), people.claimant, people.as_written)


def equipment(facts: Sequence[Fact]) -> tuple[Equipment, ...]:
    """The distinct counts of weapons, sorted."""
    found = {replace(item, claimant=item.claimant or fact.said_by) for fact in facts for item in fact.claim.equipment}
    return tuple(sorted(found, key=lambda item: (fold(item.type), item.state, item.number or 0, item.claimant)))


def conflicts(counted: Sequence[Count]) -> list[tuple[Count, Count]]:
    """Pairs of counts of the same people by different claimants whose ranges do not meet, lowest against highest.

    A later report of a higher number is a revision and no conflict, unless a party to the fighting gives one; one
    claimant's new number is none either.
    """
    by_class: dict[tuple[str, str, str], list[Count]] = {}
    for count in counted:
        if bounds(count.people) is not None:
            by_class.setdefault(_class(count.people), []).append(count)
    found = []
    for group in by_class.values():
        low = min(group, key=lambda count: (_bounds(count)[1], _bounds(count)[0], count.claim))
        high = max(group, key=lambda count: (_bounds(count)[0], _bounds(count)[1], count.claim))
        if _bounds(low)[1] < _bounds(high)[0] and low.voice != high.voice and not _revised(low, high, group):
            found.append((low, high))
    return found


def _bounds(count: Count) -> tuple[int, int]:
    return bounds(count.people) or (0, 0)


def _revised(low: Count, high: Count, group: Sequence[Count]) -> bool:
    """Whether every low count was reported before the high one: a toll that rose as reports came in."""
    if high.reported is None or low.reported is None or "party:" in (high.voice[:6], low.voice[:6]):
        return False
    first_high = min(
        (count.reported for count in group if count.reported and _bounds(count) == _bounds(high)), default=high.reported
    )
    last_low = max(
        (count.reported for count in group if count.reported and _bounds(count) == _bounds(low)), default=low.reported
    )
    return last_low < first_high
