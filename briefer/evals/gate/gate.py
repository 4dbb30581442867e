"""Holds a result against what was accepted: a `Result` and a `Pinned` in, a `Comparison` out.

A new claim that does not stand or that nobody vouches for, a must_not told anew, and a claim that must be told and no
more is fail at once, one by one: they are no matter of statistics. A new claim must earn its place; that nothing is
found against it is not enough. The measures fail on a paired bootstrap over cases beyond a least effect. Results that
another scorer or verifier made, or of other cases, are not compared.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from briefer.evals.gate.baseline import Pinned, PinnedCase, pinned_case, summed
from briefer.evals.results import (
    BETTER_LOW,
    CaseResult,
    Comparison,
    Found,
    Measure,
    Notice,
    Result,
    Share,
    Standing,
)
from briefer.evals.scoring.summing import Resamples, resamples

Values: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.float64]]"
LEAST_EFFECT = 0.02
"""The least difference of a measure that counts: two claims of a hundred."""
SURE = 0.05
"""The share of resamples in which a measure may have not moved that way, where it counts as moved."""
FEWEST = 3
"""Cases from which a measure is tested: fewer are all drawn alike, and any move of theirs would look sure."""
TESTED = tuple(measure for measure in Measure if measure is not Measure.LOST)
"""The measures that are tested; of claims withheld there are too few for a share of them to tell anything."""

_ORDER = (
    Found.ERROR, Found.INCOMPARABLE, Found.MISSING_CASE, Found.NEW_FORBIDDEN, Found.NEW_FALSE, Found.NEW_UNVOUCHED,
    Found.LOST_MUST, Found.MEASURE, Found.BETTER,
)  # fmt: skip


def hold(result: Result, pinned: Pinned, *, against: str = "the baseline") -> Comparison:
    """What differs from what was accepted, what keeps from deciding and what fails first."""
    cases = _by_name(result)
    found = [*_errors(result), *_missing(cases, pinned), *_incomparable(result, cases, pinned, _LOOK)]
    if not any(each.kind is Found.INCOMPARABLE for each in found):
        return _compared(cases, pinned, found, against)
    return _sorted(found, pinned, against)


def of_cases(pinned: Pinned, names: Collection[str]) -> Pinned:
    """What was accepted of some cases, where only those are run."""
    cases = {name: case for name, case in pinned.cases.items() if name in names}
    return pinned.model_copy(update={"cases": cases, "measures": summed([case.measures for case in cases.values()])})


def compare(result: Result, pinned: Pinned, *, against: str) -> Comparison:
    """What differs from another result, of the cases that both have; nothing of it is a gate's to decide.

    What makes them incomparable is said, and keeps nothing from being compared.
    """
    cases = _by_name(result)
    shared = {name: passes for name, passes in cases.items() if name in pinned.cases}
    found = [*_errors(result), *_incomparable(result, shared, pinned, "what differs may be owed to that alone")]
    return _compared(shared, pinned, found, against).model_copy(update={"gated": False})


def _compared(
    cases: Mapping[str, Sequence[CaseResult]], pinned: Pinned, found: list[Notice], against: str
) -> Comparison:
    wins: dict[str, int] = {}
    losses: dict[str, int] = {}
    now = {name: pinned_case(passes) for name, passes in cases.items() if not any(each.error for each in passes)}
    for name, case in now.items():
        worse = at_once(name, case, pinned.cases[name], cases[name])
        better = [*_gone_false(name, case, pinned.cases[name]), *_won(name, case, pinned.cases[name], cases[name])]
        wins[name], losses[name] = len(better), len(worse)
        found += [*worse, *better]
    found += _moved(now, pinned)
    return _sorted(found, pinned, against).model_copy(update={"wins": wins, "losses": losses})


def _sorted(found: Sequence[Notice], pinned: Pinned, against: str) -> Comparison:
    values = {measure: share.value for measure, share in pinned.measures.items()}
    known = {measure: round(value, 4) for measure, value in values.items() if value is not None}
    return Comparison(against=against, measures=known, found=tuple(sorted(found, key=_rank)))


def _rank(notice: Notice) -> tuple[int, str, str, str]:
    return _ORDER.index(notice.kind), notice.case, notice.measure or "", notice.what


def _by_name(result: Result) -> dict[str, list[CaseResult]]:
    found: dict[str, list[CaseResult]] = {}
    for case in result.cases:
        found.setdefault(case.name, []).append(case)
    return found


# ── what keeps from deciding ──

_LOOK = "look at the result, then `briefer eval accept --why …`"


def _errors(result: Result) -> Iterator[Notice]:
    if not result.cases:
        yield Notice(kind=Found.ERROR, what="no case was run")
    for case in result.cases:
        if case.error:
            yield Notice(kind=Found.ERROR, case=case.name, what=case.error)
    if result.cases and not any(case.claims or case.error for case in result.cases):
        yield Notice(kind=Found.ERROR, what="no case gave any claim")


def _missing(cases: Mapping[str, object], pinned: Pinned) -> Iterator[Notice]:
    for name in sorted(set(pinned.cases) - set(cases)):
        yield Notice(kind=Found.MISSING_CASE, case=name, what="the baseline has this case and the run has not")


def _incomparable(
    result: Result, cases: Mapping[str, Sequence[CaseResult]], pinned: Pinned, then: str
) -> Iterator[Notice]:
    """Who or what is another; `then` says what is to be made of it."""
    made, was = result.made, pinned.made
    for what, now, before in (
        ("scorer", result.scorer, pinned.scorer),
        ("verifier", result.verifier, pinned.verifier),
        ("judge", made.judge or "nobody", was.judge or "nobody"),
        ("language", made.language, was.language),
        ("number of repeats", str(made.repeats), str(was.repeats)),
    ):
        if now != before:
            said = f"the {what} is another ({before} → {now}); {then}"
            yield Notice(kind=Found.INCOMPARABLE, what=said)
    for name, passes in cases.items():
        before_case = pinned.cases.get(name)
        if before_case is None:
            yield Notice(kind=Found.INCOMPARABLE, case=name, what=f"the baseline does not have this case; {then}")
        elif before_case.hash != passes[0].hash:
            yield Notice(kind=Found.INCOMPARABLE, case=name, what=f"the case was changed; {then}")


# ── claim by claim ──


def at_once(name: str, now: PinnedCase, before: PinnedCase, passes: Sequence[CaseResult]) -> list[Notice]:
    """What fails of one case, claim by claim."""
    return [*_new_false(name, now, before), *_unvouched(name, now, before), *_lost(name, now, before, passes)]


def _unvouched(name: str, now: PinnedCase, before: PinnedCase) -> Iterator[Notice]:
    for id, text in now.unvouched.items():
        if id not in before.unvouched and id not in before.false:
            yield Notice(kind=Found.NEW_UNVOUCHED, case=name, claim=id, what=text)


def _new_false(name: str, now: PinnedCase, before: PinnedCase) -> Iterator[Notice]:
    for id, claim in now.false.items():
        known = before.false.get(id)
        if known is not None and (known.shown or not claim.shown) and _as_bad(claim.standing, known.standing):
            continue
        kind = Found.NEW_FORBIDDEN if claim.standing is Standing.FORBIDDEN else Found.NEW_FALSE
        where = "" if claim.shown else " (made up and withheld)"
        yield Notice(kind=kind, case=name, claim=id, what=f"{claim.text}{where}")


def _as_bad(now: Standing, before: Standing) -> bool:
    """Whether it was as bad before: what must not be told is worse than what merely does not stand."""
    return now is not Standing.FORBIDDEN or before is Standing.FORBIDDEN


def _gone_false(name: str, now: PinnedCase, before: PinnedCase) -> Iterator[Notice]:
    for id, claim in before.false.items():
        if claim.shown and (id not in now.false or not now.false[id].shown):
            yield Notice(
                kind=Found.BETTER, case=name, claim=id, what=f"no longer told, and it did not stand: {claim.text}"
            )


def _lost(name: str, now: PinnedCase, before: PinnedCase, passes: Sequence[CaseResult]) -> Iterator[Notice]:
    for id in sorted(set(before.told) - set(now.told)):
        yield Notice(kind=Found.LOST_MUST, case=name, claim=id, what=_text(id, passes))


def _won(name: str, now: PinnedCase, before: PinnedCase, passes: Sequence[CaseResult]) -> Iterator[Notice]:
    for id in sorted(set(now.told) - set(before.told)):
        yield Notice(kind=Found.BETTER, case=name, claim=id, what=f"now told: {_text(id, passes)}")


def _text(id: str, passes: Sequence[CaseResult]) -> str:
    return next((told.text for each in passes for told in each.reference if told.id == id), id)


# ── measures ──


def _moved(now: Mapping[str, PinnedCase], pinned: Pinned) -> Iterator[Notice]:
    for measure in TESTED:
        pairs = [
            (pinned.cases[name].measures[measure], case.measures[measure])
            for name, case in sorted(now.items())
            if measure in case.measures and measure in pinned.cases[name].measures
        ]
        before, after = _pooled([each[0] for each in pairs]), _pooled([each[1] for each in pairs])
        if len(pairs) < FEWEST or before is None or after is None or abs(after - before) < LEAST_EFFECT:
            continue
        better = (after < before) == (measure in BETTER_LOW)
        p = paired(pairs, rises=after > before)
        if p <= SURE:
            what = f"{measure} {before:.3f} → {after:.3f}"
            kind = Found.BETTER if better else Found.MEASURE
            yield Notice(kind=kind, what=what, measure=measure, before=round(before, 4), now=round(after, 4), p=p)


def paired(pairs: Sequence[tuple[Share, Share]], *, rises: bool) -> float:
    """The share of resamples of cases in which the measure does not move that way: a one-sided paired bootstrap."""
    draws = resamples(len(pairs))
    moved = _drawn([after for _, after in pairs], draws) - _drawn([before for before, _ in pairs], draws)
    against = ~(moved > 0 if rises else moved < 0)  # also where there is nothing to compare
    return round(float(against.mean()), 4)


def _drawn(shares: Sequence[Share], draws: Resamples) -> Values:
    """The pooled share of each resample; not a number where its whole is nothing."""
    parts, wholes = np.array([share.part for share in shares]), np.array([share.whole for share in shares])
    with np.errstate(invalid="ignore"):
        values: Values = parts[draws].sum(axis=1) / wholes[draws].sum(axis=1)
    return values


def _pooled(shares: Sequence[Share]) -> float | None:
    whole = sum(share.whole for share in shares)
    return sum(share.part for share in shares) / whole if whole else None
