"""What a claim is held against: the sentences that it cites, as words and as frames, and what stands shortly before."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from briefer.reading.assertions import Assertion
from briefer.reading.heads import is_a, singular
from briefer.reading.scene import Scene
from briefer.types import Article
from briefer.verify.tokens import flat, parts, stem, words

_READABLE = ("", "en")
_NEAR = 6
"""Sentences before the cited ones in which "they" and "the town" may have been named."""
_PRONOUNS = frozenset("they them their theirs it its he she his her who which both those these there we us our".split())
_THERE = frozenset("there it its here where".split())
_DESCRIBED = re.compile(r"\b(?:the|that|this|these|those) ((?:[\w'’-]+ ){0,2}[\w'’-]+)", re.IGNORECASE)
_SPOTS = frozenset("hill height ridge area pass crossing checkpoint post pocket silo market valley mountain".split())
_HEADING = 6
"""Words of a line that is a heading at most ("Tepe Marghaz (Hill 412).")."""


@dataclass(frozen=True)
class Grounds:
    """The cited sentences of an article, by number, with what the reader finds asserted in them.

    `language` is that of the claims (ISO 639).
    """

    article: Article
    scene: Scene
    said: tuple[Assertion, ...]
    sentences: tuple[int, ...]
    language: str = "en"

    @cached_property
    def text(self) -> str:
        """The cited words, in the order of the article."""
        return " ".join(self.article.sentence(number) for number in self.sentences)

    @cached_property
    def flat(self) -> str:
        """The cited words under the folding key of names, with a blank at either end."""
        return flat(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """The cited words as written."""
        return frozenset(words(self.text))

    @cached_property
    def lower(self) -> frozenset[str]:
        """The cited words in lower case, and the parts of those with a hyphen."""
        return frozenset(word.lower() for word in (*self.words, *parts(self.text)))

    @cached_property
    def stems(self) -> frozenset[str]:
        """What the forms of the cited words share."""
        return frozenset(stem(word) for word in self.lower)

    @cached_property
    def near(self) -> str:
        """What comes shortly before the cited words, and the title: what a pronoun may stand for."""
        shown: set[int] = set()
        for number in self.sentences:
            shown.update(range(max(0, number - _NEAR), number))
        return " ".join([self.article.title, *(self.article.sentence(number) for number in sorted(shown))])

    @cached_property
    def described(self) -> frozenset[str]:
        """The lower-case words behind a "the" of the cited sentences: "the northern town" may be one named before."""
        return frozenset(word.lower() for match in _DESCRIBED.finditer(self.text) for word in words(match[1]))

    @cached_property
    def refers_to_actor(self) -> bool:
        """Whether a cited word may stand for somebody named before."""
        if not _PRONOUNS.isdisjoint(self.lower):
            return True
        return any(is_a(word, "combatant") or is_a(word, "organisation") for word in self.described)

    @cached_property
    def refers_to_place(self) -> bool:
        """Whether a cited word may stand for a place named before."""
        if not _THERE.isdisjoint(self.lower):
            return True
        return any(is_a(word, "strong_place") or singular(word) in _SPOTS for word in self.described)

    @cached_property
    def around(self) -> str:
        """The cited words, and what comes shortly before them where they may refer to it."""
        return f"{self.near} {self.text}" if self.refers_to_actor or self.refers_to_place else self.text

    @cached_property
    def heading(self) -> str:
        """The last line shortly before the cited words that is no more than a heading."""
        first = self.sentences[0]
        lines = (self.article.sentence(number) for number in range(first - 1, max(-1, first - 1 - _NEAR), -1))
        return next((line for line in lines if len(words(line)) <= _HEADING), "")

    @cached_property
    def whole(self) -> frozenset[str]:
        """The stems of the whole article with its title."""
        return frozenset(stem(word) for word in parts(f"{self.article.title} {self.article.text}"))

    @cached_property
    def english(self) -> bool:
        """Whether the reader knows the language of the cited words."""
        if self.article.language not in _READABLE:
            return False
        letters = [letter for letter in self.text if letter.isalpha()]
        return 2 * sum(letter < "\u0250" for letter in letters) >= len(letters)

    def has(self, name: str) -> bool:
        """Whether the cited words hold this name, whole words only."""
        return holds(self.text, name)

    def has_actor(self, name: str) -> bool:
        """Whether the name stands in the cited words, or shortly before where one of them may mean somebody."""
        side = name.lower().removeprefix("the ").removesuffix("s")
        if f"{side}-held" in self.lower or f"{side}-controlled" in self.lower:
            return True
        return self.has(name) or (self.refers_to_actor and holds(self.near, name))

    def has_place(self, name: str) -> bool:
        """Whether the name stands in the cited words, in the heading over them, or before where they mean a place."""
        if self.has(name) or holds(self.heading, name):
            return True
        return self.refers_to_place and (holds(self.near, name) or holds(self.article.outlet, name))


def holds(text: str, name: str) -> bool:
    """Whether a text holds a name, whole words only, its owner's s left out, with the capitals that the name has."""
    key = flat(name).strip().removeprefix("the ")
    if not key or not (f" {key} " in flat(text) or f" {key}s " in flat(text)):
        return False
    there = _as_written(text)
    return all(word in there or word.upper() in there for word in parts(name)[1:] if word[0].isupper())


@lru_cache(maxsize=1024)
def _as_written(text: str) -> frozenset[str]:
    return frozenset(parts(text))
