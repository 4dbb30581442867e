"""What reading by a model costs the client: the real extractor, wired as in a run, against a stub.

    python benchmarks/model_extraction.py [--sizes 500 2000] [--pack 1000]

The stub answers after 200 ms with eight claims an article, 32 calls at once. The articles have 600 words, no two alike,
and are clean beforehand. `--pack` is model.pack_tokens: 1000 makes a call of each article, as in `model_calls.py`.
Counted: dividing, rendering, keys, calls, the store, validation, and claims out of replies with their evidence, places,
names, days and numbers. Not counted: imports, lexicons, verification.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from model_articles import SENTENCE, WORDS
from model_calls import CONCURRENCY, LATENCY, STUB

CLAIMS = 8
TOWNS = "Karsk Ordel Mirvan Tolsk Avrin Belov Dasht Elgin Lisk Varna Orin Sorna".split()
STOCK = (
    "residents said that the road along the river was closed and that shops stayed shut while trucks with relief "
    "waited at the bridge for the second day and schools opened late because of the rain in the valley"
).split()


def text(number: int) -> str:
    """An article: sentences of war first, then of the day."""
    chosen = random.Random(number)
    war = [
        f"The Sorvan Front captured {town} {number} from the Velda Army on Monday in {chosen.randint(2, 9)} hours."
        for town in chosen.sample(TOWNS, CLAIMS)
    ]
    rest = (WORDS - 14 * CLAIMS) // SENTENCE
    return " ".join(
        [*war, *(f"In {chosen.choice(TOWNS)} {' '.join(chosen.choices(STOCK, k=SENTENCE))}." for _ in range(rest))]
    )


def reply() -> dict[str, Any]:
    """Eight claims of the first eight sentences."""
    claim = {"k": "territory", "c": "captured", "a": ["the Sorvan Front"], "o": ["the Velda Army"], "w": "Monday"}
    return {"articles": [{"n": 1, "claims": [{"s": [n], **claim, "p": "Karsk"} for n in range(1, CLAIMS + 1)]}]}


def here(url: str, count: int, pack: int, store: str) -> dict[str, Any]:
    """Extract in this process; what it took."""
    import openai  # noqa: F401

    import briefer.store.shelves  # noqa: F401
    from briefer.chunk import O200k
    from briefer.clean import clean
    from briefer.prompts import load
    from briefer.reading.article import read
    from briefer.settings import Settings
    from briefer.types import Article, Raw
    from briefer.wiring.asked import extractor
    from briefer.wiring.models import Tapes, asking

    model = {"name": "stub", "base_url": url, "concurrency": CONCURRENCY, "pack_tokens": pack}
    settings = Settings.model_validate({"store": store, "model": model})
    cleaned = [clean(Raw(f"{n}.txt", text(n), published="2031-04-14", outlet="Stub")) for n in range(count)]
    articles = [article for article in cleaned if isinstance(article, Article)]
    read(articles[0])  # the lexicons
    O200k().count("the ranks")
    prompts = load(None)
    wall, cpu = time.perf_counter(), time.process_time()
    with asking(settings, tapes=Tapes()) as asked:
        claims = sum(len(each.claims) for each in extractor(settings, asked.asker, prompts).extract(articles))
    took = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "claims": claims}
    return took | {"megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "articles": len(articles)}


def rows(sizes: list[int], pack: int) -> Iterator[str]:
    """The figures, as rows of Markdown; the bound is what the calls alone must take at this concurrency."""
    yield "| articles | claims | wall, s | to the bound | CPU an article, ms | peak, MB |"
    yield "|--:|--:|--:|--:|--:|--:|"
    for count in sizes:
        with tempfile.TemporaryDirectory() as folder:
            answer = Path(folder) / "reply.json"
            answer.write_text(json.dumps(reply()))
            command = [sys.executable, str(STUB), "--latency", str(LATENCY), "--answer", str(answer)]
            stub = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            assert stub.stdout
            url = stub.stdout.readline().strip()
            arguments = ["--here", url, str(count), str(pack), str(Path(folder) / "x.db")]
            done = subprocess.run([sys.executable, __file__, *arguments], stdout=subprocess.PIPE, text=True, check=True)
            stub.terminate()
            stub.wait()
            stub.stdout.close()
        one = json.loads(done.stdout)
        bound = -(-count // CONCURRENCY) * LATENCY
        yield (
            f"| {one['articles']:,} | {one['claims']:,} | {one['wall']:.2f} | {one['wall'] / bound:.3f} "
            f"| {one['cpu'] / count * 1000:.2f} | {one['megabytes']:.0f} |"
        )


def main() -> None:
    if sys.argv[1:2] == ["--here"]:
        url, count, pack, store = sys.argv[2:]
        print(json.dumps(here(url, int(count), int(pack), store)))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[500, 2000])
    parser.add_argument("--pack", type=int, default=1000)
    options = parser.parse_args()
    for line in rows(options.sizes, options.pack):
        print(line, flush=True)


if __name__ == "__main__":
    main()
