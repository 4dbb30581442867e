"""Articles that are handed in as a batch: the run that collects them asks for nothing but what is new."""

import asyncio
import json
import re
from datetime import UTC, datetime
from functools import partial

from reader_scoring import article_of
from stub_batch import BatchDesk
from stub_server import Stub

from briefer.chunk import O200k, chunk
from briefer.extract import RulesExtractor
from briefer.extract.asked import AskedExtractor, Manner
from briefer.extract.reply import Extracted
from briefer.models.asker import ThreadAsker
from briefer.models.batch import Batches
from briefer.models.batch_file import Writer
from briefer.models.cached import Cached, identity
from briefer.models.client import OpenAIWire
from briefer.models.ladder import Laddered, dressing
from briefer.models.metered import Meter
from briefer.models.server import Server
from briefer.models.sizes import Sizes
from briefer.models.stopping import Gate, Stop
from briefer.prompts import load
from briefer.store import open_store

NEWS = [
    article_of(f"Rebels captured the town of {place} on Tuesday. The army sent more men to the front near the river.")
    for place in ("Tal Hamra", "Orlovka", "Deir Qasab", "Ras Lamoud", "Berat", "Old Karsk")
]


def now():
    return datetime(2026, 11, 22, tzinfo=UTC)


def reading(body):
    """Says of each article of a prompt what its first sentence says."""
    lines = body["messages"][-1]["content"].splitlines()
    heads = [(at, int(match[1])) for at, line in enumerate(lines) if (match := re.match(r"Article (\d+)", line))]
    articles = []
    for at, number in heads:
        sentence, words = lines[at + 1].split(" ", 1)
        place = words.split("town of ")[1].split(" on ")[0]
        claim = {"s": [int(sentence)], "k": "territory", "c": "captured", "a": ["Rebels"], "p": place, "w": "Tuesday"}
        articles.append({"n": number, "claims": [claim]})
    return json.dumps({"articles": articles})


class Desk:
    """One user's store and server, opened anew for each run."""

    def __init__(self, stub, file):
        self.stub, self.file = stub, file
        self.server = Server(stub.url, "gpt-x")
        self.identity = identity("gpt-x", self.server.address)

    def run(self, do):
        with open_store(self.file) as store:
            wire = OpenAIWire(self.server)
            gate = Gate(wire, Stop())
            meter = Meter(prices=None, clock=lambda: 0.0)
            laddered = Laddered(gate, shelf=store.servers, server_key=self.identity, clock=now)
            kept = Cached(laddered, shelf=store.replies, identity=self.identity, meter=meter)
            with ThreadAsker(kept, gate=gate, concurrency=4, recall=kept.recall, closing=wire.aclose) as asker:
                extractor = AskedExtractor(
                    asker,
                    load(None),
                    chunker=partial(chunk, tokenizer=O200k(), max_tokens=60),
                    fallback=RulesExtractor(),
                    manner=Manner(pack_tokens=60),
                )
                return do(extractor, store)

    def submit(self, articles):
        def do(extractor, store):
            dress = dressing(store.servers, server_key=self.identity, clock=now)
            writer = Writer(self.server, dress, Sizes(O200k()))
            return self._batch(store, lambda batches: batches.submit(extractor.questions(articles), writer=writer))

        return self.run(do)

    def collect(self):
        meter = Meter(prices=None, clock=lambda: 0.0)

        def do(extractor, store):
            return self._batch(store, lambda batches: batches.collect([Extracted], replies=store.replies, meter=meter))

        return self.run(do)

    def read(self, articles):
        before = len(self.stub.calls)
        read = self.run(lambda extractor, store: list(extractor.extract(articles)))
        return {one.article: one for one in read}, len(self.stub.calls) - before

    def _batch(self, store, do):
        async def go():
            wire = OpenAIWire(self.server)
            try:
                return await do(Batches(wire, shelf=store.batches, identity=self.identity, clock=now))
            finally:
                await wire.aclose()

        return asyncio.run(go())


def test_what_a_batch_read_is_read_though_articles_are_packed_otherwise(tmp_path):
    new = article_of("Rebels captured the town of Zelenka on Tuesday. Nobody else came there on that day.")
    with Stub(answer=reading) as stub:
        stub_desk, desk = BatchDesk(stub), Desk(stub, tmp_path / "briefer.db")
        submitted = desk.submit(NEWS)
        assert 1 < submitted.questions < len(NEWS)
        assert desk.submit(NEWS).questions == 0
        stub_desk.finish()
        assert desk.collect().done == submitted.questions
        read, calls = desk.read([new, *NEWS])
        assert calls == 1
        assert desk.submit(NEWS).ids == ()
    assert not any(one.fell_back for one in read.values())
    assert [[claim.place.name for claim in read[article.id].claims] for article in NEWS] == [
        [place] for place in ("Tal Hamra", "Orlovka", "Deir Qasab", "Ras Lamoud", "Berat", "Old Karsk")
    ]
