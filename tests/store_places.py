"""Places for stores: a file of SQLite, and a database of a PostgreSQL that the tests start where it is installed."""

import atexit
import functools
import glob
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

KINDS = ("sqlite", "postgresql")
ROLE = "briefer"


def new_place(kind: str, folder: Path) -> str:
    """An empty place of a kind; skips the test, and says why, where there is no PostgreSQL."""
    return str(folder / "data" / "briefer.db") if kind == "sqlite" else server().new_database()


@functools.cache
def server() -> "Server":
    return Server(_binaries())


def _binaries() -> Path:
    candidates = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: path.split("/")[4].zfill(3))
    on_path = shutil.which("initdb")
    found = [Path(path) for path in candidates if Path(path, "initdb").exists()]
    if on_path and not found:
        found = [Path(on_path).resolve().parent]
    if not found:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    return found[-1]


class Server:
    """A PostgreSQL in a folder of its own, reached by a socket there; stopped when the tests end."""

    def __init__(self, binaries: Path) -> None:
        self._binaries = binaries
        self._as: dict[str, Any] = _not_root()
        self._folder = Path(tempfile.mkdtemp(prefix="pg"))  # short: the path of a socket has at most 107 bytes
        self._numbers = itertools.count(1)
        if self._as:
            shutil.chown(self._folder, self._as["user"], self._as["group"])
        self._run("initdb", "-D", self._folder / "data", "-U", ROLE, "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-k {self._folder} -c listen_addresses='' -c fsync=off -c max_connections=40"
        self._server = subprocess.Popen(
            [self._binaries / "postgres", "-D", self._folder / "data", *options.replace("'", "").split()],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self._folder,
            **self._as,
        )
        atexit.register(self.stop)
        self._await()

    def new_database(self) -> str:
        """The URL of a new, empty database."""
        name = f"store{next(self._numbers)}"
        self._run("createdb", "-h", self._folder, "-U", ROLE, name)
        return f"postgresql+psycopg://{ROLE}@/{name}?host={self._folder}"

    def stop(self) -> None:
        self._server.terminate()
        self._server.wait(timeout=30)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _await(self) -> None:
        for _ in range(300):
            ready = [self._binaries / "pg_isready", "-q", "-h", self._folder]
            if subprocess.run(ready, check=False).returncode == 0:
                return
            time.sleep(0.05)
        raise RuntimeError("PostgreSQL did not start")

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self._binaries / program), *map(str, arguments)]
        subprocess.run(command, check=True, capture_output=True, cwd=self._folder, **self._as)


def _not_root() -> dict[str, Any]:
    """PostgreSQL does not run as root."""
    if os.geteuid() != 0:
        return {}
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
