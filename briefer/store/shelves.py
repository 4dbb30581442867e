"""A shelf: texts by key, in one table."""

from sqlalchemy import Executable, String, Table, cast, func, select
from sqlalchemy.sql import bindparam

from briefer.store.database import Database
from briefer.store.packed import fit
from briefer.store.statements import into, upsert


class TableShelf:
    """A protocols.Shelf over one table of key and text; may be used from several threads. Raises StoreError.

    Where the table has a column `day`, it holds the day (UTC) on which a text was put.
    """

    def __init__(self, database: Database, table: Table) -> None:
        self._database = database
        self._select = select(table.c.text).where(table.c.key == bindparam("wanted"))
        self._upsert = _dated(table, database.dialect) if "day" in table.c else upsert(table, database.dialect)

    def get(self, key: str) -> str | None:
        """The text kept under a key, or None."""
        with self._database.connected() as connection:
            return connection.execute(self._select, {"wanted": fit(key)}).scalar_one_or_none()

    def put(self, key: str, text: str) -> None:
        """Keep a text in the place of what was; committed when this returns."""
        with self._database.connected() as connection:
            connection.execute(self._upsert, {"key": fit(key), "text": fit(text)})


def _dated(table: Table, dialect: str) -> Executable:
    """The statement that puts a key and text, and the day on which it did."""
    today = cast(func.current_date(), String(10))
    inserted = into(table, dialect).values(key=bindparam("key"), text=bindparam("text"), day=today)
    return inserted.on_conflict_do_update(
        index_elements=["key"], set_={"text": inserted.excluded.text, "day": inserted.excluded.day}
    )
