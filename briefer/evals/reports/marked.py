"""Texts of a case made harmless for a page: an article with its evidence marked, and Markdown without its force.

An article is cut where evidence begins or ends, so that passages that overlap are shown as what they share and what
each has alone. Offsets are into the clean text; characters are made harmless only after it is cut.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from briefer.evals.results import Cite
from briefer.render.safe import line

LOWEST = 6  # HTML has no heading below h6


@dataclass(frozen=True, slots=True)
class Mark:
    """Evidence in a text: who cites it, "" for the reference, with a link to him and a style's name."""

    cite: Cite
    by: str
    link: str
    style: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an article's text and the evidence that it is part of; `ends` is what ends with it."""

    start: int
    text: str
    marks: tuple[Mark, ...] = ()
    ends: tuple[Mark, ...] = ()

    @property
    def styles(self) -> str:
        """The names of the styles of its evidence, each once."""
        return " ".join(dict.fromkeys(mark.style for mark in self.marks))


def pieces(text: str, marks: Iterable[Mark]) -> Iterator[Piece]:
    """The text in pieces, in order and without loss; marks whose quote does not stand there are left out."""
    held = sorted(
        (mark for mark in marks if stands(mark.cite, text)), key=lambda mark: (mark.cite.start, mark.cite.end)
    )
    cuts = sorted({0, len(text), *(at for mark in held for at in (mark.cite.start, mark.cite.end))})
    first = 0
    for start, end in pairwise(cuts):
        while first < len(held) and held[first].cite.end <= start:
            first += 1
        over = tuple(mark for mark in held[first:] if mark.cite.start <= start and mark.cite.end >= end)
        yield Piece(start, text[start:end], over, tuple(mark for mark in over if mark.cite.end == end))


def stands(cite: Cite, text: str) -> bool:
    """Whether the text has the quote where the evidence says."""
    return 0 <= cite.start < cite.end and text[cite.start : cite.end] == cite.quote


def harmless(text: str) -> str:
    """A text whose every line is harmless; a space at either end of a line stays one space."""
    return "\n".join(_edged(row) for row in text.split("\n"))


def _edged(row: str) -> str:
    inner = line(row)
    if not inner:
        return " " if row[:1].isspace() else ""
    return f"{' ' if row[:1].isspace() else ''}{inner}{' ' if row[-1:].isspace() else ''}"


def paper(markdown: str, *, below: int) -> Markup:
    """Markdown as HTML with headings below the given level: paragraphs, lists, tables, emphasis and code alone.

    Links, pictures and HTML are shown as they are written.
    """
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.disable(["link", "image", "autolink", "html_inline", "html_block", "reference", "entity"])
    tokens = reader.parse("\n".join(_indented(row) for row in markdown.split("\n")))
    for token in tokens:
        _lower(token, below)
    options: Any = reader.options
    return Markup(reader.renderer.render(tokens, options, {}))  # every text in it is escaped by the renderer


def _indented(row: str) -> str:
    bare = row.lstrip(" \t")
    return f"{row[: len(row) - len(bare)]}{line(bare)}"


def _lower(token: Token, below: int) -> None:
    if token.type in ("heading_open", "heading_close"):
        token.tag = f"h{min(LOWEST, int(token.tag[1:]) + below)}"
    if token.type == "th_open":
        token.attrSet("scope", "col")
    token.attrs.pop("style", None)  # the page's policy allows no style in an attribute
