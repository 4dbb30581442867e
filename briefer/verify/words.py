"""Checks of single words: does the evidence hold the names, places, numbers and times of the claim?"""

import re

from briefer.reading import dates, numbers
from briefer.reading.names import fold
from briefer.reading.orders import orders
from briefer.types import Casualties, Claim, Reason
from briefer.verify.grounds import Grounds

_PRONOUNS = re.compile(
    r"\b(?:they|them|their|it|its|he|she|his|her|who|which|the (?:group|army|town|city|village|two))\b", re.I
)
_DESCRIBED = re.compile(r"\b(?:the|that|this) (?:\w+ )?\w+", re.I)


def fabricated(claim: Claim, grounds: Grounds) -> Reason | None:
    """A claim that names nothing of its evidence is not drawn from it."""
    words = set(re.findall(r"\w{4,}", fold(claim.text)))
    if words and not any(word[:5] in grounds.folded for word in words):
        return Reason.FABRICATED
    return None


def injected(claim: Claim, grounds: Grounds) -> Reason | None:
    """A sentence that orders the machine about is no source for what it orders."""
    return Reason.INJECTED if orders(grounds.text) else None


def wrong_number(claim: Claim, grounds: Grounds) -> Reason | None:
    """Every count must stand in the evidence, by value and bound."""
    stated = numbers.find(claim.text)
    if not claim.casualties and not stated and not any(kit.number is not None for kit in claim.equipment):
        return None
    found = numbers.find(grounds.text)
    known = {value for number in found for value in (number.low, number.best, number.high)}
    if any({number.low, number.best, number.high}.isdisjoint(known - {None}) for number in stated):
        return Reason.WRONG_NUMBER
    for count in claim.casualties:
        if not _counted(count, found):
            return Reason.WRONG_NUMBER
    for kit in claim.equipment:
        if kit.number is not None and kit.number != 1 and not any(kit.number in (n.low, n.best, n.high) for n in found):
            return Reason.WRONG_NUMBER
    return None


def _counted(count: Casualties, found: list[numbers.Number]) -> bool:
    if (count.low, count.best, count.high) == (1, 1, 1):
        return True  # "a soldier": the article counts
    return any((number.low, number.best, number.high) == (count.low, count.best, count.high) for number in found)


def wrong_place(claim: Claim, grounds: Grounds) -> Reason | None:
    """The place must be named in the evidence, or before it where the evidence only describes it ("the town")."""
    if claim.place is None:
        return None
    name = f" {fold(claim.place.name)} "
    if name in grounds.folded or name.strip() in grounds.folded:
        return None
    return None if name.strip() in grounds.before and _DESCRIBED.search(grounds.text) else Reason.WRONG_PLACE


def wrong_actor(claim: Claim, grounds: Grounds) -> Reason | None:
    """Each actor must be named in the evidence, or before it where a pronoun stands there."""
    for actor in (*claim.actors, *claim.opponents):
        if grounds.names(actor):
            continue
        earlier = any(f" {name} " in grounds.before for name in grounds.spellings(actor))
        if not (earlier and _PRONOUNS.search(grounds.text)):
            return Reason.WRONG_ACTOR
    return None


def wrong_date(claim: Claim, grounds: Grounds) -> Reason | None:
    """A day that is claimed must be what some expression of the evidence means."""
    if claim.when.start is None:
        return None
    written = grounds.scene.written
    meant = [dates.resolve(time, written=written) for time in dates.find(grounds.text)]
    near = [when for when in meant if when.start is not None]
    if any(when.start == claim.when.start for when in near):
        return None
    return Reason.WRONG_DATE
