"""The files of other schedulers: jobs and a place in, texts out. None holds a secret, and none touches anything."""

import hashlib
import plistlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from briefer.errors import WorkError
from briefer.schedule import quoting
from briefer.schedule.jobs import Job
from briefer.schedule.waking import UtcTimes, minutes_of, utc_times

if TYPE_CHECKING:
    from jinja2 import Environment

EVERY_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where briefer is on a machine: its command (absolute), the settings file, a file of environment variables."""

    program: Sequence[str]
    settings: PurePath
    environment: PurePath | None = None

    @property
    def tag(self) -> str:
        """Tells what is installed for one settings file from what is for another."""
        return hashlib.sha256(str(self.settings).encode("utf-8", "surrogateescape")).hexdigest()[:8]

    @property
    def command(self) -> list[str]:
        """What a scheduler runs."""
        words = [*self.program, "schedule", "run", "--once", "--config", str(self.settings)]
        return [*words, "--environment", str(self.environment)] if self.environment is not None else words


@dataclass(frozen=True, slots=True)
class Sandbox:
    """What a service of systemd may do: `system` runs it as a user of its own, `sendmail` needs that one's rights.

    `writable` are the folders that it writes beside its data.
    """

    system: bool = False
    sendmail: bool = False
    writable: Sequence[str] = ()


def systemd(jobs: Sequence[Job], place: Place, now: datetime, sandbox: Sandbox) -> Mapping[str, str]:
    """A service and a timer, each by the name of its file."""
    name = "briefer" if sandbox.system else f"briefer-{place.tag}"
    minutes = _listed(minutes_of(jobs, now), width=2)
    service = _text(
        "systemd.service",
        settings=quoting.one_line(str(place.settings)),
        folder=quoting.systemd_path(str(place.settings.parent)),
        command=quoting.systemd_command(place.command),
        system=sandbox.system,
        sendmail=sandbox.sendmail,
        writable=[quoting.systemd_word(f"-{path}") for path in sandbox.writable],
    )
    timer = _text(
        "systemd.timer",
        settings=quoting.one_line(str(place.settings)),
        jobs=jobs,
        times=f"*-*-* *:{minutes}:00 UTC",
    )
    return {f"{name}.service": service, f"{name}.timer": timer}


def crontab(jobs: Sequence[Job], place: Place, now: datetime, local: timedelta, *, logger: bool) -> str:
    """The lines of a crontab, between marks; for a clock that is `local` ahead of UTC. `logger` takes the notes."""
    minutes = _listed(minutes_of(jobs, now, local))
    folder = quoting.shell([str(place.settings.parent)])
    log = " 2>&1 | logger -t briefer" if logger else ""
    command = quoting.cron_command(f"cd {folder} && {quoting.shell(place.command)}{log}")
    begin, end = marks(place)
    lines = [begin, *(f"#   {job.key}: {job.cron} {job.timezone}" for job in jobs), f"{minutes} * * * * {command}", end]
    return "".join(f"{line}\n" for line in lines)


def marks(place: Place) -> tuple[str, str]:
    """The lines before and after what is briefer's of a crontab."""
    return (
        f"# briefer {place.tag}: begin, of {quoting.one_line(str(place.settings))}",
        f"# briefer {place.tag}: end",
    )


def crontab_with(existing: str, block: str, place: Place) -> str:
    """A crontab with the block ("": none) in the place of the one that was there; all else as it was.

    Raises WorkError where the mark at its end is missing: nobody knows then how far it goes.
    """
    begin, end = (f"# briefer {place.tag}: {word}" for word in ("begin", "end"))
    kept, inside = "", False
    for line in existing.splitlines(keepends=True):
        inside = inside or line.startswith(begin)
        kept += "" if inside else line
        inside = inside and not line.startswith(end)
    if inside:
        raise WorkError(f"the crontab lacks the line {end!r} after its begin; mend it with `crontab -e`")
    newline = "\n" if block and kept and not kept.endswith("\n") else ""
    return f"{kept}{newline}{block}"


def launchd(jobs: Sequence[Job], place: Place, now: datetime, local: timedelta, log: str) -> Mapping[str, str]:
    """A property list, by the name of its file. What was missed asleep is made up for when the machine wakes."""
    label = f"org.briefer.{place.tag}"
    value = {
        "Label": label,
        "ProgramArguments": [quoting.one_line(word) for word in place.command],
        "WorkingDirectory": quoting.one_line(str(place.settings.parent)),
        "StartCalendarInterval": [{"Minute": minute} for minute in minutes_of(jobs, now, local)],
        "RunAtLoad": True,
        "ProcessType": "Background",
        "Umask": 0o077,
        "StandardOutPath": log,
        "StandardErrorPath": log,
    }
    return {f"{label}.plist": plistlib.dumps(value).decode()}


def kubernetes(jobs: Sequence[Job], now: datetime, image: str, *, cronjob: bool) -> str:
    """A volume and a Deployment of the loop, or a CronJob that wakes briefer."""
    cron = f"{_listed(minutes_of(jobs, now))} * * * *"
    return _text("kubernetes.yaml", jobs=jobs, image=quoting.yaml(image), cron=cron, cronjob=cronjob)


def github(jobs: Sequence[Job], now: datetime, settings: str, secrets: Sequence[str], package: str) -> str:
    """A workflow; `settings` is the path in the repository, `secrets` the names of the environment's secrets."""
    times = [_utc_cron(time) for time in utc_times(jobs, now)]
    return _text(
        "github.yaml",
        jobs=jobs,
        times=times,
        settings=quoting.github(settings),
        secrets=secrets,
        package=quoting.github(package),
    )


def _utc_cron(time: UtcTimes) -> str:
    return f"{time.minute} {','.join(map(str, time.hours)) or '*'} * * *"


def _listed(minutes: Sequence[int], width: int = 1) -> str:
    return "*" if len(minutes) == EVERY_MINUTE else ",".join(f"{minute:0{width}}" for minute in minutes)


def _text(name: str, **values: object) -> str:
    return _templates().get_template(name).render(**values)


@cache
def _templates() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    # Other delimiters than Jinja's own: GitHub's expressions have those.
    found = Environment(
        loader=PackageLoader("briefer.schedule", "templates"),
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.filters["yaml"] = quoting.yaml
    return found
