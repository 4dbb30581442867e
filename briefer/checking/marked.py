"""Text that knows where it came from: each of its characters has an offset into the file it was read from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")


@dataclass(frozen=True, slots=True)
class Marked:
    """Characters, and the offset of each in the file."""

    text: str
    offsets: Sequence[int]

    @classmethod
    def whole(cls, text: str) -> "Marked":
        """A file as it is."""
        return cls(text, range(len(text)))

    @classmethod
    def joined(cls, parts: Sequence["Marked"]) -> "Marked":
        """The parts one behind the other."""
        return cls("".join(part.text for part in parts), [offset for part in parts for offset in part.offsets])

    def part(self, start: int, end: int) -> "Marked":
        """The characters `start` to before `end`."""
        return Marked(self.text[start:end], self.offsets[start:end])

    def lines(self) -> Iterator["Marked"]:
        """Its lines, each with its line break."""
        for match in _LINE.finditer(self.text):
            yield self.part(*match.span())

    def without(self, pattern: re.Pattern[str], *, keep: int | None = None, put: str = "") -> "Marked":
        """Without what the pattern matches, but with its group `keep`, or `put` in its stead."""
        parts: list[Marked] = []
        at = 0
        for match in pattern.finditer(self.text):
            parts.append(self.part(at, match.start()))
            if keep is not None:
                parts.append(self.part(*match.span(keep)))
            elif put:
                parts.append(Marked(put, [self.offsets[match.start()]] * len(put)))
            at = match.end()
        return Marked.joined([*parts, self.part(at, len(self.text))]) if at else self

    def decoded(self, pattern: re.Pattern[str]) -> "Marked":
        """With every character reference that the pattern matches as the characters that it stands for."""
        parts: list[Marked] = []
        at = 0
        for match in pattern.finditer(self.text):
            meant = unescape(match[0])
            parts += [self.part(at, match.start()), Marked(meant, [self.offsets[match.start()]] * len(meant))]
            at = match.end()
        return Marked.joined([*parts, self.part(at, len(self.text))]) if at else self
