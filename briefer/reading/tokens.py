"""Words of one sentence with their offsets, and the shape that the tagger and the phrase reader work on.

In: the text of a sentence and where it starts in the article. Out: `Tokens`, parallel tuples that are
never changed in length, so that an index is a token everywhere above this module.
"""

import re
from dataclasses import dataclass

# One alternative a kind of token, most specific first. Possessive 's is a token of its own, because the
# owner and the owned are two actors ("Gaddafi's forces"); a hyphenated word is one ("rebel-held").
_TOKEN = re.compile(
    r"[A-Za-z]+(?![\w.'’‐‑-])"  # most words are this, and need none of the rest
    r"|(?:[A-Z]\.){2,}(?:-[A-Za-z]+)*"
    r"|(?:Gen|Col|Maj|Capt|Sgt|Brig|Lt|Mr|Mrs|Ms|Dr|St|Adm|Cmdr|Sen|Rep|Gov|Prof)\.(?=[\s-])"
    r"|\b[ap]\.m\.?"
    r"|\d+(?:[.,:/]\d+)*(?:-\d+(?:[.,]\d+)*)?(?:st|nd|rd|th|mm|km|kg|k|m)?(?:-[A-Za-z]+)*"
    r"|['’][sS]\b"
    r"|[^\W\d_]+(?:[-‐‑][^\W_]+|['’](?![sS]\b)[^\W\d_]+|\d+)*"
    r"|\.\.\.|--"
    r"|[^\w\s]"
)
_CONTRACTION = re.compile(r"n['’]t$|(?<=\w)['’](?:ve|re|ll|d|m)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one sentence: words as written, their lower case, and half-open offsets into the article."""

    words: tuple[str, ...]
    lower: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)


def tokenize(sentence: str, *, offset: int = 0) -> Tokens:
    """Split one sentence; `offset` is where it starts in the article. No character but white space is lost."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _TOKEN.finditer(sentence):
        word = match[0]
        start, end = match.span()
        short = _CONTRACTION.search(word) if "'" in word or "’" in word else None
        if short and short.start():
            words += [word[: short.start()], word[short.start() :]]
            starts += [offset + start, offset + start + short.start()]
            ends += [offset + start + short.start(), offset + end]
        else:
            words.append(word)
            starts.append(offset + start)
            ends.append(offset + end)
    # A lower-case curly apostrophe would need two entries for every clitic in the lexicons.
    lower = [word.lower() for word in words]
    if "’" in sentence:
        lower = [word.replace("’", "'") for word in lower]
    return Tokens(tuple(words), tuple(lower), tuple(starts), tuple(ends))
