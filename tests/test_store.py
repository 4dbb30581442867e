"""The store: what is put is there again, whoever else uses it and however the process ends."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from briefer.errors import StoreError
from briefer.store import default_file, open_store
from briefer.store.schema import STEPS


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "briefer.db"


def test_what_is_put_is_there_when_the_store_is_opened_again(file):
    with open_store(file) as store:
        store.replies.put("a", "one")
        store.replies.put("a", "two")
        store.servers.put("a", "Сервер \U0001f600")
    with open_store(file) as store:
        assert store.replies.get("a") == "two"
        assert store.servers.get("a") == "Сервер \U0001f600"
        assert store.batches.get("a") is None


def test_a_relative_path_and_a_url_name_the_same_file(file, monkeypatch):
    file.parent.mkdir()
    monkeypatch.chdir(file.parent)
    with open_store("briefer.db") as store:
        store.replies.put("a", "one")
    with open_store(f"sqlite:///{file}") as store:
        assert store.replies.get("a") == "one"


def test_without_a_place_it_is_in_the_users_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    open_store().close()
    assert default_file().is_file()
    assert default_file().is_relative_to(tmp_path)


def test_many_threads_use_one_store(file):
    with open_store(file) as store:

        def work(name: str) -> None:
            for number in range(50):
                store.replies.put(f"{name}{number}", name)
                assert store.replies.get(f"{name}{number}") == name

        threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert all(store.replies.get(f"{name}49") == name for name in "abcd")


WRITER = """
import sys
from briefer.store import open_store
with open_store(sys.argv[1]) as store:
    for number in range(int(sys.argv[3])):
        store.replies.put(f"{sys.argv[2]}{number}", "kept")
        print(number, flush=True)
"""


def writer(file: Path, name: str, times: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", WRITER, str(file), name, str(times)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_processes_that_open_and_write_at_once_do_no_harm(file):
    writers = [writer(file, name, 200) for name in "abc"]
    said = [process.communicate(timeout=60)[0].split() for process in writers]
    assert [process.returncode for process in writers] == [0, 0, 0]
    assert [len(lines) for lines in said] == [200, 200, 200]
    with open_store(file) as store:
        assert all(store.replies.get(f"{name}{number}") for name in "abc" for number in range(200))


def test_what_was_put_outlives_a_kill(file):
    process = writer(file, "a", 100_000)
    assert process.stdout
    for _ in range(300):
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    said = [line for line in process.communicate()[0].splitlines() if line.strip()]
    last = max(299, *(int(line) for line in said[:-1])) if len(said) > 1 else 299
    with open_store(file) as store:
        assert all(store.replies.get(f"a{number}") == "kept" for number in range(last + 1))


def test_a_store_of_a_later_version_is_left_alone(file):
    open_store(file).close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE schema_version SET version = 99")
    connection.close()
    with pytest.raises(StoreError, match=r"briefer\.db is of version 99 .*use the briefer that made it"):
        open_store(file)


def test_a_store_half_made_by_a_kill_is_made_whole(file):
    file.parent.mkdir()
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE schema_version (version INTEGER NOT NULL)")
    connection.close()
    with open_store(file) as store:
        store.replies.put("a", "one")
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT version FROM schema_version").fetchall() == [(len(STEPS),)]
    connection.close()


def test_a_damaged_file_is_named_with_the_remedy(file):
    file.parent.mkdir()
    file.write_bytes(b"this is no database at all, whatever its name says" * 100)
    with pytest.raises(StoreError, match=r"briefer\.db: .*move it away and run again"):
        open_store(file)


def test_a_file_damaged_inside_is_named_with_the_remedy(file):
    with open_store(file) as store:
        for number in range(500):
            store.replies.put(f"key{number}", "x" * 500)
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(StoreError, match=r"briefer\.db: .*move it away"), open_store(file) as store:
        store.replies.get("key1")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="`store` in the settings"):
        open_store(tmp_path / "new" / "briefer.db")


def test_a_place_under_a_file_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="name another as `store` in the settings"):
        open_store(tmp_path / "file" / "briefer.db")


def test_a_store_that_is_a_folder_is_named(tmp_path):
    with pytest.raises(StoreError, match=r"cannot be opened.*`store` in the settings"):
        open_store(tmp_path)


def test_a_store_that_another_process_holds_is_named(file):
    with open_store(file, patience=0.1) as store:
        holder = sqlite3.connect(file, isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="another process holds it"):
            store.replies.put("a", "one")
        holder.close()
        store.replies.put("a", "one")
        assert store.replies.get("a") == "one"


def test_a_full_disk_is_told_and_nothing_is_half_written(file):
    with open_store(file) as store:
        store.replies.put("a", "one")
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))
        try:
            with pytest.raises(StoreError, match=r"briefer\.db: .*(disk|full)"):
                store.replies.put("b", "x" * 1_000_000)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, handler)
        assert store.replies.get("a") == "one"
        assert store.replies.get("b") is None
        store.replies.put("b", "two")


@pytest.mark.parametrize("url", ["nosuch://host/db", "postgresql+psycopg://reader:hunter2@127.0.0.1/db", "://"])
def test_an_address_of_no_store_is_told_without_its_password(url):
    with pytest.raises(StoreError) as told:
        open_store(url)
    assert "hunter2" not in str(told.value)


def test_opening_a_store_is_what_imports_sqlalchemy():
    code = "import sys, briefer.store; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_store_is_its_owners_alone(tmp_path):
    with open_store(tmp_path / "briefer.db"):
        assert (tmp_path / "briefer.db").stat().st_mode & 0o077 == 0
