"""What a model answers when it is asked about statements, and what becomes of a finding by its answer.

In: JSON. Out: `Checked`, strict; and, for a finding and its `Weighed`, the finding as it ends.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Self

from pydantic import WrapValidator, model_validator

from briefer.prompts import Piece
from briefer.types import Article, Finding, Part, Passage, Reason, Ruling
from briefer.types.said import right_members_or_none
from briefer.verify.judged import Quotation, ReasonOrNone, Verdict, plain, quotation
from briefer.verify.packs import Entry, Judgement, part_of

SURE, REFUSED = 0.97, 0.03
"""The belief in what a judge found supported, and in what it did not: a careful reader errs about once in 30."""
_SILENT = frozenset({Reason.FABRICATED, Reason.INJECTED})
"""Reasons by which no source says otherwise: the words are the nearest ones, not words against it."""


class Weighed(Entry):
    """The judgement on the statement numbered `n`: first the words `q` that decide it, so that it follows from them."""

    q: Quotation = ""
    v: Verdict
    r: ReasonOrNone = None


class Checked(Judgement):
    """A whole reply, one entry a statement."""

    statements: Annotated[tuple[Weighed, ...], WrapValidator(right_members_or_none)]

    @model_validator(mode="after")
    def _answers(self) -> Self:
        if not self.statements:
            raise ValueError("statements: give one entry a statement")
        return self

    @property
    def entries(self) -> Sequence[Weighed]:
        """The judgements."""
        return self.statements

    def part(self, part: Part) -> Self:
        """The judgements on one group's statements, numbered from 1."""
        return self.model_copy(update={"statements": part_of(self.statements, part)})


def decided(finding: Finding, weighed: Weighed | None, shown: Sequence[Piece], against: Sequence[Article]) -> Finding:
    """The finding as it ends after a judge answered; `shown` is what was shown for it of the articles `against`.

    The judge decides both ways, but only by words that stand in those articles, and against a statement only with a
    reason from the list. Otherwise (no entry, a quotation of its own making, unclear) the finding stays as it was.
    """
    passage = quoted(weighed.q, shown, against) if weighed is not None else None
    if weighed is None or passage is None:
        return finding
    if weighed.v is Ruling.SUPPORTED:
        return _supported(finding, passage)
    if weighed.v is Ruling.UNSUPPORTED and weighed.r is not None:
        return _unsupported(finding, passage, weighed.r)
    return finding


def quoted(quote: str, shown: Sequence[Piece], against: Sequence[Article]) -> Passage | None:
    """Where a quotation stands, first in what was shown, then in the articles; None where it stands in none."""
    pattern = quotation(quote)
    if pattern is None:
        return None
    for article in {each.id: each for each in (*(piece.article for piece in shown), *against)}.values():
        if found := pattern.search(article.text):
            return _passage(article, found.start(), found.end())
    for piece in shown:
        for number in range(piece.first, piece.last):
            # What the prompt writes otherwise (pointed brackets, unseen characters) is quoted as it stands there.
            if pattern.search(plain(piece.article.sentence(number))):
                span = piece.article.sentences[number]
                return _passage(piece.article, span.start, span.end)
    return None


def _passage(article: Article, start: int, end: int) -> Passage:
    return Passage(article.name, start, end, article.text[start:end])


def _supported(finding: Finding, passage: Passage) -> Finding:
    return replace(
        finding,
        verdict=Ruling.SUPPORTED,
        reason=None,
        score=SURE,
        evidence=_first(passage, finding.evidence),
        against=(),
        why="the judge finds it carried by the words quoted first",
        judged=True,
    )


def _unsupported(finding: Finding, passage: Passage, reason: Reason) -> Finding:
    silent = reason in _SILENT
    return replace(
        finding,
        verdict=Ruling.UNSUPPORTED,
        reason=reason,
        score=REFUSED,
        evidence=_first(passage, finding.evidence) if silent else finding.evidence,
        against=finding.against if silent else _first(passage, finding.against),
        why=f"the judge finds that the words quoted first {'do not carry it' if silent else 'say otherwise'}",
        judged=True,
    )


def _first(passage: Passage, others: Sequence[Passage]) -> tuple[Passage, ...]:
    return (passage, *(each for each in others if each != passage))
