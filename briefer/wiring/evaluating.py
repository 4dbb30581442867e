"""Cases run and scored: a plan in, a `Result` out, with the recordings that nobody used."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefer.evals.plan import Judge
from briefer.evals.results import CaseResult, Made, Result
from briefer.evals.running import Briefed
from briefer.evals.scoring import summing
from briefer.evals.scoring.scorer import score
from briefer.pipeline import Progress, unwatched
from briefer.wiring.evals import Plan, brief_cases

if TYPE_CHECKING:
    from briefer.models.leftovers import Leftover
    from briefer.models.stopping import Stop

RULES = "rules"
DEGRADED = "degraded"
"""The folder of prompts without care, in a folder of evals."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A result, the recordings that nobody used, and those of them that were dropped."""

    result: Result
    leftovers: "tuple[Leftover, ...]" = ()
    dropped: "tuple[Leftover, ...]" = ()


def evaluate(plan: Plan, *, progress: Progress = unwatched, stop: "Stop | None" = None) -> Evaluated:
    """Run and score the cases of a plan. Raises as `brief_cases` does."""
    ran = brief_cases(plan, score, progress=progress, stop=stop)
    return Evaluated(summed(plan, ran.results), ran.leftovers, ran.dropped)


def degraded(plan: Plan) -> Plan | None:
    """The plan with prompts that lack their care, over the cases that degraded/recordings has replies to them for.

    None where there are none, or no model reads.
    """
    root = plan.folder.root / DEGRADED
    chosen = tuple(each for each in plan.folder.chosen if (root / "recordings" / f"{each.name}.jsonl").is_file())
    if not plan.folder.run.by_model or not (chosen or plan.record):
        return None
    run = plan.folder.run.model_copy(update={"prompts": str(root)})
    folder = replace(plan.folder, root=root, run=run, judge=Judge(), chosen=chosen or plan.folder.chosen)
    return replace(plan, folder=folder)


def passes(plan: Plan, *, progress: Progress = unwatched) -> tuple[Briefed, ...]:
    """The briefings themselves, not scored; in this process, for they are large."""
    return brief_cases(replace(plan, jobs=1), _itself, progress=progress).results


def summed(plan: Plan, cases: Sequence[CaseResult]) -> Result:
    """The result of scored cases."""
    prices = plan.settings.model.prices
    return summing.result(label(plan), made(plan, cases), cases, currency=prices.currency if prices else "")


def label(plan: Plan) -> str:
    """Under what a baseline keeps runs of this plan: the model's name, or "rules"."""
    run = plan.folder.run
    return re.sub(r"[^\w.-]+", "-", run.model).strip("-")[-60:] if run.by_model else RULES


def made(plan: Plan, cases: Sequence[CaseResult]) -> Made:
    """What made the briefings."""
    run = plan.folder.run
    used = [case.briefing.made_by.prompts for case in cases if case.briefing is not None]
    return Made(
        extractor="llm" if run.by_model else "rules",
        model=run.model if run.by_model else "",
        by=run.by if run.by_model else "",
        prompts=dict(sorted({name: hash for each in used for name, hash in each.items()}.items())),
        language=run.language,
        prose=run.prose if run.by_model else True,
        judge=plan.folder.judge.model,
        repeats=run.repeats,
    )


def _itself(briefed: Briefed) -> Briefed:
    return briefed
