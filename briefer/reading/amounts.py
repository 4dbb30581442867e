"""How many and how much a noun phrase says: its number, and its share of a thing ("most of", "the outskirts of").

In: a `Noun` of parsed `Clauses`, or its words. Out: a `Number`, an `Extent`, or None where nothing is said.
"""

from collections.abc import Iterable
from functools import lru_cache

from briefer.reading import numbers
from briefer.reading.heads import is_a, singular
from briefer.reading.numbers import Number
from briefer.reading.phrases import Clauses, Noun
from briefer.types import Extent


def number(noun: Noun, clauses: Clauses) -> Number | None:
    """The number of what the phrase counts, with its bounds where words like "at least" stand before it."""
    tags, lower = clauses.tags[noun.first : noun.last], clauses.tokens.lower
    if "Q" not in tags and "J" not in tags and not is_a(lower[noun.head], "quantity"):
        return _by_article(noun, clauses)
    first = noun.first
    if lower[max(0, first - 3)] == "between" and lower[first - 1] == "and":
        first -= 3
    while first > 0 and clauses.tags[first - 1] in "Rr":
        first -= 1
    found = numbers.value(clauses.between(first, noun.last))
    return found if found is not None else _by_article(noun, clauses)


def _by_article(noun: Noun, clauses: Clauses) -> Number | None:
    """One for "a soldier"; the word "the" counts nothing."""
    tokens = clauses.tokens
    word, lower = tokens.lower[noun.first], tokens.lower[noun.head]
    if is_a(lower, "quantity") or is_a(lower, "vague"):
        return None  # "a number of them", "a group of soldiers"
    if word in ("a", "an", "another") and singular(lower) == lower:
        return Number(tokens.starts[noun.first], tokens.ends[noun.first], 1, 1, 1, word)
    return None


def extent(words: Iterable[str]) -> Extent | None:
    """The share that lower-case words tell of; "nearly all" is most, and "the third largest city" no third."""
    listed = list(words)
    for at, word in enumerate(listed):
        if (share := _share(word)) is None:
            continue
        before, after = listed[max(0, at - 1) : at], listed[at + 1 : at + 2]
        if word == "all" and before in (["nearly"], ["almost"], ["virtually"]):
            return Extent.MOST
        counted = any(is_a(one, "strong_place") for one in after)  # "a third village" is one more
        if word != "third" or after == ["of"] or (before == ["a"] and not counted):
            return share
    return None


@lru_cache(maxsize=16384)
def _share(word: str) -> Extent | None:
    """How much of a thing one word says it is ("most", "parts")."""
    shares = (Extent.OUTSKIRTS, Extent.MOST, Extent.PART, Extent.FULL)
    return next((extent for extent in shares if is_a(word, f"extent_{extent.value}")), None)
