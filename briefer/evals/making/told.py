"""A claim whose sentence a model wrote, after its sentence was edited: the fields say what the sentence now says."""

from dataclasses import replace

from briefer.evals.making.lie import Draft
from briefer.reading.names import fold
from briefer.types import Actor, Attribution, Claim, Modality, Reason

_DONE = (Reason.PLANNED_AS_DONE, Reason.BACKGROUND_AS_NEW, Reason.DENIED_AS_FACT, Reason.REVERSED_STALE)
_BARE = (Reason.CLAIM_AS_FACT, Reason.DENIED_AS_FACT)


def following(claim: Claim, draft: Draft, reason: Reason) -> Claim:
    """The claim with the edited sentence, its names, modality and speaker as that has them."""
    actors, opponents = claim.actors, claim.opponents
    if reason is Reason.WRONG_ACTOR and not draft.new and opponents:
        actors, opponents = opponents, actors
    place = claim.place
    if place is not None and draft.new and fold(place.name) == fold(draft.old):
        place = replace(place, name=draft.new, canonical=draft.new, lat=None, lon=None)
    spoken = claim.attribution
    if draft.new and fold(spoken.who) == fold(draft.old):
        spoken = replace(spoken, who=draft.new, canonical="")
    return replace(
        claim,
        text=draft.text,
        actors=_renamed(actors, draft),
        opponents=_renamed(opponents, draft),
        place=place,
        attribution=Attribution() if reason in _BARE else spoken,
        modality=Modality.OCCURRED if reason in _DONE else claim.modality,
    )


def _renamed(actors: tuple[Actor, ...], draft: Draft) -> tuple[Actor, ...]:
    return tuple(
        Actor(draft.new, draft.new) if draft.new and fold(actor.name) == fold(draft.old) else actor for actor in actors
    )
