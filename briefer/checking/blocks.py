"""A summary as written in; its headings, paragraphs, list items, quotations and cells, without markup, out.

Markdown, of which plain text is the simplest. Every character keeps its offset into the file.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from briefer.checking.marked import Marked

_FRONT = re.compile(r"\A\ufeff?---[ \t\r]*\n(?:[\w-][^\n]*\n|[ \t]+[^\n]*\n){1,100}?(?:---|\.\.\.)[ \t\r]*(?:\n|\Z)")
_COMMENT = re.compile(r"<!--(?:(?!-->|<!--).){0,5000}-->", re.DOTALL)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*(?:\n|\Z)", re.MULTILINE)

_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|\s*\Z)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*\Z")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*+){3,}|(?:\*[ \t]*+){3,}|(?:_[ \t]*+){3,})\s*\Z")
_ITEM = re.compile(r"[ \t]*(?:[-*+•●▪■◦·–—]|\(?\d{1,3}[.)]|[▲▼])[ \t]+(?:\[[ xX]\][ \t]+)?")
_DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\]\n]{1,200}\]:[ \t]")
_NOTE = re.compile(r" {0,3}\[\^[^\]\n]{1,100}\]:[ \t]*")
_SEPARATOR = re.compile(r"[ \t]*+\|?[ \t]*+:?-+:?[ \t]*+(?:\|[ \t]*+:?-+:?[ \t]*+)*+\|?\s*\Z")
_BAR = re.compile(r"(?<!\\)\|")

_TITLE = 100
"""Characters of an underlined heading at most; what is longer is a paragraph with a rule under it."""

_DIGITS = r"\d{1,3}(?:[ \t]?[,;–-][ \t]?\d{1,3}){0,8}"
_MARK = rf"\\?\[(?:\^[^\]\n]{{1,40}}|{_DIGITS})\\?\]"
"""A mark of a footnote or source, as "[3]", "[1, 2]", "[^note]", or escaped."""
_INLINE: Sequence[tuple[re.Pattern[str], int | None, str]] = (
    (re.compile(r"!\[[^\[\]\n]{0,500}\]\([^)\n]{0,1000}\)"), None, ""),
    # before the marks: what follows its words is the name of an address, not a footnote
    (re.compile(r"\[(?!\^)(?=[^\[\]\n]{0,500}[^\W\d_])([^\[\]\n]{1,500})\]\[[^\]\n]{0,100}\]"), 1, ""),
    (re.compile(r"<sup>[^<]{0,40}</sup>", re.IGNORECASE), None, ""),
    (
        re.compile(rf"(?<![ \t\xa0])[ \t\xa0]*+(?:(?:{_MARK}|\[{_MARK}\])(?:\([^)\n]{{0,1000}}\))?)+(?:\+\d{{1,3}})?"),
        None,
        "",
    ),
    (re.compile(r"(?<=[^\W\d])(?<!m)[⁰¹²³⁴-⁹]+|(?<=[.,;:!?\"”’)])[⁰¹²³⁴-⁹]+"), None, ""),
    (re.compile(r"\[([^\[\]\n]{1,500})\]\([^)\n]{0,1000}\)"), 1, ""),
    (re.compile(r"<(https?://[^>\s]{1,1000})>"), 1, ""),
    (re.compile(r"<br\s*/?>", re.IGNORECASE), None, " "),
    (re.compile(r"</?[A-Za-z][^<>]{0,500}>"), None, ""),
    (re.compile(r"(?<![\w*\\])(\*{1,3})(?=\S)([^*]{1,2000}?)(?<=\S)\1(?!\*)"), 2, ""),
    (re.compile(r"(?<![\w_\\])(_{1,3})(?=\S)([^_]{1,2000}?)(?<=\S)\1(?![\w_])"), 2, ""),
    (re.compile(r"~~(?=\S)([^~\n]{1,1000})~~"), 1, ""),
    (re.compile(r"(`{1,3})([^`\n]{1,500})\1"), 2, ""),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>|~<-])"), 1, ""),
)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, or text whose sentences belong together."""

    words: Marked
    heading: bool = False


def blocks(text: str) -> list[Block]:
    """The blocks of a Markdown or plain text, in order; code, comments and tables' rules are left out."""
    marked = Marked.whole(text).without(_FRONT).without(_COMMENT, put=" ")
    reader = _Lines(list(_outside_fences(marked)))
    return [Block(bare(block.words), block.heading) for block in reader.read() if block.words.text.strip()]


def bare(words: Marked) -> Marked:
    """Without emphasis, the addresses of links, marks of footnotes and tags."""
    for pattern, keep, put in _INLINE:
        words = words.without(pattern, keep=keep, put=put)
    return words.decoded(_REFERENCE)


def _outside_fences(marked: Marked) -> Iterator[Marked]:
    fence = ""
    for line in marked.lines():
        found = _FENCE.match(line.text)
        if fence:
            if found and found[1].startswith(fence) and not line.text.strip().strip(fence[0]):
                fence = ""
            continue
        if found:
            fence = found[1]
            yield line.part(0, 0)  # what stands before code and behind it are two paragraphs
            continue
        yield line


@dataclass
class _Lines:
    """Reads lines into blocks; `open` are those of the paragraph that is being read."""

    lines: Sequence[Marked]
    open: list[Marked] = field(default_factory=list)

    def read(self) -> Iterator[Block]:
        in_table = False
        for at, line in enumerate(self.lines):
            line = _without_quote(line)
            following = self.lines[at + 1].text if at + 1 < len(self.lines) else ""
            if _is_row(line.text) and (in_table or _is_separator(following)):
                yield from self._closed()
                yield from _cells(line, heading=not in_table)
                in_table = True
                continue
            in_table = False
            yield from self._line(line)
        yield from self._closed()

    def _line(self, line: Marked) -> Iterator[Block]:
        if self._is_title() and _UNDERLINE.match(line.text):
            yield from self._closed(heading=True)
        elif not line.text.strip() or _RULE.match(line.text) or _DEFINITION.match(line.text):
            yield from self._closed()
        elif heading := _HEADING.match(line.text):
            yield from self._closed()
            end = len(line.text.rstrip().rstrip("#"))
            yield Block(line.part(heading.end(), max(end, heading.end())), heading=True)
        elif begin := _ITEM.match(line.text) or _NOTE.match(line.text):
            yield from self._closed()
            self.open.append(line.part(begin.end(), len(line.text)))
        else:
            self.open.append(line)

    def _is_title(self) -> bool:
        """Whether the paragraph, if a line is drawn under it, is a heading and not the last before a rule."""
        return len(self.open) == 1 and len(self.open[0].text) <= _TITLE and self.open[0].text.rstrip()[-1] not in ".!?"

    def _closed(self, *, heading: bool = False) -> Iterator[Block]:
        if self.open:
            yield Block(Marked.joined(self.open), heading)
            self.open = []


def _without_quote(line: Marked) -> Marked:
    mark = _QUOTE.match(line.text)
    return line.part(mark.end(), len(line.text)) if mark else line


def _is_row(text: str) -> bool:
    return "|" in text


def _is_separator(text: str) -> bool:
    return "|" in text and bool(_SEPARATOR.match(text))


def _cells(row: Marked, *, heading: bool) -> Iterator[Block]:
    if _is_separator(row.text):
        return
    start = 0
    for bar in [*(match.start() for match in _BAR.finditer(row.text)), len(row.text)]:
        cell = row.part(start, bar)
        if cell.text.strip():
            yield Block(cell, heading)
        start = bar + 1
