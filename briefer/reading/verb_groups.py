"""Verb groups with their place in the sentence: who is their subject, what governs them, whether they only describe.

In: a piece that is a verb group, where it stands, and the `OpenClause`. Out: a `Verb` with its link, subject and
governor; objects and phrases are read behind it.
"""

from briefer.reading.deeds import REPORTS
from briefer.reading.open_clause import OpenClause
from briefer.reading.phrases import Link, Verb, agents
from briefer.reading.pieces import DESCRIBES, Piece, Pieces
from briefer.reading.verbs import OBJECT_CONTROL, REPORTING, base_form, is_participle, speech, takes_object

_CHARGES = frozenset("accuse blame suspect charge".split())
_ALSO_FINITE = ("call", "back")  # of `DESCRIBES`: they describe only where another verb heads the clause
_TAKES_CLAUSE = frozenset("mean show ensure make let see hear find know tell help watch leave".split())
_ENDS_IN = ("result", "end", "culminate")
_BE = frozenset("be is are was were been being am 're 'm".split())


class VerbGroups:
    """Reads the verb groups of one sentence."""

    def __init__(self, pieces: Pieces, clause: OpenClause) -> None:
        self.pieces = pieces
        self.clause = clause
        self.verbs: list[Verb] = []

    def read(self, piece: Piece) -> None:
        """Take a verb group into the open clause, or open one with it."""
        clause = self.clause
        verb = self._make(piece)
        self._link(verb)
        self.verbs.append(verb)
        clause.verb = verb
        clause.comma = clause.joined = clause.paired = False
        clause.candidate = ()
        clause.opener = ""

    def _make(self, piece: Piece) -> Verb:
        all_tags, lower = self.pieces.tags, self.pieces.tokens.lower
        tags = all_tags[piece.first : piece.last]
        form = tags[-1] if tags[-1] in "vdzpg" else next((t for t in reversed(tags) if t in "vdpgzBHOM"), "B")
        head = piece.first + tags.rindex(form) if form in tags else piece.last - 1
        others = enumerate(tags, piece.first) if len(tags) > 1 else ()
        auxiliaries = tuple(lower[i] for i, t in others if t in "MBHO" and i != head)
        negated = "X" in tags or all_tags[max(0, piece.first - 1) : piece.first] == "X"
        verb = Verb(piece.first, piece.last, head, base_form(lower[head], form), form, auxiliaries, negated)
        verb.passive = form in "pd" and not _BE.isdisjoint(auxiliaries)
        verb.reports = verb.lemma in REPORTING
        verb.opener = self.clause.opener
        return verb

    def _link(self, verb: Verb) -> None:
        bare = not verb.auxiliaries
        before = self.clause.verb
        if self._is_infinitive(verb):
            self._infinitive(verb)
        elif self.clause.joined and bare and verb.form == "v" and before and before.link is Link.INFINITIVE:
            _join_infinitive(verb, before)
        elif (bare and verb.form == "g") or self._denied_having(verb):
            self._participle(verb)
        elif bare and verb.form in "pd" and self._is_reduced(verb):
            self._reduced(verb)
        else:
            self._finite(verb)

    # ── infinitives ──

    def _is_infinitive(self, verb: Verb) -> bool:
        """Behind "to", or bare behind the object of a verb that makes others act ("helped the rebels take X")."""
        clause = self.clause
        if clause.opener == "to" and verb.auxiliaries[:1] in (("be",), ("have",)):
            return True
        if verb.form != "v" or verb.auxiliaries:
            return False
        governed = clause.verb is not None and clause.verb.lemma in OBJECT_CONTROL and bool(clause.verb.objects)
        helped = clause.verb is not None and clause.verb.lemma == "help" and clause.verb.last == verb.first
        return clause.opener == "to" or helped or (governed and not clause.joined and not clause.comma)

    def _infinitive(self, verb: Verb) -> None:
        clause = self.clause
        verb.link = Link.INFINITIVE
        if clause.verb is None:
            verb.noun_governor = clause.latest[-1].head if clause.latest else -1
            verb.subject = clause.candidate or clause.topic
            return
        governor = verb.governor = clause.verb
        last = governor.phrases[-1] if governor.phrases else None
        if last is not None and last.word == "for" and last.group == clause.nearest:
            verb.subject = clause.nearest  # "paved the way for them to advance"
        elif governor.lemma in OBJECT_CONTROL and governor.objects and not governor.passive:
            verb.subject = governor.objects
        else:
            verb.subject = governor.subject
        before = self.pieces.behind(2)
        if before is not None and before.kind == "N":
            verb.noun_governor = before.noun.head

    # ── participles ──

    def takes_back(self) -> bool:
        """Whether "that" opens what is denied ("denied reports that the town fell"), and describes no report."""
        verb = self.clause.finite
        if verb is None or speech(verb.lemma) != "deny" or self.pieces.is_a(self.pieces.peek(), "V"):
            return False
        return bool(verb.objects) and self.pieces.tokens.lower[verb.objects[-1].head] in REPORTS

    def _denied_having(self, verb: Verb) -> bool:
        """Whether it is a deed that is denied: "the rebels denied having captured the town"."""
        before = self.clause.verb
        denied = before is not None and speech(before.lemma) == "deny" and before.last == verb.first
        return denied and verb.auxiliaries[:1] == ("having",)

    def _participle(self, verb: Verb) -> None:
        clause, main = self.clause, self.clause.finite or self.clause.main
        verb.link = Link.PARTICIPLE
        if self._right_behind_noun() and clause.nearest and not clause.comma:
            self._beside_noun(verb)
        elif main is None:
            # "Capturing X, the army ...": its subject is the one that follows.
            subject = self.pieces.noun_behind_comma()
            verb.subject = (subject,) if subject is not None else ()
        else:
            # "Accused the army of shelling the town": whoever is accused did it.
            verb.governor = main
            verb.subject = main.objects if main.lemma in _CHARGES and main.objects else agents(main)

    def _beside_noun(self, verb: Verb) -> None:
        clause = self.clause
        verb.subject = clause.nearest
        if self._is_absolute():
            verb.governor = clause.finite
            return
        verb.link = Link.REDUCED
        if clause.finite is None and clause.candidate:
            clause.waiting.append(clause.candidate)  # "an attack on a convoy belonging to X killed eight"

    def _right_behind_noun(self) -> bool:
        previous = self.pieces.behind()
        return previous is not None and previous.kind in "NT"

    def _is_absolute(self) -> bool:
        """Whether it tells a happening: "with the army seizing X", "this resulted in the army seizing X"."""
        clause = self.clause
        before = clause.verb.phrases if clause.verb is not None and clause.verb.phrases else clause.fronted
        if not before or before[-1].group != clause.nearest:
            return False
        word = before[-1].word
        return word == "with" or (word == "in" and clause.verb is not None and clause.verb.lemma in _ENDS_IN)

    def _is_reduced(self, verb: Verb) -> bool:
        """Whether "seized" in "towns seized in March fell" only describes its noun."""
        clause, pieces = self.clause, self.pieces
        if not is_participle(pieces.tokens.lower[verb.head]):
            return False
        surely = pieces.tags[verb.head] == "p"
        if surely and clause.verb is not None and not clause.candidate:
            return True
        if self._describes(verb) or self._has_agent():
            return True
        following = pieces.peek()
        if not self._right_behind_noun() or not clause.nearest or clause.comma or pieces.is_a(following, "N"):
            return False
        if surely:
            return True
        if clause.verb is not None and not clause.joined and takes_object(verb.lemma):
            return not clause.verb.reports
        return takes_object(verb.lemma) and pieces.finite_ahead()

    def _describes(self, verb: Verb) -> bool:
        """Whether it is a verb that right behind a noun hardly does anything else ("a group called X")."""
        sure = verb.lemma in DESCRIBES and (verb.lemma not in _ALSO_FINITE or self.pieces.finite_ahead())
        previous = self.pieces.behind()
        return sure and previous is not None and previous.kind == "N"

    def _has_agent(self) -> bool:
        """Whether "by" follows, and the clause has or will have another verb for its subject."""
        clause, following = self.clause, self.pieces.peek()
        if following is None or clause.comma or self.pieces.words(following).split()[-1:] != ["by"]:
            return False
        return not clause.candidate or clause.finite is not None or self.pieces.finite_ahead()

    def _reduced(self, verb: Verb) -> None:
        clause = self.clause
        verb.link = Link.REDUCED
        verb.passive = True
        verb.subject = clause.nearest
        verb.governor = None
        clause.waiting.append(clause.candidate if clause.finite is None else ())
        clause.antecedent = ()

    # ── finite verbs ──

    def _finite(self, verb: Verb) -> None:
        clause = self.clause
        verb.link, verb.governor, verb.opener = clause.link, clause.governor, clause.opener
        if self._candidate_is_object(speaks=verb.reports and not verb.passive):
            clause.candidate = ()
        if clause.link is Link.RELATIVE and clause.antecedent:
            self._of_relative(verb)
        elif clause.joined and not clause.candidate and clause.finite is not None:
            _join_finite(verb, self._before_joined(verb, clause.finite))
        elif clause.candidate:
            self._of_candidate(verb)
        elif clause.waiting and clause.waiting[-1]:
            verb.subject = clause.waiting.pop()
            verb.link = clause.link = Link.MAIN
        elif clause.topic:
            verb.subject, clause.topic = clause.topic, ()
        verb.phrases.extend(clause.fronted)
        clause.fronted = []
        clause.finite = clause.main = verb

    def _candidate_is_object(self, *, speaks: bool) -> bool:
        """A noun phrase that the verb before it governs is no subject, unless that verb takes clauses."""
        clause, before, previous = self.clause, self.clause.verb, self.pieces.behind()
        if before is None or not self.clause.candidate or before.objects != self.clause.candidate:
            return False
        interrupted = clause.finite is None and bool(clause.waiting and clause.waiting[-1])  # "rebels fighting X said"
        if speaks and not before.reports and not interrupted and self.pieces.is_a(previous, "N"):
            before.objects = ()  # "... the city a monitoring group said": scraped without its comma
            return False
        return not (before.reports or before.lemma in _TAKES_CLAUSE)

    def _before_joined(self, verb: Verb, first: Verb) -> Verb:
        """The verb that another is joined to: in "X denied the port had fallen and said ..." X goes on speaking."""
        governor = first.governor
        spoken = first.link is Link.COMPLEMENT and governor is not None and governor.reports and not first.reports
        speaks = verb.reports and not verb.passive and verb.opener != "that"
        return governor if spoken and speaks and governor is not None else first

    def _answers(self, verb: Verb) -> bool:
        """Whether another speaker follows what one has said: a comma, "and" or "but", and a verb of saying."""
        clause = self.clause
        told = clause.finite is not None and clause.finite.link is Link.COMPLEMENT and not clause.finite.reports
        return told and clause.paired and clause.comma and verb.reports and not verb.passive and not verb.opener

    def _is_told(self, verb: Verb) -> bool:
        """Whether it is what somebody is told: "told Reuters the town had fallen"."""
        clause = self.clause
        if clause.verb is None or clause.verb.lemma not in ("tell", "inform") or not clause.verb.objects:
            return False
        other = clause.candidate != clause.verb.objects
        return other and verb.governor is None and not clause.comma and not clause.joined

    def _of_relative(self, verb: Verb) -> None:
        """The verb of a relative clause; the clause that was interrupted goes on behind it."""
        clause = self.clause
        if clause.candidate:
            verb.subject = clause.candidate
            verb.objects = clause.antecedent if verb.opener in ("which", "that", "whom", "who") else ()
        else:
            verb.subject = clause.antecedent
        clause.antecedent = ()

    def _of_candidate(self, verb: Verb) -> None:
        clause, before = self.clause, self.clause.verb
        verb.subject = clause.candidate
        if self._is_told(verb):
            verb.governor, verb.link = before, Link.COMPLEMENT
        elif before is not None and before.objects == clause.candidate and not clause.comma:
            before.objects = ()
            verb.governor, verb.link = before, Link.COMPLEMENT
        elif self._answers(verb):
            verb.governor, verb.link = None, Link.MAIN  # "X denied it had fallen, and Y said ...": Y is not denied
            clause.governor, clause.link = None, Link.MAIN
        elif clause.paired and verb.governor is None and clause.finite and clause.finite.link is Link.COMPLEMENT:
            verb.governor, verb.link = clause.finite.governor, Link.COMPLEMENT  # "said A and B": both are said
        if clause.link is Link.RELATIVE and not clause.antecedent and clause.finite is not None:
            verb.link = Link.MAIN if clause.joined or clause.comma else verb.link
            clause.link = Link.MAIN


def _join_infinitive(verb: Verb, first: Verb) -> None:
    """What governs the first governs the second: "to block the attack and hold the city"."""
    verb.link, verb.governor, verb.subject = first.link, first.governor, first.subject
    verb.noun_governor, verb.opener = first.noun_governor, first.opener


def _join_finite(verb: Verb, first: Verb) -> None:
    """Two verbs of one subject; "was captured and held" is passive twice."""
    verb.link, verb.governor, verb.subject = first.link, first.governor, first.subject
    if verb.form in "pd" and not verb.auxiliaries and first.passive:
        verb.passive = True
        verb.auxiliaries = first.auxiliaries
