"""The one line of an event: true to its fields, in grammatical English, with nothing left open."""

import pytest
from claim_factory import REBEL, STATE, Desk, actor, day, killed, party

from briefer.merge import merge
from briefer.merge.headline import number_words
from briefer.types import (
    Attribution,
    Casualties,
    CasualtyKind,
    Change,
    Claimant,
    Equipment,
    EquipmentState,
    Extent,
    Kind,
    Modality,
    Place,
)

REBELS = actor("rebels", kind=REBEL)
ARMY = actor("Velanian Army", kind=STATE)
GUARD = actor("Harbour Guard", kind=STATE)
FORCES = actor("Velanian Armed Forces", kind=STATE)
BREGA = Place("Brega", "Brega")
FACTORY = Place("Sponge Factory", "Sponge Factory")
EASTERN = Place("Brega", "Brega", "eastern", 2)
EDGE = Place("Brega", "Brega", "western edge of", 2)
NORTH = Place("Brega", "Brega", "5 km north of", 2)
TANKS = (Equipment("tank", EquipmentState.DESTROYED, 3), Equipment("helicopter", EquipmentState.DESTROYED, 1))
WOUNDED = Casualties(CasualtyKind.WOUNDED, 30, 30, 30, "civilians")
PRISONERS = Casualties(CasualtyKind.CAPTURED, 12, 12, 12, "fighters")
T = Kind.TERRITORY


def headline(kind: Kind, change: Change | None = None, **fields: object) -> str:
    desk = Desk()
    desk.claim(desk.article("a", "Herald"), kind, change, **{"when": day(4), **fields})
    (event,) = merge(desk.claims, list(desk.articles.values())).events
    return event.headline


@pytest.mark.parametrize(
    ("kind", "change", "fields", "line"),
    [
        (T, Change.CAPTURED, {"by": ARMY, "place": BREGA}, "Velanian Army captures Brega"),
        (T, Change.CAPTURED, {"by": REBELS, "on": ARMY, "place": BREGA}, "Rebels capture Brega from Velanian Army"),
        (T, Change.RECAPTURED, {"by": FORCES, "place": FACTORY}, "Velanian Armed Forces recapture the Sponge Factory"),
        (
            T,
            Change.RECAPTURED,
            {"by": (ARMY, GUARD), "place": Place("Water Plant", "Water Plant", "near", 2), "object": "three blocks"},
            "Velanian Army and Harbour Guard recapture three blocks near the Water Plant",
        ),
        (T, Change.CAPTURED, {"by": ARMY, "place": NORTH}, "Velanian Army captures ground 5 km north of Brega"),
        (
            T,
            Change.CAPTURED,
            {"by": ARMY, "place": BREGA, "extent": Extent.OUTSKIRTS},
            "Velanian Army captures the outskirts of Brega",
        ),
        (
            T,
            Change.CAPTURED,
            {"by": ARMY, "place": BREGA, "object": "Brega airport"},
            "Velanian Army captures Brega airport",
        ),
        (T, Change.CAPTURED, {"by": ARMY}, "Velanian Army captures ground"),
        (T, Change.CAPTURED, {"by": ARMY, "place": EASTERN}, "Velanian Army captures eastern Brega"),
        (T, Change.ADVANCED, {"by": ARMY, "place": EDGE}, "Velanian Army advances on the western edge of Brega"),
        (Kind.SHELLING, None, {"place": EDGE}, "The western edge of Brega shelled"),
        (T, Change.CAPTURED, {"place": BREGA}, "Brega captured"),
        (
            T,
            Change.ADVANCED,
            {"by": ARMY, "place": Place("Brega", "Brega", "toward", 2)},
            "Velanian Army advances toward Brega",
        ),
        (T, Change.ADVANCED, {"by": ARMY}, "Velanian Army advances"),
        (T, Change.ENTERED, {"by": REBELS, "place": BREGA}, "Rebels enter Brega"),
        (
            T,
            Change.REPELLED,
            {"by": ARMY, "on": REBELS, "place": BREGA},
            "Velanian Army repels an attack by rebels in Brega",
        ),
        (T, Change.WITHDREW, {"by": REBELS, "place": BREGA}, "Rebels withdraw from Brega"),
        (T, Change.LOST, {"by": REBELS, "on": ARMY, "place": BREGA}, "Rebels lose Brega to Velanian Army"),
        (T, Change.CONTESTED, {"by": ARMY, "on": REBELS, "place": BREGA}, "Velanian Army and rebels fight for Brega"),
        (T, Change.BESIEGED, {"by": ARMY, "place": BREGA}, "Velanian Army besieges Brega"),
        (
            T,
            Change.HANDED_OVER,
            {"by": ARMY, "on": GUARD, "place": BREGA},
            "Velanian Army hands over Brega to Harbour Guard",
        ),
        (T, Change.HELD, {"by": REBELS, "place": BREGA}, "Rebels hold Brega"),
        (Kind.STRIKE, None, {"by": ARMY, "place": BREGA}, "Velanian Army strikes Brega"),
        (
            Kind.STRIKE,
            None,
            {"by": ARMY, "place": BREGA, "object": "a market", "casualties": (killed(7),)},
            "Velanian Army strikes a market in Brega; 7 civilians killed",
        ),
        (Kind.STRIKE, None, {"place": BREGA, "object": "a market"}, "A market in Brega struck"),
        (
            Kind.SHELLING,
            None,
            {"by": ARMY, "on": REBELS, "place": NORTH},
            "Velanian Army shells rebels 5 km north of Brega",
        ),
        (Kind.CLASH, None, {"by": ARMY, "on": REBELS, "place": BREGA}, "Velanian Army fights rebels in Brega"),
        (Kind.CLASH, None, {"place": BREGA}, "Clashes in Brega"),
        (
            Kind.CASUALTIES,
            None,
            {"place": BREGA, "casualties": (killed(5), WOUNDED)},
            "5 civilians killed and 30 civilians wounded in Brega",
        ),
        (
            Kind.CASUALTIES,
            None,
            {"place": BREGA, "casualties": (killed(5, low=True),)},
            "At least 5 civilians killed in Brega",
        ),
        (Kind.CASUALTIES, None, {"by": ARMY, "casualties": (killed(5, ""),)}, "Velanian Army kills 5 people"),
        (Kind.CASUALTIES, None, {"by": ARMY, "place": BREGA}, "Casualties in Brega"),
        (
            Kind.EQUIPMENT,
            None,
            {"by": REBELS, "place": BREGA, "equipment": TANKS},
            "Rebels destroy 1 helicopter and 3 tanks in Brega",
        ),
        (Kind.EQUIPMENT, None, {"equipment": TANKS[:1]}, "3 tanks destroyed"),
        (
            Kind.PRISONERS,
            None,
            {"by": REBELS, "on": ARMY, "casualties": (PRISONERS,)},
            "Rebels capture 12 fighters from Velanian Army",
        ),
        (Kind.PRISONERS, None, {"by": REBELS}, "Rebels capture prisoners"),
        (
            Kind.MOVEMENT,
            None,
            {"by": ARMY, "text": "The army sent tanks to Brega."},
            "The army sent tanks to Brega",
        ),
        (Kind.POLITICAL, None, {"by": ARMY, "text": "Something was said."}, "Something was said"),
    ],
)
def test_what_is_told_as_done(kind: Kind, change: Change | None, fields: dict[str, object], line: str) -> None:
    assert headline(kind, change, **fields) == line


@pytest.mark.parametrize(
    ("modality", "line"),
    [
        (Modality.PLANNED, "Rebels plan to capture Brega"),
        (Modality.ATTEMPTED, "Rebels try to capture Brega"),
        (Modality.PREDICTED, "Rebels are expected to capture Brega"),
        (Modality.HYPOTHETICAL, "Rebels could capture Brega"),
        (Modality.HISTORICAL, "Background: rebels captured Brega"),
        (Modality.DENIED, "Herald denies that rebels captured Brega"),
    ],
)
def test_what_is_not_told_as_done(modality: Modality, line: str) -> None:
    assert headline(T, Change.CAPTURED, by=REBELS, place=BREGA, modality=modality) == line


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (party("rebels"), "Rebels say they captured Brega; not independently confirmed"),
        (party("Velanian Army"), "Velanian Army says rebels captured Brega; not independently confirmed"),
        (Attribution(Claimant.MONITOR, "the Observatory"), "Rebels capture Brega, the Observatory says"),
        (Attribution(Claimant.WITNESS, "two residents"), "Rebels capture Brega, two residents say"),
        (Attribution(Claimant.UNNAMED, "sources"), "Rebels capture Brega, sources say"),
    ],
)
def test_whose_word_it_is(said: Attribution, line: str) -> None:
    assert headline(T, Change.CAPTURED, by=REBELS, place=BREGA, attribution=said) == line


@pytest.mark.parametrize(
    ("name", "verb"),
    [
        ("Hamas", "captures"),
        ("ISIS", "captures"),
        ("the police", "capture"),
        ("Houthis", "capture"),
        ("People's Protection Units", "capture"),
        ("Brigades of the Martyrs", "capture"),
        ("Army of the Martyrs", "captures"),
        ("Marine Corps", "captures"),
        ("United Nations", "captures"),
        ("forces loyal to Marek Dun", "capture"),
        ("Peshmerga", "capture"),
        ("Assad", "captures"),
        ("Banu Qais", "captures"),
    ],
)
def test_verbs_agree(name: str, verb: str) -> None:
    assert f" {verb} Brega" in headline(T, Change.CAPTURED, by=actor(name), place=BREGA)


def test_source_text_cannot_break_the_line() -> None:
    line = headline(
        T, Change.CAPTURED, by=actor("rebels\x1b[31m\nEND"), place=BREGA, object="a\u202ehill\r\n" + "x " * 400
    )
    assert line.isprintable()
    assert len(line) <= 240


def test_more_than_a_number_and_one_weapon_are_written_so() -> None:
    more = Casualties(CasualtyKind.KILLED, low=8001, as_written="more than 8,000")
    assert number_words(more) == "more than 8,000"
    desk = Desk()
    gear = (Equipment("drone", EquipmentState.DESTROYED, 1),)
    desk.claim("a", Kind.EQUIPMENT, place="Brega", when=day(4), equipment=gear, modality=Modality.HISTORICAL)
    (event,) = merge(desk.claims, list(desk.articles.values())).events
    assert event.headline == "Background: 1 drone was destroyed in Brega"
