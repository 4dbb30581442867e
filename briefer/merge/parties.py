"""What each actor of the run gained and lost.

In: drafts, their events, the actors and their sides. Out: `Party` records, most active first. Ground taken is a gain of
those who took it and a loss of those it was taken from, also where the loser is known only as the one whose own gain
it undid; what is tried, planned, denied or repelled moves nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from briefer.merge.actors import Actors
from briefer.merge.drafts import Draft
from briefer.merge.facts import GIVEN_UP, Fact
from briefer.merge.sides import Sides
from briefer.types import Change, Event, Party, Status

_GAINED = frozenset({Change.CAPTURED, Change.RECAPTURED, Change.ADVANCED, Change.ENTERED})


def parties(
    drafts: Sequence[Draft], events: Sequence[Event], facts: Sequence[Fact], actors: Actors, sides: Sides
) -> tuple[Party, ...]:
    """Every actor of the claims with the ids of its gains and losses, in the order of the events."""
    gains: dict[str, list[str]] = defaultdict(list)
    losses: dict[str, list[str]] = defaultdict(list)
    undone_by: dict[str, list[str]] = defaultdict(list)
    for event in events:
        if event.reversed_by:
            undone_by[event.reversed_by] += event.actors
    for draft, event in zip(drafts, events, strict=True):
        winners, losers = _moved(draft, event, undone_by[event.id], sides)
        for name in winners:
            gains[name].append(event.id)
        for name in losers:
            losses[name].append(event.id)
    named: Counter[str] = Counter()
    for fact in facts:
        for group in (fact.claim.actors, fact.claim.opponents):
            named.update({actor.canonical: 1 + (place == 0) for place, actor in enumerate(group)})
    return tuple(
        Party(
            name=name,
            aliases=actors.known[name].aliases,
            side=sides.title(name),
            kind=actors.known[name].kind,
            gains=tuple(gains[name]),
            losses=tuple(losses[name]),
        )
        for name in sorted(actors.known, key=lambda name: (-named[name], name))
    )


def _moved(draft: Draft, event: Event, undone: Sequence[str], sides: Sides) -> tuple[list[str], list[str]]:
    """Who gained and who lost by an event."""
    if not draft.real or event.status is Status.DENIED:
        return [], []
    if event.change in _GAINED:
        robbed = {name for name in undone if sides.key([name]) != draft.gainer}
        return list(event.actors), sorted(robbed | set(event.opponents))
    if event.change in GIVEN_UP:
        return list(event.opponents), list(event.actors)
    return [], []
