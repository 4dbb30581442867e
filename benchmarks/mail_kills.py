"""How often a digest that is killed and started again comes twice, or not at all.

    python benchmarks/mail_kills.py [--runs 200] [--recipients 12] [--slowness 0 0.02] [--seed 6]

A mail server of our own (STARTTLS and login) runs as a process of its own and writes down each mail that it took, on
disk, before it answers; `--slowness` is how many seconds later it does. Each run is a digest of its own day over one
store: begun in a process that gets SIGKILL at a random moment, in every second run killed once more, and then begun
once more and left alone. Told: how many mails each recipient got of each edition, and what the receipts say of doubt.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

FIRST = date(2031, 1, 1)
UNDISTURBED = [FIRST - timedelta(days=number) for number in (3, 2, 1)]


@dataclass
class Found:
    """What came of the runs."""

    full: float
    kills: int = 0
    left: Counter[str] = field(default_factory=Counter)
    got: Counter[tuple[str, str]] = field(default_factory=Counter)
    texts: set[tuple[str, str]] = field(default_factory=set)
    doubts: int = 0
    unexplained: int = 0
    given_up: int = 0
    unsent: int = 0
    sound: bool = True


def serve(log: Path, slowness: float) -> None:
    import logging

    from mail_server import Delivered, PostOffice

    logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # it warns at each login, and of each kill

    def written(mail: Delivered) -> None:
        import hashlib

        with log.open("a", encoding="utf-8") as file:
            file.write(f"{mail.recipient} {mail.id} {hashlib.sha256(mail.data).hexdigest()}\n")
            file.flush()
            os.fsync(file.fileno())

    with PostOffice(slowness=slowness, on_taken=written) as office:
        print(office.port, flush=True)
        sys.stdin.read()


def begun(port: int, store: Path, recipients: list[str], day: date) -> int:
    """A process that sends the digest of a day; forked, so that none spends its time on imports."""
    process = os.fork()
    if process:
        return process
    from mailing import send_once

    try:
        send_once(port, str(store), recipients, day)
        os._exit(0)
    finally:
        traceback.print_exc()
        os._exit(1)


def undisturbed(port: int, store: Path, recipients: list[str], day: date) -> float:
    """How long a run takes, in seconds."""
    before = time.monotonic()
    assert os.waitpid(begun(port, store, recipients, day), 0)[1] == 0
    return time.monotonic() - before


def killed(process: int, after: float) -> bool:
    """Kill a process after a while; whether it still ran."""
    end = time.monotonic() + after
    while time.monotonic() < end:
        if os.waitpid(process, os.WNOHANG)[0]:
            return False
        time.sleep(0.0005)
    os.kill(process, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(process, 0)[1])


def measured(runs: int, recipients: list[str], slowness: float, seed: int) -> Found:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        log, store = Path(folder) / "log", Path(folder) / "briefer.db"
        log.touch()
        command = [sys.executable, __file__, "--serve", str(log), "--slowness", str(slowness)]
        server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert server.stdout is not None
        port = int(server.stdout.readline())
        found = Found(full=min(undisturbed(port, store, recipients, day) for day in UNDISTURBED))
        try:
            for number in range(runs):
                day = FIRST + timedelta(days=number)
                for _ in range(1 + number % 2):
                    found.kills += killed(begun(port, store, recipients, day), chance.uniform(0, found.full))
                    found.left.update(states(store, day))
                assert os.waitpid(begun(port, store, recipients, day), 0)[1] == 0
        finally:
            server.communicate("")
        tally(found, store, log)
    return found


def states(store: Path, day: date) -> list[str]:
    """What a killed process left in hand."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(store)) as connection:
        rows = connection.execute("SELECT state FROM receipts WHERE date = ?", (day.isoformat(),)).fetchall()
    return [state for (state,) in rows if state != "sent"]


def tally(found: Found, store: Path, log: Path) -> None:
    import sqlite3
    from contextlib import closing

    for row in log.read_text(encoding="utf-8").splitlines():
        recipient, id, text = row.split()
        found.got[recipient, id] += 1
        found.texts.add((id, text))
    with closing(sqlite3.connect(store)) as connection:
        found.sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = connection.execute("SELECT state, doubts, message FROM receipts").fetchall()
    given_up = [state == "refused" and doubts > 1 for state, doubts, _ in rows]
    found.given_up = sum(given_up)
    found.unsent = sum(state != "sent" for state, _, _ in rows) - found.given_up
    found.doubts = sum(doubts for _, doubts, _ in rows)
    doubted = {f"<{message}>" for _, doubts, message in rows if doubts}
    found.unexplained = sum(times > 1 and id not in doubted for (_, id), times in found.got.items())


def told(found: Found, runs: int, recipients: int, slowness: float) -> str:
    expected = (runs + len(UNDISTURBED)) * recipients
    times = Counter(found.got.values())
    more = sum(times.values()) - times[1] - times[2]
    left = ", ".join(f"{count} {state}" for state, count in sorted(found.left.items()))
    return (
        f"answers {slowness * 1000:.0f} ms after taking: {runs} runs of {recipients} recipients, "
        f"{found.full:.2f} s undisturbed; {found.kills} kills hit and left in hand: {left or 'nothing'}\n"
        f"  {expected} mails expected: {times[1]} came once, {times[2]} twice, {more} more often, "
        f"{expected - sum(times.values())} not at all\n"
        f"  doubts in receipts: {found.doubts}; twice without a doubt: {found.unexplained}; "
        f"given up after two doubts: {found.given_up}; other receipts not sent: {found.unsent}; "
        f"ids of more than one text: {len(found.texts) - len(found.got)}; store sound: {found.sound}"
    )


def warm_up() -> None:
    """One digest into a folder: what is imported and compiled now is not in the forks."""
    from mailing import room, settings

    from briefer.deliver import FolderTransport
    from briefer.store import open_store

    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "briefer.db") as store:
        assert room(settings(), store, transport=FolderTransport(Path(folder) / "out")).send("morning").done


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--recipients", type=int, default=12)
    parser.add_argument("--slowness", type=float, nargs="+", default=[0.0, 0.02])
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--serve", type=Path)
    given = parser.parse_args()
    if given.serve:
        serve(given.serve, given.slowness[0])
        return
    warm_up()
    names = [f"r{number}@example.org" for number in range(given.recipients)]
    for slowness in given.slowness:
        print(told(measured(given.runs, names, slowness, given.seed), given.runs, len(names), slowness), flush=True)


if __name__ == "__main__":
    main()
