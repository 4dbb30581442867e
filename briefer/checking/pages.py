"""A summary as an HTML page in; its headings, paragraphs, items and cells out, every character with its offset.

The tags are read by a pattern of our own: the standard library's parser gives up its time to comments and tags that
never end, in proportion to the square of their number.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from briefer.checking.blocks import Block, bare
from briefer.checking.marked import Marked

_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 th dt caption figcaption summary legend".split())
_PARTS = _HEADINGS | frozenset(
    """address article aside blockquote body br center dd details div dl fieldset figure footer header hr html li main
    ol p pre section table tbody td tfoot thead tr ul""".split()
)
_UNSEEN = "head|script|style|template|noscript|svg|math|nav|form|button|select|textarea|iframe|title"
_TAG = re.compile(
    rf"<!--(?:(?!-->|<!--).){{0,5000}}-->|<[!?][^<>]*+>"
    rf"|<(?P<unseen>{_UNSEEN})\b[^<>]*+>|<(?P<end>/?)(?P<tag>[A-Za-z][A-Za-z0-9]*)\b[^<>]*+>",
    re.DOTALL | re.IGNORECASE,
)
_MARK = re.compile(r"\s*[\[(]?(?:\d{1,3}|[a-z*†‡])[\])]?\s*")
_BREAK = re.compile(r"[\r\n\t]")


def page_blocks(text: str) -> list[Block]:
    """The blocks of a page, in order; what a reader does not see, menus and forms are left out."""
    return list(_Page(text).read())


@dataclass
class _Page:
    """Reads a page into blocks; `open` are the parts of the block that is being read, `raised` where a mark begins."""

    text: str
    open: list[Marked] = field(default_factory=list)
    heading: bool = False
    raised: int = -1
    ends: dict[str, list[int]] = field(default_factory=dict)

    def read(self) -> Iterator[Block]:
        at = 0
        while tag := _TAG.search(self.text, at):
            self._add(at, tag.start())
            at = tag.end()
            if tag["unseen"]:
                at = self._behind(tag["unseen"].lower(), at)
            elif tag["tag"]:
                yield from self._tag(tag["tag"].lower(), ends=bool(tag["end"]))
        self._add(at, len(self.text))
        yield from self._closed()

    def _tag(self, tag: str, *, ends: bool) -> Iterator[Block]:
        if tag in _PARTS:
            yield from self._closed()
            self.heading = tag in _HEADINGS and not ends
        elif tag == "sup" and not ends:
            self.raised = len(self.open)
        elif tag == "sup" and self.raised >= 0:
            if _MARK.fullmatch("".join(part.text for part in self.open[self.raised :])):
                del self.open[self.raised :]
            self.raised = -1

    def _closed(self) -> Iterator[Block]:
        words = bare(Marked.joined(self.open))
        if words.text.strip():
            yield Block(words, self.heading)
        self.open, self.heading, self.raised = [], False, -1

    def _add(self, start: int, end: int) -> None:
        if start < end:
            self.open.append(Marked(_BREAK.sub(" ", self.text[start:end]), range(start, end)))

    def _behind(self, tag: str, at: int) -> int:
        """Where an element that is not seen ends; where nothing ends it, it holds nothing."""
        if tag not in self.ends:
            pattern = rf"</{tag}\b[^<>]*+>" if tag != "head" else r"</head\b[^<>]*+>|(?=<body\b)"
            self.ends[tag] = [match.end() for match in re.finditer(pattern, self.text, re.IGNORECASE)]
        ends = self.ends[tag]
        return ends[next_] if (next_ := bisect_left(ends, at)) < len(ends) else at
