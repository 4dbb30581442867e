"""Nouns that are verbs where they stand: "denied shelling the bridge", "the army plans to attack".

In and out: the tags of a sentence (`tags.tag`).
"""

import re

from briefer.reading.tokens import Tokens
from briefer.reading.verbs import REPORTING, base_form, speech

REPORTS = frozenset(
    "report reports claim claims allegation allegations rumour rumours rumor rumors suggestion suggestions "
    "accusation accusations statement statements assertion assertions".split()
)
"""What is denied where somebody denies words, not deeds."""

_PLANNED = re.compile(r"(?<=[NEQ])N(?=tv[^dzMBHO,;KWC\"]*(?:[,;KWC\".]|$))")


def with_deeds(tokens: Tokens, tags: str) -> str:
    """The tags with nouns in -ing behind a denial, and "plans" before an infinitive, made the verbs they are."""
    changed = list(tags)
    for i in range(1, len(tags) - 1):
        word = tokens.lower[i]
        if tags[i] in "NJ" and word.endswith("ing") and tags[i - 1] in "dzvp" and tags[i + 1] in "DENQ":
            denied = speech(base_form(tokens.lower[i - 1], tags[i - 1])) == "deny"
            changed[i] = "g" if denied and tokens.lower[i + 1] not in REPORTS else tags[i]
        elif word == "plans" and i > 1 and _PLANNED.match(tags, i) and _no_verb_before(tokens, tags, i):
            changed[i] = "z"
    return "".join(changed)


def _no_verb_before(tokens: Tokens, tags: str, end: int) -> bool:
    """Whether only verbs of saying stand before a word in its clause."""
    for i in range(end - 1, -1, -1):
        if tags[i] in ',;KWC"':
            return True
        if tags[i] in "vdzpgMBHO" and base_form(tokens.lower[i], tags[i]) not in REPORTING:
            return False
    return True
