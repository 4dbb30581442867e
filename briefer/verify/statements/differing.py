"""Where a statement repeats a line of a source and differs from it: what was put for what, put in, and left out.

In: a statement's `Line` and a line of its evidence. Out: `Difference`s between stretches that both have. A statement in
other words shares no such stretches, and has none; one that copies its source and changes a word is caught by the word.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from briefer.types import When
from briefer.verify.statements.keys import key
from briefer.verify.statements.lines import Line

_SKIPPED = frozenset("the a an , ; : ( ) \" “ ” ' ’ ‘ . - – — 's that".split())
_NEAR = 2
"""Tokens beside a difference of which some must be common to both: else the two have nothing to do with one another."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A token or an expression of a line as it is compared: `key` for comparing, `sort` for what it is.

    Sorts: name, number, time, word (says something), verb, other (a word of a closed class).
    """

    key: str
    sort: str
    text: str
    at: int
    days: tuple[When, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Between what both have stand `mine` in the statement and `theirs` in the source; either may be empty.

    `anchored` is the number of tokens common to both right before and right behind, together.
    """

    mine: tuple[Piece, ...]
    theirs: tuple[Piece, ...]
    anchored: int


@lru_cache(maxsize=4096)
def pieces(line: Line) -> tuple[Piece, ...]:
    """A line as it is compared."""
    return tuple(_pieces(line))


def _pieces(line: Line) -> Iterator[Piece]:
    tokens, tags = line.clauses.tokens, line.clauses.tags
    base = tokens.starts[0] if len(tokens) else 0
    spans: dict[int, tuple[int, Piece]] = {}
    for time, when, ahead in zip(line.times, line.days, line.days_ahead, strict=True):
        inside = [i for i, start in enumerate(tokens.starts) if time.start <= start - base < time.end]
        if inside:
            known = f"@{when.start}/{when.end}/{when.part}" if when.start or when.end else f"@{time.as_written.lower()}"
            spans[inside[0]] = (inside[-1] + 1, Piece(known, "time", time.as_written, inside[0], (when, ahead)))
    for amount in line.amounts:
        number = amount.number
        inside = [i for i, start in enumerate(tokens.starts) if number.start <= start - base < number.end]
        if inside and inside[0] not in spans:
            known = f"#{number.low}/{number.best}/{number.high}/{number.unit}"
            spans[inside[0]] = (inside[-1] + 1, Piece(known, "number", number.as_written, inside[0]))
    at = 0
    while at < len(tokens):
        if at in spans:
            at, piece = spans[at]
            yield piece
            continue
        lower = tokens.lower[at]
        if lower not in _SKIPPED:
            found = key(at, line.clauses)
            sort = "name" if found.startswith("=") else "other" if not found or found == "?" else _sort(tags[at])
            yield Piece(found if found and found != "?" else lower, sort, tokens.words[at], at)
        at += 1


def _sort(tag: str) -> str:
    return "verb" if tag in "vzdpg" else "word"


def differences(
    claim: Sequence[Piece], told: Sequence[Piece], alike: Callable[[Piece, Piece], bool]
) -> tuple[list[Difference], int]:
    """How two lines differ between what they have in common, and how many pieces they have in common in order."""
    mine = [_known_as(piece, told, alike) for piece in claim]
    matcher = SequenceMatcher(None, mine, [piece.key for piece in told], autojunk=False)
    codes = matcher.get_opcodes()
    common = sum(i2 - i1 for tag, i1, i2, _, _ in codes if tag == "equal")
    found = []
    for at, (tag, i1, i2, j1, j2) in enumerate(codes):
        if tag == "equal":
            continue
        before = codes[at - 1][2] - codes[at - 1][1] if at else 0
        behind = codes[at + 1][2] - codes[at + 1][1] if at + 1 < len(codes) else 0
        found.append(Difference(tuple(claim[i1:i2]), tuple(told[j1:j2]), min(before, _NEAR) + min(behind, _NEAR)))
    return found, common


def _known_as(piece: Piece, told: Sequence[Piece], alike: Callable[[Piece, Piece], bool]) -> str:
    """The key of the piece of the source that says the same, its own where there is none."""
    keys = {each.key for each in told}
    if piece.key in keys or piece.sort == "other":
        return piece.key
    return next((each.key for each in told if each.sort != "other" and alike(piece, each)), piece.key)
