"""What passes from running the cases to scoring them; who runs them is wiring's business."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefer.evals.cases import Case
from briefer.types import Briefing, Claim


@dataclass(frozen=True, slots=True)
class Briefed:
    """One pass over one case.

    `judged` are claims of the briefing, shown and withheld, by id, with a judge's verdicts in them; empty where nobody
    was asked to judge. `error` is what kept the case from being briefed or judged, "" where nothing did; `briefing` is
    None only then.
    """

    case: Case
    repeat: int = 0
    briefing: Briefing | None = None
    judged: Mapping[str, Claim] = field(default_factory=dict)
    has_judge: bool = False
    error: str = ""
