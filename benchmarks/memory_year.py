"""How large a store is after a year of editions, and how fast it remembers.

    python benchmarks/memory_year.py [--days 365] [--articles 30] [--window 7] [--store FILE_OR_URL] [--seed 1]

In: nothing; a war is invented by its seed. Each day has its articles, readings of 4 claims an article, the events of
the remembered days (a tenth of which change), a ledger of 120 places (3 of which change hands), and an edition for one
reader, told against the day before. Out: a Markdown table of the time that a day's save took and that each question
takes at the end of the year (median and worst of 20), and the bytes of each table.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from datetime import date as Date
from pathlib import Path

from briefer.errors import StoreError
from briefer.reading.names import fold
from briefer.store import Store, open_store
from briefer.store.measuring import stats
from briefer.types import (
    Actor,
    Article,
    Briefing,
    Casualties,
    CasualtyKind,
    Change,
    Claim,
    EditionChange,
    EditionKey,
    Event,
    Evidence,
    Fate,
    Holding,
    KeptArticle,
    KeptEdition,
    Kind,
    Place,
    Reading,
    Remembered,
    Ruling,
    Sentence,
    SourceRecord,
    Span,
    Status,
    When,
    identifier,
)

COLLECTION = "war"
FIRST = Date(2023, 1, 1)  # past: an edition knows no article that was seen after it was made
WORDS = 450
"""Words of an article, as reporting has them."""
CLAIMS = 4
QUIET = 60
"""Fronts of the remembered days without new reporting, as editions of 30 articles a day have them."""
PLACES = [
    f"{first}{second}"
    for first in "Dan Sor Alm Tam Bel Kar Ras Ver Ost Mir".split()
    for second in "ilo rel era sin grad wan hune ova mark abad field aya".split()
]
ACTORS = ["Veld Armed Forces", "People's Front", "Ora Militia", "Northern League", "Sons of Ash", "Karwan Guard"]
TIMES = 20


@dataclass
class War:
    """An invented war: what of it is told each day follows from the seed alone."""

    chance: random.Random
    articles_a_day: int
    window: int
    words: Sequence[str]
    first: Date = FIRST
    holders: dict[str, tuple[str, Date]] = field(default_factory=dict)
    days: list[tuple[list[KeptArticle], list[Reading], list[Event]]] = field(default_factory=list)

    def day(self, today: Date) -> list[KeptArticle]:
        """The articles of a day; what is read in them, and the events, are added to the days."""
        kept = [self._article(today, number) for number in range(self.articles_a_day)]
        readings = [self._reading(item.article, today) for item in kept]
        claims = [claim for reading in readings for claim in reading.claims]
        events = [self._event(claims[at : at + self.chance.choice((1, 1, 2))]) for at in range(0, len(claims), 2)]
        self.days.append((kept, readings, events))
        for place in self.chance.sample(PLACES, 3):
            self.holders[place] = (self.chance.choice(ACTORS), today)
        return kept

    def remembered(self, today: Date) -> Remembered:
        """What the edition of a day adds, once its articles are there."""
        late = self.days[-self.window :]
        for _, _, events in late[:-1]:
            for at in self.chance.sample(range(len(events)), len(events) // 10):
                events[at] = replace(events[at], status=self.chance.choice(list(Status)))
        events = [event for _, _, happened in late for event in happened]
        ledger = tuple(Holding(place, who, "held", since, "c1") for place, (who, since) in sorted(self.holders.items()))
        new_articles, readings, new = self.days[-1]
        told = [*new, *self.chance.sample(events, min(len(events), 20))]
        edition = KeptEdition(self._key(today), _at(today, 18), self._briefing(today, told, ledger))
        return Remembered(
            edition,
            readings=tuple(readings),
            events=tuple(events),
            told=tuple(sorted({event.id for event in told})),
            used=tuple(item.article.id for articles, _, _ in late for item in articles),
            ledger=ledger,
            withdrawn={new_articles[0].article.id: "c1"},
        )

    def _key(self, today: Date) -> EditionKey:
        return EditionKey(COLLECTION, "", today, today - timedelta(days=1) if today > self.first else None)

    def _article(self, today: Date, number: int) -> KeptArticle:
        text = ". ".join(" ".join(self.chance.choices(self.words, k=18)).capitalize() for _ in range(WORDS // 18)) + "."
        name = identifier(text, prefix="a")
        spans, at = [], 0
        for sentence in text.split(". "):
            spans.append(Span(at, at + len(sentence)))
            at += len(sentence) + 2
        url = f"https://outlet{number}.example/{today}/{name}"
        published = _at(today, number % 18)
        made = Article(name, url, text, tuple(spans), text[:70], url, f"Outlet {number}", published)
        return KeptArticle(COLLECTION, f"https://outlet{number}.example/feed", published + timedelta(hours=1), made)

    def _reading(self, article: Article, today: Date) -> Reading:
        return Reading(article.id, "rules/1", tuple(self._claim(article, today, number) for number in range(CLAIMS)))

    def _claim(self, article: Article, today: Date, number: int) -> Claim:
        span = article.sentences[number]
        quote = article.text[span.start : span.end]
        one, other = self.chance.sample(ACTORS, 2)
        place = self.chance.choice(PLACES)
        return Claim(
            identifier(article.id, str(number), prefix="c"),
            article.id,
            f"{one} captured {place} from {other} on {today}.",
            self.chance.choice(list(Kind)),
            (Evidence(number, span.start, span.end, quote),),
            change=Change.CAPTURED,
            actors=(Actor(one, one),),
            opponents=(Actor(other, other),),
            place=Place(place, place, country="Veld"),
            when=When(today, today),
            casualties=(Casualties(CasualtyKind.KILLED, best=self.chance.randrange(50), victims="soldiers"),),
            verdict=Ruling.SUPPORTED,
        )

    def _event(self, claims: Sequence[Claim]) -> Event:
        first = claims[0]
        return Event(
            identifier(first.id, prefix="e"),
            first.kind,
            first.text,
            tuple(claim.id for claim in claims),
            front="Ora river",
            change=first.change,
            actor=first.actors[0].canonical,
            actors=tuple(actor.canonical for actor in first.actors),
            opponent=first.opponents[0].canonical,
            opponents=tuple(actor.canonical for actor in first.opponents),
            place=first.place,
            when=first.when,
            reported=first.when.start,
            casualties=first.casualties,
        )

    def _briefing(self, today: Date, told: Sequence[Event], ledger: tuple[Holding, ...]) -> Briefing:
        articles, readings, _ = self.days[-1]
        events = tuple({event.id: event for event in told}.values())
        return Briefing(
            date=today,
            timezone="UTC",
            cutoff=_at(today, 18),
            collection=COLLECTION,
            lead=tuple(Sentence(text=event.headline, events=(event.id,)) for event in events),
            events=events,
            changes=tuple(self._changes(events)),
            ledger=ledger,
            claims=tuple(claim for reading in readings for claim in reading.claims),
            sources=tuple(
                SourceRecord(id=a.id, name=a.name, outlet=a.outlet, title=a.title, url=a.url, fate=Fate.USED)
                for a in (item.article for item in articles)
            ),
        )

    def _changes(self, told: Sequence[Event]) -> Iterator[EditionChange]:
        new = {event.id for event in self.days[-1][2]}
        for event in told:
            yield EditionChange(kind="new" if event.id in new else "changed", what=event.headline, event=event.id)
        for number in range(QUIET):
            what = f"The front of {PLACES[number]}: no new reporting since yesterday."
            yield EditionChange(kind="quiet", what=what, place=PLACES[number])


def main() -> None:
    """Make the year, ask, and print."""
    arguments = _parser().parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = arguments.store or str(Path(folder) / "briefer.db")
        war = invented(arguments.seed, arguments.articles, arguments.window)
        with open_store(place) as store:
            saves = [lived(store, war, FIRST + timedelta(days=number)) for number in range(arguments.days)]
            last = FIRST + timedelta(days=arguments.days - 1)
            print(f"{arguments.days} days of {arguments.articles} articles, {arguments.window} days remembered\n")
            print("| what | median ms | worst ms |\n| --- | ---: | ---: |")
            print(_row("put a day's articles", [put for put, _ in saves]))
            print(_row("save a day", [saved for _, saved in saves]))
            for name, ask in _questions(store, war, last):
                print(_row(name, [_timed(ask) for _ in range(TIMES)]))
        print_sizes(place)


def invented(seed: int, articles: int, window: int, first: Date = FIRST) -> War:
    """A war of so many articles a day, of which each edition remembers the days of a window."""
    chance = random.Random(seed)
    words = ["".join(chance.choices("abcdefghiklmnoprstuvw", k=chance.randint(2, 9))) for _ in range(8000)]
    return War(chance, articles, window, words, first)


def lived(store: Store, war: War, today: Date) -> tuple[float, float]:
    """The seconds of a day's two writes."""
    articles = war.day(today)
    remembered = war.remembered(today)
    put = _timed(lambda: store.articles.put(articles))
    return put, _timed(lambda: store.memory(COLLECTION).save(remembered))


def _questions(store: Store, war: War, last: Date) -> Iterator[tuple[str, Callable[[], object]]]:
    memory = store.memory(COLLECTION)
    late = war.days[-war.window :]
    events = [event.id for _, _, happened in late for event in happened]
    claims = [claim.id for _, readings, _ in late for reading in readings for claim in reading.claims]
    articles = [item.article.id for kept, _, _ in late for item in kept]
    middle = memory.editions()[len(memory.editions()) // 2].key
    place, actor = fold(PLACES[0]), fold(ACTORS[0])
    start, end = _at(last - timedelta(days=war.window), 0), _at(last, 23)
    yield "latest edition", lambda: memory.latest("")
    yield "an edition of half a year ago", lambda: memory.edition(middle)
    yield "list of all editions", lambda: memory.editions()
    yield f"window of {len(articles)} articles", lambda: store.articles.window(COLLECTION, start, end)
    yield "their readings", lambda: store.readings.of(articles, "rules/1")
    yield f"events of {len(claims)} claims", lambda: memory.event_ids(claims)
    yield f"{len(events)} events", lambda: memory.events(events)
    yield "how they were told", lambda: memory.told("", last, events)
    yield "articles that were used", lambda: memory.used("", last, articles)
    yield "ledger", lambda: memory.ledger(last)
    yield "ledger of half a year ago", lambda: memory.ledger_on(middle.date)
    yield "history of a place", lambda: memory.history(place)
    yield f"{len(memory.events_about(place=place))} events at a place", lambda: memory.events_about(place=place)
    yield f"{len(memory.events_about(actor=actor))} events of an actor", lambda: memory.events_about(actor=actor)
    yield "editions that carried 20 claims", lambda: memory.editions_with_claims(claims[:20])


def print_sizes(place: str) -> None:
    """The bytes of a store, and of each of its tables."""
    with open_store(place) as store:
        found = stats(store.database)
        print(f"\n{found.bytes / 1e6:.1f} MB\n\n| table | rows | MB |\n| --- | ---: | ---: |")
        for name, count in sorted(found.rows.items()):
            if count:
                print(f"| {name} | {count:,} | {_megabytes(store, name)} |")


def _megabytes(store: Store, table: str) -> str:
    """What a table takes with its indexes, where the database can tell."""
    if store.database.dialect != "sqlite":
        query = f"SELECT pg_total_relation_size('{table}')"
    else:
        names = f"SELECT name FROM sqlite_master WHERE tbl_name = '{table}'"
        query = f"SELECT sum(pgsize) FROM dbstat WHERE name IN ({names})"
    try:
        with store.database.connected() as connection:
            return f"{connection.exec_driver_sql(query).scalar_one() / 1e6:.1f}"
    except StoreError:  # this SQLite was built without dbstat
        return "?"


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _row(name: str, seconds: Sequence[float]) -> str:
    return f"| {name} | {statistics.median(seconds) * 1000:.1f} | {max(seconds) * 1000:.1f} |"


def _at(day: Date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--articles", type=int, default=30)
    parser.add_argument("--window", type=int, default=7)
    parser.add_argument("--store", default="", help="a file or URL; by default a file that is deleted at the end")
    parser.add_argument("--seed", type=int, default=1)
    return parser


if __name__ == "__main__":
    main()
