"""What every report shows and in which order: Result and Comparison in; rows of plain values out.

What got worse comes first, then what kept the gate from deciding, then what got better; then the measures overall, the
cases and the traps. The texts in the rows are as they came: whoever shows them makes them harmless for his medium.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from briefer.evals.cases.traps import Trap
from briefer.evals.reports import wording
from briefer.evals.results import (
    BETTER_LOW,
    FAILING,
    FALSE,
    CaseResult,
    Comparison,
    Found,
    Measure,
    Notice,
    Result,
    ScoredClaim,
    Share,
    Told,
)

KEY = (Measure.UNSUPPORTED, Measure.FORBIDDEN, Measure.RECALL, Measure.PRECISION, Measure.DIRECTION)
"""The measures that stand in a table of cases or traps, where not all have room."""
UNDECIDED = frozenset({Found.ERROR, Found.INCOMPARABLE})
"""What keeps a gate from deciding."""
_ORDER = (
    Found.NEW_FORBIDDEN,
    Found.NEW_FALSE,
    Found.NEW_UNVOUCHED,
    Found.LOST_MUST,
    Found.MISSING_CASE,
    Found.MEASURE,
    Found.ERROR,
    Found.INCOMPARABLE,
    Found.BETTER,
)


NOTHING: Mapping[Measure, float] = MappingProxyType({})


class State(StrEnum):
    """How a run or a case stands against what it is held to."""

    WORSE = "worse"
    ERROR = "error"  # it could not be decided
    BETTER = "better"
    SAME = "as before"
    ALONE = "not compared"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, with what it is about: the case, the claim of the briefing, the reference claim nearest to it.

    `new` is False for what the baseline has too.
    """

    notice: Notice
    case: CaseResult | None = None
    claim: ScoredClaim | None = None
    told: Told | None = None
    new: bool = True

    @property
    def sort(self) -> str:
        """What sort of thing it is."""
        one, _ = wording.sort(self.notice, self.claim)
        return one if self.new else one.removeprefix("new ")

    @property
    def state(self) -> State:
        """Whether it is worse, better, or keeps the gate from deciding."""
        if self.notice.kind in UNDECIDED:
            return State.ERROR
        return State.WORSE if self.notice.kind in FAILING else State.BETTER

    @property
    def adds(self) -> str:
        """What was found, less what the claim or the measure's figures say already."""
        notice = self.notice
        if notice.kind in (Found.MEASURE, Found.BETTER) and self.moved:
            return ""
        if self.claim is not None and notice.what == self.claim.why:
            return ""
        text = self.claim.text if self.claim else self.told.text if self.told else ""
        return notice.what.replace(text, "").strip(" :()") if text else notice.what

    @property
    def moved(self) -> str:
        """The measure that it is of and where that went, "" where it is of none."""
        notice = self.notice
        if notice.measure is None:
            return ""
        sure = f", p {notice.p:.3f}" if notice.p is not None else ""
        before, now = wording.percent(notice.before), wording.percent(notice.now)
        return f"{wording.of(notice.measure).name}: {before} before, {now} now{sure}"


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure: now, before (None where that is not known), and which way it went."""

    measure: Measure
    now: Share
    before: float | None

    @property
    def difference(self) -> float | None:
        """Now less before; None where either is not known."""
        now = self.now.value
        return None if now is None or self.before is None else now - self.before

    @property
    def state(self) -> State:
        """Whether the figure itself is better or worse than before, however little."""
        if self.difference is None:
            return State.ALONE
        if abs(self.difference) < 0.00005:  # shows as 0.0 points
            return State.SAME
        return State.BETTER if (self.difference < 0) == (self.measure in BETTER_LOW) else State.WORSE


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One pass over one case, and what of it got worse or better."""

    case: CaseResult
    state: State
    worse: tuple[Finding, ...] = ()
    better: tuple[Finding, ...] = ()
    wins: int = 0
    losses: int = 0

    @property
    def name(self) -> str:
        """The case's name, with the number of the pass where there was more than one."""
        return f"{self.case.name} #{self.case.repeat + 1}" if self.case.repeat else self.case.name

    @property
    def sign(self) -> State:
        """The state to be shown by a sign: a case whose claims are as false as before is no success."""
        return State.ALONE if self.state is State.SAME and self.false else self.state

    @property
    def shown(self) -> int:
        """How many claims reached the reader."""
        return sum(claim.shown for claim in self.case.claims)

    @property
    def false(self) -> tuple[ScoredClaim, ...]:
        """The claims that reached the reader and do not stand."""
        return tuple(claim for claim in self.case.claims if claim.shown and claim.standing in FALSE)

    @property
    def must(self) -> tuple[Told, ...]:
        """The reference claims that must be told."""
        return tuple(told for told in self.case.reference if told.must)


@dataclass(frozen=True, slots=True)
class TrapRow:
    """The measures over the cases that try one trap, and how many passes over cases these are."""

    trap: Trap
    cases: int
    measures: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """All that a report shows. `known` are false claims that the baseline has too, or all of them without one."""

    against: str
    state: State
    verdict: str
    worse: tuple[Finding, ...]
    errors: tuple[Finding, ...]
    better: tuple[Finding, ...]
    known: tuple[Finding, ...]
    measures: tuple[MeasureRow, ...]
    cases: tuple[CaseRow, ...]
    traps: tuple[TrapRow, ...]


def rows(result: Result, comparison: Comparison | None) -> Rows:
    """The rows of a result, held against a baseline or, where there is none, alone."""
    found = sorted(_found(result, comparison), key=lambda each: _ORDER.index(each.notice.kind))
    worse, better = _worse_and_better(found)
    errors = tuple(each for each in found if each.state is State.ERROR)
    known = tuple(_known(result, worse))
    state = _state(comparison, worse, errors)
    return Rows(
        against=comparison.against if comparison else "",
        state=state,
        verdict=_verdict(state, worse, errors, known, comparison),
        worse=worse,
        errors=errors,
        better=better,
        known=known,
        measures=measure_rows(result.measures, _before(comparison)),
        cases=tuple(_cases(result, comparison, found)),
        traps=tuple(_traps(result)),
    )


def _found(result: Result, comparison: Comparison | None) -> Iterator[Finding]:
    """All that was found; a case that was not scored is an error even where nobody has said so."""
    notices = comparison.found if comparison else ()
    passes: dict[str, list[CaseResult]] = {}
    for case in result.cases:
        passes.setdefault(case.name, []).append(case)
    yield from (_finding(notice, passes.get(notice.case, [])) for notice in notices)
    told = {notice.case for notice in notices if notice.kind is Found.ERROR}
    for case in result.cases:
        if case.error and case.name not in told:
            yield Finding(Notice(kind=Found.ERROR, what=case.error, case=case.name), case)


def _finding(notice: Notice, passes: Sequence[CaseResult]) -> Finding:
    """A notice with what it is about; `passes` are those over its case."""
    for case in passes:
        claim = next((each for each in case.claims if each.id == notice.claim), None)
        if claim is not None:
            return Finding(notice, case, claim, nearest(case, claim))
    for case in passes:
        told = next((each for each in case.reference if each.id == notice.claim), None)
        if told is not None and notice.claim:
            return Finding(notice, case, None, told)
    return Finding(notice, passes[0] if passes else None)


def nearest(case: CaseResult, claim: ScoredClaim) -> Told | None:
    """The reference claim that carries a claim or is nearest to it."""
    return next((told for told in case.reference if told.id == claim.reference and claim.reference), None)


def _known(result: Result, worse: Sequence[Finding]) -> Iterator[Finding]:
    new = {(each.case.name, each.claim.id) for each in worse if each.case and each.claim}
    for case in result.cases:
        for claim in case.claims:
            if claim.shown and claim.standing in FALSE and (case.name, claim.id) not in new:
                kind = Found.NEW_FORBIDDEN if claim.forbidden else Found.NEW_FALSE
                notice = Notice(kind=kind, what=claim.why, case=case.name, claim=claim.id)
                yield Finding(notice, case, claim, nearest(case, claim), new=False)


def _state(comparison: Comparison | None, worse: Sequence[Finding], errors: Sequence[Finding]) -> State:
    if worse:
        return State.WORSE
    if errors:
        return State.ERROR
    return State.SAME if comparison else State.ALONE


def _verdict(
    state: State,
    worse: Sequence[Finding],
    errors: Sequence[Finding],
    known: Sequence[Finding],
    comparison: Comparison | None,
) -> str:
    undecided = wording.listed(summary(errors))
    if comparison is not None and not comparison.gated:
        return _compared(comparison.against, worse, undecided)
    if state is State.WORSE:
        besides = f"; besides, {undecided}" if errors else ""
        return f"the gate fails: {wording.listed(summary(worse))}{besides}"
    if state is State.ERROR:
        return f"the gate cannot tell: {undecided}"
    if state is State.SAME:
        return "the gate holds"
    return f"nothing to compare with; {wording.counted(len(known), 'claim')} shown that {_does(known)} not stand"


def _compared(against: str, worse: Sequence[Finding], undecided: str) -> str:
    besides = f"; {undecided}" if undecided else ""
    if worse:
        return f"worse than {against}: {wording.listed(summary(worse))}{besides}"
    return f"cannot be held against {against}: {undecided}" if undecided else f"no worse than {against}"


def _does(known: Sequence[Finding]) -> str:
    return "does" if len(known) == 1 else "do"


def summary(found: Iterable[Finding]) -> list[str]:
    """What was found, sort by sort, with how often: ["2 new claims that no source carries", …]."""
    counts: dict[tuple[str, str], int] = {}
    for each in found:
        sort = wording.sort(each.notice, each.claim)
        counts[sort] = counts.get(sort, 0) + 1
    return [f"{many} {one if many == 1 else more}" for (one, more), many in counts.items()]


def measure_rows(
    measures: Mapping[Measure, Share], before: Mapping[Measure, float] = NOTHING
) -> tuple[MeasureRow, ...]:
    """The measures in their order, beside what they were before, as far as that is known."""
    return tuple(
        MeasureRow(measure, measures[measure], before.get(measure)) for measure in Measure if measure in measures
    )


def _before(comparison: Comparison | None) -> Mapping[Measure, float]:
    """The measures of what the result is held against."""
    return comparison.measures if comparison else NOTHING


def _cases(result: Result, comparison: Comparison | None, found: Sequence[Finding]) -> Iterator[CaseRow]:
    by_pass: dict[tuple[str, int], list[Finding]] = {}
    for each in found:
        if each.case is not None:
            by_pass.setdefault((each.case.name, each.case.repeat), []).append(each)
    counted = set()
    for case in result.cases:
        row = CaseRow(case, State.ALONE, *_worse_and_better(by_pass.get((case.name, case.repeat), [])))
        if comparison and case.name not in counted:  # wins and losses are of all passes over a case
            counted.add(case.name)
            row = replace(row, wins=comparison.wins.get(case.name, 0), losses=comparison.losses.get(case.name, 0))
        undecided = any(each.state is State.ERROR for each in by_pass.get((case.name, case.repeat), []))
        yield replace(row, state=_case_state(row, undecided, comparison))


def _worse_and_better(found: Sequence[Finding]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    worse = tuple(each for each in found if each.state is State.WORSE)
    return worse, tuple(each for each in found if each.state is State.BETTER)


def _case_state(row: CaseRow, undecided: bool, comparison: Comparison | None) -> State:
    if row.case.error:
        return State.ERROR
    if row.worse:
        return State.WORSE
    if undecided:
        return State.ERROR
    if comparison is None:
        return State.ALONE
    return State.BETTER if row.better or row.wins > row.losses else State.SAME


def _traps(result: Result) -> Iterator[TrapRow]:
    for trap in Trap:
        if trap in result.by_trap:
            passes = sum(trap in case.tries for case in result.cases)
            yield TrapRow(trap, passes, measure_rows(result.by_trap[trap]))
