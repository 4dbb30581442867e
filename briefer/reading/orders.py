"""Text that gives orders to the machine that reads it ("ignore previous instructions and ..."), by data/orders.txt.

Such a sentence is a sentence of its source like any other, and no source for what it orders.
"""

import re
from functools import cache
from importlib import resources


@cache
def _pattern() -> re.Pattern[str]:
    text = resources.files("briefer.reading").joinpath("data/orders.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return re.compile("|".join(f"(?:{line})" for line in lines), re.IGNORECASE)


def orders(sentence: str) -> bool:
    """Whether a sentence gives an order to its reader's machine."""
    return _pattern().search(sentence) is not None
