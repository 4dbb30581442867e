"""From a spot in a text to a Place, linked to the gazetteer where the country of the article decides; its front."""

import re
from collections.abc import Callable

from briefer.reading import gazetteer
from briefer.reading.frame import Where
from briefer.reading.heads import is_a
from briefer.reading.regions import Regions
from briefer.reading.scene import Scene
from briefer.types import Place

_BESIDE = re.compile(r"(?:\d[\d.,]* ?\w+ )?(?:north|south|east|west|outskirts|outside|near|edge|countryside|suburb)")


def place(where: Where, scene: Scene, before: str) -> Place:
    """The place of a frame; `before` is its relation. Coordinates are the gazetteer's or none at all."""
    spot = where.spot
    # An article that names no country may be about one that no gazetteer knows: a link would be a guess.
    known = bool(scene.countries) and not _is_site(spot.head, spot.name)
    entry = _entry(spot.name, scene) if known else None
    if entry is None:
        return Place(spot.name, spot.name, before, 3 if is_a(spot.head, "vague") else 2 if before else 1)
    return Place(
        spot.name,
        spot.name,
        before,
        _precision(entry.kind, before),
        entry.lat,
        entry.lon,
        entry.region,
        entry.country,
    )


def front(where: Place | None, sentence: int, geography: Callable[[], Regions]) -> str:
    """The front by the article's own words, where the gazetteer does not place the claim on the map."""
    if where is not None and where.region:
        return ""
    return geography().front(where.name if where is not None else "", sentence)


_TITLED = re.compile(r"(.+) (?:Province|Governorate|Oblast|Region|province|governorate|oblast)")


def _entry(name: str, scene: Scene) -> gazetteer.Entry | None:
    """The gazetteer's place; "Aleppo Governorate" is the province of Aleppo."""
    titled = _TITLED.fullmatch(name)
    if titled is not None:
        return gazetteer.link(titled[1], countries=scene.countries, kind=gazetteer.PlaceKind.PROVINCE)
    return gazetteer.link(name, countries=scene.countries, near=None)


def _is_site(head: str, name: str) -> bool:
    """A factory or an airport named after a town is not the town."""
    return bool(head) and name.lower().endswith(head) and not is_a(head, "strong_place")


def _precision(kind: str, relation: str) -> int:
    """UCDP GED: 6 country, 4 province, 2 near a known point, 1 the point itself."""
    if kind == "country":
        return 6
    if kind == "province":
        return 4
    return 2 if _BESIDE.match(relation) else 1
