"""What is in the store: an open store in, how many of each thing, of which days, and how large it is, out."""

from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, select

from briefer.store.database import Database
from briefer.store.schema import articles, editions, event_names, events, ledger, metadata, receipts, version


@dataclass(frozen=True, slots=True)
class CollectionStats:
    """One collection: how many of each thing, and the days (2031-05-16, "" for none) of its articles and editions."""

    name: str
    articles: int
    first_article: str
    last_article: str
    events: int
    places: int
    actors: int
    editions: int
    final_editions: int
    readers: int
    first_edition: str
    last_edition: str
    ledger_rows: int


@dataclass(frozen=True, slots=True)
class Stats:
    """The whole store: `place` is a path or a URL without its password, `bytes` its size, `rows` those of each table.

    `receipts` counts mails by what became of them.
    """

    place: str
    kind: str
    version: int
    bytes: int
    collections: tuple[CollectionStats, ...]
    rows: dict[str, int]
    receipts: dict[str, int]


def stats(database: Database) -> Stats:
    """Count what is in a store. Raises StoreError."""
    with database.snapshot() as connection:
        names = {name for table in (articles, editions, events) for name in _names(connection, table)}
        return Stats(
            database.name,
            database.dialect,
            connection.execute(select(version.c.version)).scalar_one(),
            size(connection),
            tuple(_collection(connection, name) for name in sorted(names)),
            {table.name: _count(connection, table) for table in metadata.sorted_tables if table is not version},
            _states(connection),
        )


def size(connection: Connection) -> int:
    """The bytes that the database takes on its disk, without what is still in SQLite's log."""
    if connection.dialect.name != "sqlite":
        return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    return int(pages) * int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())


def _collection(connection: Connection, name: str) -> CollectionStats:
    first, last = _ends(connection, articles, "at", name)
    first_edition, last_edition = _ends(connection, editions, "date", name)
    final = select(func.count()).where(editions.c.collection == name, editions.c.final == 1)
    return CollectionStats(
        name,
        articles=_count(connection, articles, name),
        first_article=first[:10],
        last_article=last[:10],
        events=_count(connection, events, name),
        places=_named(connection, name, "place"),
        actors=_named(connection, name, "actor"),
        editions=_count(connection, editions, name),
        final_editions=connection.execute(final).scalar_one(),
        readers=connection.execute(
            select(func.count(editions.c.reader.distinct())).where(editions.c.collection == name)
        ).scalar_one(),
        first_edition=first_edition,
        last_edition=last_edition,
        ledger_rows=_count(connection, ledger, name),
    )


def _names(connection: Connection, table: Table) -> list[str]:
    return list(connection.execute(select(table.c.collection).distinct()).scalars())


def _count(connection: Connection, table: Table, collection: str | None = None) -> int:
    query = select(func.count()).select_from(table)
    if collection is not None:
        query = query.where(table.c.collection == collection)
    return int(connection.execute(query).scalar_one())


def _ends(connection: Connection, table: Table, column: str, collection: str) -> tuple[str, str]:
    query = select(func.min(table.c[column]), func.max(table.c[column])).where(table.c.collection == collection)
    first, last = connection.execute(query).one()
    return first or "", last or ""


def _named(connection: Connection, collection: str, kind: str) -> int:
    query = select(func.count(event_names.c.name.distinct()))
    query = query.where(event_names.c.collection == collection, event_names.c.kind == kind)
    return int(connection.execute(query).scalar_one())


def _states(connection: Connection) -> dict[str, int]:
    query = select(receipts.c.state, func.count()).group_by(receipts.c.state)
    return dict(sorted((row[0], row[1]) for row in connection.execute(query)))
