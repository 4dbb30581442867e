"""How many claims a second the verifier judges, whether the cost grows in proportion, and how large it gets.

    python benchmarks/check_speed.py [ARTICLES] [--sizes 100 1000 5000] [--articles 50] [--long 50000]

In: a file or folder of articles as `briefer run` reads them; without it, articles of several labelled days together,
with their claims. Out: a Markdown table, a row a number of claims: CPU seconds of indexing the articles, of the first
claim (word lists are loaded with it) and of the others, claims a second, and the peak of memory after indexing and at
the end. Claims are held against all articles, so the evidence is searched for. Each row runs in a process of its own,
pinned to one core, with one thread. No two claims have one text: after the first round their numbers and one of their
names are exchanged. The last row is a single source of `--long` sentences.
"""

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

SEED = 20330504
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
ON_LONG = 200
"""Claims that are held against the one long source."""
_NUMBER = re.compile(r"\b[1-9]\d{0,2}\b(?![,.:]\d)")
_NAME = re.compile(r"(?<=[a-z] )[A-Z][a-z]{3,}\b")


@dataclass(frozen=True, slots=True)
class Row:
    """What one process measures: claims against articles, or against one source of `long` sentences."""

    path: str
    articles: int
    claims: int
    long: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """CPU seconds of indexing, of the first claim and of the others; peaks of memory in MB, indexed and at the end."""

    sentences: int
    opening: float
    first: float
    finding: float
    indexed: float
    peak: float


def peak() -> float:
    """The most memory that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def varied(texts: Sequence[str], many: int) -> Iterator[str]:
    """So many claims, no two alike: the texts in turn, from the second round on with other numbers and another name."""
    draw = random.Random(SEED)
    names = sorted({name for text in texts for name in _NAME.findall(text)})
    seen: set[str] = set()
    while len(seen) < many:
        for text in texts:
            while text in seen:
                text = _NUMBER.sub(lambda _: str(draw.randint(1, 999)), text)
                text = _NAME.sub(lambda _: draw.choice(names), text, count=1) if names else text
                text = text if text not in seen else f"{text[:-1]} on day {draw.randint(1, 10**6)}."
            seen.add(text)
            yield text
            if len(seen) == many:
                return


def measure(row: Row) -> Found:
    """One row, in this process."""
    from briefer.types import Statement
    from briefer.verify import Checker

    articles, texts = sources(row)
    if row.long:
        articles = [lengthened(articles, row.long)]
    claims = [Statement(str(number), text) for number, text in enumerate(varied(texts, row.claims))]
    began = time.process_time()
    checker = Checker(articles)
    opened, indexed = time.process_time(), peak()
    checker.find(claims[0])
    first = time.process_time()
    for claim in claims[1:]:
        checker.find(claim)
    ended = time.process_time()
    sentences = sum(len(article.sentences) for article in articles)
    return Found(sentences, opened - began, first - opened, ended - first, indexed, peak())


def sources(row: Row):
    """The articles and the texts of claims: of the labelled days, or sentences of the articles themselves."""
    from briefer import collect
    from briefer.clean import clean
    from briefer.evals import labelled
    from briefer.types import Failure, Raw

    if not row.path:
        days = labelled.load_all(labelled.shipped("build"))
        articles = [replace(a, name=f"{day.name}/{name}") for day in days for name, a in day.articles.items()]
        kept = articles[: row.articles]
        used = {article.name.partition("/")[0] for article in kept}
        return kept, [claim.text for day in days if day.name in used for claim in day.claims]
    cleaned = (clean(thing) if isinstance(thing, Raw) else thing for thing in collect.read([row.path]))
    articles = [article for article in cleaned if not isinstance(article, Failure)][: row.articles]
    sentences = (article.sentence(at) for article in articles for at in range(len(article.sentences)))
    return articles, list(dict.fromkeys(text for text in sentences if 40 <= len(text) <= 300))


def lengthened(articles: Sequence, many: int):
    """One article of so many sentences, drawn from all, their numbers exchanged."""
    from briefer.types import Article, Span

    pool = [article.sentence(number) for article in articles for number in range(len(article.sentences))]
    sentences = list(varied(pool, many))
    spans, at = [], 0
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    return Article("along", "long", " ".join(sentences), tuple(spans), published=articles[0].published)


def apart(row: Row) -> Found:
    """One row in a process of its own, on one core."""
    command = [sys.executable, __file__, "--row", json.dumps([row.path, row.articles, row.claims, row.long])]
    done = subprocess.run(
        command, env=os.environ | dict.fromkeys(THREADS, "1"), check=True, capture_output=True, text=True
    )
    return Found(*json.loads(done.stdout))


def line(row: Row, found: Found) -> str:
    """A row of the table."""
    what = f"one source of {found.sentences:,} sentences" if row.long else f"{row.articles} articles"
    speed = (row.claims - 1) / found.finding
    cells = (f"{row.claims:,}", what, f"{found.opening:.2f}", f"{found.first:.2f}", f"{found.finding:.2f}")
    return f"| {' | '.join(cells)} | {speed:,.0f} | {found.indexed:.0f} | {found.peak:.0f} |"


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("path", nargs="?", default="")
    options.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 5000])
    options.add_argument("--articles", type=int, default=50)
    options.add_argument("--long", type=int, default=50_000)
    options.add_argument("--row", help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.row:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        found = measure(Row(*json.loads(asked.row)))
        print(json.dumps([getattr(found, name) for name in Found.__slots__]))
        return
    rows = [Row(asked.path, asked.articles, size) for size in asked.sizes]
    if asked.long:
        rows.append(Row(asked.path, asked.articles, ON_LONG, asked.long))
    print(
        "| claims | against | indexing, s | first claim, s | the others, s | claims a second | MB, indexed | MB, peak |"
    )
    print("|--:|---|--:|--:|--:|--:|--:|--:|")
    for row in rows:
        print(line(row, apart(row)), flush=True)


if __name__ == "__main__":
    main()
