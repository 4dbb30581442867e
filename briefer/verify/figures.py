"""Checks of numbers and times: does the evidence hold them, by value and bound?"""

from datetime import date

from briefer.reading import dates, numbers
from briefer.reading.numbers import Number
from briefer.types import Casualties, CasualtyKind, Claim, DatePrecision, Reason, When
from briefer.verify.cues import CODED, fates
from briefer.verify.grounds import Grounds
from briefer.verify.tokens import flat, is_empty, stem, words


def wrong_number(claim: Claim, grounds: Grounds) -> Reason | None:
    """Every count must stand in the evidence, by value and bound; every number of the text by value."""
    stated = numbers.find(f"{claim.text} {claim.object}")
    if not claim.casualties and not stated and not any(kit.number is not None for kit in claim.equipment):
        return None
    found = numbers.find(grounds.text)
    # "Handed over 18 soldiers" reads like a bound.
    over = {number.low - 1 for number in found if number.low and number.as_written.lower().startswith("over ")}
    known = over | {value for number in found for value in _values(number)}
    if any(_values(number).isdisjoint(known) for number in stated if not _is_one(number)):
        return Reason.WRONG_NUMBER
    if not all(_counted(count, found, grounds) for count in claim.casualties):
        return Reason.WRONG_NUMBER
    wrong = any(kit.number not in (None, 1) and kit.number not in known for kit in claim.equipment)
    return Reason.WRONG_NUMBER if wrong else None


def _values(number: Number) -> set[int]:
    return {value for value in (number.low, number.best, number.high) if value is not None}


def _is_one(number: Number) -> bool:
    """ "A soldier" is one soldier, and no number stands there."""
    return _values(number) == {1}


def _counted(count: Casualties, found: list[Number], grounds: Grounds) -> bool:
    bounds = (count.low, count.best, count.high)
    if any((number.low, number.best, number.high) == bounds for number in found):
        return True
    victims = [word for word in words(count.victims) if not is_empty(word)]
    there = bool(victims) and all(stem(word) in grounds.stems for word in victims)
    # "A soldier was killed": the article counts.
    return bounds == (1, 1, 1) and (there or not grounds.lower.isdisjoint({"one", "single"}))


_BESIDE = 3
"""Words between a number and what says what became of those it counts."""


def wrong_fate(claim: Claim, grounds: Grounds) -> Reason | None:
    """The killed and the wounded of one sentence are not exchanged: a number is of the fate that stands beside it."""
    found = numbers.find(grounds.text) if claim.casualties else []
    for count in claim.casualties:
        mine = [n for n in found if (n.low, n.best, n.high) == (count.low, count.best, count.high)]
        if mine and all(_is_of_others(count.kind, number, grounds.text) for number in mine):
            return Reason.WRONG_NUMBER
        if len(mine) == 1 and _is_read_otherwise(count, grounds):
            return Reason.WRONG_NUMBER
    return None


def _is_read_otherwise(count: Casualties, grounds: Grounds) -> bool:
    """Whether the reader finds this number counted, and never of this fate."""
    bounds = (count.low, count.best, count.high)
    told = [each for said in grounds.said for each in said.casualties]
    alike = [each.kind for each in told if (each.low, each.best, each.high) == bounds]
    return bool(alike) and count.kind not in alike


def _is_of_others(kind: CasualtyKind, number: Number, text: str) -> bool:
    """Whether the words nearest to a number tell another fate, and none nearly as near tells this one."""
    before, behind = words(text[: number.start].lower())[::-1], words(text[number.end :].lower())
    away = [(distance, fate) for side in (before, behind) for distance, word in enumerate(side) for fate in fates(word)]
    nearest = min((distance for distance, _ in away), default=_BESIDE + 1)
    own = min((distance for distance, fate in away if fate is kind), default=None)
    return nearest <= _BESIDE and (own is None or own > nearest + _BESIDE)


_LONGEST = 6
"""Words of a time that the reader does not know ("at first light")."""


def _is_time(written: str) -> bool:
    return bool(dates.find(written)) or len(words(written)) <= _LONGEST


def wrong_date(claim: Claim, grounds: Grounds) -> Reason | None:
    """A day that is claimed must be what some expression of the evidence means, and its words must stand there."""
    written, when = grounds.scene.written, claim.when
    if when.as_written and (flat(when.as_written) not in flat(grounds.around) or not _is_time(when.as_written)):
        return Reason.WRONG_DATE
    meant = _meant(grounds.text, written)
    if when.start is not None and not any(each.start == when.start for each in meant):
        return Reason.WRONG_DATE
    return Reason.WRONG_DATE if claim.kind not in CODED and _names_another_day(claim, grounds, written) else None


def _names_another_day(claim: Claim, grounds: Grounds, written: date | None) -> bool:
    """Whether a sentence that a model wrote has a weekday or date that the evidence means nowhere."""
    told = {each.start for each in _meant(f"{grounds.near} {grounds.text}", written)} | {written}
    for time in dates.find(claim.text):
        days = [dates.resolve(time, written=written, future=future) for future in (False, True)]
        if days[0].precision is DatePrecision.DAY and told.isdisjoint(each.start for each in days):
            return True
    return False


def _meant(text: str, written: date | None) -> list[When]:
    """What the expressions of time of a text mean, looking back and looking ahead."""
    times = dates.find(text)
    return [dates.resolve(time, written=written, future=future) for time in times for future in (False, True)]
