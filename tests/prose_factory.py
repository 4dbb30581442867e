"""An invented war for the tests of prose by a model: one event of each kind that a sentence can get wrong, by key."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from briefing_factory import EDITION, Run, day, killed, one_source, place, wounded

from briefer.compose.desk import Desk
from briefer.types import (
    ActorKind,
    Attribution,
    Change,
    Claimant,
    Contradiction,
    DayPart,
    Equipment,
    EquipmentState,
    Event,
    Extent,
    Kind,
    Modality,
    Party,
    Status,
)

ARMY, FRONT, MILITIA, KESSAR = "Veld Armed Forces", "People's Front", "Ora Militia", "Kessarian Air Force"
RIVER, COAST, PLAIN = {"front": "Ora river"}, {"front": "Coast"}, {"front": "Quell plain"}
ARMY_SAYS = Attribution(Claimant.PARTY, "an army spokesman", ARMY)
FRONT_SAYS = Attribution(Claimant.PARTY, "the People's Front", FRONT)
GROUND = Kind.TERRITORY


@dataclass
class World:
    """The run, and the ids of its events by key."""

    run: Run = field(default_factory=Run)
    ids: dict[str, str] = field(default_factory=dict)

    def tell(self, key: str, article: str, quote: str, kind: Kind, **more: Any) -> Event:
        event = self.run.told(article, quote, kind, **more)
        self.ids[key] = event.id
        return event

    def desk(self) -> Desk:
        """The records as composing lays them out."""
        outlets = {name: outlet for name, (outlet, _) in self.run.outlets.items()}
        merged = self.run.merged()
        return Desk.of(
            date=EDITION, events=merged.events, claims=merged.claims, parties=merged.parties, outlets=outlets
        )


def siege() -> World:
    """The siege that one undated article tells (`briefing_factory.one_source`)."""
    made = World(one_source())
    made.ids = dict(zip(SIEGE, (event.id for event in made.run.events), strict=True))
    return made


SIEGE = ("attack", "taken", "back", "besh", "glue", "plan")


def world() -> World:
    """The war."""
    made = World()
    run = made.run
    at = datetime(2031, 5, 16, 6, 30, tzinfo=UTC)
    for name, outlet, days in (
        ("wire", "Meridian Wire", 0), ("post", "Delta Post", 0), ("state", "Veld State Radio", 0),
        ("old", "Meridian Wire", 3),
    ):  # fmt: skip
        run.article(name, outlet, at - timedelta(days=days))
    _danilo(made)
    _coast(made)
    _counts(made)
    _plain(made)
    run.parties = [
        Party(ARMY, ("the army", "government troops", "VAF"), "government", ActorKind.STATE_FORCES),
        Party(FRONT, ("PF", "the rebels"), "rebels", ActorKind.REBEL_GROUP),
        Party(MILITIA, (), "government", ActorKind.POLITICAL_MILITIA),
        Party(KESSAR, (), "government", ActorKind.EXTERNAL_FORCES),
    ]
    return made


def _danilo(made: World) -> None:
    run = made.run
    ground = {"actors": (ARMY,), "opponents": (FRONT,), "place": place("Danilo"), "when": day(15)}
    lost = made.tell(
        "lost", "old", "The People's Front captured Danilo on Monday.", GROUND, change=Change.CAPTURED,
        actors=(FRONT,), opponents=(ARMY,), place=place("Danilo"), when=day(12), event=RIVER,
    )  # fmt: skip
    quotes = (("wire", "Government troops retook Danilo on Thursday."), ("post", "The army is back in Danilo."))
    claims = [run.claim(article, quote, GROUND, change=Change.RECAPTURED, **ground) for article, quote in quotes]
    back = run.event(claims, status=Status.CORROBORATED, **RIVER)
    made.ids["back"] = back.id
    run.reverse(lost, back)
    morning = day(16, part=DayPart.MORNING, as_written="Friday morning")
    hill = {**ground, "place": place("Kestrel Hill"), "when": morning, "extent": Extent.MOST}
    quotes = (("wire", "The army took most of Kestrel Hill."), ("state", "Most of Kestrel Hill was captured."))
    claims = [run.claim(article, quote, GROUND, change=Change.CAPTURED, **hill) for article, quote in quotes]
    made.ids["hill"] = run.event(claims, status=Status.CONFIRMED, **RIVER).id
    made.tell(
        "tried", "wire", "The Ora Militia tried to enter Tamsin Heights on Thursday night.", GROUND,
        change=Change.ENTERED, actors=(MILITIA,), place=place("Tamsin Heights"),
        when=day(15, part=DayPart.NIGHT, as_written="Thursday night"), modality=Modality.ATTEMPTED, event=RIVER,
    )  # fmt: skip


def _coast(made: World) -> None:
    run = made.run
    almer = {"place": place("Port Almer"), "when": day(16)}
    ours = run.claim(
        "state", "The armed forces said they captured Port Almer on Friday.", GROUND, change=Change.CAPTURED,
        actors=(ARMY,), opponents=(FRONT,), attribution=ARMY_SAYS, **almer,
    )  # fmt: skip
    theirs = run.claim(
        "post", "The People's Front said its fighters still held Port Almer.", GROUND, change=Change.HELD,
        actors=(FRONT,), attribution=FRONT_SAYS, **almer,
    )  # fmt: skip
    against = (Contradiction("who holds Port Almer", (ours.id,), (theirs.id,)),)
    made.ids["port"] = run.event([ours, theirs], status=Status.DISPUTED, contradictions=against, **COAST).id
    made.tell(
        "denied", "post", "The People's Front denied that the militia had entered Sorrel.", GROUND,
        change=Change.ENTERED, actors=(MILITIA,), place=place("Sorrel"), when=day(15), modality=Modality.DENIED,
        attribution=FRONT_SAYS, event={"status": Status.DENIED, **COAST},
    )  # fmt: skip
    made.tell(
        "plan", "post", "The army plans to capture Lower Almer.", GROUND, change=Change.CAPTURED, actors=(ARMY,),
        place=place("Lower Almer"), modality=Modality.PLANNED, event=COAST,
    )  # fmt: skip
    made.tell(
        "out", "wire", "The army left Marrow on Wednesday, the People's Front said.", GROUND, change=Change.WITHDREW,
        actors=(ARMY,), place=place("Marrow"), when=day(14), attribution=FRONT_SAYS, event=COAST,
    )  # fmt: skip


def _counts(made: World) -> None:
    run = made.run
    bridge = {"actors": (FRONT,), "place": place("Ora Bridge"), "when": day(16)}
    hospital = (killed(5, civilian=True, claimant="Ora hospital"), wounded(12, claimant="Ora hospital"))
    made.ids["shelled"] = run.event(
        [
            run.claim("wire", "Five civilians were killed and 12 wounded, the Ora hospital said.", Kind.SHELLING,
                      casualties=hospital, **bridge),
            run.claim("state", "Nine civilians died at the Ora Bridge.", Kind.SHELLING,
                      casualties=(killed(9, civilian=True),), **bridge),
        ],
        status=Status.CORROBORATED, **RIVER,
    ).id  # fmt: skip
    made.tell(
        "gear", "state", "The army destroyed three tanks and captured one howitzer near Danilo.", Kind.EQUIPMENT,
        actors=(ARMY,), opponents=(FRONT,), place=place("Danilo", relation="near"), when=day(15),
        attribution=ARMY_SAYS, event=RIVER,
        equipment=(Equipment("tanks", EquipmentState.DESTROYED, 3, ARMY),
                   Equipment("howitzer", EquipmentState.CAPTURED, 1, ARMY)),
    )  # fmt: skip
    monitor = Attribution(Claimant.MONITOR, "the Ora Monitoring Group")
    made.tell(
        "strike", "wire", "The Kessarian Air Force hit a fuel depot at Tarsk, killing three fighters.", Kind.STRIKE,
        actors=(KESSAR,), object="a fuel depot", place=place("Tarsk"), when=day(14), attribution=monitor,
        casualties=(killed(3, victims="fighters", claimant="Ora Monitoring Group"),), event=PLAIN,
    )  # fmt: skip


def _plain(made: World) -> None:
    run = made.run
    siege = {"change": Change.BESIEGED, "actors": (FRONT,), "opponents": (ARMY,), "place": place("Quell")}
    quotes = (("wire", "The rebels are besieging Quell."), ("post", "Quell is under siege by the People's Front."))
    claims = [run.claim(a, q, GROUND, modality=Modality.ONGOING, **siege) for a, q in quotes]
    made.ids["siege"] = run.event(claims, status=Status.CORROBORATED, **PLAIN).id
    swap = "The army and the People's Front agreed to swap 40 prisoners at Sel Crossing"
    parties = {"actors": (ARMY, FRONT), "place": place("Sel Crossing"), "when": day(15)}
    claims = [run.claim(a, f"{swap}{end}", Kind.AGREEMENT, **parties) for a, end in (("wire", "."), ("post", " soon."))]
    made.ids["swap"] = run.event(claims, status=Status.CORROBORATED, headline=f"{swap}.", **PLAIN).id
    made.tell(
        "repel", "post", "The Ora Militia beat back the People's Front at Brill on Wednesday.", GROUND,
        change=Change.REPELLED, actors=(MILITIA,), opponents=(FRONT,), place=place("Brill"), when=day(14), event=PLAIN,
    )  # fmt: skip
    made.tell(
        "coming", "wire", "Defence officials expect the People's Front to attack Quell.", Kind.CLASH,
        actors=(FRONT,), place=place("Quell"), modality=Modality.PREDICTED,
        attribution=Attribution(Claimant.OFFICIAL, "defence officials"), event=PLAIN,
    )  # fmt: skip
