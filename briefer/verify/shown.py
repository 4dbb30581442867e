"""What of the articles a judge is shown for statements: all of them where they are few, else what is nearest.

In: findings and articles. Out: `Shown`, and its text as it stands in a prompt.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, zip_longest
from operator import attrgetter

from briefer.prompts import Piece, numbered, one_line
from briefer.protocols import Tokenizer
from briefer.types import Article, Finding, Passage
from briefer.verify.statements.sources import Sources, rough_keys

Shown = Mapping[int, frozenset[int]]
"""The numbers of the sentences that are shown of each article, by its place in the library; none is without any."""

_BESIDE = 2
"""Sentences shown on either side of a passage: whose word it is stands up to two sentences before or after."""
_NEAREST = 6
"""Sentences looked up for a statement beside its passages."""
_NEAR = 0.5
"""The least nearness of such a sentence, as a share of the nearest one's: of 36 articles on four subjects it shows all
that 110 true statements rest on, and 0.3 takes half as many tokens again."""
_SMALL = 900
"""Tokens of an article that is shown whole where there is room: most news reports have fewer."""
_BRIDGED = 3
"""Sentences between two windows that cost less than the head line that would part them."""
_LETTERS = 12
_HEAD = 45
"""Tokens of a head line: outlet, day, dateline and a title of ten words."""


class Library:
    """The articles of one run of the judge."""

    def __init__(self, articles: Sequence[Article], tokenizer: Tokenizer) -> None:
        self._articles = articles
        self._tokenizer = tokenizer
        self._by_id = {article.id: at for at, article in reversed(list(enumerate(articles)))}
        self._by_name = {article.name: at for at, article in reversed(list(enumerate(articles)))}
        self._counted: dict[tuple[int, int], int] = {}

    @cached_property
    def _sources(self) -> Sources:
        return Sources(self._articles)

    # ── which articles ──

    def held_against(self, finding: Finding) -> tuple[int, ...]:
        """The articles that a statement is held against, by their places; those that are not here are left out."""
        named = finding.statement.articles
        if not named:
            return tuple(range(len(self._articles)))
        return tuple(sorted({self._by_id[each] for each in named if each in self._by_id}))

    def nearest(self, finding: Finding, articles: tuple[int, ...]) -> int:
        """The article that a statement is nearest to."""
        if len(articles) == 1:
            return articles[0]
        places = self._passages(finding, articles) or self._found(finding, articles)
        return places[0][0] if places else articles[0]

    def named(self, places: Iterable[int]) -> list[Article]:
        """The articles at some places."""
        return [self._articles[at] for at in places]

    # ── what of them ──

    def whole(self, articles: Iterable[int]) -> Shown:
        """All of some articles."""
        numbers = {at: range(len(self._articles[at].sentences)) for at in articles}
        return {at: frozenset(each) for at, each in numbers.items() if each}

    def fit(self, articles: Sequence[int], room: int) -> bool:
        """Whether some articles have no more tokens than there is room for."""
        letters = sum(len(self._articles[at].text) for at in articles)
        # Counting the tokens of a long archive takes seconds, and no language has so many letters to a token.
        return letters <= room * _LETTERS and self.tokens(self.whole(articles)) <= room

    def windows(self, findings: Sequence[Finding], articles: tuple[int, ...], room: int) -> Shown:
        """What is nearest to some statements, as much as there is room for in tokens: the first of each in any case."""
        shown: dict[int, frozenset[int]] = {}
        for at, numbers in self._wanted(findings, articles):
            more = {**shown, at: shown.get(at, frozenset()) | numbers}
            if not shown or self.tokens(more) <= room:
                shown = more
        return shown

    def _wanted(self, findings: Sequence[Finding], articles: tuple[int, ...]) -> Iterator[tuple[int, frozenset[int]]]:
        """Sentences by article, those that are needed most first."""
        passages = [self._passages(finding, articles) for finding in findings]
        found = [self._found(finding, articles) for finding in findings]
        yield from self._turns(passages, _BESIDE)
        yield from self._small(each[0][0] for each in passages if each)
        yield from self._turns(found, 1)
        yield from self._small(at for each in found for at, _ in each)

    def _small(self, places: Iterable[int]) -> Iterator[tuple[int, frozenset[int]]]:
        """Articles that are shown whole, those that occur most often first."""
        for at, _ in Counter(places).most_common():
            if self.fit([at], _SMALL):
                yield at, self.whole([at])[at]

    def _turns(self, found: Sequence[Sequence[tuple[int, int]]], beside: int) -> Iterator[tuple[int, frozenset[int]]]:
        """The first sentence of each statement with those beside it, then the second of each, and so on."""
        for turn in range(max((len(each) for each in found), default=0)):
            for at, number in (each[turn] for each in found if len(each) > turn):
                last = len(self._articles[at].sentences)
                yield at, frozenset(range(max(0, number - beside), min(last, number + beside + 1)))

    def _passages(self, finding: Finding, articles: tuple[int, ...]) -> list[tuple[int, int]]:
        """Article and sentence of what was found, for and against by turns."""
        by_turns = chain.from_iterable(zip_longest(finding.evidence, finding.against))
        places = [self._place(each) for each in by_turns if each is not None]
        return [place for place in places if place is not None and place[0] in articles]

    def _place(self, passage: Passage) -> tuple[int, int] | None:
        at = self._by_name.get(passage.article)
        if at is None or not self._articles[at].sentences:
            return None
        spans = self._articles[at].sentences
        return at, max(0, bisect_right(spans, passage.start, key=attrgetter("start")) - 1)

    def _found(self, finding: Finding, articles: tuple[int, ...]) -> list[tuple[int, int]]:
        keys = sorted(rough_keys(finding.statement.text))
        nearest = self._sources.nearest(keys, most=_NEAREST, within=frozenset(articles))
        return [(place.page, place.number) for place, near in nearest if near >= _NEAR * nearest[0][1]]

    # ── as text ──

    def text(self, shown: Shown) -> str:
        """The sentences, numbered between markers (see `prompts.numbered`)."""
        return numbered(self.pieces(shown))

    def pieces(self, shown: Shown) -> list[Piece]:
        """The sentences in their order, in as few pieces as cost the least."""
        return [piece for at in sorted(shown) for piece in self._runs(at, shown[at])]

    def heads(self, shown: Shown, some: Collection[int]) -> str:
        """The numbers that the heads of some articles have in the text of what is shown."""
        places = [at for at in sorted(shown) for _ in self._runs(at, shown[at])]
        return ", ".join(str(number) for number, at in enumerate(places, start=1) if at in some)

    def tokens(self, shown: Shown) -> int:
        """The tokens of the text, nearly."""
        return sum(
            _HEAD + sum(self._count(at, number) for number in range(piece.first, piece.last))
            for at in shown
            for piece in self._runs(at, shown[at])
        )

    def _count(self, at: int, number: int) -> int:
        if (at, number) not in self._counted:
            line = f"{number} {one_line(self._articles[at].sentence(number))}\n"
            self._counted[at, number] = self._tokenizer.count(line)
        return self._counted[at, number]

    def _runs(self, at: int, numbers: Iterable[int]) -> list[Piece]:
        pieces: list[Piece] = []
        for number in sorted(numbers):
            if pieces and number - pieces[-1].last < _BRIDGED:
                pieces[-1] = Piece(self._articles[at], pieces[-1].first, number + 1)
            else:
                pieces.append(Piece(self._articles[at], number, number + 1))
        return pieces


def together(shown: Iterable[Shown]) -> Shown:
    """What is shown by any of several."""
    every: dict[int, frozenset[int]] = {}
    for each in shown:
        for at, numbers in each.items():
            every[at] = every.get(at, frozenset()) | numbers
    return every
