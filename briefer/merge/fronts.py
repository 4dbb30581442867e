"""Which front an event belongs to.

In: drafts with their places. Out: a short name for each ("Aleppo", "Misrata"): the front that the articles name
themselves; else the region of the place; else the region that the articles' places are most often in; else the
country; else "".
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from briefer.merge.drafts import Draft
from briefer.merge.facts import Fact
from briefer.merge.timing import most_common
from briefer.reading.names import fold


def fronts(drafts: Sequence[Draft], facts: Sequence[Fact]) -> list[str]:
    """The front of each draft, in their order."""
    anchors = _anchors(facts)
    spots = _spot_regions(facts, anchors)
    found = [_front(draft, spots, anchors) for draft in drafts]
    shown = _one_spelling(found)
    return [shown.get(fold(front), front) for front in found]


def _anchors(facts: Sequence[Fact]) -> dict[str, str]:
    """For each article, the region that its places are most often in."""
    regions: dict[str, Counter[str]] = defaultdict(Counter)
    for fact in facts:
        if fact.claim.place and fact.claim.place.region:
            regions[fact.claim.article][fact.claim.place.region] += 1
    return {article: _most(counted) for article, counted in regions.items()}


def _spot_regions(facts: Sequence[Fact], anchors: Mapping[str, str]) -> dict[str, str]:
    """For each place, its region, or the one that most articles naming it are about."""
    own: dict[str, Counter[str]] = defaultdict(Counter)
    around: dict[str, Counter[str]] = defaultdict(Counter)
    for fact in facts:
        if fact.claim.place:
            own[fact.spot_key][fact.claim.place.region] += 1
            around[fact.spot_key][anchors.get(fact.claim.article, "")] += 1
    return {spot: _most(own[spot]) or _most(around[spot]) for spot in own}


def _most(counted: Mapping[str, int]) -> str:
    named = [name for name in counted if name]
    return min(named, key=lambda name: (-counted[name], name)) if named else ""


def _front(draft: Draft, spots: Mapping[str, str], anchors: Mapping[str, str]) -> str:
    facts = draft.facts
    named = most_common(" ".join(fact.claim.front.split()) for fact in facts)
    if named:
        return named
    nearby = _most(Counter(anchors.get(article, "") for article in sorted(draft.articles)))
    country = draft.event.place.country if draft.event.place else ""
    return spots.get(draft.spot_key, "") or nearby or country


def _one_spelling(names: Iterable[str]) -> dict[str, str]:
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        spellings[fold(name)][name] += 1
    return {folded: _most(counted) for folded, counted in spellings.items()}
