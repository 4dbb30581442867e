"""The mail as it is read: sizes, what no source's text may do, the same facts in both parts, and a small one whole."""

import itertools
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from briefing_factory import Run, day, nothing, one_source, place, two_fronts
from hypothesis import given, settings
from hypothesis import strategies as st
from mail_factory import arabic, large, poisoned, remembered, unchanged
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from briefer.deliver import House, Letter, Sheet, address
from briefer.render.mail import MOST_BYTES, has_news, rendered, sent_bytes
from briefer.render.page import FrontPage
from briefer.types import Briefing, EditionChange, Kind, MadeBy, Sentence, SourceRecord

TITLE = "Veld morning"
HOSTILE = (
    "\x1b[31m<b>x&amp;</b><script>alert(1)</script><img src=http://evil.example/p.png> \u202egnp.exe\u2066 \u200b"
    " http://evil.example/a www.evil.example me@evil.example\r\nBcc: x@y {{ 7*7 }} {% raw %} <!-- --> دمشق"
)
EDITIONS = {
    "one source": lambda: one_source().briefing(),
    "two fronts": lambda: two_fronts().briefing(),
    "nothing read": lambda: nothing().briefing(),
    "told against an earlier one": remembered,
    "nothing new": unchanged,
    "right to left": arabic,
    "hostile": lambda: poisoned(HOSTILE),
    "500 events": lambda: large(20, 25),
}
NAMED = {"argvalues": EDITIONS.values(), "ids": EDITIONS.keys()}


class Shown(HTMLParser):
    """What a reader of HTML sees, its tags and its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.pieces: list[str] = []
        self._hidden = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self._hidden += tag in {"style", "title"}

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"style", "title"}
        if tag in {"li", "p", "h1", "h2", "h3", "div", "td"}:
            self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.pieces.append(data)

    @property
    def text(self) -> str:
        return words("".join(self.pieces))


def words(text: str) -> str:
    """A text such that the same facts are equal however they are laid out."""
    return " ".join(re.sub("[\u2060\u2068\u2069]", "", text.replace("\u00a0", " ")).split())


@pytest.mark.parametrize("make", **NAMED)
def test_a_mail_is_small_enough_not_to_be_cut_off(make) -> None:
    page = rendered(make(), title=TITLE)
    assert sent_bytes(page.html) <= MOST_BYTES
    sheet = Sheet("veld", date(2031, 5, 16), TITLE, page.subject, "text", page.html, datetime(2031, 5, 16, tzinfo=UTC))
    letter = Letter(sheet, House(address("desk@example.org")), address("me@example.org"), "id@example.org")
    assert len(letter.data()) < 102_000  # where Gmail cuts, with heads and all


def test_a_mail_in_letters_that_take_more_bytes_is_small_enough_too() -> None:
    briefing = large(10, 25)
    claims = tuple(
        replace(c, evidence=tuple(replace(e, quote="قوات الحكومة استعادت البلدة " * 8) for e in c.evidence))
        for c in briefing.claims
    )
    page = rendered(briefing.model_copy(update={"claims": claims}), title=TITLE)
    assert 50_000 < sent_bytes(page.html) <= MOST_BYTES
    assert "استعادت" in page.html


def test_what_there_is_no_room_for_is_counted_and_its_place_named() -> None:
    page = rendered(large(20, 25), title=TITLE, whole="https://example.org/2031-05-16.html")
    for part in (words(page.text), Shown(page.html).text):
        assert re.search(r"too large for one mail: the \d+ entries of least weight are left out", part)
        assert re.search(r"and \d+ more", part)
    assert "The whole edition: https://example.org/2031-05-16.html" in words(page.text)
    assert 'href="https://example.org/2031-05-16.html"' in page.html
    assert "too large" not in rendered(two_fronts().briefing(), title=TITLE).text


def test_what_matters_most_stays_longest() -> None:
    briefing = large(20, 25)
    change = EditionChange(kind="corrected", what="Delta Post takes it back.")
    page = rendered(
        briefing.model_copy(update={"changes": (change, *briefing.changes)}), title=TITLE, most_bytes=20_000
    )
    assert sent_bytes(page.html) <= 20_000
    assert "Delta Post takes it back" in page.text
    assert words(briefing.lead[0].text)[:40] in words(page.text)


LONG = {
    "words": "word " * 3_000,
    "one word": "w" * 15_000,
    "an address": "https://example.org/" + "a" * 15_000,
    "letters of two bytes": "قوات " * 2_000,
    "markup": "<&\"'>" * 3_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_no_text_is_so_long_that_it_fills_the_mail(text: str) -> None:
    page = rendered(poisoned(text), title=text, notices=(text,) * 3, whole=text, unsubscribe=text)
    assert sent_bytes(page.html) <= MOST_BYTES
    assert len(page.text.encode()) <= MOST_BYTES
    assert len(page.subject) <= 90


def test_a_sentence_that_rests_on_many_events_shows_a_few_marks() -> None:
    briefing = large(2, 100)
    everything = Sentence(text="All was quiet.", events=tuple(event.id for event in briefing.events))
    page = rendered(briefing.model_copy(update={"lead": (everything,) * 3}), title=TITLE)
    for part in (words(page.text), Shown(page.html).text):
        assert "[8]+192." in part


@pytest.mark.parametrize("most", [6_000, 12_000, 25_000, 50_000, 75_000])
def test_any_bound_holds(most: int) -> None:
    assert sent_bytes(rendered(large(12, 12), title=TITLE, most_bytes=most).html) <= most


@pytest.mark.parametrize("make", **NAMED)
def test_both_parts_tell_the_same(make) -> None:
    """Every entry, note and quote of the HTML stands in the text."""
    page = rendered(make(), title=TITLE)
    text = re.sub(r" ?\[\d+\]| – | ?https?://\S+|[()\"“”]", " ", words(page.text)).casefold()
    plain = " ".join(text.replace("- ", " ").split())
    items = re.findall(r"<li[^>]*>(.*?)</li>", page.html, re.S)
    assert items or "nothing" in plain or "no event" in plain
    for item in items:
        for piece in re.split(r"<br>|</?div[^>]*>", item):
            told = re.sub(r" ?\[\d+\]|[()\"“”]|https?://\S+", " ", Shown(piece).text).casefold()
            told = " ".join(told.replace("- ", " ").split())
            assert told in plain, piece


def test_every_event_that_a_page_shows_is_in_the_mail() -> None:
    briefing = two_fronts().briefing()
    marks = {str(mark) for mark in FrontPage.of(briefing).marks.values()}
    page = rendered(briefing, title=TITLE)
    for part in (page.text, Shown(page.html).text):
        assert set(re.findall(r"\[(\d+)\]", part)) == marks


def test_an_entry_says_when_how_well_and_by_whom_it_is_carried() -> None:
    text = words(rendered(two_fronts().briefing(), title=TITLE).text)
    assert (
        "The Ora Militia tried to enter Tamsin Heights – Thu 15 May · claimed by Meridian Wire · 1 source [6]" in text
    )
    assert "Fri 16 May · disputed · told by the Veld Armed Forces · 2 sources [3]" in text
    assert "denied by the People's Front" in text


def test_the_order_is_a_morning_readers() -> None:
    page = rendered(remembered(), title=TITLE)
    order = [
        "Corrections to earlier editions", "Withdrawn by their outlets", "Ora river: The Veld Armed Forces recaptured",
        "What changed", "Contradicted", "New", "Situation", "No new reporting", "Who holds what", "Disputed", "Outlook",
        "Gaps", "Sources", "In the words of the sources", "Made by",
    ]  # fmt: skip
    for part in (words(page.text), Shown(page.html).text.split(TITLE, 1)[1]):
        at = 0
        for name in order:
            found = part.casefold().find(name.casefold(), at)
            assert found >= 0, name
            at = found


def test_the_ledger_shows_what_moved_and_counts_the_rest() -> None:
    text = words(rendered(remembered(), title=TITLE).text)
    assert "Port Almer: Veld Armed Forces – disputed" in text
    assert "30 other places: neither changed nor contested." in text
    assert "Village 7" not in text


def test_changes_are_told_against_the_edition_that_the_reader_got() -> None:
    text = words(rendered(remembered(), title=TITLE).text)
    assert "since the edition of Thursday 15 May" in text
    assert "told in the edition of Wed 14 May" in text


def test_a_day_without_news_says_so_and_little_else() -> None:
    page = rendered(unchanged(), title=TITLE)
    assert page.subject == "Veld morning: no new reporting, Sat 17 May"
    assert "No new reporting since the edition of Friday 16 May." in words(page.text)
    assert "SITUATION" not in page.text.upper()
    assert not has_news(unchanged())
    assert has_news(remembered())


FELL = {
    "some": (("a",), "did not read 1 of 4 articles"),
    "all": (tuple("abcd"), "gave no answer: the rules reader made this edition"),
}


@pytest.mark.parametrize(("fell", "said"), FELL.values(), ids=FELL.keys())
def test_that_the_model_did_not_read_is_said_at_the_top(fell: tuple[str, ...], said: str) -> None:
    made_by = MadeBy(extractor="llm", model="qwen3", fell_back=fell)
    page = rendered(two_fronts().briefing().model_copy(update={"made_by": made_by}), title=TITLE)
    for part in (words(page.text), Shown(page.html).text):
        assert said in part.split("recaptured")[0]


def test_a_notice_of_the_caller_stands_at_the_top_and_is_not_said_twice() -> None:
    made_by = MadeBy(extractor="llm", model="qwen3", fell_back=tuple("abcd"))
    briefing = two_fronts().briefing().model_copy(update={"made_by": made_by})
    text = words(rendered(briefing, title=TITLE, notices=("The model was down.",)).text)
    assert "! The model was down." in text.split("recaptured")[0]
    assert "gave no answer" not in text


def lead(text: str, **more: object) -> Briefing:
    return two_fronts().briefing().model_copy(update={"lead": (Sentence(text=text, events=()),)} | more)


SUBJECTS = {
    "the lead": (lambda: lead("The army took Sorrel."), "Veld morning: The army took Sorrel, Fri 16 May"),
    "a correction first": (
        lambda: lead("The army took it.", changes=(EditionChange(kind="corrected", what="Four were hurt, not 14."),)),
        "Veld morning: Correction: Four were hurt, not 14, Fri 16 May",
    ),
    "corrections are counted": (
        lambda: lead("x", changes=(EditionChange(kind="withdrawn", what="It was shelled."),) * 2),
        "Veld morning: 2 reports withdrawn: It was shelled, Fri 16 May",
    ),
    "line ends": (lambda: lead("A\r\nBcc: x@y.example\x00"), "Veld morning: A Bcc: x@y.example␀, Fri 16 May"),
    "nothing": (lambda: nothing().briefing(), "Veld morning: no new reporting, Fri 16 May"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "expected"), SUBJECTS.values(), ids=SUBJECTS.keys())
def test_the_subject_names_the_lead(make, expected: str) -> None:
    assert rendered(make(), title=TITLE).subject == expected


def test_changes_without_a_lead_are_news() -> None:
    change = EditionChange(kind="changed", what="The army now holds Sorrel.")
    page = rendered(lead("x", lead=(), changes=(change,), since=date(2031, 5, 15), collection="veld"), title=TITLE)
    assert page.subject == "Veld morning: The army now holds Sorrel, Fri 16 May"
    assert "No new reporting since" not in page.text


def test_a_lead_that_is_cut_still_says_how_well_it_is_carried() -> None:
    """Whose word it is may stand at the end of a sentence, and goes first when that is cut."""
    run = Run()
    a = run.article("a", "The Laghar Observer of the Southern Provinces", datetime(2031, 5, 16, tzinfo=UTC))
    words_of = "the whole of the eastern bank of the river with its bridges and all of its villages"
    run.told(a, "They took it.", Kind.TERRITORY, actors=("People's Front",), object=words_of, change="captured")
    subject = rendered(run.briefing(), title=TITLE).subject
    assert len(subject) <= 90
    assert "… (claimed), Fri 16 May" in subject


def test_what_happened_on_another_day_is_not_dated_by_the_edition() -> None:
    run = Run()
    a = run.article("a", "Delta Post", datetime(2031, 5, 16, tzinfo=UTC))
    run.told(a, "It was shelled.", Kind.SHELLING, actors=("People's Front",), place=place("Sorrel"), when=day(12))
    subject = rendered(run.briefing(), title=TITLE).subject
    assert "12 May" in subject
    assert subject.endswith(", Fri 16 May")
    assert len(subject) <= 90


@settings(max_examples=60, deadline=None)
@given(title=st.text(max_size=200), what=st.text(st.characters(), max_size=300))
def test_a_subject_is_one_short_harmless_line(title: str, what: str) -> None:
    subject = rendered(lead(what), title=title).subject
    assert not [c for c in subject if unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp"} and c not in "\u2068\u2069"]
    assert len(re.sub("[\u2068\u2069]", "", subject)) <= 90
    assert subject.count("\u2068") == subject.count("\u2069")


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(), max_size=30) | st.just(HOSTILE))
def test_no_text_of_a_source_does_harm(text: str) -> None:
    page = rendered(poisoned(text), title=text, notices=(text,), whole=text, unsubscribe=text)
    allowed = {"\n", "\u2060", "\u2068", "\u2069"}
    for part in (page.subject, page.text, page.html):
        assert not [c for c in part if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and c not in allowed]
    plain = Shown(rendered(poisoned("word"), title="word", notices=("word",), whole="word", unsubscribe="word").html)
    assert set(Shown(page.html).tags) <= {*plain.tags, "a"}


@pytest.mark.parametrize("make", **NAMED)
def test_nothing_is_loaded_and_only_sources_are_linked(make) -> None:
    briefing = make()
    html = rendered(briefing, title=TITLE).html
    shown = Shown(html)
    assert not {"img", "script", "link", "iframe", "object", "form", "base", "video", "svg"} & set(shown.tags)
    assert not re.search(r"url\(|@import|@font-face|expression\(|javascript:", html, re.I)
    links = {value for tag, name, value in shown.attributes if (tag, name) == ("a", "href")}
    assert links <= {source.url for source in briefing.sources}
    assert not [name for _, name, _ in shown.attributes if name.startswith("on") or name in {"src", "background"}]


def test_addresses_in_a_sources_words_are_broken_for_clients_that_link_them() -> None:
    html = rendered(poisoned(HOSTILE), title=TITLE).html
    shown = re.sub(r'href="[^"]*"', "", html)
    assert not re.search(r"http://evil|www\.evil|me@evil", shown)
    assert "http:\u2060//evil.example/a" in shown


ADDRESSES = ["javascript:alert(1)", 'https://a.example/"onclick="x', "https://a.example/\u202e", "data:text/html,x"]


@pytest.mark.parametrize("url", ADDRESSES)
def test_only_plain_addresses_of_sources_become_links(url: str) -> None:
    briefing = two_fronts().briefing()
    sources = tuple(source.model_copy(update={"url": url}) for source in briefing.sources)
    html = rendered(briefing.model_copy(update={"sources": sources}), title=TITLE).html
    assert "<a " not in html


def test_an_address_reaches_the_reader_whole() -> None:
    briefing = two_fronts().briefing()
    url = "https://example.org/a?b=1&c=www.d@e#f"
    sources = tuple(source.model_copy(update={"url": url}) for source in briefing.sources)
    shown = Shown(rendered(briefing.model_copy(update={"sources": sources}), title=TITLE).html)
    assert {value for tag, name, value in shown.attributes if name == "href"} == {url}


@pytest.mark.parametrize("make", **NAMED)
def test_the_same_edition_is_the_same_mail(make) -> None:
    assert rendered(make(), title=TITLE) == rendered(make(), title=TITLE)


@pytest.mark.parametrize("make", **NAMED)
def test_the_text_fits_in_72_columns(make) -> None:
    rows = rendered(make(), title=TITLE).text.splitlines()
    assert not [row for row in rows if cell_len(row) > 72 and " " in row.strip(" -[]0123456789")]
    assert not [row for row in rows if row != row.rstrip()]


def test_the_text_names_the_address_of_every_mark() -> None:
    page = rendered(large(20, 25), title=TITLE)
    above, below = page.text.split("IN THE WORDS OF THE SOURCES")
    assert set(re.findall(r"\[(\d+)\]", above)) == set(re.findall(r"\[(\d+)\]", below))
    assert below.count("https://example.org/") >= below.count("[")


def test_the_text_of_a_source_runs_in_its_own_direction() -> None:
    html = rendered(arabic(), title=TITLE).html
    assert '<span dir="auto">“استعادت' in html
    assert re.search("\u2068وادي النهر\u2069: \u2068صحيفة الفرات\u2069 reports", html)


def test_the_words_of_new_articles_come_first() -> None:
    briefing = two_fronts().briefing()
    before = [re.search(r"Meridian Wire|Delta Post", rendered(briefing, title=TITLE).text.split("[1]   ")[1])]
    known = tuple(source.model_copy(update={"known": source.outlet == "Meridian Wire"}) for source in briefing.sources)
    page = rendered(briefing.model_copy(update={"sources": known}), title=TITLE)
    after = re.search(r"Meridian Wire|Delta Post", page.text.split("[1]   ")[1])
    assert [before[0][0], after[0]] == ["Meridian Wire", "Delta Post"]
    assert re.search(r'href="https://example.org/post"[^>]*>\[1\]', page.html)


def luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_colour_of_text_stands_out_from_its_ground_by_day_and_night() -> None:
    html = rendered(remembered(), title=TITLE, notices=("Mind.",)).html
    day = html.split("<body", 1)[1]
    night = html.split("@media (prefers-color-scheme:dark){", 1)[1].split("[data-ogsc]")[0]
    inks, grounds = (re.compile(rf"(?<![-\w]){name}:\s*(#[0-9a-f]{{6}})") for name in ("color", "background-color"))
    for part, hidden in ((day, {"#f3f3f1"}), (night, set())):
        texts, backs = set(inks.findall(part)) - hidden, set(grounds.findall(part))
        assert len(texts) >= 4
        assert len(backs) >= 2
        assert [(t, b) for t in texts for b in backs if contrast(t, b) < 4.5] == []


def test_mail_clients_of_old_can_lay_it_out() -> None:
    html = rendered(remembered(), title=TITLE).html
    body = html.split("<body", 1)[1]
    assert not re.search(r"display:\s*(?:flex|grid)|position:|float:|var\(", html)
    assert not re.search(r"<style", body)
    tables = re.findall(r"<table[^>]*>", body)
    assert tables
    assert all('role="presentation"' in table and "width=" in table for table in tables)
    assert re.search(r'<html lang="en" dir="ltr">', html)
    for meta in ('name="color-scheme" content="light dark"', 'charset="utf-8"', "prefers-color-scheme:dark"):
        assert meta in html
    assert html.index("charset=") < 1024
    assert max(map(len, html.splitlines())) < 20_000


def test_headings_go_down_step_by_step() -> None:
    levels = [int(tag[1]) for tag in Shown(rendered(remembered(), title=TITLE).html).tags if re.fullmatch(r"h\d", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_a_language_that_is_none_is_not_written_as_one() -> None:
    briefing = two_fronts().briefing().model_copy(update={"made_by": MadeBy(language='x" onload="y')})
    assert '<html lang="en" dir="ltr">' in rendered(briefing, title=TITLE).html


def test_who_reads_can_leave() -> None:
    page = rendered(two_fronts().briefing(), title=TITLE, unsubscribe="https://example.org/leave?a=1&b=2")
    assert "Unsubscribe: https://example.org/leave?a=1&b=2" in words(page.text)
    assert 'href="https://example.org/leave?a=1&amp;b=2"' in page.html


def test_a_source_without_an_address_has_a_mark_and_no_link() -> None:
    briefing = two_fronts().briefing()
    bare = tuple(SourceRecord(id=s.id, name=s.name, outlet=s.outlet, fate=s.fate) for s in briefing.sources)
    page = rendered(briefing.model_copy(update={"sources": bare}), title=TITLE)
    assert "[1]" in page.html
    assert "<a " not in page.html
    assert "“Government troops retook Danilo on Thursday.”" in words(page.text)


def small() -> Briefing:
    run = Run()
    a = run.article("a", "Delta Post", datetime(2031, 5, 16, 6, 0, tzinfo=UTC))
    run.told(a, "Shells hit the mill at Sorrel.", Kind.SHELLING, event={"front": "Coast"})
    return run.briefing()


def test_a_small_mail(snapshot: SnapshotAssertion) -> None:
    page = rendered(small(), title="Coast & hills")
    assert page.subject == snapshot(name="subject")
    assert page.text == snapshot(name="text")
    assert page.html == snapshot(name="html")


def test_the_mail_of_an_edition_with_a_memory(snapshot: SnapshotAssertion) -> None:
    assert rendered(remembered(), title=TITLE).text == snapshot
