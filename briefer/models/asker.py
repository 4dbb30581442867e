"""Asking many questions at once, for code that knows nothing of waiting.

In: a Model. Out: an Asker, whose calls run in a loop in one thread of its own, from the first question to `close`.
"""

import asyncio
import threading
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator
from functools import partial
from queue import SimpleQueue
from typing import Any, Generic, Self, TypeAlias

from pydantic import BaseModel

from briefer.errors import Cause, NoAnswer
from briefer.models.cached import Recall
from briefer.models.stopping import STOPPED, Gate
from briefer.protocols import Model
from briefer.types import Answer, Prompt, Question, Reply, Unanswered, Usage, Value

AHEAD = 2
"""Questions under way for each call that may be: enough that the loop has work while the caller does its own."""

_Same: TypeAlias = tuple[Prompt, type[BaseModel]]
_Task: TypeAlias = "asyncio.Task[Reply[Any]]"


def nothing_kept(question: Question[Value]) -> Value | None:
    """A Recall where nothing is kept."""
    return None


async def nothing_to_close() -> None:
    """What closes nothing."""


class _Inbox(Generic[Value]):
    """Where the answers to the questions of one `ask` come in; an exception that is none is for the one who asks."""

    def __init__(self) -> None:
        self._came: SimpleQueue[tuple[Question[Value], Reply[Value] | Unanswered | BaseException]] = SimpleQueue()

    def put(self, question: Question[Value], result: Reply[Value] | Unanswered | BaseException) -> None:
        """Bring an answer; in the loop's thread."""
        self._came.put((question, result))

    def empty(self) -> bool:
        """Whether the next `get` would wait."""
        return self._came.empty()

    def get(self) -> Answer[Value]:
        """The next answer, waited for."""
        question, result = self._came.get()
        if isinstance(result, BaseException):
            raise result
        return Answer(question, result)


class ThreadAsker:
    """An Asker; close it, or use it as a context. Questions that are alike and under way together are asked once.

    `gate` is the innermost of the model's wires; its Stop ends the asking. `closing` closes the client, in its loop.
    """

    def __init__(
        self,
        model: Model,
        *,
        gate: Gate,
        concurrency: int,
        recall: Recall = nothing_kept,
        closing: Callable[[], Awaitable[None]] = nothing_to_close,
    ) -> None:
        self._model, self._gate, self._recall, self._closing = model, gate, recall, closing
        self._ahead = AHEAD * concurrency
        self._tasks: dict[_Same, _Task] = {}
        self._wanted: defaultdict[_Task, list[_Inbox[Any]]] = defaultdict(list)
        self._thread: threading.Thread | None = None
        self._loop = asyncio.new_event_loop()
        gate.stop.tell(self._heed_soon)

    def recall(self, question: Question[Value]) -> Value | None:
        """The reply as it is kept from before, or None. No call is made."""
        return self._recall(question)

    def ask(self, questions: Iterable[Question[Value]]) -> Iterator[Answer[Value]]:
        """The answer to each question, as they come. Raises what the model raises, NoAnswer apart."""
        self._start()
        inbox: _Inbox[Value] = _Inbox()
        under_way = 0
        try:
            for question in questions:
                if self._gate.stop.is_set():
                    yield Answer(question, Unanswered(Cause.STOPPED, STOPPED))
                    continue
                self._loop.call_soon_threadsafe(self._begin, question, inbox)
                under_way += 1
                while under_way >= self._ahead or (under_way and not inbox.empty()):
                    under_way -= 1
                    yield inbox.get()
            while under_way:
                under_way -= 1
                yield inbox.get()
        finally:
            if under_way:
                self._loop.call_soon_threadsafe(self._abandon, inbox)

    def close(self) -> None:
        """Wait for the calls on their way (their replies are kept), then close the client and end the thread."""
        if self._loop.is_closed():
            return
        try:
            if self._thread is None:
                self._loop.run_until_complete(self._closing())
            else:
                asyncio.run_coroutine_threadsafe(self._finish(), self._loop).result()
        finally:
            self._gate.stop.forget(self._heed_soon)
            self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._loop.run_forever, name="asker", daemon=True)
            self._thread.start()

    def _end(self) -> None:
        if self._thread is not None:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        self._loop.close()

    def _heed_soon(self) -> None:
        self._loop.call_soon_threadsafe(self._heed)

    # What follows runs in the loop's thread.

    def _begin(self, question: Question[Value], inbox: _Inbox[Value]) -> None:
        same = (question.prompt, question.reply_type)
        task: _Task | None = self._tasks.get(same)
        shared = task is not None
        if task is None:
            task = self._tasks[same] = self._loop.create_task(self._model.complete(question))
            task.add_done_callback(partial(self._over, same))
        self._wanted[task].append(inbox)
        task.add_done_callback(partial(_deliver, question, inbox, shared))

    def _over(self, same: _Same, task: _Task) -> None:
        del self._tasks[same]
        del self._wanted[task]

    def _abandon(self, inbox: _Inbox[Value]) -> None:
        """Nobody reads this inbox any more: what waits for it alone and costs nothing yet is cancelled."""
        for task, inboxes in self._wanted.items():
            if inbox in inboxes:
                inboxes[:] = [other for other in inboxes if other is not inbox]
                if not inboxes and not self._gate.holds(task):
                    task.cancel()

    def _heed(self) -> None:
        """Heed a stop, or the end: cancel the tasks that wait; at once: those on the wire as well."""
        for task in self._wanted:
            if self._gate.stop.at_once or not self._gate.holds(task):
                task.cancel()

    async def _finish(self) -> None:
        self._gate.shut()
        self._heed()
        if self._wanted:
            await asyncio.wait(list(self._wanted))
        await self._closing()


def _deliver(question: Question[Value], inbox: _Inbox[Value], shared: bool, task: _Task) -> None:
    inbox.put(question, _result(task, shared))


def _result(task: _Task, shared: bool) -> Reply[Any] | Unanswered | BaseException:
    """What became of a question. A reply that was asked for by another of the same kind took no call of its own."""
    if task.cancelled():
        return Unanswered(Cause.STOPPED, STOPPED)
    error = task.exception()
    if isinstance(error, NoAnswer):
        return Unanswered(error.cause, str(error))
    if error is not None:
        return error
    reply = task.result()
    return Reply(reply.value, Usage()) if shared else reply
