"""Short ways to write claims and articles in tests of what comes after reading."""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from briefer.types import (
    Actor,
    ActorKind,
    Article,
    Attribution,
    Casualties,
    CasualtyKind,
    Change,
    Claim,
    Claimant,
    DatePrecision,
    DayPart,
    Equipment,
    Evidence,
    Extent,
    Kind,
    Modality,
    Place,
    Ruling,
    When,
)

STATE = ActorKind.STATE_FORCES
REBEL = ActorKind.REBEL_GROUP


def actor(name: str, canonical: str = "", kind: ActorKind = ActorKind.UNKNOWN) -> Actor:
    return Actor(name, canonical or name, kind)


def day(number: int, *, part: DayPart = DayPart.NONE, month: int = 3) -> When:
    """A day of March 2011, the month of every test."""
    when = date(2011, month, number)
    return When(when, when, DatePrecision.DAY, part)


def party(who: str) -> Attribution:
    return Attribution(Claimant.PARTY, who, who)


def killed(number: int, victims: str = "civilians", *, claimant: str = "", low: bool = False) -> Casualties:
    if low:
        return Casualties(CasualtyKind.KILLED, low=number, victims=victims, claimant=claimant)
    return Casualties(CasualtyKind.KILLED, number, number, number, victims, claimant=claimant)


@dataclass
class Desk:
    """Collects the claims and articles of one test; each claim stands one sentence after the last of its article."""

    claims: list[Claim] = field(default_factory=list)
    articles: dict[str, Article] = field(default_factory=dict)
    _count: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def article(self, name: str, outlet: str = "Herald", published: int | None = 5, wire: str = "") -> str:
        """An article published at noon of a day of March 2011 (None: nobody knows when)."""
        when = datetime(2011, 3, published, 12, tzinfo=UTC) if published else None
        self.articles[name] = Article(name, name, "", (), outlet=outlet, published=when, wire=wire, language="en")
        return name

    def claim(
        self,
        article: str,
        kind: Kind = Kind.TERRITORY,
        change: Change | None = None,
        *,
        by: tuple[Actor, ...] | Actor = (),
        on: tuple[Actor, ...] | Actor = (),
        place: str | Place = "",
        when: When | None = None,
        modality: Modality = Modality.OCCURRED,
        attribution: Attribution | None = None,
        casualties: tuple[Casualties, ...] = (),
        equipment: tuple[Equipment, ...] = (),
        extent: Extent = Extent.UNSPECIFIED,
        object: str = "",
        front: str = "",
        text: str = "",
        id: str = "",
    ) -> str:
        if article not in self.articles:
            self.article(article, outlet=article)
        number = next(self._count)
        made = Claim(
            id=id or f"c{number:04}",
            article=article,
            text=text or f"claim {number}",
            kind=kind,
            evidence=(Evidence(number, number * 100, number * 100 + 50, "x" * 50),),
            change=change,
            extent=extent,
            actors=by if isinstance(by, tuple) else (by,),
            opponents=on if isinstance(on, tuple) else (on,),
            place=(Place(place, place) if place else None) if isinstance(place, str) else place,
            when=when or When(),
            modality=modality,
            attribution=attribution or Attribution(),
            casualties=casualties,
            equipment=equipment,
            object=object,
            front=front,
            verdict=Ruling.SUPPORTED,
        )
        self.claims.append(made)
        return made.id
