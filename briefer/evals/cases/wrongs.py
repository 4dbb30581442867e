"""What can be wrong with a case whose files have their shape: `Sheet` and its articles in, faults by line out.

Faults keep a case from being scored; doubts are what its author should look at again.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from briefer.evals.cases.marked import Marked
from briefer.evals.cases.shape import Fields, Forbidden, Head, Quoted, Reference, Sheet
from briefer.evals.faults import Fault, at
from briefer.reading.names import fold
from briefer.types import Article

if TYPE_CHECKING:
    from briefer.evals.cases.loading import Case

LISTS = ("must", "may", "must_not")


def faults(sheet: Sheet, marks: Marked, articles: Mapping[str, Article], head: Head, folder: Path) -> Iterator[Fault]:
    """What keeps the case from being scored."""
    path = folder / "claims.yaml"
    if not sheet.must and not head.nothing_new:
        yield at(path, 0, "must: is empty; a case without news says `nothing_new: true` in case.yaml")
    yield from (at(path, marks.line(where), what) for where, what in _of_ids(sheet))
    yield from (at(path, marks.line(where), what) for where, what in _of_events(sheet))
    for name, number, claim in _claims(sheet):
        for place, quoted in enumerate(claim.evidence):
            if what := _of_evidence(quoted, articles):
                yield at(path, marks.line((name, number, "evidence", place)), f"{claim.id}: {what}")
        for what in _of_names(claim, sheet, articles):
            yield at(path, marks.line((name, number)), f"{claim.id}: {what}")


def doubts(case: "Case", folder: Path) -> list[Fault]:
    """What its author should look at again."""
    path = folder / "claims.yaml"
    found = [at(path, 0, f"{each} is cited by no claim", doubt=True) for each in _uncited(case)]
    unsaid = ((each, number) for each in (*case.sheet.must, *case.sheet.may) for number in _unsaid_numbers(each))
    found += [at(path, 0, f"{each.id}: {number} is not in its evidence", doubt=True) for each, number in unsaid]
    return found


def _claims(sheet: Sheet) -> Iterator[tuple[str, int, Reference | Forbidden]]:
    for name in LISTS:
        for number, claim in enumerate(getattr(sheet, name)):
            yield name, number, claim


def _of_ids(sheet: Sheet) -> Iterator[tuple[tuple[str | int, ...], str]]:
    seen: Counter[str] = Counter()
    for name, number, claim in _claims(sheet):
        seen[claim.id] += 1
        if seen[claim.id] > 1:
            yield (name, number, "id"), f"the id {claim.id!r} is taken by an earlier claim; ids are unique in a case"


def _of_events(sheet: Sheet) -> Iterator[tuple[tuple[str | int, ...], str]]:
    told = set()
    for name, number, claim in _claims(sheet):
        if isinstance(claim, Reference):
            told.add(claim.event)
            if claim.event not in sheet.events:
                yield (name, number, "event"), f"{claim.id}: events: has no {claim.event!r}; give it a status there"
    for key, happening in sheet.events.items():
        if key not in told:
            yield ("events", key), f"no claim is of the event {key!r}"
        if happening.reverses and happening.reverses not in sheet.events:
            yield ("events", key, "reverses"), f"{key}: there is no event {happening.reverses!r}"


def _of_evidence(quoted: Quoted, articles: Mapping[str, Article]) -> str:
    article = articles.get(quoted.article)
    if article is None:
        return f"there is no readable article {quoted.article!r} in articles/"
    if quoted.quote in article.text:
        return ""
    return f"the quote is not in {quoted.article} word for word, as cleaning leaves it (`briefer sources --cut`)"


def _of_names(claim: Fields, sheet: Sheet, articles: Mapping[str, Article]) -> Iterator[str]:
    """Names that no article has, under any of their aliases: a slip of the pen, or a name to be added."""
    texts = [fold(f"{article.title} {article.text}") for article in articles.values()]
    for name in (*claim.actor, *claim.opponent):
        if not _is_named(name, sheet.names.actors, texts):
            yield f"no article names {name!r}, nor an alias of it under names: actors:"
    if claim.place and not _is_named(claim.place, sheet.names.places, texts):
        yield f"no article names {claim.place!r}, nor an alias of it under names: places:"


def _is_named(name: str, aliases: Mapping[str, Sequence[str]], texts: Sequence[str]) -> bool:
    return any(fold(each) in text for each in (name, *aliases.get(name, ())) for text in texts)


def _uncited(case: "Case") -> list[str]:
    cited = {quoted.article for _, _, claim in _claims(case.sheet) for quoted in claim.evidence}
    return sorted(set(case.articles) - cited)


def _unsaid_numbers(claim: Reference) -> list[str]:
    """Numbers of ten and more that the evidence does not have in figures; smaller ones are often spelt out."""
    said = " ".join(quoted.quote.replace(",", "") for quoted in claim.evidence)
    numbers = [value for count in claim.casualties for value in (count.low, count.best, count.high)]
    numbers += [kit.number for kit in claim.equipment]
    return [str(value) for value in numbers if value is not None and value >= 10 and str(value) not in said]
