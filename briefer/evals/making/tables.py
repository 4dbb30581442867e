"""The data files of the maker as values: turned verbs, graver words, added details, orders to the machine."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Turn:
    """What turns a verb round: `over` are the prepositions that it may have, `later` one further on and its other."""

    lemma: str
    over: tuple[str, ...]
    opposite: str
    preposition: str
    later: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Graver:
    """Words that say more in the place of others."""

    pattern: re.Pattern[str]
    words: str


def _rows(name: str) -> list[list[str]]:
    text = (resources.files(__package__) / "data" / name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def turns() -> dict[str, tuple[Turn, ...]]:
    """By the base form of the verb that is turned."""
    found: dict[str, tuple[Turn, ...]] = {}
    for row in _rows("turned.tsv"):
        lemma, over, opposite, preposition, later = (*row, "", "", "")[:5]
        before, _, after = later.partition(">")
        over_these = tuple(each for each in over.split("|") if each)
        found[lemma] = (*found.get(lemma, ()), Turn(lemma, over_these, opposite, preposition, (before, after)))
    return found


@cache
def graver() -> tuple[Graver, ...]:
    """In the order in which they are tried."""
    return tuple(Graver(re.compile(row[0], re.IGNORECASE), (*row, "")[1]) for row in _rows("graver.tsv"))


@cache
def added(kind: str) -> tuple[str, ...]:
    """The templates of details ("end") or of whole events ("event")."""
    return tuple(words for each, words in _rows("added.tsv") if each == kind)


@cache
def orders() -> tuple[str, ...]:
    """Templates of sentences that tell a machine what to report."""
    return tuple(row[0] for row in _rows("orders.tsv"))
