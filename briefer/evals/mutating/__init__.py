"""Whether the harness can be fooled: faults are planted into recorded results, and the gate must see them."""

from briefer.evals.mutating.planting import Planted, faults
from briefer.evals.mutating.trial import Trial, falls_short, tables, try_gate

__all__ = ["Planted", "Trial", "falls_short", "faults", "tables", "try_gate"]
