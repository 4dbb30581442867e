"""Checks of whole frames: is it told that way round, as having happened, and in whose voice?

The claim is held against the frame of its evidence that is most like it. Where there is none of its kind and place,
these checks are silent and the claim stays unclear.
"""

from briefer.reading.article import Told
from briefer.reading.names import fold
from briefer.types import REAL, Actor, Change, Claim, Claimant, Kind, Modality, Reason
from briefer.verify.grounds import Grounds

_GAINS = frozenset(
    {Change.CAPTURED, Change.RECAPTURED, Change.ADVANCED, Change.ENTERED, Change.INFILTRATED, Change.HELD}
)
_LOSSES = frozenset({Change.WITHDREW, Change.LOST, Change.HANDED_OVER})
_UNREAL = {
    Modality.ATTEMPTED: Reason.PLANNED_AS_DONE,
    Modality.PLANNED: Reason.PLANNED_AS_DONE,
    Modality.PREDICTED: Reason.PLANNED_AS_DONE,
    Modality.HYPOTHETICAL: Reason.PLANNED_AS_DONE,
    Modality.DENIED: Reason.DENIED_AS_FACT,
    Modality.HISTORICAL: Reason.BACKGROUND_AS_NEW,
}


def wrong_frame(claim: Claim, grounds: Grounds) -> Reason | None:
    """Swapped sides or a turned direction: what the evidence tells of that place is the other way round."""
    alike = _alike(claim, grounds)
    if not alike or any(_same_way(claim, told) for told in alike):
        return None
    if any(_swapped(claim, told) for told in alike):
        return Reason.WRONG_ACTOR if claim.kind is not Kind.TERRITORY else Reason.WRONG_DIRECTION
    if claim.kind is Kind.TERRITORY and all(_turned(claim, told) for told in alike):
        return Reason.WRONG_DIRECTION
    return None


def wrong_modality(claim: Claim, grounds: Grounds) -> Reason | None:
    """Told as done what the evidence plans, denies or only looks back on."""
    alike = [told for told in _alike(claim, grounds) if _same_way(claim, told)]
    if claim.modality not in REAL or not alike or any(told.modality in REAL for told in alike):
        return None
    return _UNREAL.get(alike[0].modality)


def wrong_attribution(claim: Claim, grounds: Grounds) -> Reason | None:
    """A party's word told as fact, or put in another's mouth."""
    alike = [told for told in _alike(claim, grounds) if _same_way(claim, told)]
    if not alike or any(_same_voice(claim, told) for told in alike):
        return None
    spoken = alike[0].attribution
    return Reason.CLAIM_AS_FACT if spoken.kind is Claimant.PARTY or claim.attribution.who else None


def _alike(claim: Claim, grounds: Grounds) -> list[Told]:
    """The frames of the evidence that are about the same thing: one kind, and one place where both have one."""
    return [told for told in grounds.told if _same_kind(claim, told) and _same_place(claim, told)]


def _same_kind(claim: Claim, told: Told) -> bool:
    violence = (Kind.CLASH, Kind.STRIKE, Kind.SHELLING)
    return told.frame.kind is claim.kind or (told.frame.kind in violence and claim.kind in violence)


def _same_place(claim: Claim, told: Told) -> bool:
    if claim.place is None or told.frame.where is None:
        return True
    return fold(told.frame.where.spot.name) == fold(claim.place.name)


def _same_way(claim: Claim, told: Told) -> bool:
    if claim.kind is Kind.TERRITORY and claim.change is not told.frame.change:
        return False
    return not _swapped(claim, told) and _within(claim.actors, told.frame.actors)


def _swapped(claim: Claim, told: Told) -> bool:
    mine = _names(claim.actors)
    return bool(mine) and not mine & _names(told.frame.actors) and bool(mine & _names(told.frame.opponents))


def _turned(claim: Claim, told: Told) -> bool:
    one, other = claim.change, told.frame.change
    return (one in _GAINS and other in _LOSSES) or (one in _LOSSES and other in _GAINS)


def _same_voice(claim: Claim, told: Told) -> bool:
    if told.attribution.kind is not Claimant.PARTY:
        return True
    return claim.attribution.kind is Claimant.PARTY and claim.attribution.canonical == told.attribution.canonical


def _within(mine: tuple[Actor, ...], told: tuple[Actor, ...]) -> bool:
    return not mine or not told or bool(_names(mine) & _names(told))


def _names(actors: tuple[Actor, ...]) -> set[str]:
    return {fold(actor.canonical) for actor in actors}
