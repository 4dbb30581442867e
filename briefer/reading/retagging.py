"""What only the tags of a whole sentence show: fixed phrases, long names, and verbs that were taken for nouns.

In: `Tokens` and the tags that the words have one by one. Out: the tags of the sentence.
"""

import re
from functools import cache
from itertools import pairwise

from briefer.reading.heads import heads
from briefer.reading.tokens import Tokens
from briefer.reading.verbs import rows
from briefer.reading.word_classes import classes, is_plural

_CLAUSE = re.compile(r"[^,;.\"KW()-]+")
_VERBLESS = re.compile(r"[^vdzpgBMHO]+")
_PARTICLES = frozenset("down back over off out up into on in at".split())
_OWNED_NAME = re.compile(r"EA(E+)")
_OWNED_BY_ALL = frozenset("people workers farmers peasants soldiers women students citizens".split())
_LONG_NAME = re.compile(r"(?<=[DNJ])(E)C(E+)")
_SITES = ("square", "hospital", "street", "bridge", "mosque", "gate")
_UNITS = frozenset("km kilometre kilometres kilometer kilometers mile miles metre metres meter meters m".split())
_ABOUT = frozenset("about some nearly around approximately roughly almost over around as only just".split())
_DIRECTION = re.compile(r"(?:north|south)?-?(?:east|west)|north|south")


def retag(tokens: Tokens, tags: str) -> str:
    """The tags with the mistakes put right that a word's neighbours alone do not show."""
    lower = tokens.lower
    tags = _with_long_names(lower, tags)
    tags = _with_fighting(lower, tags) if "fighting" in lower else tags
    return _with_verbs(tokens, _with_fixed_phrases(lower, tags))


@cache
def _fixed() -> dict[tuple[str, str], str]:
    return {(first, second): tags for tags, listed in rows("fixed_phrases.tsv") for first, second in _pairs(listed)}


def _pairs(listed: str) -> list[list[str]]:
    return [phrase.split() for phrase in listed.split("; ")]


@cache
def _openings() -> frozenset[str]:
    """The first words of all that `_with_fixed_phrases` looks for, but for what stands before "of"."""
    return _ABOUT | {"yet"} | {first for first, _ in _fixed()}


def _with_fixed_phrases(lower: tuple[str, ...], tags: str) -> str:
    changed = list(tags)
    for i, (one, other) in enumerate(pairwise(lower)):
        if one not in _openings() and other != "of":
            continue
        if fixed := _fixed().get((one, other)):
            if one != "up" or tags[i + 2 : i + 3] in ("Q", "R"):
                changed[i : i + 2] = fixed
        elif one in _ABOUT and changed[i + 1] in "QD":
            changed[i] = "r" if changed[i + 1] == "Q" else changed[i]
        elif one == "yet" and other == "to":
            changed[i] = "X"  # "had yet to enter" is a negation
        elif other == "of" and _DIRECTION.fullmatch(one):
            _tag_direction(i, lower, changed)
    return "".join(changed)


def _tag_direction(i: int, lower: tuple[str, ...], tags: list[str]) -> None:
    """Tag the word before "of" that is a direction, and a distance before it."""
    if i and lower[i - 1] == "the":
        tags[i] = "N"  # "the east of the city" is a part of it
    elif tags[i] in "RJNEP":
        tags[i : i + 2] = "PP"  # "north of" is one preposition
        end = _before_brackets(i, tags)
        if end > 1 and tags[end - 2 : end] == ["Q", "N"] and lower[end - 1] in _UNITS:
            tags[end - 2 : i] = "R" * (i - end + 2)


def _before_brackets(i: int, tags: list[str]) -> int:
    """Where the brackets right before a place open ("600 km (400 miles) east of"), or that place itself."""
    if tags[i - 1 : i] != [")"]:
        return i
    return next((at for at in range(i - 2, max(-1, i - 6), -1) if tags[at] == "("), i)


def _with_fighting(lower: tuple[str, ...], tags: str) -> str:
    """A verb for "fighting" with a purpose ("rebels fighting to overthrow him")."""
    changed = list(tags)
    for i in range(1, len(tags) - 2):
        if lower[i : i + 2] == ("fighting", "to") and tags[i - 1] in "NE" and tags[i + 2] == "v":
            changed[i] = "g"
    return "".join(changed)


def _with_verbs(tokens: Tokens, tags: str) -> str:
    """A clause without a verb was read wrong: its first noun that can be one, and has an object behind it, is it."""
    changed = list(tags)
    for clause in _CLAUSE.finditer(tags):
        if not _VERBLESS.fullmatch(clause.group()):
            continue
        for i in range(clause.start() + 1, clause.end()):
            if (verb := _hidden_verb(i, tokens, tags)) and _governs(i, tokens, tags):
                changed[i] = verb
                break
    return "".join(changed)


def _hidden_verb(i: int, tokens: Tokens, tags: str) -> str:
    if tags[i] not in "NJ" or tags[i - 1] not in "NER":
        return ""
    found = classes(tokens.lower[i])
    before = tokens.lower[i - 1] if tags[i - 1] != "R" or i < 2 else tokens.lower[i - 2]
    for letter in "dz":
        if letter in found:
            return letter
    return "v" if "v" in found and is_plural(before) else ""


def _governs(i: int, tokens: Tokens, tags: str) -> bool:
    """Whether what follows is an object or a particle with one."""
    after = tags[i + 1 : i + 2]
    return (
        after in ("D", "E", "Q", "U", "J", "r")
        or (after in ("P", "R") and tokens.lower[i + 1] in _PARTICLES)
        or (after == "N" and tags[i + 2 : i + 3] in ("P", ".", ",", "T", ""))
    )


def _with_long_names(lower: tuple[str, ...], tags: str) -> str:
    """One name for "the People's Defence Force", and for "the Dignity and Unity Front", which is an organisation's."""
    for match in _OWNED_NAME.finditer(tags):
        last = lower[match.end() - 1]
        long = match.end() - match.start(1) > 1 or lower[match.start()] in _OWNED_BY_ALL
        owned = last in heads("organisation") and long
        if owned or last in _SITES:
            at = match.start() + 1
            tags = f"{tags[:at]}E{tags[at + 1 :]}"
    for match in _LONG_NAME.finditer(tags):
        if lower[match.end() - 1] in heads("organisation") and lower[match.start(1)] not in heads("organisation"):
            at = match.start(1) + 1
            tags = f"{tags[:at]}E{tags[at + 1 :]}"
    return tags
