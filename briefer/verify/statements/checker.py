"""Holds any sentence against any articles: Statement in, Finding out. Pure and deterministic; asks no model."""

from collections.abc import Sequence

from briefer.types import Article, Finding, Passage, Reason, Ruling, Statement
from briefer.verify.statements.lines import line
from briefer.verify.statements.sources import Place, Sources

THRESHOLD = 0.5
"""The belief at and above which a statement counts as supported."""


class Checker:
    """The articles that statements are held against, read once and searched for each."""

    def __init__(self, articles: Sequence[Article], *, threshold: float = THRESHOLD) -> None:
        self._sources = Sources(articles)
        self._threshold = threshold

    def find(self, statement: Statement) -> Finding:
        """What the articles say to a statement."""
        claimed = line(statement.text, None)
        within = frozenset(self._sources.by_id[each] for each in statement.articles) or None
        nearest = self._sources.nearest(claimed.keys, most=5, within=within)
        if not nearest:
            return Finding(statement, Ruling.UNSUPPORTED, Reason.FABRICATED, 0.0, why="no source speaks of it")
        best = self._sources.pages[nearest[0][0].page].line(nearest[0][0].number)
        score = len(claimed.keys & best.keys) / max(1, len(claimed.keys))
        verdict = Ruling.SUPPORTED if score >= self._threshold else Ruling.UNCLEAR
        passages = tuple(self._passage(place) for place, _ in nearest[:3])
        return Finding(statement, verdict, None, score, passages)

    def _passage(self, place: Place) -> Passage:
        article = self._sources.pages[place.page].article
        span = article.sentences[place.number]
        return Passage(article.name, span.start, span.end, article.text[span.start : span.end])
