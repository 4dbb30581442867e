"""`briefer schedule`: options in, the loop run, other schedulers' files printed, installed or removed."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefer.cli.options import ConfigOption
from briefer.cli.output import note, show
from briefer.errors import UsageError, WorkError

if TYPE_CHECKING:
    from briefer.settings import Settings
    from briefer.wiring.installing import Step
    from briefer.wiring.scheduling import Scheduled

HEALTH_FILE = "schedule-health.json"

app = typer.Typer(
    name="schedule",
    help="Collect and send on time: in a loop, or woken by this machine's scheduler.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

HealthOption = Annotated[
    Path | None, typer.Option("--health", metavar="FILE", help="Health file of the loop.  [default: beside the store]")
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, do nothing.")]


@app.command()
def run(
    once: Annotated[bool, typer.Option("--once", help="Run what is due now, and end.")] = False,
    config: ConfigOption = None,
    environment: Annotated[
        Path | None,
        typer.Option("--environment", metavar="FILE", help="File of NAME=value lines, for keys and passwords."),
    ] = None,
    health: HealthOption = None,
    grace: Annotated[
        float, typer.Option("--grace", min=0, metavar="SECONDS", help="How long a job is waited for on SIGTERM.")
    ] = 8.0,
    longest: Annotated[
        float, typer.Option("--longest", min=0.01, metavar="HOURS", help="How long a job may take at most.")
    ] = 6.0,
) -> None:
    """Run what is due, now and from now on, until SIGTERM or Ctrl-C.

    Each job is a `briefer collect` or `briefer digest send` of its own. What was missed is caught up once. Several of
    these may share a store: a job is run by one of them.

    \b
    Examples:
      briefer schedule run
      briefer schedule run --once
    """
    from briefer import settings
    from briefer.store import open_store
    from briefer.wiring import scheduling

    if environment is not None:
        scheduling.take_environment(environment)
    file = _file(config)
    load = scheduling.reloading(file, settings.load)
    report = scheduling.Report(note, None if once else _health(health))
    bounds = scheduling.Bounds(grace, longest * 3600)
    with scheduling.stopping() as clock, open_store(load().store) as store:
        runner = scheduling.Commands(scheduling.program(), file, bounds, report.tell)
        loop = scheduling.loop(load, store, clock, runner, report)
        if once:
            loop.once()
        else:
            report.tell("waiting for what is due; SIGTERM or Ctrl-C ends it")
            loop.forever()
            report.tell("ended, as asked")
    if once and loop.failed:
        raise WorkError(f"{loop.failed} job{'s' if loop.failed > 1 else ''} failed; the lines above say why")


@app.command()
def health(
    max_age: Annotated[
        float, typer.Option("--max-age", min=1, metavar="SECONDS", help="How old its last sign of life may be.")
    ] = 180,
    health: HealthOption = None,
) -> None:
    """Exit with 0 where the loop is alive, else with 4: for a container's health check.

    \b
    Example:
      briefer schedule health --max-age 120
    """
    from briefer.schedule.health import ailing, read  # and not the wiring, which takes a second each time

    file = _health(health)
    found = read(file)
    why = ailing(found, datetime.now(UTC), timedelta(seconds=max_age))
    if found is None or why:
        raise WorkError(f"{file}: {why}; `briefer schedule run` is the loop")
    now = f"running {found.running}" if found.running else f"next due {_moment(found.next, 'UTC')}"
    show(f"alive; {found.fault or now}\n")


@app.command("list")
def list_(config: ConfigOption = None) -> None:
    """Show what is scheduled, when it is due next, how it went last, and what wakes it.

    \b
    Example:
      briefer schedule list
    """
    from briefer.store import open_store
    from briefer.wiring import installing, scheduling

    found, file = _settings(config)
    with open_store(found.store) as store:
        jobs = scheduling.standing(found, store, datetime.now(UTC))
    if not jobs:
        show('Nothing has a schedule; give a collection or digest one, such as schedule = "0 6 * * *".\n')
    show("".join(f"{_line(job)}\n" for job in jobs))
    places = installing.installed(installing.place_of(file), found) if file is not None else []
    for one in places:
        renew = "" if one.current else " It is of other settings: `briefer schedule install` renews it."
        show(f"Woken by {one.where}.{renew}\n")
    if not places:
        show("Not installed here: `briefer schedule install`.\n")


@app.command()
def install(config: ConfigOption = None, dry_run: DryRunOption = False) -> None:
    """Have this machine wake briefer: by systemd's timers for users, else by cron; on macOS by launchd.

    \b
    Examples:
      briefer schedule install --dry-run
      briefer schedule install
    """
    from briefer.schedule import jobs_of
    from briefer.wiring import installing

    found, file = _settings(config)
    system = installing.system_here()
    steps = installing.install_steps(system, jobs_of(found), installing.place_of(_named(file)), found)
    _do(steps, dry_run=dry_run, done=f"installed with {system}; `briefer schedule list` shows it")
    for line in installing.left_to_do(system, found, os.environ):
        note(line)


@app.command()
def remove(config: ConfigOption = None, dry_run: DryRunOption = False) -> None:
    """Undo what `install` did for these settings, and nothing else.

    \b
    Example:
      briefer schedule remove
    """
    from briefer.wiring import installing

    file = config or _file(None)
    steps = installing.remove_steps(installing.place_of(_named(file)))
    if not steps:
        show("Nothing is installed for these settings.\n")
        return
    _do(steps, dry_run=dry_run, done="removed")


@app.command("print")
def print_(
    systemd: Annotated[bool, typer.Option("--systemd", help="A service and timer of systemd.")] = False,
    system: Annotated[bool, typer.Option("--system", help="With --systemd: for the machine, not for you.")] = False,
    cron: Annotated[bool, typer.Option("--cron", help="Lines for a crontab.")] = False,
    launchd: Annotated[bool, typer.Option("--launchd", help="A property list of macOS.")] = False,
    k8s: Annotated[bool, typer.Option("--k8s", help="A volume and a Deployment of Kubernetes.")] = False,
    cronjob: Annotated[bool, typer.Option("--cronjob", help="With --k8s: a CronJob instead.")] = False,
    github: Annotated[bool, typer.Option("--github", help="A workflow of GitHub Actions.")] = False,
    image: Annotated[str | None, typer.Option("--image", metavar="NAME", help="With --k8s: its image.")] = None,
    package: Annotated[
        str | None,
        typer.Option("--package", metavar="NAME", help="With --github: what pip installs.  [default: this release]"),
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Print the file that another scheduler needs; nothing is touched, and no secret is in it.

    \b
    Examples:
      briefer schedule print --cron
      briefer schedule print --systemd --system
      briefer schedule print --k8s --image registry.example.org/briefer:1
    """
    from briefer.wiring import installing

    chosen = {"systemd": systemd, "cron": cron, "launchd": launchd, "k8s": k8s, "github": github}
    kinds = [kind for kind, wanted in chosen.items() if wanted]
    if len(kinds) != 1:
        raise UsageError("name one of --systemd, --cron, --launchd, --k8s and --github")
    if (system and not systemd) or ((cronjob or image) and not k8s) or (package and not github):
        raise UsageError("--system goes with --systemd; --cronjob and --image with --k8s; --package with --github")
    kind = f"{kinds[0]}{'-system' if system else ''}{'-cronjob' if cronjob else ''}"
    found, file = _settings(config)
    show(installing.printed(kind, found, _named(file), source=image or package or ""))


def _settings(config: Path | None) -> "tuple[Settings, Path | None]":
    from briefer import settings

    return settings.load(config), _file(config)


def _file(config: Path | None) -> Path | None:
    from briefer import settings

    file = config or settings.here()
    return file.absolute() if file is not None else None


def _health(file: Path | None) -> Path:
    """Where the loop writes of itself: beside the user's store, if no other place is named."""
    from briefer.store import default_file

    return file or default_file().with_name(HEALTH_FILE)


def _named(file: Path | None) -> Path:
    if file is None:
        raise UsageError("there is no briefer.toml here; go to its folder, or name it with --config")
    return file


def _do(steps: "list[Step]", *, dry_run: bool, done: str) -> None:
    from briefer.wiring import installing

    if dry_run:
        show("".join(f"{str(step).rstrip()}\n" for step in steps))
        return
    installing.carry_out(steps)
    note(done)


def _line(job: "Scheduled") -> str:
    zone = job.job.timezone
    when = "due now" if job.due else f"due {_moment(job.next, zone)}"
    known = job.known
    last = ""
    if known is not None and known.ended is not None:
        why = f" ({known.why})" if known.why else ""
        last = f"; last {known.outcome} {_moment(known.ended, zone)}{why}"
    return f"{job.job.key}: {job.job.cron} {zone}; {when}{last}"


def _moment(moment: datetime | None, timezone: str) -> str:
    from zoneinfo import ZoneInfo

    return f"{moment.astimezone(ZoneInfo(timezone)):%Y-%m-%d %H:%M %Z}" if moment is not None else "never"
