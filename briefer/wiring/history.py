"""What is remembered, asked for: an edition, the difference between two days, a place, an actor, a claim."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date
from itertools import groupby

from briefer.errors import NothingToBrief, UsageError
from briefer.reading.names import fold, loose
from briefer.settings import HouseNames
from briefer.store import Store
from briefer.types import (
    REAL,
    TERMINAL,
    Briefing,
    Change,
    EditionChange,
    Event,
    Holding,
    KeptEdition,
    Status,
    Told,
)
from briefer.wiring.trails import Cited, Excerpt, Trail, Trails

__all__ = [
    "ActorHistory",
    "Between",
    "Cited",
    "Excerpt",
    "History",
    "Moved",
    "PlaceHistory",
    "Stood",
    "Trail",
    "claims_of_mark",
]

_LIKELY = 60  # of 100: what is less like a name that is asked for is no help
_NAMED = 5

# Changes as merging has them: what is a gain of those whose change it is, and what a loss.
_TAKEN = frozenset({Change.CAPTURED, Change.RECAPTURED, Change.ADVANCED, Change.ENTERED})
_GIVEN_UP = frozenset({Change.LOST, Change.WITHDREW, Change.HANDED_OVER})


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
class Stood:
    """How a place stood for a while: from the edition of `day` on; its row then, and as it was said last."""

    day: Date
    first: Holding
    last: Holding


@dataclass(frozen=True, slots=True)
class PlaceHistory:
    """A place by its name: how it stood, each state with the day of its edition, and its events in order of time.

    `spellings` are the other names that it goes by, `cited` the claims that the states rest on, and `reversing` the
    events that undid any of its own, both by id.
    """

    name: str
    states: tuple[tuple[Date, Holding], ...]
    events: tuple[Event, ...]
    spellings: tuple[str, ...] = ()
    cited: Mapping[str, Cited] = field(default_factory=dict)
    reversing: Mapping[str, Event] = field(default_factory=dict)

    @property
    def stood(self) -> tuple[Stood, ...]:
        """The states, those together that differ only in who said so last."""
        runs = (list(run) for _, run in groupby(self.states, key=lambda state: _stands(state[1])))
        return tuple(Stood(run[0][0], run[0][1], run[-1][1]) for run in runs)


@dataclass(frozen=True, slots=True)
class ActorHistory:
    """An actor by its name, and its events in order of time.

    `gains` and `losses` are the ids of those in which ground came to it or went from it, reversed ones too, `reversing`
    the events that undid any, by id, and `spellings` the other names that it goes by.
    """

    name: str
    events: tuple[Event, ...]
    spellings: tuple[str, ...] = ()
    gains: frozenset[str] = frozenset()
    losses: frozenset[str] = frozenset()
    reversing: Mapping[str, Event] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class History:
    """What the store remembers of one collection, for one reader. `house` are the house's names."""

    store: Store
    collection: str
    reader: str = TERMINAL
    house: HouseNames = field(default_factory=HouseNames)

    def edition(self, day: Date | None = None) -> KeptEdition:
        """The edition of a day, or the last one. Raises NothingToBrief where there is none."""
        memory = self.store.memory(self.collection)
        found = memory.latest(self.reader, day)
        if found is None or (day is not None and found.key.date != day):
            days = sorted({record.key.date for record in memory.editions(self.reader)})
            raise NothingToBrief(self._no_edition(day, days))
        return found

    def between(self, before: Date, after: Date) -> Between:
        """What changed from one day's edition to another's, the earlier first.

        Raises NothingToBrief where either has none, and UsageError for one day.
        """
        if before == after:
            raise UsageError(f"{before} and {after} are one day; give two, such as the first and the last of a week")
        first, last = (self._day(day) for day in sorted((before, after)))
        memory = self.store.memory(self.collection)
        days = reversed(memory.changes(self.reader, first, last))
        told = ((day, change) for day, changes in days for change in changes)
        return Between(first, last, tuple(_latest(told)), _moved(memory.ledger_on(first), memory.ledger_on(last)))

    def place(self, name: str) -> PlaceHistory:
        """The history of a place. Raises UsageError where none of that name is known; it names those that are near."""
        memory = self.store.memory(self.collection)
        key = self._known("place", name)
        states = tuple(memory.history(key))
        events = self._as_they_stand(memory.events_about(place=key))
        shown = [holding.place for _, holding in states[-1:]] + [e.place.canonical for e in events if e.place]
        found = PlaceHistory(shown[0] if shown else name, states, events)
        resting = [claim for one in found.stood for claim in (one.first.last_evidence, one.last.last_evidence) if claim]
        cited = Trails(self.store, self.collection, self.reader).cited(dict.fromkeys(resting))
        written = [e.place.name for e in events if e.place]
        written += [each.claim.place.name for each in cited.values() if each.claim.place]
        spellings = _others(found.name, [*self._house("place").get(key, ()), *written])
        return replace(found, spellings=spellings, cited=cited, reversing=self._reversing(events))

    def _as_they_stand(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """The events, those of which every claim was taken back as withdrawn."""
        memory = self.store.memory(self.collection)
        gone = memory.withdrawn({claim for event in events for claim in event.claims}).keys()
        return tuple(replace(e, status=Status.WITHDRAWN) if e.claims and gone >= set(e.claims) else e for e in events)

    def actor(self, name: str) -> ActorHistory:
        """The history of an actor. Raises UsageError where none of that name is known; it names those that are near."""
        key = self._known("actor", name)
        events = self._as_they_stand(self.store.memory(self.collection).events_about(actor=key))
        names = (n for event in events for n in (*event.actors, *event.opponents) if fold(n) == key)
        shown = next(names, name)
        return ActorHistory(
            name=shown,
            events=events,
            spellings=_others(shown, [*self._house("actor").get(key, ()), *self._aliases(key)]),
            gains=frozenset(event.id for event in events if _moves(event, key, _TAKEN, _GIVEN_UP)),
            losses=frozenset(event.id for event in events if _moves(event, key, _GIVEN_UP, _TAKEN)),
            reversing=self._reversing(events),
        )

    def why(self, claim: str) -> Trail:
        """What stands behind a claim, by its id. Raises UsageError where no edition had it."""
        return Trails(self.store, self.collection, self.reader).of([claim])[0]

    def behind(self, what: str, day: Date | None = None, fronts: Sequence[str] = ()) -> tuple[Trail, ...]:
        """What stands behind a claim or an event, by its id, or a mark of the edition of a day (the last by default).

        Marks are those of the whole edition, or where `fronts` are given of the edition with these alone. Of what was
        withheld that edition is searched, or the latest ones. Raises UsageError where none had it, and NothingToBrief
        for a day without an edition.
        """
        claims = self._meant(what.strip().strip("[]"), day, fronts)
        return Trails(self.store, self.collection, self.reader, self.edition(day) if day else None).of(claims)

    def _meant(self, what: str, day: Date | None, fronts: Sequence[str]) -> Sequence[str]:
        """The ids of the claims that are meant."""
        if what.isdecimal() and what.isascii():
            from briefer.compose.part import only_fronts
            from briefer.render.page import Marks

            briefing = only_fronts(self.edition(day).briefing, fronts)
            return claims_of_mark(briefing, Marks.of(briefing), int(what[:9]))
        memory = self.store.memory(self.collection)
        event = memory.events([what]).get(what) or _of(memory.told(self.reader, Date.max, [what]).get(what))
        return event.claims if event else (what,)

    def _reversing(self, events: Sequence[Event]) -> Mapping[str, Event]:
        """The events that undid any of these, by id."""
        own = {event.id: event for event in events}
        ids = sorted({event.reversed_by for event in events if event.reversed_by})
        others = self.store.memory(self.collection).events([name for name in ids if name not in own])
        return {name: found for name in ids if (found := own.get(name) or others.get(name))}

    def _day(self, day: Date) -> Date:
        """A day that has an edition. Raises NothingToBrief for one that has none."""
        days = sorted({record.key.date for record in self.store.memory(self.collection).editions(self.reader)})
        if day not in days:
            raise NothingToBrief(self._no_edition(day, days))
        return day

    def _known(self, kind: str, name: str) -> str:
        """The key of a name: itself, by the house's names, or by a spelling that only one name goes by."""
        names = self.store.memory(self.collection).names(kind)
        key = fold(name)
        if key in names:
            return key
        ours = [known for known, spelt in self._house(kind).items() if known in names and key in map(fold, spelt)]
        alike = ours or [known for known in names if loose(known) == loose(name)]
        if len(alike) == 1:
            return alike[0]
        near = alike[:_NAMED] or _near(key, names)
        written = [known for known in near if key in self._written(kind, known)]
        if len(written) == 1:
            return written[0]
        hint = f"near it are: {', '.join(near)}" if near else f"there are {len(names):,} others"
        raise UsageError(f"{name[:60]!r} is no {kind} of the collection {self.collection}; {hint}")

    def _written(self, kind: str, key: str) -> set[str]:
        """The keys of the spellings in which sources write a name."""
        if kind == "actor":
            return _keys(self._aliases(key))
        return _keys(e.place.name for e in self.store.memory(self.collection).events_about(place=key) if e.place)

    def _house(self, kind: str) -> Mapping[str, Sequence[str]]:
        """The house's spellings by the key of each name."""
        names = self.house.places if kind == "place" else self.house.actors
        return {fold(name): (name, *spellings) for name, spellings in names.items()}

    def _aliases(self, key: str) -> Sequence[str]:
        """The names of an actor that its last edition gives."""
        latest = self.store.memory(self.collection).latest(self.reader)
        parties = latest.briefing.actors if latest else ()
        return next((party.aliases for party in parties if fold(party.name) == key), ())

    def _no_edition(self, day: Date | None, days: Sequence[Date]) -> str:
        of = f"the collection {self.collection}" + (f" for the digest {self.reader}" if self.reader else "")
        if not days and self.reader:
            return f"{of} has no edition yet; `briefer digest send {self.reader}` makes one"
        if not days:
            return f"{of} has no edition yet; make one with `briefer run --collection {self.collection}`"
        near = min(days, key=lambda one: (abs((one - day).days), one)) if day else days[-1]
        span = f"from {days[0]} to {days[-1]}" if len(days) > 1 else f"of {days[0]}"
        return f"{of} has no edition of {day}; it has {len(days)}, {span}, the nearest {near}"


def _of(told: Told | None) -> Event | None:
    return told.event if told else None


def _near(key: str, names: Iterable[str]) -> list[str]:
    from rapidfuzz import fuzz, process

    near = process.extract(key, sorted(names), scorer=fuzz.WRatio, score_cutoff=_LIKELY, limit=_NAMED)
    return [found for found, *_ in near]


def _others(name: str, spellings: Iterable[str]) -> tuple[str, ...]:
    """The spellings that are not the name itself, each once."""
    return tuple(sorted({" ".join(one.split()) for one in spellings if one.strip()} - {name}))


def _moves(event: Event, key: str, own: frozenset[Change], others: frozenset[Change]) -> bool:
    """Whether an event that came to pass is a change of `own` kind by an actor, or of the `others` against it."""
    if event.modality not in REAL or event.status in (Status.DENIED, Status.WITHDRAWN):
        return False
    doers, suffering = (_keys(names) for names in (event.actors, event.opponents))
    return (event.change in own and key in doers) or (event.change in others and key in suffering)


def _keys(names: Iterable[str]) -> set[str]:
    return {fold(name) for name in names}


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
