"""How alike two sentences are where their content is in words: a claim's and the reference's in, a `Likeness` out."""

from enum import StrEnum
from functools import lru_cache
from importlib import resources

from briefer.evals.scoring.said import Said
from briefer.merge import keys

_ALIKE, _NEAR = 0.6, 0.34
"""Shares of a claim's content words that the reference or its evidence has; a paraphrase of a clause keeps a third."""


class Likeness(StrEnum):
    """How much of a claim's wording the reference carries."""

    ALIKE = "alike"
    NEAR = "near"
    OTHER = "other"


@lru_cache(maxsize=1)
def _deciding() -> dict[str, frozenset[str]]:
    text = (resources.files("briefer.evals.scoring") / "data" / "deciding.txt").read_text(encoding="utf-8")
    rows = (row.partition(":") for row in text.splitlines() if not row.startswith("#"))
    return {sort: frozenset(words.split()) for sort, _, words in rows}


def wording(said: Said, reference: Said) -> Likeness:
    """Numbers and the words that decide must be the reference's or its evidence's; of other words a share must."""
    cites = reference.cites | (said.cites if said.cites & reference.cites else frozenset())
    theirs = set(keys.words(reference.text)).union(*(cite.split() for cite in cites))
    mine = set(keys.words(said.text))
    numbers = {word for word in mine if any(letter.isdigit() for letter in word)}
    if numbers - theirs or _decides(mine, theirs):
        return Likeness.OTHER
    known = {_stem(word) for word in theirs}
    content = [word for word in keys.content(said.text) if word not in numbers]
    share = sum(_stem(word) in known for word in content) / len(content) if content else 1.0
    return Likeness.ALIKE if share >= _ALIKE else Likeness.NEAR if share >= _NEAR else Likeness.OTHER


def _decides(mine: set[str], theirs: set[str]) -> bool:
    """Whether a word decides that the other side does not have: of a no, any other no will do."""
    sorts = _deciding()
    if mine & sorts["no"] and not theirs & sorts["no"]:
        return True
    return any((mine & sorts[sort]) - theirs for sort in ("bound", "day", "month", "part"))


def told_time(written: str, cites: frozenset[str]) -> bool:
    """Whether words of time ("late on Monday") are those of the sentences cited, where these have such words."""
    sorts = _deciding()
    theirs = set().union(*(cite.split() for cite in cites)) if cites else set()
    return not any(
        (set(keys.words(written)) & sorts[sort]) - theirs and theirs & sorts[sort] for sort in ("day", "month", "part")
    )


def has_time(written: str, cites: frozenset[str]) -> bool:
    """Whether the sentences cited have all that words of time tell: day, month and part of the day."""
    sorts = _deciding()
    theirs = {word for cite in cites for word in cite.split()}
    mine = set(keys.words(written))
    return not any(mine & sorts[sort] - theirs for sort in ("day", "month", "part"))


def _stem(word: str) -> str:
    """A word without its common endings, for inflected forms of it."""
    for ending in ("ations", "ation", "ments", "ment", "ings", "ing", "ed", "es", "s", "d", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
