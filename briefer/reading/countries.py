"""The countries of the world, their names and the words for their people, from `data/countries.txt`.

`demonym` tells the country of a word ("Libyan" → "Libya"), `countries_in` counts the countries that a text speaks of.
Capitals do not count: "Moscow said" and "Washington denied" tell who speaks, not where it happened.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from briefer.reading.names import fold


@dataclass(frozen=True, slots=True)
class Country:
    """One country: `code` is ISO 3166 alpha 2, "" for a people or land that is no state."""

    code: str
    name: str


_CAPITALISED = re.compile(
    r"(?:[A-ZÀ-Þ]\.){2,}|[A-ZÀ-Þ][\w’'-]*(?:[ \u00a0](?:(?:of|and|the|the Republic of) )?[A-ZÀ-Þ][\w’'-]*)*"
)
_WORD = re.compile(r"(?:[A-Z]\.){2,}|[\w-]+(?:[’'](?!s\b)\w+)*")
_LONGEST = 7  # words of the longest country name


@cache
def _names() -> dict[str, Country]:
    return {fold(name): country for country, names, _ in _rows() for name in names}


@cache
def _demonyms() -> dict[str, Country]:
    return {fold(word): country for country, _, words in _rows() for word in words}


@cache
def _first_words() -> frozenset[str]:
    """The first word of every name and demonym, lower case, without a last s: most words of a text are none of them."""
    spellings = [spelling for _, names, words in _rows() for spelling in (*names, *words)]
    return frozenset(spelling.split()[0].lower().removesuffix("s") for spelling in spellings)


@cache
def _rows() -> list[tuple[Country, list[str], list[str]]]:
    text = (files(__package__) / "data/countries.txt").read_text("utf-8")
    rows = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            code, names, words = line.split("=")
            spellings = names.split("|")
            country = Country("" if code == "-" else code, spellings[0])
            rows.append((country, spellings, [word for word in words.split("|") if word]))
    return rows


@lru_cache(maxsize=16384)
def country(name: str) -> Country | None:
    """The country of that name, in any of the spellings of the table; None where it is none."""
    key = fold(name)
    return _names().get(key) or _names().get(key.removeprefix("the "))


def country_code(name: str) -> str:
    """The ISO 3166 alpha 2 code of the country of that name, "" where it is none."""
    found = country(name)
    return found.code if found is not None else ""


def country_name(code: str) -> str:
    """The English name of an ISO 3166 alpha 2 code, "" for one that is not in the table."""
    return _by_code().get(code, "")


@cache
def _by_code() -> dict[str, str]:
    return {country.code: country.name for country, _, _ in _rows() if country.code}


@lru_cache(maxsize=16384)
def demonym(word: str) -> str:
    """The country or land of "Libyan", "Syrians" or "Kurdish"; "" for a word that is no demonym."""
    found = _demonyms().get(fold(word.removesuffix("'s").removesuffix("’s")))
    return found.name if found else ""


def countries_in(text: str) -> Counter[str]:
    """How often a text names each country or its people, by ISO 3166 alpha 2 code."""
    counts = Counter[str]()
    for phrase, times in Counter(_CAPITALISED.findall(text)).items():
        for code in _named_in(phrase):
            counts[code] += times
    del counts[""]
    return counts


@lru_cache(maxsize=16384)
def _named_in(phrase: str) -> tuple[str, ...]:
    """The codes of the countries and peoples that stand in a run of capitalised words."""
    names, demonyms, firsts = _names(), _demonyms(), _first_words()
    words = _WORD.findall(phrase)
    codes: list[str] = []
    start = 0
    while start < len(words):
        longest = start + (_LONGEST if words[start].lower().removesuffix("s") in firsts else 0)
        for end in range(min(len(words), longest), start, -1):
            key = fold(" ".join(words[start:end]))
            found = names.get(key) or demonyms.get(key) or names.get(key.removesuffix("s"))  # "Syrias"
            if found:
                codes.append(found.code)
                start = end
                break
        else:
            start += 1
    return tuple(codes)
