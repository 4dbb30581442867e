"""What the maker knows of an article: its names by sort, its numbers, and what its sentences say together.

In: an Article. Out: a `Page`. Names are gathered by shape and surroundings; what is doubtful is left out, for a lie
made of a doubtful name may be no lie.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from briefer.evals.making.line import Line, is_plural, within
from briefer.reading import countries, lexicon, numbers
from briefer.reading.article import read
from briefer.reading.entities import Entities
from briefer.reading.heads import heads
from briefer.reading.names import fold, initials
from briefer.reading.phrases import Noun
from briefer.reading.scene import NAME, NameSort, Scene, scene
from briefer.reading.things import Memory, Sort
from briefer.types import Actor, ActorKind, Article, Change
from briefer.verify.tokens import is_empty, parts, stem

_AT = re.compile(rf"\b(?:in|at|near|toward|towards|outside|around|reached|left|from) (?P<name>{NAME.pattern})")
_WIDE = re.compile(
    rf"\b(?P<one>{NAME.pattern}) (?i:province|region|district|state|county|valley|department|governorate)\b"
    rf"|\b(?i:Republic|Kingdom|Province|Region|State|District) of (?P<other>{NAME.pattern})"
)
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december".split()
)
_STATE = (ActorKind.STATE_FORCES,)
_REBEL = (ActorKind.REBEL_GROUP, ActorKind.POLITICAL_MILITIA, ActorKind.IDENTITY_MILITIA)
_LONGEST = 6  # words of a name; more are a description
_SAID_WITH = 0.5
"""The share of the rest of a claim that a sentence must hold for it to say the claim with its new words too."""


_TOLD = 0.75
"""The share of a claim that a sentence must hold for it to tell the claim itself."""
_SPOKEN = re.compile(
    r"\b(?:said|says|told|claim|claims|claimed|according|announced|reported|alleged|denie[sd]|rejects?|quot\w+)\b|[“\"]"
)


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody as the article writes them; `side` is "state", "rebel" or "", `person` tells one from a group."""

    words: str
    name: str
    side: str
    proper: bool
    person: bool
    plural: bool
    actor: Actor


@dataclass(frozen=True)
class Page:
    """An article as the maker sees it."""

    article: Article

    @cached_property
    def scene(self) -> Scene:
        """What the article says of its names."""
        return scene(self.article)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences, the title last."""
        return (*(self.article.sentence(number) for number in range(len(self.article.sentences))), self.article.title)

    @cached_property
    def keys(self) -> tuple[frozenset[str], ...]:
        """The keys of each sentence."""
        return tuple(keys(each) for each in self.sentences)

    @cached_property
    def values(self) -> frozenset[int]:
        """Every number of the article by value."""
        found = [number for each in self.sentences for number in numbers.find(each)]
        return frozenset(v for number in found for v in (number.low, number.best, number.high) if v is not None)

    @cached_property
    def spots(self) -> tuple[str, ...]:
        """Names of places where the reader finds something told to have happened."""
        where = (each.frame.where for each in read(self.article)[1])
        return tuple(dict.fromkeys(each.spot.name for each in where if each is not None and each.spot.name))

    @cached_property
    def places(self) -> tuple[str, ...]:
        """Names of spots, without those of provinces and countries, which may hold one another."""
        text = self.article.text
        wide = {fold(found["one"] or found["other"]) for found in _WIDE.finditer(text)}
        people = {fold(each) for party in self.parties for each in (party.words, party.name)}
        named = dict.fromkeys([*(found["name"].removesuffix("'s") for found in _AT.finditer(text)), *self.spots])
        return tuple(
            name
            for name in named
            if name[:1].isupper()
            and fold(name) not in wide | people
            and not any(word.lower() in _CALENDAR for word in name.split())
            and not countries.country_code(name)
            and re.search(rf"\b{re.escape(name)}(?:(?:n|an|ian|ese|i|ni|ish)s?\b| [A-Z])", text) is None
            and self.scene.sorts.get(fold(name), NameSort.PLACE) is NameSort.PLACE
        )

    @cached_property
    def parties(self) -> tuple[Party, ...]:
        """Those who act in it, each under each of its names."""
        found: dict[str, Party] = {}
        spots = {fold(each) for each in self.spots}
        for each in self.sentences[:-1]:
            for party in (*_parties(Line(each), self.scene), *_named(each, self.scene)):
                if fold(party.words) in spots:
                    continue
                if party.actor.kind is not ActorKind.UNKNOWN or not _stands_at(party.words, self.article.text):
                    found.setdefault(fold(party.words), party)
        return tuple(found.values())

    def are_others(self, one: Party, other: Party) -> bool:
        """Whether two names are surely not of one: of two sides, or two proper names that share nothing."""
        stems = [
            {stem(word) for word in parts(f"{each.words} {each.name}") if not is_empty(word)} for each in (one, other)
        ]
        short = any(initials(a.name) in parts(b.words) for a, b in ((one, other), (other, one)) if " " in a.name)
        if one.person is not other.person or not stems[0].isdisjoint(stems[1]) or short:
            return False
        if one.side and other.side and one.side != other.side:
            return True
        return one.proper and other.proper

    def says(self, lie: str, truth: str) -> bool:
        """Whether a sentence has what is new in a lie together with most of what it shares with the truth."""
        mine, true = keys(lie), keys(truth)
        new, old = mine - true, mine & true
        if not new:
            return False
        return any(new <= there and len(old & there) >= _SAID_WITH * len(old) for there in self.keys)

    def tells_bare(self, text: str) -> bool:
        """Whether a sentence without a speaker says nearly all of it."""
        mine = keys(text)
        bare = (there for there, each in zip(self.keys, self.sentences, strict=True) if not _SPOKEN.search(each))
        return any(len(mine & there) >= _TOLD * len(mine) for there in bare)

    def are_in_a_row(self, one: str, other: str) -> bool:
        """Whether a sentence names two places as one list: what is told of one is told of the other."""
        names = [re.escape(each) for each in (one, other)]
        pattern = r"{}(?:,| and| or| as well as)[^.;:]{{0,30}}{}"
        rows = (pattern.format(*names), pattern.format(*names[::-1]))
        return any(re.search(row, text) for row in rows for text in self.sentences)

    def tells_change(self, change: Change | None, place: str) -> bool:
        """Whether the reader finds this change of control told of a place anywhere."""
        told = (each.frame for each in read(self.article)[1])
        return any(
            frame.change is change and frame.where is not None and fold(frame.where.spot.name) == fold(place)
            for frame in told
            if change is not None
        )

    def says_near(self, words: str, truth: str) -> bool:
        """Whether a sentence that holds some words shares a name or number with the claim beside them."""
        wanted = keys(words)
        named = {key for key in keys(truth) if key[0] == "#"} | {stem(word) for word in proper(truth)}
        return any(wanted <= there and not named.isdisjoint(there - wanted) for there in self.keys)


def proper(text: str) -> list[str]:
    """The capitalised words of a sentence but its first."""
    return [word for word in parts(text)[1:] if word[0].isupper() and not is_empty(word)]


@lru_cache(maxsize=4096)
def keys(text: str) -> frozenset[str]:
    """What a sentence says, to compare with others: stems of its telling words, times as written, numbers by value."""
    lower = [word.lower() for word in parts(text)]
    found = {stem(word) for word in lower if not is_empty(word) and not word[0].isdigit()}
    found |= {word for word in lower if word in _CALENDAR | _TIMES or word in _TURNING}
    return frozenset(found | {f"#{n.low},{n.best},{n.high}" for n in numbers.find(text)} | _years(lower))


_TIMES = frozenset("morning afternoon evening night dawn noon midnight".split())
_TURNING = frozenset("north south east west northern southern eastern western not no never".split())


def _years(words: list[str]) -> set[str]:
    return {word for word in words if word[0].isdigit()}


def _parties(line: Line, names: Scene) -> Iterator[Party]:
    entities = Entities(line.clauses, names, Memory())
    subjects = {noun for verb in line.clauses.verbs for noun in verb.subject}
    for noun in line.clauses.nouns:
        entity = entities.of(noun)
        named = line.clauses.tags[noun.head] == "E"
        if line.clauses.tokens.lower[noun.first] in _OWNERS:
            continue  # "its gunners" are whose the sentence says
        if (
            entity.sort is Sort.PRONOUN
            or line.clauses.tags[noun.head] in "UDQW"
            or entity.number
            or noun.last - noun.first > _LONGEST
            or "'" in line.clauses.text(noun)
        ):
            continue
        if entity.sort in (Sort.ACTOR, Sort.PERSON) and entity.actors:
            yield _party(line, noun, entity.actors[0], person=entity.sort is Sort.PERSON)
        elif (
            named
            and not _is_word(line.clauses.text(noun))
            and (noun in subjects or entity.sort is Sort.PERSON)
            and entity.spot is None
        ):
            text = line.clauses.text(noun)
            the = text.lower().startswith(("the ", "a "))
            yield _party(line, noun, Actor(text, text), person=not the and " " in text)


def _named(text: str, names: Scene) -> Iterator[Party]:
    """Full names inside a sentence, which may stand where no verb has them as its subject."""
    for found in NAME.finditer(text):
        words = found[0].removesuffix("'s").removesuffix("’s")
        before = text[: found.start()].rsplit(" ", 2)[-2:-1]
        ends_one = found.start() and text[found.start() - 2 : found.start() - 1] not in ".!?:"
        if " " not in words or not ends_one or names.sorts.get(fold(words), NameSort.PERSON) is not NameSort.PERSON:
            continue
        group = (
            before == ["the"] or bool(set(words.lower().split()) & heads("organisation")) or _OF_CALENDAR.search(words)
        )
        if not group and not countries.country_code(words) and not _PLACE_BEFORE.search(text[: found.start()]):
            yield Party(words, fold(words), "", True, True, False, Actor(words, words))


_PLACE_BEFORE = re.compile(r"\b(?:in|at|near|of|toward|towards|from|to|outside|around|the|a|an) \Z")
_OF_CALENDAR = re.compile(rf"\b(?:{'|'.join(_CALENDAR)})\b", re.IGNORECASE)


def _is_word(text: str) -> bool:
    """Whether what looks like a name is a single common word that has a capital for another reason."""
    return " " not in text and text.lower() in lexicon.words()


_OWNERS = frozenset("its his her their our my".split())


def _stands_at(name: str, text: str) -> bool:
    """Whether the article tells of something that was at this name: it is a place's, whoever else has it."""
    return re.search(rf"\b(?:in|at|near|toward|towards|outside|reached) {re.escape(name)}\b", text) is not None


def _party(line: Line, noun: Noun, actor: Actor, *, person: bool) -> Party:
    text = within(line.clauses.text(noun))
    side = "state" if actor.kind in _STATE else "rebel" if actor.kind in _REBEL else ""
    inside = text.split(" ", 1)[1] if text.startswith("the ") else text
    return Party(
        text, fold(actor.canonical), side, inside[:1].isupper(), person,
        is_plural(line.clauses.tokens.lower[noun.head]), actor,
    )  # fmt: skip
