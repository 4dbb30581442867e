"""Checks of the names in the fields of a claim: real ones, that stand in the evidence, and mean what they are said to.

A name is real if the article writes it as a name, or if it is a noun for such a thing ("rebels", "the bridge").
"""

import re
from functools import cache
from itertools import pairwise

from briefer.reading import countries as world
from briefer.reading import lexicon, outlets
from briefer.reading.heads import heads, is_a
from briefer.reading.names import SAME, fold, initials, same_spelling
from briefer.reading.scene import NameSort
from briefer.types import Actor, Change, Claim, Claimant, Kind, Modality, Place, Reason
from briefer.verify.grounds import Grounds, holds
from briefer.verify.statements.lines import line
from briefer.verify.statements.signs_of_voices import is_told_by_a_side
from briefer.verify.tokens import is_empty, parts, stem, words

_ACTORS = ("combatant", "people", "organisation", "person", "displaced", "rebellious", "civil", "lone_fighter")
_PLACES = ("place", "vague", "area_words", "strong_place", "wide_place", "extent_outskirts")
_GENERAL = frozenset(
    stem(word)
    for word in """army armed forces force rebels rebel government regime opposition fighters fighter militants militia
    military troops soldiers police security coalition allied group state civilians residents people republic national
    defence defense front movement party leader leadership authorities ministry council side units unit gunmen command
    officials loyal separatists insurgents brigade division corps region province city town village district""".split()
)
"""Words of a full name that an article may leave out."""


_ALIKE = (
    frozenset("near around outside in area vicinity close beside by next nearby outskirts approaches".split()) - {"in"},
    frozenset("toward towards direction approach approached heading headed road route to".split()),
    frozenset("across cross crossed crossing over beyond".split()),
    frozenset("between from".split()),
    frozenset("inside within into centre center heart".split()),
)
"""Words between a name and a spot that stand for each other."""
_BEARINGS = frozenset("north south east west north-west north-east south-west south-east".split())
_DOERS = frozenset(
    "revolution aviation aircraft brothers envoy enemy garrison vehicles command convoy formations republic".split()
)
"""Nouns for those who fight or deal that stand for a side."""
_BEHIND_HEAD = frozenset("of from in on aboard loyal with who".split())
"""Words behind the noun that says who they are ("gunmen on motorcycles")."""
_PRONOUNS = frozenset("they them it he she his her their its who we us our".split())


def wrong_actor(claim: Claim, grounds: Grounds) -> Reason | None:
    """Each actor must be named in the evidence, or shortly before it where a word of it may stand for the actor."""
    pairs = [(one, other) for one in claim.actors for other in claim.opponents]
    if any(fold(one.name) == fold(other.name) for one, other in pairs):
        return Reason.WRONG_ACTOR
    told = all(_is_told(actor, grounds) and _may_mean(actor, grounds) for actor in (*claim.actors, *claim.opponents))
    return None if told else Reason.WRONG_ACTOR


def wrong_place(claim: Claim, grounds: Grounds) -> Reason | None:
    """The place must be named in the evidence, or shortly before it where the evidence only describes it."""
    place = claim.place
    if place is None or any(place.name == said.place and place.relation == said.relation for said in grounds.said):
        return None
    if not _is_place(place.name, grounds) or not grounds.has_place(place.name):
        return Reason.WRONG_PLACE
    both = {fold(actor.name).removeprefix("the ") for actor in (*claim.actors, *claim.opponents)}
    if fold(place.name).removeprefix("the ") in both and not _stands_for_state(place.name):
        return Reason.WRONG_PLACE
    return None if _is_related(claim, place.relation, grounds) and _may_be(place, grounds) else Reason.WRONG_PLACE


def _is_related(claim: Claim, relation: str, grounds: Grounds) -> bool:
    """What stands between the name and the spot must stand in the evidence; who advances goes toward something."""
    telling = [word.lower() for word in words(relation) if word.lower() not in ("of", "the", "a", "an")]
    toward = claim.change is Change.ADVANCED and telling == ["toward"]
    return toward or all(_is_word_said(word, grounds) for word in telling)


def _is_word_said(word: str, grounds: Grounds) -> bool:
    """Whether a word between a name and the spot stands in the evidence, or another for it."""
    alike = next((group for group in _ALIKE if word in group), frozenset())
    return word in grounds.lower or stem(word) in grounds.stems or not alike.isdisjoint(grounds.lower)


def wrong_speaker(claim: Claim, grounds: Grounds) -> Reason | None:
    """Who is said to say it must be named in the evidence, or shortly before where somebody goes on speaking."""
    who = claim.attribution.who
    telling = [word for word in words(who) if not is_empty(word)]
    heard = {word for said in grounds.said for word in words(said.told.attribution.who)}
    if not who or (telling and heard.issuperset(telling)):
        return None
    if not telling and grounds.has(who):
        return None  # "the four"
    if grounds.scene.sorts.get(fold(who)) is NameSort.PLACE and not _stands_for_state(who):
        return Reason.CLAIM_AS_FACT
    there = {word.lower() for word in words(grounds.around)}
    known = [word for word in telling if word.lower() in there or stem(word) in grounds.stems]
    names = [word for word in telling if word[0].isupper()]
    wrong = not known or 2 * len(known) < len(telling) or not set(names) <= {*known, *words(grounds.article.outlet)}
    return Reason.CLAIM_AS_FACT if wrong and not holds(grounds.article.outlet, who) else None


def told_bare(claim: Claim, grounds: Grounds) -> Reason | None:
    """What each cited sentence tells as somebody's word is not told as the outlet's own."""
    if claim.attribution.who or claim.attribution.kind is not Claimant.OUTLET or claim.modality in _NOBODYS:
        return None
    if claim.change is Change.HELD and _HELD.search(grounds.text):
        return None
    cited = [grounds.article.sentence(number) for number in grounds.sentences]
    cited = [sentence for sentence in cited if len(words(sentence)) > _HEADING] or cited
    own = claim.kind is Kind.POLITICAL and bool(claim.actors) and _is_said(claim.text)
    return Reason.CLAIM_AS_FACT if not own and all(_is_said(sentence) for sentence in cited) else None


def _is_said(sentence: str) -> bool:
    """Whether a sentence tells all that it does as somebody's word ("the president has declared a day of mourning")."""
    return bool(_SAID_OF_ALL.search(sentence)) or is_told_by_a_side(line(sentence, None))


_HEADING = 4
"""Words of a cited line that is no more than a heading at most: nobody says it."""
_NOBODYS = (Modality.HISTORICAL, Modality.DENIED)
"""What is told bare as background, or denied: the outlet itself may contradict what somebody says."""
_HELD = re.compile(r"\w-(?:held|controlled)\b")
"""Who holds a place is the outlet's own word ("the rebel-held town"), whoever says the rest."""
_SAID_OF_ALL = re.compile(
    r"(?:, (?:[\w.'’-]+ ){1,9}(?:said|says|told [\w ]+|announced|claimed)(?: (?:on )?\w+day)?"
    r"|, (?:said|according to) (?:[\w.'’-]+ ?){1,9})[.\"”’]*\Z"
    r"|\A(?:The |An? )?(?:[\w.'’-]+ ){1,4}(?:said|says|claims?|claimed)(?: on \w+day)?"
    r" (?:that|they|it|to have|its|his)\b"
)
"""A sentence that is told as one speaker's word from end to end: by its last words, or by its first."""


def _is_told(actor: Actor, grounds: Grounds) -> bool:
    if _is_read_so(actor, grounds):
        return True
    if lexicon.fold(actor.name) in _PRONOUNS:
        return grounds.has(actor.name) and grounds.has_actor(actor.canonical)
    nouns = _is_noun_for_actor(actor.name) or _is_unknown_noun(actor.name)
    if not _is_name(actor.name, grounds) and not nouns:
        return False
    if grounds.scene.sorts.get(fold(actor.name)) is NameSort.PLACE and not _stands_for_state(actor.name):
        return False
    return any(grounds.has_actor(name) for name in (actor.name, *sorted(_other_names(actor, grounds))))


def _other_names(actor: Actor, grounds: Grounds) -> set[str]:
    """The names that an actor is known under, or that the article itself introduces."""
    known = lexicon.actors().get(lexicon.fold(actor.name))
    found = {known.canonical, *known.aliases} if known is not None else set()
    keys = {fold(actor.name), fold(actor.canonical)}
    return found | {short for short, full in grounds.scene.full.items() if fold(full) in keys}


def _is_name(name: str, grounds: Grounds) -> bool:
    """Whether the article writes these words as a name: one has a capital that no start of a sentence gives."""
    for word in parts(name):
        if not word[0].isupper() or is_empty(word) or (len(word) < 3 and not (len(word) == 2 and word.isupper())):
            continue
        if word.lower() not in lexicon.words() or _inside_sentence(word, grounds.article.text):
            return True
    return False


def _inside_sentence(word: str, text: str) -> bool:
    return re.search(rf"[\w,] {re.escape(word)}\b", text) is not None


def _is_noun_for_actor(name: str) -> bool:
    key = lexicon.fold(name)
    claimant = lexicon.claimants().get(key)
    if key in lexicon.generic_actors() or (claimant is not None and claimant.kind is not Claimant.UNNAMED):
        return True
    if is_empty(name):
        return False
    lower = [word.lower() for word in words(name)]
    last = lower[-1:] + [one for one, other in pairwise(lower) if other in _BEHIND_HEAD]
    if not _DOERS.isdisjoint(last):
        return True
    return any(is_a(word, group) or word in lexicon.generic_actors() for word in last for group in _ACTORS)


def _is_unknown_noun(name: str) -> bool:
    """Whether a name is a plural that no list has: it may be what people call themselves ("the montoneros")."""
    last = words(name)[-1] if words(name) else ""
    return last.islower() and last.endswith("s") and not is_empty(last) and stem(last) not in _known_stems()


@cache
def _known_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in lexicon.words())


def _stands_for_state(name: str) -> bool:
    known = (
        world.country_code(name) or lexicon.fold(name) in lexicon.metonyms() or lexicon.fold(name) in lexicon.actors()
    )
    return bool(known)


def _is_place(name: str, grounds: Grounds) -> bool:
    """Whether a name can be a place's: it is written as a whole name, and is nobody's; or it is a noun for a place."""
    own = words(name)
    noun = any(is_a(word.lower(), group) or word.lower() in _BEARINGS for word in own for group in _PLACES)
    if not own or not (noun or _is_name(name, grounds)):
        return False
    sort = grounds.scene.sorts.get(fold(name).removeprefix("the "))
    if sort is NameSort.PLACE:
        return True
    if sort is NameSort.PERSON or (is_a(own[0].lower(), "person") and own[0][0].isupper()):
        return False
    if (own[-1].lower() in heads("organisation") and own[-1][0].isupper()) or outlets.known(name) is not None:
        return False
    if sort is NameSort.ACTOR and not noun and not _stands_for_state(name):
        return False
    text = f"{grounds.near} {grounds.text}"
    if noun or _is_whole(name, text) or _is_whole(name.upper(), text):  # a heading may be all capitals
        return True
    return fold(name) in {fold(written) for written in grounds.article.text.splitlines()}  # a heading of its own


def _is_whole(name: str, text: str) -> bool:
    """Whether the name stands somewhere without more of a name beside it: "Menzir" is no part of "Menzir Courier"."""
    for match in re.finditer(
        rf"(?:(?P<before>[\w'’-]+) )?(?<![\w-]){re.escape(name)}(?![\w-])(?: (?P<behind>[\w-]+))?", text
    ):
        before, behind = match["before"] or "", match["behind"] or ""
        if not _continues(before) and (not _continues(behind) or is_a(behind.lower(), "place")):
            return True
    return False


def _continues(word: str) -> bool:
    return word[:1].isupper() and not is_empty(word)


# ── what a name is resolved to ──


def _may_mean(actor: Actor, grounds: Grounds) -> bool:
    """Whether the name can stand for the actor that it is resolved to."""
    if fold(actor.canonical) == fold(actor.name) or _known_as(actor, grounds) or _is_read_so(actor, grounds):
        return True
    meant = {stem(word) for word in parts(actor.canonical) if not is_empty(word)}
    named = {stem(word) for word in parts(actor.name)}
    if not meant or not meant <= grounds.whole | _GENERAL | named:
        return False
    if actor.canonical.islower() and _is_noun_for_actor(actor.name):
        return True  # "families from Tal Hamra" are civilians
    proper = [word for word in parts(actor.name) if word[0].isupper() and not _is_no_name(word)]
    shared = named & meant or any(word in initials(actor.canonical) for word in proper if word.isupper())
    leads = grounds.scene.sorts.get(fold(actor.name)) is NameSort.PERSON or lexicon.fold(actor.name) in lexicon.people()
    titled = actor.name[-1].islower() and words(actor.name)[-1].islower() and grounds.has(actor.canonical)
    return not proper or titled or bool(shared) or leads or _stands_for_state(actor.name)


def _is_no_name(word: str) -> bool:
    """Whether a capital is that of a sentence's start ("Our", "They")."""
    return word.lower() in lexicon.words() or word.lower() in _PRONOUNS or is_empty(word)


def _is_read_so(actor: Actor, grounds: Grounds) -> bool:
    """Whether the reader itself takes these words for that actor."""
    read = (one for said in grounds.said for one in (*said.told.frame.actors, *said.told.frame.opponents))
    return any(one.name == actor.name and one.canonical == actor.canonical for one in read)


def _known_as(actor: Actor, grounds: Grounds) -> bool:
    """Whether the lexicons or the article itself resolve the name so."""
    key, meant = lexicon.fold(actor.name), fold(actor.canonical)
    known = lexicon.actors().get(key)
    shared = lexicon.shared_actors().get(key, ())
    resolved = {one.canonical for one in ((known,) if known is not None else ()) + shared}
    resolved.add(grounds.scene.full.get(key, ""))
    resolved.add(grounds.scene.government)
    if key in lexicon.people():
        resolved.add(lexicon.people()[key].stands_for)
    return meant in {fold(name) for name in resolved if name} or _is_of_lexicon(actor)


def _is_of_lexicon(actor: Actor) -> bool:
    """Whether a noun without a name ("the army") is resolved to a known actor of its kind."""
    known = lexicon.actors().get(lexicon.fold(actor.canonical))
    return known is not None and not any(word[0].isupper() for word in words(actor.name)[1:])


def _may_be(place: Place, grounds: Grounds) -> bool:
    if fold(place.canonical) == fold(place.name) or same_spelling(place.canonical, place.name) >= SAME:
        return True
    meant = {stem(word) for word in parts(place.canonical) if not is_empty(word)}
    return bool(meant) and meant <= grounds.whole | _GENERAL
