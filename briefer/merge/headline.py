"""One plain English line for an event, made by templates from its fields and not from an article's prose.

In: an event and whose word it is. Out: a line without empty slots. Who claims a thing is named in the line whenever
nobody else carries it; what is planned, tried, denied or disputed is worded so.
"""

import re
from collections.abc import Sequence

from briefer.merge import keys, lexicon
from briefer.merge.english import capital, joined, many, participle, past, plain, plural, third
from briefer.merge.numbers import bounds
from briefer.reading.word_classes import closed
from briefer.types import REAL, Casualties, CasualtyKind, Change, Event, Extent, Kind, Modality, Place, Status

_SLOT = re.compile(r"\{(\w+)\}")
WORDED = frozenset({Kind.POLITICAL, Kind.HUMANITARIAN, Kind.OUTLOOK, Kind.MOVEMENT, Kind.AGREEMENT})
_SURFACE = re.compile(r"\b(?:outskirts|edges?|banks?|sides?|shores?|slopes?|front)\b", re.IGNORECASE)
"""Parts of a place that things are "on"."""
_TOWARD = frozenset({"to", "into"})
_INSIDE = frozenset({"", "in", "at", "inside", "within", "of", "into", "to"})


def line(
    event: Event, *, party: str = "", words: Sequence[str] = (), deniers: Sequence[str] = (), claims: Sequence[str] = ()
) -> str:
    """The headline. `party`: the one party that vouches; `words`: the only other voices; `deniers`: who denies it.

    `claims` are the sentences of the claims: what fields cannot carry (politics, aid) is told by the shortest of them.
    """
    if claims and event.kind in WORDED and event.change is None and event.status is not Status.DENIED:
        return capital(plain(min(claims, key=lambda text: (len(text), text)).rstrip(". ")))
    text = _line(event, party, deniers)
    if words and not party and event.status in (Status.CLAIMED, Status.REVERSED):
        text = f"{text}, {said(words)}"
    return capital(plain(text))


def _line(event: Event, party: str, deniers: Sequence[str]) -> str:
    if event.status is Status.DENIED:
        return f"{joined(deniers)} {_verb('deny', deniers)} that {deed(event)}" if deniers else f"denied: {deed(event)}"
    if event.modality not in REAL:
        return _unreal(event) + (f", {party} {_verb('say', [party])}" if party and party not in event.actors else "")
    if event.status is Status.DISPUTED:
        denial = f"; {joined(deniers)} {_verb('deny', deniers)} it" if deniers else "; disputed"
        return (_says(event, party) if party else _reported(event)) + denial
    if party and event.status is Status.CLAIMED:
        return f"{_says(event, party)}; not independently confirmed"
    told = _says(event, party) if party else _present(event)
    return f"{told}{', since reversed' if event.status is Status.REVERSED else ''}"


def said(voices: Sequence[str]) -> str:
    """ "Reuters says", "rebels say", "A and B say"."""
    return f"{joined(voices)} {_verb('say', voices)}"


def deed(event: Event) -> str:
    """What happened as a clause in the past: "rebels captured Brega", "Brega was captured"."""
    verb, active, _ = _phrase(event)
    if event.actors and active:
        return f"{joined(_subjects(event))} {_told(past(verb), active)}{_toll_after(event)}"
    return _passive(event, be=True)


_MORE_THAN = re.compile(r"(?:more than|over|above|upwards of)\b", re.IGNORECASE)
"""Words for a bound that is itself not counted: "more than 8,000" allows 8,001 and up, and is shown as written."""


def number_words(people: Casualties) -> str:
    """ "10", "at least 10", "10 to 14", "some"."""
    span = bounds(people)
    if span is None:
        return "some"
    low, high = span
    if people.high is None and people.best is None:
        more = _MORE_THAN.match(" ".join(people.as_written.split()))
        return f"more than {low - 1:,}" if more else f"at least {low:,}"
    if people.low is None and people.best is None:
        return f"up to {high:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _verb(base: str, names: Sequence[str]) -> str:
    return base if many(names) else third(base)


def _told(verb: str, rest: str) -> str:
    return f"{verb} {rest.strip()}".strip()


def _subjects(event: Event) -> tuple[str, ...]:
    """Who the line is about: both sides of a fight over a place or of an agreement."""
    both = event.change is Change.CONTESTED or (event.kind is Kind.AGREEMENT and event.change is None)
    return event.actors + event.opponents if both and event.actors else event.actors


def _present(event: Event) -> str:
    verb, active, _ = _phrase(event)
    if event.actors and active:
        subjects = _subjects(event)
        return f"{joined(subjects)} {_told(_verb(verb, subjects), active)}{_toll_after(event)}"
    return _passive(event, be=False)


def _says(event: Event, party: str) -> str:
    """ "Rebels say they captured Brega", "rebels say government forces shelled Misrata"."""
    verb, active, _ = _phrase(event)
    clause = deed(event)
    if (party,) == _subjects(event) and active:
        clause = f"{'they' if plural(party) else 'it'} {_told(past(verb), active)}{_toll_after(event)}"
    return f"{said([party])} {clause}"


def _reported(event: Event) -> str:
    """ "Rebels are reported to have captured Brega"."""
    verb, active, _ = _phrase(event)
    if not (event.actors and active):
        return f"reported: {_passive(event, be=False)}"
    be = "are" if many(_subjects(event)) else "is"
    return f"{joined(_subjects(event))} {be} reported to have {_told(participle(verb), active)}{_toll_after(event)}"


def _unreal(event: Event) -> str:
    """What is tried, planned, expected, possible, or told as background."""
    verb, active, _ = _phrase(event)
    if event.modality is Modality.HISTORICAL:
        return f"background: {deed(event)}"
    if event.modality is Modality.DENIED:
        return f"denied: {deed(event)}"
    base = _told(verb, active)
    if not (event.actors and active):
        return f"{_NOUNS[event.modality]}: {_passive(event, be=False)}"
    plurally = many(_subjects(event))
    forms = {
        Modality.ATTEMPTED: f"{'try' if plurally else 'tries'} to {base}",
        Modality.PLANNED: f"{'plan' if plurally else 'plans'} to {base}",
        Modality.PREDICTED: f"{'are' if plurally else 'is'} expected to {base}",
        Modality.HYPOTHETICAL: f"could {base}",
    }
    return f"{joined(_subjects(event))} {forms[event.modality]}"


_NOUNS = {
    Modality.ATTEMPTED: "attempted",
    Modality.PLANNED: "planned",
    Modality.PREDICTED: "expected",
    Modality.HYPOTHETICAL: "possible",
}

_NO_ACTOR = {
    Kind.CLASH: "clashes{where}",
    Kind.AGREEMENT: "agreement{on}{where}",
    Kind.MOVEMENT: "movement of {moved}{where}",
    Kind.POLITICAL: "political move{on}{where}",
    Kind.HUMANITARIAN: "humanitarian news{on}{where}",
    Kind.OUTLOOK: "outlook{on}{where}",
}
_NO_ACTOR_CHANGE = {
    Change.ADVANCED: "advance{where}",
    Change.WITHDREW: "withdrawal{out}",
    Change.CONTESTED: "fighting for {what}",
    Change.HANDED_OVER: "handover of {what}",
}


def _passive(event: Event, *, be: bool) -> str:
    """The line of an event that nobody is named for."""
    if event.kind is Kind.CASUALTIES:
        return f"{_toll(event, be)}{_fill('{where}', event)}"
    if event.kind is Kind.AGREEMENT and event.object.startswith("collapse of "):
        return f"{'there was ' if be else ''}{event.object}{_fill('{where}', event)}"
    if event.kind is Kind.EQUIPMENT:
        return f"{_weapons(event, be)}{_fill('{where}', event)}"
    verb, _, passive = _phrase(event)
    bare = _NO_ACTOR_CHANGE.get(event.change) if event.change else _NO_ACTOR.get(event.kind)
    if passive:
        was = (" were" if _plural_thing(passive) else " was") if be else ""
        return f"{passive}{was} {participle(verb)}{_toll_after(event)}"
    text = _fill(bare or "report{where}", event) + _toll_after(event)
    return f"there was {text}" if be else text


def _plural_thing(phrase: str) -> bool:
    head = re.split(r"\s(?:in|at|near|of|on|north|south|east|west)\s", phrase)[0]
    return head[:1].islower() and plural(head)


def _phrase(event: Event) -> tuple[str, str, str]:
    """The verb of an event, what follows it (a blank for nothing, "" for no active form), the start of its passive."""
    verb, template, passive = lexicon.phrases()[str(event.change or event.kind)]
    active = _fill(template, event) or " "
    if event.kind is Kind.CASUALTIES and CasualtyKind.KILLED not in {count.kind for count in event.casualties}:
        verb = "wound" if any(count.kind is CasualtyKind.WOUNDED for count in event.casualties) else verb
        active = active if verb == "wound" else ""
    if event.kind is Kind.AGREEMENT and event.object.startswith("collapse of "):
        return verb, "", ""
    if event.kind is Kind.PRISONERS and (let_go := _LET_GO.fullmatch(event.object)):
        verb = "free" if let_go[1] == "release" else "exchange"
        where = _fill("{where}", event)
        return verb, f"{let_go[2]}{where}", f"{let_go[2]}{where}"
    if event.kind is Kind.EQUIPMENT and event.equipment:
        verb = {"destroyed": "destroy", "damaged": "damage", "captured": "capture", "abandoned": "abandon"}[
            event.equipment[0].state
        ]
    return verb, active, _fill(passive, event)


_LET_GO = re.compile(r"(release|exchange) of (.+)")


def _fill(template: str, event: Event) -> str:
    return _SLOT.sub(lambda match: _slot(match[1], event), template)


def _slot(name: str, event: Event) -> str:
    toward = _TOWARD if event.change is Change.ADVANCED or event.kind is Kind.MOVEMENT else frozenset[str]()
    where = f" {_where(event.place, toward)}" if event.place else ""
    others = joined(event.opponents)
    thing = event.object
    match name:
        case "what":
            return _what(event)
        case "where":
            return "" if thing and _names_place(thing, event.place) and event.kind is not Kind.CLASH else where
        case "out":
            return f" from {_what(event)}" if event.place or thing else ""
        case "from" | "to" | "by" | "with":
            return f" {name} {others}" if others else ""
        case "whom":
            return others
        case "on":
            return f" on {thing}" if thing else ""
        case "moved":
            return thing or "forces"
        case "target":
            return _target(event, where)
        case "toll":
            return _people(event, _first_kind(event))
        case "captives":
            return _people(event, CasualtyKind.CAPTURED) if _of(event, CasualtyKind.CAPTURED) else "prisoners"
        case _:
            return _weapon_list(event)


def _the(place: Place) -> str:
    """The name of the place with "the" where English puts it."""
    last = keys.words(place.canonical)[-1:] or ("",)
    with_article = last[0] in lexicon.words_with_article() and not place.canonical.lower().startswith("the ")
    return f"the {place.canonical}" if with_article and " " in place.canonical else place.canonical


def _where(place: Place, toward: frozenset[str] = frozenset()) -> str:
    """ "in Brega", "at the Sponge Factory", "5 km north of Brega"; `toward`: relations that stay as they are."""
    relation = " ".join(place.relation.split())
    if relation in toward:
        return f"{relation} {_the(place)}"
    if part := _part(place):
        return f"{'on' if _SURFACE.search(place.relation) else 'in'} {part}"
    if keys.relation(relation) in _INSIDE:
        at = _the(place).startswith("the ")
        return f"{'at' if at else 'in'} {_the(place)}"
    return _beside(place)


def _part(place: Place) -> str:
    """The part of a place that its relation names: "eastern Brega", "the outskirts of Brega"; "" for any other."""
    words = keys.relation(place.relation).split()
    shown = " ".join(place.relation.split()).removeprefix("the ").removesuffix(" the")
    if words and all(word in lexicon.relations("part") for word in words):
        return f"{shown} {_the(place)}"
    if len(words) > 1 and words[-1] == "of" and words[-2] not in lexicon.relations("direction"):
        return f"{shown} {_the(place)}" if words[0] != shown.split()[0].casefold() else f"the {shown} {_the(place)}"
    within = shown.removeprefix("in ").removeprefix("at ").removeprefix("on ").removeprefix("the ")
    named = keys.words(within)
    leads_away = any(closed().get(word) == "P" or word in lexicon.relations("direction") for word in named)
    return f"the {within} of {_the(place)}" if _ends_in_noun(keys.words(place.relation)) and not leads_away else ""


def _ends_in_noun(words: Sequence[str]) -> bool:
    """Whether a relation ends as "northern bank" or "near the depot" do, and "north of" does not."""
    leads_away = words[-1] in closed() or words[-1] in lexicon.relations("direction") if words else True
    return len(words) > 1 and words[-1].isalpha() and not leads_away


def _beside(place: Place) -> str:
    """A relation and the name: "5 km north of Brega", "near the depot at Brega"."""
    at = "at " if _ends_in_noun(keys.words(place.relation)) else ""
    return f"{' '.join(place.relation.split())} {at}{_the(place)}"


def _names_place(thing: str, place: Place | None) -> bool:
    if place is None:
        return False
    inside = set(keys.words(thing))
    return bool(inside) and set(keys.words(place.canonical)) <= inside


def _what(event: Event) -> str:
    """What changed hands: the object, the place, or the part of it that is meant."""
    thing, place = event.object, event.place
    if thing:
        return thing if place is None or _names_place(thing, place) else f"{thing} {_where(place)}"
    if place is None:
        return "ground"
    if part := _part(place):
        return part
    if keys.relation(place.relation) not in _INSIDE:
        return f"ground {_where(place)}"
    parts = {Extent.MOST: "most of ", Extent.PART: "part of ", Extent.OUTSKIRTS: "the outskirts of "}
    return f"{parts.get(event.extent, '')}{_the(place)}"


def _target(event: Event, where: str) -> str:
    if event.object:
        return _what(event)
    if event.opponents:
        return f"{joined(event.opponents)}{where}"
    if event.place is None:
        return "targets"
    if part := _part(event.place):
        return part
    return _the(event.place) if keys.relation(event.place.relation) in _INSIDE else f"targets{where}"


def _of(event: Event, kind: CasualtyKind) -> list[Casualties]:
    return [count for count in event.casualties if count.kind is kind]


def _first_kind(event: Event) -> CasualtyKind:
    return CasualtyKind.KILLED if _of(event, CasualtyKind.KILLED) else CasualtyKind.WOUNDED


def _people(event: Event, kind: CasualtyKind) -> str:
    """ "10 to 14 civilians": the range over all who count the same people; "people" where nobody says who."""
    counted = _of(event, kind)
    if not counted:
        return "people"
    victims = sorted({count.victims for count in counted}, key=lambda name: (not name, name))
    same = [count for count in counted if count.victims == victims[0]]
    spans = [span for span in map(bounds, same) if span]
    whom = victims[0] or ("civilians" if all(count.civilian for count in same) else "people")
    if not spans:
        return whom
    numbered = [count for count in same if bounds(count)]
    if len({bounds(count) for count in numbered}) == 1:
        return f"{number_words(numbered[0])} {whom}"
    low, high = min(span[0] for span in spans), max(span[0] if span[1] > 1 << 30 else span[1] for span in spans)
    return f"{low:,} to {high:,} {whom}" if low != high else f"at least {low:,} {whom}"


def _toll(event: Event, be: bool) -> str:
    """ "10 civilians killed and 5 wounded"; killed and wounded are never added up."""
    kinds = [kind for kind in CasualtyKind if _of(event, kind)]
    if not kinds:
        return "there were casualties" if be else "casualties"
    told = [_people(event, kind) for kind in kinds[:2]]
    were = [(" was" if people.startswith("1 ") else " were") if be else "" for people in told]
    return " and ".join(f"{people}{w} {kind}" for people, w, kind in zip(told, were, kinds, strict=False))


def _toll_after(event: Event) -> str:
    """The toll behind the line of an attack."""
    if event.kind in (Kind.CASUALTIES, Kind.PRISONERS) or not event.casualties:
        return ""
    return f"; {_toll(event, False)}"


def _weapons(event: Event, be: bool) -> str:
    items = _weapon_list(event)
    if not event.equipment:
        return "there were losses of equipment" if be else "losses of equipment"
    alone = [item.number for item in event.equipment if item.state is event.equipment[0].state] == [1]
    be_done = f" {'was' if alone else 'were'}" if be else ""
    return f"{items}{be_done} {event.equipment[0].state}"


def _weapon_list(event: Event) -> str:
    """ "3 tanks and 1 helicopter", of the state that the first of them is in."""
    if not event.equipment:
        return "equipment"
    state = event.equipment[0].state
    by_type: dict[str, list[int]] = {}
    for item in event.equipment:
        if item.state is state:
            by_type.setdefault(" ".join(item.type.split()), []).extend([item.number] if item.number else [])
    return joined([_counted(kind, numbers) for kind, numbers in by_type.items()])


def _counted(kind: str, numbers: Sequence[int]) -> str:
    if numbers and kind == "artillery":
        kind = "artillery piece"
    if not numbers:
        return kind if plural(kind) else f"{kind}s"
    low, high = min(numbers), max(numbers)
    shown = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    singular = keys.singular(kind)
    return f"{shown} {singular if high == 1 else kind if plural(kind) else kind + 's'}"
