"""Asking again: a call that failed for the moment is made again, by tenacity alone.

In: a Wire. Out: a Wire whose NoAnswer(UNAVAILABLE) is final. It stands outside the pace and the budget, so that a call
that waits for its Retry-After holds no slot and no money.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from random import Random

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception

from briefer.errors import Cause, NoAnswer
from briefer.models.wire import Completion, Request, Wire

DOWN_AFTER = 3
"""Calls that failed at all their tries while no call at all succeeded: the server is down, not one article's fault.
One is enough where nothing ever succeeded: a server that is not there keeps nobody waiting twice."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long (in seconds, from the first try to the beginning of the last) one call is tried.

    A failure that tells a Retry-After is no try: `seconds` alone bound those. Where a third of all calls fail, twelve
    tries lose one call in a million and six lose one in a thousand; their waits span the minute that servers count by.
    """

    tries: int = 12
    seconds: float = 600.0
    first_wait: float = 0.5
    longest_wait: float = 10.0


@dataclass(slots=True)
class _Course:
    """How far the tries of one call are. `before` are the successes of all calls before its first."""

    latest: float
    before: int
    tried: int = 0
    bidden: int = 0


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
        course = _Course(self._clock() + self._patience.seconds, self._successes)
        trying = AsyncRetrying(
            sleep=self._sleep,
            wait=partial(self._wait, course),
            stop=partial(self._enough, course),
            retry=retry_if_exception(self._for_the_moment),
            reraise=True,
        )
        try:
            return await trying(self._try, request, course)
        except NoAnswer as error:
            if not self._for_the_moment(error):
                raise
            raise self._final(error, course) from error

    async def _try(self, request: Request, course: "_Course") -> Completion:
        if self._down is not None:
            raise NoAnswer(str(self._down), Cause.UNAVAILABLE)
        course.tried += 1
        completion = await self._wire.send(request)
        self._successes += 1
        self._given_up = 0
        return completion

    def _for_the_moment(self, error: BaseException) -> bool:
        return isinstance(error, NoAnswer) and error.cause is Cause.UNAVAILABLE and self._down is None

    def _enough(self, course: "_Course", state: RetryCallState) -> bool:
        course.bidden += _told(state) is not None
        late = self._clock() + state.upcoming_sleep > course.latest
        return late or course.tried - course.bidden >= self._patience.tries

    def _wait(self, course: "_Course", state: RetryCallState) -> float:
        """What the server says and a little more by lot; else twice as long each time, and up to half of it less."""
        told = _told(state)
        if told is not None:
            return told + self._random.uniform(0, min(1.0, 0.1 * told))
        doubled = self._patience.first_wait * 2.0 ** (course.tried - 1)
        return min(doubled, self._patience.longest_wait) * self._random.uniform(0.5, 1)

    def _final(self, error: NoAnswer, course: "_Course") -> NoAnswer:
        """What is said when one call is given up. A call before which others succeeded says nothing of the server."""
        later = f"; it asks to wait {error.retry_after:.0f} s" if error.retry_after is not None else ""
        final = NoAnswer(f"{error} ({course.tried} {'tries' if course.tried > 1 else 'try'}{later})", Cause.UNAVAILABLE)
        if self._successes == course.before:
            self._given_up += 1
            if self._given_up >= DOWN_AFTER or not self._successes:
                self._down = final
        return final


def _told(state: RetryCallState) -> float | None:
    """The seconds that the server would have the call wait."""
    error = state.outcome.exception() if state.outcome else None
    return error.retry_after if isinstance(error, NoAnswer) else None
