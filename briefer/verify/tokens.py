"""The words of a text as the checks compare them: raw, flat and by stem; which of them carry meaning."""

import re
from functools import cache, lru_cache

from briefer.reading.heads import singular
from briefer.reading.names import fold
from briefer.reading.verbs import forms, rows
from briefer.reading.word_classes import closed

_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’][^\W_]+)*")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_JOINT = re.compile(r"[-‐‑'’]")
_MARKS = re.compile(r"[^\w ]+")
_BLANKS = re.compile(r" {2,}")
_STEM = 5
"""Letters that words of one root share ("govern", "government"); with fewer, "captain" is a capture."""
_ENDING = re.compile(r"(?<=\w{3})(?:ing|ed|er|ers)$")
_OWNER = re.compile(r"(?<=\w)['’]s\b")


def words(text: str) -> list[str]:
    """The words of a text as written, without an owner's s and the dots of "U.S."."""
    plain = _DOTTED.sub(lambda found: found[0].replace(".", ""), text) if "." in text else text
    return _WORD.findall(_OWNER.sub("", plain))


def parts(text: str) -> list[str]:
    """The words of a text as written, those with a hyphen in their parts."""
    return [part for word in words(text) for part in _JOINT.split(word) if part]


@lru_cache(maxsize=8192)
def flat(text: str) -> str:
    """The text under the folding key of names, with no mark left and a blank at either end."""
    return f" {_BLANKS.sub(' ', _MARKS.sub(' ', fold(_OWNER.sub('', text)))).strip()} "


@lru_cache(maxsize=32768)
def stem(word: str) -> str:
    """What the forms of one word share, roughly: its base form where it is irregular, else its first letters."""
    lower = fold(word)
    lower = _ENDING.sub("", _irregular().get(lower) or singular(lower))
    if len(lower) > 3 and lower[-1] == lower[-2]:
        lower = lower[:-1]  # "stopped"
    return lower.rstrip("e")[:_STEM]


@cache
def _irregular() -> dict[str, str]:
    return {
        form: base
        for base, past, participle in rows("irregular.tsv")
        for form in f"{past} {participle}".split()
        if form not in _OWN
    }


_OWN = frozenset("found felt lay saw wound ground".split())  # forms that are words of their own


@lru_cache(maxsize=32768)
def is_empty(word: str) -> bool:
    """Whether a word says nothing by itself: of a closed class, of time or of number, or too short for a name."""
    lower = word.lower()
    return len(lower) < 2 or closed().get(lower, "") not in ("", "J")


def carrying(text: str) -> list[str]:
    """The words of a text that carry its meaning, lower case, in order; numbers are held elsewhere."""
    return [word.lower() for word in words(text) if len(word) > 2 and not is_empty(word) and not word[0].isdigit()]


def share_words(one: str, other: str) -> bool:
    """Whether two texts share a word that says something, in any of its forms."""
    stems = [{stem(word) for word in words(text) if not is_empty(word)} for text in (one, other)]
    return not stems[0].isdisjoint(stems[1])


@cache
def every_form(lemmas: str) -> frozenset[str]:
    """Every form of every base form of a list, verb or noun."""
    return frozenset(form for lemma in lemmas.split() for form in (*forms(lemma), f"{lemma}s", f"{lemma}es"))
