"""What the words of a model's claim stand for in its article: actors, speakers and places, as the reader understands
them.

In: phrases as the model gives them ("the army", "a rebel commander", "the town"), the names it resolves them to, and
the article's Scene. Out: `Actor`s, an `Attribution`, the name of a place. A model's resolution counts only where the
article itself holds the name.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from briefer.extract.reply import NameSaid
from briefer.reading import lexicon
from briefer.reading.entities import Entities
from briefer.reading.names import fold
from briefer.reading.parsing import parse_sentence
from briefer.reading.scene import Scene
from briefer.reading.speakers import attribute
from briefer.reading.things import Entity, Memory
from briefer.types import Actor, ActorKind, Article, Attribution, Claimant

_PRONOUNS = frozenset("they them it he she we us i his their its who which".split())
_OWN = re.compile(
    r"^(?:our|its|their)(?: own)? (?=\w*(?:correspondent|reporter|journalist|photographer)\b)", re.IGNORECASE
)
_ABBREVIATED = 5  # letters; a longer word in capitals is a heading's and no abbreviation
_DETERMINERS = frozenset("the a an one some two three several other another his her its their".split())
_ARTICLE = re.compile(r"^(?:the|a|an|some|its|their|his)\s+", re.IGNORECASE)
_OF_PLACE = re.compile(
    r"^(?:the )?(?:[a-z-]+ )?(?:town|city|village|district|province|region|hill|port|neighbou?rhood|suburb|island) of "
    r"(?=[^\sa-z])"
)


@dataclass(frozen=True, slots=True)
class _Understood:
    """One phrase as the reader understands it alone."""

    entity: Entity
    spoken: Attribution


@dataclass(slots=True)
class Phrases:
    """The phrases of one article, each understood once. `english` tells whether the reader knows its language.

    Of an article that it does not know, a model gives actors and places as written and all else in English.
    """

    article: Article
    scene: Scene
    english: bool
    _named: Mapping[str, str] = field(default_factory=dict)
    _folded: str = ""
    _known: dict[str, _Understood | None] = field(default_factory=dict)
    _met: dict[tuple[str, ...], tuple[Actor, ...]] = field(default_factory=dict)

    def with_names(self, said: Iterable[NameSaid]) -> "Phrases":
        """The same with what the model resolves words to, as far as the article bears it out."""
        self._folded = f" {fold(self.article.text)} "
        named = {_key(each.w): each.n for each in said if not self.english or self._names(each.n)}
        self._named = {words: name for words, name in named.items() if words and words != _key(name)}
        return self

    def _names(self, words: str) -> bool:
        """Whether the article holds these words and they can be a name or tell who it is ("rebels")."""
        telling = any(letter.isupper() for letter in words) or lexicon.fold(words) in lexicon.generic_actors()
        return telling and self.holds(words)

    def holds(self, words: str) -> bool:
        """Whether the article holds these words, whatever their spelling."""
        return f" {fold(words)} " in self._folded or (bool(words) and words in self.article.text)

    def actors(self, phrases: Iterable[str]) -> tuple[Actor, ...]:
        """Who is meant, each once and in order; a pronoun that nobody resolves is nobody."""
        asked = tuple(phrases)  # the claims of an article have the same few actors over and over
        if asked not in self._met:
            found = [actor for phrase in asked for actor in self._actors(phrase, english=self.english)]
            self._met[asked] = tuple({fold(actor.canonical): actor for actor in reversed(found)}.values())[::-1]
        return self._met[asked]

    def place(self, words: str) -> tuple[str, str]:
        """The name of a place as the article writes it, and what it is called in the briefing's language."""
        name = self._named.get(_key(words), "")
        if not self.english:
            return words, name or words
        if name:
            words = name
        words = words.title() if words.isupper() and len(words) > _ABBREVIATED else words
        bare = _OF_PLACE.sub("", words)
        bare = self._in_text(bare) if self.holds(bare) else words
        return bare, bare

    def _in_text(self, words: str) -> str:
        """ "the silos" for what only opens a sentence as "The silos"; a name as it is."""
        lower = f"{words[:1].lower()}{words[1:]}"
        return lower if lower.islower() and f" {lower}" in self.article.text else words

    def attribution(self, kind: Claimant, who: str) -> Attribution:
        """Who says it. What kind of speaker it is the reader knows best where the words alone tell it."""
        if not who:
            return Attribution(kind)
        who = in_sentence(who)
        party = next(iter(self._actors(who, english=True)), None) if kind is Claimant.PARTY else None
        canonical = party.canonical if party is not None and party.kind is not ActorKind.UNKNOWN else ""
        understood = self._understood(who)
        spoken = understood.spoken if understood is not None else Attribution()
        if spoken.kind is Claimant.PARTY:
            return Attribution(spoken.kind, who, spoken.canonical or canonical)
        if kind is Claimant.OUTLET:
            kind = spoken.kind if spoken.who else Claimant.UNNAMED
        return Attribution(kind, who, canonical)

    def _actors(self, phrase: str, *, english: bool) -> tuple[Actor, ...]:
        name = self._named.get(_key(phrase), "")
        understood = self._understood(phrase) if english else None
        if understood is not None and (own := understood.entity.actors) and not _only_words(own, phrase):
            return tuple(Actor(phrase, actor.canonical, actor.kind) for actor in own)
        if name:
            known = self._understood(name)
            named = known.entity.actors if known is not None else ()
            return tuple(Actor(phrase, each.canonical, each.kind) for each in named) or (Actor(phrase, name),)
        if _key(phrase) in _PRONOUNS or not phrase:
            return ()
        return (Actor(phrase, self.scene.full.get(fold(_bare(phrase)), _bare(phrase)), _kind(phrase)),)

    def _understood(self, phrase: str) -> _Understood | None:
        if phrase not in self._known:
            self._known[phrase] = self._understand(phrase)
        return self._known[phrase]

    def _understand(self, phrase: str) -> _Understood | None:
        # "Fighters of the Front": a capital that only opens a sentence makes a name of a common noun.
        clauses, _ = parse_sentence(in_sentence(phrase) if phrase.strip() else phrase)
        noun = next(iter(clauses.nouns), None)
        if noun is None or noun.first > 1:
            return None
        entities = Entities(clauses, self.scene, Memory())
        return _Understood(entities.of(noun), attribute(noun, clauses, entities))


def in_sentence(who: str) -> str:
    """As it stands within a sentence: "the envoy" and "police" for words that open one, a name as it is."""
    who = _OWN.sub("a ", who)
    words = who.split()
    first = words[0].lower()
    common = _is_common(first) or _is_common(" ".join(words[:2]).lower()) or first in lexicon.generic_actors()
    names = words[1:2] and not words[1].islower()  # "Defence Ministry spokesman", "General Command"
    return f"{who[0].lower()}{who[1:]}" if first in _DETERMINERS or (common and not names) else who


def _is_common(words: str) -> bool:
    """Whether the words are a speaker's and no name ("police", "state media")."""
    known = lexicon.claimants().get(words)
    return known is not None and known.phrase.islower()


def _only_words(actors: tuple[Actor, ...], phrase: str) -> bool:
    """Whether the reader only gives the words back."""
    return all(actor.kind is ActorKind.UNKNOWN and _key(actor.canonical) == _key(phrase) for actor in actors)


def _kind(phrase: str) -> ActorKind:
    generic = lexicon.generic_actors().get(lexicon.fold(_bare(phrase)))
    return generic.kind if generic is not None else ActorKind.UNKNOWN


def _bare(phrase: str) -> str:
    return _ARTICLE.sub("", phrase)


def _key(words: str) -> str:
    return fold(_bare(words))
