"""`briefer schedule` as it is typed: printing, installing and removing with stand-ins of the system's own commands."""

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from briefer.cli.schedule import app
from briefer.errors import BrieferError
from briefer.schedule.health import Health, written

SETTINGS = """
timezone = "Europe/London"

[collections.war]
schedule = "*/20 * * * *"

[digests.morning]
collection = "war"
schedule = "0 6 * * *"
timezone = "Asia/Damascus"
recipients = ["desk@example.org"]
"""

SYSTEMCTL = """#!/bin/sh
echo "systemctl $*" >> "$LOG"
test -z "$NO_SYSTEMD"
"""
CRONTAB = """#!/bin/sh
echo "crontab $*" >> "$LOG"
case "$1" in
  -l) if test -n "$REFUSED"; then echo "you are not allowed" >&2; exit 1; fi
      if test -f "$TABLE"; then cat "$TABLE"; else echo "no crontab for me" >&2; exit 1; fi ;;
  -r) rm "$TABLE" ;;
  -) cat > "$TABLE" ;;
esac
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the stand-ins are shell scripts")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with settings, and stand-ins for systemctl, loginctl and crontab that note how they are called."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, text in {"systemctl": SYSTEMCTL, "crontab": CRONTAB, "loginctl": "#!/bin/sh\n"}.items():
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    desk = tmp_path / "my desk"
    desk.mkdir()
    (desk / "briefer.toml").write_text(SETTINGS)
    monkeypatch.chdir(desk)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOG", str(tmp_path / "log"))
    monkeypatch.setenv("TABLE", str(tmp_path / "table"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("sys.platform", "linux")
    return tmp_path


def briefer(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "log")


def test_install_with_systemd_and_remove_leave_no_trace(home: Path) -> None:
    before = files(home)
    done = briefer("install")
    assert done.exit_code == 0, done.output
    service, timer = sorted((home / ".config/systemd/user").iterdir())
    log = (home / "log").read_text()
    assert f"systemctl --user enable {timer.name}" in log
    assert f"WorkingDirectory={home / 'my desk'}" in service.read_text()
    assert "enable-linger" in done.output
    assert "XDG_DATA_HOME: set in this shell" in done.output
    assert f"Woken by {timer}." in briefer("list").output
    assert briefer("remove").exit_code == 0
    assert [path for path in files(home) if "data" not in path.parts] == before
    assert f"systemctl --user disable --now {timer.name}" in (home / "log").read_text()
    assert briefer("remove").output == "Nothing is installed for these settings.\n"


def test_install_twice_is_as_once(home: Path) -> None:
    briefer("install")
    before = files(home)
    assert briefer("install").exit_code == 0
    assert files(home) == before


def test_list_tells_that_a_changed_schedule_is_not_installed_yet(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = home / "my desk/briefer.toml"
    for system in ("", "1"):
        monkeypatch.setenv("NO_SYSTEMD", system)
        file.write_text(SETTINGS)
        briefer("install")
        assert "renews it" not in briefer("list").output
        file.write_text(SETTINGS.replace("0 6", "7 6"))
        assert "of other settings: `briefer schedule install` renews it." in briefer("list").output
        briefer("remove")


def test_install_with_cron_keeps_the_rest_of_the_crontab(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_SYSTEMD", "1")
    mine = "MAILTO=me\n5 4 * * * mine\n"
    (home / "table").write_text(mine)
    assert briefer("install").exit_code == 0
    assert briefer("install").exit_code == 0
    table = (home / "table").read_text()
    assert table.startswith(mine)
    assert table.count("schedule run --once") == 1
    assert "Woken by the crontab." in briefer("list").output
    assert briefer("remove").exit_code == 0
    assert (home / "table").read_text() == mine


def test_health_tells_what_the_loop_does(home: Path) -> None:
    file = home / "health.json"
    moment = datetime.now(UTC)
    file.write_text(written(Health(moment, "one", running="digest-morning")))
    done = briefer("health", "--health", str(file))
    assert (done.exit_code, done.output) == (0, "alive; running digest-morning\n")
    file.write_text(written(Health(moment - timedelta(hours=1), "one")))
    assert "last awake" in str(briefer("health", "--health", str(file)).exception)
    file.write_text("{}")
    assert "no loop has written" in str(briefer("health", "--health", str(file)).exception)


def test_a_crontab_that_was_not_there_is_gone_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_SYSTEMD", "1")
    briefer("install")
    assert (home / "table").exists()
    briefer("remove")
    assert not (home / "table").exists()


def test_a_dry_run_says_all_and_does_nothing(home: Path) -> None:
    before = files(home)
    done = briefer("install", "--dry-run")
    assert "write " in done.output
    assert "run systemctl --user daemon-reload" in done.output
    assert files(home) == before
    assert "daemon-reload" not in (home / "log").read_text()


@pytest.mark.parametrize(
    "words", ["--systemd", "--systemd --system", "--cron", "--launchd", "--k8s", "--k8s --cronjob", "--github"]
)
def test_printing_touches_nothing_and_tells_no_secret(home: Path, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("SMTP_PASSWORD", "hunter2")
    before = files(home)
    done = briefer("print", *words.split())
    assert done.exit_code == 0, done.output
    assert "schedule" in done.output
    assert "sk-secret" not in done.output
    assert "hunter2" not in done.output
    assert files(home) == before
    assert not (home / "log").exists()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("print", "name one of"),
        ("print --cron --k8s", "name one of"),
        ("print --cron --system", "goes with --systemd"),
        ("print --cron --config nowhere.toml", "nowhere.toml"),
        ("health --health nothing.json", "no loop has written"),
    ],
)
def test_wrong_use_is_one_message(home: Path, words: str, why: str) -> None:
    done = briefer(*words.split())
    assert isinstance(done.exception, BrieferError)
    assert why in str(done.exception)


def test_settings_without_a_schedule_are_no_reason_to_install(home: Path) -> None:
    (home / "my desk/briefer.toml").write_text("[collections.war]\n")
    done = briefer("install")
    assert 'schedule = "0 6 * * *"' in str(done.exception)
    assert "Nothing has a schedule" in briefer("list").output


def test_a_line_of_six_fields_is_refused(home: Path) -> None:
    (home / "my desk/briefer.toml").write_text('[collections.war]\nschedule = "0 0 6 * * *"\n')
    assert "collections.war.schedule" in str(briefer("list").exception)


def test_list_tells_when_each_is_due(home: Path) -> None:
    output = briefer("list").output.splitlines()
    assert output[0].startswith("collect-war: */20 * * * * Europe/London; due 20")
    assert output[1].startswith("digest-morning: 0 6 * * * Asia/Damascus; due 20")
    assert "06:00 +03" in output[1]
    assert output[-1] == "Not installed here: `briefer schedule install`."


def test_a_crontab_that_cannot_be_read_is_not_overwritten(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_SYSTEMD", "1")
    monkeypatch.setenv("REFUSED", "1")
    (home / "table").write_text("5 4 * * * mine\n")
    assert "you are not allowed" in str(briefer("install").exception)
    assert (home / "table").read_text() == "5 4 * * * mine\n"
    assert "Not installed here" in briefer("list").output


def test_once_with_nothing_due_ends_quietly(home: Path) -> None:
    done = briefer("run", "--once")
    assert (done.exit_code, done.output) == (0, "")


def test_files_of_a_schedule_hold_no_rights_for_others(home: Path) -> None:
    briefer("install")
    for path in (home / ".config/systemd/user").iterdir():
        assert not stat.S_IMODE(path.stat().st_mode) & 0o022
