"""Collecting over the network: what a desk gets from feeds and pages, and what a hostile or sick server cannot do."""

import asyncio
import gzip
import json
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from feed_server import BODY, Asked, FeedServer, Kept, Page, Texts, article, entry, rss

from briefer.collect.health import SourceReport
from briefer.collect.web import Network
from briefer.collect.web.addresses import is_public
from briefer.errors import StoreError
from briefer.settings import Settings
from briefer.store import open_store
from briefer.wiring.collecting import Collector
from briefer.wiring.workshop import DIED, LATE, Workshop

NOW = datetime(2031, 5, 13, 6, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as server:
        yield server


class Desk:
    """A desk that collects day by day: its settings, its store, and how long it was made to wait."""

    def __init__(self, *feeds: str, pages: Sequence[str] = (), **collecting: Any) -> None:
        self.collection: dict[str, Any] = {"feeds": feeds, "pages": pages}
        self.collecting = {"private_addresses": True, "pause": 0.0, **collecting}
        self.kept, self.shelf = Kept(), Texts()
        self.waits: list[float] = []
        self.now = NOW
        self.hosts: dict[str, list[str]] = {}
        self.is_public: Callable[[str], bool] = is_public

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.late += seconds

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        return self.hosts.get(host, ["127.0.0.1"])

    def collect(self, *, days: float = 0, jobs: int = 0) -> list[SourceReport]:
        self.now += timedelta(days=days)
        self.late = 0.0
        settings = Settings.model_validate({"collections": {"war": self.collection}, "collecting": self.collecting})
        collector = Collector(
            settings,
            self.kept,
            self.shelf,
            self.now,
            network=Network(self.resolve, self.is_public, self.sleep, lambda: time.monotonic() + self.late),
            jobs=jobs,
        )
        return collector.collect()

    def one(self, *, days: float = 0) -> SourceReport:
        [report] = self.collect(days=days)
        return report


def with_articles(server: FeedServer, *titles: str, **more: Any) -> None:
    """A feed of these articles, the latest first, and their pages."""
    server.pages["/feed"] = rss(*(entry(title, at=NOW) for title in titles), **more)
    for title in titles:
        server.pages[entry(title)["link"]] = article(title)


def known(desk: Desk) -> list[str]:
    """The keys of the sources of which something is known."""
    return [key for key in desk.shelf if not key.startswith("robots ")]


# --- what is collected ---


def test_articles_of_a_feed_are_kept_with_their_full_text(server: FeedServer) -> None:
    with_articles(server, "Army takes Danilo", "Road closed")
    desk = Desk(server.url("/feed"))
    report = desk.one()
    assert (report.fetched, report.new, report.unchanged, report.failures) == (2, 2, 0, ())
    assert desk.kept.titles == ["Army takes Danilo", "Road closed"]
    first = next(one for one in desk.kept.articles.values() if one.article.title == "Army takes Danilo")
    assert first.source == server.url("/feed")
    assert first.article.url == server.url("/army-takes-danilo")
    assert first.article.published == NOW
    assert first.article.outlet == "The Daily Ruin"
    assert "corridor for the wounded" in first.article.text
    assert "Home | World" not in first.article.text


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Daily Ruin</title><entry>
<id>urn:1</id><title>Army takes Danilo</title><link rel="alternate" href="/army-takes-danilo"/>
<updated>2031-05-13T04:00:00Z</updated><author><name>A. Reporter</name></author></entry></feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Daily Ruin",
        "items": [
            {
                "id": "1",
                "url": "/army-takes-danilo",
                "title": "Army takes Danilo",
                "date_published": "2031-05-13T04:00:00Z",
            }
        ],
    }
)


@pytest.mark.parametrize(
    "page", [Page(ATOM, "application/atom+xml"), Page(JSON_FEED, "application/feed+json"), Page(ATOM, "text/html")]
)
def test_all_kinds_of_feeds_are_read_whatever_their_type_says(server: FeedServer, page: Page) -> None:
    server.pages |= {"/feed": page, "/army-takes-danilo": article("Army takes Danilo")}
    desk = Desk(server.url("/feed"))
    assert desk.one().new == 1
    [kept] = desk.kept.articles.values()
    assert (kept.article.title, kept.article.outlet) == ("Army takes Danilo", "The Daily Ruin")
    assert kept.article.published == datetime(2031, 5, 13, 4, tzinfo=UTC)


def test_what_is_known_is_not_fetched_again(server: FeedServer) -> None:
    with_articles(server, "One", "Two", etag='"a"')
    desk = Desk(server.url("/feed"))
    desk.one()
    with_articles(server, "Three", "One", "Two", etag='"b"')
    server.log.clear()
    report = desk.one()
    assert (report.fetched, report.new, report.unchanged) == (1, 1, 2)
    assert server.paths() == ["/feed", "/three"]


def test_an_unchanged_feed_costs_one_conditional_request(server: FeedServer) -> None:
    with_articles(server, "One", etag='"a"')
    desk = Desk(server.url("/feed"))
    desk.one()
    server.log.clear()
    report = desk.one()
    assert (report.fetched, report.new, report.unchanged) == (0, 0, 1)
    assert [one.headers.get("If-None-Match") for one in server.asked("/feed")] == ['"a"']
    assert server.paths() == ["/feed"]


def test_a_feed_that_knows_no_tags_is_asked_by_its_time(server: FeedServer) -> None:
    page = rss(entry("One"))
    page.headers = {"Last-Modified": "Mon, 12 May 2031 10:00:00 GMT"}
    server.pages |= {"/feed": page, "/one": article("One")}
    desk = Desk(server.url("/feed"))
    desk.one()
    server.log.clear()
    assert desk.one().unchanged == 1
    assert server.asked("/feed")[0].headers["If-Modified-Since"] == "Mon, 12 May 2031 10:00:00 GMT"


def test_a_silently_edited_article_is_fetched_again(server: FeedServer) -> None:
    server.pages |= {
        "/feed": rss(entry("One", text="Seven killed")),
        "/one": article("One", "Seven people were killed."),
    }
    desk = Desk(server.url("/feed"))
    desk.one()
    server.pages |= {"/feed": rss(entry("One", text="Two killed")), "/one": article("One", "Two were killed.")}
    report = desk.one()
    assert (report.fetched, report.new, report.unchanged) == (1, 1, 0)
    assert [one.article.url for one in desk.kept.articles.values()] == [server.url("/one")] * 2


def test_a_single_page_is_collected_once_and_again_when_it_changes(server: FeedServer) -> None:
    server.pages["/live"] = article("Live", "Seven people were killed.")
    desk = Desk(pages=[server.url("/live")])
    assert (desk.one().new, desk.one().new) == (1, 0)
    server.pages["/live"] = article("Live", "Nine people were killed.")
    assert desk.one().new == 1


def test_the_feeds_own_text_stands_in_for_a_page_that_is_not_there(server: FeedServer) -> None:
    server.pages["/feed"] = rss(entry("One", text=BODY))
    desk = Desk(server.url("/feed"))
    assert (desk.one().new, desk.kept.titles) == (1, ["One"])


def test_the_feeds_own_text_is_taken_where_the_page_shows_only_its_beginning(server: FeedServer) -> None:
    teaser = article("One", "Subscribe to read on.", body="<p>Government forces took the town of Danilo.</p>")
    server.pages |= {"/feed": rss(entry("One", text=BODY)), "/one": teaser}
    desk = Desk(server.url("/feed"))
    desk.one()
    [kept] = desk.kept.articles.values()
    assert "corridor for the wounded" in kept.article.text


def test_without_full_text_no_page_is_fetched(server: FeedServer) -> None:
    server.pages["/feed"] = rss(entry("One", text=BODY))
    desk = Desk(server.url("/feed"))
    desk.collection["full_text"] = False
    assert desk.one().new == 1
    assert server.paths() == ["/feed"]


def test_a_page_that_fails_for_the_moment_is_asked_for_in_the_next_run(server: FeedServer) -> None:
    server.pages |= {"/feed": rss(entry("One", text="Short."), etag='"a"'), "/one": Page(status=503)}
    desk = Desk(server.url("/feed"))
    assert desk.one().new == 0
    server.pages["/one"] = article("One")
    assert desk.one().new == 1


def test_entries_of_before_the_remembered_days_are_left_out(server: FeedServer) -> None:
    server.pages["/feed"] = rss(entry("One", at=NOW - timedelta(days=40)))
    report = Desk(server.url("/feed")).one()
    assert (report.fetched, report.left_out) == (0, {"older than 14 days": 1})


def test_what_does_not_belong_is_counted_by_reason_and_comes_in_when_the_settings_change(server: FeedServer) -> None:
    with_articles(server, "Army takes Danilo", "Football")
    desk = Desk(server.url("/feed"))
    desk.collection["keywords"] = ["Football"]
    report = desk.one()
    assert (report.new, report.left_out) == (1, {"none of the keywords": 1})
    desk.collection["keywords"] = ["danilo"]
    assert desk.one().new == 1


def test_articles_are_kept_in_batches_and_a_source_is_known_only_after_its_articles(server: FeedServer) -> None:
    with_articles(server, *(f"Report {number}" for number in range(45)))
    desk = Desk(server.url("/feed"))
    put = desk.kept.put

    def full(items: Any) -> Any:
        assert not known(desk)
        return put(items)

    desk.kept.put = full  # type: ignore[method-assign]
    assert desk.one().new == 45
    assert desk.kept.puts == [20, 20, 5]
    assert len(known(desk)) == 1


def test_reports_come_in_the_order_of_the_settings(server: FeedServer) -> None:
    def slow(asked: Asked) -> Page:
        time.sleep(0.2)
        return rss(entry("One"))

    server.pages |= {"/slow": slow, "/fast": rss(entry("Two")), "/one": article("One"), "/two": article("Two")}
    desk = Desk(server.url("/slow", "a.example"), server.url("/fast", "b.example"))
    assert [report.source for report in desk.collect()] == list(desk.collection["feeds"])


def test_pages_are_read_in_other_processes_all_the_same(server: FeedServer) -> None:
    feeds = []
    for number in range(5):
        server.pages |= {
            f"/feed{number}": rss(entry(f"Report {number}")),
            f"/report-{number}": article(f"Report {number}"),
        }
        feeds.append(server.url(f"/feed{number}"))
    desk = Desk(*feeds)
    assert sum(report.new for report in desk.collect(jobs=2)) == 5


# --- politeness ---


def test_there_is_a_pause_between_two_requests_to_one_host(server: FeedServer) -> None:
    with_articles(server, "One", "Two")
    desk = Desk(server.url("/feed"), pause=2.0)
    desk.one()
    assert [round(wait) for wait in desk.waits] == [2, 2, 2]  # between robots.txt, the feed and two pages


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("User-agent: *\nDisallow: /one", ["/feed", "/two"]),
        ("User-agent: *\nDisallow: /\n\nUser-agent: briefer\nDisallow: /two", ["/feed", "/one"]),
        ("User-agent: *\nDisallow: /\nAllow: /feed$\nAllow: /t*o", ["/feed", "/two"]),
        ("User-agent: other\nDisallow: /", ["/feed", "/two", "/one"]),
        ("", ["/feed", "/two", "/one"]),
    ],
)
def test_robots_txt_is_obeyed(server: FeedServer, text: str, paths: list[str]) -> None:
    with_articles(server, "One", "Two")
    server.pages["/robots.txt"] = Page(text, "text/plain")
    Desk(server.url("/feed")).one()
    assert server.paths() == paths
    assert len(server.asked("/robots.txt")) == 1


def test_robots_txt_is_read_once_a_day(server: FeedServer) -> None:
    with_articles(server, "One")
    server.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /one\nCrawl-delay: 3", "text/plain")
    desk = Desk(server.url("/feed"))
    desk.one()
    desk.one(days=0.9)
    assert len(server.asked("/robots.txt")) == 1
    assert server.asked("/one") == []
    server.pages["/robots.txt"] = Page("", "text/plain")
    desk.one(days=0.2)
    assert len(server.asked("/robots.txt")) == 2


def test_a_crawl_delay_is_obeyed_up_to_a_bound(server: FeedServer) -> None:
    with_articles(server, "One")
    server.pages["/robots.txt"] = Page("User-agent: *\nCrawl-delay: 86400", "text/plain")
    desk = Desk(server.url("/feed"))
    desk.one()
    assert [round(wait) for wait in desk.waits][-1] == 30


def test_nothing_is_fetched_where_robots_txt_cannot_be_had(server: FeedServer) -> None:
    with_articles(server, "One")
    server.pages["/robots.txt"] = Page(status=500)
    report = Desk(server.url("/feed")).one()
    assert report.failing_since == NOW
    assert "robots.txt cannot be had" in report.why
    assert server.paths() == []
    assert Desk(server.url("/feed"), robots=False).one().new == 1


def test_a_retry_after_is_waited_for_and_every_request_to_that_host_with_it(server: FeedServer) -> None:
    with_articles(server, "One")
    feed, busy = server.pages["/feed"], Page(status=429, headers={"Retry-After": "7"})
    server.pages["/feed"] = lambda asked: feed if len(server.asked("/feed")) > 1 else busy
    desk = Desk(server.url("/feed"))
    assert desk.one().new == 1
    assert sum(desk.waits) == pytest.approx(7, abs=0.5)


def test_a_server_that_wants_an_hour_is_left_to_the_next_run(server: FeedServer) -> None:
    server.pages["/feed"] = Page(status=503, headers={"Retry-After": "3600"})
    desk = Desk(server.url("/feed"))
    assert desk.one().failing_since == NOW
    assert len(server.asked("/feed")) == 1
    assert sum(desk.waits) == 0


def test_a_failure_of_the_moment_is_tried_again(server: FeedServer) -> None:
    with_articles(server, "One")
    feed = server.pages["/feed"]
    server.pages["/feed"] = lambda asked: feed if len(server.asked("/feed")) > 2 else Page(status=502)
    assert Desk(server.url("/feed")).one().new == 1


# --- redirects ---


def to(place: str, status: int = 302) -> Page:
    return Page(status=status, headers={"Location": place})


def test_a_feed_that_moved_for_good_is_read_and_its_new_place_told(server: FeedServer) -> None:
    with_articles(server, "One")
    server.pages["/old"] = to("/feed", 301)
    report = Desk(server.url("/old")).one()
    assert (report.new, report.moved) == (1, server.url("/feed"))


@pytest.mark.parametrize(
    ("pages", "why"),
    [
        ({"/feed": to("/b"), "/b": to("/feed")}, "go in a circle"),
        ({"/feed": to("/feed")}, "go in a circle"),
        ({"/feed": to("/1"), **{f"/{n}": to(f"/{n + 1}") for n in range(1, 20)}}, "more than 5 redirects"),
        ({"/feed": to("file:///etc/passwd")}, "no web address"),
        ({"/feed": Page(status=302)}, "a redirect to nowhere"),
        ({"/feed": to("http://[::bad/")}, "no address"),
    ],
)  # fmt: skip
def test_redirects_that_lead_nowhere_are_told(server: FeedServer, pages: dict[str, Any], why: str) -> None:
    server.pages |= pages
    report = Desk(server.url("/feed")).one()
    assert why in report.why
    assert report.failing_since == NOW


# --- private addresses ---


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "localhost.", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "printer.local"],
)
def test_addresses_of_this_machine_are_not_fetched(server: FeedServer, host: str) -> None:
    desk = Desk(f"http://{host}:{server.port}/feed", private_addresses=False)
    assert "private_addresses = true" in desk.one().why
    assert server.log == []


@pytest.mark.parametrize(
    "address",
    (
        "10.0.0.1 192.168.1.1 172.16.0.1 169.254.169.254 100.64.0.1 0.0.0.0 127.0.0.1 224.0.0.1 255.255.255.255 ::1 :: "
        "fe80::1 fc00::1 fec0::1 ::ffff:10.0.0.1 64:ff9b::a00:1 2002:7f00:1:: ff02::1 nonsense "
        "2001:0:4136:e378:8000:63bf:3fff:fdd2"
    ).split(),
)
def test_a_name_that_leads_to_a_private_address_is_not_fetched(server: FeedServer, address: str) -> None:
    desk = Desk(server.url("/feed", "rebind.example"), private_addresses=False)
    desk.hosts["rebind.example"] = ["93.184.216.34", address]  # one good address does not excuse the other
    assert f"has the address {address}" in desk.one().why
    assert server.log == []


def test_a_redirect_to_a_private_address_is_not_followed(server: FeedServer) -> None:
    server.pages["/feed"] = to("http://inner.example/latest/meta-data/")
    desk = Desk(server.url("/feed", "outer.example"), private_addresses=False)
    desk.is_public = lambda address: address == "127.0.0.1"  # this server stands for one of the public internet
    desk.hosts["inner.example"] = ["169.254.169.254"]
    assert "has the address 169.254.169.254" in desk.one().why


def test_the_connection_goes_to_the_address_that_was_checked(server: FeedServer) -> None:
    with_articles(server, "One")
    desk = Desk(server.url("/feed", "no-such-name.invalid"))
    assert desk.one().new == 1  # nobody else resolved the name
    assert server.asked("/feed")[0].headers["Host"] == f"no-such-name.invalid:{server.port}"


def test_behind_a_proxy_addresses_are_held_to_what_is_written(server: FeedServer) -> None:
    server.pages |= {"http://public.example/feed": rss(entry("One", text=BODY, link=""))}
    server.pages["http://public.example/inner"] = to("http://10.0.0.1/")
    feeds = [
        "http://public.example/feed",
        "http://public.example/inner",
        "http://10.0.0.1/feed",
        "http://localhost/feed",
    ]
    desk = Desk(*feeds, private_addresses=False, proxy=server.url(""))
    got, *refused = desk.collect()
    assert got.new == 1
    assert all("private_addresses = true" in report.why for report in refused)
    assert {one.path.removesuffix("/robots.txt").rpartition("/")[0] for one in server.log} <= {
        "http:/",
        "http://public.example",
    }


def test_a_certificate_that_nobody_vouches_for_is_refused_and_not_tried_again() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).parent / "mail_pki" / "server.pem")
    with FeedServer() as server:
        server.server.socket = context.wrap_socket(server.server.socket, server_side=True)
        desk = Desk(server.url("/feed").replace("http:", "https:"), robots=False)
        assert "its certificate is not to be trusted" in desk.one().why
    assert desk.waits == []


# --- sick and hostile servers ---


def endless(asked: Asked) -> None:
    connection = asked.connection
    connection.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>")
    with suppress(OSError):
        for _ in range(2000):
            connection.wfile.write(b"<p>more</p>" * 5000)


def dripping(asked: Asked) -> None:
    asked.connection.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    with suppress(OSError):
        for _ in range(50):
            asked.connection.wfile.write(b"x")
            time.sleep(0.05)


def torn(asked: Asked) -> None:
    asked.connection.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss>")


def bomb(size: int) -> bytes:
    return gzip.compress(b"\0" * size)


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {name} "{f"&{inner};" * 10}">' for inner, name in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><rss version='2.0'><channel><title>&i;</title></channel></rss>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    "<rss version='2.0'><channel><item><title>&x;</title><link>/one</link></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (Page(LAUGHS, "text/xml"), "declares entities"),
        (Page(OUTSIDE, "text/xml"), "declares entities"),
        (Page(LAUGHS.encode("utf-16"), "text/xml"), "declares entities"),
        (Page("<rss version='2.0'><channel>" + "<a>" * 200_000, "text/xml"), "in each other without end"),
        (Page("<rss version='2.0'>" + "<a>" * 100_000 + "</a>" * 100_000 + "</rss>", "text/xml"), "in each other"),
        (Page("<rss version='2.0'><channel>" + "<i>" * 310_000, "text/xml"), "more than 300,000 tags"),
        (Page(bomb(50_000_000), "text/xml", headers={"Content-Encoding": "gzip"}), "larger than 1 MB"),
        (Page(b"x" * 50, "text/xml", headers={"Content-Encoding": "gzip"}), "compression is broken"),
        (Page(gzip.compress(bomb(10)), "text/xml", headers={"Content-Encoding": "gzip, gzip"}), "not asked for"),
        (Page(b"%PDF-1.7 ...", "application/pdf"), "neither a page nor a feed"),
        (Page(b"%PDF-1.7 ...", "application/rss+xml"), "it is a PDF"),
        (Page(b"", "application/rss+xml"), "it is empty"),
        (Page('{"items": 3}', "application/json"), "no JSON feed"),
        (Page("{" * 100_000, "application/feed+json"), "broken JSON"),
        (Page("hello", "text/xml"), "neither RSS, Atom nor a JSON feed"),
        (Page(status=403), "does not let us in (403)"),
        (Page(status=404), "is not there (404)"),
        (Page(status=204), "answered with 204"),
        (Page(b"x" * 2_000_000, "text/xml"), "larger than 1 MB"),
        (endless, "larger than 1 MB"),
        (dripping, "took longer than 1 s"),
        (torn, "broke off"),
    ],
)
def test_a_sick_source_is_told_and_the_others_are_collected(server: FeedServer, page: Any, why: str) -> None:
    server.pages |= {"/sick": page, "/well": rss(entry("One")), "/one": article("One")}
    desk = Desk(server.url("/sick"), server.url("/well"), max_bytes=1_000_000, total_timeout=1.0, tries=1)
    sick, well = desk.collect()
    assert why in sick.why
    assert sick.failing_since == NOW
    assert well.new == 1


def test_a_server_that_nobody_answers_at_is_told() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        report = Desk(f"http://127.0.0.1:{closed.getsockname()[1]}/feed", robots=False).one()
    assert "cannot be reached" in report.why


@pytest.mark.parametrize(
    "page",
    [
        Page(b"%PDF-1.7", "application/pdf"),
        endless,
        Page(b"\x89PNG....", "text/html"),
        Page("<html><body>" + "<p>x" * 150_000),
        Page("{}", "application/json"),
    ],
)
def test_a_sick_page_costs_its_entry_alone(server: FeedServer, page: Any) -> None:
    server.pages |= {"/feed": rss(entry("Sick"), entry("One")), "/sick": page, "/one": article("One")}
    desk = Desk(server.url("/feed"), max_bytes=1_000_000)
    report = desk.one()
    assert (report.new, len(report.failures), report.failing_since) == (1, 1, None)
    assert report.failures[0].name == server.url("/sick")


def test_pages_that_all_hang_do_not_hold_a_run_for_each(server: FeedServer) -> None:
    with_articles(server, *(f"Report {number}" for number in range(30)))
    for number in range(30):
        server.pages[f"/report-{number}"] = Page(status=500)
    desk = Desk(server.url("/feed"), tries=1)
    report = desk.one()
    assert len(server.paths()) == 6
    assert "25 more of its entries are left for the next run" in report.failures[-1].why
    for number in range(30):
        server.pages[f"/report-{number}"] = article(f"Report {number}")
    assert desk.one().new == 30


RUSSIAN = (
    "<p>Правительственные войска взяли город Данило в понедельник, сообщили официальные лица. Ополченцы отошли.</p>" * 3
)


@pytest.mark.parametrize(
    ("encoding", "kind"),
    [
        ("utf-8", "text/html; charset=iso-8859-1"),
        ("windows-1251", "text/html; charset=windows-1251"),
        ("utf-8", "text/html"),
        ("utf-16", "text/html; charset=utf-8"),
        ("windows-1251", "text/html; charset=utf-8"),
        ("windows-1251", "text/html; charset=no-such-thing"),
    ],
)
def test_a_charset_that_lies_leaves_the_text_whole(server: FeedServer, encoding: str, kind: str) -> None:
    page = article("Войска взяли Данило", "Это первый отчёт.", body=RUSSIAN).encode(encoding)
    server.pages |= {"/feed": rss(entry("Войска взяли Данило", "/one")), "/one": Page(page, kind)}
    desk = Desk(server.url("/feed"))
    desk.one()
    [kept] = desk.kept.articles.values()
    assert "Правительственные войска взяли город" in kept.article.text


def test_packed_answers_are_unpacked(server: FeedServer) -> None:
    with_articles(server, "One")
    page = server.pages["/feed"]
    assert isinstance(page, Page)
    page.packed = True
    assert Desk(server.url("/feed")).one().new == 1


def test_what_was_damaged_on_the_shelf_is_learnt_anew(server: FeedServer) -> None:
    with_articles(server, "One")
    desk = Desk(server.url("/feed"))
    desk.one()
    [key] = known(desk)
    desk.shelf[key] = '{"entries": 7}'
    assert desk.one().fetched == 1


# --- how a source is ---


def test_a_source_that_fails_says_since_when_and_is_well_again_when_it_answers(server: FeedServer) -> None:
    with_articles(server, "One")
    well = server.pages["/feed"]
    desk = Desk(server.url("/feed"))
    desk.one()
    server.pages["/feed"] = Page(status=404)
    desk.one(days=1)
    assert desk.one(days=1).failing_since == NOW + timedelta(days=1)
    server.pages["/feed"] = well
    assert desk.one(days=1).failing_since is None


def test_a_feed_without_a_new_entry_for_a_week_is_told(server: FeedServer) -> None:
    with_articles(server, "One", etag='"a"')
    desk = Desk(server.url("/feed"))
    desk.one()
    assert desk.one(days=6.9).quiet_since is None
    assert desk.one(days=0.2).quiet_since == NOW
    with_articles(server, "Two", "One", etag='"b"')
    assert desk.one().quiet_since is None


def test_a_feed_that_was_quiet_when_it_was_first_seen_is_told_at_once(server: FeedServer) -> None:
    server.pages["/feed"] = rss(entry("One", at=NOW - timedelta(days=10), text=BODY))
    assert Desk(server.url("/feed")).one().quiet_since == NOW - timedelta(days=10)


HTML = '<html><head><link rel="alternate" type="application/rss+xml" href="/new.xml"></head><body>Hello</body></html>'


@pytest.mark.parametrize(
    ("page", "changed"),
    [
        (Page(HTML), "it was an RSS feed and is a web page now"),
        (rss(), "it has no entries, and had 3"),
        (rss(*(entry(f"N{n}", at=NOW) for n in range(3))), "its entries have no text any more"),
        (rss(*(entry(f"N{n}", text=BODY) for n in range(3))), "its entries have no dates any more"),
        (Page(ATOM), "it was an RSS feed and is an Atom feed now"),
    ],
)
def test_a_feed_that_changed_its_shape_is_told(server: FeedServer, page: Page, changed: str) -> None:
    usual = rss(*(entry(f"Report {n}", at=NOW, text=BODY) for n in range(3)))
    server.pages["/feed"] = usual
    desk = Desk(server.url("/feed"))
    assert desk.one().changed == ""
    server.pages["/feed"] = page
    if "Atom" in changed:
        server.pages["/feed"] = Page(ATOM.replace("</entry>", f"<content>{'x' * 50}</content></entry>"))
    report = desk.one(days=1)
    assert report.changed == changed
    assert ("names as its feed" in report.why) == ("web page" in changed)
    server.pages["/feed"] = usual
    assert desk.one().changed == ""


# --- the parts by themselves ---


def test_two_sources_of_one_host_are_never_asked_at_one_time(server: FeedServer) -> None:
    busy: list[int] = []
    most: list[int] = []

    def watched(asked: Asked) -> Page:
        busy.append(1)
        most.append(len(busy))
        time.sleep(0.03)
        busy.pop()
        return rss(entry("One", text=BODY, link=""))

    server.pages |= {f"/{n}": watched for n in range(4)}
    Desk(*(server.url(f"/{n}") for n in range(4))).collect()
    assert max(most) == 1


def test_hosts_are_asked_at_one_time_up_to_the_concurrency(server: FeedServer) -> None:
    busy: list[int] = []
    most: list[int] = []

    def watched(asked: Asked) -> Page:
        busy.append(1)
        most.append(len(busy))
        time.sleep(0.1)
        busy.pop()
        return rss()

    server.pages["/feed"] = watched
    Desk(*(server.url("/feed", f"h{n}.example") for n in range(8)), concurrency=3).collect()
    assert max(most) == 3


def test_requests_to_one_host_share_a_connection(server: FeedServer) -> None:
    with_articles(server, "One", "Two")
    server.pages["/robots.txt"] = Page("", "text/plain")
    Desk(server.url("/feed")).one()
    assert len({one.connection.client_address for one in server.log}) == 1


def test_more_hosts_than_connections_are_kept_open_are_collected_all_the_same(server: FeedServer) -> None:
    with_articles(server, "One", "Two")
    hosts = [f"h{n}.example" for n in range(12)]
    reports = Desk(*(server.url("/feed", host) for host in hosts), concurrency=1).collect()
    assert [report.failures for report in reports] == [()] * 12
    assert len(server.asked("/feed")) == 12


def test_a_store_that_fails_ends_the_run_with_its_own_error(server: FeedServer) -> None:
    with_articles(server, "One")
    desk = Desk(server.url("/feed"))

    def full(items: Any) -> Any:
        raise StoreError("the disk is full")

    desk.kept.put = full  # type: ignore[method-assign]
    with pytest.raises(StoreError, match="the disk is full"):
        desk.one()
    assert not known(desk)


KILLED = """
import sys
from datetime import UTC, datetime
from briefer.settings import Settings
from briefer.store import open_store
from briefer.wiring.collecting import Collector

place, *feeds = sys.argv[1:]
collecting = {"private_addresses": True, "pause": 0.0}
settings = Settings.model_validate({"collections": {"war": {"feeds": feeds}}, "collecting": collecting})
with open_store(place) as store:
    collector = Collector(settings, store.articles, store.sources, datetime(2031, 5, 13, 6, tzinfo=UTC), jobs=2)
    print(sum(report.new for report in collector.collect()))
"""


@pytest.mark.slow
def test_a_run_that_is_killed_has_kept_what_it_had_and_leaves_no_process(server: FeedServer, tmp_path: Path) -> None:
    titles = [f"Report {number}" for number in range(45)]
    with_articles(server, *titles)
    feeds = [server.url("/feed"), *(server.url(f"/none{n}") for n in range(4))]
    command = [sys.executable, "-c", KILLED, str(tmp_path / "store.db"), *feeds]
    run = subprocess.Popen(command, stdout=subprocess.PIPE)
    last = server.pages["/report-5"]  # the feed's first are its latest: they are fetched last

    def kill(asked: Asked) -> Any:
        run.kill()
        return last

    server.pages["/report-5"] = kill
    assert run.stdout is not None
    assert run.stdout.read() == b""  # which ends when the last of its processes has
    run.wait()
    run.stdout.close()
    server.pages["/report-5"] = last
    again = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    assert again.stdout == b"25\n"  # two batches of twenty were kept
    with open_store(tmp_path / "store.db") as store:
        assert len(store.articles.ids("war")) == 45


def test_reading_that_never_ends_is_given_up() -> None:
    with Workshop(0, longest=0.05) as workshop:
        assert asyncio.run(workshop.do(_forever, 0)) == LATE


def test_a_reader_that_dies_takes_nothing_else_with_it() -> None:
    async def both(workshop: Workshop) -> tuple[object, object]:
        return await workshop.do(_die, 0), await workshop.do(_double, 4)

    with Workshop(2) as workshop:
        assert asyncio.run(both(workshop)) == (DIED, 8)


def _forever(thing: int) -> int:
    while True:
        thing += 1


def _die(thing: int) -> int:
    os._exit(9)


def _double(thing: int) -> int:
    return thing * 2
