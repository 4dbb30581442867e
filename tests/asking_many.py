"""Asks a server many questions by the whole stack, as a run wires it; what became of them goes to stdout as JSON.

python tests/asking_many.py URL STORE COUNT [CONCURRENCY]
"""

import json
import sys
from collections import Counter
from pathlib import Path

from wire_fakes import question

from briefer.models.stopping import stopping
from briefer.settings import Model, Settings
from briefer.types import Reply
from briefer.wiring.models import Tapes, asking


def ask(url: str, store: Path, count: int, concurrency: int = 8) -> "Counter[str]":
    """Ask what the store does not hold; how many were recalled, answered, and had no reply, by cause."""
    told: Counter[str] = Counter()
    model = Model(name="stub", base_url=url, concurrency=concurrency, tries=12)
    with stopping() as stop, asking(Settings(store=str(store), model=model), stop=stop, tapes=Tapes()) as found:
        asked = []
        for number in range(count):
            each = question(f"text {number:05d}")
            if found.asker.recall(each) is None:
                asked.append(each)
            else:
                told["recalled"] += 1
        for answer in found.asker.ask(asked):
            told["answered" if isinstance(answer.result, Reply) else answer.result.cause.value] += 1
    return told


if __name__ == "__main__":
    url, store, count, *concurrency = sys.argv[1:]
    print(json.dumps(ask(url, Path(store), int(count), *map(int, concurrency))))
