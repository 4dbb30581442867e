"""Stores of the first version, and stores that are locked, full, read-only or damaged: all or nothing, told clearly."""

import sqlite3
from contextlib import contextmanager

import pytest
import sqlalchemy
from memory_factory import WAR, Edition, event, held, kept, on, reading
from store_places import KINDS, new_place

from briefer.errors import StoreError
from briefer.store import open_store
from briefer.store.database import Database
from briefer.store.schema import STEPS, metadata, sources
from briefer.store.shelves import TableShelf
from briefer.store.soundness import faults

FIRST_VERSION = (
    "CREATE TABLE replies (key VARCHAR(200) PRIMARY KEY NOT NULL, text TEXT NOT NULL)",
    "CREATE TABLE servers (key VARCHAR(200) PRIMARY KEY NOT NULL, text TEXT NOT NULL)",
    "CREATE TABLE batches (key VARCHAR(200) PRIMARY KEY NOT NULL, text TEXT NOT NULL)",
)
"""Step 1 as it was released; never to be changed."""


@pytest.fixture(params=KINDS)
def place(request, tmp_path):
    return new_place(request.param, tmp_path)


@contextmanager
def directly(place):
    """The database behind briefer's back."""
    engine = sqlalchemy.create_engine(place if "://" in place else f"sqlite:///{place}", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def first_version(place, tmp_path):
    (tmp_path / "data").mkdir()
    with directly(place) as connection:
        connection.exec_driver_sql("CREATE TABLE schema_version (version INTEGER NOT NULL)")
        for statement in (*FIRST_VERSION, "INSERT INTO schema_version VALUES (1)"):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("INSERT INTO replies VALUES ('paid', '{\"claims\": []}')")
        connection.exec_driver_sql("INSERT INTO servers VALUES ('server', 'known')")
        connection.exec_driver_sql("INSERT INTO batches VALUES ('batch', 'under way')")
    return place


def test_a_store_of_the_first_version_keeps_what_was_paid_for(first_version):
    assert STEPS[0] == FIRST_VERSION
    for _ in range(2):
        with open_store(first_version) as store:
            assert store.replies.get("paid") == '{"claims": []}'
            assert store.servers.get("server") == "known"
            assert store.batches.get("batch") == "under way"
            store.replies.put("new", "one")
            store.memory(WAR).save(Edition(16, events=[event("e1")]).remembered())
            assert faults(store.database) == []


def test_the_steps_make_the_tables_that_the_code_knows(place):
    with open_store(place) as store, store.database.connected() as connection:
        found = sqlalchemy.inspect(connection)
        made = {name: {column["name"] for column in found.get_columns(name)} for name in found.get_table_names()}
        keys = {name: set(found.get_pk_constraint(name)["constrained_columns"]) for name in made}
    assert made == {table.name: set(table.c.keys()) for table in metadata.tables.values()}
    assert keys == {table.name: {column.name for column in table.primary_key} for table in metadata.tables.values()}


def test_a_step_that_fails_leaves_the_store_at_its_version(first_version):
    with directly(first_version) as connection:
        connection.exec_driver_sql("CREATE TABLE locks (name TEXT)")
    with pytest.raises(StoreError, match="locks"):
        open_store(first_version)
    with directly(first_version) as connection:
        assert connection.exec_driver_sql("SELECT version FROM schema_version").scalar_one() == 1
        assert "articles" not in sqlalchemy.inspect(connection).get_table_names()
        connection.exec_driver_sql("DROP TABLE locks")
    with open_store(first_version) as store:
        assert store.replies.get("paid")


@pytest.fixture
def store(place):
    with open_store(place, patience=0.2) as opened:
        yield opened


def day(number, size=1):
    events = [event(f"e{one}", headline=f"{number} {one} " * 20) for one in range(size)]
    readings = tuple(reading(f"a{number}-{one}", "rules", "c1") for one in range(size))
    return Edition(number, events=events).remembered(readings=readings, ledger=(held("Danilo", str(number)),))


def test_a_store_that_another_process_holds_is_told_and_free_again_later(store, place):
    store.memory(WAR).save(day(15))
    with directly(place) as connection:
        sqlite = store.database.dialect == "sqlite"
        connection.exec_driver_sql("BEGIN IMMEDIATE" if sqlite else "BEGIN")
        if not sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({0x62726965})")
        for write in (
            lambda: store.memory(WAR).save(day(16)),
            lambda: store.articles.put([kept("Danilo fell.")]),
            lambda: store.locks.acquire("schedule", "host:1", kept("x").seen, 60),
        ):
            with pytest.raises(StoreError, match="another process holds it"):
                write()
        assert store.memory(WAR).latest("").key.date == on(15)
        connection.exec_driver_sql("ROLLBACK")
    store.memory(WAR).save(day(16))
    assert store.memory(WAR).latest("").key.date == on(16)


def test_a_store_that_cannot_be_written_is_told_and_still_read(store):
    store.memory(WAR).save(day(15))
    with store.database.connected() as connection:
        sqlite = store.database.dialect == "sqlite"
        connection.exec_driver_sql(
            "PRAGMA query_only=ON" if sqlite else "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"
        )
    assert store.memory(WAR).latest("").key.date == on(15)
    with pytest.raises(StoreError, match="it cannot be written; check its permissions"):
        store.memory(WAR).save(day(16))
    assert store.memory(WAR).latest("").key.date == on(15)


@pytest.mark.parametrize("room", [1, 5, 20, 60])
def test_a_full_disk_is_told_and_a_day_is_whole_or_is_not(tmp_path, room):
    with open_store(tmp_path / "briefer.db") as store:
        memory = store.memory(WAR)
        memory.save(day(15, 50))
        before = memory.events([f"e{one}" for one in range(300)])
        with store.database.connected() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages + room}").scalar_one()
        with pytest.raises(StoreError, match="the disk is full; make room and run again"):
            memory.save(day(16, 300))
        assert memory.latest("").key.date == on(15)
        assert memory.events([f"e{one}" for one in range(300)]) == before
        assert store.readings.of(["a16-1"], "rules") == {}
        assert memory.ledger_on(on(16)) == memory.ledger_on(on(15))
        assert faults(store.database) == []
        memory.save(day(16, 300))
        assert memory.latest("").key.date == on(16)


def test_a_connection_that_is_lost_is_made_anew(tmp_path):
    with open_store(new_place("postgresql", tmp_path)) as store:
        store.replies.put("a", "one")
        with store.database.connected() as connection:
            number = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        with directly(store.database._url.render_as_string()) as other:
            other.exec_driver_sql(f"SELECT pg_terminate_backend({number})")
        with pytest.raises(StoreError):
            store.memory(WAR).save(day(16))
        store.memory(WAR).save(day(16))
        assert store.replies.get("a") == "one"


def test_a_server_that_was_started_anew_while_nobody_asked_is_not_noticed(tmp_path):
    database = Database(new_place("postgresql", tmp_path), 1.0, idle=0.0)
    database.migrate()
    shelf = TableShelf(database, sources)
    shelf.put("feed", "etag")
    with database.connected() as connection:
        number = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    with directly(database._url.render_as_string()) as other:
        other.exec_driver_sql(f"SELECT pg_terminate_backend({number})")
    assert shelf.get("feed") == "etag"
    database.close()


def test_what_must_outlive_a_power_cut_is_written_through(tmp_path):
    with open_store(tmp_path / "briefer.db") as store:
        with store.database.transaction(durable=True) as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
        with store.database.transaction() as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 1


def test_a_damaged_table_is_told_with_the_remedy(tmp_path):
    file = tmp_path / "briefer.db"
    with open_store(file) as store:
        store.memory(WAR).save(day(15, 300))
    with sqlite3.connect(file) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'events'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    whole = bytearray(file.read_bytes())
    whole[(root - 1) * size : root * size] = b"\xff" * size
    file.write_bytes(whole)
    with open_store(file) as store:
        with pytest.raises(StoreError, match="it is damaged, or no store of briefer's; put a copy of it back"):
            store.memory(WAR).events(["e1"])
        with pytest.raises(StoreError, match="it is damaged, or no store of briefer's; put a copy of it back"):
            store.memory(WAR).save(day(16))
        assert store.memory(WAR).latest("").key.date == on(15)
