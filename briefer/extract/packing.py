"""From articles to questions: articles in shares that fit, shares packed into prompts up to a budget.

In: an Article, a `Chunker` and a `Writer` of prompts. Out: `Share`s, and the `Question` that several of them make.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from briefer.extract.reply import Extracted
from briefer.prompts import Piece, numbered, ranges
from briefer.types import Article, Chunk, Part, Prompt, Question


class Writer(Protocol):
    """Makes the prompt around numbered articles."""

    def __call__(self, articles: str) -> Prompt:
        """The prompt that asks for the claims of these articles."""
        ...


REPLY = 2.5
"""Tokens that a reply may have for each of its articles: an exhaustive reader took 2.1 on dense reports."""
REPLY_LEAST = 500
MOST_HALVED = 2
"""A model whose reply to a quarter of a chunk runs on does not end for an eighth, and each try is paid for."""


Chunker = Callable[[Article], Sequence[Chunk]]


@dataclass(frozen=True, slots=True)
class Share:
    """Sentences of one article that are asked together; `alone` asks for them alone, and is what they are kept by.

    `tokens` are those of its text; numbers and head line come to a tenth more. `halved` tells how often it was divided.
    """

    piece: Piece
    tokens: int
    alone: Prompt
    halved: int = 0

    @property
    def article(self) -> Article:
        """The article that it is of."""
        return self.piece.article

    @property
    def size(self) -> int:
        """How many sentences it has."""
        return self.piece.last - self.piece.first

    def question(self) -> Question[Extracted]:
        """What asks for it alone."""
        return Question(self.alone, Extracted, self.article.name)


def shares(article: Article, *, chunker: Chunker, writer: Writer) -> list[Share]:
    """An article in its order; one without sentences gives none."""
    chunks = [chunk for chunk in chunker(article) if chunk.last > chunk.first]
    return [_share(Piece(article, chunk.first, chunk.last), chunk.tokens, writer) for chunk in chunks]


def halves(share: Share, *, writer: Writer) -> list[Share]:
    """The two halves of a share by its sentences; none where it is of one sentence, or was divided often enough."""
    if share.size < 2 or share.halved == MOST_HALVED:
        return []
    piece, middle = share.piece, share.piece.first + share.size // 2
    two = (Piece(piece.article, piece.first, middle), Piece(piece.article, middle, piece.last))
    return [replace(_share(half, share.tokens // 2, writer), halved=share.halved + 1) for half in two]


def _share(piece: Piece, tokens: int, writer: Writer) -> Share:
    return Share(piece, tokens, _bounded(writer(numbered([piece])), tokens))


def _bounded(prompt: Prompt, tokens: int) -> Prompt:
    """The prompt with as much room for its reply as its articles need: servers set it apart beforehand."""
    room = min(prompt.parameters.max_tokens, REPLY_LEAST + int(REPLY * tokens))
    return replace(prompt, parameters=replace(prompt.parameters, max_tokens=room))


def packs(shares: Iterable[Share], *, tokens: int) -> Iterator[list[Share]]:
    """Shares in their order, as many together as fit the budget of text; one that is larger is alone. It looks no share
    ahead of the pack that it fills, so that the first question can be asked before the last article is looked at.
    """
    pack: list[Share] = []
    for share in shares:
        if pack and sum(each.tokens for each in pack) + share.tokens > tokens:
            yield pack
            pack = []
        pack.append(share)
    if pack:
        yield pack


def question(pack: Sequence[Share], *, writer: Writer) -> Question[Extracted]:
    """What asks for a whole pack; a pack of one is asked as if alone."""
    if len(pack) == 1:
        return pack[0].question()
    pieces = [share.piece for share in pack]
    parts = tuple(
        Part(share.alone, number, numbers.start, numbers.stop)
        for number, (share, numbers) in enumerate(zip(pack, ranges(pieces), strict=True), start=1)
    )
    about = f"{pack[0].article.name} and {len(pack) - 1} more"
    prompt = _bounded(writer(numbered(pieces)), sum(share.tokens for share in pack))
    return Question(prompt, Extracted, about, parts)
