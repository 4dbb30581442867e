"""Editions with a memory: what the store holds of a collection in, the day's edition out, and kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from briefer.errors import UsageError
from briefer.pipeline import Edition, Past, Progress, remember, unwatched
from briefer.remember import names_told
from briefer.settings import Collection, Settings
from briefer.store import Store
from briefer.types import TERMINAL, EditionKey, KeptEdition, Reading, Standing, identifier
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
class Editions:
    """Makes editions by the settings from what the store holds, and keeps them."""

    settings: Settings
    store: Store
    progress: Progress = unwatched
    stop: "Stop | None" = None
    tapes: "Tapes | None" = None

    def make(self, wanted: Wanted) -> KeptEdition:
        """The edition; one that has gone out already is given as it went.

        Raises UsageError for a collection that the settings do not name, StoreError, and what `pipeline.remember` does.
        """
        memory = self.store.memory(wanted.collection)
        kept = memory.edition(wanted.key)
        if kept is not None and kept.final:
            return kept
        with readers(self.settings, stop=self.stop, tapes=self.tapes) as found:
            made = remember(
                self._past(wanted),
                readers=found,
                edition=Edition(wanted.date, wanted.timezone, wanted.now),
                progress=self.progress,
            )
        memory.save(made)
        return made.edition

    def _past(self, wanted: Wanted) -> Past:
        collection = collection_of(self.settings, wanted.collection)
        start, end = _remembered_days(wanted, collection)
        memory = self.store.memory(wanted.collection)
        articles = [kept.article for kept in self.store.articles.window(wanted.collection, start, end)]
        names = [article.id for article in articles]
        used = memory.used(wanted.reader, wanted.since, names) if wanted.since else frozenset()
        readings = self._readings(names, used)
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
