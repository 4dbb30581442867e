"""How articles enter a prompt. In: pieces of articles. Out: their sentences, numbered, between markers.

    <<<ARTICLES 483920174652
    Article 1 | outlet: Reuters | published: Mon 2031-04-14 | title: Army retakes village
    1 The army said on Monday that it had retaken the village.
    2 Residents denied this.
    Article 2 | published: unknown, continued
    3 …
    ARTICLES 483920174652>>>

An article's text is hostile. Only code begins a line here, so no text can number itself, open an article or close the
markers: their number is made from the very text between them and does not occur in it.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from briefer.types import Article

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")  # strftime's depend on the locale
NONCE_DIGITS = 12
"""Digits, as three of them are one token; letters would cost twice as much."""
TITLE_LENGTH, NAME_LENGTH = 200, 60
"""Characters of a title, and of an outlet or dateline: the longest honest ones in news are shorter."""

_PLAIN = re.compile(r"[ !-;=?-Z\\^-~]*")  # printable ASCII without < > [ ]
# Format characters, what fills space unseen, variation selectors, tags, surrogates and what is no character.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Local servers read control tokens ("<|im_end|>", "</s>", "[INST]") even inside a message.
_BRACKETED = re.compile(r"\[(/?[A-Z_]+)\]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Sentences `first` to before `last` (from 0) of one article, as they go into a call."""

    article: Article
    first: int
    last: int


def numbered(pieces: Sequence[Piece]) -> str:
    """The text of a call: a head line for each piece and a line for each sentence, between markers.

    Pieces are numbered from 1, and sentences from 1 on over all pieces (see `ranges`). The same pieces give the same
    text.
    """
    body = "\n".join(_lines(pieces))
    nonce = _nonce(body)
    return f"<<<ARTICLES {nonce}\n{body}\nARTICLES {nonce}>>>"


def ranges(pieces: Sequence[Piece]) -> list[range]:
    """The sentence numbers that `numbered` gives each piece; number n of it is sentence first + n - range.start."""
    found = []
    start = 1
    for piece in pieces:
        found.append(range(start, start + piece.last - piece.first))
        start = found[-1].stop
    return found


def one_line(text: str) -> str:
    """A text of unknown hands as one harmless line: white space is single, nothing unseen, no control token."""
    if not _PLAIN.fullmatch(text):
        text = _BRACKETED.sub(r"(\1)", _UNSEEN.sub("", text).replace("<", "‹").replace(">", "›"))
    return " ".join(text.split())


def _lines(pieces: Sequence[Piece]) -> Iterator[str]:
    for number, (piece, numbers) in enumerate(zip(pieces, ranges(pieces), strict=True), start=1):
        yield _head(number, piece)
        for sentence, shown in enumerate(numbers, start=piece.first):
            yield f"{shown} {one_line(piece.article.sentence(sentence))}"


def _head(number: int, piece: Piece) -> str:
    article = piece.article
    fields = [
        f"Article {number}",
        _field("outlet", article.outlet, NAME_LENGTH),
        f"published: {_day(article.published)}",
        _field("dateline", article.dateline, NAME_LENGTH),
        _field("title", article.title, TITLE_LENGTH),
        "continued" if piece.first else "",
    ]
    return " | ".join(field for field in fields if field)


def _field(name: str, text: str, length: int) -> str:
    """A labelled field, or "" without text. The bar that parts the fields is left to code."""
    # A page can pass megabytes off as its title; only what is near the bound needs to be looked at.
    shown = one_line(text[: length * 4]).replace("|", "/")
    if len(shown) > length:
        shown = f"{shown[: length - 1]}…"
    return f"{name}: {shown}" if shown else ""


def _day(published: datetime | None) -> str:
    """The day in the article's own timezone, which its "Saturday" is told by."""
    return f"{WEEKDAYS[published.weekday()]} {published:%Y-%m-%d}" if published else "unknown"


def _nonce(body: str) -> str:
    """Digits made from a text that do not occur in it."""
    digest = body.encode()
    while True:
        digest = hashlib.sha256(digest).digest()
        nonce = str(int.from_bytes(digest, "big"))[-NONCE_DIGITS:]
        if nonce not in body:
            return nonce
