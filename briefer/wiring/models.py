"""The model of a run, wired: from settings to an Asker with its account.

Outermost first, an answer comes by: what is kept → how a reply is asked for → the account → tries → budget → pace → the
gate that a stop closes → the server.
"""

import asyncio
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from briefer.chunk import O200k
from briefer.errors import UsageError
from briefer.models.asker import ThreadAsker, nothing_kept
from briefer.models.budget import Budgeted, Limits, Prices
from briefer.models.cached import Cached, Recall, identity
from briefer.models.client import OpenAIWire, utc_now
from briefer.models.ladder import Laddered
from briefer.models.local import LocalServer, Seats, is_local
from briefer.models.metered import Meter, Metered
from briefer.models.pace import Pace, Paced
from briefer.models.probing import Probe, probe
from briefer.models.recording import Taped
from briefer.models.retrying import Patience, Retrying
from briefer.models.server import Server
from briefer.models.sizes import Sizes
from briefer.models.steadfast import Steadfast
from briefer.models.stopping import Gate, Stop
from briefer.models.tape import Reader, Tape
from briefer.protocols import Asker, Model
from briefer.settings import Settings
from briefer.store import Store, open_store

OPENAI = "https://api.openai.com/v1"
FROM_ENVIRONMENT = "env:"


@dataclass(frozen=True, slots=True)
class Tapes:
    """Where replies are recorded to, or replayed from, instead of being asked for; at most one of them is given.

    `by` labels who answered, in a recording.
    """

    record: Path | None = None
    replay: Path | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """A model that can be asked, and its account. `name` is the model's as the briefing gives it."""

    asker: Asker
    meter: Meter
    name: str


def prices(settings: Settings) -> Prices | None:
    """What the settings say that tokens cost."""
    told = settings.model.prices
    return Prices(told.input, told.output, told.cached, told.currency) if told is not None else None


def server_of(settings: Settings, environment: Mapping[str, str] = os.environ) -> Server:
    """The server that the settings name, with its secrets from the environment. Raises UsageError."""
    model = settings.model
    return Server(
        base_url=model.base_url or environment.get("OPENAI_BASE_URL", "") or OPENAI,
        model=model.name,
        key=environment.get(model.key_variable, ""),
        key_name=model.key_variable,
        timeout=model.timeout,
        connect_timeout=model.connect_timeout,
        connections=concurrency(settings),
        proxy=model.proxy,
        ca_file=model.ca_file,
        organization=model.organization,
        project=model.project,
        headers={name: _secret(f"model.headers.{name}", value, environment) for name, value in model.headers.items()},
        extra=model.extra,
    )


def concurrency(settings: Settings) -> int:
    """How many calls are on their way at once: a model in this process has a slot for each."""
    return settings.model.slots if is_local(settings.model.name) else settings.model.concurrency


def whose(server: Server) -> str:
    """Whose replies are the same: of the same model at the same host, asked with the same further fields."""
    extra = f" with {json.dumps(dict(server.extra), sort_keys=True)}" if server.extra else ""
    return identity(server.model, server.address) + extra


@contextmanager
def asking(settings: Settings, *, stop: Stop | None = None, tapes: Tapes) -> Iterator[Asking]:
    """The model of the settings, to be asked; all that it opens is closed at the end, and a recording is saved."""
    reader = Reader(settings.model.name, tapes.by)
    with ExitStack() as stack:
        if tapes.replay is not None:
            yield Asking(Taped(_recorded(tapes.replay), reader), _meter(settings), settings.model.name)
        elif tapes.record is not None:
            tape = Tape(tapes.record)
            live = stack.enter_context(live_model(settings, stop=stop, kept=False))
            stack.callback(tape.save)
            yield replace(live, asker=Taped(tape, reader, live=live.asker))
        else:
            yield stack.enter_context(live_model(settings, stop=stop, kept=True))


@contextmanager
def live_model(settings: Settings, *, stop: Stop | None, kept: bool) -> Iterator[Asking]:
    """The model of the settings, asked in truth. What is `kept` is found in the store again, and not asked twice."""
    meter = _meter(settings)
    with ExitStack() as stack:
        server = stack.enter_context(served(settings))
        store = stack.enter_context(open_store(settings.store))
        wire = OpenAIWire(server, tokenizer=O200k())
        gate = Gate(wire, stop or Stop())
        model: Model = Steadfast(_laddered(settings, gate, server, meter, store))
        recall: Recall = nothing_kept
        if kept:
            fresh = not settings.model.cache
            model = shelved = Cached(model, shelf=store.replies, identity=whose(server), meter=meter, fresh=fresh)
            recall = shelved.recall
        asker = ThreadAsker(model, gate=gate, concurrency=concurrency(settings), recall=recall, closing=wire.aclose)
        yield Asking(stack.enter_context(asker), meter, settings.model.name)


def _meter(settings: Settings) -> Meter:
    return Meter(prices=prices(settings), clock=time.monotonic)


def _recorded(file: Path) -> Tape:
    if not file.is_file():
        raise UsageError(f"{file}: there is no recording; name a file that --record wrote")
    return Tape(file)


@contextmanager
def served(settings: Settings) -> Iterator[Server]:
    """The server of the settings; a model that is a file is served here as long as this lasts."""
    model = settings.model
    if not is_local(model.name):
        yield server_of(settings)
        return
    with LocalServer(model.name, seats=Seats(model.context, model.slots), timeout=model.timeout) as local:
        yield local.server


def _laddered(settings: Settings, gate: Gate, server: Server, meter: Meter, store: Store) -> Model:
    model = settings.model
    sizes = Sizes(O200k())
    pace = Pace(concurrency(settings), model.requests_per_minute, model.tokens_per_minute)
    limits = Limits(model.max_cost, model.max_tokens)
    paced = Paced(gate, pace=pace, sizes=sizes, sleep=asyncio.sleep, clock=time.monotonic)
    paid = Budgeted(paced, limits=limits, prices=prices(settings), sizes=sizes)
    patience = Patience(tries=model.tries)
    tried = Retrying(paid, patience=patience, sleep=asyncio.sleep, clock=time.monotonic, random=Random())
    return Laddered(Metered(tried, meter), shelf=store.servers, server_key=whose(server), clock=utc_now)


def _secret(name: str, value: str, environment: Mapping[str, str]) -> str:
    """A header's value; "env:NAME" stands for that variable, so that no secret need be in the settings."""
    if not value.startswith(FROM_ENVIRONMENT):
        return value
    variable = value.removeprefix(FROM_ENVIRONMENT)
    if variable not in environment:
        raise UsageError(f"{name}: the environment variable {variable} is not set")
    return environment[variable]


def probed(settings: Settings) -> Probe:
    """What the server of the settings can do, asked anew with a few tiny calls."""

    async def asked(server: Server) -> Probe:
        wire = OpenAIWire(server)
        try:
            return await probe(wire, clock=utc_now, timer=time.monotonic)
        finally:
            await wire.aclose()

    with served(settings) as server:
        return asyncio.run(asked(server))
