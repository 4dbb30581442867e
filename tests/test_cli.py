"""The command line: results on stdout, notes on stderr, the exit codes, and no traceback for a user's mistake."""

import io
import json
import os
import stat
import subprocess
import sys

import pytest

import briefer
from briefer.cli import main

CAPTURE = (
    "Fighters of the Dawn Brigade captured the town of Marisal on Monday after two days of fighting, residents said. "
    "The army withdrew its armoured vehicles to the river, where shelling went on through the evening.\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A current folder with articles/, one good article in it, and no settings."""
    for name in [name for name in os.environ if name.startswith("BRIEFER_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    tmp_path.joinpath("articles").mkdir()
    row = {"title": "Marisal falls", "published": "2031-04-14T09:00:00Z", "outlet": "Nine World", "text": CAPTURE}
    tmp_path.joinpath("articles", "one.json").write_text(json.dumps(row))
    return tmp_path


@pytest.fixture
def cli(capsys):
    """Runs a command; gives its exit code, stdout and stderr."""

    def call(*arguments):
        with pytest.raises(SystemExit) as exited:
            main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return exited.value.code or 0, printed.out, printed.err

    return call


def process(*arguments, **options):
    return subprocess.Popen([sys.executable, "-m", "briefer", *arguments], **options)


def test_run_prints_the_briefing_and_nothing_else(cli):
    code, out, err = cli("run", "articles")
    assert code == 0
    assert "Marisal" in out
    assert "14 April 2031" in out
    assert err == ""


def test_json_is_the_published_shape(cli):
    code, out, _ = cli("run", "articles", "--format", "json", "--timezone", "Asia/Damascus")
    briefing = briefer.Briefing.model_validate_json(out)
    assert code == 0
    assert (briefing.timezone, briefing.sources[0].outlet) == ("Asia/Damascus", "Nine World")
    assert json.loads(out)["schema"] == "briefer.briefing/1"


def test_evidence_quotes_the_words_of_the_source(cli):
    _, without, _ = cli("run", "articles")
    _, quoted, _ = cli("run", "articles", "--evidence")
    assert "captured the town of Marisal" in " ".join(quoted.split())
    assert len(quoted) > len(without)


def test_standard_input_is_read(cli, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CAPTURE.encode())))
    code, out, _ = cli("run", "-", "--format", "json")
    assert code == 0
    assert [source["name"] for source in json.loads(out)["sources"]] == ["-"]


@pytest.mark.parametrize(
    ("name", "start"), [("b.json", '{\n  "schema"'), ("b.md", "# "), ("b.txt", ""), ("b.JSON", '{\n  "schema"')]
)
def test_out_takes_its_format_from_the_files_ending(cli, folder, name, start):
    code, out, err = cli("run", "articles", "--out", name)
    assert (code, out) == (0, "")
    assert name in err
    assert folder.joinpath(name).read_text().lstrip().startswith(start)


def test_out_in_a_format_that_is_named(cli, folder):
    cli("run", "articles", "--out", "b.txt", "--format", "json")
    assert json.loads(folder.joinpath("b.txt").read_text())
    cli("run", "articles", "--out", "b.feed", "--format", "json")
    assert json.loads(folder.joinpath("b.feed").read_text())


def test_out_without_an_ending_is_for_reading(cli, folder):
    cli("run", "articles", "--out", "b")
    assert "Marisal" in folder.joinpath("b").read_text()


def test_out_to_standard_output(cli, folder):
    assert "Marisal" in cli("run", "articles", "--out", "-")[1]
    assert not folder.joinpath("-").exists()


def test_out_replaces_a_file_whole_and_keeps_its_mode(cli, folder):
    target = folder / "b.md"
    target.write_text("old")
    target.chmod(0o640)
    link = folder / "link.md"
    link.symlink_to(target)
    assert cli("run", "articles", "--out", link)[0] == 0
    assert link.is_symlink()
    assert "Marisal" in target.read_text()
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert sorted(path.name for path in folder.iterdir()) == ["articles", "b.md", "link.md"]


@pytest.mark.parametrize(("out", "word"), [("nowhere/b.md", "there is no folder"), ("articles", "is a folder")])
def test_an_unwritable_out_is_told_before_the_work(cli, out, word):
    code, printed, err = cli("run", "articles", "--out", out)
    assert (code, printed) == (4, "")
    assert word in err


def test_a_page_is_written_where_the_file_is_one(cli, tmp_path):
    code, _, _ = cli("run", "articles", "--out", str(tmp_path / "b.html"))
    assert code == 0
    assert (tmp_path / "b.html").read_text().startswith("<!DOCTYPE html>")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_is_an_error_not_a_traceback(cli):
    code, _, err = cli("run", "articles", "--out", "/dev/full")
    assert code == 4
    assert "/dev/full" in err
    with open("/dev/full", "w") as full:
        ran = process("schema", stdout=full, stderr=subprocess.PIPE, text=True)
        _, err = ran.communicate()
    assert ran.returncode == 4
    assert "Traceback" not in err


WRONG = {
    "no path": (["run"], "name a file or folder"),
    "no such command": (["rum"], "run"),
    "no such option": (["run", "articles", "--evidnce"], "--evidence"),
    "a date in another order": (["run", "articles", "--date", "16.04.2031"], "2031-04-16"),
    "a day that is none": (["run", "articles", "--date", "2031-02-30"], "2031-02-30"),
    "an unknown timezone": (["run", "articles", "--timezone", "Mars/Olympus"], "Europe/London"),
    "a path as timezone": (["run", "articles", "--timezone", "../../etc/passwd"], "IANA"),
    "an empty timezone": (["run", "articles", "-z", ""], "Europe/London"),
    "an empty timezone of sources": (["sources", "articles", "--timezone", ""], "Europe/London"),
    "a file for another program": (["run", "articles", "--out", "b.docx"], "terminal|markdown|json"),
    "an ending of no format": (["run", "articles", "--out", "b.pages"], ".md, .json, .html or .txt"),
    "an unknown format": (["run", "articles", "--format", "pdf"], "markdown"),
    "missing settings": (["run", "articles", "--config", "none.toml"], "none.toml"),
}


@pytest.mark.parametrize(("arguments", "word"), WRONG.values(), ids=WRONG.keys())
def test_wrong_usage_exits_with_2_and_says_what_is_right(cli, arguments, word):
    code, out, err = cli(*arguments)
    assert (code, out) == (2, "")
    assert word in err


def test_wrong_settings_exit_with_2(cli, folder):
    folder.joinpath("briefer.toml").write_text('timezon = "UTC"')
    code, _, err = cli("run", "articles")
    assert code == 2
    assert "timezon" in err


def test_settings_count_and_options_beat_them(cli, folder):
    folder.joinpath("briefer.toml").write_text('timezone = "Asia/Tokyo"')
    assert json.loads(cli("run", "articles", "--format", "json")[1])["timezone"] == "Asia/Tokyo"
    assert json.loads(cli("run", "articles", "-f", "json", "-z", "UTC")[1])["timezone"] == "UTC"


def test_the_settings_field_names_are_tried_first(cli, folder):
    folder.joinpath("briefer.toml").write_text('[fields]\ntitle = "kop"\n')
    row = {"kop": "From the settings", "title": "Usual", "text": CAPTURE}
    folder.joinpath("articles", "one.json").write_text(json.dumps(row))
    assert json.loads(cli("sources", "articles", "--json")[1])["sources"][0]["title"] == "From the settings"


@pytest.mark.parametrize("arguments", [("9999-12-31", "America/New_York"), ("0001-01-01", "Asia/Tokyo")])
def test_the_ends_of_the_calendar_are_days_like_others(cli, folder, arguments):
    folder.joinpath("articles", "two.txt").write_text(CAPTURE.replace("Marisal", "Odrin"))
    day, timezone = arguments
    for format in ("terminal", "markdown", "json"):
        assert cli("run", "articles", "--date", day, "--timezone", timezone, "--format", format)[0] == 0


def test_nothing_to_read_exits_with_4(cli):
    code, out, err = cli("run", "nowhere")
    assert (code, out) == (4, "")
    assert "nowhere" in err


def test_a_misspelt_folder_of_sources_is_no_success(cli, folder):
    code, out, err = cli("sources", "nowhere")
    assert code == 4
    assert "there is no such file or folder" in out
    assert "no article could be read" in err
    assert cli("sources", "nowhere", "--json", "--quiet")[0] == 4
    folder.joinpath("articles", "one.json").write_text("")
    assert cli("sources", "articles")[0] == cli("run", "articles")[0] == 4


@pytest.mark.parametrize("command", ["run", "sources"])
def test_one_misspelt_path_of_several_is_named_before_all_else(cli, folder, command):
    for number in range(9):
        folder.joinpath("articles", f"{number}.txt").write_text("")
    code, out, err = cli(command, "articles", "nowhere")
    assert code == 0
    assert "Marisal" in out
    assert err.startswith("not read: nowhere: there is no such file or folder\n")


def test_an_edition_of_another_day_does_not_deny_what_was_read(cli):
    for format in ("terminal", "markdown"):
        _, out, _ = cli("run", "articles", "--date", "2040-01-01", "--format", format)
        assert "No event could be read" not in out
        assert "No event that was read is news of this day" in out
        assert "Background" in out
        assert "Marisal" in out


def test_an_edition_without_any_event_says_so(cli, folder):
    folder.joinpath("articles", "one.json").write_text(json.dumps({"text": "The army is an army of the country."}))
    assert "No event could be read out of the sources." in cli("run", "articles")[1]


def test_a_failed_article_is_named_and_the_run_goes_on(cli, folder):
    folder.joinpath("articles", "two.txt").write_bytes(bytes(range(256)) * 20)
    code, out, err = cli("run", "articles")
    assert code == 0
    assert "Marisal" in out
    assert "two.txt" in err
    assert cli("run", "articles", "--quiet")[2] == ""


def test_strict_makes_a_failed_article_exit_with_1(cli, folder):
    assert cli("run", "articles", "--strict")[0] == 0
    folder.joinpath("articles", "two.txt").write_bytes(bytes(range(256)) * 20)
    for options in ([], ["--quiet"]):  # a script that fails without a word cannot be mended
        code, out, err = cli("run", "articles", "--strict", *options)
        assert code == 1
        assert "Marisal" in out
        assert err.endswith("briefer: --strict: 1 article could not be read\n")
    assert err.count("\n") == 1


def test_a_file_name_is_no_terminal_escape(cli, folder):
    folder.joinpath("articles", "\x1b[31mred\u202e.txt").write_bytes(b"\x00\x01")
    for command in (["run", "articles"], ["sources", "articles"]):
        _, out, err = cli(*command)
        assert "\x1b" not in out + err
        assert "\u202e" not in out + err


def test_sources_lists_everything_with_its_fate(cli, folder):
    folder.joinpath("articles", "copy.txt").write_text(CAPTURE)
    folder.joinpath("articles", "empty.txt").write_text("")
    code, out, err = cli("sources", "articles")
    assert (code, err) == (0, "")
    assert "USED (1)" in out
    assert "DUPLICATES (1)" in out
    assert "UNREADABLE (1)" in out
    assert "empty.txt" in out


def test_sources_shows_what_was_cut(cli, folder):
    debris = "\n\nLeave a Reply\nYour email address will not be published. Required fields are marked *\n"
    folder.joinpath("articles", "one.txt").write_text(CAPTURE + debris)
    folder.joinpath("articles", "one.json").unlink()
    assert "Leave a Reply" in cli("sources", "articles", "--cut")[1]
    (row,) = json.loads(cli("sources", "articles", "--cut", "--json")[1])["sources"]
    assert row["lines_cut"] == len(row["cut"]) > 0
    assert "cut" not in json.loads(cli("sources", "articles", "--json")[1])["sources"][0]


def test_schema_is_the_briefings(cli):
    code, out, _ = cli("schema")
    assert code == 0
    properties = json.loads(out)["properties"]
    assert {"schema", "date", "timezone", "cutoff", "fronts", "events", "claims", "withheld", "sources"} <= set(
        properties
    )


def test_doctor_finds_this_installation_sound(cli):
    code, out, _ = cli("doctor")
    assert code == 0
    assert "!!" not in out
    assert "intact" in out


UNMATCHED = "import sys; sys.modules['lxml_html_clean'] = None; from briefer.cli import main; main(sys.argv[1:])"
"""briefer as installed by a pip that does not match the extra of lxml which trafilatura asks for."""


def test_a_page_whose_reader_does_not_load_is_unreadable_with_the_remedy(folder):
    folder.joinpath("articles", "page.html").write_text(
        f"<html><body><article><p>{CAPTURE}</p></article></body></html>"
    )
    ran = subprocess.run([sys.executable, "-c", UNMATCHED, "run", "articles"], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert "Marisal" in ran.stdout
    assert "page.html: the reader of pages does not load" in ran.stderr
    assert "briefer doctor" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_doctor_loads_the_reader_of_pages():
    ran = subprocess.run([sys.executable, "-c", UNMATCHED, "doctor"], capture_output=True, text=True)
    assert ran.returncode == 1, ran.stderr
    assert "!!  pages" in ran.stdout
    assert "pip install trafilatura lxml-html-clean" in ran.stdout


def test_doctor_names_wrong_settings_and_misspelt_variables(cli, folder, monkeypatch):
    folder.joinpath("briefer.toml").write_text('timezone = "Mars/Olympus"')
    code, out, _ = cli("doctor")
    assert code == 1
    assert "Mars/Olympus" in out
    folder.joinpath("briefer.toml").unlink()
    monkeypatch.setenv("BRIEFER_TIMZONE", "UTC")
    assert "BRIEFER_TIMZONE" in cli("doctor")[1]


def test_version(cli):
    assert cli("--version") == (0, f"briefer {briefer.__version__}\n", "")


def test_help_has_examples(cli):
    for command in ("run", "sources"):
        code, out, _ = cli(command, "--help")
        assert code == 0
        assert f"  briefer {command} articles/\n" in out


def test_a_reader_that_closes_the_pipe_is_no_error():
    ran = process("schema", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    ran.stdout.close()
    err = ran.stderr.read().decode()
    ran.stderr.close()
    assert (ran.wait(), err) == (0, "")


def test_a_narrow_terminal_encoding_is_no_error(folder):
    ran = process(
        "run",
        "articles",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    out, err = ran.communicate()
    assert ran.returncode == 0, err
    assert b"Marisal" in out
    assert b" [1]" in out
    assert b"?[1]" not in out


def test_ctrl_c_ends_quietly(cli, monkeypatch):
    class Interrupted(io.BytesIO):
        def read(self, size=-1):
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Interrupted()))
    assert cli("run", "-") == (130, "", "")


def test_completion_is_offered(cli):
    assert "completion" in cli("--help")[1]
