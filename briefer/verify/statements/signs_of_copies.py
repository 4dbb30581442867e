"""Signs in a near copy: what was changed in words that are else the source's. In: `Held`. Out: signs, 0 or 1."""

import re
from collections.abc import Sequence

from briefer.types import When
from briefer.verify.statements.differing import Difference, Piece, pieces
from briefer.verify.statements.held import Held, is_known, overlap
from briefer.verify.statements.listed import listed
from briefer.verify.statements.meanings import are_alike, are_opposed, meanings

_MODAL = listed("modals")
_NOT = frozenset("not no n't never neither nor cannot".split())
_LIKE_NOT = _NOT | frozenset(
    """without none nobody nothing only except fail fails failed refuse refused refuses lack lacks lacked unable yet
    hardly""".split()
)
WEAK = listed("careful")
_SMALL = 5
"""Pieces that a near copy changes in one place at most."""
_LARGE = 8
_COPY = 0.4
"""The share of a statement that the nearest line has in the same order, for it to be a copy that was changed."""
_FIRM, _LOOSE = 3, 2
"""Tokens common to both beside a change for it to be one in a copy."""


def of_copies(held: Held) -> dict[str, float]:
    """What a near copy puts, leaves out and moves; a statement in words of its own has no such signs."""
    if held.copied < _COPY:
        return {}
    loose = [each for each in held.differences if each.anchored >= _LOOSE and _size(each) <= _LARGE]
    return _changes([each for each in loose if each.anchored >= _FIRM and _size(each) <= _SMALL], loose, held)


def _changes(small: Sequence[Difference], tight: Sequence[Difference], held: Held) -> dict[str, float]:
    put = [(each, piece) for each in small for piece in each.mine if not _is_known(piece, held)]
    found = {
        "put_name": any(piece.sort == "name" and _has(each.theirs, "name") for each, piece in put),
        "added_name": any(piece.sort == "name" and not _has(each.theirs, "name") for each, piece in put),
        "put_number": any(piece.sort == "number" and _has(each.theirs, "number") for each, piece in put),
        "added_number": any(_is_exact(piece) and not _has(each.theirs, "number") for each, piece in put),
        "put_time": any(piece.sort == "time" and _has(each.theirs, "time") for each, piece in put),
        "added_time": any(
            piece.sort == "time" and not _has(each.theirs, "time") and not _is_near(piece, held) for each, piece in put
        ),
        "put_word": any(piece.sort == "word" and _has(each.theirs, "word") for each, piece in put),
        "put_opposed": any(_is_opposed(each) for each in tight),
        "borrowed": any(
            _is_borrowed(piece, held) and _has(each.theirs, piece.sort) for each in small for piece in each.mine
        ),
        "from_other_line": any(
            _is_borrowed(piece, held) and not _has(each.theirs, piece.sort) for each in small for piece in each.mine
        ),
        "moved_name": any(_is_moved(each, "name", held) for each in tight),
        "moved_number": any(_is_moved(each, "number", held) for each in tight),
        "moved_time": any(_is_moved(each, "time", held) for each in tight),
        "left_modal": any(_left(each, _MODAL) for each in tight),
        "left_not": any(_left(each, _NOT) for each in tight) and not _says_not(held.claim.lower),
        "put_not": any(_put(each, _NOT) for each in tight) and not _says_not(held.evidence.base.lower),
        "left_hedge": any(_left(each, WEAK) for each in tight) and not _hedges(held),
        "left_time": any(
            any(t.sort == "time" and _is_dated(t) for t in each.theirs) and not _has(each.mine, "time")
            for each in small
        ),
        "left_name": any(_has(each.theirs, "name") and not _has(each.mine, "name") for each in small),
        "exchanged": _are_exchanged(tight),
    }
    return {name: float(value) for name, value in found.items()}


def _is_near(piece: Piece, held: Held) -> bool:
    """Whether a day is that of the article, or one that the lines before name."""
    written = held.evidence.page.written
    near = [when for line in held.evidence.context for when in (*line.days, *line.days_ahead)]
    days = [*near, When(start=written, end=written)] if written else near
    return any(overlap(mine, told) for mine in piece.days for told in days)


def _says_not(words: frozenset[str]) -> bool:
    """Whether words deny something, in a word of denial or in one like "unhurt"."""
    return not words.isdisjoint(_LIKE_NOT) or any(_UN.fullmatch(word) for word in words)


_UN = re.compile(r"un(?!it|ion|ive|ti|de|ia|ma|re|lo|co|it)[a-z]{3,}|in(?:ability|able|active|capable)|\w+less")


def _hedges(held: Held) -> bool:
    """Whether the statement has a careful word of its own ("a section of")."""
    left = [word for word in held.evidence.base.lower & WEAK if meanings(word)]
    return any(are_alike(word, other.text.lower()) for word in left for other in held.claim.words)


def _size(each: Difference) -> int:
    return max(len(each.mine), len(each.theirs))


def _has(side: tuple[Piece, ...], *sorts: str) -> bool:
    return any(piece.sort in sorts for piece in side)


def _is_exact(piece: Piece) -> bool:
    """Whether it is a number that names one value, as "several" does not."""
    return piece.sort == "number" and "/None/" not in piece.key


def _is_dated(piece: Piece) -> bool:
    """Whether a time has a day: "ten weeks later" may be any."""
    return piece.sort != "time" or any(is_known(when) for when in piece.days)


def _is_known(piece: Piece, held: Held) -> bool:
    """Whether the evidence has it elsewhere."""
    if piece.sort == "other" or not _is_dated(piece):
        return True
    if piece.sort == "number" and held.is_worked_out(piece.at):
        return True
    if piece.sort in ("number", "time"):
        return any(held.alike(piece, each) for line in held.evidence.lines for each in pieces(line))
    if piece.key in held.evidence.keys:
        return True
    return piece.sort != "name" and not meanings(piece.text.lower()).isdisjoint(held.evidence.meanings)


def _is_borrowed(piece: Piece, held: Held) -> bool:
    """Whether only another line has it: a name or number that the copied sentence is not about."""
    if piece.sort not in ("name", "number") or len(held.evidence.lines) == 1:
        return False
    in_base = any(held.alike(piece, each) for each in pieces(held.evidence.base))
    return not in_base and any(held.alike(piece, each) for line in held.evidence.lines[1:] for each in pieces(line))


def _is_opposed(each: Difference) -> bool:
    words = [[piece for piece in side if piece.sort in ("word", "verb")] for side in (each.mine, each.theirs)]
    return any(are_opposed(one.text.lower(), other.text.lower()) for one in words[0] for other in words[1])


def _is_moved(each: Difference, sort: str, held: Held) -> bool:
    """Whether another of its sort stands in its place."""
    mine = [
        piece for piece in each.mine if piece.sort == sort and not held.is_worked_out(piece.at) and _is_dated(piece)
    ]
    theirs = [piece for piece in each.theirs if piece.sort == sort and _is_dated(piece)]
    return bool(mine and theirs) and not any(held.alike(a, b) for a in mine for b in theirs)


def _are_exchanged(found: Sequence[Difference]) -> bool:
    """Whether two words of the source stand in each other's place."""
    sides = [
        (
            {piece.key for piece in each.mine if piece.sort != "other"},
            {piece.key for piece in each.theirs if piece.sort != "other"},
        )
        for each in found
        if _size(each) <= _LARGE
    ]
    return any(
        (one[0] & other[1]) - one[1] and (other[0] & one[1]) - other[1]
        for at, one in enumerate(sides)
        for other in sides[at + 1 :]
    )


def _left(each: Difference, words: frozenset[str]) -> bool:
    return _says(each.theirs, words) and not _says(each.mine, words)


def _put(each: Difference, words: frozenset[str]) -> bool:
    return _says(each.mine, words) and not _says(each.theirs, words)


def _says(side: tuple[Piece, ...], words: frozenset[str]) -> bool:
    return any(piece.text.lower() in words for piece in side)
