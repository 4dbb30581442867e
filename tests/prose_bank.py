"""An invented front to read prose back against: places with parts, claimants with a story, names with a place."""

from datetime import UTC, datetime
from typing import Any

from briefing_factory import day, killed, place, wounded
from prose_factory import GROUND, World

from briefer.types import (
    ActorKind,
    Attribution,
    Casualties,
    CasualtyKind,
    Change,
    Claimant,
    Contradiction,
    DayPart,
    Equipment,
    EquipmentState,
    Extent,
    Kind,
    Modality,
    Party,
    Status,
)

ARMY, UNION, GROUP = "Sarn Army", "Freedom Union", "Oskarian group in Tavel"
MONITOR = Attribution(Claimant.MONITOR, "Velm Conflict Monitor")
UNION_SAYS = Attribution(Claimant.PARTY, "the Freedom Union", UNION)
VELM, DORVAN = {"front": "Velm"}, {"front": "Dorvan"}


def bank() -> World:
    """The fight for the northern bank at Ostrel, what came of it elsewhere, and talks."""
    made = World()
    at = datetime(2031, 5, 16, 6, 30, tzinfo=UTC)
    for name, outlet in (("wire", "Meridian Wire"), ("post", "Delta Post")):
        made.run.article(name, outlet, at)
    made.run.parties = [
        Party(ARMY, ("the army", "government forces"), "government", ActorKind.STATE_FORCES),
        Party(UNION, ("the rebels",), "rebels", ActorKind.REBEL_GROUP),
        Party(GROUP, (), "government", ActorKind.EXTERNAL_FORCES),
        Party("5th Brigade", (), "government", ActorKind.STATE_FORCES),
        Party("Oruk League", (), "", ActorKind.UNKNOWN),
        Party("4th Division", (), "government", ActorKind.STATE_FORCES),
    ]
    _bank(made)
    _tolls(made)
    _elsewhere(made)
    _talks(made)
    _quay(made)
    _prospects(made)
    return made


def _bank(made: World) -> None:
    run, morning = made.run, day(16, part=DayPart.MORNING, as_written="Friday morning")
    bank: dict[str, Any] = {"place": place("Ostrel", relation="northern bank")}
    quotes = (("wire", "The Union left the houses on the northern bank."), ("post", "The Union quit the houses."))
    left = {"change": Change.WITHDREW, "actors": (UNION,), "object": "the houses", "when": morning, **bank}
    claims = [run.claim(article, quote, GROUND, **left) for article, quote in quotes]
    made.ids["houses"] = run.event(claims, status=Status.CORROBORATED, **VELM).id
    made.tell(
        "attackers", "post", "Twenty attackers died on the northern bank.", Kind.CASUALTIES, when=morning,
        casualties=(killed(20, victims="attackers"),), event=VELM, **bank,
    )  # fmt: skip
    made.tell(
        "streets", "wire", "The 5th Brigade has some streets, three people who fled the village said.", GROUND,
        change=Change.CAPTURED, extent=Extent.PART, actors=("5th Brigade",), object="the streets", event=VELM,
        attribution=Attribution(Claimant.WITNESS, "three people who fled the village"), **bank,
    )  # fmt: skip
    made.tell(
        "orchard", "wire", "The brigade has the orchard, three villagers, and a soldier, said.", GROUND,
        change=Change.CAPTURED, actors=("5th Brigade",), object="the orchard", place=place("Ostrel"), event=VELM,
        attribution=Attribution(Claimant.WITNESS, "three villagers, and a soldier"),
    )  # fmt: skip
    ours = run.claim(
        "wire", "Government forces recaptured part of the northern bank, the monitor said.", GROUND,
        change=Change.RECAPTURED, extent=Extent.PART, actors=(ARMY,), opponents=(UNION,), attribution=MONITOR, **bank,
    )  # fmt: skip
    theirs = run.claim(
        "post", "The Union said that government forces had only entered it.", GROUND, change=Change.ENTERED,
        actors=(ARMY,), attribution=UNION_SAYS, **bank,
    )  # fmt: skip
    against = (Contradiction("how far it went", (ours.id,), (theirs.id,)),)
    made.ids["ground"] = run.event([ours, theirs], status=Status.DISPUTED, contradictions=against, **VELM).id


def _tolls(made: World) -> None:
    staff = Attribution(Claimant.WITNESS, "a member of the hospital's staff")
    for key, quote, count in (
        ("seven", "Seven soldiers died, a member of the hospital's staff said.", killed(7, victims="soldiers")),
        ("nineteen", "Nineteen soldiers were hurt, he said.", wounded(19, victims="soldiers")),
    ):
        made.tell(key, "wire", quote, Kind.CASUALTIES, when=day(16), casualties=(count,), attribution=staff, event=VELM)
    made.tell(
        "raid", "post", "Oskarian planes killed 31 people in Tuz Varan, the Union said.", Kind.CASUALTIES,
        place=place("Tuz Varan"), when=day(14), casualties=(killed(31, victims="people"),), attribution=UNION_SAYS,
        event=VELM,
    )  # fmt: skip
    made.tell(
        "raided", "wire", "Oskaria denied a strike on a market in Tuz Varan.", Kind.STRIKE, actors=("Oskaria",),
        object="a market", place=place("Tuz Varan"), when=day(14), modality=Modality.DENIED,
        attribution=Attribution(Claimant.PARTY, "Oskaria", "Oskaria"), event={"status": Status.DENIED, **VELM},
    )  # fmt: skip

    for key, text, who, count in (
        ("there", "The Union counts six dead in Varuk.", UNION_SAYS, killed(6, victims="people")),
        (
            "gone",
            "The army counts sixty.",
            Attribution(Claimant.PARTY, "the army", ARMY),
            killed(60, victims="fighters", claimant="the government"),
        ),
    ):
        made.tell(
            key, "wire", text, Kind.CASUALTIES, place=place("Varuk"), casualties=(count,), attribution=who, event=VELM
        )


def _elsewhere(made: World) -> None:
    run = made.run
    general = Attribution(Claimant.PARTY, "the general", "the general")
    height: dict[str, Any] = {"place": place("height 318", relation="near"), "when": day(15), "attribution": general}
    made.tell(
        "struck", "post", "The group struck militants near height 318.", Kind.STRIKE, actors=(GROUP,),
        opponents=("militants",), casualties=(killed(50, victims="militants"),), event=DORVAN, **height,
    )  # fmt: skip
    made.tell(
        "depots", "post", "It destroyed three depots near height 318.", Kind.EQUIPMENT, actors=(GROUP,),
        equipment=(Equipment("depots", EquipmentState.DESTROYED, 3),), event=DORVAN, **height,
    )  # fmt: skip
    made.tell(
        "height", "post", "Government forces captured height 318, the general said.", GROUND, change=Change.CAPTURED,
        actors=(ARMY,), opponents=("militants",), place=place("height 318"), when=day(15), attribution=general,
        event=DORVAN,
    )  # fmt: skip
    quotes = (("wire", "The Union left Tepe Sorun."), ("post", "The rebels withdrew from Tepe Sorun."))
    left = {"change": Change.WITHDREW, "actors": (UNION,), "place": place("Tepe Sorun"), "when": day(16)}
    claims = [run.claim(article, quote, GROUND, **left) for article, quote in quotes]
    made.ids["tepe"] = run.event(claims, status=Status.CORROBORATED, **DORVAN).id
    made.tell(
        "shell", "wire", "One shell fell at Ushor, the monitor said.", Kind.SHELLING, object="one shell",
        place=place("Ushor"), attribution=MONITOR, event=DORVAN,
    )  # fmt: skip


def _talks(made: World) -> None:
    port = {"place": place("Port Irsa")}
    made.tell(
        "talks", "wire",
        "Talks with the Oruk side opened in Port Irsa and resulted in an agreement in principle, an official source "
        "at the Ministry of Foreign Affairs said.", Kind.AGREEMENT, when=day(16), event=VELM,
        attribution=Attribution(Claimant.PARTY, "an official source at the Ministry of Foreign Affairs"), **port,
    )  # fmt: skip
    made.tell(
        "truce", "post", "A three-day truce has been agreed in principle, the Foreign Ministry in Sarv said.",
        Kind.AGREEMENT, actors=(ARMY, "Oruk League"), event=VELM,
        attribution=Attribution(Claimant.PARTY, "the Foreign Ministry in Sarv", "Foreign Ministry"), **port,
    )  # fmt: skip


def _quay(made: World) -> None:
    """A quay lost and retaken, whose reports name no loser; a single source; a market; people lost in two ways."""
    run, quay = made.run, {"place": place("Lesk Quay"), "change": Change.CAPTURED}
    lost = made.tell(
        "quay_lost", "wire", "The Union captured Lesk Quay.", GROUND, actors=(UNION,), when=day(13), event=VELM, **quay,
    )  # fmt: skip
    again = {"change": Change.RECAPTURED, "actors": ("4th Division",), "place": place("Lesk Quay"), "when": day(15)}
    quotes = (("wire", "The 4th Division retook Lesk Quay."), ("post", "Lesk Quay is back under the division."))
    back = run.event([run.claim(a, q, GROUND, **again) for a, q in quotes], status=Status.CORROBORATED, **VELM)
    made.ids["quay"] = back.id
    run.reverse(lost, back)
    made.tell(
        "mill", "wire", "The 4th Division captured Orsk Mill.", GROUND, actors=("4th Division", ARMY), when=day(14),
        event=VELM, change=Change.CAPTURED, place=place("Orsk Mill"),
    )  # fmt: skip
    made.tell(
        "stalls", "post", "The army struck the livestock market in Henna.", Kind.STRIKE, actors=(ARMY,),
        object="the livestock market", place=place("Henna"), when=day(15), event=DORVAN,
    )  # fmt: skip
    lost_men = (killed(27, victims="soldiers"), Casualties(CasualtyKind.CAPTURED, best=14, victims="soldiers"))
    made.tell(
        "lost_men", "post", "The Union counts 27 soldiers killed and 14 captured at Henna.", Kind.CASUALTIES,
        place=place("Henna"), when=day(15), casualties=lost_men, attribution=UNION_SAYS, event=DORVAN,
    )  # fmt: skip


def _prospects(made: World) -> None:
    """What is to come, what failed, and what two sides do with one another."""
    made.tell(
        "due", "wire", "Talks between the army and the League are due to open in Port Irsa on Sunday.",
        Kind.AGREEMENT, actors=(ARMY, "Oruk League"), place=place("Port Irsa"), when=day(18),
        modality=Modality.PLANNED, event=VELM,
    )  # fmt: skip
    made.tell(
        "convoy", "wire", "An aid convoy for Varuk was turned back at Henna.", Kind.HUMANITARIAN,
        object="an aid convoy", place=place("Henna"), when=day(15), modality=Modality.ATTEMPTED, event=DORVAN,
    )  # fmt: skip
    made.tell(
        "bargain", "wire", "The Oruk League and the army swapped 40 prisoners at Ushor.", Kind.AGREEMENT,
        actors=("Oruk League",), opponents=(ARMY,), place=place("Ushor"), when=day(15), event=DORVAN,
    )  # fmt: skip
