"""Which front an event belongs to.

In: drafts with their places. Out: a short name for each ("Aleppo", "Misrata"): the region of the place, by the map or
else by what the articles themselves say of it; else the region of the town that a site is named after ("Misrata
hospital"); else the name of the place itself, where it is one. What else an article tells of says nothing of a place.
A country, a part of one ("eastern Libya") and common nouns are no front: "".
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from briefer.merge import keys, lexicon
from briefer.merge.actors import near
from briefer.merge.drafts import Draft
from briefer.merge.facts import Fact
from briefer.merge.places import COUNTRY, ONE_SOUND, PROVINCE
from briefer.reading import countries, gazetteer
from briefer.reading.names import SAME, fold, same_spelling
from briefer.types import Place


def fronts(drafts: Sequence[Draft], facts: Sequence[Fact]) -> list[str]:
    """The front of each draft, in their order."""
    spots = _spot_regions(facts)
    found = _one_sound([_front(draft, spots) for draft in drafts])
    shown = {**_one_spelling(found), **_as_written(found, facts)}
    return [shown.get(fold(front), front) for front in found]


def _one_sound(found: Sequence[str]) -> list[str]:
    """Fronts whose names differ by a letter of one sound ("Khorzan", "Khourzan") are one, by its commoner name."""
    counted = Counter(name for name in found if name)
    shown: dict[str, str] = {}
    for one, other in near({name: fold(name) for name in sorted(counted)}):
        if same_spelling(one, other) >= ONE_SOUND and keys.distinguishing(one) == keys.distinguishing(other):
            kept, left = sorted((shown.get(one, one), shown.get(other, other)), key=lambda name: (-counted[name], name))
            if kept != left:
                shown = {name: kept if home == left else home for name, home in shown.items()} | {left: kept}
    return [shown.get(name, name) for name in found]


def _spot_regions(facts: Sequence[Fact]) -> dict[str, str]:
    """For each place, its front."""
    mapped: dict[str, Counter[str]] = defaultdict(Counter)
    told: dict[str, Counter[str]] = defaultdict(Counter)
    places: dict[str, list[Place]] = defaultdict(list)
    lands: Counter[str] = Counter()
    for fact in facts:
        if fact.claim.place:
            mapped[fact.spot_key][fact.claim.place.region] += 1
            told[fact.spot_key][_own(fact)] += 1
            places[fact.spot_key].append(fact.claim.place)
            lands[fact.claim.place.country] += 1
    known = {spot: _most(mapped[spot]) or _most(told[spot]) for spot in places}
    towns = {fold(place.canonical): known[spot] for spot, named in places.items() for place in named if known[spot]}
    del lands[""]
    return {spot: _wide_or(known[spot], named) or _by_name(named, towns, lands) for spot, named in places.items()}


def _wide_or(region: str, named: Sequence[Place]) -> str:
    """The region, but none for a country: a war is not a front of itself."""
    return "" if any(place.precision >= COUNTRY for place in named) else region


def _by_name(named: Sequence[Place], towns: Mapping[str, str], lands: Mapping[str, float]) -> str:
    """The front of a place that neither map nor text puts anywhere: that of its town, else its own name."""
    if any(place.precision > PROVINCE for place in named):
        return ""
    name = _most(Counter(place.canonical for place in named))
    town = _town(name)
    if not town or not keys.proper(town) or _of_a_country(town):
        return ""
    if fold(town) in towns:
        return towns[fold(town)]
    entry = gazetteer.link(town, countries=lands) if lands and town != name else None
    return entry.region if entry and entry.region else town


def _town(name: str) -> str:
    """The name without its compass point and the sort of site: "Misrata" for "northern Misrata", "Misrata airport"."""
    parts = name.split(" (")[0].split()
    while parts and (parts[0].lower() == "the" or parts[0].lower() in lexicon.relations("part")):
        parts.pop(0)
    sorts = lexicon.site_words() | lexicon.place_words().keys()
    while len(parts) > 1 and parts[-1].lower() in sorts:
        parts.pop()
    return " ".join(parts)


def _of_a_country(name: str) -> bool:
    return countries.country(name) is not None or bool(countries.demonym(name))


def _most(counted: Mapping[str, int]) -> str:
    named = [name for name in counted if name]
    return min(named, key=lambda name: (-counted[name], name)) if named else ""


def _front(draft: Draft, spots: Mapping[str, str]) -> str:
    if draft.spot_key:
        return spots.get(draft.spot_key, "")
    return _most(Counter(_own(fact) for fact in draft.facts))


def _own(fact: Fact) -> str:
    """The front that its article itself gives a claim; a country is none."""
    named = " ".join(fact.claim.front.split())
    return "" if _of_a_country(named) else named


def _as_written(found: Sequence[str], facts: Sequence[Fact]) -> dict[str, str]:
    """A region that is named after a town is shown as the articles spell the town ("Misrata" for "Misratah")."""
    towns = Counter(fact.claim.place.name for fact in facts if fact.claim.place and not fact.claim.place.relation)
    mapped = {fact.claim.place.region for fact in facts if fact.claim.place}
    shown: dict[str, str] = {}
    for region in sorted(mapped.intersection(found)):
        alike = [name for name in sorted(towns) if region and same_spelling(name, region) >= SAME]
        if alike:
            shown[fold(region)] = min(alike, key=lambda name: (-towns[name], name))
    return shown


def _one_spelling(names: Iterable[str]) -> dict[str, str]:
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        spellings[fold(name)][name] += 1
    return {folded: _most(counted) for folded, counted in spellings.items()}
