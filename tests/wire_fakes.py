"""A server that is none: wires that answer or fail as told, and a loop whose time passes at once."""

import asyncio
import selectors
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict

from briefer.errors import Cause, NoAnswer
from briefer.models.wire import Completion, Finish, Message, Request
from briefer.types import Parameters, Part, Prompt, Question, Reply, Usage

Result = TypeVar("Result")


class _Selector(selectors.DefaultSelector):
    """Passes over the time that nothing happens in."""

    passed = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is not None and timeout > 0:
            self.passed += timeout
            timeout = 0
        return super().select(timeout)


class QuickLoop(asyncio.SelectorEventLoop):
    """A loop in which a sleep of an hour takes no time; its clock is right all the same."""

    def __init__(self) -> None:
        self.selector = _Selector()
        super().__init__(self.selector)

    def time(self) -> float:
        return self.selector.passed


def quickly(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """Run in a QuickLoop."""
    with asyncio.Runner(loop_factory=QuickLoop) as runner:
        return runner.run(coroutine)


def clock() -> float:
    """The loop's clock."""
    return asyncio.get_running_loop().time()


class Note(BaseModel):
    """A reply; `part` gives the words of one article of several."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: list[str]

    def part(self, part: Part) -> "Note":
        return Note(words=self.words[part.number - 1 : part.number])


def question(user: str, *, name: str = "extract", max_tokens: int = 100, parts: Iterable[str] = ()) -> Question[Note]:
    """A question of a text; of several parts, by their texts."""
    asked = Prompt(name, "0" * 64, "Read.", user, Parameters(max_tokens))
    shares = tuple(
        Part(Prompt(name, "0" * 64, "Read.", text, Parameters(max_tokens)), number, number, number + 1)
        for number, text in enumerate(parts, start=1)
    )
    return Question(asked, Note, about=user, parts=shares)


def request(user: str = "text", *, max_tokens: int = 100, stage: str = "extract") -> Request:
    """A call of a text."""
    return Request((Message("user", user),), Parameters(max_tokens), stage, "Note", {"type": "object"})


def unavailable(after: float | None = None) -> NoAnswer:
    """What a call fails with for the moment."""
    return NoAnswer("'m' at http://host did not answer (HTTP 429: slow down)", Cause.UNAVAILABLE, retry_after=after)


class FakeWire:
    """Answers each call by a function of the request and how often it was asked; `latency` in seconds of the loop."""

    def __init__(
        self,
        answer: Callable[[Request, int], Completion | BaseException] = lambda request, times: completion(request),
        *,
        latency: float = 0.0,
    ) -> None:
        self.answer, self.latency = answer, latency
        self.asked: Counter[str] = Counter()
        self.begun: list[float] = []
        self.open = self.most_open = 0

    @property
    def calls(self) -> int:
        return self.asked.total()

    async def send(self, request: Request) -> Completion:
        text = request.messages[-1].content
        self.asked[text] += 1
        self.begun.append(clock())
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        times = self.asked[text]
        try:
            await asyncio.sleep(self.latency)
            said = self.answer(request, times)
        finally:
            self.open -= 1
        if isinstance(said, BaseException):
            raise said
        return said


def completion(request: Request, *, sent: int = 10, received: int = 5) -> Completion:
    """An answer that gives back the prompt's words."""
    text = Note(words=request.messages[-1].content.split()).model_dump_json()
    return Completion(text, Finish.STOP, Usage(1, sent, received))


class Plain:
    """The least Model over a wire: what comes back is valid."""

    def __init__(self, wire: Any) -> None:
        self.wire = wire

    async def complete(self, question: Question[Any]) -> Reply[Any]:
        prompt = question.prompt
        asked = Request((Message("user", prompt.user),), prompt.parameters, prompt.name, "Note", {"type": "object"})
        done = await self.wire.send(asked)
        return Reply(question.reply_type.model_validate_json(done.text), done.usage)


class Words:
    """A tokenizer: words."""

    def count(self, text: str) -> int:
        return len(text.split())


class DictShelf(dict[str, str]):
    """A shelf in memory."""

    def put(self, key: str, text: str) -> None:
        self[key] = text


async def together(*awaitables: Awaitable[Any]) -> list[Any]:
    """All results or exceptions, in order."""
    return await asyncio.gather(*awaitables, return_exceptions=True)
