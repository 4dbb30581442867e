"""What one article asserts: the claim, its parts, and what the verifier finds.

The words of the fields are those of the ACLED, UCDP GED, PLOVER and Oryx codebooks.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field

STRICT = ConfigDict(extra="forbid")


class Kind(StrEnum):
    """What an assertion is about (after the ACLED sub-events and CAMEO 15-20)."""

    TERRITORY = "territory"
    CLASH = "clash"
    STRIKE = "strike"
    SHELLING = "shelling"
    CASUALTIES = "casualties"
    EQUIPMENT = "equipment"
    PRISONERS = "prisoners"
    AGREEMENT = "agreement"
    MOVEMENT = "movement"
    POLITICAL = "political"
    HUMANITARIAN = "humanitarian"
    OUTLOOK = "outlook"


class Change(StrEnum):
    """What happened to control of a place; told from the view of `Claim.actors` (ISW, ACLED)."""

    CAPTURED = "captured"
    RECAPTURED = "recaptured"
    ADVANCED = "advanced"
    ENTERED = "entered"
    INFILTRATED = "infiltrated"
    REPELLED = "repelled"
    WITHDREW = "withdrew"
    LOST = "lost"
    CONTESTED = "contested"
    BESIEGED = "besieged"
    HANDED_OVER = "handed_over"
    HELD = "held"


class Extent(StrEnum):
    """How much of the place a change of control is about."""

    FULL = "full"
    MOST = "most"
    PART = "part"
    OUTSKIRTS = "outskirts"
    UNSPECIFIED = "unspecified"


class Modality(StrEnum):
    """Whether it happened (after PLOVER's auxiliary modes)."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    ATTEMPTED = "attempted"
    PLANNED = "planned"
    PREDICTED = "predicted"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"
    HISTORICAL = "historical"


REAL = frozenset({Modality.OCCURRED, Modality.ONGOING})
"""The modalities of what is told as having come to pass."""


class ActorKind(StrEnum):
    """The kind of an actor (after ACLED's interaction codes)."""

    STATE_FORCES = "state_forces"
    REBEL_GROUP = "rebel_group"
    POLITICAL_MILITIA = "political_militia"
    IDENTITY_MILITIA = "identity_militia"
    RIOTERS = "rioters"
    PROTESTERS = "protesters"
    CIVILIANS = "civilians"
    EXTERNAL_FORCES = "external_forces"
    UNKNOWN = "unknown"


class Claimant(StrEnum):
    """What kind of source says it (after MUC-4 confidence and ISW "assessed" / "claimed")."""

    OUTLET = "outlet"
    PARTY = "party"
    OFFICIAL = "official"
    MONITOR = "monitor"
    FOOTAGE = "footage"
    WITNESS = "witness"
    UNNAMED = "unnamed"


class DatePrecision(StrEnum):
    """How exactly the time of a thing is known (GED date precision)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    UNKNOWN = "unknown"


class DayPart(StrEnum):
    """The part of the day that the text names; orders two changes of one day."""

    NONE = ""
    NIGHT = "night"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class CasualtyKind(StrEnum):
    """What became of the people that a number counts."""

    KILLED = "killed"
    WOUNDED = "wounded"
    CAPTURED = "captured"
    MISSING = "missing"


class EquipmentState(StrEnum):
    """What became of equipment (the Oryx convention)."""

    DESTROYED = "destroyed"
    DAMAGED = "damaged"
    CAPTURED = "captured"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is meant in one claim: the words of the text, and the name that they are resolved to.

    `name` is as written ("the army"); `canonical` what it stands for there ("Syrian Arab Army").
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    name: str
    canonical: str
    kind: ActorKind = ActorKind.UNKNOWN


@dataclass(frozen=True, slots=True)
class Place:
    """Where: the name as written, the canonical name, and how exactly it is known.

    `relation` is what stands between the name and the spot ("5 km north of"), "" at the place itself.
    `precision` follows UCDP GED: 1 exact spot, 2 near it, 3 district, 4 province, 5 region, 6 country.
    Coordinates (WGS 84 degrees) come from the gazetteer or are None; they are never made up.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    name: str
    canonical: str
    relation: str = ""
    precision: Annotated[int, Field(ge=1, le=6)] = 1
    lat: float | None = None
    lon: float | None = None
    region: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """When it happened, apart from when it was reported. Days are None when the text does not let them be known.

    `as_written` keeps the words ("Friday morning"), which are shown where the date is unknown.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    start: date | None = None
    end: date | None = None
    precision: DatePrecision = DatePrecision.UNKNOWN
    part: DayPart = DayPart.NONE
    as_written: str = ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it. `who` is as written, "" for the outlet's own voice.

    `canonical` is the actor or side the claimant speaks for when it is a party ("rebels"), else "".
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    kind: Claimant = Claimant.OUTLET
    who: str = ""
    canonical: str = ""


@dataclass(frozen=True, slots=True)
class Casualties:
    """A count of people. `low`, `best`, `high` are as the claimant bounds them; None is "not said"."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    kind: CasualtyKind
    low: int | None = None
    best: int | None = None
    high: int | None = None
    victims: str = ""
    civilian: bool | None = None
    claimant: str = ""
    as_written: str = ""


@dataclass(frozen=True, slots=True)
class Equipment:
    """A count of weapons or vehicles and what became of them; `number` None is "not said"."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    type: str
    state: EquipmentState
    number: int | None = None
    claimant: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words of a source: `quote` is `Article.text[start:end]`, the sentence numbered `sentence`."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    sentence: int
    start: int
    end: int
    quote: str


class Ruling(StrEnum):
    """What the verifier finds."""

    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"
    UNCLEAR = "unclear"


class Reason(StrEnum):
    """Why a claim does not stand; the list is closed."""

    WRONG_ACTOR = "wrong_actor"
    WRONG_DIRECTION = "wrong_direction"
    WRONG_PLACE = "wrong_place"
    WRONG_NUMBER = "wrong_number"
    WRONG_DATE = "wrong_date"
    PLANNED_AS_DONE = "planned_as_done"
    CLAIM_AS_FACT = "claim_as_fact"
    DENIED_AS_FACT = "denied_as_fact"
    REVERSED_STALE = "reversed_stale"
    CONFLATION = "conflation"
    NEGATION = "negation"
    BACKGROUND_AS_NEW = "background_as_new"
    EXAGGERATION = "exaggeration"
    FABRICATED = "fabricated"
    INJECTED = "injected"


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion of one article, attributed, with the sentences that carry it.

    `text` is one plain sentence in the briefing's language. `actors` do it, `opponents` have it done to them:
    for territory, `actors` are the ones whose `change` it is (who captured, who withdrew, who repelled).
    `allies` act together as `actors`; the first named leads. `front` is a name the article itself gives, or "".
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    id: str
    article: str
    text: str
    kind: Kind
    evidence: tuple[Evidence, ...]
    change: Change | None = None
    extent: Extent = Extent.UNSPECIFIED
    actors: tuple[Actor, ...] = ()
    opponents: tuple[Actor, ...] = ()
    place: Place | None = None
    when: When = When()
    modality: Modality = Modality.OCCURRED
    attribution: Attribution = Attribution()
    casualties: tuple[Casualties, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    object: str = ""
    front: str = ""
    verdict: Ruling = Ruling.UNCLEAR
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """What an extractor made of one article; `note` says what the reader of the briefing must know ("" for nothing).

    `fell_back` tells that the extractor could not read the article, for what `note` says, and the rules reader did.
    """

    article: str
    claims: tuple[Claim, ...]
    note: str = ""
    fell_back: bool = False
