"""A checker judges labelled claims: days and a setting in; each claim with its label, Statement and Finding out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from briefer.evals.cited import Located, locate
from briefer.evals.labelled import Day, Labelled
from briefer.types import Article, Cited, Finding, Reason, Ruling, Statement


class Setting(StrEnum):
    """What a claim is held against."""

    GIVEN = "given"
    """The articles that it names."""
    OPEN = "open"
    """All articles of the day: what speaks of it must be found first."""
    CITED = "cited"
    """The sentences that it is said to rest on, as a claim of a run is."""


class Finder(Protocol):
    """Finds what its articles say to a statement."""

    def find(self, statement: Statement) -> Finding:
        """The verdict, reason and score of one statement."""
        ...


Opening = Callable[[Sequence[Article]], Finder]
"""Makes a Finder of articles, as `briefer.verify.Checker` does."""


@dataclass(frozen=True, slots=True)
class Question:
    """A labelled claim as a checker is asked about it. `cut` tells for each quotation of no sentence what cut it."""

    day: str
    setting: Setting
    claim: Labelled
    statement: Statement
    cut: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The id of the claim among all days."""
        return f"{self.day}/{self.claim.id}"


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled claim and what was found of it."""

    question: Question
    finding: Finding

    @property
    def label(self) -> Ruling:
        """What is right, by hand: supported or unsupported."""
        return Ruling(self.question.claim.label)

    @property
    def reason(self) -> Reason | None:
        """The right reason; None for a true claim."""
        return self.question.claim.reason

    @property
    def statement(self) -> Statement:
        """What the checker was asked."""
        return self.question.statement

    def reason_is_fair(self) -> bool:
        """Whether the reason that was found is the right one, or one that would do too."""
        return self.finding.reason is not None and self.finding.reason in (self.reason, *self.question.claim.also)


def judge(days: Sequence[Day], setting: Setting, opening: Opening) -> Iterator[Judged]:
    """Every claim of the days, judged; each day's articles are opened once."""
    for day in days:
        finder = opening(tuple(day.articles.values()))
        for question in questions(day, setting):
            yield Judged(question, finder.find(question.statement))


def questions(day: Day, setting: Setting) -> Iterator[Question]:
    """The claims of a day as Statements."""
    for claim in day.claims:
        articles = tuple(day.articles[file] for file in claim.files)
        held = () if setting is Setting.OPEN else tuple(dict.fromkeys(article.id for article in articles))
        located = [locate(sentence, articles) for sentence in claim.evidence] if setting is Setting.CITED else []
        statement = Statement(claim.id, claim.text, held, cited=_cited(located))
        yield Question(day.name, setting, claim, statement, tuple(each.cut for each in located if each.cut))


def _cited(located: Sequence[Located]) -> tuple[Cited, ...]:
    return tuple(dict.fromkeys(cited for each in located for cited in each.cited))
