"""Sentences quoted from a file in; out come their numbers in the clean article, or what cleaning made of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from briefer.clean.characters import one_line
from briefer.types import Article, Cited

LEAST = 25
"""Characters of a sentence that is looked for inside of a quotation; shorter ones are found in many."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where a quotation stands; where nowhere, `cut` says what cleaning made of it ("title", a rule of cuts)."""

    cited: tuple[Cited, ...]
    cut: str = ""


def locate(quotation: str, articles: Sequence[Article]) -> Located:
    """The sentences of the first article that holds a quotation, or that a quotation holds."""
    sought = one_line(quotation)
    for article in articles:
        if cited := tuple(Cited(article.id, number) for number in _numbers(sought, article)):
            return Located(cited)
    return Located((), next((cut for article in articles if (cut := _cut(sought, article))), "not found"))


def _numbers(sought: str, article: Article) -> Iterator[int]:
    sentences = [" ".join(article.sentence(number).split()) for number in range(len(article.sentences))]
    start = " ".join(sentences).find(sought)
    if start < 0:
        yield from (at for at, sentence in enumerate(sentences) if len(sentence) >= LEAST and sentence in sought)
        return
    ends = accumulate(len(sentence) + 1 for sentence in sentences)
    for number, (sentence, end) in enumerate(zip(sentences, ends, strict=True)):
        if end - len(sentence) - 1 < start + len(sought) and start < end - 1:
            yield number


def _cut(sought: str, article: Article) -> str:
    if sought in article.title:
        return "title"
    return next((cut.rule for cut in article.cut if _share(sought, one_line(cut.text))), "")


def _share(sought: str, cut: str) -> bool:
    return sought in cut or (len(cut) >= LEAST and cut in sought)
