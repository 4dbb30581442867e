"""Articles in; which of them only repeat another one, and how, out.

Candidates come from MinHash signatures in bands (near-equal texts) and from a sample of shingles (texts that are a
part of another one); each is then held against the original word by word. A revised version, in which a number, a
negation, a day or a name is another, is no copy and is kept. Cost grows in proportion to the number of articles.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from briefer.clean.tables import sections
from briefer.types import Article

Why = Literal["same_text", "near_copy", "syndicated"]

SHINGLE = 5  # words; shorter runs of news English recur between articles that are not copies
CONTAINED = 0.80  # of a copy's shingles are the original's: an edited opening and a changed spelling leave more
BANDS, ROWS = 16, 4  # half of the pairs at a Jaccard index of 0.5 are candidates, nine of ten at 0.6
SAMPLED = np.uint64(15)  # one shingle in 16 is kept to find parts of texts: about 35 of 600 words
CROWDED = 24  # originals that share a shingle; one that more share is a formula and tells nothing
VERIFIED = 6  # candidates that are held word by word against an article
LIKELY = 0.5  # of a text's sampled shingles are in an original that may hold all of it
BARRED = 6  # words that run on and are not the original's are a new sentence, not another spelling

KNOWN = 200_000  # words whose numbers are kept

_WORD = re.compile(r"[^\W_]+(?:[.,][0-9]+)*", re.UNICODE)
_Hashes = NDArray[np.uint64]
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_SEEDS = np.random.RandomState(20150711).randint(1, 2**62, size=(2, BANDS * ROWS)).astype(np.uint64)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """What an article repeats: the original's id, and whether in the same words, edited, or by another outlet."""

    of: str
    why: Why


@dataclass(frozen=True, slots=True)
class _Read:
    """What finds the articles that an article may repeat. Its words are read again for those few: held for all
    articles at once, they would take more memory than the articles.
    """

    article: Article
    length: int
    bands: _Hashes
    samples: _Hashes

    @property
    def words(self) -> tuple[str, ...]:
        return _words(self.article.text)

    @property
    def shingles(self) -> _Hashes:
        return _shingles(self.words)


def duplicates(articles: Sequence[Article]) -> dict[str, Duplicate]:
    """For each article that repeats another one, by its id: the original, and how it repeats it.

    The original of a group is the earliest published (unknown last), then the longest, then the one of the lowest
    id, among those that say all that the group says: a part of a longer text is never the original of it. Articles of
    one text have one id; they are one entry here at most, and `twins` names them.
    """
    unique = {article.id: article for article in sorted(articles, key=_precedence, reverse=True)}
    read = sorted((_read(article) for article in unique.values()), key=lambda one: (-one.length, one.article.id))
    groups: dict[str, list[_Read]] = {}
    index = _Index()
    for one in read:
        holder = next((other for other in index.candidates(one) if _repeats(one, other)), None)
        if holder is None:
            index.add(one)
            groups[one.article.id] = [one]
        else:
            groups[holder.article.id].append(one)
    found: dict[str, Duplicate] = {}
    for group in groups.values():
        found.update(_named(group))
    return found


def twins(articles: Sequence[Article]) -> dict[str, tuple[Article, ...]]:
    """Articles of one text, and so of one id, by that id, the original first; ids that occur once are not in it."""
    same: dict[str, list[Article]] = {}
    for article in articles:
        same.setdefault(article.id, []).append(article)
    return {id: tuple(sorted(group, key=_precedence)) for id, group in same.items() if len(group) > 1}


def _precedence(article: Article) -> tuple[datetime, int, str, str]:
    published = article.published or datetime.max.replace(tzinfo=UTC)
    return published.astimezone(UTC) if article.published else published, -len(article.text), article.id, article.name


def _named(group: list[_Read]) -> Iterable[tuple[str, Duplicate]]:
    longest = group[0]
    full = [one for one in group if one is longest or _repeats(longest, one)]
    original = min(full, key=lambda one: _precedence(one.article))
    for one in group:
        if one is not original:
            yield one.article.id, Duplicate(original.article.id, _why(one, original))


def _why(copy: _Read, original: _Read) -> Why:
    one, other = copy.article, original.article
    if (one.wire and one.wire == other.wire) or (one.outlet and other.outlet and one.outlet != other.outlet):
        return "syndicated"
    return "same_text" if copy.words == original.words else "near_copy"


def _read(article: Article) -> _Read:
    words = _WORD.findall(article.text.casefold())
    shingles = _shingles(words)
    return _Read(article, len(words), _bands(shingles), _samples(shingles))


@lru_cache(maxsize=64)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _shingles(words: Sequence[str]) -> _Hashes:
    """A hash of every run of words, in order; of a shorter text one hash of all of it."""
    if len(_CODES) > KNOWN:
        _CODES.clear()
    codes = np.fromiter(map(_CODES.__getitem__, words), dtype=np.uint64, count=len(words))
    size = min(SHINGLE, len(words))
    if not size:
        return codes
    total = np.zeros(len(words) - size + 1, dtype=np.uint64)
    for offset in range(size):
        total = total * _PRIME + codes[offset : len(codes) - size + 1 + offset]
    total ^= total >> np.uint64(29)
    return total * _PRIME


class _Codes(dict[str, int]):
    """A number for each word; once made it is looked up in half the time that a cached function takes."""

    def __missing__(self, word: str) -> int:
        data = word.encode("utf-8", "surrogatepass")
        code = self[word] = zlib.crc32(data) << 32 | zlib.adler32(data)
        return code


_CODES = _Codes()


class _Index:
    """The originals so far, found by what they share with a text."""

    def __init__(self) -> None:
        self._originals: list[_Read] = []
        self._bands = _Postings()
        self._samples = _Postings()

    def add(self, one: _Read) -> None:
        number = len(self._originals)
        self._originals.append(one)
        self._bands.add(one.bands, number)
        self._samples.add(one.samples, number)

    def candidates(self, one: _Read) -> list[_Read]:
        """The originals that share most with a text, the likeliest first; never more than a few."""
        alike = Counter(number for where in self._bands.of(one.bands) for number in where[:CROWDED])
        found = list(self._samples.of(one.samples))
        telling = [where for where in found if len(where) <= CROWDED]
        told = len(one.samples) - len(found) + len(telling)  # those that no original has tell too
        shared = Counter(number for where in telling for number in where)
        for number, count in shared.items():
            if count >= LIKELY * told:
                alike[number] += count
        likeliest = sorted(alike.items(), key=lambda entry: (-entry[1], entry[0]))[:VERIFIED]
        return [self._originals[number] for number, _ in likeliest]


class _Postings:
    """The originals in which a hash occurs, in order. Most occur in one, for which a list would be too much."""

    def __init__(self) -> None:
        self._first: dict[int, int] = {}
        self._others: dict[int, list[int]] = {}

    def add(self, hashes: _Hashes, number: int) -> None:
        for key in hashes.tolist():
            if self._first.setdefault(key, number) != number:
                self._others.setdefault(key, []).append(number)

    def of(self, hashes: _Hashes) -> Iterator[Sequence[int]]:
        """For each hash that any original has, those that have it."""
        for key in self._first.keys() & hashes.tolist():
            yield (self._first[key], *self._others.get(key, ()))


def _bands(shingles: _Hashes) -> _Hashes:
    if not len(shingles):
        return shingles
    signature = (shingles[None, :] * (_SEEDS[0][:, None] | np.uint64(1)) + _SEEDS[1][:, None]).min(axis=1)
    rows = signature.reshape(BANDS, ROWS)
    mixed = rows[:, 0]
    for row in range(1, ROWS):
        mixed = mixed * _PRIME + rows[:, row]
    bands: _Hashes = mixed * _PRIME + np.arange(BANDS, dtype=np.uint64)  # no band is taken for another
    return bands


def _samples(shingles: _Hashes) -> _Hashes:
    return np.unique(shingles[(shingles >> np.uint64(40)) & SAMPLED == 0])


def _repeats(copy: _Read, original: _Read) -> bool:
    """Whether a text says nothing new: nearly all its shingles are the original's, and no difference is telling."""
    if copy.words == original.words:
        return True
    common = np.isin(copy.shingles, original.shingles)
    if common.mean() < CONTAINED:
        return False
    back = np.isin(original.shingles, copy.shingles)
    added = _runs(copy.words, common)
    missing = [run for run in _runs(original.words, back) if len(run) <= 2 * SHINGLE]
    theirs = frozenset(original.words)
    return not any(_tells(run, theirs) for run in added) and not any(map(_reverses, missing))


def _runs(words: tuple[str, ...], common: NDArray[np.bool_]) -> list[tuple[str, ...]]:
    """The runs of words that no common shingle covers."""
    covered = np.zeros(len(words) + 1, dtype=np.int64)
    starts = np.flatnonzero(common)
    np.add.at(covered, starts, 1)
    np.add.at(covered, np.minimum(starts + SHINGLE, len(words)), -1)
    open_words = np.flatnonzero(np.cumsum(covered[:-1]) == 0)
    if not len(open_words):
        return []
    pieces = np.split(open_words, np.flatnonzero(np.diff(open_words) > 1) + 1)
    return [words[int(piece[0]) : int(piece[-1]) + 1] for piece in pieces]


def _tells(run: tuple[str, ...], theirs: frozenset[str]) -> bool:
    """Whether words that only the copy has say something else, or something new."""
    if any(word[0].isdigit() or word in _telling() for word in run):
        return True
    return len(run) >= BARRED and any(word in _war() and word not in theirs for word in run)


def _reverses(run: tuple[str, ...]) -> bool:
    """Whether words that only the original has, between words that both have, turn what is said."""
    return any(word[0].isdigit() or word in _telling() for word in run)


@lru_cache(maxsize=1)
def _telling() -> frozenset[str]:
    return frozenset(word for row in sections("telling.txt")["words"] for word in row.split())


@lru_cache(maxsize=1)
def _war() -> frozenset[str]:
    rows = sections("topics.txt")
    return frozenset(word for name in ("conflict strong", "conflict") for row in rows[name] for word in row.split())
