"""When one number carries another: by value, rounding and bounds, as a sum, a difference, a share or a count of others.

In: the numbers of a statement and of its evidence. Out: how far each number of the statement is carried.
"""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from itertools import combinations

from briefer.reading.numbers import Number, Unit

_ROUND = 0.1
"""How far, as a share, a rounded number may be from what it stands for."""
_DERIVED = 6
"""Numbers of the evidence that are added up or set against each other at most."""
_WIDE = 10
"""Times that what is counted may exceed "dozens" or "more than", and still be told so."""


class Carried(IntEnum):
    """How far a number is carried: not at all, worked out of others, loosely, or exactly."""

    NO = 0
    DERIVED = 1
    LOOSELY = 2
    EXACTLY = 3


def carried(mine: Number, told: Sequence[Number]) -> Carried:
    """How far the numbers of the evidence carry one of a statement."""
    best = max((_by_one(mine, each) for each in told), default=Carried.NO)
    return best if best is not Carried.NO or not _is_derived(mine, told) else Carried.DERIVED


def _by_one(mine: Number, told: Number) -> Carried:
    if not _same_measure(mine, told):
        return Carried.NO
    if (mine.low, mine.best, mine.high) == (told.low, told.best, told.high):
        return Carried.EXACTLY
    value = told.best if told.best is not None else told.low if told.high is None else told.high
    own = mine.best
    if value is None:
        return Carried.NO
    if own is not None:
        near = abs(own - value) <= _ROUND * max(own, value)
        if mine.approximate and near:
            return Carried.LOOSELY
        return Carried.LOOSELY if own == value else Carried.NO
    if mine.low is not None and mine.high is not None:
        return Carried.LOOSELY if mine.low <= value <= mine.high else Carried.NO
    if mine.low is not None:
        return Carried.LOOSELY if mine.low <= value <= mine.low * _WIDE else Carried.NO
    return Carried.LOOSELY if mine.high is not None and value <= mine.high else Carried.NO


_SHARES = (Unit.PERCENT, Unit.FRACTION)
_COUNTS = (Unit.COUNT, Unit.TIMES)


def _same_measure(mine: Number, told: Number) -> bool:
    return mine.unit is told.unit or any({mine.unit, told.unit} <= set(alike) for alike in (_SHARES, _COUNTS))


def _is_derived(mine: Number, told: Sequence[Number]) -> bool:
    own = mine.best if mine.best is not None else mine.low
    exact = [each.best if each.best is not None else each.low for each in told[:_DERIVED]]
    values = [value for value in exact if value]
    if own is None or own == 0:
        return False
    near = _ROUND * own if mine.approximate else 0
    if mine.unit in _SHARES:
        return any(abs(100 * a / b - own) <= max(2, near) for a in values for b in values if a < b)
    return any(abs(made - own) <= near for made in _made(values))


def _made(values: Sequence[int]) -> Iterable[int]:
    """Sums of two or three of the values, and differences of two."""
    for one, other in combinations(values, 2):
        yield one + other
        yield abs(one - other)
    for three in combinations(values, 3):
        yield sum(three)
