"""What counting words makes of a claim: the measures that a checker must beat. A claim and sentences in, a score out.

Where lies keep more words of their source than true claims do, the plain ones know nothing and the reversed ones much:
what these reach is owed to how claims are worded, not to what they say.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from briefer.evals.labelled import Day
from briefer.evals.lies import Question, Setting, questions
from briefer.evals.measures import Likeness, Scored
from briefer.reading import numbers
from briefer.reading.names import fold
from briefer.verify.tokens import is_empty, stem, words

BEST = 3
"""Sentences in which the names and numbers of a claim are looked for: those that share most words with it."""


@dataclass(frozen=True, slots=True)
class Bag:
    """A sentence as baselines see it: its words in order, the stems of those that say something, names and numbers."""

    words: tuple[str, ...]
    stems: frozenset[str]
    details: frozenset[str]


@lru_cache(maxsize=65536)
def bag(text: str) -> Bag:
    """A sentence as its words."""
    found = words(text)
    stems = frozenset(stem(word) for word in found if not is_empty(word))
    return Bag(tuple(word.lower() for word in found), stems, frozenset(_details(text, found)))


def _details(text: str, found: Sequence[str]) -> Iterator[str]:
    """The names, every word with a capital but an opening "The", and the numbers by value."""
    yield from (fold(word) for word in found if word[0].isupper() and not is_empty(word))
    for number in numbers.find(text):
        yield f"#{number.best if number.best is not None else (number.low, number.high)}"


def overlap(claim: Bag, pool: Sequence[Bag]) -> float:
    """The share of the claim's content words that its best sentence has."""
    return max((_covered(claim, each) for each in pool), default=0.0)


def details(claim: Bag, pool: Sequence[Bag]) -> float:
    """The share of the claim's names and numbers that its best sentences have."""
    best = sorted(pool, key=lambda each: -_covered(claim, each))[:BEST]
    held = frozenset[str]().union(*(each.details for each in best))
    return len(claim.details & held) / len(claim.details) if claim.details else 1.0


def rouge(claim: Bag, pool: Sequence[Bag]) -> float:
    """ROUGE-L (Lin 2004) with the best sentence: F1 of the longest common subsequence of words."""
    return max((_rouge(claim.words, each.words) for each in pool), default=0.0)


def _covered(claim: Bag, sentence: Bag) -> float:
    return len(claim.stems & sentence.stems) / len(claim.stems) if claim.stems else 0.0


def _rouge(claim: Sequence[str], sentence: Sequence[str]) -> float:
    together = len(claim) + len(sentence)
    return 2 * LCSseq.similarity(claim, sentence) / together if together else 0.0


BASELINES: Mapping[str, Callable[[Bag, Sequence[Bag]], float]] = {
    "content words": overlap,
    "names and numbers": details,
    "ROUGE-L": rouge,
    "content words, reversed": lambda claim, pool: 1 - overlap(claim, pool),
    "ROUGE-L, reversed": lambda claim, pool: 1 - rouge(claim, pool),
}
"""Each by its name in the tables."""


def scored(days: Sequence[Day], setting: Setting, name: str) -> list[Scored]:
    """The claims of the days with a baseline's score."""
    measure = BASELINES[name]
    return [
        Scored(day.name, question.claim.is_true, measure(bag(question.claim.text), _pool(day, question)))
        for day in days
        for question in questions(day, setting)
    ]


def likeness(days: Sequence[Day], setting: Setting) -> list[Likeness]:
    """How much each claim of the days shares with its best sentences."""
    pairs = zip(scored(days, setting, "ROUGE-L"), scored(days, setting, "content words"), strict=True)
    return [Likeness(longest.score, shared.score) for longest, shared in pairs]


def _pool(day: Day, question: Question) -> list[Bag]:
    """The sentences that a claim is held against: those it cites, else those of its articles, else of all."""
    asked = question.statement
    cited = {(each.article, each.sentence) for each in asked.cited}
    return [
        bag(article.sentence(number))
        for article in day.articles.values()
        if not asked.articles or article.id in asked.articles
        for number in range(len(article.sentences))
        if not cited or (article.id, number) in cited
    ]
