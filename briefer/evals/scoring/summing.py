"""Sums up a run: the results of cases in, a `Result` with its measures, their intervals and the traps out."""

import random
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from briefer.evals.cases import Trap
from briefer.evals.results import CaseResult, Made, Measure, Result, Share
from briefer.evals.scoring.fingerprints import scorer, verifier

DRAWS = 2000
"""Resamples behind an interval."""
SEED = 20
Resamples: TypeAlias = "np.ndarray[tuple[int, int], np.dtype[np.int32]]"
"""A row a resample, the numbers of the cases that it draws."""


def result(label: str, made: Made, cases: Iterable[CaseResult], *, currency: str = "") -> Result:
    """The run over these cases."""
    found = tuple(sorted(cases, key=lambda each: (each.name, each.repeat)))
    return Result(
        schema="briefer.evals.result/1",
        label=label,
        made=made,
        scorer=scorer(),
        verifier=verifier(),
        cases=found,
        measures=measures(found),
        by_trap={
            trap: measures([case for case in found if trap in case.tries]) for trap in Trap if _tried(trap, found)
        },
        tokens_in=sum(case.tokens_in for case in found),
        tokens_out=sum(case.tokens_out for case in found),
        cost=round(sum(case.cost for case in found), 6),
        currency=currency,
    )


def measures(cases: Sequence[CaseResult]) -> dict[Measure, Share]:
    """Each measure over cases: the sums of their parts and wholes, and the interval of their quotient."""
    return {
        measure: _pooled([case.measures[measure] for case in cases if measure in case.measures]) for measure in Measure
    }


def _pooled(shares: Sequence[Share]) -> Share:
    """The sum, and where 95 % of resamples lie: whole cases are drawn, since claims of one case go together."""
    counted = [share for share in shares if share.whole]
    part, whole = sum(share.part for share in counted), sum(share.whole for share in counted)
    if len(counted) < 2:
        return Share(part=part, whole=whole)
    draws = resamples(len(counted))
    parts, wholes = (np.array(values) for values in zip(*((share.part, share.whole) for share in counted), strict=True))
    found = np.sort(parts[draws].sum(axis=1) / wholes[draws].sum(axis=1))
    low, high = float(found[round(0.025 * DRAWS)]), float(found[round(0.975 * DRAWS) - 1])
    return Share(part=part, whole=whole, low=round(low, 4), high=round(high, 4))


@lru_cache(maxsize=4)
def resamples(many: int) -> Resamples:
    """The resamples of so many cases: the same for every measure, and for the gate."""
    draw = random.Random(SEED)
    return np.array([draw.choices(range(many), k=many) for _ in range(DRAWS)], dtype=np.int32)


def _tried(trap: Trap, cases: Sequence[CaseResult]) -> bool:
    return any(trap in case.tries for case in cases)
