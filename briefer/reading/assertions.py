"""What a sentence asserts, in the fields of a claim: one reading that the extractor states and the verifier holds to.

In: `Told` of an article. Out: `Assertion`: kind, change, place with its relation, counts of people and of equipment.
"""

import re
from dataclasses import dataclass

from briefer.reading.article import Told
from briefer.reading.frame import Where
from briefer.reading.phrases import BEARINGS
from briefer.types import (
    Casualties,
    CasualtyKind,
    Change,
    Equipment,
    EquipmentState,
    Kind,
)

_WOUNDING = frozenset("wound injure maim hurt".split())
FREEING = frozenset("release free swap exchange".split())
_AIR = (
    *"warplane jet aircraft plane helicopter drone bomber airstrike nato".split(),
    "air force",
    "air strike",
)
_GUNS = ("artillery", "rocket", "mortar", "tank", "shell", "howitzer", "grad", "missile", "gunboat")
_STATES = {
    "damage": EquipmentState.DAMAGED, "disable": EquipmentState.DAMAGED, "capture": EquipmentState.CAPTURED,
    "seize": EquipmentState.CAPTURED, "take": EquipmentState.CAPTURED, "grab": EquipmentState.CAPTURED,
    "recover": EquipmentState.CAPTURED, "abandon": EquipmentState.ABANDONED,
}  # fmt: skip
_BESIDE = BEARINGS | frozenset("near outside around toward towards along beyond off".split())
_COUNTING = re.compile(r"^(?:of |the |a |an |all |his |her |our |their |its |other |another |some )+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Assertion:
    """One happening in the fields of a claim.

    `place` is the name as written, "" for none; `relation` is what stands before it.
    """

    told: Told
    kind: Kind
    place: str
    relation: str
    casualties: tuple[Casualties, ...]
    equipment: tuple[Equipment, ...]


def assertion(told: Told) -> Assertion:
    """What this happening asserts."""
    where = told.frame.where
    return Assertion(
        told,
        _kind(told),
        where.spot.name if where is not None else "",
        _relation(told, where) if where is not None else "",
        _casualties(told),
        _equipment(told),
    )


def _relation(told: Told, where: Where) -> str:
    found = relation(where, told.frame.change)
    near = told.frame.change is Change.ADVANCED and told.frame.lemma in ("approach", "near")
    return found or ("toward" if near else "")


def relation(where: Where, change: Change | None) -> str:
    """What stands between the name and the spot: "north of", "outskirts of", "toward"; "" at the place itself."""
    preposition = where.preposition.split()[0] if where.preposition else ""
    found = where.spot.relation or (where.preposition if preposition in _BESIDE else "")
    if change is not None and where.spot.described and not found:
        return f"{where.spot.described} of"  # who holds Misrata's port does not hold Misrata
    if change is Change.ADVANCED and where.preposition.endswith(("on", "to", "toward", "towards")):
        return "toward"
    return found


def _kind(told: Told) -> Kind:
    """Strike from the air or shelling from the ground, by what the words name; an attack with neither stays a clash."""
    frame = told.frame
    if frame.kind not in (Kind.SHELLING, Kind.STRIKE, Kind.CLASH):
        return frame.kind
    subject = " ".join(told.clauses.text(noun) for noun in frame.verb.subject) if frame.verb is not None else ""
    words = f"{frame.agent.text if frame.agent else ''} {subject} {frame.object}".lower()
    if any(word in words for word in _AIR) or (frame.lemma == "bomb" and frame.kind is Kind.SHELLING):
        return Kind.STRIKE
    if any(word in words for word in _GUNS):
        return Kind.SHELLING
    return frame.kind


def _casualties(told: Told) -> tuple[Casualties, ...]:
    people = told.frame.people
    counted = told.frame.kind in (Kind.CASUALTIES, Kind.PRISONERS) and told.frame.lemma not in FREEING
    if told.frame.lemma == "leave" and _left(told) not in (*_HURT, *_DEAD):
        return ()  # "left thousands without power"
    if people is None or people.number is None or not counted:
        return ()
    number = people.number
    kind = CasualtyKind.CAPTURED if told.frame.kind is Kind.PRISONERS else CasualtyKind.KILLED
    if told.frame.lemma in _WOUNDING or (told.frame.lemma == "leave" and _left(told) in _HURT):
        kind = CasualtyKind.WOUNDED
    victims = _without_count(people.text, number.as_written)
    who = told.attribution.who
    return (Casualties(kind, number.low, number.best, number.high, victims, people.civilian, who, number.as_written),)


_HURT = ("injured", "wounded", "hurt")
_DEAD = ("dead", "killed")


def _left(told: Told) -> str:
    """The word behind the people that something left: "left nine dead"."""
    people = told.frame.people
    lower = told.clauses.tokens.lower
    return lower[people.noun.last] if people is not None and people.noun.last < len(lower) else ""


def _without_count(text: str, count: str) -> str:
    """Only "regime soldiers" of "twenty-seven regime soldiers": the number stands in its own field."""
    at = text.lower().find(count.lower())
    rest = text[at + len(count) :].strip() if at >= 0 else text
    return _COUNTING.sub("", rest)


def _equipment(told: Told) -> tuple[Equipment, ...]:
    if told.frame.kind is not Kind.EQUIPMENT:
        return ()
    state = _STATES.get(told.frame.lemma, EquipmentState.DESTROYED)
    return tuple(
        Equipment(kit.equipment, state, kit.number.best if kit.number else None, told.attribution.who)
        for kit in told.frame.equipment
    )
