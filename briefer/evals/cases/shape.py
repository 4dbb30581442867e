"""The shape of a case: case.yaml and claims.yaml, as people write them by hand.

A reference claim is one assertion of the articles, in the fields of a claim (see `types.claims`). What it leaves out it
says nothing of, and the sources say nothing of: a speaker left out is the outlet's own voice, an opponent left out is
nobody. Only `when` left out is not looked at.
"""

from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from briefer.evals.cases.traps import Trap
from briefer.types import (
    CasualtyKind,
    Change,
    Claimant,
    EquipmentState,
    Extent,
    Kind,
    Modality,
    Reason,
    Status,
)


def _listed(value: object) -> object:
    """One for a list of one."""
    return [value] if isinstance(value, str) else value


Words = Annotated[str, Field(min_length=1, max_length=600)]
Name = Annotated[str, Field(min_length=1, max_length=120)]
Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
Names = Annotated[tuple[Name, ...], BeforeValidator(_listed)]
Kinds = Annotated[tuple[Kind, ...], BeforeValidator(_listed), Field(min_length=1)]
Changes = Annotated[tuple[Change, ...], BeforeValidator(_listed)]
Statuses = Annotated[tuple[Status, ...], BeforeValidator(_listed), Field(min_length=1)]
Modalities = Annotated[tuple[Modality, ...], BeforeValidator(_listed), Field(min_length=1)]


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Head(_Written):
    """case.yaml: the day and its timezone, what war it is, what the case tries, and notes for whoever reviews it.

    `nothing_new` tells that no source has news of the day: then a briefing without claims is right.
    """

    title: Words
    date: date
    timezone: str = "UTC"
    war: Words
    tries: tuple[Trap, ...] = ()
    nothing_new: bool = False
    notes: Annotated[str, Field(max_length=4000)] = ""


class Quoted(_Written):
    """Words of an article (its file name), exactly as they stand there after cleaning."""

    article: Name
    quote: Annotated[str, Field(min_length=8, max_length=1200)]


class Speaker(_Written):
    """Who says it."""

    kind: Claimant
    who: Annotated[str, Field(max_length=120)] = ""


class Count(_Written):
    """People and what became of them. "9" is best: 9, "at least 9" low: 9, "up to 9" high: 9, "8 to 10" low and high.

    None of the three stands for a count without a number ("several").
    """

    kind: CasualtyKind
    low: Annotated[int, Field(ge=0)] | None = None
    best: Annotated[int, Field(ge=0)] | None = None
    high: Annotated[int, Field(ge=0)] | None = None
    victims: Annotated[str, Field(max_length=120)] = ""
    civilian: bool | None = None


class Kit(_Written):
    """Weapons, vehicles or works, and what became of them."""

    type: Name
    state: EquipmentState
    number: Annotated[int, Field(ge=0)] | None = None


class Days(_Written):
    """From one day to another, both included."""

    start: date
    end: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise ValueError("when: its end is before its start")
        return self


class Unknown(_Written):
    """A day that nothing tells: `when: {unknown: true}`."""

    unknown: bool


class Fields(_Written):
    """What a claim asserts. Where several kinds, changes or modalities are given, each of them would be right."""

    kind: Kinds
    change: Changes = ()
    extent: Extent = Extent.UNSPECIFIED
    actor: Names = ()
    opponent: Names = ()
    place: Annotated[str, Field(max_length=120)] = ""
    relation: Annotated[str, Field(max_length=120)] = ""
    object: Annotated[str, Field(max_length=200)] = ""
    when: date | Days | Unknown | None = None
    modality: Modalities = (Modality.OCCURRED,)
    speaker: Speaker | None = None
    casualties: tuple[Count, ...] = ()
    equipment: tuple[Kit, ...] = ()

    @model_validator(mode="after")
    def _territory_alone_changes(self) -> Self:
        if (Kind.TERRITORY in self.kind) != bool(self.change):
            raise ValueError("change: a claim of kind territory has one, and no other has")
        return self


class Reference(Fields):
    """A claim that the articles carry. Claims of one `event` tell of one thing."""

    id: Key
    text: Words
    event: Key
    evidence: Annotated[tuple[Quoted, ...], Field(min_length=1)]


class Forbidden(Fields):
    """A claim that no article carries, why, and the words that one might cite for it."""

    id: Key
    text: Words
    reason: Reason
    evidence: tuple[Quoted, ...] = ()


class Happening(_Written):
    """An event: its front, the statuses that are right for it, and the event that it undid."""

    status: Statuses
    front: Annotated[str, Field(max_length=120)] = ""
    reverses: str = ""


class Aliases(_Written):
    """Other names: the name that claims use, and all others under which the articles or briefer may give it."""

    actors: dict[Name, Names] = Field(default_factory=dict)
    places: dict[Name, Names] = Field(default_factory=dict)
    fronts: dict[Name, Names] = Field(default_factory=dict)


class Sheet(_Written):
    """claims.yaml: all that a briefing of the case must, may and must not say."""

    names: Aliases = Aliases()
    events: dict[Key, Happening] = Field(default_factory=dict)
    must: tuple[Reference, ...] = ()
    may: tuple[Reference, ...] = ()
    must_not: tuple[Forbidden, ...] = ()
