"""Who reads, and what they made of each article: claims with their verdicts.

In: articles and `Readers`. Out: `Extraction`s with verified claims, in the order of the articles.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date

from briefer.compose import Prose
from briefer.pipeline.surveying import RULES_READ
from briefer.pipeline.watching import Progress
from briefer.protocols import Extractor
from briefer.reading.background import NEWS
from briefer.types import (
    REAL,
    Article,
    Claim,
    Extraction,
    Fate,
    Gap,
    MadeBy,
    Modality,
    Ruling,
    SourceRecord,
)
from briefer.verify import verify

NOTHING_STOOD = "nothing that the model said of it stands on its words"


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


def read(articles: Sequence[Article], readers: Readers, progress: Progress) -> list[Extraction]:
    """What was read of each article, its claims with their verdicts, a judge's too. In the order of the articles.

    An article is verified as it comes: what was read of it is at hand then. A judge is asked about all claims in the
    order of the articles, whenever each was answered: a question that is to be found among recorded ones must not hang
    on which reply came first.
    """
    by_id = {article.id: article for article in articles}
    found: dict[str, Extraction] = {}
    for extraction in readers.extractor.extract(articles):
        found[extraction.article] = _verified(extraction, by_id[extraction.article], readers)
        progress("reading", len(found), len(articles))
    ordered = [found[article.id] for article in articles if article.id in found]
    if readers.judge is None:
        return ordered
    progress("judging", 0, 0)
    judged: dict[str, list[Claim]] = defaultdict(list)
    for claim in readers.judge([claim for extraction in ordered for claim in extraction.claims], articles):
        judged[claim.article].append(claim)
    return [replace(extraction, claims=tuple(judged[extraction.article])) for extraction in ordered]


def _verified(extraction: Extraction, article: Article, readers: Readers) -> Extraction:
    language = "en" if extraction.fell_back else readers.language  # the rules reader words its claims in English
    verified = [verify(claim, article, language=language) for claim in extraction.claims]
    if readers.fallback and _nothing_stands(verified) and article.language in RULES_READ:
        extraction = next(iter(readers.fallback.extract([article])))
        extraction = replace(extraction, note=NOTHING_STOOD, fell_back=True)
        verified += [verify(claim, article) for claim in extraction.claims]
    return replace(extraction, claims=tuple(verified))


def _nothing_stands(claims: Sequence[Claim]) -> bool:
    return bool(claims) and all(claim.verdict is Ruling.UNSUPPORTED for claim in claims)


def aged(claim: Claim, dates: Mapping[str, Date], day: Date) -> Claim:
    """What an article of another season tells as its news is background to this edition."""
    published = dates.get(claim.article)
    if published is None or claim.modality not in REAL or day - published <= NEWS:
        return claim
    return replace(claim, modality=Modality.HISTORICAL)


def with_notes(sources: Sequence[SourceRecord], extractions: Iterable[Extraction]) -> tuple[SourceRecord, ...]:
    """The sources, each with what the reader of the briefing must know of how it was read."""
    notes = {extraction.article: extraction.note for extraction in extractions if extraction.note}
    return tuple(
        source.model_copy(update={"why": notes[source.id]}) if source.id in notes else source for source in sources
    )


def taken_by_rules(extractions: Sequence[Extraction], total: int) -> tuple[Gap, ...]:
    """What a reader must know of articles that the model did not take: one line a reason, not one an article.

    Behind a colon stands what is of one article alone; its record among the sources has it.
    """
    reasons = Counter(extraction.note.partition(": ")[0] for extraction in extractions if extraction.fell_back)
    return tuple(
        Gap(what=f"Read by the rules reader instead of the model: {count} of {total} articles", about=why)
        for why, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    )


def unread_languages(sources: Sequence[SourceRecord]) -> tuple[Gap, ...]:
    """A gap for each article whose language nobody reads."""
    what = "Not read: written in a language that is not read without a model"
    return tuple(
        Gap(what=what, about=f"{source.name} ({source.language})")
        for source in sources
        if source.fate is Fate.UNREADABLE and source.language
    )
