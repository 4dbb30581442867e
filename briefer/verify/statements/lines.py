"""One sentence as the checks of statements compare it: its words, names, numbers, times and deeds.

In: the text of a sentence and the day it was written. Out: a `Line`. Words are kept as keys: a proper name as "=name"
under the folding key of names, any other word that says something as its stem.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from briefer.reading import dates, numbers
from briefer.reading.dates import TimeExpression
from briefer.reading.names import fold
from briefer.reading.numbers import Number
from briefer.reading.parsing import parse_sentence
from briefer.reading.phrases import Clauses
from briefer.types import CasualtyKind, When
from briefer.verify import cues
from briefer.verify.statements import hours
from briefer.verify.statements.deeds import Deed, deeds_of
from briefer.verify.statements.keys import PRONOUN, Keys, key
from briefer.verify.statements.meanings import meanings
from briefer.verify.tokens import stem

_LINKS = frozenset("al el ul as ash at ad an de del la da do dos di bin ibn abu van von - .".split())
_BETWEEN = frozenset("of the other more their his its about these those all".split())
_REACH = 6
"""Tokens behind a number in which stands what it counts."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that says something: as written, its key, and its token."""

    text: str
    key: str
    at: int

    @property
    def proper(self) -> bool:
        """Whether it is, or belongs to, a name."""
        return self.key.startswith("=")


@dataclass(frozen=True, slots=True)
class Name:
    """Words of a name in their order, tokens `first` to before `last`."""

    words: tuple[str, ...]
    first: int
    last: int

    @property
    def text(self) -> str:
        """The name as written, its words apart."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the keys of what it counts or is said of, and the token that it begins at."""

    number: Number
    counted: Keys
    nouns: tuple[str, ...]
    at: int


@dataclass(frozen=True, eq=False)
class Line:
    """A sentence, parsed. `written` is the day it was written, None where that is not known."""

    text: str
    written: date | None
    clauses: Clauses
    times: tuple[TimeExpression, ...]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """What of it says something, in order."""
        return tuple(self._words())

    def _words(self) -> Iterator[Word]:
        for at, word in enumerate(self.clauses.tokens.words):
            if (found := key(at, self.clauses)) and found != PRONOUN:
                yield Word(word, found, at)

    @cached_property
    def keys(self) -> Keys:
        """The keys of its words; a word with a hyphen has those of its parts too, the first may be a name."""
        parts = {stem(part) for word in self.words if "-" in word.text for part in word.text.split("-") if part}
        first = {f"={fold(word.text)}" for word in self.words[:1] if word.text[0].isupper()}
        return frozenset({word.key for word in self.words} | parts | first)

    @cached_property
    def meanings(self) -> Keys:
        """The numbers of all that its words may mean."""
        found: set[str] = set()
        for word in self.words:
            found |= meanings(word.text.lower())
        return frozenset(found)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The names, in order."""
        return tuple(self._names())

    def _names(self) -> Iterator[Name]:
        run: list[Word] = []
        for word in self.words:
            if word.proper and (not run or self._goes_on(run[-1].at, word.at)):
                run.append(word)
                continue
            if run:
                yield Name(tuple(each.text for each in run), run[0].at, run[-1].at + 1)
            run = [word] if word.proper else []
        if run:
            yield Name(tuple(each.text for each in run), run[0].at, run[-1].at + 1)

    def _goes_on(self, before: int, at: int) -> bool:
        return all(word in _LINKS for word in self.clauses.tokens.lower[before + 1 : at])

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """The numbers that count or measure, each with what stands behind it."""
        return tuple(self._amounts())

    def _amounts(self) -> Iterator[Amount]:
        starts, base = self.clauses.tokens.starts, self.clauses.tokens.starts[0] if len(self.clauses.tokens) else 0
        taken = [(time.start, time.end) for time in self.times] + [(hour.start, hour.end) for hour in self.hours]
        for number in numbers.find(self.text):
            if any(start <= number.start < end for start, end in taken):
                continue
            at = next((i for i, start in enumerate(starts) if start - base >= number.start), len(starts))
            end = next((i for i, start in enumerate(starts) if start - base >= number.end), len(starts))
            counted = self._counted(end)
            yield Amount(number, frozenset(found for found, _ in counted), tuple(word for _, word in counted), at)

    def _counted(self, end: int) -> list[tuple[str, str]]:
        """The keys and words of the noun phrase that a number opens, up to the noun that ends it."""
        tags = self.clauses.tags
        found: list[tuple[str, str]] = []
        for at in range(end, min(len(tags), end + _REACH)):
            if tags[at] in "NEJQ" or (at == end and tags[at] in "pgd"):
                if known := key(at, self.clauses):
                    found.append((known, self.clauses.tokens.lower[at]))
                if tags[at] == "N" and tags[at + 1 : at + 2] not in ("N", "E"):
                    break
            elif self.clauses.tokens.lower[at] not in _BETWEEN and tags[at] != "B":
                break
        return found

    @cached_property
    def hours(self) -> tuple[hours.Hour, ...]:
        """The times of day by the clock."""
        return tuple(hours.find(self.text))

    @cached_property
    def days_ahead(self) -> tuple[When, ...]:
        """What its expressions of time mean where they are of days to come."""
        return tuple(dates.resolve(time, written=self.written, future=True) for time in self.times)

    @cached_property
    def days(self) -> tuple[When, ...]:
        """What its expressions of time mean."""
        return tuple(dates.resolve(time, written=self.written) for time in self.times)

    @cached_property
    def deeds(self) -> tuple[Deed, ...]:
        """What it tells, by its verbs and the nouns that tell an event."""
        return tuple(deeds_of(self.clauses))

    @cached_property
    def lower(self) -> Keys:
        """Its tokens in lower case."""
        return frozenset(self.clauses.tokens.lower)


@lru_cache(maxsize=8192)
def line(text: str, written: date | None) -> Line:
    """The sentence, read; the day is the one that its times are told from."""
    clauses, times = parse_sentence(text)
    return Line(text, written, clauses, tuple(times))


_NEAR = 7
"""Tokens between a number and the word that says what became of those it counts."""
_JOINT = 4
"""What a mark or a joint between the two counts as, in tokens."""


def fates(amount: Amount, of: Line) -> frozenset[CasualtyKind]:
    """What the nearest word that tells a fate says of those whom a number counts, nothing for most numbers."""
    lower, tags = of.clauses.tokens.lower, of.clauses.tags
    best: tuple[int, frozenset[CasualtyKind]] = (_NEAR + 1, frozenset())
    for at in range(max(0, amount.at - _NEAR), min(len(lower), amount.at + _NEAR + 1)):
        found = cues.fates(lower[at])
        between = tags[min(at, amount.at) : max(at, amount.at)]
        distance = abs(at - amount.at) + _JOINT * sum(between.count(mark) for mark in ",;C")
        if found and distance < best[0]:
            best = (distance, found)
    return best[1]
