"""What a frame holds: one happening as told, with who did what to whom where.

In and out: nothing is read here; verbs (`frames`) and nouns (`nominal`) fill it.
"""

from dataclasses import dataclass

from briefer.reading.phrases import Verb
from briefer.reading.things import Entity, Spot
from briefer.types import Actor, Change, Extent, Kind


@dataclass(frozen=True, slots=True)
class Where:
    """A place of a frame and the preposition that led to it ("" for an object or subject)."""

    spot: Spot
    preposition: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """One happening as told. `verb` is None for one that is told as a noun, whose governing verb is `told_by`."""

    kind: Kind
    change: Change | None
    verb: Verb | None
    lemma: str
    first: int
    last: int
    actors: tuple[Actor, ...] = ()
    opponents: tuple[Actor, ...] = ()
    where: Where | None = None
    people: Entity | None = None
    equipment: tuple[Entity, ...] = ()
    object: str = ""
    extent: Extent = Extent.UNSPECIFIED
    agent: Entity | None = None
    told_by: Verb | None = None
    describing: Verb | None = None
    """A clause about the place ("the territory lost at Bashkoy on Friday"), whose time is then the frame's."""
