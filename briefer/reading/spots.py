"""Where a noun phrase is: the place that "the eastern outskirts of Aleppo" or "the town" stands for.

In: a `Noun` whose head names a place, in parsed `Clauses`, and the `Memory` of the places named before. Out: a `Spot`,
or None for a place that is told without any name.
"""

import re
from collections.abc import Callable

from briefer.reading import countries as world
from briefer.reading import gazetteer
from briefer.reading.heads import is_a
from briefer.reading.names import fold
from briefer.reading.phrases import Clauses, Noun, Phrase
from briefer.reading.things import Entity, Memory, Sort, Spot

_DESCRIBED_STATE = re.compile(r"(?:^[A-Z]+|(?:an|ern|ish|ese)) (?:member )?state$")
_PARTS = ("neighbourhood", "neighborhood", "district", "quarter", "suburb")
_LARGE = 100_000  # people; "the quarter of X" is a part of X where X is larger than a quarter can be


class Spots:
    """Understands the places of one sentence; `of` tells what any noun phrase of it stands for."""

    def __init__(self, clauses: Clauses, memory: Memory, of: Callable[[Noun], Entity]) -> None:
        self.clauses = clauses
        self.memory = memory
        self.of = of

    def named(self, noun: Noun, name: str, head: str = "") -> Spot:
        """The place of a bare name, kept for what refers back to it."""
        return self._remember(noun, Spot(name, self.clauses.bearing(noun), head))

    def described(self, noun: Noun, head: str) -> Spot | None:
        """The place of a common noun: by its "of", a name in it or beside it, its owner, or the one just named."""
        lower = self.clauses.tokens.lower
        phrase = self.clauses.right_behind(noun, "of") if lower[noun.head] != "side" else None
        if phrase is not None and (inner := self._first_spot(phrase)) is not None:
            return self._with_inner(noun, head, inner)
        if name := self._name_in(noun) or self._name_beside(noun):
            return self._remember(noun, Spot(name, "", head))
        if (owner := self._owner(noun)) is not None:
            return Spot(owner.name, "", head, described=self._after_owner(noun), within=owner.within)
        if lower[noun.first] in ("the", "that", "this", "its"):
            return self._same_as_before(noun, head)
        return None

    def _with_inner(self, noun: Noun, head: str, inner: Spot) -> Spot:
        """Brega for "the city of Brega"; "the outskirts of Brega" and "a quarter of Brega" are beside it or in it."""
        lower = self.clauses.tokens.lower[noun.head]
        outskirts = is_a(lower, "extent_outskirts")
        if is_a(lower, "strong_place") and not outskirts and not _is_part_of(head, inner.name, plural=lower != head):
            side = self.clauses.bearing(noun) if is_a(lower, "wide_place") else ""
            return self._remember(noun, Spot(inner.name, side or inner.relation, head, within=inner.within))
        return Spot(inner.name, f"{self._without_article(noun)} of", head, within=inner.within)

    def _first_spot(self, phrase: Phrase) -> Spot | None:
        for noun in phrase.group:
            if (spot := self.of(noun).spot) is not None and spot.name:
                return spot
        return None

    def _after_owner(self, noun: Noun) -> str:
        """The words behind the owner: "port" of "Misrata's port"."""
        return self.clauses.between(self.clauses.tags.index("A", noun.first) + 1, noun.last)

    def _owner(self, noun: Noun) -> Spot | None:
        """The town of "the town's livestock market"."""
        at = self.clauses.tags.find("A", noun.first, noun.head)
        if at <= noun.first:
            return None
        entity = self.of(Noun(noun.first, at, at - 1))
        return entity.spot if entity.sort is Sort.PLACE and entity.spot is not None and entity.spot.name else None

    def _without_article(self, noun: Noun) -> str:
        first = noun.first
        while first < noun.head and self.clauses.tokens.lower[first] in ("the", "a", "an", "its", "their"):
            first += 1
        return self.clauses.between(first, noun.last)

    def _name_in(self, noun: Noun) -> str:
        """A name inside the phrase that makes it a place of its own ("Benghazi airport", "the Brega oil terminal")."""
        tags, words = self.clauses.tags, self.clauses.tokens.words
        names = [i for i in range(noun.first, noun.head) if tags[i] == "E" and not world.demonym(words[i])]
        if not names or "A" in tags[noun.first : noun.head]:
            return ""  # "Misrata's centre" is a part of Misrata, "Gaddafi's compound" is not Gaddafi
        name = self.clauses.between(names[0], noun.last)
        # "The OPEC state", "the North African state": words about a country, not the name of a province.
        return "" if _DESCRIBED_STATE.search(name) else name

    def _name_beside(self, noun: Noun) -> str:
        """The name that stands beside the place, as in "the rebel stronghold, Zarb"."""
        apposed = self.clauses.apposed.get(noun.head)
        return self.clauses.name(apposed[0]) if apposed and self.clauses.tags[apposed[0].head] == "E" else ""

    def _same_as_before(self, noun: Noun, head: str) -> Spot | None:
        """Which town "the town" is: the one that was just named, where only one can be meant."""
        if any(word.endswith("est") for word in self.clauses.tokens.lower[noun.first : noun.head]):
            return None  # "the third largest city" is not the one just named
        here = self.memory.before(noun)
        near = here + self.memory.spots
        town = head in ("town", "city", "village") and len({fold(spot.name) for spot in here}) == 1
        fitting = [spot for spot in here if spot.head == head] or (here if town else [])
        fitting = fitting or [spot for spot in near if spot.head == head]
        if not fitting and head in ("town", "city", "village"):
            described = {fold(spot.name) for spot in near if spot.head}
            fitting = [spot for spot in here or self.memory.spots if fold(spot.name) not in described]
        names = {fold(spot.name) for spot in fitting}
        return Spot(fitting[-1].name, "", head) if len(names) == 1 else None

    def _remember(self, noun: Noun, spot: Spot) -> Spot:
        self.memory.here[noun.head] = spot
        return spot


def is_place_name(name: str) -> bool:
    """Whether the gazetteer knows the name and it is hardly ever anything else."""
    found = gazetteer.find(name)
    return bool(found) and not any(entry.ambiguous for entry in found)


def _is_part_of(head: str, name: str, *, plural: bool) -> bool:
    """Whether a place lies in the one named: "a quarter of Aleppo" does, "the quarter of Jobar" is Jobar."""
    return head in _PARTS and (plural or any(entry.population > _LARGE for entry in gazetteer.find(name)))
