"""A shallow parser: the verbs of a sentence with who does it, to what, and where.

In: `Tokens` and their tags (`tags.tag`). Out: `Clauses`: every verb group as a `Verb` with its subject, objects
and prepositional phrases as groups of noun phrases, its auxiliaries, and the verb that governs it; and the noun
phrases in order with the phrases that hang on them, for events that are told as nouns ("the capture of X by Y").

One pass from left to right with one clause open and a stack of interrupted ones. It prefers no subject to a
wrong one: an agent that is missed costs a claim, an agent that is swapped tells a lie.
"""

from briefer.reading.deeds import with_deeds
from briefer.reading.lists import Lists
from briefer.reading.open_clause import OpenClause
from briefer.reading.phrases import BEARINGS, Clauses, Group, Link, Phrase
from briefer.reading.pieces import Piece, Pieces
from briefer.reading.tokens import Tokens
from briefer.reading.verb_groups import VerbGroups

_ALSO_PREPOSITIONS = ("after", "before", "since", "until", "till")
_OF_NO_NOUN = ("how", "why", "what", "whatever")
_OF_PEOPLE = ("who", "whose", "whom")


def parse(tokens: Tokens, tags: str) -> Clauses:
    """Read one sentence."""
    return _Reader(Pieces(tokens, with_deeds(tokens, tags))).read()


class _Reader:
    """One left-to-right reading."""

    def __init__(self, pieces: Pieces) -> None:
        self.pieces = pieces
        self.clause = OpenClause()
        self.lists = Lists(pieces)
        self.groups = VerbGroups(pieces, self.clause)
        self.hanging: dict[int, list[Phrase]] = {}

    def read(self) -> Clauses:
        for piece in self.pieces.read():
            match piece.kind:
                case "N":
                    self._noun(piece)
                case "V":
                    self.groups.read(piece)
                case "P":
                    self._preposition(piece)
                case "S":
                    self._joint(piece)
                case "Y":
                    self._mark(piece)
                case _:
                    pass
        for verb in self.groups.verbs:
            # "..., said a resident": the speaker stands behind the verb.
            if verb.reports and not verb.subject and verb.objects and not verb.passive:
                # Of "a fighter, Ahmed, back from X, told Reuters" it is the opening that tells.
                verb.subject = (min(self.lists.nouns),) if verb.lemma == "tell" else verb.objects
                verb.objects = ()
        return Clauses(
            tokens=self.pieces.tokens,
            tags=self.pieces.tags,
            verbs=tuple(self.groups.verbs),
            nouns=tuple(self.lists.nouns),
            hanging={head: tuple(phrases) for head, phrases in self.hanging.items()},
            apposed=self.lists.apposed,
        )

    # ── noun phrases ──

    def _noun(self, piece: Piece) -> None:
        clause = self.clause
        subject = (clause.verb is None or clause.comma) and clause.finite is None
        reported = clause.verb is not None and clause.verb.reports and not clause.comma and not clause.verb.objects
        group = self.lists.group(piece, subject=subject or reported, clause_open=clause.finite is not None)
        if clause.comma and (self._apposes(group) or self._is_bearing(group)):
            return
        clause.latest = clause.nearest = group
        if self._is_bare_relative(group):
            return
        if clause.verb is not None and not clause.comma and not clause.verb.objects and not clause.joined:
            clause.verb.objects = group
        clause.candidate = group
        clause.joined = False

    def _is_bearing(self, group: Group) -> bool:
        """Whether it only says where ("..., south of Benghazi, ..."), and has no role of its own."""
        bearing = self.pieces.tokens.lower[group[-1].head] in BEARINGS
        return bearing and self.pieces.is_a(self.pieces.peek(), "P")

    def _is_bare_relative(self, group: Group) -> bool:
        """A pronoun right behind a noun phrase opens a clause about it ("positions they seized")."""
        pieces, clause, before = self.pieces, self.clause, self.pieces.behind()
        if pieces.tags[group[0].head] != "U" or before is None or before.kind != "N":
            return False
        if not pieces.is_a(pieces.peek(), "V") or clause.finite is None:
            return False
        clause.antecedent = (before.noun,)
        clause.waiting.append(())
        clause.link, clause.opener, clause.candidate = Link.RELATIVE, "which", group
        return True

    def _apposes(self, group: Group) -> bool:
        """What is set between commas behind a noun phrase is no new subject ("X, the rebel stronghold, ...")."""
        clause = self.clause
        governed = clause.finite is not None and clause.verb is not None and not clause.verb.objects
        if not clause.latest or governed:
            return False
        closing = ",-." if clause.finite is not None else ",-"
        ahead = self.pieces.phrases_ahead()
        if not self.pieces.is_a(self.pieces.peek(ahead), "Y", closing) or self._names_speaker(ahead):
            return False
        if not clause.candidate and self._only_relative():
            return False  # "In an operation that ..., fighters of X, ...": the sentence has no subject yet
        self.lists.apposed[clause.latest[-1].head] = group
        return clause.candidate == clause.latest or clause.finite is not None

    def _only_relative(self) -> bool:
        relative = all(verb.link is Link.RELATIVE for verb in self.groups.verbs)
        return relative and self.clause.link is Link.RELATIVE

    def _names_speaker(self, comma: int) -> bool:
        """Whether its apposition follows: in "..., the spokesman of the Front, Samed Orzun, said" the first speaks."""
        pieces = self.pieces
        apposed = pieces.is_a(pieces.peek(comma + 1), "N") and pieces.is_a(pieces.peek(comma + 2), "Y", ",")
        return apposed and self.clause.finite is not None and pieces.speaks(comma + 3)

    # ── prepositional phrases ──

    def _preposition(self, piece: Piece) -> None:
        following = self.pieces.peek()
        if following is None:
            return
        if following.kind == "V" and self.pieces.tags[following.last - 1] == "g":
            self.clause.opener = self.pieces.words(piece)
        elif following.kind == "N":
            self._phrase(self.pieces.words(piece), piece.first)

    def _phrase(self, word: str, first: int) -> None:
        clause = self.clause
        if word in _ALSO_PREPOSITIONS and self.pieces.clause_ahead():
            clause.subordinate(word)
            return
        # Phrases of place and agent pile up behind their noun; keep their order for nominal events.
        before = clause.nearest[-1:] if word == "of" else (*clause.latest[-1:], *clause.nearest[-1:])
        finite = clause.finite is not None
        subject = not finite and clause.verb is None
        group = self.lists.group(self.pieces.take(), subject=subject, clause_open=finite)
        # "A city west of Tripoli held by rebels": what follows describes the city.
        bearing = word == "of" and self.pieces.tokens.lower[first - 1] in BEARINGS
        clause.nearest = (clause.latest or group) if bearing else group
        phrase = Phrase(word, group, first)
        for noun in dict.fromkeys(before):
            self.hanging.setdefault(noun.head, []).append(phrase)
        if clause.verb is not None and (not clause.comma or (finite and not clause.candidate)):
            clause.verb.phrases.append(phrase)
        else:
            clause.fronted.append(phrase)

    # ── joints between clauses ──

    def _joint(self, piece: Piece) -> None:
        clause, word = self.clause, self.pieces.tokens.lower[piece.first]
        match self.pieces.tags[piece.first]:
            case "t":
                self._to(piece)
            case "C":
                clause.joined = clause.paired = True
                if clause.finite is not None:
                    clause.candidate = ()
            case "W" | "K" if word == "that" and self.groups.takes_back():
                # Who spread the report, and its commas, stand between the denial and what is denied.
                clause.verb, clause.comma = clause.finite, False
                clause.subordinate(word)
            case "W" if word not in _OF_NO_NOUN and clause.nearest:
                people = word in _OF_PEOPLE and self.pieces.tags[clause.nearest[-1].head] == "E"
                clause.relative(word, clause.latest if people and clause.latest else clause.nearest)
            case _:
                clause.subordinate(word)

    def _to(self, piece: Piece) -> None:
        following = self.pieces.peek()
        if self.pieces.is_a(following, "V"):
            self.clause.opener = "to"
        elif self.pieces.is_a(following, "N"):
            self._phrase("to", piece.first)

    def _mark(self, piece: Piece) -> None:
        clause = self.clause
        match self.pieces.tags[piece.first]:
            case ";":
                clause.close()
            case "(":
                self.pieces.skip_brackets()
            case '"' if clause.opener and clause.finite is None and not clause.candidate:
                pass  # a quotation that opens right behind "that" is still its clause
            case "," | "-" | '"' as mark:
                clause.pause(quotes=mark == '"')
                before = self.pieces.behind()
                if mark == '"' and before is not None and self.pieces.tags[before.first] == ",":
                    clause.unquote()
            case _:
                pass
