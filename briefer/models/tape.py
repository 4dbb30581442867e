"""The file that replies are recorded in: read and held to its shape; written anew, whole or not at all.

The file is JSON lines, sorted, the same bytes for the same replies, made to be reviewed: no key, no address, no time.
A line is a text that many prompts share ({"text": hash, "lines": [...]}), or an exchange: the prompt's name and
what it is about, the model, the parameters, hash of the schema, which repetition, who answered, the prompts' lines and
the reply. An exchange's key is a hash of all that was asked, so that a question cannot be altered unnoticed; a reply
is held to the type that is asked for alone, for it is there to be reviewed.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, NoReturn

from pydantic import BaseModel, ConfigDict, ValidationError

from briefer.errors import UsageError
from briefer.models.schemas import schema_hash
from briefer.types import Question, Value

LARGEST = 200_000_000
"""Bytes of a file; a case of a hundred articles has a thousandth of that."""

Parameters = dict[str, int | float | None]


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
    parameters: Parameters
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
        """Read the file, where it is there. Raises UsageError that names the line which is no recording."""
        self.file = file
        self.used: set[str] = set()
        self._texts: dict[str, str] = {}
        self._exchanges: dict[str, Exchange] = {}
        self._lines: dict[str, int] = {}
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

    def exchanges(self) -> list[Exchange]:
        """All exchanges, in the order of the file."""
        return sorted(self._exchanges.values(), key=lambda e: (e.prompt, e.about, e.model, e.repeat, e.key))

    def unused(self) -> list[Exchange]:
        """The exchanges that nobody asked for, in the order of the file."""
        return [exchange for exchange in self.exchanges() if exchange.key not in self.used]

    def drop(self, keys: Iterable[str]) -> None:
        """Let go of exchanges."""
        for key in keys:
            del self._exchanges[key]

    def save(self) -> None:
        """Write the file anew, whole or not at all; none where there is nothing to hold. Raises UsageError."""
        exchanges = self.exchanges()
        if not exchanges and not self.file.exists():
            return
        named = {exchange.system for exchange in exchanges}
        lines = [_line(Text(text=name, lines=lines_of(self._texts[name]))) for name in sorted(named)]
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
        wanted = set(lines_of(question.prompt.user))

        def likeness(exchange: Exchange) -> tuple[bool, int]:
            return exchange.about == question.about, len(wanted.intersection(exchange.user))

        return max((e for e in self.exchanges() if e.prompt == question.prompt.name), key=likeness, default=None)

    def system(self, exchange: Exchange) -> str:
        """The system prompt of an exchange."""
        return self._texts[exchange.system]

    def where(self, exchange: Exchange) -> str:
        """The file, and the line where the exchange was read."""
        line = self._lines.get(exchange.key)
        return f"{self.file}, line {line}" if line else str(self.file)

    def _read(self) -> None:
        try:
            if self.file.stat().st_size > LARGEST:
                raise UsageError(f"{self.file}: is over {LARGEST:,} bytes, and no recording; remove it")
            whole = self.file.read_bytes()
        except OSError as error:
            raise UsageError(f"{self.file}: cannot be read ({error.strerror})") from error
        lines = whole.split(b"\n")
        for number, line in enumerate(lines, start=1):
            if line and number == len(lines):
                self._broken(number, "it ends amid a line, which was not written to its end")
            if line:
                self._take(line, number)

    def _take(self, line: bytes, number: int) -> None:
        try:
            if line.startswith(b'{"text":'):
                self._take_text(Text.model_validate_json(line), number)
            else:
                self._take_exchange(Exchange.model_validate_json(line), number)
        except ValidationError as error:
            self._broken(number, str(error.errors(include_input=False, include_url=False)[0]["msg"]))

    def _take_text(self, text: Text, number: int) -> None:
        whole = "".join(text.lines)
        if hash_of(whole) != text.text:
            self._broken(number, "its text was altered after it was recorded")
        self._texts[text.text] = whole

    def _take_exchange(self, exchange: Exchange, number: int) -> None:
        if exchange.system not in self._texts:
            self._broken(number, f"its system prompt {exchange.system} is not in the file")
        if exchange.key in self._exchanges:
            self._broken(number, "the same exchange is there twice")
        if exchange.key != _key(self.system(exchange), "".join(exchange.user), _settings_of(exchange)):
            self._broken(number, "its key is not that of its question, which was altered after it was recorded")
        if (exchange.reply is None) == (exchange.unanswered is None):
            self._broken(number, "it has to have either a reply or the cause why there is none")
        self._exchanges[exchange.key] = exchange
        self._lines[exchange.key] = number

    def _broken(self, number: int, why: str) -> NoReturn:
        raise UsageError(f"{self.file}, line {number}: is no recording: {why}; take the line out and record it again")


def exchange_of(question: Question[Value], reader: Reader, said: Mapping[str, object]) -> Exchange:
    """What is recorded of a question: what was asked, and `said`, the fields of what was answered."""
    prompt = question.prompt
    asked = {
        **settings_of(question, reader),
        "prompt": prompt.name,
        "about": question.about,
        "key": key_of(question, reader),
        "by": reader.by,
        "system": hash_of(prompt.system),
        "user": lines_of(prompt.user),
    }
    return Exchange.model_validate({**asked, **said})


def key_of(question: Question[Value], reader: Reader) -> str:
    """Under what an exchange is found: all that the reply depends on, and which repetition of it."""
    return _key(question.prompt.system, question.prompt.user, settings_of(question, reader))


def settings_of(question: Question[Value], reader: Reader) -> Mapping[str, Any]:
    """What a reply depends on beside the prompt's text."""
    parameters = question.prompt.parameters
    return {
        "model": reader.model,
        "parameters": {"max_tokens": parameters.max_tokens, "temperature": parameters.temperature},
        "schema_hash": schema_hash(question.reply_type)[:16],
        "repeat": reader.repeat,
    }


def _settings_of(exchange: Exchange) -> Mapping[str, Any]:
    return {
        "model": exchange.model,
        "parameters": exchange.parameters,
        "schema_hash": exchange.schema_hash,
        "repeat": exchange.repeat,
    }


def _key(system: str, user: str, settings: Mapping[str, Any]) -> str:
    return hash_of(json.dumps([system, user, settings], sort_keys=True))


def lines_of(text: str) -> list[str]:
    """The lines with their ends, so that they joined are the text."""
    return [line for line in text.splitlines(keepends=True) if line]


def hash_of(text: str) -> str:
    """A short hash of a text."""
    return sha256(text.encode()).hexdigest()[:32]


def _line(value: BaseModel) -> str:
    fields = {name: field for name, field in value.model_dump(mode="json").items() if field is not None}
    return json.dumps(fields, ensure_ascii=False) + "\n"
