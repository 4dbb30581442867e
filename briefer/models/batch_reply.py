"""What came of a batch: the lines of the server's files in, replies out, each kept under the keys it was asked for.

A server's files are foreign: lines are bounded, ids that nobody asked for are passed over, and what is damaged is a
line without a reply.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, cast

from pydantic import BaseModel

from briefer.errors import Cause, ModelRejected, NoAnswer
from briefer.models.batch_file import Asked
from briefer.models.cached import keep, share
from briefer.models.client import LARGEST_REPLY, OpenAIWire
from briefer.models.failures import words
from briefer.models.ladder import Exchange, whole_text
from briefer.models.metered import Meter
from briefer.models.replies import Unreadable, read
from briefer.models.wire import Request
from briefer.protocols import Shelf
from briefer.types import Parameters, Usage

EXPIRED = "batch_expired"
"""The code of a request that the server did not come to in time."""

MOST_REASONS = 5
"""Different reasons that are told of a batch."""

LONGEST_REASON = 300


@dataclass(slots=True)
class Tally:
    """What came of the questions of a batch, by their ids; each is in one of the three in the end."""

    done: set[str] = field(default_factory=set)
    expired: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    why: list[str] = field(default_factory=list)

    def fail(self, identifier: str, why: str) -> None:
        """A question has no reply."""
        self.failed.add(identifier)
        self.say(why)

    def say(self, why: str) -> None:
        """A reason that a person is told, once."""
        if why not in self.why and len(self.why) < MOST_REASONS:
            self.why.append(why)

    def close(self, identifiers: Iterable[str], *, expired: bool) -> None:
        """All the server's files are read: what is without a line has no reply."""
        left = set(identifiers) - self.done - self.failed - self.expired
        (self.expired if expired else self.failed).update(left)
        if left and not expired:
            self.say("the server gave no reply to some of the requests")


@dataclass(frozen=True, slots=True)
class Taking:
    """Where replies go: the shelf that keeps them, the reply types by name, the account at the prices of a batch."""

    wire: OpenAIWire
    replies: Shelf
    types: Mapping[str, type[BaseModel]]
    meter: Meter


class Receiver:
    """Takes the lines of one batch's files."""

    def __init__(self, asked: Iterable[Asked], taking: Taking) -> None:
        self._asked = {one.id: one for one in asked}
        self._taking = taking
        self.tally = Tally()

    def take(self, file: IO[bytes]) -> None:
        """Take every line of a file. What a line holds is kept when the next is read."""
        for line in lines(file):
            if line.strip():
                self._take(_object(line))

    def close(self, *, expired: bool) -> Tally:
        """What came of it, when all files are taken."""
        self.tally.close(self._asked, expired=expired)
        return self.tally

    def _take(self, line: Mapping[str, object]) -> None:
        asked = self._asked.get(str(line.get("custom_id")))
        if asked is None:
            self.tally.say("some lines of the server's files answer nothing that was asked")
            return
        if asked.id in self.tally.done:
            return
        self.tally.failed.discard(asked.id)
        self.tally.expired.discard(asked.id)
        if _mapping(line.get("error")).get("code") == EXPIRED:
            self.tally.expired.add(asked.id)
            return
        try:
            self._keep(asked, self._exchange(asked, _mapping(line.get("response")), line.get("error")))
        except (NoAnswer, ModelRejected) as error:
            # A reply's own words may be in it: the names of its fields.
            self.tally.fail(asked.id, self._taking.wire.server.scrubbed(str(error), longest=LONGEST_REASON))
        else:
            self.tally.done.add(asked.id)

    def _exchange(self, asked: Asked, response: Mapping[str, object], error: object) -> Exchange:
        status = response.get("status_code", 200)
        body = _mapping(response.get("body"))
        if error or status != 200 or not body:
            raise NoAnswer(f"a request of the batch failed (HTTP {status}: {words(error or body)})", Cause.REJECTED)
        # No messages: they are not kept, and a batch's usage is always told.
        parameters = Parameters(max_tokens=asked.bound)
        request = Request((), parameters, asked.stage, asked.reply_type, {})
        completion = self._taking.wire.completion(json.dumps(body).encode(), request)
        self._count(asked.stage, completion.usage)
        return Exchange(request, completion)

    def _count(self, stage: str, usage: Usage) -> None:
        stage = f"{stage} (batch)"
        self._taking.meter.begin(stage)
        self._taking.meter.end(stage, usage)

    def _keep(self, asked: Asked, exchange: Exchange) -> None:
        reply_type = self._taking.types.get(asked.reply_type)
        if reply_type is None:
            raise NoAnswer(f"replies of the type {asked.reply_type!r} are unknown to this briefer", Cause.INVALID)
        value = valid(exchange, reply_type)
        for place in asked.places:
            keep(self._taking.replies, place.key, share(value, place.part) if place.number else value)


def valid(exchange: Exchange, reply_type: type[BaseModel]) -> BaseModel:
    """The value of a reply. Raises NoAnswer for one that was declined, cut off or is invalid."""
    text = whole_text(exchange)
    try:
        return read(text, reply_type)
    except Unreadable as fault:
        raise NoAnswer(" ".join(f"a reply is not valid: {fault}".split()), Cause.INVALID) from fault


def lines(file: IO[bytes]) -> Iterator[bytes]:
    """The lines of a file from its beginning. A line too long to be a reply comes as its first bytes alone."""
    file.seek(0)
    whole = True
    while piece := file.readline(LARGEST_REPLY):
        if whole:
            yield piece
        whole = piece.endswith(b"\n")


def _object(line: bytes) -> Mapping[str, object]:
    try:
        return _mapping(json.loads(line))
    except (ValueError, RecursionError):
        return {}


def _mapping(value: object) -> Mapping[str, object]:
    return cast(Mapping[str, object], value) if isinstance(value, dict) else {}
