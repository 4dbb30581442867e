"""The files of a batch: questions in, lines of requests out, and for each line where its reply is to be kept.

The same questions in the same order give the same bytes. The files are unnamed and gone when they are closed.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO

from pydantic import BaseModel, ConfigDict, Field

from briefer.models.batch_api import ENDPOINT
from briefer.models.budget import Purse
from briefer.models.cached import key_of
from briefer.models.client import body_of
from briefer.models.ladder import request_of
from briefer.models.server import Server
from briefer.models.sizes import Sizes
from briefer.models.wire import Request
from briefer.types import Part, Prompt, Question, Value

ENDS_OF_LINE = re.compile("[\x85\u2028\u2029]")
"""Ends of a line to some who read lines, though none to JSON, which leaves them as they are in a text."""

Dress = Callable[[Request], Request]
"""A request as a server is known to take it."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that a server takes in one batch."""

    requests: int = 50_000
    bytes: int = 200_000_000


class Place(BaseModel):
    """Where a reply is to be kept, or the share of one of its parts; `number` is 0 for the whole."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str = Field(max_length=200)
    number: int = 0
    first: int = 0
    last: int = 0

    @property
    def part(self) -> Part:
        """The part as its reply type wants it; what it was asked by is not needed any more."""
        return Part(Prompt("", "", "", ""), self.number, self.first, self.last)


class Asked(BaseModel):
    """One line of a batch: what is left to know of a question when its reply comes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    stage: str
    reply_type: str
    bound: int
    places: tuple[Place, ...]


@dataclass(slots=True)
class Requests:
    """A file of requests, and what its lines ask; `tokens` are about those that it sends, `size` is in bytes."""

    file: IO[bytes]
    asked: list[Asked] = field(default_factory=list)
    size: int = 0
    tokens: int = 0

    def add(self, line: bytes, asked: Asked, tokens: int) -> None:
        """Write one more line."""
        self.file.write(line)
        self.asked.append(asked)
        self.size += len(line)
        self.tokens += tokens

    def fits(self, line: bytes, bounds: Bounds) -> bool:
        """Whether a line may be added."""
        return len(self.asked) < bounds.requests and self.size + len(line) <= bounds.bytes


def asked_of(question: Question[Value], identity: str) -> Asked:
    """What is to be known of a question when its reply comes from a model of that identity."""
    key = key_of(question.prompt, question.reply_type, identity)
    shares = [
        Place(
            key=key_of(part.prompt, question.reply_type, identity), number=part.number, first=part.first, last=part.last
        )
        for part in question.parts
    ]
    return Asked(
        # A batch must not have two of one custom_id, and some servers take no more than 64 characters.
        id=sha256(key.encode()).hexdigest()[:40],
        stage=question.prompt.name,
        reply_type=question.reply_type.__name__,
        bound=question.prompt.parameters.max_tokens,
        places=(Place(key=key), *shares),
    )


def line_of(identifier: str, request: Request, server: Server) -> bytes:
    """A request as a line of the file."""
    body = body_of(request, server)
    whole = {"custom_id": identifier, "method": "POST", "url": ENDPOINT, "body": body}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    text = ENDS_OF_LINE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
    return text.encode("utf-8", "replace") + b"\n"


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes requests to a server into files that it takes. What the `purse` does not pay for is left out."""

    server: Server
    dress: Dress
    sizes: Sizes
    purse: Purse = field(default_factory=Purse)
    bounds: Bounds = Bounds()

    def files(self, questions: Iterable[tuple[Question[Value], Asked]]) -> Iterator[Requests]:
        """The files of all questions, one at a time; each is closed when the next is asked for."""
        requests = Requests(TemporaryFile())  # noqa: SIM115
        try:
            for question, asked in questions:
                request = self.dress(request_of(question))
                size = self.sizes(request)
                if not self.purse.pays(size, asked.bound):
                    continue
                line = line_of(asked.id, request, self.server)
                if requests.asked and not requests.fits(line, self.bounds):
                    yield requests
                    requests.file.close()
                    requests = Requests(TemporaryFile())  # noqa: SIM115
                requests.add(line, asked, size)
            if requests.asked:
                yield requests
        finally:
            requests.file.close()
