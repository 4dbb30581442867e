"""Which front an event belongs to.

In: drafts with their places. Out: a short name for each ("Aleppo", "Misrata"): the region of the place, by the map or
else by what the articles themselves say of it; else the one region
that every article naming the place is about; else "".
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from briefer.merge.drafts import Draft
from briefer.merge.facts import Fact
from briefer.reading.names import SAME, fold, same_spelling


def fronts(drafts: Sequence[Draft], facts: Sequence[Fact]) -> list[str]:
    """The front of each draft, in their order."""
    anchors = _anchors(facts)
    spots = _spot_regions(facts, anchors)
    found = [_front(draft, spots) for draft in drafts]
    shown = {**_one_spelling(found), **_as_written(found, facts)}
    return [shown.get(fold(front), front) for front in found]


def _anchors(facts: Sequence[Fact]) -> dict[str, str]:
    """For each article, the region that its places are most often in."""
    regions: dict[str, Counter[str]] = defaultdict(Counter)
    for fact in facts:
        if region := _region(fact):
            regions[fact.claim.article][region] += 1
    return {article: _most(counted) for article, counted in regions.items()}


def _spot_regions(facts: Sequence[Fact], anchors: Mapping[str, str]) -> dict[str, str]:
    """For each place, its region, or the one that most articles naming it are about."""
    own: dict[str, Counter[str]] = defaultdict(Counter)
    around: dict[str, Counter[str]] = defaultdict(Counter)
    for fact in facts:
        if fact.claim.place:
            own[fact.spot_key][_region(fact)] += 1
            around[fact.spot_key][anchors.get(fact.claim.article, "")] += 1
    return {spot: _most(own[spot]) or _only(around[spot]) for spot in own}


def _most(counted: Mapping[str, int]) -> str:
    named = [name for name in counted if name]
    return min(named, key=lambda name: (-counted[name], name)) if named else ""


def _only(counted: Mapping[str, int]) -> str:
    """The one region that all articles naming a place are about; where they are about several, none."""
    named = [name for name in counted if name]
    return named[0] if len(named) == 1 else ""


def _front(draft: Draft, spots: Mapping[str, str]) -> str:
    own = _most(Counter(_region(fact) for fact in draft.facts))
    return spots.get(draft.spot_key, "") or own


def _region(fact: Fact) -> str:
    """The region that the map gives a claim, else the front that its article gives it."""
    place = fact.claim.place
    return (place.region if place else "") or " ".join(fact.claim.front.split())


def _as_written(found: Sequence[str], facts: Sequence[Fact]) -> dict[str, str]:
    """A region that is named after a town is shown as the articles spell the town ("Misrata" for "Misratah")."""
    towns = Counter(fact.claim.place.name for fact in facts if fact.claim.place and not fact.claim.place.relation)
    shown: dict[str, str] = {}
    for region in sorted(set(found)):
        alike = [name for name in sorted(towns) if region and same_spelling(name, region) >= SAME]
        if alike:
            shown[fold(region)] = min(alike, key=lambda name: (-towns[name], name))
    return shown


def _one_spelling(names: Iterable[str]) -> dict[str, str]:
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        spellings[fold(name)][name] += 1
    return {folded: _most(counted) for folded, counted in spellings.items()}
