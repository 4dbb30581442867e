"""Making a store smaller: what is older than a day goes, but nothing that a later edition stands on.

The ledger, the events with their histories, the receipts, and the last edition of each reader stay whatever their age.
"""

from dataclasses import dataclass
from datetime import date as Date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, select

from briefer.errors import StoreError
from briefer.store.database import Database
from briefer.store.editions import drop
from briefer.store.measuring import size
from briefer.store.schema import articles, edition_claims, editions, forms, readings, replies, told, used

_COUNTED = (articles, readings, replies, editions, edition_claims, told, used, forms)


class _Undone(Exception):
    """Nothing is to be kept of a trial."""


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many rows of each table went, and the bytes of the database before and after.

    `not_shrunk` says why its file could not be made smaller; the room in it is used again all the same.
    """

    rows: dict[str, int]
    before: int
    after: int
    not_shrunk: str = ""


def prune(database: Database, before: Date, *, trial: bool = False) -> Pruned:
    """Delete articles of days (UTC) before a day, with their readings, the replies kept then, and the editions of such
    days with what they told; all or nothing. A `trial` tells what would go and keeps it. Raises StoreError.
    """
    with database.connected() as connection:
        was = size(connection)
    gone: dict[str, int] = {}
    try:
        with database.transaction() as connection:
            counted = _counts(connection)
            _delete(connection, before)
            left = _counts(connection)
            gone = {name: count - left[name] for name, count in counted.items()}
            if trial:
                raise _Undone
    except _Undone:
        return Pruned(gone, was, was)
    fault = _shrink(database)
    with database.connected() as connection:
        return Pruned(gone, was, size(connection), fault)


def _delete(connection: Connection, before: Date) -> None:
    day = before.isoformat()
    connection.execute(delete(articles).where(articles.c.at < day))
    connection.execute(delete(readings).where(readings.c.article.not_in(select(articles.c.id))))
    connection.execute(delete(replies).where(replies.c.day < day))
    drop(connection, _old(connection, day))
    connection.execute(delete(forms).where(forms.c.form.not_in(select(told.c.form))))


def _old(connection: Connection, day: str) -> list[int]:
    """The editions of days before a day, but for those of each reader's last day."""
    last: Any = (
        select(editions.c.collection, editions.c.reader, func.max(editions.c.date).label("date"))
        .group_by(editions.c.collection, editions.c.reader)
        .subquery()
    )
    same: ColumnElement[bool] = and_(
        editions.c.collection == last.c.collection, editions.c.reader == last.c.reader, editions.c.date < last.c.date
    )
    query = select(editions.c.number).join(last, same).where(editions.c.date < day)
    return list(connection.execute(query).scalars())


def _counts(connection: Connection) -> dict[str, int]:
    return {table.name: _count(connection, table) for table in _COUNTED}


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _shrink(database: Database) -> str:
    """Give back the room that is free in a file (PostgreSQL does so by itself). Why it could not be, or ""."""
    if database.dialect != "sqlite":
        return ""
    try:
        with database.connected() as connection:
            connection.exec_driver_sql("VACUUM")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
    except StoreError as error:  # it takes the room of a whole copy, and nobody else at work
        return str(error)
    return ""
