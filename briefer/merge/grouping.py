"""Which claims are about the same thing.

In: told claims with resolved names (`Fact`). Out: `Group`s, each the claims of one event. Claims meet in blocks by
kind, place (or who and whom, where no place is told), modality and side, then by time; no two claims are compared
outside of a block, so the cost grows with the number of claims.

One event, by kind:
  territory   same place and spot ("north of" apart), same gainer's side, same sort of change, whole or piece, same day
  fighting    strikes, shelling, clashes, and the casualties told of the same place and day, under the same attacker
  the rest    same kind, place, actors and day; political and humanitarian ones also in nearly the same words
An undated claim joins the nearest dated one of at most two days before its report. What is told over more than two days
("since February") is a running total and joins only its like.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from briefer.merge import keys
from briefer.merge.attacks import HITS, fighting
from briefer.merge.control import territory
from briefer.merge.facts import GIVEN_UP, Fact, Sort
from briefer.merge.objects import COMPARED, words_of
from briefer.merge.timing import LATE, Facts, blocks, by_time, day_of, tense, wide
from briefer.types import REAL, Kind, Modality

ALIKE = 0.5  # share of common words from which two political claims of one day are one
WORDED = frozenset({Kind.POLITICAL, Kind.HUMANITARIAN, Kind.MOVEMENT, Kind.OUTLOOK, Kind.AGREEMENT})


@dataclass(frozen=True, slots=True)
class Group:
    """The claims of one event: those that assert it and those that deny it, each in the one order of claims."""

    facts: tuple[Fact, ...]
    denials: tuple[Fact, ...] = ()


def group(facts: Sequence[Fact]) -> list[Group]:
    """Every claim in exactly one group."""
    asserted = [fact for fact in facts if fact.claim.modality is not Modality.DENIED]
    denied = [fact for fact in facts if fact.claim.modality is Modality.DENIED]
    groups: list[Facts] = []
    for kind, block in blocks(asserted, _family).items():
        if kind == "territory":
            groups += territory(block)
        elif kind == "fighting":
            groups += fighting(block)
        else:
            groups += _others(block)
    return _with_denials(groups, denied)


def _family(fact: Fact) -> str:
    kind = fact.claim.kind
    if kind is Kind.TERRITORY and fact.claim.change is not None:
        return "territory"
    return "fighting" if kind in HITS or kind is Kind.CASUALTIES else "other"


def _others(facts: Facts) -> list[Facts]:
    def about(fact: Fact) -> object:
        who = fact.all_parties if fact.claim.kind is Kind.AGREEMENT else (fact.actor, fact.opponent)
        span = wide(fact)
        return (fact.claim.kind, fact.spot_key, who, tense(fact), span, fact.nowhere if not any(who) else "")

    groups: list[Facts] = []
    for block in blocks(facts, about).values():
        for day in by_time(block):
            groups += _by_words(day) if block[0].claim.kind in WORDED else [day]
    return groups


def _by_words(facts: Facts) -> list[Facts]:
    """Split by what is said: claims that share half of their words are one."""
    found: list[tuple[frozenset[str], Facts]] = []
    for words, block in sorted(blocks(facts, _said).items(), key=lambda item: sorted(words_of(item[0]))):
        mine = words_of(words)
        home = next((members for theirs, members in found[:COMPARED] if _likeness(mine, theirs) >= ALIKE), None)
        if home is None:
            found.append((mine, list(block)))
        else:
            home.extend(block)
    return [members for _, members in found]


def _said(fact: Fact) -> frozenset[str]:
    return keys.content(fact.claim.object or fact.claim.text)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 1.0


def _with_denials(groups: list[Facts], denied: Facts) -> list[Group]:
    """Put each denial with the event that it denies; what nobody asserts stands as denied alone."""
    asserted: dict[object, list[int]] = defaultdict(list)
    for number, facts in enumerate(groups):
        for key in sorted({_deniable(fact) for fact in facts if fact.claim.modality in REAL}, key=repr):
            asserted[key].append(number)
    denials: dict[int, Facts] = defaultdict(list)
    alone: Facts = []
    for fact in denied:
        likely = [(index, groups[index]) for index in asserted[_deniable(fact)]]
        denied_number = _denied_group(fact, [(index, part) for index, part in likely if _denies(fact, part)])
        if denied_number is None:
            alone.append(fact)
        else:
            denials[denied_number].append(fact)
    found = [Group(_ordered(facts), _ordered(denials[number])) for number, facts in enumerate(groups)]
    for block in blocks(alone, lambda fact: (_deniable(fact), fact.sort, fact.gainer)).values():
        found += [Group((), _ordered(part)) for part in by_time(block)]
    return found


def _deniable(fact: Fact) -> object:
    family = _family(fact)
    if family == "territory":
        return (family, fact.spot_key)
    if family == "fighting":
        return (family, fact.spot_key, fact.attacker)
    return (str(fact.claim.kind), fact.spot_key, fact.actor)


_COMING_IN = frozenset({Sort.TAKE, Sort.ENTER, Sort.PUSH})
"""Who denies that the other side came in denies too that it took the place."""


def _denies(denial: Fact, told: Facts) -> bool:
    """Whether a denial is of this change of control: of the same sort, and not of another side's gain."""
    if _elsewhere(denial, told):
        return False
    if _family(denial) != "territory":
        return True
    sorts = {fact.sort for fact in told if fact.claim.modality in REAL}
    if denial.sort not in sorts and not (denial.sort in _COMING_IN and Sort.TAKE in sorts):
        return False
    gainers = {fact.gainer for fact in told if fact.gainer}
    if denial.gainer and gainers:
        return denial.gainer in gainers
    # "The army denies that it lost the town" is no answer to "the army captured the town".
    return denial.claim.change not in GIVEN_UP or denial.attacker not in gainers


def _elsewhere(denial: Fact, told: Facts) -> bool:
    """Whether a denial is of another part of the place: the southern bank is not the northern."""
    mine = set(_BEARING.findall(denial.relation))
    theirs = {bearing for fact in told for bearing in _BEARING.findall(fact.relation)}
    return bool(mine and theirs) and mine.isdisjoint(theirs)


_BEARING = re.compile(r"north|south|east|west")


def _denied_group(fact: Fact, candidates: Sequence[tuple[int, Facts]]) -> int | None:
    """The event whose day is the denial's, else the last one of the two days before it."""
    best: tuple[int, int] | None = None
    mine = day_of(fact) or fact.told.reported
    for number, facts in candidates:
        theirs = next((day for day in map(day_of, facts) if day), None) or facts[0].told.reported
        apart = abs((mine - theirs).days) if mine and theirs else 0
        if apart <= LATE.days and (best is None or apart < best[0]):
            best = (apart, number)
    return best[1] if best else None


def _ordered(facts: Facts) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=lambda fact: fact.told.order))
