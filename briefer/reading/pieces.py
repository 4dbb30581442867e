"""A sentence cut into pieces: noun phrases, verb groups, prepositions, joints and marks, and a cursor that reads them.

In: `Tokens` and their tags. Out: `Pieces`, in the order of the sentence.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from briefer.reading.phrases import Noun
from briefer.reading.tokens import Tokens
from briefer.reading.verbs import REPORTING, base_form, takes_object

_PIECE = re.compile(
    r"(?P<N>(?:TA)?(?:[DJA]|Q(?=[DJQNER])|r+(?=[QD])|R(?=J))*[NEQ](?:(?:A[JQT]*|[JQ](?=[JQNE]))*[NEQ])*|U|D)"
    r"|(?P<V>(?:[MBHO][RXT]*)+[vdpg]?|[vdzpg])"
    r"|(?P<P>P+)|(?P<S>[tCWK])|(?P<T>T+)|(?P<Y>[,;()\"\-.])|(?P<R>.)",
)
DESCRIBES = frozenset("locate base situate call name dub know back".split())
"""Verbs whose bare past form right behind a noun describes it ("the group called X")."""


class Piece(NamedTuple):
    """Tokens `first` to before `last`.

    Kinds: N noun phrase, V verb group, P preposition, S joint of clauses, T time, Y mark, R the rest.
    """

    kind: str
    first: int
    last: int

    @property
    def noun(self) -> Noun:
        """The piece as a noun phrase, whose last token is its head."""
        return Noun(self.first, self.last, self.last - 1)


class Pieces:
    """The pieces of a sentence; `at` is the one that is read next."""

    def __init__(self, tokens: Tokens, tags: str) -> None:
        self.tokens = tokens
        self.tags = tags
        self.at = 0
        self._all: list[Piece] = []
        self._solid: list[Piece] = []  # those that are no adverb or time
        self._before = [0]  # how many of those stand before each piece, and before the end
        for match in _PIECE.finditer(tags):
            piece = Piece(match.lastgroup or "R", *match.span())
            self._all.append(piece)
            if piece.kind not in "RT":
                self._solid.append(piece)
            self._before.append(len(self._solid))

    # ── reading ──

    def read(self) -> Iterator[Piece]:
        """Each piece that nobody has advanced over."""
        while self.at < len(self._all):
            piece = self._all[self.at]
            self.at += 1
            yield piece

    def advance(self, piece: Piece | None) -> None:
        """Read on behind a piece that lies ahead."""
        while self._all[self.at] is not piece:
            self.at += 1
        self.at += 1

    def take(self) -> Piece:
        """The next piece, read over."""
        piece = self.peek()
        assert piece is not None
        self.advance(piece)
        return piece

    def skip_brackets(self) -> list[Piece]:
        """Read on to the closing bracket; what stands before it."""
        start = self.at
        while self.at < len(self._all) and self.tags[self._all[self.at].first] != ")":
            self.at += 1
        return self._all[start : self.at]

    def skip_aside(self) -> list[Piece]:
        """Read on behind brackets that open right here; the noun phrases in them."""
        if self.at >= len(self._all) or not self.is_a(self._all[self.at], "Y", "("):
            return []
        self.at += 1
        inside = self.skip_brackets()
        self.at = min(self.at + 1, len(self._all))
        return [piece for piece in inside if piece.kind == "N"]

    # ── looking ──

    def is_a(self, piece: Piece | None, kind: str, tags: str = "") -> bool:
        """Whether there is such a piece, of this kind and with one of these tags at its head."""
        return piece is not None and piece.kind == kind and (not tags or self.tags[piece.first] in tags)

    def words(self, piece: Piece) -> str:
        """The lower-case words of a piece."""
        return " ".join(self.tokens.lower[piece.first : piece.last])

    def peek(self, ahead: int = 0) -> Piece | None:
        """The piece `ahead` of the next one, adverbs and times looked through."""
        at = self._before[self.at] + ahead
        return self._solid[at] if at < len(self._solid) else None

    def behind(self, back: int = 1) -> Piece | None:
        """The piece `back` before the one that was just read, None before the first."""
        at = self.at - 1 - back
        return self._all[at] if at >= 0 else None

    def phrases_ahead(self) -> int:
        """How many pieces the prepositional phrases and co-ordinated noun phrases that come next take."""
        ahead = 0
        while self.is_a(self.peek(ahead + 1), "N"):
            opening = self.peek(ahead)
            if not self.is_a(opening, "P") and not self.is_a(opening, "S", "C"):
                break
            ahead += 2
        return ahead

    def speaks(self, ahead: int) -> bool:
        """Whether a verb of saying stands there."""
        piece = self.peek(ahead)
        if piece is None or piece.kind != "V":
            return False
        return base_form(self.tokens.lower[piece.last - 1], self.tags[piece.last - 1]) in REPORTING

    def looks_finite(self, ahead: int) -> bool:
        """Whether a verb group that heads a clause stands there, as far as it and what follows tell."""
        piece, following = self.peek(ahead), self.peek(ahead + 1)
        if piece is None or piece.kind != "V":
            return False
        form = self.tags[piece.last - 1]
        if piece.last - piece.first > 1 or form in "zBMHO":
            return True
        if form in "gv":
            return form == "v"
        lemma = base_form(self.tokens.lower[piece.last - 1], form)
        if lemma in DESCRIBES:
            return False
        return not takes_object(lemma) or (following is not None and following.kind in "NSK")

    def finite_ahead(self) -> bool:
        """Whether another finite verb comes before any new subject, so that the one just read was none."""
        after_preposition = False
        for piece in self._all[self.at :]:
            if piece.kind == "V":
                return self._is_finite(piece)
            if piece.kind == "S" or self.is_a(piece, "Y", ',;.-"'):
                return False
            if piece.kind == "N" and not after_preposition:
                return False
            after_preposition = piece.kind == "P"
        return False

    def clause_ahead(self) -> bool:
        """Whether what follows "after" or "since" is a clause: a finite verb stands before the next mark or joint."""
        for piece in self._all[self.at :]:
            if piece.kind == "Y" or self.is_a(piece, "S", "KW"):
                return False
            if piece.kind == "V":
                return self._is_finite(piece)
        return False

    def _is_finite(self, piece: Piece) -> bool:
        return self.tags[piece.last - 1] != "g" and self.tags[piece.first - 1 : piece.first] != "t"

    def noun_behind_comma(self) -> Noun | None:
        """The first noun phrase ahead that stands right behind a comma."""
        ahead = self._all[self.at :]
        for mark, piece in pairwise(ahead):
            if self.is_a(mark, "Y", ",") and piece.kind == "N":
                return piece.noun
        return None
