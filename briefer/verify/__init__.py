"""Holds a claim against the words of its evidence: Claim and Article in, the Claim with verdict and reason out.

Pure and deterministic. A check either finds a fault from the closed list of reasons or finds none; the first fault in
the order of `verdict.CHECKS` is the reason. A claim whose evidence the reader cannot follow is unclear, not supported,
and only if all that it names stands there; a `judge`, where there is one, is asked about those.
"""

from briefer.verify.asked import Manner, Mode, judge
from briefer.verify.asked_statements import StatementManner, judge_statements
from briefer.verify.judged import Judged, Ruled, settled
from briefer.verify.statements import THRESHOLD, Checker
from briefer.verify.verdict import verify

__all__ = [
    "THRESHOLD",
    "Checker",
    "Judged",
    "Manner",
    "Mode",
    "Ruled",
    "StatementManner",
    "judge",
    "judge_statements",
    "settled",
    "verify",
]
