"""True claims that the verifier used to withhold: a user would have missed them in the briefing.

Each row has a sentence or two, and what a careful reader makes of them; a lie of the same shape is withheld still.
"""

from datetime import date

import pytest
from reader_scoring import article_of
from tables import named
from written_claims import claim_on, heard, killed, place, who

from briefer.types import (
    Casualties,
    CasualtyKind,
    Change,
    Claimant,
    Equipment,
    EquipmentState,
    Kind,
    Modality,
    Ruling,
    When,
)
from briefer.verify import verify

WORDS = [
    (
        "the fallen are dead",
        "At Tal Hamra five of our own fell.",
        "Five people were killed at Tal Hamra.",
        Kind.CASUALTIES,
        {"place": place("Tal Hamra"), "casualties": killed(5)},
    ),
    (
        "a bridge that is ours is held",
        '"The bridge of Tal Hamra is ours," the rebels said.',
        "The rebels held the bridge of Tal Hamra.",
        Kind.TERRITORY,
        {
            "change": Change.HELD,
            "actors": who("the rebels", "rebels"),
            "place": place("Tal Hamra"),
            "object": "The bridge",
            "attribution": heard("the rebels"),
        },
    ),
    (
        "those who had gone have withdrawn",
        "The rebels had gone from Tal Hamra in the night.",
        "The rebels withdrew from Tal Hamra.",
        Kind.TERRITORY,
        {"change": Change.WITHDREW, "actors": who("The rebels", "rebels"), "place": place("Tal Hamra")},
    ),
    (
        "a bridge of neither side is contested",
        "Neither the rebels nor the army are masters of the bridge of Tal Hamra.",
        "The bridge of Tal Hamra was contested.",
        Kind.TERRITORY,
        {"change": Change.CONTESTED, "place": place("Tal Hamra"), "object": "the bridge"},
    ),
    (
        "vehicles driven away are captured",
        "At Tal Hamra the rebels drove away with four vehicles.",
        "Four vehicles were captured at Tal Hamra.",
        Kind.EQUIPMENT,
        {
            "place": place("Tal Hamra"),
            "equipment": (Equipment("vehicle", EquipmentState.CAPTURED, 4),),
        },
    ),
    (
        "a region cut off",
        "The south was cut off from the capital on Tuesday.",
        "The south was cut off from the capital.",
        Kind.MOVEMENT,
        {"place": place("the south")},
    ),
]
ACTORS = [
    (
        "gunmen told by what they rode on",
        "In Tal Hamra, gunmen on motorcycles attacked the market on Tuesday.",
        "Gunmen attacked in Tal Hamra.",
        Kind.CLASH,
        {"place": place("Tal Hamra"), "actors": who("gunmen on motorcycles", "gunmen")},
    ),
    (
        "families with the name of a town are civilians",
        "Some 200 families from Karsk had reached Tal Hamra by noon.",
        "Some 200 families from Karsk had reached Tal Hamra.",
        Kind.HUMANITARIAN,
        {"place": place("Tal Hamra"), "actors": who("families from Karsk", "civilians")},
    ),
    (
        "we, who are named before",
        "The Orouk League sent word on Tuesday. We held Tal Hamra for three days.",
        "The Orouk League held Tal Hamra.",
        Kind.TERRITORY,
        {"change": Change.HELD, "actors": who("We", "Orouk League"), "place": place("Tal Hamra")},
    ),
    (
        "a name that fighters give themselves",
        "The montoraleros shelled Tal Hamra on Tuesday.",
        "The montoraleros shelled Tal Hamra.",
        Kind.SHELLING,
        {"place": place("Tal Hamra"), "actors": who("The montoraleros")},
    ),
]
PLACES = [
    (
        "a town in which a speaker lives",
        "The army recaptured Tal Hamra on Tuesday. A nurse in Tal Hamra said that she had seen three bodies.",
        "Three people were killed at Tal Hamra, a nurse in Tal Hamra said.",
        Kind.CASUALTIES,
        {
            "place": place("Tal Hamra"),
            "attribution": heard("A nurse in Tal Hamra", Claimant.WITNESS),
            "casualties": killed(3),
        },
    ),
    (
        "a town in a region",
        "Dozens of people were killed when blasts tore through the market of the rebel-held town of Tal Hamra "
        "in northern Derat on Tuesday.",
        "Dozens of people were killed at Tal Hamra.",
        Kind.CASUALTIES,
        {
            "place": place("Tal Hamra"),
            "casualties": (Casualties(CasualtyKind.KILLED, 24, None, None, "people", as_written="Dozens"),),
        },
    ),
    (
        "the second of two villages",
        "The army recaptured two villages, Karsk and Tal Hamra, on Tuesday.",
        "The army recaptured Tal Hamra.",
        Kind.TERRITORY,
        {"change": Change.RECAPTURED, "actors": who("The army", "army"), "place": place("Tal Hamra")},
    ),
    (
        "a third village is no third of it",
        "A third village, Tal Hamra, fell to the rebels on Tuesday.",
        "The rebels captured Tal Hamra.",
        Kind.TERRITORY,
        {"change": Change.CAPTURED, "actors": who("the rebels", "rebels"), "place": place("Tal Hamra")},
    ),
]
TIMES = [
    (
        "a siege that goes on",
        "The convoy was on its way to Tal Hamra, a town that the rebels have besieged since September.",
        "The rebels besieged Tal Hamra.",
        Kind.TERRITORY,
        {
            "change": Change.BESIEGED,
            "actors": who("the rebels", "rebels"),
            "place": place("Tal Hamra"),
            "modality": Modality.ONGOING,
        },
    ),
    (
        "the year of an inquiry",
        "It was on 10 June 2019 that the army stormed Tal Hamra. The Orouk Corps lost 70 fighters and the army "
        "41 soldiers, according to the parliamentary inquiry of 2022.",
        "70 fighters were killed, the parliamentary inquiry of 2022 said.",
        Kind.CASUALTIES,
        {
            "when": When(date(2019, 6, 10), date(2019, 6, 10), as_written="10 June 2019"),
            "modality": Modality.HISTORICAL,
            "attribution": heard("the parliamentary inquiry of 2022", Claimant.OFFICIAL),
            "casualties": killed(70, "fighters"),
        },
    ),
]
VOICES = [
    (
        "who held the town until now",
        "The army recaptured Tal Hamra, which the rebels had held since April, officials said.",
        "The rebels held Tal Hamra.",
        Kind.TERRITORY,
        {
            "change": Change.HELD,
            "actors": who("the rebels", "rebels"),
            "place": place("Tal Hamra"),
            "modality": Modality.HISTORICAL,
        },
    ),
    (
        "what a president declares is his deed",
        "President Oruk Temir has declared Friday a day of mourning.",
        "President Oruk Temir has declared Friday a day of mourning.",
        Kind.POLITICAL,
        {"actors": who("President Oruk Temir"), "modality": Modality.PLANNED},
    ),
]


@pytest.mark.parametrize(("sentence", "told", "kind", "fields"), named([*WORDS, *ACTORS, *PLACES, *TIMES, *VOICES]))
def test_a_true_claim_is_not_withheld_and_one_of_other_people_or_places_is(
    sentence: str, told: str, kind: Kind, fields: dict[str, object]
) -> None:
    article = article_of(sentence)
    found = verify(claim_on(article, told, kind, **fields), article)
    assert found.verdict is not Ruling.UNSUPPORTED, found.reason
    for wrong in ({"actors": who("Tashkar Brigade")}, {"place": place("Menzir")}):
        assert verify(claim_on(article, told, kind, **fields | wrong), article).verdict is Ruling.UNSUPPORTED
