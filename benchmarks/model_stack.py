"""The calls of `model_calls.py` by briefer's whole stack, with its store: as a run wires it.

In: the URL of a server, questions, and the store's file. Out: what came of them.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable
from random import Random

from model_articles import Reading

# All that a run would import by and by, so that it is not counted as work.
import briefer.store.shelves  # noqa: F401
from briefer.chunk import O200k
from briefer.models.asker import ThreadAsker
from briefer.models.budget import Budgeted, Limits, Prices
from briefer.models.cached import Cached, identity
from briefer.models.client import OpenAIWire, utc_now
from briefer.models.ladder import Laddered
from briefer.models.metered import Meter, Metered
from briefer.models.pace import Pace, Paced
from briefer.models.retrying import Patience, Retrying
from briefer.models.server import Server
from briefer.models.sizes import Sizes
from briefer.models.stopping import Gate, Stop, stopping
from briefer.store import Store, open_store
from briefer.types import Question, Reply


def stacked(
    url: str, questions: Iterable[Question[Reading]], file: str, concurrency: int = 32
) -> tuple[int, Counter[str]]:
    """Ask all that the store does not hold; the number of claims, and the causes of what has no reply."""
    claims = 0
    causes: Counter[str] = Counter()
    with open_store(file) as store, stopping() as stop, stack(url, store, stop, concurrency) as asker:
        for answer in asker.ask(question for question in questions if asker.recall(question) is None):
            if isinstance(answer.result, Reply):
                claims += len(answer.result.value.claims)
            else:
                causes[answer.result.cause.value] += 1
    return claims, causes


def stack(url: str, store: Store, stop: Stop, concurrency: int) -> ThreadAsker:
    """The whole stack over one server."""
    prices, sizes, clock, sleep = Prices(0.4, 1.6), Sizes(O200k()), time.monotonic, asyncio.sleep
    meter = Meter(prices=prices, clock=clock)
    client = OpenAIWire(Server(url, "stub", connections=concurrency))
    gate = Gate(client, stop)
    paced = Paced(gate, pace=Pace(concurrency), sizes=sizes, sleep=sleep, clock=clock)
    budgeted = Budgeted(paced, limits=Limits(), prices=prices, sizes=sizes)
    retrying = Retrying(budgeted, patience=Patience(), sleep=sleep, clock=clock, random=Random(0))
    ladder = Laddered(Metered(retrying, meter), shelf=store.servers, server_key=identity("stub", url), clock=utc_now)
    cached = Cached(ladder, shelf=store.replies, identity=identity("stub", url), meter=meter)
    return ThreadAsker(cached, gate=gate, concurrency=concurrency, recall=cached.recall, closing=client.aclose)
