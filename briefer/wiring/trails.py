"""What stands behind claims: the ids of claims in; for each its words, who read it, its event and its editions out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from functools import cached_property
from itertools import groupby

from briefer.errors import UsageError
from briefer.store import Store
from briefer.types import (
    Article,
    Claim,
    EditionKey,
    Event,
    Evidence,
    KeptArticle,
    KeptEdition,
    MadeBy,
    Reading,
    SourceRecord,
)

MOST_SEARCHED = 60
"""Editions in which a withheld claim is looked for: each takes some milliseconds to open."""
_CLAIM = re.compile("c[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Sentences of evidence that stand together, with the sentence before and the one after.

    These are "" where there is none, and where the article is not kept any more.
    """

    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A claim and the source that it is of; None where the edition that had the claim does not list it."""

    claim: Claim
    source: SourceRecord | None


@dataclass(frozen=True, slots=True)
class Trail:
    """All that stands behind one claim: its article, who read it, the event it is part of, the editions that had it.

    `article` is None where it has been pruned; `taken_back` is the article in which its outlet takes it back, or "",
    and `notice` that article where it is kept. `edition` is the last one of this reader that had the claim (of any
    reader where none of its own had it), `carried` the days of this reader's, `editions` all that showed it, and
    `made_by` what made the first of them.
    """

    claim: Claim
    source: SourceRecord | None
    article: KeptArticle | None
    reading: Reading | None
    edition: KeptEdition
    event: Event | None
    carried: tuple[Date, ...]
    taken_back: str = ""
    notice: KeptArticle | None = None
    made_by: MadeBy = field(default_factory=MadeBy)
    editions: tuple[EditionKey, ...] = ()

    @property
    def excerpts(self) -> tuple[Excerpt, ...]:
        """Its evidence within its article."""
        return excerpts(self.claim.evidence, self.article.article if self.article else None)

    @property
    def by_rules(self) -> bool:
        """Whether the rules reader read it, be it in the place of a model."""
        if self.reading is not None and any(claim.id == self.claim.id for claim in self.reading.claims):
            return self.reading.reader == "rules" or self.reading.fell_back
        return self.made_by.extractor == "rules" or self.claim.article in self.made_by.fell_back


def excerpts(evidence: Sequence[Evidence], article: Article | None) -> tuple[Excerpt, ...]:
    """The words of evidence in the order of the text, neighbours together, within an article where it is there."""
    ordered = sorted(evidence, key=lambda one: (one.start, one.end))
    runs = groupby(enumerate(ordered), key=lambda pair: pair[1].sentence - pair[0])
    return tuple(_excerpt([one for _, one in run], article) for _, run in runs)


def _excerpt(run: Sequence[Evidence], article: Article | None) -> Excerpt:
    quote = " ".join(one.quote for one in run)
    if article is None or any(article.text[one.start : one.end] != one.quote for one in run):
        return Excerpt("", quote, "")
    first, last = run[0].sentence - 1, run[-1].sentence + 1
    before = article.sentence(first) if first >= 0 else ""
    return Excerpt(before, quote, article.sentence(last) if last < len(article.sentences) else "")


@dataclass(frozen=True)
class Trails:
    """Follows claims of one collection, for one reader. What was withheld is looked for in `edition`, where given."""

    store: Store
    collection: str
    reader: str
    edition: KeptEdition | None = None

    def of(self, claims: Sequence[str]) -> tuple[Trail, ...]:
        """What stands behind each claim, by their ids. Raises UsageError where no edition had one."""
        memory = self.store.memory(self.collection)
        carrying = memory.editions_with_claims(claims)
        keys = {claim: tuple(record.key for record in carrying.get(claim, ())) for claim in claims}
        kept = {claim: self._kept(claim, keys[claim]) for claim in claims}
        found = {claim: _claim(claim, kept[claim]) for claim in claims}
        first = {claim: self._first(carrying[claim][0].key if keys[claim] else kept[claim].key) for claim in claims}
        articles = self.store.articles.get({claim.article for claim in found.values()}, self.collection)
        readings = self._readings(found.values())
        events = memory.event_ids(claims)
        standing = memory.events(set(events.values()))
        taken_back = memory.withdrawn(claims)
        notices = self.store.articles.get(set(taken_back.values()), self.collection)
        return tuple(
            Trail(
                claim=found[claim],
                source=_source(found[claim], kept[claim]),
                article=articles.get(found[claim].article),
                reading=readings.get(found[claim].article),
                edition=kept[claim],
                event=standing.get(events.get(claim, "")),
                carried=tuple(sorted({key.date for key in keys[claim] if key.reader == self.reader})),
                taken_back=taken_back.get(claim, ""),
                notice=notices.get(taken_back.get(claim, "")),
                made_by=first[claim],
                editions=keys[claim],
            )
            for claim in claims
        )

    def cited(self, claims: Iterable[str]) -> Mapping[str, Cited]:
        """The claims themselves, each with its source; those that no edition showed are left out."""
        carrying = self.store.memory(self.collection).editions_with_claims(claims)
        kept = {claim: self._edition(records[0].key) for claim, records in carrying.items()}
        found = {claim: _claim(claim, edition) for claim, edition in kept.items()}
        return {claim: Cited(found[claim], _source(found[claim], kept[claim])) for claim in found}

    def _kept(self, claim: str, keys: Sequence[EditionKey]) -> KeptEdition:
        """The edition in which to look for a claim: the last of this reader's, else the last of any."""
        if keys:
            return self._edition(max(keys, key=lambda key: (key.reader == self.reader, key.date)))
        for edition in self._searched() if _CLAIM.fullmatch(claim) else ():
            if any(each.id == claim for each in edition.briefing.withheld):
                return edition
        raise UsageError(
            f"{claim[:40]!r} is no claim or event of an edition; "
            "`briefer show --format json` has their ids, or give a mark such as 5"
        )

    def _searched(self) -> Iterator[KeptEdition]:
        """The editions in which a withheld claim is looked for, the last first and this reader's before others'."""
        if self.edition is not None:
            yield self.edition
            return
        records = self.store.memory(self.collection).editions()
        latest = sorted(records, key=lambda one: (one.key.reader == self.reader, one.key.date, one.made), reverse=True)
        yield from (self._edition(record.key) for record in latest[:MOST_SEARCHED])

    def _first(self, key: EditionKey) -> MadeBy:
        return self._edition(key).briefing.made_by

    def _edition(self, key: EditionKey) -> KeptEdition:
        if key not in self._opened:
            found = self.store.memory(self.collection).edition(key)
            if found is None:
                raise UsageError(f"the edition of {key.date} has been made anew meanwhile; ask again")
            self._opened[key] = found
        return self._opened[key]

    @cached_property
    def _opened(self) -> dict[EditionKey, KeptEdition]:
        return {}

    def _readings(self, claims: Iterable[Claim]) -> Mapping[str, Reading]:
        """The reading that each claim is of, by article: the latest, or the rules' where that holds the claim."""
        wanted = list(claims)
        latest = self.store.readings.of({claim.article for claim in wanted}, "")
        other = {claim.article for claim in wanted if claim.article in latest and not _holds(latest, claim)}
        rules = self.store.readings.of(other, "rules") if other else {}
        return {**latest, **{c.article: rules[c.article] for c in wanted if c.article in other and _holds(rules, c)}}


def _holds(readings: Mapping[str, Reading], claim: Claim) -> bool:
    return claim.article in readings and any(each.id == claim.id for each in readings[claim.article].claims)


def _claim(claim: str, edition: KeptEdition) -> Claim:
    return next(each for each in (*edition.briefing.claims, *edition.briefing.withheld) if each.id == claim)


def _source(claim: Claim, edition: KeptEdition) -> SourceRecord | None:
    return next((source for source in edition.briefing.sources if source.id == claim.article), None)
