"""What passes between the stages and a model: prompts, questions, replies, and what they cost."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import BaseModel

from briefer.errors import Cause

Value = TypeVar("Value", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Parameters:
    """How a model is to answer. `max_tokens` bounds the reply; `temperature` None leaves it to the server."""

    max_tokens: int = 4096
    temperature: float | None = 0.0


@dataclass(frozen=True, slots=True)
class Prompt:
    """One rendered prompt. `name` is the template's and the stage's; `hash` is of the template file as it was read."""

    name: str
    hash: str
    system: str
    user: str
    parameters: Parameters = Parameters()


@dataclass(frozen=True, slots=True)
class Part:
    """One share of a question that several share: its prompt alone, its number (from 1) and its sentence numbers.

    Sentences `first` to before `last` (numbers as in the shared prompt) are this part's.
    """

    prompt: Prompt
    number: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Question(Generic[Value]):
    """Something to ask a model: a prompt and the type that the reply must satisfy.

    `about` names it in messages ("vcm.txt and 3 more"). With `parts`, the reply type must be `protocols.Divisible`,
    and each part of the reply is kept under the key of its own prompt, so that it is found however it is packed.
    """

    prompt: Prompt
    reply_type: type[Value]
    about: str = ""
    parts: Sequence[Part] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one or more calls; `cached` are those of `sent` that the server had in its own cache."""

    calls: int = 0
    sent: int = 0
    received: int = 0
    cached: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        """Both together."""
        return Usage(
            self.calls + other.calls,
            self.sent + other.sent,
            self.received + other.received,
            self.cached + other.cached,
        )


@dataclass(frozen=True, slots=True)
class Reply(Generic[Value]):
    """A reply that satisfies its type. `usage` is of all calls that it took (0 calls: it was kept from before)."""

    value: Value
    usage: Usage = Usage()


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question without a reply, and why, in words for the reader of the briefing."""

    cause: Cause
    why: str


@dataclass(frozen=True, slots=True)
class Answer(Generic[Value]):
    """What became of a question."""

    question: Question[Value]
    result: Reply[Value] | Unanswered


@dataclass(frozen=True, slots=True)
class StageCost:
    """What one stage (by the name of its prompt) cost. `recalled` counts replies kept from before; seconds are wall."""

    stage: str
    usage: Usage = field(default_factory=Usage)
    recalled: int = 0
    money: float = 0.0
    seconds: float = 0.0
