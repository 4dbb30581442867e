"""A shelf: texts by key, in one table."""

from datetime import UTC, datetime

from sqlalchemy import Table, select
from sqlalchemy.sql import bindparam

from briefer.store.database import Database
from briefer.store.packed import fit
from briefer.store.statements import upsert


class TableShelf:
    """A protocols.Shelf over one table of key and text; may be used from several threads. Raises StoreError.

    Where the table has a column `day`, it holds the day (UTC) on which a text was put.
    """

    def __init__(self, database: Database, table: Table) -> None:
        self._database = database
        self._select = select(table.c.text).where(table.c.key == bindparam("wanted"))
        self._upsert = upsert(table, database.dialect)
        self._dated = "day" in table.c

    def get(self, key: str) -> str | None:
        """The text kept under a key, or None."""
        with self._database.connected() as connection:
            return connection.execute(self._select, {"wanted": fit(key)}).scalar_one_or_none()

    def put(self, key: str, text: str) -> None:
        """Keep a text in the place of what was; committed when this returns."""
        row = {"key": fit(key), "text": fit(text)}
        if self._dated:
            row["day"] = datetime.now(UTC).date().isoformat()
        with self._database.connected() as connection:
            connection.execute(self._upsert, row)
