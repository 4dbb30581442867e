"""Frames: who did what to whom where, by the constructions of the data files."""

from collections.abc import Callable

import pytest
from tables import named

from briefer.reading.constructions import constructions
from briefer.reading.entities import Entities
from briefer.reading.frame import Frame
from briefer.reading.frames import Frames
from briefer.reading.parsing import parse_sentence
from briefer.reading.scene import scene
from briefer.reading.things import Memory
from briefer.types import Article, Change, Extent, Kind

Make = Callable[..., Article]
T = Kind.TERRITORY


def frames(make_article: Make, sentence: str) -> list[Frame]:
    clauses = parse_sentence(sentence)[0]
    return Frames(clauses, Entities(clauses, scene(make_article(sentence)), Memory())).find()


def names(frame: Frame) -> tuple[list[str], list[str], str]:
    where = frame.where.spot.name if frame.where is not None else ""
    return [actor.canonical for actor in frame.actors], [actor.canonical for actor in frame.opponents], where


STATE = "government forces"
ONE = [
    ("captured", "Rebels captured the town of Ara.", T, Change.CAPTURED, ["rebels"], [], "Ara"),
    ("captured from", "Rebels captured the town of Ara from the army.", T, Change.CAPTURED, ["rebels"], [STATE], "Ara"),
    ("passive", "The town of Ara was captured by rebels.", T, Change.CAPTURED, ["rebels"], [], "Ara"),
    ("recaptured", "The army recaptured the town of Ara.", T, Change.RECAPTURED, [STATE], [], "Ara"),
    ("took control", "Rebels took control of the town of Ara.", T, Change.CAPTURED, ["rebels"], [], "Ara"),
    ("regained control", "The army regained control of the town of Ara.", T, Change.RECAPTURED, [STATE], [], "Ara"),
    ("fell to", "The town of Ara fell to rebels.", T, Change.CAPTURED, ["rebels"], [], "Ara"),
    ("fell into hands", "The town of Ara fell into the hands of rebels.", T, Change.CAPTURED, ["rebels"], [], "Ara"),
    ("lost control", "The army lost control of the town of Ara.", T, Change.LOST, [STATE], [], "Ara"),
    ("withdrew", "Rebels withdrew from the town of Ara.", T, Change.WITHDREW, ["rebels"], [], "Ara"),
    ("pulled out", "Rebels pulled out of the town of Ara.", T, Change.WITHDREW, ["rebels"], [], "Ara"),
    ("handed over", "Rebels handed over the town of Ara.", T, Change.HANDED_OVER, ["rebels"], [], "Ara"),
    ("advanced toward", "Rebels advanced toward the town of Ara.", T, Change.ADVANCED, ["rebels"], [], "Ara"),
    ("entered", "Rebels entered the town of Ara.", T, Change.ENTERED, ["rebels"], [], "Ara"),
    ("besieged", "Rebels besieged the town of Ara.", T, Change.BESIEGED, ["rebels"], [], "Ara"),
    ("laid siege", "Rebels laid siege to the town of Ara.", T, Change.BESIEGED, ["rebels"], [], "Ara"),
    ("hold", "Rebels held the town of Ara.", T, Change.HELD, ["rebels"], [], "Ara"),
    ("noun by", "The capture of the town of Ara by rebels ended it.", T, Change.CAPTURED, ["rebels"], [], "Ara"),
    ("noun owner", "The army's withdrawal from the town of Ara began.", T, Change.WITHDREW, [STATE], [], "Ara"),
    ("clash", "The army clashed with rebels in the town of Ara.", Kind.CLASH, None, [STATE], ["rebels"], "Ara"),
    ("shelled", "Rebels shelled the town of Ara.", Kind.SHELLING, None, ["rebels"], [], "Ara"),
    ("sent", "The army sent reinforcements to the town of Ara.", Kind.MOVEMENT, None, [STATE], [], "Ara"),
    ("took back", "The army took back the town of Ara.", T, Change.RECAPTURED, [STATE], [], "Ara"),
    ("name that fell", "Brontlax fell to rebels.", T, Change.CAPTURED, ["rebels"], [], "Brontlax"),
    ("capture of a name", "The capture of Brontlax by rebels ended.", T, Change.CAPTURED, ["rebels"], [], "Brontlax"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "kind", "change", "actors", "opponents", "where"), named(ONE))
def test_a_sentence_tells_one_frame(
    make_article: Make,
    sentence: str,
    kind: Kind,
    change: Change | None,
    actors: list[str],
    opponents: list[str],
    where: str,
) -> None:
    found = [frame for frame in frames(make_article, sentence) if frame.kind is kind]
    assert [frame.change for frame in found] == [change]
    assert names(found[0]) == (actors, opponents, where)


REPELLED = [
    ("active", "The army repelled a rebel attack on the town of Ara."),
    ("by", "The army repelled an attack by rebels on the town of Ara."),
    ("passive", "A rebel attack on the town of Ara was repelled by the army."),
]


@pytest.mark.parametrize("sentence", named(REPELLED, known=["by"]))
def test_a_repelled_attack_has_both_sides(make_article: Make, sentence: str) -> None:
    found = [frame for frame in frames(make_article, sentence) if frame.change is Change.REPELLED]
    assert [names(frame) for frame in found] == [([STATE], ["rebels"], "Ara")]


SILENT = [
    ("mood", "The song captured the mood of the town."),
    ("title", "The team captured the title in the town of Ara."),
    ("stormed out", "The minister stormed out of the talks."),
    ("took place", "The talks took place in the town of Ara."),
    ("film", "The blast was captured on film in the town of Ara."),
    ("talks held", "The government held talks in the town of Ara."),
    ("snow", "Snow fell on the town of Ara."),
    ("no one", "No rebels captured the town of Ara."),
    ("neither", "Neither side captured the town of Ara."),
    ("fire", "The wildfire advanced toward the town of Ara."),
    ("troops taken", "The army took 300 recruits from the town of Ara."),
]


@pytest.mark.parametrize("sentence", named(SILENT))
def test_an_idiom_tells_no_change_of_territory(make_article: Make, sentence: str) -> None:
    assert not [frame for frame in frames(make_article, sentence) if frame.kind is T]


PLACES = [
    ("two", "Rebels captured the towns of Ara and Basu.", ["Ara", "Basu"]),
    ("three", "Rebels captured the villages of Ara, Basu and Ceru.", ["Ara", "Basu", "Ceru"]),
    ("bare names", "Rebels captured Ara, Basu and Ceru.", ["Ara", "Basu", "Ceru"]),
]


@pytest.mark.parametrize(("sentence", "places"), named(PLACES))
def test_each_place_of_a_list_is_a_frame(make_article: Make, sentence: str, places: list[str]) -> None:
    assert [names(frame)[2] for frame in frames(make_article, sentence)] == places


EXTENTS = [
    ("most", "Rebels captured most of the town of Ara.", Extent.MOST),
    ("parts", "Rebels captured parts of the town of Ara.", Extent.PART),
    ("outskirts", "Rebels captured the outskirts of the town of Ara.", Extent.OUTSKIRTS),
    ("none said", "Rebels captured the town of Ara.", Extent.UNSPECIFIED),
]


@pytest.mark.parametrize(("sentence", "extent"), named(EXTENTS))
def test_how_much_was_taken_is_kept(make_article: Make, sentence: str, extent: Extent) -> None:
    (frame,) = frames(make_article, sentence)
    assert names(frame)[2] == "Ara"
    assert frame.extent is extent


@pytest.mark.parametrize("file", ["events.tsv", "nominal_events.tsv"])
def test_every_row_of_the_data_is_a_construction(file: str) -> None:
    found = constructions(file)
    assert len(found) > 20 or file != "events.tsv"
    for lemma, rows in found.items():
        assert lemma == lemma.lower()
        for row in rows:
            assert row.roles, lemma
            assert (row.change is not None) == (row.kind is T), lemma


def test_one_verb_with_one_particle_tells_one_change() -> None:
    """ "Took back" cannot be captured and recaptured at once: the first row would always win."""
    clashing = []
    for lemma, rows in constructions("events.tsv").items():
        told: dict[tuple[str, str], set[Change | None]] = {}
        for row in rows:
            if row.kind is T and (row.particle or row.light) and any(role.slot == "o" for role in row.roles):
                filled = next(role.fills for role in row.roles if role.slot == "o")
                if filled == "L":
                    told.setdefault((row.particle, row.light), set()).add(row.change)
        clashing += [(lemma, *key) for key, changes in told.items() if len(changes) > 1]
    assert not clashing
