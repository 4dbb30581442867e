"""A sentence that somebody claims, and what the sources say to it. Offsets are into the clean `Article.text`."""

from dataclasses import dataclass

from briefer.types.claims import Reason, Ruling


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence of a source by the article's id and its number from 0."""

    article: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence to be checked. `articles` are the ids of those it is held against; none stands for all.

    `cited` are the sentences that it is said to rest on, where somebody says so; `before` is what was said right before
    it in its text, for its pronouns.
    """

    id: str
    text: str
    articles: tuple[str, ...] = ()
    cited: tuple[Cited, ...] = ()
    before: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """The exact words of a source: `quote` is `text[start:end]` of the article with this name."""

    article: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What is found of a statement.

    `score` is the belief that the sources carry it, 0 to 1. `evidence` are the passages nearest to it, the best first,
    `against` those that say otherwise: a statement without any is not found, one with some is contradicted. `why` says
    in words what the verdict rests on. `judged` tells that a model was asked and decided.
    """

    statement: Statement
    verdict: Ruling
    reason: Reason | None
    score: float
    evidence: tuple[Passage, ...] = ()
    against: tuple[Passage, ...] = ()
    why: str = ""
    judged: bool = False

    @property
    def contradicted(self) -> bool:
        """Whether a source says otherwise, apart from saying nothing of it."""
        return self.verdict is Ruling.UNSUPPORTED and bool(self.against)
