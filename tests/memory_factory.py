"""Short ways to write what is remembered: articles as kept, events, and editions that tell them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from briefer.types import (
    Article,
    Briefing,
    Claim,
    EditionKey,
    Event,
    Evidence,
    Holding,
    KeptArticle,
    KeptEdition,
    Kind,
    Place,
    Reading,
    Remembered,
    Span,
    When,
    identifier,
)

WAR = "war"


def on(number: int) -> date:
    """A day of May 2031."""
    return date(2031, 5, number)


def at(number: int, hour: int = 6) -> datetime:
    return datetime.combine(on(number), time(hour), UTC)


def article(text: str, published: datetime | None = None, **more: Any) -> Article:
    return Article(
        identifier(text, prefix="a"), "feed", text, (Span(0, len(text)),), published=published, outlet="Herald", **more
    )


def kept(text: str, number: int = 16, *, collection: str = WAR, dated: bool = True, **more: Any) -> KeptArticle:
    """An article of noon of a day of May 2031, seen an hour later."""
    made = article(text, at(number, 12) if dated else None, **more)
    return KeptArticle(collection, "https://herald.example/feed", at(number, 13), made)


def claim(name: str, article: str = "a1") -> Claim:
    return Claim(name, article, f"{name} is said.", Kind.TERRITORY, (Evidence(0, 0, 8, "is said."),))


def event(name: str, *claims: str, place: str = "Danilo", number: int = 16, **more: Any) -> Event:
    fields: dict[str, Any] = {
        "headline": f"{name} came to pass",
        "place": Place(place, place) if place else None,
        "when": When(on(number), on(number)),
        "reported": on(number),
        "actor": "People's Front",
        "actors": ("People's Front",),
    }
    return Event(name, Kind.TERRITORY, claims=claims or (f"c-{name}",), **fields | more)


def held(place: str, holder: str, number: int = 16) -> Holding:
    return Holding(place, holder, "held", on(number), f"c-{place}")


def reading(article: str, reader: str = "rules", *claims: str) -> Reading:
    return Reading(article, reader, tuple(claim(name, article) for name in claims))


@dataclass
class Edition:
    """An edition being invented, of a day of May 2031."""

    number: int
    reader: str = ""
    since: int | None = None
    events: Sequence[Event] = ()
    told: Iterable[str] | None = None
    more: dict[str, Any] = field(default_factory=dict)
    replaced: Mapping[str, str] = field(default_factory=dict)
    final: bool = False

    @property
    def key(self) -> EditionKey:
        since = on(self.since) if self.since else None
        return EditionKey(WAR, self.reader, on(self.number), since)

    def briefing(self) -> Briefing:
        names = sorted({name for one in self.events for name in one.claims})
        return Briefing(
            date=on(self.number),
            timezone="UTC",
            cutoff=at(self.number, 18),
            collection=WAR,
            reader=self.reader,
            events=tuple(self.events),
            claims=tuple(claim(name) for name in names),
        )

    def remembered(self, **more: Any) -> Remembered:
        told = tuple(one.id for one in self.events) if self.told is None else tuple(self.told)
        made = at(self.number, 18) + timedelta(minutes=1)
        edition = KeptEdition(self.key, made, self.briefing(), self.final)
        return Remembered(edition, events=tuple(self.events), told=told, replaced=self.replaced, **more)
