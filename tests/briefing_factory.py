"""Invented editions for the tests of compose and render: one siege told by one source, a war on two fronts, no news."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from briefer.compose import compose
from briefer.types import (
    Actor,
    ActorKind,
    Article,
    Attribution,
    Briefing,
    Casualties,
    CasualtyKind,
    Change,
    Claim,
    Claimant,
    Contradiction,
    DatePrecision,
    Equipment,
    EquipmentState,
    Event,
    Evidence,
    Extent,
    Fate,
    Gap,
    Holding,
    Kind,
    MadeBy,
    Merged,
    Modality,
    Party,
    Place,
    Reason,
    Ruling,
    SourceRecord,
    Span,
    Status,
    When,
    identifier,
)

EDITION = date(2031, 5, 16)  # a Friday
CUTOFF = datetime(2031, 5, 16, 18, 0, tzinfo=UTC)


def day(number: int, **more: Any) -> When:
    """One known day of May 2031."""
    on = date(2031, 5, number)
    return When(start=on, end=on, precision=DatePrecision.DAY, **more)


def killed(number: int | None = None, **more: Any) -> Casualties:
    return Casualties(kind=CasualtyKind.KILLED, best=number, **more)


def wounded(number: int | None = None, **more: Any) -> Casualties:
    return Casualties(kind=CasualtyKind.WOUNDED, best=number, **more)


@dataclass
class Run:
    """A run being invented: articles are written sentence by sentence, events stand on them."""

    articles: dict[str, list[str]] = field(default_factory=dict)
    outlets: dict[str, tuple[str, datetime | None]] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    ledger: list[Holding] = field(default_factory=list)
    withheld: list[Claim] = field(default_factory=list)
    records: list[SourceRecord] = field(default_factory=list)
    notes: list[Gap] = field(default_factory=list)

    def article(self, name: str, outlet: str, published: datetime | None = None) -> str:
        self.articles[name] = []
        self.outlets[name] = (outlet, published)
        return name

    def claim(self, article: str, quote: str, kind: Kind, **more: Any) -> Claim:
        """One claim of an article, whose next sentence is the quote."""
        sentences = self.articles[article]
        start = sum(len(sentence) + 1 for sentence in sentences)
        sentences.append(quote)
        evidence = Evidence(len(sentences) - 1, start, start + len(quote), quote)
        actors = tuple(Actor(name, name) for name in more.pop("actors", ()))
        opponents = tuple(Actor(name, name) for name in more.pop("opponents", ()))
        text = more.pop("text", quote)
        name = identifier(article, quote, prefix="c")
        made = Claim(
            name, article, text, kind, (evidence,), actors=actors, opponents=opponents, verdict=Ruling.SUPPORTED, **more
        )
        self.claims.append(made)
        return made

    def event(self, claims: Sequence[Claim], **more: Any) -> Event:
        """An event made of claims, with the fields of the first unless others are given."""
        first = claims[0]
        actors = tuple(actor.canonical for actor in first.actors)
        opponents = tuple(actor.canonical for actor in first.opponents)
        published = [p for c in claims if (p := self.outlets[c.article][1])]
        fields: dict[str, Any] = {
            "headline": first.text,
            "change": first.change,
            "extent": first.extent,
            "actor": actors[0] if actors else "",
            "actors": actors,
            "opponent": opponents[0] if opponents else "",
            "opponents": opponents,
            "place": first.place,
            "object": first.object,
            "when": first.when,
            "modality": first.modality,
            "casualties": tuple(dict.fromkeys(c for claim in claims for c in claim.casualties)),
            "equipment": tuple(dict.fromkeys(e for claim in claims for e in claim.equipment)),
            "reported": min(published).date() if published else None,
            "independent_sources": len({self.outlets[c.article][0] for c in claims}),
        }
        made = Event(
            identifier(*(c.id for c in claims), prefix="e"),
            first.kind,
            claims=tuple(c.id for c in claims),
            **fields | more,
        )
        self.events.append(made)
        return made

    def told(self, article: str, quote: str, kind: Kind, *, event: dict[str, Any] | None = None, **more: Any) -> Event:
        """One claim that is one event."""
        return self.event([self.claim(article, quote, kind, **more)], **(event or {}))

    def reverse(self, undone: Event, by: Event) -> None:
        """Mark an event as undone by another."""
        at = next(i for i, e in enumerate(self.events) if e.id == undone.id)
        self.events[at] = replace(undone, status=Status.REVERSED, reversed_by=by.id)

    def read(self) -> list[Article]:
        made = []
        for name, sentences in self.articles.items():
            outlet, published = self.outlets[name]
            spans, start = [], 0
            for sentence in sentences:
                spans.append(Span(start, start + len(sentence)))
                start += len(sentence) + 1
            title = f"{outlet} report" if outlet else ""
            made.append(
                Article(
                    name,
                    f"{name}.txt",
                    "\n".join(sentences),
                    tuple(spans),
                    title=title,
                    outlet=outlet,
                    published=published,
                )
            )
        return made

    def sources(self) -> list[SourceRecord]:
        used = [
            SourceRecord(
                id=a.id,
                name=a.name,
                outlet=a.outlet,
                title=a.title,
                published=a.published,
                language="en",
                fate=Fate.USED,
                url=f"https://example.org/{a.id}",
                lines_cut=2,
            )
            for a in self.read()
        ]
        return used + self.records

    def merged(self) -> Merged:
        return Merged(tuple(self.claims), tuple(self.events), tuple(self.parties), tuple(self.ledger))

    def briefing(self, on: date = EDITION) -> Briefing:
        return compose(
            self.merged(),
            articles=self.read(),
            sources=self.sources(),
            withheld=self.withheld,
            date=on,
            timezone="Europe/London",
            cutoff=CUTOFF,
            made_by=MadeBy(),
            notes=self.notes,
        )


def place(name: str, **more: Any) -> Place:
    return Place(name, name, **more)


def one_source() -> Run:
    """A siege told by one undated article: first gains undone, a plan, no tolls."""
    run = Run()
    a = run.article("karwan", "Karwan Post")
    army, guard = "Army of Tessaly", "Karwan Guard"
    league, sons = "Northern League", "Sons of Ash"
    front = "Karwan > north and west"
    week, friday = When(as_written="earlier this week"), When(as_written="Friday morning")
    ground = Kind.TERRITORY
    run.told(
        a,
        "Earlier this week the Northern League and the Sons of Ash attacked the army at Karwan.",
        Kind.CLASH,
        actors=(league, sons),
        opponents=(army,),
        place=place("Karwan"),
        when=week,
        event={"front": front},
    )
    taken = run.told(
        a,
        "At first they took several housing blocks in Old Rashun.",
        ground,
        change=Change.CAPTURED,
        object="several housing blocks",
        actors=(league, sons),
        opponents=(army,),
        place=place("Old Rashun"),
        when=week,
        event={"front": front},
    )
    back = run.told(
        a,
        "After six days of fire the Army of Tessaly and the Karwan Guard regained three blocks in Old Rashun.",
        ground,
        change=Change.RECAPTURED,
        actors=(army, guard),
        opponents=(league,),
        object="three housing blocks",
        place=place("Old Rashun"),
        event={"front": front},
    )
    run.reverse(taken, back)
    besh = run.told(
        a,
        "They also regained all ground lost at the town of Beshkan on Friday morning.",
        ground,
        change=Change.RECAPTURED,
        actors=(army, guard),
        place=place("Beshkan"),
        extent=Extent.FULL,
        when=friday,
        event={"front": front},
    )
    glue = run.told(
        a,
        "On Saturday the Army of Tessaly took full control of the Glue Factory.",
        ground,
        change=Change.CAPTURED,
        actors=(army,),
        opponents=(league, sons),
        place=place("Glue Factory"),
        when=When(as_written="Saturday"),
        event={"front": front},
    )
    run.told(
        a,
        "The army will need to recapture the west of Rashunyeh.",
        ground,
        change=Change.RECAPTURED,
        actors=(army,),
        place=place("Rashunyeh", relation="the west of"),
        modality=Modality.PLANNED,
        event={"front": front},
    )
    lost = (taken.id,)
    run.parties = [
        Party(army, ("the army",), "Government side", ActorKind.STATE_FORCES, (back.id, besh.id, glue.id), lost),
        Party(guard, (), "Government side", ActorKind.POLITICAL_MILITIA, (back.id, besh.id)),
        Party(league, ("the militants",), "Attackers", ActorKind.REBEL_GROUP, lost, (back.id, glue.id)),
        Party(sons, (), "Attackers", ActorKind.REBEL_GROUP, lost, (glue.id,)),
    ]
    run.ledger = [
        Holding("Beshkan", army, "held", None, besh.claims[0]),
        Holding("Glue Factory", army, "held", None, glue.claims[0]),
        Holding("Rashunyeh", "", "unknown", None, glue.claims[0]),
    ]
    return run


def two_fronts() -> Run:
    """A war on two fronts: a reversal, a disputed town, differing tolls, a denial, a plan, and a quiet front."""
    run = Run()
    at = datetime(2031, 5, 16, 6, 30, tzinfo=UTC)
    wire = run.article("wire", "Meridian Wire", at)
    post = run.article("post", "Delta Post", at + timedelta(hours=3))
    state = run.article("state", "Veld State Radio", at + timedelta(hours=5))
    old = run.article("old", "Meridian Wire", at - timedelta(days=3))
    army, front, militia = "Veld Armed Forces", "People's Front", "Ora Militia"
    river, coast, hills = {"front": "Ora river"}, {"front": "Coast"}, {"front": "Saffron Hills"}
    ground = Kind.TERRITORY
    says_army = Attribution(Claimant.PARTY, "an army spokesman", army)
    says_front = Attribution(Claimant.PARTY, "the People's Front", front)
    lost = run.told(
        old,
        "The People's Front captured Danilo on Monday.",
        ground,
        change=Change.CAPTURED,
        actors=(front,),
        opponents=(army,),
        place=place("Danilo"),
        when=day(12),
        event=river,
    )
    back = run.event(
        [
            run.claim(
                wire,
                "Government troops retook Danilo on Thursday.",
                ground,
                change=Change.RECAPTURED,
                actors=(army,),
                opponents=(front,),
                place=place("Danilo"),
                when=day(15),
            ),
            run.claim(
                post,
                "Residents saw the army back in Danilo.",
                ground,
                change=Change.RECAPTURED,
                actors=(army,),
                opponents=(front,),
                place=place("Danilo"),
                when=day(15),
            ),
        ],
        status=Status.CORROBORATED,
        **river,
    )
    run.reverse(lost, back)
    ours = run.claim(
        state,
        "The armed forces said they captured Port Almer on Friday.",
        ground,
        change=Change.CAPTURED,
        actors=(army,),
        opponents=(front,),
        place=place("Port Almer"),
        when=day(16),
        attribution=says_army,
    )
    theirs = run.claim(
        post,
        "The People's Front said its fighters still held Port Almer.",
        ground,
        change=Change.HELD,
        actors=(front,),
        place=place("Port Almer"),
        when=day(16),
        attribution=says_front,
    )
    port = run.event(
        [ours, theirs],
        status=Status.DISPUTED,
        contradictions=(Contradiction("who holds Port Almer", (ours.id,), (theirs.id,)),),
        **coast,
    )
    shelled = run.event(
        [
            run.claim(
                wire,
                "Shelling of the Ora Bridge killed five civilians, the hospital said.",
                Kind.SHELLING,
                actors=(front,),
                place=place("Ora Bridge"),
                when=day(16),
                casualties=(killed(5, civilian=True, claimant="Ora hospital"), wounded(12, claimant="Ora hospital")),
            ),
            run.claim(
                state,
                "Nine civilians died at the Ora Bridge.",
                Kind.SHELLING,
                actors=(front,),
                place=place("Ora Bridge"),
                when=day(16),
                casualties=(killed(9, civilian=True),),
            ),
        ],
        status=Status.CORROBORATED,
        **river,
    )
    run.told(
        state,
        "The army destroyed three tanks and captured one howitzer near Danilo.",
        Kind.EQUIPMENT,
        actors=(army,),
        opponents=(front,),
        place=place("Danilo", relation="near"),
        when=day(15),
        attribution=says_army,
        equipment=(
            Equipment("tanks", EquipmentState.DESTROYED, 3, army),
            Equipment("howitzer", EquipmentState.CAPTURED, 1, army),
        ),
        event=river,
    )
    run.told(
        post,
        "The People's Front denied that the militia had entered Sorrel.",
        ground,
        change=Change.ENTERED,
        actors=(militia,),
        place=place("Sorrel"),
        when=day(15),
        modality=Modality.DENIED,
        attribution=says_front,
        event={"status": Status.DENIED, **coast},
    )
    run.told(
        wire,
        "The Ora Militia tried to enter Tamsin Heights on Thursday night.",
        ground,
        change=Change.ENTERED,
        actors=(militia,),
        place=place("Tamsin Heights"),
        when=day(15),
        modality=Modality.ATTEMPTED,
        event=river,
    )
    run.told(
        post,
        "The army plans to capture Lower Almer.",
        ground,
        change=Change.CAPTURED,
        actors=(army,),
        place=place("Lower Almer"),
        modality=Modality.PLANNED,
        event=coast,
    )
    quiet = run.told(
        old,
        "The Ora Militia entered Saffron on Sunday.",
        ground,
        change=Change.ENTERED,
        actors=(militia,),
        place=place("Saffron"),
        when=day(11),
        event=hills,
    )
    run.parties = [
        Party(army, ("the army", "VAF"), "government", ActorKind.STATE_FORCES, (back.id, port.id), (lost.id,)),
        Party(front, ("PF",), "rebels", ActorKind.REBEL_GROUP, (lost.id,), (back.id, port.id)),
        Party(militia, (), "rebels", ActorKind.POLITICAL_MILITIA, (quiet.id,)),
    ]
    run.ledger = [
        Holding("Danilo", army, "held", date(2031, 5, 15), back.claims[0]),
        Holding("Port Almer", army, "disputed", date(2031, 5, 16), ours.id),
        Holding("Saffron", militia, "held", date(2031, 5, 11), quiet.claims[0]),
    ]
    run.withheld = [
        replace(
            run.claim(wire, "The army may storm Sorrel.", ground),
            verdict=Ruling.UNSUPPORTED,
            reason=Reason.PLANNED_AS_DONE,
        )
    ]
    run.claims = [claim for claim in run.claims if claim.id != run.withheld[0].id]
    run.records = [
        SourceRecord(
            id="copy",
            name="copy.txt",
            outlet="Coast Daily",
            fate=Fate.DUPLICATE_OF,
            duplicate_of="wire",
            why="repeats wire.txt word for word",
        ),
        SourceRecord(id="cup", name="cup.txt", outlet="Delta Post", fate=Fate.OFF_TOPIC, why="sport"),
        SourceRecord(id="junk", name="junk.bin", fate=Fate.UNREADABLE, why="binary data"),
    ]
    run.notes = [Gap(what="Not read: no reader for its language (uk)", about="visti.txt")]
    assert shelled.casualties
    return run


def nothing() -> Run:
    """An edition whose only article says nothing that can be briefed."""
    run = Run()
    run.article("dull", "Delta Post", datetime(2031, 5, 16, 6, 0, tzinfo=UTC))
    run.articles["dull"].append("Nothing happened.")
    return run
