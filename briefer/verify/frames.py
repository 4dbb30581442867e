"""Checks of whole assertions: who did what to whom, where, how much, when, in whose voice, and did it happen?

The claim is held against what its evidence asserts. A fault is what the evidence says otherwise; a doubt is what it
does not say where the reader looks for it. A claim is carried only where one assertion has neither; where each of its
kind has faults, the nearest one tells what is wrong. Where the evidence asserts nothing of the kind, or leaves only
doubts, the claim stays unclear.
"""

from collections.abc import Callable, Iterable

from briefer.reading import lexicon
from briefer.reading.assertions import Assertion
from briefer.reading.names import fold, initials
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
from briefer.verify import cues
from briefer.verify.apart import is_apart, is_named_beside, is_same_place, may_be_within
from briefer.verify.cues import CODED
from briefer.verify.grounds import Grounds
from briefer.verify.tokens import flat, is_empty, parts, share_words, stem, words

Fault = Callable[[Claim, Assertion], Reason | None]
Doubt = Callable[[Claim, Assertion], bool]

_GAINS = frozenset({Change.CAPTURED, Change.RECAPTURED, Change.ADVANCED, Change.ENTERED, Change.INFILTRATED})
_LOSSES = frozenset({Change.WITHDREW, Change.LOST, Change.HANDED_OVER})
_HOW_FAR = {
    Change.BESIEGED: 1, Change.CONTESTED: 1, Change.ADVANCED: 2, Change.INFILTRATED: 2, Change.ENTERED: 3,
    Change.HELD: 4, Change.CAPTURED: 4, Change.RECAPTURED: 4,
}  # fmt: skip
"""How much a change claims of a place: to tell a lesser one as a greater is exaggeration."""
_LASTING = (Change.HELD, Change.BESIEGED, Change.CONTESTED)
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


def _part(claim: Claim, said: Assertion) -> bool:
    same_place = claim.place is not None and is_same_place(said.place, claim.place.name)
    return same_place or any(_is_same(one, other) for one in claim.actors for other in said.told.frame.actors)


_FUSED = (Reason.WRONG_PLACE, Reason.WRONG_ACTOR)


def _is_alike(claim: Claim, said: Assertion, grounds: Grounds) -> bool:
    if (
        claim.change is not None
        and claim.change is not said.told.frame.change
        and _is_told_beside(claim, said, grounds)
    ):
        return False
    if said.kind is claim.kind or (said.kind in _FIGHTING and claim.kind in _FIGHTING):
        return True
    # "Attacked the village and took it": where the reader missed the second verb, the first contradicts nothing.
    missed = claim.change is not None and cues.tells_change(claim.change, grounds)
    return claim.kind is Kind.TERRITORY and said.kind in _FIGHTING and bool(said.place) and not missed


def _is_told_beside(claim: Claim, said: Assertion, grounds: Grounds) -> bool:
    """Whether another cited sentence has a word of the claimed change: this one is there to name who or where."""
    others = [grounds.article.sentence(number) for number in grounds.sentences if number != said.told.sentence]
    return claim.change is not None and cues.tells(claim.change, " ".join(others))


# ── single faults, the gravest first ──


def _negated(claim: Claim, said: Assertion) -> Reason | None:
    return Reason.NEGATION if said.told.negated and claim.modality in REAL else None


def _direction(claim: Claim, said: Assertion) -> Reason | None:
    frame = said.told.frame
    swapped = _is_swapped(claim, said)
    if claim.kind is not Kind.TERRITORY:
        return Reason.WRONG_ACTOR if swapped else None
    if claim.change is frame.change:
        return Reason.WRONG_DIRECTION if swapped else None
    if claim.change is Change.RECAPTURED and frame.change is Change.HELD and _is_again(said):
        return None
    turned = (claim.change in _GAINS and frame.change in _LOSSES) or (
        claim.change in _LOSSES and frame.change in _GAINS
    )
    if turned and _is_mirrored(claim, said):
        return None
    if turned or Change.REPELLED in (claim.change, frame.change):
        return Reason.WRONG_DIRECTION
    return _exaggerated(claim.change, frame.change)


def _is_again(said: Assertion) -> bool:
    """ "Were again in control": who holds it again has retaken it, if it was lost."""
    return not {"again", "back"}.isdisjoint(said.told.clauses.tokens.lower)


def _is_swapped(claim: Claim, said: Assertion) -> bool:
    """Whether those who are said to do it have it done to them, and none of them does it."""
    done, suffered = said.told.frame.actors, said.told.frame.opponents
    if claim.actors and not _share(claim.actors, done) and _share(claim.actors, suffered):
        return True
    return bool(claim.opponents) and not _share(claim.opponents, suffered) and _share(claim.opponents, done)


def _is_mirrored(claim: Claim, said: Assertion) -> bool:
    """ "The rebels took it from the army" and "the army lost it to the rebels" are one."""
    frame = said.told.frame
    given = _share(claim.actors, frame.opponents) and not _share(claim.actors, frame.actors)
    taken = not claim.opponents or not frame.actors or _share(claim.opponents, frame.actors)
    return given and taken and Change.LOST in (claim.change, frame.change)


def _exaggerated(claimed: Change | None, told: Change | None) -> Reason | None:
    if {claimed, told} == {Change.CAPTURED, Change.RECAPTURED}:
        return Reason.WRONG_DIRECTION
    if claimed not in _HOW_FAR or told not in _HOW_FAR:
        return Reason.EXAGGERATION if told is None or claimed in _HOW_FAR else Reason.WRONG_DIRECTION
    return Reason.EXAGGERATION if _HOW_FAR[claimed] > _HOW_FAR[told] else None  # less than is told: a doubt


def _actor(claim: Claim, said: Assertion) -> Reason | None:
    if _is_mirrored(claim, said) and claim.change is not said.told.frame.change:
        return None
    done, suffered = said.told.frame.actors, said.told.frame.opponents
    if claim.actors and done and not _share(claim.actors, done) and not _is_told_closer(claim, said):
        return Reason.WRONG_ACTOR
    both = claim.opponents and suffered
    return Reason.WRONG_ACTOR if both and not _share(claim.opponents, suffered) else None


def _is_told_closer(claim: Claim, said: Assertion) -> bool:
    """Whether the claim names whom the sentence calls by a noun only ("rebel groups"), and not the other side."""
    done, suffered = said.told.frame.actors, said.told.frame.opponents
    plain = all(lexicon.fold(one.name) in lexicon.generic_actors() or not _proper(one) for one in done)
    return plain and all(_proper(one) for one in claim.actors) and not _share(claim.actors, suffered)


def _place(claim: Claim, said: Assertion) -> Reason | None:
    if claim.place is None or not said.place:
        return None
    if not is_same_place(said.place, claim.place.name):
        # "The town's market": the thing that was hit stands in the claim beside the town.
        beside = claim.object and share_words(said.place, claim.object)
        named = is_named_beside(claim.place.name, said)
        return None if beside or named or may_be_within(said.place, claim.place.name) else Reason.WRONG_PLACE
    # "A market in the north of the town" may be told as the market, at the town: the thing itself is named.
    beside = said.relation and not claim.place.relation and not claim.object
    return Reason.WRONG_PLACE if beside and claim.kind is Kind.TERRITORY else None


def _extent(claim: Claim, said: Assertion) -> Reason | None:
    told = said.told.frame.extent
    more = _HOW_MUCH[claim.extent] > _HOW_MUCH[told] and told is not Extent.UNSPECIFIED
    return Reason.EXAGGERATION if claim.kind is Kind.TERRITORY and more else None


def _count(claim: Claim, said: Assertion) -> Reason | None:
    for count in claim.casualties:
        of_kind = [each for each in said.casualties if each.kind is count.kind]
        if any(_same_number(count, each) for each in said.casualties if each.kind is not count.kind):
            return Reason.WRONG_NUMBER
        if count.civilian and of_kind and all(not each.civilian for each in of_kind if _same_count(count, each)):
            return Reason.WRONG_ACTOR
    wrong = any(_is_counted_otherwise(mine, said.equipment) for mine in claim.equipment)
    return Reason.WRONG_NUMBER if wrong else None


def _is_counted_otherwise(mine: Equipment, told: Iterable[Equipment]) -> bool:
    """Whether the same weapon or vehicle is told, never in this number and state."""
    alike = [each for each in told if each.type == mine.type]
    return bool(alike) and not any(_same_kit(mine, each) for each in alike)


def _same_count(one: Casualties, other: Casualties) -> bool:
    return one.kind is other.kind and _same_number(one, other)


def _same_number(one: Casualties, other: Casualties) -> bool:
    return (one.low, one.best, one.high) == (other.low, other.best, other.high)


def _same_kit(one: Equipment, other: Equipment) -> bool:
    return (one.type, one.state) == (other.type, other.state) and one.number in (None, other.number)


def _modality(claim: Claim, said: Assertion) -> Reason | None:
    if claim.modality is Modality.DENIED and said.told.modality in REAL and not said.told.negated:
        return Reason.NEGATION
    if said.told.modality is Modality.HISTORICAL and _may_be_news(claim, said):
        return None
    if said.told.modality is Modality.HYPOTHETICAL and claim.kind not in CODED:
        return None  # "Were being asked to leave": the sentence of the claim says itself how sure it is
    if said.told.modality is Modality.DENIED and claim.attribution.who and not _is_heard(claim, said):
        return None  # "He denied a report by others": others did report it
    return _UNREAL.get(said.told.modality) if claim.modality in REAL else None


def _is_heard(claim: Claim, said: Assertion) -> bool:
    """Whether the speaker of the claim is the one that the sentence is told after."""
    return share_words(claim.attribution.who, said.told.attribution.who)


def _may_be_news(claim: Claim, said: Assertion) -> bool:
    """Whether what the reader takes for background has no date that makes it so, or lasts: "has held it since 2029"."""
    told = said.told.clauses.tokens.lower
    if (claim.change in _LASTING and "since" in told) or (claim.kind not in CODED and "still" in told):
        return True
    return claim.kind is not Kind.CASUALTIES and said.told.when.start is None and not said.told.when.as_written


def _voice(claim: Claim, said: Assertion) -> Reason | None:
    """A claim told bare, or put in another's mouth."""
    spoken, mine = said.told.attribution, claim.attribution
    if claim.modality is said.told.modality is Modality.HISTORICAL and claim.change in _LASTING and not mine.who:
        return None  # "retook the town, which the rebels had held since April, officials said"
    if spoken.kind is Claimant.OUTLET and not spoken.who:
        bare = mine.kind is Claimant.PARTY and not mine.who and not _somebody_says(said)
        return Reason.CLAIM_AS_FACT if bare else None  # who names a speaker that is heard nearby is the more careful
    if not _speaks_here(said):
        return None
    if mine.kind is Claimant.OUTLET and not mine.who:
        return Reason.CLAIM_AS_FACT
    named_alike = bool(mine.who and spoken.who) and share_words(mine.who, spoken.who)
    same = mine.kind is spoken.kind and fold(mine.canonical) == fold(spoken.canonical)
    return None if same or named_alike or not spoken.who else Reason.CLAIM_AS_FACT


def _speaks_here(said: Assertion) -> bool:
    """Whether the sentence itself names the speaker; one that was carried over from before may have ended."""
    who = said.told.attribution.who
    return not who or share_words(who, " ".join(said.told.clauses.tokens.words))


def _somebody_says(said: Assertion) -> bool:
    """Whether words of saying stand in the sentence, though the reader found nobody who says this."""
    return cues.reports(frozenset(said.told.clauses.tokens.lower))


def _day(claim: Claim, said: Assertion) -> Reason | None:
    mine, told = claim.when.start, said.told.when.start
    if told is not None and f" {told.year} " in flat(claim.attribution.who):
        return None  # "according to the inquiry of 2028": the year is the speaker's
    return Reason.WRONG_DATE if mine is not None and told is not None and mine != told else None


FAULTS: tuple[Fault, ...] = (
    _negated, _direction, _actor, _place, _count, _modality, _extent, _voice, _day,
)  # fmt: skip


# ── single doubts ──


def _is_other_kind(claim: Claim, said: Assertion) -> bool:
    return claim.kind is not said.kind or claim.change is not said.told.frame.change


def _lacks_actor(claim: Claim, said: Assertion) -> bool:
    done, suffered = said.told.frame.actors, said.told.frame.opponents
    if not _all_in(claim.actors, (*done, *suffered)) or (claim.actors and not _share(claim.actors, done)):
        return True
    return not _all_in(claim.opponents, suffered)


def _lacks_place(claim: Claim, said: Assertion) -> bool:
    if claim.place is None:
        return False
    same = stem(claim.place.relation or "-") == stem(said.relation or "-") or share_words(
        claim.place.relation, said.relation
    )
    return not said.place or not same or not is_same_place(said.place, claim.place.name)


def _is_other_mode(claim: Claim, said: Assertion) -> bool:
    """Whether it is told as done in another way; what is told as history may also be told as done."""
    mine, told = claim.modality, said.told.modality
    return mine is not told and not (mine in (*REAL, Modality.HISTORICAL) and told in REAL)


def _is_in_another_voice(claim: Claim, said: Assertion) -> bool:
    spoken, mine = said.told.attribution, claim.attribution
    if mine.who and not spoken.who:
        return True
    return (mine.kind is Claimant.OUTLET) is not (spoken.kind is Claimant.OUTLET)


def _is_undated(claim: Claim, said: Assertion) -> bool:
    return claim.when.start is not None and said.told.when.start is None


def _is_of_all(claim: Claim, said: Assertion) -> bool:
    return claim.extent is Extent.FULL and said.told.frame.extent is not Extent.FULL


def _lacks_count(claim: Claim, said: Assertion) -> bool:
    return not all(any(_same_kit(mine, each) for each in said.equipment) for mine in claim.equipment)


DOUBTS: tuple[Doubt, ...] = (
    _is_other_kind, _lacks_actor, _lacks_place, _is_other_mode, _is_in_another_voice, _is_undated, _is_of_all,
    _lacks_count,
)  # fmt: skip


def _same_counts(claim: Claim, grounds: Grounds) -> bool:
    """Whether every count of the claim, with those it is of, is one that some assertion of the evidence counts."""
    told = [each for said in grounds.said for each in said.casualties]
    return all(
        any(_same_count(count, each) and _same_victims(count, each) for each in told) for count in claim.casualties
    )


def _same_victims(one: Casualties, other: Casualties) -> bool:
    return not one.victims or share_words(one.victims, other.victims) or flat(one.victims) == flat(other.victims)


# ── all of them together ──


def is_carried(
    claim: Claim, grounds: Grounds, faults: tuple[Fault, ...] = FAULTS, doubts: tuple[Doubt, ...] = DOUBTS
) -> bool:
    """Whether one assertion of the evidence carries the whole claim."""
    return any(
        all(fault(claim, said) is None for fault in faults)
        and not any(doubt(claim, said) for doubt in doubts)
        and _same_counts(claim, grounds)
        for said in grounds.said
    )


def nearest_fault(claim: Claim, grounds: Grounds, faults: tuple[Fault, ...] = FAULTS) -> Reason | None:
    """What is wrong with the claim, by the assertion with the fewest faults against it; None where one has none."""
    alike = [said for said in grounds.said if _is_alike(claim, said, grounds) and not is_apart(claim, said, grounds)]
    found = [[reason for fault in faults if (reason := fault(claim, said)) is not None] for said in alike]
    if not found or not all(found) or any(_is_told_apart(claim, said, grounds, faults) for said in grounds.said):
        return None
    least = min(found, key=len)
    # Two assertions of one sentence that each carry half of the claim: the claim has fused them.
    half = [said for said in alike if _part(claim, said)]
    return Reason.CONFLATION if len(half) > 1 and least[0] in _FUSED else least[0]


def _is_told_apart(claim: Claim, said: Assertion, grounds: Grounds, faults: tuple[Fault, ...]) -> bool:
    """Whether a sentence beside the one that names the place tells it without a fault, of these actors and speaker."""
    if not _is_alike(claim, said, grounds) or not is_apart(claim, said, grounds):
        return False
    same = _share(claim.actors, said.told.frame.actors) and _is_heard(claim, said)
    return same and all(fault(claim, said) is None for fault in faults)


# ── names ──


def _is_same(one: Actor, other: Actor) -> bool:
    """One actor: under its full name, or as the text names it."""
    keys = {fold(name).removeprefix("the ") for name in (one.name, one.canonical)}
    if not keys.isdisjoint(fold(name).removeprefix("the ") for name in (other.name, other.canonical)):
        return True
    if any(initials(a.canonical) in words(b.name) for a, b in ((one, other), (other, one)) if " " in a.canonical):
        return True  # "DUF fighters of the Falcons"
    mine, told = _proper(one), _proper(other)
    return bool(mine and told) and (mine <= told or told <= mine)


def _proper(actor: Actor) -> set[str]:
    """The parts of the name as written that are somebody's own ("9th Brigade" of "the army's 9th Brigade")."""
    return {stem(word) for word in parts(actor.name) if (word[0].isupper() or word[0].isdigit()) and not is_empty(word)}


def _share(mine: Iterable[Actor], told: Iterable[Actor]) -> bool:
    others = tuple(told)
    return any(_is_same(one, other) for one in mine for other in others)


def _all_in(mine: Iterable[Actor], told: Iterable[Actor]) -> bool:
    others = tuple(told)
    return all(_share((one,), others) for one in mine)
