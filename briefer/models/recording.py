"""Replies recorded and replayed, so that the same prompts give the same replies without a model.

In: a Model and a file. Out: a Model that asks what is not recorded yet, or one that asks nothing at all.

The file is JSON lines, sorted, the same bytes for the same replies, made to be reviewed: no key, no address, no time.
A line is a text that many prompts share ({"text": hash, "lines": [...]}), or an exchange: the prompt's name and
what it is about, the model, the parameters, hash of the schema, which repetition, who answered, the prompts' lines and
the reply.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, Literal, NoReturn

from pydantic import BaseModel, ConfigDict, ValidationError

from briefer.errors import Cause, NoAnswer, RecordingMissing, UsageError
from briefer.models.schemas import schema_hash
from briefer.protocols import Model
from briefer.types import Prompt, Question, Reply, Usage, Value

TOLD = frozenset({Cause.REFUSED, Cause.TRUNCATED, Cause.TOO_LONG, Cause.INVALID, Cause.REJECTED})
"""Why a question has no reply, where that is the model's own answer to it and would be the same again."""

SHOWN = 40
"""Lines of a difference that a message shows."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose replies are recorded: the model as it is asked for; `by`, who answered; `repeat`, which pass, from 0."""

    model: str
    by: str = ""
    repeat: int = 0


class Exchange(BaseModel):
    """One recorded question and what was said: a reply as JSON, or the cause why there is none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    prompt: str
    about: str
    key: str
    model: str
    by: str
    parameters: dict[str, int | float | None]
    schema_hash: str
    repeat: int
    system: str
    user: list[str]
    reply: dict[str, Any] | None = None
    unanswered: Literal["refused", "truncated", "too_long", "invalid", "rejected"] | None = None
    sent: int = 0
    received: int = 0


class Text(BaseModel):
    """A system prompt, which exchanges name by its hash."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    lines: list[str]


class Tape:
    """A file of exchanges. `used` are the keys that were asked for since it was read."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.used: set[str] = set()
        self._texts: dict[str, str] = {}
        self._exchanges: dict[str, Exchange] = {}
        if file.exists():
            self._read()

    def get(self, key: str) -> Exchange | None:
        """The exchange of a key."""
        self.used.add(key)
        return self._exchanges.get(key)

    def put(self, exchange: Exchange, system: str) -> None:
        """Add an exchange; it is on disk after `save`."""
        self._texts[exchange.system] = system
        self._exchanges[exchange.key] = exchange

    def unused(self) -> list[Exchange]:
        """The exchanges that nobody asked for, in the order of the file."""
        return [exchange for exchange in self._sorted() if exchange.key not in self.used]

    def drop_unused(self) -> None:
        """Let go of what nobody asked for."""
        for exchange in self.unused():
            del self._exchanges[exchange.key]

    def save(self) -> None:
        """Write the file anew, whole or not at all. Raises UsageError where it cannot be written."""
        exchanges = self._sorted()
        named = {exchange.system for exchange in exchanges}
        lines = [_line(Text(text=name, lines=_lines(self._texts[name]))) for name in sorted(named)]
        lines += [_line(exchange) for exchange in exchanges]
        beside = self.file.with_name(f"{self.file.name}.new")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text("".join(lines), encoding="utf-8")
            os.replace(beside, self.file)
        except OSError as error:
            raise UsageError(f"{self.file}: cannot be written ({error.strerror}); name another folder") from error

    def nearest(self, question: Question[Value]) -> Exchange | None:
        """The recorded exchange most like a question: of its prompt, about the same, with most of its lines."""
        wanted = set(_lines(question.prompt.user))

        def likeness(exchange: Exchange) -> tuple[bool, int]:
            return exchange.about == question.about, len(wanted.intersection(exchange.user))

        return max((e for e in self._sorted() if e.prompt == question.prompt.name), key=likeness, default=None)

    def system(self, exchange: Exchange) -> str:
        """The system prompt of an exchange."""
        return self._texts[exchange.system]

    def _sorted(self) -> list[Exchange]:
        return sorted(self._exchanges.values(), key=lambda e: (e.prompt, e.about, e.model, e.repeat, e.key))

    def _read(self) -> None:
        try:
            lines = self.file.read_bytes().split(b"\n")
        except OSError as error:
            raise UsageError(f"{self.file}: cannot be read ({error.strerror})") from error
        for number, line in enumerate(lines, start=1):
            if line:
                self._take(line, number)

    def _take(self, line: bytes, number: int) -> None:
        try:
            if line.startswith(b'{"text":'):
                text = Text.model_validate_json(line)
                self._texts[text.text] = "".join(text.lines)
                return
            exchange = Exchange.model_validate_json(line)
        except ValidationError as error:
            self._broken(number, str(error.errors()[0]["msg"]))
        if exchange.system not in self._texts:
            self._broken(number, f"its system prompt {exchange.system} is not in the file")
        if exchange.key in self._exchanges:
            self._broken(number, "the same exchange is there twice")
        self._exchanges[exchange.key] = exchange

    def _broken(self, number: int, why: str) -> NoReturn:
        raise UsageError(f"{self.file}, line {number}: is no recording: {why}; take the line out and record it again")


class Replaying:
    """A Model that answers from a tape alone. Raises RecordingMissing for what is not on it."""

    def __init__(self, tape: Tape, reader: Reader) -> None:
        self._tape, self._reader = tape, reader

    async def complete(self, question: Question[Value]) -> Reply[Value]:
        """The recorded reply, with the usage that it had."""
        exchange = self._tape.get(key_of(question, self._reader))
        if exchange is None:
            raise RecordingMissing(_missing(question, self._reader, self._tape))
        return _replayed(exchange, question, self._tape.file)


class Recording:
    """A Model that answers from a tape what is on it, asks the rest and puts it there. Save the tape afterwards."""

    def __init__(self, model: Model, tape: Tape, reader: Reader) -> None:
        self._model, self._tape, self._reader = model, tape, reader

    async def complete(self, question: Question[Value]) -> Reply[Value]:
        """The reply, recorded or asked for."""
        exchange = self._tape.get(key_of(question, self._reader))
        if exchange is not None:
            return _replayed(exchange, question, self._tape.file)
        try:
            reply = await self._model.complete(question)
        except NoAnswer as error:
            if error.cause in TOLD:
                self._put(question, {"unanswered": error.cause.value})
            raise
        value = reply.value.model_dump(mode="json", by_alias=True)
        self._put(question, {"reply": value, "sent": reply.usage.sent, "received": reply.usage.received})
        return reply

    def _put(self, question: Question[Value], said: Mapping[str, object]) -> None:
        prompt = question.prompt
        described = {
            **_settings(question, self._reader),
            "prompt": prompt.name,
            "about": question.about,
            "key": key_of(question, self._reader),
            "by": self._reader.by,
            "system": _hash(prompt.system),
            "user": _lines(prompt.user),
        }
        self._tape.put(Exchange.model_validate({**described, **said}), prompt.system)


def key_of(question: Question[Value], reader: Reader) -> str:
    """Under what an exchange is found: all that the reply depends on, and which repetition of it."""
    asked = [question.prompt.system, question.prompt.user, _settings(question, reader)]
    return _hash(json.dumps(asked, sort_keys=True))


def _settings(question: Question[Value], reader: Reader) -> dict[str, Any]:
    """What a reply depends on beside the prompt's text."""
    return {
        "model": reader.model,
        "parameters": _parameters(question.prompt),
        "schema_hash": schema_hash(question.reply_type)[:16],
        "repeat": reader.repeat,
    }


def _parameters(prompt: Prompt) -> dict[str, int | float | None]:
    return {"max_tokens": prompt.parameters.max_tokens, "temperature": prompt.parameters.temperature}


def _replayed(exchange: Exchange, question: Question[Value], file: Path) -> Reply[Value]:
    if exchange.unanswered is not None:
        cause = Cause(exchange.unanswered)
        raise NoAnswer(f"{exchange.model!r} gave no reply when it was recorded ({cause})", cause)
    try:
        value = question.reply_type.model_validate(exchange.reply)
    except ValidationError as error:
        why = error.errors()[0]["msg"]
        raise UsageError(f"{file}: the reply to {_named(question)} does not satisfy its type: {why}") from error
    return Reply(value, Usage(calls=1, sent=exchange.sent, received=exchange.received))


def _missing(question: Question[Value], reader: Reader, tape: Tape) -> str:
    said = f"{tape.file}: no reply is recorded to {_named(question)}"
    nearest = tape.nearest(question)
    if nearest is None:
        return f"{said}, nor to any prompt of that name; record it with a live model"
    changed = [*_changed_settings(question, reader, nearest), *_changed_text(question, nearest, tape.system(nearest))]
    shown = "\n".join(islice(changed, SHOWN))
    more = f"\n… and {len(changed) - SHOWN} lines more" if len(changed) > SHOWN else ""
    return f"{said}; record it with a live model. Changed since the nearest that is recorded:\n{shown}{more}"


def _changed_settings(question: Question[Value], reader: Reader, nearest: Exchange) -> Iterable[str]:
    for name, now in _settings(question, reader).items():
        before = getattr(nearest, name)
        if before != now:
            yield f"{name}: {before} → {now}"


def _changed_text(question: Question[Value], nearest: Exchange, system: str) -> Iterable[str]:
    pairs = {
        "system": (_lines(system), _lines(question.prompt.system)),
        "user": (nearest.user, _lines(question.prompt.user)),
    }
    for name, (before, now) in pairs.items():
        difference = unified_diff(before, now, f"recorded/{name}", f"asked/{name}", n=1)
        yield from (line.rstrip("\n") for line in difference)


def _named(question: Question[Value]) -> str:
    return f"the prompt {question.prompt.name!r}" + (f" about {question.about}" if question.about else "")


def _lines(text: str) -> list[str]:
    """The lines with their ends, so that they joined are the text."""
    return [line for line in text.splitlines(keepends=True) if line]


def _line(value: BaseModel) -> str:
    fields = {name: field for name, field in value.model_dump(mode="json").items() if field is not None}
    return json.dumps(fields, ensure_ascii=False) + "\n"


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]
