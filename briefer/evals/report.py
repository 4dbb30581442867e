"""The measure of a checker on labelled days: judged claims in; a `Report` out, with baselines beside it."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from briefer.evals import baselines, measures
from briefer.evals.labelled import Day, copied
from briefer.evals.lies import Judged, Opening, Setting, judge
from briefer.evals.measures import Interval, Likeness, Point, Scored, Tally
from briefer.types import Ruling

CHECKER = "briefer"
SMALL_LOSS = 0.05
"""The share of true claims that a reader would bear to lose."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Line:
    """One way of judging, at its threshold.

    `auc_alike` compares only true claims and lies of like word overlap; `caught_at_small_loss` is at the best threshold
    that loses few true claims; `copies_lost` is the share of sentences of the articles, word for word, that fail.
    """

    name: str
    threshold: float
    balanced_accuracy: float
    interval: Interval
    caught: float
    caught_interval: Interval
    lost: float
    lost_interval: Interval
    auc: float
    auc_alike: float
    caught_at_small_loss: float
    copies_lost: float


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """The lies of one reason: how many, how many were caught, and of how many of these the reason was fair."""

    reason: str
    lies: int
    caught: int
    fair: int


@dataclass(frozen=True, slots=True)
class HowLine:
    """The true claims worded in one way: how many, and how many were lost."""

    how: str
    true: int
    lost: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one claim; without its words."""

    id: str
    label: str
    reason: str
    score: float
    verdict: str
    found: str


@dataclass(frozen=True, slots=True)
class Result:
    """All figures of one setting; `lines` begin with the checker.

    `cut` are the claims with quotations that no sentence of the clean article holds, and what cut each.
    """

    setting: str
    lines: tuple[Line, ...]
    reasons: tuple[ReasonLine, ...]
    hows: tuple[HowLine, ...]
    days: Mapping[str, Tally]
    curve: tuple[Point, ...]
    unclear: float
    decided: Tally
    reason_fair: float
    cut: Mapping[str, tuple[str, ...]]
    claims: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of each setting on some days."""

    part: str
    days: tuple[str, ...]
    results: tuple[Result, ...]

    def as_data(self) -> dict[str, Any]:
        """The report as JSON has it: shares to four digits, null for what is not a number."""
        return {"schema": "briefer.evals.lies/1", **_plain(asdict(self))}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured: days, the settings, and the days on which the thresholds of baselines are chosen."""

    part: str
    days: Sequence[Day]
    tuned_on: Sequence[Day]
    settings: Sequence[Setting] = tuple(Setting)
    threshold: float = 0.5


def measure(plan: Plan, opening: Opening, *, progress: Progress = lambda *_: None) -> tuple[Report, list[Judged]]:
    """The report, and every claim as it was judged, setting after setting."""
    results: list[Result] = []
    judged: list[Judged] = []
    total = len(plan.settings) * sum(len(day.claims) for day in plan.days)
    for setting in plan.settings:
        first = len(judged)
        for each in judge(plan.days, setting, opening):
            judged.append(each)
            progress("judging", len(judged), total)
        copies = [_scored(each) for each in judge(list(map(copied, plan.days)), setting, opening)]
        results.append(_result(plan, setting, judged[first:], copies))
    return Report(plan.part, tuple(day.name for day in plan.days), tuple(results)), judged


def is_wrong(judged: Judged, threshold: float) -> bool:
    """Whether a threshold misjudges a claim."""
    return (judged.finding.score >= threshold) != (judged.label is Ruling.SUPPORTED)


@dataclass(frozen=True, slots=True)
class Trial:
    """The claims that one way of judging has scored, the copies that it has, and how alike words are."""

    claims: Sequence[Scored]
    copies: Sequence[Scored]
    likeness: Sequence[Likeness]


def _result(plan: Plan, setting: Setting, judged: Sequence[Judged], copies: Sequence[Scored]) -> Result:
    scored = [_scored(each) for each in judged]
    likeness = baselines.likeness(plan.days, setting)
    caught = [each for each in judged if each.reason is not None and not is_wrong(each, plan.threshold)]
    fair = sum(each.reason_is_fair() for each in caught)
    clear = [each for each in judged if each.finding.verdict is not Ruling.UNCLEAR]
    return Result(
        setting=setting.value,
        lines=(_line(CHECKER, Trial(scored, copies, likeness), plan.threshold), *_baselines(plan, setting, likeness)),
        reasons=tuple(_reasons(judged, plan.threshold)),
        hows=tuple(_hows(judged, plan.threshold)),
        days=measures.by_day(scored, plan.threshold),
        curve=measures.curve(scored),
        unclear=1 - len(clear) / len(judged) if judged else measures.NO_NUMBER,
        decided=_decided(clear),
        reason_fair=fair / len(caught) if caught else measures.NO_NUMBER,
        cut={each.question.key: each.question.cut for each in judged if each.question.cut},
        claims=tuple(map(_verdict, judged)),
    )


def _scored(judged: Judged) -> Scored:
    return Scored(judged.question.day, judged.label is Ruling.SUPPORTED, judged.finding.score)


def _decided(clear: Iterable[Judged]) -> Tally:
    """What the verdicts make of the claims that are not left unclear."""
    passed = (
        Scored(each.question.day, each.reason is None, each.finding.verdict is Ruling.SUPPORTED) for each in clear
    )
    return measures.tally(passed, 0.5)


def _baselines(plan: Plan, setting: Setting, likeness: Sequence[Likeness]) -> Iterable[Line]:
    copies = list(map(copied, plan.days))
    for name in baselines.BASELINES:
        threshold = measures.best_threshold(baselines.scored(plan.tuned_on, setting, name))
        scored, again = (baselines.scored(days, setting, name) for days in (plan.days, copies))
        yield _line(name, Trial(scored, again, likeness), threshold)


def _line(name: str, trial: Trial, threshold: float) -> Line:
    scored = trial.claims
    whole = measures.tally(scored, threshold)
    return Line(
        name=name,
        threshold=threshold,
        balanced_accuracy=whole.balanced_accuracy,
        interval=measures.interval(scored, threshold, lambda tally: tally.balanced_accuracy),
        caught=whole.caught_share,
        caught_interval=measures.interval(scored, threshold, lambda tally: tally.caught_share),
        lost=whole.lost_share,
        lost_interval=measures.interval(scored, threshold, lambda tally: tally.lost_share),
        auc=measures.auc(scored),
        auc_alike=measures.auc_alike(scored, trial.likeness),
        caught_at_small_loss=measures.caught_at(scored, SMALL_LOSS),
        copies_lost=measures.tally(trial.copies, threshold).lost_share,
    )


def _reasons(judged: Sequence[Judged], threshold: float) -> Iterable[ReasonLine]:
    for reason in sorted({each.reason for each in judged if each.reason is not None}):
        lies = [each for each in judged if each.reason is reason]
        caught = [each for each in lies if not is_wrong(each, threshold)]
        yield ReasonLine(reason.value, len(lies), len(caught), sum(each.reason_is_fair() for each in caught))


def _hows(judged: Sequence[Judged], threshold: float) -> Iterable[HowLine]:
    true = [each for each in judged if each.reason is None]
    for how in sorted({how for each in true for how in each.question.claim.how}):
        such = [each for each in true if how in each.question.claim.how]
        yield HowLine(how, len(such), sum(is_wrong(each, threshold) for each in such))


def _verdict(judged: Judged) -> Verdict:
    found = judged.finding
    return Verdict(
        id=judged.question.key,
        label=judged.label.value,
        reason=judged.reason.value if judged.reason else "",
        score=found.score,
        verdict=found.verdict.value,
        found=found.reason.value if found.reason else "",
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float):
        return round(value, 4) if math.isfinite(value) else None
    return value
