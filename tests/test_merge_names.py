"""Which names of a run are one actor or one place, and who stands on whose side."""

import pytest
from claim_factory import REBEL, STATE, Desk, actor, day, party

from briefer.merge import merge
from briefer.types import Actor, ActorKind, Change, Kind, Merged, Place, Status

TERRITORY = Kind.TERRITORY
CLASH = Kind.CLASH


def merged(desk: Desk) -> Merged:
    return merge(desk.claims, list(desk.articles.values()))


def named(*actors: Actor) -> list[str]:
    """The actors that are left when each name acts in an article of its own."""
    desk = Desk()
    for number, one in enumerate(actors):
        desk.claim(f"a{number}", Kind.MOVEMENT, by=one, place="Karum", when=day(4))
    return sorted(known.name for known in merged(desk).parties)


def placed(*places: Place, together: bool = False) -> list[str]:
    """The places that are left; each in an article of its own beside the town of Karum, or all in one article."""
    desk = Desk()
    for number, place in enumerate(places):
        article = "a" if together else f"a{number}"
        desk.claim(article, CLASH, by=actor("rebels"), place=place, when=day(4))
        desk.claim(article, CLASH, by=actor("rebels"), place="Karum", when=day(4))
    found = {claim.place.canonical for claim in merged(desk).claims if claim.place}
    return sorted(found - {"Karum"})


def place(name: str, *, at: float | None = None, region: str = "", relation: str = "", precision: int = 1) -> Place:
    return Place(name, name, relation, precision, at, at, region, "Velania" if region else "")


# Actors


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        pytest.param("the Dawn Brigade", "Dawn Brigade", "Dawn Brigade", id="the"),
        pytest.param("Dawn Brigades", "Liwa al-Dawn", "Dawn Brigades", id="the English for a transliterated word"),
        pytest.param("forces of the Dawn Brigade", "Dawn Brigade", "forces of the Dawn Brigade", id="forces of"),
        pytest.param("forces loyal to Marek Dun", "Marek Dun's forces", "forces loyal to Marek Dun", id="loyal to"),
        pytest.param("Marek Dun loyalists", "pro-Marek Dun forces", "pro-Marek Dun forces", id="pro-"),
        pytest.param("VPF", "Velanian Patriotic Front", "Velanian Patriotic Front", id="initials"),
        pytest.param("V.P.F.", "Velanian Patriotic Front", "Velanian Patriotic Front", id="initials with dots"),
        pytest.param("Ahrar al-Wadi", "Harakat Ahrar al-Wadi", "Harakat Ahrar al-Wadi", id="a short form"),
        pytest.param("Ansar al-Wadiya", "Ansar al-Wadiyah", "Ansar al-Wadiyah", id="two spellings"),
        pytest.param("Ninth Coast Brigade", "9th Coast Brigade", "Ninth Coast Brigade", id="ordinals in words"),
        pytest.param("rebel fighters", "rebels", "rebel fighters", id="common nouns"),
    ],
)
def test_names_of_one_actor(one: str, other: str, kept: str) -> None:
    assert named(actor(one, kind=REBEL), actor(other, kind=REBEL)) == [kept]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("4th Brigade", "14th Brigade", id="figures"),
        pytest.param("First Coast Division", "Third Coast Division", id="ordinals"),
        pytest.param("Northern Dawn", "Southern Dawn", id="compass points"),
        pytest.param("Liwa al-Wadi", "Jaysh al-Wadi", id="a brigade is no army"),
        pytest.param("Free Velanian Army", "Velanian Army", id="free"),
        pytest.param("the government", "government forces", id="a government is not its forces"),
        pytest.param("militants", "rebels", id="two common nouns"),
        pytest.param("VPF", "Velanian People's Army", id="other initials"),
    ],
)
def test_names_of_two_actors(one: str, other: str) -> None:
    assert len(named(actor(one, kind=REBEL), actor(other, kind=REBEL))) == 2


def test_initials_that_fit_two_names_fit_none() -> None:
    assert len(named(actor("VPF"), actor("Velanian Patriotic Front"), actor("Velanian Police Force"))) == 3


def test_a_short_form_that_fits_two_names_fits_none() -> None:
    assert len(named(actor("Wadi"), actor("Liwa al-Wadi"), actor("Jaysh al-Wadi"))) == 3


def test_names_of_one_national_army_are_one() -> None:
    names = ("Syrian Arab Army", "Syrian Armed Forces", "Syrian military", "the army", "government troops")
    assert len(named(*(actor(name, kind=STATE) for name in names))) == 1


def test_the_army_is_nobodys_where_two_states_fight() -> None:
    assert len(named(actor("Syrian army", kind=STATE), actor("Turkish army", kind=STATE), actor("the army"))) == 3


def test_two_who_fight_each_other_are_two_whatever_their_names() -> None:
    desk = Desk()
    one, other = actor("Ansar al-Wadiya", kind=REBEL), actor("Ansar al-Wadiyah", kind=REBEL)
    desk.claim("a", CLASH, by=one, on=other, place="Karum", when=day(4))
    desk.claim("b", CLASH, by=one, place="Karum", when=day(4))
    assert len(merged(desk).parties) == 2


def test_two_names_of_one_article_are_two() -> None:
    desk = Desk()
    for name in ("Ansar al-Wadiya", "Ansar al-Wadiyah"):
        desk.claim("a", CLASH, by=actor(name, kind=REBEL), place="Karum", when=day(4))
    assert len(merged(desk).parties) == 2


def test_a_capital_at_the_start_of_a_sentence_makes_no_name() -> None:
    front = actor("Rebel forces", "Velanian Patriotic Front", REBEL)
    assert named(front, actor("rebel forces", kind=REBEL), actor("Rebels", kind=REBEL)) == [
        "Velanian Patriotic Front",
        "rebel forces",
    ]


def test_what_one_article_calls_it_another_may() -> None:
    assert named(actor("Dun's men", "Harbour Guard"), actor("Dun's men")) == ["Harbour Guard"]


def test_a_name_written_for_a_common_noun_joins_nobody_to_it() -> None:
    one = actor("Dun's men", "rebels", REBEL)
    assert len(named(one, actor("Dun's men", "Harbour Guard", REBEL), actor("Harbour Guard", kind=REBEL))) == 2


def test_the_militants_of_two_outlets_are_not_one() -> None:
    desk = Desk()
    army = actor("Velanian Army", kind=STATE)
    desk.claim("a", CLASH, by=army, on=actor("the militants", "Dawn Brigade", REBEL), place="Karum", when=day(4))
    desk.claim("b", CLASH, by=actor("Dawn Brigade", kind=REBEL), on=actor("the militants"), place="Karum", when=day(4))
    assert {known.name for known in merged(desk).parties} >= {"militants", "Dawn Brigade", "Velanian Army"}


def test_the_most_used_full_name_is_kept_and_the_others_are_aliases() -> None:
    desk = Desk()
    for number, name in enumerate(["VPF", "VPF", "VPF", "Velanian Patriotic Front", "the Velanian Patriotic Front"]):
        desk.claim(f"a{number}", CLASH, by=actor(name, kind=REBEL), place="Karum", when=day(4))
    (known,) = merged(desk).parties
    assert (known.name, known.aliases) == ("Velanian Patriotic Front", ("VPF",))


# Places


@pytest.mark.parametrize(
    ("places", "kept"),
    [
        pytest.param([place("Misrata"), place("Misurata")], ["Misurata"], id="two spellings"),
        pytest.param([place("Luz Ravan"), place("Louz Rawan")], ["Louz Rawan"], id="v and w"),
        pytest.param([place("Bashkar"), place("town of Bashkar")], ["town of Bashkar"], id="the town of"),
        pytest.param([place("Al-Wadi District"), place("al-Wadi")], ["Al-Wadi District"], id="district"),
        pytest.param([place("Ain Issa", at=36.4), place("Ayn Eissa", at=36.4)], ["Ayn Eissa"], id="one entry"),
        pytest.param([place("Tel Abyad", at=36.7), place("Tel Abyad")], ["Tel Abyad"], id="linked in one article"),
    ],
)
def test_names_of_one_place(places: list[Place], kept: list[str]) -> None:
    assert placed(*places) == kept


@pytest.mark.parametrize(
    "places",
    [
        pytest.param([place("Rashideen"), place("Rashidiyah")], id="close spellings"),
        pytest.param([place("Misrata", at=32.4), place("Misurata", at=30.1)], id="two entries"),
        pytest.param(
            [place("Dora", at=33.2, region="Baghdad"), place("Dora", at=36.1, region="Nineveh")], id="namesakes"
        ),
        pytest.param([place("Idlib"), place("Idlib province", precision=4)], id="a city and its province"),
        pytest.param([place("Idlib"), place("Idlib", precision=4)], id="a city and its province, by precision"),
        pytest.param([place("Point 104"), place("Point 105")], id="figures"),
        pytest.param([place("Upper Kerzan"), place("Lower Kerzan")], id="upper and lower"),
    ],
)
def test_names_of_two_places(places: list[Place]) -> None:
    assert len(placed(*places)) == 2


def test_an_article_that_uses_both_spellings_means_two_places() -> None:
    assert len(placed(place("Misrata"), place("Misurata"), together=True)) == 2


def test_like_spellings_with_nothing_in_common_are_two_places() -> None:
    desk = Desk()
    for name, beside in (("Misrata", "Karum"), ("Misurata", "Delph")):
        for spot in (name, beside):
            desk.claim(f"about {beside}", CLASH, by=actor("rebels"), place=spot, when=day(4))
    assert len({claim.place.canonical for claim in merged(desk).claims if claim.place}) == 4


def test_a_spelling_takes_the_entry_it_joins_and_keeps_what_was_written() -> None:
    desk = Desk()
    for name, spot in (("a", place("Misrata", at=32.4, region="Coast")), ("b", place("Misurata"))):
        desk.claim(name, CLASH, by=actor("rebels"), place=spot, when=day(4))
        desk.claim(name, CLASH, by=actor("rebels"), place="Karum", when=day(4))
    found = {claim.place.name: claim.place for claim in merged(desk).claims if claim.place}
    assert (found["Misurata"].lat, found["Misurata"].region) == (32.4, "Coast")
    assert found["Misurata"].canonical == found["Misrata"].canonical


def test_a_namesake_without_entry_is_the_one_of_its_articles_region() -> None:
    desk = Desk()
    for region, spot in (("North", 36.0), ("South", 30.0)):
        desk.claim(region, CLASH, by=actor("rebels"), place=place("Dora", at=spot, region=region), when=day(4))
    desk.claim("a", CLASH, by=actor("rebels"), place=place("Dora"), when=day(4))
    desk.claim("a", CLASH, by=actor("rebels"), place=place("Salt", at=30.2, region="South"), when=day(4))
    found = next(claim.place for claim in merged(desk).claims if claim.article == "a" and claim.place)
    assert found.lat == 30.0


# Sides


def sides(desk: Desk) -> dict[str, str]:
    return {known.name: known.side for known in merged(desk).parties}


def test_who_fights_together_is_one_side_and_who_they_fight_the_other() -> None:
    desk = Desk()
    army, guard = actor("Velanian Army", kind=STATE), actor("Liwa al-Quay", kind=ActorKind.POLITICAL_MILITIA)
    dawn, sons = actor("Dawn Brigade", kind=REBEL), actor("Sons of Karum", kind=REBEL)
    desk.claim("a", TERRITORY, Change.CAPTURED, by=(army, guard), on=dawn, place="Karum", when=day(4))
    desk.claim("b", CLASH, by=(dawn, sons), place="Karum", when=day(4))
    desk.claim("c", Kind.POLITICAL, by=actor("Relief Council"), on=army)
    assert sides(desk) == {
        "Velanian Army": "Government side",
        "Liwa al-Quay": "Government side",
        "Dawn Brigade": "Dawn Brigade and allies",
        "Sons of Karum": "Dawn Brigade and allies",
        "Relief Council": "",
    }


def test_the_majority_of_independent_reports_decides() -> None:
    desk = Desk()
    one, other = actor("Dawn Brigade", kind=REBEL), actor("Quay Front", kind=REBEL)
    for outlet in ("Herald", "Tribune", "Post"):
        desk.claim(desk.article(outlet, outlet), CLASH, by=one, on=other, place="Karum", when=day(4))
    for number in range(9):
        desk.claim(desk.article(f"x{number}", "Mirror"), CLASH, by=(one, other), place="Karum", when=day(4))
    assert sides(desk) == {"Dawn Brigade": "Dawn Brigade side", "Quay Front": "Quay Front side"}


def test_two_states_at_war_name_their_sides() -> None:
    desk = Desk()
    desk.claim(
        "a", CLASH, by=actor("Ukrainian army", kind=STATE), on=actor("Russian forces", kind=STATE), place="Karum"
    )
    assert set(sides(desk).values()) == {"Ukrainian side", "Russian side"}


def test_governments_against_rebels_in_one_run_are_told_apart() -> None:
    desk = Desk()
    desk.claim("a", CLASH, by=actor("Syrian army", kind=STATE), on=actor("Dawn Brigade", kind=REBEL), place="Karum")
    desk.claim("b", CLASH, by=actor("Yemeni army", kind=STATE), on=actor("Quay Front", kind=REBEL), place="Salt")
    found = sides(desk)
    assert found["Syrian army"] == "Syrian government side"
    assert found["Yemeni army"] == "Yemeni government side"


def test_who_fights_both_is_on_neither_side() -> None:
    desk = Desk()
    army, dawn = actor("Velanian Army", kind=STATE), actor("Dawn Brigade", kind=REBEL)
    third = actor("Black Banner", kind=REBEL)
    for number in range(3):
        article = desk.article(f"a{number}", f"Outlet {number}")
        desk.claim(article, CLASH, by=army, on=dawn, place="Karum", when=day(4))
        desk.claim(article, CLASH, by=army, on=third, place="Karum", when=day(4))
    desk.claim("b", TERRITORY, Change.CAPTURED, by=third, place="Salt", when=day(4))
    for article in ("b", "c"):
        desk.claim(article, TERRITORY, Change.CAPTURED, by=dawn, on=third, place="Salt", when=day(5))
    result = merged(desk)
    assert sides(desk) == {
        "Velanian Army": "Government side",
        "Dawn Brigade": "Dawn Brigade side",
        "Black Banner": "Black Banner side",
    }
    assert [row.holder for row in result.ledger] == ["Dawn Brigade"]
    assert Status.REVERSED in {event.status for event in result.events}


def test_a_foreign_helper_does_not_name_the_side() -> None:
    desk = Desk()
    army, rebels = actor("Libyan army", kind=STATE), actor("Dawn Brigade", kind=REBEL)
    for number in range(4):
        desk.claim(f"a{number}", CLASH, by=army, on=rebels, place="Karum", when=day(4))
    desk.claim(
        "b", Kind.STRIKE, by=actor("French jets", "French Air Force", STATE), on=army, place="Karum", when=day(4)
    )
    found = sides(desk)
    assert found["French Air Force"] == found["Dawn Brigade"] == "Dawn Brigade and allies"
    assert next(title for name, title in found.items() if "Libyan" in name) == "Libyan government side"


def test_civilians_are_on_no_side() -> None:
    desk = Desk()
    people = actor("civilians", kind=ActorKind.CIVILIANS)
    desk.claim("a", Kind.SHELLING, by=actor("Velanian Army", kind=STATE), on=people, place="Karum")
    assert sides(desk)["civilians"] == ""


def test_a_state_outlets_own_voice_is_its_sides_word() -> None:
    desk = Desk()
    army = actor("Syrian Arab Army", kind=STATE)
    desk.article("a", "SANA")
    desk.article("b", "Al-Masdar News")
    for name in ("a", "b"):
        desk.claim(name, TERRITORY, Change.CAPTURED, by=army, place="Karum", when=day(4))
    (event,) = merged(desk).events
    assert event.status is Status.CLAIMED
    assert event.headline == "Syrian Arab Army captures Karum, Al-Masdar News and SANA say"


def test_a_party_speaks_under_its_resolved_name() -> None:
    desk = Desk()
    front = actor("Velanian Patriotic Front", kind=REBEL)
    desk.claim("a", TERRITORY, Change.CAPTURED, by=front, place="Karum", when=day(4), attribution=party("VPF"))
    desk.claim("b", CLASH, by=actor("VPF", kind=REBEL), place="Karum", when=day(4))
    event = next(event for event in merged(desk).events if event.kind is TERRITORY)
    assert event.headline == "Velanian Patriotic Front says it captured Karum; not independently confirmed"
