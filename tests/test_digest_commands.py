"""`briefer digest` as it is typed: what is printed, what is noted, and the exit code."""

import json

import pytest
import typer
from mail_server import AUTHORITY, PASSWORD, USER, PostOffice, Trouble

from briefer.cli.digest import app
from briefer.errors import SettingsError, UsageError
from briefer.store import open_store

SETTINGS = """
timezone = "Europe/Vienna"
store = "briefer.db"
[collections.war]
paths = ["articles"]
[digests.morning]
collection = "war"
title = "The morning"
schedule = "0 6 * * *"
recipients = ["anna@example.org", "boris@example.org"]
[mail]
sender = "desk@example.net"
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SMTP_PASSWORD", PASSWORD)
    return tmp_path


def into_folder(folder):
    (folder / "briefer.toml").write_text(SETTINGS + 'transport = "folder"\nfolder = "out"\n')


def over_smtp(folder, port):
    more = f'transport = "smtp"\nhost = "127.0.0.1"\nport = {port}\nuser = "{USER}"\nca_file = "{AUTHORITY}"\n'
    (folder / "briefer.toml").write_text(SETTINGS + more)


def typed(*words):
    """The exit code of a command."""
    try:
        result = app(args=words, prog_name="briefer digest", standalone_mode=False)
    except typer.Exit as end:
        return end.exit_code
    return result or 0


def test_a_digest_is_sent_once_and_its_receipts_tell(folder, capsys):
    into_folder(folder)
    for _ in range(2):
        assert typed("send", "morning", "--date", "2031-05-16") == 0
    assert "morning of 2031-05-16: 2 of 2 have it" in capsys.readouterr().err
    assert len(list((folder / "out").iterdir())) == 2
    assert typed("receipts", "morning", "--date", "2031-05-16", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["schema"] == "briefer.receipts/1"
    assert [(one["recipient"], one["state"], one["tries"]) for one in told["receipts"]] == [
        ("anna@example.org", "sent", 1),
        ("boris@example.org", "sent", 1),
    ]
    assert typed("receipts", "morning", "--date", "2031-05-16") == 0
    assert "sent      anna@example.org" in capsys.readouterr().out
    assert typed("list") == 0
    assert "last sent 2031-05-16" in capsys.readouterr().out


def test_a_dry_run_prints_the_text_and_writes_no_mail(folder, capsys):
    into_folder(folder)
    assert typed("send", "morning", "--date", "2031-05-16", "--dry-run") == 0
    out = capsys.readouterr().out
    assert "To anna@example.org, boris@example.org (their first edition):" in out
    assert "Subject: The morning: no new reporting, Fri 16 May" in out
    assert not (folder / "out").exists()
    with open_store("briefer.db") as store:
        assert store.memory("war").editions() == []
    assert typed("receipts", "morning", "--date", "2031-05-16") == 0
    assert "no mail of morning of 2031-05-16 was tried" in capsys.readouterr().err


def test_a_test_mail_goes_where_it_is_told(folder, capsys):
    into_folder(folder)
    assert typed("send", "morning", "--to", "me@example.org") == 0
    assert "sent: me@example.org" in capsys.readouterr().err
    [file] = (folder / "out").iterdir()
    assert b"Subject: [test] The morning: " in file.read_bytes()


def test_what_is_put_off_is_an_exit_code_and_is_tried_again(folder, capsys):
    with PostOffice({"anna@example.org": [Trouble("RCPT", "450 4.2.1 later")]}) as office:
        over_smtp(folder, office.port)
        assert typed("send", "morning") == 4
        noted = capsys.readouterr().err
        assert "put off: anna@example.org: 450 4.2.1 later" in noted
        assert "briefer digest retry" in noted
        assert typed("retry") == 0
        assert typed("retry") == 0
        assert office.got() == {"anna@example.org": 1, "boris@example.org": 1}


def test_one_who_is_refused_is_named_and_no_fault_of_the_run(folder, capsys):
    with PostOffice({"anna@example.org": [Trouble("RCPT", "550 5.1.1 no\x1b[31m such user")]}) as office:
        over_smtp(folder, office.port)
        assert typed("send", "morning", "--quiet") == 0
        noted = capsys.readouterr().err
        assert noted == "refused: anna@example.org: 550 5.1.1 no [31m such user\n"
        assert typed("send", "morning", "--again") == 0
        assert office.got()["anna@example.org"] == 1


def test_nobody_has_it_where_all_are_refused(folder):
    script = {f"{name}@example.org": [Trouble("RCPT", "550 no")] for name in ("anna", "boris")}
    with PostOffice(script) as office:
        over_smtp(folder, office.port)
        assert typed("send", "morning") == 4


def test_a_password_reaches_neither_the_screen_nor_the_store(folder, capsys, monkeypatch):
    monkeypatch.setenv("SMTP_PASSWORD", "wrong but secret")
    with PostOffice() as office:
        over_smtp(folder, office.port)
        with pytest.raises(SettingsError) as raised:
            typed("send", "morning")
    captured = capsys.readouterr()
    assert "wrong but secret" not in captured.out + captured.err + str(raised.value)
    assert b"wrong but secret" not in (folder / "briefer.db").read_bytes()


@pytest.mark.parametrize("words", [("--dry-run", "--to", "x@example.org"), ("--dry-run", "--again")])
def test_options_that_exclude_each_other(folder, words):
    into_folder(folder)
    with pytest.raises(UsageError, match="exclude each other"):
        typed("send", "morning", *words)


@pytest.mark.parametrize("command", [("send", "evening"), ("receipts", "evening")])
def test_a_digest_that_is_not_there(folder, command):
    into_folder(folder)
    with pytest.raises(UsageError, match="'evening' is no digest of the settings; there are: morning"):
        typed(*command)


def test_a_day_that_is_none(folder):
    into_folder(folder)
    with pytest.raises(UsageError, match="is no day of the calendar"):
        typed("send", "morning", "--date", "16 May")


def test_no_digests_are_no_error(folder, capsys):
    (folder / "briefer.toml").write_text('store = "briefer.db"\n')
    assert typed("list") == 0
    assert "add a table [digests.NAME]" in capsys.readouterr().err
