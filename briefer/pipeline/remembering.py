"""An edition with a memory: the articles of the remembered days in, the Briefing and what it adds to memory out.

    survey → read what is not read yet → take out what was taken back → merge all days → recognise events → what is news
    → compose

All claims of the remembered days are merged anew, so that a late article amends the event that it is about. What a
reader gets is the news, against the last edition that this reader got.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date
from datetime import timedelta

from briefer.compose import Earlier, compose
from briefer.merge import merge
from briefer.pipeline.reading import Readers, aged, read, taken_by_rules, unread_languages, with_notes
from briefer.pipeline.running import rarely_collected
from briefer.pipeline.surveying import Edition, Survey, survey
from briefer.pipeline.taking_back import taken_back
from briefer.pipeline.watching import Progress, unwatched
from briefer.reading.house import NO_HOUSE, House, under_house_names
from briefer.remember import Known, Recognised, news, of_fronts, recognised, selected
from briefer.types import (
    Article,
    Briefing,
    Claim,
    EditionKey,
    Event,
    Extraction,
    Fate,
    KeptEdition,
    MadeBy,
    Merged,
    News,
    Reading,
    Remembered,
    Ruling,
    SourceRecord,
    Standing,
    Told,
)

FIRST = timedelta(days=1)
"""A first edition has the articles of its last day as news; what is older its reader is taken to know."""


@dataclass(frozen=True, slots=True)
class Past:
    """What is remembered before an edition is made.

    `articles` are those of the remembered days, this edition's own among them, and `standing` the ledger before the
    first of them. `readings` are what this or an earlier reader made of each; `events` gives the event of each claim,
    `told` how each was last told to the reader of `key`, `used` the articles that its editions knew. `fronts` keeps the
    edition to fronts of these names. `reader` is the key under which new readings are kept. `house` puts claims under
    the house's names.
    """

    key: EditionKey
    articles: tuple[Article, ...]
    reader: str
    standing: Standing | None = None
    readings: Mapping[str, Reading] = field(default_factory=dict)
    events: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, Told] = field(default_factory=dict)
    used: frozenset[str] = frozenset()
    withdrawn: Mapping[str, str] = field(default_factory=dict)
    fronts: tuple[str, ...] = ()
    house: House = NO_HOUSE


@rarely_collected()
def remember(past: Past, *, readers: Readers, edition: Edition, progress: Progress = unwatched) -> Remembered:
    """Make the edition of `past.key`, told against what its reader knows.

    Raises ModelRejected where a model takes no question at all, and Stopped where the run was asked to stop. A day
    without any article is an edition too: it says so.
    """
    settled = frozenset(past.readings)
    found = survey(
        past.articles,
        edition=edition,
        languages=readers.languages,
        progress=progress,
        settled=settled,
        house=past.house,
    )
    unread = [article for article in found.articles if article.id not in past.readings]
    extractions = read(unread, readers, progress)
    claims = _claims(found, past, extractions)
    new = [article for article in found.articles if article.id not in past.used]
    withdrawn = {**past.withdrawn, **taken_back(new, found.articles, claims, past.house)}
    standing = [claim for claim in claims if claim.verdict is not Ruling.UNSUPPORTED and claim.id not in withdrawn]
    known = recognised(merge(standing, found.articles, standing=past.standing, house=past.house), past.events)
    what = _news(known.merged, past, found, withdrawn)
    if readers.prose is not None:
        progress("writing", 0, 0)
    made = _Made(past, found, tuple(extractions), tuple(claims), known, what, withdrawn)
    return made.remembered(made.briefing(readers), edition)


@dataclass(frozen=True, slots=True)
class _Made:
    """Everything that was found out for one edition."""

    past: Past
    found: Survey
    extractions: tuple[Extraction, ...]
    claims: tuple[Claim, ...]
    known: Recognised
    news: News
    withdrawn: Mapping[str, str]

    def briefing(self, readers: Readers) -> Briefing:
        """The edition, written."""
        shown = selected(self.known.merged, self.news, fronts=self.past.fronts)
        sources = self._sources({claim.article for claim in shown.claims})
        new = self._new()
        read_new = [extraction for extraction in self.extractions if extraction.article in new]
        briefing = compose(
            shown,
            articles=self.found.articles,
            sources=with_notes(sources, self.extractions),
            withheld=[c for c in self.claims if c.verdict is Ruling.UNSUPPORTED and c.article in new],
            date=self.found.date,
            timezone=self.found.timezone,
            cutoff=self.found.cutoff,
            made_by=MadeBy(),
            prose=readers.prose,
            notes=(*taken_by_rules(read_new, len(new)), *unread_languages(sources)),
            earlier=self._earlier(),
        )
        fell_back = tuple(sorted(extraction.article for extraction in self.extractions if extraction.fell_back))
        named = {
            "made_by": readers.account().model_copy(update={"fell_back": fell_back}),
            "collection": self.past.key.collection,
            "reader": self.past.key.reader,
        }
        return briefing.model_copy(update=named)

    def remembered(self, briefing: Briefing, edition: Edition) -> Remembered:
        """What the edition adds to memory."""
        key, reader = replace(self.past.key, date=self.found.date), self.past.reader
        return Remembered(
            edition=KeptEdition(key, edition.now, briefing),
            readings=tuple(Reading(e.article, reader, e.claims, e.note, e.fell_back) for e in self.extractions),
            events=self.known.merged.events,
            replaced=self.known.replaced,
            told=tuple(sorted(event.id for event in briefing.events if event.id in self.news.of)),
            used=tuple(sorted(source.id for source in self.found.sources if source.fate is not Fate.AFTER_CUTOFF)),
            ledger=self.known.merged.ledger,
            withdrawn=self.withdrawn,
        )

    def _new(self) -> frozenset[str]:
        return frozenset(article.id for article in self.found.articles) - self.past.used

    def _sources(self, cited: set[str]) -> tuple[SourceRecord, ...]:
        """The sources that no earlier edition knew, and of the others those that this one rests on too."""
        used = self.past.used
        return tuple(
            source.model_copy(update={"known": True}) if source.id in used else source
            for source in self.found.sources
            if source.id not in used or source.id in cited
        )

    def _earlier(self) -> Earlier:
        outlets = {article.id: article.outlet for article in self.past.articles}
        return Earlier(
            since=self.past.key.since,
            news=self.news,
            fronts=_last_reports(self.known.merged.events, self.past.fronts),
            new=self._new(),
            taken_back={claim: outlets.get(article, "") for claim, article in self.withdrawn.items()},
        )


def _claims(found: Survey, past: Past, extractions: Sequence[Extraction]) -> list[Claim]:
    """The claims of all remembered articles, those of another season as background."""
    dates = {article.id: article.published.date() for article in found.articles if article.published}
    read_now = {extraction.article: extraction.claims for extraction in extractions}
    kept = {name: reading.claims for name, reading in past.readings.items()}
    each = {**kept, **read_now}
    told = (aged(claim, dates, found.date) for article in found.articles for claim in each.get(article.id, ()))
    return [under_house_names(claim, past.house) for claim in told]


def _news(merged: Merged, past: Past, found: Survey, withdrawn: Mapping[str, str]) -> News:
    article_of = {claim.id: claim.article for claim in merged.claims}
    fallen = frozenset(claim for claim, article in withdrawn.items() if article not in past.used)
    known = Known(past.told, _recent(found, past), frozenset(withdrawn), fallen)
    return news(merged.events, known, article_of=article_of)


def _recent(found: Survey, past: Past) -> frozenset[str]:
    """The articles that can hold news: of no earlier edition; where there is none, those of the last day."""
    new = [article for article in found.articles if article.id not in past.used]
    if past.key.since is not None:
        return frozenset(article.id for article in new)
    return frozenset(a.id for a in new if a.published is None or found.cutoff - a.published <= FIRST)


def _last_reports(events: Iterable[Event], wanted: Sequence[str]) -> dict[str, Date | None]:
    """The fronts of the remembered days, each with the day of its last report."""
    last: dict[str, Date | None] = {}
    for event in events:
        if event.front and of_fronts(event.front, wanted):
            days = [day for day in (last.get(event.front), event.reported) if day]
            last[event.front] = max(days, default=None)
    return dict(sorted(last.items()))
