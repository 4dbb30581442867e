"""Many articles out of few: rows of a JSONL file in, any number of rows out, no two of them near-duplicates.

Each new article has the first words and the length of the one it is made after, cleaned of page debris. Its other
sentences are drawn from all articles, its numbers are others, and its towns have changed names with each other. The
same seed gives the same articles.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefer.clean import clean
from briefer.reading import countries
from briefer.types import Article, Raw

SEED = 20310414
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])")
_TOWN = re.compile(r"\b(?:[Ii]n|[Nn]ear|[Oo]utside|[Tt]owards?|(?:town|city|village) of) ([A-Z][a-z]{3,})\b")
_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
_NUMBER = re.compile(r"\b[1-9]\d{0,2}\b(?![,.:]\d)")
_MONTHS = frozenset(
    "January February March April June July August September October November December Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday".split()
)


@dataclass(frozen=True, slots=True)
class Row:
    """One article as a line of JSON gives it."""

    id: str
    published: str
    source: str
    text: str

    def json(self) -> str:
        """The line that it came as."""
        return json.dumps(
            {"id": self.id, "published": self.published, "source": self.source, "text": self.text}, ensure_ascii=False
        )


def rows(path: Path) -> list[Row]:
    """The articles of a JSONL file with `id`, `published`, `source` and `text`."""
    with path.open(encoding="utf-8") as lines:
        values = [json.loads(line) for line in lines if line.strip()]
    return [
        Row(str(value["id"]), str(value.get("published", "")), str(value.get("source", "")), str(value["text"]))
        for value in values
    ]


def words(text: str) -> int:
    """How many words a text has, by its white space."""
    return len(text.split())


def cleaned(row: Row) -> str:
    """The text of an article without page debris, "" where nothing is left."""
    article = clean(Raw(row.id, row.text, published=row.published, outlet=row.source))
    return article.text if isinstance(article, Article) else ""


def many(originals: Sequence[Row], count: int) -> Iterator[Row]:
    """`count` articles made of the sentences of a few."""
    originals = [row for row in originals if cleaned(row)]
    pieces = [_SENTENCE.split(cleaned(row)) for row in originals]
    pool = [piece for article in pieces for piece in article[1:]]
    towns = _towns(pool)
    for number in range(count):
        chance = random.Random(SEED + number)
        row, article = originals[number % len(originals)], pieces[number % len(originals)]
        drawn = [_other_words(chance.choice(pool), towns, chance) for _ in article[1:]]
        text = "\n\n".join([_other_words(article[0], towns, chance), *drawn])
        yield Row(f"made:{number}", row.published, row.source, text)


def write(path: Path, made: Iterable[Row]) -> int:
    """Write the articles as JSONL; how many words they have."""
    total = 0
    with path.open("w", encoding="utf-8") as file:
        for row in made:
            total += words(row.text)
            file.write(row.json() + "\n")
    return total


def _towns(sentences: Sequence[str]) -> dict[str, list[str]]:
    """Names that mostly stand behind prepositions of place and are no countries, each with those it can become."""
    behind = Counter(name for sentence in sentences for name in _TOWN.findall(sentence) if name not in _MONTHS)
    anywhere = Counter(name for sentence in sentences for name in _NAME.findall(sentence))
    names = sorted(name for name, times in behind.items() if times >= 3 and times > 0.3 * anywhere[name])
    towns = [name for name in names if countries.country(name) is None]
    return dict.fromkeys(towns, towns)


def _other_words(sentence: str, towns: dict[str, list[str]], chance: random.Random) -> str:
    """The sentence with its towns and small numbers exchanged for others."""

    def town(match: re.Match[str]) -> str:
        others = towns.get(match.group())
        return chance.choice(others) if others else match.group()

    renamed = _NAME.sub(town, sentence)
    return _NUMBER.sub(lambda match: str(chance.randint(1, 10 ** len(match.group()) - 1)), renamed)
