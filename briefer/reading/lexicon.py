"""The lexicons of the reader, loaded once: words with their parts of speech, known actors, generic actors and so on.

In: the data files beside this module. Out: mappings from a folded name (`names.fold`) to what is known of it.
"""

import lzma
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

from briefer.reading.names import fold as fold_name
from briefer.types import ActorKind, Claimant


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An armed actor of the world. `countries` are where it fights or whose state it is (ISO 3166 alpha-2).

    `state` is the country whose own force or allied paramilitary it is, "" for nobody's.
    """

    canonical: str
    kind: ActorKind
    countries: tuple[str, ...]
    state: str
    aliases: tuple[str, ...]


class Stance(StrEnum):
    """Where a generic actor stands before the article says more."""

    GOVERNMENT = "government"
    ANTI_GOVERNMENT = "anti_government"
    FOREIGN = "foreign"
    CIVILIAN = "civilian"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class GenericActor:
    """A noun or phrase that denotes an actor without naming it ("rebels"); a `UNIT` takes its side from a modifier."""

    phrase: str
    kind: ActorKind
    stance: Stance
    note: str


@dataclass(frozen=True, slots=True)
class KnownClaimant:
    """Words that tell who says something, and what kind of source that is."""

    phrase: str
    kind: Claimant
    note: str


@dataclass(frozen=True, slots=True)
class KnownEquipment:
    """A weapon or vehicle by its noun or designation; `type` is the class that losses are counted in."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A leader whose name stands for a force: the actor `stands_for` (canonical), or else the forces of `state`."""

    name: str
    stands_for: str
    state: str


@dataclass(frozen=True, slots=True)
class Metonym:
    """A place name that stands for a government ("the Kremlin")."""

    name: str
    state: str
    meaning: str


@lru_cache(maxsize=32768)
def fold(name: str) -> str:
    """The key of a name in these lexicons: `names.fold` without a leading article."""
    return fold_name(name).removeprefix("the ")


def folded(names: Sequence[str]) -> list[str]:
    """`fold` of each name. In one go: the fixed cost of a fold is most of its time, and there are thousands."""
    if not names:
        return []
    return [key.strip().removeprefix("the ") for key in fold_name("|".join(names)).split("|")]


def rows(name: str) -> Iterator[list[str]]:
    """The rows of `data/NAME` as lists of fields, without comments."""
    text = (files(__package__) / "data" / name).read_text("utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


def parts(field: str) -> tuple[str, ...]:
    """The values of a field divided by |."""
    return tuple(field.split("|")) if field else ()


@cache
def words() -> Mapping[str, str]:
    """Lower-case English words -> the parts of speech they can be, likeliest first.

    n noun, N plural noun, v base verb, z verb in -s, d past tense, p past participle, g -ing, j adjective, r adverb.
    """
    text = lzma.decompress((files(__package__) / "data" / "words.tsv.xz").read_bytes()).decode()
    fields = text[text.index("\n") + 1 :].replace("\t", "\n").split("\n")
    return MappingProxyType(dict(zip(fields[:-1:2], fields[1::2], strict=True)))


@cache
def known_actors() -> tuple[KnownActor, ...]:
    """All known actors, by canonical name."""
    kinds = {kind.value: kind for kind in ActorKind}
    return tuple(
        KnownActor(canonical, kinds[kind], parts(countries), state, parts(aliases))
        for canonical, kind, countries, state, aliases in rows("actors.tsv")
    )


@cache
def actors() -> Mapping[str, KnownActor]:
    """Folded names and aliases that mean one actor everywhere -> that actor."""
    found: dict[str, KnownActor] = {}
    for actor in known_actors():
        own = [actor.canonical, *(alias for alias in actor.aliases if not alias.endswith("?"))]
        found.update(dict.fromkeys(folded(own), actor))
    return MappingProxyType(found)


@cache
def state_forces() -> Mapping[str, KnownActor]:
    """ISO country code -> the actor that "its army", "its troops" and "government forces" of that country are."""
    found: dict[str, KnownActor] = {}
    for actor in known_actors():
        general = actor.kind is ActorKind.STATE_FORCES and (actor.state not in found or _is_whole(actor))
        if actor.state and general:
            found[actor.state] = actor
    return MappingProxyType(found)


def _is_whole(actor: KnownActor) -> bool:
    """Whether these are all the forces of a state: "X army" is another name of theirs, as it is of no branch."""
    return any(alias.endswith(" government troops") for alias in actor.aliases)


@cache
def shared_actors() -> Mapping[str, tuple[KnownActor, ...]]:
    """Folded aliases that mean an actor in some countries only -> the actors they can mean.

    "SLA" is three armies and "ADF" two; an article's countries tell which, and where they do not, nothing does.
    """
    found: dict[str, tuple[KnownActor, ...]] = {}
    for actor in known_actors():
        for alias in actor.aliases:
            if alias.endswith("?"):
                key = fold(alias[:-1])
                found[key] = (*found.get(key, ()), actor)
    return MappingProxyType(found)


@cache
def generic_actors() -> Mapping[str, GenericActor]:
    """Folded generic nouns and phrases, singular and plural -> what they denote."""
    found = {}
    for phrases, kind, stance, note in rows("generic_actors.tsv"):
        for phrase, key in zip(parts(phrases), folded(parts(phrases)), strict=True):
            found[key] = GenericActor(phrase, ActorKind(kind), Stance(stance), note)
    return MappingProxyType(found)


@cache
def claimants() -> Mapping[str, KnownClaimant]:
    """Folded words for who says something -> what kind of source that is."""
    found = {}
    for phrases, kind, note in rows("claimants.tsv"):
        for phrase, key in zip(parts(phrases), folded(parts(phrases)), strict=True):
            found[key] = KnownClaimant(phrase, Claimant(kind), note)
    return MappingProxyType(found)


@cache
def equipment() -> Mapping[str, KnownEquipment]:
    """Folded nouns and designations of weapons and vehicles, singular and plural -> their type."""
    found = {}
    for type_, names in rows("equipment.tsv"):
        for name, key in zip(parts(names), folded(parts(names)), strict=True):
            found[key] = KnownEquipment(name, type_)
    return MappingProxyType(found)


@cache
def people() -> Mapping[str, KnownPerson]:
    """Folded full names and surnames of leaders, in each spelling -> the force or state they stand for."""
    found = {}
    for name, spellings, stands_for, state in rows("people.tsv"):
        person = KnownPerson(name, stands_for, state)
        found.update(dict.fromkeys(folded((name, *parts(spellings))), person))
    return MappingProxyType(found)


@cache
def metonyms() -> Mapping[str, Metonym]:
    """Folded place names that stand for a government -> whose."""
    found = {}
    for names, state, meaning in rows("capitals.tsv"):
        found.update({fold(name): Metonym(name, state, meaning) for name in parts(names)})
    return MappingProxyType(found)
