"""A sentence that is edited: its words and clauses, and what is done to spans of it. Text in, text out."""

import re
from dataclasses import dataclass
from functools import cached_property

from briefer.evals.making.forms import inflect
from briefer.reading.parsing import parse_sentence
from briefer.reading.phrases import Clauses, Noun, Verb

_BLANKS = re.compile(r"\s+")
_LOOSE = re.compile(r"\s+([,.;:!?])")
_DOUBLE = re.compile(r"([,;:])(?:\s*[,;:])+|,(?=[.!?])")
_PLURALS = frozenset("people police men women children troops dead wounded they we these those media forces".split())
_AGREE = (("was", "were"), ("is", "are"), ("has", "have"), ("does", "do"))


@dataclass(frozen=True)
class Line:
    """One English sentence."""

    text: str

    @cached_property
    def clauses(self) -> Clauses:
        """How it is read."""
        return parse_sentence(self.text)[0]

    def start(self, token: int) -> int:
        """Where a token starts."""
        return self.clauses.tokens.starts[token]

    def end(self, token: int) -> int:
        """Where a token ends."""
        return self.clauses.tokens.ends[token]

    def words(self, first: int, last: int) -> str:
        """The text from one token to before another."""
        return self.text[self.start(first) : self.end(last - 1)] if first < last else ""

    def put(self, first: int, last: int, words: str) -> str:
        """The sentence with other words for tokens `first` to before `last`."""
        return self.swap([(self.start(first), self.end(last - 1), words)])

    def swap(self, changes: list[tuple[int, int, str]]) -> str:
        """The sentence with other words for each span of characters; the spans must not overlap."""
        text = self.text
        for start, end, words in sorted(changes, reverse=True):
            text = f"{text[:start]}{words}{text[end:]}"
        return sentence(text)

    def verb(self, verb: Verb, lemma: str, behind: str = "") -> str:
        """The sentence with another verb in the same form."""
        words = f"{inflect(lemma, self.clauses.tags[verb.head])} {behind}".strip()
        return self.put(verb.head, verb.head + 1, words)

    def is_plural(self, noun: Noun) -> bool:
        """Whether a noun phrase takes a verb in the plural."""
        head = self.clauses.tokens.lower[noun.head]
        return is_plural(head)


def is_plural(word: str) -> bool:
    """Whether a lower-case noun is one of many."""
    return word in _PLURALS or (word.endswith("s") and not word.endswith(("ss", "us", "is")))


def sentence(text: str) -> str:
    """The words as a sentence: a capital first, one blank between words, a full stop."""
    text = _DOUBLE.sub(lambda found: found[1] or "", _LOOSE.sub(r"\1", _BLANKS.sub(" ", text))).strip(" ,;:")
    if not text:
        return ""
    return f"{text[0].upper()}{text[1:]}{'' if text[-1] in '.!?”' else '.'}"


def within(words: str) -> str:
    """The words as they stand inside a sentence: "The army" as "the army", a name as it is."""
    first, _, rest = words.partition(" ")
    common = first.lower() in _OPENERS or (first[:1].isupper() and first[1:].islower() and first.lower() in _COMMON)
    return f"{first.lower()} {rest}".strip() if common else words


_OPENERS = frozenset("the a an some several two three four five its their his her many most all no".split())
_COMMON = frozenset(
    "rebels insurgents militants fighters soldiers troops government police residents gunmen officials civilians "
    "separatists guerrillas protesters".split()
)


def agreeing(text: str, at: int, *, plural: bool) -> str:
    """The sentence with the helping verb at a place, if there is one, as its new subject needs it."""
    for one, many in _AGREE:
        wrong, right = (one, many) if plural else (many, one)
        found = re.match(rf"\s*{wrong}\b", text[at:])
        if found is not None:
            return f"{text[:at]} {right}{text[at + found.end() :]}"
    return text
