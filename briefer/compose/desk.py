"""What every sentence is written from: the events of a run with their claims, outlets and names, looked up by id."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date as Date

from briefer.compose.counts import Toll, tolls
from briefer.compose.names import Names, squeeze
from briefer.types import REAL, Claim, Event, Modality, Party, Status

OUTLOOK = frozenset({Modality.PLANNED, Modality.PREDICTED, Modality.HYPOTHETICAL})
NO_FRONT = "Place not given"


@dataclass(frozen=True, slots=True)
class Desk:
    """The records of one edition, by id.

    `outlets` gives the outlet of each article, "" where it is unknown; `undid` the events that an event reversed.
    """

    date: Date
    events: Mapping[str, Event]
    claims: Mapping[str, Claim]
    parties: Mapping[str, Party]
    outlets: Mapping[str, str]
    names: Names
    undid: Mapping[str, tuple[Event, ...]]

    @classmethod
    def of(
        cls,
        *,
        date: Date,
        events: Iterable[Event],
        claims: Iterable[Claim],
        parties: Iterable[Party],
        outlets: Mapping[str, str],
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
            outlets=outlets,
            names=Names.heard(kept[name] for name in sorted(kept)),
            undid={name: tuple(undone) for name, undone in undid.items()},
        )

    def claims_of(self, event: Event) -> list[Claim]:
        """The claims that an event is made of."""
        return [self.claims[name] for name in event.claims if name in self.claims]

    def outlets_of(self, event: Event) -> list[str]:
        """The outlets that carry an event, sorted; articles of unknown outlet give none."""
        return sorted({squeeze(self.outlets.get(c.article, "")) for c in self.claims_of(event)} - {""})

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
        """Whether an event belongs to the day of the edition: it happened then, or was reported then."""
        return event.reported == self.date or self.happened(event)

    def happened(self, event: Event) -> bool:
        """Whether an event is known to have happened on the day of the edition."""
        start, end = event.when.start, event.when.end or event.when.start
        return start is not None and end is not None and start == end == self.date


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
    part = _PARTS.index(event.when.part.value)
    return (day.toordinal() if day else 0, part, _position(event, desk), event.id)


_PARTS = ("night", "morning", "", "afternoon", "evening")


def _position(event: Event, desk: Desk) -> tuple[int, int]:
    """Where the article first says it, so that an undated article is told in its own order."""
    spots = [(evidence.sentence, evidence.start) for claim in desk.claims_of(event) for evidence in claim.evidence]
    return min(spots, default=(0, 0))
