"""Editions as files and as a feed: what a web server and a feed reader get."""

import re
import stat
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest
import typer
from mail_factory import poisoned, remembered
from typer.testing import CliRunner

from briefer.cli.publish import publish as command
from briefer.errors import NothingToBrief, OutputError, UsageError
from briefer.render.feed import Series, atom
from briefer.settings import Collection, Digest, Settings
from briefer.store import Store, open_store
from briefer.types import Briefing, EditionKey, KeptEdition, Remembered
from briefer.wiring.publishing import MOST_ENTRIES, publish, shelf_of, write_all

DAY = date(2031, 5, 16)
MADE = datetime(2031, 5, 16, 18, 5, tzinfo=UTC)
SETTINGS = Settings(
    collections={"veld": Collection(paths=("articles",))},
    digests={"morning": Digest(collection="veld", title="Veld morning")},
)
NS = {"a": "http://www.w3.org/2005/Atom"}


def kept(day: date = DAY, *, reader: str = "", briefing: Briefing | None = None) -> KeptEdition:
    made = (briefing or remembered()).model_copy(update={"date": day, "reader": reader})
    return KeptEdition(EditionKey("veld", reader, day, day - timedelta(days=1)), MADE + (day - DAY), made)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "briefer.db") as opened:
        yield opened


def keep(store: Store, *editions: KeptEdition) -> None:
    for edition in editions:
        store.memory("veld").save(Remembered(edition))


def test_the_last_edition_is_written_with_a_feed(store: Store, tmp_path: Path) -> None:
    keep(store, kept(DAY - timedelta(days=1)), kept())
    folder = tmp_path / "new" / "public"
    written = publish(store, shelf_of(SETTINGS, collection="veld"), folder)
    names = ["2031-05-16.md", "2031-05-16.json", "2031-05-16.html"]
    assert [path.name for path in written][:3] == names
    assert written[-1].name == "feed.atom"
    assert {path.name for path in folder.iterdir()} == {
        *names, *(name.replace("16", "15") for name in names), "feed.atom"
    }  # fmt: skip
    assert Briefing.model_validate_json((folder / names[1]).read_text()) == kept().briefing
    assert stat.S_IMODE((folder / names[0]).stat().st_mode) == 0o644


def test_what_is_there_already_is_let_be(store: Store, tmp_path: Path) -> None:
    keep(store, kept())
    shelf = shelf_of(SETTINGS, collection="veld")
    before = {path: path.stat().st_ino for path in publish(store, shelf, tmp_path / "public")}
    assert publish(store, shelf, tmp_path / "public") == []
    assert {path: path.stat().st_ino for path in before} == before


def test_a_day_can_be_asked_for_and_the_feed_stays_that_of_the_last_days(store: Store, tmp_path: Path) -> None:
    days = [DAY - timedelta(days=n) for n in range(MOST_ENTRIES + 5)]
    keep(store, *(kept(day) for day in days))
    publish(store, shelf_of(SETTINGS, collection="veld"), tmp_path / "p", days[-1])
    feed = ElementTree.fromstring((tmp_path / "p" / "feed.atom").read_text())
    links = [link.get("href") for link in feed.findall("a:entry/a:link", NS)]
    assert len(links) == MOST_ENTRIES
    assert links[0] == "2031-05-16.html"
    assert all((tmp_path / "p" / link).is_file() for link in links)
    assert (tmp_path / "p" / f"{days[-1]}.html").is_file()


def test_a_digest_is_published_as_its_readers_get_it(store: Store, tmp_path: Path) -> None:
    keep(store, kept(), kept(reader="morning"))
    shelf = shelf_of(SETTINGS, digest="morning", base="https://example.org/b/")
    publish(store, shelf, tmp_path / "p")
    parsed = feedparser.parse((tmp_path / "p" / "feed.atom").read_text())
    assert not parsed.bozo
    assert parsed.feed.title == "Veld morning"
    assert parsed.feed.id == "tag:example.org,2026-01-01:veld/morning"
    assert [entry.link for entry in parsed.entries] == ["https://example.org/b/2031-05-16.html"]
    page = (tmp_path / "p" / "2031-05-16.html").read_text()
    assert "<h1" in page
    assert "https://example.org/b/2031-05-16.json" in page


MISSING = {
    "no edition at all": ({"collection": "veld"}, NothingToBrief, "briefer run --collection veld"),
    "no such collection": ({"collection": "libya"}, UsageError, "there are: veld"),
    "no such digest": ({"digest": "noon"}, UsageError, "there are: morning"),
    "no web address": ({"collection": "veld", "base": "javascript:alert(1)"}, UsageError, "--base-url"),
}


@pytest.mark.parametrize(("asked", "error", "said"), MISSING.values(), ids=MISSING.keys())
def test_what_cannot_be_published_is_said(store: Store, tmp_path: Path, asked, error, said: str) -> None:
    with pytest.raises(error, match=re.escape(said)):
        publish(store, shelf_of(SETTINGS, **asked), tmp_path / "p")
    assert not (tmp_path / "p").exists()


def test_a_day_without_an_edition_is_said(store: Store, tmp_path: Path) -> None:
    keep(store, kept())
    with pytest.raises(NothingToBrief, match="no edition of 2031-01-01"):
        publish(store, shelf_of(SETTINGS, collection="veld"), tmp_path / "p", date(2031, 1, 1))


def test_a_folder_that_cannot_be_written_keeps_what_it_had(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("as it was")
    (tmp_path / "b.txt").mkdir()  # no file can take its place
    with pytest.raises(OutputError, match="choose another folder"):
        write_all(tmp_path, {"b.txt": "new", "a.txt": "new"})
    assert (tmp_path / "a.txt").read_text() == "as it was"
    assert {path.name for path in tmp_path.iterdir()} == {"a.txt", "b.txt"}


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "p").write_text("")
    with pytest.raises(OutputError, match="choose another folder"):
        write_all(tmp_path / "p", {"a": "b"})


SERIES = Series("Veld morning", "veld", "morning", "https://example.org/b", "example.org")


def test_a_feed_keeps_to_the_rfc() -> None:
    text = atom(SERIES, [kept(DAY - timedelta(days=1)), kept()])
    feed = ElementTree.fromstring(text)
    for name in ("id", "title", "updated", "author/a:name"):
        assert feed.find(f"a:{name}", NS) is not None, name
    entries = feed.findall("a:entry", NS)
    ids = [entry.findtext("a:id", namespaces=NS) for entry in entries]
    assert ids == [
        "tag:example.org,2026-01-01:veld/morning/2031-05-16",
        "tag:example.org,2026-01-01:veld/morning/2031-05-15",
    ]
    assert [entry.findtext("a:updated", namespaces=NS) for entry in entries] == [
        "2031-05-16T18:05:00Z", "2031-05-15T18:05:00Z",
    ]  # fmt: skip
    assert {content.get("type") for content in feed.findall("a:entry/a:content", NS)} == {"html"}
    assert atom(SERIES, [kept(), kept(DAY - timedelta(days=1))]) == text


def test_an_entry_tells_its_edition_in_short() -> None:
    [entry] = feedparser.parse(atom(SERIES, [kept()])).entries
    assert entry.summary.startswith("Ora river: The Veld Armed Forces recaptured Danilo")
    told = entry.content[0].value
    assert "Corrections to earlier editions" in told
    assert "four people were wounded" in told
    assert "Sources" not in told


HOSTILE = (
    "</content><script>alert(1)</script> &lt;b&gt; ]]> \x1b[31m \ud800 \ufffe \u202e <img src=x onerror=y> javascript:a"
)


def test_no_text_of_a_source_becomes_markup_in_a_feed() -> None:
    text = atom(SERIES, [kept(briefing=poisoned(HOSTILE))])
    content = ElementTree.fromstring(text).findtext("a:entry/a:content", namespaces=NS) or ""
    assert set(re.findall(r"<(\w+)", content)) <= {"div", "h2", "h3", "p", "ul", "li", "b", "br", "span", "a"}
    assert "alert(1)" in content
    assert not [c for c in text if ord(c) < 32 and c != "\n"]
    text.encode()


def run(tmp_path: Path, *arguments: str) -> tuple[int, str, str]:
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(command)
    settings = tmp_path / "briefer.toml"
    settings.write_text(
        f'store = "{tmp_path / "briefer.db"}"\n[collections.veld]\npaths = ["articles"]\n'
        '[digests.morning]\ncollection = "veld"\n'
    )
    done = CliRunner().invoke(app, [*arguments, "--config", str(settings)])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def test_the_command_names_what_it_wrote(store: Store, tmp_path: Path) -> None:
    keep(store, kept())
    folder = str(tmp_path / "public")
    code, out, _ = run(tmp_path, folder)
    assert code == 0
    assert out.splitlines()[-1] == f"{folder}/feed.atom"
    _, out, notes = run(tmp_path, folder)
    assert out == ""
    assert "nothing to write" in notes


def test_the_command_takes_one_of_collection_and_digest(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="exclude each other"):
        run(tmp_path, "public", "--collection", "veld", "--digest", "morning")
    with pytest.raises(UsageError, match="no day of the calendar"):
        run(tmp_path, "public", "--date", "16 April")
