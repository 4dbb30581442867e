"""A small part-of-speech tagger: one letter a token, so that phrases can be found by regular expressions.

Letters: D determiner, P preposition, t "to", C co-ordinator, W relative, K subordinator, U pronoun, M modal,
B be, H have, O do, X negation, R adverb, Q number, T time, J adjective, r adverb before a number, N noun,
E proper name, A possessive 's, v base verb, z verb in -s, d past tense, p past participle, g -ing, and punctuation
as itself ("," ";" "(" ")" '"' "." "-").

Marks, numbers, names and closed classes are told here; for the rest see `open_classes`.
"""

import re
from functools import lru_cache

from briefer.reading import outlets
from briefer.reading.lexicon import words
from briefer.reading.open_classes import open_class
from briefer.reading.retagging import retag
from briefer.reading.tokens import Tokens
from briefer.reading.word_classes import classes, closed, is_hyphened_adjective

_PUNCTUATION = {
    ",": ",", ";": ";", ":": ";", "(": "(", ")": ")", "[": "(", "]": ")", '"': '"', "“": '"', "”": '"', "«": '"',
    "»": '"', ".": ".", "!": ".", "?": ".", "...": ";", "–": "-", "—": "-", "--": "-", "-": "-", "'": '"', "’": '"',
    "‘": '"', "/": "C", "&": "C", "|": ";", "%": "N", "$": "Q", "£": "Q", "€": "Q",
}  # fmt: skip
_NUMBER = re.compile(r"\d")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_OPEN_TO_CLAUSE = frozenset("vzdpgTJB,C")
_TELLS = frozenset("told tell tells telling".split())
_ARABIC_ARTICLE = re.compile(r"(?:al|el|ul|ad|ar|as|ash|an|at|az|ez|er|es)[-‐‑][A-Z]")
_UNMOVED = {"n": "N", "N": "N", "j": "J", "r": "R", "v": "v", "z": "z"}
_MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_NAME_LINKS = frozenset(
    "de del della la las los da do dos das di el al ul bin ibn bint abu von van der den ter".split()
)
_NEVER_NAMES = frozenset("the and or of in on at for from to with by".split())
_OPENING_MARKS = frozenset('".;-(')
_STARTERS = frozenset(
    "residents rebels troops forces government officials soldiers militants witnesses earlier".split()
)
_DEMONSTRATIVES = frozenset(["this", "these", "those"])
_COUNTING = frozenset("all both some many most several few more such".split())
_ORDERING = frozenset(["second", "first", "last", "next"])
_BEHIND_NOUNS = frozenset("of were was are is have had , . who by".split())
_BY_NEIGHBOURS = {"that"} | _DEMONSTRATIVES | _COUNTING | _ORDERING
"""The closed words that `_closed_class` does not leave as the table has them."""


def tag(tokens: Tokens) -> str:
    """One letter a token."""
    tags: list[str] = []
    capitals = list(filter(str.isupper, tokens.words))
    shouting = sum(len(word) > 1 for word in capitals) * 2 > len(tokens)
    for i, word in enumerate(tokens.lower):
        tags.append(_alone(word, tokens.words[i]) or _one(i, word, tokens, tags, shouting=shouting))
    return retag(tokens, "".join(tags))


@lru_cache(maxsize=32768)
def _alone(word: str, written: str) -> str:
    """The letter of a word that has it whatever stands around it, "" for one whose neighbours decide."""
    if not written[0].isalnum():
        return _symbol(word) if word != "'" else ""
    if not written.islower() or not written.isalpha() or word in _NAME_LINKS:
        return ""
    if found := closed().get(word):
        return "" if word in _BY_NEIGHBOURS else found
    found = classes(word)
    return _UNMOVED.get(found, "")


def _one(i: int, word: str, tokens: Tokens, tags: list[str], *, shouting: bool) -> str:
    written = tokens.words[i]
    if not written.isalpha() and (marked := _with_marks(i, word, tokens, tags)):
        return marked
    if _links_names(i, word, tokens, tags):
        return "E"
    capital = written[0].isupper() and not shouting
    if capital and _is_name(i, word, tokens, tags):
        if i and tokens.lower[i - 1] in _TELLS and outlets.known(written) is not None:
            return "U"  # "told Reuters Gaddafi's forces ...": the outlet is not part of the name behind it
        return "T" if closed().get(word) == "T" else "E"
    if found := closed().get(word):
        return _closed_class(found, i, word, tokens, tags)
    return open_class(i, tokens, tags)


def _with_marks(i: int, word: str, tokens: Tokens, tags: list[str]) -> str:
    """The letter of a mark, a number or a hyphened word that its own signs tell, "" for any other word."""
    written = tokens.words[i]
    if not written[0].isalnum():
        return "A" if _owns(i, tokens) else _symbol(word)
    if _NUMBER.match(written):
        if i and tags[-1] == "T" and tokens.lower[i - 1] in _MONTHS:
            return "T"
        return "J" if _ORDINAL.fullmatch(word) else "Q"
    if _ARABIC_ARTICLE.match(written):
        return "E"
    if "-" in word and all(closed().get(part) == "Q" for part in word.split("-")):
        return "Q"  # "Thirty-one"
    return "J" if "-" in word and is_hyphened_adjective(word) else ""  # "US-backed"


def _links_names(i: int, word: str, tokens: Tokens, tags: list[str]) -> bool:
    """The small words inside a name ("San Jacinto del Rio")."""
    if word not in _NAME_LINKS or not tags or tags[-1] != "E" or i + 1 >= len(tokens):
        return False
    return tokens.words[i + 1][0].isupper()


def _owns(i: int, tokens: Tokens) -> bool:
    """The apostrophe of "the Falcons' office": right behind an s, and a word follows."""
    if not 0 < i < len(tokens) - 1 or tokens.lower[i] != "'":
        return False
    behind = tokens.starts[i] == tokens.ends[i - 1] and tokens.lower[i - 1].endswith("s")
    return behind and tokens.words[i + 1][0].isalpha() and tokens.starts[i + 1] > tokens.ends[i]


def _symbol(word: str) -> str:
    if word == "'s":
        return "A"
    return _PUNCTUATION.get(word, closed().get(word, ";"))


def _is_name(i: int, word: str, tokens: Tokens, tags: list[str]) -> bool:
    """A capital is a name's, except at the head of a sentence, where only an unknown or continued word is one."""
    written = tokens.words[i]
    following = tokens.words[i + 1] if i + 1 < len(tokens) else ""
    shouted = written.isupper() and len(word) > 1
    if (found := closed().get(word)) is not None:
        if i and tags[-1] == "E" and following[:1].isupper() and len(word) > 1:
            return word not in _NEVER_NAMES
        if found != "T":
            # "The Who": closed words in capitals are names only amid names; "US", "IS", "IT" are abbreviations.
            return i > 0 and word in ("us", "is", "may", "march") and shouted
    if i and not _OPENING_MARKS.issuperset(tags):
        return True
    if shouted:
        return True
    known = words().get(word)
    return known is None or (following[:1].isupper() and "R" not in classes(word) and word not in _STARTERS)


def _closed_class(found: str, i: int, word: str, tokens: Tokens, tags: list[str]) -> str:
    after = tokens.lower[i + 1] if i + 1 < len(tokens) else ""
    if word == "that":
        return _that(i, tokens, tags)
    if word in _DEMONSTRATIVES and _is_verb(after):
        return "U"
    if word in _DEMONSTRATIVES or word in _COUNTING:
        # A determiner without a noun to its right stands for one ("some of", "these were").
        return "N" if after in _BEHIND_NOUNS else "D"
    return "J" if word in _ORDERING else found


def _is_verb(word: str) -> bool:
    return bool(word) and (closed().get(word) in ("B", "H", "M", "O") or classes(word)[0] in "dz")


def _that(i: int, tokens: Tokens, tags: list[str]) -> str:
    """The letter of "that": it opens a clause after a verb, stands for the noun after one, else points at a noun."""
    before = tags[-1] if tags else ""
    if before in _OPEN_TO_CLAUSE or not _TELLS.isdisjoint(tokens.lower[max(0, i - 4) : i]):
        return "K"
    if before in ("N", "E", ")"):
        return "W"
    return "D" if i + 1 < len(tokens) and tokens.words[i + 1].isalpha() else "U"
