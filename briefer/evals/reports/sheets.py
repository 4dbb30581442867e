"""What the page shows of one case, with its anchors: CaseRow and Case in; a `Sheet` of plain values out.

Anchors are made of numbers alone, so that no name of a case stands in one: k2 the second case, k2-c5 its fifth claim,
k2-r1 its first reference claim, k2-a3-s140 what is cited of its third article from character 140 on.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from briefer.evals.cases import Case, Forbidden
from briefer.evals.reports import marked, wording
from briefer.evals.reports.marked import Mark, Piece
from briefer.evals.reports.rows import CaseRow, Finding, MeasureRow, measure_rows, nearest
from briefer.evals.results import FALSE, CaseResult, Cite, ScoredClaim, ScoredEvent, Standing, Told
from briefer.render import markdown as rendered
from briefer.types import Article

_ORDER = (Standing.FORBIDDEN, Standing.CONTRADICTED, Standing.NOT_FOUND, Standing.UNLISTED, Standing.CARRIED)
PAPER_BELOW = 4  # the title of a paper stands below h4, which names it


@dataclass(frozen=True, slots=True)
class Link:
    """A text and where it leads within the page, "" where it leads nowhere."""

    text: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """Words that a claim cites, with a link into their article where they stand there."""

    cite: Cite
    to: str


@dataclass(frozen=True, slots=True)
class ClaimSheet:
    """A claim of the briefing: how it is marked, what was found of it, what it cites and what is nearest to it."""

    number: str
    anchor: str
    claim: ScoredClaim
    style: str
    standing: str
    grounds: tuple[str, ...]
    findings: tuple[Finding, ...]
    cited: tuple[Cited, ...]
    nearest: Told | None
    nearest_to: str

    @property
    def false(self) -> bool:
        """Whether it reached the reader and does not stand."""
        return self.claim.shown and self.claim.standing in FALSE


@dataclass(frozen=True, slots=True)
class ToldSheet:
    """A reference claim and links to the claims that tell it."""

    anchor: str
    told: Told
    by: tuple[Link, ...]
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class ForbiddenSheet:
    """What must not be told, and the claims that tell it."""

    forbidden: Forbidden
    by: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class EventSheet:
    """An event of the briefing beside the reference claims of the event that it was matched to."""

    event: ScoredEvent
    reference: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class MissedSheet:
    """An event of the reference that no event of the briefing was matched to."""

    name: str
    reference: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class ArticleSheet:
    """An article, its text in pieces."""

    anchor: str
    article: Article
    pieces: tuple[Piece, ...]
    cited: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One pass over one case, as the page shows it. `case` is None where the page was not given it."""

    anchor: str
    row: CaseRow
    case: Case | None
    measures: tuple[MeasureRow, ...]
    output: Markup
    reference: Markup
    claims: tuple[ClaimSheet, ...]
    told: tuple[ToldSheet, ...]
    forbidden: tuple[ForbiddenSheet, ...]
    events: tuple[EventSheet, ...]
    missed: tuple[MissedSheet, ...]
    articles: tuple[ArticleSheet, ...]


def sheets(rows: Sequence[CaseRow], cases: Mapping[str, Case]) -> list[Sheet]:
    """The sheets of all passes. The articles of a case stand with its first pass, marked by the claims of all."""
    desks = [_Desk(f"k{number}", row, cases.get(row.case.name)) for number, row in enumerate(rows, 1)]
    first: dict[str, _Desk] = {}
    for desk in desks:
        first.setdefault(desk.result.name, desk)
    marks: dict[str, list[Mark]] = {}
    for desk in desks:
        marks.setdefault(desk.result.name, []).extend(desk.marks())
    return [desk.sheet(first[desk.result.name].anchor, marks[desk.result.name]) for desk in desks]


class _Desk:
    """Makes the sheet of one pass over a case."""

    def __init__(self, anchor: str, row: CaseRow, case: Case | None) -> None:
        self.anchor = anchor
        self.row = row
        self.result: CaseResult = row.case
        self._case = case
        self._articles = sorted(case.articles.items()) if case else []
        self._numbers = {name: number for number, (name, _) in enumerate(self._articles, 1)}
        self._told = {told.id: f"{anchor}-r{number}" for number, told in enumerate(self.result.reference, 1)}
        self._labels = {claim.id: self._label(number) for number, claim in enumerate(self._claims(), 1)}

    def _claims(self) -> list[ScoredClaim]:
        """The claims, those that are false and were shown first, those withheld last."""
        return sorted(self.result.claims, key=lambda claim: (not claim.shown, _ORDER.index(claim.standing)))

    def _label(self, number: int) -> Link:
        passing = f"{self.result.repeat + 1}." if self.result.repeat else ""
        return Link(f"{passing}{number}", f"{self.anchor}-c{number}")

    def marks(self) -> Iterator[Mark]:
        """The evidence of its claims and of its reference, in that order."""
        for claim in self._claims():
            label = self._labels[claim.id]
            yield from (Mark(cite, label.text, label.to, _style(claim)) for cite in claim.evidence)
        if not self.result.repeat:
            for told in self.result.reference:
                yield from (Mark(cite, "", self._told[told.id], "reference") for cite in told.evidence)

    def sheet(self, articles: str, marks: Sequence[Mark]) -> Sheet:
        """The sheet; `articles` is the anchor of the sheet that has the articles."""
        return Sheet(
            anchor=self.anchor,
            row=self.row,
            case=self._case,
            measures=measure_rows(self.result.measures),
            output=self._output(),
            reference=marked.paper(self._case.reference, below=PAPER_BELOW) if self._case else Markup(""),
            claims=tuple(self._claim(claim, articles) for claim in self._claims()),
            told=tuple(self._reference(told, articles) for told in self.result.reference),
            forbidden=tuple(self._forbidden()),
            events=tuple(EventSheet(event, self._of_event(event.reference)) for event in self._events()),
            missed=tuple(MissedSheet(name, self._of_event(name)) for name in self.result.missed_events),
            articles=tuple(self._article(name, article, marks) for name, article in self._articles)
            if articles == self.anchor
            else (),
        )

    def _output(self) -> Markup:
        briefing = self.result.briefing
        return marked.paper(rendered.render(briefing), below=PAPER_BELOW) if briefing else Markup("")

    def _claim(self, claim: ScoredClaim, articles: str) -> ClaimSheet:
        label, told = self._labels[claim.id], nearest(self.result, claim)
        return ClaimSheet(
            number=label.text,
            anchor=label.to,
            claim=claim,
            style=_style(claim),
            standing=wording.standing(claim),
            grounds=tuple(_grounds(claim)),
            findings=tuple(
                each for each in (*self.row.worse, *self.row.better) if each.claim and each.claim.id == claim.id
            ),
            cited=tuple(self._cited(cite, articles) for cite in claim.evidence),
            nearest=told,
            nearest_to=self._told[told.id] if told else "",
        )

    def _cited(self, cite: Cite, articles: str) -> Cited:
        number = self._numbers.get(cite.article)
        stands = number is not None and marked.stands(cite, self._articles[number - 1][1].text)
        return Cited(cite, f"{articles}-a{number}-s{cite.start}" if stands else "")

    def _reference(self, told: Told, articles: str) -> ToldSheet:
        by = tuple(self._labels[name] for name in told.by if name in self._labels)
        return ToldSheet(self._told[told.id], told, by, tuple(self._cited(cite, articles) for cite in told.evidence))

    def _forbidden(self) -> Iterator[ForbiddenSheet]:
        for forbidden in self._case.sheet.must_not if self._case else ():
            by = (self._labels[claim.id] for claim in self._claims() if claim.forbidden == forbidden.id)
            yield ForbiddenSheet(forbidden, tuple(by))

    def _events(self) -> list[ScoredEvent]:
        """Matched events first, the least like their reference before the others."""
        return sorted(self.result.events, key=lambda event: (not event.reference, event.likeness))

    def _of_event(self, name: str) -> tuple[Told, ...]:
        return tuple(told for told in self.result.reference if name and told.event == name)

    def _article(self, name: str, article: Article, marks: Sequence[Mark]) -> ArticleSheet:
        of_it = [mark for mark in marks if mark.cite.article == name]
        pieces = tuple(marked.pieces(article.text, of_it))
        cited = len({mark.link for piece in pieces for mark in piece.marks if mark.by})
        return ArticleSheet(f"{self.anchor}-a{self._numbers[name]}", article, pieces, cited)


def _grounds(claim: ScoredClaim) -> Iterator[str]:
    """What its standing rests on; the standing itself is shown beside its text."""
    yield from wording.grounds(claim)[1:]
    if claim.cited_right is not None:
        yield "cites words that carry it" if claim.cited_right else "cites words that do not carry it"
    if claim.forbidden and claim.forbidden not in claim.why:
        yield f"tells what must not be told: {claim.forbidden}"


def _style(claim: ScoredClaim) -> str:
    """The name of a claim's style: what it is, or that it was withheld."""
    if not claim.shown:
        return "withheld"
    return "false" if claim.standing in FALSE else claim.standing.value
