"""A told claim under the names of the run, with what grouping asks of it: spot, side that gains, attacker, victims.

In: told claims and the resolved actors, places and sides. Out: one `Fact` a claim.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from briefer.merge import keys
from briefer.merge.actors import Actors, renamed
from briefer.merge.places import Places
from briefer.merge.sides import Sides
from briefer.merge.told import Told
from briefer.reading.names import fold
from briefer.types import REAL, Change, Claim, Claimant, Extent, Kind, Modality

_AT_IT = frozenset({"", "in", "at", "inside", "within", "of", "into", "to"})


class Sort(StrEnum):
    """The sorts of change of control that are never one event with each other."""

    TAKE = "take"
    PUSH = "push"
    ENTER = "enter"
    SIEGE = "siege"
    CONTEST = "contest"
    HOLD = "hold"
    ASSAULT = "assault"
    NONE = "none"


SORTS = {
    Change.CAPTURED: Sort.TAKE,
    Change.RECAPTURED: Sort.TAKE,
    Change.LOST: Sort.TAKE,
    Change.WITHDREW: Sort.TAKE,
    Change.HANDED_OVER: Sort.TAKE,
    Change.ADVANCED: Sort.PUSH,
    Change.ENTERED: Sort.ENTER,
    Change.INFILTRATED: Sort.ENTER,
    Change.BESIEGED: Sort.SIEGE,
    Change.CONTESTED: Sort.CONTEST,
    Change.HELD: Sort.HOLD,
    Change.REPELLED: Sort.ASSAULT,
}
GIVEN_UP = frozenset({Change.LOST, Change.WITHDREW, Change.HANDED_OVER})
"""Changes told from the view of the side that loses."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One claim, resolved. Sides are keys of `Sides`; names are the run's; "" stands for "not told" throughout.

    `party` is the party to the fighting whose word it is, by quotation or as the outlet's own; `voice` tells one word
    from another ("party:…", "monitor:…", "outlet:…"); `said_by` is the name to show for it.
    """

    told: Told
    claim: Claim
    spot_key: str
    relation: str
    sort: Sort
    piece: bool
    gainer: str
    actor: str
    opponent: str
    attacker: str
    victims: str
    victim_side: str
    war: str
    all_parties: tuple[str, ...]
    front_key: str
    party: str
    voice: str
    said_by: str

    @property
    def nowhere(self) -> str:
        """The article, for a claim that names neither a place nor anyone: it is like no other article's."""
        return "" if self.spot_key or self.actor or self.opponent else self.claim.article


def resolve(told: Sequence[Told], actors: Actors, places: Places, sides: Sides) -> list[Fact]:
    """Each claim with its resolved names, in the order given."""
    return [_fact(item, actors, places, sides) for item in told]


def _fact(item: Told, actors: Actors, places: Places, sides: Sides) -> Fact:
    party = _party(item, actors)
    claim = _under_names(item.claim, actors, places, party)
    ours = [actor.canonical for actor in claim.actors]
    theirs = [actor.canonical for actor in claim.opponents]
    ours_side, theirs_side = sides.key(ours), sides.key(theirs)
    place = claim.place
    relation = keys.relation(place.relation) if place else ""
    victims = next((count.victims for count in claim.casualties if count.victims), "")
    return Fact(
        told=item,
        claim=claim,
        spot_key=places.spot(claim.article, item.claim.place).key if item.claim.place else "",
        relation="" if relation in _AT_IT else relation,
        sort=_sort(claim),
        piece=claim.extent in (Extent.PART, Extent.OUTSKIRTS) and not keys.content(claim.object),
        gainer=_gainer(claim, ours_side, theirs_side, sides),
        actor=ours[0] if ours else "",
        opponent=theirs[0] if theirs else "",
        attacker=ours_side,
        victims=fold(victims),
        victim_side=_victim_side(claim, theirs_side, victims),
        war=_war(ours_side or theirs_side, ours + theirs),
        all_parties=tuple(sorted({*ours, *theirs})),
        front_key=fold(claim.front),
        party=party,
        voice=_voice(item, party),
        said_by=_said_by(item, actors),
    )


def _party(item: Told, actors: Actors) -> str:
    """The party whose word it is: the one that the article quotes, or the one of this run whose outlet it is."""
    speaker = item.speaker or item.aligned
    named = actors.name(speaker)
    if named in actors.known:
        return named
    country = len(speaker) == 2 and speaker.isupper()
    return actors.of_state(speaker) if country or not item.speaker else named


def _said_by(item: Told, actors: Actors) -> str:
    """The name to show: the speaking actor's, else the words of the article, else the outlet's."""
    named = actors.name(item.speaker)
    return " ".join((named if named in actors.known else item.said_by).split()) or "an unnamed outlet"


def _voice(item: Told, party: str) -> str:
    if party:
        return f"party:{party}"
    said = item.claim.attribution
    if said.kind in (Claimant.MONITOR, Claimant.OFFICIAL) and said.who:
        return f"{said.kind}:{fold(said.who)}"
    return f"{said.kind}:{item.source}"


def _under_names(claim: Claim, actors: Actors, places: Places, party: str) -> Claim:
    said = claim.attribution
    return replace(
        claim,
        actors=renamed(claim.actors, actors),
        opponents=renamed(claim.opponents, actors),
        place=places.renamed(claim.article, claim.place) if claim.place else None,
        attribution=replace(said, canonical=party or said.canonical) if said.canonical else said,
    )


def _sort(claim: Claim) -> Sort:
    if claim.kind is not Kind.TERRITORY or claim.change is None:
        return Sort.NONE
    sort = SORTS[claim.change]
    tried = claim.modality is Modality.ATTEMPTED and sort in (Sort.TAKE, Sort.PUSH, Sort.ENTER)
    return Sort.ASSAULT if tried and claim.change not in GIVEN_UP else sort


def _gainer(claim: Claim, ours: str, theirs: str, sides: Sides) -> str:
    """The side that gains, or would have: of a repelled assault the attacker, of a loss the other side."""
    if claim.change in GIVEN_UP or (claim.change is Change.REPELLED and claim.modality in REAL):
        return theirs or sides.other(ours)
    return ours or sides.other(theirs)


def _victim_side(claim: Claim, theirs: str, victims: str) -> str:
    if any(count.civilian for count in claim.casualties):
        return "civilians"
    return theirs or fold(victims)


def _war(side: str, names: Sequence[str]) -> str:
    """Which fight a clash is part of: both sides of one war give one key."""
    return side.rsplit("~", 1)[0] if side.startswith("~") else "&".join(sorted(set(names)))
