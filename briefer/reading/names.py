"""Names in, out: the key they are looked up by, their initials, and how likely two are one name spelt twice.

Names from other scripts reach English in many spellings (Qaddafi, Gaddafi, Kadhafi). `fold` makes a key of one
spelling, `same_spelling` compares two.
"""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

SAME = 0.86
"""At or above this value of `same_spelling` two names may be treated as one; best on the pairs of the tests."""

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "ß": "ss", "ı": "i", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ə": "a", "ħ": "h"}
)
_SILENT = dict.fromkeys(map(ord, "'’‘ʻʼʾʿ`´ʹʺ\"“”.·\u200e\u200f\u200b\u00ad"), "")
_BLANKS = dict.fromkeys(map(ord, "-‐‑–—_/,()"), " ")
_FOLDED = _LETTERS | _SILENT | _BLANKS
_ARTICLE = re.compile(r"\b(?:al|el|il|ul|a[dnrstz]|adh|ath|ash|e[dnrstz]|edh|eth|esh|ech|ehz)(?= [^ ])")
_GLUED_ARTICLE = re.compile(r"(?<= )[ae]([dlnrstz])\1(?=[aeiou])")  # "Deir Ezzor"
_DOUBLED = re.compile(r"([bcdfghjklmnpqrstvwxz])\1+")
_LAST_AH = re.compile(r"(?<=[^aeiou ])[ae]h\b")
_SAINT = re.compile(r"\b(?:st|ste|sankt|sint)(?= [^ ])")
_MANY_BLANKS = re.compile(r"\s+")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The key of a name: lower case, no diacritics, apostrophes or dots, hyphens as blanks, every Arabic article "al".

    "Deir ez-Zor" and "Deir al Zor" have one key, "Ash-Shaddadi" and "al-Shaddadi" too. Other scripts are kept.
    """
    key = name.lower()
    if not key.isascii():
        key = "".join(c for c in unicodedata.normalize("NFKD", key) if not unicodedata.combining(c)).lower()
    key = _MANY_BLANKS.sub(" ", key.translate(_FOLDED)).strip()
    if " " not in key:
        return key
    return _SAINT.sub("saint", _GLUED_ARTICLE.sub(r"al \1", _ARTICLE.sub("al", key)))


@lru_cache(maxsize=65536)
def loose(name: str) -> str:
    """A coarser key for looking names up: `fold` with doubled consonants single and a last -ah or -eh as -a.

    "Maarrat al-Numan" and "Maarat al-Numan" share it, "Fallujah" and "Faluja" too.
    """
    return _LAST_AH.sub("a", _DOUBLED.sub(r"\1", fold(name)))


def initials(name: str) -> str:
    """The capitals that an abbreviation would have: "Syrian Arab Army" gives "SAA"; small words give none."""
    return "".join(
        word[0].upper() for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)*", name) if word.lower() not in _SMALL
    )


_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SMALL = frozenset("of the and for in on to a an al el de la du des".split())

# The sounds that spellings stand for, longest first. One letter a sound: S is sh, x is kh, C is ch, D is dh, G is gh.
_SOUNDS = (
    ("tsch", "C"), ("tch", "C"), ("sch", "S"), ("shch", "S"), ("kh", "x"), ("gh", "g"), ("dh", "D"), ("th", "t"),
    ("sh", "S"), ("ch", "C"), ("zh", "j"), ("dj", "j"), ("dzh", "j"), ("ts", "c"), ("tz", "c"), ("ph", "f"),
    ("ck", "k"), ("q", "k"), ("ya", "ia"), ("yo", "io"), ("aye", "ai"), ("ay", "ai"), ("ey", "ai"), ("ei", "ai"),
    ("aw", "o"), ("au", "o"), ("ou", "u"), ("oo", "u"), ("ow", "o"), ("ee", "i"), ("iy", "i"), ("ie", "i"), ("y", "i"),
)  # fmt: skip
_BEFORE_CONSONANTS = frozenset(("aw", "ow"))  # before a vowel the w is one of its own: "Rawan"
_SOUND = re.compile(
    "|".join(
        f"{spelling}(?![aeiou])" if spelling in _BEFORE_CONSONANTS else spelling
        for spelling in sorted((spelling for spelling, _ in _SOUNDS), key=len, reverse=True)
    )
)
_SOUND_OF = dict(_SOUNDS)
_TWICE = re.compile(r"(.)\1+")
_JOINED_ARTICLE = re.compile(r"(?<= )[ae]([bcdfgjklmnqrstvwxz])\1")
_FEMININE = re.compile(r"(?:(?<=[^aeiou])[ae]h|(?<=[iy])e|(?<=[aeiou])h)\b")
_VOWELS = frozenset("aeiou")
_CLOSE = {  # sounds that one letter of another script is written as, and how far apart they are
    frozenset(pair): cost
    for pair, cost in {
        "gk": 0.25, "xh": 0.25, "xk": 0.45, "xg": 0.6, "gh": 0.5, "kh": 0.8, "kC": 0.8, "Dd": 0.2, "Dz": 0.3, "td": 0.5,
        "SC": 0.3, "Ss": 0.5, "jg": 0.4, "jC": 0.6, "zj": 0.6, "ji": 0.5, "vw": 0.15, "vf": 0.4, "vb": 0.5, "bp": 0.6,
        "cs": 0.45, "cC": 0.5, "ck": 0.5, "sz": 0.4, "wu": 0.2, "wo": 0.3,
        "ou": 0.15, "ei": 0.35, "ae": 0.5, "ai": 0.8, "ao": 0.7, "eo": 0.9, "au": 0.9, "iu": 1.0,
    }.items()
}  # fmt: skip
_VOWEL_GAP, _WEAK_GAP, _GAP, _SWAP = 0.35, 0.4, 1.1, 1.4  # what is left out or put in; what is exchanged
_WEAK = frozenset("hw")  # sounds that many spellings leave out
_LONGEST = 80  # characters; what is longer is no name
_FAR = 45  # of 100; names less alike than this letter by letter are never one, and most pairs end here


@lru_cache(maxsize=65536)
def _sounds(name: str) -> str:
    key = _JOINED_ARTICLE.sub(r"\1", fold(name[:_LONGEST]))
    key = " ".join(word for word in key.split() if word != "al") or key
    key = _FEMININE.sub(lambda found: "a" if found[0] != "h" else "", key).replace("x", "ks")
    return _TWICE.sub(r"\1", _SOUND.sub(lambda found: _SOUND_OF[found[0]], _TWICE.sub(r"\1", key)).replace(" ", ""))


@lru_cache(maxsize=65536)
def same_spelling(a: str, b: str) -> float:
    """How likely two spellings are one name brought over from another script twice, from 0 to 1; symmetric.

    Treat two names as one at `SAME` (0.86) or above: on the table of the tests that joins no two different names. Names
    that history changed (Kiev and Kyiv) are a matter of lists, not of spelling.
    """
    one, other = _sounds(a), _sounds(b)
    if one == other:
        return 1.0 if one else float(a == b)
    if not one or not other or _fold_ratio(a, b) < _FAR:
        return 0.0
    consonants = max(sum(sound not in _VOWELS for sound in word) for word in (one, other))
    # In a short name one vowel is more of the name: Brega is not Braga.
    length = consonants + (1 if consonants > 3 else 0.5)
    return max(0.0, round(1.0 - _distance(*sorted((one, other))) / length, 3))


def _fold_ratio(a: str, b: str) -> float:
    return fuzz.ratio(_sounds(a).lower(), _sounds(b).lower())


def _distance(one: str, other: str) -> float:
    """Edit distance by sounds; `one` and `other` are cut at 40 sounds, longer than any name."""
    one, other = one[:40], other[:40]
    row = [0.0]
    for sound in other:
        row.append(row[-1] + _gap(sound))
    for sound in one:
        before, row = row, [row[0] + _gap(sound)]
        for column, against in enumerate(other):
            exchanged = before[column] + (0.0 if sound == against else _exchange(sound, against))
            row.append(min(exchanged, before[column + 1] + _gap(sound), row[-1] + _gap(against)))
    return row[-1]


def _gap(sound: str) -> float:
    return _VOWEL_GAP if sound in _VOWELS else _WEAK_GAP if sound in _WEAK else _GAP


def _exchange(sound: str, against: str) -> float:
    return _CLOSE.get(frozenset((sound, against)), _SWAP)
