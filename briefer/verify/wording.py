"""Checks of the sentence of a claim: are its names and its words those of the evidence?"""

from briefer.reading import lexicon
from briefer.reading.comments import is_comment
from briefer.reading.names import initials
from briefer.reading.orders import orders
from briefer.types import Claim, Kind, Modality, Reason
from briefer.verify import cues
from briefer.verify.cues import CODED
from briefer.verify.grounds import Grounds
from briefer.verify.tokens import carrying, is_empty, parts, stem, words

ENGLISH = ("", "en")
WHOLE = 0.8
"""The share of the words of a claim that its evidence must hold for it to be supported; below it a judge may say."""
ENOUGH = 0.6
"""Below this share a claim is about something else; measured on claims of careful readers (true) and on noise."""
_NEUTRAL = frozenset(
    stem(word)
    for word in """involving unnamed forces reports report said reported according claimed took place there fighting
    against something amid area side sides people several being made make take held number parts part control town
    city village place force carried air""".split()
)
"""Words that a claim may add, for they say nothing that its other words and fields do not."""


_TELLING = 4
"""Words that a sentence must have to be known for the evidence's own."""
_LONGEST = 14
"""Words that a thing or those who are counted are named with; more are a sentence."""


def injected(claim: Claim, grounds: Grounds) -> Reason | None:
    """A sentence that orders the machine about is no source for what it orders, nor is what a reader writes below."""
    if orders(grounds.text):
        return Reason.INJECTED
    readers = all(is_comment(grounds.article, number) for number in grounds.sentences)
    return Reason.INJECTED if readers else None


def empty(claim: Claim, grounds: Grounds) -> Reason | None:
    """A claim that lacks what claims of its kind assert says nothing that could be checked."""
    return None if _asserts(claim) else Reason.FABRICATED


def _asserts(claim: Claim) -> bool:
    named = bool(claim.actors or claim.opponents or claim.place)
    match claim.kind:
        case Kind.TERRITORY:
            return claim.change is not None and named
        case Kind.CASUALTIES:
            return bool(claim.casualties)
        case Kind.EQUIPMENT:
            return bool(claim.equipment)
        case Kind.CLASH:
            return bool(claim.place or (claim.actors and claim.opponents))
        case Kind.STRIKE | Kind.SHELLING:
            return bool(claim.place or claim.opponents or claim.object)
        case Kind.PRISONERS:
            return named or bool(claim.casualties or claim.object)
        case _:
            return len([word for word in carrying(claim.text) if not cues.reports(frozenset([word]))]) > 2


def invented_name(claim: Claim, grounds: Grounds) -> Reason | None:
    """A name in the sentence that neither the evidence nor a field of the claim holds."""
    if not _is_read(claim, grounds):
        return None
    known = {part.lower() for word in words(grounds.around) for part in (word, *word.split("-"))}
    known |= {word.lower() for word in _field_words(claim)}
    stems = {stem(word) for word in known}
    for number, word in enumerate(words(claim.text)):
        name = word.removesuffix("'s").removesuffix("’s")
        first = number == 0 and name.lower() in lexicon.words()
        if (
            name[0].isupper()
            and not first
            and not is_empty(name)
            and name.lower() not in known
            and stem(name) not in stems
        ):
            return Reason.FABRICATED
    return None


def untold_actor(claim: Claim, grounds: Grounds) -> Reason | None:
    """A sentence that a model wrote and that names none of those who are said to do it."""
    if _is_coded(claim.kind) or not claim.actors or not _is_read(claim, grounds):
        return None
    mine = {stem(word) for word in parts(claim.text)}
    named = {stem(word) for actor in claim.actors for word in parts(f"{actor.name} {actor.canonical}")}
    return Reason.WRONG_ACTOR if mine.isdisjoint(named) and not is_short_for(claim) else None


def is_short_for(claim: Claim) -> bool:
    """Whether the sentence has an actor by its initials ("ODL")."""
    mine = set(words(claim.text))
    return any(initials(actor.canonical) in mine or actor.name in mine for actor in claim.actors)


def unsaid(claim: Claim, grounds: Grounds) -> Reason | None:
    """A sentence most of whose words the evidence does not hold."""
    return Reason.FABRICATED if _is_read(claim, grounds) and carried_share(claim, grounds) < ENOUGH else None


def turned_to_no(claim: Claim, grounds: Grounds) -> Reason | None:
    """A sentence that negates what the evidence nowhere does."""
    mine = frozenset(word.lower() for word in words(claim.text))
    negated = cues.negates(mine) and claim.modality is not Modality.DENIED
    return Reason.NEGATION if negated and not cues.negates(grounds.lower) else None


def is_whole(claim: Claim, grounds: Grounds) -> bool:
    """Whether the evidence holds the sentence, word by word and nearly whole."""
    return _is_read(claim, grounds) and carried_share(claim, grounds) >= WHOLE


def _is_read(claim: Claim, grounds: Grounds) -> bool:
    """Whether the sentence is in the reader's language: code writes English, a model the language of the briefing."""
    return _is_coded(claim.kind) or grounds.language in ENGLISH


def carried_share(claim: Claim, grounds: Grounds) -> float:
    """How much of the sentence stands in the evidence: by stem, as a name of a field, or as a word of its event."""
    telling = carrying(claim.text)
    if not telling:
        return 0.0
    fields = {stem(word) for word in _field_words(claim)}
    event = cues.of_claim(claim) if _is_coded(claim.kind) else frozenset()
    there = grounds.stems | fields | _NEUTRAL
    return sum(_is_there(word, there, event) for word in telling) / len(telling)


def _is_there(word: str, there: frozenset[str], event: frozenset[str]) -> bool:
    return word in event or all(stem(part) in there for part in word.split("-"))


def untold(claim: Claim, grounds: Grounds) -> Reason | None:
    """An event of which the evidence has no word; what is told in the evidence's own words needs none of a list."""
    return None if _is_quoted(claim, grounds) else cues.untold(claim, grounds)


def no_such_mode(claim: Claim, grounds: Grounds) -> Reason | None:
    """A plan or a denial of which the evidence has no word; one told in the evidence's own words needs none."""
    told = claim.modality is not Modality.DENIED and _is_quoted(claim, grounds)
    return None if told else cues.no_such_mode(claim, grounds)


def _is_quoted(claim: Claim, grounds: Grounds) -> bool:
    """Whether a sentence that a model wrote is nearly the evidence's own, and long enough to be no chance."""
    if claim.kind is Kind.POLITICAL and carried_share(claim, grounds) == 1.0:
        return True
    own = not _is_coded(claim.kind) and len(carrying(claim.text)) >= _TELLING
    return own and is_whole(claim, grounds)


def _is_coded(kind: Kind) -> bool:
    """Whether the fields say all that a claim of this kind does, in words of a known event."""
    return kind in CODED


def _field_words(claim: Claim) -> set[str]:
    """The words of the names in the fields: other checks hold them to the evidence."""
    names = [claim.attribution.who, claim.attribution.canonical]
    names += [name for actor in (*claim.actors, *claim.opponents) for name in (actor.name, actor.canonical)]
    if claim.place is not None:
        names += [claim.place.name, claim.place.canonical]
    found = {word for name in names for word in words(name)}
    return found | {part for word in found for part in word.split("-")}


def unsaid_field(claim: Claim, grounds: Grounds) -> Reason | None:
    """The people that a count is of, and the thing that it was done to, in words of the evidence."""
    said = [count.victims for count in claim.casualties] + [claim.object]
    if any(len(words(text)) > _LONGEST for text in said):
        return Reason.FABRICATED
    telling = [word for text in said for word in carrying(text)]
    fields = {stem(word) for word in _field_words(claim)}
    there = grounds.stems | fields | _NEUTRAL
    event = cues.of_claim(claim)
    carried = sum(_is_there(word, there, event) for word in telling)
    return None if carried >= ENOUGH * len(telling) else Reason.FABRICATED
