"""Chunks: nothing of an article is lost, whole sentences only, and the budget is kept."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.chunk import chunk
from briefer.types import Article, Span


class Letters:
    """A tokenizer of one token a character, two where an "x" starts the text: like a real one, it is not additive."""

    def count(self, text: str) -> int:
        return len(text) + text.startswith("x")


@st.composite
def articles(draw: st.DrawFn) -> Article:
    pieces = draw(st.lists(st.text(max_size=12), max_size=12))
    gaps = draw(st.lists(st.sampled_from(["", " ", "\n\n"]), min_size=len(pieces), max_size=len(pieces)))
    lead = draw(st.sampled_from(["", "\n", "  "]))
    text, spans = lead, []
    for piece, gap in zip(pieces, gaps, strict=True):
        if piece:
            spans.append(Span(len(text), len(text) + len(piece)))
        text += piece + gap
    return Article(id="a1", name="a.txt", text=text, sentences=tuple(spans))


@given(articles(), st.integers(min_value=1, max_value=40))
def test_chunks_lose_no_character_and_no_sentence(article, budget):
    chunks = chunk(article, tokenizer=Letters(), max_tokens=budget)
    assert "".join(article.text[c.start : c.end] for c in chunks) == article.text
    if chunks:
        assert chunks[0].start == 0
        assert chunks[-1].end == len(article.text)
        assert chunks[0].first == 0
        assert chunks[-1].last == len(article.sentences)
    for one, two in pairwise(chunks):
        assert one.end == two.start
        assert one.last == two.first


@given(articles(), st.integers(min_value=1, max_value=40))
def test_a_chunk_keeps_the_budget_or_is_one_sentence(article, budget):
    for c in chunk(article, tokenizer=Letters(), max_tokens=budget):
        assert c.tokens == Letters().count(article.text[c.start : c.end])
        assert c.tokens <= budget or c.last - c.first <= 1
        for span in article.sentences[c.first : c.last]:
            assert c.start <= span.start <= span.end <= c.end


def test_an_article_within_the_budget_is_one_chunk(make_article):
    article = make_article("Rebels took the town.", "The army denied it.")
    (only,) = chunk(article, tokenizer=Letters(), max_tokens=1000)
    assert (only.article, only.first, only.last) == (article.id, 0, 2)


def test_sentences_are_packed_and_an_overlong_one_stands_alone(make_article):
    article = make_article("aaaa", "bbbb", "c" * 50, "dddd", "eeee")
    chunks = chunk(article, tokenizer=Letters(), max_tokens=12)
    assert [(c.first, c.last) for c in chunks] == [(0, 2), (2, 3), (3, 5)]


def test_an_empty_text_has_no_chunk(make_article):
    assert chunk(make_article(""), tokenizer=Letters(), max_tokens=5) == []


def test_a_budget_below_one_is_refused(make_article):
    with pytest.raises(ValueError, match="max_tokens"):
        chunk(make_article("A."), tokenizer=Letters(), max_tokens=0)
