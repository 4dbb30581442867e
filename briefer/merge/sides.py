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
MANY = 8  # actors of one claim beyond which it is a list and not an alliance


@dataclass(frozen=True, slots=True)
class Sides:
    """The side of each actor, and what each side is called."""

    keys: dict[str, str]
    titles: dict[str, str]

    def key(self, names: Sequence[str]) -> str:
        """The side of the first named actor that has one; else that actor itself; "" for nobody."""
        for name in names:
            if name in self.keys:
                return self.keys[name]
        return f"={names[0]}" if names else ""

    def other(self, key: str) -> str:
        """The side against a side, "" for an actor without one."""
        return _other(key) if key[:1] == "~" else ""

    def opposed(self, one: str, other: str) -> bool:
        """Whether the two are sides, and against each other."""
        return bool(one) and self.other(one) == other

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
    keys = {}
    for name in graph.names():
        root, side = graph.find(name)
        keys[name] = f"~{root}~{side}"
    fighting = {name for pair, weight in weights.items() if weight < 0 for name in pair}
    return Sides(keys, _titles(keys, told, actors, fighting))


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


def _titles(keys: dict[str, str], told: Sequence[Told], actors: Actors, fighting: set[str]) -> dict[str, str]:
    """The name of each side; `fighting` are the actors that claims tell to fight somebody."""
    used: Counter[str] = Counter()
    for item in told:
        for named in (item.claim.actors, item.claim.opponents):
            used.update({actors.name(actor.canonical): 1 + (place == 0) for place, actor in enumerate(named)})
    members: dict[str, list[str]] = defaultdict(list)
    for name, key in keys.items():
        members[key].append(name)
    states = {actors.known[name].country for name in fighting if _is_state(name, actors)} - {""}
    titles: dict[str, str] = {}
    for key in sorted(members, key=lambda key: (-sum(used[name] for name in members[key]), key)):
        group = sorted(members[key], key=lambda name: (-used[name], name))
        against = any(_is_state(name, actors) for name in members.get(_other(key), ()))
        title = _title(group, actors, len(states) > 1, against)
        titles[key] = title if title not in titles.values() else _after_leader(group)
    return titles


def _is_state(name: str, actors: Actors) -> bool:
    return actors.known[name].kind is ActorKind.STATE_FORCES


def _title(group: Sequence[str], actors: Actors, several: bool, against_state: bool) -> str:
    """The name of a side: after its government where it has one (`several`: the run knows more states than one)."""
    forces = [actors.known[name] for name in group if _is_state(name, actors)]
    if not forces:
        return _after_leader(group)
    country = next((actor.country for actor in forces if actor.country), "")
    adjective = lexicon.adjectives().get(country, "")
    if not several or not adjective:
        return "Government side"
    return f"{adjective} side" if against_state else f"{adjective} government side"


def _after_leader(group: Sequence[str]) -> str:
    leader = group[0][:1].upper() + group[0][1:]
    return f"{leader} side" if len(group) == 1 else f"{leader} and allies"


def _other(key: str) -> str:
    return key[:-1] + ("1" if key[-1] == "0" else "0")
