"""One visit to a source: what is known of it in; its new articles handed over one by one, what is known then out."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Literal, Protocol
from urllib.parse import urlsplit

from briefer.clean.published import moment
from briefer.collect.decode import NotText, decode
from briefer.collect.formats import is_page
from briefer.collect.web import known as knowledge
from briefer.collect.web.feeds import Entry, Feed, NoFeed, bare, untracked
from briefer.collect.web.fetching import Got, Missed, Wanted, Web
from briefer.collect.web.known import Known, Shape
from briefer.types import Failure, Media, Raw

ENOUGH = 600
"""Characters of a feed's own text that make do for a page that cannot be had at the moment."""
MOST_MISSES = 5
"""Pages in a row that fail for the moment; the others are left for another run."""
LONGEST = 1800.0
"""Seconds of one visit; what is left then is for another run."""
MOST_TAGS = 100_000
"""Tags of a page, three times those of the longest live tickers; far more take a minute and a gigabyte to read."""
_ODD_KINDS = re.compile(r"(?:application|text)/(?:[a-z.+-]*json|javascript|css|calendar|csv)")


@dataclass(frozen=True, slots=True)
class WebSource:
    """A feed, or a single page, by its address."""

    url: str
    kind: Literal["feed", "page"]
    full_text: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """An article as it was found: its page, its feed's own text of it, or both; the better is to be taken.

    `outlet` is whose it is as its feed says, to be believed where the page does not say: "" for not said.
    """

    page: Raw | None
    own: Raw | None
    outlet: str = ""


@dataclass(frozen=True, slots=True)
class Visited:
    """What came of a visit. `fetched` counts what was asked for of articles, `unchanged` entries known before."""

    known: Known
    fetched: int = 0
    unchanged: int = 0
    too_old: int = 0
    failures: tuple[Failure, ...] = ()
    moved: str = ""


class Visitor(Protocol):
    """What a visit asks of whoever has it made."""

    async def read(self, got: Got) -> Feed | NoFeed:
        """The feed in what was fetched."""
        ...

    async def take(self, found: Found) -> bool:
        """Take one article; False where it could not be for the moment and is to be found again in another run."""
        ...


@dataclass(frozen=True, slots=True)
class Visit:
    """How visits are made: over `web`, at `now` (aware); entries of more than `days` before are let be.

    A feed is quiet after `quiet_days`. `clock` counts seconds.
    """

    web: Web
    now: datetime
    days: int
    quiet_days: int
    clock: Callable[[], float]

    async def make(self, source: WebSource, known: Known, visitor: Visitor) -> Visited:
        """One visit. What fails is in the result; nothing of a source raises."""
        if source.kind == "page":
            return await self._page(source, known, visitor)
        asked = Wanted(source.url) if known.tries else Wanted(source.url, known.etag, known.modified)
        async with self.web.fetched(asked) as got:
            if isinstance(got, Missed):
                return Visited(knowledge.failed(known, self.now, got.why), failures=(Failure(source.url, got.why),))
            digest = "" if got.same else _digest(got.body)
            if got.same or (digest == known.body and not known.tries):
                return self._as_before(known, got)
            feed = await visitor.read(got)
        if isinstance(feed, NoFeed):
            return self._no_feed(source, known, feed, got)
        known = replace(known, etag=got.etag, modified=got.modified, body=digest, title=feed.title)
        return await _Round(self, source, visitor, feed, known, got.moved).go()

    def _as_before(self, known: Known, got: Got) -> Visited:
        known = knowledge.heard(knowledge.succeeded(known, self.now), self.now, (), first=False)
        return Visited(known, unchanged=known.shape.entries, moved=got.moved)

    def _no_feed(self, source: WebSource, known: Known, feed: NoFeed, got: Got) -> Visited:
        known = knowledge.failed(known, self.now, feed.why)
        known = replace(known, etag="", modified="", body="")  # what comes next is read, though it be as it was
        if feed.page:
            known = knowledge.shaped(known, Shape("page"), self.now, self.quiet_days)
        return Visited(known, failures=(Failure(source.url, feed.why),), moved=got.moved)

    async def _page(self, source: WebSource, known: Known, visitor: Visitor) -> Visited:
        async with self.web.fetched(Wanted(source.url, known.etag, known.modified)) as got:
            if isinstance(got, Missed):
                return Visited(knowledge.failed(known, self.now, got.why), failures=(Failure(source.url, got.why),))
            if got.same or _digest(got.body) == known.body:
                return Visited(knowledge.succeeded(known, self.now), unchanged=1, moved=got.moved)
            raw = page_of(got, Entry("", "", link=source.url))
            if isinstance(raw, Failure):
                known = knowledge.failed(known, self.now, raw.why)
                return Visited(known, fetched=1, failures=(raw,), moved=got.moved)
            done = await visitor.take(Found(raw, None))
        known = knowledge.succeeded(known, self.now)
        if done:
            known = replace(known, etag=got.etag, modified=got.modified, body=_digest(got.body))
        return Visited(known, fetched=1, moved=got.moved)


@dataclass(slots=True)
class _Round:
    """The round over the entries of a feed."""

    visit: Visit
    source: WebSource
    visitor: Visitor
    feed: Feed
    known: Known
    moved: str
    done: list[Entry] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    tries: dict[str, int] = field(default_factory=dict)
    fetched: int = 0
    misses: int = 0

    async def go(self) -> Visited:
        before, feed, visit = self.known, self.feed, self.visit
        fresh = knowledge.fresh(before, feed)
        current = [entry for entry in fresh if not self._too_old(entry)]
        self.done += [entry for entry in fresh if self._too_old(entry)]
        await self._each(current)
        known = knowledge.collected(before, feed, self.done)
        known = replace(known, tries={**known.tries, **self.tries})
        if self._left(current):  # asked for again, whatever the server says of the feed
            known = replace(known, etag="", modified="", body="")
        unknown = [moment(entry.published) for entry in fresh if entry.id not in before.entries]
        known = knowledge.heard(known, visit.now, unknown, first=not before.entries)
        known = knowledge.shaped(known, knowledge.shape_of(feed), visit.now, visit.quiet_days)
        return Visited(
            knowledge.succeeded(known, visit.now),
            self.fetched,
            len(feed.entries) - len(fresh),
            len(fresh) - len(current),
            tuple(self.failures),
            self.moved,
        )

    def _left(self, current: Sequence[Entry]) -> bool:
        done = {entry.id for entry in self.done}
        return any(entry.id not in done for entry in current)

    async def _each(self, entries: Sequence[Entry]) -> None:
        late = self.visit.clock() + LONGEST
        for number, entry in enumerate(entries):
            if self.misses >= MOST_MISSES or self.visit.clock() > late:
                why = f"{len(entries) - number} more of its entries are left for the next run"
                self.failures.append(Failure(self.source.url, why))
                return
            await self._one(entry)

    async def _one(self, entry: Entry) -> None:
        own = _own(entry, self.source)
        if not self.source.full_text or not entry.link:
            if own is None:
                self._failed(entry, "its feed gives no text of it", done=True)
            else:
                await self._take(entry, Found(None, own, _outlet(self.feed, entry, self.source)))
            return
        self.fetched += 1
        async with self.visit.web.fetched(Wanted(entry.link)) as got:
            await self._page(entry, got, own)

    async def _page(self, entry: Entry, got: Got | Missed, own: Raw | None) -> None:
        page: Raw | Failure
        if isinstance(got, Missed):
            page, passing = Failure(entry.link, got.why), got.passing
        else:
            page, passing = page_of(got, entry), False
        self.misses = self.misses + 1 if passing else 0
        if isinstance(page, Raw):
            await self._take(entry, Found(page, own, _outlet(self.feed, entry, self.source)))
        elif passing and self._tried(entry) < knowledge.MOST_TRIES and _length(own) < ENOUGH:
            self._failed(entry, page.why, done=False)
        elif own is not None:
            await self._take(entry, Found(None, own, _outlet(self.feed, entry, self.source)))
        else:
            self._failed(entry, page.why, done=True)

    async def _take(self, entry: Entry, found: Found) -> None:
        if await self.visitor.take(found) or self._tried(entry) >= knowledge.MOST_TRIES:
            self.done.append(entry)
        else:
            self.tries[entry.id] = self._tried(entry)

    def _failed(self, entry: Entry, why: str, *, done: bool) -> None:
        self.failures.append(Failure(entry.link or self.source.url, why))
        if done:
            self.done.append(entry)
        else:
            self.tries[entry.id] = self._tried(entry)

    def _tried(self, entry: Entry) -> int:
        return self.known.tries.get(entry.id, 0) + 1

    def _too_old(self, entry: Entry) -> bool:
        """Whether it is of before the remembered days; one that says nothing is of today."""
        published = moment(entry.published) if entry.published else None
        return published is not None and published < self.visit.now - timedelta(days=self.visit.days)


def page_of(got: Got, entry: Entry) -> Raw | Failure:
    """The page of an entry as an article to be cleaned; a Failure where it is no page."""
    if _ODD_KINDS.match(got.kind):
        return Failure(entry.link, f"it is {got.kind[:60]}, no page")
    try:
        text = decode(got.body, charset=got.charset)
    except NotText as error:
        return Failure(entry.link, str(error))
    if not text.strip():
        return Failure(entry.link, "it is empty")
    if text.count("<") > MOST_TAGS:
        return Failure(entry.link, f"it has more than {MOST_TAGS:,} tags, which no article has")
    media = Media.HTML if got.kind != "text/plain" or is_page(text) else Media.TEXT
    return Raw(entry.link, text, media, entry.title, _address(got.url, entry.link), published=entry.published)


def _own(entry: Entry, source: WebSource) -> Raw | None:
    """The feed's own text of an entry as an article to be cleaned."""
    if entry.text.count("<") > MOST_TAGS or not (bare(entry.text) if entry.html else entry.text.strip()):
        return None
    text = f"<html><body><article>{entry.text}</article></body></html>" if entry.html else entry.text
    media = Media.HTML if entry.html else Media.TEXT
    name = entry.link or source.url
    return Raw(name, text, media, entry.title, untracked(entry.link), published=entry.published)


def _length(own: Raw | None) -> int:
    return len(bare(own.text)) if own else 0


def _address(final: str, link: str) -> str:
    """The link as the feed has it; where that only leads to another site, the address there."""
    return untracked(final if _host(final) != _host(link) else link)


def _outlet(feed: Feed, entry: Entry, source: WebSource) -> str:
    """Whose an entry is as its feed says: the source that it names, else the feed itself where the entry is its own."""
    if entry.outlet:
        return entry.outlet
    return feed.title if not entry.link or _site(entry.link) == _site(source.url) else ""


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _site(url: str) -> str:
    """The end of a host that two addresses of one site share ("rss.example.org", "www.example.org")."""
    parts = _host(url).split(".")
    return ".".join(parts[-2:]) if len(parts[-1]) > 2 else ".".join(parts[-3:])


def _digest(body: bytes) -> str:
    return blake2b(body, digest_size=16).hexdigest()
