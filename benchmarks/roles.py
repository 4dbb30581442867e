"""Who did it to whom: the reader's source and target of a sentence beside those that people marked.

    python benchmarks/roles.py SENTENCES.jsonl [--errors 30]

In: lines with `text` and `labels` = {tokens, spans: [{role: S | T | R, tok: [first, last)}]}; R marks the two sides of
a mutual doing, which has no direction and is left out. Out: overlap F1 of source and target spans, and how often the
two are swapped among the sentences where both are read and both are marked.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from briefer.reading.roles import roles
from briefer.types import Span


@dataclass(frozen=True, slots=True)
class Marked:
    """One sentence with the spans that people marked, as ranges of characters."""

    text: str
    source: tuple[Span, ...]
    target: tuple[Span, ...]
    mutual: tuple[Span, ...]


@dataclass(slots=True)
class Tally:
    """What was predicted, marked and matched of one role; a match is any overlap."""

    predicted: int = 0
    marked: int = 0
    right: int = 0
    found: int = 0

    def count(self, predicted: Span | None, marked: Sequence[Span]) -> None:
        """Count one sentence: one prediction at most, any number of marked spans."""
        self.predicted += predicted is not None
        self.marked += len(marked)
        hits = sum(predicted is not None and overlap(predicted, span) for span in marked)
        self.right += hits > 0
        self.found += hits

    def line(self) -> str:
        """Precision, recall and F1."""
        precision, recall = self.right / max(1, self.predicted), self.found / max(1, self.marked)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return f"{precision:.3f} | {recall:.3f} | {f1:.3f} | {self.predicted:,} | {self.marked:,}"


@dataclass(slots=True)
class Result:
    """The figures of a file."""

    source: Tally = field(default_factory=Tally)
    target: Tally = field(default_factory=Tally)
    directed: int = 0
    swapped: list[str] = field(default_factory=list)
    crossed: list[str] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    examples: list[tuple[str, str]] = field(default_factory=list)


def overlap(one: Span, other: Span) -> bool:
    """Whether two ranges share a character."""
    return one.start < other.end and other.start < one.end


NEAR = 8
"""Characters within which a token's next character must stand; tokens and text differ in a few quotation marks."""
_GLUED_LEFT = re.compile(r" (?=(?:[,.;:!?)%\]]|['’] ?s\b|n['’]t\b)(?: |$|['’\w]))")
_GLUED_RIGHT = re.compile(r"(?<=[(\[$]) |(?<=\w['’]) (?=s\b)")
_HYPHEN = re.compile(r"(?<=\w) - (?=\w)")
_THOUSANDS = re.compile(r"(?<=\d,) (?=\d{3}\b)|(?<=\d\.) (?=\d)")


def natural(text: str) -> str:
    """A tokenised sentence as it was printed ("rebel - held" -> "rebel-held")."""
    for pattern, by in ((_GLUED_LEFT, ""), (_GLUED_RIGHT, ""), (_HYPHEN, "-"), (_THOUSANDS, "")):
        text = pattern.sub(by, text)
    return text


def read(path: Path) -> list[Marked]:
    """The sentences of a file."""
    found = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            value = json.loads(line)
            labels, text = value["labels"], natural(value["text"])
            places = _places(labels["tokens"], text)
            spans: dict[str, list[Span]] = {"S": [], "T": [], "R": []}
            for span in labels["spans"]:
                first, last = span["tok"]
                spans[span["role"]].append(Span(places[first].start, places[last - 1].end))
            found.append(Marked(text, *(tuple(spans[role]) for role in "STR")))
    return found


def _places(tokens: Sequence[str], text: str) -> list[Span]:
    """Where each token stands in the text; marks that one of the two lacks are passed over."""
    places, at = [], 0
    for token in tokens:
        found = [at := hit + 1 for character in token if (hit := text.find(character, at, at + NEAR)) >= 0]
        places.append(Span(found[0] - 1, at) if found else Span(at, at))
    return places


def measure(sentences: Sequence[Marked]) -> Result:
    """Read every sentence and count."""
    result = Result()
    for marked in sentences:
        if marked.mutual:
            continue
        found = roles(marked.text)
        source, target = (found.source, found.target) if found else (None, None)
        result.source.count(source, marked.source)
        result.target.count(target, marked.target)
        _note(result, marked, source, target)
        if source and target and marked.source and marked.target:
            result.directed += 1
            ahead = any(overlap(source, span) for span in marked.source)
            back = any(overlap(source, span) for span in marked.target)
            turned = any(overlap(target, span) for span in marked.source)
            if back and turned and not (ahead and any(overlap(target, span) for span in marked.target)):
                result.swapped.append(_shown(marked, source, target))
            elif (back and not ahead) or (turned and not any(overlap(target, span) for span in marked.target)):
                result.crossed.append(_shown(marked, source, target))
    return result


def _note(result: Result, marked: Marked, source: Span | None, target: Span | None) -> None:
    for name, one, spans in (("source", source, marked.source), ("target", target, marked.target)):
        kind = ""
        if spans and one is None:
            kind = f"{name} not found"
        elif spans and one and not any(overlap(one, span) for span in spans):
            kind = f"{name} elsewhere"
        elif one and not spans:
            kind = f"{name} where none is marked"
        if kind:
            result.errors[kind] += 1
            result.examples.append((kind, _shown(marked, source, target)))


def _shown(marked: Marked, source: Span | None, target: Span | None) -> str:
    def words(spans: Sequence[Span | None]) -> str:
        return " + ".join(marked.text[span.start : span.end] for span in spans if span) or "-"

    return (
        f"{marked.text}\n    marked {words(marked.source)!r} -> {words(marked.target)!r}\n"
        f"    read   {words([source])!r} -> {words([target])!r}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="show so many errors of each kind, and all swapped")
    options = parser.parse_args()
    result = measure(read(options.sentences))
    print("| | precision | recall | F1 | predicted | marked |\n|---|--:|--:|--:|--:|--:|")
    print(f"| source | {result.source.line()} |\n| target | {result.target.line()} |")
    share = len(result.swapped) / max(1, result.directed)
    print(f"\nSwapped: {len(result.swapped)} of {result.directed} with both read and marked, {share:.1%}")
    print(f"One of them in the other's place: {len(result.crossed)} of {result.directed}")
    if not options.errors:
        return
    print("\n" + "\n".join(f"{kind}: {count}" for kind, count in result.errors.most_common()))
    print("\n== swapped\n" + "\n".join(result.swapped))
    print("\n== one in the other's place\n" + "\n".join(result.crossed))
    for kind in result.errors:
        print(
            f"\n== {kind}\n" + "\n".join([text for named, text in result.examples if named == kind][: options.errors])
        )


if __name__ == "__main__":
    main()
