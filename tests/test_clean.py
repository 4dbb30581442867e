"""Cleaning: debris goes, the body stays, and what is said of an article is found."""

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefer.clean import clean
from briefer.collect.decode import NotText, decode
from briefer.types import Article, Failure, Media, Raw, identifier

FIRST = (
    "Government troops entered the village of Novyi Brid on Sunday after two days of shelling, residents said by phone."
)
SECOND = (
    "The Northern Front denied that it had lost the village and said its fighters still held the grain elevator there."
)
THIRD = "Aid workers counted eleven wounded in the hospital of the district, four of them children, by nightfall."
BODY = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def cleaned(text: str, **said: str) -> Article:
    article = clean(Raw(name="a.txt", text=text, **said))  # type: ignore[arg-type]
    assert isinstance(article, Article), article
    return article


def test_an_article_as_users_collect_them() -> None:
    text = (
        f"Latest news\n\nVillage Entered on Sunday; Rebels Deny Its Loss\n\n{BODY}\n\n"
        "Related Articles\n\nLeave a Reply\n\n"
        "Your email address will not be published. Required fields are marked *\n\nBack to top button"
    )
    article = cleaned(text)
    assert article.text == BODY
    assert article.title == "Village Entered on Sunday; Rebels Deny Its Loss"
    assert article.published is None
    assert len(article.cut) == 6
    assert article.id == identifier(BODY, prefix="a")
    assert [article.sentence(number) for number in range(3)] == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Related Articles", "related"),
        ("Read more: Ten days of fighting in maps", "related"),
        ("You may also like", "related"),
        ("Leave a Reply", "comments"),
        ("12 Comments", "comments"),
        ("Your email address will not be published. Required fields are marked *", "comments"),
        ("Share this:", "share"),
        ("Share Tweet Print Email", "share"),
        ("Facebook | Twitter | WhatsApp", "share"),
        ("Follow us on Telegram", "share"),
        ("We use cookies to improve your experience on our site.", "cookies"),
        ("Accept all cookies", "cookies"),
        ("Subscribe to our newsletter", "subscription"),
        ("Get the day's top stories in your inbox every morning", "subscription"),
        ("ADVERTISEMENT", "advertisement"),
        ("Story continues below", "advertisement"),
        ("Home > World > Middle East", "navigation"),
        ("Home World Politics Business Sport", "navigation"),
        ("Back to top button", "navigation"),
        ("Tags: army, rebels, Novyi Brid", "tags"),
        ("#war #frontline", "tags"),
        ("Photo: Press service of the brigade", "caption"),
        ("File photo", "caption"),
        ("Soldiers ride on a tank near Novyi Brid on May 3, 2031. (Getty Images)", "caption"),
        ("A child looks out of a shelter [File: Olena Marchenko/Reuters]", "caption"),
        ("By Olena Marchenko and John Smith", "byline"),
        ("Olena Marchenko contributed to this report.", "byline"),
        ("(Reporting by Olena Marchenko; Editing by John Smith)", "agency credit"),
        ("Copyright 2031 The Steppe Herald. All rights reserved.", "copyright"),
        ("© 2031 The Steppe Herald", "copyright"),
        ("3 min read", "timestamp"),
        ("Updated 14:30 GMT", "timestamp"),
        ("https://herald.example/story/1", "link"),
    ],
)
def test_lines_that_are_debris_as_a_whole_are_cut(line: str, rule: str) -> None:
    article = cleaned(f"{FIRST}\n\n{line}\n\n{SECOND}\n\n{THIRD}")
    assert article.text == BODY
    assert [(cut.text, cut.rule) for cut in article.cut] == [(line, rule)]


@pytest.mark.parametrize(
    "line",
    [
        "Rebels took the bridge.",
        "The army shared images of the captured tank with reporters.",
        "Support our troops, the president told the crowd in the square.",
        "Reporting by two human rights groups shows that 30 people were killed.",
        "The report was published on Monday and said that 300 people were killed.",
        "Photo shows were cancelled in the capital as shells fell near the theatre.",
        "More than 300 people were killed in the first week.",
        "By Monday the town was surrounded.",
        "Comments by the minister drew a sharp answer from the rebels.",
        "Follow-up attacks were reported from the east.",
        "Advertisement boards along the road were riddled with bullets.",
        "Home guards held the bridge against three attacks.",
        "Sign up for the militia was compulsory, residents said.",
        "Read the terms again, the general told the rebels: surrender or die.",
        "He said: “Share the food, print the leaflets, and wait.”",
    ],
)
def test_sentences_that_look_like_debris_stay(line: str) -> None:
    assert cleaned(f"{FIRST}\n\n{line}\n\n{SECOND}").text == f"{FIRST}\n\n{line}\n\n{SECOND}"


def test_reader_comments_are_never_source_text() -> None:
    comments = "\n\n".join(
        f"User{number} says:\n\nI think you are all wrong and my cousin told me that they killed {number} more of them."
        for number in range(2, 6)
    )
    assert cleaned(f"{BODY}\n\n5 Comments\n\n{comments}").text == BODY


def test_an_article_that_goes_on_after_a_form_is_kept() -> None:
    assert cleaned(f"{FIRST}\n\nLeave a Reply\n\n{BODY}\n\n{SECOND} {THIRD}").text.endswith(f"{SECOND} {THIRD}")


def test_a_list_of_other_articles_at_the_end_is_cut() -> None:
    tail = (
        "Related Articles\n\nTen days of fighting in maps\n\nWho are the Northern Front\n\nBread queues in the capital"
    )
    assert cleaned(f"{BODY}\n\n{tail}").text == BODY


@pytest.mark.parametrize(
    ("opening", "dateline", "wire"),
    [
        ("BENGHAZI, Libya (Reuters) - ", "BENGHAZI, Libya", "Reuters"),
        ("KYIV, March 4 (AP) — ", "KYIV", "AP"),
        ("Brussels, Belgium (CNN) -- ", "Brussels, Belgium", "CNN"),
        ("(CNN) -- ", "", "CNN"),
        ("MOSCOW, March 20. /TASS/. ", "MOSCOW", "TASS"),
        ("Damascus, SANA – ", "Damascus", "SANA"),
        ("GOMA, DR Congo — ", "GOMA, DR Congo", ""),
        ("Port Sudan, 4 March 2031 – ", "Port Sudan", ""),
        ("PARIS/GENEVA (AFP) – ", "PARIS/GENEVA", "AFP"),
        ("UNITED NATIONS, May 3 (Xinhua) -- ", "UNITED NATIONS", "Xinhua"),
        ("Kyiv, Ukraine – ", "Kyiv, Ukraine", ""),
        ("Khartoum — ", "Khartoum", ""),
        ("Khartoum, May 4, 2031 (SUNA) - ", "Khartoum", "SUNA"),
        ("Al-Fashir (Sudan Tribune) - ", "Al-Fashir", "Sudan Tribune"),
        ("TASS, May 4. ", "", "TASS"),
        ("(AFP) ", "", "AFP"),
    ],
)
def test_datelines(opening: str, dateline: str, wire: str) -> None:
    article = cleaned(f"{opening}{BODY}")
    assert (article.text, article.dateline, article.wire) == (BODY, dateline, wire)
    assert article.cut[-1].rule == "dateline"


@pytest.mark.parametrize(
    "opening",
    [
        "NATO - which has 32 members - said on Sunday that it would send observers to the border region within days.",
        "Aleppo, Syria's second city, was shelled on Sunday.",
        "SDF fighters took the bridge on Sunday.",
        "Kherson fell on Sunday (Reuters photographs showed flags on the roof) and was quiet by night.",
        "The Army (SAA) - the main force - entered the town.",
        "Colonel Petrenko: we hold the bridge and will hold it for as long as it is needed.",
        "12 people were killed on 4 May 2031 in the town of Novyi Brid.",
        "4 May 2031 was the day on which the town of Novyi Brid fell.",
    ],
)
def test_openings_that_are_no_dateline_stay(opening: str) -> None:
    assert cleaned(f"{opening}\n\n{SECOND}").text == f"{opening}\n\n{SECOND}"


def test_titles_summaries_and_stamps_run_in_before_a_dateline_go() -> None:
    place = "KYIV/DNIPRO, Ukraine"
    article = cleaned(
        f"Village entered, rebels deny it {place} | Thu Apr 7, 2011 6:34 pm EDT {place} (Reuters) - {BODY}"
    )
    assert article.text == BODY
    assert article.dateline == "KYIV/DNIPRO, Ukraine"
    assert article.published == datetime(2011, 4, 7, 22, 34, tzinfo=UTC)


def test_a_timeline_keeps_its_dates() -> None:
    text = f"2 May 2031 {FIRST}\n\n3 May 2031 {SECOND}\n\n4 May 2031 {THIRD}"
    assert cleaned(text).text == text


def test_header_lines_are_read() -> None:
    text = f"Title: Village entered\nSource: The Steppe Herald\nDate: 4 May 2031\nURL: https://www.herald.example/1\n\n{BODY}"
    article = cleaned(text)
    assert (article.title, article.outlet, article.url) == (
        "Village entered",
        "The Steppe Herald",
        "https://www.herald.example/1",
    )
    assert article.published == datetime(2031, 5, 4, 12, tzinfo=UTC)
    assert article.text == BODY


def test_a_title_that_is_repeated_is_cut_and_the_name_of_the_site_goes_from_it() -> None:
    article = cleaned(
        f"Village entered on Sunday\n{BODY}", title="Village entered on Sunday | Steppe Herald", outlet="Steppe Herald"
    )
    assert (article.title, article.text) == ("Village entered on Sunday", BODY)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"outlet": "Herald", "url": "https://x.example/1"}, "Herald"),
        ({"url": "https://www.herald.example/1"}, "herald.example"),
        ({"url": "https://www.bbc.co.uk/news/1"}, "BBC"),
        ({}, "AFP"),
    ],
)
def test_the_outlet_is_who_the_container_the_address_or_the_credit_names(said: dict[str, str], expected: str) -> None:
    assert cleaned(f"KYIV (AFP) - {BODY}", **said).outlet == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2031-05-04", datetime(2031, 5, 4, 12, tzinfo=UTC)),
        ("2031-05-04T08:30:00+03:00", datetime(2031, 5, 4, 5, 30, tzinfo=UTC)),
        ("2031-05-04 08:30", datetime(2031, 5, 4, 8, 30, tzinfo=UTC)),
        ("Sun, 04 May 2031 08:30:00 +0300", datetime(2031, 5, 4, 5, 30, tzinfo=UTC)),
        ("May 4, 2031 at 8:30 pm EDT", datetime(2031, 5, 5, 0, 30, tzinfo=UTC)),
        ("4 mai 2031", datetime(2031, 5, 4, 12, tzinfo=UTC)),
        ("04.05.2031", datetime(2031, 5, 4, 12, tzinfo=UTC)),
        ("5/24/2031", datetime(2031, 5, 24, 12, tzinfo=UTC)),
        ("1300000000", datetime(2011, 3, 13, 7, 6, 40, tzinfo=UTC)),
        ("03/04/2031", None),
        ("yesterday", None),
        ("31 February 2031", None),
        ("", None),
    ],
)
def test_published(said: str, expected: datetime | None) -> None:
    assert cleaned(BODY, published=said).published == expected


def test_a_day_without_a_time_stays_that_day_around_the_world() -> None:
    published = cleaned(BODY, published="2031-05-04").published
    assert published is not None
    assert {(published + timedelta(hours=hours)).day for hours in (-12, -5, 0, 8, 11)} == {4}


def test_the_stamp_of_the_text_outweighs_a_container_of_another_week() -> None:
    article = cleaned(f"Fri 2 May 2031\n\n{BODY}", published="2031-05-20")
    assert article.published == datetime(2031, 5, 2, 12, tzinfo=UTC)
    assert cleaned(f"Fri 2 May 2031\n\n{BODY}", published="2031-05-02T05:00Z").published == datetime(
        2031, 5, 2, 5, tzinfo=UTC
    )


def test_lines_broken_to_a_width_are_put_together_and_paragraphs_stay() -> None:
    wrapped = (
        "Government troops entered the village of Novyi Brid on\n"
        "Sunday after two days of shelling, people there said by\n"
        "phone. The Northern Front denied that it had lost the\nvillage and said its men held the elevator there.\n\n"
        "Aid workers counted eleven wounded in the hospital of\nthe district, four of them children, and expected more."
    )
    assert cleaned(wrapped).text.count("\n\n") == 1
    assert "\n" not in cleaned(wrapped).text.replace("\n\n", "")


PAGE = f"""<!DOCTYPE html><html><head><title>Village entered | The Steppe Herald</title>
<meta property="og:site_name" content="The Steppe Herald"><link rel="canonical" href="https://herald.example/1">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Village entered",
"datePublished": "2031-05-04T08:30:00+03:00"}}</script></head><body><nav><a href="/">Home</a></nav>
<article><h1>Village entered</h1><p>By Olena Marchenko</p><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>
<p>Read more: Ten days in maps</p></article><div id="comments"><h3>Leave a Reply</h3><p>Your email address will not be
published.</p></div><footer>© 2031 The Steppe Herald</footer></body></html>"""


def test_a_page_gives_its_article_and_what_it_says_of_it() -> None:
    article = clean(Raw("a.html", PAGE, Media.HTML))
    assert isinstance(article, Article)
    assert article.text == BODY
    assert (article.title, article.outlet, article.url) == (
        "Village entered",
        "The Steppe Herald",
        "https://herald.example/1",
    )
    assert article.published == datetime(2031, 5, 4, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<p></p>", "<!DOCTYPE html>"])
def test_a_page_without_an_article_is_a_failure(page: str) -> None:
    found = clean(Raw("a.html", page, Media.HTML))
    assert isinstance(found, Failure)
    assert "page" in found.why


def test_only_debris_is_a_failure_that_says_so() -> None:
    found = clean(Raw("a.txt", "Leave a Reply\n\nShare this:\n\nBack to top button"))
    assert isinstance(found, Failure)
    assert "debris" in found.why


def test_what_cannot_be_seen_is_dropped() -> None:
    hidden = "The ar\u200bmy \u202etook\u202c the\u00a0\u00adbri\x07dge\U000e0041\ufeff on Sunday."
    hidden += "\r\n\r\nIt held it\u2028after dark."
    assert cleaned(hidden).text == "The army took the bridge on Sunday.\n\nIt held it after dark."
    assert cleaned(f"Cafe\u0301 owners fled. {FIRST}").text.startswith("Caf\u00e9")
    assert cleaned("نیروها شهر را می\u200cگیرند و می\u200cروند.").text.count("\u200c") == 2


# One sentence each, made of plain words, so that no line of them is debris.
_WORDS = [
    "army",
    "village",
    "rebels",
    "bridge",
    "morning",
    "residents",
    "shelling",
    "river",
    "north",
    "column",
    "fighters",
    "hospital",
    "road",
    "said",
    "after",
    "near",
]
_SENTENCE = st.lists(st.sampled_from(_WORDS), min_size=14, max_size=26).map(
    lambda words: " ".join(words).capitalize() + "."
)
_PROSE = st.lists(st.lists(_SENTENCE, min_size=2, max_size=4).map(" ".join), min_size=2, max_size=6)


_DEBRIS = ["Related Articles", "Share this:", "Leave a Reply", "12 Comments", "© 2031 Herald", "Tags: war"]


@given(paragraphs=_PROSE, debris=st.sampled_from(_DEBRIS), where=st.integers(0, 6))
@settings(max_examples=60, deadline=None)
def test_no_sentence_of_long_paragraphs_is_ever_cut(paragraphs: list[str], debris: str, where: int) -> None:
    mixed = [*paragraphs[:where], debris, *paragraphs[where:]]
    assert cleaned("\n\n".join(mixed)).text == "\n\n".join(paragraphs)


_NOISE = st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))


@given(data=_NOISE, media=st.sampled_from(Media))
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_an_article_that_keeps_its_word_or_a_failure(data: bytes, media: Media) -> None:
    try:
        found = clean(Raw("noise", decode(data), media))
    except NotText:
        return
    if isinstance(found, Failure):
        assert found.why
        return
    assert not any(unicodedata.category(character) in ("Cc", "Cs") and character != "\n" for character in found.text)
    assert found.text == found.text.strip() == unicodedata.normalize("NFC", found.text)
    covered = "".join(found.text[span.start : span.end] for span in found.sentences)
    assert "".join(covered.split()) == "".join(found.text.split())
