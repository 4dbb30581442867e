"""Forms of English verbs, for sentences that are made: a base form and a tag in, the word out.

Tags are those of `reading.tags`: v base, z third person, d past, p participle, g present participle.
"""

from functools import cache

from briefer.reading.verbs import past, rows

_VOWELS = "aeiou"
_DOUBLED = frozenset("begin admit permit commit submit refer defer occur repel expel patrol forget regret".split())


@cache
def _participles() -> dict[str, str]:
    return {base: participles.split()[0] for base, _, participles in rows("irregular.tsv")}


def participle(lemma: str) -> str:
    """The past participle ("take" -> "taken")."""
    return _participles().get(lemma) or past(lemma)


def third(lemma: str) -> str:
    """The third person of the present ("push" -> "pushes")."""
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{lemma}es"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return f"{lemma[:-1]}ies"
    return f"{lemma}s"


def running(lemma: str) -> str:
    """The present participle ("lose" -> "losing")."""
    if lemma.endswith("ie"):
        return f"{lemma[:-2]}ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")):
        return f"{lemma[:-1]}ing"
    short = len(lemma) > 2 and lemma[-1] in "bgmnpt" and lemma[-2] in _VOWELS and lemma[-3] not in _VOWELS
    return f"{lemma}{lemma[-1]}ing" if (short and len(lemma) < 5) or lemma in _DOUBLED else f"{lemma}ing"


def inflect(lemma: str, tag: str) -> str:
    """The form of a verb under a tag; the base form under any other."""
    if lemma == "be":
        return {"z": "is", "d": "was", "p": "been", "g": "being"}.get(tag, "be")
    make = {"d": past, "p": participle, "z": third, "g": running}.get(tag)
    return make(lemma) if make is not None else lemma
