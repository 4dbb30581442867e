"""Tags: what each word is in its sentence. A verb taken for a noun says nothing; a noun taken for a verb lies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import named

from briefer.reading.tags import tag
from briefer.reading.tokens import tokenize
from briefer.reading.word_classes import classes


def tagged(sentence: str) -> dict[str, str]:
    tokens = tokenize(sentence)
    return dict(zip(tokens.words, tag(tokens), strict=True))


WORDS = [
    ("past tense", "Rebels captured the town.", "captured", "d"),
    ("participle behind be", "The town was captured.", "captured", "p"),
    ("participle behind have", "Rebels have captured it.", "captured", "p"),
    ("infinitive behind to", "Rebels hope to capture it.", "capture", "v"),
    ("noun behind the", "The capture of the town ended.", "capture", "N"),
    ("infinitive behind a modal", "Rebels may attack it.", "attack", "v"),
    ("noun behind an adjective", "A heavy attack began.", "attack", "N"),
    ("noun behind an owner", "The army's advance stalled.", "advance", "N"),
    ("third person", "The army controls it.", "controls", "z"),
    ("name", "They left Velikaya yesterday.", "Velikaya", "E"),
    ("arabic article is a name's", "They left al-Qasir.", "al-Qasir", "E"),
    ("number word", "Thirty-one soldiers died.", "Thirty-one", "Q"),
    ("number figure", "About 31 soldiers died.", "31", "Q"),
    ("ordinal is an adjective", "The 4th brigade left.", "4th", "J"),
    ("negation", "They did not leave.", "not", "X"),
    ("modal", "They could leave.", "could", "M"),
    ("held by is an adjective", "They shelled rebel-held districts.", "rebel-held", "J"),
    ("adverb", "They quickly left.", "quickly", "R"),
    ("preposition", "They fought near it.", "near", "P"),
    ("pronoun", "They fought near it.", "They", "U"),
    ("opener keeps its lower case class", "Residents fled.", "Residents", "N"),
    ("to", "They went to it.", "to", "t"),
    ("owner", "The army's base fell.", "'s", "A"),
    ("subordinator", "They left because it fell.", "because", "K"),
]


@pytest.mark.parametrize(("sentence", "word", "letter"), named(WORDS))
def test_a_word_is_what_its_neighbours_make_it(sentence: str, word: str, letter: str) -> None:
    assert tagged(sentence)[word] == letter


HOMOGRAPHS = [
    ("controls behind a name", "The Azania Front controls most of it.", "controls", "z"),
    ("shot down", "Rebels shot down a helicopter.", "shot", "d"),
    ("hit behind a weapon", "A drone hit a depot.", "hit", "d"),
    ("hold behind still", "The rebels still hold the citadel.", "hold", "v"),
    ("control behind now", "Opposition fighters now control half of it.", "control", "v"),
    ("cut off", "Shelling cut off the water.", "cut", "d"),
    ("field behind gas", "Rebels captured the gas field.", "field", "N"),
    ("station behind police", "They seized the police station on Monday.", "station", "N"),
    ("official behind senior", "A senior official confirmed it.", "official", "N"),
]


@pytest.mark.parametrize(
    ("sentence", "word", "letter"),
    named(HOMOGRAPHS),
)
def test_words_that_are_noun_and_verb_are_told_apart(sentence: str, word: str, letter: str) -> None:
    assert tagged(sentence)[word] == letter


CLASSES = [
    ("unknown word", "brontlax", "n"),
    ("unknown plural", "brontlaxes", "N"),
    ("ending in ly", "brontily", "R"),
    ("hyphened", "brontlax-held", "j"),
]


@pytest.mark.parametrize(("word", "first"), named(CLASSES))
def test_an_unknown_word_is_judged_by_its_shape(word: str, first: str) -> None:
    assert classes(word).startswith(first)


WORDS_AND_MARKS = "the army has captured al-Qasir ( ) , . \" – to 's 15 who not & %".split()


@given(st.lists(st.sampled_from(WORDS_AND_MARKS), max_size=25))
def test_every_token_has_one_letter(words: list[str]) -> None:
    tokens = tokenize(" ".join(words))
    assert len(tag(tokens)) == len(tokens)


@given(st.text(max_size=120))
def test_no_text_breaks_the_tagger(text: str) -> None:
    tokens = tokenize(text)
    assert len(tag(tokens)) == len(tokens)
