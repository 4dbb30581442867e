"""Speakers: whose word it is, and whether it is a side's. A party's claim must never pass for the outlet's fact."""

from collections.abc import Callable

import pytest
from tables import named

from briefer.reading.entities import Entities
from briefer.reading.parsing import parse_sentence
from briefer.reading.scene import scene
from briefer.reading.speakers import attribute
from briefer.reading.things import Memory
from briefer.types import Article, Attribution, Claimant

Make = Callable[..., Article]


def attribution(make_article: Make, sentence: str) -> Attribution:
    clauses = parse_sentence(sentence)[0]
    report = next(verb for verb in clauses.verbs if verb.reports)
    entities = Entities(clauses, scene(make_article(sentence)), Memory())
    return attribute(report.subject[0], clauses, entities)


KINDS = [
    ("rebels", "The rebels said they won.", Claimant.PARTY, "rebels"),
    ("the army", "The army said it won.", Claimant.PARTY, "government forces"),
    ("spokesman for the rebels", "A spokesman for the rebels said they won.", Claimant.PARTY, "rebels"),
    ("rebel commander", "A rebel commander said they won.", Claimant.PARTY, "rebels"),
    ("army spokesman", "An army spokesman said they won.", Claimant.PARTY, "government forces"),
    ("a group of its own name", "The Tashkar Brigade said it won.", Claimant.PARTY, "Tashkar Brigade"),
    ("residents", "Residents said they won.", Claimant.WITNESS, ""),
    ("witnesses", "Witnesses said they won.", Claimant.WITNESS, ""),
    ("an official", "An official said they won.", Claimant.OFFICIAL, ""),
    ("health ministry", "The health ministry said ten died.", Claimant.OFFICIAL, ""),
    ("monitor", "A war monitor said ten died.", Claimant.MONITOR, ""),
    ("the un", "The United Nations said ten died.", Claimant.MONITOR, ""),
    ("sources", "Sources said ten died.", Claimant.UNNAMED, ""),
    ("state television", "State television said they won.", Claimant.PARTY, "government"),
]


@pytest.mark.parametrize(("sentence", "kind", "side"), named(KINDS))
def test_a_speaker_is_of_a_kind_and_of_a_side(make_article: Make, sentence: str, kind: Claimant, side: str) -> None:
    found = attribution(make_article, sentence)
    assert found.kind is kind
    assert found.canonical == side


WRITTEN = [
    ("as written", "Residents said they won.", "Residents"),
    ("article in small letters", "The rebels said they won.", "the rebels"),
    ("whose spokesman", "A spokesman for the rebels said they won.", "a spokesman for the rebels"),
]


@pytest.mark.parametrize(("sentence", "who"), named(WRITTEN))
def test_a_speaker_is_named_as_written(make_article: Make, sentence: str, who: str) -> None:
    assert attribution(make_article, sentence).who == who


def test_a_pronoun_nobody_explains_speaks_for_no_side(make_article: Make) -> None:
    assert attribution(make_article, "It said ten died.").kind is Claimant.UNNAMED
