"""The worst liars there are: claims that satisfy the schema and say nothing true are not shown, careful ones are.

Judged on the samples' articles, with the claims that the model's extractor makes of replies. The shares are floors that
must never fall silently: they were measured with other seeds and more claims.
"""

import json
import random
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import liar
import pytest

from briefer import collect
from briefer.clean import clean
from briefer.extract.packing import Share
from briefer.extract.reply import ArticleSaid
from briefer.extract.resolving import claims_of
from briefer.prompts import Piece
from briefer.types import Article, Claim, Prompt, Raw, Ruling
from briefer.verify import verify

SAMPLES = Path(__file__).parent.parent / "samples"
CAREFUL = Path(__file__).with_name("careful_replies.json")
EACH = 60  # made-up claims of one article and one kind of liar; of pure noise twice as many


@lru_cache(maxsize=1)
def articles() -> tuple[Article, ...]:
    raws = [
        raw
        for day in sorted(SAMPLES.glob("2031-*"))
        for raw in collect.read([str(day)], fields=collect.FieldNames(), stdin=None)
    ]
    read = [clean(raw) for raw in raws if isinstance(raw, Raw)]
    return tuple(article for article in read if isinstance(article, Article) and article.sentences)


def is_english(article: Article) -> bool:
    return article.language in ("", "en")


Liar = Callable[[Article], tuple[liar.Words, liar.Words]]


def lies(make: Liar, *, english: bool) -> list[tuple[Claim, Article]]:
    found: list[tuple[Claim, Article]] = []
    for number, article in enumerate(articles()):
        if is_english(article) is english:
            rng = random.Random(number)  # a seed an article: the lies of one do not depend on the others
            words, names = make(article)
            count = EACH * (2 if make is noise else 1) * (1 if english else 8)
            found += [(claim, article) for claim in liar.claims(article, rng, words, names, count)]
    return found


def shown(told: list[tuple[Claim, Article]]) -> list[Claim]:
    judged = [verify(claim, article) for claim, article in told]
    return [claim for claim in judged if claim.verdict is not Ruling.UNSUPPORTED]


def noise(article: Article) -> tuple[liar.Words, liar.Words]:
    return liar.noise, liar.noise


def vocabulary(article: Article) -> tuple[liar.Words, liar.Words]:
    return liar.sentences(article), liar.vocabulary(article)


def real_names(article: Article) -> tuple[liar.Words, liar.Words]:
    return liar.sentences(article), liar.real_names(article)


def real_sentences(article: Article) -> tuple[liar.Words, liar.Words]:
    return lambda rng: article.sentence(rng.randrange(len(article.sentences))), liar.real_names(article)


@pytest.mark.parametrize("english", [True, False])
def test_of_a_model_of_random_weights_no_claim_is_shown(english: bool) -> None:
    told = lies(noise, english=english)
    assert len(told) > (3000 if english else 500)
    assert shown(told) == []


# Those that pass are pairs of things that their sentence does name with a word of such an event, and are left unclear.
SHARES = [
    (vocabulary, True, 0.001),
    (real_names, True, 0.004),
    (real_sentences, True, 0.002),
    (vocabulary, False, 0.01),
    (real_names, False, 0.02),
]


@pytest.mark.parametrize(("make", "english", "most"), SHARES)
def test_of_a_liar_who_knows_the_articles_words_next_to_nothing_is_shown(
    make: Liar, english: bool, most: float
) -> None:
    told = lies(make, english=english)
    passed = shown(told)
    assert len(passed) <= most * len(told), [claim.text for claim in passed]
    assert not [claim.text for claim in passed if claim.verdict is Ruling.SUPPORTED]


def careful() -> list[tuple[Claim, Article]]:
    found: list[tuple[Claim, Article]] = []
    for row in json.loads(CAREFUL.read_text(encoding="utf-8")):
        article = next(each for each in articles() if each.name.endswith(row["article"]))
        names = [{"w": words, "n": name} for words, name in row["names"]]
        said = ArticleSaid.model_validate({"n": 1, "names": names, "claims": row["claims"]})
        share = Share(Piece(article, 0, len(article.sentences)), 0, Prompt("extract", "", "", ""))
        found += [(claim, article) for claim in claims_of(article, [(share, said)], language="en")]
    return found


def test_of_a_careful_reader_nearly_every_claim_is_shown() -> None:
    told = careful()
    assert len(told) >= 70
    passed = shown(told)
    withheld = {claim.text for claim, _ in told} - {claim.text for claim in passed}
    assert len(passed) >= 0.95 * len(told), withheld
