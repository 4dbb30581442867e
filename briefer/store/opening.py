"""Opening the store: a place in, its shelves out.

SQLAlchemy is imported when a store is opened and not before: it takes a quarter of a second.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import platformdirs

from briefer.protocols import Shelf

if TYPE_CHECKING:
    from briefer.store.articles import Articles
    from briefer.store.database import Database
    from briefer.store.locks import Locks
    from briefer.store.memory import Memory
    from briefer.store.readings import Readings
    from briefer.store.receipts import Receipts

FILE_NAME = "briefer.db"


def default_file() -> Path:
    """The file in the user's data folder."""
    return Path(platformdirs.user_data_dir("briefer", appauthor=False)) / FILE_NAME


@dataclass(frozen=True, slots=True)
class Store:
    """An open store.

    `replies` are those of models by key, `servers` what is known of each, `batches` those under way, and `sources` what
    fetching knows of each. `articles`, `readings` and `memory(collection)` are what is remembered from day to day,
    `receipts` what became of each mail, `locks` keep runs apart. All may be used from several threads and processes,
    and all raise StoreError.
    """

    database: "Database"
    replies: Shelf
    servers: Shelf
    batches: Shelf
    sources: Shelf
    articles: "Articles"
    readings: "Readings"
    receipts: "Receipts"
    locks: "Locks"

    def memory(self, collection: str) -> "Memory":
        """What is remembered of one collection."""
        from briefer.store.memory import Memory

        return Memory(self.database, collection)

    def close(self) -> None:
        """Close the store; what was put is kept."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(place: str | os.PathLike[str] = "", *, patience: float = 10.0) -> Store:
    """Open a store by path or by URL, by default the user's own; it is made, or brought up to date, where need be.

    `patience` is the seconds that a statement waits for another process. Raises StoreError for a store that is locked,
    damaged, read-only, full, of a later version, or that cannot be made.
    """
    from briefer.store import schema
    from briefer.store.articles import Articles
    from briefer.store.database import Database
    from briefer.store.locks import Locks
    from briefer.store.readings import Readings
    from briefer.store.receipts import Receipts
    from briefer.store.shelves import TableShelf

    database = Database(os.fspath(place) or os.fspath(default_file()), patience)
    try:
        database.migrate()
    except BaseException:
        database.close()
        raise
    return Store(
        database,
        replies=TableShelf(database, schema.replies),
        servers=TableShelf(database, schema.servers),
        batches=TableShelf(database, schema.batches),
        sources=TableShelf(database, schema.sources),
        articles=Articles(database),
        readings=Readings(database),
        receipts=Receipts(database),
        locks=Locks(database),
    )
