"""The outlook of a front: what is said to be planned, needed, expected or possible, never told as done."""

from collections.abc import Sequence

from briefer.compose import days, phrases
from briefer.compose.desk import OUTLOOK, Desk, order
from briefer.compose.facts import clause
from briefer.compose.names import capital, squeeze
from briefer.compose.sentences import be
from briefer.compose.voices import asserting, names_of, said_by
from briefer.types import REAL, Claimant, Event, Kind, Modality, Sentence, Status

MOST_OUTLOOKS = 4


def ahead(event: Event) -> bool:
    """Whether an event is told as still to come."""
    coming = event.modality in OUTLOOK or (event.kind is Kind.OUTLOOK and event.modality in REAL)
    return coming and event.status is not Status.WITHDRAWN


def outlook(events: Sequence[Event], desk: Desk) -> tuple[Sentence, ...]:
    """A sentence for each of the best carried things to come, in order of time."""
    return tuple(Sentence(text=said_ahead(event, desk), events=(event.id,)) for event in expected(events, desk))


def expected(events: Sequence[Event], desk: Desk) -> list[Event]:
    """The best carried things to come, in order of time."""
    coming = [event for event in events if ahead(event)]
    best = sorted(coming, key=lambda e: (desk.fresh(e), e.independent_sources, order(e, desk)), reverse=True)
    return sorted(best[:MOST_OUTLOOKS], key=lambda e: order(e, desk))


def said_ahead(event: Event, desk: Desk) -> str:
    """One thing to come as a sentence, with who says it where that is not an outlet."""
    told = clause(desk.fact(event), desk.names)
    modality = event.modality if event.modality in OUTLOOK else Modality.HYPOTHETICAL
    quotes = " ".join(evidence.quote for claim in desk.claims_of(event) for evidence in claim.evidence)
    bare = not (told.subject and told.infinitive)
    template = phrases.outlook(modality, bare=bare, quotes=quotes)
    if bare and phrases.says_ahead(told.text):
        template = "{clause}"
    day = days.phrase(event.when, edition=desk.date, say_unknown=False)
    parts = {
        "who": told.subject,
        "be": be(desk.fact(event).actors),
        "do": told.infinitive,
        "clause": told.text,
        "day": f" {day}" if day else "",
    }
    text = phrases.filled(template, parts)
    spoken = [v for v in said_by(asserting(event, desk), desk) if v.kind is not Claimant.OUTLET]
    source = f", according to {names_of(spoken, desk)}" if spoken and not told.own_voice else ""
    return f"{capital(squeeze(text)).rstrip('.')}{source}."
