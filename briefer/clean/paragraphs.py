"""Lines in; paragraphs out, one a string, with lines put together that were only broken to fit a width."""

from collections.abc import Sequence
from itertools import pairwise

NARROW = 110  # characters; a text with longer lines is not broken to a width
_ENDS = tuple('.!?…:;。！？؟۔।"”’»)]')


def paragraphs(lines: Sequence[str]) -> list[str]:
    """The paragraphs of a text: parted by blank lines, or by line breaks where lines are whole paragraphs."""
    broken = width(lines)
    found: list[str] = []
    above = ""
    for line in lines:
        if above and line and _goes_on(above, line, broken):
            found[-1] = f"{found[-1]} {line}"
        elif line:
            found.append(line)
        above = line
    return found


def _goes_on(above: str, line: str, width: int) -> bool:
    """Whether a line is the rest of the one above it."""
    if line[0].islower():
        return True
    return bool(width) and len(above) >= 0.6 * width and not (len(above) < 0.75 * width and above.endswith(_ENDS))


def width(lines: Sequence[str]) -> int:
    """The width that a text was broken to, or 0: most lines that have another one below them nearly fill it."""
    inner = [len(line) for line, below in pairwise(lines) if line and below]
    widest = max(map(len, lines), default=0)
    if len(inner) < 3 or not 30 <= widest <= NARROW:
        return 0
    return widest if sum(1 for length in inner if length >= 0.75 * widest) >= 0.7 * len(inner) else 0
