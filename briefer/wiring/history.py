"""What is remembered, asked for: an edition, the difference between two days, a place, an actor, a claim."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date

from rapidfuzz import fuzz, process

from briefer.errors import NothingToBrief, UsageError
from briefer.reading.names import fold
from briefer.store import Store
from briefer.types import (
    TERMINAL,
    Briefing,
    Claim,
    EditionChange,
    Event,
    Holding,
    KeptArticle,
    KeptEdition,
    Reading,
    SourceRecord,
)

_LIKELY = 60  # of 100: what is less like a name that is asked for is no help
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Moved:
    """A place whose row of the ledger differs between two days; None where it had none."""

    place: str
    before: Holding | None
    after: Holding | None


@dataclass(frozen=True, slots=True)
class Between:
    """What changed from the edition of one day to that of another: what was told, the last first, and the ledger."""

    before: Date
    after: Date
    told: tuple[tuple[Date, EditionChange], ...]
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class PlaceHistory:
    """A place by its name: how it stood, each state with the day of its edition, and its events in order of time."""

    name: str
    states: tuple[tuple[Date, Holding], ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class ActorHistory:
    """An actor by its name, and its events in order of time."""

    name: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Trail:
    """All that stands behind one claim: its article, who read it, the event it is part of, the editions that had it.

    `article` is None where it has been pruned; `taken_back` is the article in which its outlet takes it back, or "".
    """

    claim: Claim
    source: SourceRecord | None
    article: KeptArticle | None
    reading: Reading | None
    edition: KeptEdition
    event: Event | None
    carried: tuple[Date, ...]
    taken_back: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """What the store remembers of one collection, for one reader."""

    store: Store
    collection: str
    reader: str = TERMINAL

    def edition(self, day: Date | None = None) -> KeptEdition:
        """The edition of a day, or the last one. Raises NothingToBrief where there is none."""
        memory = self.store.memory(self.collection)
        found = memory.latest(self.reader, day)
        if found is None or (day is not None and found.key.date != day):
            days = sorted({record.key.date for record in memory.editions(self.reader)})
            raise NothingToBrief(self._no_edition(day, days))
        return found

    def between(self, before: Date, after: Date) -> Between:
        """What changed from one day's edition to another's. Raises NothingToBrief where either has none."""
        first, last = self.edition(before).key.date, self.edition(after).key.date
        memory = self.store.memory(self.collection)
        days = sorted({r.key.date for r in memory.editions(self.reader) if first < r.key.date <= last}, reverse=True)
        told = [(day, change) for day in days for change in self.edition(day).briefing.changes]
        return Between(first, last, tuple(_latest(told)), _moved(memory.ledger_on(first), memory.ledger_on(last)))

    def place(self, name: str) -> PlaceHistory:
        """The history of a place. Raises UsageError where none of that name is known; it names those that are near."""
        memory = self.store.memory(self.collection)
        key = self._known("place", name)
        states = tuple(memory.history(key))
        events = tuple(memory.events_about(place=key))
        names = [holding.place for _, holding in states[-1:]] + [e.place.canonical for e in events if e.place]
        return PlaceHistory(names[0] if names else name, states, events)

    def actor(self, name: str) -> ActorHistory:
        """The history of an actor. Raises UsageError where none of that name is known; it names those that are near."""
        key = self._known("actor", name)
        events = tuple(self.store.memory(self.collection).events_about(actor=key))
        names = (n for event in events for n in (*event.actors, *event.opponents) if fold(n) == key)
        return ActorHistory(next(names, name), events)

    def why(self, claim: str) -> Trail:
        """What stands behind a claim, by its id. Raises UsageError where no edition of this reader had it."""
        memory = self.store.memory(self.collection)
        records = memory.editions_with_claims([claim]).get(claim, [])
        days = sorted({record.key.date for record in records if record.key.reader == self.reader})
        kept = self.edition(days[-1]) if days else self._withheld(claim)
        found = next(c for c in (*kept.briefing.claims, *kept.briefing.withheld) if c.id == claim)
        events = memory.event_ids([claim])
        standing = memory.events(events.values())
        return Trail(
            claim=found,
            source=next((source for source in kept.briefing.sources if source.id == found.article), None),
            article=self.store.articles.get([found.article], self.collection).get(found.article),
            reading=self.store.readings.of([found.article], "").get(found.article),
            edition=kept,
            event=standing.get(events.get(claim, "")),
            carried=tuple(days),
            taken_back=memory.withdrawn([claim]).get(claim, ""),
        )

    def _withheld(self, claim: str) -> KeptEdition:
        for record in reversed(self.store.memory(self.collection).editions(self.reader)):
            kept = self.edition(record.key.date)
            if any(each.id == claim for each in kept.briefing.withheld):
                return kept
        raise UsageError(
            f"{claim[:40]!r} is no claim of an edition; "
            "`briefer show --format json` has their ids, or give a mark such as 5"
        )

    def _known(self, kind: str, name: str) -> str:
        key = fold(name)
        names = self.store.memory(self.collection).names(kind)
        if key in names:
            return key
        near = process.extract(key, sorted(names), scorer=fuzz.WRatio, score_cutoff=_LIKELY, limit=_NAMED)
        listed = ", ".join(found for found, *_ in near)
        hint = f"near it are: {listed}" if near else f"there are {len(names):,} others"
        raise UsageError(f"{name[:60]!r} is no {kind} of the collection {self.collection}; {hint}")

    def _no_edition(self, day: Date | None, days: Sequence[Date]) -> str:
        of = f"the collection {self.collection}" + (f" for the digest {self.reader}" if self.reader else "")
        if not days:
            return f"{of} has no edition yet; make one with `briefer run --collection {self.collection}`"
        return f"{of} has no edition of {day}; it has {len(days)}, from {days[0]} to {days[-1]}"


def _latest(told: Iterable[tuple[Date, EditionChange]]) -> Iterable[tuple[Date, EditionChange]]:
    """Of each event the last change that was told; what is quiet between two days is no change."""
    seen: set[str] = set()
    for day, change in told:
        if change.kind != "quiet" and change.event not in seen:
            seen.add(change.event)
            yield day, change


def _moved(before: Sequence[Holding], after: Sequence[Holding]) -> tuple[Moved, ...]:
    old = {fold(row.place): row for row in before}
    new = {fold(row.place): row for row in after}
    keys = sorted(old.keys() | new.keys())
    moved = ((old.get(key), new.get(key)) for key in keys)
    return tuple(Moved((two or one or _NOBODY).place, one, two) for one, two in moved if _stands(one) != _stands(two))


_NOBODY = Holding("", "", "unknown", None, "")


def _stands(row: Holding | None) -> tuple[str, str, Date | None] | None:
    return (row.holder, row.state, row.since) if row else None


def claims_of_mark(briefing: Briefing, marks: Mapping[str, int], mark: int) -> tuple[str, ...]:
    """The claims behind a mark of an edition, by the marks of its events. Raises UsageError for one that it has not."""
    event = next((event for event in briefing.events if marks.get(event.id) == mark), None)
    if event is None:
        raise UsageError(f"[{mark}] is no mark of the edition of {briefing.date}; it has {len(marks)}")
    return event.claims
