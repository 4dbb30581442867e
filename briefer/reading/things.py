"""What phrases stand for: the things that events are about, places as they are told, and what was named before.

In and out: nothing is read here; `entities` and the modules that it asks fill these.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from briefer.reading.numbers import Number
from briefer.reading.phrases import Noun
from briefer.types import Actor, Extent


class Sort(StrEnum):
    """The sorts of things that events are about."""

    ACTOR = "actor"
    PLACE = "place"
    PEOPLE = "people"
    PERSON = "person"
    EQUIPMENT = "equipment"
    WEAPON = "weapon"
    ASSAULT = "assault"
    TRUCE = "truce"
    NAME = "name"
    PRONOUN = "pronoun"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a text: its own name ("" when only described), what stands before it, and what kind of place it is."""

    name: str
    relation: str = ""
    head: str = ""
    described: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """One noun phrase understood. `text` is as written; `head` its singular lower-case head noun."""

    sort: Sort
    noun: Noun
    text: str
    head: str
    actors: tuple[Actor, ...] = ()
    spot: Spot | None = None
    number: Number | None = None
    extent: Extent = Extent.UNSPECIFIED
    equipment: str = ""
    civilian: bool | None = None


@dataclass(slots=True)
class Memory:
    """What was named before in the article, for "they" and "the town"."""

    actors: tuple[Actor, ...] = ()
    spots: list[Spot] = field(default_factory=list)
    here: dict[int, Spot] = field(default_factory=dict)
    """The places of the sentence that is being read, by the token that ends their phrase."""

    def heading(self, spot: Spot) -> None:
        """A line that is only a place's name stands over what follows."""
        self.actors, self.spots, self.here = (), [spot], {}

    def next_sentence(self) -> None:
        """Places stay in mind for one sentence after the one that names them."""
        self.spots, self.here = [self.here[at] for at in sorted(self.here)] or self.spots[-1:], {}

    def pass_over(self) -> None:
        """A sentence was not read: whom "they" means behind it is not known."""
        self.actors, self.here = (), {}

    def before(self, noun: Noun) -> list[Spot]:
        """The places that the sentence names before a phrase of it."""
        return [self.here[at] for at in sorted(self.here) if at < noun.first]
