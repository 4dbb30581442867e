"""Politeness: one request at a time to a host, and a pause between two."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Sleep = Callable[[float], Awaitable[None]]


@dataclass(slots=True)
class _Host:
    """`free` is the time from which it may be asked again, `pause` what it wants between two requests."""

    pause: float
    free: float = 0.0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Hosts:
    """Gives turns. `clock` counts seconds, `sleep` waits them."""

    def __init__(self, pause: float, *, clock: Callable[[], float], sleep: Sleep) -> None:
        self._pause, self._clock, self._sleep = pause, clock, sleep
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """The turn of one request to a host."""
        host = self._of(name)
        async with host.lock:
            while (wait := host.free - self._clock()) > 0:
                await self._sleep(wait)
            try:
                yield
            finally:
                host.free = max(host.free, self._clock() + host.pause)

    def slow(self, name: str, pause: float) -> None:
        """Leave at least so many seconds between two requests to a host."""
        host = self._of(name)
        host.pause = max(host.pause, pause)

    def hold(self, name: str, seconds: float) -> None:
        """Ask a host nothing for so many seconds."""
        host = self._of(name)
        host.free = max(host.free, self._clock() + seconds)

    def _of(self, name: str) -> _Host:
        return self._hosts.setdefault(name, _Host(self._pause))
