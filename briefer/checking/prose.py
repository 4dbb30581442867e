"""A summary in prose in; its sentences out, in order, with those apart that assert nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from briefer.checking.blocks import Block, blocks
from briefer.checking.pages import page_blocks
from briefer.clean.language import language
from briefer.collect.decode import NotText, decode
from briefer.collect.formats import is_page
from briefer.errors import UsageError
from briefer.reading import sentences
from briefer.reading.parsing import parse_sentence
from briefer.types import Span

MOST = 1_000_000
"""Characters of a summary; what is longer is a collection."""
_PAGES = (".html", ".htm", ".xhtml")
_CLOSERS = "\"'”’») "
_LONGEST = 1000
"""Characters of a sentence that are looked at for a verb."""
_WORDS = 4
"""Words of what ends like a sentence that make it one: the parser misses verbs that could be nouns ("cost", "shot")."""


class Sort(StrEnum):
    """What a piece of a summary is: only sentences are checked."""

    SENTENCE = "sentence"
    HEADING = "heading"
    FRAGMENT = "fragment"  # without a verb
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Summary:
    """A text to be checked, and the name that the user knows it by; a `page` is HTML, all else Markdown or plain."""

    name: str
    text: str
    page: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a summary: characters `start` to before `end` of its text, and its words without markup.

    `before` is the sentence before it in its paragraph, "" for the first.
    """

    summary: str
    start: int
    end: int
    words: str
    sort: Sort
    before: str = ""

    @property
    def checked(self) -> bool:
        """Whether it is held against the sources."""
        return self.sort is Sort.SENTENCE


def read_summary(data: bytes, name: str) -> Summary:
    """The summary in a file with this name. Raises UsageError for what is no text, or longer than a summary can be."""
    try:
        text = decode(data)
    except NotText as error:
        raise UsageError(f"{name}: {error}; give a summary as Markdown, plain text or HTML") from error
    if len(text) > MOST:
        raise UsageError(f"{name}: too long for a summary ({len(text) / 1e6:.1f} million characters)")
    return Summary(name, text, page=name.lower().endswith(_PAGES) or is_page(text))


def pieces(summary: Summary) -> list[Piece]:
    """The pieces of a summary, in order."""
    found = page_blocks(summary.text) if summary.page else blocks(summary.text)
    foreign = _is_foreign(" ".join(block.words.text for block in found))
    return [piece for block in found for piece in _pieces(block, summary.name, foreign=foreign)]


def _pieces(block: Block, name: str, *, foreign: bool) -> Iterator[Piece]:
    before = ""
    for span in _spans(block):
        words = " ".join(block.words.text[span.start : span.end].split())
        offsets = block.words.offsets
        sort = Sort.HEADING if block.heading else _sort(words, foreign=foreign)
        yield Piece(name, offsets[span.start], offsets[span.end - 1] + 1, words, sort, before)
        before = words


def _spans(block: Block) -> tuple[Span, ...]:
    text = block.words.text
    if not block.heading:
        return sentences.split(text)
    start = len(text) - len(text.lstrip())
    return (Span(start, len(text.rstrip())),)


def _sort(words: str, *, foreign: bool) -> Sort:
    if not any(character.isalnum() for character in words):
        return Sort.FRAGMENT
    if words.rstrip(_CLOSERS).endswith(("?", "؟", "？")):
        return Sort.QUESTION
    asserts = len(words.split()) >= _WORDS if foreign else _asserts(words)
    return Sort.SENTENCE if asserts else Sort.FRAGMENT


def _is_foreign(text: str) -> bool:
    return language(text) not in ("", "en")


def _asserts(words: str) -> bool:
    closed = words.rstrip(_CLOSERS).endswith((".", "!", "…"))
    if closed and len(words.split()) >= _WORDS:
        return True
    return bool(parse_sentence(words[:_LONGEST]).clauses.verbs) or _is_foreign(words)
