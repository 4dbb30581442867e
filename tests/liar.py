"""The worst liars there are, without a model: replies that satisfy the schema of a reader and say nothing true.

In: an Article, a random generator and how the lies are made. Out: the Claims that the model's extractor makes of them.
"""

import random
import re
import string
from collections.abc import Callable, Iterator
from datetime import date

from briefer.extract.packing import Share
from briefer.extract.reply import ArticleSaid
from briefer.extract.resolving import TOLD, claims_of
from briefer.prompts import Piece
from briefer.types import (
    Article,
    CasualtyKind,
    Change,
    Claim,
    Claimant,
    EquipmentState,
    Extent,
    Kind,
    Modality,
    Prompt,
)

_NAME = re.compile(r"\b[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")
Words = Callable[[random.Random], str]


def claims(article: Article, rng: random.Random, words: Words, names: Words, count: int) -> list[Claim]:
    """What the extractor makes of so many made-up claims; those that it lets go itself are not among them."""
    said = ArticleSaid.model_validate({"n": 1, "claims": [_claim(article, rng, words, names) for _ in range(count)]})
    share = Share(Piece(article, 0, len(article.sentences)), 0, Prompt("extract", "", "", ""))
    return claims_of(article, [(share, said)], language="en")


def noise(rng: random.Random) -> str:
    """Printable characters, as a model of random weights writes them under a schema."""
    return "".join(rng.choices(string.ascii_letters + string.digits + "    .,-'", k=rng.randint(1, 24))).strip()


def vocabulary(article: Article) -> Words:
    """One to four words of the article, in any order."""
    known = re.findall(r"\w+", article.text)
    return lambda rng: " ".join(rng.choices(known, k=rng.randint(1, 4)))


def sentences(article: Article) -> Words:
    """Words of the article in any order, as long as a sentence."""
    known = re.findall(r"\w+", article.text)
    return lambda rng: " ".join(rng.choices(known, k=rng.randint(3, 9)))


def real_names(article: Article) -> Words:
    """Names that the article has, and its nouns for those who fight."""
    known = [*_NAME.findall(article.text), "rebels", "the army", "government forces", "soldiers", "civilians"]
    return lambda rng: rng.choice(known)


def _claim(article: Article, rng: random.Random, words: Words, names: Words) -> dict[str, object]:
    kind = rng.choice(list(Kind))
    many = rng.choice((1, 1, 1, 2))
    said: dict[str, object] = {
        "s": [rng.randint(1, len(article.sentences)) for _ in range(many)],
        "k": kind,
        "a": [names(rng) for _ in range(rng.choice((0, 1, 1, 2)))],
        "o": [names(rng) for _ in range(rng.choice((0, 0, 1)))],
        "p": names(rng) if rng.random() < 0.7 else "",
        "m": rng.choice([Modality.OCCURRED] * 4 + list(Modality)),
        "b": rng.choice([Claimant.OUTLET] * 3 + list(Claimant)),
    }
    if kind is Kind.TERRITORY:
        said |= {"c": rng.choice(list(Change)), "e": rng.choice(list(Extent))}
    if kind in TOLD:
        said["t"] = words(rng)
    said |= dict(_more(kind, rng, words, names))
    return said


def _more(kind: Kind, rng: random.Random, words: Words, names: Words) -> Iterator[tuple[str, object]]:
    if rng.random() < 0.3:
        yield "v", names(rng)
    if rng.random() < 0.2:
        yield "r", rng.choice(["north of", "near", "toward", words(rng)])
    if rng.random() < 0.3:
        yield "x", words(rng)
    if rng.random() < 0.3:
        yield "w", rng.choice(["Monday", "on Tuesday morning", str(date(2031, 4, rng.randint(1, 30))), words(rng)])
    if kind in (Kind.CASUALTIES, Kind.PRISONERS):
        number = rng.choice([str(rng.randint(1, 60)), "at least 17", "dozens", "a", words(rng)])
        yield "n", [{"k": rng.choice(list(CasualtyKind)), "n": number, "v": rng.choice(["soldiers", words(rng)])}]
    if kind is Kind.EQUIPMENT:
        kit = rng.choice(["tanks", "a drone", words(rng)])
        yield "q", [{"t": kit, "s": rng.choice(list(EquipmentState)), "n": rng.choice(["", "one", "3", words(rng)])}]
