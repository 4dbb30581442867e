"""What is known at one point of a sentence that is read from left to right: the open clause and what waits behind it.

In and out: nothing; the parser (`clauses`) and the reader of verb groups (`verb_groups`) write into it.
"""

from dataclasses import dataclass, field

from briefer.reading.phrases import Group, Link, Phrase, Verb


@dataclass(slots=True)
class OpenClause:
    """One clause is open; those that it interrupts wait with their subjects."""

    candidate: Group = ()
    """What the next finite verb's subject would be."""
    topic: Group = ()
    """The subject that waits while a relative clause or aside is read."""
    waiting: list[Group] = field(default_factory=list)
    """The subjects of the clauses that were interrupted, the last one at the end."""
    antecedent: Group = ()
    """What the relative clause that was just opened is about."""
    latest: Group = ()
    """The last noun phrase read outside prepositional phrases."""
    nearest: Group = ()
    """The last noun phrase read, whatever its role."""
    verb: Verb | None = None
    """The verb whose right side is being read."""
    finite: Verb | None = None
    """The last finite verb of the open clause."""
    main: Verb | None = None
    """The last finite verb of all."""
    governor: Verb | None = None
    opener: str = ""
    joined: bool = False
    """Whether a co-ordinator was just read."""
    paired: bool = False
    """Whether a co-ordinator was read since the last verb."""
    comma: bool = False
    """Whether a comma was read since the last verb."""
    fronted: list[Phrase] = field(default_factory=list)
    """The prepositional phrases that stand before the verb they belong to."""
    link: Link = Link.MAIN

    def subordinate(self, word: str) -> None:
        """A clause opens with `word`: one that the verb before it governs, or an adverbial one."""
        governs = word in ("that", "whether", "if") and not self.comma
        self.governor = self.verb if governs else None
        if word == "that" and self.joined and self.finite is not None and self.finite.link is Link.COMPLEMENT:
            self.governor = self.finite.governor  # "said that A, and that B": both are said
        self.link = Link.COMPLEMENT if self.governor is not None else Link.ADVERBIAL
        if self.finite is None and self.candidate:
            self.topic = self.candidate
        self.finite = None
        self._open(word)

    def relative(self, word: str, antecedent: Group) -> None:
        """A clause about `antecedent` opens with `word`."""
        self.waiting.append(self.candidate if self.finite is None else ())
        self.antecedent = antecedent
        self.link = Link.RELATIVE
        self._open(word)

    def _open(self, word: str) -> None:
        self.opener = word
        self.candidate = ()
        self.verb = None
        self.comma = self.joined = self.paired = False

    def pause(self, *, quotes: bool) -> None:
        """A comma, dash or quotation mark, which ends a clause that was put first: the sentence's subject follows."""
        self.comma = True
        if self.link is Link.ADVERBIAL and self.finite is not None:
            self.link, self.governor, self.opener = Link.MAIN, None, ""
            self.finite, self.verb = None, None
            self.candidate, self.topic = self.topic, ()
        elif quotes and self.finite is not None:
            self.candidate = ()

    def unquote(self) -> None:
        """A quotation ends behind its comma, and with it every clause that was open in it."""
        if self.finite is not None and self.link in (Link.ADVERBIAL, Link.COMPLEMENT):
            self.link, self.governor = Link.MAIN, None

    def close(self) -> None:
        """A semicolon ends all that was open."""
        self.candidate = self.topic = self.latest = self.antecedent = ()
        self.waiting.clear()
        self.verb = self.finite = self.main = self.governor = None
        self.link, self.opener = Link.MAIN, ""
        self.joined = self.comma = False
        self.fronted = []
