"""Work done in several processes: things and a function in; what the function makes of each out, in the same order.

Processes are forked where the platform has that and no other thread runs; they begin with all that this one has read.
"""

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from briefer.errors import WorkError

Thing = TypeVar("Thing")
Made = TypeVar("Made")

FEWEST = 4
"""Things for each process: for fewer, to start one takes longer than it saves."""
SHARES = 8
"""Portions for each process: enough that none is idle while another has its last."""


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def each(work: Callable[[Thing], Made], things: Sequence[Thing], *, jobs: int) -> Iterator[Made]:
    """What `work` makes of each thing, in their order, in up to so many processes (0: as many as there are cores).

    The first is worked on here, so that what is read once is read before there are others. What is made must be
    picklable, and so must `work` where processes are not forked. Raises what `work` raises, and WorkError where a
    process dies.
    """
    yield from map(work, things[:1])
    rest = things[1:]
    processes = min(jobs or cores(), len(rest) // FEWEST)
    if processes < 2:
        yield from map(work, rest)
        return
    portion = max(1, len(rest) // (processes * SHARES))
    with ProcessPoolExecutor(processes, mp_context=_context(), initializer=_begin, initargs=(work,)) as pool:
        try:
            yield from pool.map(_worked, rest, chunksize=portion)
        except BrokenProcessPool as error:
            raise WorkError("a process that ran cases died, most likely for want of memory; try --jobs 1") from error
        finally:
            pool.shutdown(cancel_futures=True)


def _context() -> multiprocessing.context.BaseContext:
    forks = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    return multiprocessing.get_context("fork" if forks and threading.active_count() == 1 else "spawn")


_work: list[Callable[..., object]] = []
"""What a process that was started here works at: handed over once, not with each thing."""


def _begin(work: Callable[..., object]) -> None:
    """The parent alone heeds a signal from the keyboard; it ends the others.

    What was read before is no garbage, and little of what cases leave behind is in cycles: both are seldom looked at.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    _work[:] = [work]


def _worked(thing: object) -> Any:
    return _work[0](thing)
