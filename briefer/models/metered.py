"""The account: what each stage of a run asked, and what that cost.

In: a Wire and a Meter. Out: a Wire whose completions are counted in it. Outermost of the wires, so that the seconds are
those that the stage took with all its waiting; calls that failed cost nothing and are not counted.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from briefer.models.budget import Prices
from briefer.models.wire import Completion, Request, Wire
from briefer.types import StageCost, Usage


@dataclass(slots=True)
class _Stage:
    usage: Usage = field(default_factory=Usage)
    recalled: int = 0
    seconds: float = 0.0
    open: int = 0
    since: float = 0.0


class Meter:
    """Counts by stage, in the order in which stages begin. `clock` gives seconds.

    A stage's seconds are those in which at least one call of its own was under way. May be used from several threads.
    """

    def __init__(self, *, prices: Prices | None, clock: Callable[[], float]) -> None:
        self._prices = prices or Prices()
        self._clock = clock
        self._stages: dict[str, _Stage] = {}
        self._lock = threading.Lock()

    def costs(self) -> list[StageCost]:
        """What each stage cost so far. Money is by the sum of the tokens, so that it is alike however calls ended."""
        with self._lock:
            return [
                StageCost(name, stage.usage, stage.recalled, self._prices.of(stage.usage), stage.seconds)
                for name, stage in self._stages.items()
            ]

    def recalled(self, stage: str) -> None:
        """Count a reply that was kept from before."""
        with self._lock:
            self._of(stage).recalled += 1

    def begin(self, stage: str) -> None:
        """A call is under way."""
        with self._lock:
            counted = self._of(stage)
            if not counted.open:
                counted.since = self._clock()
            counted.open += 1

    def end(self, stage: str, usage: Usage) -> None:
        """A call is over, and this is what it used."""
        with self._lock:
            counted = self._of(stage)
            counted.usage += usage
            counted.open -= 1
            if not counted.open:
                counted.seconds += self._clock() - counted.since

    def _of(self, stage: str) -> _Stage:
        return self._stages.setdefault(stage, _Stage())


class Metered:
    """A Wire that is counted."""

    def __init__(self, wire: Wire, meter: Meter) -> None:
        self._wire, self._meter = wire, meter

    async def send(self, request: Request) -> Completion:
        """The server's reply."""
        self._meter.begin(request.stage)
        usage = Usage()
        try:
            completion = await self._wire.send(request)
            usage = completion.usage
            return completion
        finally:
            self._meter.end(request.stage, usage)
