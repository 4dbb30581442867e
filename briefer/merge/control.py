"""Claims of one change of control: same spot, same gaining side, same sort of change, same thing, same day.

In: the territorial facts of a run. Out: one list of facts an event.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta

from briefer.merge import keys
from briefer.merge.facts import GIVEN_UP, Fact, Sort
from briefer.merge.objects import by_object
from briefer.merge.timing import LATE, Facts, blocks, by_time, day_label, day_of, tense, wide
from briefer.reading.lexicon import Stance, generic_actors
from briefer.reading.names import fold
from briefer.types import ActorKind, Change

RETOLD = timedelta(days=7)


def territory(facts: Facts) -> list[Facts]:
    """The changes of control of a run, one list an event."""

    def spot(fact: Fact) -> object:
        return (
            fact.spot_key or f"?{fact.front_key}|{fact.claim.object}",
            fact.relation,
            fact.sort,
            fact.piece,
            _when_key(fact),
        )

    groups: list[Facts] = []
    for block in blocks(facts, spot).values():
        by_side = blocks(block, lambda fact: fact.gainer)
        parts = [part for side in by_side.values() for piece in by_object(side) for part in by_time(piece)]
        groups += _nobody_joins(parts)
    return _retold(_split_again(groups))


def _when_key(fact: Fact) -> str:
    if fact.sort is Sort.ASSAULT:
        return "assault"
    return f"{tense(fact)}-wide" if wide(fact) else tense(fact)


def _nobody_joins(groups: list[Facts]) -> list[Facts]:
    """A change without a gainer ("Brega was captured"), or told of "rebels", is the one of that place and time.

    It must be the only one that it can be: what "rebels" took, a named group took, and not the forces of the state.
    """
    named = [facts for facts in groups if facts[0].gainer and not _generic(facts)]
    generic = _absorbed([facts for facts in groups if facts[0].gainer and _generic(facts)], named)
    known = named + generic
    nobody = [part for facts in groups if not facts[0].gainer for part in _parted(facts)]
    return known + _absorbed(nobody, known)


def _parted(facts: Facts) -> list[Facts]:
    """Taken and retaken by nobody named in one day: two changes."""
    again = [fact for fact in facts if fact.claim.change is Change.RECAPTURED]
    return [part for part in ([fact for fact in facts if fact not in again], again) if part]


def _absorbed(loose: list[Facts], known: list[Facts]) -> list[Facts]:
    """Those of the loose groups that fit no known one, or several; the others go up in the one that they fit."""
    left = []
    for facts in loose:
        likely = [other for other in known if _head(other) == _head(facts) and _fits(facts, other)]
        fitting = [other for other in likely if _again(other) == _again(facts)] or likely
        if len({other[0].gainer for other in fitting}) == 1:
            min(fitting, key=lambda other: _apart(facts, other)).extend(facts)
        else:
            left.append(facts)
    return left


def _again(facts: Facts) -> bool:
    return any(fact.claim.change is Change.RECAPTURED for fact in facts)


def _generic(facts: Facts) -> bool:
    """Whether the gainer is only told by a noun for those who rise against a state."""
    gainers = {
        actor.canonical
        for fact in facts
        for actor in (fact.claim.opponents if fact.claim.change in GIVEN_UP else fact.claim.actors)
    }
    listed = [generic_actors().get(fold(name)) for name in sorted(gainers)]
    return bool(listed) and all(actor is not None and actor.stance is Stance.ANTI_GOVERNMENT for actor in listed)


def _fits(facts: Facts, other: Facts) -> bool:
    """Whether a group told loosely can be another one: of one day, or of about one time where a day is not known."""
    state = any(actor.kind is ActorKind.STATE_FORCES for fact in other for actor in fact.claim.actors)
    if facts[0].gainer and state and other[0].claim.change not in GIVEN_UP:
        return False
    days = [next((day for day in map(day_of, each) if day), None) for each in (facts, other)]
    return days[0] == days[1] if all(days) else _apart(facts, other) <= LATE


def _apart(facts: Facts, other: Facts) -> timedelta:
    first, second = _first_day(facts), _first_day(other)
    return abs(first - second) if first and second else timedelta(0)


def _head(facts: Facts) -> str:
    return " ".join(sorted(keys.content(facts[0].claim.object)))


def _split_again(groups: list[Facts]) -> list[Facts]:
    """ "Captured" and "recaptured" by one side are two events where the other side took the place between them."""
    taken: dict[tuple[str, object], set[str]] = defaultdict(set)
    for facts in groups:
        if facts[0].sort is Sort.TAKE:
            taken[facts[0].spot_key, day_label(facts)].add(facts[0].gainer)
    found: list[Facts] = []
    for facts in groups:
        again = [fact for fact in facts if fact.claim.change in (Change.RECAPTURED, *GIVEN_UP)]
        if facts[0].sort is Sort.TAKE and len(taken[facts[0].spot_key, day_label(facts)]) > 1 and again:
            first = [fact for fact in facts if fact not in again]
            found += [part for part in (first, again) if part] if _again(again) else [facts]
        else:
            found.append(facts)
    return found


_LASTING = frozenset({Sort.TAKE, Sort.HOLD, Sort.SIEGE})


def _retold(groups: list[Facts]) -> list[Facts]:
    """Join what is told again of a state that lasts: holding, besieging, or having taken a place, on no day of its own.

    It is the same as long as nobody else took the place in between. A taking is retold for a week; later, "captured"
    is more likely news of which the loss in between was not read.
    """
    found: list[Facts] = []
    spots = _by(groups, lambda facts: (facts[0].spot_key, facts[0].relation) if _lasts(facts) else None)
    for spot, told in spots.items():
        found += told if spot is None else _joined(sorted(told, key=_moment))
    return found


def _by(groups: list[Facts], key: Callable[[Facts], object]) -> dict[object, list[Facts]]:
    found: dict[object, list[Facts]] = defaultdict(list)
    for facts in groups:
        found[key(facts)].append(facts)
    return found


def _lasts(facts: Facts) -> bool:
    fact = facts[0]
    whole = not fact.piece and not keys.content(fact.claim.object)
    return bool(fact.spot_key) and fact.sort in _LASTING and whole and _when_key(fact) == "real"


def _moment(facts: Facts) -> tuple[date, object]:
    return _first_day(facts) or date.min, facts[0].told.order


def _first_day(facts: Facts) -> date | None:
    """The day it happened, or else of its first report."""
    days = [day for day in map(day_of, facts) if day] or [fact.told.reported for fact in facts if fact.told.reported]
    return min(days, default=None)


def _joined(told: list[Facts]) -> list[Facts]:
    found: list[Facts] = []
    standing: dict[tuple[Sort, str], Facts] = {}
    for facts in told:
        sort, gainer = facts[0].sort, facts[0].gainer
        taken = standing.get((Sort.TAKE, gainer)) if sort is Sort.HOLD else None
        if taken is not None and all(fact.claim.change in GIVEN_UP for fact in taken):
            taken = None  # who left is known, and this tells who came
        before = taken or standing.get((sort, gainer))
        if before is not None and gainer and _tells_again(facts, before):
            before.extend(facts)
            continue
        held = standing.get((Sort.HOLD, gainer)) if sort is Sort.TAKE else None
        if held is not None and gainer and _first_day(held) == _first_day(facts):
            found = [
                each for each in found if each is not held
            ]  # the one report of a day says how, the other who has it
            facts = facts + held
        found.append(facts)
        standing = {key: each for key, each in standing.items() if _outlasts(key, facts)} | {(sort, gainer): facts}
    return found


def _outlasts(state: tuple[Sort, str], facts: Facts) -> bool:
    """Whether a state goes on after what was told: a taking ends all, and who holds a place ends what others had."""
    sort, gainer = state
    if facts[0].sort is Sort.TAKE:
        return False
    return facts[0].sort is not Sort.HOLD or sort is Sort.SIEGE or gainer == facts[0].gainer


def _tells_again(facts: Facts, before: Facts) -> bool:
    if facts[0].sort is not Sort.TAKE:
        return True
    dated = any(day_of(fact) for fact in facts)
    first, last = _first_day(before), _first_day(facts)
    return not dated and not _again(facts) and first is not None and last is not None and last - first <= RETOLD
