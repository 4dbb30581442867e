"""When another scheduler is to wake briefer: jobs in; minutes of the hour, or times in UTC, out.

Other schedulers know no timezone, or skip what the clock jumps over, or forget what they missed. So they only wake
`briefer schedule run --once`, often enough, and briefer decides what is due.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim

from briefer.schedule.jobs import Job

QUARTERS = (0, 15, 30, 45)
"""Woken at each of them besides: what was missed, failed or deferred waits no longer. No clock is off by less."""
DAY = 24
SAMPLES = 53
"""A year's offsets are looked at each week: Morocco changes its clock for no more than a month."""


@dataclass(frozen=True, slots=True)
class UtcTimes:
    """A minute of some hours in UTC; no hours stand for each."""

    minute: int
    hours: tuple[int, ...]


def minutes_of(jobs: Iterable[Job], now: datetime, local: timedelta = timedelta()) -> tuple[int, ...]:
    """The minutes of each hour at which to wake, ascending, by a clock that is `local` ahead of UTC."""
    found = set(QUARTERS)
    for job in jobs:
        shifts = {_minutes(local - offset) % 60 for offset in _offsets(job, now)}
        found |= {(minute + shift) % 60 for minute in _cron(job).minutes for shift in shifts}
    return tuple(sorted(found))


def utc_times(jobs: Iterable[Job], now: datetime) -> tuple[UtcTimes, ...]:
    """The times of day in UTC at which to wake, for as many offsets as the jobs' clocks have in a year."""
    times: dict[int, set[int]] = {}
    for job in jobs:
        rule = _cron(job)
        for offset in _offsets(job, now):
            for clock in (hour * 60 + minute for hour in rule.hours for minute in rule.minutes):
                hour, minute = divmod((clock - _minutes(offset)) % (DAY * 60), 60)
                times.setdefault(minute, set()).add(hour)
    return tuple(
        UtcTimes(minute, tuple(sorted(found)) if len(found) < DAY else ()) for minute, found in sorted(times.items())
    )


def _cron(job: Job) -> CronSim:
    return CronSim(job.cron, datetime(2031, 1, 1))


def _offsets(job: Job, now: datetime) -> set[timedelta]:
    zone = ZoneInfo(job.timezone)
    weeks = (now.astimezone(UTC) + timedelta(weeks=week) for week in range(SAMPLES))
    return {week.astimezone(zone).utcoffset() or timedelta() for week in weeks}


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds()) // 60
