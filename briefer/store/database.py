"""One database: how it is connected to, brought up to date, and how its faults are told.

In: a path or URL. Out: connections that commit each statement by itself, transactions that are kept whole or not at
all, and StoreErrors that name place and remedy.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, select, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from briefer.errors import StoreError
from briefer.store.schema import STEPS, version

WRITE_LOCK = 0x62726965
"""Of PostgreSQL's advisory locks, ours: its transactions write one after the other, as those of SQLite do."""

REMEDIES = {
    "locked": "another process holds it; wait for that to end, or name another as `store` in the settings",
    "readonly": "it cannot be written; check its permissions, or name another as `store` in the settings",
    "full": "the disk is full; make room and run again",
    "damaged": "it is damaged, or no store of briefer's; put a copy of it back, or move it away and run again: "
    "what was remembered and sent is lost with it, so that mails of the day may go out again",
    "unopened": "it cannot be opened; check that its folder can be written, or name another as `store` in the settings",
    "other": "see `store` in the settings",
}

_FAULTS = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_READONLY: "readonly",
    sqlite3.SQLITE_PERM: "readonly",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "full",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_CANTOPEN: "unopened",
}

_STATES = {
    "55P03": "locked",
    "25006": "readonly",
    "42501": "readonly",
    "53100": "full",
    "XX001": "damaged",
    "XX002": "damaged",
}
"""What PostgreSQL's SQLSTATEs mean."""


class Database:
    """A database by URL, or a file of SQLite by path; its folder is made where it is not there.

    `patience` is the seconds that a statement waits for another process. A server's connection that has not been used
    for `idle` seconds is tried before it is used again: the server may have been started anew meanwhile.
    """

    def __init__(self, place: str, patience: float, *, idle: float = 30.0) -> None:
        self._url, self.name = _located(place)
        if self._url.drivername.startswith("sqlite"):
            self._make_folder()
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._patience = patience
        self._idle = idle
        self._used = time.monotonic()
        with self.faults():
            self._engine = self._made(patience)

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        """The connection, for one thread at a time; it commits each statement as it is executed. Raises StoreError.

        It is kept: taking it from a pool takes as long as a statement does. After a fault it is made anew.
        """
        with self.faults(), self._lock:
            if self.dialect != "sqlite" and time.monotonic() - self._used >= self._idle:
                self._disconnect()
            if self._connection is None:
                self._connection = self._engine.connect()
            self._used = time.monotonic()
            try:
                yield self._connection
            except DBAPIError:
                self._connection.invalidate()  # the pool would hand it out again
                self._disconnect()
                raise

    @contextmanager
    def transaction(self, *, durable: bool = False) -> Iterator[Connection]:
        """A connection whose statements are kept whole when the block ends, and not at all where it raises.

        One transaction writes at a time, of all threads and processes. A `durable` one outlives a power cut, too.
        A store is not to be used again within its own transaction. Raises StoreError.
        """
        with self.connected() as connection, self._synchronous(connection, durable=durable):
            self._begin(connection)
            try:
                yield connection
                connection.exec_driver_sql("COMMIT")
            except BaseException:
                with suppress(DBAPIError):  # a full disk ends the transaction before anybody can
                    connection.exec_driver_sql("ROLLBACK")
                raise

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that reads, and finds the store as it was when it first read. Raises StoreError."""
        postgres = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        with self.connected() as connection:
            connection.exec_driver_sql("BEGIN" if self.dialect == "sqlite" else postgres)
            try:
                yield connection
            finally:
                with suppress(DBAPIError):
                    connection.exec_driver_sql("ROLLBACK")

    def migrate(self) -> None:
        """Take the steps that are not taken yet, all or none. Raises StoreError, for a later version too."""
        with self.connected() as connection:
            found = self._version(connection)
        if found != len(STEPS):
            self._take_steps()

    @property
    def dialect(self) -> str:
        """What kind of database it is: sqlite, postgresql."""
        return self._engine.dialect.name

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._disconnect()
        self._engine.dispose()

    @contextmanager
    def faults(self) -> Iterator[None]:
        """Tell what the driver raises as a StoreError."""
        try:
            yield
        except DBAPIError as error:
            raise StoreError(f"the store {self.name}: {_fault(error)}") from error
        except (ArgumentError, ImportError) as error:
            raise StoreError(f"the store {self.name}: {error}; a path or a URL of a known kind is wanted") from error

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _made(self, patience: float) -> Engine:
        if not self._url.drivername.startswith("sqlite"):
            return create_engine(self._url, isolation_level="AUTOCOMMIT", pool_pre_ping=True)
        arguments = {"timeout": patience, "check_same_thread": False}
        engine = create_engine(self._url, isolation_level="AUTOCOMMIT", connect_args=arguments)
        event.listen(engine, "connect", _set_up)
        return engine

    def _make_folder(self) -> None:
        file = Path(self._url.database or "")
        if self._url.query.get("uri"):  # it is named by a URI of SQLite's own, not by a path
            return
        try:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise StoreError(
                f"the store {self.name}: {error.strerror}; name another as `store` in the settings"
            ) from error
        with suppress(OSError):  # SQLite says better what is wrong
            # It holds recipients and whole articles: nobody else may read it, whatever the umask.
            os.close(os.open(file, os.O_CREAT | os.O_RDONLY, 0o600))

    def _version(self, connection: Connection) -> int:
        """The version that the database has; 0 for an empty one. Raises StoreError for what is none of briefer's."""
        if not inspect(connection).has_table(version.name):
            return 0
        found = connection.execute(select(version.c.version)).scalar_one_or_none() or 0
        if found > len(STEPS):
            raise StoreError(
                f"the store {self.name} is of version {found} and this briefer knows {len(STEPS)} at most; "
                "use the briefer that made it, or name another as `store` in the settings"
            )
        return found

    def _take_steps(self) -> None:
        with self.transaction() as connection:
            taken = self._version(connection)  # another process may have taken them while this one waited
            if not taken:
                version.create(connection, checkfirst=True)
                connection.execute(insert(version).values(version=0))
            for step in STEPS[taken:]:
                for statement in step:
                    connection.exec_driver_sql(statement)
            connection.execute(update(version).values(version=len(STEPS)))

    def _begin(self, connection: Connection) -> None:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        connection.exec_driver_sql("BEGIN")
        try:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {max(1, round(self._patience * 1000))}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})")
        except BaseException:
            with suppress(DBAPIError):
                connection.exec_driver_sql("ROLLBACK")
            raise

    @contextmanager
    def _synchronous(self, connection: Connection, *, durable: bool) -> Iterator[None]:
        if not durable or connection.dialect.name != "sqlite":
            yield
            return
        connection.exec_driver_sql("PRAGMA synchronous=FULL")
        try:
            yield
        finally:
            with suppress(DBAPIError):
                connection.exec_driver_sql("PRAGMA synchronous=NORMAL")


def _located(place: str) -> tuple[URL, str]:
    """The URL of a place, and its name without its password."""
    if "://" not in place:
        file = Path(place).expanduser()
        return URL.create("sqlite", database=os.fspath(file)), os.fspath(file)
    try:
        url = make_url(place)
    except ArgumentError as error:
        raise StoreError("the store's address is no URL; write it as postgresql+psycopg://host/database") from error
    return url, url.render_as_string(hide_password=True)


def _set_up(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    # With WAL and NORMAL a commit is in the system's hands when it returns: the end of the process loses nothing,
    # and a power cut the last replies at most.
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _fault(error: DBAPIError) -> str:
    code = getattr(error.orig, "sqlite_errorcode", None)
    kind = _FAULTS.get(code & 0xFF, "other") if isinstance(code, int) else "other"
    kind = _STATES.get(getattr(error.orig, "sqlstate", None) or "", kind)
    if kind == "other" and "not a database" in str(error.orig):
        kind = "damaged"
    return f"{error.orig}: {REMEDIES[kind]}"
