"""The loop: what is due is run once, whatever the clock, the store, other loops and the jobs themselves do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.errors import SettingsError, StoreError
from briefer.schedule import Job, Loop, Memory, Order, Outcome, decide
from briefer.schedule.deciding import TRIES, Known, begun, ended, read, written
from briefer.schedule.health import Health, ailing
from briefer.schedule.loop import LEASE, Halt

SIX = Job("digest", "morning", "0 6 * * *", "Europe/London")
OFTEN = Job("collect", "libya", "*/20 * * * *", "UTC")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclass
class World:
    """A clock that runs only when somebody sleeps, and ends the loop at its end."""

    time: datetime
    end: datetime
    asked: bool = False
    jumps: dict[datetime, datetime] = field(default_factory=dict)

    def now(self) -> datetime:
        return self.time

    def wait(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)
        for moment in [one for one in self.jumps if one <= self.time]:
            self.time = self.jumps.pop(moment)

    def stopped(self) -> bool:
        return self.asked or self.time >= self.end


@dataclass
class Shared:
    """A store in memory; `broken` is between two moments."""

    world: World
    texts: dict[str, str] = field(default_factory=dict)
    leases: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    broken: tuple[datetime, datetime] | None = None

    def get(self, key: str) -> str | None:
        self._fail()
        return self.texts.get(key)

    def put(self, key: str, text: str) -> None:
        self._fail()
        self.texts[key] = text

    def acquire(self, name: str, holder: str, now: datetime, seconds: float) -> bool:
        self._fail()
        kept = self.leases.get(name)
        if kept and kept[0] != holder and kept[1] > now:
            return False
        self.leases[name] = (holder, now + timedelta(seconds=seconds))
        return True

    def release(self, name: str, holder: str) -> None:
        if name in self.leases and self.leases[name][0] == holder:
            del self.leases[name]

    def _fail(self) -> None:
        if self.broken and self.broken[0] <= self.world.time < self.broken[1]:
            raise StoreError("the store is away")


@dataclass
class Office:
    """Runs orders: notes them, takes its time, and ends as told."""

    world: World
    takes: int = 0
    outcomes: list[Outcome] = field(default_factory=list)
    ran: list[tuple[str, str, int]] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    before: Callable[[Order], None] = lambda order: None
    during: Callable[[int], None] = lambda second: None

    def __call__(self, order: Order, halt: Halt) -> tuple[Outcome, str]:
        self.ran.append((order.job.key, f"{self.world.time:%m-%d %H:%M}", order.attempt))
        self.orders.append(order)
        self.before(order)
        for second in range(self.takes):
            self.world.time += timedelta(seconds=1)
            self.during(second)
            if reason := halt():
                return Outcome.STOPPED, reason
        return (self.outcomes.pop(0) if self.outcomes else Outcome.DONE), ""


@dataclass
class Notes:
    told: list[str] = field(default_factory=list)
    beats: list[Health] = field(default_factory=list)

    def tell(self, text: str) -> None:
        self.told.append(text)

    def beat(self, health: Health) -> None:
        self.beats.append(health)


@dataclass
class Scene:
    """Jobs, known since `known`, and a loop over them from `start` to `end`."""

    start: str
    end: str
    jobs: Sequence[Job] = (SIX,)
    known: str = ""

    def __post_init__(self) -> None:
        self.world = World(at(self.start), at(self.end))
        self.shared = Shared(self.world)
        self.office, self.notes = Office(self.world), Notes()
        for job in self.jobs if self.known else ():
            self.shared.texts[job.key] = written(Known(job.cron, job.timezone, at(self.known)))

    def loop(self, holder: str = "one", jobs: Callable[[], Sequence[Job]] | None = None) -> Loop:
        memory = Memory(self.shared, self.shared)
        return Loop(jobs or (lambda: self.jobs), memory, self.office, self.world, self.notes, holder)


def test_each_morning_comes_once_while_the_clocks_change() -> None:
    scene = Scene("2031-03-28T12:00", "2031-03-31T12:00")  # British clocks change on the 30th
    scene.loop().forever()
    assert [ran[1] for ran in scene.office.ran] == [
        "03-29 06:00",
        "03-30 05:00",
        "03-31 05:00",
    ]


def test_what_was_due_before_it_was_known_is_not_run() -> None:
    scene = Scene("2031-04-14T06:30", "2031-04-14T12:00", (Job("digest", "new", "0 6 * * *", "UTC"),))
    scene.loop().forever()
    assert not scene.office.ran


def test_times_that_were_changed_hold_from_now_on() -> None:
    scene = Scene("2031-04-14T12:00", "2031-04-15T06:00", known="2031-04-01T00:00")
    changed = Job("digest", "morning", "0 10 * * *", "Europe/London")
    scene.loop(jobs=lambda: (changed,)).forever()
    assert not scene.office.ran


def test_of_missed_runs_the_latest_is_caught_up_as_the_edition_of_its_day() -> None:
    scene = Scene("2031-04-14T02:00", "2031-04-14T04:00", known="2031-04-10T00:00")
    scene.loop().forever()
    assert scene.office.ran == [("digest-morning", "04-14 02:00", 1)]
    assert scene.office.orders[0].day.isoformat() == "2031-04-13"


def test_the_day_is_that_of_the_digests_timezone() -> None:
    tokyo = Job("digest", "tokyo", "0 6 * * *", "Asia/Tokyo")
    scene = Scene("2031-04-14T20:00", "2031-04-14T22:00", (tokyo,))
    scene.loop().forever()
    assert [order.day.isoformat() for order in scene.office.orders] == ["2031-04-15"]


def test_collections_come_before_the_digests_of_the_same_time() -> None:
    scene = Scene("2031-04-14T04:50", "2031-04-14T05:10", (OFTEN, SIX))
    scene.loop().forever()
    assert scene.office.ran == [("collect-libya", "04-14 05:00", 1), ("digest-morning", "04-14 05:00", 1)]


def test_a_failed_job_is_tried_thrice_and_the_others_go_on() -> None:
    scene = Scene("2031-04-14T04:59", "2031-04-14T09:00", (Job("collect", "x", "0 5 * * *", "UTC"), SIX))
    scene.office.outcomes = [Outcome.FAILED, Outcome.DONE, Outcome.FAILED, Outcome.FAILED]
    scene.loop().forever()
    assert [ran for ran in scene.office.ran if ran[0] == "collect-x"] == [
        ("collect-x", "04-14 05:00", 1),
        ("collect-x", "04-14 05:10", 2),
        ("collect-x", "04-14 05:40", 3),
    ]
    assert ("digest-morning", "04-14 05:00", 1) in scene.office.ran
    assert any("tried again at 2031-04-14T05:10:00+00:00" in told for told in scene.notes.told)


def test_wrong_settings_are_not_tried_again() -> None:
    scene = Scene("2031-04-14T04:59", "2031-04-14T12:00")
    scene.office.outcomes = [Outcome.WRONG]
    scene.loop().forever()
    assert len(scene.office.ran) == 1


def test_a_job_that_ends_the_process_is_begun_thrice_and_no_more() -> None:
    scene = Scene("2031-04-14T05:00", "2031-04-14T12:00", known="2031-04-13T12:00")

    def crash(order: Order) -> None:
        raise MemoryError

    scene.office.before = crash
    for _ in range(TRIES):
        with pytest.raises(MemoryError):
            scene.loop().forever()
    scene.loop().forever()
    assert [ran[2] for ran in scene.office.ran] == [1, 2, 3]


def test_a_stop_ends_the_job_and_the_next_loop_runs_it() -> None:
    scene = Scene("2031-04-14T04:59", "2031-04-14T05:02")
    scene.office.takes = 600
    scene.loop().forever()
    assert scene.notes.told[-1] == "digest-morning: stopped: asked to stop"
    scene.office.takes, scene.world.end = 0, at("2031-04-14T06:00")
    scene.loop("two").forever()
    assert [ran[2] for ran in scene.office.ran] == [1, 1]
    assert scene.notes.told[-1] == "digest-morning: done"


def test_two_loops_run_a_job_once() -> None:
    scene = Scene("2031-04-14T04:59", "2031-04-14T08:00")
    other = scene.loop("two")
    other.once()
    scene.office.takes = 900
    scene.office.before = lambda order: other.once() if len(scene.office.ran) == 1 else None
    scene.loop().forever()
    other.once()
    assert len(scene.office.ran) == 1


def test_a_long_job_keeps_its_lock() -> None:
    scene = Scene("2031-04-14T05:00", "2031-04-14T12:00", known="2031-04-13T12:00")
    other = scene.loop("two")
    scene.office.takes = LEASE * 4
    scene.office.during = lambda second: other.once() if second == LEASE * 3 else None
    scene.loop().once()
    assert len(scene.office.ran) == 1


def test_a_lock_whose_holder_died_runs_out() -> None:
    scene = Scene("2031-04-14T05:00", "2031-04-14T05:30", known="2031-04-13T12:00")
    scene.shared.leases["schedule/digest-morning"] = ("dead", at("2031-04-14T05:03"))
    scene.loop().forever()
    assert scene.office.ran == [("digest-morning", "04-14 05:03", 1)]


def test_a_lost_lock_stops_the_job_and_leaves_the_others_word() -> None:
    scene = Scene("2031-04-14T05:00", "2031-04-14T06:00", known="2031-04-13T12:00")
    done = written(Known(SIX.cron, SIX.timezone, at("2031-04-13T12:00"), handled=at("2031-04-14T05:00")))

    def suspended(order: Order) -> None:
        scene.world.time += timedelta(seconds=LEASE + 60)
        scene.shared.leases["schedule/digest-morning"] = ("two", scene.world.time + timedelta(hours=9))
        scene.shared.texts["digest-morning"] = done

    scene.office.before, scene.office.takes = suspended, 60
    scene.loop().forever()
    assert len(scene.office.ran) == 1
    assert scene.shared.texts["digest-morning"] == done


def test_a_store_that_is_away_is_told_once_and_ends_nothing() -> None:
    scene = Scene("2031-04-14T04:00", "2031-04-14T06:00")
    scene.loop().once()
    scene.shared.broken = (at("2031-04-14T04:30"), at("2031-04-14T05:20"))
    scene.loop().forever()
    assert scene.notes.told.count("the store is away") == 1
    assert [ran[1] for ran in scene.office.ran] == ["04-14 05:20"]
    assert any(beat.fault == "the store is away" for beat in scene.notes.beats)
    assert scene.notes.beats[-1].fault == ""


def test_settings_that_break_are_told_and_end_nothing() -> None:
    scene = Scene("2031-04-14T04:00", "2031-04-14T06:00")
    looks = iter(range(10_000))

    def jobs() -> Sequence[Job]:
        if next(looks) == 5:
            raise SettingsError("briefer.toml: digests.morning.schedule: it is wrong")
        return (SIX,)

    scene.loop(jobs=jobs).forever()
    assert [ran[1] for ran in scene.office.ran] == ["04-14 05:00"]
    assert "briefer.toml: digests.morning.schedule: it is wrong" in scene.notes.told


@pytest.mark.parametrize(
    ("when", "to", "ran"),
    [
        ("2031-04-14T05:30", "2031-04-14T04:30", ["04-14 05:00", "04-15 05:00"]),  # set back: not sent twice
        ("2031-04-14T04:30", "2031-04-14T09:30", ["04-14 09:30", "04-15 05:00"]),  # asleep: caught up
        ("2031-04-14T04:30", "2031-04-14T05:00", ["04-14 05:00", "04-15 05:00"]),
    ],
)
def test_a_clock_that_jumps_skips_nothing_and_repeats_nothing(when: str, to: str, ran: list[str]) -> None:
    scene = Scene("2031-04-14T04:00", "2031-04-15T12:00")
    scene.world.jumps = {at(when): at(to)}
    scene.loop().forever()
    assert [one[1] for one in scene.office.ran] == ran


def test_a_clock_that_was_years_ahead_does_not_silence_the_mail_for_years() -> None:
    scene = Scene("2040-01-01T03:00", "2040-01-01T09:00")
    scene.loop().forever()
    assert scene.office.ran
    scene.office.ran.clear()
    scene.world.time, scene.world.end = at("2031-04-14T03:00"), at("2031-04-14T09:00")
    scene.loop().forever()
    assert [one[1] for one in scene.office.ran] == ["04-14 05:00"]


def test_the_loop_shows_that_it_lives_while_a_job_runs() -> None:
    scene = Scene("2031-04-14T04:59", "2031-04-14T06:00")
    scene.office.takes = 1200
    scene.loop().forever()
    moments = [beat.at for beat in scene.notes.beats]
    assert max(after - before for before, after in pairwise(moments)) <= timedelta(seconds=31)
    assert {beat.running for beat in scene.notes.beats} == {"", "digest-morning"}


def test_health_ails_where_the_loop_sleeps_for_good_or_the_clock_was_set_back() -> None:
    health = Health(at("2031-04-14T05:00"), "one")
    minute = timedelta(minutes=1)
    assert ailing(health, health.at + minute, 2 * minute) == ""
    assert "last awake at 2031-04-14T05:00:00" in ailing(health, health.at + 3 * minute, 2 * minute)
    assert "last awake" in ailing(health, health.at - 3 * minute, 2 * minute)
    assert ailing(None, health.at, minute) == "no loop has written of itself there"


def test_once_runs_what_is_due_and_what_becomes_due_meanwhile() -> None:
    scene = Scene("2031-04-14T05:00", "2031-04-15T00:00", (OFTEN, SIX), known="2031-04-13T12:00")
    scene.office.before = lambda order: scene.world.wait(1300 if order.job is SIX else 1)
    scene.loop().once()
    assert [ran[0] for ran in scene.office.ran] == ["collect-libya", "digest-morning", "collect-libya"]


def test_what_is_kept_of_a_job_reads_back_and_rubbish_is_as_unknown() -> None:
    known = Known(SIX.cron, SIX.timezone, at("2031-04-14T00:00"))
    order = Order(SIX, at("2031-04-14T05:00"))
    for one in (known, begun(known, order, order.due), ended(known, order, Outcome.FAILED, "why", order.due)):
        assert read(written(one)) == one
    assert read(None) is None
    assert read('{"cron": 5') is None


LOOKS = st.lists(st.integers(1, 3 * 24 * 60), min_size=1, max_size=12)


@given(minutes=LOOKS, zone=st.sampled_from(["Europe/London", "Asia/Beirut", "Australia/Lord_Howe", "UTC"]))
def test_however_it_is_woken_each_due_time_is_run_once_or_was_overtaken(minutes: list[int], zone: str) -> None:
    """Decisions at any moments: orders ascend, none comes twice, and none is older than the latest due time."""
    job = Job("digest", "d", "30 1,2 * * *", zone)
    now = at("2031-10-24T00:00")
    known, orders = decide(job, None, now).known, []
    for minute in minutes:
        now += timedelta(minutes=minute)
        decision = decide(job, known, now)
        known = decision.known
        if decision.order:
            orders.append(decision.order.due)
            known = ended(begun(known, decision.order, now), decision.order, Outcome.DONE, "", now)
            assert decide(job, known, now).order is None
    assert orders == sorted(set(orders))
