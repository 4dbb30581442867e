"""Receipts, locks and memory under processes that race and die: one has the claim, and what is kept is whole."""

import json
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from memory_factory import WAR, at, on
from store_places import KINDS, new_place

from briefer.store import open_store
from briefer.store.soundness import faults
from briefer.types import Receipt

FIRST = Receipt("morning", on(16), "ann@example.org", "claimed", "m1@example.org", 1, at(16), at(16), "host:1")


@pytest.fixture(params=KINDS)
def place(request, tmp_path):
    return new_place(request.param, tmp_path)


@pytest.fixture
def store(place):
    with open_store(place) as opened:
        yield opened


def test_a_claim_holds_against_all_but_who_knows_what_is_kept(store):
    receipts = store.receipts
    assert receipts.claim(FIRST, None)
    assert not receipts.claim(replace(FIRST, owner="host:2"), None)
    taken_over = replace(FIRST, owner="host:2", updated=at(16, 7), tries=2)
    assert receipts.claim(taken_over, FIRST)
    assert not receipts.claim(replace(FIRST, owner="host:3"), FIRST)
    assert receipts.of("morning", on(16)) == [taken_over]
    assert receipts.get("morning", on(16), "ann@example.org") == taken_over
    assert receipts.get("morning", on(17), "ann@example.org") is None


def test_receipts_tell_what_is_open_and_what_was_got_last(store):
    receipts = store.receipts
    sent = replace(FIRST, date=on(14), state="sent")
    for one in (FIRST, sent, replace(sent, date=on(15)), replace(sent, recipient="bob@example.org")):
        receipts.settle(one)
    deferred = replace(FIRST, recipient="cy@example.org", state="deferred", why="450 \x00 busy")
    receipts.settle(deferred)
    receipts.settle(replace(FIRST, recipient="dee@example.org", state="refused"))
    assert receipts.open() == [FIRST, replace(deferred, why="450 \ufffd busy")]
    assert receipts.last_sent("morning", "ann@example.org", on(16)) == replace(sent, date=on(15))
    assert receipts.last_sent("morning", "ann@example.org", on(15)) == sent
    assert receipts.last_sent("morning", "dee@example.org", on(20)) is None
    assert receipts.claim(FIRST, replace(deferred, recipient="ann@example.org")) is False


def test_a_lock_is_had_by_one_until_it_ends(store):
    locks = store.locks
    assert locks.acquire("schedule", "host:1", at(16), 60)
    assert not locks.acquire("schedule", "host:2", at(16), 60)
    assert locks.acquire("schedule", "host:1", at(16), 120)
    assert locks.acquire("other", "host:2", at(16), 60)
    assert locks.holder("schedule", at(16)) == "host:1"
    assert locks.acquire("schedule", "host:2", at(16, 7), 60)
    locks.release("schedule", "host:1")
    assert locks.holder("schedule", at(16, 7)) == "host:2"
    locks.release("schedule", "host:2")
    assert locks.holder("schedule", at(16, 7)) == ""


CLAIMER = """
import sys
from dataclasses import replace
from memory_factory import at, on
from briefer.store import open_store
from test_store_racing import FIRST
with open_store(sys.argv[1]) as store:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(100):
        one = replace(FIRST, recipient=f"r{number}@example.org", owner=sys.argv[2])
        if store.receipts.claim(one, None):
            print(number, flush=True)
"""


def begun(program: str, *arguments: str) -> "subprocess.Popen[str]":
    environment = {"PYTHONPATH": str(Path(__file__).parent), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)


def test_of_processes_that_race_exactly_one_has_each_claim(place):
    open_store(place).close()
    racers = [begun(CLAIMER, place, name) for name in "abc"]
    for racer in racers:
        assert racer.stdout
        assert racer.stdout.readline() == "ready\n"
    claimed = [racer.communicate("go\n", timeout=60)[0].split() for racer in racers]
    assert sorted(int(number) for numbers in claimed for number in numbers) == list(range(100))


SAVER = """
import sys
from memory_factory import WAR, Edition, event, held, kept, reading
from briefer.store import open_store
from briefer.types import Status
with open_store(sys.argv[1]) as store:
    memory = store.memory(WAR)
    for number in range(int(sys.argv[2]), 10000):
        status = list(Status)[number % 5]
        events = [event(f"e{one}", number=1 + number % 28, status=status) for one in range(60)]
        edition = Edition(1 + number % 28, sys.argv[3], events=events)
        memory.save(edition.remembered(
            readings=tuple(reading(f"a{number}-{one}", "rules", "c1") for one in range(20)),
            used=tuple(f"a{number}-{one}" for one in range(20)),
            ledger=tuple(held(f"Place {one}", str(number)) for one in range(30)),
        ))
        print(number, flush=True)
"""


def rows_of(store, number):
    """What the store has of one `save`: its readings, and its edition's events, told and used."""
    day = on(1 + number % 28)
    found = store.memory(WAR).latest("", until=day)
    same = found is not None and found.key.date == day
    articles = [f"a{number}-{one}" for one in range(20)]
    used = store.memory(WAR).used("", day, articles)
    return len(store.readings.of(articles, "rules")), len(used), len(found.briefing.events) if same and used else 0


@pytest.mark.parametrize("round", range(6))
def test_a_save_that_is_killed_is_whole_or_is_not(place, round):
    open_store(place).close()
    process = begun(SAVER, place, "0", "")
    assert process.stdout
    for _ in range(2 + round):
        process.stdout.readline()
    time.sleep(random.Random(round).random() * 0.05)
    process.send_signal(signal.SIGKILL)
    said = process.communicate(timeout=30)[0].split()
    last = int(said[-1]) if said else 1 + round
    with open_store(place) as store:
        assert faults(store.database) == []
        assert all(rows_of(store, number) == (20, 20, 60) for number in range(last + 1))
        assert rows_of(store, last + 1) in {(20, 20, 60), (0, 0, 0)}
        assert rows_of(store, last + 2) == (0, 0, 0)


def test_two_processes_that_save_at_once_do_no_harm(place):
    open_store(place).close()
    savers = [begun(SAVER.replace("10000", "12"), place, "0", reader) for reader in ("", "morning")]
    said = [saver.communicate(timeout=60)[0].split() for saver in savers]
    assert [len(lines) for lines in said] == [12, 12], json.dumps(said)
    with open_store(place) as store:
        assert faults(store.database) == []
        assert len(store.memory(WAR).editions()) == 24
        assert len(store.memory(WAR).ledger_on(on(28))) == 30
