"""A place name in, the places of that name on the map out; and of namesakes the one that is meant, or none.

The data is GeoNames (CC BY 4.0): cities and villages of 500 people and more (1,000 in crowded countries), first-order
divisions, countries. A look-up inflates one block of a sorted file and keeps the last few, so that nothing is loaded
that is not asked for. Half of the villages that wars are fought over are not here: a name not found says nothing.
"""

import zlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt

from briefer.reading import countries as world
from briefer.reading.names import loose


class PlaceKind(StrEnum):
    """What a place of the gazetteer is."""

    CITY = "city"
    PROVINCE = "province"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Entry:
    """One place. Coordinates are WGS 84 degrees to 0.01 (about 1 km), None for provinces and countries.

    `region` is its first-order division, `country` an ISO 3166 alpha 2 code, `population` is to two digits, 0 where
    unknown. `ambiguous` marks a name that is also an English word or a person's name ("Nice", "Jordan", "Chad"): ask
    for stronger context ("the town of Nice") before taking it for a place.
    """

    name: str
    lat: float | None
    lon: float | None
    kind: PlaceKind
    region: str
    country: str
    country_name: str
    population: int
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class _Block:
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class _File:
    data: bytes
    firsts: tuple[str, ...]
    blocks: tuple[_Block, ...]
    divisions: Mapping[str, str]


_LARGE = 100_000  # people; two namesakes of this size stay open without a hint
_GREAT = 500_000  # people; such a city is meant even where the text speaks of other countries only
_TIMES = 20  # how many times larger one namesake must be than the next to be meant without any hint
_NEAR_KM = 300.0  # a front is rarely wider; the hint of nearness ends here
_CLEAR = 3.0  # how many times better the best namesake must be than the next


@cache
def _file() -> _File:
    data = (files(__package__) / "data/places.bin").read_bytes()
    at = 0
    lines: list[str] = []
    count = -1
    while count < 0 or len(lines) < count:
        end = data.index(b"\n", at)
        line = data[at:end].decode()
        at = end + 1
        if count >= 0:
            lines.append(line)
        elif not line.startswith("#"):
            count = int(line)
    table = [line.split("\t") for line in lines]
    divisions = zlib.decompress(data[at : at + int(table[0][0])]).decode()
    at += int(table[0][0])
    blocks = []
    for length, _ in table[1:]:
        blocks.append(_Block(at, int(length)))
        at += int(length)
    named = dict(line.split("\t") for line in divisions.split("\n"))
    return _File(data, tuple(first for _, first in table[1:]), tuple(blocks), named)


@lru_cache(maxsize=64)
def _block(number: int) -> str:
    block = _file().blocks[number]
    return zlib.decompress(_file().data[block.offset : block.offset + block.length]).decode()


def _lines(key: str) -> Iterator[list[str]]:
    """The fields after the key of every line of that key."""
    number = bisect_right(_file().firsts, key) - 1
    if number < 0:
        return
    block, sought = _block(number), f"\n{key}\t"
    at = block.find(sought)
    while at >= 0:
        end = block.index("\n", at + 1)
        yield block[at + len(sought) : end].split("\t")
        at = block.find(sought, end)


@lru_cache(maxsize=16384)
def find(name: str) -> tuple[Entry, ...]:
    """Every place of that name or spelling, countries first, then provinces, then cities, the largest first."""
    key = loose(name).removeprefix("the ")
    if not key or len(key) > 80 or "\n" in key or "\t" in key:
        return ()
    found = _entries(key)
    if not found:  # "Zintan" stands for "Az Zintan", and "al-Zintan" for "Zintan"
        found = _entries(key[3:] if key.startswith("al ") else f"al {key}")
    state = world.country(name)
    if state and state.code:
        found.add(_state(state, key))
    order = list(PlaceKind)[::-1]
    return tuple(sorted(found, key=lambda entry: (order.index(entry.kind), -entry.population, _place(entry))))


def _place(entry: Entry) -> tuple[str, str, str, float, float]:
    return (entry.country, entry.region, entry.name, entry.lat or 0.0, entry.lon or 0.0)


def _entries(key: str) -> set[Entry]:
    found: set[Entry] = set()
    for fields in _lines(key):
        if fields[0].startswith(">"):
            named = [line for line in _lines(fields[0][1:]) if len(line) > 4 and line[3] == fields[1]]
            found.update(_entry(fields[0][1:], line) for line in named)
        else:
            found.add(_entry(key, fields))
    return found


def _entry(key: str, fields: list[str]) -> Entry:
    ambiguous, name = fields[0].startswith("!"), fields[0].removeprefix("!")
    if name == "@":
        return _province(fields[1], ambiguous)
    _, lat, lon, code, people = fields
    region = _file().divisions.get(code, "")
    country, plain = code[:2], " ".join(word.capitalize() for word in key.split())
    state = world.country_name(country)
    return Entry(
        name or plain, float(lat), float(lon), PlaceKind.CITY, region, country, state, 100 * int(people), ambiguous
    )


def _province(code: str, ambiguous: bool) -> Entry:
    name = _file().divisions[code]
    return Entry(name, None, None, PlaceKind.PROVINCE, name, code[:2], world.country_name(code[:2]), 0, ambiguous)


def _state(state: world.Country, key: str) -> Entry:
    ambiguous = any(fields[0].startswith("!") for fields in _lines(key))
    return Entry(state.name, None, None, PlaceKind.COUNTRY, "", state.code, state.name, 0, ambiguous)


def link(
    name: str,
    *,
    countries: Mapping[str, float],
    near: tuple[float, float] | None = None,
    kind: PlaceKind | None = None,
) -> Entry | None:
    """The place that is meant, or None where that stays open; a wrong link would be a wrong map.

    `countries` are weights by ISO code of what the text is about (`countries_in`), in any scale; `near` is the latitude
    and longitude of places already linked; `kind` is what the text says it is ("Aleppo province"). Without a hint only
    a name whose largest bearer is large and far larger than the next is linked.
    """
    found = tuple(entry for entry in find(name) if kind in (None, entry.kind))
    states = [entry for entry in found if entry.kind is PlaceKind.COUNTRY]
    if states:
        return None if _overshadowed(states[0], found, countries) else states[0]
    scored = sorted(((_score(entry, countries, near), entry) for entry in found), key=lambda row: -row[0])
    if not scored or scored[0][0] <= 0:
        return _unhinted(found, _GREAT if countries or near else _LARGE)
    if not countries and near is None and len(scored) > 1:
        return _unhinted(found, _LARGE)
    score, best = scored[0]
    if len(scored) > 1 and score < _CLEAR * scored[1][0]:
        return _same_spot(best, [entry for other, entry in scored if other * _CLEAR > score])
    return None if near is None and _outshone(best, found) else best


def _outshone(best: Entry, found: tuple[Entry, ...]) -> bool:
    """Whether a far larger namesake abroad is as likely: Brussels, Wisconsin in a text about the United States."""
    people = max(_TIMES * best.population, _LARGE)
    return best.kind is PlaceKind.CITY and any(entry.population > people for entry in found)


def _overshadowed(state: Entry, found: tuple[Entry, ...], countries: Mapping[str, float]) -> bool:
    """Whether the text speaks far more of a namesake's country ("Atlanta, Georgia")."""
    own = countries.get(state.country, 0.0)
    return any(entry.kind is PlaceKind.PROVINCE and countries.get(entry.country, 0.0) > _CLEAR * own for entry in found)


def _score(entry: Entry, countries: Mapping[str, float], near: tuple[float, float] | None) -> float:
    """The weight of the country, times nearness, times a little for size; 0 where every hint speaks against it."""
    total = sum(countries.values())
    weight = countries.get(entry.country, 0.0) / total if total else 1.0
    if near is not None and entry.lat is not None and entry.lon is not None:
        distance = kilometres(near, (entry.lat, entry.lon))
        weight *= 1.0 if distance < _NEAR_KM else (_NEAR_KM / distance) ** 2
    size = (entry.population + 500) ** 0.5 if entry.kind is PlaceKind.CITY else 300.0
    return weight * size if weight >= 0.02 else 0.0


def _same_spot(best: Entry, rivals: list[Entry]) -> Entry | None:
    """The best of several that are one place to a map: a city and its own province, or two entries for one town."""
    for rival in rivals:
        if rival.kind is PlaceKind.PROVINCE and rival.country == best.country:
            continue
        if best.lat is None or best.lon is None or rival.lat is None or rival.lon is None:
            return None
        if kilometres((best.lat, best.lon), (rival.lat, rival.lon)) > 15:
            return None
    return best


def _unhinted(found: tuple[Entry, ...], least: int) -> Entry | None:
    """The bearer that everyone means: of `least` people or more, and far larger than the next."""
    cities = [entry for entry in found if entry.kind is PlaceKind.CITY]
    if not cities or cities[0].population < least or cities[0].ambiguous:
        return None
    return cities[0] if len(cities) == 1 or cities[0].population >= _TIMES * cities[1].population else None


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance between two points of latitude and longitude in degrees, on a sphere."""
    lat, lon, lat2, lon2 = map(radians, (*one, *other))
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(half)))
