"""What a sentence is parsed into: noun phrases, prepositional phrases and verbs with their roles.

In: nothing but tokens and tags. Out: `Clauses`, which `clauses.parse` fills and whatever understands a sentence reads.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from briefer.reading.tokens import Tokens

BEARINGS = frozenset(
    "north south east west northeast northwest southeast southwest north-east north-west south-east south-west".split()
)
_SIDE = re.compile(r"(?:north|south)?-?(?:east|west)(?:ern)?|northern|southern|north|south|central|upper|lower")


def is_bearing(word: str) -> bool:
    """Whether a lower-case word says which side of a place is meant ("eastern", "upper")."""
    return _SIDE.fullmatch(word) is not None


class Link(StrEnum):
    """How a verb stands in its sentence."""

    MAIN = "main"
    COMPLEMENT = "complement"
    INFINITIVE = "infinitive"
    PARTICIPLE = "participle"
    REDUCED = "reduced"
    RELATIVE = "relative"
    ADVERBIAL = "adverbial"


class Noun(NamedTuple):
    """A noun phrase: tokens `first` to before `last`; `head` is the token that names its kind."""

    first: int
    last: int
    head: int


Group = tuple[Noun, ...]
"""Co-ordinated noun phrases, in order ("Nusra, Ahrar al-Sham and Jaysh al-Islam")."""


class Phrase(NamedTuple):
    """A prepositional phrase: the preposition, lower case ("out of"), its noun phrases, where it starts."""

    word: str
    group: Group
    first: int


@dataclass(slots=True)
class Verb:
    """A verb group: tokens `first` to before `last`, `head` its last verb. Filled while the clause is read."""

    first: int
    last: int
    head: int
    lemma: str
    form: str
    auxiliaries: tuple[str, ...] = ()
    negated: bool = False
    passive: bool = False
    subject: Group = ()
    objects: Group = ()
    phrases: list[Phrase] = field(default_factory=list)
    governor: "Verb | None" = None
    noun_governor: int = -1
    link: Link = Link.MAIN
    opener: str = ""
    reports: bool = False

    @property
    def finite(self) -> bool:
        """Whether it heads a clause of its own."""
        return self.link not in (Link.INFINITIVE, Link.PARTICIPLE, Link.REDUCED)


@dataclass(frozen=True, slots=True)
class Clauses:
    """What one sentence was read as."""

    tokens: Tokens
    tags: str
    verbs: tuple[Verb, ...]
    nouns: tuple[Noun, ...]
    hanging: dict[int, tuple[Phrase, ...]]
    apposed: dict[int, Group]
    """By head of a noun phrase: the prepositional phrases right of it, and what commas or brackets set beside it."""

    def words(self, noun: Noun) -> str:
        """The lower-case words of a noun phrase."""
        return " ".join(self.tokens.lower[noun.first : noun.last])

    def text(self, noun: Noun) -> str:
        """The phrase as written, a possessive joined to its owner."""
        return self.between(noun.first, noun.last)

    def between(self, first: int, last: int) -> str:
        """The words of tokens `first` to before `last` as written, on one line."""
        tokens = self.tokens
        if last - first == 1:
            return tokens.words[first]
        out: list[str] = []
        for i in range(first, last):
            glued = i > first and tokens.starts[i] == tokens.ends[i - 1]
            out.append(tokens.words[i] if glued or i == first else " " + tokens.words[i])
        return "".join(out)

    def behind(self, noun: Noun, word: str) -> Phrase | None:
        """The phrase with this preposition that hangs on the noun phrase behind it, if there is one."""
        for phrase in self.hanging.get(noun.head, ()):
            if phrase.word == word and phrase.first >= noun.last:
                return phrase
        return None

    def right_behind(self, noun: Noun, word: str) -> Phrase | None:
        """The same, where no other word stands between the two."""
        phrase = self.behind(noun, word)
        return phrase if phrase is not None and phrase.first == noun.last else None

    def name(self, noun: Noun) -> str:
        """The capitalised words that end the phrase ("the eastern city of" is cut off by its own phrase already)."""
        tags, words = self.tags, self.tokens.words
        first = noun.head
        while first > noun.first and self._goes_on_name(first - 1):
            first -= 1
        while first < noun.head and tags[first] in "JT" and words[first].islower() and is_bearing(words[first]):
            first += 1
        return self.between(first, noun.last)

    def _goes_on_name(self, i: int) -> bool:
        tag, first = self.tags[i], self.tokens.words[i][0]
        return tag == "E" or (first.isupper() and tag in "JNQ") or (first.isdigit() and tag == "J")

    def bearing(self, noun: Noun) -> str:
        """The word before the head that tells which side of it is meant ("western" in "western Aleppo")."""
        before = self.tokens.words[noun.first : noun.head]
        return " ".join(word.lower() for word in before if word.islower() and is_bearing(word))


def _by_whom(verb: Verb) -> Group:
    for phrase in verb.phrases:
        if phrase.word.split()[-1] == "by" and phrase.first > verb.head:
            return phrase.group
    return ()


def agents(verb: Verb) -> Group:
    """Who does it: the subject, or the "by" phrase of a passive."""
    return _by_whom(verb) if verb.passive else verb.subject


def patients(verb: Verb) -> Group:
    """To what it is done: the objects, or the subject of a passive."""
    return verb.subject if verb.passive else verb.objects
