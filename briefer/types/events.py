"""What merging makes of the claims: events, parties, and who holds what."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Literal

from pydantic import ConfigDict

from briefer.types.claims import (
    STRICT,
    ActorKind,
    Casualties,
    Change,
    Claim,
    Equipment,
    Extent,
    Kind,
    Modality,
    Place,
    When,
)


class Status(StrEnum):
    """How well an event is carried by its sources."""

    CLAIMED = "claimed"
    CORROBORATED = "corroborated"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    DENIED = "denied"
    REVERSED = "reversed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sets of claims about one event that cannot both hold, side by side, with who says what."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    about: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """The claims of several articles about the same thing.

    `actor` and `opponent` are the leading names ("" where nobody is named), `actors` and `opponents` all of them,
    canonical. `independent_sources` counts outlets of one publisher, and copies of one wire text, once.
    `reversed_by` is the id of the event that undid this one, "" where none did.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    id: str
    kind: Kind
    headline: str
    claims: tuple[str, ...]
    front: str = ""
    change: Change | None = None
    extent: Extent = Extent.UNSPECIFIED
    actor: str = ""
    actors: tuple[str, ...] = ()
    opponent: str = ""
    opponents: tuple[str, ...] = ()
    place: Place | None = None
    object: str = ""
    when: When = When()
    reported: date | None = None
    modality: Modality = Modality.OCCURRED
    status: Status = Status.CLAIMED
    claimants: tuple[str, ...] = ()
    casualties: tuple[Casualties, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    independent_sources: int = 1
    contradictions: tuple[Contradiction, ...] = ()
    reversed_by: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """One actor of the briefing under its canonical name, and the side it fights on ("" where nothing tells)."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    name: str
    aliases: tuple[str, ...] = ()
    side: str = ""
    kind: ActorKind = ActorKind.UNKNOWN
    gains: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """One row of the ledger: who holds a place, since when, and the claim that says so last.

    `state`: held, contested, besieged, claimed (a party's own word only), disputed, or unknown. `told` is the day on
    which it was first reported that the holder has it: where `since` is not known, it was so by then. `unsettled` is
    the day since which, or by which, a place is contested, besieged or disputed; None for the others.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    place: str
    holder: str
    state: Literal["held", "contested", "besieged", "claimed", "disputed", "unknown"]
    since: date | None
    last_evidence: str
    told: date | None = None
    unsettled: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The ledger as it stood before a day: what is merged of that day and after it goes on from there.

    `names` are those under which places and actors were told before, the oldest first: they are kept where a name of
    the run is another spelling of one.
    """

    before: date
    rows: tuple[Holding, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """What merging gives: events with their parties and the ledger, and the claims under their resolved names."""

    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    parties: tuple[Party, ...]
    ledger: tuple[Holding, ...]
