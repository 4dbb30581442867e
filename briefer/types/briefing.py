"""The published Briefing: the one canonical result, whose JSON schema `briefer schema` prints."""

from datetime import date as Date
from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from briefer.types.claims import Claim
from briefer.types.events import Event, Holding, Party


class _Published(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Tokens(_Published):
    """Tokens sent, received, and answered from the cache."""

    in_: int = Field(default=0, alias="in")
    out: int = 0
    cached: int = 0

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, serialize_by_alias=True)


class Stage(_Published):
    """What one stage asked of the model, and what it cost; `recalled` replies were kept from before."""

    name: str
    calls: int = 0
    recalled: int = 0
    tokens: Tokens = Tokens()
    cost: float = 0.0
    seconds: float = 0.0


class MadeBy(_Published):
    """What made the briefing, and what it cost: money in `currency`, 0 where no price is set.

    `prompts` gives the hash of each template that was used. `fell_back` are the ids of the articles that the rules
    reader took because the model did not.
    """

    extractor: Literal["rules", "llm"] = "rules"
    model: str = ""
    prompts: dict[str, str] = Field(default_factory=dict)
    tokens: Tokens = Tokens()
    cost: float = 0.0
    currency: str = ""
    calls: int = 0
    stages: tuple[Stage, ...] = ()
    fell_back: tuple[str, ...] = ()
    language: str = "en"


class Sentence(_Published):
    """One sentence of prose and the ids of the events it rests on."""

    text: str
    events: tuple[str, ...]


class Front(_Published):
    """One front: its prose, its events (latest first), and whether nothing new was reported."""

    name: str
    situation: tuple[Sentence, ...] = ()
    events: tuple[str, ...] = ()
    outlook: tuple[Sentence, ...] = ()
    independent_sources: int = 0
    quiet: bool = False


class EditionChange(_Published):
    """One difference from the last edition that the reader got.

    `edition` is the day of the earlier edition that told what is changed, withdrawn or corrected here.
    """

    kind: Literal["new", "changed", "contradicted", "withdrawn", "corrected", "quiet"]
    what: str
    event: str = ""
    place: str = ""
    edition: Date | None = None


class Gap(_Published):
    """Something that a reader would want to know and no source says."""

    what: str
    about: str = ""


class Fate(StrEnum):
    """What became of a collected thing."""

    USED = "used"
    DUPLICATE_OF = "duplicate_of"
    OFF_TOPIC = "off_topic"
    UNREADABLE = "unreadable"
    AFTER_CUTOFF = "after_cutoff"


class SourceRecord(_Published):
    """One collected thing and its fate. `why` is in words; `duplicate_of` is the id of the source it repeats.

    `known` tells that an earlier edition had it; it stands here because an event of this one rests on it too.
    """

    id: str
    name: str
    outlet: str = ""
    title: str = ""
    url: str = ""
    published: datetime | None = None
    language: str = ""
    fate: Fate
    why: str = ""
    duplicate_of: str = ""
    lines_cut: int = 0
    known: bool = False


class Briefing(_Published):
    """The one canonical result; every renderer and every mail starts from it.

    With a memory, `collection` names it, `reader` the digest ("" at the terminal), and `since` is the day of the
    edition that `changes` are told against, None for a first one.
    """

    schema_: Literal["briefer.briefing/1"] = Field(default="briefer.briefing/1", alias="schema")
    date: Date
    timezone: str
    cutoff: datetime
    collection: str = ""
    reader: str = ""
    since: Date | None = None
    made_by: MadeBy = Field(default_factory=MadeBy)
    lead: tuple[Sentence, ...] = ()
    fronts: tuple[Front, ...] = ()
    events: tuple[Event, ...] = ()
    actors: tuple[Party, ...] = ()
    ledger: tuple[Holding, ...] = ()
    changes: tuple[EditionChange, ...] = ()
    claims: tuple[Claim, ...] = ()
    withheld: tuple[Claim, ...] = ()
    gaps: tuple[Gap, ...] = ()
    sources: tuple[SourceRecord, ...] = ()

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, serialize_by_alias=True)
