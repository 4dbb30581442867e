"""Tries the gate: a run in, what share of planted faults it catches out.

The run itself is what was accepted. A fault is caught where the gate fails or cannot decide, as for an emptied
briefing; the unchanged run must pass.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefer.evals.gate.baseline import pinned, pinned_case
from briefer.evals.gate.gate import at_once, hold
from briefer.evals.mutating.planting import Planted, careless, faults
from briefer.evals.results import FAILING, CaseResult, Found, Made, Result, Share, Standing
from briefer.evals.running import Briefed
from briefer.evals.scoring import summing
from briefer.evals.scoring.scorer import Scorer
from briefer.evals.tabled import Table
from briefer.types import Reason

GATES = {
    Found.NEW_FALSE: "false", Found.NEW_FORBIDDEN: "forbidden", Found.NEW_UNVOUCHED: "unvouched",
    Found.LOST_MUST: "lost", Found.MEASURE: "measure", Found.ERROR: "error",
}  # fmt: skip
"""What a fault can fail, as a table names it."""

DEGRADED = "degraded_prompt"

LIES = tuple(reason.value for reason in Reason)
"""The sorts of faults that are lies."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A planted fault that the gate let pass."""

    sort: str
    case: str
    seed: int
    what: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it: shares caught by sort of fault, what was missed, and false alarms over the unchanged run.

    `by` tells how many of a sort each gate alone would catch: one fault may fail several.
    `unheard` are the true claims that would fail the gate too, were they new, until a person or a judge has seen them.
    """

    label: str
    seeds: tuple[int, ...]
    shares: dict[str, Share]
    unheard: Share
    by: dict[str, dict[Found, int]]
    missed: tuple[Missed, ...] = ()
    false_alarms: tuple[str, ...] = ()

    @property
    def lies(self) -> Share:
        """The lies of all reasons together."""
        found = [self.shares[sort] for sort in LIES if sort in self.shares]
        return Share(part=sum(each.part for each in found), whole=sum(each.whole for each in found))


def try_gate(
    label: str,
    made: Made,
    passes: Sequence[Briefed],
    seeds: Sequence[int],
    *,
    degraded: Sequence[Briefed] = (),
    progress: Callable[[str, int, int], None] = lambda stage, done, total: None,
) -> Trial:
    """Plants faults by each seed, one at a time, and holds each faulty run against the unchanged one.

    `degraded` are passes that prompts without care gave, each put in the place of the case's own.
    """
    scorers = {each.case.name: Scorer(each.case) for each in passes}
    scored = [scorers[each.case.name].score(each) for each in passes]
    unchanged = summing.result(label, made, scored)
    gate = _Gate(unchanged, scorers)
    caught: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    by: dict[str, Counter[Found]] = defaultdict(Counter)
    missed: list[Missed] = []
    for number, (seed, each) in enumerate(
        planted := [*_single(passes, scored, seeds), *_of_prompts(degraded)], start=1
    ):
        gates = gate.failed_by(each)
        whole[each.sort] += 1
        caught[each.sort] += bool(gates)
        by[each.sort].update(gates)
        if not gates:
            missed.append(Missed(each.sort, each.briefed.case.name, seed, each.what))
        progress("planting", number, len(planted))
    for sort, some in _careless(passes).items():
        if not any(each.changes for each in some):
            continue
        gates = gate.failed_by_all(some)
        whole[sort] += 1
        caught[sort] += bool(gates)
        by[sort].update(gates)
    shares = {sort: Share(part=caught[sort], whole=whole[sort]) for sort in sorted(whole)}
    alarms = tuple(each.what for each in hold(unchanged, gate.accepted).found)
    found = {sort: dict(sorted(by[sort].items())) for sort in shares}
    return Trial(label, tuple(seeds), shares, _unheard(scored), found, tuple(missed), alarms)


def falls_short(trial: Trial, pinned: Mapping[str, Share]) -> list[str]:
    """Why a trial is worse than what is pinned, in words: a sort of fault that is caught less, or a false alarm."""
    found = [f"the unchanged run fails: {each}" for each in trial.false_alarms]
    for sort, share in pinned.items():
        before, now = share.value, trial.shares.get(sort, Share()).value
        if before is not None and (now is None or now < before - 1e-9):
            found.append(f"{sort}: caught {'none planted' if now is None else f'{now:.3f}'}, {before:.3f} is pinned")
    return found


def tables(trial: Trial, *, missed: bool) -> list[Table]:
    """The trial as tables: what was caught by sort of fault, and what was missed."""
    sorts = sorted(trial.shares, key=lambda sort: (sort not in LIES, sort))
    rows = [_row(sort, trial.shares[sort], trial.by[sort]) for sort in sorts]
    together: Counter[Found] = Counter()
    for sort in LIES:
        together.update(trial.by.get(sort, {}))
    rows.insert(sum(sort in LIES for sort in sorts), _row("lies of all reasons", trial.lies, together))
    title = f"{trial.label}: faults planted, seeds {', '.join(map(str, trial.seeds))}, and which gates they fail"
    found = [Table(title, ("fault", "planted", "caught", "share", *GATES.values()), tuple(rows), _below(trial))]
    if missed and trial.missed:
        lines = dict.fromkeys((each.sort, each.case, each.what) for each in trial.missed)
        found.append(Table("Let pass", ("fault", "case", "what was done"), tuple(lines)))
    return found


def _below(trial: Trial) -> str:
    return (
        f"{len(trial.false_alarms)} false alarms over the unchanged run. Of its {trial.unheard.whole:.0f} true claims "
        f"{trial.unheard.part:.0f} would fail the gate as well, were they new, until somebody vouches for them."
    )


def _row(sort: str, share: Share, by: Mapping[Found, int]) -> tuple[str, ...]:
    value = "–" if share.value is None else f"{share.value:.3f}"
    return (
        sort.replace("_", " "),
        f"{share.whole:.0f}",
        f"{share.part:.0f}",
        value,
        *(str(by.get(kind, 0)) for kind in GATES),
    )


def _unheard(scored: Sequence[CaseResult]) -> Share:
    """Of the true claims shown, those that would raise the alarm were they new: nobody vouches for them."""
    true = [claim for case in scored for claim in case.claims if claim.shown and claim.standing is Standing.CARRIED]
    return Share(part=sum(claim.vouched is None for claim in true), whole=len(true))


def _single(
    passes: Sequence[Briefed], scored: Sequence[CaseResult], seeds: Sequence[int]
) -> Iterator[tuple[int, Planted]]:
    for seed in seeds:
        for briefed, result in zip(passes, scored, strict=True):
            yield from ((seed, each) for each in faults(briefed, result, seed))


def _of_prompts(degraded: Sequence[Briefed]) -> Iterator[tuple[int, Planted]]:
    for briefed in degraded:
        yield 0, Planted(DEGRADED, "what prompts without care gave", briefed)


def _careless(passes: Sequence[Briefed]) -> dict[str, list[Planted]]:
    found: dict[str, list[Planted]] = defaultdict(list)
    for briefed in passes:
        for each in careless(briefed):
            found[each.sort].append(each)
    return found


class _Gate:
    """The gate over the unchanged run."""

    def __init__(self, unchanged: Result, scorers: Mapping[str, Scorer]) -> None:
        self._unchanged, self._scorers = unchanged, scorers
        self.accepted = pinned(unchanged, "the unchanged run")

    def failed_by(self, planted: Planted) -> set[Found]:
        """Which gates one faulty case fails: those of its claims at once, or else of all measures together."""
        case = self._score(planted)
        if case.error:
            return {Found.ERROR}
        name = planted.briefed.case.name
        passes = [each if each.repeat != case.repeat else case for each in self._unchanged.cases if each.name == name]
        failing = at_once(name, pinned_case(passes), self.accepted.cases[name], passes)
        return {notice.kind for notice in failing} or self._failed([case])

    def failed_by_all(self, planted: Sequence[Planted]) -> set[Found]:
        """Which gates a run of faulty cases fails."""
        return self._failed([self._score(each) for each in planted])

    def _failed(self, faulty: Sequence[CaseResult]) -> set[Found]:
        keyed = {(case.name, case.repeat): case for case in faulty}
        cases = tuple(keyed.get((case.name, case.repeat), case) for case in self._unchanged.cases)
        found = hold(self._unchanged.model_copy(update={"cases": cases}), self.accepted)
        return {notice.kind for notice in found.found if notice.kind in {*FAILING, Found.ERROR}}

    def _score(self, planted: Planted) -> CaseResult:
        return self._scorers[planted.briefed.case.name].score(planted.briefed)
