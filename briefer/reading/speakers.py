"""Who speaks: from the noun phrase of a speaker to an Attribution.

The kinds are those of data/claimants.tsv; a speaker that belongs to an actor speaks for that party, whatever the title.
"""

from briefer.reading import countries, lexicon, outlets
from briefer.reading.entities import Entities
from briefer.reading.heads import is_a
from briefer.reading.phrases import Clauses, Noun
from briefer.reading.things import Sort
from briefer.types import Actor, ActorKind, Attribution, Claimant

_MEDIA = frozenset("television tv radio media newspaper agency channel broadcaster daily website".split())


def attribute(noun: Noun, clauses: Clauses, entities: Entities) -> Attribution:
    """Who says it, of what kind, and for whom."""
    text = _text(noun, clauses, entities)
    if clauses.tags[noun.head] == "U":
        actors = entities.of(noun).actors
        return (
            Attribution(Claimant.PARTY, actors[0].canonical, actors[0].canonical)
            if actors
            else Attribution(Claimant.UNNAMED)
        )
    if (media := _media(noun, text, clauses)) is not None:
        return media
    kind = _claimant(text)
    if kind in (Claimant.MONITOR, Claimant.FOOTAGE):
        return Attribution(kind, text)
    if (party := _party(noun, clauses, entities)) is not None:
        return Attribution(Claimant.PARTY, text, party.canonical)
    if kind is not None:
        return Attribution(kind, text)
    entity = entities.of(noun)
    if entity.sort is Sort.PERSON or is_a(clauses.tokens.lower[noun.head], "person"):
        return Attribution(Claimant.OFFICIAL, text)
    if entity.sort is Sort.PEOPLE:
        return Attribution(Claimant.WITNESS, text)
    if entity.sort in (Sort.PLACE, Sort.EQUIPMENT, Sort.WEAPON, Sort.ASSAULT) and clauses.tags[noun.head] != "E":
        return Attribution()  # a city does not speak; the parse slipped, and the words are the article's own
    if clauses.tags[noun.head] == "E":
        return Attribution(Claimant.OFFICIAL, text)
    return Attribution(Claimant.UNNAMED, text if _may_speak(clauses.tokens.lower[noun.head]) else "")


def _may_speak(word: str) -> bool:
    """What is no body and no name for people says nothing, and is not named for it ("conditions", "the unrest")."""
    return is_a(word, "organisation") or word.rstrip("s").endswith(("er", "or", "ist", "an", "en", "ee", "ant", "ent"))


def _text(noun: Noun, clauses: Clauses, entities: Entities) -> str:
    """The speaker as written, with what says whose speaker it is ("a spokesman for the rebels")."""
    last = noun.last
    for word in ("for", "of", "from", "in", "with"):
        phrase = clauses.behind(noun, word)
        if phrase is not None and phrase.first == noun.last:
            last = phrase.group[-1].last
            break
    text = clauses.between(noun.first, last)
    return text[:1].lower() + text[1:] if text.split(" ")[0].lower() in ("a", "an", "the", "one") else text


def _media(noun: Noun, text: str, clauses: Clauses) -> Attribution | None:
    known = outlets.known(text.removeprefix("the "))
    if known is not None:
        return Attribution(Claimant.PARTY if known.aligned else Claimant.OUTLET, text, known.aligned)
    words = clauses.tokens.lower[noun.first : noun.last]
    if words[-1] in _MEDIA:
        return (
            Attribution(Claimant.PARTY, text, "government") if "state" in words else Attribution(Claimant.OUTLET, text)
        )
    return None


def _party(noun: Noun, clauses: Clauses, entities: Entities) -> Actor | None:
    """The actor that the speaker belongs to: is it, stands before the title, or behind "for" or "of"."""
    entity = entities.of(noun)
    if entity.sort is Sort.ACTOR:
        return entity.actors[0]
    for word in ("for", "of", "from", "with"):
        phrase = clauses.behind(noun, word)
        if (
            phrase is not None
            and phrase.first <= noun.last
            and (inner := entities.of(phrase.group[0])).sort is Sort.ACTOR
        ):
            return inner.actors[0]
    if apposed := clauses.apposed.get(noun.head):
        for word in ("for", "of", "from", "with"):
            phrase = clauses.behind(apposed[0], word)
            if phrase is not None and (inner := entities.of(phrase.group[0])).sort is Sort.ACTOR:
                return inner.actors[0]
        words = clauses.tokens.lower[apposed[0].first : apposed[0].last]
        return _by_words(words, entities)
    return _by_words(clauses.tokens.lower[noun.first : noun.head], entities) or _capitalised(noun, clauses, entities)


def _by_words(words: tuple[str, ...], entities: Entities) -> Actor | None:
    if any((land := countries.country(word)) and land.code != entities.scene.country for word in words):
        return None  # "U.S. military officials" speak for no side of another country's war
    for word in words:
        generic = lexicon.generic_actors().get(lexicon.fold(word))
        if generic is None or generic.kind is ActorKind.CIVILIANS:
            continue
        if generic.stance is lexicon.Stance.GOVERNMENT:
            return Actor(word, entities.scene.government, ActorKind.STATE_FORCES)
        if generic.stance is lexicon.Stance.ANTI_GOVERNMENT:
            return Actor(word, "rebels", generic.kind)
    return None


def _capitalised(noun: Noun, clauses: Clauses, entities: Entities) -> Actor | None:
    """The actor whose name stands before a title ("Hamas spokesman", "FSA commander")."""
    names = [i for i in range(noun.first, noun.head) if clauses.tags[i] == "E"]
    if not names or not any(is_a(word, "person") for word in clauses.tokens.lower[noun.first : noun.last]):
        return None
    end = next((i for i in range(names[0], noun.last) if clauses.tags[i] != "E"), noun.last)
    actor = entities.parties.named(clauses.between(names[0], end))
    return actor if actor is not None and actor.kind is not ActorKind.UNKNOWN else None


def _claimant(text: str) -> Claimant | None:
    """The kind of the longest known claimant among the words."""
    words = lexicon.fold(text).split()
    for size in range(min(5, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            known = lexicon.claimants().get(" ".join(words[start : start + size]))
            if known is not None:
                return known.kind
    return None
