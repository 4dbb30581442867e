"""Sums up a run: the results of cases in, a `Result` with its measures, their intervals and the traps out."""

import random
from collections.abc import Iterable, Sequence

from briefer.evals.cases import Trap
from briefer.evals.results import CaseResult, Made, Measure, Result, Share
from briefer.evals.scoring.fingerprints import scorer, verifier

DRAWS = 2000
"""Resamples behind an interval."""
SEED = 20


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
    draw = random.Random(SEED)
    found = sorted(_quotient(draw.choices(counted, k=len(counted))) for _ in range(DRAWS))
    low, high = found[round(0.025 * DRAWS)], found[round(0.975 * DRAWS) - 1]
    return Share(part=part, whole=whole, low=round(low, 4), high=round(high, 4))


def _quotient(shares: Sequence[Share]) -> float:
    return sum(share.part for share in shares) / sum(share.whole for share in shares)


def _tried(trap: Trap, cases: Sequence[CaseResult]) -> bool:
    return any(trap in case.tries for case in cases)
