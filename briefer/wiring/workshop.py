"""Heavy reading done beside the event loop: a function and a thing in; what it makes of it out, within a time.

Pages and feeds are hostile: one that takes too long to read, or takes its process down, is a Failure and no more.
"""

import asyncio
import functools
import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Self, TypeVar

from briefer.types import Failure

LONGEST = 60.0
"""Seconds that the reading of one thing may take."""
DIED = Failure("", "the process that read it died, most likely for want of memory")
LATE = Failure("", "it takes too long to be read")

Thing = TypeVar("Thing")
Made = TypeVar("Made")


class Workshop:
    """Runs work in so many processes, or here where `jobs` is 0; each up to `longest` seconds.

    Begin it before the event loop.
    """

    def __init__(self, jobs: int, *, longest: float = LONGEST) -> None:
        self._jobs, self._longest = jobs, longest
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        if self._jobs:
            self._pool = self._new_pool()
            self._pool.submit(_nothing).result()  # all processes are forked now, while there is one thread
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    async def do(self, work: Callable[[Thing], Made], thing: Thing) -> Made | Failure:
        """What `work` makes of a thing; a Failure (LATE, DIED) where it makes nothing. Raises what `work` raises."""
        if self._pool is None:
            return _bounded(work, thing, self._longest)
        for _ in range(2):  # one that was beside another when that took its process down has a second chance
            pool = self._pool
            try:
                done: Future[Made | Failure] = pool.submit(_bounded, work, thing, self._longest)
                return await asyncio.wrap_future(done)
            except BrokenProcessPool:
                if self._pool is pool:
                    pool.shutdown(wait=False, cancel_futures=True)
                    self._pool = self._new_pool()
        return DIED

    def _new_pool(self) -> ProcessPoolExecutor:
        forks = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
        context = multiprocessing.get_context("fork" if forks and threading.active_count() == 1 else "spawn")
        return ProcessPoolExecutor(self._jobs, mp_context=context, initializer=_begin, initargs=(os.getpid(),))


class _Late(BaseException):
    """No Exception: what reads a page may catch those."""


def _bounded(work: Callable[[Thing], Made], thing: Thing, longest: float) -> Made | Failure:
    """The work, stopped after so many seconds where this thread can be told the time."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        return work(thing)
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, longest)
    try:
        return work(thing)
    except _Late:
        return LATE
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(*_: object) -> None:
    raise _Late


def _begin(parent: int) -> None:
    """The parent alone heeds the keyboard. A process whose parent was killed ends too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    threading.Thread(target=functools.partial(_end_with, parent), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(1)


def _nothing() -> None:
    pass
