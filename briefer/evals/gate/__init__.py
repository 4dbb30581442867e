"""The gate: a result held against the one that was accepted last, and the file that keeps it."""

from briefer.evals.gate.baseline import Baseline, Pinned, accept, pin_caught, pinned, read, text
from briefer.evals.gate.gate import compare, hold, of_cases

__all__ = ["Baseline", "Pinned", "accept", "compare", "hold", "of_cases", "pin_caught", "pinned", "read", "text"]
