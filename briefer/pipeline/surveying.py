"""What was collected, and what becomes of each thing: cleaned, dated, in a language, on the subject, no copy.

In: collected things and the edition that is asked for. Out: a `Survey`; no claim is read yet.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from datetime import datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

from briefer.clean import clean, duplicates, off_topic, placed, twins
from briefer.errors import NothingToBrief
from briefer.pipeline.watching import Progress, unwatched
from briefer.reading.house import NO_HOUSE, House, named_by_house
from briefer.types import Article, Cut, Failure, Fate, Raw, SourceRecord, identifier

RULES_READ = frozenset({"", "en"})
"""The languages that the rules reader takes on; "" is a text too short to tell."""

COPIED = {
    "same_text": "the same text, word for word",
    "near_copy": "the same text with small changes",
    "syndicated": "the same text from another outlet or agency; it counts once",
}

Named = TypeVar("Named", Article, Failure)

NAMED = 5
"""How many unreadable things an error names before it refers to `briefer sources`."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What is asked for: the day of the edition (None: the latest of the articles), its timezone, and the time now."""

    date: Date | None
    timezone: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Survey:
    """What was collected: the articles to be read and the fate of everything. `cuts` is by the source's id."""

    date: Date
    timezone: str
    cutoff: datetime
    articles: tuple[Article, ...]
    sources: tuple[SourceRecord, ...]
    cuts: Mapping[str, tuple[Cut, ...]]


def survey(
    collected: Iterable[Raw | Article | Failure],
    *,
    edition: Edition,
    languages: frozenset[str] | None = RULES_READ,
    progress: Progress = unwatched,
    settled: frozenset[str] = frozenset(),
    house: House = NO_HOUSE,
) -> Survey:
    """Clean everything that was collected and decide the fate of each thing; no claim is read yet.

    `languages` are those that will be read, None for any. `settled` are the ids of articles that an earlier edition
    read: they stay in use, whatever repeats them now. `house` names outlets.
    """
    articles, failures = _clean(collected, ZoneInfo(edition.timezone), house, progress)
    date, cutoff = _day(articles, edition)
    kept, copies = _distinct(articles)
    fates = _fates(kept, cutoff, languages, settled)
    entries = [_Entry(_record(article, article.id, fates[article.id]), article.cut) for article in kept]
    entries += [
        _Entry(_record(copy, id, _Fate(Fate.DUPLICATE_OF, COPIED["same_text"], copy.id)), copy.cut)
        for id, copy in copies
    ]
    entries += [_Entry(_unread(failure, id), ()) for id, failure in _identified(failures)]
    entries.sort(key=lambda entry: (_natural(entry.source.name), entry.source.id))
    return Survey(
        date=date,
        timezone=edition.timezone,
        cutoff=cutoff,
        articles=tuple(article for article in kept if fates[article.id].fate is Fate.USED),
        sources=tuple(entry.source for entry in entries),
        cuts={entry.source.id: entry.cuts for entry in entries},
    )


@dataclass(frozen=True, slots=True)
class _Fate:
    fate: Fate
    why: str = ""
    original: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    source: SourceRecord
    cuts: tuple[Cut, ...]


def _clean(
    collected: Iterable[Raw | Article | Failure], zone: ZoneInfo, house: House, progress: Progress
) -> tuple[list[Article], list[Failure]]:
    articles: list[Article] = []
    failures: list[Failure] = []
    for number, thing in enumerate(collected, start=1):
        result = clean(thing) if isinstance(thing, Raw) else thing
        if isinstance(result, Failure):
            failures.append(result)
        else:
            articles.append(named_by_house(_placed(result, zone), house))
        progress("collecting", number, 0)
    return articles, failures


def _placed(article: Article, zone: ZoneInfo) -> Article:
    """The article, a time of day without a zone read in that of the edition."""
    published = placed(article.published, zone) if article.published else None
    return article if published is article.published else replace(article, published=published)


def _day(articles: Sequence[Article], edition: Edition) -> tuple[Date, datetime]:
    """The day of the edition, and the moment after which an article is too late for it.

    A day after today is possible: articles can be dated ahead of the clock. Without a day asked for, though, one
    misdated article must not move the edition to a day of its own: days to come count only where there are no others.
    """
    zone = ZoneInfo(edition.timezone)
    now = edition.now.astimezone(zone).replace(microsecond=0)
    days = {article.published.astimezone(zone).date() for article in articles if article.published}
    day = edition.date or max([day for day in days if day <= now.date()] or days or [now.date()])
    end = datetime.combine(day, time(23, 59, 59), zone)
    return day, (min(now, end) if day == now.date() else end)


def _distinct(articles: Sequence[Article]) -> tuple[list[Article], list[tuple[str, Article]]]:
    """Each text once, and its other copies with ids of their own."""
    ordered = sorted(articles, key=lambda article: (_natural(article.name), article.id, article.url))
    same = twins(ordered)
    kept = {article.id: same[article.id][0] if article.id in same else article for article in ordered}
    copies = [copy for group in same.values() for copy in group[1:]]
    return sorted(kept.values(), key=lambda article: (_natural(article.name), article.id)), _identified(copies)


def _fates(
    articles: Sequence[Article], cutoff: datetime, languages: frozenset[str] | None, settled: frozenset[str]
) -> dict[str, _Fate]:
    fates = {
        article.id: _too_late(article, cutoff) or _Fate(Fate.USED)
        if article.id in settled
        else _own_fate(article, cutoff, languages)
        for article in articles
    }
    used = [article for article in articles if fates[article.id].fate is Fate.USED]
    for id, duplicate in duplicates(used).items():
        if id not in settled:
            fates[id] = _Fate(Fate.DUPLICATE_OF, COPIED[duplicate.why], duplicate.of)
    return fates


def _own_fate(article: Article, cutoff: datetime, languages: frozenset[str] | None) -> _Fate:
    """The fate of an article for what it is by itself."""
    if late := _too_late(article, cutoff):
        return late
    if languages is not None and article.language not in languages:
        return _Fate(Fate.UNREADABLE, f"its language ({article.language}) is not read without a model")
    if subject := off_topic(article):
        return _Fate(Fate.OFF_TOPIC, subject)
    return _Fate(Fate.USED)


def _too_late(article: Article, cutoff: datetime) -> _Fate | None:
    if article.published is None or article.published.replace(microsecond=0) <= cutoff:
        return None
    published = article.published.astimezone(cutoff.tzinfo)
    why = f"published {published:%Y-%m-%d %H:%M}, after the cut-off {cutoff:%Y-%m-%d %H:%M}"
    return _Fate(Fate.AFTER_CUTOFF, why)


def _record(article: Article, id: str, fate: _Fate) -> SourceRecord:
    return SourceRecord(
        id=id,
        name=article.name,
        outlet=article.outlet,
        title=article.title,
        url=article.url,
        published=article.published,
        language=article.language,
        fate=fate.fate,
        why=fate.why,
        duplicate_of=fate.original,
        lines_cut=len(article.cut),
    )


def _unread(failure: Failure, id: str) -> SourceRecord:
    return SourceRecord(id=id, name=failure.name, fate=Fate.UNREADABLE, why=failure.why)


def _identified(things: Iterable[Named]) -> list[tuple[str, Named]]:
    """Things that have no id of their own, each with one that no other has."""
    seen: dict[tuple[str, str], int] = defaultdict(int)
    identified = []
    for thing in things:
        about = thing.why if isinstance(thing, Failure) else thing.id
        seen[thing.name, about] += 1
        identified.append((identifier(thing.name, about, str(seen[thing.name, about]), prefix="s"), thing))
    return identified


def hold_to_something(found: Survey) -> None:
    """An edition can be without news, but not without anything that could have held some."""
    if any(source.fate in (Fate.USED, Fate.OFF_TOPIC) for source in found.sources):
        return
    if not found.sources:
        raise NothingToBrief("nothing to brief: nothing was collected; name a file or folder that holds articles")
    lines = [f"  {source.name}: {source.why}" for source in found.sources[:NAMED]]
    if len(found.sources) > NAMED:
        lines.append(f"  … and {len(found.sources) - NAMED} more; `briefer sources` lists all")
    raise NothingToBrief("\n".join(["nothing to brief: no article could be used", *lines]))


def _natural(name: str) -> list[tuple[int, str]]:
    """A key that sorts `day#2` before `day#10`."""
    return [(len(piece) if piece.isdecimal() else 0, piece) for piece in re.split(r"([0-9]+)", name)]
