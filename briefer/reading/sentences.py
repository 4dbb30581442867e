"""Text in, the spans of its sentences out: in order, trimmed, and together holding every character that is not blank.

Rules over a list of abbreviations (`data/abbreviations.txt`), one pass of one regular expression, time in proportion to
the length of the text. A blank line always ends a sentence. A single line break ends one where the line before it ends
like a sentence, where a list item follows, or where the line before is a heading.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from briefer.reading.wordlists import sections
from briefer.types import Span

_STOP = ".!?…。！？؟۔।"
_BULLETS = "•●▪■◦"
_CLOSERS = "\"'”’»)\\]}"
_BREAK = re.compile(  # one set of characters first: the scan from break to break is then done in C
    rf"[{_STOP}\n{_BULLETS}](?:"
    rf"(?<=[{_STOP}])(?<![{_STOP}]{{2}})[{_STOP}]*+(?P<close>[{_CLOSERS}]*+)"
    r"(?P<gap>\s++|\Z|(?<=[。！？؟۔।])|(?=[“‘«(\[]?[A-Z]))"
    rf"|(?<=\n)(?P<line>\s*+)|(?<=\s[{_BULLETS}])(?=\s))"
)
_NEXT = re.compile(r"[\"'“”‘’«(\[{*_\-–—\s]*+(?P<word>[^\W_]+(?:['’][^\W\d_]+)?)(?P<dot>\.?)")
_LOWER_NAME = re.compile(r"[\"'“‘(]*(?:al|el|ad|an|ar|as|at|az|ash|ul)[-‑][A-Z]")
_LAST_WORD = re.compile(r"[^\s\"“”‘«»()\[\]/–—]*\Z")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\Z")
_BLANK = re.compile(r"\s*")
_ITEM = re.compile(r"(?:[-*•●▪■◦·–—]\s|\(?\d{1,3}[.)]\s|\(?[a-z]\)\s|#{1,6}\s)")
_ITEM_NUMBER = re.compile(r"(?:\A|\n)[ \t]*\(?\d{1,3}\Z")
_JOINED = re.compile(r"[“‘«(\[]?(?:[A-Z][a-z’']+(?![\w.@/])|[A-Z][\w’'-]*[ ,-])")
_SPEECH = re.compile(
    r"(?:[A-Z][\w’'.-]*\s+){1,4}(?:said|says|asked|asks|told|wrote|writes|added|shouted|replied|tweeted|declared)\b"
)
_ADDRESS = re.compile(r"(?:://|www\.|@)\S*\Z")
_CLOCK = frozenset({"a.m", "p.m", "A.M", "P.M"})
_HEADING = 100  # characters; a longer line without a full stop is a wrapped line, not a heading
_BODY = 60  # characters; what follows a heading is a line of running text, at least this long
_LOOK_BACK = 40  # characters; longer than any abbreviation, short enough to keep the cost of a text linear
_QUOTED = 600  # characters; how far back an opening quotation mark is looked for
_HANGING = re.compile(
    r"(?:[,;:–—-]|\b(?:a|an|and|as|at|by|for|from|in|into|near|of|on|or|that|the|to|with|said))\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Lists:
    before_name: frozenset[str]
    before_number: frozenset[str]
    inside_or_end: frozenset[str]
    openers: frozenset[str]
    after_clock: frozenset[str]

    def any(self) -> frozenset[str]:
        """Every abbreviation that a full stop may not end."""
        return self.before_name | self.before_number | self.inside_or_end


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    return _Lists(**sections("abbreviations.txt"))


def split(text: str) -> tuple[Span, ...]:
    """The sentences of a text, in order, as half-open ranges of its characters; a blank text has none."""
    spans: list[Span] = []
    start = 0
    abbreviations = _abbreviations()
    for match in _BREAK.finditer(text):
        if _plainly_ends(text, match, abbreviations):
            spans.append(Span(start, match.start() + 1))
            start = match.end()
            continue
        end = _end_of_sentence(text, match, start)
        if end > start:
            start = _keep(spans, text, start, end)
    _keep(spans, text, start, len(text))
    return tuple(spans)


def _plainly_ends(text: str, match: re.Match[str], abbreviations: frozenset[str]) -> bool:
    """The common case, decided fast: an ordinary word, one mark, one blank, a capital letter."""
    mark, after = match.span()
    if after - mark != 2 or text[mark] not in ".!?" or text[after - 1] != " " or not text[after : after + 1].isupper():
        return False
    last = text[max(0, mark - _LOOK_BACK) : mark].rpartition(" ")[2]
    return len(last) > 1 and last.isalpha() and last not in abbreviations


def _keep(spans: list[Span], text: str, start: int, end: int) -> int:
    """Add what is not blank between two offsets; the offset where the next sentence begins."""
    bare = text[start:end].lstrip()
    if bare:
        start = end - len(bare)
        spans.append(Span(start, start + len(bare.rstrip())))
    return _BLANK.match(text, end).end()  # type: ignore[union-attr]


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    return _lists().any()


def _end_of_sentence(text: str, match: re.Match[str], start: int) -> int:
    """Where the sentence that began at `start` ends if it does at this break, else -1."""
    gap = match["gap"]
    if gap is None:
        line = match["line"]
        if line is None:
            return match.start()
        return match.start() if _line_ends(text, match, start, line) else -1
    if not gap and match.end() < len(text):
        return _joined(text, match, start)
    if gap.count("\n") > 1 or match.end() == len(text):
        return match.end()
    return match.end() if _stop_ends(text, match, gap) else -1


def _line_ends(text: str, match: re.Match[str], start: int, line: str) -> bool:
    if "\n" in line or _ITEM.match(text, match.end()):
        return True
    head = text[max(start, match.start() - _HEADING - 1) : match.start()].strip()
    if not head or len(head) > _HEADING or _HANGING.search(head) or not head[0].isupper():
        return False
    rest = text[match.end() : match.end() + 2 * _HEADING].split("\n", 1)[0]
    # A wrapped line breaks where its next word would not fit; a heading breaks long before that.
    return len(rest) > _BODY and rest[0].isupper() and len(head) + len(rest.split(None, 1)[0]) + 1 < 0.8 * len(rest)


def _stop_ends(text: str, match: re.Match[str], gap: str) -> bool:
    """Whether a mark followed by a blank ends its sentence."""
    following = _NEXT.match(text, match.end())
    word = following["word"] if following else ""
    mark = text[match.start()]
    lower = word[:1].islower() and not _LOWER_NAME.match(text, match.end())
    if mark != "." or text.startswith("..", match.start()):
        return not lower and not (match["close"] and _SPEECH.match(text, match.end()))
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    last = _last_word(before)
    if _abbreviates(last, before, word, following):
        return False
    return not lower or "\n" in gap


def _last_word(before: str) -> str:
    found = _LAST_WORD.search(before)
    word = found[0] if found else ""
    return word.rsplit("-", 1)[-1].lstrip("'’") if "-" in word else word.lstrip("'’")


def _abbreviates(last: str, before: str, word: str, following: re.Match[str] | None) -> bool:
    """Whether the full stop after `last` belongs to an abbreviation that goes on with `word`."""
    lists = _lists()
    if last in lists.before_name:
        return True
    number = word[:1].isdigit()
    if last in lists.before_number:
        return number
    opens = word in lists.openers and not (following and following["dot"] and len(word) == 1)
    if last in _CLOCK:
        return word in lists.after_clock or word[:1].islower()
    if last in lists.inside_or_end or _ACRONYM.search(last):
        return not opens and bool(word)
    if len(last) == 1 and last.isalpha() and last.isupper():
        return not opens and not number
    return last.isdigit() and len(last) < 4 and _ITEM_NUMBER.search(before) is not None


def _joined(text: str, match: re.Match[str], start: int) -> int:
    """Where two sentences were run together without a blank ("ended.The army"), else -1."""
    mark, close = match.start(), match["close"]
    if text[mark] in "。！？؟۔।":
        return match.end()
    if not _JOINED.match(text, match.end()):
        return -1
    before = text[max(start, mark - _LOOK_BACK) : mark]
    last = _last_word(before)
    if not close and (len(last) < 2 or not (last[-1].islower() or last[-1].isdigit() or last[-1] in "%’'")):
        return -1
    if _ADDRESS.search(before) or last in _lists().before_name:
        return -1
    if close[-1:] == '"' and text.count('"', max(start, mark - _QUOTED), match.end()) % 2:
        return match.end() - 1
    return match.end()
