"""When one number carries another: by value, rounding and bounds, as a sum, a difference, a share or a count of others.

In: the numbers of a statement and of its evidence. Out: how far each number of the statement is carried.
"""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from itertools import combinations

from briefer.reading.numbers import Number, Unit

_ROUND = 0.1
"""How far, as a share, a rounded number may be from what it stands for."""
_DERIVED = 4
"""Numbers of the evidence that are added up or set against each other at most."""
_WIDE = 10
"""Times that what is counted may exceed "dozens" or "more than", and still be told so."""


class Carried(IntEnum):
    """How far a number is carried: not at all, worked out of others, loosely, or exactly."""

    NO = 0
    DERIVED = 1
    LOOSELY = 2
    EXACTLY = 3


def carried(mine: Number, told: Sequence[Number], parts: Sequence[Number] | None = None) -> Carried:
    """How far the numbers of the evidence carry one of a statement; `parts` are those that it may be worked out of."""
    best = max((_by_one(mine, each) for each in told), default=Carried.NO)
    if best is not Carried.NO:
        return best
    return Carried.DERIVED if _is_derived(mine, told if parts is None else parts) else Carried.NO


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
    if own is None or own == 0:
        return False
    units = (mine.unit, *(_COUNTS if mine.unit in (*_SHARES, *_COUNTS) else ()))
    counted = [value for each in told if each.unit in units and (value := _value(each))][:_DERIVED]
    shares = [value for each in told if each.unit in _SHARES and (value := _value(each))]
    near = _ROUND * own if mine.approximate or mine.best is None else 0.005 * own
    if mine.unit in _SHARES:
        made = [100 * a / b for a in counted for b in counted if a < b] + [100 - share for share in shares]
        made += [100 * (b - a) / a for a in counted for b in counted if a < b]
        return any(abs(each - own) <= max(2, near) for each in made)
    of_shares = [share * whole / 100 for share in shares for whole in counted]
    of_shares += [whole - part for part in of_shares for whole in counted]
    return any(abs(made - own) <= near + 0.5 for made in (*_made(counted), *of_shares)) or (
        mine.unit is Unit.DURATION and _in_other_unit(own, counted)
    )


def _in_other_unit(own: int, told: Sequence[int]) -> bool:
    """Days for hours, weeks for days, months for years."""
    return any(own * per in told or own in [per * value for value in told] for per in _PER)


_PER = (24, 7, 12)


def _value(number: Number) -> int | None:
    return number.best if number.best is not None else number.low if number.low is not None else number.high


def _made(values: Sequence[int]) -> Iterable[int]:
    """Sums of some of the values, and differences of two."""
    for one, other in combinations(values, 2):
        yield one + other
        yield abs(one - other)
    for size in (3, 4):
        for some in combinations(values, size):
            yield sum(some)
