"""What the house calls outlets, actors and places beats what is built in, and no merging takes it back."""

from dataclasses import replace

import pytest
from claim_factory import REBEL, STATE, Desk, actor, day, party

from briefer.merge import actors as actor_names
from briefer.merge import merge, places
from briefer.merge.told import tell
from briefer.reading.house import NO_HOUSE, House, named_by_house, under_house_names
from briefer.reading.outlets import publisher
from briefer.settings import Settings
from briefer.types import Attribution, Claimant, Kind, Place
from briefer.wiring.house import house

CLASH = Kind.CLASH


def made(**tables: object) -> House:
    return house(Settings.model_validate(tables))


def actors_of(**names: list[str]) -> House:
    return made(names={"actors": {name.replace("_", " "): aliases for name, aliases in names.items()}})


def places_of(**names: list[str]) -> House:
    return made(names={"places": {name.replace("_", " "): aliases for name, aliases in names.items()}})


def parties(desk: Desk, found: House) -> list[str]:
    """The actors that merging leaves of the claims under the names of the house."""
    claims = [under_house_names(claim, found) for claim in desk.claims]
    told = tell(claims, list(desk.articles.values()), found)
    return sorted(actor_names.resolve(told, (), found).known)


def spots(desk: Desk, found: House) -> list[str]:
    """The places that merging leaves of the claims under the names of the house."""
    claims = [under_house_names(claim, found) for claim in desk.claims]
    told = tell(claims, list(desk.articles.values()), found)
    resolved = places.resolve(told, (), found)
    return sorted({resolved.spot(item.claim.article, item.claim.place).name for item in told if item.claim.place})


def acting(*names: str, kind=REBEL) -> Desk:
    """Each name acts in an article of its own."""
    desk = Desk()
    for number, name in enumerate(names):
        desk.claim(f"a{number}", Kind.MOVEMENT, by=actor(name, kind=kind), place="Karum", when=day(4))
    return desk


# Outlets


HERALD = {"herald": {"name": "The Karum Herald", "hosts": ["herald.example"], "aliases": ["KH Online"]}}


@pytest.mark.parametrize(
    ("outlet", "url"),
    [
        ("herald.example", ""),
        ("KH Online", ""),
        ("the karum  herald", ""),
        ("", "https://www.herald.example/news/1?x=2"),
        ("", "https://live.herald.example/news/1"),
        ("Karum Herald Breaking", "http://herald.example/news/1"),
    ],
)
def test_an_article_of_a_house_outlet_goes_under_its_name(outlet, url):
    desk = Desk()
    article = replace(desk.articles[desk.article("a", outlet)], url=url)
    assert named_by_house(article, made(outlets=HERALD)).outlet == "The Karum Herald"


@pytest.mark.parametrize(
    ("outlet", "url"), [("Herald", ""), ("", "https://notherald.example/1"), ("", ""), ("Post", "")]
)
def test_an_article_of_another_outlet_stays_as_it_is(outlet, url):
    desk = Desk()
    article = replace(desk.articles[desk.article("a", outlet)], url=url)
    assert named_by_house(article, made(outlets=HERALD)) is article


def test_what_the_page_says_of_its_outlet_goes_before_the_host_that_carries_it():
    desk = Desk()
    article = replace(desk.articles[desk.article("a", "KH Online")], url="https://mirror.example/1")
    both = HERALD | {"mirror": {"hosts": ["mirror.example"]}}
    assert named_by_house(article, made(outlets=both)).outlet == "The Karum Herald"


def test_outlets_of_one_publisher_count_as_one_source():
    desk = Desk()
    for name, outlet in enumerate(("The Karum Herald", "Karum Today", "post.example")):
        desk.claim(desk.article(f"a{name}", outlet), CLASH, by=actor("rebels"), place="Karum", when=day(4))
    group = {
        "herald": {"name": "The Karum Herald", "publisher": "Lowland Press"},
        "today": {"hosts": ["today.example"], "aliases": ["Karum Today"], "publisher": "lowland press"},
    }
    articles = list(desk.articles.values())
    assert len({item.source for item in tell(desk.claims, articles)}) == 3
    assert len({item.source for item in tell(desk.claims, articles, made(outlets=group))}) == 2


def test_a_house_outlet_may_belong_to_a_publisher_that_is_known():
    found = made(outlets={"desk": {"name": "Karum Wire", "publisher": "Reuters"}})
    assert found.publisher("Karum Wire") == publisher("reuters.com")


def test_a_known_outlet_under_a_house_name_keeps_its_publisher_and_side():
    found = made(outlets={"sana": {"name": "State agency", "hosts": ["sana.sy"]}})
    assert found.publisher("State agency") == publisher("sana.sy")
    assert (found.aligned("State agency"), NO_HOUSE.aligned("sana.sy")) == ("SY", "SY")


@pytest.mark.parametrize(
    ("side", "voice"),
    [("none", ""), ("Libya", "LY"), ("LY", "LY"), ("the Front", "Dawn Front"), ("Hill Army", "Hill Army")],
)
def test_the_side_of_an_outlet_is_a_country_or_an_actor(side, voice):
    found = made(outlets={"x": {"name": "Radio X", "side": side}}, names={"actors": {"Dawn Front": ["the front"]}})
    assert found.aligned("Radio X") == voice


def test_an_outlet_that_is_nobodys_voice_for_the_house_is_none_for_merging():
    desk = Desk()
    desk.claim(desk.article("a", "sana.sy"), CLASH, by=actor("rebels"), place="Karum", when=day(4))
    articles = list(desk.articles.values())
    (said,) = tell(desk.claims, articles, made(outlets={"sana": {"hosts": ["sana.sy"], "side": "none"}}))
    assert (said.aligned, tell(desk.claims, articles)[0].aligned) == ("", "SY")


def test_the_voice_of_a_known_outlet_goes_by_the_house_name_of_its_actor():
    found = actors_of(Ansar_Allah=["Houthis"])
    assert found.aligned("26sep.net") == "Ansar Allah"


# Names in claims


def test_a_claim_goes_under_the_names_of_the_house_and_keeps_its_words():
    desk = Desk()
    desk.claim(
        "a",
        CLASH,
        by=actor("the Front", "Dawn Liberation Front"),
        on=actor("government troops", "Velanian army"),
        place=Place("Ushgar", "Ushgar", "north of", 2, 1.0, 2.0, "Karum", "Velania"),
        attribution=Attribution(Claimant.PARTY, "the Front", "Dawn Liberation Front"),
    )
    found = made(
        names={
            "actors": {"DLF": ["Dawn Liberation Front"], "Velanian Armed Forces": ["Velanian Army"]},
            "places": {"Oshgar": ["Ushgar"]},
        }
    )
    (claim,) = (under_house_names(claim, found) for claim in desk.claims)
    assert [(one.name, one.canonical) for one in claim.actors] == [("the Front", "DLF")]
    assert [one.canonical for one in claim.opponents] == ["Velanian Armed Forces"]
    assert (claim.attribution.who, claim.attribution.canonical) == ("the Front", "DLF")
    assert claim.place == Place("Ushgar", "Oshgar", "north of", 2, 1.0, 2.0, "Karum", "Velania")
    assert (claim.id, claim.evidence) == (desk.claims[0].id, desk.claims[0].evidence)


def test_the_words_of_the_article_go_before_what_they_were_taken_to_mean():
    desk = Desk()
    desk.claim("a", CLASH, by=actor("the SDF", "Syrian Democratic Forces"), place="Karum")
    (claim,) = (under_house_names(claim, actors_of(Sea_Defence_Front=["SDF"])) for claim in desk.claims)
    assert claim.actors[0].canonical == "Sea Defence Front"


def test_two_spellings_that_become_one_actor_act_once():
    desk = Desk()
    desk.claim("a", CLASH, by=(actor("Dawn men"), actor("the Front"), actor("villagers")), place="Karum")
    (claim,) = (under_house_names(claim, actors_of(Dawn_Front=["Dawn men", "the Front"])) for claim in desk.claims)
    assert [one.canonical for one in claim.actors] == ["Dawn Front", "villagers"]


def test_an_outlet_that_speaks_for_itself_does_not_become_a_party():
    desk = Desk()
    desk.claim("a", CLASH, by=actor("rebels"), place="Karum", attribution=Attribution(Claimant.OFFICIAL, "the Front"))
    (claim,) = (under_house_names(claim, actors_of(Dawn_Front=["the Front"])) for claim in desk.claims)
    assert claim.attribution.canonical == ""


def test_without_house_names_nothing_changes():
    desk = acting("Dawn Front", "Hill Army")
    assert [under_house_names(claim, NO_HOUSE) for claim in desk.claims] == desk.claims
    articles = list(desk.articles.values())
    assert tell(desk.claims, articles, NO_HOUSE) == tell(desk.claims, articles)
    assert {known.name for known in merge(desk.claims, articles).parties} == set(parties(desk, NO_HOUSE))


# Merging


def test_an_alias_is_not_merged_with_an_actor_of_nearly_its_spelling():
    desk = acting("Jaysh al-Wadiya", "Jaysh al-Wadiyah")
    assert parties(desk, NO_HOUSE) == ["Jaysh al-Wadiyah"]
    assert parties(desk, actors_of(Valley_Army=["Jaysh al-Wadiya"], Stream_Army=["Jaysh al-Wadiyah"])) == [
        "Stream Army",
        "Valley Army",
    ]


def test_two_house_names_of_nearly_one_spelling_stay_two():
    assert parties(acting("Ansar al-Wadiya", "Ansar al-Wadiyah"), NO_HOUSE) == ["Ansar al-Wadiyah"]
    found = made(names={"actors": {"Ansar al-Wadiya": [], "Ansar al-Wadiyah": []}})
    assert parties(acting("Ansar al-Wadiya", "Ansar al-Wadiyah"), found) == ["Ansar al-Wadiya", "Ansar al-Wadiyah"]


def test_two_house_names_that_the_lexicon_takes_for_one_stay_two():
    desk = acting("SAA", "Syrian Arab Army", kind=STATE)
    assert parties(desk, NO_HOUSE) == ["Syrian Arab Army"]
    assert parties(desk, made(names={"actors": {"SAA": [], "Syrian Arab Army": []}})) == ["SAA", "Syrian Arab Army"]


def test_a_house_name_is_not_renamed_to_a_known_actor_of_nearly_its_spelling():
    desk = acting("the Hill men", "Hizbullah", "Hizbullah", "Hizbullah")
    assert parties(desk, actors_of(Hezbolla=["the Hill men"])) == ["Hezbolla", "Hizbullah"]


def test_a_house_name_wins_over_the_names_that_articles_use_more():
    desk = acting("VPF", "Velanian Patriotic Front", "Velanian Patriotic Front", "Velanian Patriotic Front")
    assert parties(desk, NO_HOUSE) == ["Velanian Patriotic Front"]
    assert parties(desk, actors_of(VPF=[])) == ["VPF"]


def test_a_house_name_wins_over_the_name_under_which_an_actor_was_told_before():
    desk = acting("Ansar al-Wadiya", "Ansar al-Wadiyah")
    found = made(names={"actors": {"Ansar al-Wadiya": []}})
    told = tell(desk.claims, list(desk.articles.values()), found)
    assert list(actor_names.resolve(told, ("Ansar al-Wadiyah",), found).known) == ["Ansar al-Wadiya"]


def test_a_house_name_keeps_its_article():
    desk = acting("The Sentinels", "Sentinels")
    assert parties(desk, actors_of(The_Sentinels=["Sentinels"])) == ["The Sentinels"]


def test_the_party_whose_word_it_is_is_found_under_its_house_name():
    desk = Desk()
    desk.claim("a", CLASH, by=actor("Dawn men"), place="Karum", when=day(4), attribution=party("Dawn men"))
    found = actors_of(Dawn_Front=["Dawn men"])
    claims = [under_house_names(claim, found) for claim in desk.claims]
    merged = merge(claims, list(desk.articles.values()))
    assert merged.claims[0].attribution.canonical == "Dawn Front"


def clashing(*named: Place) -> Desk:
    """A clash at each place, in an article of its own that names Karum too."""
    desk = Desk()
    for number, place in enumerate(named):
        desk.claim(f"a{number}", CLASH, by=actor("rebels"), place=place, when=day(4))
        desk.claim(f"a{number}", CLASH, by=actor("rebels"), place="Karum", when=day(4))
    return desk


def spot(name: str, at: float | None = None) -> Place:
    return Place(name, name, "", 1, at, at, "Karum" if at else "", "Velania" if at else "")


def test_two_places_of_the_house_stay_two_whatever_their_spelling():
    desk = clashing(spot("Oshgar"), spot("Ushgar"))
    assert spots(desk, NO_HOUSE) == ["Karum", "Oshgar"]
    assert spots(desk, places_of(Oshgar=[], Ushgar=[])) == ["Karum", "Oshgar", "Ushgar"]


def test_a_place_of_the_house_is_not_renamed_to_a_known_one_of_nearly_its_spelling():
    desk = clashing(spot("the ridge"), spot("Ushgar", 3.0), spot("Ushgar", 3.0))
    assert spots(desk, places_of(Oshgar=["ridge"])) == ["Karum", "Oshgar", "Ushgar"]


def test_a_place_of_the_house_takes_in_other_spellings_and_keeps_its_name():
    desk = clashing(spot("Oshgar"), spot("Ushgar"), spot("Ushgar"))
    assert spots(desk, NO_HOUSE) == ["Karum", "Ushgar"]
    assert spots(desk, places_of(Oshgar=[])) == ["Karum", "Oshgar"]


def test_what_the_house_calls_one_place_is_one_though_the_gazetteer_has_two():
    desk = clashing(spot("Old Ushgar", 3.0), spot("New Ushgar", 3.2))
    assert spots(desk, NO_HOUSE) == ["Karum", "New Ushgar", "Old Ushgar"]
    assert spots(desk, places_of(Oshgar=["Old Ushgar", "New Ushgar"])) == ["Karum", "Oshgar"]


def test_two_places_of_the_house_at_one_entry_of_the_gazetteer_stay_two():
    desk = clashing(spot("Ushgar", 3.0), spot("Ushgar Port", 3.0))
    found = made(names={"places": {"Ushgar": [], "Ushgar Port": []}})
    assert spots(desk, found) == ["Karum", "Ushgar", "Ushgar Port"]
