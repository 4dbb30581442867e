"""Stopping a run: what SIGINT and SIGTERM set, and the gate that no new call passes after that.

with stopping() as stop:
    asker = ThreadAsker(..., gate=Gate(wire, stop))
"""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from briefer.errors import Cause, NoAnswer
from briefer.models.wire import Completion, Request, Wire

STOPPED = "the run was asked to stop"


class Stop(threading.Event):
    """Set once: no new call is begun and those on their way are awaited. Set twice: those are given up too."""

    def __init__(self) -> None:
        super().__init__()
        self._times = 0
        self._told: list[Callable[[], None]] = []

    @property
    def at_once(self) -> bool:
        """Whether not even the calls on their way are awaited."""
        return self._times > 1

    def set(self) -> None:
        """Ask to stop, or to stop at once; may be called by a signal's handler."""
        self._times += 1
        if self._times == 1:  # a second signal amid the first would wait for the event's own lock for ever
            super().set()
        for told in tuple(self._told):
            told()

    def tell(self, told: Callable[[], None]) -> None:
        """Call this at each `set` from now on."""
        self._told.append(told)

    def forget(self, told: Callable[[], None]) -> None:
        """Call this no more."""
        self._told.remove(told)


@contextmanager
def stopping() -> Iterator[Stop]:
    """A Stop that SIGINT and SIGTERM set, in the main thread alone; the handlers of before are back afterwards.

    They are back after the second signal already, so that a third ends the process.
    """
    stop = Stop()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def heard(number: int, frame: FrameType | None) -> None:
        stop.set()
        if stop.at_once:
            _restore(before)

    for number in before:
        signal.signal(number, heard)
    try:
        yield stop
    finally:
        _restore(before)


def _restore(handlers: dict[signal.Signals, Callable[[int, FrameType | None], object] | int | None]) -> None:
    for number, handler in handlers.items():
        signal.signal(number, signal.SIG_DFL if handler is None else handler)


class Gate:
    """A Wire that knows who is on the wire, and lets nobody on it once the run was asked to stop or it was shut.

    Innermost of all, so that a task that it does not hold waits for something (its turn, a Retry-After, room in the
    budget) and loses nothing if it is cancelled.
    """

    def __init__(self, wire: Wire, stop: Stop) -> None:
        self.stop = stop
        self._wire = wire
        self._shut = False
        self._inside: set[asyncio.Task[object]] = set()

    def shut(self) -> None:
        """Let nobody on the wire any more."""
        self._shut = True

    def holds(self, task: "asyncio.Task[object]") -> bool:
        """Whether the task is on the wire now: the server may be working for it."""
        return task in self._inside

    async def send(self, request: Request) -> Completion:
        """The server's reply. Raises NoAnswer(STOPPED) where no call may begin, nor be made again."""
        self._hold_back()
        task = asyncio.current_task()
        assert task is not None  # a coroutine runs in a task
        self._inside.add(task)
        try:
            return await self._wire.send(request)
        except NoAnswer as error:
            if error.cause is Cause.UNAVAILABLE:
                self._hold_back()  # else it would wait for its Retry-After, in vain
            raise
        finally:
            self._inside.discard(task)

    def _hold_back(self) -> None:
        if self._shut or self.stop.is_set():
            raise NoAnswer(STOPPED, Cause.STOPPED)
