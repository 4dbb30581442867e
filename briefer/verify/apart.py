"""Which assertions of the cited sentences are of another happening than the claim: they contradict nothing.

A claim may rest on several sentences, and one sentence may tell several things. Only what is surely told of the same
happening can prove a claim wrong; where the claim speaks of the rest, that is a doubt at most.
"""

import re
from collections.abc import Iterable

from briefer.reading import numbers
from briefer.reading.assertions import Assertion
from briefer.reading.names import fold
from briefer.types import Actor, Claim
from briefer.verify import cues
from briefer.verify.grounds import Grounds, holds
from briefer.verify.tokens import every_form, flat, is_empty, parts, share_words, words


def is_apart(claim: Claim, said: Assertion, grounds: Grounds) -> bool:
    """Whether this assertion is of another place, speaker, number or verb of the cited sentences than the claim."""
    return any(check(claim, said, grounds) for check in (_elsewhere, _by_another, _of_other_number, _by_another_verb))


def _elsewhere(claim: Claim, said: Assertion, grounds: Grounds) -> bool:
    """Whether the sentence does not name the place of the claim, and names another or leaves it to one beside it."""
    place = claim.place
    if (
        place is None
        or (said.place and is_same_place(said.place, place.name))
        or holds(_own(said, grounds), place.name)
    ):
        return False
    return bool(said.place) or any(holds(text, place.name) for text in _others(said, grounds))


def _by_another(claim: Claim, said: Assertion, grounds: Grounds) -> bool:
    """Whether the speaker of the claim is heard in another of the cited sentences and not in this one."""
    who = claim.attribution.who
    if not who or share_words(who, _own(said, grounds)):
        return False
    return any(share_words(who, text) for text in _others(said, grounds))


def _of_other_number(claim: Claim, said: Assertion, grounds: Grounds) -> bool:
    """Whether a number of the claim is counted in another of the cited sentences."""
    told = [number for text in _others(said, grounds) for number in numbers.find(text)]
    bounds = {(number.low, number.best, number.high) for number in told}
    others = [each for one in grounds.said if one.told.sentence != said.told.sentence for each in one.casualties]
    bounds -= {
        (each.low, each.best, each.high) for each in others if each.kind not in {c.kind for c in claim.casualties}
    }
    return any((count.low, count.best, count.high) in bounds for count in claim.casualties)


def _by_another_verb(claim: Claim, said: Assertion, grounds: Grounds) -> bool:
    """Whether another verb of the sentence tells the claimed change ("took the town after the garrison fled")."""
    frame = said.told.frame
    if claim.change is None or (claim.change is frame.change and not said.place):
        return False
    here = claim.place is None or is_same_place(said.place, claim.place.name)
    if here and (claim.change is frame.change or (claim.place and _shares(claim.actors, frame.actors))):
        return False
    left = {word.lower() for word in parts(_own(said, grounds))} - every_form(frame.lemma)
    return not left.isdisjoint(cues.verbs_of(claim.change))


def _shares(mine: Iterable[Actor], told: Iterable[Actor]) -> bool:
    return not {fold(one.canonical) for one in mine}.isdisjoint(fold(other.canonical) for other in told)


def _own(said: Assertion, grounds: Grounds) -> str:
    return grounds.article.sentence(said.told.sentence)


def _others(said: Assertion, grounds: Grounds) -> Iterable[str]:
    return [grounds.article.sentence(number) for number in grounds.sentences if number != said.told.sentence]


def is_same_place(one: str, other: str) -> bool:
    """One place under one name; "the town of Tal Hamra" is Tal Hamra."""
    if fold(one) == fold(other):
        return True
    proper = [[word for word in words(name) if word[0].isupper() and not is_empty(word)] for name in (one, other)]
    return bool(proper[0]) and flat(" ".join(proper[0])) == flat(" ".join(proper[1]))


def may_be_within(one: str, other: str) -> bool:
    """Whether one name has all words of the other ("Tal Hamra district"): neither contradicts the other."""
    names = [{word for word in flat(name).split() if not is_empty(word)} for name in (one, other)]
    return all(names) and (names[0] <= names[1] or names[1] <= names[0])


def is_named_beside(place: str, said: Assertion) -> bool:
    """Whether the sentence has this place together with the one that the reader found, or has this one only.

    "In the town of Tal Hamra in northern Derat", "crossed the Derat at Tal Hamra", "Tal Hamra and Karsk".
    """
    own = flat(" ".join(said.told.clauses.tokens.words))
    mine, told = (flat(name).strip().removeprefix("the ") for name in (place, said.place))
    if not mine or f" {mine} " not in own:
        return False
    if f" {told} " not in own:
        return True
    return re.search(rf" {re.escape(mine)} in (?:\w+ )?{re.escape(told)} ", own) is not None or any(
        f" {one} {joint} {other} " in own
        for one, other, joint in ((told, mine, "at"), (told, mine, "and"), (mine, told, "and"))
    )
