"""Entities: what a noun phrase stands for."""

from collections.abc import Callable

import pytest
from tables import named

from briefer.reading.entities import Entities
from briefer.reading.parsing import parse_sentence
from briefer.reading.scene import scene
from briefer.reading.things import Entity, Memory, Sort
from briefer.types import Article, Extent

Make = Callable[..., Article]


def entities_of(make_article: Make, sentence: str) -> list[Entity]:
    clauses = parse_sentence(sentence)[0]
    found = Entities(clauses, scene(make_article(sentence)), Memory())
    return [found.of(noun) for noun in clauses.nouns]


def the(make_article: Make, sentence: str, text: str) -> Entity:
    found = entities_of(make_article, sentence)
    return next(entity for entity in found if entity.text.startswith(text))


SORTS = [
    ("rebels", "Rebels fled.", "Rebels", Sort.ACTOR),
    ("the army", "The army fled.", "The army", Sort.ACTOR),
    ("government forces", "Government forces fled.", "Government forces", Sort.ACTOR),
    ("named fighters", "Tashkari fighters fled.", "Tashkari fighters", Sort.ACTOR),
    ("named brigade", "The Tashkar Brigade fled.", "The Tashkar Brigade", Sort.ACTOR),
    ("town with its name", "They left the town of Orlovka.", "the town", Sort.PLACE),
    ("district named", "They left the Orlovka district.", "the Orlovka district", Sort.PLACE),
    ("airport", "They left Orlovka airport.", "Orlovka airport", Sort.PLACE),
    ("civilians", "They killed five civilians.", "five civilians", Sort.PEOPLE),
    ("children", "They killed three children.", "three children", Sort.PEOPLE),
    ("tanks", "They destroyed two tanks.", "two tanks", Sort.EQUIPMENT),
    ("helicopter", "They downed a helicopter.", "a helicopter", Sort.EQUIPMENT),
    ("attack", "They repelled an attack.", "an attack", Sort.ASSAULT),
    ("ceasefire", "They signed a ceasefire.", "a ceasefire", Sort.TRUCE),
    ("person with a title", "They met General Musa Danladi.", "General Musa", Sort.PERSON),
    ("unknown name", "They left Brontlax.", "Brontlax", Sort.NAME),
    ("thing", "They ate the bread.", "the bread", Sort.THING),
    ("pronoun", "The rebels left it.", "it", Sort.PRONOUN),
]


@pytest.mark.parametrize(("sentence", "text", "sort"), named(SORTS))
def test_a_phrase_is_what_its_head_says(make_article: Make, sentence: str, text: str, sort: Sort) -> None:
    assert the(make_article, sentence, text).sort is sort


ACTORS = [
    ("generic rebels", "The rebels fled.", "The rebels", ["rebels"]),
    ("the army is the government's", "The army fled.", "The army", ["government forces"]),
    ("name before fighters", "Tashkari fighters fled.", "Tashkari", ["Tashkari"]),
    ("organisation's name", "The Tashkar Brigade fled.", "The Tashkar", ["Tashkar Brigade"]),
]


@pytest.mark.parametrize(("sentence", "text", "canonical"), named(ACTORS))
def test_an_actor_has_a_canonical_name(make_article: Make, sentence: str, text: str, canonical: list[str]) -> None:
    assert [actor.canonical for actor in the(make_article, sentence, text).actors] == canonical


def test_an_abbreviation_stands_for_its_full_name(make_article: Make) -> None:
    text = "The Kachar Independence Army (KIA) attacked. The KIA fled."
    clauses = parse_sentence("The KIA fled.")[0]
    found = Entities(clauses, scene(make_article(text)), Memory()).of(clauses.nouns[0])
    assert [actor.canonical for actor in found.actors] == ["Kachar Independence Army"]


EXTENTS = [
    ("most of", "Rebels captured most of Orlovka town.", Extent.MOST),
    ("parts of", "Rebels captured parts of Orlovka town.", Extent.PART),
    ("outskirts of", "Rebels captured the outskirts of Orlovka town.", Extent.OUTSKIRTS),
    ("the entire", "Rebels captured the entire town of Orlovka.", Extent.FULL),
    ("all of", "Rebels captured all of Orlovka town.", Extent.FULL),
    ("not said", "Rebels captured the town of Orlovka.", Extent.UNSPECIFIED),
]


@pytest.mark.parametrize(("sentence", "extent"), named(EXTENTS))
def test_how_much_of_a_place_is_kept(make_article: Make, sentence: str, extent: Extent) -> None:
    places = [entity for entity in entities_of(make_article, sentence) if entity.sort is Sort.PLACE]
    assert places[0].extent is extent


COUNTS = [
    ("figure", "They killed 12 soldiers.", "12", (12, 12, 12)),
    ("word", "They killed five civilians.", "five", (5, 5, 5)),
    ("hyphened word", "They killed twenty-two soldiers.", "twenty-two", (22, 22, 22)),
    ("one", "They killed a soldier.", "a soldier", (1, 1, 1)),
    ("thousands", "They moved 15,000 civilians.", "15,000", (15000, 15000, 15000)),
]


@pytest.mark.parametrize(("sentence", "text", "bounds"), named(COUNTS))
def test_people_are_counted_as_written(
    make_article: Make, sentence: str, text: str, bounds: tuple[int, int, int]
) -> None:
    number = the(make_article, sentence, text).number
    assert number is not None
    assert (number.low, number.best, number.high) == bounds


def test_civilians_are_told_from_fighters(make_article: Make) -> None:
    assert the(make_article, "They killed five civilians.", "five").civilian is True
    assert the(make_article, "They killed five soldiers.", "five").civilian is not True


def test_a_place_keeps_its_name_apart_from_where_it_lies(make_article: Make) -> None:
    spot = the(make_article, "They fought in western Aleppo.", "western").spot
    assert spot is not None
    assert (spot.name, spot.relation) == ("Aleppo", "western")
