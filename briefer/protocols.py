"""The seams: what the stages ask of the things that differ from run to run.

Each is one to three methods; only `wiring` names the classes that satisfy them.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol, Self

from briefer.types import Answer, Article, Briefing, Extraction, Failure, Part, Question, Raw, Reply, Value


class Source(Protocol):
    """Somewhere that articles are collected from."""

    def read(self) -> Iterator[Raw | Failure]:
        """Give each collected thing in a stable order; what cannot be read is a Failure, never an exception."""
        ...


class Extractor(Protocol):
    """Reads articles and gives their claims."""

    def extract(self, articles: Sequence[Article]) -> Iterator[Extraction]:
        """Give one Extraction an article, in any order; claims are not yet verified."""
        ...


class Tokenizer(Protocol):
    """Counts text as a model would."""

    def count(self, text: str) -> int:
        """The number of tokens in the text."""
        ...


class Model(Protocol):
    """Answers questions. What a model can do more (retry, pace, keep) is a wrapper that is a Model too."""

    async def complete(self, question: Question[Value]) -> Reply[Value]:
        """The reply, valid. Raises errors.NoAnswer for this question alone, errors.ModelRejected for all of them."""
        ...


class Asker(Protocol):
    """Asks many questions at once, from code that knows nothing of waiting."""

    def recall(self, question: Question[Value]) -> Value | None:
        """The reply as it is kept from before, or None. No call is made."""
        ...

    def ask(self, questions: Iterable[Question[Value]]) -> Iterator[Answer[Value]]:
        """The answer to each question, as they come. Questions are taken from the iterable as there is room for them.

        Raises errors.ModelRejected where no question can be answered (a wrong key or name).
        """
        ...


class Divisible(Protocol):
    """A reply to a question that several parts share."""

    def part(self, part: Part) -> Self:
        """This part's share, numbered as if it had been asked alone."""
        ...


class Shelf(Protocol):
    """Texts kept by key from run to run."""

    def get(self, key: str) -> str | None:
        """The text kept under a key, or None."""
        ...

    def put(self, key: str, text: str) -> None:
        """Keep a text; when this returns, the end of the process does not lose it."""
        ...


class Renderer(Protocol):
    """Makes a text of a Briefing."""

    def render(self, briefing: Briefing) -> str:
        """The whole text, ending in a newline."""
        ...


class Clock(Protocol):
    """Tells the time, so that a test can."""

    def __call__(self) -> datetime:
        """Now, aware."""
        ...
