"""One or more fronts of an edition, as an edition of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from briefer.errors import UsageError
from briefer.types import Briefing, EditionChange, Event, Front, Party, Sentence


def only_fronts(briefing: Briefing, wanted: Sequence[str]) -> Briefing:
    """The fronts whose name holds one of those that are wanted, with what belongs to them; no names give it whole.

    The ledger keeps the places that the events of these fronts name, and sources, gaps and withheld claims are those
    of the articles that they rest on. Where the lead tells of other fronts only, each front's story begins it. Raises
    UsageError where no front fits.
    """
    if not wanted:
        return briefing
    fronts = _named(briefing, wanted)
    ids = {event for front in fronts for event in front.events}
    events = tuple(event for event in briefing.events if event.id in ids)
    kept = {claim for event in events for claim in event.claims}
    claims = tuple(claim for claim in briefing.claims if claim.id in kept)
    articles = {claim.article for claim in claims}
    sources = tuple(source for source in briefing.sources if source.id in articles)
    names = {front.name for front in fronts}
    places = _places(events)
    elsewhere = _places(event for event in briefing.events if event.id not in ids) - places
    acting = {name for event in events for name in (*event.actors, *event.opponents)}
    about = names | places | {source.name for source in sources}
    return briefing.model_copy(
        update={
            "lead": _lead(briefing, fronts, ids),
            "fronts": fronts,
            "events": events,
            "actors": tuple(_part(party, ids) for party in briefing.actors if party.name in acting),
            "ledger": tuple(row for row in briefing.ledger if row.place in places),
            "changes": tuple(change for change in briefing.changes if _belongs(change, ids, names, elsewhere)),
            "claims": claims,
            "withheld": tuple(claim for claim in briefing.withheld if claim.article in articles),
            "gaps": tuple(gap for gap in briefing.gaps if any(_is_about(gap.about, name) for name in about)),
            "sources": sources,
        }
    )


def _named(briefing: Briefing, wanted: Sequence[str]) -> tuple[Front, ...]:
    folded = [name.casefold() for name in wanted]
    fronts = tuple(front for front in briefing.fronts if any(name in front.name.casefold() for name in folded))
    if not fronts:
        known = ", ".join(front.name for front in briefing.fronts) or "none"
        raise UsageError(f"{wanted[0][:60]!r} is no front of this edition; it has: {known}")
    return fronts


def _lead(briefing: Briefing, fronts: Sequence[Front], ids: set[str]) -> tuple[Sentence, ...]:
    lead = tuple(told for told in briefing.lead if told.events and ids.issuperset(told.events))
    return lead or tuple(front.situation[0] for front in fronts if front.situation and not front.quiet)


def _part(party: Party, ids: set[str]) -> Party:
    gains = tuple(name for name in party.gains if name in ids)
    return replace(party, gains=gains, losses=tuple(name for name in party.losses if name in ids))


def _places(events: Iterable[Event]) -> set[str]:
    return {event.place.canonical for event in events if event.place}


def _belongs(change: EditionChange, ids: set[str], fronts: set[str], elsewhere: set[str]) -> bool:
    """Whether a change is of these fronts. What an outlet withdrew is of no front any more: it is told where it can be
    of one of these.
    """
    if change.kind == "quiet":
        return change.place in fronts
    return change.event in ids or (change.kind == "withdrawn" and change.place not in elsewhere)


def _is_about(text: str, name: str) -> bool:
    return text == name or text.startswith(f"{name} (")
