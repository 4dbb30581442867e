"""What is news to a reader: the events as they stand now, held against how earlier editions told them.

In: events under remembered ids, how each was told last, and which articles the reader's editions did not know. Out: for
each event that is news, what is new of it. More articles that say the same are no news; another status, toll, extent or
a name where there was none is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from briefer.types import Casualties, Difference, Event, Extent, News, Status, Told

_OPPOSED = frozenset({Status.DISPUTED, Status.DENIED})
_STRENGTH = {Status.CLAIMED: 0, Status.CORROBORATED: 1, Status.CONFIRMED: 2}
_COUNTS = "numbers"  # what merging calls a contradiction between counts: a range, and no dispute


@dataclass(frozen=True, slots=True)
class Known:
    """What a reader knows: `told` is each event as it was told last, `new` are the articles of no earlier edition.

    `withdrawn` are the claims that their outlets have taken back, and `fallen` those of them that the reader has not
    been told of.
    """

    told: Mapping[str, Told] = field(default_factory=dict)
    new: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()
    fallen: frozenset[str] = frozenset()


def news(events: Sequence[Event], known: Known, *, article_of: Mapping[str, str]) -> News:
    """What is news of the events; `article_of` gives the article of each claim."""
    found: dict[str, Difference] = {}
    for event in events:
        before = known.told.get(event.id)
        fresh = any(article_of.get(claim) in known.new for claim in event.claims)
        difference = _against(before, event, known) if before else Difference("new") if fresh else None
        if difference is not None:
            found[event.id] = difference
    return News(found, tuple(_gone(events, known)))


def _gone(events: Iterable[Event], known: Known) -> list[Told]:
    """The events that were told and of which every claim has been taken back, the last told first."""
    standing = {event.id for event in events}
    gone = [
        told
        for name, told in known.told.items()
        if name not in standing
        and known.withdrawn.issuperset(told.event.claims)
        and not known.fallen.isdisjoint(told.event.claims)
    ]
    return sorted(gone, key=lambda told: (-told.date.toordinal(), told.event.id))


def _against(told: Told, now: Event, known: Known) -> Difference | None:
    before = told.event
    if not known.fallen.isdisjoint(before.claims) and _said(before) != _said(now):
        return Difference("corrected", "words", told)
    if (now.status in _OPPOSED and before.status not in _OPPOSED) or _disputes(now) > _disputes(before):
        return Difference("contradicted", "status", told)
    if _tolls(now) != _tolls(before):
        return Difference("changed", "toll", told)
    if _firmer(now.status, before.status):
        return Difference("changed", "status", told)
    if now.change != before.change or _wider(now.extent, before.extent):
        return Difference("changed", "extent", told)
    if now.actor and not before.actor:
        return Difference("changed", "actor", told)
    return None


def _said(event: Event) -> tuple[object, ...]:
    return (event.change, event.extent, event.status, event.actors, event.opponents, _tolls(event), event.when)


def _disputes(event: Event) -> int:
    return sum(contradiction.about != _COUNTS for contradiction in event.contradictions)


def _firmer(now: Status, before: Status) -> bool:
    return now in _STRENGTH and _STRENGTH[now] > _STRENGTH.get(before, -1)


def _wider(now: Extent, before: Extent) -> bool:
    return now is Extent.FULL and before in (Extent.PART, Extent.MOST, Extent.OUTSKIRTS)


def _tolls(event: Event) -> dict[object, tuple[int | None, int | None]]:
    """The range of each count of people, by what became of them and whether they are civilians."""
    found: dict[object, tuple[int | None, int | None]] = {}
    for count in event.casualties:
        key = (count.kind, count.civilian)
        found[key] = _spanned(found.get(key), _bounds(count))
    return found


def _bounds(count: Casualties) -> tuple[int | None, int | None]:
    low = count.low if count.low is not None else count.best
    return low, count.high if count.high is not None else count.best


def _spanned(
    one: tuple[int | None, int | None] | None, other: tuple[int | None, int | None]
) -> tuple[int | None, int | None]:
    if one is None:
        return other
    lows = [low for low, _ in (one, other) if low is not None]
    highs = [high for _, high in (one, other) if high is not None]
    return min(lows, default=None), max(highs, default=None)
