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
    from briefer.store.database import Database

FILE_NAME = "briefer.db"


def default_file() -> Path:
    """The file in the user's data folder."""
    return Path(platformdirs.user_data_dir("briefer", appauthor=False)) / FILE_NAME


@dataclass(frozen=True, slots=True)
class Store:
    """An open store: the replies of models by key, what is known of servers, and batches under way.

    Shelves may be used from several threads, and a store from several processes. All raise StoreError.
    """

    database: "Database"
    replies: Shelf
    servers: Shelf
    batches: Shelf

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
    from briefer.store.database import Database
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
    )
