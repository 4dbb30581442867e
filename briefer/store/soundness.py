"""Whether a store is sound: its file, what its rows refer to, and whether every body can be read."""

from collections.abc import Generator, Mapping
from contextlib import closing
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Table, and_, select

from briefer.errors import StoreError
from briefer.store.database import Database
from briefer.store.packed import Packed
from briefer.store.schema import (
    articles,
    edition_claims,
    editions,
    event_claims,
    event_names,
    events,
    forms,
    ledger,
    readings,
    replaced,
    told,
    used,
)
from briefer.types import Article, Briefing, EditionChange, Event, Holding, Reading

_BODIES: tuple[tuple[Column[bytes], Any], ...] = (
    (articles.c.body, Article),
    (readings.c.body, Reading),
    (editions.c.body, Briefing),
    (editions.c.changes, tuple[EditionChange, ...]),
    (forms.c.body, Event),
    (events.c.body, Event),
    (ledger.c.body, Holding),
)
_EVENT = {"collection": "collection", "event": "event"}
_REFERENCES: tuple[tuple[Table, Table, Mapping[str, str]], ...] = (
    (edition_claims, editions, {"edition": "number"}),
    (told, editions, {"edition": "number"}),
    (used, editions, {"edition": "number"}),
    (told, forms, {"form": "form"}),
    (event_claims, events, _EVENT),
    (event_names, events, _EVENT),
    (replaced, events, {"collection": "collection", "heir": "event"}),
)
"""Tables whose columns refer to those of another."""

_MOST = 20
"""Findings of one kind that are told; a damaged table has thousands."""


def faults(database: Database) -> list[str]:
    """What is wrong with a store, in words; nothing for a sound one. Raises StoreError where nothing can be read."""
    with database.snapshot() as connection:
        found = [f"the file: {row}" for row in _integrity(connection)]
        for reference in _REFERENCES:
            found += _dangling(connection, *reference)
        for column, kind in _BODIES:
            found += _unreadable(connection, column, kind)
    return found


def _integrity(connection: Connection) -> list[str]:
    """What SQLite finds wrong with its own file; PostgreSQL looks after itself."""
    if connection.dialect.name != "sqlite":
        return []
    rows = connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})").scalars()
    return [row for row in rows if row != "ok"]


def _dangling(connection: Connection, table: Table, target: Table, columns: Mapping[str, str]) -> list[str]:
    """The rows of a table that refer to none of the target."""
    same = and_(*(table.c[one] == target.c[other] for one, other in columns.items()))
    missing = target.c[next(iter(columns.values()))].is_(None)
    query = select(*(table.c[name] for name in columns)).select_from(table.outerjoin(target, same)).where(missing)
    rows = sorted(", ".join(map(str, row)) for row in connection.execute(query.distinct().limit(_MOST)))
    return [f"{table.name}: {', '.join(columns)} {row} is not in {target.name}" for row in rows]


def _unreadable(connection: Connection, column: Column[bytes], kind: Any) -> list[str]:
    packed: Packed[object] = Packed(kind, column.table.name)
    with closing(_bodies(connection, column)) as bodies:
        found = (f"{column.table.name}: {key} cannot be read" for key, body in bodies if not _reads(packed, body))
        return list(islice(found, _MOST))


def _bodies(connection: Connection, column: Column[bytes]) -> Generator[tuple[str, bytes], None, None]:
    query = select(*column.table.primary_key, column)
    with connection.execute(query, execution_options={"yield_per": 200}) as rows:
        for *key, body in rows:
            if not (column.table is ledger and body == b""):  # a place that has left the ledger
                yield ", ".join(map(str, key)), body


def _reads(packed: Packed[object], body: bytes) -> bool:
    try:
        packed.unpack(body, "")
    except StoreError:
        return False
    return True
