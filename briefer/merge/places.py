"""Which names of a run mean one place.

In: claims whose places carry the canonical name and, where the gazetteer knew them, coordinates. Out: `Places`, which
gives each claim's place its one name, key and gazetteer entry. Names join when they have one key and no two entries,
when they have the same entry, or when their spelling is nearly one AND they share a region or neighbours in text AND
no article uses both. A province and the city of its name stay two, and so do namesakes with entries of their own.
Places that the house names keep their names, and two of them are never one.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefer.merge import keys
from briefer.merge.actors import near
from briefer.merge.links import Clusters
from briefer.merge.told import Told
from briefer.reading.house import NO_HOUSE, House
from briefer.reading.names import SAME, fold, same_spelling
from briefer.types import Place

SAME_PLACE = SAME  # "Misrata" and "Misurata" above it, "Rashideen" and "Rashidiyah" at 0.65, "Brega" and "Braga" below
ONE_SOUND = 0.95  # "Tuz Ravan", "Tuz-Ravan"; "Oshgar", "Ushgar": no neighbourhood need vouch for it
COUNTRY = 6  # the precision of a whole country (UCDP GED)
PROVINCE = 4  # precision from which a place is an area and not a spot (UCDP GED)


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """A name at a level, and the gazetteer entry it was linked to ("" for none)."""

    name: str
    level: str
    entry: str = ""


@dataclass(slots=True)
class _Use:
    """What the claims tell of one node."""

    articles: set[str] = field(default_factory=set)
    shown: Counter[str] = field(default_factory=Counter)
    linked: Counter[Place] = field(default_factory=Counter)
    fronts: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of the run: its key and its name, and its gazetteer entry when it has one."""

    key: str
    name: str
    entry: Place | None = None

    @property
    def region(self) -> str:
        """The region of the gazetteer entry, or ""."""
        return self.entry.region if self.entry else ""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a run, by the article that names them and the name it settled on."""

    nodes: Mapping[tuple[str, Node], Node]
    spots: Mapping[Node, Spot]

    def spot(self, article: str, place: Place) -> Spot:
        """The place of the run that an article means."""
        node = _node(place)
        return self.spots[self.nodes.get((article, node), node)]

    def renamed(self, article: str, place: Place) -> Place:
        """The place under its one name, with the entry of the gazetteer that it was joined to."""
        spot = self.spot(article, place)
        entry = spot.entry
        if entry is None:
            return replace(place, canonical=spot.name)
        return replace(
            place, canonical=spot.name, lat=entry.lat, lon=entry.lon, region=entry.region, country=entry.country
        )


def _node(place: Place) -> Node:
    name, level = keys.place(place.canonical)
    size = "country" if place.precision == COUNTRY else "area" if place.precision >= PROVINCE else "spot"
    level = "area" if level == "province" else "spot" if level else size
    entry = "" if place.lat is None or place.lon is None else f"{place.lat:.3f},{place.lon:.3f}"
    return Node(name, level, entry)


def resolve(told: Sequence[Told], remembered: Sequence[str] = (), house: House = NO_HOUSE) -> Places:
    """Settle which names are one place, and what that place is called.

    As the house calls it; else as it was called before, the first of `remembered`; else as it is called most.
    """
    own = frozenset(house.places.values())
    unlinked = _entries_by_context(told)
    uses: dict[Node, _Use] = defaultdict(_Use)
    for item in told:
        place = item.claim.place
        if place is not None:
            node = _node(place)
            use = uses[unlinked.get((item.claim.article, node), node)]
            use.articles.add(item.claim.article)
            if item.claim.front:
                use.fronts.add(fold(item.claim.front))
            use.shown[place.canonical if place.canonical in own else _without_article(place.canonical)] += 1
            if node.entry:
                use.linked[replace(place, name="", canonical="", relation="", precision=1)] += 1
    clusters = _clusters(uses, {node: found for node, use in uses.items() if (found := own.intersection(use.shown))})
    preferred = [*sorted(own), *(name for name in remembered if name not in own)]
    ranks = {name: -rank for rank, name in enumerate(reversed(preferred), start=1)}
    return Places(unlinked, _spots(uses, clusters, ranks))


def _without_article(name: str) -> str:
    bare = " ".join(name.split())
    return bare[4:] if bare[:4].lower() == "the " else bare


def _entries_by_context(told: Sequence[Told]) -> dict[tuple[str, Node], Node]:
    """For names without an entry: the entry of the same name elsewhere in the run, where only one fits the article."""
    entries: dict[tuple[str, str], dict[Node, str]] = defaultdict(dict)
    regions: dict[str, set[str]] = defaultdict(set)
    bare: set[tuple[str, Node]] = set()
    for item in told:
        place = item.claim.place
        if place is None:
            continue
        node = _node(place)
        if node.entry:
            entries[node.name, node.level][node] = place.region
            regions[item.claim.article].add(place.region)
        else:
            bare.add((item.claim.article, node))
    found = {}
    for article, node in bare:
        known = entries.get((node.name, node.level), {})
        fitting = (
            list(known) if len(known) == 1 else [one for one, region in known.items() if region in regions[article]]
        )
        if len(fitting) == 1:
            found[article, node] = fitting[0]
    return found


def _clusters(uses: Mapping[Node, _Use], own: Mapping[Node, frozenset[str]]) -> Clusters[Node]:
    """Sets of nodes that are one place; `own` are those that the house names, each with its name."""
    clusters: Clusters[Node] = Clusters()
    by_entry: dict[tuple[str, str], Node] = {}
    for node in sorted(uses):
        clusters.add(node, uses[node].articles)
    for one, other in itertools.combinations(sorted(own), 2):
        if own[one].isdisjoint(own[other]):
            clusters.set_apart(one, other)
    for one, other in itertools.combinations(sorted(own), 2):
        if one.level == other.level and not own[one].isdisjoint(own[other]):
            clusters.join(one, other)
    for node in sorted(uses):
        if node.entry:
            clusters.join(by_entry.setdefault((node.entry, node.level), node), node)
    entry = {clusters.root(node): node.entry for node in sorted(uses) if node.entry}
    for one, other in _likely_spellings(uses):
        first, second = entry.get(clusters.root(one), ""), entry.get(clusters.root(other), "")
        if (one in own and second) or (other in own and first):
            continue  # the house would have named a known place among its spellings
        if not (first and second) and clusters.join(one, other, weak=True):
            entry[clusters.root(one)] = first or second
    return clusters


def _likely_spellings(uses: Mapping[Node, _Use]) -> list[tuple[Node, Node]]:
    """Pairs of nearly one spelling in one neighbourhood, likeliest first."""
    around = _neighbourhoods(uses)
    nodes = {f"{node.level} {node.name} {node.entry}": node for node in uses if len(node.name) > 3}
    found = []
    for one, other in near({label: nodes[label].name for label in nodes}):
        first, second = nodes[one], nodes[other]
        if first.level != second.level or (first.entry and second.entry):
            continue
        if keys.distinguishing(first.name) != keys.distinguishing(second.name):
            continue
        likeness = same_spelling(first.name, second.name)
        neighbours = not around[first].isdisjoint(around[second])
        if likeness >= (SAME_PLACE if neighbours else ONE_SOUND):
            found.append((-likeness, first, second))
    return [(one, other) for _, one, other in sorted(found)]


def _neighbourhoods(uses: Mapping[Node, _Use]) -> dict[Node, set[str]]:
    """For each name: its region, the regions of the articles that use it, and the other names of those articles."""
    named: dict[str, set[str]] = defaultdict(set)
    for node, use in uses.items():
        for article in use.articles:
            named[article].add(f"place:{node.name}")
            named[article].update(f"region:{place.region}" for place in use.linked if place.region)
            named[article].update(f"front:{front}" for front in use.fronts)
    around: dict[Node, set[str]] = {}
    for node, use in uses.items():
        found = {f"region:{place.region}" for place in use.linked if place.region}
        for article in use.articles:
            found |= named[article]
        around[node] = found - {f"place:{node.name}"}
    return around


def _spots(uses: Mapping[Node, _Use], clusters: Clusters[Node], ranks: Mapping[str, int]) -> dict[Node, Spot]:
    spots: dict[Node, Spot] = {}
    taken: Counter[str] = Counter()
    groups = sorted(clusters.sets().values(), key=lambda nodes: (nodes[0].level != "spot", min(nodes)))
    for nodes in groups:
        shown: Counter[str] = Counter()
        linked: Counter[Place] = Counter()
        for node in nodes:
            shown.update(uses[node].shown)
            linked.update(uses[node].linked)
        entry = min(linked, key=lambda place: (-linked[place], repr(place))) if linked else None
        best = min(shown, key=lambda form: (ranks.get(form, 0), -shown[form], -len(form), form))
        name = _free(best, nodes[0], entry, taken)
        taken.update({name, best})
        for node in nodes:
            spots[node] = Spot(min(node.name for node in nodes) + f"|{name}", name, entry)
    return spots


def _free(name: str, node: Node, entry: Place | None, taken: Counter[str]) -> str:
    """The name, told from its namesakes by its level, region or number."""
    province = f"{name} province" if node.level == "area" and not keys.place(name)[1] else ""
    region = f"{name} ({entry.region})" if entry and entry.region else ""
    numbered = (f"{name} ({number})" for number in itertools.count(taken[name] + 1))
    return next(form for form in itertools.chain((name, province, region), numbered) if form and form not in taken)
