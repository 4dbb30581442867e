"""Which lines a statement is held against: the nearest one, and up to two more that add what it lacks.

In: a statement's `Line`, the sources and where to look. Out: `Evidence` by the nearest lines, the best first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefer.reading.names import fold
from briefer.reading.numbers import Number
from briefer.types import When
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
"""The share that one of another article must add beyond that: it may be about another thing."""
_OF_NUMBER, _OF_DAY, _OF_NAME = 4.0, 1.0, 1.5
"""What a number and a day weigh beside words, whose weight is their inverse document frequency; a name has more."""
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
        """The nearest line with what adds to it, None where no line is near; `cited` lines are all, where given."""
        places = list(cited) or self._nearest(claim, within, before)
        units = list(self._units(claim))
        held = {place: self._held(units, self._line(place)) for place in places}
        ranked = sorted(places, key=lambda place: -sum(held[place]))
        if not ranked:
            return None
        for place in self._beside(ranked[0]):
            held.setdefault(place, self._held(units, self._line(place)))
        return self._around(ranked[0], held, sum(unit.weight for unit in units))

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

    def _around(self, base: Place, held: Mapping[Place, Sequence[float]], total: float) -> Evidence:
        """The base with the few lines that add most to it; one of another article counts less."""
        chosen, have = [base], list(held[base])
        for _ in range(_ADDED):
            gains = [
                (_gain(have, more) - (0.0 if place.page == base.page else _FOREIGN * total), place)
                for place, more in held.items()
                if place not in chosen
            ]
            gain, best = max(gains, key=lambda pair: pair[0], default=(0.0, base))
            if gain < _ENOUGH * total or not total:
                break
            chosen.append(best)
            have = list(map(max, have, held[best]))
        pages = self._sources.pages
        context = {each.text: each for place in chosen for each in pages[place.page].before(place.number)}
        lines = tuple(self._line(place) for place in chosen)
        return Evidence(pages[base.page], tuple(chosen), lines, tuple(context.values()))

    def _beside(self, place: Place) -> Iterator[Place]:
        last = len(self._sources.pages[place.page].article.sentences)
        for number in (place.number - 1, place.number + 1):
            if 0 <= number < last:
                yield Place(place.page, number)

    def _units(self, claim: Line) -> Iterator["_Unit"]:
        """What a statement says, each with its weight."""
        for word in claim.words:
            keys = {word.key, *(self._names.spellings(word.key) if word.proper else ())}
            meant = frozenset() if word.proper else meanings(word.text.lower())
            weight = self._sources.weight(word.key) * (_OF_NAME if word.proper else 1.0)
            yield _Unit(weight, frozenset(keys), meant)
        for amount in claim.amounts:
            yield _Unit(_OF_NUMBER, number=amount.number)
        for when in claim.days:
            yield _Unit(_OF_DAY, day=when)

    def _held(self, units: Sequence["_Unit"], line: Line) -> list[float]:
        """How much of the weight of each unit a line holds."""
        return [unit.weight * _holds(unit, line) for unit in units]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word under all its keys, a number, or a day of a statement."""

    weight: float
    keys: Keys = frozenset()
    meant: frozenset[str] = frozenset()
    number: Number | None = None
    day: When | None = None


def _holds(unit: _Unit, line: Line) -> float:
    if unit.number is not None:
        return float(carried(unit.number, [amount.number for amount in line.amounts]) >= Carried.LOOSELY)
    if unit.day is not None:
        return float(any((when.start, when.end) == (unit.day.start, unit.day.end) for when in line.days))
    if not unit.keys.isdisjoint(line.keys):
        return 1.0
    return ALIKE if not unit.meant.isdisjoint(line.meanings) else 0.0


def _gain(have: Sequence[float], more: Sequence[float]) -> float:
    return sum(max(0.0, new - old) for old, new in zip(have, more, strict=True))
