"""Which lines a statement is held against: the nearest one, and up to two more that add what it lacks.

In: a statement's `Line`, the sources and where to look. Out: `Evidence` by the nearest lines, the best first.
"""

from collections.abc import Iterator, Sequence

from briefer.reading.names import fold
from briefer.verify.statements.amounts import Carried, carried
from briefer.verify.statements.evidence import Evidence
from briefer.verify.statements.held import ALIKE
from briefer.verify.statements.keys import Keys
from briefer.verify.statements.lines import Line
from briefer.verify.statements.meanings import meanings
from briefer.verify.statements.names import Names
from briefer.verify.statements.sources import Place, Sources

_LOOKED_AT = 8
_ADDED = 2
_FOREIGN = 0.06
_WHOLE = 40
"""Sentences of an article that are all looked at: a paraphrase shares no rare word with its evidence."""
_ENOUGH = 0.12
"""The share of a statement's weight that a further line must add."""


class Choosing:
    """Finds evidence in the sources."""

    def __init__(self, sources: Sources, names: Names) -> None:
        self._sources = sources
        self._names = names

    def evidence(
        self, claim: Line, within: frozenset[int] | None, cited: Sequence[Place] = (), before: Keys = frozenset()
    ) -> Evidence | None:
        """The nearest line with what adds to it, None where no line is near; `cited` lines are all where they are given."""
        places = list(cited) or self._nearest(claim, within, before)
        ranked = sorted(places, key=lambda place: -self._weight(claim, [self._line(place)]))
        return self._around(claim, ranked[0], places) if ranked else None

    def _nearest(self, claim: Line, within: frozenset[int] | None, before: Keys) -> list[Place]:
        keys = set(claim.keys) | {other for key in claim.keys if key[0] == "=" for other in self._names.spellings(key)}
        keys |= {key for key in before if key.startswith("=")}
        keys |= {f"={fold(str(value))}" for amount in claim.amounts if (value := amount.number.best) is not None}
        found = [place for place, _ in self._sources.nearest(sorted(keys), most=_LOOKED_AT, within=within)]
        return list(dict.fromkeys([*found, *self._whole(found[:1], within)]))

    def _whole(self, first: Sequence[Place], within: frozenset[int] | None) -> Iterator[Place]:
        """All sentences of the nearest article, or of the one that is named, as far as it is short."""
        for page in sorted(within if within is not None and len(within) <= _ADDED else {place.page for place in first}):
            for number in range(min(_WHOLE, len(self._sources.pages[page].article.sentences))):
                yield Place(page, number)

    def _line(self, place: Place) -> Line:
        return self._sources.pages[place.page].line(place.number)

    def _around(self, claim: Line, base: Place, places: Sequence[Place]) -> Evidence:
        chosen = [base]
        page = self._sources.pages[base.page]
        pool = [place for place in (*places, *self._beside(base)) if place != base]
        for _ in range(_ADDED):
            have = self._weight(claim, [self._line(place) for place in chosen])
            gains = [(self._gain(claim, chosen, place) - have, place) for place in pool if place not in chosen]
            gain, best = max(gains, key=lambda pair: pair[0], default=(0.0, base))
            if gain < _ENOUGH:
                break
            chosen.append(best)
        context = {
            earlier.text: earlier
            for place in chosen
            for earlier in self._sources.pages[place.page].before(place.number)
        }
        return Evidence(page, tuple(chosen), tuple(self._line(place) for place in chosen), tuple(context.values()))

    def _gain(self, claim: Line, chosen: Sequence[Place], place: Place) -> float:
        """What the chosen lines and one more hold; one of another article counts less, for it may be about another thing."""
        held = self._weight(claim, [self._line(each) for each in (*chosen, place)])
        return held if place.page == chosen[0].page else held - _FOREIGN

    def _beside(self, place: Place) -> Iterator[Place]:
        last = len(self._sources.pages[place.page].article.sentences)
        for number in (place.number - 1, place.number + 1):
            if 0 <= number < last:
                yield Place(place.page, number)

    def _weight(self, claim: Line, lines: Sequence[Line]) -> float:
        """The share of what the statement says that the lines hold, by the weight of its words and numbers."""
        total = held = 0.0
        for word in claim.words:
            weight = self._sources.weight(word.key)
            total += weight
            if any(word.key in line.keys for line in lines):
                held += weight
            elif word.proper:
                held += weight * any(each in line.keys for line in lines for each in self._names.spellings(word.key))
            elif any(not meanings(word.text.lower()).isdisjoint(line.meanings) for line in lines):
                held += ALIKE * weight
        told = [amount.number for line in lines for amount in line.amounts]
        for amount in claim.amounts:
            total += 4
            held += 4 * (carried(amount.number, told) >= Carried.LOOSELY)
        days = [(when.start, when.end) for line in lines for when in line.days]
        for when in claim.days:
            total += 1
            held += (when.start, when.end) in days
        return held / total if total else 0.0
