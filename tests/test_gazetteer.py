"""A wrong link is a wrong map: a namesake is decided by its country and its neighbourhood, or stays open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.reading import gazetteer
from briefer.reading.countries import countries_in, country, country_name, demonym
from briefer.reading.gazetteer import Entry, PlaceKind


def where(entry: Entry | None) -> tuple[str, str] | None:
    return (entry.kind.value, entry.country) if entry else None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Misrata", "LY"),
        ("Ajdabiyah", "LY"),
        ("Zintan", "LY"),
        ("al-Zintan", "LY"),
        ("Deir ez-Zor", "SY"),
        ("Deir Ezzor", "SY"),
        ("Maarat al-Numan", "SY"),
        ("Kobani", "SY"),
        ("Saraqib", "SY"),
        ("Bakhmut", "UA"),
        ("Chasiv Yar", "UA"),
        ("El Fasher", "SD"),
        ("Mekelle", "ET"),
        ("Kidal", "ML"),
        ("Marib", "YE"),
        ("Myawaddy", "MM"),
        ("Baidoa", "SO"),
        ("Gwoza", "NG"),
        ("Culiacan", "MX"),
        ("Khan Younis", "PS"),
    ],
)
def test_towns_of_many_wars_are_found_in_their_country(name: str, code: str) -> None:
    assert code in {entry.country for entry in gazetteer.find(name)}
    assert where(gazetteer.link(name, countries={code: 3.0}, kind=PlaceKind.CITY)) == ("city", code)


def test_an_entry_says_where_it_is() -> None:
    entry = gazetteer.link("Idlib", countries={"SY": 1.0}, kind=PlaceKind.CITY)
    assert entry is not None
    assert (entry.name, entry.region, entry.country_name, entry.ambiguous) == ("Idlib", "Idlib", "Syria", False)
    assert entry.lat == pytest.approx(35.93, abs=0.05)
    assert entry.lon == pytest.approx(36.63, abs=0.05)
    assert entry.population > 50_000


def test_provinces_and_countries_have_no_made_up_point() -> None:
    province = gazetteer.link("Idlib", countries={"SY": 1.0}, kind=PlaceKind.PROVINCE)
    assert province is not None
    assert (province.kind, province.lat, province.lon) == (PlaceKind.PROVINCE, None, None)
    assert where(gazetteer.link("Syria", countries={})) == ("country", "SY")


def test_namesakes_are_told_apart_by_country() -> None:
    assert where(gazetteer.link("Tripoli", countries={"LY": 5.0})) == ("city", "LY")
    assert where(gazetteer.link("Tripoli", countries={"LB": 5.0})) == ("city", "LB")


def test_namesakes_are_told_apart_by_nearness() -> None:
    beside_ramallah = (31.9, 35.2)
    assert where(gazetteer.link("Jenin", countries={}, near=beside_ramallah)) == ("city", "PS")


@pytest.mark.parametrize(
    ("name", "countries"),
    [
        ("Tripoli", {}),
        ("Springfield", {}),
        ("Springfield", {"US": 4.0}),
        ("Misrata", {"UA": 4.0}),
        ("Georgia", {"US": 9.0, "GE": 1.0}),
        ("Xyzzyburgh", {"SY": 1.0}),
        ("", {}),
    ],
)
def test_what_stays_open_is_not_linked(name: str, countries: dict[str, float]) -> None:
    assert gazetteer.link(name, countries=countries) is None


def test_the_one_great_bearer_of_a_name_needs_no_hint() -> None:
    assert where(gazetteer.link("Damascus", countries={})) == ("city", "SY")


@pytest.mark.parametrize("name", ["Nice", "Reading", "Police", "Man", "Of", "Sale", "Jordan", "Georgia", "Chad"])
def test_names_that_are_words_or_people_are_marked(name: str) -> None:
    found = gazetteer.find(name)
    assert found
    assert any(entry.ambiguous for entry in found)


@pytest.mark.parametrize("name", ["Aleppo", "Misrata", "Kharkiv", "Latakia", "Mosul", "Kidal"])
def test_names_that_are_only_places_are_not_marked(name: str) -> None:
    assert not any(entry.ambiguous for entry in gazetteer.find(name))


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Russian", "Russia"),
        ("Libyans", "Libya"),
        ("Syrian's", "Syria"),
        ("Dutch", "Netherlands"),
        ("Kurdish", "Kurdistan"),
        ("Palestinian", "Palestine"),
        ("Kyiv", ""),
        ("army", ""),
    ],
)
def test_demonyms(word: str, name: str) -> None:
    assert demonym(word) == name


def test_countries_of_a_text_are_counted() -> None:
    text = (
        "The Libyan army and the U.S. Navy left Libya. South Koreans in South Sudan; Democratic Republic of the Congo."
    )
    assert countries_in(text) == {"LY": 2, "US": 1, "KR": 1, "SS": 1, "CD": 1}


def test_capitals_are_no_hint_of_where_things_happen() -> None:
    assert not countries_in("Moscow denied it and Washington said so.")


def test_codes_and_names_of_countries() -> None:
    assert country_name("CI") == "Ivory Coast"
    assert country_name("XX") == ""
    found = country("Côte d'Ivoire")
    assert found is not None
    assert found.code == "CI"


@given(st.text(max_size=20))
def test_no_name_breaks_a_look_up(name: str) -> None:
    assert all(entry.name for entry in gazetteer.find(name))
    assert sum(countries_in(name).values()) >= 0
