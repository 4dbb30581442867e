"""Counting text in the tokens of OpenAI's o200k_base encoding, offline.

In: any text. Out: how many tokens it is. The merge ranks are package data, so that nothing is fetched at first use.
"""

import hashlib
import lzma
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tiktoken

RANKS_SHA256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"

# How o200k_base splits text before it merges bytes (OpenAI, tiktoken_ext/openai_public.py, MIT licence).
_LOWER = r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
_UPPER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]"
_ENDING = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
_PATTERN = "|".join(
    (
        rf"[^\r\n\p{{L}}\p{{N}}]?{_UPPER}*{_LOWER}+{_ENDING}",
        rf"[^\r\n\p{{L}}\p{{N}}]?{_UPPER}+{_LOWER}*{_ENDING}",
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    )
)


def ranks() -> bytes:
    """The ranks file as OpenAI publishes it: one `base64 rank` a line."""
    return lzma.decompress(files("briefer.chunk").joinpath("data/o200k_base.tiktoken.xz").read_bytes())


def ranks_intact() -> bool:
    """Whether the shipped ranks are OpenAI's, byte for byte."""
    try:
        return hashlib.sha256(ranks()).hexdigest() == RANKS_SHA256
    except (OSError, lzma.LZMAError):
        return False


class O200k:
    """A `protocols.Tokenizer` for o200k_base. Special tokens in a text ("<|endoftext|>") are ordinary text."""

    def count(self, text: str) -> int:
        """The number of tokens in the text."""
        return sum(len(_encoding().encode_ordinary(part)) for part in _parts(text))


# tiktoken's splitter overflows its stack on a run of about a million spaces; a part this long is safe by far.
_LONGEST = 200_000


def _parts(text: str) -> list[str]:
    parts = []
    start = 0
    while len(text) - start > _LONGEST:
        cut = _boundary(text, start, start + _LONGEST)
        parts.append(text[start:cut])
        start = cut
    return [*parts, text[start:]]


def _boundary(text: str, start: int, end: int) -> int:
    """The last place before `end` that no token spans: a space between two letters. Without one, `end` itself."""
    space = text.rfind(" ", start + 1, end)
    while space > start:
        if text[space - 1].isalpha() and text[space + 1].isalpha():
            return space
        space = text.rfind(" ", start + 1, space)
    return end


@cache
def _encoding() -> "tiktoken.Encoding":
    import base64

    import tiktoken

    rows = (line.split() for line in ranks().splitlines())
    return tiktoken.Encoding(
        "o200k_base",
        pat_str=_PATTERN,
        mergeable_ranks={base64.b64decode(token): int(rank) for token, rank in rows},
        special_tokens={},
    )
