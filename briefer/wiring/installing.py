"""Installing the schedule on this machine: files and commands as steps, which are shown or carried out."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import platformdirs

from briefer import __version__
from briefer.errors import OutputError, UsageError, WorkError
from briefer.schedule import Job, jobs_of, written
from briefer.schedule.written import Place, Sandbox
from briefer.settings import Settings
from briefer.wiring.scheduling import program

WAIT = 60
"""Seconds after which a command of another scheduler is given up."""


class System(StrEnum):
    """What wakes briefer on a machine."""

    SYSTEMD = "systemd"
    CRON = "cron"
    LAUNCHD = "launchd"


@dataclass(frozen=True, slots=True)
class Write:
    """A file that is written, whole."""

    path: Path
    text: str

    def __str__(self) -> str:
        return f"write {self.path}:\n{''.join(f'    {line}' for line in self.text.splitlines(keepends=True))}"


@dataclass(frozen=True, slots=True)
class Delete:
    """A file that is deleted."""

    path: Path

    def __str__(self) -> str:
        return f"delete {self.path}"


@dataclass(frozen=True, slots=True)
class Command:
    """A command that is run, and what it reads. One that `may_fail` has nothing to undo then."""

    words: tuple[str, ...]
    text: str = ""
    may_fail: bool = False

    def __str__(self) -> str:
        read = f", which reads:\n{''.join(f'    {line}' for line in self.text.splitlines(keepends=True))}"
        return f"run {' '.join(self.words)}{read if self.text else ''}"


@dataclass(frozen=True, slots=True)
class Installed:
    """A place where the schedule is installed; it is `current` where installing it again would change nothing."""

    where: str
    current: bool


Step = Write | Delete | Command


def place_of(settings: Path) -> Place:
    """This briefer and a settings file, as a scheduler finds them; its environment is a file in the user's folder."""
    return Place(tuple(program()), settings.resolve(), environment_file())


def environment_file() -> Path:
    """The file that holds keys and passwords for what a scheduler runs."""
    return Path(platformdirs.user_config_dir("briefer", appauthor=False)) / "environment"


def system_here() -> System:
    """What this machine has. Raises UsageError where there is nothing."""
    if sys.platform == "darwin":
        return System.LAUNCHD
    if shutil.which("systemctl") and _run(("systemctl", "--user", "show-environment")).returncode == 0:
        return System.SYSTEMD
    if shutil.which("crontab"):
        return System.CRON
    raise UsageError("there is neither systemd for users nor cron here; keep `briefer schedule run` running instead")


def install_steps(system: System, jobs: Sequence[Job], place: Place, settings: Settings) -> list[Step]:
    """What installs the schedule, and puts it in the place of an older one. Raises UsageError without jobs."""
    _hold_to_jobs(jobs, place)
    now = datetime.now(UTC)
    if system is System.SYSTEMD:
        files = written.systemd(jobs, place, now, _sandbox(settings))
        timer = next(name for name in files if name.endswith(".timer"))
        steps: list[Step] = [Write(_units() / name, text) for name, text in files.items()]
        enable = ("enable", timer), ("restart", timer)  # a timer that runs takes its new times by a restart alone
        return [*steps, *(Command(("systemctl", "--user", *words)) for words in (("daemon-reload",), *enable))]
    if system is System.LAUNCHD:
        name, text = next(iter(_agent(jobs, place, now).items()))
        return [
            Write(_agents() / name, text),
            Command(("launchctl", "bootout", f"{_domain()}/{Path(name).stem}"), may_fail=True),
            Command(("launchctl", "bootstrap", _domain(), str(_agents() / name))),
        ]
    lines = _cron_lines(jobs, place, now)
    return [Command(("crontab", "-"), written.crontab_with(_crontab(), lines, place))]


def printed(kind: str, settings: Settings, file: Path, source: str = "") -> str:
    """The file of a scheduler: systemd, systemd-system, cron, launchd, k8s, k8s-cronjob or github. Touches nothing.

    `source` is the image of Kubernetes or what pip installs at GitHub; by default those of this release.

    Raises UsageError without jobs, and for a path that the scheduler cannot take.
    """
    jobs, place, now = jobs_of(settings), place_of(file), datetime.now(UTC)
    _hold_to_jobs(jobs, place)
    if kind == "systemd":
        return _headed(written.systemd(jobs, place, now, _sandbox(settings)))
    if kind == "systemd-system":
        # systemd reads /etc/briefer/environment by itself, as root, and the file need not be the service's own
        return _headed(written.systemd(jobs, replace(place, environment=None), now, _sandbox(settings, system=True)))
    if kind == "launchd":
        return "".join(_agent(jobs, place, now).values())
    if kind == "cron":
        return _cron_lines(jobs, place, now)
    if kind == "github":
        package = source or f"briefer=={__version__}"
        return written.github(jobs, now, _in_repository(file), _secrets(settings), package)
    return written.kubernetes(jobs, now, source or f"briefer:{__version__}", cronjob=kind == "k8s-cronjob")


def remove_steps(place: Place) -> list[Step]:
    """What removes all that was installed for a settings file, and nothing else; none where nothing was."""
    steps: list[Step] = []
    units = [path for path in _unit_files(place) if path.exists()]
    if units:
        timer = next(path.name for path in _unit_files(place) if path.suffix == ".timer")
        steps += [Command(("systemctl", "--user", "disable", "--now", timer), may_fail=True), *map(Delete, units)]
        steps.append(Command(("systemctl", "--user", "daemon-reload"), may_fail=True))
    agent = _agents() / f"org.briefer.{place.tag}.plist"
    if agent.exists():
        steps += [Command(("launchctl", "bootout", f"{_domain()}/{agent.stem}"), may_fail=True), Delete(agent)]
    before = _crontab() if shutil.which("crontab") else ""
    after = written.crontab_with(before, "", place)
    if after != before:
        steps.append(Command(("crontab", "-"), after) if after else Command(("crontab", "-r")))
    return steps


def installed(place: Place, settings: Settings) -> list[Installed]:
    """Where the schedule of a settings file is installed, and whether as it would be installed now."""
    jobs, now, found = jobs_of(settings), datetime.now(UTC), []
    units = {_units() / name: text for name, text in written.systemd(jobs, place, now, _sandbox(settings)).items()}
    timer = next(path for path in units if path.suffix == ".timer")
    if timer.exists():
        found.append(Installed(str(timer), all(_holds(path, text) for path, text in units.items())))
    agents = {_agents() / name: text for name, text in _agent(jobs, place, now).items()}
    found += [Installed(str(path), _holds(path, text)) for path, text in agents.items() if path.exists()]
    with suppress(WorkError):  # who may have no crontab has nothing in it
        crontab = _crontab() if shutil.which("crontab") else ""
        if written.crontab_with(crontab, "", place) != crontab:
            found.append(Installed("the crontab", _cron_lines(jobs, place, now) in crontab))
    return found


def _holds(path: Path, text: str) -> bool:
    try:
        return path.read_text(encoding="utf-8") == text
    except (OSError, UnicodeDecodeError):
        return False


def _cron_lines(jobs: Sequence[Job], place: Place, now: datetime) -> str:
    return written.crontab(jobs, place, now, _ahead(now), logger=shutil.which("logger") is not None)


def carry_out(steps: Sequence[Step]) -> None:
    """Do it. Raises OutputError for a file, and WorkError for a command that fails."""
    for step in steps:
        if isinstance(step, Command):
            _carried_out(step)
            continue
        try:
            if isinstance(step, Write):
                step.path.parent.mkdir(parents=True, exist_ok=True)
                step.path.write_text(step.text, encoding="utf-8")
            else:
                step.path.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(f"{step.path}: {error.strerror}") from error


def left_to_do(system: System, settings: Settings, environ: Mapping[str, str]) -> list[str]:
    """What the person has to know or do yet, in words."""
    names = {settings.mail.password_variable, settings.model.key_variable, "XDG_DATA_HOME"}
    theirs = sorted(name for name in environ if name in names or name.startswith("BRIEFER_"))
    found = []
    if theirs:
        found.append(
            f"{', '.join(theirs)}: set in this shell and not for the scheduler; put them into {environment_file()}, "
            "a NAME=value a line, and chmod 600 it"
        )
    if system is System.SYSTEMD and not _lingers():
        found.append("It runs while you are logged in; `loginctl enable-linger` lets it run without.")
    if system is System.CRON:
        found.append("cron catches up what was missed while the machine was off, once it is on, within a quarter hour.")
    return found


def _carried_out(step: Command) -> None:
    done = _run(step.words, step.text)
    if done.returncode and not step.may_fail:
        raise WorkError(f"{' '.join(step.words)} failed: {done.stderr.strip() or f'exit code {done.returncode}'}")


def _run(words: Sequence[str], text: str = "") -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(
            words, input=text, capture_output=True, text=True, encoding="utf-8", timeout=WAIT, check=False
        )
    except (OSError, subprocess.TimeoutExpired, UnicodeError) as error:
        return subprocess.CompletedProcess(words, 1, "", str(error))


def _crontab() -> str:
    """The user's crontab; "" where there is none. Raises WorkError where it cannot be read: it is not overwritten."""
    found = _run(("crontab", "-l"))
    if found.returncode == 0:
        return found.stdout
    if "no crontab" in found.stderr:
        return ""
    raise WorkError(f"crontab -l failed: {found.stderr.strip() or f'exit code {found.returncode}'}")


def _agent(jobs: Sequence[Job], place: Place, now: datetime) -> Mapping[str, str]:
    return written.launchd(jobs, place, now, _ahead(now), str(Path.home() / "Library/Logs/briefer.log"))


def _hold_to_jobs(jobs: Sequence[Job], place: Place) -> None:
    if not jobs:
        raise UsageError(
            f'{place.settings}: nothing has a schedule; give a collection or digest one, such as schedule = "0 6 * * *"'
        )


def _sandbox(settings: Settings, *, system: bool = False) -> Sandbox:
    mail = settings.mail
    writable = (mail.folder,) if mail.transport == "folder" and Path(mail.folder).is_absolute() else ()
    return Sandbox(system, mail.transport == "sendmail", writable)


def _headed(files: Mapping[str, str]) -> str:
    return "\n".join(f"# --- {name}\n{text}" for name, text in files.items())


def _in_repository(file: Path) -> str:
    """The path of a settings file as a workflow sees it, where its folder is in a repository; else its name."""
    root = next((folder for folder in file.parents if (folder / ".git").exists()), file.parent)
    return file.relative_to(root).as_posix()


def _secrets(settings: Settings) -> list[str]:
    names = {settings.mail.password_variable} if settings.mail.transport == "smtp" else set()
    return sorted(names | ({settings.model.key_variable} if settings.model.name else set()))


def _ahead(now: datetime) -> timedelta:
    """How far this machine's clock is ahead of UTC."""
    return now.astimezone().utcoffset() or timedelta()


def _units() -> Path:
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd/user"


def _unit_files(place: Place) -> list[Path]:
    return [_units() / f"briefer-{place.tag}.{kind}" for kind in ("service", "timer")]


def _agents() -> Path:
    return Path.home() / "Library/LaunchAgents"


def _domain() -> str:
    return f"gui/{os.getuid()}"


def _lingers() -> bool:
    return "Linger=yes" in _run(("loginctl", "show-user", str(os.getuid()), "--property=Linger")).stdout
