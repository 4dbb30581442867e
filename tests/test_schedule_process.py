"""The loop as a process: signals, jobs that hang, fail or shout, the health file; really waiting, and not for long."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefer.errors import SettingsError
from briefer.schedule import Job, Order, Outcome, retries_of
from briefer.schedule.health import Health
from briefer.settings import Settings, load
from briefer.store import open_store
from briefer.types import Receipt
from briefer.wiring import scheduling

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are sent as POSIX has them")

DRIVER = """
import sys
from pathlib import Path
from briefer import settings
from briefer.store import open_store
from briefer.types import Receipt
from briefer.wiring import scheduling
folder = Path(sys.argv[1])
report = scheduling.Report(lambda text: print(text, file=sys.stderr, flush=True), folder / "health.json")
load = scheduling.reloading(folder / "briefer.toml", settings.load)
with scheduling.stopping() as clock, open_store(folder / "store.db") as store:
    bounds = scheduling.Bounds(grace=float(sys.argv[2]))
    runner = scheduling.Commands([sys.executable, str(folder / "job.py")], folder / "briefer.toml", bounds, report.tell)
    scheduling.loop(load, store, clock, runner, report).forever()
print("clean")
"""

SETTINGS = """
[collections.war]
schedule = "* * * * *"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with settings, and a store that has known the job for an hour: it is due at once."""
    (tmp_path / "driver.py").write_text(DRIVER)
    (tmp_path / "briefer.toml").write_text(SETTINGS)
    known = {"cron": "* * * * *", "timezone": "UTC", "since": (datetime.now(UTC) - timedelta(hours=1)).isoformat()}
    with open_store(tmp_path / "store.db") as store:
        scheduling.Journal(store.sources).put("collect-war", json.dumps(known))
    return tmp_path


@pytest.fixture
def started(folder: Path) -> Iterator[list[subprocess.Popen[str]]]:
    processes: list[subprocess.Popen[str]] = []
    yield processes
    for process in processes:
        process.kill()
        process.communicate()


def begin(folder: Path, started: list[subprocess.Popen[str]], job: str, grace: float = 5.0) -> "subprocess.Popen[str]":
    (folder / "job.py").write_text(job)
    words = [sys.executable, str(folder / "driver.py"), str(folder), str(grace)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    started.append(process)
    return process


def wait_for(path: Path, words: str = "") -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if path.exists() and words in path.read_text():
            return
        time.sleep(0.05)
    raise AssertionError(f"{path.name} did not come to hold {words!r}")


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_loop_that_sleeps_ends_at_once_and_with_zero(
    folder: Path, started: list[subprocess.Popen[str]], number: signal.Signals
) -> None:
    process = begin(folder, started, "")
    wait_for(folder / "health.json", '"next": "')
    process.send_signal(number)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out) == (0, "clean\n")
    assert "collect-war: done" in err


@pytest.mark.slow
def test_a_job_under_way_is_asked_to_end_and_runs_again_later(
    folder: Path, started: list[subprocess.Popen[str]]
) -> None:
    job = f"""
import pathlib, signal, sys, time
def stop(*_):
    print("let me finish", file=sys.stderr); sys.exit(130)
signal.signal(signal.SIGTERM, stop)
pathlib.Path({str(folder / "begun")!r}).write_text(" ".join(sys.argv[1:]))
time.sleep(60)
"""
    process = begin(folder, started, job)
    wait_for(folder / "begun", "war")
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=15)
    assert (process.returncode, out) == (0, "clean\n")
    assert "let me finish" in err
    assert "collect-war: stopped: asked to stop" in err
    assert (folder / "begun").read_text() == f"collect war --config {folder / 'briefer.toml'}"
    settings = load(folder / "briefer.toml")
    with open_store(folder / "store.db") as store:
        assert scheduling.standing(settings, store, datetime.now(UTC))[0].due


@pytest.mark.slow
def test_a_job_that_does_not_listen_is_ended_with_all_it_began(
    folder: Path, started: list[subprocess.Popen[str]]
) -> None:
    job = f"""
import pathlib, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path({str(folder / "child")!r}).write_text(f"{{child.pid}}.")
time.sleep(60)
"""
    process = begin(folder, started, job, grace=0.5)
    wait_for(folder / "child", ".")
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=15)
    assert (process.returncode, out) == (0, "clean\n")
    assert time.monotonic() - began < 10
    child = int((folder / "child").read_text().rstrip("."))
    status = Path(f"/proc/{child}/status")
    assert not status.exists() or "State:\tZ" in status.read_text()


def order() -> Order:
    return Order(Job("digest", "morning", "0 6 * * *", "Asia/Tokyo"), datetime(2031, 4, 13, 21, tzinfo=UTC))


def commands(script: str, told: list[str], **bounds: float) -> scheduling.Commands:
    return scheduling.Commands([sys.executable, "-c", script], None, scheduling.Bounds(**bounds), told.append)


@pytest.mark.parametrize(
    ("script", "outcome", "why"),
    [
        ("pass", Outcome.DONE, ""),
        ("import sys; sys.exit('no room on the disk')", Outcome.FAILED, "exit code 1: no room on the disk"),
        ("import sys; print('bad key', file=sys.stderr); sys.exit(2)", Outcome.WRONG, "exit code 2: bad key"),
        ("import sys; sys.exit(130)", Outcome.STOPPED, ""),
        ("import os; os.kill(os.getpid(), 9)", Outcome.FAILED, "ended by signal 9"),
        (r"import sys; sys.stderr.buffer.write(b'\xff\n'); sys.exit(4)", Outcome.FAILED, "exit code 4: �"),
    ],
)
def test_what_becomes_of_a_job_is_told_by_how_it_ends(script: str, outcome: Outcome, why: str) -> None:
    assert commands(script, [])(order(), lambda: "") == (outcome, why)


def test_a_job_that_takes_for_ever_is_ended_and_has_failed() -> None:
    outcome, why = commands("import time; time.sleep(60)", [], longest=1.0)(order(), lambda: "")
    assert outcome is Outcome.FAILED
    assert why.startswith("it took longer than")


def test_a_command_that_is_not_there_fails_and_is_named() -> None:
    runner = scheduling.Commands(["/nowhere/briefer"], None, scheduling.Bounds(), lambda text: None)
    assert runner(order(), lambda: "") == (Outcome.FAILED, "/nowhere/briefer: No such file or directory")


def test_a_digest_is_sent_for_the_day_on_which_it_was_due() -> None:
    runner = scheduling.Commands(["briefer"], Path("/etc/briefer/briefer.toml"), scheduling.Bounds(), lambda text: None)
    words = runner.words(order())
    assert words == "briefer digest send morning --date 2031-04-14 --config /etc/briefer/briefer.toml".split()


def test_settings_are_read_again_when_they_change(tmp_path: Path) -> None:
    file = tmp_path / "briefer.toml"
    file.write_text('timezone = "UTC"')
    current = scheduling.reloading(file, load)
    assert current() is current()
    file.write_text('timezone = "Asia/Tokyo"')
    assert current().timezone == "Asia/Tokyo"
    file.write_text('timezone = "Nowhere"')
    with pytest.raises(SettingsError, match="Nowhere"):
        current()
    assert current().timezone == "Asia/Tokyo"


def test_a_health_file_that_cannot_be_written_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told: list[str] = []
    report = scheduling.Report(told.append, tmp_path / "file" / "health.json")
    for _ in range(3):
        report.beat(Health(datetime.now(UTC), "one"))
    assert len(told) == 1
    assert "name another with --health" in told[0]


def test_the_environment_file_gives_what_is_not_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "environment"
    file.write_text('# keys\nSCHED_A="a b=c#$HOME"\nSCHED_B=file\n\nSCHED_C=\'\n')
    file.chmod(0o600)
    monkeypatch.setenv("SCHED_B", "shell")
    for name in ("SCHED_A", "SCHED_C"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    scheduling.take_environment(file)
    assert [os.environ[f"SCHED_{name}"] for name in "ABC"] == ["a b=c#$HOME", "shell", "'"]
    scheduling.take_environment(tmp_path / "missing")


@pytest.mark.parametrize(("text", "mode", "why"), [("A=1", 0o644, "chmod 600"), ("A=1\nB", 0o600, "line 2")])
def test_an_environment_file_that_is_open_or_broken_is_refused(tmp_path: Path, text: str, mode: int, why: str) -> None:
    file = tmp_path / "environment"
    file.write_text(text)
    file.chmod(mode)
    with pytest.raises(SettingsError, match=why):
        scheduling.take_environment(file)


def test_deferred_mail_is_tried_again_as_long_as_it_waits() -> None:
    day = datetime(2031, 4, 14, 6, tzinfo=UTC)
    waiting = Receipt("morning", day.date(), "a@example.org", "deferred", "id", 1, day, day)
    digest = {"collection": "war", "recipients": ["a@example.org"]}
    settings = Settings.model_validate({"collections": {"war": {}}, "digests": {"morning": digest}})
    assert retries_of([replace(waiting, digest="gone")], settings) == ()
    (job,) = retries_of([waiting, waiting], settings)
    runner = scheduling.Commands(["briefer"], None, scheduling.Bounds(), lambda text: None)
    assert runner.words(Order(job, day)) == ["briefer", "digest", "retry"]
