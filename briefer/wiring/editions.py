"""Editions with a memory: what the store holds of a collection in, the day's edition out, and kept."""

from collections.abc import Callable, Mapping, Sequence, Set
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from briefer.errors import NothingToBrief, UsageError
from briefer.pipeline import Edition, Past, Progress, Readers, remember, unwatched
from briefer.remember import names_told
from briefer.settings import Collection, Settings
from briefer.store import Store, open_store
from briefer.types import TERMINAL, Briefing, EditionKey, KeptEdition, Reading, Remembered, Standing, identifier
from briefer.wiring.house import house
from briefer.wiring.readers import model_named, readers

if TYPE_CHECKING:
    from briefer.models.stopping import Stop
    from briefer.wiring.models import Tapes


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which edition is asked for: of a collection, for a reader, of a day by a timezone, against the one of `since`."""

    collection: str
    date: Date
    timezone: str
    now: datetime
    reader: str = TERMINAL
    since: Date | None = None
    fronts: Sequence[str] = ()

    @property
    def key(self) -> EditionKey:
        """The key under which it is kept."""
        return EditionKey(self.collection, self.reader, self.date, self.since)


@dataclass(frozen=True, slots=True)
class Watched:
    """Who is told how far it is, what can stop it, and where replies are recorded or taken from."""

    progress: Progress = unwatched
    stop: "Stop | None" = None
    tapes: "Tapes | None" = None


def brief_collection(settings: Settings, collection: str, asked: Edition, watched: Watched) -> Briefing:
    """The edition of a collection for the terminal, from the store of the settings, and kept there.

    Raises as `Editions.latest` does.
    """
    collection_of(settings, collection)
    with open_store(settings.store) as store:
        return Editions(settings, store, watched).latest(collection, asked).briefing


@dataclass(frozen=True, slots=True)
class Editions:
    """Makes editions by the settings from what the store holds, and keeps them.

    `reading` gives those who read, by the settings where it is None.
    """

    settings: Settings
    store: Store
    watched: Watched = Watched()
    reading: "Callable[[], AbstractContextManager[Readers]] | None" = None

    def make(self, wanted: Wanted, *, keep: bool = True) -> KeptEdition:
        """The edition; one that has gone out already is given as it went.

        Raises UsageError for a collection that the settings do not name, StoreError, and what `pipeline.remember` does.
        """
        memory = self.store.memory(wanted.collection)
        kept = memory.edition(wanted.key)
        if kept is not None and kept.final:
            return kept
        self._hold_to_calendar(wanted)
        made = self._made(wanted, self._past(wanted))
        if keep:
            memory.save(made)
        return made.edition

    def _hold_to_calendar(self, wanted: Wanted) -> None:
        """Raises UsageError for a day to come of which no article is: a slip of the pen would be sent, and the last."""
        zone = ZoneInfo(wanted.timezone)
        span = self.store.articles.span(wanted.collection)
        if span and wanted.date > max(wanted.now.astimezone(zone).date(), span[1].astimezone(zone).date()):
            raise UsageError(f"{wanted.date} is a day to come: there is neither an article of it nor after it")

    def finalise(self, edition: KeptEdition) -> KeptEdition:
        """Keep an edition as the one that goes out, and give it: another process may have made it anew meanwhile."""
        memory = self.store.memory(edition.key.collection)
        memory.finalise(edition.key)
        return memory.edition(edition.key) or edition

    def latest(self, collection: str, asked: Edition) -> KeptEdition:
        """The edition for the terminal: of the day that is asked for, told against the one before it.

        Where no day is asked for it is today's, or where nothing of the remembered days is there the day of the latest
        article. Raises as `make` does.
        """
        day = asked.date or self._day(collection, asked)
        memory = self.store.memory(collection)
        earlier = [record.key.date for record in memory.editions(TERMINAL) if record.key.date < day]
        since = max(earlier, default=None)
        return self.make(Wanted(collection, day, asked.timezone, asked.now, since=since))

    def rebuild(self, collection: str) -> int:
        """Derive everything of a collection from its articles again, in the order of its editions; how many there were.

        Articles are read again (what a model answered is kept and not paid for twice). Editions that have gone out stay
        as they went. One that is interrupted is done by doing it again. Raises as `make` does.
        """
        collection_of(self.settings, collection)
        memory = self.store.memory(collection)
        records = sorted(memory.editions(), key=lambda record: (record.key.date, record.made, record.key.reader))
        timezones = {record.key: self._timezone_of(record.key) for record in records}
        memory.forget()
        again: set[str] = set()
        for number, record in enumerate(records, start=1):
            key = record.key
            wanted = Wanted(collection, key.date, timezones[key], record.made, key.reader, key.since, self._fronts(key))
            made = self._made(wanted, self._past(wanted, only=again))
            (memory.amend if record.final else memory.save)(made)
            again |= {reading.article for reading in made.readings}
            self.watched.progress("rebuilding", number, len(records))
        return len(records)

    def _made(self, wanted: Wanted, past: Past) -> Remembered:
        by_settings = partial(readers, self.settings, stop=self.watched.stop, tapes=self.watched.tapes)
        with (self.reading or by_settings)() as found:
            asked = Edition(wanted.date, wanted.timezone, wanted.now)
            return remember(past, readers=found, edition=asked, progress=self.watched.progress)

    def _day(self, collection: str, asked: Edition) -> Date:
        zone = ZoneInfo(asked.timezone)
        today = asked.now.astimezone(zone).date()
        span = self.store.articles.span(collection)
        if span is None:
            raise NothingToBrief(
                f"the collection {collection} has no articles yet; fetch some with `briefer collect {collection}`"
            )
        last = span[1].astimezone(zone).date()
        remembered = timedelta(days=collection_of(self.settings, collection).days)
        return today if today - remembered <= last <= today else last

    def _timezone_of(self, key: EditionKey) -> str:
        kept = self.store.memory(key.collection).edition(key)
        return kept.briefing.timezone if kept else self.settings.timezone

    def _fronts(self, key: EditionKey) -> Sequence[str]:
        digest = self.settings.digests.get(key.reader)
        return digest.fronts if digest else ()

    def _past(self, wanted: Wanted, *, only: Set[str] | None = None) -> Past:
        """What is remembered; of earlier readings those of `only` these articles, where it is given."""
        collection = collection_of(self.settings, wanted.collection)
        start, end = _remembered_days(wanted, collection)
        memory = self.store.memory(wanted.collection)
        kept = self.store.articles.window(wanted.collection, start, end)
        articles = [each.article for each in kept if each.seen <= wanted.now]  # when all is derived again too
        names = [article.id for article in articles]
        used = memory.used(wanted.reader, wanted.since, names) if wanted.since else frozenset()
        readings = self._readings(names, used)
        if only is not None:
            readings = {name: reading for name, reading in readings.items() if name in only}
        claims = [claim.id for reading in readings.values() for claim in reading.claims]
        events = memory.event_ids(claims)
        told = memory.told(wanted.reader, wanted.since, set(events.values())) if wanted.since else {}
        rows = tuple(memory.ledger(start.date()))
        return Past(
            key=wanted.key,
            articles=tuple(articles),
            reader=reader_key(self.settings),
            standing=Standing(start.date(), rows, names_told(rows, told.values())),
            readings=readings,
            events=events,
            told=told,
            used=used,
            withdrawn=memory.withdrawn(claims),
            fronts=tuple(wanted.fronts),
            house=house(self.settings),
        )

    def _readings(self, names: Sequence[str], used: frozenset[str]) -> Mapping[str, Reading]:
        """What is to stand of earlier readings: of articles that editions knew all, of others this reader's own.

        What the rules read because the model did not answer is read again as long as no reader has got it.
        """
        reader = reader_key(self.settings)
        found = self.store.readings.of(names, reader)
        return {
            name: reading
            for name, reading in found.items()
            if name in used or (reading.reader == reader and not reading.fell_back)
        }


def collection_of(settings: Settings, name: str) -> Collection:
    """A collection of the settings. Raises UsageError, which names those that there are."""
    if name in settings.collections:
        return settings.collections[name]
    known = ", ".join(sorted(settings.collections)) or "none; `briefer init` writes a settings file to begin with"
    raise UsageError(f"{name[:60]!r} is no collection of the settings; there are: {known}")


def _remembered_days(wanted: Wanted, collection: Collection) -> tuple[datetime, datetime]:
    zone = ZoneInfo(wanted.timezone)
    end = datetime.combine(wanted.date, time.max, zone)
    return datetime.combine(wanted.date - timedelta(days=collection.days), time.min, zone), end


def reader_key(settings: Settings) -> str:
    """The key of who reads by these settings: another model, prompt or language reads anew."""
    if not model_named(settings):
        return "rules"
    from briefer.wiring.asked import prompts_of

    prompts = prompts_of(settings).hashes()
    hashes = (f"{name}={prompts[name]}" for name in sorted(prompts))
    parts = (settings.model.name, settings.language, settings.model.judge, *hashes)
    return identifier(*parts, prefix="llm:")
