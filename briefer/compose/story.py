"""The situation of a front as prose: its stories in order of time, each told with its end, the end first.

A story is one event with the earlier ones that it undid ("recaptured on Thursday; the rebels had captured it on
Monday"). Like things that the same actors did on one day are told in one sentence.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from briefer.compose import days
from briefer.compose.counts import killed
from briefer.compose.desk import TURNS, Desk, order, real
from briefer.compose.phrases import pattern
from briefer.compose.sentences import Teller
from briefer.types import Event, Kind, Modality, Sentence, Status, When

MOST_STORIES = 7  # what is read in one breath; the lists below the prose carry the rest
_JOINED = frozenset({Kind.TERRITORY, Kind.STRIKE, Kind.SHELLING})


@dataclass(frozen=True, slots=True)
class Story:
    """Events that are told in one sentence: alike ones side by side, or one end and what it undid, latest first."""

    events: tuple[Event, ...]
    before: tuple[Event, ...] = ()

    @property
    def end(self) -> Event:
        """The latest state, which leads."""
        return self.events[-1]


def prose(event: Event) -> bool:
    """Whether an event belongs to the situation: it came to pass or was tried, and is not background."""
    return (real(event) or event.modality is Modality.ATTEMPTED) and event.kind is not Kind.OUTLOOK


def stories(events: Iterable[Event], desk: Desk) -> list[Story]:
    """All stories of some events, in order of time."""
    chosen = {event.id: event for event in sorted(events, key=lambda event: order(event, desk))}
    chosen = {name: event for name, event in chosen.items() if not desk.told_elsewhere(event)}
    before: dict[str, list[Event]] = {}
    for event in chosen.values():
        before.setdefault(_end_of(event, chosen), []).append(event)
    told = [Story((chosen[end],), tuple(e for e in reversed(chain) if e.id != end)) for end, chain in before.items()]
    told.sort(key=lambda story: order(story.end, desk))
    return _joined(told, desk)


def _end_of(event: Event, chosen: Mapping[str, Event]) -> str:
    seen = {event.id}
    while event.reversed_by in chosen and event.reversed_by not in seen:
        event = chosen[event.reversed_by]
        seen.add(event.id)
    return event.id


def _joined(told: Sequence[Story], desk: Desk) -> list[Story]:
    groups: dict[object, list[Story]] = {}
    for story in told:
        groups.setdefault(_likeness(story, desk), []).append(story)
    joined = [Story(tuple(story.end for story in group), group[0].before) for group in groups.values()]
    return sorted(joined, key=lambda story: order(story.end, desk))


def _likeness(story: Story, desk: Desk) -> object:
    """What two stories must share to be told in one sentence; the id where a story stands alone."""
    event = story.end
    alone = story.before or event.kind not in _JOINED or event.status is Status.DISPUTED or event.reversed_by
    if alone or event.casualties or event.equipment or not (event.place or event.object):
        return event.id
    voices = tuple(desk.outlets_of(event)) + event.claimants if event.independent_sources == 1 else ()
    said = (event.when, event.modality, event.status, event.extent if event.object else "", voices)
    return (event.kind, event.change, event.actors, event.opponents, *said)


def weight(story: Story, desk: Desk) -> tuple[bool, int, int, int]:
    """How much a story matters: the day's own first, then ground changing hands, then tolls, then sources."""
    turns = sum(event.change in TURNS for event in (*story.events, *story.before))
    rank = 3 if turns else 2 if story.end.casualties or story.end.status is Status.DISPUTED else 1
    if story.end.kind in {Kind.POLITICAL, Kind.HUMANITARIAN}:
        rank = 0
    dead = max((killed(event) for event in story.events), default=0)
    return (any(desk.fresh(e) for e in story.events), rank, dead, sum(e.independent_sources for e in story.events))


def situation(events: Sequence[Event], desk: Desk, *, sources: int) -> tuple[Sentence, ...]:
    """The prose of one front; `sources` is how many independent ones carry it."""
    dated = any(days.known(event.when) for event in events)
    teller = Teller(desk, lone_source=sources == 1, front_dated=dated)
    return tuple(teller.tell(story.events, story.before) for story in best(events, desk))


def best(events: Sequence[Event], desk: Desk, *, most: int = MOST_STORIES) -> list[Story]:
    """The stories of a front that matter most, at most so many, in order of time."""
    told = stories([event for event in events if prose(event) and tellable(event, desk)], desk)
    ranked = sorted(told, key=lambda s: (weight(s, desk), order(s.end, desk)), reverse=True)
    return sorted(ranked[:most], key=lambda s: order(s.end, desk))


def sentence_of(event: Event, desk: Desk, *, lone_source: bool = False, said: int = 0, dated: bool = True) -> Sentence:
    """One event, and what it undid, as a sentence that stands alone or follows `said` others."""
    undone = [e for e in desk.undid.get(event.id, ()) if prose(e)]
    undone.sort(key=lambda e: order(e, desk), reverse=True)
    shown = event if dated else replace(event, when=When())
    return Teller(desk, lone_source=lone_source, said=said).tell((shown,), tuple(undone))


def tellable(event: Event, desk: Desk) -> bool:
    """Whether the fields or the headline of an event carry a sentence; a dash joins mere fragments."""
    fact = desk.fact(event)
    if pattern(fact.kind, fact.change) is None and " — " in fact.headline:
        return False
    return bool(fact.headline or fact.place or fact.object or desk.tolls(event) or event.equipment)
