"""Packing whole sentences into chunks. In: an article and a budget. Out: chunks that lose no character."""

import itertools
from collections.abc import Sequence

from briefer.protocols import Tokenizer
from briefer.types import Article, Chunk


def chunk(article: Article, *, tokenizer: Tokenizer, max_tokens: int) -> list[Chunk]:
    """Split an article into chunks of whole sentences, each of at most `max_tokens` tokens.

    The chunks tile `article.text`: the first starts at 0, each next one where the last ended, the last ends at its
    length. What stands between two sentences belongs to the first of them. A single sentence above the budget is a
    chunk of its own. A text without sentences is one chunk; an empty text is none. Raises ValueError for a budget
    below 1.
    """
    if max_tokens < 1:
        raise ValueError(f"max_tokens is {max_tokens}; a chunk needs at least 1")
    if not article.text:
        return []
    tokens = tokenizer.count(article.text)
    if tokens <= max_tokens:  # most articles: their sentences need not be counted one by one
        return [Chunk(article.id, first=0, last=len(article.sentences), start=0, end=len(article.text), tokens=tokens)]
    edges = _edges(article)
    sizes = [tokenizer.count(article.text[start:end]) for start, end in itertools.pairwise(edges)]
    chunks = []
    first = 0
    while first < len(sizes):
        fit = _pack(article, first, edges, sizes, tokenizer, max_tokens)
        chunks.append(fit)
        first = max(fit.last, first + 1)
    return chunks


def _edges(article: Article) -> list[int]:
    """Where each sentence's share of the text starts, and the end of the text."""
    return [0, *(span.start for span in article.sentences[1:]), len(article.text)]


def _pack(
    article: Article, first: int, edges: Sequence[int], sizes: Sequence[int], tokenizer: Tokenizer, max_tokens: int
) -> Chunk:
    """The longest chunk from sentence `first` on that fits."""
    last = first + 1
    tokens = sizes[first]
    while last < len(sizes) and tokens + sizes[last] <= max_tokens:
        tokens += sizes[last]
        last += 1
    # Tokens may merge or part where two sentences meet, so the sum is close but not the count.
    while True:
        tokens = tokenizer.count(article.text[edges[first] : edges[last]])
        if tokens <= max_tokens or last == first + 1:
            break
        last -= 1
    through = min(last, len(article.sentences))
    return Chunk(article.id, first=first, last=through, start=edges[first], end=edges[last], tokens=tokens)
