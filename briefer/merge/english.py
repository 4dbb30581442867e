"""English forms for lines made from fields: verbs, number, lists, and text made safe for one line.

In: base verbs, names, phrases. Out: their forms; nothing here knows what an event is.
"""

import re
import unicodedata
from collections.abc import Sequence

from briefer.merge import lexicon

LONGEST = 240  # characters of one line; a longer one is cut at a word
_HEAD_ENDS = re.compile(r"\s+(?:of|from|in|for|loyal|allied|backed)\b|\s+\(")
_SINGULAR_ENDINGS = ("ss", "us", "ais", "sis", "as", "'s", "’s")  # "Banu Qais", "crisis", "Hamas"; but "Houthis"
_WORDS = re.compile(r"[\w'’.-]+")


def third(verb: str) -> str:
    """ "capture" -> "captures"."""
    if verb in lexicon.irregular():
        return lexicon.irregular()[verb][0]
    return f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z")) else f"{verb}s"


def past(verb: str) -> str:
    """ "capture" -> "captured"."""
    if verb in lexicon.irregular():
        return lexicon.irregular()[verb][1]
    return f"{verb}d" if verb.endswith("e") else f"{verb}ed"


def participle(verb: str) -> str:
    """ "withdraw" -> "withdrawn"."""
    return lexicon.irregular()[verb][2] if verb in lexicon.irregular() else past(verb)


def plural(name: str) -> bool:
    """Whether a name takes a plural verb: "rebels", "Syrian Armed Forces", "Brigades of the Martyrs"."""
    head = _HEAD_ENDS.split(name.strip(), maxsplit=1)[0]
    words = _WORDS.findall(head)
    if not words:
        return False
    last = words[-1]
    if last.lower() in lexicon.singular_words() or (last.isupper() and len(last) > 1):
        return False
    if last.lower() in lexicon.plural_words():
        return True
    return len(last) > 3 and last.endswith("s") and not last.endswith(_SINGULAR_ENDINGS)


def many(names: Sequence[str]) -> bool:
    """Whether the names together take a plural verb."""
    return len(names) > 1 or any(plural(name) for name in names)


def joined(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C", "A, B and 3 others"."""
    if len(names) > 3:
        return f"{names[0]}, {names[1]} and {len(names) - 2} others"
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part) if names else ""


def plain(text: str) -> str:
    """The text as one line of at most LONGEST characters, without control or formatting characters."""
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(letter)[0] == "C" else letter for letter in text)
    line = " ".join(text.split()).replace(" ,", ",").replace(" ;", ";")
    if len(line) <= LONGEST:
        return line
    return line[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,;") + "…"


def capital(text: str) -> str:
    """The text with its first letter a capital, unless its first word has a capital of its own ("eJordan")."""
    first = text.split(" ", 1)[0]
    return text if any(letter.isupper() for letter in first[1:]) else text[:1].upper() + text[1:]
