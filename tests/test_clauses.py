"""Clauses: every verb with who does it, to what, and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import named

from briefer.reading.parsing import parse_sentence
from briefer.reading.phrases import Clauses, Group, Link, Verb


def read(sentence: str) -> Clauses:
    return parse_sentence(sentence)[0]


def the(lemma: str, clauses: Clauses) -> Verb:
    found = [verb for verb in clauses.verbs if verb.lemma == lemma]
    assert found, f"no verb {lemma!r} among {[verb.lemma for verb in clauses.verbs]}"
    return found[0]


def words(group: Group, clauses: Clauses) -> list[str]:
    return [clauses.words(noun) for noun in group]


ROLES = [
    ("active", "Rebels captured the town.", "capture", ["rebels"], ["the town"]),
    ("time between", "Rebels on Tuesday captured the town.", "capture", ["rebels"], ["the town"]),
    ("fronted time", "On Tuesday, rebels captured the town.", "capture", ["rebels"], ["the town"]),
    ("fronted place", "In the north, rebels captured the town.", "capture", ["rebels"], ["the town"]),
    ("two subjects", "Rebels and tribesmen captured the town.", "capture", ["rebels", "tribesmen"], ["the town"]),
    ("three objects", "Rebels captured Ara, Basu and Ceru.", "capture", ["rebels"], ["ara", "basu", "ceru"]),
    ("aside in commas", "The rebels, led by a general, captured the town.", "capture", ["the rebels"], ["the town"]),
    ("shared subject", "Rebels attacked the base and captured the town.", "capture", ["rebels"], ["the town"]),
    ("two clauses", "The army left and rebels captured the town.", "capture", ["rebels"], ["the town"]),
    ("participle", "Rebels advanced, capturing the town.", "capture", ["rebels"], ["the town"]),
    ("infinitive", "Rebels tried to capture the town.", "capture", ["rebels"], ["the town"]),
    ("object control", "The general ordered rebels to capture the town.", "capture", ["rebels"], ["the town"]),
    ("relative subject", "The rebels who captured the town left.", "capture", ["the rebels"], ["the town"]),
    ("relative object", "The town that rebels captured burned.", "capture", ["rebels"], ["the town"]),
    ("inside a report", "Residents said rebels captured the town.", "capture", ["rebels"], ["the town"]),
    ("subordinate", "The army left after rebels captured the town.", "capture", ["rebels"], ["the town"]),
    ("inverted speech", '"They left," said a resident.', "say", ["a resident"], []),
    ("postposed speech", "Rebels captured the town, residents said.", "say", ["residents"], []),
]


@pytest.mark.parametrize(
    ("sentence", "lemma", "subject", "objects"),
    named(ROLES, known=["aside in commas", "relative object"]),
)
def test_a_verb_has_its_subject_and_objects(sentence: str, lemma: str, subject: list[str], objects: list[str]) -> None:
    clauses = read(sentence)
    verb = the(lemma, clauses)
    assert not verb.passive
    assert words(verb.subject, clauses) == subject
    assert words(verb.objects, clauses) == objects


PASSIVES = [
    ("by", "The town was captured by rebels.", "capture", ["the town"], ["rebels"]),
    ("perfect", "The town has been captured by rebels.", "capture", ["the town"], ["rebels"]),
    ("reduced", "They fled the town captured by rebels.", "capture", ["the town"], ["rebels"]),
    ("no agent", "The town was captured on Monday.", "capture", ["the town"], []),
]


@pytest.mark.parametrize(("sentence", "lemma", "patient", "agent"), named(PASSIVES))
def test_a_passive_turns_its_subject_into_what_it_is_done_to(
    sentence: str, lemma: str, patient: list[str], agent: list[str]
) -> None:
    clauses = read(sentence)
    verb = the(lemma, clauses)
    assert verb.passive
    assert words(verb.subject, clauses) == patient
    by = [phrase.group for phrase in verb.phrases if phrase.word == "by"]
    assert [word for group in by for word in words(group, clauses)] == agent


LINKS = [
    ("main", "Rebels captured the town.", "capture", Link.MAIN),
    ("complement", "Residents said that rebels captured the town.", "capture", Link.COMPLEMENT),
    ("infinitive", "Rebels want to capture the town.", "capture", Link.INFINITIVE),
    ("participle", "Rebels advanced, capturing the town.", "capture", Link.PARTICIPLE),
    ("reduced", "They fled the town captured by rebels.", "capture", Link.REDUCED),
    ("relative", "They fled the town which rebels captured.", "capture", Link.RELATIVE),
    ("adverbial", "They fled because rebels captured the town.", "capture", Link.ADVERBIAL),
]


@pytest.mark.parametrize(("sentence", "lemma", "link"), named(LINKS, known=["relative"]))
def test_a_verb_knows_how_it_stands_in_its_sentence(sentence: str, lemma: str, link: Link) -> None:
    assert the(lemma, read(sentence)).link is link


def test_a_negated_verb_is_marked() -> None:
    assert the("capture", read("Rebels did not capture the town.")).negated
    assert not the("capture", read("Rebels captured the town.")).negated


def test_the_phrases_of_a_place_hang_on_its_noun() -> None:
    clauses = read("The capture of Ara by rebels ended the war.")
    noun = next(noun for noun in clauses.nouns if clauses.tokens.lower[noun.head] == "capture")
    hanging = {phrase.word: words(phrase.group, clauses) for phrase in clauses.hanging[noun.head]}
    assert hanging == {"of": ["ara"], "by": ["rebels"]}


def test_what_stands_in_brackets_is_set_beside_its_noun() -> None:
    clauses = read("The Northern Army (NA) captured the town.")
    assert [words(group, clauses) for group in clauses.apposed.values()] == [["na"]]
    assert words(the("capture", clauses).subject, clauses) == ["the northern army"]


PIECES = "rebels the army captured was said that who , and to by in Ara Basu not will ( ) fled of . five".split()


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_order_of_words_is_read_without_an_error(order: list[str]) -> None:
    clauses = read(" ".join(order))
    size = len(clauses.tokens)
    for noun in clauses.nouns:
        assert 0 <= noun.first <= noun.head < noun.last <= size
    for verb in clauses.verbs:
        assert 0 <= verb.first <= verb.head < verb.last <= size
        assert verb.governor is not verb
