"""The words that signs look for, by what they tell. In: a key of data/listed.tsv. Out: its words, lower case."""

from functools import cache
from importlib import resources


def listed(key: str) -> frozenset[str]:
    """The words under a key. Raises KeyError where there is none."""
    return _table()[key]


@cache
def _table() -> dict[str, frozenset[str]]:
    text = (resources.files("briefer.verify") / "data" / "listed.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {key: frozenset(words.split()) for key, words in rows}
