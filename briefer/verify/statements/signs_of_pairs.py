"""Signs in what goes with what: a number, a time or a name that the source has, but with other words around it.

In: `Held`. Out: signs by name, 0 or 1. Lines are cut into stretches at their joints; of a stretch of the statement that
has a number, the stretch of the source that has most of its other words should have that number too, and not another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefer.verify.statements.differing import Piece, pieces
from briefer.verify.statements.held import Held, is_known
from briefer.verify.statements.lines import Line
from briefer.verify.statements.meanings import meanings

_JOINTS = frozenset(", ; : and but while whereas whom who which when after before although - – —".split())
_MUCH = 0.6
"""The share of a stretch's other words that the rival stretch must have."""
_MORE = 0.25
"""How much more of them it must have than any stretch with the same number."""
_FEWEST = 2
_LONG = 5
"""Words, numbers and times of a stretch in which a seam is looked for."""
_WHOLE = 0.7
"""The share of them that makes a line tell the whole stretch."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    pieces: tuple[Piece, ...]

    def of(self, sort: str) -> list[Piece]:
        """The numbers, days or names in it."""
        return [piece for piece in self.pieces if piece.sort == sort and _is_firm(piece)]

    @property
    def words(self) -> list[Piece]:
        """What else it says."""
        return [piece for piece in self.pieces if piece.sort in ("word", "verb", "name")]


def of_pairs(held: Held) -> dict[str, float]:
    """Whether a number, a day or a name goes with other words in the source."""
    mine = [stretch for stretch in _stretches(held.claim) if len(stretch.words) >= _FEWEST]
    told = [stretch for line in (*held.evidence.lines, *held.evidence.context[:2]) for stretch in _stretches(line)]
    return {
        f"{sort}_paired": float(any(_goes_otherwise(stretch, sort, told, held) for stretch in mine))
        for sort in ("number", "time", "name")
    }


def of_seams(held: Held) -> dict[str, float]:
    """Whether one stretch is joined of what two lines tell, and whether one is told nowhere while the others are."""
    mine = [stretch for stretch in _stretches(held.claim) if len(stretch.words) >= _FEWEST]
    return {"stitched": float(any(_is_stitched(stretch, held) for stretch in mine)), "untold": _untold(mine, held)}


def _is_stitched(mine: _Stretch, held: Held) -> bool:
    """Whether each of two lines has much of a stretch that the other lacks, and none has it all."""
    plain = [piece for piece in mine.pieces if piece.sort in ("word", "verb", "number", "time")]
    if len(plain) < _LONG or len(held.evidence.lines) < 2:
        return False
    there = [{at for at, piece in enumerate(plain) if _line_has(line, piece, held)} for line in held.evidence.lines]
    most = max(there, key=len)
    if len(most) > _WHOLE * len(plain):
        return False
    return any(len(other - most) >= _FEWEST and len(most - other) >= _FEWEST for other in there)


def _line_has(line: Line, piece: Piece, held: Held) -> bool:
    if piece.sort in ("number", "time"):
        return any(held.alike(piece, each) for each in pieces(line))
    return piece.key in line.keys or not meanings(piece.text.lower()).isdisjoint(line.meanings)


def _untold(mine: Sequence[_Stretch], held: Held) -> float:
    """How much less of one stretch is told than of all others together."""
    shares = [(_told_share(stretch, held), len(stretch.words)) for stretch in mine]
    if len(shares) < _FEWEST:
        return 0.0
    worst = min(shares)
    rest = [share for share in shares if share is not worst]
    others = sum(share * many for share, many in rest) / sum(many for _, many in rest)
    return max(0.0, others - worst[0]) if others >= _WHOLE and worst[1] > _FEWEST else 0.0


def _told_share(stretch: _Stretch, held: Held) -> float:
    known = held.evidence.page.keys | held.evidence.around
    words = stretch.words
    there = sum(
        piece.key in known
        or (piece.sort != "name" and not meanings(piece.text.lower()).isdisjoint(held.evidence.meanings))
        for piece in words
    )
    return there / len(words)


def _is_firm(piece: Piece) -> bool:
    return piece.sort != "time" or any(is_known(when) for when in piece.days)


def _stretches(line: Line) -> Iterator[_Stretch]:
    lower = line.clauses.tokens.lower
    joints = [at for at, word in enumerate(lower) if word in _JOINTS]
    found = pieces(line)
    first = 0
    for last in (*joints, len(lower)):
        inside = tuple(piece for piece in found if first <= piece.at < last)
        if inside:
            yield _Stretch(inside)
        first = last


def _goes_otherwise(mine: _Stretch, sort: str, told: Sequence[_Stretch], held: Held, *, absent: bool = False) -> bool:
    for piece in mine.of(sort):
        if piece.sort == "number" and held.is_worked_out(piece.at):
            continue
        rest = [word for word in mine.words if word is not piece]
        if len(rest) < _FEWEST:
            continue
        same = [each for each in told if any(held.alike(piece, other) for other in each.of(sort))]
        if sort == "name" and bool(same) is absent:
            continue  # a name that the lines only refer to is told by a pronoun there
        rivals = [each for each in told if each.of(sort) and not _has_any(mine.of(sort), each.of(sort), held)]
        own = max((_share(rest, each, held) for each in same), default=0.0)
        other = max((_share(rest, each, held) for each in rivals), default=0.0)
        if other >= _MUCH and other > own + _MORE:
            return True
    return False


def _has_any(mine: Sequence[Piece], told: Sequence[Piece], held: Held) -> bool:
    return any(held.alike(one, other) for one in mine for other in told)


def _share(words: Sequence[Piece], stretch: _Stretch, held: Held) -> float:
    """The share of some words that a stretch has, in any form or in words of the same meaning."""
    keys = {piece.key for piece in stretch.pieces}
    meant = frozenset().union(*(meanings(piece.text.lower()) for piece in stretch.words if piece.sort != "name"))
    there = sum(
        piece.key in keys or (piece.sort != "name" and not meanings(piece.text.lower()).isdisjoint(meant))
        for piece in words
    )
    return there / len(words)
