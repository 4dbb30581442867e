"""Checks of whole assertions: who did what to whom, where, how much, when, in whose voice, and did it happen?

The claim is held against what its evidence asserts. It is carried only where one assertion of the evidence agrees with
it in everything; where none does, the nearest one tells what is wrong. Where the evidence asserts nothing of the kind,
these checks are silent and the claim stays unclear.
"""

from collections.abc import Callable

from briefer.reading.assertions import Assertion
from briefer.reading.names import fold
from briefer.types import (
    REAL,
    Actor,
    Casualties,
    Change,
    Claim,
    Claimant,
    Equipment,
    Extent,
    Kind,
    Modality,
    Reason,
)
from briefer.verify.grounds import Grounds

_GAINS = frozenset({Change.CAPTURED, Change.RECAPTURED, Change.ADVANCED, Change.ENTERED, Change.INFILTRATED})
_LOSSES = frozenset({Change.WITHDREW, Change.LOST, Change.HANDED_OVER})
_HOW_FAR = {
    Change.BESIEGED: 1, Change.CONTESTED: 1, Change.ADVANCED: 2, Change.INFILTRATED: 2, Change.ENTERED: 3,
    Change.HELD: 4, Change.CAPTURED: 4, Change.RECAPTURED: 4,
}  # fmt: skip
"""How much a change claims of a place: to tell a lesser one as a greater is exaggeration."""
_HOW_MUCH = {Extent.OUTSKIRTS: 1, Extent.PART: 2, Extent.MOST: 3, Extent.UNSPECIFIED: 4, Extent.FULL: 5}
_UNREAL = {
    Modality.ATTEMPTED: Reason.PLANNED_AS_DONE,
    Modality.PLANNED: Reason.PLANNED_AS_DONE,
    Modality.PREDICTED: Reason.PLANNED_AS_DONE,
    Modality.HYPOTHETICAL: Reason.PLANNED_AS_DONE,
    Modality.DENIED: Reason.DENIED_AS_FACT,
    Modality.HISTORICAL: Reason.BACKGROUND_AS_NEW,
}
_FIGHTING = (Kind.CLASH, Kind.STRIKE, Kind.SHELLING)


def carries(claim: Claim, said: Assertion) -> bool:
    """Whether one assertion carries the whole claim."""
    return all(fault(claim, said) is None for fault in FAULTS)


def nearest_fault(claim: Claim, grounds: Grounds) -> Reason | None:
    """What is wrong with the claim, by the assertion with the fewest faults against it; None where one carries it."""
    alike = [said for said in grounds.said if _same_kind(claim, said)]
    faults = [[reason for fault in FAULTS if (reason := fault(claim, said)) is not None] for said in alike]
    if not faults or not all(faults):
        return None
    least = min(faults, key=len)
    # Two assertions of one sentence that each carry half of the claim: the claim has fused them.
    half = [said for said in alike if _part(claim, said)]
    return Reason.CONFLATION if len(half) > 1 and least[0] in _FUSED else least[0]


def _part(claim: Claim, said: Assertion) -> bool:
    same_place = claim.place is not None and fold(said.place) == fold(claim.place.name)
    return same_place or (bool(claim.actors) and bool(_names(claim.actors) & _names(said.told.frame.actors)))


_FUSED = (Reason.WRONG_PLACE, Reason.WRONG_ACTOR)


def _same_kind(claim: Claim, said: Assertion) -> bool:
    if said.kind is claim.kind or (said.kind in _FIGHTING and claim.kind in _FIGHTING):
        return True
    return claim.kind is Kind.TERRITORY and said.kind in _FIGHTING and bool(said.place)


# ── single faults, the gravest first ──


def _negated(claim: Claim, said: Assertion) -> Reason | None:
    return Reason.NEGATION if said.told.negated and claim.modality in REAL else None


def _direction(claim: Claim, said: Assertion) -> Reason | None:
    frame = said.told.frame
    mine, done, suffered = _names(claim.actors), _names(frame.actors), _names(frame.opponents)
    swapped = bool(mine) and not mine & done and bool(mine & suffered)
    if claim.kind is not Kind.TERRITORY:
        return Reason.WRONG_ACTOR if swapped else None
    if claim.change is frame.change:
        return Reason.WRONG_DIRECTION if swapped else None
    turned = (claim.change in _GAINS and frame.change in _LOSSES) or (
        claim.change in _LOSSES and frame.change in _GAINS
    )
    if turned or Change.REPELLED in (claim.change, frame.change):
        return Reason.WRONG_DIRECTION
    return _exaggerated(claim.change, frame.change)


def _exaggerated(claimed: Change | None, told: Change | None) -> Reason | None:
    if {claimed, told} == {Change.CAPTURED, Change.RECAPTURED}:
        return Reason.WRONG_DIRECTION
    more = (
        _HOW_FAR.get(claimed, 0) > _HOW_FAR.get(told, 0) if claimed is not None and told is not None else told is None
    )
    return Reason.EXAGGERATION if more else Reason.WRONG_DIRECTION


def _actor(claim: Claim, said: Assertion) -> Reason | None:
    mine, told = _names(claim.actors), _names(said.told.frame.actors)
    if mine and told and not mine <= told | _names(said.told.frame.opponents):
        return Reason.WRONG_ACTOR
    return Reason.WRONG_ACTOR if mine and told and not mine & told else None


def _place(claim: Claim, said: Assertion) -> Reason | None:
    if claim.place is None:
        return None
    if fold(said.place) != fold(claim.place.name):
        return Reason.WRONG_PLACE
    return Reason.WRONG_PLACE if said.relation and not claim.place.relation else None


def _extent(claim: Claim, said: Assertion) -> Reason | None:
    more = _HOW_MUCH[claim.extent] > _HOW_MUCH[said.told.frame.extent]
    return Reason.EXAGGERATION if claim.kind is Kind.TERRITORY and more else None


def _count(claim: Claim, said: Assertion) -> Reason | None:
    for count in claim.casualties:
        if not any(_same_count(count, each) for each in said.casualties):
            return Reason.WRONG_NUMBER
        if count.civilian and all(_of_soldiers(each) for each in said.casualties if _same_count(count, each)):
            return Reason.WRONG_ACTOR
    return (
        None
        if all(any(_same_kit(kit, each) for each in said.equipment) for kit in claim.equipment)
        else Reason.WRONG_NUMBER
    )


def _same_count(one: Casualties, other: Casualties) -> bool:
    return (one.kind, one.low, one.best, one.high) == (other.kind, other.low, other.best, other.high)


def _of_soldiers(count: Casualties) -> bool:
    return not count.civilian


def _same_kit(one: Equipment, other: Equipment) -> bool:
    return (one.type, one.state) == (other.type, other.state) and one.number in (None, other.number)


def _modality(claim: Claim, said: Assertion) -> Reason | None:
    return _UNREAL.get(said.told.modality) if claim.modality in REAL else None


def _voice(claim: Claim, said: Assertion) -> Reason | None:
    """A claim told bare, or put in another's mouth."""
    spoken = said.told.attribution
    if spoken.kind is Claimant.OUTLET and not spoken.who:
        return Reason.CLAIM_AS_FACT if claim.attribution.kind is Claimant.PARTY else None
    if claim.attribution.kind is Claimant.OUTLET and not claim.attribution.who:
        return Reason.CLAIM_AS_FACT
    same = claim.attribution.kind is spoken.kind and claim.attribution.canonical == spoken.canonical
    return None if same else Reason.CLAIM_AS_FACT


def _day(claim: Claim, said: Assertion) -> Reason | None:
    mine, told = claim.when.start, said.told.when.start
    return Reason.WRONG_DATE if mine is not None and mine != told else None


FAULTS: tuple[Callable[[Claim, Assertion], Reason | None], ...] = (
    _negated, _direction, _actor, _place, _count, _modality, _extent, _voice, _day,
)  # fmt: skip


def _names(actors: tuple[Actor, ...]) -> set[str]:
    return {fold(actor.canonical) for actor in actors}
