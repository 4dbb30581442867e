"""What is collected and read: raw things, clean articles, chunks of them. Offsets are into `Article.text`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Media(StrEnum):
    """What the bytes of a collected thing are."""

    TEXT = "text"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Raw:
    """One article as collected, before it is cleaned: its text or page and what its container said of it.

    `name` is how the user knows it (a path, `path#3` for the third row of a file, `-` for stdin).
    `published` is the container's word, unparsed; the empty string stands for "not said" everywhere.
    """

    name: str
    text: str
    media: Media = Media.TEXT
    title: str = ""
    url: str = ""
    outlet: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """One collected thing that could not be used, and why, in words for the reader."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of page debris that was cut from an article, and the rule that cut it."""

    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters in the text of an article."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One clean article. `id` is a hash of the clean text; `sentences` cover the text in order.

    `published` is aware or None when nothing in the article or its container says it.
    `dateline` is the place that the text itself was filed from ("BENGHAZI, Libya (Reuters) -"), or "".
    `wire` is the agency that the text credits ("Reuters", "AFP"), or "". `language` is an ISO 639-1 code or "".
    """

    id: str
    name: str
    text: str
    sentences: tuple[Span, ...]
    title: str = ""
    url: str = ""
    outlet: str = ""
    published: datetime | None = None
    dateline: str = ""
    wire: str = ""
    language: str = "en"
    cut: tuple[Cut, ...] = ()

    def sentence(self, number: int) -> str:
        """The words of one sentence, by its number from 0."""
        span = self.sentences[number]
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole sentences of one article, `first` to before `last`, that together fit a token budget."""

    article: str
    first: int
    last: int
    start: int
    end: int
    tokens: int
