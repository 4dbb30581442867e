"""Which words mean nearly the same, and which the opposite.

In: words in lower case, in any form. Out: the numbers of their meanings, their opposites, and the side that a noun for
those who fight stands for. The table is made from WordNet by scripts/make_synonyms.py; opposites of war and of business
that it lacks are in data/opposed.tsv.
"""

import lzma
from functools import cache, lru_cache
from importlib import resources

from briefer.reading import lexicon
from briefer.reading.heads import singular
from briefer.reading.lexicon import Stance
from briefer.reading.verbs import base_form

_PACKAGE = "briefer.verify"
_FORMS = "vdpzg"
_SHORTEST = 3


@lru_cache(maxsize=65536)
def meanings(word: str) -> frozenset[str]:
    """The numbers of what a word may mean, with those of the words it is derived from; empty where it is not known."""
    table = _table()
    found: set[str] = set()
    for form in bases(word):
        found.update(table.get(form, ("", ""))[0].split())
    return frozenset(found)


@lru_cache(maxsize=65536)
def opposites(word: str) -> frozenset[str]:
    """The base forms that say the opposite of a word in some meaning."""
    found: set[str] = set()
    for form in bases(word):
        found.update(_table().get(form, ("", ""))[1].split())
        found.update(_opposed().get(form, ()))
    return frozenset(found)


@lru_cache(maxsize=65536)
def bases(word: str) -> tuple[str, ...]:
    """The base forms that a word may be a form of, itself first."""
    found = {word: None, singular(word): None}
    if len(word) > _SHORTEST:
        found.update({base_form(word, form): None for form in _FORMS})
    return tuple(form for form in found if form)


def are_alike(one: str, other: str) -> bool:
    """Whether two words may mean the same, and are no opposites: "accept" and "reject" both mean to answer."""
    return not meanings(one).isdisjoint(meanings(other)) and not are_opposed(one, other)


@lru_cache(maxsize=65536)
def are_opposed(one: str, other: str) -> bool:
    """Whether one word says the opposite of the other."""
    return not opposites(one).isdisjoint(bases(other)) or not opposites(other).isdisjoint(bases(one))


@lru_cache(maxsize=16384)
def stance(words: str) -> str:
    """The side that a plain noun for those who fight stands for ("the insurgents"), "" for no such noun."""
    known = lexicon.generic_actors().get(words) or lexicon.generic_actors().get(singular(words))
    return "" if known is None or known.stance is Stance.UNIT else known.stance


@cache
def _table() -> dict[str, tuple[str, str]]:
    packed = (resources.files(_PACKAGE) / "data" / "senses.tsv.xz").read_bytes()
    rows = (line.split("\t") for line in lzma.decompress(packed).decode().splitlines())
    return {word: (ids, opposed) for word, ids, opposed in rows}


@cache
def _opposed() -> dict[str, frozenset[str]]:
    """Both ways: each word of the left column against each of the right."""
    text = (resources.files(_PACKAGE) / "data" / "opposed.tsv").read_text("utf-8")
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        left, right = (column.split() for column in line.split("\t"))
        for one in left:
            found.setdefault(one, set()).update(right)
        for other in right:
            found.setdefault(other, set()).update(left)
    return {word: frozenset(others) for word, others in found.items()}
