"""The keys under which words are compared: "=name" for a word of a name, else the stem of a word that says something.

In: a token of parsed `Clauses`. Out: its key, or "" where it says nothing by itself.
"""

from collections.abc import Iterable

from briefer.reading import lexicon
from briefer.reading.names import fold
from briefer.reading.phrases import Clauses, Noun
from briefer.verify.tokens import is_empty, stem

Keys = frozenset[str]
PRONOUN = "?"
"""The key of a word that stands for something else."""
_SHORTEST = 3
_NOTHING = frozenset("least most about than more".split())


def key(at: int, clauses: Clauses) -> str:
    """The key of one token."""
    word, tag = clauses.tokens.words[at], clauses.tags[at]
    if tag == "U":
        return PRONOUN
    if not word[0].isalnum():
        return ""
    if word[0].isdigit():
        return f"={fold(word)}" if _numbers_a_name(at, clauses) else ""
    if is_proper(at, clauses):
        return f"={fold(word)}"
    plain = len(word) >= _SHORTEST and tag != "T" and not is_empty(word) and word.lower() not in _NOTHING
    return stem(word) if plain else ""


def is_proper(at: int, clauses: Clauses) -> bool:
    """Whether a token belongs to a name: it has a capital that no start of a sentence gives it."""
    word, tag = clauses.tokens.words[at], clauses.tags[at]
    if not word[0].isupper() or is_empty(word) or tag in "TUDP":
        return False
    if at and clauses.tags[at - 1] not in '".;':
        return True
    following = clauses.tokens.words[at + 1][:1] if at + 1 < len(clauses.tokens) else ""
    return word.lower() not in lexicon.words() or (tag == "E" and following.isupper()) or word.isupper()


def _numbers_a_name(at: int, clauses: Clauses) -> bool:
    """Whether a numeral is part of a name ("Hill 412", "4th Brigade", "T-72")."""
    words = clauses.tokens.words
    behind = clauses.tags[at + 1 : at + 2]
    before = at > 0 and words[at].isdigit() and is_proper(at - 1, clauses) and behind not in ("N", "J", "E")
    ordinal = words[at][-1].isalpha() and at + 1 < len(words) and words[at + 1][0].isupper()
    return before or ordinal


def keys_of(group: Iterable[Noun], clauses: Clauses) -> Keys:
    """The keys of noun phrases, with what hangs on them by "of" and what is set beside them."""
    found: set[str] = set()
    for noun in group:
        found |= _between(noun.first, noun.last, clauses)
        for phrase in clauses.hanging.get(noun.head, ()):
            if phrase.word == "of" and phrase.first == noun.last:
                for inner in phrase.group:
                    found |= _between(inner.first, inner.last, clauses)
        for beside in clauses.apposed.get(noun.head, ()):
            found |= _between(beside.first, beside.last, clauses)
    return frozenset(found)


def _between(first: int, last: int, clauses: Clauses) -> set[str]:
    return {found for at in range(first, last) if (found := key(at, clauses))}
