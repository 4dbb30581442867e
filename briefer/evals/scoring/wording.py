"""How alike two sentences are where their content is in words: a claim's and the reference's in, a `Likeness` out."""

from enum import StrEnum

from briefer.evals.scoring.said import Said
from briefer.merge import keys

_ALIKE, _NEAR = 0.6, 0.34
"""Shares of a claim's content words that the reference or its evidence has; a paraphrase of a clause keeps a third."""
_NO = frozenset(
    "not no never nobody none neither nor without cannot denied denies deny refused refuses rejected rejects failed "
    "fails stopped yet".split()
)


class Likeness(StrEnum):
    """How much of a claim's wording the reference carries."""

    ALIKE = "alike"
    NEAR = "near"
    OTHER = "other"


def wording(said: Said, reference: Said) -> Likeness:
    """Numbers and noes must be the reference's or its evidence's; of other words a share must."""
    theirs = set(keys.words(reference.text)).union(*(cite.split() for cite in reference.cites))
    mine = set(keys.words(said.text))
    numbers = {word for word in mine if any(letter.isdigit() for letter in word)}
    if numbers - theirs or (mine & _NO and not theirs & _NO):
        return Likeness.OTHER
    known = {_stem(word) for word in theirs}
    content = [word for word in keys.content(said.text) if word not in numbers]
    share = sum(_stem(word) in known for word in content) / len(content) if content else 1.0
    return Likeness.ALIKE if share >= _ALIKE else Likeness.NEAR if share >= _NEAR else Likeness.OTHER


def _stem(word: str) -> str:
    """A word without its common endings, for inflected forms of it."""
    for ending in ("ations", "ation", "ments", "ment", "ings", "ing", "ed", "es", "s", "d", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
