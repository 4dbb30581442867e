"""When claims happened, and claims of one thing split by the day they are about.

In: facts of one block. Out: lists of facts, each of one day, one stretch of time or one round of undated reports.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from briefer.merge.facts import Fact
from briefer.merge.told import weekday
from briefer.types import REAL, DatePrecision, Modality

LATE = timedelta(days=2)  # an undated report joins a dated event at most this long before it

Facts = list[Fact]


def blocks(facts: Iterable[Fact], key: Callable[[Fact], object]) -> dict[object, Facts]:
    """The claims by a key, keys and claims in the order in which they come."""
    found: dict[object, Facts] = {}
    for fact in facts:
        found.setdefault(key(fact), []).append(fact)
    return found


def tense(fact: Fact) -> str:
    """What is told as done is one; each other modality stands alone."""
    return "real" if fact.claim.modality in REAL else str(fact.claim.modality)


def most_common(values: Iterable[str]) -> str:
    """The value that is given most often, ties by length and then alphabet; "" for none."""
    named = [value for value in values if value]
    if len(named) <= 1:
        return named[0] if named else ""
    counted = Counter(named)
    return min(counted, key=lambda value: (-counted[value], -len(value), value)) if counted else ""


def day_of(fact: Fact) -> date | None:
    """The day it happened, where it is known to the day."""
    when = fact.claim.when
    return when.start if when.precision is DatePrecision.DAY else None


def wide(fact: Fact) -> bool:
    """Whether the claim is about a stretch of time: a running total, not a day's event."""
    when = fact.claim.when
    if fact.claim.modality is Modality.HISTORICAL or when.precision in (DatePrecision.WEEK, DatePrecision.MONTH):
        return True
    return when.start is not None and when.end is not None and when.end - when.start > LATE


def by_time(facts: Facts) -> list[Facts]:
    """Split claims of one thing by the day they are about."""
    days: dict[date, Facts] = defaultdict(list)
    undated: Facts = []
    for fact in facts:
        day = day_of(fact)
        if day is None:
            undated.append(fact)
        else:
            days[day].append(fact)
    loose: Facts = []
    known = sorted(days)
    joined: list[tuple[date, Fact]] = []
    for fact in undated:
        day = _nearest(fact, known)
        if day is None:
            loose.append(fact)
        else:
            joined.append((day, fact))
    for day, fact in joined:
        days[day].append(fact)
    return [days[day] for day in known] + _loose(loose)


def _nearest(fact: Fact, known: Sequence[date]) -> date | None:
    """The dated day that an undated claim belongs to: by its week, by its report, or by the name of the day."""
    when, reported = fact.claim.when, fact.told.reported
    if when.start is not None:
        fitting = [day for day in known if when.start <= day <= (when.end or when.start)]
        return fitting[0] if len(fitting) == 1 else None
    named = weekday(when.as_written)
    if reported is None:
        return known[0] if named is not None and len(known) == 1 and known[0].weekday() == named else None
    fitting = [day for day in known if timedelta(0) <= reported - day <= LATE and named in (None, day.weekday())]
    return fitting[-1] if fitting else None


def _loose(facts: Facts) -> list[Facts]:
    """Split what has no day by its weeks, by its reports (two days each), or by the names of days."""
    groups: list[Facts] = []
    start: date | None = None
    dated = [fact for fact in facts if fact.told.reported is not None and fact.claim.when.start is None]
    for fact in sorted(dated, key=lambda fact: (fact.told.reported or date.min, fact.told.order)):
        reported = fact.told.reported
        if start is None or reported is None or reported - start > LATE:
            groups.append([])
            start = reported
        groups[-1].append(fact)
    by_week = blocks((fact for fact in facts if fact.claim.when.start is not None), lambda fact: fact.claim.when.start)
    named = blocks(
        (fact for fact in facts if fact.told.reported is None and fact.claim.when.start is None),
        lambda fact: weekday(fact.claim.when.as_written),
    )
    nameless = named.pop(None, [])
    if len(named) == 1:
        next(iter(named.values())).extend(nameless)
    elif nameless:
        groups.append(nameless)
    return groups + list(by_week.values()) + list(named.values())


def day_label(facts: Facts) -> object:
    """What claims of one place must share to be of one time: the day, or report and weekday where it is unknown."""
    return next((day for day in map(day_of, facts) if day), None) or _undated_label(facts[0])


def _undated_label(fact: Fact) -> object:
    return (fact.told.reported, weekday(fact.claim.when.as_written))
