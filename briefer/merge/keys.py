"""Keys under which names and words meet: spelling folded, articles and nouns for "forces" and "town" set aside.

In: names as they are written. Out: short strings or sets of words to index by; no judgement about likeness.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from briefer.merge import lexicon
from briefer.reading.lexicon import KnownActor, actors, generic_actors
from briefer.reading.names import fold

_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")
_OF = re.compile(
    r"^(?:the )?(?P<kind>\w+) (?:of|from|loyal to|allied (?:to|with)|faithful to|backing|supporting) (?:the )?"
    r"(?P<rest>.+)$"
)
_DROPPED = frozenset({"the", "a", "an", "of", "for", "al", "el", "as", "ash", "ar", "at", "ad", "az"})


_ORDINALS = {
    word: f"{number}{'st' if number == 1 else 'nd' if number == 2 else 'rd' if number == 3 else 'th'}"
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        start=1,
    )
}


@lru_cache(maxsize=1 << 16)
def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order."""
    return tuple(_WORD.findall(fold(text)))


@lru_cache(maxsize=1 << 16)
def proper(name: str) -> bool:
    """Whether this is a name rather than a common noun: it has a capital that does not only begin a sentence."""
    bare = name[4:] if name[:4].lower() == "the " else name
    if any(letter.isupper() or letter.isdigit() for letter in bare[1:]):
        return True
    return bare[:1].isupper() and not _begins_commonly(words(bare))


def _begins_commonly(parts: Sequence[str]) -> bool:
    """Whether the words are a noun for an actor in general: "rebel forces", "insurgents", "troops"."""
    listed = generic_actors()
    first = parts[0] if parts else ""
    return " ".join(parts) in listed or first in listed or f"{first}s" in listed or singular(first) in listed


def short_form(name: str) -> bool:
    """Whether the name is an abbreviation: one word of capitals."""
    bare = name.replace(".", "").replace("-", "")
    return 2 <= len(bare) <= 8 and bare.isalnum() and bare.isupper()


def _adjective(parts: Sequence[str]) -> str:
    """The adjective of a country that the words begin with, "" for none."""
    return next((word for word in (" ".join(parts[:2]), *parts[:1]) if word in lexicon.demonyms()), "")


@lru_cache(maxsize=1 << 16)
def known(name: str) -> KnownActor | None:
    """What the lexicon knows of an actor under this name, "the" set aside."""
    folded = fold(name)
    return actors().get(folded) or actors().get(folded.removeprefix("the "))


@lru_cache(maxsize=1 << 16)
def nationality(name: str) -> str:
    """The country (ISO 3166) whose force the name means, by the lexicon or its first word; "" for none."""
    listed = known(name)
    if listed is not None:
        return listed.state
    return lexicon.demonyms().get(_adjective([word for word in words(name) if word != "the"]), "")


@lru_cache(maxsize=1 << 16)
def actor(name: str) -> str:
    """One key for "the Nusra Front", "Jabhat al-Nusra", "forces of the Nusra Front", "Nusra Front fighters"."""
    listed = known(name)
    name = listed.canonical if listed else name
    parts = [_ORDINALS.get(word, word) for word in words(_turned(name)) if word not in _DROPPED]
    if not parts:
        return fold(name)
    if not proper(name):
        return _common(parts)
    fighters = len(parts) > 1 and parts[-1] in lexicon.forces("fighters")
    if fighters and not (len(parts) == 2 and parts[0] in lexicon.demonyms()):
        parts = parts[:-1]
    elif fighters:
        parts[-1] = "forces"
    english = lexicon.organisations()
    return " ".join(sorted(english.get(word, word) for word in parts))


def _turned(name: str) -> str:
    """ "forces loyal to X", "X's forces", "pro-X forces" -> "X forces"."""
    plain = re.sub(r"['’]s\b|(?<=s)['’](?=\s)", "", name)
    plain = re.sub(r"^(?:the )?[Pp]ro-", "", plain)
    match = _OF.match(plain)
    if match and match["kind"].lower() in lexicon.forces("fighters"):
        return f"{match['rest']} {match['kind']}"
    return plain


def _common(parts: list[str]) -> str:
    """Common nouns: one number, one word for forces; "the government" is not "government forces"."""
    if len(parts) > 1 and parts[-1] in lexicon.forces("fighters"):
        first = parts[-2]
        return " ".join([*parts[:-1], "forces"] if first in lexicon.forces("state") else [*parts[:-2], singular(first)])
    return " ".join([*parts[:-1], singular(parts[-1])])


@lru_cache(maxsize=1 << 16)
def bare_actor(name: str) -> str:
    """The key without the words for a sort of group: "nusra" for "Jabhat al-Nusra", "" when nothing is left."""
    return " ".join(word for word in actor(name).split() if word not in lexicon.sorts_of_group())


@lru_cache(maxsize=1 << 16)
def national_army(name: str) -> str:
    """ "SY" for "Syrian Arab Army" and "Syrian government forces", "*" for "the army", "" for anything else."""
    parts = [word for word in words(name) if word != "the"]
    if " ".join(parts) in lexicon.forces("generic") or " ".join([*parts[:-1], "forces"]) in lexicon.forces("generic"):
        return "*"
    country = _adjective(parts)
    rest = parts[len(country.split()) :]
    allowed = lexicon.forces("army") | {"forces", "troops", "soldiers"}
    army = bool(country and rest) and all(word in allowed for word in rest) and rest != ["government"]
    return lexicon.demonyms()[country] if army else ""


@lru_cache(maxsize=1 << 16)
def distinguishing(name: str) -> frozenset[str]:
    """The words that set two names of one likeness apart: figures, compass points, ordinals."""
    numbered = {word: _ORDINALS.get(word, word) for word in words(name)}
    return frozenset(
        number
        for word, number in numbered.items()
        if word in lexicon.forces("kept") or any(c.isdigit() for c in number)
    )


@lru_cache(maxsize=1 << 16)
def place(name: str) -> tuple[str, str]:
    """The key of a place without words for its sort, and "province", "local" or "" by such a word."""
    parts = [word for word in words(name) if word != "the"]
    sorts = lexicon.place_words()
    level = ""
    if len(parts) > 2 and parts[1] == "of" and parts[0] in sorts:
        level, parts = sorts[parts[0]], parts[2:]
    if len(parts) > 1 and parts[-1] in sorts:
        level, parts = level or sorts[parts[-1]], parts[:-1]
    if len(parts) > 1 and parts[0] in sorts and sorts[parts[0]] == "local":
        level, parts = level or "local", parts[1:]
    kept = [word for word in parts if word not in ("al", "el")] or parts
    return " ".join(kept), level


def singular(word: str) -> str:
    """An English noun without the ending of its plural; other words as they are."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


@lru_cache(maxsize=1 << 16)
def content(text: str) -> frozenset[str]:
    """The words of a phrase that carry meaning, in the singular, without figures."""
    return frozenset(
        singular(word) for word in words(text) if word not in lexicon.little() and word.isalpha() and len(word) > 2
    )


@lru_cache(maxsize=1 << 16)
def blocks(key: str) -> tuple[str, ...]:
    """Keys under which names of like spelling meet: their consonants, their beginning, their end."""
    letters = key.replace(" ", "")
    skeleton = re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouvwyh]", "", letters))
    return tuple(dict.fromkeys((f"c:{skeleton}", f"b:{letters[:4]}", f"e:{letters[-4:]}")))


@lru_cache(maxsize=1 << 12)
def relation(text: str) -> str:
    """A relation to a place without its hedges: "just north of" is "north of"."""
    return " ".join(word for word in words(text) if word not in ("just", "the", "immediately", "an", "a", "area"))
