"""Claims of one attack: strikes, shelling, clashes and the tolls told of them.

A toll belongs to an attack of its own place and date, or to the one that its very sentence tells. Tolls of no place of
their own, or of a whole country, are one only where they are the same number of the same people.

In: the facts about fighting of a run. Out: one list of facts an event.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from briefer.merge import keys
from briefer.merge.facts import Fact
from briefer.merge.numbers import bounds, whom
from briefer.merge.objects import by_object
from briefer.merge.places import COUNTRY
from briefer.merge.timing import Facts, blocks, by_time, day_of, tense, wide
from briefer.reading.names import fold
from briefer.types import Kind

HITS = frozenset({Kind.STRIKE, Kind.SHELLING, Kind.CLASH})


def fighting(facts: Facts) -> list[Facts]:
    """The strikes, shelling, clashes and tolls of a run, one list an event."""

    def spot(fact: Fact) -> object:
        stretch = "-wide" if wide(fact) else ""
        return (fact.spot_key or f"?{fact.actor}|{fact.opponent or fact.victims}|{fact.nowhere}", tense(fact) + stretch)

    loose = [fact for fact in facts if fact.claim.kind is Kind.CASUALTIES and not _placed(fact)]
    groups: list[Facts] = []
    for block in blocks((fact for fact in facts if fact.claim.kind in HITS or _placed(fact)), spot).values():
        for day in by_time(block):
            groups += _by_attack(day)
    return groups + list(blocks(_without_sentence(loose, groups), _number).values())


def _placed(fact: Fact) -> bool:
    return bool(fact.spot_key) and fact.claim.place is not None and fact.claim.place.precision < COUNTRY


def _without_sentence(tolls: Facts, groups: list[Facts]) -> Facts:
    """Give each toll to the only attack that its sentence tells; return those that are left."""
    told: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, facts in enumerate(groups):
        for fact in facts:
            for sentence in _sentences(fact) if fact.claim.kind in HITS else ():
                told[sentence].add(number)
    left = []
    for fact in tolls:
        near = sorted({number for sentence in _sentences(fact) for number in told[sentence]})
        if len(near) == 1 and _fits(fact, groups[near[0]]):
            groups[near[0]].append(fact)
        else:
            left.append(fact)
    return left


def _sentences(fact: Fact) -> set[tuple[str, int]]:
    return {(fact.claim.article, evidence.sentence) for evidence in fact.claim.evidence}


def _fits(toll: Fact, attack: Facts) -> bool:
    same = all(tense(toll) == tense(fact) and wide(toll) == wide(fact) for fact in attack)
    attackers = {fact.attacker for fact in attack}
    days = {day_of(fact) for fact in attack} | {None}
    return same and (not toll.attacker or toll.attacker in attackers or attackers == {""}) and day_of(toll) in days


def _number(fact: Fact) -> object:
    """What two tolls of nowhere must share to be one: who, how many, whose doing, and the day."""
    counts = tuple(sorted((str(c.kind), fold(whom(c.victims)), bounds(c) or ()) for c in fact.claim.casualties))
    who = (fact.attacker, fact.victim_side, fact.spot_key)
    return (*who, counts, tense(fact), _dated(fact), fact.nowhere)


def _dated(fact: Fact) -> object:
    """The time that a toll is about: its stretch, its day, or else the day of its report."""
    when = fact.claim.when
    return (when.start, when.end, when.as_written) if wide(fact) else day_of(fact) or fact.told.reported


def _same_date(toll: Fact, attack: Facts) -> bool:
    """Whether a toll is of the day of an attack; where it gives none, whether it was reported with it."""
    mine = day_of(toll)
    if mine is not None and any(day_of(fact) for fact in attack):
        return any(day_of(fact) == mine for fact in attack)
    return any(fact.told.reported == toll.told.reported for fact in attack)


def _by_attack(facts: Facts) -> list[Facts]:
    """Split what happened at one place on one day by kind of attack and attacker, and give each toll its attack."""
    hits = blocks((fact for fact in facts if fact.claim.kind in HITS), _attack)
    attacks = [part for block in _with_attacker(hits) for part in _objectless_joins(by_object(block))]
    shapes = [_Shape.of(part) for part in attacks]
    tolls: dict[object, dict[object, Facts]] = defaultdict(dict)
    for fact in facts:
        if fact.claim.kind is Kind.CASUALTIES:
            dated = [number for number, attack in enumerate(attacks) if _same_date(fact, attack)]
            home = _attack_of(fact, {number: shapes[number] for number in dated})
            if home is None:
                tolls[_dated(fact)].setdefault((fact.attacker, fact.victim_side), []).append(fact)
            else:
                attacks[home].append(fact)
    return attacks + [part for day in tolls.values() for part in _tolls_together(day)]


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a toll is held against: who attacked, and in which sentences of which articles it is told."""

    attackers: frozenset[str]
    sentences: frozenset[tuple[str, int]]

    @classmethod
    def of(cls, facts: Facts) -> "_Shape":
        told = {(fact.claim.article, evidence.sentence) for fact in facts for evidence in fact.claim.evidence}
        return cls(frozenset(fact.attacker for fact in facts), frozenset(told))

    def beside(self, fact: Fact) -> bool:
        """Whether the toll is told in the sentence of the attack or next to it."""
        around = {evidence.sentence + step for evidence in fact.claim.evidence for step in (-1, 0, 1)}
        return any((fact.claim.article, number) in self.sentences for number in around)


def _attack(fact: Fact) -> tuple[Kind, str]:
    return (fact.claim.kind, fact.war if fact.claim.kind is Kind.CLASH else fact.attacker)


def _with_attacker(hits: dict[object, Facts]) -> list[Facts]:
    """An attack by nobody named is the only other one like it there that day; "was struck" can be by shells too."""
    named: dict[bool, list[Facts]] = defaultdict(list)
    nobody: list[Facts] = []
    for facts in hits.values():
        if _attack(facts[0])[1]:
            named[facts[0].claim.kind is Kind.CLASH].append(facts)
        else:
            nobody.append(facts)
    left = []
    for facts in nobody:
        fitting = named[facts[0].claim.kind is Kind.CLASH]
        same = [other for other in fitting if other[0].claim.kind is facts[0].claim.kind] or fitting
        if len(same) == 1:
            same[0].extend(facts)
        else:
            left.append(facts)
    return [facts for found in named.values() for facts in found] + left


def _objectless_joins(parts: list[Facts]) -> list[Facts]:
    bare = [part for part in parts if not keys.content(part[0].claim.object)]
    aimed = [part for part in parts if keys.content(part[0].claim.object)]
    if len(bare) == 1 and len(aimed) == 1:
        return [aimed[0] + bare[0]]
    return parts


def _attack_of(fact: Fact, attacks: Mapping[int, _Shape]) -> int | None:
    """The attack that a toll belongs to: the only one that fits, or the one told beside it in its article."""
    fitting = [
        number
        for number, shape in attacks.items()
        if not fact.attacker or fact.attacker in shape.attackers or shape.attackers == {""}
    ]
    if len(fitting) == 1:
        return fitting[0]
    beside = [number for number in fitting if attacks[number].beside(fact)]
    return beside[0] if len(beside) == 1 else None


def _tolls_together(tolls: dict[object, Facts]) -> list[Facts]:
    """Tolls of nobody in particular join the only other toll of that place and day."""
    if len(tolls) == 2 and ("", "") in tolls:
        loose = tolls.pop(("", ""))
        next(iter(tolls.values())).extend(loose)
    return list(tolls.values())
