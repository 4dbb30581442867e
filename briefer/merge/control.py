"""Claims of one change of control: same spot, same gaining side, same sort of change, same thing, same day.

In: the territorial facts of a run. Out: one list of facts an event.
"""

from collections import defaultdict

from briefer.merge import keys
from briefer.merge.facts import Fact, Sort
from briefer.merge.objects import by_object
from briefer.merge.timing import Facts, blocks, by_time, day_label, tense, wide
from briefer.types import Change


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
    return _split_again(groups)


def _when_key(fact: Fact) -> str:
    if fact.sort is Sort.ASSAULT:
        return "assault"
    return f"{tense(fact)}-wide" if wide(fact) else tense(fact)


def _nobody_joins(groups: list[Facts]) -> list[Facts]:
    """A change without a gainer ("Brega was captured") is the one of that place and day, where there is only one."""
    known: dict[tuple[object, str], list[Facts]] = defaultdict(list)
    nobody: list[Facts] = []
    for facts in groups:
        if facts[0].gainer:
            known[day_label(facts), _head(facts)].append(facts)
        else:
            nobody.append(facts)
    left = []
    for facts in nobody:
        fitting = known[day_label(facts), _head(facts)]
        if len(fitting) == 1:
            fitting[0].extend(facts)
        else:
            left.append(facts)
    return [facts for found in known.values() for facts in found] + left


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
        again = [fact for fact in facts if fact.claim.change is Change.RECAPTURED]
        if facts[0].sort is Sort.TAKE and len(taken[facts[0].spot_key, day_label(facts)]) > 1 and again:
            first = [fact for fact in facts if fact.claim.change is not Change.RECAPTURED]
            found += [part for part in (first, again) if part]
        else:
            found.append(facts)
    return found
