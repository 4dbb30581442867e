"""One or more fronts of an edition, as an edition of their own."""

from collections.abc import Sequence

from briefer.errors import UsageError
from briefer.types import Briefing


def only_fronts(briefing: Briefing, wanted: Sequence[str]) -> Briefing:
    """The fronts whose name holds one of those that are wanted, with what belongs to them; no names give it whole.

    The ledger keeps the places that the events of these fronts name. Raises UsageError where no front fits.
    """
    if not wanted:
        return briefing
    folded = [name.casefold() for name in wanted]
    fronts = tuple(front for front in briefing.fronts if any(name in front.name.casefold() for name in folded))
    if not fronts:
        known = ", ".join(front.name for front in briefing.fronts) or "none"
        raise UsageError(f"{wanted[0][:60]!r} is no front of this edition; it has: {known}")
    names = {front.name for front in fronts}
    ids = {event for front in fronts for event in front.events}
    events = tuple(event for event in briefing.events if event.id in ids)
    claims = {claim for event in events for claim in event.claims}
    places = {event.place.canonical for event in events if event.place}
    acting = {name for event in events for name in (*event.actors, *event.opponents)}
    return briefing.model_copy(
        update={
            "lead": tuple(told for told in briefing.lead if ids.issuperset(told.events)),
            "fronts": fronts,
            "events": events,
            "actors": tuple(party for party in briefing.actors if party.name in acting),
            "ledger": tuple(row for row in briefing.ledger if row.place in places),
            "changes": tuple(c for c in briefing.changes if c.event in ids or (c.kind == "quiet" and c.place in names)),
            "claims": tuple(claim for claim in briefing.claims if claim.id in claims),
        }
    )
