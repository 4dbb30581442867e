"""A user of batches: a store, a server and a key, and questions that are asked of it; each deed is a run of its own."""

import asyncio
import json
from datetime import UTC, datetime
from threading import Event
from typing import Self

from pydantic import BaseModel, ConfigDict

from briefer.chunk import O200k
from briefer.models.batch import Batches, discounted
from briefer.models.batch_file import Bounds, Writer
from briefer.models.budget import UNLIMITED, Prices, Purse
from briefer.models.cached import Cached, identity
from briefer.models.client import OpenAIWire
from briefer.models.ladder import Laddered, dressing
from briefer.models.metered import Meter
from briefer.models.server import Server
from briefer.models.sizes import Sizes
from briefer.types import Parameters, Part, Prompt, Question

KEY = "sk-secret-0123456789"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Place(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    article: int
    name: str


class Places(BaseModel):
    """A reply that can be divided by article."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    places: tuple[Place, ...]

    def part(self, part: Part) -> Self:
        mine = (place.model_copy(update={"article": 1}) for place in self.places if place.article == part.number)
        return self.model_copy(update={"places": tuple(mine)})


class Memory:
    """A Shelf in memory; fails at the put of a number, as a process that is killed would."""

    def __init__(self):
        self.texts, self.puts, self.fails_at = {}, 0, None

    def get(self, key):
        return self.texts.get(key)

    def put(self, key, text):
        self.puts += 1
        if self.puts == self.fails_at:
            raise KeyboardInterrupt
        self.texts[key] = text


def prompt(text):
    return Prompt("extract", "hash", "Name the places.", text, Parameters(max_tokens=200))


def question(*articles):
    """A question about one article, or about several at once."""
    if len(articles) == 1:
        return Question(prompt(articles[0]), Places, articles[0])
    parts = tuple(Part(prompt(text), number, number, number + 1) for number, text in enumerate(articles, start=1))
    return Question(prompt("\n".join(articles)), Places, articles[0], parts)


def answer(body):
    """Each article's first word is its place."""
    articles = body["messages"][-1]["content"].split("\n")
    return json.dumps(
        {"places": [{"article": number, "name": text.split()[0]} for number, text in enumerate(articles, start=1)]}
    )


LARGE = Bounds()
QUESTIONS = [question("Aleppo fell", "Homs held", "Hama waits"), question("Idlib burns"), question("Raqqa rests")]


class Office:
    """What a user has from run to run: a store, a server, a key. Each deed is a run of its own."""

    def __init__(self, stub, *, model="gpt-x", url=""):
        self.stub = stub
        self.server = Server(url or stub.url, model, key=KEY)
        self.batches, self.replies, self.servers = Memory(), Memory(), Memory()
        self.identity = identity(model, self.server.address)
        self.meter = self.new_meter()
        self.now = NOW
        self.slept = []
        self.stop = Event()

    def new_meter(self):
        return Meter(prices=discounted(Prices(input=10, output=20)), clock=lambda: 0.0)

    def submit(self, questions=QUESTIONS, *, bounds=LARGE, limits=UNLIMITED, **options):
        def go(batches):
            dress = dressing(self.servers, server_key=self.identity, clock=lambda: self.now)
            purse = Purse(limits, prices=Prices(input=5, output=10))
            writer = Writer(self.server, dress, Sizes(O200k()), purse, bounds)
            return batches.submit(questions, writer=writer, **options)

        return self._run(go)

    def collect(self):
        return self._run(lambda batches: batches.collect([Places], replies=self.replies, meter=self.meter))

    def ask(self, questions):
        """An ordinary run: the values, and how many calls it took."""

        async def go():
            wire = OpenAIWire(self.server)
            meter = self.new_meter()
            laddered = Laddered(wire, shelf=self.servers, server_key=self.identity, clock=lambda: self.now)
            model = Cached(laddered, shelf=self.replies, identity=self.identity, meter=meter)
            try:
                return [(await model.complete(one)).value for one in questions]
            finally:
                await wire.aclose()

        before = self.calls
        return asyncio.run(go()), self.calls - before

    @property
    def calls(self):
        return sum(call.path == "/v1/chat/completions" for call in self.stub.calls)

    def _run(self, go):
        async def run():
            wire = OpenAIWire(self.server, clock=lambda: self.now)
            clock = lambda: self.now  # noqa: E731
            batches = Batches(
                wire, shelf=self.batches, identity=self.identity, clock=clock, sleep=self._sleep, stop=self.stop
            )
            try:
                return await go(batches)
            finally:
                await wire.aclose()

        return asyncio.run(run())

    async def _sleep(self, seconds):
        self.slept.append(seconds)
