"""A text in; the ISO 639-1 code of its language out, or "" when the text does not tell."""

import re
from collections import Counter
from functools import lru_cache

from briefer.clean.tables import sections

SAMPLE = 2500  # characters; more text does not change the answer
SURE = 0.12  # of the words are function words of the language: running prose has 0.25 and more, lists of names none
AHEAD = 1.25  # times as many function words as the runner-up: Portuguese and Spanish share half of theirs

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_BY_SCRIPT = (
    ("he", 0x0590, 0x05FF), ("hi", 0x0900, 0x097F), ("my", 0x1000, 0x109F), ("am", 0x1200, 0x139F),
    ("ko", 0xAC00, 0xD7AF), ("ja", 0x3040, 0x30FF), ("zh", 0x4E00, 0x9FFF), ("zh", 0x3400, 0x4DBF),
    ("cyrillic", 0x0400, 0x052F), ("arabic", 0x0600, 0x077F), ("arabic", 0xFB50, 0xFEFC),
)  # fmt: skip


def language(text: str) -> str:
    """The language that most of the words are in, among those of `data/languages.txt` and those told by script.

    Names do not count, only function words do: English war reporting full of foreign names is English.
    """
    sample = text[:SAMPLE]
    scripts = _scripts(sample)
    letters = sum(scripts.values())
    if letters < 12:
        return ""
    # Japanese is told by its kana, which stand among more Chinese characters
    if scripts["ja"] > 0.1 * letters:
        return "ja"
    script, count = max(scripts.items(), key=lambda entry: (entry[1], entry[0]))
    if count < 0.5 * letters:
        return ""
    if script in ("latin", "arabic", "cyrillic"):
        return _by_words(sample, script) or _by_letters(sample, script)
    return "" if script == "other" else script


def _scripts(sample: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for character, count in Counter(sample).items():
        if character.isalpha():
            found[_script(ord(character))] += count
    return found


def _script(code: int) -> str:
    if code < 0x0250 or 0x1E00 <= code <= 0x1EFF:
        return "latin"
    return next((name for name, first, last in _BY_SCRIPT if first <= code <= last), "other")


def _by_words(sample: str, script: str) -> str:
    words = _WORD.findall(sample)
    # names are no evidence: "Al" is an article in four languages and a part of most names in another
    plain = [word for word in words if not word[0].isupper()]
    words = plain if len(plain) * 4 > len(words) else [word.lower() for word in words]
    known = _function_words(script)
    counts: Counter[str] = Counter()
    for word, count in Counter(words).items():
        for code in known.get(word, ()):
            counts[code] += count
    ranked = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    if not ranked or ranked[0][1] < max(2, SURE * len(words)):
        return ""
    runner_up = ranked[1][1] if len(ranked) > 1 else 0
    return ranked[0][0] if ranked[0][1] >= AHEAD * runner_up else _by_letters(sample, script)


def _by_letters(sample: str, script: str) -> str:
    """By letters that only one language of the script has; Arabic is the one without any of them."""
    if script == "latin":
        return ""
    present = Counter(sample)
    own = {code: sum(present[letter] for letter in letters) for code, letters in _own_letters().items()}
    candidates = [code for code in _codes(script) if own.get(code, 0) > 0]
    if candidates:
        return max(candidates, key=lambda code: (own[code], code))
    return "ar" if script == "arabic" else ""


@lru_cache(maxsize=4)
def _function_words(script: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for line in sections("languages.txt")[script]:
        code, *words = line.split()
        for word in set(words):
            found.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in found.items()}


@lru_cache(maxsize=4)
def _codes(script: str) -> tuple[str, ...]:
    return tuple(line.split()[0] for line in sections("languages.txt")[script])


@lru_cache(maxsize=1)
def _own_letters() -> dict[str, str]:
    return {line.split()[0]: line.split()[1] for line in sections("languages.txt")["letters"]}
