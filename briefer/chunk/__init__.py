"""From an article to chunks: whole sentences up to a token budget.

In: an `Article` and a `Tokenizer`. Out: `Chunk`s that tile the article's text from its first character to its last.
"""

from briefer.chunk.sentences import chunk
from briefer.chunk.tokenizer import RANKS_SHA256, O200k, ranks_intact

__all__ = ["RANKS_SHA256", "O200k", "chunk", "ranks_intact"]
