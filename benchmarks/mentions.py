"""Which words name actors and places: the reader's mentions beside those that people marked.

    python benchmarks/mentions.py DOCUMENTS.jsonl [--errors 30]

In: lines with `id`, `text` and `labels` = {entities: [{begin, end, type, confidence}]}. Organisation stands for
an actor, Location for a place; Organisation is also used for groups of people ("civilians"), which the reader keeps
apart: a row counts both. Labels below a confidence of 0.5 and pronouns count neither way. Out: precision, recall and F1
of spans that are the same but for a leading article, and of spans that overlap.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from briefer.reading import sentences
from briefer.reading.entities import Entities
from briefer.reading.parsing import parse_sentence
from briefer.reading.phrases import Clauses, Noun
from briefer.reading.scene import scene
from briefer.reading.things import Entity, Memory, Sort
from briefer.types import Article, Span

SURE = 0.5
SORTS = {"Organisation": Sort.ACTOR, "Location": Sort.PLACE}
_ARTICLE = re.compile(r"(?:the|a|an|this|that|these|those)\s+", re.IGNORECASE)
_PRONOUNS = frozenset(
    "i me my we us our ours you your he him his she her hers it its they them their theirs this that these those who "
    "which itself themselves himself herself one others here there".split()
)


@dataclass(frozen=True, slots=True)
class Document:
    """One text with the spans that people marked, and those too unsure to count, by sort."""

    article: Article
    marked: dict[Sort, tuple[Span, ...]]
    unsure: dict[Sort, tuple[Span, ...]]


@dataclass(slots=True)
class Tally:
    """Counts of one sort."""

    predicted: int = 0
    marked: int = 0
    exact_right: int = 0
    exact_found: int = 0
    near_right: int = 0
    near_found: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    invented: Counter[str] = field(default_factory=Counter)

    def lines(self, name: str) -> str:
        """The two rows of the table."""
        rows = []
        for kind, right, found in (
            ("exact", self.exact_right, self.exact_found),
            ("overlapping", self.near_right, self.near_found),
        ):
            precision, recall = right / max(1, self.predicted), found / max(1, self.marked)
            f1 = 2 * precision * recall / max(1e-9, precision + recall)
            figures = f"{precision:.3f} | {recall:.3f} | {f1:.3f} | {self.predicted:,} | {self.marked:,}"
            rows.append(f"| {name}, {kind} | {figures} |")
        return "\n".join(rows)


def read(path: Path) -> list[Document]:
    """The documents of a file; their text is taken as it is, so that offsets hold."""
    documents = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            value = json.loads(line)
            text = value["text"]
            article = Article(value["id"], value["id"], text, sentences.split(text))
            kept: dict[Sort, list[Span]] = {sort: [] for sort in SORTS.values()}
            unsure: dict[Sort, list[Span]] = {sort: [] for sort in SORTS.values()}
            for entity in value["labels"]["entities"]:
                if (sort := SORTS.get(entity["type"])) is None:
                    continue
                span = bare(Span(entity["begin"], entity["end"]), text)
                dropped = entity.get("confidence", 1) < SURE or text[span.start : span.end].lower() in _PRONOUNS
                (unsure if dropped else kept)[sort].append(span)
            documents.append(Document(article, _frozen(kept), _frozen(unsure)))
    return documents


def _frozen(spans: dict[Sort, list[Span]]) -> dict[Sort, tuple[Span, ...]]:
    return {sort: tuple(dict.fromkeys(listed)) for sort, listed in spans.items()}


def bare(span: Span, text: str) -> Span:
    """The span without a leading article."""
    match = _ARTICLE.match(text, span.start, span.end)
    return Span(match.end(), span.end) if match else span


def mentions(article: Article) -> Iterator[tuple[Sort, Span]]:
    """Every noun phrase that the reader takes for an actor or a place."""
    names, memory = scene(article), Memory()
    for sentence in article.sentences:
        clauses, _ = parse_sentence(article.text[sentence.start : sentence.end], offset=sentence.start)
        entities = Entities(clauses, names, memory)
        for noun in clauses.nouns:
            found = entities.of(noun)
            span = bare(Span(clauses.tokens.starts[noun.first], clauses.tokens.ends[noun.last - 1]), article.text)
            if article.text[span.start : span.end].lower() not in _PRONOUNS:
                yield _sort(found, noun, clauses), span
        memory.next_sentence()


def _sort(found: Entity, noun: Noun, clauses: Clauses) -> Sort:
    """A country is an actor to the reader, with a spot; behind a preposition of place it is read as that."""
    if found.sort is not Sort.ACTOR or found.spot is None:
        return found.sort
    before = clauses.tokens.lower[noun.first - 1] if noun.first else ""
    return Sort.PLACE if before in _WHERE else Sort.ACTOR


_WHERE = frozenset("in at near across inside into from throughout around outside within".split())


ROWS = {
    "actor": (Sort.ACTOR, (Sort.ACTOR,)),
    "actor or people": (Sort.ACTOR, (Sort.ACTOR, Sort.PEOPLE)),
    "place": (Sort.PLACE, (Sort.PLACE,)),
}
"""By name: the label that is looked for, and the reader's sorts that answer to it."""


def measure(documents: Sequence[Document]) -> dict[str, Tally]:
    """Read every document and count."""
    tallies = {name: Tally() for name in ROWS}
    for document in documents:
        found = list(dict.fromkeys(mentions(document.article)))
        for name, (label, sorts) in ROWS.items():
            _count(tallies[name], document, label, [span for sort, span in found if sort in sorts])
    return tallies


def _count(tally: Tally, document: Document, sort: Sort, predicted: Sequence[Span]) -> None:
    text, marked, unsure = document.article.text, document.marked[sort], document.unsure[sort]
    counted = [span for span in predicted if _meets(span, marked) or not _meets(span, unsure)]
    tally.predicted += len(counted)
    tally.marked += len(marked)
    tally.exact_right += sum(span in marked for span in counted)
    tally.exact_found += sum(span in counted for span in marked)
    tally.near_right += sum(_meets(span, marked) for span in counted)
    tally.near_found += sum(_meets(span, counted) for span in marked)
    tally.missed.update(_words(span, text) for span in marked if not _meets(span, counted))
    tally.invented.update(_words(span, text) for span in counted if not _meets(span, marked))


def _meets(span: Span, others: Sequence[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _words(span: Span, text: str) -> str:
    return " ".join(text[span.start : span.end].split())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="show so many of the commonest errors of each kind")
    options = parser.parse_args()
    tallies = measure(read(options.documents))
    print("| | precision | recall | F1 | predicted | marked |\n|---|--:|--:|--:|--:|--:|")
    for name, tally in tallies.items():
        print(tally.lines(name))
    for name, tally in tallies.items():
        for kind, errors in (("missed", tally.missed), ("invented", tally.invented)):
            if options.errors:
                print(f"\n== {name} {kind}")
                print("\n".join(f"{count} {words}" for words, count in errors.most_common(options.errors)))


if __name__ == "__main__":
    main()
