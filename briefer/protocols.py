"""The seams: what the stages ask of the things that differ from run to run.

Each is one to three methods; only `wiring` names the classes that satisfy them.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from briefer.types import Article, Briefing, Extraction, Failure, Raw


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
