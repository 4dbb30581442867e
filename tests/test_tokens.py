"""Tokens: the words of one sentence with their places in the article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import named

from briefer.reading.tokens import tokenize

SPLITS = [
    ("owner apart from owned", "Gaddafi's forces", ["Gaddafi", "'s", "forces"]),
    ("curly owner", "the army’s base", ["the", "army", "’s", "base"]),
    ("hyphenated word is one", "rebel-held Tal Hamra", ["rebel-held", "Tal", "Hamra"]),
    ("arabic article stays on its name", "near al-Qasir", ["near", "al-Qasir"]),
    ("initials are one", "U.S. jets", ["U.S.", "jets"]),
    ("title keeps its stop", "Gen. Musa fled", ["Gen.", "Musa", "fled"]),
    ("thousands", "15,000 people", ["15,000", "people"]),
    ("number with unit", "a 155mm gun", ["a", "155mm", "gun"]),
    ("negation comes off", "didn't fall", ["did", "n't", "fall"]),
    ("contraction comes off", "they've left", ["they", "'ve", "left"]),
    ("apostrophe inside a name", "Ta'ang Front", ["Ta'ang", "Front"]),
    ("accented letters", "Metelé Gari", ["Metelé", "Gari"]),
    ("letters with a number", "the M23 rebels", ["the", "M23", "rebels"]),
    ("marks stand alone", "Fled, (wounded).", ["Fled", ",", "(", "wounded", ")", "."]),
    ("nothing", "", []),
    ("blank", " \n\t ", []),
]


@pytest.mark.parametrize(("text", "words"), named(SPLITS))
def test_words_are_what_a_reader_would_call_words(text: str, words: list[str]) -> None:
    assert list(tokenize(text).words) == words


@given(st.text(max_size=200), st.integers(min_value=0, max_value=10_000))
def test_no_character_but_white_space_is_lost_and_offsets_are_exact(text: str, offset: int) -> None:
    tokens = tokenize(text, offset=offset)
    assert len(tokens.lower) == len(tokens.starts) == len(tokens.ends) == len(tokens)
    for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
        assert text[start - offset : end - offset] == word
    assert all(end <= start for end, start in zip(tokens.ends, tokens.starts[1:], strict=False))
    covered = {i for start, end in zip(tokens.starts, tokens.ends, strict=True) for i in range(start, end)}
    missed = [char for i, char in enumerate(text) if i + offset not in covered]
    assert all(char.isspace() or char == "_" for char in missed)


def test_lower_case_takes_either_apostrophe_as_one() -> None:
    assert tokenize("The Army’s").lower == ("the", "army", "'s")
