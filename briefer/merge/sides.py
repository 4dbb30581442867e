"""Who fights beside whom: sides of a run from its claims, as a signed graph.

In: told claims and the resolved actors. Out: `Sides`. Actors of one claim stand together, actors and opponents against
each other; each pair's relation is the majority over independent reports (publisher and day), and the strongest
relations are laid down first, so that a contradictory weaker one is dropped.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from briefer.merge import lexicon
from briefer.merge.actors import Actors, fights
from briefer.merge.links import Opposites
from briefer.merge.told import Told
from briefer.reading.lexicon import Stance, generic_actors
from briefer.reading.names import fold
from briefer.types import Actor, ActorKind, Kind

TOGETHER = frozenset(
    {
        Kind.TERRITORY,
        Kind.CLASH,
        Kind.STRIKE,
        Kind.SHELLING,
        Kind.CASUALTIES,
        Kind.EQUIPMENT,
        Kind.PRISONERS,
        Kind.MOVEMENT,
    }
)
HELPER = 3  # a state named less than once for three times that a side's leader is named does not give it its name
FRIENDLY_FIRE = 3  # one report of fighting a side's leader to three of fighting its enemy is a mishap and no enmity
MANY = 8  # actors of one claim beyond which it is a list and not an alliance


@dataclass(frozen=True, slots=True)
class Sides:
    """The side of each actor, and what each side is called; `state` is that of the only state's forces, or ""."""

    keys: dict[str, str]
    titles: dict[str, str]
    hostile: frozenset[tuple[str, str]] = frozenset()
    state: str = ""

    def key(self, names: Sequence[str]) -> str:
        """The side of the first named actor that has one; else that actor itself; "" for nobody."""
        for name in names:
            if name in self.keys:
                return self.keys[name]
        stance = _stance(names[0]) if names and self.state else None
        if stance is not None:
            return self.other(self.state) if stance is Stance.ANTI_GOVERNMENT else self.state
        return f"={names[0]}" if names else ""

    def other(self, key: str) -> str:
        """The side against a side, "" for an actor without one."""
        return _other(key) if key[:1] == "~" else ""

    def opposed(self, one: str, other: str) -> bool:
        """Whether the two are against each other, as the two sides of a war or as claims tell of a third one."""
        return bool(one and other) and (self.other(one) == other or (one, other) in self.hostile)

    def title(self, name: str) -> str:
        """What the side of an actor is called, "" where nothing tells."""
        return self.titles.get(self.keys.get(name, ""), "")


def resolve(told: Sequence[Told], actors: Actors) -> Sides:
    """Settle who stands on which side."""
    weights = _weights(told, actors)
    graph = Opposites()
    for (one, other), weight in sorted(weights.items(), key=lambda item: (-abs(item[1]), item[0])):
        if weight:
            graph.relate(one, other, opposed=weight < 0)
    _one_state(graph, actors, weights)
    _around_the_state(graph, actors)
    used = _used(told, actors)
    keys = _third_parties_apart(_keys(graph), weights, used)
    fighting = {name for pair, weight in weights.items() if weight < 0 for name in pair}
    hostile = {
        (keys[one], keys[other])
        for pair, weight in weights.items()
        for one, other in (pair, pair[::-1])
        if weight < 0 and keys[one] != keys[other]
    }
    return Sides(keys, _titles(keys, used, actors, fighting), frozenset(hostile), keys.get(_only_state(actors), ""))


def _keys(graph: Opposites) -> dict[str, str]:
    found = {}
    for name in graph.names():
        root, side = graph.find(name)
        found[name] = f"~{root}~{side}"
    return found


def _third_parties_apart(keys: dict[str, str], weights: Counter[tuple[str, str]], used: Counter[str]) -> dict[str, str]:
    """Whoever shares a side's enemies and yet fights its leading actor is on a side of its own."""
    leader: dict[str, str] = {}
    for name in sorted(keys, key=lambda name: (-used[name], name)):
        leader.setdefault(keys[name], name)
    across: Counter[str] = Counter()
    for (one, other), weight in weights.items():
        if weight and _other(keys[one]) == keys[other]:
            across[one] = max(across[one], -weight)
            across[other] = max(across[other], -weight)
    apart = {}
    for name, key in keys.items():
        against_own = -weights[min(name, leader[key]), max(name, leader[key])]
        if against_own > 0 and against_own * FRIENDLY_FIRE > across[name]:
            apart[name] = f"={name}"
    return keys | apart


def _used(told: Sequence[Told], actors: Actors) -> Counter[str]:
    """How often each actor is named, twice where it leads."""
    used: Counter[str] = Counter()
    for item in told:
        for named in (item.claim.actors, item.claim.opponents):
            used.update({actors.name(actor.canonical): 1 + (place == 0) for place, actor in enumerate(named)})
    return used


def _weights(told: Sequence[Told], actors: Actors) -> Counter[tuple[str, str]]:
    """For each pair of actors: independent reports of standing together less those of standing against."""
    reports: dict[tuple[str, str, int], set[tuple[str, object]]] = defaultdict(set)
    for item in told:
        ours = _fighters(item.claim.actors, actors)
        theirs = _fighters(item.claim.opponents, actors)
        report = (item.source, item.reported)
        if item.claim.kind in TOGETHER and len(ours) + len(theirs) <= MANY:
            for group in (ours, theirs):
                for one, other in combinations(sorted(group), 2):
                    reports[one, other, 1].add(report)
        if fights(item.claim):
            for one in ours:
                for other in theirs - {one}:
                    reports[min(one, other), max(one, other), -1].add(report)
    weights: Counter[tuple[str, str]] = Counter()
    for (one, other, sign), found in reports.items():
        weights[one, other] += sign * len(found)
    return weights


def _fighters(named: Sequence[Actor], actors: Actors) -> set[str]:
    return {
        name
        for name in (actors.name(actor.canonical) for actor in named)
        if name in actors.known and actors.known[name].kind is not ActorKind.CIVILIANS
    }


def _state_forces(actors: Actors) -> dict[str, list[str]]:
    """The state forces of the run by the adjective of their country; "" for those that name none."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted(actors.known):
        if actors.known[name].kind is ActorKind.STATE_FORCES:
            found[actors.known[name].country].append(name)
    return found


def _one_state(graph: Opposites, actors: Actors, weights: Counter[tuple[str, str]]) -> None:
    """Forces of one state stand together unless claims say otherwise; nameless ones belong to the only state."""
    states = _state_forces(actors)
    nameless = states.pop("", [])
    if len(states) <= 1:
        states = {"": [name for group in states.values() for name in group] + nameless}
    for group in states.values():
        for one in group[1:]:
            if weights[min(group[0], one), max(group[0], one)] >= 0:
                graph.relate(group[0], one, opposed=False)


def _around_the_state(graph: Opposites, actors: Actors) -> None:
    """ "Rebels" stand against the state and its "government" for it, where the run knows the forces of one only.

    That puts rebels on the side of whoever else fights it: one town's "rebels" are another report's Front.
    """
    state = _only_state(actors)
    for name in sorted(actors.known) if state else ():
        if stance := _stance(name):
            graph.relate(state, name, opposed=stance is Stance.ANTI_GOVERNMENT)


def _only_state(actors: Actors) -> str:
    """The leading forces of the only state of the run, "" where there are none or several."""
    states = _state_forces(actors)
    named = [group for country, group in sorted(states.items()) if country] or list(states.values())
    return named[0][0] if len(named) == 1 else ""


def _stance(name: str) -> Stance | None:
    """Where a noun without a name stands by itself, for the state or against it; "terrorists" can be anybody."""
    listed = generic_actors().get(fold(name))
    if listed is None or (listed.note and listed.stance is Stance.ANTI_GOVERNMENT):
        return None
    return listed.stance if listed.stance in (Stance.ANTI_GOVERNMENT, Stance.GOVERNMENT) else None


def _titles(keys: dict[str, str], used: Counter[str], actors: Actors, fighting: set[str]) -> dict[str, str]:
    """The name of each side; `fighting` are the actors that claims tell to fight somebody."""
    members: dict[str, list[str]] = defaultdict(list)
    for name in sorted(keys, key=lambda name: (-used[name], name)):
        members[keys[name]].append(name)
    states = {actors.known[name].country for name in fighting if _is_state(name, actors)} - {""}
    titles: dict[str, str] = {}
    for key in sorted(members, key=lambda key: (-sum(used[name] for name in members[key]), key)):
        state = _leading_state(members[key], used, actors)
        against = _leading_state(members.get(_other(key), ()), used, actors)
        title = _title(state, actors, len(states) > 1, bool(against)) if state else _after_leader(members[key])
        titles[key] = title if title not in titles.values() else _after_leader(members[key])
    return titles


def _is_state(name: str, actors: Actors) -> bool:
    return actors.known[name].kind is ActorKind.STATE_FORCES


def _leading_state(group: Sequence[str], used: Counter[str], actors: Actors) -> str:
    """The state forces that a side is named after, "" where they are only a helper of those who lead it."""
    own = next((name for name in group if _is_state(name, actors)), "")
    return own if own and used[own] * HELPER >= used[group[0]] else ""


def _title(state: str, actors: Actors, several: bool, against_state: bool) -> str:
    """The name of a side after its government (`several`: forces of more states than one fight in the run)."""
    adjective = lexicon.adjectives().get(actors.known[state].country, "")
    if not several or not adjective:
        return "Government side"
    return f"{adjective} side" if against_state else f"{adjective} government side"


def _after_leader(group: Sequence[str]) -> str:
    leader = group[0][:1].upper() + group[0][1:]
    return f"{leader} side" if len(group) == 1 else f"{leader} and allies"


def _other(key: str) -> str:
    return key[:-1] + ("1" if key[-1] == "0" else "0")
