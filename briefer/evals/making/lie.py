"""What the maker gives, and how it draws: by a hash of the text of the true claim, never by chance."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from briefer.types import Article, Claim, Reason, Statement

Told = TypeVar("Told", Statement, Claim)
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Lie(Generic[Told]):
    """One false claim. `told` is it, `of` the id of the true one, `edit` what was done to it, in words.

    `article` is what it is held against: the article itself, or the copy of it in which an order to the machine stands.
    """

    told: Told
    reason: Reason
    edit: str
    of: str
    article: Article


@dataclass(frozen=True, slots=True)
class Draft:
    """A false sentence before it is looked at again, and the edit that made it; `old` and `new` are a name's.

    `sure` tells that the edit itself has made sure that the article does not say it. `sentence` is the one of the
    article that a liar would cite for it, where that is none of those of the true claim.
    """

    text: str
    edit: str
    old: str = ""
    new: str = ""
    sure: bool = False
    sentence: int | None = None


@dataclass(frozen=True, slots=True)
class Draw:
    """Puts things in an order that only the text of the true claim and the purpose decide."""

    seed: str

    def order(self, items: Iterable[Item], purpose: str = "") -> list[Item]:
        """The items, each once, in the order of their hashes."""
        once = dict.fromkeys(items)
        return sorted(once, key=lambda item: (self._key(f"{purpose}\x1f{item}"), str(item)))

    def number(self, below: int, purpose: str) -> int:
        """A whole number from 0 to before `below`."""
        return int(self._key(purpose), 16) % below

    def _key(self, text: str) -> str:
        return hashlib.sha256(f"{self.seed}\x1f{text}".encode("utf-8", "surrogatepass")).hexdigest()
