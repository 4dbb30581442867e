"""What every sentence is written from: the events of a run with their claims, outlets and names, looked up by id."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date as Date

from briefer.compose import phrases
from briefer.compose.counts import Toll, tolls
from briefer.compose.facts import Fact, of_event
from briefer.compose.names import Names, outlet, squeeze
from briefer.compose.phrases import tells_attack
from briefer.types import REAL, ActorKind, Change, Claim, Event, Kind, Modality, Party, Status

TURNS = frozenset({Change.CAPTURED, Change.RECAPTURED, Change.LOST, Change.WITHDREW, Change.HANDED_OVER})
"""The changes by which a place changes hands."""
OUTLOOK = frozenset({Modality.PLANNED, Modality.PREDICTED, Modality.HYPOTHETICAL})
NO_FRONT = "Front not named"
COUNTS = "numbers"  # what merging calls a contradiction between counts


@dataclass(frozen=True, slots=True)
class Desk:
    """The records of one edition, by id.

    `outlets` gives the outlet of each article, "" where it is unknown; `undid` the events that an event reversed,
    `event_of` the event that a claim belongs to. `news` are the ids of what is news since the last edition, None where
    no earlier edition is known.
    """

    date: Date
    events: Mapping[str, Event]
    claims: Mapping[str, Claim]
    parties: Mapping[str, Party]
    outlets: Mapping[str, str]
    names: Names
    undid: Mapping[str, tuple[Event, ...]]
    event_of: Mapping[str, str]
    news: frozenset[str] | None = None

    @classmethod
    def of(
        cls,
        *,
        date: Date,
        events: Iterable[Event],
        claims: Iterable[Claim],
        parties: Iterable[Party],
        outlets: Mapping[str, str],
        news: frozenset[str] | None = None,
    ) -> "Desk":
        """Lay the records of an edition out by id, and hear how its sources write each name."""
        kept = {claim.id: claim for claim in claims}
        by_id = {event.id: event for event in events}
        undid: dict[str, list[Event]] = {}
        for event in by_id.values():
            if event.reversed_by:
                undid.setdefault(event.reversed_by, []).append(event)
        return cls(
            date=date,
            events=by_id,
            claims=kept,
            parties={party.name: party for party in parties},
            outlets={article: outlet(name) for article, name in outlets.items()},
            names=Names.heard(kept[name] for name in sorted(kept)),
            event_of={claim: event.id for event in by_id.values() for claim in event.claims},
            undid={name: tuple(undone) for name, undone in undid.items()},
            news=news,
        )

    def claims_of(self, event: Event) -> list[Claim]:
        """The claims that an event is made of."""
        return [self.claims[name] for name in event.claims if name in self.claims]

    def outlets_of(self, event: Event) -> list[str]:
        """The outlets that carry an event, sorted; articles of unknown outlet give none."""
        return sorted({squeeze(self.outlets.get(c.article, "")) for c in self.claims_of(event)} - {""})

    def fact(self, event: Event) -> Fact:
        """The fact that an event states. Kinds that no template tells are told in the words of a claim."""
        fact = of_event(event)
        if fact.kind is Kind.CLASH:
            return replace(fact, attack=self._attacked(event))
        if phrases.pattern(fact.kind, fact.change) is not None:
            return fact
        told = sorted((len(c.text), c.text) for c in self.claims_of(event) if _readable(c, event))
        return replace(fact, headline=squeeze(told[0][1])) if told else fact

    def _attacked(self, event: Event) -> bool:
        """Whether the clash is an attack: by the words of its sources, or because civilians do not fight back."""
        claims = self.claims_of(event)
        hurt = [actor.kind for claim in claims for actor in claim.opponents]
        if hurt and all(kind is ActorKind.CIVILIANS for kind in hurt):
            return True
        return bool(claims) and all(tells_attack(" ".join(e.quote for e in claim.evidence)) for claim in claims)

    def opposed(self, event: Event) -> list[Claim]:
        """The claims that cannot hold together with the event; counts that differ are a range and not opposed."""
        found: dict[str, Claim] = {}
        for item in event.contradictions:
            if item.about == COUNTS:
                continue
            ours = set(event.claims)
            swapped = ours.intersection(item.other) and not ours.intersection(item.one)
            names = item.one if swapped else item.other
            found |= {name: self.claims[name] for name in names if name in self.claims}
        return [found[name] for name in sorted(found)]

    def counterparts(self, event: Event) -> list[Event]:
        """The events that hold the other side of a dispute ("captured" against "still held")."""
        others = {self.event_of[claim.id] for claim in self.opposed(event) if claim.id in self.event_of}
        return [self.events[name] for name in sorted(others - {event.id})]

    def told_elsewhere(self, event: Event) -> bool:
        """Whether the sentence of a counterpart tells this event too, so that a dispute is told once."""
        if event.status is not Status.DISPUTED:
            return False
        rank = _telling(event)
        return any(_telling(other) > rank for other in self.counterparts(event) if other.status is Status.DISPUTED)

    def lone(self) -> bool:
        """Whether the whole edition stands on one source."""
        return len({self.outlets.get(c.article, "") or c.article for c in self.claims.values()}) == 1

    def tolls(self, event: Event) -> list[Toll]:
        """The counts of people in an event, with who counts."""
        return tolls(event, claims=self.claims, outlets=self.outlets)

    def speaker(self, name: str) -> str:
        """A claimant as it stands in a sentence; outlets are written as they call themselves."""
        return name if name in self.outlets.values() else self.names.the(name)

    def side(self, actor: str) -> str:
        """The side that an actor fights on; the actor itself where nothing tells."""
        party = self.parties.get(actor)
        return (party.side if party else "") or actor

    def fresh(self, event: Event) -> bool:
        """Whether an event is news: since the last edition, or without one, of the day, by itself or its report."""
        if self.news is not None:
            return event.id in self.news
        return event.reported == self.date or self.happened(event)

    def happened(self, event: Event) -> bool:
        """Whether an event is known to have happened on the day of the edition."""
        start, end = event.when.start, event.when.end or event.when.start
        return start is not None and end is not None and start == end == self.date


def _readable(claim: Claim, event: Event) -> bool:
    """Whether the words of a claim are a sentence; a dash stands where its parts did not stand together."""
    return bool(claim.text) and " — " not in claim.text and claim.modality is event.modality


def _telling(event: Event) -> tuple[bool, int, str]:
    """Which of two disputed events tells both: the change of hands, then the better carried."""
    return (event.change in TURNS, event.independent_sources, event.id)


def real(event: Event) -> bool:
    """Whether an event is told as having come to pass, and nobody took the report back."""
    return event.modality in REAL and event.status not in {Status.DENIED, Status.WITHDRAWN}


def front_of(event: Event) -> str:
    """The name of the front that an event belongs to."""
    return squeeze(event.front) or NO_FRONT


def order(event: Event, desk: Desk) -> tuple[int, int, tuple[int, int], str]:
    """The place of an event in time, earliest first: its day, its part of the day, its place in its article.

    The day of the report stands in where the day of the event is unknown; where both are, the event comes first.
    """
    day = event.when.end or event.when.start or event.reported
    known = event.when.start is not None
    part = _PARTS.index(event.when.part.value) if known else _PARTS.index("")
    return (day.toordinal() if day else 0, part, _position(event, desk), event.id)


_PARTS = ("night", "morning", "", "afternoon", "evening")


def _position(event: Event, desk: Desk) -> tuple[int, int]:
    """Where the article first says it, so that an undated article is told in its own order."""
    spots = [(evidence.sentence, evidence.start) for claim in desk.claims_of(event) for evidence in claim.evidence]
    return min(spots, default=(0, 0))
