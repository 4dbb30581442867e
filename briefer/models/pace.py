"""Pace: how many calls are on the way at once, and how many calls and tokens leave in a minute.

In: a Wire. Out: a Wire that makes a call wait for its turn, first come, first served.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from briefer.errors import Cause, NoAnswer
from briefer.models.sizes import Sizes
from briefer.models.wire import Completion, Request, Wire

IN_A_ROW = 8
"""Failures without a success between them that mean a server at its limit.

Where 30 % of calls fail at random, that many come together once in 15,000 calls; at a limit, all do.
"""

LONGEST_PAUSE = 60.0
"""Seconds for which one call's Retry-After holds back the others: a day's quota is for each to hear by itself."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Bounds; None for none. `concurrency` is the most calls on the way at once."""

    concurrency: int = 16
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None


class Rate:
    """So many units a minute, evenly: each share taken delays those after it."""

    def __init__(self, per_minute: int, clock: Callable[[], float]) -> None:
        self._seconds = 60.0 / per_minute
        self._clock = clock
        self._free = clock()

    def take(self, units: float) -> float:
        """Take units, and give the seconds to wait before they may be used."""
        now = self._clock()
        begin = max(self._free, now)
        self._free = begin + units * self._seconds
        return begin - now

    def correct(self, units: float) -> None:
        """Units were used beside those taken, or (negative) not used after all."""
        self._free += units * self._seconds


class Paced:
    """A Wire that keeps a pace, and slows down where the server is at its limit.

    After IN_A_ROW failures half as many calls are on the way at once, and none leaves before the Retry-After that the
    last of them told; each round of successes lets one more on the way. A single failure changes nothing.
    """

    def __init__(
        self,
        wire: Wire,
        *,
        pace: Pace,
        sizes: Sizes,
        sleep: Callable[[float], Awaitable[None]],
        clock: Callable[[], float],
    ) -> None:
        self._wire, self._sizes, self._sleep, self._clock = wire, sizes, sleep, clock
        self._most = pace.concurrency
        self._requests = Rate(pace.requests_per_minute, clock) if pace.requests_per_minute else None
        self._tokens = Rate(pace.tokens_per_minute, clock) if pace.tokens_per_minute else None
        self._allowed = float(pace.concurrency)
        self._on_the_way = 0
        self._queue: deque[asyncio.Future[None]] = deque()
        self._failures = 0
        self._slowed = 0
        self._not_before = 0.0

    @property
    def allowed(self) -> int:
        """How many calls may be on the way at once, as it is now."""
        return int(self._allowed)

    async def send(self, request: Request) -> Completion:
        """The server's reply, when it is this call's turn."""
        await self._turn()
        try:
            size = await self._room(request)
            slowed = self._slowed
            try:
                completion = await self._wire.send(request)
            except NoAnswer as error:
                self._failed(error, slowed)
                raise
            self._succeeded()
        finally:
            self._on_the_way -= 1
            self._wake()
        if self._tokens:
            self._tokens.correct(completion.usage.sent + completion.usage.received - size)
        return completion

    async def _turn(self) -> None:
        if self._on_the_way < self.allowed and not self._queue:
            self._on_the_way += 1
            return
        turn = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # the turn came and is not taken
                self._on_the_way -= 1
                self._wake()
            raise

    def _wake(self) -> None:
        while self._queue and self._on_the_way < self.allowed:
            turn = self._queue.popleft()
            if not turn.done():
                self._on_the_way += 1
                turn.set_result(None)

    async def _room(self, request: Request) -> int:
        """Wait until the rates allow the call; the tokens that were taken for it."""
        size = self._sizes(request) if self._tokens else 0
        wait = max(
            self._not_before - self._clock(),
            self._requests.take(1) if self._requests else 0.0,
            self._tokens.take(size) if self._tokens else 0.0,
        )
        if wait > 0:
            await self._sleep(wait)
        return size

    def _succeeded(self) -> None:
        self._failures = 0
        self._allowed = min(self._most, self._allowed + 1 / self._allowed)

    def _failed(self, error: NoAnswer, slowed: int) -> None:
        """Count a failure, unless the call left before the pace was last lowered: it tells nothing of the new pace."""
        if error.cause is not Cause.UNAVAILABLE or slowed != self._slowed:
            return
        self._failures += 1
        if self._failures >= IN_A_ROW:
            self._failures = 0
            self._slowed += 1
            self._allowed = max(1.0, self._allowed / 2)
            self._not_before = self._clock() + min(error.retry_after or 0.0, LONGEST_PAUSE)
