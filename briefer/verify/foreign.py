"""Checks against evidence in a language that the reader does not know: names as written, numbers by value.

No frame can be read there, so a claim that stands these is unclear, and a judge may say more.
"""

import re
import unicodedata
from datetime import timedelta
from functools import cache
from importlib import resources

from briefer.reading import numbers
from briefer.types import Claim, Reason
from briefer.verify import cues
from briefer.verify.grounds import Grounds

_DIGITS = re.compile(r"\d+(?:[ .,\u00a0\u202f\u066c']\d{3}(?!\d))*")
_JOINED = re.compile(r"[^\W\d_]+")
_NEAR = timedelta(days=366)
_SHARED = 0.5
"""The share of words of one language by their first letters; paraphrase and endings cost the rest."""
_SHORTEST = 3
"""Letters of a name; in scripts that write words or syllables, two."""
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def wrong_number(claim: Claim, grounds: Grounds) -> Reason | None:
    """Every number of the claim must stand in the evidence by value, in digits of any script or as a known word."""
    there = values(grounds.text)
    stated = numbers.find(f"{claim.text} {claim.object}")
    bounds = [(number.low, number.best, number.high) for number in stated]
    bounds += [(count.low, count.best, count.high) for count in claim.casualties]
    bounds += [(kit.number, kit.number, kit.number) for kit in claim.equipment if kit.number is not None]
    for low, best, high in bounds:
        mine = {value for value in (low, best, high) if value is not None}
        # "More than 20" has a low of 21; "a soldier" needs no number.
        near = mine | {value - 1 for value in mine} if best is None else mine
        if mine and mine != {1} and near.isdisjoint(there):
            return Reason.WRONG_NUMBER
    return None


def wrong_name(claim: Claim, grounds: Grounds) -> Reason | None:
    """Names must stand in the evidence as they are written; a claim that names nothing there is made up."""
    if claim.place is not None and not _stands(claim.place.name, grounds.text):
        return Reason.WRONG_PLACE
    actors = [actor.name for actor in (*claim.actors, *claim.opponents)]
    if len({_plain(name) for name in actors}) < len(actors) or not all(_stands(name, grounds.text) for name in actors):
        return Reason.WRONG_ACTOR
    names = [*actors, *([claim.place.name] if claim.place is not None else [])]
    return None if any(_is_proper(name) for name in names) else Reason.FABRICATED


def wrong_date(claim: Claim, grounds: Grounds) -> Reason | None:
    """A day must be near the day of writing, or of a year that the evidence names."""
    day, written = claim.when.start, grounds.scene.written
    if day is None or day.year in values(grounds.text):
        return None
    return None if written is not None and abs(written - day) <= _NEAR else Reason.WRONG_DATE


def unsaid(claim: Claim, grounds: Grounds) -> Reason | None:
    """A sentence that a model wrote in the language of the evidence shares words with it."""
    if claim.kind in cues.CODED or grounds.language != grounds.article.language:
        return None
    stems = {word[:5] for word in _long_words(grounds.text)}
    mine = _long_words(claim.text)
    return Reason.FABRICATED if sum(word[:5] in stems for word in mine) < _SHARED * len(mine) else None


def _long_words(text: str) -> list[str]:
    return [word for word in _JOINED.findall(unicodedata.normalize("NFC", text).lower()) if len(word) > 3]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _stands(name: str, text: str) -> bool:
    """Whether the text holds the name, whole words only where its script divides words."""
    plain = _plain(name)
    letters = sum(letter.isalpha() for letter in plain)
    if letters < (2 if _DENSE.search(plain) else _SHORTEST):
        return False
    cased = any(letter.isupper() or letter.islower() for letter in plain)
    pattern = rf"(?<!\w){re.escape(plain)}(?!\w)" if cased else re.escape(plain)
    return re.search(pattern, _plain(text)) is not None


def _is_proper(name: str) -> bool:
    """Whether words look like a name: with a capital in scripts that have them, of some length in those that do not."""
    if any(letter.islower() or letter.isupper() for letter in name):
        return any(word[0].isupper() for word in _JOINED.findall(name))
    return len(name) >= (2 if _DENSE.search(name) else _SHORTEST + 1)


def values(text: str) -> set[int]:
    """The whole numbers of a text: in digits of any script, and as words of the languages in data/numerals.tsv."""
    found = {
        int("".join(str(unicodedata.digit(each)) for each in match[0] if each.isdigit()))
        for match in _DIGITS.finditer(text)
    }
    before = 0
    for word in _JOINED.findall(unicodedata.normalize("NFC", text).lower()):
        value = _numerals().get(word)
        if value is None:
            before = before if word in _AND else 0
            continue
        # "Vingt-trois" is twenty and three; "dos mil" is two times a thousand.
        joined = (
            before * value
            if value >= 100 and before
            else before + value
            if before % 10 == 0 or value < before
            else value
        )
        found |= {value, joined}
        before = joined
    return found


_AND = ("et", "y", "e", "und", "و", "i")


@cache
def _numerals() -> dict[str, int]:
    text = (resources.files(__package__) / "data" / "numerals.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {word: int(value) for value, listed in rows for word in listed.split()}
