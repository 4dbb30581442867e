"""Collecting, wired: the collections of the settings in; their new articles in the store, and a report a source, out.

Each source's articles are kept in small batches, and what is known of the source after its articles: a run that is
killed has kept what it had, and the next one asks for the rest.
"""

import asyncio
import os
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, Protocol

from briefer import __version__
from briefer.collect import NewFile, OldFile, read_new
from briefer.collect.filters import Filters
from briefer.collect.health import SourceReport
from briefer.collect.web import (
    Feed,
    Found,
    Got,
    Manners,
    Network,
    NoFeed,
    Visit,
    WebSource,
    by_host,
    chosen,
    in_turn,
    read_feed,
    web,
)
from briefer.collect.web import known as knowledge
from briefer.collect.web.known import Known
from briefer.errors import UsageError
from briefer.pipeline import Progress, unwatched
from briefer.protocols import Shelf
from briefer.reading.house import House, named_by_house
from briefer.settings import Collecting, Collection, Settings
from briefer.types import Article, Failure, KeptArticle, Raw, identifier
from briefer.wiring.editions import collection_of
from briefer.wiring.house import house
from briefer.wiring.runs import field_names
from briefer.wiring.workers import cores
from briefer.wiring.workshop import DIED, Workshop

BATCH = 20
"""Articles of one source that are kept in one transaction."""
OPEN = 4
"""Sources that are open at one time for each request that may be under way: most of them wait for their pause."""
ABREAST = 16
"""Articles of files that are cleaned at one time."""
FILES = 500
"""Files after which it is kept that they were read."""


class Kept(Protocol):
    """Where articles are kept."""

    def put(self, items: Sequence[KeptArticle]) -> Set[str]:
        """Keep articles; the ids of those that are new to their collection. Raises StoreError."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """A source of a collection: an address or path."""

    collection: str
    place: str
    kind: Literal["feed", "page", "path"]

    @property
    def key(self) -> str:
        """The key under which what is known of it is kept."""
        return f"{self.collection} {self.kind} {self.place}"


@dataclass(frozen=True, slots=True)
class Collector:
    """Collects by the settings at `now` (aware): articles go to `articles`, what is known of sources to `sources`.

    `jobs` are the processes that read pages: by default as many as cores, with 0 none but this.
    """

    settings: Settings
    articles: Kept
    sources: Shelf
    now: datetime
    progress: Progress = unwatched
    network: Network = Network()
    jobs: int | None = None

    def collect(self, names: Sequence[str] = ()) -> list[SourceReport]:
        """Collect the named collections, all by default; a report for each source in the order of the settings.

        What fails of a source is in its report. Raises UsageError for a name that is no collection, and StoreError.
        """
        sources = sources_of(self.settings, names)
        with Workshop(cores() if self.jobs is None else self.jobs) as workshop:
            return asyncio.run(self._collected(sources, workshop))

    async def _collected(self, sources: Sequence[Source], workshop: Workshop) -> list[SourceReport]:
        reports: dict[Source, SourceReport] = {}
        manners, quiet_days = manners_of(self.settings.collecting), self.settings.collecting.quiet_days
        self.progress("collecting", 0, len(sources))
        async with web(manners, self.network, self.sources, self.now) as network:

            async def work(source: Source) -> None:
                collection = self.settings.collections[source.collection]
                visit = Visit(network, self.now, collection.days, quiet_days, self.network.clock)
                stop = _Stop(self, source, collection, visit, workshop)
                reports[source] = await (stop.files() if source.kind == "path" else stop.address())
                self.progress("collecting", len(reports), len(sources))

            await in_turn(by_host(sources, lambda source: source.place), work, workers=manners.concurrency * OPEN)
        return [reports[source] for source in sources]


@dataclass(slots=True)
class _Stop:
    """One source of a run: its visitor, and the tally of what came of it."""

    collector: Collector
    source: Source
    collection: Collection
    visit: Visit
    workshop: Workshop
    filters: Filters = field(init=False)
    house: House = field(init=False)
    waiting: list[KeptArticle] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    new: int = 0

    def __post_init__(self) -> None:
        asked = self.collection
        self.house = house(self.collector.settings)
        self.filters = Filters(asked.keywords, asked.without, asked.languages, asked.outlets)

    async def address(self) -> SourceReport:
        """Visit a feed or page."""
        assert self.source.kind != "path"
        place = WebSource(self.source.place, self.source.kind, self.collection.full_text)
        visited = await self.visit.make(place, await self._known(), self)
        await self._keep()
        await self._save(visited.known)
        if visited.too_old:
            self.left_out[f"older than {self.collection.days} days"] += visited.too_old
        self.failures[:0] = visited.failures
        report = self._report(visited.known, visited.fetched, visited.unchanged)
        return replace(report, moved=visited.moved)

    async def files(self) -> SourceReport:
        """Read what is new under a path."""
        known, now = await self._known(), self.collector.now
        reading = _Reading(self, known)
        await reading.all()
        known = replace(known, entries=reading.stamps)
        if reading.fetched + reading.unchanged == 0 and reading.failures:
            known = knowledge.failed(known, now, reading.failures[0].why)
        else:
            known = knowledge.succeeded(known, now)
        known = knowledge.heard(known, now, [None] * reading.fetched, first=False)
        await self._save(known)
        self.failures[:0] = reading.failures
        return self._report(known, reading.fetched, reading.unchanged)

    async def read(self, got: Got) -> Feed | NoFeed:
        """The feed in what was fetched, read beside the event loop."""
        feed = await self.workshop.do(read_feed, got)
        return NoFeed(feed.why) if isinstance(feed, Failure) else feed

    async def take(self, found: Found) -> bool:
        """Clean an article, and keep it where it belongs to the collection."""
        return await self._sorted_in(await self.cleaned(found))

    async def take_all(self, several: Sequence[Raw]) -> list[bool]:
        """Take several articles, cleaned at one time and kept in their order; whether each was taken."""
        cleaned = await asyncio.gather(*(self.cleaned(Found(raw, None)) for raw in several))
        return [await self._sorted_in(article) for article in cleaned]

    async def cleaned(self, found: Found) -> Article | Failure:
        """The article in what was found, cleaned beside the event loop."""
        article = await self.workshop.do(chosen, found)
        raw = found.page or found.own
        if isinstance(article, Failure) and not article.name and raw is not None:
            return replace(article, name=raw.name)
        return article

    async def _sorted_in(self, article: Article | Failure) -> bool:
        if isinstance(article, Failure):
            self.failures.append(article)
            return article.why != DIED.why
        why = self.filters.why_not(named_by_house(article, self.house))
        if why:
            self.left_out[why] += 1
            return True
        self.waiting.append(self._kept(article))
        if len(self.waiting) >= BATCH:
            await self._keep()
        return True

    def _kept(self, article: Article) -> KeptArticle:
        return KeptArticle(self.source.collection, self.source.place, self.collector.now, article)

    async def _keep(self) -> None:
        batch, self.waiting = self.waiting, []
        if batch:
            self.new += len(await asyncio.to_thread(self.collector.articles.put, batch))

    async def _known(self) -> Known:
        terms = self.collection.model_dump_json(include=_TERMS)
        text = await asyncio.to_thread(self.collector.sources.get, self.source.key)
        return knowledge.load(text, identifier(terms, prefix="t"))

    async def _save(self, known: Known) -> None:
        await asyncio.to_thread(self.collector.sources.put, self.source.key, knowledge.dump(known))

    async def keep_files(self, known: Known, stamps: Mapping[str, str]) -> None:
        """Keep what was read so far, and then that it was read."""
        await self._keep()
        await self._save(replace(known, entries={**known.entries, **stamps}))

    def _report(self, known: Known, fetched: int, unchanged: int) -> SourceReport:
        quiet = self.source.kind != "page" and not known.failing_since
        return SourceReport(
            self.source.collection,
            self.source.place,
            self.source.kind,
            fetched,
            self.new,
            unchanged,
            dict(sorted(self.left_out.items())),
            tuple(self.failures),
            known.failing_since,
            known.why,
            knowledge.quiet_since(known, self.collector.now, self.collector.settings.collecting.quiet_days)
            if quiet
            else None,
            known.changed,
        )


_TERMS = {"keywords", "without", "languages", "outlets", "full_text", "days"}
"""What of a collection decides which entries become its articles."""


@dataclass(slots=True)
class _Reading:
    """The reading of a path: `waiting` are articles to be cleaned, `read` the files that were read to their end.

    `again` are the keys of files that hold what could not be cleaned for the moment.
    """

    stop: _Stop
    known: Known
    stamps: dict[str, str] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    waiting: list[tuple[NewFile, Raw]] = field(default_factory=list)
    read: list[NewFile] = field(default_factory=list)
    again: set[str] = field(default_factory=set)
    fetched: int = 0
    unchanged: int = 0

    async def all(self) -> None:
        fields = field_names(self.stop.collector.settings)
        for found in read_new(os.path.expanduser(self.stop.source.place), self.known.entries, fields=fields):
            if isinstance(found, Failure):
                self.failures.append(found)
            elif isinstance(found, OldFile):
                self.unchanged += 1
                self.stamps[found.key] = self.known.entries[found.key]
            else:
                await self._file(found)
        await self._clean()
        await self.stop.keep_files(self.known, self.stamps)

    async def _file(self, file: NewFile) -> None:
        self.fetched += 1
        for raw in file.articles:
            if isinstance(raw, Failure):
                self.failures.append(raw)
                continue
            self.waiting.append((file, raw))
            if len(self.waiting) >= ABREAST:
                await self._clean()
        self.read.append(file)
        if self.fetched % FILES == 0:
            await self._clean()
            await self.stop.keep_files(self.known, self.stamps)

    async def _clean(self) -> None:
        taken = await self.stop.take_all([raw for _, raw in self.waiting])
        self.again |= {file.key for (file, _), done in zip(self.waiting, taken, strict=True) if not done}
        self.stamps.update((file.key, file.stamp) for file in self.read if file.key not in self.again)
        self.waiting, self.read = [], []


def sources_of(settings: Settings, names: Sequence[str] = ()) -> list[Source]:
    """The sources of collections, all by default, in the order of the settings.

    Raises UsageError for a name that is no collection, and where there is nothing to collect from.
    """
    for name in names:
        collection_of(settings, name)
    found: dict[Source, None] = {}
    for name, collection in settings.collections.items():
        if not names or name in names:
            found.update((Source(name, place, "feed"), None) for place in collection.feeds)
            found.update((Source(name, place, "page"), None) for place in collection.pages)
            found.update((Source(name, place, "path"), None) for place in collection.paths)
    if not found:
        what = f"the collection {names[0]} has" if len(names) == 1 else "the collections of the settings have"
        raise UsageError(f'{what} no feeds, pages or paths; name some, such as feeds = ["https://example.org/rss.xml"]')
    return list(found)


def manners_of(collecting: Collecting) -> Manners:
    """How to behave, by the settings."""
    return Manners(
        user_agent=collecting.user_agent or f"briefer/{__version__}",
        concurrency=collecting.concurrency,
        pause=collecting.pause,
        timeout=collecting.timeout,
        total_timeout=collecting.total_timeout,
        max_bytes=collecting.max_bytes,
        max_redirects=collecting.max_redirects,
        tries=collecting.tries,
        robots=collecting.robots,
        private=collecting.private_addresses,
        proxy=collecting.proxy,
    )
