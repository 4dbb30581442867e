"""The files of other schedulers: every path survives their quoting, none holds a secret, the rest is left alone."""

import plistlib
import re
import shlex
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from briefer.errors import UsageError, WorkError
from briefer.schedule import Job, next_due, quoting, written
from briefer.schedule.waking import minutes_of, utc_times
from briefer.schedule.written import Place, Sandbox

NOW = datetime(2031, 4, 14, 9, 30, tzinfo=UTC)
JOBS = (
    Job("collect", "war", "*/20 * * * *", "Asia/Kathmandu"),
    Job("digest", "morning", "7 6 * * MON", "Europe/London"),
)
ODD = '/srv/o\'dd %h $HOME "q" $(id) #;&|> ünï'
PATHS = st.text(st.characters(min_codepoint=33, exclude_characters="\x7f", codec="utf-8"), min_size=1, max_size=30)


def place(folder: str = ODD) -> Place:
    root = PurePosixPath(folder)
    return Place((str(root / "briefer"),), root / "briefer.toml", root / "environment")


def systemd_words(line: str) -> list[str]:
    """What systemd makes of a quoted command: quotes and escapes, then %% and $$."""
    words = re.findall(r'"((?:[^"\\]|\\.)*)"', line)
    return [re.sub(r"\\(.)", r"\1", word).replace("%%", "%").replace("$$", "$") for word in words]


@given(st.lists(PATHS, min_size=1, max_size=4))
@example(["/bin/x", "$HOME%h", "\\", '"', "${A}$$"])
def test_systemd_reads_back_the_words_that_were_meant(words: list[str]) -> None:
    words = [f"/bin/{words[0].translate({ord(one): 'x' for one in chr(34) + chr(39) + chr(92) + '$'})}", *words[1:]]
    assert systemd_words(quoting.systemd_command(words)) == words


@given(st.lists(PATHS, min_size=1, max_size=4))
@example(["a b", "$(id)", "`id`", "'", "-n"])
def test_a_shell_reads_back_the_words_that_were_meant(words: list[str]) -> None:
    assert shlex.split(quoting.shell(words)) == words


@given(st.text(max_size=40))
@example("a: b # c")
@example("\U0001f5fa \x85 \ud7ff \x07")
def test_yaml_reads_back_the_text_that_was_meant(text: str) -> None:
    line = quoting.yaml(text)
    assert "\n" not in line
    assert yaml.safe_load(f"key: {line}") == {"key": text}


@pytest.mark.parametrize("word", ["a\nb", "a\rb", "a\0b", "a\x1bb", "a\x7fb"])
def test_a_path_that_would_end_its_line_is_refused(word: str) -> None:
    for quote in (quoting.systemd_word, quoting.systemd_path, quoting.github, lambda word: quoting.shell([word])):
        with pytest.raises(UsageError, match="control character"):
            quote(word)


@pytest.mark.parametrize(
    ("call", "word"),
    [(quoting.systemd_path, "/srv/a\\"), (quoting.cron_command, "a\\b"), (quoting.github, "${{ secrets.KEY }}.toml")],
)
def test_a_path_that_cannot_be_quoted_is_refused(call: "type[str]", word: str) -> None:
    with pytest.raises(UsageError, match="another path"):
        call(word)


def test_the_crontabs_line_runs_what_was_meant(tmp_path: Path) -> None:
    """Run by sh as cron does it: backslashes before % taken away."""
    folder = tmp_path / 'o\'dd %h $HOME "q" $(id)'
    folder.mkdir()
    script = folder / "briefer"
    script.write_text('#!/bin/sh\nprintf "%s\\n" "$PWD" "$@"\n')
    script.chmod(0o755)
    text = written.crontab(JOBS, place(str(folder)), NOW, timedelta(), logger=False)
    (line,) = [line for line in text.splitlines() if not line.startswith("#")]
    minutes, *stars, command = line.split(" ", 5)
    assert (minutes, stars) == ("0,7,15,30,35,45,55", ["*", "*", "*", "*"])
    ran = subprocess.run(["/bin/sh", "-c", command.replace("\\%", "%")], capture_output=True, text=True, check=True)
    expected = ["schedule", "run", "--once", "--config", f"{folder}/briefer.toml", "--environment"]
    assert ran.stdout.splitlines() == [str(folder), *expected, f"{folder}/environment"]


CRONTABS = st.lists(st.sampled_from(["# mine", "5 4 * * * x", "", "MAILTO=me", "# briefer 0badcafe: begin, of x"])).map(
    lambda lines: "".join(f"{line}\n" for line in lines)
)


@given(before=CRONTABS)
def test_a_crontab_gets_the_block_once_and_loses_nothing_else(before: str) -> None:
    block = written.crontab(JOBS, place(), NOW, timedelta(), logger=True)
    once = written.crontab_with(before, block, place())
    assert once == before + block
    assert written.crontab_with(once, block, place()) == once
    assert written.crontab_with(once + "6 6 * * * later\n", "", place()) == before + "6 6 * * * later\n"


def test_a_crontab_without_a_last_newline_or_with_half_a_block() -> None:
    block = written.crontab(JOBS, place(), NOW, timedelta(), logger=True)
    assert written.crontab_with("1 1 * * * mine", block, place()).startswith("1 1 * * * mine\n# briefer ")
    with pytest.raises(WorkError, match="lacks the line"):
        written.crontab_with(block.rsplit("#", 1)[0] + "5 5 * * * mine\n", "", place())


def test_a_property_list_reads_back() -> None:
    (text,) = written.launchd(JOBS, place(), NOW, timedelta(), "/Users/me/Library/Logs/briefer.log").values()
    value = plistlib.loads(text.encode())
    assert value["ProgramArguments"] == place().command
    assert value["WorkingDirectory"] == ODD
    assert [one["Minute"] for one in value["StartCalendarInterval"]] == [0, 7, 15, 30, 35, 45, 55]


def test_kubernetes_runs_nothing_as_root_and_writes_nowhere_but_into_volumes() -> None:
    for cronjob in (False, True):
        text = written.kubernetes(JOBS, NOW, "host:5000/briefer@sha256:1", cronjob=cronjob)
        _, work = yaml.safe_load_all(text)
        spec = work["spec"]["jobTemplate"]["spec"] if cronjob else work["spec"]
        pod = spec["template"]["spec"]
        (container,) = pod["containers"]
        assert container["image"] == "host:5000/briefer@sha256:1"
        assert container["securityContext"]["readOnlyRootFilesystem"] is True
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert container["envFrom"] == [{"secretRef": {"name": "briefer", "optional": True}}]
        assert {mount["mountPath"] for mount in container["volumeMounts"]} == {"/etc/briefer", "/data", "/tmp"}
        assert ("--once" in container["args"]) is cronjob
    assert work["spec"]["concurrencyPolicy"] == "Forbid"
    assert work["spec"]["timeZone"] == "Etc/UTC"


def test_the_workflow_reads_as_yaml_and_names_secrets_without_their_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_PASSWORD", "hunter2")
    text = written.github(JOBS, NOW, "desk/my: file.toml", ["SMTP_PASSWORD"], "briefer==1.0")
    value = yaml.safe_load(text)
    assert value["permissions"] == {"contents": "read"}
    step = next(one for one in value["jobs"]["due"]["steps"] if one.get("name") == "Run what is due")
    assert step["env"] == {"SMTP_PASSWORD": "${{ secrets.SMTP_PASSWORD }}", "SETTINGS": "desk/my: file.toml"}
    assert "${{" not in step["run"]
    assert "hunter2" not in text
    assert {one["cron"] for one in value["on"]["schedule"]} == {
        "7 5,6 * * *",
        "15 * * * *",
        "35 * * * *",
        "55 * * * *",
    }


ZONES = st.sampled_from(["UTC", "Europe/London", "Asia/Kathmandu", "Australia/Lord_Howe", "America/New_York"])
CRONS = st.sampled_from(["0 6 * * *", "7 6 * * MON", "*/20 * * * *", "30 2 * * *", "59 23 L * *", "5,50 */7 1-7 * 2"])


@given(cron=CRONS, zone=ZONES, days=st.integers(0, 330))
def test_others_wake_briefer_at_each_due_time(cron: str, zone: str, days: int) -> None:
    """Or within a quarter of an hour, where the clock has just jumped over it."""
    job = Job("digest", "morning", cron, zone)
    due = next_due(job, NOW + timedelta(days=days))
    assert due is not None
    for local in (timedelta(), timedelta(hours=5, minutes=45)):
        assert (due + local).minute in minutes_of([job], NOW, local)
    jumped = (
        due.astimezone(ZoneInfo(zone)).utcoffset()
        != (due - timedelta(minutes=1)).astimezone(ZoneInfo(zone)).utcoffset()
    )
    times = [(one.minute, one.hours) for one in utc_times([job], NOW)]
    assert jumped or any(due.minute == minute and (not hours or due.hour in hours) for minute, hours in times)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize(
    "sandbox",
    [Sandbox(), Sandbox(True, writable=("/srv/mail %out",)), Sandbox(True, True), Sandbox(sendmail=True)],
)
def test_systemd_itself_finds_no_fault(tmp_path: Path, sandbox: Sandbox) -> None:
    folder = tmp_path / 'o\'dd %h $HOME "q"'
    folder.mkdir()
    (folder / "briefer").write_text("#!/bin/sh\n")
    (folder / "briefer").chmod(0o755)
    for name, text in written.systemd(JOBS, place(str(folder)), NOW, sandbox).items():
        (tmp_path / name).write_text(text)
        timer = name if name.endswith(".timer") else ""
    ran = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", f"./{timer}"], cwd=tmp_path, capture_output=True, text=True
    )
    assert (ran.returncode, ran.stdout + ran.stderr) == (0, "")
