"""Which articles belong to a collection: an article in; why it does not, or "", out."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from briefer.reading.outlets import known, outlet_key
from briefer.types import Article

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Scripts that put no blank between words."""
_LETTERS = str.maketrans("øđłħıŧ", "odlhit", "\u0640")


@dataclass(frozen=True)
class Filters:
    """What belongs: one of `keywords` and none of `without` in it, in one of `languages`, of one of `outlets`.

    Words are whole ones in any case, with or without their accents. Outlets are names or hosts. What is empty lets
    everything pass, and so does an article whose language cannot be told.
    """

    keywords: Sequence[str] = ()
    without: Sequence[str] = ()
    languages: Sequence[str] = ()
    outlets: Sequence[str] = ()

    def why_not(self, article: Article) -> str:
        """The reason why an article does not belong, a few words that are the same for all such; "" where it does."""
        if self.outlets and not self._keys & _keys_of(article):
            return "another outlet"
        if self._tongues and article.language and article.language not in self._tongues:
            return "another language"
        if not (self.keywords or self.without):
            return ""
        text = folded(f"{article.title}\n{article.text}")
        if self._keywords and not self._keywords.search(text):
            return "none of the keywords"
        return "one of the words to leave out" if self._without and self._without.search(text) else ""

    @cached_property
    def _keywords(self) -> re.Pattern[str] | None:
        return _any(self.keywords)

    @cached_property
    def _without(self) -> re.Pattern[str] | None:
        return _any(self.without)

    @cached_property
    def _tongues(self) -> frozenset[str]:
        return frozenset(language.partition("-")[0].lower() for language in self.languages)

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(key for outlet in self.outlets for key in _names(outlet))


def folded(text: str) -> str:
    """A text in which neither case nor accents tell words apart."""
    if text.isascii():
        return text.lower()
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parted if not unicodedata.combining(letter)).translate(_LETTERS).casefold()


def _any(words: Sequence[str]) -> re.Pattern[str] | None:
    """A pattern that finds any of the words or phrases; None for no words."""
    patterns = [_pattern(word) for word in words if word.strip()]
    return re.compile("|".join(patterns)) if patterns else None


def _pattern(word: str) -> str:
    plain = r"\s+".join(re.escape(part) for part in folded(word).split())
    return plain if _UNSPACED.search(word) else rf"(?<!\w){plain}(?!\w)"


def _keys_of(article: Article) -> frozenset[str]:
    """All by which the outlet of an article may be named: its names, its host and the parents of that."""
    host = urlsplit(article.url).hostname or ""
    parents = [".".join(host.split(".")[start:]) for start in range(max(1, host.count(".")))] if host else []
    return frozenset(key for name in (article.outlet, *parents) if name for key in _names(name))


def _names(outlet: str) -> Sequence[str]:
    found = known(outlet)
    return (outlet_key(outlet), outlet_key(found.name)) if found else (outlet_key(outlet),)
