"""A memory in a test: editions of some days from claims that are written down, without a store."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from briefer.pipeline import Edition, Past, Readers, remember
from briefer.remember import names_told
from briefer.types import (
    Briefing,
    EditionChange,
    EditionKey,
    Extraction,
    Holding,
    Reading,
    Remembered,
    Standing,
    Told,
)
from tests.claim_factory import Desk

REMEMBERED = 14


class Silent:
    """An extractor that finds nothing."""

    def extract(self, articles):
        return (Extraction(article.id, ()) for article in articles)


@dataclass
class Days:
    """What is remembered of the editions of March 2011 that were made so far."""

    desk: Desk = field(default_factory=Desk)
    events: dict[str, str] = field(default_factory=dict)
    told: dict[str, Told] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    ledgers: dict[date, tuple[Holding, ...]] = field(default_factory=dict)
    withdrawn: dict[str, str] = field(default_factory=dict)
    since: date | None = None
    last: Remembered | None = None

    def edition(self, number: int, *, fronts: tuple[str, ...] = ()) -> Briefing:
        """The edition of a day of March, of all that was written down so far."""
        day = date(2011, 3, number)
        start = day - timedelta(days=REMEMBERED)
        rows = self.ledgers[max(earlier)] if (earlier := [d for d in self.ledgers if d < start]) else ()
        past = Past(
            key=EditionKey("libya", "", day, self.since),
            articles=tuple(
                replace(article, text=f"What {article.outlet} says in {article.name} on its own.")
                for article in self.desk.articles.values()
                if article.published is None or start <= article.published.date() <= day
            ),
            reader="test",
            standing=Standing(start, rows, names_told(rows, self.told.values())),
            readings={name: self._reading(name) for name in self.desk.articles},
            events=self.events,
            told=self.told,
            used=frozenset(self.used),
            withdrawn=self.withdrawn,
            fronts=fronts,
        )
        now = datetime(2011, 3, number, 23, tzinfo=UTC)
        made = remember(past, readers=Readers(Silent()), edition=Edition(day, "UTC", now))
        self._keep(made, day)
        return made.edition.briefing

    def _reading(self, name: str) -> Reading:
        return Reading(name, "test", tuple(claim for claim in self.desk.claims if claim.article == name))

    def _keep(self, made: Remembered, day: date) -> None:
        standing = {event.id: event for event in made.events}
        self.events |= {claim: event.id for event in made.events for claim in event.claims}
        self.told |= {name: Told(standing[name], day) for name in made.told}
        self.used |= set(made.used)
        self.ledgers[day] = made.ledger
        self.withdrawn = dict(made.withdrawn)
        self.since, self.last = day, made


def changes(briefing: Briefing, kind: str = "") -> list[EditionChange]:
    """The changes of an edition, of one kind or of all but quiet fronts."""
    return [change for change in briefing.changes if (change.kind == kind if kind else change.kind != "quiet")]
