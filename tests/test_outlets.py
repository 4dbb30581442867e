"""Outlets are known by name, alias, domain and address; copies of one publisher are seen as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.reading import lexicon, outlets


@pytest.mark.parametrize(
    ("outlet", "family"),
    [
        ("Reuters", "Thomson Reuters"),
        ("reuters.com", "Thomson Reuters"),
        ("https://www.reuters.com/world/some-article", "Thomson Reuters"),
        ("africa.reuters.com", "Thomson Reuters"),
        ("The Guardian", "Guardian Media Group"),
        ("guardian", "Guardian Media Group"),
        ("CNN International", "Warner Bros. Discovery"),
        ("Al-Jazeera English", "Al Jazeera Media Network"),
        ("  Press TV ", "IRIB"),
        ("dailysabah", "Turkuvaz"),
        ("ahram", "Al-Ahram"),
        ("AlMayadeen", "Al Mayadeen"),
        ("Some Village Courier", "some village courier"),
        ("dawn.village.example", "dawn.village.example"),
        ("www.village-courier.example", "village-courier.example"),
        ("", ""),
    ],
)
def test_an_outlet_belongs_to_a_publisher(outlet: str, family: str) -> None:
    assert outlets.publisher(outlet) == family


def test_two_titles_of_one_house_are_one_publisher() -> None:
    assert outlets.publisher("The Sun") == outlets.publisher("The Times")
    assert outlets.publisher("RIA Novosti") == outlets.publisher("sputniknews.com")
    assert outlets.publisher("Reuters") != outlets.publisher("AFP")


@pytest.mark.parametrize(
    ("outlet", "side"),
    [
        ("SANA", "SY"),
        ("TASS", "RU"),
        ("rt.com", "RU"),
        ("Xinhua", "CN"),
        ("Al-Manar", "Hezbollah"),
        ("Al-Masirah", "Houthis"),
        ("Amaq News Agency", "Islamic State"),
        ("Ukrinform", "UA"),
        ("Anadolu", "TR"),
        ("AFP", ""),
        ("BBC", ""),
        ("Unheard-of Gazette", ""),
    ],
)
def test_a_mouthpiece_is_known_as_one(outlet: str, side: str) -> None:
    assert outlets.aligned(outlet) == side


def test_outlets_are_aligned_with_a_country_or_a_known_actor() -> None:
    canonical = {actor.canonical for actor in lexicon.known_actors()}
    sides = {outlet.aligned for outlet in outlets.outlets().values()} - {""}
    assert all(side in canonical or (len(side) == 2 and side.isupper()) for side in sides)


def test_every_row_is_whole_and_no_alias_is_two_outlets() -> None:
    every = set(outlets.outlets().values())
    assert len(every) >= 250
    for outlet in every:
        assert outlet.kind in outlets.OUTLET_KINDS
        assert outlet.family
        assert all(outlets.known(name) is outlet for name in (outlet.name, *outlet.aliases)), outlet


@given(st.text())
def test_no_text_breaks_the_lookup(outlet: str) -> None:
    found = outlets.known(outlet)
    assert outlets.publisher(outlet) == (found.family if found else outlets.publisher(outlet))


def test_a_hostile_name_is_looked_up_in_no_time() -> None:
    assert outlets.known("a." * 50_000 + "!") is None
    assert outlets.publisher("-" * 50_000).strip() == ""
