"""What a claim is held against: the sentences that it cites, as words and as frames, and what stands shortly before."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from briefer.reading.assertions import Assertion
from briefer.reading.scene import Scene
from briefer.types import Article
from briefer.verify.tokens import flat, parts, stem, words

_READABLE = ("", "en")
_NEAR = 6
"""Sentences before the cited ones in which "they" and "the town" may have been named."""
_REFERS = re.compile(
    r"\b(?:they|them|their|theirs|it|its|he|she|his|her|who|which|both|those|these|the two"
    r"|(?:the|that|this) (?:\w+[ -]){0,2}\w+)\b",
    re.IGNORECASE,
)


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
    def refers(self) -> bool:
        """Whether some cited word may stand for what was named before."""
        return _REFERS.search(self.text) is not None

    @cached_property
    def around(self) -> str:
        """The cited words, and what comes shortly before them where they may refer to it."""
        return f"{self.near} {self.text}" if self.refers else self.text

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

    def has_near(self, name: str) -> bool:
        """Whether the name stands in the cited words, or shortly before where these refer to something."""
        return holds(self.around, name)


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
