"""A statement beside its evidence, and the questions that every sign asks of the two: does the evidence hold this word,
this name? In: a statement's `Line`, `Evidence` and `Names`. Out: `Held`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from functools import cached_property

from briefer.reading.article import tellings
from briefer.reading.assertions import Assertion, assertion
from briefer.reading.names import fold
from briefer.types import Article, Span, When
from briefer.verify.statements.amounts import Carried, carried
from briefer.verify.statements.deeds import Deed
from briefer.verify.statements.differing import Difference, Piece, differences, pieces
from briefer.verify.statements.evidence import Evidence
from briefer.verify.statements.keys import PRONOUN, Keys
from briefer.verify.statements.lines import Amount, Line, Name, Word, fates
from briefer.verify.statements.listed import listed
from briefer.verify.statements.meanings import are_alike, meanings, stance
from briefer.verify.statements.names import Names, is_common
from briefer.verify.statements.sources import Sources
from briefer.verify.tokens import stem

ALIKE = 0.8
"""How much a word is held by one of the same meaning."""
SAYING = frozenset(stem(word) for word in listed("saying"))
_PLAIN = frozenset("be have do".split())


@dataclass(frozen=True)
class Held:
    """A statement and what it is held against."""

    claim: Line
    evidence: Evidence
    sources: Sources
    names: Names

    @cached_property
    def asserted(self) -> tuple[Assertion, ...]:
        """What of war the statement asserts, read with the names of the sources."""
        text = self.claim.text
        written = datetime.combine(self.claim.written, time(12), UTC) if self.claim.written is not None else None
        alone = Article("", "", text, (Span(0, len(text)),), published=written)
        page = self.evidence.page.scene
        names = replace(page, sorts=self.sources.sorts, full=self.sources.full, written=self.claim.written)
        return tuple(assertion(told) for told in tellings(alone, names))

    @cached_property
    def told(self) -> tuple[Assertion, ...]:
        """What of war the evidence asserts, with what its pronouns stand for."""
        pages = self.sources.pages
        return tuple(assertion(told) for place in self.evidence.places for told in pages[place.page].told(place.number))

    # ── words ──

    @cached_property
    def telling(self) -> tuple[Word, ...]:
        """The words of the statement that are neither names nor words of saying."""
        return tuple(word for word in self.claim.words if not word.proper and word.key not in SAYING)

    def holds(self, word: Word) -> float:
        """How far the evidence holds a word."""
        if word.key in self.evidence.keys:
            return 1.0
        if not meanings(word.text.lower()).isdisjoint(self.evidence.meanings):
            return ALIKE
        side = stance(word.text.lower())
        return ALIKE if side and side in self.evidence.stances else 0.0

    @cached_property
    def closeness(self) -> float:
        """How far the nearest line holds the statement's words: how sure it is that the two are about one thing."""
        total = held = 0.0
        for word in self.claim.words:
            weight = self.sources.weight(word.key)
            total += weight
            if word.key in self.evidence.base.keys:
                held += weight
            elif not word.proper and not meanings(word.text.lower()).isdisjoint(self.evidence.base.meanings):
                held += ALIKE * weight
        return held / total if total else 0.0

    # ── names ──

    def has(self, name: Name, told: Iterable[Name], keys: Keys) -> bool:
        """Whether a name stands among others, under any of its forms."""
        others = tuple(told)
        if {f"={fold(word)}" for word in name.words} <= keys:
            return True
        if any(self.names.are_one(name.words, other.words) for other in others):
            return True
        strong = [word for word in name.words if not is_common(word)]
        return bool(strong) and all(self._has_word(word, others) for word in strong)

    def _has_word(self, word: str, told: Iterable[Name]) -> bool:
        return any(self.names.are_one((word,), (other,)) for name in told for other in name.words)

    def is_within(self, name: Name, keys: Keys) -> bool:
        """Whether a name stands somewhere among the keys of whole articles."""
        introduced = self.sources.full.get(fold(name.words[0])) if len(name.words) == 1 else None
        if introduced and all(f"={fold(word)}" in keys or is_common(word) for word in introduced.split()):
            return True
        own = [f"={fold(word)}" for word in name.words]
        lacking = [key for key in own if key not in keys and not any(k in keys for k in self.names.spellings(key))]
        return not lacking or self.has(name, self.evidence.names_around, keys)

    def are_one(self, mine: Iterable[str], told: Iterable[str]) -> bool:
        """Whether two sets of keys of names have one in common under any of its forms."""
        others = list(told)
        return any(self.names.are_one((one[1:],), (other[1:],)) for one in mine for other in others)

    # ── numbers ──

    def carries(self, amount: Amount) -> Carried:
        """How far the evidence carries a number of the statement.

        It may be worked out of those that count nothing else: the dead and the wounded make no sum of dead.
        """
        told = [each.number for each in self.evidence.amounts]
        mine = fates(amount, self.claim)
        parts = [
            each.number
            for line in self.evidence.lines
            for each in line.amounts
            if not mine or not (other := fates(each, line)) or not mine.isdisjoint(other)
        ]
        return carried(amount.number, told, parts)

    def is_worked_out(self, at: int) -> bool:
        """Whether the number at a token of the statement follows from those of the evidence, and is none of them."""
        mine = [amount for amount in self.claim.amounts if amount.at == at]
        return any(self.carries(amount) in (Carried.DERIVED, Carried.LOOSELY) for amount in mine)

    # ── deeds ──

    @cached_property
    def matched(self) -> tuple[tuple[Deed, Deed], ...]:
        """Each deed of the statement with the one of the evidence that is the same."""
        pairs = ((deed, self._nearest(deed)) for deed in self.deeds)
        return tuple((deed, other) for deed, other in pairs if other is not None)

    @cached_property
    def deeds(self) -> tuple[Deed, ...]:
        """The deeds of the statement; that somebody says it is none."""
        return tuple(deed for deed in self.claim.deeds if not deed.reports and deed.lemma not in _PLAIN)

    def _nearest(self, deed: Deed) -> Deed | None:
        alike = [each for each in self.evidence.deeds if is_same(deed, each) and _may_be_one(deed, each)]
        return max(alike, key=lambda each: (len(deed.keys & each.keys), each.lemma == deed.lemma), default=None)

    # ── differences ──

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The statement as it is compared."""
        return pieces(self.claim)

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """Where it repeats the nearest line and differs from it."""
        return tuple(self._compared[0])

    @cached_property
    def copied(self) -> float:
        """The share of the statement that the nearest line has in the same order."""
        return self._compared[1] / max(1, len(self.pieces))

    @cached_property
    def _compared(self) -> tuple[list[Difference], int]:
        return differences(self.pieces, pieces(self.evidence.base), self.alike)

    def alike(self, one: Piece, other: Piece) -> bool:
        """Whether two pieces say the same."""
        if one.sort == "name" or other.sort == "name":
            return one.sort == other.sort and self.names.are_one((one.text,), (other.text,))
        if {one.sort, other.sort} <= {"word", "verb"}:
            return are_alike(one.text.lower(), other.text.lower())
        if one.sort == "time" == other.sort:
            return one.key == other.key or any(overlap(a, b) for a in one.days for b in other.days)
        return one.key == other.key


def _may_be_one(one: Deed, other: Deed) -> bool:
    """Whether two deeds of one meaning share somebody or something, or one of them names nothing."""
    if not one.keys or not other.keys or PRONOUN in other.keys:
        return True
    return not (one.keys & other.keys) <= {PRONOUN}


def is_known(when: When) -> bool:
    """Whether a time has a day."""
    return bool(when.start or when.end)


def overlap(one: When, other: When) -> bool:
    """Whether two times have a day in common."""
    (start, end), (first, last) = ((each.start or each.end, each.end or each.start) for each in (one, other))
    if start is None or end is None or first is None or last is None:
        return False
    return start <= last and first <= end


def is_same(one: Deed, other: Deed) -> bool:
    """Whether two deeds may be one."""
    if one.lemma == other.lemma or stem(one.lemma) == stem(other.lemma):
        return True
    return are_alike(one.lemma, other.lemma)
