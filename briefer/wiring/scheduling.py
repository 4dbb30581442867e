"""The schedule, wired: settings and a store in; a loop that runs briefer's own commands as they become due.

Each job is a process of its own: one that crashes, hangs or eats up the memory does not take the loop with it, and
each reads the settings as they are when it begins.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import IO

from briefer.deliver import owner
from briefer.errors import SettingsError
from briefer.protocols import Shelf
from briefer.schedule import Job, Loop, Memory, Order, Outcome, decide, jobs_of, next_due, retries_of
from briefer.schedule import deciding as kept
from briefer.schedule import health as healthy
from briefer.schedule.health import Health
from briefer.schedule.loop import Halt
from briefer.settings import Settings
from briefer.store import Store

SLICE = 0.2
"""Seconds between two looks at a running job."""
WRONG_CODES = (2, 3)
"""Exit codes of what is wrong until somebody mends it."""
STOPPED_CODE = 130
LINES = 3
"""So many of the last lines of a failed job are kept as the reason."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long a job that is asked to stop is waited for, and how long any job may take at most; in seconds."""

    grace: float = 8.0
    longest: float = 6 * 3600.0


@dataclass(slots=True)
class Commands:
    """Runs orders as commands. `program` begins each of them, `tell` takes what they write on stderr, line by line."""

    program: Sequence[str]
    config: Path | None
    bounds: Bounds
    tell: Callable[[str], None]

    def words(self, order: Order) -> list[str]:
        """The command of an order."""
        config = ["--config", str(self.config)] if self.config is not None else []
        commands = {
            "collect": ["collect", order.job.name],
            "digest": ["digest", "send", order.job.name, "--date", order.day.isoformat()],
            "mail": ["digest", "retry"],
        }
        return [*self.program, *commands[order.job.kind], *config]

    def __call__(self, order: Order, halt: Halt) -> tuple[Outcome, str]:
        """Run it to its end, or to where `halt` or its time end it."""
        try:
            # A session of its own: Ctrl-C at a terminal is the loop's to handle.
            process = subprocess.Popen(
                self.words(order), stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
            )
        except OSError as error:
            return Outcome.FAILED, f"{self.program[0]}: {error.strerror}"
        assert process.stderr is not None
        last: deque[str] = deque(maxlen=LINES)
        reader = threading.Thread(target=self._pass_on, args=(process.stderr, last), daemon=True)
        reader.start()
        try:
            reason, stopped = self._awaited(process, halt)
        finally:
            _end(process, 0.0)
        reader.join(timeout=1.0)  # a grandchild may hold the pipe open
        return _outcome(process.returncode, reason, " / ".join(last), stopped=stopped)

    def _awaited(self, process: subprocess.Popen[bytes], halt: Halt) -> tuple[str, bool]:
        """Why it was ended from outside ("": it was not), and whether it may go on another time."""
        rest = self.bounds.longest
        while process.poll() is None:
            reason = halt()
            if reason or rest <= 0:
                _end(process, self.bounds.grace)
                return reason or f"it took longer than {self.bounds.longest / 3600:g} hours", bool(reason)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(SLICE)
            rest -= SLICE
        return "", False

    def _pass_on(self, pipe: IO[bytes], last: deque[str]) -> None:
        with pipe:
            for line in pipe:
                text = line.decode("utf-8", "replace").rstrip()
                last.append(text)
                self.tell(text)


def _end(process: subprocess.Popen[bytes], grace: float) -> None:
    """Ask a process to end, and end it and all it began after so many seconds."""
    if process.poll() is not None:
        return
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(grace)
        return
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _outcome(code: int, reason: str, words: str, *, stopped: bool) -> tuple[Outcome, str]:
    if code == 0:
        return Outcome.DONE, ""
    if stopped or (not reason and code == STOPPED_CODE):
        return Outcome.STOPPED, reason
    how = reason or (f"ended by signal {-code}" if code < 0 else f"exit code {code}")
    wrong = code in WRONG_CODES and not reason
    return Outcome.WRONG if wrong else Outcome.FAILED, f"{how}: {words}" if words else how


@dataclass(slots=True)
class Stopping:
    """The clock of this machine, and a wait that SIGTERM and SIGINT end."""

    asked: threading.Event = field(default_factory=threading.Event)

    def now(self) -> datetime:
        """The moment."""
        return datetime.now(UTC)

    def wait(self, seconds: float) -> None:
        """Sleep, or not."""
        self.asked.wait(seconds)

    def stopped(self) -> bool:
        """Whether a signal came."""
        return self.asked.is_set()


@contextmanager
def stopping() -> Iterator[Stopping]:
    """What SIGTERM and SIGINT set; a second one is a KeyboardInterrupt. The handlers of before are back afterwards."""
    found = Stopping()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    heard_before = False

    def heard(number: int, frame: FrameType | None) -> None:
        nonlocal heard_before
        if heard_before:
            raise KeyboardInterrupt
        heard_before = True
        # Event.set takes a lock that the waiting main thread may hold; a thread of its own may wait for it.
        threading.Thread(target=found.asked.set, daemon=True).start()

    for number in before:
        signal.signal(number, heard)
    try:
        yield found
    finally:
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)


@dataclass(slots=True)
class Report:
    """Tells notes with their time, and writes the health file, where there is one."""

    say: Callable[[str], None]
    file: Path | None = None
    _mute: bool = field(default=False, init=False)

    def tell(self, text: str) -> None:
        """A note, each of its lines with the time."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self.say("\n".join(f"{now} {line}" for line in text.splitlines() or [""]))

    def beat(self, health: Health) -> None:
        """Write the health file, whole or not at all; a disk that is full is told once."""
        if self.file is None:
            return
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            new = self.file.with_name(f".{self.file.name}.new")
            new.write_text(healthy.written(health), encoding="utf-8")
            os.replace(new, self.file)
            self._mute = False
        except OSError as error:
            if not self._mute:
                self.tell(f"the health file {self.file}: {error.strerror}; name another with --health")
            self._mute = True


@dataclass(frozen=True, slots=True)
class Journal:
    """A shelf within a shelf: what is kept of jobs beside what is kept of sources."""

    shelf: Shelf

    def get(self, key: str) -> str | None:
        """The text kept of a job."""
        return self.shelf.get(f"schedule:{key}")

    def put(self, key: str, text: str) -> None:
        """Keep a text."""
        self.shelf.put(f"schedule:{key}", text)


@dataclass(frozen=True, slots=True)
class Scheduled:
    """How a job stands: when it is due next (None: never), whether it is due now, and what is known of it."""

    job: Job
    next: datetime | None
    due: bool
    known: kept.Known | None


def program() -> list[str]:
    """The words that call this briefer, wherever they are called from."""
    beside = Path(sys.executable).with_name("briefer")
    return [str(beside)] if beside.is_file() else [sys.executable, "-m", "briefer"]


def loop(load: Callable[[], Settings], store: Store, clock: Stopping, runner: Commands, report: Report) -> Loop:
    """A loop of this process over all that the settings schedule and the store has deferred."""

    def jobs() -> Sequence[Job]:
        settings = load()
        return (*jobs_of(settings), *retries_of(store.receipts.open(), settings))

    memory = Memory(Journal(store.sources), store.locks)
    return Loop(jobs, memory, runner, clock, report, owner())


def reloading(file: Path | None, load: Callable[[Path | None], Settings]) -> Callable[[], Settings]:
    """The settings of a file, read again where it has changed.

    The first call raises SettingsError for a wrong one, a later one where it has just become wrong; after that the
    settings of before hold.
    """
    stamp: object = None
    found: Settings | None = None

    def current() -> Settings:
        nonlocal stamp, found
        now = _stamp(file)
        if found is None or now != stamp:
            stamp = now
            found = load(file)
        return found

    return current


def _stamp(file: Path | None) -> object:
    try:
        status = file.stat() if file is not None else None
    except OSError:
        return "missing"
    return (status.st_mtime_ns, status.st_size, status.st_ino) if status is not None else None


def standing(settings: Settings, store: Store, now: datetime) -> list[Scheduled]:
    """How each job stands; nothing is run or written."""
    journal, found = Journal(store.sources), []
    for job in (*jobs_of(settings), *retries_of(store.receipts.open(), settings)):
        known = kept.read(journal.get(job.key))
        decision = decide(job, known, now)
        found.append(Scheduled(job, next_due(job, now), decision.order is not None, known))
    return found


def take_environment(file: Path) -> None:
    """Put the variables of a file (`NAME=value` a line, # for comments) into this process's environment.

    A file that is not there holds none. A variable that is set already stays as it is. Raises SettingsError for a
    line that is none, and for a file that others can read: it holds keys and passwords.
    """
    try:
        text = file.read_text(encoding="utf-8")
        mode = file.stat().st_mode
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: {error}; it is to be text that you can read") from error
    if os.name == "posix" and mode & 0o077:
        raise SettingsError(f"{file}: others can read it, and it holds keys; chmod 600 {file}")
    for number, line in enumerate(text.splitlines(), start=1):
        name, equals, value = line.strip().partition("=")
        if not name or name.startswith("#"):
            continue
        if not equals or not name.isidentifier():
            raise SettingsError(f"{file}, line {number}: is no NAME=value")
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
        os.environ.setdefault(name, value[1:-1] if quoted else value)
