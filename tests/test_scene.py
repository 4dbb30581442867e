"""Scene: what one article shows its own names to be."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from tables import named

from briefer.reading.names import fold
from briefer.reading.scene import NameSort, abbreviations, scene
from briefer.types import Article

Make = Callable[..., Article]
PLACE, ACTOR, PERSON = NameSort.PLACE, NameSort.ACTOR, NameSort.PERSON

SORTS = [
    ("the town of", "Shells hit the town of Orlovka.", "Orlovka", PLACE),
    ("in", "Two people died in Orlovka.", "Orlovka", PLACE),
    ("residents of", "Residents of Orlovka fled.", "Orlovka", PLACE),
    ("a town behind a comma", "They reached Orlovka, a small town on the river.", "Orlovka", PLACE),
    ("district behind", "They shelled the Orlovka district.", "Orlovka", PLACE),
    ("fighters behind", "Tashkar fighters attacked.", "Tashkar", ACTOR),
    ("fighters from the", "Fighters from the Tashkar attacked.", "Tashkar", ACTOR),
    ("organisation's word", "The Tashkar Brigade attacked.", "Tashkar Brigade", ACTOR),
    ("commander in", "A commander in the Ashel Falcons spoke.", "Ashel Falcons", ACTOR),
    ("title in front", "They met Commander Juma Ladan there.", "Juma Ladan", PERSON),
    ("said behind", "This is over, Juma Ladan said.", "Juma Ladan", PERSON),
]


@pytest.mark.parametrize(
    ("text", "name", "sort"), named(SORTS, known=["organisation's word", "title in front", "said behind"])
)
def test_a_name_is_what_the_words_around_it_say(make_article: Make, text: str, name: str, sort: NameSort) -> None:
    sorts = scene(make_article(text)).sorts
    found = sorts.get(fold(name)) or next((s for key, s in sorts.items() if fold(name) in key), None)
    assert found is sort


@pytest.mark.xfail(strict=True, reason="known defect")
def test_one_clear_mention_makes_a_name_a_place_everywhere(make_article: Make) -> None:
    article = make_article("Rebels captured Orlovka.", "The town of Orlovka lies on the river.")
    assert scene(article).sorts[fold("Orlovka")] is PLACE


ABBREVIATIONS = [
    ("plain", "The Kachar Independence Army (KIA) attacked.", {"KIA": "Kachar Independence Army"}),
    ("small words inside", "The Movement for Northern Unity (MNU) attacked.", {"MNU": "Movement for Northern Unity"}),
    ("of", "The Front of Free Men (FFM) attacked.", {"FFM": "Front of Free Men"}),
    ("words before the name", "On Monday the Sarvan National Guard (SNG) fled.", {"SNG": "Sarvan National Guard"}),
    ("a place is none", "They left Orlovka (Tashkar) at dawn.", {}),
    ("a number is none", "The Tashkar Brigade (300) attacked.", {}),
]


@pytest.mark.parametrize(("text", "found"), named(ABBREVIATIONS))
def test_an_abbreviation_stands_for_the_name_it_was_introduced_with(text: str, found: dict[str, str]) -> None:
    assert abbreviations(text) == {fold(short): name for short, name in found.items()}


def test_the_day_of_writing_is_the_articles_own_or_unknown(make_article: Make) -> None:
    assert scene(make_article("Rebels fled.")).written is None
    published = datetime(2027, 5, 20, 12, tzinfo=UTC)
    assert scene(make_article("Rebels fled.", published=published)).written == date(2027, 5, 20)


def test_a_country_named_once_tells_nothing_of_where_the_war_is(make_article: Make) -> None:
    assert scene(make_article("A reporter from France saw rebels flee.")).country == ""


def test_the_country_that_is_named_again_and_again_is_the_articles(make_article: Make) -> None:
    article = make_article("The army of Sudan attacked.", "Sudan has been at war since 2023.", "Sudan is burning.")
    assert scene(article).country == "SD"


def test_an_empty_article_has_no_names(make_article: Make) -> None:
    found = scene(make_article(""))
    assert not found.sorts
    assert found.country == ""
    assert found.government == "government forces"


def test_the_same_article_always_gives_the_same_scene(make_article: Make) -> None:
    text = "The town of Orlovka fell to the Tashkar Brigade. Juma Ladan said Orlovka was quiet."
    assert scene(make_article(text)) == scene(make_article(text))
