"""Asking again: a call that failed for the moment is made again, by tenacity alone.

In: a Wire. Out: a Wire whose NoAnswer(UNAVAILABLE) is final. It stands outside the pace and the budget, so that a call
that waits for its Retry-After holds no slot and no money.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception

from briefer.errors import Cause, NoAnswer
from briefer.models.wire import Completion, Request, Wire

DOWN_AFTER = 3
"""Calls that failed at all their tries while no call at all succeeded: the server is down, not one article's fault."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long (in seconds, from the first try to the beginning of the last) one call is tried.

    `tries` are those of the call's own accord: a failure that tells a Retry-After is bound by `seconds` alone. Where a
    third of all calls fail, ten tries lose one call in 60,000 and six lose one in 700.
    """

    tries: int = 10
    seconds: float = 600.0
    first_wait: float = 0.5
    longest_wait: float = 30.0


class Retrying:
    """A Wire that tries again. `sleep` waits seconds, `clock` counts them, `random` spreads the tries."""

    def __init__(
        self,
        wire: Wire,
        *,
        patience: Patience,
        sleep: Callable[[float], Awaitable[None]],
        clock: Callable[[], float],
        random: Random,
    ) -> None:
        self._wire, self._patience = wire, patience
        self._sleep, self._clock, self._random = sleep, clock, random
        self._successes = 0
        self._given_up = 0
        self._down: NoAnswer | None = None

    async def send(self, request: Request) -> Completion:
        """The server's reply. Raises NoAnswer(UNAVAILABLE) that says how often it was tried, and others as they are."""
        successes, latest = self._successes, self._clock() + self._patience.seconds
        tried = bidden = 0

        def enough(state: RetryCallState) -> bool:
            nonlocal tried, bidden
            tried = state.attempt_number
            bidden += _told(state) is not None
            return tried - bidden >= self._patience.tries or self._clock() + state.upcoming_sleep > latest

        trying = AsyncRetrying(
            sleep=self._sleep,
            wait=self._wait,
            stop=enough,
            retry=retry_if_exception(self._for_the_moment),
            reraise=True,
        )
        try:
            return await trying(self._try, request)
        except NoAnswer as error:
            if not self._for_the_moment(error):
                raise
            raise self._final(error, tried, successes) from error

    async def _try(self, request: Request) -> Completion:
        if self._down is not None:
            raise NoAnswer(str(self._down), Cause.UNAVAILABLE)
        completion = await self._wire.send(request)
        self._successes += 1
        self._given_up = 0
        return completion

    def _for_the_moment(self, error: BaseException) -> bool:
        return isinstance(error, NoAnswer) and error.cause is Cause.UNAVAILABLE and self._down is None

    def _wait(self, state: RetryCallState) -> float:
        """Twice as long each time and up to half of it less by lot; what the server says, and a little more by lot."""
        told = _told(state)
        if told is not None:
            return told + self._random.uniform(0, min(1.0, 0.1 * told))
        doubled = self._patience.first_wait * 2.0 ** (state.attempt_number - 1)
        return min(doubled, self._patience.longest_wait) * self._random.uniform(0.5, 1)

    def _final(self, error: NoAnswer, tried: int, successes: int) -> NoAnswer:
        """What is said when one call is given up. A call before which others succeeded says nothing of the server."""
        later = f"; it asks to wait {error.retry_after:.0f} s" if error.retry_after is not None else ""
        final = NoAnswer(f"{error} ({tried} {'tries' if tried > 1 else 'try'}{later})", Cause.UNAVAILABLE)
        if self._successes == successes:
            self._given_up += 1
            if self._given_up >= DOWN_AFTER:
                self._down = final
        return final


def _told(state: RetryCallState) -> float | None:
    """The seconds that the server would have the call wait."""
    error = state.outcome.exception() if state.outcome else None
    return error.retry_after if isinstance(error, NoAnswer) else None
