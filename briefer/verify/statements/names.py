"""When two names are one: short and full, an abbreviation, a title and a surname, a spelling, a people and its country.

In: names as sequences of words, and the sources that introduce short names. Out: whether they may be one. Two spellings
that stand in one article are two names there.
"""

import re
from functools import cached_property, lru_cache

from rapidfuzz import fuzz

from briefer.reading import countries, lexicon
from briefer.reading.heads import is_a
from briefer.reading.names import SAME, fold, initials, same_spelling
from briefer.reading.phrases import is_bearing
from briefer.verify.statements.sources import Sources

_SHORT = 6
"""Letters of an abbreviation at most."""
_MOST_SPELLINGS = 5
_ALIKE = 55
"""Of 100, how alike two spellings of one name are letter by letter at least."""
_LONGER = 3
"""Letters that one spelling has more than another at most."""
_MANY = 400
"""Names that are compared sound by sound for one name at most."""


class Names:
    """Knows which names of the sources are one."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._known: dict[tuple[tuple[str, ...], tuple[str, ...]], bool] = {}
        self._spellings: dict[str, tuple[str, ...]] = {}

    def are_one(self, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
        """Whether two names, given by their words, may be of the same thing."""
        pair = (one, other) if one <= other else (other, one)
        if pair not in self._known:
            self._known[pair] = self._are_one(*pair)
        return self._known[pair]

    def _are_one(self, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
        mine, theirs = tokens(one), tokens(other)
        if mine == theirs:
            return True
        if _is_part(mine, theirs) or _is_part(theirs, mine):
            return True
        if self._is_short_for(one, other) or self._is_short_for(other, one):
            return True
        return self._is_spelling(one, other) or _is_known_alias(" ".join(one), " ".join(other))

    def _is_short_for(self, short: tuple[str, ...], full: tuple[str, ...]) -> bool:
        if len(short) != 1 or len(full) < 2:
            return False
        word = short[0]
        if len(full) < 2 and not word.isupper():
            return False
        introduced = self._sources.full.get(fold(word))
        if introduced is not None and tokens(tuple(introduced.split())) >= tokens(full) - _weak(full):
            return True
        return word.isupper() and 1 < len(word) <= _SHORT and initials(" ".join(full)) == word

    def _is_spelling(self, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
        if _are_kinds_apart(one, other):
            return False
        mine = [word for word in one if not is_common(word)]
        theirs = [word for word in other if not is_common(word)]
        if not mine or not theirs or (min(len(mine), len(theirs)) > 1 and len(mine) != len(theirs)):
            return False
        if len(mine) != len(theirs):
            short, long = sorted((mine, theirs), key=len)
            return any(self._spelt_alike(short[0], word) for word in long) and len(short[0]) > 3
        return all(self._spelt_alike(a, b) for a, b in zip(mine, theirs, strict=True))

    def _spelt_alike(self, one: str, other: str) -> bool:
        if fold(one) == fold(other) or _is_people_of(fold(one), fold(other)):
            return True
        return same_spelling(one, other) >= SAME and not self._side_by_side(fold(one), fold(other))

    def _side_by_side(self, one: str, other: str) -> bool:
        """Whether one article has both: it would not spell one name in two ways."""
        return any(f"={one}" in page.keys and f"={other}" in page.keys for page in self._sources.pages)

    def spellings(self, key: str) -> tuple[str, ...]:
        """The keys of the sources' names that may be another spelling of one."""
        if key not in self._spellings:
            word = key.removeprefix("=")
            found = [f"={each}" for each in self._alike(word) if self._spelt_alike(word, each)]
            self._spellings[key] = tuple(found[:_MOST_SPELLINGS])
        return self._spellings[key]

    def _alike(self, word: str) -> list[str]:
        """The names that may be another spelling by their letters; of very many, those that begin alike."""
        names = [each for each in self._by_letter.get(word[:1], ()) if abs(len(each) - len(word)) <= _LONGER]
        if len(names) > _MANY:
            names = [each for each in names if each[:3] == word[:3]]
        return [each for each in names[:_MANY] if each != word and fuzz.ratio(word, each) >= _ALIKE]

    @cached_property
    def _by_letter(self) -> dict[str, list[str]]:
        found: dict[str, set[str]] = {}
        for page in self._sources.pages:
            for key in page.keys:
                if key.startswith("=") and len(key) > 4 and not any(letter.isdigit() for letter in key):
                    found.setdefault(key[1], set()).add(key[1:])
        return {letter: sorted(words) for letter, words in found.items()}


@lru_cache(maxsize=32768)
def tokens(name: tuple[str, ...]) -> frozenset[str]:
    """The folded words of a name without titles."""
    folded = {fold(word) for word in name if not is_title(word)} - {"the", "of", "al"}
    return frozenset(folded) or frozenset(fold(word) for word in name)


@lru_cache(maxsize=32768)
def is_title(word: str) -> bool:
    """Whether a word of a name is a rank or an office ("Col.", "Minister")."""
    return is_a(word.lower().rstrip("."), "person") or word.rstrip(".").lower() in _TITLES


_OF_PEOPLE = re.compile(r"(?:i?an|n|ese|i|ic|ish|er)?s?")


@lru_cache(maxsize=32768)
def _is_people_of(one: str, other: str) -> bool:
    """Whether one word is made from the other as the name of a people is ("Tahuarayan")."""
    short, long = sorted((one, other), key=len)
    root = short if long.startswith(short) else short[:-1]
    return (
        len(root) > 3 and long.startswith(root) and _OF_PEOPLE.fullmatch(long, len(root)) is not None and long != root
    )


_TITLES = frozenset("gen col maj capt lt sgt brig mr mrs ms dr sen rep gov adm cmdr prof sir dame comandante".split())


@lru_cache(maxsize=32768)
def is_common(word: str) -> bool:
    """Whether a word of a name is an ordinary word too ("Front", "Hill"), or a numeral."""
    return word[0].isdigit() or word.lower() in lexicon.words() or is_title(word)


def _are_kinds_apart(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether ordinary words tell two names apart: another side of a land, another sort of thing."""
    mine, theirs = ({fold(word) for word in name if is_common(word) and not is_title(word)} for name in (one, other))
    bearings = [{word for word in words if is_bearing(word)} for words in (mine, theirs)]
    return bearings[0] != bearings[1] or (bool(mine) and bool(theirs) and mine.isdisjoint(theirs))


def _weak(name: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(word) for word in name if is_common(word))


def _is_part(short: frozenset[str], full: frozenset[str]) -> bool:
    """Whether one name is the other with words left out, none of which tells two of a kind apart."""
    if not short or not short <= full:
        return False
    return not any(is_bearing(word) or word[0].isdigit() for word in full - short)


@lru_cache(maxsize=16384)
def _is_known_alias(one: str, other: str) -> bool:
    known = [lexicon.actors().get(lexicon.fold(name)) for name in (one, other)]
    if known[0] is not None and known[0] is known[1]:
        return True
    codes = [countries.country(name) for name in (one, other)]
    return codes[0] is not None and codes[0] is codes[1]
