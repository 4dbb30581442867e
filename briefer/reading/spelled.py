"""Number words in, their value out: "two hundred and fifty" is 250. The first word that does not fit ends it."""

from collections.abc import Sequence
from dataclasses import dataclass

ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
PLURALS = {"tens": 20, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "millions": 2 * 10**6}
"""Words of unknown size and the least that they can mean: two of each."""
PARTS = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "tenth": 10}


@dataclass(frozen=True, slots=True)
class Spelled:
    """A value, how many of the words it took, and the scale of its last word (1 where it has none)."""

    value: int
    used: int
    scale: int


def spell(words: Sequence[str]) -> Spelled:
    """The value of lower-case number words, `and` among them; `used` is 0 where the first does not fit."""
    total, current, used, largest, scale = 0, 0, 0, 10**15, 1
    for index, word in enumerate(words):
        if word == "and":
            if not total and current < 100:
                break
            continue
        if not _fits(word, current, largest):
            break
        if word in ONES or word in TENS:
            current += ONES.get(word) or TENS[word]
        elif SCALES[word] <= 100:
            scale = SCALES[word]
            current = max(current, 1) * scale
        else:
            largest = scale = SCALES[word]
            total, current = total + max(current, 1) * scale, 0
        used = index + 1
    return Spelled(total + current, used, scale)


def _fits(word: str, current: int, largest: int) -> bool:
    if word in ONES:
        return current % 10 == 0 and current % 100 != 10 if ONES[word] < 10 else current % 100 == 0
    if word in TENS:
        return current % 100 == 0
    scale = SCALES.get(word, largest)
    return current < 100 if scale <= 100 else scale < largest
