"""What an edition shows of all that is remembered: the news, and what the news undoes or contradicts.

In: what was merged of all remembered days, and the news. Out: the part of it that the edition is written from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from briefer.types import Event, Merged, News, Party


def selected(merged: Merged, news: News, *, fronts: Sequence[str] = ()) -> Merged:
    """The news with its context. `fronts` keeps to fronts whose name holds one of these; none keeps all.

    The ledger stays whole: it is the state of all places, not the news of a day.
    """
    shown = _shown([event for event in merged.events if of_fronts(event.front, fronts)], news)
    names = {event.id for event in shown}
    claims = {claim for event in shown for claim in event.claims}
    return replace(
        merged,
        events=tuple(shown),
        claims=tuple(claim for claim in merged.claims if claim.id in claims),
        parties=tuple(_parties(merged.parties, shown, names)),
    )


def of_fronts(front: str, wanted: Sequence[str]) -> bool:
    """Whether a front is one of those that are wanted: its name holds one of theirs."""
    return not wanted or any(name.casefold() in front.casefold() for name in wanted)


def _shown(events: Sequence[Event], news: News) -> list[Event]:
    fresh = {event.id for event in events if event.id in news.of}
    opposed = {claim for event in events if event.id in fresh for claim in _opposed(event)}
    return [
        event
        for event in events
        if event.id in fresh or event.reversed_by in fresh or not opposed.isdisjoint(event.claims)
    ]


def _opposed(event: Event) -> set[str]:
    return {claim for item in event.contradictions for side in (item.one, item.other) for claim in side}


def _parties(parties: Iterable[Party], shown: Iterable[Event], names: set[str]) -> Iterable[Party]:
    """The actors of the events that are shown, each with what it gains and loses in them."""
    acting = {name for event in shown for name in (*event.actors, *event.opponents)}
    for party in parties:
        gains = tuple(name for name in party.gains if name in names)
        losses = tuple(name for name in party.losses if name in names)
        if party.name in acting or gains or losses:
            yield replace(party, gains=gains, losses=losses)
