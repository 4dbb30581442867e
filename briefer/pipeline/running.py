"""One run without a memory: collected things in, one Briefing out.

collect → clean → (language, cut-off, topic, duplicates) → extract → verify (→ judge) → merge → compose
"""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from briefer.compose import compose
from briefer.merge import merge
from briefer.pipeline.reading import Readers, aged, read, taken_by_rules, unread_languages, with_notes
from briefer.pipeline.surveying import Edition, hold_to_something, survey
from briefer.pipeline.watching import Progress, unwatched
from briefer.reading.house import NO_HOUSE, House, under_house_names
from briefer.types import Article, Briefing, Failure, MadeBy, Raw, Ruling


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Look for cycles of garbage less often: a run makes millions of small things in none, and each look reads them."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@rarely_collected()
def run(
    collected: Iterable[Raw | Article | Failure],
    *,
    readers: Readers,
    edition: Edition,
    progress: Progress = unwatched,
    house: House = NO_HOUSE,
) -> Briefing:
    """Brief everything that was collected, clean or not. One bad article never ends a run; it is named in `sources`.

    Raises NothingToBrief where no article can be read, ModelRejected where a model takes no question at all, and
    Stopped where the run was asked to stop.
    """
    found = survey(collected, edition=edition, languages=readers.languages, progress=progress, house=house)
    hold_to_something(found)
    extractions = read(found.articles, readers, progress)
    claims = [claim for extraction in extractions for claim in extraction.claims]
    dates = {article.id: article.published.date() for article in found.articles if article.published}
    claims = [under_house_names(aged(claim, dates, found.date), house) for claim in claims]
    if readers.prose is not None:
        progress("writing", 0, 0)
    briefing = compose(
        merge([claim for claim in claims if claim.verdict is not Ruling.UNSUPPORTED], found.articles, house=house),
        articles=found.articles,
        sources=with_notes(found.sources, extractions),
        withheld=tuple(claim for claim in claims if claim.verdict is Ruling.UNSUPPORTED),
        date=found.date,
        timezone=found.timezone,
        cutoff=found.cutoff,
        made_by=MadeBy(),
        prose=readers.prose,
        notes=(*taken_by_rules(extractions, len(found.articles)), *unread_languages(found.sources)),
    )
    fell_back = tuple(sorted(extraction.article for extraction in extractions if extraction.fell_back))
    return briefing.model_copy(update={"made_by": readers.account().model_copy(update={"fell_back": fell_back})})
