"""Which of its classes a noun, verb, adjective or adverb has, by its neighbours on the left and the one on the right.

In: a word whose classes `word_classes` tells, its sentence, and the tags of the words before it. Out: one letter.
What stays open is a noun: a verb that is missed says nothing, and one that is made up says something false.
"""

import re

from briefer.reading.tokens import Tokens
from briefer.reading.word_classes import classes, closed, has_noun, is_plural

_TAKES_TO = frozenset("according due close prior thanks next opposed loyal".split())
_OPEN_PHRASE = re.compile(r"[DA][JQEN]*[EN]$")
_HARMED = frozenset("killed wounded injured hurt captured arrested detained missing dead displaced".split())
_ADJECTIVAL = frozenset(
    "advancing retreating fleeing warring opposing remaining ruling surrounding neighbouring neighboring "
    "defending withdrawing departing leading invading occupying ongoing continuing fighting competing rival "
    "existing".split()
)
"""Forms in -ing that before a noun more likely describe it than govern it."""
_BEHIND_VERB = frozenset("DPtRUKQT")
_BEFORE_VERB = frozenset(["N", "E", "U", "W", "K", ")", "T", ",", "C", '"', "-", ""])


def open_class(i: int, tokens: Tokens, tags: list[str]) -> str:
    """The letter of word `i`, behind the tags of those before it."""
    word = tokens.lower[i]
    found = classes(word)
    if len(found) == 1:
        return _settle(found, i, tokens, tags)
    before = _before(tags)
    after = tokens.lower[i + 1] if i + 1 < len(tokens) else "."
    preposition = before == "t" and i > 1 and tokens.lower[i - 2] in _TAKES_TO
    if not preposition and (verb := _verb_by_left(found, before)):
        return verb
    if "g" in found and has_noun(found) and _closes_noun_phrase(i, tags, tokens):
        return "N"  # "the Oshgar crossing"
    if before in ("D", "A", "J", "Q", "P"):
        return _inside_noun_phrase(found, i, before, tokens)
    if verb := _verb_by_subject(found, before, after, tags, tokens, i):
        return verb
    if "n" in found and not _starts_noun(i + 1, tokens):
        return "N"  # "the Israeli military struck"
    return _settle(_first_nominal(found), i, tokens, tags)


def _closes_noun_phrase(i: int, tags: list[str], tokens: Tokens) -> bool:
    """Whether a noun phrase with a determiner is open on the left and nothing on the right goes on with it."""
    after = tokens.lower[i + 1] if i + 1 < len(tokens) else "."
    opened = _OPEN_PHRASE.search("".join(tags[-8:]))
    return bool(opened) and (not after[0].isalnum() or closed().get(after) in ("P", "T", "C"))


def _before(tags: list[str]) -> str:
    """The class to the left that decides: adverbs and negations are looked through."""
    for tag_ in reversed(tags):
        if tag_ not in "RX":
            return tag_
    return ""


def _verb_by_left(found: str, before: str) -> str:
    """The form that an auxiliary or "to" asks for, where the word has it."""
    if before in ("M", "O", "t") and "v" in found:
        return "v"
    if before == "B" and "g" in found:
        return "g"
    return "p" if before in ("B", "H") and ("p" in found or "d" in found) else ""


def _inside_noun_phrase(found: str, i: int, before: str, tokens: Tokens) -> str:
    """After a determiner, adjective, number or preposition: a noun, or what modifies one."""
    modifies = _starts_noun(i + 1, tokens)
    if before == "Q" and tokens.lower[i] in _HARMED and not modifies:
        return "p"  # "five killed and three wounded"
    if before == "P" and "g" in found:
        noun = found[0] in "nN" and i > 0 and tokens.lower[i - 1] == "of" and modifies
        return "J" if noun or (modifies and tokens.lower[i] in _ADJECTIVAL) else "g"
    if ("d" in found or "p" in found) and not has_noun(found):
        # "In captured Brega" modifies; "of those killed" does not.
        return "J" if modifies else "p"
    if "j" in found and (modifies or not has_noun(found)):
        return "J"
    if has_noun(found):
        return "N"
    if "g" in found:
        return "g"
    return _settle(found[0], i, tokens, [])


def _starts_noun(i: int, tokens: Tokens) -> bool:
    if i >= len(tokens):
        return False
    word = tokens.lower[i]
    if word in closed() or not word[0].isalpha():
        return False
    found = classes(word)
    return tokens.words[i][0].isupper() or found[0] in "nNj" or (found[0] not in "dpvz" and has_noun(found))


def _verb_by_subject(found: str, before: str, after: str, tags: list[str], tokens: Tokens, i: int) -> str:
    """After a noun, name or pronoun a word that can be a finite verb is one, where what follows lets it be."""
    if before not in _BEFORE_VERB:
        return ""
    if "d" in found and (found[0] in "dp" or not has_noun(found)):
        paired = before == "C" and tags[-2:-1] and tags[-2] in "DJ"  # "the isolated and besieged city"
        return "J" if paired and _starts_noun(i + 1, tokens) else "d"
    if "g" in found and (found[0] == "g" or before in ("K", ",")):
        describes = tokens.lower[i] in _ADJECTIVAL and before not in ("N", "E")
        return "J" if describes and _starts_noun(i + 1, tokens) else "g"
    if "z" in found and _is_third_person(found, before, after):
        return "z"
    if before == "C" and "v" in found and "tv" in "".join(tags[-14:]) and _object_of_infinitive(after, i, tokens):
        return "v"  # "to break the stalemate and help rebels take the town"
    plural = before in ("U", "W") or (before == "N" and is_plural(tokens.lower[i - 1]))
    if "v" not in found or not plural:
        return ""
    governs = _object_follows(after, i, tokens) and closed().get(after) != "P"
    return "v" if found[0] == "v" or governs else ""


def _is_third_person(found: str, before: str, after: str) -> bool:
    """A word in -s that can be a plural noun is one, unless nothing else can be meant ("the army controls the")."""
    if "N" not in found or before in ("U", "W"):
        return True
    return before in ("E", "N", "U", "W") and found[0] == "z" and closed().get(after) in ("D", "U")


def _object_follows(after: str, i: int, tokens: Tokens) -> bool:
    if closed().get(after) in _BEHIND_VERB or after in ("its", "their", "that"):
        return True
    return i + 1 < len(tokens) and tokens.words[i + 1][0].isupper()


def _object_of_infinitive(after: str, i: int, tokens: Tokens) -> bool:
    return _object_follows(after, i, tokens) or classes(after)[0] in "Nj"


def _first_nominal(found: str) -> str:
    return next((letter for letter in found if letter in "nNjr"), found[0])


def _settle(letter: str, i: int, tokens: Tokens, tags: list[str]) -> str:
    """The letter of a class once it is settled; participles before a noun are adjectives."""
    if letter in "nNjr":
        return letter.upper()
    if letter in ("p", "d"):
        before = _before(tags)
        if before in ("H", "B"):
            return "p"
        if before in ("D", "A", "P", "J", "Q") and _starts_noun(i + 1, tokens):
            return "J"
        return "p" if letter == "p" else "d"
    if letter == "g" and tags and tags[-1] in "DAJ":
        return "N" if not _starts_noun(i + 1, tokens) else "J"
    return letter
