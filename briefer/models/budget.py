"""The budget: what calls cost, what they may cost, and what they would cost.

In: a Wire, prices and limits. Out: a Wire that makes no call which could exceed them, and an estimate without a call.
"""

import asyncio
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace

from briefer.errors import Cause, NoAnswer, UsageError
from briefer.models.inlining import plain_schema
from briefer.models.sizes import Sizes
from briefer.models.wire import Completion, Message, Request, Wire
from briefer.types import Question, Usage, Value

UNEVEN = 1.1
"""A server's own tokens to ours, before its first reply tells; it is raised to the most that was seen."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, in `currency`; `cached` is of those in the server's cache (None: as `input`)."""

    input: float = 0.0
    output: float = 0.0
    cached: float | None = None
    currency: str = "USD"

    def of(self, usage: Usage) -> float:
        """The money for a usage."""
        cached = self.input if self.cached is None else self.cached
        fresh = usage.sent - usage.cached
        return (fresh * self.input + usage.cached * cached + usage.received * self.output) / 1e6


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that a run may cost (None: any): money in the prices' currency, tokens sent and received together."""

    max_cost: float | None = None
    max_tokens: int | None = None

    def exceeded(self, usage: Usage, prices: Prices) -> str | None:
        """The limit that a usage would exceed, in words."""
        if self.max_cost is not None and prices.of(usage) > self.max_cost:
            return f"{self.max_cost:g} {prices.currency}"
        if self.max_tokens is not None and usage.sent + usage.received > self.max_tokens:
            return f"{self.max_tokens:,} tokens"
        return None

    def held_to(self, prices: Prices | None) -> Prices:
        """The prices by which these limits are held. Raises UsageError where there must be some and are none."""
        if self.max_cost is not None and prices is None:
            raise UsageError("--max-cost needs to know what tokens cost: set model.prices, or use --max-tokens")
        return prices or Prices()


UNLIMITED = Limits()


class Purse:
    """Says of requests that are paid for together which can be, by the most that each can cost: none settles."""

    def __init__(self, limits: Limits = UNLIMITED, *, prices: Prices | None = None) -> None:
        self._limits, self._prices = limits, limits.held_to(prices)
        self._reserved = Usage()

    def pays(self, size: int, reply: int) -> bool:
        """Whether a request of about `size` tokens, with a reply of `reply` tokens at most, is paid for."""
        reserved = self._reserved + most_of(size, reply, UNEVEN)
        if self._limits.exceeded(reserved, self._prices):
            return False
        self._reserved = reserved
        return True


class Budgeted:
    """A Wire that reserves the most a call can cost before it leaves, and settles by what it did cost.

    A call for which there may be room once others have settled waits for them. One that does not fit beside what is
    spent already is never made.
    """

    def __init__(self, wire: Wire, *, limits: Limits, prices: Prices | None, sizes: Sizes) -> None:
        self._wire, self._limits, self._sizes = wire, limits, sizes
        self._prices = limits.held_to(prices)
        self._limited = limits != UNLIMITED
        self._spent = Usage()
        self._reserved = Usage()
        self._uneven = UNEVEN
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def send(self, request: Request) -> Completion:
        """The server's reply. Raises NoAnswer(BUDGET) where the call could exceed a limit."""
        size = self._sizes(request) if self._limited else 0
        most = await self._reserve(size, request.parameters.max_tokens)
        try:
            completion = self._counted(request, await self._wire.send(request))
            self._spent += completion.usage
            if size:
                self._uneven = max(self._uneven, completion.usage.sent / size)
            return completion
        finally:
            self._reserved = _less(self._reserved, most)
            self._wake()

    async def _reserve(self, size: int, reply: int) -> Usage:
        while self._limited:
            most = most_of(size, reply, self._uneven)
            self._hold_to_limits(self._spent + most)
            if self._limits.exceeded(self._spent + self._reserved + most, self._prices) is None:
                self._reserved += most
                return most
            freed = asyncio.get_running_loop().create_future()
            self._waiting.append(freed)
            await freed
        return Usage()

    def _hold_to_limits(self, usage: Usage) -> None:
        if limit := self._limits.exceeded(usage, self._prices):
            raise NoAnswer(f"the budget ({limit}) does not allow another call", Cause.BUDGET)

    def _counted(self, request: Request, completion: Completion) -> Completion:
        """The completion with a usage: estimated where the server tells none, so that no limit is passed by silence."""
        usage = completion.usage
        if usage.sent or usage.received:
            return completion
        estimated = replace(usage, sent=self._sizes(request), received=self._sizes.text(completion.text))
        return replace(completion, usage=estimated)

    def _wake(self) -> None:
        """Let all who wait look again, in their order."""
        waiting, self._waiting = self._waiting, deque()
        for freed in waiting:
            if not freed.done():
                freed.set_result(None)


def most_of(size: int, reply: int, uneven: float) -> Usage:
    """The most that a call can use, of `size` tokens as we count them; `uneven` is a server's own tokens to ours."""
    return Usage(calls=1, sent=int(size * uneven) + 1, received=reply)


def _less(usage: Usage, other: Usage) -> Usage:
    return Usage(
        usage.calls - other.calls,
        usage.sent - other.sent,
        usage.received - other.received,
        usage.cached - other.cached,
    )


@dataclass(frozen=True, slots=True)
class Estimate:
    """What questions would cost: a usage to be expected and the most there can be, with their money."""

    expected: Usage = Usage()
    most: Usage = Usage()
    money: float = 0.0
    most_money: float = 0.0


def estimate(
    questions: Iterable[Question[Value]], *, sizes: Sizes, prices: Prices | None = None, share: float
) -> Estimate:
    """What asking each question once would cost; no call is made.

    `share` is the tokens that a reply is expected to have for each token of its prompt (the user's part alone).
    """
    prices = prices or Prices()
    expected, most = Usage(), Usage()
    for question in questions:
        sent, longest = sizes(_request(question)), question.prompt.parameters.max_tokens
        likely = min(longest, round(share * sizes.text(question.prompt.user)))
        expected += Usage(calls=1, sent=sent, received=likely)
        most += Usage(calls=1, sent=sent, received=longest)
    return Estimate(expected, most, prices.of(expected), prices.of(most))


def _request(question: Question[Value]) -> Request:
    prompt, shape = question.prompt, question.reply_type
    messages = (Message("system", prompt.system), Message("user", prompt.user))
    return Request(messages, prompt.parameters, prompt.name, shape.__name__, plain_schema(shape))
