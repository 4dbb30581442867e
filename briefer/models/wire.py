"""One call to a server, as values: what goes out and what comes back, apart from whose library carries it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol

from briefer.types import Parameters, Usage

Json = Mapping[str, object]


class Form(StrEnum):
    """How a reply of a certain shape is asked for, the surest way first."""

    SCHEMA = "json_schema"
    OBJECT = "json_object"
    TOOL = "tool"
    TEXT = "text"


class Finish(StrEnum):
    """Why a reply ended."""

    STOP = "stop"
    LENGTH = "length"
    FILTER = "content_filter"


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of the conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """One call. `stage` is the name of the prompt, for the account; `schema` is the JSON schema of the reply.

    `bound` is the server's name for Parameters.max_tokens.
    """

    messages: tuple[Message, ...]
    parameters: Parameters
    stage: str
    schema_name: str
    schema: Json
    form: Form = Form.SCHEMA
    bound: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"


@dataclass(frozen=True, slots=True)
class Completion:
    """What came back: the text of the reply (of the tool call's arguments, for Form.TOOL), and how it ended.

    `refusal` is the server's own word for a reply that was declined, "" for none.
    """

    text: str
    finish: Finish
    usage: Usage
    refusal: str = ""


class Wire(Protocol):
    """Carries one call. What more is done about a call (retry, pace, pay, count) is a wrapper that is a Wire too.

    Raises errors.NoAnswer for a call that failed (`cause` REJECTED for a 400, TOO_LONG for a prompt over the context,
    UNAVAILABLE for 408, 409, 425, 429, 5xx, timeouts and broken connections, with `retry_after` where the server says
    so), errors.ModelRejected for 401, 403 and 404.
    """

    async def send(self, request: Request) -> Completion:
        """The server's reply to one call."""
        ...
