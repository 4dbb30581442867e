"""Fronts from an article's own geography: headings, what lies in what, the province a sentence names."""

import pytest

from briefer.reading.regions import proper, regions
from briefer.reading.scene import scene
from briefer.reading.sentences import split
from briefer.types import Article


def front(text: str, place: str, sentence: int = 0) -> str:
    article = Article("a1", "a.txt", text, split(text))
    return regions(article, scene(article)).front(place, sentence)


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("Rebels entered Sel Marra, a village in Dorvan. The road from Dorvan was cut.", "Sel Marra", "Dorvan"),
        ("Troops shelled Ard Kesh, 6 km west of Dorvan, on Monday.", "Ard Kesh", "Dorvan"),
        ("Fighting went on in Ard Kesh in the province of Dorvan.", "Ard Kesh", "Dorvan"),
        ("The army took Ard Kesh in the Dorvan Governorate.", "Ard Kesh", "Dorvan"),
        ("The army took Ard Kesh.", "Ard Kesh", ""),
    ],
)
def test_a_place_is_of_the_front_that_the_article_puts_it_in(text: str, place: str, expected: str) -> None:
    assert front(text, place) == expected


def test_a_heading_in_capitals_stands_over_what_follows() -> None:
    text = "DORVAN (north)\n\nRebels entered Sel Marra.\n\nTERVAL (south)\n\nRockets hit Ard Kesh."
    assert front(text, "Sel Marra", 1) == "Dorvan"
    assert front(text, "Ard Kesh", 3) == "Terval"


@pytest.mark.parametrize(
    ("written", "name"), [("In Dorvan", "Dorvan"), ("Dorvan", "Dorvan"), ("Libya", ""), ("Syrian", ""), ("The", "")]
)
def test_a_front_has_a_name_of_its_own(written: str, name: str) -> None:
    assert proper(written) == name
