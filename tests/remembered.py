"""A store with a memory: three days of an invented war, collected, read by the rules and told in editions."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from briefer.clean import clean
from briefer.settings import Collection, Digest, Settings
from briefer.store import Store, open_store
from briefer.types import KeptArticle, KeptEdition, Media, Raw
from briefer.wiring.editions import Editions, Wanted

WAR = "veld"
FIRST = date(2031, 5, 14)  # a Wednesday
DAYS = tuple(FIRST + timedelta(days=number) for number in range(3))

ARTICLES = (
    (
        0,
        "Delta Post",
        "Rebels take Tarhin",
        "Fighters of the People's Front captured the town of Tarhin on Wednesday after two days of fighting, "
        "residents said. The army withdrew its armoured vehicles to the river. Seven soldiers were killed in the "
        "fighting for Tarhin, a doctor at the hospital of the town said.",
    ),
    (
        0,
        "Northgate Press",
        "Port Almer shelled",
        "Rockets fired by the People's Front hit the harbour of Port Almer on Wednesday, the port authority said. "
        "Three dock workers were wounded. The army still holds the city of Port Almer.",
    ),
    (
        1,
        "Veld State Radio",
        "Army back in Tarhin",
        "Government forces recaptured the town of Tarhin from the People's Front on Thursday morning, the army said "
        "in a statement. The rebels fled to the hills, it said.",
    ),
    (
        1,
        "Delta Post",
        "More dead in Tarhin",
        "Nine soldiers were killed in the fighting for Tarhin on Wednesday, the hospital said on Thursday.",
    ),
    (
        2,
        "Northgate Press",
        "Port Almer falls",
        "The People's Front captured the city of Port Almer on Friday, its commander said. Residents confirmed that "
        "rebel fighters were in the harbour.",
    ),
)
"""Day, outlet, title and text of each."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Settings, their open store, and the editions of the three days for the terminal."""

    settings: Settings
    store: Store
    editions: tuple[KeptEdition, ...]


def settings_in(folder: Path) -> Settings:
    """One collection, one digest of it, and the store in a folder."""
    return Settings(
        store=str(folder / "briefer.db"),
        collections={WAR: Collection(feeds=("https://delta.example/feed",))},
        digests={"morning": Digest(collection=WAR, recipients=("reader@desk.example",))},
    )


def kept(number: int, outlet: str, title: str, text: str, *, collection: str = WAR) -> KeptArticle:
    """An article published at noon of a day, by its number from 0, and seen an hour later."""
    published = datetime.combine(FIRST + timedelta(days=number), time(12), UTC)
    host = f"{outlet.split()[0].lower()}.example"
    url = f"https://{host}/{number}/{title.lower().replace(' ', '-')}"
    raw = Raw(url, text, Media.TEXT, title, url, outlet, published.isoformat())
    return KeptArticle(collection, f"https://{host}/feed", published + timedelta(hours=1), clean(raw))


def edition(settings: Settings, store: Store, number: int, *, reader: str = "") -> KeptEdition:
    """Make and keep the edition of a day, told against the day before."""
    day = FIRST + timedelta(days=number)
    now = datetime.combine(day, time(20), UTC)
    since = day - timedelta(days=1) if number else None
    return Editions(settings, store).make(Wanted(WAR, day, "UTC", now, reader, since))


@contextmanager
def remembering(folder: Path) -> Iterator[Memory]:
    """The store of the three days, open."""
    settings = settings_in(folder)
    with open_store(settings.store) as store:
        store.articles.put([kept(*article) for article in ARTICLES])
        yield Memory(settings, store, tuple(edition(settings, store, number) for number in range(len(DAYS))))


def write_settings(folder: Path) -> Path:
    """The same settings as a file, for commands."""
    file = folder / "briefer.toml"
    file.write_text(
        f'store = "{(folder / "briefer.db").as_posix()}"\n\n'
        f'[collections.{WAR}]\nfeeds = ["https://delta.example/feed"]\n\n'
        f'[digests.morning]\ncollection = "{WAR}"\nrecipients = ["reader@desk.example"]\n'
    )
    return file
