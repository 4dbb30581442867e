"""The reading of a run by the Batch API, wired: handed in with `submit`, collected with `collect`."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeVar

from briefer.chunk import O200k
from briefer.errors import UsageError
from briefer.extract.reply import Extracted
from briefer.models.batch import Batches, Collected, Submitted, discounted
from briefer.models.batch_file import Writer
from briefer.models.budget import Limits, Purse
from briefer.models.client import OpenAIWire, utc_now
from briefer.models.ladder import dressing, known
from briefer.models.local import is_local
from briefer.models.metered import Meter
from briefer.models.probing import QUESTION
from briefer.models.sizes import Sizes
from briefer.models.stopping import Stop
from briefer.prompts import load
from briefer.settings import Settings
from briefer.store import Store, open_store
from briefer.types import Article, StageCost
from briefer.wiring.asked import extractor
from briefer.wiring.models import Tapes, asking, prices, server_of, whose

Made = TypeVar("Made")


def submit(settings: Settings, articles: Sequence[Article], *, stop: Stop | None) -> Submitted:
    """Hand in what is to be asked of these articles and is neither kept nor under way.

    A server that is not known yet is first asked a question of a few tokens: a way of asking that it refuses would fail
    every line of a batch.
    """
    prompts = load(Path(settings.prompts) if settings.prompts else None)
    key = whose(server_of(settings))
    with asking(settings, stop=stop, tapes=Tapes()) as asked, open_store(settings.store) as store:
        questions = list(extractor(settings, asked.asker, prompts).questions(articles))
        if questions and not known(store.servers, server_key=key, clock=utc_now):
            list(asked.asker.ask([QUESTION]))
    whole = prices(settings)
    limits = Limits(settings.model.max_cost, settings.model.max_tokens)
    purse = Purse(limits, prices=discounted(whole) if whole is not None else None)

    def hand_in(batches: Batches, store: Store) -> Awaitable[Submitted]:
        dress = dressing(store.servers, server_key=key, clock=utc_now)
        writer = Writer(server_of(settings), dress, Sizes(O200k()), purse)
        return batches.submit(questions, writer=writer, fresh=not settings.model.cache)

    return _with_batches(settings, hand_in, stop=stop)


def collect(settings: Settings, *, stop: Stop | None) -> tuple[Collected, list[StageCost]]:
    """Keep the replies of all batches that are over; how far the others are, and what it cost at a batch's prices."""
    if not settings.model.cache:
        raise UsageError("--resume reads the replies that are kept; run it without --no-cache")
    whole = prices(settings)
    meter = Meter(prices=discounted(whole) if whole is not None else None, clock=time.monotonic)

    def fetch(batches: Batches, store: Store) -> Awaitable[Collected]:
        return batches.collect([Extracted], replies=store.replies, meter=meter)

    return _with_batches(settings, fetch, stop=stop), meter.costs()


def _with_batches(settings: Settings, work: Callable[[Batches, Store], Awaitable[Made]], *, stop: Stop | None) -> Made:
    if is_local(settings.model.name):
        raise UsageError("a model from a file has no Batch API; run without --batch")
    server = server_of(settings)

    async def done(store: Store) -> Made:
        wire = OpenAIWire(server, tokenizer=O200k())
        try:
            return await work(Batches(wire, shelf=store.batches, identity=whose(server), stop=stop), store)
        finally:
            await wire.aclose()

    with open_store(settings.store) as store:
        return asyncio.run(done(store))
