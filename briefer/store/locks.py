"""Named locks that outlive their holder by a known time at most: two runs of one schedule stay apart."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from briefer.store.database import Database
from briefer.store.packed import moment
from briefer.store.schema import locks
from briefer.store.statements import upsert


class Locks:
    """Locks by name. `holder` names a process, as host and process id. All methods raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def acquire(self, name: str, holder: str, now: datetime, seconds: float) -> bool:
        """Take or renew a lock for so many seconds from `now` (aware); False where another holder has it still."""
        with self._database.transaction() as connection:
            kept = connection.execute(select(locks).where(locks.c.name == name)).one_or_none()
            if kept is not None and kept.holder != holder and kept.until > moment(now):
                return False
            row = {"name": name, "holder": holder, "until": moment(now + timedelta(seconds=seconds))}
            connection.execute(upsert(locks, connection.dialect.name), row)
            return True

    def release(self, name: str, holder: str) -> None:
        """Give a lock back, where this holder has it."""
        with self._database.connected() as connection:
            connection.execute(delete(locks).where(locks.c.name == name, locks.c.holder == holder))

    def holder(self, name: str, now: datetime) -> str:
        """Who has the lock now, "" for nobody."""
        with self._database.connected() as connection:
            kept = connection.execute(select(locks).where(locks.c.name == name)).one_or_none()
        return kept.holder if kept is not None and kept.until > moment(now) else ""
