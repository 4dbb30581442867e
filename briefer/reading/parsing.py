"""From the text of a sentence to its clauses and its expressions of time, which are no noun phrases of them.

In: the text of one sentence. Out: `Parsed`.
"""

import re
from typing import NamedTuple

from briefer.reading import dates
from briefer.reading.clauses import parse
from briefer.reading.dates import TimeExpression
from briefer.reading.phrases import Clauses
from briefer.reading.tags import tag
from briefer.reading.tokens import Tokens, tokenize

# How long a thing took says nothing of when it was.
_DURATION = re.compile(
    r"(?:for |after )?(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|some|few|many|"
    r"a few)[ -](?:hour|day|week|month|year)s?",
    re.IGNORECASE,
)
_OF_TIME = frozenset("on in at by since until during before after late early over".split())


class Parsed(NamedTuple):
    """A sentence as it is read: its clauses and its expressions of time."""

    clauses: Clauses
    times: list[TimeExpression]


def parse_sentence(sentence: str, *, offset: int = 0) -> Parsed:
    """Parse a sentence that starts at `offset` in its article."""
    tokens = tokenize(sentence, offset=offset)
    times = [time for time in dates.find(sentence) if not _DURATION.fullmatch(time.as_written)]
    return Parsed(parse(tokens, _with_times(tokens, tag(tokens), times, offset)), times)


def _with_times(tokens: Tokens, tags: str, times: list[TimeExpression], offset: int) -> str:
    if not times:
        return tags
    changed = list(tags)
    for time in times:
        for i, start in enumerate(tokens.starts):
            inside = time.start <= start - offset < time.end and tags[i] not in "PA"
            if inside and not _tells_which(i, tags):
                changed[i] = "T"
    for i in range(len(changed) - 1):
        # "On Friday": the preposition belongs to the time and opens no phrase of place.
        if changed[i] == "P" and changed[i + 1] == "T" and tokens.lower[i] in _OF_TIME:
            changed[i] = "T"
    return "".join(changed)


def _tells_which(i: int, tags: str) -> bool:
    """Whether a day only tells which thing is meant ("the Monday cattle market")."""
    return tags[i] == "T" and tags[i - 1 : i] in ("D", "J") and tags[i + 1 : i + 2] in ("N", "J", "E")
