"""One happening in the words of its fields: a subject and what it did, with nothing added."""

import re
from dataclasses import dataclass

from briefer.compose import phrases
from briefer.compose.names import Names, plural, squeeze
from briefer.types import (
    Casualties,
    Change,
    Claim,
    Equipment,
    Event,
    Extent,
    Kind,
    Modality,
    Place,
    When,
)

_GAINS = frozenset({Change.CAPTURED, Change.RECAPTURED, Change.ENTERED, Change.ADVANCED})
_QUANTITY = re.compile(r"^(?:\d|two|three|four|five|six|seven|eight|nine|ten|several|many|both|some|dozens)\b", re.I)
_SPOKEN = re.compile(
    r"\b(?:said|says|say|according to|claimed|claims|reported|reports|announced|denied|denies)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Fact:
    """What an event and a claim have in common, as far as a sentence needs it.

    `attack` marks a clash that its sources tell as an attack of the actors.
    """

    kind: Kind
    change: Change | None
    extent: Extent
    actors: tuple[str, ...]
    opponents: tuple[str, ...]
    place: Place | None
    object: str
    when: When
    modality: Modality
    headline: str
    casualties: tuple[Casualties, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    attack: bool = False


def of_event(event: Event) -> Fact:
    """The fact that an event states."""
    return Fact(
        event.kind,
        event.change if event.kind is Kind.TERRITORY else None,
        event.extent,
        event.actors or ((event.actor,) if event.actor else ()),
        event.opponents or ((event.opponent,) if event.opponent else ()),
        event.place,
        squeeze(event.object),
        event.when,
        event.modality,
        squeeze(event.headline),
        event.casualties,
        event.equipment,
    )


def of_claim(claim: Claim) -> Fact:
    """The fact that a claim states."""
    return Fact(
        claim.kind,
        claim.change if claim.kind is Kind.TERRITORY else None,
        claim.extent,
        tuple(dict.fromkeys(actor.canonical for actor in claim.actors)),
        tuple(dict.fromkeys(actor.canonical for actor in claim.opponents)),
        claim.place,
        squeeze(claim.object),
        claim.when,
        claim.modality,
        squeeze(claim.text),
        claim.casualties,
        claim.equipment,
    )


@dataclass(frozen=True, slots=True)
class Clause:
    """A subject ("" where nobody is named) and what is said of it. `own_voice`: the words already say who says it."""

    subject: str
    past: str
    infinitive: str = ""
    participle: str = ""
    own_voice: bool = False

    @property
    def text(self) -> str:
        """The whole clause, not yet capitalised."""
        return f"{self.subject} {self.past}".strip()


def thing(fact: Fact, names: Names) -> str:
    """What is taken, held or hit: "three building blocks near the Sponge Factory", "most of Bashkoy"; "" if unsaid."""
    place = fact.place
    if fact.object:
        object_ = small(fact.object, names)
        object_ = names.the(object_) if object_[:1].isupper() else object_
        named = place is not None and (
            place.canonical.lower() in object_.lower() or place.name.lower() in object_.lower()
        )
        return object_ if place is None or named else f"{object_} {names.spot(place)}"
    if place is None:
        return ""
    return phrases.extent(fact.extent, names.area(place))


def clause(fact: Fact, names: Names) -> Clause:
    """The fact as subject and predicate; by its headline where its fields do not carry a sentence."""
    pattern = phrases.pattern(fact.kind, fact.change, attack=fact.attack)
    what = thing(fact, names)
    foes = names.all_of(fact.opponents)
    if pattern is None or not (what or (fact.kind is Kind.CLASH and foes)):
        return _by_headline(fact, names)
    parts = {
        "what": what,
        "target": _target(fact, names, what, foes),
        "spot": names.spot(fact.place) if fact.place else "",
        "attack": f"an attack by {foes}" if foes else "an attack",
        "foes": pattern.foes.replace("{foes}", foes) if foes else "",
        "was": "were" if many_things(what) else "was",
    }
    if not fact.actors:
        return Clause("", _fill(pattern.bare, parts))
    past, infinitive, participle = (_fill(pattern.told, {**parts, "verb": verb}) for verb in pattern.verb)
    return Clause(names.all_of(fact.actors), past, infinitive, participle)


def _target(fact: Fact, names: Names, what: str, foes: str) -> str:
    """What a strike hits: the thing named, else the opponents where they were hit, else the place."""
    if fact.object or not foes:
        return what
    return f"{foes} {names.spot(fact.place)}" if fact.place else foes


def _fill(template: str, parts: dict[str, str]) -> str:
    return squeeze(phrases.filled(template, parts)).replace(" ,", ",")


def many_things(what: str) -> bool:
    """Whether the thing is told of in the plural: "three building blocks near the factory"."""
    head = re.split(r" (?:in|at|near|of|north|south|east|west|from|along|around)\b", what, maxsplit=1)[0]
    return bool(_QUANTITY.match(head)) or (plural(head) and head[:1].islower())


def _by_headline(fact: Fact, names: Names) -> Clause:
    text = fact.headline.rstrip(".!… ")
    return Clause("", small(text, names), own_voice=bool(_SPOKEN.search(text)))


def small(text: str, names: Names) -> str:
    """The text as it stands inside a sentence: its first word small where it is a common word."""
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first.lower().strip(",.") in phrases.words("small") else text


def gains_ground(fact: Fact) -> bool:
    """Whether the change is one by which its actors gain ground."""
    return fact.change in _GAINS
