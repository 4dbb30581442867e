"""Which names of a run mean one actor.

In: claims with the canonical names that the reader of each article settled on. Out: `Actors`, which gives for each of
those names the one name of the run. Two names join when they have one key (spelling, "the", "forces of", the English
for "Jabhat"), when one is the other's initials or short form and nobody else's, when both are the army of one country,
when an article itself writes the one for the other, or when their spelling is nearly one and no article uses both.
Actors that fight each other in any claim are never one, and
neither are two that the house names; what it names keeps that name.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from briefer.merge import keys
from briefer.merge.links import Clusters
from briefer.merge.told import Told
from briefer.reading.house import NO_HOUSE, House
from briefer.reading.names import fold, initials, same_spelling
from briefer.types import Actor, ActorKind, Change, Claim, Kind

SAME_ACTOR = 0.9  # "Qaddafi" and "Gaddafi" have 0.93, "Jaysh al-Islam" and "Jaysh al-Sham" 0.58
ROUGHLY = 60  # of 100, letter by letter: "Qaddafi" and "Kadhafi" share 71; what is below is not worth a closer look
WINDOW = 8  # names compared after each in one block, so that a block of n names costs 8 n comparisons

FIGHTING = frozenset(
    {Kind.TERRITORY, Kind.CLASH, Kind.STRIKE, Kind.SHELLING, Kind.CASUALTIES, Kind.EQUIPMENT, Kind.PRISONERS}
)


@dataclass(frozen=True, slots=True)
class Known:
    """One actor of the run."""

    name: str
    aliases: tuple[str, ...]
    kind: ActorKind
    country: str = ""


@dataclass(slots=True)
class _Name:
    """What the claims tell of one key."""

    articles: set[str] = field(default_factory=set)
    shown: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    kinds: Counter[ActorKind] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Naming:
    """The keys of names: `keys.actor`, but each name of the house has one that no other name of it shares."""

    house: Mapping[str, str]

    def key(self, name: str) -> str:
        return self.house.get(name) or keys.actor(name)

    @property
    def own(self) -> frozenset[str]:
        """The keys of the house's names."""
        return frozenset(self.house.values())

    def shown(self, name: str) -> str:
        return name if name in self.house else _without_article(name)


def _naming(house: House) -> _Naming:
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(set(house.actors.values()), key=lambda name: (not _listed_so(name), name)):
        key = keys.actor(name)
        found[name] = f"{key} ({fold(name)})" if key in taken else key
        taken.add(found[name])
    return _Naming(found)


def _listed_so(name: str) -> bool:
    """Whether the name is the lexicon's own for an actor: of two that it takes for one, this one keeps the key."""
    listed = keys.known(name)
    return listed is not None and listed.canonical == name


@dataclass(frozen=True, slots=True)
class Actors:
    """The actors of a run and the names that lead to them."""

    by_key: dict[str, str]
    known: dict[str, Known]
    naming: "_Naming"

    def of_state(self, country: str) -> str:
        """The leading one of a country's own forces in this run, "" where it has none; ISO 3166 code."""
        own = (one.name for one in self.known.values() if one.country == country)
        return next((name for name in own if self.known[name].kind is ActorKind.STATE_FORCES), "") if country else ""

    def name(self, written: str) -> str:
        """The run's name for a canonical name of one article; a name that no claim acts under is given back."""
        return self.by_key.get(self.naming.key(written), written) if written else ""


def fights(claim: Claim) -> bool:
    """Whether actors and opponents of the claim stand against each other."""
    return claim.kind in FIGHTING and claim.change is not Change.HANDED_OVER


def resolve(told: Sequence[Told], remembered: Sequence[str] = (), house: House = NO_HOUSE) -> Actors:
    """Settle which names are one actor, and what that actor is called.

    As the house calls it; else as it was called before, the first of `remembered`; else as it is called most.
    """
    naming = _naming(house)
    names = _collect(told, naming)
    clusters: Clusters[str] = Clusters()
    for key in sorted(names):
        clusters.add(key, names[key].articles)
    _set_apart(clusters, told, naming)
    _each_apart(clusters, naming.own & names.keys(), naming.own & names.keys())
    for one, other in _short_forms(names):
        clusters.join(one, other)
    for one, other in _armies(names, clusters):
        clusters.join(one, other)
    for one, other in _with_a_word_before(names):
        clusters.join(one, other)
    for one, other in _written_for(names):
        clusters.join(one, other)
    for one, other in _likely_spellings(names, naming.own):
        clusters.join(one, other, weak=True)
    preferred = [*sorted(naming.house), *(name for name in remembered if name not in naming.house)]
    return _named(names, clusters, naming, {name: -rank for rank, name in enumerate(reversed(preferred), start=1)})


def _collect(told: Sequence[Told], naming: _Naming) -> dict[str, _Name]:
    names: dict[str, _Name] = defaultdict(_Name)
    for item in told:
        for actor in (*item.claim.actors, *item.claim.opponents):
            name = names[naming.key(actor.canonical)]
            name.articles.add(item.claim.article)
            name.shown[naming.shown(actor.canonical)] += 1
            name.written[_without_article(actor.name)] += 1
            name.kinds[actor.kind] += 1
    return dict(names)


def _without_article(name: str) -> str:
    bare = " ".join(name.split())
    return bare[4:] if bare[:4].lower() == "the " else bare


def _set_apart(clusters: Clusters[str], told: Sequence[Told], naming: _Naming) -> None:
    """Keep apart who fights whom, and who is named beside whom in one claim."""
    for item in told:
        ours = {naming.key(actor.canonical) for actor in item.claim.actors}
        theirs = {naming.key(actor.canonical) for actor in item.claim.opponents}
        _each_apart(clusters, ours, ours)
        _each_apart(clusters, theirs, theirs)
        if fights(item.claim):
            _each_apart(clusters, ours, theirs)


def _each_apart(clusters: Clusters[str], some: Iterable[str], others: Iterable[str]) -> None:
    for one in some:
        for other in others:
            clusters.set_apart(one, other)


def _kind(name: _Name) -> ActorKind:
    told = [(count, kind) for kind, count in name.kinds.items() if kind is not ActorKind.UNKNOWN]
    if told:
        return max(told)[1]
    listed = next((found for found in map(keys.known, sorted(name.shown)) if found), None)
    return listed.kind if listed else ActorKind.UNKNOWN


def _kinds_agree(one: _Name, other: _Name) -> bool:
    first, second = _kind(one), _kind(other)
    return first is second or ActorKind.UNKNOWN in (first, second)


def _best(name: _Name) -> str:
    return min(name.shown, key=lambda form: (-name.shown[form], -len(form), form))


def _short_forms(names: dict[str, _Name]) -> list[tuple[str, str]]:
    """Pairs of an abbreviation or a bare name ("SAA", "Nusra") and the one full name that it can stand for."""
    full: dict[str, set[str]] = defaultdict(set)
    for key, name in names.items():
        shown = _best(name)
        if len(key.split()) > 1 and keys.proper(shown):
            full[f"i:{''.join(initials(shown)).lower()}"].add(key)
            full[f"b:{keys.bare_actor(shown)}"].add(key)
    pairs = []
    for key in sorted(names):
        shown = _best(names[key])
        if keys.short_form(shown):
            candidates = full[f"i:{shown.replace('.', '').replace('-', '').lower()}"] if len(shown) > 1 else set()
        elif keys.proper(shown) and len(key) >= 4 and not keys.nationality(shown):
            candidates = full[f"b:{key}"] if keys.bare_actor(shown) == key else set()
        else:
            continue
        fitting = [other for other in sorted(candidates - {key}) if _kinds_agree(names[key], names[other])]
        if len(fitting) == 1:
            pairs.append((key, fitting[0]))
    return pairs


_ADJECTIVE = re.compile(r"[A-Z]\w+(?:an|ese|ish|ic)")  # of a country that no list may hold


def _with_a_word_before(names: dict[str, _Name]) -> list[tuple[str, str]]:
    """Pairs of a name and the only one that has a word more before it: "Renewal Front", "Ondravan Renewal Front".

    An army is told from others by that very word, and so is what a figure or a compass point sets apart.
    """
    longer: dict[str, set[str]] = defaultdict(set)
    for key, name in names.items():
        first, _, rest = _best(name).partition(" ")
        if len(rest.split()) > 1 and keys.proper(first) and keys.proper(rest) and not keys.distinguishing(first):
            longer[keys.actor(rest)].add(key)
    shown = {key: _best(names[key]) for key in sorted(names) if len(longer[key]) == 1}
    shown = {key: name for key, name in shown.items() if " " in name}
    free = (key for key, name in shown.items() if not keys.nationality(name) and not keys.national_army(name))
    return [(key, min(longer[key])) for key in free if _kinds_agree(names[key], names[min(longer[key])])]


def _armies(names: dict[str, _Name], clusters: Clusters[str]) -> list[tuple[str, str]]:
    """Pairs of names of one country's army; "the army" joins where the run knows the army of one country only."""
    by_country: dict[str, list[str]] = defaultdict(list)
    for key in sorted(names):
        country = keys.national_army(_best(names[key]))
        if country and _kind(names[key]) in (ActorKind.STATE_FORCES, ActorKind.UNKNOWN):
            by_country[country].append(key)
    common = by_country.pop("*", [])
    pairs = [(group[0], other) for group in by_country.values() for other in group[1:]]
    if len(by_country) == 1:
        (group,) = by_country.values()
        pairs += [(group[0], key) for key in common]
    return pairs


def _written_for(names: dict[str, _Name]) -> list[tuple[str, str]]:
    """Pairs of a proper name and the one that articles write it for, where they all agree; common nouns name nobody."""
    meant: dict[str, set[str]] = defaultdict(set)
    for key, name in names.items():
        if not keys.proper(_best(name)):
            continue
        for written in name.written:
            if keys.proper(written) and keys.actor(written) != key:
                meant[keys.actor(written)].add(key)
    return [(key, min(meant[key])) for key in sorted(meant) if key in names and len(meant[key]) == 1]


def _likely_spellings(names: dict[str, _Name], own: frozenset[str]) -> list[tuple[str, str]]:
    """Pairs of nearly one spelling, likeliest first; of a name of the house and a known actor's spelling tells nothing.

    The house says itself by which spellings its actors go, and would have named the known one among them.
    """
    shown = {key: _best(name) for key, name in names.items()}
    found = []
    for one, other in near({key: key for key in names if keys.proper(shown[key]) and len(key) > 4}):
        if keys.distinguishing(shown[one]) != keys.distinguishing(shown[other]):
            continue
        if any(key in own and keys.known(shown[beside]) for key, beside in ((one, other), (other, one))):
            continue
        likeness = same_spelling(shown[one], shown[other])
        if likeness >= SAME_ACTOR and _kinds_agree(names[one], names[other]):
            found.append((-likeness, one, other))
    return [(one, other) for _, one, other in sorted(found)]


def near(key_of: dict[str, str]) -> list[tuple[str, str]]:
    """Pairs of things whose keys could be one name in two spellings: they meet in a block, a few steps apart."""
    met: dict[str, list[str]] = defaultdict(list)
    for thing in sorted(key_of):
        for block in keys.blocks(key_of[thing]):
            met[block].append(thing)
    pairs = {
        (things[i], other)
        for things in met.values()
        for i in range(len(things))
        for other in things[i + 1 : i + 1 + WINDOW]
    }
    return sorted(pair for pair in pairs if fuzz.ratio(key_of[pair[0]], key_of[pair[1]]) >= ROUGHLY)


def _named(names: dict[str, _Name], clusters: Clusters[str], naming: _Naming, ranks: Mapping[str, int]) -> Actors:
    by_key: dict[str, str] = {}
    known: dict[str, Known] = {}
    for members in clusters.sets().values():
        actor = _known([names[key] for key in members], naming, ranks)
        if actor.name in known:
            actor = _told_apart(actor, known)
        known[actor.name] = actor
        by_key.update(dict.fromkeys(members, actor.name))
    return Actors(by_key, known, naming)


def _told_apart(actor: Known, known: dict[str, Known]) -> Known:
    """Two actors that were set apart may share their most used form: the later one takes its next alias."""
    free = [alias for alias in actor.aliases if alias not in known]
    name = free[0] if free else f"{actor.name} ({actor.kind.replace('_', ' ')})"
    return Known(name, tuple(alias for alias in actor.aliases if alias != name), actor.kind, actor.country)


def _known(names: Sequence[_Name], naming: _Naming, ranks: Mapping[str, int]) -> Known:
    shown: Counter[str] = Counter()
    written: Counter[str] = Counter()
    for name in names:
        shown.update(name.shown)
        written.update(name.written)
    full = [form for form in shown if form in naming.house]
    full = full or [form for form in shown if not keys.short_form(form) and keys.proper(form)]
    full = full or [form for form in shown if not keys.short_form(form)] or list(shown)
    full = [form for form in full if not _ADJECTIVE.fullmatch(form)] or full  # "Ondravan troops" are the Ondravan army
    best = min(full, key=lambda form: (ranks.get(form, 0), -shown[form], -len(form), form))
    merged = _Name(shown=shown, kinds=sum((name.kinds for name in names), Counter()))
    country = next((found for found in map(keys.nationality, sorted(shown)) if found), "")
    return Known(best, _aliases(best, [*shown, *written]), _kind(merged), country)


def _aliases(best: str, forms: Iterable[str]) -> tuple[str, ...]:
    seen = {" ".join(keys.words(best))}
    kept = []
    for form in sorted(set(forms), key=lambda form: (form.casefold(), form)):
        folded = " ".join(keys.words(form))
        if form and folded not in seen:
            seen.add(folded)
            kept.append(form)
    return tuple(kept)


def renamed(actors: Iterable[Actor], resolved: Actors) -> tuple[Actor, ...]:
    """The actors of a claim under the names of the run."""
    return tuple(Actor(actor.name, resolved.name(actor.canonical), actor.kind) for actor in actors)
