"""Statements that both databases take, though SQLAlchemy has them by dialect; and lists in parts that both bear."""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import sqlite

if TYPE_CHECKING:
    from sqlalchemy.dialects.sqlite import Insert

Thing = TypeVar("Thing")

MOST = 500
"""Values in one list of a statement; older SQLites take 999."""


def into(table: Table, dialect: str) -> "Insert":
    """An insert that can say what is to be done about a row that is there."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # takes a tenth of a second to import

        return postgresql.insert(table)  # type: ignore[return-value]
    return sqlite.insert(table)


def upsert(table: Table, dialect: str) -> Executable:
    """The statement that puts a row in the place of what was under its key."""
    inserted = into(table, dialect)
    key = [column.name for column in table.primary_key]
    others = {column.name: inserted.excluded[column.name] for column in table.c if column.name not in key}
    return inserted.on_conflict_do_update(index_elements=key, set_=others)


def insert_new(table: Table, dialect: str) -> Executable:
    """The statement that puts a row where there is none under its key."""
    return into(table, dialect).on_conflict_do_nothing()


def parts(values: Collection[Thing]) -> Iterator[Sequence[Thing]]:
    """The values, in lists that one statement can take."""
    rest = iter(values)
    while part := list(islice(rest, MOST)):
        yield part


def by_first(connection: Connection, query: Executable) -> dict[str, Any]:
    """The second column of a query's rows, by the first."""
    return {row[0]: row[1] for row in connection.execute(query)}
