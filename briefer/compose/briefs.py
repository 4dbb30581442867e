"""Events laid out for a prompt: one line each, numbered, with all that is known of it and how it may be told.

In: events and the desk. Out: an `Offer`: the numbered events and their lines. Names and texts are words of sources:
each is put on one line and loses the signs by which a line or a field could be forged.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefer.compose import days
from briefer.compose.counts import gear
from briefer.compose.desk import Desk, front_of, real
from briefer.compose.facts import thing
from briefer.compose.names import squeeze
from briefer.compose.outlook import expected
from briefer.compose.phrases import pattern
from briefer.compose.story import MOST_STORIES, Story, best, tellable
from briefer.compose.voices import Voice, asserting, many, plain, said_by
from briefer.reading.lexicon import fold
from briefer.types import Claim, Claimant, Event, Extent, Kind, Modality, Status

MOST_OFFERED = MOST_STORIES + 3
"""Stories that a front offers: what the templates would tell, and some more for the writer to join or to leave."""
MOST_DENIALS = 3
MOST_EVENTS = 30
"""Lines of one prompt: at some 60 tokens each, 1,800; the lists below the prose carry the rest."""
LONGEST = 160
"""Characters of one name or text of a line; the longest headline that carries news is shorter."""

_SIGNS = re.compile(r"[<>\[\]{}|\\`*_#~^;\"“”]+")


@dataclass(frozen=True, slots=True)
class Offer:
    """The events of one question by their numbers from 1, and the lines that tell them."""

    numbers: Mapping[int, Event]
    lines: str

    def event(self, number: int) -> Event | None:
        """The event of a number, None where there is none."""
        return self.numbers.get(number)


def clean(text: str) -> str:
    """A name or text of a source on one line, without signs that a line is made of, and not too long."""
    kept = _SIGNS.sub(" ", "".join(sign if sign.isprintable() else " " for sign in text))
    kept = squeeze(kept)
    return kept if len(kept) <= LONGEST else f"{kept[:LONGEST].rsplit(' ', 1)[0]} …"


def of_front(events: Sequence[Event], desk: Desk, *, lone: bool) -> Offer:
    """The best of a front, in order of time: stories with what they undid, what is denied, and what is to come."""
    told = list(_distinct(event for story in best(events, desk, most=MOST_OFFERED) for event in _all_of(story, desk)))
    ahead = expected(events, desk)
    denied = [event for event in events if _is_denied(event) and desk.fresh(event) and tellable(event, desk)]
    told = [event for event in told if event not in ahead][: MOST_EVENTS - len(ahead) - MOST_DENIALS]
    told += [event for event in sorted(denied, key=lambda e: e.id) if event not in told + ahead][:MOST_DENIALS]
    numbers = dict(enumerate([*told, *ahead], start=1))
    situation = _lines({n: e for n, e in numbers.items() if e not in ahead}, numbers, desk, lone=lone)
    outlook = _lines({n: e for n, e in numbers.items() if e in ahead}, numbers, desk, lone=lone)
    parts = [_only_source(events, desk)] if lone else []
    parts += [f"For the situation:\n{situation}"] if situation else []
    parts += [f"For the outlook:\n{outlook}"] if outlook else []
    return Offer(numbers, "\n\n".join(parts))


def of_lead(events: Sequence[Event], desk: Desk) -> Offer:
    """The events that may lead, what matters most first, with what they undid."""
    all_of = _distinct(each for event in events for each in (event, *_undone(event, desk), *_against(event, desk)))
    numbers = dict(enumerate(all_of, start=1))
    lines = _lines(numbers, numbers, desk, lone=desk.lone(), fronts=True)
    parts = [_only_source(list(desk.events.values()), desk)] if desk.lone() else []
    return Offer(numbers, "\n\n".join([*parts, f"For the lead:\n{lines}"]))


def _all_of(story: Story, desk: Desk) -> list[Event]:
    return [*story.events, *story.before, *(other for event in story.events for other in _against(event, desk))]


def _against(event: Event, desk: Desk) -> list[Event]:
    return desk.counterparts(event) if event.status is Status.DISPUTED else []


def _undone(event: Event, desk: Desk) -> list[Event]:
    return [undone for undone in desk.undid.get(event.id, ()) if real(undone) or undone.reversed_by]


def _is_denied(event: Event) -> bool:
    return event.status is Status.DENIED or event.modality is Modality.DENIED


def _distinct(events: Iterable[Event]) -> Iterator[Event]:
    yield from {event.id: event for event in events}.values()


def _only_source(events: Sequence[Event], desk: Desk) -> str:
    outlets = sorted({name for event in events for name in desk.outlets_of(event)})
    named = f", {clean(outlets[0])}" if len(outlets) == 1 else ""
    return f"All of this rests on one source{named}: say so in the first sentence, and then no more."


def _lines(
    shown: Mapping[int, Event], numbers: Mapping[int, Event], desk: Desk, *, lone: bool, fronts: bool = False
) -> str:
    by_id = {event.id: number for number, event in numbers.items()}
    return "\n".join(
        f"E{number} {'; '.join(_fields(event, desk, by_id, lone=lone, front=fronts))}"
        for number, event in shown.items()
    )


def _fields(event: Event, desk: Desk, by_id: Mapping[str, int], *, lone: bool, front: bool) -> Iterator[str]:
    fact = desk.fact(event)
    if front:
        yield f"front: {clean(front_of(event))}"
    yield _what(event)
    told = (
        ("by", [desk.names.the(name) for name in fact.actors]),
        ("against" if event.kind is not Kind.TERRITORY else "other side", [desk.names.the(n) for n in fact.opponents]),
    )
    yield from (f"{label}: {', '.join(map(clean, names))}" for label, names in told if names)
    yield from _where(event, desk)
    counted = event.casualties or event.equipment
    if pattern(fact.kind, fact.change) is None and fact.headline and not counted:
        yield f"text: {clean(fact.headline)}"
    if day := days.phrase(event.when, edition=desk.date):
        yield f"when: {clean(day)}"
    yield from _tolls(event, desk)
    yield from _standing(event, desk, by_id)
    yield from _sources(event, desk, lone=lone)


def _what(event: Event) -> str:
    change = event.change if event.kind is Kind.TERRITORY else None
    what = (change.value if change else event.kind.value).replace("_", " ")
    modality = "" if event.modality is Modality.OCCURRED else f" ({_MODALITY[event.modality]})"
    extent = "" if event.extent is Extent.UNSPECIFIED or change is None else f", extent: {event.extent.value}"
    return f"{what}{modality}{extent}"


_MODALITY = {
    Modality.ONGOING: "ongoing",
    Modality.ATTEMPTED: "only tried",
    Modality.PLANNED: "only planned",
    Modality.PREDICTED: "only expected",
    Modality.HYPOTHETICAL: "only possible",
    Modality.DENIED: "denied",
    Modality.HISTORICAL: "background",
}


def _where(event: Event, desk: Desk) -> Iterator[str]:
    if event.object:
        yield f"what: {clean(thing(desk.fact(event), desk.names))}"
    elif event.place is not None:
        name = desk.names.area if event.kind is Kind.TERRITORY else desk.names.spot
        yield f"place: {clean(name(event.place))}"


def _tolls(event: Event, desk: Desk) -> Iterator[str]:
    voices = said_by(asserting(event, desk), desk)
    only = {voices[0].name, voices[0].actor} if len(voices) == 1 else set()
    for toll in desk.tolls(event):
        counts = [f"{clean(number)}{_by(who, only)}" for number, who in toll.counts]
        yield f"{toll.kind.value} {clean(toll.victims)}: {' or '.join(counts)}"
    for kit in gear(event.equipment):
        yield f"{clean(kit.type)} {kit.state.value}: {kit.number or 'number unsaid'}{_by(kit.claimants, only)}"


def _by(who: Sequence[str], only: set[str]) -> str:
    """Who counts, unless that is the one voice that says all of the event, which its line names anyway."""
    known = {fold(name) for name in only}
    named = [clean(name) for name in who if fold(name) not in known]
    return f" (count of {', '.join(named)})" if named else ""


def _standing(event: Event, desk: Desk, by_id: Mapping[str, int]) -> Iterator[str]:
    undone = [by_id[each.id] for each in desk.undid.get(event.id, ()) if each.id in by_id]
    if undone:
        yield f"undid {', '.join(f'E{number}' for number in undone)}"
    if event.reversed_by:
        by = by_id.get(event.reversed_by)
        yield f"since reversed by E{by}" if by else "since reversed, which must be said"
    for claim in desk.opposed(event):
        yield f"disputed: {_objection(claim, event, desk)}"
    if event.status is Status.WITHDRAWN:
        yield "its outlet took the report back, which must be said"


def _objection(claim: Claim, event: Event, desk: Desk) -> str:
    """Who says what against an event: "citizens deny it", "the Front says held by the Front"."""
    voices = said_by([claim], desk)
    several = many(voices)
    what = (claim.change.value if claim.change else claim.kind.value).replace("_", " ")
    actors = ", ".join(clean(actor.canonical) for actor in claim.actors)
    told = f"{what}{f' by {actors}' if actors else ''}"
    if claim.modality is Modality.DENIED:
        same = claim.kind is not Kind.TERRITORY or claim.change is event.change
        return f"{_named(voices)} {'deny' if several else 'denies'} {'it' if same else f'that it was {told}'}"
    if claim.change is event.change and {actor.canonical for actor in claim.actors} <= set(event.actors):
        return f"{_named(voices)} {'contradict' if several else 'contradicts'} it"
    return f"{_named(voices)} {'say' if several else 'says'} {told}"


def _sources(event: Event, desk: Desk, *, lone: bool) -> Iterator[str]:
    if event.status is Status.DENIED or event.modality is Modality.DENIED:
        yield f"denied by: {_named(said_by(desk.claims_of(event), desk))}"
        return
    if plain(event, desk):
        yield _independent(event, desk)
        return
    voices = said_by(asserting(event, desk), desk)
    if lone:
        voices = [voice for voice in voices if voice.kind is not Claimant.OUTLET]
    if voices:
        yield f"said only by: {_named(voices)}"


def _independent(event: Event, desk: Desk) -> str:
    if event.independent_sources != 1:
        return f"{event.independent_sources} independent sources"
    return f"1 independent source: {', '.join(map(clean, desk.outlets_of(event)))}"


def _named(voices: Sequence[Voice]) -> str:
    return ", ".join(f"{clean(voice.name)}{' (a party)' if voice.kind is Claimant.PARTY else ''}" for voice in voices)
