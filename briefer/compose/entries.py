"""Events as entries of a list: a verb, what it was done to, and when; told from the side whose list it stands in."""

from dataclasses import dataclass, replace

from briefer.compose import days
from briefer.compose.counts import Gear, Toll, several
from briefer.compose.desk import Desk
from briefer.compose.facts import Fact, clause, thing
from briefer.compose.names import capital, squeeze
from briefer.compose.phrases import pattern
from briefer.compose.story import sentence_of
from briefer.types import CasualtyKind, Change, Event, Kind, Modality, Status

# What a change of the other side's ground is called from the side that gains or loses by it.
_GAINED_BY = {Change.LOST: "gained", Change.HANDED_OVER: "received", Change.WITHDREW: "vacated"}
_LOST_BY = {Change.CAPTURED: "lost", Change.RECAPTURED: "lost"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list. `verb` may be ""; `day` is as brief as it can be and never made up."""

    verb: str
    what: str
    day: str


def own(event: Event, desk: Desk) -> Entry:
    """An event as told by the side that acted: "recaptured", "three blocks near the factory"."""
    fact = desk.fact(event)
    words = pattern(fact.kind, fact.change) if event.kind is Kind.TERRITORY else None
    if words is None or not thing(fact, desk.names) or not fact.actors:
        return whole(event, desk)
    told = clause(fact, desk.names)
    attempt = event.modality is Modality.ATTEMPTED
    verb, form = (words.verb[1], told.infinitive) if attempt else (words.verb[0], told.past)
    return Entry(f"tried to {verb}" if attempt else verb, form.removeprefix(verb).strip(), _day(event, desk))


def whole(event: Event, desk: Desk) -> Entry:
    """An event as one clause with whoever acted; what is denied or taken back with who says so."""
    if event.modality in {Modality.DENIED, Modality.HISTORICAL} or event.status in {Status.DENIED, Status.WITHDRAWN}:
        text = sentence_of(event, desk, dated=False).text.rstrip(".")
        if event.modality is Modality.HISTORICAL:
            text = capital(text.removeprefix("Background: "))  # the list is headed so
        return Entry("", text, _day(event, desk))
    told = clause(desk.fact(event), desk.names)
    attempt = event.modality is Modality.ATTEMPTED and bool(told.infinitive)
    text = f"{told.subject} tried to {told.infinitive}" if attempt else told.text
    return Entry("", capital(text), _day(event, desk))


def gained(event: Event, desk: Desk, *, acted: bool) -> Entry:
    """A gain; `acted` is False where it is by an act of the other side (which lost or left a place)."""
    return own(event, desk) if acted else _by_other(event, desk, _GAINED_BY)


def lost(event: Event, desk: Desk, *, acted: bool) -> Entry:
    """A loss; `acted` is True where the side itself withdrew or is told to have lost."""
    return own(event, desk) if acted else _by_other(event, desk, _LOST_BY)


def _by_other(event: Event, desk: Desk, verbs: dict[Change, str]) -> Entry:
    fact = desk.fact(event)
    words, what = pattern(fact.kind, fact.change), thing(fact, desk.names)
    if words is None or fact.change is None or not what or not fact.actors:
        return own(event, desk)
    verb = verbs.get(fact.change, words.verb[2])
    by = "to" if verb == "lost" else "from" if verb in {"gained", "received"} else "by"
    joint = " " if by == "from" else ", "
    return Entry(verb, f"{what}{joint}{by} {desk.names.all_of(fact.actors)}", _day(event, desk))


def undone(event: Event, desk: Desk) -> Entry:
    """A gain that was reversed, from the side that had it."""
    told = own(replace(event, opponents=(), opponent=""), desk)
    return Entry("reversed", f"{told.verb} {told.what}".strip(), told.day)


def toll(one: Toll, event: Event, desk: Desk) -> Entry:
    """One count of people: "killed", "between 5 and 9 civilians in Danilo: the hospital 5, Veld Radio 9"."""
    state = "prisoners" if one.kind is CasualtyKind.CAPTURED else one.kind.value
    return Entry(state, f"{one.number} {one.people}{_spot(desk.fact(event), desk)}{_counted(one)}", _day(event, desk))


def _counted(one: Toll) -> str:
    if len(one.counts) == 1:
        who = ", ".join(one.counts[0][1][:3])
        return f" ({who})" if who else ""
    told = [f"{', '.join(who[:3])} {number}".strip() for number, who in one.counts]
    return f" ({'; '.join(told)})"


def gear(one: Gear, event: Event, desk: Desk) -> Entry:
    """Equipment of one type: "destroyed", "3 tanks near Danilo (the army)"."""
    who = f" ({', '.join(one.claimants[:3])})" if one.claimants else ""
    kind = one.type if one.number in ("", "1") else several(one.type)
    what = f"{one.number} {kind}".strip()
    return Entry(one.state.value, f"{what}{_spot(desk.fact(event), desk)}{who}", _day(event, desk))


def _spot(fact: Fact, desk: Desk) -> str:
    return f" {desk.names.spot(fact.place)}" if fact.place else ""


def _day(event: Event, desk: Desk) -> str:
    return squeeze(days.brief(event.when, edition=desk.date, reported=event.reported))
