"""What one article says about its own names, gathered before its sentences are read.

In: an Article. Out: a `Scene`: which capitalised names are places, actors or persons by the words around them,
which abbreviation stands for which name, the country the article is about, and whom "the army" means there.
Evidence is counted over the whole article, so that a name that is once "the town of X" is a place everywhere.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from briefer.reading import countries as world
from briefer.reading import gazetteer, lexicon
from briefer.reading.heads import heads, is_a
from briefer.reading.names import fold
from briefer.types import Article

MENTIONS = 2
SHARE = 0.3
"""A country that an article is about is named more than once, and in a good share of all its namings of countries."""


class NameSort(StrEnum):
    """What a name stands for."""

    PLACE = "place"
    ACTOR = "actor"
    PERSON = "person"


_CONNECTOR = r"(?:al|el|ul|ad|as|ash|an|at|ez|bin|ibn|abu|de|del|la|da|dos|von|van)"
NAME = re.compile(rf"[A-Z][\w'’-]*(?:[ ](?:{_CONNECTOR}[ -])?[A-Z][\w'’-]*)*")
NAME_WITH_AND = re.compile(rf"{NAME.pattern}(?: and {NAME.pattern})?")
_CONTEXT = re.compile(
    rf"(?P<left>(?:\b[\w'’.-]++[ ]){{0,4}})(?P<name>{NAME.pattern})(?:['’]s)?(?P<right>(?:[ ][a-z][\w-]*){{0,2}})",
)
_CALLED = re.compile(
    rf"((?>{NAME.pattern})), (?:an?|the) (?:[\w-]+ ){{0,4}}"
    r"(?:town|village|city|district|suburb|hamlet|port|neighbou?rhood|hill)\b"
)
_ABBREVIATION = re.compile(r"((?:[A-Z][\w'’-]*+[ ](?:(?:of|for|the|and|in)[ ])*){2,8})\(([A-Z][A-Za-z-]{1,9})\)")
_TITLES = re.compile(
    r"(?:Gen|Col|Maj|Capt|Lt|Sgt|Brig|Mr|Mrs|Ms|Dr|President|Prime|Minister|General|Colonel|Major|Captain|Secretary|"
    r"Commander|King|Prince|Sheikh|Ambassador|Chancellor|Governor|Mayor|Sen|Rep|Admiral|Lieutenant|Brigadier)\.?$"
)
_PEOPLE_NOUNS = frozenset(
    "fighters militants forces troops rebels soldiers gunmen insurgents commanders militiamen terrorists "
    "jihadists".split()
)
_PEOPLE_OF_A_PLACE = frozenset(
    "resident residents people inhabitants mayor governor streets residents' outskirts".split()
)
_PEOPLE_OF = re.compile(r"\b(?:residents?|people|inhabitants|mayor|governor) of $", re.IGNORECASE)
_SPEAKS = frozenset("said says told added claimed announced tweeted".split())


@dataclass(frozen=True, slots=True)
class Scene:
    """The names of one article. Keys are folded (`names.fold`); `written` is the day of the article or None."""

    written: date | None
    sorts: Mapping[str, NameSort]
    full: Mapping[str, str]
    countries: Mapping[str, float]
    country: str
    government: str
    wire: str = ""
    outlet: str = ""


@lru_cache(maxsize=2)  # a model's claims are resolved with it before the verifier reads the article
def scene(article: Article) -> Scene:
    """Gather what the article says of its names."""
    sorts = _sorts(article.text)
    full = {**_short_names(article.text, sorts), **abbreviations(article.text)}
    named = world.countries_in(f"{article.dateline} {article.text}")
    # One mention ("a French reporter") tells nothing of where the war is.
    countries = {code: count for code, count in named.items() if count >= MENTIONS}
    total = sum(countries.values()) or 1
    weights = {code: count / total for code, count in countries.items()}
    country = _home(weights, sorts)
    if weights.get(country, 0.0) < SHARE:
        country = ""
    return Scene(
        written=article.published.date() if article.published else None,
        sorts=sorts,
        full=full,
        countries=weights,
        country=country,
        government=_government(country, article.text),
        wire=article.wire,
        outlet=article.outlet,
    )


def _short_names(text: str, sorts: Mapping[str, NameSort]) -> dict[str, str]:
    """The name behind "the Front" ("Dignity and Unity Front"), where one named actor of the article ends so."""
    found: dict[str, set[str]] = defaultdict(set)
    for match in NAME_WITH_AND.finditer(text):
        name = match.group()
        if " " in name and (
            sorts.get(fold(name)) is NameSort.ACTOR or name.rsplit(" ", 1)[1].lower() in heads("organisation")
        ):
            found[name.rsplit(" ", 1)[1]].add(name)
    return {
        fold(last): names.pop()
        for last, names in found.items()
        if len(names) == 1 and re.search(rf"\b[Tt]he {last}\b", text)
    }


def abbreviations(text: str) -> dict[str, str]:
    """Folded abbreviation -> the full name that it was introduced with ("Kachin Independence Army (KIA)")."""
    found: dict[str, str] = {}
    if "(" not in text:
        return found
    for match in _ABBREVIATION.finditer(text):
        words, short = match.group(1).split(), match.group(2)
        for start, word in enumerate(words):
            rest = words[start:]
            if word[0].upper() == short[0].upper() and word[0].isupper() and _spells(rest, short):
                found.setdefault(fold(short), " ".join(rest))
                break
    return found


def _spells(words: list[str], short: str) -> bool:
    """Whether the letters of an abbreviation appear, in order, at the heads of the words (or in them, for "IS-K")."""
    capitals = [word[0].upper() for word in words if word[0].isupper()]
    letters = [letter for letter in short.upper() if letter.isalpha()]
    rest = iter(capitals)
    return all(letter in rest for letter in letters) or capitals[: len(letters)] == letters[: len(capitals)]


def _sorts(text: str) -> dict[str, NameSort]:
    votes: dict[str, Counter[NameSort]] = defaultdict(Counter)
    for match in _CONTEXT.finditer(text):
        name = match.group("name")
        left = match.group("left").split()
        right = match.group("right").split()
        if right and right[0] in _SPEAKS and _PEOPLE_OF.search(text, match.start("name") - 20, match.start("name")):
            right, left = [], ["residents", "of"]  # "Residents of Karsk said": no person Karsk speaks
        if right and right[0] in _SPEAKS and left and left[-1] == "in":
            right = []  # nor does Karsk in "a nurse in Karsk said"
        _vote(votes[fold(name)], name, left, right)
    for match in _CALLED.finditer(text):
        votes[fold(match.group(1))][NameSort.PLACE] += 4
    known = lexicon.actors()
    sorts = {name: _winner(counted) for name, counted in votes.items() if counted.total() > 0}
    # "At the United Nations" makes no place of an actor that is known, whatever stands before it.
    return sorts | {name: NameSort.ACTOR for name in sorts if name in known and world.country(name) is None}


def _winner(votes: Counter[NameSort]) -> NameSort:
    return max(sorted(votes), key=lambda sort: votes[sort])


def _vote(votes: Counter[NameSort], name: str, left: list[str], right: list[str]) -> None:
    """Add what the words on both sides of a name, and its own, say that it is."""
    if left and left[-1].lower() == "the":
        left = left[:-1]
    before = left[-1].lower() if left else ""
    last = name.rsplit(" ", 1)[-1].lower()
    if before == "of" and len(left) > 1 and is_a(left[-2].lower(), "strong_place"):
        votes[NameSort.PLACE] += 4
    elif (before == "of" and len(left) > 1 and left[-2].lower() in _PEOPLE_OF_A_PLACE) or before in (
        "in",
        "near",
        "outside",
        "at",
        "around",
        "inside",
    ):
        votes[NameSort.PLACE] += 2
    elif before in ("toward", "towards", "into", "from", "to", "reached", "entered"):
        votes[NameSort.PLACE] += 1
    if right and is_a(right[0], "strong_place"):
        votes[NameSort.PLACE] += 3
    if is_a(last, "place"):
        votes[NameSort.PLACE] += 4
    if last in heads("organisation") or lexicon.fold(name) in lexicon.actors():
        votes[NameSort.ACTOR] += 5
    if right and right[0] in _PEOPLE_NOUNS and lexicon.fold(name) not in lexicon.people():
        votes[NameSort.ACTOR] += 3
    if before in ("from", "of") and len(left) > 1 and left[-2].lower() in _PEOPLE_NOUNS:
        votes[NameSort.ACTOR] += 2
    if before in ("in", "of", "for", "from", "with") and _speaks_for(left[:-1]):
        votes[NameSort.ACTOR] += 4  # "a commander in the Ashel Falcons"
        votes[NameSort.PLACE] -= 2
    if left and (_TITLES.search(left[-1]) or is_a(before, "person")):
        votes[NameSort.PERSON] += 3
    if _TITLES.match(name.split(" ", 1)[0]) or (right and right[0] in _SPEAKS):
        votes[NameSort.PERSON] += 2


def _speaks_for(words: list[str]) -> bool:
    return bool(words) and words[-1].lower() in _MEMBERS


_MEMBERS = frozenset(
    "commander commanders spokesman spokeswoman spokesperson member members leader leaders brigade wing".split()
)
_STATE = re.compile(
    r"\b(?:army|armed forces|government|regime|military|troops|soldiers|security forces)\b", re.IGNORECASE
)


def _government(country: str, text: str) -> str:
    """Whom "government forces" are here: those of the country the article is about, by their own name where known."""
    if not country or not _STATE.search(text):
        return "government forces"
    return forces_of(country) or "government forces"


def _home(weights: Mapping[str, float], sorts: Mapping[str, NameSort]) -> str:
    """The country an article is about: named most, or nearly as often as the most and home to more of its places."""
    most = max(weights.values(), default=0.0)
    close = [code for code in sorted(weights) if weights[code] > 0.6 * most]
    if len(close) < 2:
        return close[0] if close else ""
    homes: Counter[str] = Counter()
    for name in [name for name, sort in sorts.items() if sort is NameSort.PLACE][:40]:
        homes.update({entry.country for entry in gazetteer.find(name)[:3]} & set(close))
    return max(close, key=lambda code: (homes[code], weights[code]))


def forces_of(country: str) -> str:
    """The canonical name of the forces of a state (ISO code), "" where the lexicon has none."""
    known = lexicon.state_forces().get(country)
    return known.canonical if known is not None else ""
