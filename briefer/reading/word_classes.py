"""What a word can be by itself: the closed classes of data/closed.tsv, the lexicon's, or those of its ending.

In: a lower-case word. Out: letters of `tags`; open classes are n noun, N plural noun, j adjective, r adverb and the
letters of verbs, the likeliest first.
"""

import re
from functools import cache

from briefer.reading.lexicon import words
from briefer.reading.verbs import rows

_SUFFIXES = (
    (re.compile(r"ly$"), "R"),
    (re.compile(r"ing$"), "gn"),
    (re.compile(r"ed$"), "d"),
    (re.compile(r"(?:ous|ful|less|able|ible|ic|ical|ive|ish|ese)$"), "j"),
    (re.compile(r"(?:tion|sion|ment|ness|ity|ship|ism|ist|er|or|ance|ence)s?$"), "n"),
)
_HYPHENED_ADJECTIVE = re.compile(
    r"-(?:held|controlled|backed|led|run|based|occupied|ruled|allied|aligned|linked|dominated|style|wide|loyal|"
    r"besieged|sponsored|supported|trained|armed|owned|funded|speaking|majority|era|old|long|strong|affiliated|"
    r"imposed|brokered|mandated|mediated|installed|appointed|made|range|caliber|calibre|scale|level|ranking|"
    r"fired|launched|guided|borne|building|torn|ravaged|scarred|populated|inhabited|governed|administered)$|"
    r"^(?:pro|anti|non|self|ex|so|heavily|newly|mid|then|north|south|east|west|long|short|high|low|multi|ill|well)-",
)
_PLURAL = ("people", "police", "military", "men", "women", "children", "troops")


@cache
def closed() -> dict[str, str]:
    """The class of each word that has one whatever it means."""
    table: dict[str, str] = {}
    for tag, listed in rows("closed.tsv"):
        for word in listed.split():
            table.setdefault(word, tag)
    return table


@cache
def classes(word: str) -> str:
    """The classes a lower-case word can have, likeliest first."""
    if known := words().get(word):
        return known
    if _HYPHENED_ADJECTIVE.search(word):
        return "j"
    for ending, found in _SUFFIXES:
        if ending.search(word):
            return found
    if word.endswith("s") and len(word) > 3 and not word.endswith("ss"):
        return "N"
    return "n"


def is_hyphened_adjective(word: str) -> bool:
    """Whether a hyphened word describes something by its parts ("rebel-held", "pro-government")."""
    return _HYPHENED_ADJECTIVE.search(word) is not None


def has_noun(found: str) -> bool:
    """Whether a noun is among the classes."""
    return "n" in found or "N" in found


def is_plural(word: str) -> bool:
    """Whether a noun takes a plural verb, by its ending or because it names many ("police")."""
    return word in _PLURAL or (word.endswith("s") and not word.endswith(("ss", "us", "is", "gas")))
