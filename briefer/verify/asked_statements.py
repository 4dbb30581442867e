"""The judge for anybody's statements: those that stay in doubt, many to a call, with the articles to hold them against.

In: findings and the articles that they were found in. Out: the findings in their order, some decided by the judge. The
statements nearest to one article are asked together, such groups together in a call.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from briefer.prompts import Prompts, one_line
from briefer.protocols import Asker, Tokenizer
from briefer.types import Article, Finding, Prompt, Question, Ruling
from briefer.verify.asked import Mode
from briefer.verify.judged_statements import Checked, decided
from briefer.verify.packs import answers, parts_of
from briefer.verify.shown import Library, Shown, together

_MOST = 20
"""Statements of a call: a careful reader of more begins to skim; a judgement takes up to 80 tokens."""
_LONGEST, _LONGEST_BEFORE = 1200, 300
"""Characters of a statement, and of what was said before it. A longer statement is not asked: half of it is another."""

_UNASKED = Prompt("check", "", "", "")


@dataclass(frozen=True, slots=True)
class StatementManner:
    """How statements are judged: which ones, and the tokens of articles in a call and for each statement of it.

    Where not all are asked, those are whose verdict is unclear or whose score is `low` to `high`.
    """

    mode: Mode = Mode.UNCLEAR
    low: float = 0.0
    high: float = 0.97
    budget: int = 7000
    each: int = 900

    def is_asked(self, finding: Finding) -> bool:
        """Whether the judge is asked about a finding."""
        text = finding.statement.text.strip()
        if self.mode is Mode.OFF or not text or len(text) > _LONGEST:
            return False
        in_doubt = finding.verdict is Ruling.UNCLEAR or self.low <= finding.score <= self.high
        return in_doubt or self.mode is Mode.ALL


@dataclass(frozen=True, slots=True)
class _Group:
    """Statements that are asked together, by their places in the list; `alone` asks for them alone.

    `against` are the articles that they are held against, `shown` is what of them is shown.
    """

    findings: tuple[Finding, ...]
    places: tuple[int, ...]
    against: tuple[int, ...]
    shown: Shown
    alone: Prompt

    @property
    def many(self) -> int:
        """How many statements they are."""
        return len(self.findings)


def judge_statements(
    findings: Sequence[Finding],
    articles: Iterable[Article],
    *,
    asker: Asker,
    prompts: Prompts,
    tokenizer: Tokenizer,
    manner: StatementManner = StatementManner(),
) -> list[Finding]:
    """The findings in their order, those decided that the judge rules on with words that stand (see `decided`).

    Raises ModelRejected where the model takes no question at all, Stopped where the run was asked to stop.
    """
    library = Library(tuple(articles), tokenizer)
    bench = _Bench(library, prompts, manner)
    ended = list(findings)
    for group, answered in answers(list(bench.groups(findings)), bench, asker):
        by_number = {weighed.n: weighed for weighed in reversed(answered.statements)}
        shown, against = library.pieces(group.shown), library.named(group.against)
        for number, (place, finding) in enumerate(zip(group.places, group.findings, strict=True), start=1):
            ended[place] = decided(finding, by_number.get(number), shown, against)
    return ended


@dataclass(frozen=True, slots=True)
class _Bench:
    """Makes the questions of one run."""

    library: Library
    prompts: Prompts
    manner: StatementManner

    def groups(self, findings: Sequence[Finding]) -> Iterator[_Group]:
        """What is asked: by the articles that statements are held against, then by the one that is nearest."""
        against: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for place, finding in enumerate(findings):
            if self.manner.is_asked(finding):
                against[self.library.held_against(finding)].append(place)
        for articles, places in against.items():
            if articles:
                yield from self._groups(findings, articles, places)

    def fits(self, pack: Sequence[_Group]) -> bool:
        """Whether groups fit a call together; articles that they share are paid for once."""
        many = sum(group.many for group in pack)
        return many <= _MOST and self.library.tokens(together(group.shown for group in pack)) <= self.manner.budget

    def question(self, pack: Sequence[_Group]) -> Question[Checked]:
        """What asks for a whole pack; a pack of one is asked as if alone."""
        about = f"{pack[0].many} statements" if pack[0].many > 1 else "a statement"
        if len(pack) == 1:
            return Question(pack[0].alone, Checked, about)
        about = f"{sum(group.many for group in pack)} statements"
        return Question(self._rendered(pack), Checked, about, parts_of(pack))

    def _groups(self, findings: Sequence[Finding], articles: tuple[int, ...], places: list[int]) -> Iterator[_Group]:
        room = min(self.manner.budget, len(places) * self.manner.each)
        whole = self.library.whole(articles) if self.library.fit(articles, room) else None
        nearest: dict[int, list[int]] = defaultdict(list)
        for place in places:
            nearest[self.library.nearest(findings[place], articles)].append(place)
        for _, near in sorted(nearest.items()):
            for start in range(0, len(near), _MOST):
                some = tuple(near[start : start + _MOST])
                asked = tuple(findings[place] for place in some)
                shown = whole if whole is not None else self._windows(asked, articles)
                if shown:
                    yield self._group(_Group(asked, some, articles, shown, _UNASKED))

    def _windows(self, asked: Sequence[Finding], articles: tuple[int, ...]) -> Shown:
        room = min(self.manner.budget, len(asked) * self.manner.each)
        return self.library.windows(asked, articles, room)

    def _group(self, bare: _Group) -> _Group:
        return replace(bare, alone=self._rendered([bare]))

    def _rendered(self, pack: Sequence[_Group]) -> Prompt:
        return self.prompts.render("check", statements=self._text(pack))

    def _text(self, pack: Sequence[_Group]) -> str:
        """The articles, numbered between markers, and behind them the statements.

        Only code begins a line, and no text can hold a pointed bracket: neither an article nor a statement opens or
        closes anything here.
        """
        every = together(group.shown for group in pack)
        lines: list[str] = []
        for group in pack:
            only = self.library.heads(every, group.against) if every.keys() - set(group.against) else ""
            lines += [_line(len(lines) + number, each, only) for number, each in enumerate(group.findings, start=1)]
        return "\n".join([self.library.text(every), "", "<<<STATEMENTS", *lines, "STATEMENTS>>>"])


def _line(number: int, finding: Finding, only: str) -> str:
    before = finding.statement.before
    fields = [
        f"Statement {number}",
        f"articles {only}" if only else "",
        f"said before it: {_shown(before[-_LONGEST_BEFORE:])}" if before else "",
        _shown(finding.statement.text),
    ]
    return " | ".join(field for field in fields if field)


def _shown(text: str) -> str:
    """Words on one line, the bar that parts the fields left to code."""
    return one_line(text).replace("|", "/")
