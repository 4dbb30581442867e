"""Signs in numbers, days and hours. In: `Held`. Out: signs by name, 0 or 1."""

from datetime import date
from functools import lru_cache

from briefer.reading.numbers import Number
from briefer.types import DayPart, When
from briefer.verify.statements.amounts import Carried, carried
from briefer.verify.statements.held import Held, is_known, overlap
from briefer.verify.statements.keys import Keys
from briefer.verify.statements.lines import Amount, Line, fates
from briefer.verify.statements.meanings import are_alike, stance

_FOLD = {
    1: "half halve halved halves halving", 2: "double doubled doubles doubling twice twofold twin",
    3: "triple tripled triples tripling thrice threefold treble trebled",
    4: "quadruple quadrupled fourfold quadrupling",
}  # fmt: skip
_TIMES = {word: times for times, words in _FOLD.items() for word in words.split()}


def of_numbers(held: Held) -> dict[str, float]:
    """Which numbers the evidence has not, has of something else, or bounds otherwise."""
    mine, told = held.claim.amounts, held.evidence.amounts
    found = [(amount, held.carries(amount)) for amount in mine]
    lacking = [amount for amount, how in found if how is Carried.NO and amount.number.best != 1]
    other = float(any(_is_other(amount, held.evidence.base.amounts) for amount in lacking))
    exact = [amount for amount, how in found if how >= Carried.LOOSELY]
    return {
        "number_lacking": float(bool(lacking)),
        "number_other": other,
        "number_contrary": float(other and held.closeness >= _CLOSE),
        "number_crossed": float(any(_is_crossed(amount, told) for amount in exact)),
        "bound_other": float(any(_is_bounded_otherwise(amount.number, told) for amount in exact)),
        "bound_dropped": float(any(_is_less_bounded(amount.number, told) for amount in exact)),
        "times_other": float(_times_other(held)),
        "fate_other": float(any(_has_other_fate(amount, held) for amount in exact)),
    }


_CLOSE = 0.6
"""How close the nearest line must be for its number to stand in the statement's place."""


def _is_other(amount: Amount, told: tuple[Amount, ...]) -> bool:
    """Whether the nearest line counts the same in one other number, and in no more."""
    alike = [each for each in told if each.number.unit is amount.number.unit and _counts_same(amount, each)]
    by_word = [each for each in alike if not amount.counted.isdisjoint(each.counted)]
    return len(by_word or alike) == 1


def _counts_same(one: Amount, other: Amount) -> bool:
    """Whether two numbers count the same sort of thing, by its word or by one for it."""
    if not one.counted.isdisjoint(other.counted):
        return True
    return any(_are_one(mine, told) for mine in one.nouns for told in other.nouns)


@lru_cache(maxsize=65536)
def _are_one(one: str, other: str) -> bool:
    side = stance(one)
    return bool(side and side == stance(other)) or are_alike(one, other)


def _same(amount: Amount, told: tuple[Amount, ...]) -> list[Amount]:
    return [each for each in told if carried(amount.number, [each.number]) is not Carried.NO]


def _is_crossed(amount: Amount, told: tuple[Amount, ...]) -> bool:
    """Whether what it counts is counted in the evidence by another number, and its own number counts something else."""
    same = _same(amount, told)
    if not same or not all(each.counted for each in same):
        return False
    foreign = amount.counted - frozenset().union(*(each.counted for each in same))
    return any(not foreign.isdisjoint(each.counted) for each in told if each not in same)


def _is_bounded_otherwise(mine: Number, told: tuple[Amount, ...]) -> bool:
    """Whether "at least" stands for "up to", or the other way."""
    same = [each.number for each in told if _value(each.number) == _value(mine)]
    return bool(same) and all(_bound(mine) and _bound(each) and _bound(mine) != _bound(each) for each in same)


def _is_less_bounded(mine: Number, told: tuple[Amount, ...]) -> bool:
    same = [each.number for each in told if _value(each.number) == _value(mine)]
    return bool(same) and not _bound(mine) and not mine.approximate and all(map(_bound, same))


def _value(number: Number) -> int | None:
    return number.best if number.best is not None else number.low if number.low is not None else number.high


def _bound(number: Number) -> str:
    if number.low == number.high:
        return ""
    return (
        "least"
        if number.high is None and number.best is None
        else "most"
        if number.low is None and number.best is None
        else ""
    )


def _has_other_fate(amount: Amount, held: Held) -> bool:
    """Whether those that it counts are killed here, and only wounded or caught there."""
    mine = fates(amount, held.claim)
    told = [
        fates(each, line)
        for line in held.evidence.lines
        for each in line.amounts
        if carried(amount.number, [each.number]) is not Carried.NO
    ]
    return bool(mine) and bool(told) and all(each and mine.isdisjoint(each) for each in told)


def _times_other(held: Held) -> bool:
    """Whether what is doubled here is tripled there."""
    mine = {_TIMES[word] for word in held.claim.lower if word in _TIMES}
    told = {_TIMES[word] for word in held.evidence.lower if word in _TIMES}
    return bool(mine and told) and mine.isdisjoint(told)


# ── days and hours ──


def of_days(held: Held) -> dict[str, float]:
    """Which days, parts of the day and hours are told otherwise, or not at all."""
    mine = [pair for pair in zip(held.claim.days, held.claim.days_ahead, strict=True) if is_known(pair[0])]
    told = _days(held.evidence.lines)
    near = _days(held.evidence.context)
    open_ended = any(not is_known(each) and each.as_written for each in told)
    unmet = [pair for pair in mine if not any(overlap(when, each) for when in pair for each in told)]
    if not held.evidence.base.times:
        unmet = [pair for pair in unmet if not any(overlap(when, each) for when in pair for each in near)]
    known = any(is_known(each) for each in told) and not open_ended
    written = held.evidence.page.written
    lacking = [
        pair
        for pair in unmet
        if not any(overlap(when, each) for when in pair for each in near) and not (written and _holds(pair, written))
    ]
    return {
        "day_other": float(bool(unmet) and known),
        "day_lacking": float(bool(lacking) and not known),
        "part_other": float(_part_other(held)),
        "hour_other": float(_hour_other(held)),
    }


def _days(lines: tuple[Line, ...]) -> list[When]:
    return [each for line in lines for each in (*line.days, *line.days_ahead)]


def _part_other(held: Held) -> bool:
    mine = {when.part for when in held.claim.days} - {DayPart.NONE}
    told = {when.part for line in held.evidence.lines for when in line.days} - {DayPart.NONE}
    return bool(mine and told and mine.isdisjoint(told))


def _hour_other(held: Held) -> bool:
    told: Keys | frozenset[int] = frozenset().union(
        *(hour.minutes for line in held.evidence.lines for hour in line.hours)
    )
    return bool(told) and any(hour.minutes.isdisjoint(told) for hour in held.claim.hours)


def _holds(pair: tuple[When, ...], day: date) -> bool:
    return any(overlap(when, When(start=day, end=day)) for when in pair)
