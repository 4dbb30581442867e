"""How fast and how large the whole way without a model is.

    python benchmarks/no_model.py ARTICLES.jsonl [--sizes 370 1000 10000]

In: a JSONL file of articles (`id`, `published`, `source`, `text`). Out: a Markdown table of the CPU seconds of each
stage, articles a second and core (as they are, and as if each had 600 words when it is clean) and peak memory, a column
a size. Each size runs in a process of its own, pinned to one core. Size 0 is the file as it is; others are
articles made of its sentences (`articles.py`).
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

USUAL = 600
"""Words of the article that speeds are compared by."""

STAGES = ("collect", "clean", "topic", "duplicates", "extract", "verify", "merge", "compose", "render")
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
NOW = datetime(2032, 1, 1, tzinfo=UTC)
Thing = TypeVar("Thing")


def peak() -> float:
    """The most memory that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Watch:
    """CPU seconds by stage, and by how many MB it raised the peak of memory.

    A stage that calls another pauses while the other is counted.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.grown: dict[str, float] = defaultdict(float)
        self._peak = peak()
        self._open: list[str] = []
        self._since = time.process_time()

    def _switch(self) -> None:
        now = time.process_time()
        stage = self._open[-1] if self._open else "rest"
        self.seconds[stage] += now - self._since
        self._since = now
        high = peak()
        self.grown[stage] += high - self._peak
        self._peak = high

    def enter(self, stage: str) -> None:
        """What follows belongs to `stage`."""
        self._switch()
        self._open.append(stage)

    def leave(self) -> None:
        """What follows belongs to the stage that was interrupted."""
        self._switch()
        self._open.pop()

    def call(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with its time counted."""

        def timed(*arguments: Any, **named: Any) -> Any:
            self.enter(stage)
            try:
                return function(*arguments, **named)
            finally:
                self.leave()

        return timed

    def each(self, stage: str, things: Iterable[Thing]) -> Iterator[Thing]:
        """The things, with the time counted that it takes to make each."""
        iterator = iter(things)
        while True:
            self.enter(stage)
            try:
                thing = next(iterator)
            except StopIteration:
                return
            finally:
                self.leave()
            yield thing


def measure(path: Path, seconds_to_start: float) -> dict[str, Any]:
    """Brief one file in this process, on one core; what it took."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    from briefer import collect, pipeline
    from briefer.extract import RulesExtractor
    from briefer.pipeline import Edition
    from briefer.render import json as as_json
    from briefer.render import markdown, terminal

    watch = Watch()
    for stage, names in {"clean": ["clean"], "topic": ["off_topic"], "duplicates": ["twins", "duplicates"]}.items():
        for name in names:
            setattr(pipeline, name, watch.call(stage, getattr(pipeline, name)))
    for name in ("verify", "merge", "compose"):
        setattr(pipeline, name, watch.call(name, getattr(pipeline, name)))

    class Timed:
        def extract(self, articles: Sequence[Any]) -> Iterator[Any]:
            return watch.each("extract", RulesExtractor().extract(articles))

    collected = watch.each("collect", collect.read([str(path)]))
    wall = time.perf_counter()
    briefing = pipeline.run(collected, readers=pipeline.Readers(Timed()), edition=Edition(None, "UTC", NOW))
    characters = 0
    for render in (markdown.render, partial(terminal.render, width=100)):
        characters += len(watch.call("render", render)(briefing))  # a run writes one of them and keeps none
    characters += sum(map(len, watch.each("render", as_json.pieces(briefing))))
    return {
        "seconds": dict(watch.seconds),
        "start": seconds_to_start,
        "wall": time.perf_counter() - wall,
        "megabytes": peak(),
        "grown": dict(watch.grown),
        "articles": len(briefing.sources),
        "used": sum(source.fate.value == "used" for source in briefing.sources),
        "claims": len(briefing.claims),
        "events": len(briefing.events),
        "characters": characters,
    }


def _in_own_process(path: Path) -> dict[str, Any]:
    settings = {**os.environ, **dict.fromkeys(THREADS, "1")}
    command = [sys.executable, __file__, str(path), "--here"]
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def table(measured: dict[int, dict[str, Any]]) -> str:
    """The figures of each size as Markdown."""
    rows: list[tuple[str, Callable[[dict[str, Any]], str]]] = [
        ("articles used", lambda one: f"{one['used']:,} of {one['articles']:,}"),
        ("words an article", lambda one: f"{one['words'] / one['articles']:,.0f}"),
        ("claims, events", lambda one: f"{one['claims']:,}, {one['events']:,}"),
    ]
    rows += [(f"{stage}, s", partial(_seconds, stage)) for stage in (*STAGES, "rest")]
    rows += [
        ("**whole, CPU s**", lambda one: f"{_cpu(one):.2f}"),
        ("wall clock, s", lambda one: f"{one['wall']:.2f}"),
        ("**articles a second and core**", lambda one: f"{one['articles'] / _cpu(one):.1f}"),
        (f"**… of {USUAL} words**", lambda one: f"{one['words'] / USUAL / _cpu(one):.1f}"),
        ("**peak memory, MB**", lambda one: f"{one['megabytes']:.0f}"),
    ]
    head = ["| | " + " | ".join(f"{size:,}" for size in measured) + " |", "|---|" + "--:|" * len(measured)]
    body = [f"| {name} | " + " | ".join(value(one) for one in measured.values()) + " |" for name, value in rows]
    return "\n".join(head + body)


def _seconds(stage: str, one: dict[str, Any]) -> str:
    return f"{one['seconds'].get(stage, 0):.2f}"


def factors(measured: dict[int, dict[str, Any]]) -> str:
    """What raised the peak at the largest size, and how time grows from the size before it."""
    small, large = ([*measured.values()] * 2)[-2:]
    words = large["words"] / small["words"]
    grown = {stage: (small["seconds"].get(stage, 0), large["seconds"].get(stage, 0)) for stage in STAGES}
    listed = ", ".join(f"{stage} {b / a:.1f}" for stage, (a, b) in grown.items() if a > 0.05)
    added = ", ".join(f"{stage} {large['grown'].get(stage, 0):.0f}" for stage in (*STAGES, "rest"))
    return (
        f"Peak memory raised by, MB: {added}\n\nWords × {words:.1f}: time × {_cpu(large) / _cpu(small):.1f} ({listed})"
    )


def _cpu(one: dict[str, Any]) -> float:
    return sum(one["seconds"].values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--sizes", type=int, nargs="*", default=[0, 1000, 10000], help="0: the file as it is")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        print(json.dumps(measure(options.articles, time.process_time())))
        return
    from articles import cleaned, many, rows, words, write

    originals = rows(options.articles)
    measured: dict[int, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            file, total = options.articles, sum(words(cleaned(row)) for row in originals)
            if size:
                file = Path(folder) / f"{size}.jsonl"
                total = write(file, many(originals, size))
            one = _in_own_process(file)
            measured[size or len(originals)] = {**one, "words": total}
            print(f"{size or len(originals)} articles: {_cpu(one):.1f} s", file=sys.stderr, flush=True)
    print(table(measured))
    print("\n" + factors(measured))


if __name__ == "__main__":
    main()
