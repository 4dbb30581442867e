"""Collecting from folders day by day: drop folders, Maildirs and newsletters; and which articles belong."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from feed_server import BODY, FeedServer, Kept, Page, Texts, entry, rss
from typer import Typer
from typer.testing import CliRunner

from briefer.cli.collect import as_text, collect
from briefer.collect.filters import Filters
from briefer.collect.health import SourceReport
from briefer.errors import UsageError, WorkError
from briefer.settings import Settings
from briefer.store import open_store
from briefer.types import Article, Failure
from briefer.wiring.collecting import Collector

NOW = datetime(2031, 5, 13, 6, tzinfo=UTC)
TEXT = re.sub("<[^>]+>", "\n\n", BODY)


class Desk:
    def __init__(self, *paths: Path, **more: Any) -> None:
        self.collection = {"paths": [str(path) for path in paths], **more}
        self.kept, self.shelf, self.now = Kept(), Texts(), NOW

    def one(self, *, days: float = 0) -> SourceReport:
        self.now += timedelta(days=days)
        settings = Settings.model_validate({"collections": {"war": self.collection}})
        [report] = Collector(settings, self.kept, self.shelf, self.now, jobs=0).collect()
        return report


def newsletter(subject: str, plain: str, page: str = "") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "The Daily Ruin <news@ruin.example>", subject
    mail["Date"], mail["Message-ID"] = "Mon, 12 May 2031 10:00:00 +0000", f"<{len(subject)}@ruin.example>"
    mail.set_content(plain)
    if page:
        mail.add_alternative(page, subtype="html")
    return mail.as_bytes()


def test_a_drop_folder_is_read_anew_only_where_it_changed(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(f"One\n\n{TEXT}")
    desk = Desk(tmp_path)
    assert (desk.one().new, desk.one().unchanged) == (1, 1)
    (tmp_path / "two.txt").write_text(f"Two\n\n{TEXT} It was raining.")
    (tmp_path / "one.txt").write_text(f"One\n\n{TEXT} It was not raining.")
    report = desk.one()
    assert (report.fetched, report.new, report.unchanged) == (2, 2, 0)
    [kept, *_] = desk.kept.articles.values()
    assert kept.source == str(tmp_path)


def test_a_file_that_was_moved_is_known_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(f"One\n\n{TEXT}")
    desk = Desk(tmp_path)
    desk.one()
    (tmp_path / "one.txt").rename(tmp_path / "other.txt")
    assert (desk.one().new, len(desk.kept.articles)) == (0, 1)


def test_an_empty_drop_folder_is_no_failure_and_a_missing_one_is(tmp_path: Path) -> None:
    assert Desk(tmp_path).one().failing_since is None
    report = Desk(tmp_path / "gone").one()
    assert (report.failing_since, report.why) == (NOW, "there is no such file or folder")


def test_a_drop_folder_in_which_nothing_is_dropped_is_told(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(f"One\n\n{TEXT}")
    desk = Desk(tmp_path)
    desk.one()
    assert desk.one(days=8).quiet_since == NOW


def test_a_file_that_cannot_be_read_costs_itself_alone(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(f"One\n\n{TEXT}")
    (tmp_path / "two.txt").write_bytes(b"%PDF-1.7")
    report = Desk(tmp_path).one()
    assert (report.new, report.failing_since) == (1, None)
    assert report.failures == (Failure(str(tmp_path / "two.txt"), "it is a PDF, not text"),)


def test_rows_of_one_file_are_kept_in_their_order(tmp_path: Path) -> None:
    rows = [{"title": f"Report {n}", "text": f"{TEXT} Report {n % 20}."} for n in range(40)]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    desk = Desk(tmp_path)
    assert desk.one().new == 20
    assert desk.kept.titles == sorted(f"Report {n}" for n in range(20))  # of two alike the first


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
    return tmp_path


def test_a_maildir_is_read_but_for_what_is_still_delivered(maildir: Path) -> None:
    (maildir / "new" / "1926240000.M1P2.host").write_bytes(newsletter("One", f"{TEXT} One."))
    (maildir / "cur" / "1926240001.M1P2.host:2,S").write_bytes(newsletter("Two", f"{TEXT} Two."))
    (maildir / "tmp" / "1926240002.M1P2.host").write_bytes(newsletter("Three", f"{TEXT} Three."))
    desk = Desk(maildir)
    assert desk.one().new == 2
    assert desk.kept.titles == ["One", "Two"]
    assert {kept.article.outlet for kept in desk.kept.articles.values()} == {"The Daily Ruin"}


def test_a_mail_that_was_marked_as_read_is_not_read_again(maildir: Path) -> None:
    mail = maildir / "new" / "1926240000.M1P2.host"
    mail.write_bytes(newsletter("One", TEXT))
    desk = Desk(maildir)
    desk.one()
    mail.rename(maildir / "cur" / "1926240000.M1P2.host:2,S")
    report = desk.one()
    assert (report.fetched, report.unchanged) == (0, 1)


def test_an_empty_maildir_is_no_failure(maildir: Path) -> None:
    assert Desk(maildir).one().failures == ()


def test_a_newsletter_whose_plain_part_is_a_stub_is_read_from_its_page(tmp_path: Path) -> None:
    page = f"<html><head><style>p{{margin:0}}</style></head><body>{BODY}</body></html>"
    (tmp_path / "one.eml").write_bytes(newsletter("One", "View this mail in your browser.", page))
    (tmp_path / "two.eml").write_bytes(newsletter("Two", f"{TEXT} This is plain.", page))
    desk = Desk(tmp_path)
    desk.one()
    texts = {kept.article.title: kept.article.text for kept in desk.kept.articles.values()}
    assert "corridor for the wounded" in texts["One"]
    assert "This is plain." in texts["Two"]


# --- which articles belong ---


@pytest.mark.parametrize(
    ("filters", "text", "why"),
    [
        (Filters(keywords=["Danilo"]), "The army took DANILO.", ""),
        (Filters(keywords=["Danilo"]), "The Danilovs won.", "none of the keywords"),
        (Filters(keywords=["Sao Tome"]), "In São  Tomé today.", ""),
        (Filters(keywords=["São Tomé"]), "In Sao Tome today.", ""),
        (Filters(keywords=["Łódź"]), "in lodz", ""),
        (Filters(keywords=["Харків"]), "У ХАРКІВ прибули", ""),
        (Filters(keywords=["الخرطوم"]), "معارك في الخَرطوم اليوم", ""),
        (Filters(keywords=["哈爾科夫"]), "今天哈爾科夫發生戰鬥", ""),
        (Filters(keywords=["Straße"]), "auf der STRASSE", ""),
        (Filters(keywords=["C++ (war)"]), "of c++ (war) games", ""),
        (Filters(without=["football"]), "Football in Danilo", "one of the words to leave out"),
        (Filters(keywords=["Danilo"], without=["football"]), "Danilo is quiet", ""),
        (Filters(languages=["fr"]), "In English", "another language"),
        (Filters(languages=["en-GB"]), "In English", ""),
        (Filters(outlets=["ruin.example"]), "x", ""),
        (Filters(outlets=["The Daily Ruin"]), "x", ""),
        (Filters(outlets=["daily ruin"]), "x", ""),
        (Filters(outlets=["www.reuters.com"]), "x", "another outlet"),
        (Filters(outlets=["example"]), "x", "another outlet"),
    ],
)
def test_which_articles_belong(make_article: Callable[..., Article], filters: Filters, text: str, why: str) -> None:
    article = make_article(text, outlet="The Daily Ruin", url="https://www.ruin.example/1", language="en")
    assert filters.why_not(article) == why


def test_an_outlet_is_known_by_all_its_names(make_article: Callable[..., Article]) -> None:
    article = make_article("x", outlet="Reuters", url="https://www.reuters.com/world/1")
    for name in ("Reuters", "reuters.com", "https://reuters.com/"):
        assert Filters(outlets=[name]).why_not(article) == "", name


def test_an_article_whose_language_nobody_can_tell_belongs(make_article: Callable[..., Article]) -> None:
    assert Filters(languages=["fr"]).why_not(make_article("x", language="")) == ""


# --- the command ---


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Any]:
    app = Typer()
    app.command()(collect)

    def run(settings: str, *arguments: str) -> Any:
        file = tmp_path / "briefer.toml"
        file.write_text(f'store = "{tmp_path / "store.db"}"\n{settings}')
        return CliRunner().invoke(app, [*arguments, "--config", str(file)])

    return run


def test_the_command_keeps_articles_in_the_store_and_tells_how_sources_are(
    run: Callable[..., Any], tmp_path: Path
) -> None:
    with FeedServer() as server:
        server.pages["/feed"] = rss(entry("Army takes Danilo", text=BODY))
        result = run(
            f"[collections.war]\nfeeds = ['{server.url('/feed')}', '{server.url('/gone')}']\nfull_text = false\n"
            "[collecting]\nprivate_addresses = true\npause = 0.0\n"
        )
    assert result.exit_code == 0
    assert "1 new article of 2 sources, 1 failing" in result.stdout
    assert "it is not there (404)" in " ".join(result.stdout.split())
    with open_store(tmp_path / "store.db") as store:
        assert len(store.articles.ids("war")) == 1


def test_json_has_every_source_and_its_failures(run: Callable[..., Any], tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    (drop / "one.txt").write_text(TEXT)
    (drop / "two.pdf").write_bytes(b"%PDF-1.7")
    result = run(f"[collections.war]\npaths = ['{drop}']\n", "war", "--json", "--quiet")
    [report] = json.loads(result.stdout)
    assert (report["collection"], report["source"], report["new"]) == ("war", str(drop), 1)
    assert report["failures"] == [{"name": str(drop / "two.pdf"), "why": "it is a PDF, not text"}]


def test_where_nothing_could_be_collected_the_command_fails(run: Callable[..., Any], tmp_path: Path) -> None:
    result = run(f"[collections.war]\npaths = ['{tmp_path / 'gone'}']\n")
    assert isinstance(result.exception, WorkError)
    assert result.exception.exit_code == 4
    assert "failing since" in result.stdout


@pytest.mark.parametrize(
    ("settings", "name", "words"),
    [
        ("[collections.war]\npaths = ['x']\n", "peace", "'peace' is no collection of the settings; there are: war"),
        ("[collections.war]\ndays = 3\n", "war", "the collection war has no feeds, pages or paths"),
        ("", "", "no feeds, pages or paths"),
    ],
)
def test_what_cannot_be_collected_is_told_before_anything_is_made(
    run: Callable[..., Any], tmp_path: Path, settings: str, name: str, words: str
) -> None:
    result = run(settings, *([name] if name else []))
    assert isinstance(result.exception, UsageError)
    assert words in str(result.exception)
    assert not (tmp_path / "store.db").exists()


def test_what_a_server_says_never_reaches_the_terminal_as_a_command() -> None:
    report = SourceReport(
        "war", "https://a.example/\x1b[2J", "feed", failing_since=NOW, why="\x1b]0;x\x07 [red]no[/red]"
    )
    shown = as_text([report])
    assert "\x1b" not in shown
    assert "[red]no[/red]" in " ".join(shown.split())


def test_a_page_given_as_a_feed_names_the_feed_that_it_offers() -> None:
    link = '<link rel="alternate" type="application/atom+xml" href="/atom.xml">'
    with FeedServer() as server:
        server.pages["/"] = Page(f"<html><head>{link}</head><body>x</body></html>")
        settings = Settings.model_validate(
            {
                "collections": {"war": {"feeds": [server.url("/")]}},
                "collecting": {"private_addresses": True, "pause": 0.0},
            }
        )
        [report] = Collector(settings, Kept(), Texts(), NOW, jobs=0).collect()
        assert report.why == f"it is a web page, no feed; the page names as its feed {server.url('/atom.xml')}"


def test_an_outlet_is_known_by_the_houses_name(tmp_path: Path) -> None:
    (tmp_path / "mail.eml").write_bytes(newsletter("The week", TEXT))
    settings = {
        "collections": {"war": {"paths": [str(tmp_path)], "outlets": ["Ruin"]}},
        "outlets": {"ruin": {"name": "Ruin", "aliases": ["The Daily Ruin"], "hosts": ["ruin.example"]}},
    }
    [report] = Collector(Settings.model_validate(settings), Kept(), Texts(), NOW, jobs=0).collect()
    assert (report.new, dict(report.left_out)) == (1, {})
