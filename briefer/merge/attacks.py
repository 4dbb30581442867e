"""Claims of one attack: strikes, shelling, clashes and the tolls told of the same place and day.

In: the facts about fighting of a run. Out: one list of facts an event.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from briefer.merge import keys
from briefer.merge.facts import Fact
from briefer.merge.objects import by_object
from briefer.merge.timing import Facts, blocks, by_time, tense, wide
from briefer.types import Kind

HITS = frozenset({Kind.STRIKE, Kind.SHELLING, Kind.CLASH})


def fighting(facts: Facts) -> list[Facts]:
    """The strikes, shelling, clashes and tolls of a run, one list an event."""

    def spot(fact: Fact) -> object:
        stretch = "-wide" if wide(fact) else ""
        return (fact.spot_key or f"?{fact.actor}|{fact.opponent or fact.victims}|{fact.nowhere}", tense(fact) + stretch)

    groups: list[Facts] = []
    for block in blocks(facts, spot).values():
        for day in by_time(block):
            groups += _by_attack(day)
    return groups


def _by_attack(facts: Facts) -> list[Facts]:
    """Split what happened at one place on one day by kind of attack and attacker, and give each toll its attack."""
    hits = blocks((fact for fact in facts if fact.claim.kind in HITS), _attack)
    attacks = [part for block in _with_attacker(hits) for part in _objectless_joins(by_object(block))]
    shapes = [_Shape.of(part) for part in attacks]
    tolls: dict[object, Facts] = {}
    for fact in facts:
        if fact.claim.kind is Kind.CASUALTIES:
            home = _attack_of(fact, shapes)
            (tolls.setdefault((fact.attacker, fact.victim_side), []) if home is None else attacks[home]).append(fact)
    return attacks + _tolls_together(tolls)


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
    """An attack by nobody named is the only other attack of its kind there that day."""
    named: dict[Kind, list[Facts]] = defaultdict(list)
    for facts in hits.values():
        if _attack(facts[0])[1]:
            named[facts[0].claim.kind].append(facts)
    left = []
    for facts in hits.values():
        kind, attacker = _attack(facts[0])
        if not attacker and len(named[kind]) == 1:
            named[kind][0].extend(facts)
        elif not attacker:
            left.append(facts)
    return [facts for found in named.values() for facts in found] + left


def _objectless_joins(parts: list[Facts]) -> list[Facts]:
    bare = [part for part in parts if not keys.content(part[0].claim.object)]
    aimed = [part for part in parts if keys.content(part[0].claim.object)]
    if len(bare) == 1 and len(aimed) == 1:
        return [aimed[0] + bare[0]]
    return parts


def _attack_of(fact: Fact, attacks: Sequence[_Shape]) -> int | None:
    """The attack that a toll belongs to: the only one that fits, or the one told beside it in its article."""
    fitting = [
        number
        for number, shape in enumerate(attacks)
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
