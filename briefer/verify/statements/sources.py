"""The articles that statements are held against: their sentences, found by the words that they share with a statement.

In: Articles. Out: `Sources`, with the lines nearest to a statement, ranked by BM25 over stems, names and numbers.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from briefer.reading.article import Told, read
from briefer.reading.names import fold
from briefer.reading.scene import NameSort, Scene, scene
from briefer.types import Article, Span
from briefer.verify.statements.keys import Keys
from briefer.verify.statements.lines import Line, line
from briefer.verify.tokens import is_empty, stem, words

_SATURATION, _LENGTH = 1.2, 0.6
"""The usual constants of BM25, k1 and b; sentences differ little in length, so b is below the 0.75 of documents."""
_LOOKED_UP = 20_000
"""Places that are scored for one statement; the commonest words come last, and tell least."""
_LONGEST = 600
"""Sentences of an article that is read as a whole; around a hit in a longer one only what stands near is read."""
_NEAR = 8
MEMORY = 3
"""Sentences before a line in which what its pronouns stand for is named."""


_OURS = re.compile(
    r"\b[Oo]ur (?:own )?(?:men|fighters|forces|troops|soldiers|army|movement|heroes|heroic|brave|brothers|comrades"
    r"|advance|guns|units|people['’]s|boys|navy|marines|pilots)\b"
    r"|\b(?:terrorists?|bandits|mercenaries|occupiers?|puppets?|martyr(?:s|ed)?|heroic|liberated"
    r"|the (?:regime|enemy|junta)(?:'s|’s)?)\b"
)
_QUOTED = re.compile(r"[“\"«][^”\"»]{0,400}[”\"»]")
_LOADED = 2
"""Words of a side, outside of quotation marks, from which an article counts as that side's own."""
_READ = 20_000
"""Characters in which they are looked for."""


@dataclass(frozen=True)
class Place:
    """A sentence of the sources: the number of its article and its own."""

    page: int
    number: int


class Page:
    """One article, its sentences parsed when they are asked for."""

    def __init__(self, article: Article, day: date | None = None) -> None:
        self.article = article
        self._day = day
        self._told: dict[int, dict[int, list[Told]]] = {}

    @cached_property
    def scene(self) -> Scene:
        """What the article says of its names."""
        return scene(self.article if self._is_short else self._part(0, _LONGEST))

    @property
    def _is_short(self) -> bool:
        return len(self.article.sentences) <= _LONGEST

    @property
    def written(self) -> date | None:
        """The day of the article; of one without a date, the day on which statements are told."""
        return self.article.published.date() if self.article.published is not None else self._day

    def line(self, number: int) -> Line:
        """One sentence, read by itself."""
        return line(self.article.sentence(number), self.written)

    def told(self, number: int) -> Sequence[Told]:
        """What the reader of war finds told in a sentence, with what its pronouns stand for."""
        first = 0 if self._is_short else max(0, number - _NEAR)
        if first not in self._told:
            found: dict[int, list[Told]] = defaultdict(list)
            part = self.article if self._is_short else self._part(first, number + 2)
            for each in read(part)[1]:
                found[each.sentence + first].append(each)
            self._told[first] = found
        return self._told[first].get(number, [])

    def _part(self, first: int, last: int) -> Article:
        spans = self.article.sentences[first:last]
        start = spans[0].start
        moved = tuple(Span(span.start - start, span.end - start) for span in spans)
        return Article(
            id=f"{self.article.id}:{first}",
            name=self.article.name,
            text=self.article.text[start : spans[-1].end],
            sentences=moved,
            published=self.article.published,
            language=self.article.language,
        )

    def before(self, number: int) -> Iterable[Line]:
        """The few lines before one, the nearest first, and the title."""
        for earlier in range(number - 1, max(-1, number - 1 - MEMORY), -1):
            yield self.line(earlier)
        if self.article.title:
            yield line(self.article.title, self.written)

    @cached_property
    def is_partisan(self) -> bool:
        """Whether the article itself speaks for a side: what it tells in its own voice is that side's claim."""
        return len(_OURS.findall(_QUOTED.sub("", self.article.text[:_READ]))) >= _LOADED

    @cached_property
    def keys(self) -> Keys:
        """The keys of the whole article, roughly: made without parsing it."""
        found: set[str] = set()
        for text in (self.article.title, self.article.text, self.article.outlet, self.article.dateline):
            found |= rough_keys(text)
        return frozenset(found)


class Sources:
    """Articles, ready to be searched."""

    def __init__(self, articles: Sequence[Article], day: date | None = None) -> None:
        self.pages = [Page(article, day) for article in articles]
        self.by_id = {article.id: at for at, article in enumerate(articles)}
        self._places: list[Place] = []
        self._lengths: list[int] = []
        self._postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for at, page in enumerate(self.pages):
            for number in range(len(page.article.sentences)):
                self._add(Place(at, number), page.article.sentence(number))
        self._weights = {key: self._weight(len(held)) for key, held in self._postings.items()}
        self._mean = sum(self._lengths) / len(self._lengths) if self._lengths else 1.0

    def _add(self, place: Place, text: str) -> None:
        counted = Counter(_rough(text))
        self._places.append(place)
        self._lengths.append(sum(counted.values()))
        for key, many in counted.items():
            self._postings[key].append((len(self._places) - 1, many))

    def weight(self, key: str) -> float:
        """How much a key tells: its inverse document frequency over the sentences, at least 0.2."""
        return self._weights.get(key.removeprefix("="), self._weight(0))

    def _weight(self, held: int) -> float:
        many = len(self._places)
        return max(0.2, math.log(1 + (many - held + 0.5) / (held + 0.5))) if many else 1.0

    def nearest(
        self, keys: Iterable[str], *, most: int, within: frozenset[int] | None = None
    ) -> list[tuple[Place, float]]:
        """The sentences that share most with some keys, the nearest first; `within` are the pages that count."""
        scores: dict[int, float] = defaultdict(float)
        looked = 0
        for key in sorted(keys, key=lambda each: (-self.weight(each), each)):
            postings = self._postings.get(key.removeprefix("="), ())
            weight = self.weight(key)
            looked += len(postings)
            if looked > _LOOKED_UP and scores:
                break
            for at, many in postings:
                if within is not None and self._places[at].page not in within:
                    continue
                norm = _SATURATION * (1 - _LENGTH + _LENGTH * self._lengths[at] / self._mean)
                scores[at] += weight * many * (_SATURATION + 1) / (many + norm)
        best = sorted(scores, key=lambda at: (-scores[at], at))[:most]
        return [(self._places[at], scores[at]) for at in best]

    @cached_property
    def sorts(self) -> Mapping[str, NameSort]:
        """What each name is, by most of the articles that show it."""
        votes: dict[str, Counter[NameSort]] = defaultdict(Counter)
        for page in self.pages:
            for name, sort in page.scene.sorts.items():
                votes[name][sort] += 1
        return {name: max(counted, key=lambda sort: (counted[sort], sort)) for name, counted in votes.items()}

    @cached_property
    def keys(self) -> Keys:
        """The keys of all pages."""
        return frozenset().union(*(page.keys for page in self.pages))

    @cached_property
    def full(self) -> Mapping[str, str]:
        """The full name behind each short one that an article introduces (keys folded)."""
        found: dict[str, str] = {}
        for page in self.pages:
            for short, full in page.scene.full.items():
                found.setdefault(short, full)
        return found


def rough_keys(text: str) -> Keys:
    """The keys of a text without parsing it: stems, and the folding key of every word with a capital."""
    return frozenset(_rough(text)) | {
        f"={fold(word)}" for word in words(text) if word[0].isupper() or word[0].isdigit()
    }


def _rough(text: str) -> list[str]:
    """The keys that sentences are found by: names under their folding key, other words by their stem, numerals."""
    found = []
    for word in words(text):
        if word[0].isupper() or word[0].isdigit():
            found.append(fold(word))
        if not word[0].isdigit() and not is_empty(word):
            found.append(stem(word))
    return found
