"""What the signs weigh together: the belief that the sources carry a statement, and what speaks against it most.

In: signs by name. Out: a belief from 0 to 1, and the reason from the closed list that weighs most. The weights are in
data/weights.tsv, made from the labelled claims of evals/lies/build by scripts/fit_weights.py. No sign can speak for the
other side than its own: a fault never helps a statement, however it fell out in the labelled claims.
"""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from briefer.types import Reason

FOR = frozenset(("words_held", "closeness", "copied"))
"""The signs that speak for a statement; all others speak against it."""
BASE = "base"
"""The row of the weight that every statement has."""
_NAMES = frozenset((Reason.WRONG_ACTOR, Reason.WRONG_PLACE))
UNTOLD = "words_nowhere"
"""What is given as the strongest sign where the evidence is about something else."""
OF_PLACE = "of_place"
"""A sign without weight: the name that is wrong is a place's."""

REASONS: Mapping[Reason, str] = {
    Reason.WRONG_ACTOR: "put_name added_name moved_name doer_other "
    "other_voice name_not_on_page name_not_in_base left_name war_by_another",
    Reason.WRONG_DIRECTION: "swapped crossed exchanged deed_opposed put_opposed opposed_word opposed_near war_turned",
    Reason.WRONG_PLACE: "bearing_other war_elsewhere",
    Reason.WRONG_NUMBER: "number_lacking number_other number_contrary number_crossed bound_other bound_dropped "
    "times_other fate_other number_paired put_number added_number moved_number war_other_count",
    Reason.WRONG_DATE: "day_other day_lacking part_other hour_other time_paired put_time added_time moved_time",
    Reason.PLANNED_AS_DONE: "unreal left_modal attempted war_not_done plan_near",
    Reason.CLAIM_AS_FACT: "bare bare_of_neutral bare_line partisan counted_by",
    Reason.DENIED_AS_FACT: "denied war_denied denial_near",
    Reason.REVERSED_STALE: "undone taken_back half_told",
    Reason.CONFLATION: "from_other_line borrowed name_paired stitched",
    Reason.NEGATION: "not_differs left_not put_not not_alone not_less",
    Reason.BACKGROUND_AS_NEW: "old old_page left_time war_background",
    Reason.EXAGGERATION: "stretched left_hedge put_word",
    Reason.FABRICATED: "untold name_nowhere deed_lacking",
    Reason.INJECTED: "ordered comment unserious",
}
"""The signs of each reason."""
_REASON_OF = {sign: reason for reason, signs in REASONS.items() for sign in signs.split()}
_ABSENT = frozenset((Reason.FABRICATED,))
_PLAIN = -0.8
"""The weight from which the strongest sign against a statement is a contradiction, and no mere doubt."""


@dataclass(frozen=True, slots=True)
class Belief:
    """How likely a statement is carried, and what speaks most against it (None where nothing does).

    `sign` is the strongest sign against it, `weight` what it adds to the log of the odds.
    """

    score: float
    reason: Reason | None
    sign: str = ""
    weight: float = 0.0

    @property
    def untold(self) -> bool:
        """Whether no sentence of the sources is about what the statement says."""
        return self.sign == UNTOLD

    @property
    def contradicted(self) -> bool:
        """Whether what speaks against it is told otherwise, and not only untold."""
        return self.reason is not None and self.reason not in _ABSENT and self.weight <= _PLAIN


def believe(signs: Mapping[str, float]) -> Belief:
    """The belief that some signs give."""
    table = _weights()
    total = table[BASE]
    against: dict[Reason, float] = defaultdict(float)
    by_sign: dict[str, float] = {}
    for name, value in signs.items():
        weight = table.get(name)
        if not value or weight is None:
            continue
        added = value * weight
        total += added
        if added < 0:
            by_sign[name] = added
            against[_REASON_OF.get(name, Reason.FABRICATED)] += added
    score = round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 4)
    if _is_of_something_else(signs):
        return Belief(score, Reason.FABRICATED, UNTOLD)
    reason = min(against, key=lambda each: (against[each], each), default=None)
    strongest = min(by_sign, key=lambda each: (by_sign[each], each), default="")
    if reason in _NAMES and signs.get(OF_PLACE):
        reason = Reason.WRONG_PLACE
    return Belief(score, reason, strongest, by_sign.get(strongest, 0.0))


def _is_of_something_else(signs: Mapping[str, float]) -> bool:
    """Whether the evidence is so far from a statement that what differs proves nothing: it is told nowhere."""
    return max(signs.get("closeness", 0.0), signs.get("copied", 0.0)) < _FAR and signs.get("words_held", 0.0) < _LITTLE


_FAR, _LITTLE = 0.45, 0.5
"""Below both, no sentence of the sources is about what the statement says, as labelled claims of other days tell."""


@cache
def _weights() -> Mapping[str, float]:
    """What each sign adds to the log of the odds."""
    text = (resources.files("briefer.verify") / "data" / "weights.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: float(weight) for name, weight in rows}
