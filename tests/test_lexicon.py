"""The lexicons are well formed, agree with each other, load fast, and find what a reader of war news would look up."""

import time
from importlib.resources import files

import pytest

from briefer.reading import lexicon
from briefer.types import ActorKind, Claimant

TABLES = ("actors", "capitals", "claimants", "equipment", "generic_actors", "outlets", "people")


def lines(name: str) -> list[str]:
    return (files("briefer.reading") / "data" / f"{name}.tsv").read_text("utf-8").splitlines()


@pytest.mark.parametrize("name", TABLES)
def test_a_table_names_its_source_is_sorted_and_has_no_ragged_row(name: str) -> None:
    assert lines(name)[0].startswith("# Source: ")
    rows = [line for line in lines(name) if not line.startswith("#")]
    assert [row.split("\t") for row in rows] == sorted(row.split("\t") for row in rows)
    assert len({row.count("\t") for row in rows}) == 1
    assert all(
        part == part.strip() and part for row in rows for field in row.split("\t") for part in lexicon.parts(field)
    )


@pytest.mark.parametrize("name", ["generic_actors", "claimants", "equipment", "people", "capitals"])
def test_no_name_stands_in_two_rows_of_a_table(name: str) -> None:
    column = {"equipment": 1}.get(name, 0)
    rows = [line.split("\t") for line in lines(name) if not line.startswith("#")]
    keys = [set(lexicon.folded(lexicon.parts(row[column]))) for row in rows]
    if name == "people":
        keys = [own | set(lexicon.folded(lexicon.parts(row[1]))) for own, row in zip(keys, rows, strict=True)]
    assert sum(map(len, keys)) == len(set().union(*keys))


def test_an_alias_means_one_actor_unless_it_is_marked_as_shared() -> None:
    for actor in lexicon.known_actors():
        for name in (actor.canonical, *actor.aliases):
            if name.endswith("?"):
                assert actor in lexicon.shared_actors()[lexicon.fold(name[:-1])]
            else:
                assert lexicon.actors()[lexicon.fold(name)] is actor, name
    assert not lexicon.actors().keys() & lexicon.shared_actors().keys()


def test_many_names_folded_at_once_are_folded_as_each_alone() -> None:
    names = [name for actor in lexicon.known_actors() for name in (actor.canonical, *actor.aliases)]
    assert lexicon.folded(names) == [lexicon.fold(name) for name in names]


def test_no_ordinary_english_word_is_the_name_of_an_actor() -> None:
    names = {"blackwater", "fatah", "peshmerga", "sandinistas", "zetas"}
    assert {key for key in lexicon.actors() if lexicon.words().get(key)} <= names


def test_countries_and_states_are_two_capital_letters() -> None:
    codes = [code for actor in lexicon.known_actors() for code in (*actor.countries, actor.state) if code]
    codes += [person.state for person in lexicon.people().values() if person.state]
    codes += [metonym.state for metonym in lexicon.metonyms().values()]
    assert all(len(code) == 2 and code.isascii() and code.isupper() for code in codes)


def test_leaders_stand_for_a_known_actor_or_for_the_forces_of_a_state() -> None:
    canonical = {actor.canonical for actor in lexicon.known_actors()}
    for person in lexicon.people().values():
        assert (person.stands_for in canonical) != (person.state in lexicon.state_forces()), person


def test_every_capital_has_forces() -> None:
    without = {metonym.state for metonym in lexicon.metonyms().values()} - lexicon.state_forces().keys()
    assert without <= {"CG"}


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("SAA", "Syrian Arab Army"),
        ("the Syrian army", "Syrian Arab Army"),
        ("Jabhat al-Nusra", "Jabhat al-Nusra"),
        ("Al Nusra Front", "Jabhat al-Nusra"),
        ("Harakat Ahrar Al-Sham", "Ahrar al-Sham"),
        ("Jaysh Al-Mujahiddeen", "Jaysh al-Mujahideen"),
        ("Liwaa Al-Quds", "Liwa al-Quds"),
        ("Ukrainian troops", "Armed Forces of Ukraine"),
        ("Tamil Tigers", "Liberation Tigers of Tamil Eelam"),
        ("Da'esh", "Islamic State"),
        ("M23 rebels", "M23"),
        ("U.S. military", "United States Armed Forces"),
        ("Gadhafi's forces", "Libyan Armed Forces"),
        ("Bosnian Serb army", "Army of Republika Srpska"),
        ("JNIM", "Jama'at Nusrat al-Islam wal-Muslimin"),
    ],
)
def test_an_actor_is_found_under_the_names_that_papers_use(name: str, canonical: str) -> None:
    assert lexicon.actors()[lexicon.fold(name)].canonical == canonical


def test_a_shared_abbreviation_keeps_all_its_actors_apart() -> None:
    assert {actor.countries[0] for actor in lexicon.shared_actors()["sla"]} == {"LB", "SD", "SL"}


@pytest.mark.parametrize(
    ("country", "canonical"),
    [
        ("SY", "Syrian Arab Army"),
        ("UA", "Armed Forces of Ukraine"),
        ("RU", "Russian Armed Forces"),
        ("ET", "Ethiopian National Defence Force"),
        ("MM", "Tatmadaw"),
        ("IL", "Israel Defense Forces"),
        ("IQ", "Iraqi Security Forces"),
        ("YE", "Yemeni government forces"),
        ("PS", "Palestinian Authority Security Forces"),
    ],
)
def test_the_army_of_a_state_is_the_whole_and_not_a_branch(country: str, canonical: str) -> None:
    assert lexicon.state_forces()[country].canonical == canonical


@pytest.mark.parametrize(
    ("phrase", "stance", "kind"),
    [
        ("rebels", lexicon.Stance.ANTI_GOVERNMENT, ActorKind.REBEL_GROUP),
        ("rebel fighters", lexicon.Stance.ANTI_GOVERNMENT, ActorKind.REBEL_GROUP),
        ("security forces", lexicon.Stance.GOVERNMENT, ActorKind.STATE_FORCES),
        ("regime forces", lexicon.Stance.GOVERNMENT, ActorKind.STATE_FORCES),
        ("peacekeepers", lexicon.Stance.FOREIGN, ActorKind.EXTERNAL_FORCES),
        ("villagers", lexicon.Stance.CIVILIAN, ActorKind.CIVILIANS),
        ("demonstrators", lexicon.Stance.CIVILIAN, ActorKind.PROTESTERS),
        ("brigade", lexicon.Stance.UNIT, ActorKind.UNKNOWN),
    ],
)
def test_a_generic_actor_has_a_stance(phrase: str, stance: lexicon.Stance, kind: ActorKind) -> None:
    found = lexicon.generic_actors()[phrase]
    assert (found.stance, found.kind) == (stance, kind)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Syrian Observatory for Human Rights", Claimant.MONITOR),
        ("Human Rights Watch", Claimant.MONITOR),
        ("defence ministry", Claimant.OFFICIAL),
        ("the governor", Claimant.OFFICIAL),
        ("rebel commander", Claimant.PARTY),
        ("geolocated footage", Claimant.FOOTAGE),
        ("satellite imagery", Claimant.FOOTAGE),
        ("residents", Claimant.WITNESS),
        ("hospital officials", Claimant.WITNESS),
        ("a security source".removeprefix("a "), Claimant.UNNAMED),
    ],
)
def test_a_claimant_has_a_kind(words: str, kind: Claimant) -> None:
    assert lexicon.claimants()[lexicon.fold(words)].kind is kind


@pytest.mark.parametrize(
    ("name", "type_"),
    [("T-72", "tank"), ("BMP-2s", "armoured vehicle"), ("BM-21 Grad", "rocket launcher"), ("Su-25", "aircraft"),
     ("Mi-24", "helicopter"), ("Bayraktar TB2", "drone"), ("S-300", "air defence"), ("pickup trucks", "pickup"),
     ("ammunition depots", "ammunition depot"), ("HIMARS", "rocket launcher"), ("howitzers", "artillery")],
)  # fmt: skip
def test_equipment_has_a_type(name: str, type_: str) -> None:
    assert lexicon.equipment()[lexicon.fold(name)].type == type_


@pytest.mark.parametrize(
    ("word", "tags"),
    [("attack", "nv"), ("attacks", "Nz"), ("retook", "d"), ("retaken", "p"), ("captured", "pd"), ("shelling", "ng")],
)
def test_a_word_has_its_parts_of_speech(word: str, tags: str) -> None:
    assert set(lexicon.words()[word]) == set(tags)


def test_words_are_lower_case_and_tagged_with_the_closed_set() -> None:
    assert set("".join(set(lexicon.words().values()))) <= set("nNvzdpgjr")
    assert 60_000 < len(lexicon.words()) <= 90_000
    assert all(word == word.lower() for word in lexicon.words())


def test_mappings_cannot_be_changed_by_a_reader() -> None:
    with pytest.raises(TypeError):
        lexicon.actors()["x"] = lexicon.known_actors()[0]  # type: ignore[index]


def test_the_tables_load_in_a_moment() -> None:
    loaders = (lexicon.generic_actors, lexicon.claimants, lexicon.equipment, lexicon.people, lexicon.metonyms)
    started = time.process_time()
    for load in loaders:
        load.cache_clear()
        load()
    assert time.process_time() - started < 0.5  # ~20 ms; the bound only catches an accident
