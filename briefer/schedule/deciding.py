"""What to do now: a job, what is known of it and a moment in; an order, or when to look again, out."""

from dataclasses import dataclass, replace
from datetime import date as Date
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from briefer.schedule.due import latest_due, next_due
from briefer.schedule.jobs import Job

TRIES = 3
"""So often is a job begun for one due time; what fails thrice, or ends the process, is left until it is due again."""
PAUSES = (timedelta(minutes=10), timedelta(minutes=30))
"""After the first and the second failure."""
CLOCK_ERROR = timedelta(days=1)
"""What was done further in the future than this was done by a wrong clock."""


class Outcome(StrEnum):
    """What became of a job."""

    DONE = "done"
    FAILED = "failed"  # it may go better the next time
    WRONG = "wrong"  # the settings are wrong: it goes no better before they are mended
    STOPPED = "stopped"  # it was asked to stop


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of a job; times are aware.

    `since` is when these times of it were first known and `handled` the last due time that is behind it. `trying` is
    the due time that was begun and is not behind it, `tries` how often, and `again` when it is tried the next time.
    `began`, `ended`, `outcome` and `why` are of the last run.
    """

    cron: str
    timezone: str
    since: AwareDatetime
    handled: AwareDatetime | None = None
    trying: AwareDatetime | None = None
    tries: int = 0
    again: AwareDatetime | None = None
    began: AwareDatetime | None = None
    ended: AwareDatetime | None = None
    outcome: Outcome | None = None
    why: str = ""

    @property
    def after(self) -> datetime:
        """Due times up to here are none of its business any more."""
        return max(self.since, self.handled) if self.handled is not None else self.since


_KNOWN = TypeAdapter(Known)


@dataclass(frozen=True, slots=True)
class Order:
    """One run of a job that is to be made now, for the moment at which it was due; `attempt` counts from 1."""

    job: Job
    due: datetime
    attempt: int = 1

    @property
    def day(self) -> Date:
        """The day of the due time in the job's timezone: a digest that is caught up later is still that day's."""
        return self.due.astimezone(ZoneInfo(self.job.timezone)).date()

    @property
    def last(self) -> bool:
        """Whether it is not tried again for this due time."""
        return self.attempt >= TRIES


@dataclass(frozen=True, slots=True)
class Decision:
    """What is known of a job from now on, the order if there is one, and when to look again (None: never)."""

    known: Known
    order: Order | None
    look: datetime | None


def decide(job: Job, known: Known | None, now: datetime) -> Decision:
    """Whether a job is to be run now.

    It is not where it was not known yet, or known with other times, when it was due. Of several missed due times the
    latest is caught up and the others are not.
    """
    if known is None or (known.cron, known.timezone) != (job.cron, job.timezone) or _from_wrong_clock(known, now):
        known = Known(cron=job.cron, timezone=job.timezone, since=now)
    due = latest_due(job, known.after, now)
    if due is None:
        return Decision(known, None, next_due(job, now))
    tries = known.tries if known.trying == due else 0
    if tries >= TRIES:
        known = replace(known, handled=due, trying=None, tries=0, again=None)
        return Decision(known, None, next_due(job, now))
    if tries and known.again is not None and now < known.again <= now + max(PAUSES):
        return Decision(known, None, known.again)
    return Decision(known, Order(job, due, tries + 1), now)


def begun(known: Known, order: Order, now: datetime) -> Known:
    """What is known once an order is begun; kept before it is, so that a job that ends the process is counted."""
    return replace(known, trying=order.due, tries=order.attempt, again=None, began=now)


def ended(known: Known, order: Order, outcome: Outcome, why: str, now: datetime) -> Known:
    """What is known once an order has ended, however it did."""
    known = replace(known, ended=now, outcome=outcome, why=why[:1000])
    if outcome is Outcome.STOPPED:
        return replace(known, tries=order.attempt - 1)
    if outcome is Outcome.FAILED and not order.last:
        return replace(known, again=now + PAUSES[order.attempt - 1])
    return replace(known, handled=order.due, trying=None, tries=0, again=None)


def written(known: Known) -> str:
    """As it is kept."""
    return _KNOWN.dump_json(known, exclude_defaults=True).decode()


def read(text: str | None) -> Known | None:
    """What was kept of a job; None where nothing was that can be read: the job is then first known now."""
    try:
        return _KNOWN.validate_json(text) if text is not None else None
    except ValidationError:
        return None


def _from_wrong_clock(known: Known, now: datetime) -> bool:
    return known.after > now + CLOCK_ERROR
