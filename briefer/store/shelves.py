"""A shelf: texts by key, in one table."""

from sqlalchemy import Executable, Table, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import bindparam

from briefer.store.database import Database


class TableShelf:
    """A protocols.Shelf over one table of key and text; may be used from several threads. Raises StoreError."""

    def __init__(self, database: Database, table: Table) -> None:
        self._database = database
        self._select = select(table.c.text).where(table.c.key == bindparam("wanted"))
        self._upsert = _upsert(table, database.dialect)

    def get(self, key: str) -> str | None:
        """The text kept under a key, or None."""
        with self._database.connected() as connection:
            return connection.execute(self._select, {"wanted": key}).scalar_one_or_none()

    def put(self, key: str, text: str) -> None:
        """Keep a text in the place of what was; committed when this returns."""
        with self._database.connected() as connection:
            connection.execute(self._upsert, {"key": key, "text": text})


def _upsert(table: Table, dialect: str) -> Executable:
    """The statement that puts a key and text in the place of what was."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # takes a tenth of a second to import

        into = postgresql.insert(table)
        return into.on_conflict_do_update(index_elements=["key"], set_={"text": into.excluded.text})
    insert = sqlite.insert(table)
    return insert.on_conflict_do_update(index_elements=["key"], set_={"text": insert.excluded.text})
