"""What a server can do, for `briefer doctor`: asked by its list of models and at most five calls of a few tokens."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from pydantic import BaseModel

from briefer.errors import BrieferError, Cause, ModelRejected, NoAnswer
from briefer.models.client import OpenAIWire
from briefer.models.ladder import Laddered
from briefer.models.wire import Completion, Form, Request, Wire
from briefer.protocols import Clock
from briefer.types import Parameters, Prompt, Question, Usage

MOST_CALLS = 5

MOST_TOKENS = 256
"""The reply takes ten; a model that thinks first shows it by needing more."""

CONTEXT_NAMES = (
    "loaded_context_length",
    "max_model_len",
    "n_ctx",
    "context_length",
    "max_context_length",
    "n_ctx_train",
)
"""Under which servers tell the tokens that a model reads, in its entry or the entry's `meta`: what is set up before
what the model was made for."""

MOST_NAMES = 8
LONGEST_NAME = 80


class Capital(BaseModel):
    """The reply that is asked for."""

    capital: str


QUESTION = Question(
    Prompt("doctor", "", "Answer as JSON.", "What is the capital of France?", Parameters(MOST_TOKENS)), Capital
)


@dataclass(frozen=True, slots=True)
class Listing:
    """What the list of models says. `told`: there is one; `names`: a few of the others; `context` 0: not told."""

    told: bool = False
    listed: bool = False
    names: tuple[str, ...] = ()
    context: int = 0


@dataclass(frozen=True, slots=True)
class Ability:
    """How replies are had of the server. `form` None: in no way that was tried; `seconds` is of the last call."""

    form: Form | None = None
    bound: str = "max_tokens"
    takes_temperature: bool = True
    seconds: float = 0.0
    usage: Usage = Usage()


@dataclass(frozen=True, slots=True)
class Probe:
    """What a server has shown. `faults` are in words for the user, with their remedies; none means that it serves."""

    reachable: bool
    key_taken: bool
    listing: Listing = Listing()
    ability: Ability = Ability()
    faults: tuple[str, ...] = ()


class _Watched:
    """A Wire that counts and times its calls and makes no more than it may."""

    def __init__(self, wire: Wire, timer: Callable[[], float]) -> None:
        self._wire, self._timer = wire, timer
        self.calls = 0
        self.seconds = 0.0
        self.usage = Usage()

    async def send(self, request: Request) -> Completion:
        """The server's reply to one call."""
        if self.calls == MOST_CALLS:
            raise NoAnswer(f"no way of asking was found in {MOST_CALLS} calls", Cause.INVALID)
        self.calls += 1
        begun = self._timer()
        completion = await self._wire.send(request)
        self.seconds = self._timer() - begun
        self.usage += completion.usage
        return completion


async def probe(wire: OpenAIWire, *, clock: Clock, timer: Callable[[], float]) -> Probe:
    """What the server can do, learnt anew. No fault of the server is raised: it is in `faults`."""
    try:
        listing = await _listing(wire)
    except ModelRejected as error:
        return Probe(reachable=True, key_taken=False, faults=(str(error),))
    except NoAnswer as error:
        return Probe(reachable=False, key_taken=False, faults=(str(error),))
    probed = await _asked(wire, listing, clock, timer)
    if listing.told and not listing.listed and probed.ability.form is None:
        near = ", ".join(listing.names)
        return replace(probed, faults=(*probed.faults, f"the server lists no {wire.server.model!r}, but {near}"))
    return probed


async def _listing(wire: OpenAIWire) -> Listing:
    """The list of models, empty where the server keeps none; raises NoAnswer and ModelRejected as a call does."""
    try:
        whole = json.loads(await wire.get("/models"))
    except (ValueError, RecursionError):
        return Listing()
    except BrieferError as error:
        if isinstance(error, ModelRejected) and "HTTP 404" in str(error):
            return Listing()
        raise
    entries = whole.get("data") if isinstance(whole, dict) else None
    if not isinstance(entries, list):
        return Listing()
    return _listed([entry for entry in entries if isinstance(entry, dict)], wire.server.model, wire.server.scrubbed)


def _listed(entries: list[dict[str, object]], model: str, shown: Callable[[str, int], str]) -> Listing:
    own = next((entry for entry in entries if entry.get("id") == model), None)
    others = sorted(shown(str(entry.get("id")), LONGEST_NAME) for entry in entries if entry is not own)
    return Listing(bool(entries), own is not None, tuple(others[:MOST_NAMES]), _context(own) if own else 0)


def _context(entry: dict[str, object]) -> int:
    meta = entry.get("meta")
    places: Iterable[dict[str, object]] = (entry, meta) if isinstance(meta, dict) else (entry,)
    found = (place.get(name) for name in CONTEXT_NAMES for place in places)
    return next((value for value in found if isinstance(value, int) and value > 0), 0)


async def _asked(wire: OpenAIWire, listing: Listing, clock: Clock, timer: Callable[[], float]) -> Probe:
    watched = _Watched(wire, timer)
    model = Laddered(watched, shelf=_Nothing(), server_key="", clock=clock)
    fault, key_taken, reachable, served = "", True, True, False
    try:
        await model.complete(QUESTION)
        served = True
    except ModelRejected as error:
        fault, key_taken = str(error), not any(f"HTTP {status}" in str(error) for status in (401, 403))
    except NoAnswer as error:
        fault, reachable = str(error), error.cause is not Cause.UNAVAILABLE or listing.told
        served = error.cause is Cause.TRUNCATED
    learnt = model.learnt
    ability = Ability(
        learnt.form(Capital.__name__) if served else None,
        learnt.bound,
        learnt.takes_temperature,
        watched.seconds,
        watched.usage,
    )
    return Probe(reachable, key_taken, listing, ability, (fault,) if fault else ())


class _Nothing:
    """A Shelf that keeps nothing: what is probed is learnt anew."""

    def get(self, key: str) -> str | None:
        """Nothing."""
        return None

    def put(self, key: str, text: str) -> None:
        """Keep nothing."""
