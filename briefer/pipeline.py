"""The pipeline: collected things in, one Briefing out.

    collect → clean → (language, cut-off, topic, duplicates) → extract → verify (→ judge) → merge → compose

It decides what each collected thing's fate is; every other judgement is a stage's own. No clock, disk or network
here: what differs from run to run is passed in.
"""

import gc
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date as Date
from datetime import datetime, time
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from briefer.clean import clean, duplicates, off_topic, placed, twins
from briefer.compose import Prose, compose
from briefer.errors import NothingToBrief
from briefer.merge import merge
from briefer.protocols import Extractor
from briefer.reading.background import NEWS
from briefer.types import (
    REAL,
    Article,
    Briefing,
    Claim,
    Cut,
    Extraction,
    Failure,
    Fate,
    Gap,
    MadeBy,
    Modality,
    Raw,
    Ruling,
    SourceRecord,
    identifier,
)
from briefer.verify import verify

RULES_READ = frozenset({"", "en"})
"""The languages that the rules reader takes on; "" is a text too short to tell."""

COPIED = {
    "same_text": "the same text, word for word",
    "near_copy": "the same text with small changes",
    "syndicated": "the same text from another outlet or agency; it counts once",
}

NOTHING_STOOD = "nothing that the model said of it stands on its words"

Named = TypeVar("Named", Article, Failure)

NAMED = 5
"""How many unreadable things an error names before it refers to `briefer sources`."""


class Progress(Protocol):
    """Told how far a run is."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """`done` of `total` things of a stage are done; a total of 0 is "not known yet"."""
        ...


def unwatched(stage: str, done: int, total: int) -> None:
    """A Progress for nobody."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What is asked for: the day of the edition (None: the latest of the articles), its timezone, and the time now."""

    date: Date | None
    timezone: str
    now: datetime


def _by_rules() -> MadeBy:
    return MadeBy(extractor="rules")


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads, judges and writes.

    `languages` are those that the extractor reads, None for any. `judge` gives claims of the run back with its verdicts
    in them, None for no judge. `prose` writes from events, None for templates. `fallback` reads an article of which
    nothing stands that `extractor` says. `language` is that of the claims. `account` tells, when all is done, what made
    the briefing and what that cost.
    """

    extractor: Extractor
    fallback: Extractor | None = None
    languages: frozenset[str] | None = RULES_READ
    judge: Callable[[Sequence[Claim], Sequence[Article]], Sequence[Claim]] | None = None
    prose: Prose | None = None
    language: str = "en"
    account: Callable[[], MadeBy] = _by_rules


@dataclass(frozen=True, slots=True)
class Survey:
    """What was collected: the articles to be read and the fate of everything. `cuts` is by the source's id."""

    date: Date
    timezone: str
    cutoff: datetime
    articles: tuple[Article, ...]
    sources: tuple[SourceRecord, ...]
    cuts: Mapping[str, tuple[Cut, ...]]


@contextmanager
def _rarely_collected() -> Iterator[None]:
    """Look for cycles of garbage less often: a run makes millions of small things in none, and each look reads them."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@_rarely_collected()
def run(
    collected: Iterable[Raw | Article | Failure], *, readers: Readers, edition: Edition, progress: Progress = unwatched
) -> Briefing:
    """Brief everything that was collected, clean or not. One bad article never ends a run; it is named in `sources`.

    Raises NothingToBrief where no article can be read, ModelRejected where a model takes no question at all, and
    Stopped where the run was asked to stop.
    """
    found = survey(collected, edition=edition, languages=readers.languages, progress=progress)
    _hold_to_something(found)
    extractions, claims = _read(found.articles, readers, progress)
    if readers.judge is not None:
        progress("judging", 0, 0)
        claims = list(readers.judge(claims, found.articles))
    dates = {article.id: article.published.date() for article in found.articles if article.published}
    claims = [_aged(claim, dates, found.date) for claim in claims]
    if readers.prose is not None:
        progress("writing", 0, 0)
    briefing = compose(
        merge([claim for claim in claims if claim.verdict is not Ruling.UNSUPPORTED], found.articles),
        articles=found.articles,
        sources=_with_notes(found.sources, extractions),
        withheld=tuple(claim for claim in claims if claim.verdict is Ruling.UNSUPPORTED),
        date=found.date,
        timezone=found.timezone,
        cutoff=found.cutoff,
        made_by=MadeBy(),
        prose=readers.prose,
        notes=(*_taken_by_rules(extractions, len(found.articles)), *_unread_languages(found.sources)),
    )
    fell_back = tuple(sorted(extraction.article for extraction in extractions if extraction.fell_back))
    return briefing.model_copy(update={"made_by": readers.account().model_copy(update={"fell_back": fell_back})})


def survey(
    collected: Iterable[Raw | Article | Failure],
    *,
    edition: Edition,
    languages: frozenset[str] | None = RULES_READ,
    progress: Progress = unwatched,
) -> Survey:
    """Clean everything that was collected and decide the fate of each thing; no claim is read yet.

    `languages` are those that will be read, None for any.
    """
    articles, failures = _clean(collected, ZoneInfo(edition.timezone), progress)
    date, cutoff = _day(articles, edition)
    kept, copies = _distinct(articles)
    fates = _fates(kept, cutoff, languages)
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
    collected: Iterable[Raw | Article | Failure], zone: ZoneInfo, progress: Progress
) -> tuple[list[Article], list[Failure]]:
    articles: list[Article] = []
    failures: list[Failure] = []
    for number, thing in enumerate(collected, start=1):
        result = clean(thing) if isinstance(thing, Raw) else thing
        if isinstance(result, Failure):
            failures.append(result)
        else:
            articles.append(_placed(result, zone))
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


def _fates(articles: Sequence[Article], cutoff: datetime, languages: frozenset[str] | None) -> dict[str, _Fate]:
    fates = {article.id: _own_fate(article, cutoff, languages) for article in articles}
    used = [article for article in articles if fates[article.id].fate is Fate.USED]
    for id, duplicate in duplicates(used).items():
        fates[id] = _Fate(Fate.DUPLICATE_OF, COPIED[duplicate.why], duplicate.of)
    return fates


def _own_fate(article: Article, cutoff: datetime, languages: frozenset[str] | None) -> _Fate:
    """The fate of an article for what it is by itself."""
    if article.published and article.published.replace(microsecond=0) > cutoff:
        published = article.published.astimezone(cutoff.tzinfo)
        why = f"published {published:%Y-%m-%d %H:%M}, after the cut-off {cutoff:%Y-%m-%d %H:%M}"
        return _Fate(Fate.AFTER_CUTOFF, why)
    if languages is not None and article.language not in languages:
        return _Fate(Fate.UNREADABLE, f"its language ({article.language}) is not read without a model")
    if subject := off_topic(article):
        return _Fate(Fate.OFF_TOPIC, subject)
    return _Fate(Fate.USED)


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


def _read(articles: Sequence[Article], readers: Readers, progress: Progress) -> tuple[list[Extraction], list[Claim]]:
    """Extract and verify, article by article: what was read of one is at hand for its verdicts.

    Extractions and claims are in the order of the articles, whenever each was answered: a judge is asked about them in
    that order, and a question that is to be found among recorded ones must not hang on which reply came first.
    """
    by_id = {article.id: article for article in articles}
    found: dict[str, tuple[Extraction, list[Claim]]] = {}
    for extraction in readers.extractor.extract(articles):
        article = by_id[extraction.article]
        language = "en" if extraction.fell_back else readers.language  # the rules reader words its claims in English
        verified = [verify(claim, article, language=language) for claim in extraction.claims]
        if readers.fallback and _nothing_stands(verified) and article.language in RULES_READ:
            extraction = next(iter(readers.fallback.extract([article])))
            extraction = replace(extraction, note=NOTHING_STOOD, fell_back=True)
            verified += [verify(claim, article) for claim in extraction.claims]
        found[article.id] = extraction, verified
        progress("reading", len(found), len(articles))
    ordered = [found[article.id] for article in articles if article.id in found]
    return [extraction for extraction, _ in ordered], [claim for _, verified in ordered for claim in verified]


def _nothing_stands(claims: Sequence[Claim]) -> bool:
    return bool(claims) and all(claim.verdict is Ruling.UNSUPPORTED for claim in claims)


def _aged(claim: Claim, dates: Mapping[str, Date], day: Date) -> Claim:
    """What an article of another season tells as its news is background to this edition."""
    published = dates.get(claim.article)
    if published is None or claim.modality not in REAL or day - published <= NEWS:
        return claim
    return replace(claim, modality=Modality.HISTORICAL)


def _with_notes(sources: Sequence[SourceRecord], extractions: Iterable[Extraction]) -> tuple[SourceRecord, ...]:
    notes = {extraction.article: extraction.note for extraction in extractions if extraction.note}
    return tuple(
        source.model_copy(update={"why": notes[source.id]}) if source.id in notes else source for source in sources
    )


def _taken_by_rules(extractions: Sequence[Extraction], total: int) -> tuple[Gap, ...]:
    """What a reader must know of articles that the model did not take: one line a reason, not one an article.

    Behind a colon stands what is of one article alone; its record among the sources has it.
    """
    reasons = Counter(extraction.note.partition(": ")[0] for extraction in extractions if extraction.fell_back)
    return tuple(
        Gap(what=f"Read by the rules reader instead of the model: {count} of {total} articles", about=why)
        for why, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    )


def _unread_languages(sources: Sequence[SourceRecord]) -> tuple[Gap, ...]:
    what = "Not read: written in a language that is not read without a model"
    return tuple(
        Gap(what=what, about=f"{source.name} ({source.language})")
        for source in sources
        if source.fate is Fate.UNREADABLE and source.language
    )


def _hold_to_something(found: Survey) -> None:
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
