"""Reading feeds: what each of their kinds says of an entry."""

import json

import pytest

from briefer.collect.web.choosing import chosen
from briefer.collect.web.feeds import Entry, Feed, NoFeed, read_feed, untracked
from briefer.collect.web.fetching import Got
from briefer.collect.web.robots import parse
from briefer.collect.web.visiting import Found
from briefer.types import Article, Raw

ADDRESS = "https://ruin.example/news/feed.xml"


def feed(text: str, charset: str = "", encoding: str = "utf-8") -> Feed:
    found = read_feed(Got(ADDRESS, text.encode(encoding), charset=charset))
    assert isinstance(found, Feed), found
    return found


def only(text: str) -> Entry:
    [entry] = feed(text).entries
    return entry


def rss(item: str) -> str:
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f'<rss version="2.0" {spaces}><channel><title>The Daily Ruin</title><item>{item}</item></channel></rss>'


def test_rss_with_the_whole_text_beside_its_beginning() -> None:
    entry = only(
        rss(
            "<title>Army &amp;amp; militia</title><link>/a?utm_source=rss&amp;id=3</link><guid>7</guid>"
            "<dc:creator>A. Reporter</dc:creator><pubDate>Mon, 12 May 2031 10:00:00 GMT</pubDate>"
            "<description>Beginning.</description><content:encoded><![CDATA[<p>All of it.</p><p>And more.</p>]]>"
            "</content:encoded>"
        )
    )
    assert (entry.title, entry.author) == ("Army & militia", "A. Reporter")
    assert (entry.text, entry.html) == ("<p>All of it.</p><p>And more.</p>", True)
    assert entry.published == "Mon, 12 May 2031 10:00:00 GMT"
    assert untracked(entry.link) == "https://ruin.example/a?id=3"


def test_an_address_that_is_only_the_guid() -> None:
    assert only(rss("<title>x</title><guid>https://ruin.example/a</guid>")).link == "https://ruin.example/a"


def test_an_aggregator_names_whose_an_entry_is() -> None:
    item = '<title>x</title><link>https://other.example/a</link><source url="https://other.example">The Other</source>'
    assert only(rss(item)).outlet == "The Other"


def test_rss_1_0() -> None:
    text = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Ruin</title></channel><item>'
        "<title>One</title><link>https://ruin.example/1</link><dc:date>2031-05-12T10:00:00Z</dc:date></item></rdf:RDF>"
    )
    entry = only(text)
    assert (feed(text).kind, entry.link, entry.published) == ("rss", "https://ruin.example/1", "2031-05-12T10:00:00Z")


def test_atom_with_xhtml() -> None:
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">The &lt;b&gt;Ruin&lt;/b&gt;</title><entry>'
        '<id>urn:1</id><title>One</title><link rel="enclosure" href="/a.mp3"/><link href="a/1.html"/>'
        "<published>2031-05-12T10:00:00Z</published><updated>2031-05-13T10:00:00Z</updated>"
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Text of it.</p></div></content>'
        "</entry></feed>"
    )
    entry = only(text)
    assert feed(text).kind == "atom"
    assert entry.link == "https://ruin.example/news/a/1.html"
    assert "<p>Text of it.</p>" in entry.text
    assert entry.published == "2031-05-12T10:00:00Z"
    assert entry.form != only(text.replace("2031-05-13", "2031-05-14")).form


def test_json_feeds() -> None:
    items = [
        {"id": 1, "url": "https://ruin.example/1", "content_html": "<p>a</p>", "content_text": "b"},
        {"id": "2", "external_url": "https://ruin.example/2", "content_text": "b", "authors": [{"name": "A"}]},
        "no item",
        {"id": "2", "url": "https://ruin.example/twice"},
        {"id": "4", "url": "javascript:alert(1)", "title": {"deep": []}, "summary": "s"},
    ]
    found = feed(json.dumps({"version": "https://jsonfeed.org/version/1", "title": "Ruin", "items": items}))
    assert [(entry.link, entry.text, entry.html, entry.author) for entry in found.entries] == [
        ("https://ruin.example/1", "<p>a</p>", True, ""),
        ("https://ruin.example/2", "b", False, "A"),
        ("", "s", False, ""),
    ]


def test_a_broken_feed_gives_what_can_be_read_of_it() -> None:
    found = feed("<rss version='2.0'><channel><item><title>A & B</title><link>/1</link></item><item><title>Two</title>")
    assert [entry.title for entry in found.entries] == ["A & B", "Two"]


@pytest.mark.parametrize(
    ("encoding", "declared", "charset"),
    [
        ("windows-1251", "windows-1251", ""),
        ("utf-8", "windows-1251", "koi8-r"),
        ("koi8-r", "utf-8", "koi8-r"),
        ("utf-16", "utf-16", ""),
    ],
)
def test_a_feed_whose_encoding_is_told_wrongly_is_read_all_the_same(encoding: str, declared: str, charset: str) -> None:
    title = "Войска взяли город Данило в понедельник, сообщили официальные лица"
    text = f'<?xml version="1.0" encoding="{declared}"?>{rss(f"<title>{title}</title><link>/1</link>")}'
    [entry] = feed(text, charset, encoding).entries
    assert entry.title == title


def test_a_byte_text_that_looks_like_a_path_opens_no_file() -> None:
    assert isinstance(read_feed(Got(ADDRESS, b"/etc/passwd")), NoFeed)


def test_an_entry_stays_the_same_though_its_markup_changes() -> None:
    plain = rss("<title>x</title><guid>1</guid><description>{}</description>")
    forms = {
        only(plain.format(text)).form for text in ("&lt;p&gt;Seven killed&lt;/p&gt;", "&lt;b&gt;Seven&lt;/b&gt; killed")
    }
    assert len(forms) == 1
    assert only(plain.format("Two killed")).form not in forms


@pytest.mark.parametrize(
    ("title", "host", "outlet"),
    [
        ("The Daily Ruin", "www.ruin.example", "The Daily Ruin"),
        ("World - The Daily Ruin", "thedailyruin.example", "The Daily Ruin"),
        ("Daily Ruin: Latest", "dailyruin.example", "Daily Ruin"),
        ("Latest News", "ruin.example", "ruin.example"),
        ("All the world - every day", "ruin.example", "ruin.example"),
        ("", "ruin.example", "ruin.example"),
        ("My reading list", "www.reuters.com", "Reuters"),
    ],
)
def test_the_outlet_is_the_feeds_where_the_page_names_none(title: str, host: str, outlet: str) -> None:
    text = "Government forces took the town of Danilo on Monday, officials said. Seven people were killed."
    article = chosen(Found(Raw("x", text, title="One", url=f"https://{host}/1"), None, title))
    assert isinstance(article, Article)
    assert article.outlet == outlet


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Disallow: /a", "/a/b", False),
        ("Disallow: /a\nAllow: /a/b", "/a/b", True),
        ("Disallow: /a\nAllow: /a", "/a", True),
        ("Disallow: /*.pdf$", "/x.pdf", False),
        ("Disallow: /*.pdf$", "/x.pdf?y", True),
        ("Disallow: /*/private*/x", "/a/private1/x", False),
        ("Disallow: /$", "/", False),
        ("Disallow: /$", "/a", True),
        ("Disallow: /a*a$", "/a", True),
        ("Disallow:", "/", True),
        ("Disallow: /%7Ejoe", "/~joe", False),
        ("Disallow: /ä", "/%c3%a4", False),
        ("Disallow: /a%2Fb", "/a/b", True),
        ("Disallow: /a # all of it", "/a", False),
        ("Disallow: /" + "*a" * 5000 + "b", "/" + "a" * 20_000, True),
    ],
)
def test_rules_of_robots_txt(rules: str, path: str, allowed: bool) -> None:
    assert parse(f"User-agent: *\n{rules}", "briefer").allow(f"https://ruin.example{path}") is allowed


def test_groups_of_robots_txt() -> None:
    groups = ("A\nUser-agent: Briefer/2.0\nDisallow: /a", "*\nDisallow: /", "briefer\nDisallow: /b")
    rules = parse("\n\n".join(f"User-agent: {group}" for group in groups), "briefer")
    assert [rules.allow(f"https://x.example{path}") for path in ("/a", "/b", "/c")] == [False, False, True]
