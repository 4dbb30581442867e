"""The whole stack against a server of our own: what is killed, stopped or hindered loses no reply that was paid for."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from asking_many import ask
from stub_script import POISONED, RESET, UNKNOWN_KEY, always, at_random, broken, too_many, whenever
from stub_server import Stub

from briefer.errors import ModelRejected

COUNT = 120
PROGRAM = Path(__file__).with_name("asking_many.py")


def begun(stub: Stub, store: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, str(PROGRAM), stub.url, str(store), str(COUNT)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def at_half(stub: Stub, process: "subprocess.Popen[str]", sent: signal.Signals) -> str:
    """Send a signal when half of the calls are answered; what the process said at its end."""
    while stub.answered.total() < COUNT // 2:
        assert process.poll() is None
        time.sleep(0.005)
    process.send_signal(sent)
    return process.communicate(timeout=30)[0]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "briefer.db"


def test_a_run_that_is_killed_repeats_no_call_that_was_answered(store):
    with Stub(latency=0.05) as stub:
        at_half(stub, begun(stub, store), signal.SIGKILL)
        time.sleep(0.1)
        before = stub.answered.total()
        told = ask(stub.url, store, COUNT)
        on_their_way = 8  # answered, maybe, but not yet read when the end came
        assert told["recalled"] + told["answered"] == COUNT
        assert told["recalled"] >= before - on_their_way
        assert sum(stub.repeated().values()) <= on_their_way
        calls = stub.asked.total()
        assert ask(stub.url, store, COUNT) == {"recalled": COUNT}
        assert stub.asked.total() == calls


def test_a_run_that_is_stopped_repeats_nothing_at_all(store):
    with Stub(latency=0.05) as stub:
        told = json.loads(at_half(stub, begun(stub, store), signal.SIGTERM))
        assert told["answered"] + told["stopped"] == COUNT
        assert told["answered"] == stub.asked.total() < COUNT
        again = ask(stub.url, store, COUNT)
        assert again == {"recalled": told["answered"], "answered": told["stopped"]}
        assert stub.asked.total() == COUNT
        assert not stub.repeated()


@pytest.mark.parametrize(
    "faults",
    [
        [(0.05, too_many(after=0.05)), (0.01, broken()), (0.01, RESET)],
        [(0.30, too_many(after=0.05)), (0.02, broken())],
    ],
)
def test_faults_lose_no_article_and_cost_no_call_too_many(store, faults):
    with Stub(latency=0.01, script=at_random(faults)) as stub:
        assert ask(stub.url, store, COUNT) == {"answered": COUNT}
        injected = sum(times for deed, times in stub.deeds.items() if deed != "ok")
        assert injected > 3
        assert stub.asked.total() == COUNT + injected


def test_one_article_that_the_server_never_takes_is_one_failure(store):
    with Stub(script=whenever("text 00033", POISONED)) as stub:
        assert ask(stub.url, store, COUNT) == {"answered": COUNT - 1, "rejected": 1}
        assert stub.asked.total() == COUNT


def test_a_wrong_key_ends_the_run_at_once(store):
    with Stub(latency=0.01, script=always(UNKNOWN_KEY)) as stub:
        with pytest.raises(ModelRejected, match="OPENAI_API_KEY"):
            ask(stub.url, store, 5000)
        assert stub.asked.total() <= 16
