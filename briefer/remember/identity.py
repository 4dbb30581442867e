"""Events keep their ids across days: an event is the one that most of its claims have been part of.

In: events merged anew, and the event of each claim as it is remembered. Out: the same events under the ids that they
had. A late article then amends an event, whatever its words do to the headline, the actor that leads or the day.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from briefer.types import Event, Holding, Merged, Party, Told, identifier


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was merged, under remembered ids; `replaced` maps each id that went up in another event to that one's."""

    merged: Merged
    replaced: Mapping[str, str]


def recognised(merged: Merged, remembered: Mapping[str, str]) -> Recognised:
    """Give each event the id under which most of its claims are remembered; `remembered` maps claims to event ids.

    Where two events lay claim to one id, the one with more of its claims keeps it. An event of none has a new id that
    nothing remembered has.
    """
    votes = {event.id: Counter(remembered[c] for c in event.claims if c in remembered) for event in merged.events}
    kept = _kept(votes)
    names = _named(merged.events, kept, frozenset(remembered.values()))
    replaced = _replaced(votes, kept)
    return Recognised(_renamed(merged, names), replaced)


def _kept(votes: Mapping[str, Counter[str]]) -> dict[str, str]:
    """The remembered id of each event that keeps one: the strongest bonds first."""
    bonds = sorted((-count, old, event) for event, counted in votes.items() for old, count in counted.items())
    kept: dict[str, str] = {}
    given: set[str] = set()
    for _, old, event in bonds:
        if event not in kept and old not in given:
            kept[event] = old
            given.add(old)
    return kept


def _named(events: Sequence[Event], kept: Mapping[str, str], old: frozenset[str]) -> dict[str, str]:
    """The id of each event, by the one that merging gave it."""
    taken = set(old) | set(kept.values())
    names = dict(kept)
    for event in events:
        if event.id in names:
            continue
        again = (identifier(event.id, str(number), prefix="e") for number in itertools.count(2))
        name = next(name for name in itertools.chain((event.id,), again) if name not in taken)
        names[event.id] = name
        taken.add(name)
    return names


def _replaced(votes: Mapping[str, Counter[str]], kept: Mapping[str, str]) -> dict[str, str]:
    """For each remembered id that no event keeps: the event that most of its claims are in now."""
    given = set(kept.values())
    heirs: dict[str, tuple[int, str]] = {}
    for event, counted in votes.items():
        for old, count in counted.items():
            if old not in given and event in kept:
                heirs[old] = min(heirs.get(old, (0, "")), (-count, kept[event]))
    return {old: heir for old, (_, heir) in sorted(heirs.items())}


def _renamed(merged: Merged, names: Mapping[str, str]) -> Merged:
    events = tuple(
        replace(event, id=names[event.id], reversed_by=names.get(event.reversed_by, "")) for event in merged.events
    )
    return replace(merged, events=events, parties=tuple(_party(party, names) for party in merged.parties))


def _party(party: Party, names: Mapping[str, str]) -> Party:
    return replace(
        party,
        gains=tuple(names[name] for name in party.gains),
        losses=tuple(names[name] for name in party.losses),
    )


def names_told(rows: Iterable[Holding], told: Iterable[Told]) -> tuple[str, ...]:
    """The names of places and actors as they were told before, the ledger's first, then by the day of the telling."""
    events = [each.event for each in sorted(told, key=lambda each: (each.date, each.event.id))]
    of_rows = [name for row in rows for name in (row.place, row.holder)]
    of_events = [name for event in events for name in (_place(event), *event.actors, *event.opponents)]
    return tuple(dict.fromkeys(name for name in (*of_rows, *of_events) if name))


def _place(event: Event) -> str:
    return event.place.canonical if event.place else ""
