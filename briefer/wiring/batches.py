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
from briefer.models.cached import identity
from briefer.models.client import OpenAIWire, utc_now
from briefer.models.ladder import dressing
from briefer.models.local import is_local
from briefer.models.metered import Meter
from briefer.models.sizes import Sizes
from briefer.prompts import load
from briefer.settings import Settings
from briefer.store import Store, open_store
from briefer.types import Article, StageCost
from briefer.wiring.asked import extractor
from briefer.wiring.models import Tapes, asking, prices, server_of

Made = TypeVar("Made")


def submit(settings: Settings, articles: Sequence[Article]) -> Submitted:
    """Hand in what is to be asked of these articles and is neither kept nor under way."""
    prompts = load(Path(settings.prompts) if settings.prompts else None)
    with asking(settings, tapes=Tapes()) as asked:
        questions = list(extractor(settings, asked.asker, prompts).questions(articles))
    whole = prices(settings)
    limits = Limits(settings.model.max_cost, settings.model.max_tokens)
    purse = Purse(limits, prices=discounted(whole) if whole is not None else None)

    def hand_in(batches: Batches, store: Store) -> Awaitable[Submitted]:
        server = server_of(settings)
        dress = dressing(store.servers, server_key=identity(server.model, server.address), clock=utc_now)
        return batches.submit(questions, writer=Writer(server, dress, Sizes(O200k()), purse))

    return _with_batches(settings, hand_in)


def collect(settings: Settings) -> tuple[Collected, list[StageCost]]:
    """Keep the replies of all batches that are over; how far the others are, and what it cost at a batch's prices."""
    whole = prices(settings)
    meter = Meter(prices=discounted(whole) if whole is not None else None, clock=time.monotonic)

    def fetch(batches: Batches, store: Store) -> Awaitable[Collected]:
        return batches.collect([Extracted], replies=store.replies, meter=meter)

    return _with_batches(settings, fetch), meter.costs()


def _with_batches(settings: Settings, work: Callable[[Batches, Store], Awaitable[Made]]) -> Made:
    if is_local(settings.model.name):
        raise UsageError("a model from a file has no Batch API; run without --batch")
    server = server_of(settings)

    async def done(store: Store) -> Made:
        wire = OpenAIWire(server, tokenizer=O200k())
        try:
            return await work(
                Batches(wire, shelf=store.batches, identity=identity(server.model, server.address)), store
            )
        finally:
            await wire.aclose()

    with open_store(settings.store) as store:
        return asyncio.run(done(store))
