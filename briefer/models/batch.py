"""Questions asked by the Batch API: handed in together, answered within a day, at a fraction of the price.

In: questions, or nothing but the shelf of what is under way. Out: replies, kept as if they had been asked for one by
one, so that an ordinary run afterwards asks what is left. Whatever is cut short goes on when it is begun again:
nothing is handed in twice, and a batch is forgotten when all that it brought is kept.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from tempfile import TemporaryFile
from threading import Event
from typing import IO

from pydantic import BaseModel

from briefer.errors import BrieferError, Cause, NoAnswer, Stopped, UsageError
from briefer.models.batch_api import BatchAPI, State, explained
from briefer.models.batch_file import Asked, Requests, Writer, asked_of
from briefer.models.batch_records import Batch, Records
from briefer.models.batch_reply import Receiver, Taking, Tally
from briefer.models.budget import Prices
from briefer.models.client import OpenAIWire, utc_now
from briefer.models.failures import Missing, words
from briefer.models.metered import Meter
from briefer.protocols import Clock, Shelf
from briefer.types import Question, Value

HALF = 0.5
"""What a token costs in a batch, of what it costs alone (OpenAI, and most others that have batches)."""

GIVEN_UP_AFTER = timedelta(days=30)
"""Servers keep the files of a batch so long; a batch that the server does not know is given up after that."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """What was handed in: the batches' ids, how many questions, and about how many tokens, and bytes, those are.

    `under_way` are the questions that were handed in before, and not again; `unpaid` those that the budget does not
    allow, since it must hold whatever the replies cost.
    """

    ids: tuple[str, ...] = ()
    questions: int = 0
    under_way: int = 0
    unpaid: int = 0
    tokens: int = 0
    size: int = 0

    def with_batch(self, identifier: str, requests: Requests) -> "Submitted":
        """With one more batch."""
        return replace(
            self,
            ids=(*self.ids, identifier),
            questions=self.questions + len(requests.asked),
            tokens=self.tokens + requests.tokens,
            size=self.size + requests.size,
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """A batch that is not over: how many of its questions are answered."""

    id: str
    status: str
    answered: int
    questions: int


@dataclass(frozen=True, slots=True)
class Collected:
    """What came of the batches that are over, in questions, and those that are not; `why` are a few reasons.

    What failed or expired an ordinary run asks as if it had never been handed in.
    """

    batches: int = 0
    done: int = 0
    failed: int = 0
    expired: int = 0
    open: tuple[Progress, ...] = ()
    why: tuple[str, ...] = ()

    def with_tally(self, tally: Tally) -> "Collected":
        """With a batch that is over."""
        return replace(
            self,
            batches=self.batches + 1,
            done=self.done + len(tally.done),
            failed=self.failed + len(tally.failed),
            expired=self.expired + len(tally.expired),
        ).with_reasons(*tally.why)

    def with_reasons(self, *why: str) -> "Collected":
        """With more reasons."""
        return replace(self, why=tuple(dict.fromkeys((*self.why, *why))))


def discounted(prices: Prices, share: float = HALF) -> Prices:
    """The prices in a batch."""
    cached = None if prices.cached is None else prices.cached * share
    return replace(prices, input=prices.input * share, output=prices.output * share, cached=cached)


class Batches:
    """The batches of one model. `identity` is under which its replies are kept; `shelf`, that of batches under way.

    All it does is for one event loop, the wire's. Raises UsageError, ModelUnavailable and StoreError, with remedies,
    and Stopped between two batches once `stop` is set.
    """

    def __init__(
        self,
        wire: OpenAIWire,
        *,
        shelf: Shelf,
        identity: str,
        clock: Clock = utc_now,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        stop: Event | None = None,
    ) -> None:
        self._wire, self._identity, self._clock = wire, identity, clock
        self._stop = stop or Event()
        self._api = BatchAPI(wire, sleep=sleep, stop=self._stop)
        self._records = Records(shelf, wire.server.address, identity)

    async def submit(self, questions: Iterable[Question[Value]], *, writer: Writer, fresh: bool = False) -> Submitted:
        """Hand in the questions that are not under way yet; with `fresh`, all of them.

        Where it fails amid several batches, those that were handed in are under way.
        """
        with explained(handing_in=True):
            await self._settle()
            chosen = _Chosen(self._identity, set() if fresh else self._keys())
            submitted = Submitted()
            for requests in writer.files(chosen.new(questions)):
                self._heed_stop()
                submitted = submitted.with_batch(await self._submit(requests), requests)
            unpaid = chosen.given - submitted.questions
            return replace(submitted, under_way=chosen.under_way, unpaid=unpaid)

    async def collect(self, types: Iterable[type[BaseModel]], *, replies: Shelf, meter: Meter) -> Collected:
        """Keep the replies of all batches that are over, and tell how far the others are.

        `types` are the reply types that were asked for; `meter` is at the prices of a batch. Raises UsageError where
        none was ever handed in to this server and model.
        """
        if not self._records.ever():
            raise UsageError(
                f"no batch was handed in to {self._wire.server.model!r} at {self._wire.server.address}; "
                "hand one in with --batch, or give the --model and --base-url that it was handed in with"
            )
        taking = Taking(self._wire, replies, {one.__name__: one for one in types}, meter)
        collected = Collected()
        with explained(handing_in=False):
            await self._settle()
            for place, batch in list(self._records.all()):
                self._heed_stop()
                collected = await self._collect(place, batch, taking, collected)
        return collected

    def _heed_stop(self) -> None:
        if self._stop.is_set():
            raise Stopped("stopped: batches that were handed in are under way; run again to go on")

    def _keys(self) -> set[str]:
        """What is under way, by the keys of replies."""
        return {place.key for _, batch in self._records.all() for one in batch.asked for place in one.places}

    async def _settle(self) -> None:
        """Find out whether the batches were created whose creation was cut short."""
        for place, batch in list(self._records.all()):
            if batch.id:
                continue
            if identifier := await self._api.created(batch.file):
                self._records.put(place, batch.model_copy(update={"id": identifier}))
            else:
                self._records.forget(place)

    async def _submit(self, requests: Requests) -> str:
        file = await self._api.upload(requests.file)
        batch = Batch(
            address=self._wire.server.address,
            model=self._identity,
            file=file,
            submitted=self._clock(),
            asked=tuple(requests.asked),
        )
        # Kept before the batch is created, so that one which is paid for is never unknown here.
        place = self._records.add(batch)
        try:
            identifier = await self._api.create(file)
        except BrieferError as error:
            if not (isinstance(error, NoAnswer) and error.cause is Cause.UNAVAILABLE):
                self._records.forget(place)
            raise
        self._records.put(place, batch.model_copy(update={"id": identifier}))
        return identifier

    async def _collect(self, place: str, batch: Batch, taking: Taking, collected: Collected) -> Collected:
        state = await self._api.state(batch.id)
        if state is None and self._clock() - batch.submitted < GIVEN_UP_AFTER:
            return self._unknown(batch, collected)
        if state is not None and not state.over:
            return replace(collected, open=(*collected.open, _progress(batch, state)))
        tally = await self._taken(Receiver(batch.asked, taking), state)
        self._records.forget(place)
        return collected.with_tally(tally)

    async def _taken(self, receiver: Receiver, state: State | None) -> Tally:
        """What came of a batch that is over, or (None) that the server no longer knows."""
        if state is not None and state.errors:
            receiver.tally.say(self._wire.server.scrubbed(words(_first(state.errors))))
        for file in state.files if state is not None else []:
            with TemporaryFile() as content:
                if await self._fetched(file, content, receiver.tally):
                    receiver.take(content)
        return receiver.close(expired=state is None or state.status in ("expired", "cancelled"))

    async def _fetched(self, file: str, content: IO[bytes], tally: Tally) -> bool:
        """Whether a file's content is there; one that cannot be had now or later costs its replies, no more."""
        try:
            await self._api.fetch(file, content)
        except Missing:
            tally.say(f"{self._wire.server.address} no longer has a file of the batch")
        except NoAnswer as error:
            if error.cause is Cause.UNAVAILABLE:
                raise
            tally.say(str(error))
        else:
            return True
        return False

    def _unknown(self, batch: Batch, collected: Collected) -> Collected:
        why = (
            f"{self._wire.server.address} knows no batch {batch.id}: give the key that it was handed in with; "
            "if it is gone, run without --resume, which asks everything one by one"
        )
        progress = Progress(batch.id, "unknown", 0, len(batch.asked))
        return replace(collected, open=(*collected.open, progress)).with_reasons(why)


class _Chosen:
    """Chooses the questions that are not under way, each once."""

    def __init__(self, identity: str, under_way: set[str]) -> None:
        self._identity, self._known = identity, under_way
        self._chosen: set[str] = set()
        self.under_way = 0
        self.given = 0

    def new(self, questions: Iterable[Question[Value]]) -> Iterator[tuple[Question[Value], Asked]]:
        """Those that are to be handed in."""
        for question in questions:
            asked = asked_of(question, self._identity)
            whole, *shares = (place.key for place in asked.places)
            if whole in self._known or (shares and self._known.issuperset(shares)):
                self.under_way += 1
            elif whole not in self._chosen:
                self._chosen.add(whole)
                self.given += 1
                yield question, asked


def _progress(batch: Batch, state: State) -> Progress:
    counts = state.request_counts
    answered = max(0, min(counts.completed, len(batch.asked))) if counts else 0
    return Progress(batch.id, state.status, answered, len(batch.asked))


def _first(errors: object) -> object:
    """The first of a batch's errors, in whatever it is wrapped."""
    inner = errors.get("data") if isinstance(errors, dict) else errors
    return inner[0] if isinstance(inner, list) and inner else errors
