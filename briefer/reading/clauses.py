"""A shallow parser: the verbs of a sentence with who does it, to what, and where.

In: `Tokens` and their tags (`tags.tag`). Out: `Clauses`: every verb group as a `Verb` with its subject, objects
and prepositional phrases as groups of noun phrases, its auxiliaries, and the verb that governs it; and the noun
phrases in order with the phrases that hang on them, for events that are told as nouns ("the capture of X by Y").

One pass from left to right with one clause open and a stack of interrupted ones. It prefers no subject to a
wrong one: an agent that is missed costs a claim, an agent that is swapped tells a lie.
"""

import re
from typing import NamedTuple

from briefer.reading.phrases import BEARINGS, Clauses, Group, Link, Noun, Phrase, Verb, agents
from briefer.reading.tokens import Tokens
from briefer.reading.verbs import OBJECT_CONTROL, REPORTING, base_form, is_participle, takes_object

_PIECE = re.compile(
    r"(?P<N>(?:TA)?(?:[DJA]|Q(?=[DJQNER])|r+(?=[QD])|R(?=J))*[NEQ](?:(?:A[JQT]*|[JQ](?=[JQNE]))*[NEQ])*|U|D)"
    r"|(?P<V>(?:[MBHO][RXT]*)+[vdpg]?|[vdzpg])"
    r"|(?P<P>P+)|(?P<S>[tCWK])|(?P<T>T+)|(?P<Y>[,;()\"\-.])|(?P<R>.)",
)


class _Piece(NamedTuple):
    kind: str
    first: int
    last: int


def parse(tokens: Tokens, tags: str) -> Clauses:
    """Read one sentence."""
    return _Reader(tokens, tags).read()


class _Reader:
    """The state of one left-to-right reading."""

    def __init__(self, tokens: Tokens, tags: str) -> None:
        self.tokens = tokens
        self.tags = tags
        self.pieces: list[_Piece] = []
        self.solid: list[_Piece] = []  # those that are no adverb or time
        self.before = [0]  # how many of those stand before each piece, and before the end
        for match in _PIECE.finditer(tags):
            piece = _Piece(match.lastgroup or "R", *match.span())
            self.pieces.append(piece)
            if piece.kind not in "RT":
                self.solid.append(piece)
            self.before.append(len(self.solid))
        self.verbs: list[Verb] = []
        self.nouns: list[Noun] = []
        self.hanging: dict[int, list[Phrase]] = {}
        self.apposed: dict[int, Group] = {}
        self.at = 0
        self.candidate: Group = ()  # what the next finite verb's subject would be
        self.topic: Group = ()  # the subject that waits while a relative clause or aside is read
        self.waiting: list[Group] = []
        self.antecedent: Group = ()
        self.latest: Group = ()  # the last noun phrase read outside prepositional phrases
        self.nearest: Group = ()  # the last noun phrase read, whatever its role
        self.verb: Verb | None = None  # the verb whose right side is being read
        self.finite: Verb | None = None  # the last finite verb of the open clause
        self.main: Verb | None = None  # the last finite verb of all
        self.governor: Verb | None = None
        self.opener = ""
        self.joined = False  # a co-ordinator was just read
        self.comma = False  # a comma since the last verb
        self.fronted: list[Phrase] = []
        self.link = Link.MAIN

    # ── the pass ──

    def read(self) -> Clauses:
        while self.at < len(self.pieces):
            piece = self.pieces[self.at]
            self.at += 1
            match piece.kind:
                case "N":
                    self._noun(piece)
                case "V":
                    self._verb(piece)
                case "P":
                    self._preposition(piece)
                case "S":
                    self._joint(piece)
                case "Y":
                    self._mark(piece)
                case _:
                    pass
        for verb in self.verbs:
            # "..., said a resident": the speaker stands behind the verb.
            if verb.reports and not verb.subject and verb.objects and not verb.passive:
                verb.subject, verb.objects = verb.objects, ()
        frozen = {head: tuple(phrases) for head, phrases in self.hanging.items()}
        return Clauses(self.tokens, self.tags, tuple(self.verbs), tuple(self.nouns), frozen, self.apposed)

    def _word(self, piece: _Piece) -> str:
        return " ".join(self.tokens.lower[piece.first : piece.last])

    def _peek(self, ahead: int = 0) -> _Piece | None:
        """The piece `ahead` of the next one, adverbs and times looked through."""
        at = self.before[self.at] + ahead
        return self.solid[at] if at < len(self.solid) else None

    def _is(self, piece: _Piece | None, kind: str, tags: str = "") -> bool:
        return piece is not None and piece.kind == kind and (not tags or self.tags[piece.first] in tags)

    # ── noun phrases ──

    def _as_noun(self, piece: _Piece) -> Noun:
        head = piece.last - 1
        noun = Noun(piece.first, piece.last, head)
        self.nouns.append(noun)
        return noun

    def _group(self, piece: _Piece, *, subject: bool) -> Group:
        """The noun phrase and those co-ordinated with it: "A", "A and B", "A, B and C"."""
        group = [self._as_noun(piece)]
        self._brackets(group[-1])
        while True:
            following, second = self._peek(), self._peek(1)
            if self._pairs(group[-1], following, second, subject=subject):
                self._advance(following)
            elif self._list_ends(following, second, len(group), subject=subject):
                self._advance(second)
            else:
                return tuple(group)
            group.append(self._as_noun(self._take()))
            self._brackets(group[-1])

    def _pairs(self, noun: Noun, following: _Piece | None, second: _Piece | None, *, subject: bool) -> bool:
        """Whether "and" or the comma of a list, and what comes after it, go on with this group."""
        if not self._is(second, "N"):
            return False
        if self._is(following, "S", "C"):
            return self._alike(noun, second) and self._joins(2, subject=subject)
        return self._is(following, "Y", ",") and self._list_ahead(noun)

    def _alike(self, noun: Noun, piece: _Piece | None) -> bool:
        """A bare number and a noun are no pair ("a woman of 60 and her grandson")."""
        return piece is not None and (self.tags[noun.head] == "Q") == (self.tags[piece.last - 1] == "Q")

    def _list_ends(self, following: _Piece | None, second: _Piece | None, members: int, *, subject: bool) -> bool:
        """The comma before the last co-ordinator: "A, B, and C"."""
        if not (self._is(following, "Y", ",") and self._is(second, "S", "C") and self._is(self._peek(2), "N")):
            return False
        return members > 1 and self._joins(3, subject=subject)

    def _advance(self, piece: _Piece | None) -> None:
        while self.pieces[self.at] is not piece:
            self.at += 1
        self.at += 1

    def _take(self) -> _Piece:
        piece = self._peek()
        assert piece is not None
        self._advance(piece)
        return piece

    def _joins(self, ahead: int, *, subject: bool) -> bool:
        """Whether the noun phrase before `ahead` belongs to this group and is not the subject of a clause of its own."""
        if subject:
            return True
        index = ahead
        following = self._peek(index)
        while self._is(following, "P") and self._is(self._peek(index + 1), "N"):
            index += 2
            following = self._peek(index)
        return following is None or following.kind != "V" or not self._looks_finite(following, self._peek(index + 1))

    def _looks_finite(self, piece: _Piece, following: _Piece | None) -> bool:
        """Whether a verb group heads a clause, as far as it and what follows tell."""
        form = self.tags[piece.last - 1]
        if piece.last - piece.first > 1 or form in "zBMHO":
            return True
        if form in "gv":
            return form == "v"
        lemma = base_form(self.tokens.lower[piece.last - 1], form)
        if lemma in _DESCRIBES:
            return False
        return not takes_object(lemma) or (following is not None and following.kind in "NSK")

    def _list_ahead(self, before: Noun) -> bool:
        """Whether a comma starts a list (A, B and C), found by its co-ordinator, and not an apposition or a new clause.

        The members of a list are of one kind: names with names, counts with counts.
        """
        index = 1
        while (member := self._peek(index)) is not None and member.kind == "N":
            if self.tags[member.last - 1] != self.tags[before.head]:
                return False
            following = self._peek(index + 1)
            if self._is(following, "S", "C") and self._is(self._peek(index + 2), "N"):
                return not self._speaks(index + 3)
            if self._is(following, "Y", ",") and self._is(self._peek(index + 2), "S", "C"):
                return self._is(self._peek(index + 3), "N") and not self._speaks(index + 4)
            if not self._is(following, "Y", ","):
                return False
            index += 2
        return False

    def _speaks(self, ahead: int) -> bool:
        """Whether what follows a would-be list is a verb of saying in an open clause: then its members are speakers."""
        piece = self._peek(ahead)
        if piece is None or piece.kind != "V" or self.finite is None:
            return False
        return base_form(self.tokens.lower[piece.last - 1], self.tags[piece.last - 1]) in REPORTING

    def _brackets(self, noun: Noun) -> None:
        """Keep what stands in brackets behind a noun phrase as set beside it, and read on behind them."""
        opening = self.pieces[self.at] if self.at < len(self.pieces) else None
        if not self._is(opening, "Y", "("):
            return
        end = self.at + 1
        while end < len(self.pieces) and self.tags[self.pieces[end].first] != ")":
            end += 1
        inside = [piece for piece in self.pieces[self.at + 1 : end] if piece.kind == "N"]
        if inside:
            self.apposed[noun.head] = tuple(Noun(p.first, p.last, p.last - 1) for p in inside)
        self.at = min(end + 1, len(self.pieces))

    def _noun(self, piece: _Piece) -> None:
        in_subject = self.verb is None or self.comma
        group = self._group(piece, subject=in_subject and not self._clause_open())
        if self.comma and self._apposes(group):
            return
        if self.comma and self._is_bearing(group):
            return
        self.latest = self.nearest = group
        if self._is_bare_relative(group):
            return
        if self.verb is not None and not self.comma and not self.verb.objects and not self.joined:
            self.verb.objects = group
        self.candidate = group
        self.joined = False

    def _is_bearing(self, group: Group) -> bool:
        """ "..., south of Benghazi, ..." says where, and is no noun phrase with a role of its own."""
        return self.tokens.lower[group[-1].head] in BEARINGS and self._is(self._peek(), "P")

    def _is_bare_relative(self, group: Group) -> bool:
        """ "Positions they seized": a pronoun right behind a noun phrase opens a clause about it."""
        if self.tags[group[0].head] != "U" or self.at < 2 or self.pieces[self.at - 2].kind != "N":
            return False
        if not self._is(self._peek(), "V") or self.finite is None:
            return False
        before = self.pieces[self.at - 2]
        self.antecedent = (Noun(before.first, before.last, before.last - 1),)
        self.waiting.append(())
        self.link, self.opener, self.candidate = Link.RELATIVE, "which", group
        return True

    def _clause_open(self) -> bool:
        return self.finite is not None

    def _apposes(self, group: Group) -> bool:
        """ "X, the rebel stronghold, ..." - what is set between commas behind a noun phrase is no new subject."""
        if not self.latest or (self.finite is not None and self.verb is not None and self.verb.objects == ()):
            return False
        closing = ",-." if self.finite is not None else ",-"
        if not self._is(self._past_phrases(), "Y", closing):
            return False
        if not self.candidate and self.link is Link.RELATIVE and all(verb.link is Link.RELATIVE for verb in self.verbs):
            return False  # "In an operation that ..., fighters of X, ...": the sentence has no subject yet
        if self._names_speaker():
            return False
        self.apposed[self.latest[-1].head] = group
        return self.candidate == self.latest or self.finite is not None

    def _names_speaker(self) -> bool:
        """ "..., the spokesman of the Front, Samed Orzun, said": the first is the speaker, the second its apposition."""
        index = self._phrases_ahead()
        if not self._is(self._peek(index + 1), "N") or not self._is(self._peek(index + 2), "Y", ","):
            return False
        return self._speaks(index + 3)

    def _past_phrases(self) -> _Piece | None:
        """The piece behind the prepositional phrases and co-ordinated noun phrases that come next."""
        return self._peek(self._phrases_ahead())

    def _phrases_ahead(self) -> int:
        index = 0
        while (self._is(self._peek(index), "P") or self._is(self._peek(index), "S", "C")) and self._is(
            self._peek(index + 1), "N"
        ):
            index += 2
        return index

    # ── prepositional phrases ──

    def _preposition(self, piece: _Piece) -> None:
        word = self._word(piece)
        following = self._peek()
        if self._is(following, "V") and self.tags[following.last - 1] == "g":  # type: ignore[union-attr]
            self.opener = word
            return
        if not self._is(following, "N"):
            return
        self._prepositional(word, piece.first)

    def _prepositional(self, word: str, first: int) -> None:
        if word in ("after", "before", "since", "until", "till") and self._verb_before_comma():
            self._subordinate(word)
            return
        noun_piece = self._take()
        before = self.nearest if word == "of" else (*self.latest[-1:], *self.nearest[-1:])
        # Phrases of place and agent pile up behind their noun; keep their order for nominal events.
        group = self._group(noun_piece, subject=self.finite is None and self.verb is None)
        bearing = word == "of" and self.tokens.lower[first - 1] in BEARINGS
        # "A city west of Tripoli held by rebels": what follows describes the city.
        self.nearest = (self.latest or group) if bearing else group
        phrase = Phrase(word, group, first)
        for noun in dict.fromkeys(before[-2:] if word != "of" else before[-1:]):
            self._hang(noun, phrase)
        if (self.verb is not None and not self.comma) or (
            self.verb is not None and self.finite is not None and not self.candidate
        ):
            self.verb.phrases.append(phrase)
        else:
            self.fronted.append(phrase)

    def _hang(self, noun: Noun, phrase: Phrase) -> None:
        self.hanging.setdefault(noun.head, []).append(phrase)

    def _verb_before_comma(self) -> bool:
        """Whether what follows "after" or "since" is a clause: a finite verb stands before the next comma."""
        for piece in self.pieces[self.at :]:
            if piece.kind == "Y" or (piece.kind == "S" and self.tags[piece.first] in "KW"):
                return False
            if piece.kind == "V":
                return self.tags[piece.last - 1] != "g" and self.tags[piece.first - 1 : piece.first] != "t"
        return False

    # ── joints between clauses ──

    def _joint(self, piece: _Piece) -> None:
        tag_, word = self.tags[piece.first], self.tokens.lower[piece.first]
        if tag_ == "t":
            self._to(piece)
        elif tag_ == "C":
            self.joined = True
            if self.finite is not None:
                self.candidate = ()
        elif tag_ == "W":
            self._relative(word)
        else:
            self._subordinate(word)

    def _to(self, piece: _Piece) -> None:
        following = self._peek()
        if self._is(following, "V"):
            self.opener = "to"
        elif self._is(following, "N"):
            self._prepositional("to", piece.first)

    def _relative(self, word: str) -> None:
        if word in ("how", "why", "what", "whatever") or not self.nearest:
            self._subordinate(word)
            return
        people = word in ("who", "whose", "whom") and self.tags[self.nearest[-1].head] == "E"
        self.waiting.append(self.candidate if self.finite is None else ())
        self.antecedent = self.latest if people and self.latest else self.nearest
        self.link = Link.RELATIVE
        self.opener = word
        self.candidate = ()
        self.verb = None
        self.comma = False
        self.joined = False

    def _subordinate(self, word: str) -> None:
        self.governor = (
            self.verb if word in ("that", "whether", "if") and self.verb is not None and not self.comma else None
        )
        self.link = Link.COMPLEMENT if self.governor is not None else Link.ADVERBIAL
        self.opener = word
        if self.finite is None and self.candidate:
            self.topic = self.candidate
        self.candidate = ()
        self.verb = None
        self.finite = None
        self.comma = False
        self.joined = False

    def _mark(self, piece: _Piece) -> None:
        mark = self.tags[piece.first]
        if mark == ";":
            self._reset()
        elif mark == "(":
            self._skip_brackets()
        elif mark == '"' and self.opener and self.finite is None and not self.candidate:
            pass  # a quotation that opens right behind "that" is still its clause
        elif mark in ',-"':
            self._comma(mark)

    def _reset(self) -> None:
        self.candidate = self.topic = self.latest = self.antecedent = ()
        self.waiting.clear()
        self.verb = self.finite = self.main = self.governor = None
        self.link, self.opener = Link.MAIN, ""
        self.joined = self.comma = False
        self.fronted = []

    def _skip_brackets(self) -> None:
        while self.at < len(self.pieces) and self.tags[self.pieces[self.at].first] != ")":
            self.at += 1

    def _comma(self, mark: str) -> None:
        self.comma = True
        if self.link is Link.ADVERBIAL and self.finite is not None:
            # The comma ends a clause that was put first: the sentence's own subject follows.
            self.link, self.governor, self.opener = Link.MAIN, None, ""
            self.finite, self.verb = None, None
            self.candidate = self.topic
            self.topic = ()
        elif mark == '"' and self.finite is not None:
            self.candidate = ()

    # ── verbs ──

    def _verb(self, piece: _Piece) -> None:
        verb = self._make(piece)
        if (
            (self.opener == "to" and verb.form == "v" and not verb.auxiliaries)
            or (self.opener == "to" and verb.auxiliaries[:1] in (("be",), ("have",)))
            or self._bare_infinitive(verb)
        ):
            self._infinitive(verb)
        elif (
            self.joined
            and verb.form == "v"
            and not verb.auxiliaries
            and self.verb is not None
            and self.verb.link is Link.INFINITIVE
        ):
            self._joined_infinitive(verb, self.verb)
        elif verb.form == "g" and not verb.auxiliaries:
            self._participle(verb)
        elif verb.form in "pd" and not verb.auxiliaries and self._is_reduced(verb):
            self._reduced(verb)
        else:
            self._finite_verb(verb)
        self.verbs.append(verb)
        self.verb = verb
        self.comma = self.joined = False
        self.candidate = ()
        self.opener = ""

    def _make(self, piece: _Piece) -> Verb:
        tags, lower = self.tags[piece.first : piece.last], self.tokens.lower
        form = tags[-1] if tags[-1] in "vdzpg" else next((t for t in reversed(tags) if t in "vdpgzBHOM"), "B")
        head = piece.first + tags.rindex(form) if form in tags else piece.last - 1
        others = enumerate(tags, piece.first) if len(tags) > 1 else ()
        auxiliaries = tuple(lower[i] for i, t in others if t in "MBHO" and i != head)
        negated = "X" in tags or self.tags[max(0, piece.first - 1) : piece.first] == "X"
        be = not _BE.isdisjoint(auxiliaries)
        verb = Verb(piece.first, piece.last, head, base_form(lower[head], form), form, auxiliaries, negated)
        verb.passive = form in "pd" and be and "being" not in auxiliaries[:0]
        verb.reports = verb.lemma in REPORTING
        verb.opener = self.opener
        return verb

    def _bare_infinitive(self, verb: Verb) -> bool:
        """ "Helped the rebels take the town": a base form behind the object of a verb that makes others act."""
        bare = verb.form == "v" and not verb.auxiliaries and not self.joined and not self.comma
        return bare and self.verb is not None and self.verb.lemma in OBJECT_CONTROL and bool(self.verb.objects)

    def _joined_infinitive(self, verb: Verb, first: Verb) -> None:
        """ "To block the attack and hold the city": what governs the first governs the second."""
        verb.link, verb.governor, verb.subject = first.link, first.governor, first.subject
        verb.noun_governor, verb.opener = first.noun_governor, first.opener

    def _infinitive(self, verb: Verb) -> None:
        verb.link = Link.INFINITIVE
        governor = self.verb
        if governor is None:
            verb.noun_governor = self.latest[-1].head if self.latest else -1
            verb.subject = self.candidate or self.topic
            return
        verb.governor = governor
        if governor.phrases and governor.phrases[-1].word == "for" and governor.phrases[-1].group == self.nearest:
            verb.subject = self.nearest  # "paved the way for them to advance"
        elif governor.lemma in OBJECT_CONTROL and (governor.objects or governor.passive):
            verb.subject = governor.subject if governor.passive else governor.objects
        else:
            verb.subject = governor.subject
        before = self.pieces[self.at - 3] if self.at > 2 else None
        if before is not None and before.kind == "N":
            verb.noun_governor = before.last - 1

    def _participle(self, verb: Verb) -> None:
        previous = self.pieces[self.at - 2] if self.at > 1 else None
        beside = previous is not None and previous.kind in "NT" and self.nearest and not self.comma
        verb.link = Link.PARTICIPLE
        if beside and self._absolute():
            verb.subject = self.nearest
            verb.governor = self.finite
        elif beside:
            verb.link = Link.REDUCED
            verb.subject = self.nearest
            if self.finite is None and self.candidate:
                self.waiting.append(self.candidate)  # "an attack on a convoy belonging to X killed eight"
        elif (main := self.finite or self.main) is not None and main.lemma in _CHARGES and main.objects:
            verb.governor, verb.subject = main, main.objects  # "accused the army of shelling the town"
        elif main is not None:
            verb.governor = main
            verb.subject = agents(main)
        else:
            self._fronted_participle(verb)

    def _absolute(self) -> bool:
        """ "With the army seizing X", "this resulted in the army seizing X": told as a happening, not as a description."""
        last = (
            self.verb.phrases[-1]
            if self.verb is not None and self.verb.phrases
            else (self.fronted[-1] if self.fronted else None)
        )
        if last is None or last.group != self.nearest:
            return False
        return last.word == "with" or (
            last.word == "in" and self.verb is not None and self.verb.lemma in ("result", "end", "culminate")
        )

    def _fronted_participle(self, verb: Verb) -> None:
        """ "Capturing X, the army ..." - its subject is the one that follows."""
        at = self.at
        while at < len(self.pieces):
            piece = self.pieces[at]
            if self._is(piece, "Y", ",") and at + 1 < len(self.pieces) and self.pieces[at + 1].kind == "N":
                noun = self.pieces[at + 1]
                verb.subject = (Noun(noun.first, noun.last, noun.last - 1),)
                return
            at += 1

    def _is_reduced(self, verb: Verb) -> bool:
        """Whether "seized" in "towns seized in March fell" only describes its noun."""
        previous = self.pieces[self.at - 2] if self.at > 1 else None
        if not is_participle(self.tokens.lower[verb.head]):
            return False
        if verb.form == "p" and self.tags[verb.head] == "p" and self.verb is not None and not self.candidate:
            return True
        following = self._peek()
        word = self._word(following) if following is not None else ""
        if (
            verb.lemma in _DESCRIBES
            and (verb.lemma not in ("call", "back") or self._finite_ahead())
            and previous is not None
            and previous.kind == "N"
        ):
            return True
        beside = previous is not None and previous.kind in "NT" and bool(self.nearest) and not self.comma
        if (
            word.split()[-1:] == ["by"]
            and not self.comma
            and not (self.candidate and self.finite is None and not self._finite_ahead())
        ):
            return True
        if not beside or (following is not None and following.kind == "N"):
            return False
        if verb.form == "p" and self.tags[verb.head] == "p":
            return True
        if self.verb is not None and not self.joined and takes_object(verb.lemma):
            return not self.verb.reports
        return takes_object(verb.lemma) and self._finite_ahead()

    def _finite_ahead(self) -> bool:
        """Whether another finite verb comes before any new subject, so that this one was none."""
        after_preposition = False
        for piece in self.pieces[self.at :]:
            if piece.kind == "V":
                return self.tags[piece.last - 1] != "g" and self.tags[piece.first - 1 : piece.first] != "t"
            if piece.kind == "S" or (piece.kind == "Y" and self.tags[piece.first] in ',;.-"'):
                return False
            if piece.kind == "N" and not after_preposition:
                return False
            after_preposition = piece.kind == "P"
        return False

    def _reduced(self, verb: Verb) -> None:
        verb.link = Link.REDUCED
        verb.passive = True
        verb.subject = self.nearest
        verb.governor = None
        self.waiting.append(self.candidate if self.finite is None else ())
        self.antecedent = ()

    def _finite_verb(self, verb: Verb) -> None:
        verb.link = self.link
        verb.governor = self.governor
        verb.opener = self.opener
        if self._candidate_is_object(speaks=verb.reports and not verb.passive):
            self.candidate = ()
        if self.link is Link.RELATIVE and self.antecedent:
            self._relative_verb(verb)
        elif self.joined and not self.candidate and self.finite is not None:
            self._joined_verb(verb)
        elif self.candidate:
            self._clause_verb(verb)
        elif self.waiting and self.waiting[-1]:
            verb.subject = self.waiting.pop()
            verb.link = Link.MAIN
            self.link = Link.MAIN
        elif self.topic:
            verb.subject, self.topic = self.topic, ()
        verb.phrases.extend(self.fronted)
        self.fronted = []
        self.finite = self.main = verb

    def _candidate_is_object(self, *, speaks: bool) -> bool:
        """A noun phrase that the verb before it governs is no subject, unless that verb takes clauses."""
        verb = self.verb
        if verb is None or not self.candidate or verb.objects != self.candidate:
            return False
        if speaks and not verb.reports and self.pieces[self.at - 2].kind == "N":
            verb.objects = ()  # "... the city a monitoring group said": scraped without its comma
            return False
        return not (verb.reports or verb.lemma in _TAKES_CLAUSE)

    def _relative_verb(self, verb: Verb) -> None:
        if self.candidate:
            verb.subject = self.candidate
            verb.objects = self.antecedent if verb.opener in ("which", "that", "whom", "who") else ()
        else:
            verb.subject = self.antecedent
        self.antecedent = ()
        # The clause that was interrupted goes on behind this one.
        self.link = Link.RELATIVE

    def _joined_verb(self, verb: Verb) -> None:
        assert self.finite is not None
        verb.subject = self.finite.subject
        verb.link = self.finite.link
        verb.governor = self.finite.governor
        if verb.form in "pd" and not verb.auxiliaries and self.finite.passive:
            verb.passive = True
            verb.auxiliaries = self.finite.auxiliaries

    def _clause_verb(self, verb: Verb) -> None:
        verb.subject = self.candidate
        if self.verb is not None and self.verb.objects == self.candidate and not self.comma:
            self.verb.objects = ()
            verb.governor, verb.link = self.verb, Link.COMPLEMENT
        if self.link is Link.RELATIVE and not self.antecedent and self.finite is not None:
            verb.link = Link.MAIN if self.joined or self.comma else verb.link
            self.link = Link.MAIN


_CHARGES = frozenset("accuse blame suspect charge".split())
_DESCRIBES = frozenset("locate base situate call name dub know back".split())  # bare behind a noun, they describe it
_TAKES_CLAUSE = frozenset("mean show ensure make let see hear find know tell help watch leave".split())
_BE = frozenset("be is are was were been being am 're 'm".split())

