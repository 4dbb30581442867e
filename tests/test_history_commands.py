"""The commands that ask the memory: what they print, for people and for scripts, and their errors in words."""

import json
import os
import re
import shlex
import shutil
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from memory_factory import Edition, claim, event, held
from remembered import edition, remembering, write_settings

from briefer.cli import history
from briefer.cli.output import tolerant
from briefer.errors import BrieferError
from briefer.render import json as rendered
from briefer.settings import load
from briefer.store import open_store
from briefer.types import Evidence, Fate, SourceRecord

MEMORY = Path(__file__).parent.parent / "docs" / "memory.md"

app = typer.Typer()
for command in (history.show, history.diff, history.place, history.actor, history.why):
    app.command()(command)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    write_settings(folder)
    with remembering(folder):
        pass
    return folder


@pytest.fixture(autouse=True)
def here(made, monkeypatch):
    for name in [name for name in os.environ if name.startswith("BRIEFER_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(made)
    return made


@pytest.fixture
def cli(capsys):
    """Runs a command; gives its exit code, stdout and what went wrong in words."""

    def call(*arguments):
        tolerant()
        told, code = "", 0
        try:
            app([str(argument) for argument in arguments], standalone_mode=False)
        except BrieferError as error:
            told, code = str(error), error.exit_code
        return code, capsys.readouterr().out, told

    return call


@pytest.fixture
def asked(cli):
    """Runs a command that is to succeed; gives its stdout."""

    def call(*arguments):
        code, out, told = cli(*arguments)
        assert (code, told) == (0, "")
        return out

    return call


def test_show_prints_the_last_edition_or_that_of_a_day(asked):
    assert "Friday 16 May 2031" in asked("show")
    assert asked("show", "last") == asked("show")
    assert "Wednesday 14 May 2031" in asked("show", "2031-05-14")


def test_show_prints_what_was_made_in_every_format(asked, here):
    with open_store(load().store) as store:
        briefing = store.memory("veld").latest("").briefing
    assert asked("show", "--format", "json") == asked("show", "--json") == rendered.render(briefing)
    assert "## " in asked("show", "--format", "markdown")
    html = asked("show", "--format", "html")
    assert html.startswith("<!DOCTYPE html>")
    assert "Port Almer" in html
    assert "“" in asked("show", "--evidence")


def test_show_keeps_to_a_front(asked):
    out = asked("show", "2031-05-14", "--front", "almer")
    assert "PORT ALMER" in out
    assert "TARHIN" not in out


@pytest.mark.parametrize(
    ("name", "begins"), [("a.md", "# "), ("a.json", "{"), ("a.html", "<!DOCTYPE"), ("a.txt", " B")]
)
def test_show_writes_a_file_by_its_ending(cli, tmp_path, name, begins):
    code, out, _ = cli("show", "--out", tmp_path / name)
    assert (code, out) == (0, "")
    assert (tmp_path / name).read_text().startswith(begins)


def test_diff_tells_by_kind_what_was_told_and_how_places_moved(asked):
    out = asked("diff", "2031-05-14")
    assert "2031-05-14 → 2031-05-16" in out
    assert "CHANGED" in out
    row = next(row for row in out.splitlines() if row.startswith("  Tarhin"))
    assert re.match(r"  Tarhin +People's Front, \w+ +government forces, \w+ ", row)
    assert out == asked("diff", "2031-05-16", "2031-05-14")


def test_diff_where_nothing_is_news_says_so(asked, tmp_path):
    (tmp_path / "other.toml").write_text(f'store = "{tmp_path / "s.db"}"\n[collections.war]\n')
    with open_store(tmp_path / "s.db") as store:
        for number in (14, 15):
            store.memory("war").save(Edition(number, events=[event("e1")]).remembered())
    out = asked("diff", "2031-05-14", "2031-05-15", "--config", tmp_path / "other.toml")
    assert "Nothing new was told" in out


def test_place_shows_its_states_and_its_events(asked):
    out = asked("place", "tarhin")
    assert re.search(r"2031-05-14 +People's Front .*Delta Post \(c[0-9a-f]{12}\)", out)
    assert re.search(r"2031-05-15 +government forces .*Veld State Radio", out)
    assert "reversed by: " in out


def test_actor_shows_gains_and_losses_apart(asked):
    out = asked("actor", "People's Front")
    assert out.index("GAINS") < out.index("LOSSES")
    assert "▲ reversed" in out
    assert "▼" in out[out.index("LOSSES") :]


def test_why_shows_what_a_mark_stands_on(asked):
    out = asked("why", "1", "--date", "2031-05-14")
    for words in (
        "WORDS      “Fighters of the People's Front captured the town of Tarhin",
        "after      The army withdrew its armoured vehicles to the river.",
        "Delta Post · Rebels take Tarhin · https://delta.example/0/rebels-take-tarhin",
        "2031-05-14 12:00 UTC · collected 2031-05-14 13:00 UTC from https://delta.example/feed",
        "read by    the rules reader",
        "editions   terminal: 2031-05-14, 2031-05-15",
        "taken back no",
    ):
        assert words in out


@pytest.mark.parametrize(
    ("arguments", "schema", "keys"),
    [
        (("diff", "2031-05-14"), "diff", {"before", "after", "told", "moved"}),
        (("place", "Tarhin"), "place", {"place", "spellings", "states", "claims", "events", "reversing"}),
        (("actor", "people's front"), "actor", {"actor", "spellings", "gains", "losses", "events", "reversing"}),
        (("why", "1"), "why", {"claims"}),
    ],
)
def test_json_is_a_stable_shape(asked, arguments, schema, keys):
    out = asked(*arguments, "--json")
    found = json.loads(out)
    assert out.isascii()
    assert found.keys() == {"schema", "collection", "reader", *keys}
    assert found["schema"] == f"briefer.{schema}/1"
    assert out == asked(*arguments, "--json")


def test_json_of_why_is_complete(asked):
    (found,) = json.loads(asked("why", "1", "--json"))["claims"]
    assert found.keys() == {
        "claim", "excerpts", "source", "article", "read_by", "event", "carried", "editions", "taken_back",
    }  # fmt: skip
    assert found["read_by"]["extractor"] == "rules"
    assert found["article"]["collected"] == "2031-05-16T13:00:00Z"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("show", "--collection", "mars"), 2, "'mars' is no collection of the settings; there are: veld"),
        (("show", "--digest", "evening"), 2, "'evening' is no digest of the settings; there are: morning"),
        (("show", "--digest", "morning"), 4, "for the digest morning has no edition yet"),
        (("show", "--digest", "morning", "--collection", "mars"), 2, "the digest morning is of the collection veld"),
        (("show", "16.5.2031"), 2, "'16.5.2031' is no day of the calendar; write it as 2031-04-16, or last"),
        (("show", "2031-06-01"), 4, "has 3, from 2031-05-14 to 2031-05-16"),
        (("show", "--json", "--format", "html"), 2, "--json and --format html exclude each other"),
        (("show", "--out", "a.doc"), 2, "a.doc: no format goes by the ending .doc"),
        (("show", "--front", "mars"), 2, "'mars' is no front of this edition"),
        (("diff", "2031-05-14", "2031-05-14"), 2, "one day; give two"),
        (("place", "Tarhim"), 2, "near it are: tarhin"),
        (("why", "77"), 2, "[77] is no mark of the edition of 2031-05-16"),
        (("why", "c0"), 2, "'c0' is no claim or event of an edition"),
    ],
)
def test_a_mistake_is_told_in_words(cli, arguments, code, words):
    found, out, told = cli(*arguments)
    assert (found, out) == (code, "")
    assert words in told


def test_without_settings_the_remedy_is_told(cli, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, told = cli("show")
    assert code == 2
    assert "`briefer init`" in told


def test_of_several_collections_one_is_to_be_named(cli, tmp_path):
    (tmp_path / "two.toml").write_text(f'store = "{tmp_path / "s.db"}"\n[collections.war]\n[collections.veld]\n')
    code, _, told = cli("place", "Tarhin", "--config", tmp_path / "two.toml")
    assert code == 2
    assert "--collection: veld, war" in told


DOCUMENTED = re.findall(r"^\$ briefer ((?:show|diff|place|actor|why)\b[^#\n]*)", MEMORY.read_text(), re.MULTILINE)


def test_a_mark_of_one_front_is_asked_for_with_that_front(asked):
    shown = asked("show", "2031-05-14", "--front", "almer")
    assert re.search(r"government forces +held Port Almer.* \[1\]", shown, re.IGNORECASE)
    assert "Tarhin" in asked("why", "1", "--date", "2031-05-14")
    assert "Port Almer" in asked("why", "1", "--date", "2031-05-14", "--front", "almer")


@pytest.mark.parametrize("line", DOCUMENTED)
def test_what_the_page_on_memory_shows_can_be_done(asked, made, tmp_path, monkeypatch, line):
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    write_settings(tmp_path)
    monkeypatch.chdir(tmp_path)
    settings = load()
    with open_store(settings.store) as store:
        edition(settings, store, 0, reader="morning")
    asked(*shlex.split(line))


HOSTILE = "Danilo\x1b[2J\x07 [bold]x[/] \u202eevil\u2066 \x9b31m"


def test_no_word_of_a_source_moves_anything_in_the_terminal(asked, tmp_path):
    (tmp_path / "bad.toml").write_text(f'store = "{tmp_path / "s.db"}"\n[collections.war]\n')
    told = replace(claim("c111111111111"), text=HOSTILE, evidence=(Evidence(0, 0, 5, HOSTILE),))
    bad = event("e111111111111", told.id, headline=HOSTILE, actors=(HOSTILE,), place=HOSTILE)
    source = SourceRecord(id="a1", name=HOSTILE, outlet=HOSTILE, title=HOSTILE, url=HOSTILE, fate=Fate.USED)
    row = replace(held(HOSTILE, HOSTILE), last_evidence=told.id)
    with open_store(tmp_path / "s.db") as store:
        for number in (14, 15):
            made = Edition(number, events=[bad]).remembered(ledger=(row,) if number == 15 else ())
            briefing = made.edition.briefing.model_copy(update={"claims": (told,), "sources": (source,)})
            store.memory("war").save(replace(made, edition=replace(made.edition, briefing=briefing)))
    for arguments in (("diff", "2031-05-14"), ("place", HOSTILE), ("actor", HOSTILE), ("why", told.id)):
        for more in ((), ("--json",)):
            out = asked(*arguments, "--config", tmp_path / "bad.toml", *more)
            assert "bold]x" in out, arguments
            unseen = {c for c in out if unicodedata.category(c) in {"Cc", "Cf"} and c not in "\n\u2068\u2069"}
            assert not unseen, arguments
