"""What a noun names, by its head: a place, people, an assault, weapons, a truce … (data/heads.tsv)."""

from functools import cache, lru_cache

from briefer.reading.lexicon import words
from briefer.reading.verbs import rows


@cache
def heads(group: str) -> frozenset[str]:
    """The head nouns of one group, singular and lower case."""
    return frozenset(word for name, listed in rows("heads.tsv") if name == group for word in listed.split())


@lru_cache(maxsize=16384)
def singular(word: str) -> str:
    """The singular of a lower-case noun, by rule; what has none is returned as it is."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    if word.endswith("ves") and word[:-3] + "f" in words():
        return word[:-3] + "f"
    return word[:-1]


_IRREGULAR = {
    "people": "people", "men": "man", "women": "woman", "children": "child", "policemen": "policeman",
    "gunmen": "gunman", "militiamen": "militiaman", "servicemen": "serviceman", "lives": "life", "forces": "forces",
    "headquarters": "headquarters", "barracks": "barracks", "outskirts": "outskirts", "troops": "troop",
    "crossroads": "crossroads", "policewomen": "policewoman", "tribesmen": "tribesman", "fishermen": "fisherman",
    "casualties": "casualty", "losses": "loss", "bases": "base", "series": "series", "airmen": "airman",
    "sportsmen": "sportsman", "wives": "wife", "halves": "half", "axes": "axis", "crises": "crisis",
}  # fmt: skip


@lru_cache(maxsize=16384)
def is_a(word: str, group: str) -> bool:
    """Whether a lower-case noun, in either number, belongs to a group of heads.tsv."""
    listed = heads(group)
    return word in listed or singular(word) in listed
