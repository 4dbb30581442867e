"""Replies kept from run to run.

In: a Model and a shelf. Out: a Model that asks nothing twice, and `recall`, which asks nothing at all.
"""

import json
from hashlib import sha256
from typing import Protocol, cast
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError

from briefer.models.metered import Meter
from briefer.models.schemas import schema_hash
from briefer.protocols import Divisible, Model, Shelf
from briefer.types import Part, Prompt, Question, Reply, Value


def identity(name: str, base_url: str) -> str:
    """Whose replies are the same: a model's name, at the host that serves it.

    Servers of one's own often take any name for whatever they have loaded, so the host counts; its port does not, for
    that of a local server differs from run to run.
    """
    host = urlsplit(base_url).hostname or ""
    return f"{name} at {host}" if host else name


def key_of(prompt: Prompt, reply_type: type[BaseModel], model: str) -> str:
    """Under what a reply is kept: the stage, and a hash of all that the reply depends on.

    The hash of the template is not among it: what it rendered is.
    """
    parameters = prompt.parameters
    asked = [prompt.system, prompt.user, schema_hash(reply_type), model, parameters.max_tokens, parameters.temperature]
    return f"{prompt.name}:{sha256(json.dumps(asked).encode()).hexdigest()}"


class Recall(Protocol):
    """Gives a reply without a call."""

    def __call__(self, question: Question[Value]) -> Value | None:
        """The reply as it is kept from before, or None."""
        ...


class Cached:
    """A Model that keeps what it is told, at once and before anything else is done with it.

    `identity` tells models apart. A `fresh` one reads nothing, asks all anew and keeps what it is told in the
    place of what was.
    """

    def __init__(self, model: Model, *, shelf: Shelf, identity: str, meter: Meter, fresh: bool = False) -> None:
        self._model, self._shelf, self._identity = model, shelf, identity
        self._meter, self._fresh = meter, fresh
        self._missed: set[str] = set()  # what was recalled in vain is asked next: it is not looked for twice

    def recall(self, question: Question[Value]) -> Value | None:
        """The reply as it is kept from before, valid, or None; may be called in any thread."""
        if self._fresh:
            return None
        key = self._key(question.prompt, question.reply_type)
        text = self._shelf.get(key)
        value = None if text is None else _valid(text, question.reply_type)
        if value is None:
            self._missed.add(key)
        else:
            self._meter.recalled(question.prompt.name)
        return value

    async def complete(self, question: Question[Value]) -> Reply[Value]:
        """The reply, kept or asked for."""
        key = self._key(question.prompt, question.reply_type)
        if key not in self._missed:
            kept = self.recall(question)
            if kept is not None:
                return Reply(kept)
        reply = await self._model.complete(question)
        self._keep(key, reply.value)
        for part in question.parts:
            self._keep(self._key(part.prompt, question.reply_type), share(reply.value, part))
        return reply

    def _keep(self, key: str, value: BaseModel) -> None:
        keep(self._shelf, key, value)
        self._missed.discard(key)

    def _key(self, prompt: Prompt, reply_type: type[BaseModel]) -> str:
        return key_of(prompt, reply_type, self._identity)


def keep(shelf: Shelf, key: str, value: BaseModel) -> None:
    """Put a reply, or a part's share of one, under its key."""
    shelf.put(key, value.model_dump_json(by_alias=True))


def share(value: Value, part: Part) -> Value:
    """A part's share; the reply type of a question with parts is Divisible, as `Question` says."""
    return cast(Value, cast(Divisible, value).part(part))


def _valid(text: str, reply_type: type[Value]) -> Value | None:
    """The value of a kept text, or None where it is damaged or of another time."""
    try:
        return reply_type.model_validate_json(text)
    except ValidationError:
        return None
