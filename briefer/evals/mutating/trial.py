"""Tries the gate: a run in, what share of planted faults it catches out.

The run itself is what was accepted. A fault is caught where the gate fails or cannot decide, as for an emptied
briefing; the unchanged run must pass.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefer.evals.gate.baseline import Pinned, pinned
from briefer.evals.gate.gate import hold
from briefer.evals.mutating.planting import Planted, careless, faults
from briefer.evals.results import CaseResult, Comparison, Made, Result, Share
from briefer.evals.running import Briefed
from briefer.evals.scoring import summing
from briefer.evals.scoring.scorer import score
from briefer.evals.tabled import Table
from briefer.types import Reason

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
    """What came of it: shares caught by sort of fault, what was missed, and false alarms over the unchanged run."""

    label: str
    seeds: tuple[int, ...]
    shares: dict[str, Share]
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
    progress: Callable[[str, int, int], None] = lambda stage, done, total: None,
) -> Trial:
    """Plants faults by each seed, one at a time, and holds each faulty run against the unchanged one."""
    scored = [score(each) for each in passes]
    unchanged = summing.result(label, made, scored)
    bench = _Gate(unchanged, pinned(unchanged, "the unchanged run"))
    alarms = tuple(each.what for each in hold(unchanged, bench.accepted).found)
    caught: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    missed: list[Missed] = []
    planted = [*_single(passes, scored, seeds)]
    for number, (seed, each) in enumerate(planted, start=1):
        found = bench.alone(each)
        whole[each.sort] += 1
        caught[each.sort] += _is_caught(found)
        if not _is_caught(found):
            missed.append(Missed(each.sort, each.briefed.case.name, seed, each.what))
        progress("planting", number, len(planted))
    for sort, some in _careless(passes).items():
        whole[sort] += 1
        caught[sort] += _is_caught(bench.together(some))
    shares = {sort: Share(part=caught[sort], whole=whole[sort]) for sort in sorted(whole)}
    return Trial(label, tuple(seeds), shares, tuple(missed), alarms)


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
    rows = [_row(sort, trial.shares[sort]) for sort in sorts]
    rows.insert(sum(sort in LIES for sort in sorts), _row("lies of all reasons", trial.lies))
    seeds = ", ".join(map(str, trial.seeds))
    alarms = f"{len(trial.false_alarms)} false alarms over the unchanged run"
    found = [
        Table(
            f"{trial.label}: faults planted, seeds {seeds}",
            ("fault", "planted", "caught", "share"),
            tuple(rows),
            alarms,
        )
    ]
    if missed and trial.missed:
        lines = dict.fromkeys((each.sort, each.case, each.what) for each in trial.missed)
        found.append(Table("Let pass", ("fault", "case", "what was done"), tuple(lines)))
    return found


def _row(sort: str, share: Share) -> tuple[str, ...]:
    return sort, f"{share.whole:.0f}", f"{share.part:.0f}", "–" if share.value is None else f"{share.value:.3f}"


def _single(
    passes: Sequence[Briefed], scored: Sequence[CaseResult], seeds: Sequence[int]
) -> Iterator[tuple[int, Planted]]:
    for seed in seeds:
        for briefed, result in zip(passes, scored, strict=True):
            yield from ((seed, each) for each in faults(briefed, result, seed))


def _careless(passes: Sequence[Briefed]) -> dict[str, list[Planted]]:
    found: dict[str, list[Planted]] = defaultdict(list)
    for briefed in passes:
        for each in careless(briefed):
            found[each.sort].append(each)
    return found


@dataclass(frozen=True, slots=True)
class _Gate:
    unchanged: Result
    accepted: Pinned

    def alone(self, planted: Planted) -> Comparison:
        """The comparison with one case faulty."""
        return self.together([planted])

    def together(self, planted: Sequence[Planted]) -> Comparison:
        """The comparison with some cases faulty."""
        prose = {(case.name, case.repeat): case.prose for case in self.unchanged.cases}
        keyed = {(each.briefed.case.name, each.briefed.repeat): each.briefed for each in planted}
        faulty = {key: score(briefed, sentences=prose[key]) for key, briefed in keyed.items()}
        cases = tuple(faulty.get((case.name, case.repeat), case) for case in self.unchanged.cases)
        return hold(self.unchanged.model_copy(update={"cases": cases}), self.accepted)


def _is_caught(found: Comparison) -> bool:
    return found.fails or found.undecided
