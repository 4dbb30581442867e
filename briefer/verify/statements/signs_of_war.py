"""Signs in the happenings of war that both tell: who gained what from whom, where, how far, and in whose voice.

In: `Held`. Out: signs by name, 0 or 1. Two happenings are compared where they share a place or those who fight in them.
"""

from collections.abc import Callable, Iterable

from briefer.reading.assertions import Assertion
from briefer.reading.names import fold
from briefer.types import REAL, Actor, Casualties, Change, Kind, Modality
from briefer.verify.apart import is_same_place, may_be_within
from briefer.verify.statements.held import Held

_LOSSES = frozenset({Change.WITHDREW, Change.LOST, Change.HANDED_OVER})
_FIGHTING = frozenset({Kind.CLASH, Kind.STRIKE, Kind.SHELLING})
_UNREAL = frozenset({Modality.PLANNED, Modality.PREDICTED, Modality.HYPOTHETICAL, Modality.ATTEMPTED})
Pair = tuple[Assertion, Assertion]


def of_war(held: Held) -> dict[str, float]:
    """What of the happenings is told otherwise, where none of the evidence carries the statement's.

    A count is another whichever happening else is carried: who was killed and who was wounded are told apart.
    """
    pairs = [(mine, told) for mine in held.asserted for told in held.told if _is_about_one(mine, told, held)]
    found = {name for name, check in _CHECKS.items() if any(check(mine, told, held) for mine, told in pairs)}
    if any(not any(check(mine, told, held) for check in _CHECKS.values()) for mine, told in pairs):
        found &= {_COUNT}
    return {name: float(name in found) for name in _CHECKS}


_COUNT = "war_other_count"


def _is_about_one(mine: Assertion, told: Assertion, held: Held) -> bool:
    if mine.kind is not told.kind and not {mine.kind, told.kind} <= _FIGHTING:
        return False
    if mine.place and told.place:
        return _is_same_place(mine, told, held) or _shares_sides(mine, told, held)
    return _shares_sides(mine, told, held)


def _is_same_place(mine: Assertion, told: Assertion, held: Held) -> bool:
    if is_same_place(mine.place, told.place) or may_be_within(mine.place, told.place):
        return True
    return held.names.are_one(tuple(mine.place.split()), tuple(told.place.split()))


def _shares_sides(mine: Assertion, told: Assertion, held: Held) -> bool:
    return _share(_all(mine), _all(told), held)


def _all(told: Assertion) -> tuple[Actor, ...]:
    return (*told.told.frame.actors, *told.told.frame.opponents)


def _share(one: Iterable[Actor], other: Iterable[Actor], held: Held) -> bool:
    others = tuple(other)
    return any(_are_one(mine, told, held) for mine in one for told in others)


def _are_one(one: Actor, other: Actor, held: Held) -> bool:
    if not {fold(one.name), fold(one.canonical)}.isdisjoint((fold(other.name), fold(other.canonical))):
        return True
    return any(
        held.names.are_one(tuple(a.split()), tuple(b.split()))
        for a in {one.name, one.canonical}
        for b in {other.name, other.canonical}
    )


# ── what may be told otherwise ──


def _sides(told: Assertion) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Who gains by it and who loses."""
    frame = told.told.frame
    return (frame.opponents, frame.actors) if frame.change in _LOSSES else (frame.actors, frame.opponents)


def _turned(mine: Assertion, told: Assertion, held: Held) -> bool:
    if mine.kind is not told.kind:
        return False
    (gains, loses), (gained, lost) = _sides(mine), _sides(told)
    won_by_loser = _share(gains, lost, held) and not _share(gains, gained, held)
    lost_by_winner = _share(loses, gained, held) and not _share(loses, lost, held)
    repelled = bool(told.place) and Change.REPELLED in (mine.told.frame.change, told.told.frame.change)
    return won_by_loser or lost_by_winner or (repelled and mine.told.frame.change is not told.told.frame.change)


def _by_another(mine: Assertion, told: Assertion, held: Held) -> bool:
    one, other = mine.told.frame.actors, told.told.frame.actors
    same = mine.told.frame.change is told.told.frame.change
    return bool(one and other) and same and not _share(one, _all(told), held) and not _share(_all(mine), other, held)


def _elsewhere(mine: Assertion, told: Assertion, held: Held) -> bool:
    return bool(mine.place and told.place) and not _is_same_place(mine, told, held)


def _not_done(mine: Assertion, told: Assertion, held: Held) -> bool:
    return told.told.modality in _UNREAL and mine.told.modality in REAL and not mine.told.negated


def _denied(mine: Assertion, told: Assertion, held: Held) -> bool:
    return told.told.modality is Modality.DENIED and mine.told.modality is not Modality.DENIED


def _background(mine: Assertion, told: Assertion, held: Held) -> bool:
    return told.told.modality is Modality.HISTORICAL and mine.told.modality in REAL and mine.told.when.start is None


def _other_count(mine: Assertion, told: Assertion, held: Held) -> bool:
    return any(_is_other_count(one, other) for one in mine.casualties for other in told.casualties)


def _is_other_count(one: Casualties, other: Casualties) -> bool:
    same = (one.low, one.best, one.high) == (other.low, other.best, other.high)
    return same is not (one.kind is other.kind)


_CHECKS: dict[str, Callable[[Assertion, Assertion, Held], bool]] = {
    "war_turned": _turned,
    "war_by_another": _by_another,
    "war_elsewhere": _elsewhere,
    "war_not_done": _not_done,
    "war_denied": _denied,
    "war_background": _background,
    "war_other_count": _other_count,
}
