"""Noun phrases that belong together: those that are co-ordinated, and those that stand in brackets behind another.

In: a piece that is a noun phrase, and what follows it. Out: its `Group`; the pieces of the group are read over.
"""

from briefer.reading.phrases import Group, Noun
from briefer.reading.pieces import Piece, Pieces


class Lists:
    """Reads groups of noun phrases; keeps all of them, and what brackets set beside them, by the token of its head."""

    def __init__(self, pieces: Pieces) -> None:
        self.pieces = pieces
        self.nouns: list[Noun] = []
        self.apposed: dict[int, Group] = {}

    def group(self, piece: Piece, *, subject: bool, clause_open: bool) -> Group:
        """The noun phrase and those co-ordinated with it: "A", "A and B", "A, B and C".

        `subject` says that the group may be one, whatever verb follows; `clause_open` that a clause has its verb.
        """
        pieces = self.pieces
        group = [self._keep(piece)]
        while True:
            following, second = pieces.peek(), pieces.peek(1)
            if self._pairs(group[-1], following, second, subject=subject, clause_open=clause_open):
                pieces.advance(following)
            elif self._list_ends(following, second, len(group), subject=subject):
                pieces.advance(second)
            else:
                return tuple(group)
            group.append(self._keep(pieces.take()))

    def _keep(self, piece: Piece) -> Noun:
        noun = piece.noun
        self.nouns.append(noun)
        if inside := self.pieces.skip_aside():
            self.apposed[noun.head] = tuple(each.noun for each in inside)
        return noun

    def _pairs(
        self, noun: Noun, following: Piece | None, second: Piece | None, *, subject: bool, clause_open: bool
    ) -> bool:
        """Whether "and" or the comma of a list, and what comes after it, go on with this group."""
        if second is None or second.kind != "N":
            return False
        if self.pieces.is_a(following, "S", "C"):
            return self._alike(noun, second) and (subject or not self._opens_clause(2))
        return self.pieces.is_a(following, "Y", ",") and self._list_ahead(noun, clause_open=clause_open)

    def _alike(self, noun: Noun, piece: Piece) -> bool:
        """A bare number and a noun are no pair ("a woman of 60 and her grandson")."""
        tags = self.pieces.tags
        return (tags[noun.head] == "Q") == (tags[piece.last - 1] == "Q")

    def _list_ends(self, following: Piece | None, second: Piece | None, members: int, *, subject: bool) -> bool:
        """The comma before the last co-ordinator: "A, B, and C"."""
        is_a = self.pieces.is_a
        if not (is_a(following, "Y", ",") and is_a(second, "S", "C") and is_a(self.pieces.peek(2), "N")):
            return False
        return members > 1 and (subject or not self._opens_clause(3))

    def _opens_clause(self, ahead: int) -> bool:
        """Whether the noun phrase before `ahead` is the subject of a clause of its own."""
        pieces = self.pieces
        while pieces.is_a(pieces.peek(ahead), "P") and pieces.is_a(pieces.peek(ahead + 1), "N"):
            ahead += 2
        return pieces.looks_finite(ahead)

    def _list_ahead(self, before: Noun, *, clause_open: bool) -> bool:
        """Whether a comma starts a list (A, B and C), found by its co-ordinator, and not an apposition or a new clause.

        The members of a list are of one kind: names with names, counts with counts. Those of a would-be list that a
        verb of saying follows in an open clause are speakers.
        """
        pieces, tags = self.pieces, self.pieces.tags
        ahead = 1
        while (member := pieces.peek(ahead)) is not None and member.kind == "N":
            if tags[member.last - 1] != tags[before.head]:
                return False
            comma = pieces.is_a(pieces.peek(ahead + 1), "Y", ",")
            last = ahead + 3 if comma else ahead + 2
            if pieces.is_a(pieces.peek(last - 1), "S", "C") and (comma or pieces.is_a(pieces.peek(last), "N")):
                return pieces.is_a(pieces.peek(last), "N") and not (clause_open and pieces.speaks(last + 1))
            if not comma:
                return False
            ahead += 2
        return False
