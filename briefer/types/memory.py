"""What is kept from day to day: articles as collected, what was read in them, and what each edition told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from datetime import datetime
from typing import Literal

from briefer.types.briefing import Briefing
from briefer.types.claims import Claim
from briefer.types.events import Event, Holding
from briefer.types.reports import Article

TERMINAL = ""
"""The reader of editions that are made at the terminal; every other is the name of a digest."""


@dataclass(frozen=True, slots=True)
class KeptArticle:
    """An article of a collection: the `source` that gave it (a feed's or page's address, a file), and when (aware)."""

    collection: str
    source: str
    seen: datetime
    article: Article


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader made of an article: its verified claims, withheld ones too.

    `reader` is a key for who read, by what prompts, in which language. `note` and `fell_back` as in `Extraction`.
    """

    article: str
    reader: str
    claims: tuple[Claim, ...]
    note: str = ""
    fell_back: bool = False


@dataclass(frozen=True, slots=True)
class EditionKey:
    """Which edition: of a collection, for a reader, of a day, told against the edition of the day `since` (None: no
    earlier one was got). Readers of one digest who last got different editions have editions of their own.
    """

    collection: str
    reader: str
    date: Date
    since: Date | None = None


@dataclass(frozen=True, slots=True)
class KeptEdition:
    """An edition as it was made. A `final` one has gone out and is never made again; times are aware."""

    key: EditionKey
    made: datetime
    briefing: Briefing
    final: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """An event as an edition told it last, and the day of that edition."""

    event: Event
    date: Date


@dataclass(frozen=True, slots=True)
class Difference:
    """What is news of an event: that it is `new`, or how it stands apart from how it was told, and in `about` what."""

    kind: Literal["new", "changed", "contradicted", "corrected"]
    about: Literal["", "status", "toll", "extent", "actor", "words"] = ""
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What is news to a reader: `of` each event by its id; `gone` are those whose claims were all taken back."""

    of: Mapping[str, Difference] = field(default_factory=dict)
    gone: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """What an outlet takes back: `wrong` is what it had said, `right` what it says now ("" where it only withdraws).

    `article` is the one that says so and `evidence` the numbers of its sentences. `about` names the earlier article by
    its title or address where the notice does, "" where not; `itself` tells that the notice stands in the corrected
    article.
    """

    article: str
    kind: Literal["correction", "retraction"]
    wrong: str
    right: str = ""
    about: str = ""
    itself: bool = False
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Remembered:
    """All that one edition adds to memory; it is kept whole or not at all.

    `events` are those of the remembered days as they stand now, and `replaced` the ids that went up in others.
    `told` are the ids of the events that the edition shows, `used` the articles that it knew, `ledger` every place
    as of its day, `withdrawn` the claims that their outlets have taken back (claim -> article that says so).
    """

    edition: KeptEdition
    readings: tuple[Reading, ...] = ()
    events: tuple[Event, ...] = ()
    replaced: Mapping[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    ledger: tuple[Holding, ...] = ()
    withdrawn: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one recipient's mail: `digest` of `date` to `recipient`.

    `claimed` is in the hands of the process `owner`, and nothing of it was handed over; `sending` is at the moment in
    which the server takes it: where the process ended then, nobody knows whether it was taken. `sent` was taken,
    `deferred` is tried again, `refused` is not. `message` is the Message-ID without its brackets, `tries` counts
    attempts and `doubts` those of them of which nobody knows what became; `first` and `updated` are aware: when it was
    tried first, and when this was written. `why` is the server's word.
    """

    digest: str
    date: Date
    recipient: str
    state: Literal["claimed", "sending", "sent", "deferred", "refused"]
    message: str
    tries: int
    first: datetime
    updated: datetime
    owner: str = ""
    doubts: int = 0
    why: str = ""
