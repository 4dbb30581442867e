"""Due times: a job and a moment in; the moments at which it is due out, in UTC.

A cron line that names hours goes by the clock on the wall: it is due once a day at each of its times. A time that the
clock jumps over in spring is due at the moment of the jump, and one that comes twice in autumn is due when it comes
first. A line whose hour is `*` goes by the hours that pass: it skips none and repeats none, whatever they are called.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim

from briefer.schedule.jobs import Job

JUMP = timedelta(hours=25)
"""More than any clock has jumped: Samoa went over a whole day in 2011."""
REPEAT = timedelta(hours=3)
"""More than any clock has been set back by its zone's rules."""
WINDOWS = (timedelta(hours=1), timedelta(days=1), timedelta(days=32), timedelta(days=400))
"""How far back the latest due time is looked for, step by step, so that a busy line is not counted through a year."""


def occurrences(job: Job, after: datetime) -> Iterator[datetime]:
    """The moments after an aware one at which a job is due, ascending, in UTC, without end where it is due at all."""
    zone = ZoneInfo(job.timezone)
    return _by_hours(job, zone, after) if job.cron.split()[1] == "*" else _by_wall(job, zone, after)


def next_due(job: Job, after: datetime) -> datetime | None:
    """The first moment after an aware one at which a job is due; None where that is never (30 February)."""
    return next(occurrences(job, after), None)


def latest_due(job: Job, after: datetime, until: datetime) -> datetime | None:
    """The last moment in (`after`, `until`] at which a job was due, or None."""
    for window in WINDOWS:
        start = max(after, until - window)
        found = _last(job, start, until)
        if found is not None or start == after:
            return found
    return _last(job, after, until)


def _last(job: Job, after: datetime, until: datetime) -> datetime | None:
    found = None
    for moment in occurrences(job, after):
        if moment > until:
            break
        found = moment
    return found


def _by_hours(job: Job, zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    walls = CronSim(job.cron, after.astimezone(zone).replace(tzinfo=None) - REPEAT)
    return (moment for moment in _as_they_pass(walls, zone) if moment > after)


def _as_they_pass(walls: Iterable[datetime], zone: ZoneInfo) -> Iterator[datetime]:
    """The moments at which the clock shows these times, twice where it does; those that it jumps over are left out."""
    repeated: deque[datetime] = deque()
    for wall in walls:
        first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        if second < first:  # only of a time that is jumped over
            continue
        while repeated and repeated[0] < first:
            yield repeated.popleft()
        yield first
        if second > first:
            repeated.append(second)


def _by_wall(job: Job, zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    last = after.astimezone(UTC)
    for wall in CronSim(job.cron, after.astimezone(zone).replace(tzinfo=None) - JUMP):
        moment = _moment(wall, zone)
        if moment > last:  # several times that the clock jumps over are due at one moment
            last = moment
            yield moment


def _moment(wall: datetime, zone: ZoneInfo) -> datetime:
    """When the wall's clock shows a time first, or jumps over it."""
    first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == wall:
        return first
    return _jump(wall.replace(tzinfo=zone, fold=1).astimezone(UTC), first, zone)


def _jump(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first moment of the new offset; `before` has the old one and `after` the new one."""
    offset = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after
