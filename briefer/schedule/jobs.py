"""Jobs: settings in; what is to be done by the clock out, in a stable order."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from briefer.errors import UsageError
from briefer.settings import Settings
from briefer.types import Receipt

FIELDS = 5
"""Minute, hour, day of the month, month, day of the week: a sixth, for seconds, is known to few schedulers."""


@dataclass(frozen=True, slots=True)
class Job:
    """A collection that is collected or a digest that is sent, at the times of a cron line in an IANA timezone.

    `mail` is neither: what mail servers deferred is tried again.
    """

    kind: Literal["collect", "digest", "mail"]
    name: str
    cron: str
    timezone: str

    @property
    def key(self) -> str:
        """What it is known by: `collect-libya`, `digest-morning`."""
        return f"{self.kind}-{self.name}"


DEFERRED = Job("mail", "deferred", "*/10 * * * *", "UTC")
"""So often is it tried again."""


def jobs_of(settings: Settings) -> tuple[Job, ...]:
    """All that has a schedule: collections first, so that at one time the digest has what was just collected.

    Raises UsageError for a cron line that has not five fields.
    """
    collections = (
        Job("collect", name, one.schedule, settings.timezone)
        for name, one in sorted(settings.collections.items())
        if one.schedule
    )
    digests = (
        Job("digest", name, one.schedule, one.timezone or settings.timezone)
        for name, one in sorted(settings.digests.items())
        if one.schedule
    )
    return tuple(_held_to_five_fields(job) for job in (*collections, *digests))


def retries_of(waiting: Iterable[Receipt], settings: Settings) -> tuple[Job, ...]:
    """The job that tries receipts again that wait for it, where there are any of digests of the settings."""
    return (DEFERRED,) if any(one.digest in settings.digests for one in waiting) else ()


def _held_to_five_fields(job: Job) -> Job:
    if len(job.cron.split()) != FIELDS:
        table = "collections" if job.kind == "collect" else "digests"
        raise UsageError(
            f'{table}.{job.name}.schedule: "{job.cron[:60]}" has not five fields; 06:00 each day is "0 6 * * *"'
        )
    return job
