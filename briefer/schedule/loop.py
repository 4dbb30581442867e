"""The loop: looks at the clock, runs what is due, writes down what became of it. All that it touches is handed in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from briefer.errors import BrieferError
from briefer.protocols import Shelf
from briefer.schedule.deciding import Decision, Known, Order, Outcome, begun, decide, ended, read, written
from briefer.schedule.health import Health, LastRun
from briefer.schedule.jobs import Job

TICK = timedelta(seconds=30)
"""At most so long does it sleep: a clock that jumps and settings that change are seen after that."""
LEASE = 180
"""Seconds after which a lock that is not renewed is taken over; a job renews its lock every few seconds."""
RENEWED = timedelta(seconds=10)
"""So often a running job renews its lock and the loop says that it is alive."""
LOST = "another process took its lock over"
ASKED = "asked to stop"


class Sleeper(Protocol):
    """The time, and what ends waiting for it."""

    def now(self) -> datetime:
        """The moment, aware."""
        ...

    def wait(self, seconds: float) -> None:
        """Sleep; shorter where the process is asked to stop."""
        ...

    def stopped(self) -> bool:
        """Whether the process is asked to stop."""
        ...


class Locks(Protocol):
    """Leases by name, shared by all processes and machines that share a store."""

    def acquire(self, name: str, holder: str, now: datetime, seconds: float) -> bool:
        """Take or renew a lease; False where another holder has it and it has not run out."""
        ...

    def release(self, name: str, holder: str) -> None:
        """Give it back, where it is the holder's."""
        ...


class Watcher(Protocol):
    """Who is told how it goes."""

    def tell(self, text: str) -> None:
        """Something happened."""
        ...

    def beat(self, health: Health) -> None:
        """It is alive."""
        ...


Halt = Callable[[], str]
"""Called by a runner every few seconds: why the job is to stop, or ""."""
Runner = Callable[[Order, Halt], tuple[Outcome, str]]
"""Runs an order to its end, and says what became of it and why. Raises nothing for a job that fails."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What outlives the loop: a text for each job, and the locks."""

    journal: Shelf
    locks: Locks


@dataclass(slots=True)
class Loop:
    """The loop of one process. `holder` names the process; `jobs` are asked for at each look at the clock."""

    jobs: Callable[[], Sequence[Job]]
    memory: Memory
    runner: Runner
    clock: Sleeper
    watcher: Watcher
    holder: str
    failed: int = field(default=0, init=False)
    """How many runs have failed so far."""
    _health: Health = field(init=False)

    def __post_init__(self) -> None:
        self._health = Health(self.clock.now(), self.holder)

    def forever(self) -> None:
        """Run what is due until asked to stop. Nothing that the store or the settings do ends it."""
        while not self.clock.stopped():
            look = self._held_look()
            self.clock.wait(_pause(self.clock.now(), look))

    def once(self) -> None:
        """Run what is due, and what becomes due meanwhile. Raises StoreError and SettingsError."""
        while not self.clock.stopped():
            look = self._look()
            if look is None or look > self.clock.now():
                return

    def _held_look(self) -> datetime | None:
        try:
            look = self._look()
        except BrieferError as error:
            if str(error) != self._health.fault:
                self.watcher.tell(str(error))
            self._beat(replace(self._health, fault=str(error)))
            return None
        self._beat(replace(self._health, next=look, fault=""))
        return look

    def _look(self) -> datetime | None:
        """Attend to each job; when one of them is to be looked at again."""
        looks = []
        for job in self.jobs():
            if self.clock.stopped():
                break
            looks.append(self._attend(job))
        return min((look for look in looks if look is not None), default=None)

    def _attend(self, job: Job) -> datetime | None:
        decision = self._decided(job)
        if decision.order is None:
            return decision.look
        if not self._hold(job):
            return self.clock.now() + TICK
        try:
            decision = self._decided(job)  # whoever held the lock may have done it
            if decision.order is not None:
                self._run(decision.order, decision.known)
        finally:
            self.memory.locks.release(_lock(job), self.holder)
        return self._decided(job).look

    def _decided(self, job: Job) -> Decision:
        known = read(self.memory.journal.get(job.key))
        decision = decide(job, known, self.clock.now())
        if decision.known != known:
            self.memory.journal.put(job.key, written(decision.known))
        return decision

    def _run(self, order: Order, known: Known) -> None:
        key = order.job.key
        known = begun(known, order, self.clock.now())
        self.memory.journal.put(key, written(known))
        self.watcher.tell(f"{key}: due {_local(order)}, begun{_attempt(order)}")
        outcome, why = self.runner(order, lambda: self._halt(order.job))
        known = ended(known, order, outcome, why, self.clock.now())
        self._note(order, known)
        if self._hold(order.job):  # else it is another's by now, and so is what is written of it
            self.memory.journal.put(key, written(known))

    def _note(self, order: Order, known: Known) -> None:
        assert known.ended is not None  # it has just ended
        assert known.outcome is not None
        key = order.job.key
        self.failed += known.outcome in (Outcome.FAILED, Outcome.WRONG)
        again = f"; tried again at {known.again.isoformat(timespec='seconds')}" if known.again else ""
        self.watcher.tell(f"{key}: {known.outcome}{f': {known.why}' if known.why else ''}{again}")
        last = {**self._health.last, key: LastRun(known.ended, known.outcome, known.why)}
        self._beat(replace(self._health, running="", last=last))

    def _halt(self, job: Job) -> str:
        if self.clock.stopped():
            return ASKED
        if abs(self.clock.now() - self._health.at) < RENEWED and self._health.running:
            return ""
        self._beat(replace(self._health, running=job.key))
        try:
            return "" if self._hold(job) else LOST
        except BrieferError:
            return ""  # a store that is away for a moment is no reason to give up the work

    def _hold(self, job: Job) -> bool:
        return self.memory.locks.acquire(_lock(job), self.holder, self.clock.now(), LEASE)

    def _beat(self, health: Health) -> None:
        self._health = replace(health, at=self.clock.now())
        self.watcher.beat(self._health)


def _lock(job: Job) -> str:
    return f"schedule/{job.key}"


def _pause(now: datetime, look: datetime | None) -> float:
    wait = TICK if look is None else min(TICK, look - now)
    return max(wait.total_seconds(), 1.0)


def _local(order: Order) -> str:
    zone = order.job.timezone
    return f"{order.due.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} {zone}"


def _attempt(order: Order) -> str:
    return f", try {order.attempt}" if order.attempt > 1 else ""
