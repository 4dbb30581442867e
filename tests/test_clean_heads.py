"""Scraped pages: what stands above and below the story is told apart, and no sentence of the story is lost."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefer.clean import clean
from briefer.types import Article, Raw

PAGES = Path(__file__).parent / "pages"


@dataclass(frozen=True)
class Expected:
    """What a reader sees in a page. `story` are the first words of each of its lines that are the story, in order."""

    name: str
    outlet: str
    title: str
    published: datetime | None
    story: tuple[str, ...]
    dateline: str = ""
    wire: str = ""


def at(hour: int = 12, minute: int = 0, day: int = 14) -> datetime:
    return datetime(2031, 4, day, hour, minute, tzinfo=UTC)


EXPECTED = [
    Expected(
        "grenzkurier.example_ausland_tarnow-pass.txt",
        "Grenzkurier",
        "Regierungstruppen räumen den Talpass, Rebellen rücken in Ostrava nach",
        at(16, 45),
        ("Die Regierungstruppen haben", "Kämpfer der Bergfront", "Das Verteidigungsministerium"),
    ),
    Expected(
        "page_isodate_coast.txt",
        "The Coast Monitor",
        "Shelling closes Ruvani harbour for third day as council troops hold the quay",
        at(7, 20),
        ("Shells fell on the inner", "Troops of the Coastal", "The Council said", '"Nothing moves here,"'),
        "RUVANI, Salt Coast",
    ),
    Expected(
        "blog_posted_on.txt",
        "Highland War Notes",
        "Government column reaches Dabre; Tirso garrison relieved after nine weeks",
        at(),
        ("A column of the Federal", "Fighters of the Highland", "The Union has not"),
    ),
    Expected(
        "www.republicwire.example_2031_04_afp.txt",
        "Republic Wire",
        "Rebels overrun border post at Kell, army says it fell back in good order",
        at(11, 5),
        ("Rebels overran the border", "The army said in", "Five lorries were"),
        "KELL, Sembe",
        "AFP",
    ),
    Expected(
        "africabreadcrumb.txt",
        "The Associated Press",
        "Militia quits two mining towns in Ndolo under truce deal",
        at(7, 15),
        ("A militia that had", "Trucks carrying about", "Observers from the", '"I will believe it'),
        "YAMBI, Ndolo",
        "AP",
    ),
    Expected(
        "emdash_caps.txt",
        "The Archipelago Times",
        "Navy retakes Pulo lighthouse from separatists in dawn landing",
        at(),
        ("Marines landed on", "Two marines were killed", "The island council denied", "Fishermen said"),
        "PULO SAGA",
    ),
    Expected(
        "telegramlike.txt",
        "Frontline Steppe",
        "Kazan ridge: brigade takes three heights, loses one by nightfall",
        at(17, 10),
        ("The 14th Brigade took", "Border troops of", "Nobody could say"),
    ),
    Expected(
        "www.lejournaldunord.example_monde.txt",
        "Le Journal du Nord",
        "Les insurgés prennent le gué de Sarka, l'armée garde la citadelle",
        at(19, 30),
        ("Les insurgés du Front", "L'armée garde la citadelle et", "Le gouvernement n'a"),
        "SARKA",
        "AFP",
    ),
    Expected(
        "newsletterbox.txt",
        "Delta Herald",
        "Army says it cleared the Emeka channel, fishermen report shots in the reeds",
        at(),
        ("The army said on", "Three fishermen reached", "A spokesman for", "The governor is due"),
    ),
    Expected(
        "lastupdated_valley.txt",
        "Valley Post",
        "Clashes cut the road to Imre as tribal guards and police trade fire",
        at(20, 15),
        ("Tribal guards and police", "Four guards and", "Elders met at", '"The road is'),
    ),
    Expected(
        "islandbulletin.example-2031-04-14-night-raid.md",
        "Island Bulletin",
        "Night raid on Cape Loma barracks leaves seven dead",
        at(6, 50),
        ("Seven soldiers were", "The gunmen came", "No group has"),
    ),
    Expected(
        "monitor_daily.txt",
        "Lakes Conflict Observatory",
        "Daily incident report, issue 412",
        at(),
        (
            "OVERVIEW", "Government forces gained", "WESTERN SHORE", "Kabale. Government", "Ruzi. No change",
            "ISLANDS", "Exchange of fire",
        ),
    ),
]  # fmt: skip


def read(name: str) -> Article:
    article = clean(Raw(name=f"collected/{name}", text=(PAGES / name).read_text("utf-8")))
    assert isinstance(article, Article), article
    return article


def without_dateline(line: str) -> str:
    return next((line.partition(dash)[2] for dash in (" — ", " – ") if dash in line[:40]), line)


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda expected: expected.name.partition(".")[0])
def test_a_scraped_page_gives_its_story_and_what_its_head_says(expected: Expected) -> None:
    article = read(expected.name)
    assert (article.title, article.outlet) == (expected.title, expected.outlet)
    assert article.published == expected.published
    assert (article.dateline, article.wire) == (expected.dateline, expected.wire)
    lines = [without_dateline(line) for line in (PAGES / expected.name).read_text("utf-8").splitlines()]
    story = [next(line for line in lines if line.startswith(start)) for start in expected.story]
    assert article.text.split("\n\n") == story


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda expected: expected.name.partition(".")[0])
def test_every_line_of_a_page_is_in_the_story_or_among_the_cuts(expected: Expected) -> None:
    article = read(expected.name)
    kept = "".join((article.text + "".join(cut.text for cut in article.cut)).split())
    for line in (PAGES / expected.name).read_text("utf-8").splitlines():
        for word in line.replace("—", " ").replace("–", " ").split():
            assert word in kept or not word.isalpha(), line


STORY = (
    "Government troops entered the village of Novyi Brid on Sunday after two days of shelling, people there said.\n\n"
    "The Northern Front denied that it had lost the village and said its fighters still held the grain elevator there."
)


def head_of(top: str, name: str = "a.txt") -> Article:
    article = clean(Raw(name=name, text=f"{top}{STORY}"))
    assert isinstance(article, Article)
    assert article.text == STORY
    return article


@pytest.mark.parametrize(
    ("stamp", "published"),
    [
        ("April 14, 2031 / 2:10 PM GMT / Updated 3 hours ago", at(14, 10)),
        ("Politics / 14 April 2031 - 21:47 / News ID: 48213", at(21, 47)),
        ("Monday, April 14, 2031 at 7:05 p.m.", at(19, 5)),
        ("Monday 14 April 2031.", at()),
        ("Monday, 14 April 2031 | Riverside 19°C, fair | Subscribe from €2 a week", at()),
        ("Herald | Riverside | Monday, 14 April", None),
        ("Posted on 14 April 2031 by Olena Marchenko", at()),
        ("Published Apr 14, 2031, 10:22 EDT", at(14, 22)),
        ("2031-04-14 08:30", at(8, 30)),
        ("14.04.2031 17:05", at(17, 5)),
        ("Понедельник, 14 апреля 2031, 09:15", at(9, 15)),
        ("الإثنين 14 نيسان/أبريل 2031 – الساعة 17:40", at(17, 40)),
        ("Published 17:44", None),
    ],
)
def test_a_line_that_holds_a_date_and_little_else_is_the_stamp(stamp: str, published: datetime | None) -> None:
    article = head_of(f"The Steppe Herald\nTroops enter village of Novyi Brid, rebels deny its loss\n{stamp}\n\n")
    assert article.published == published
    assert article.title == "Troops enter village of Novyi Brid, rebels deny its loss"
    assert article.outlet == "The Steppe Herald"


@pytest.mark.parametrize(
    "line",
    [
        "On 14 April 2031 the army left.",
        "The army left on 14 April 2031.",
        "By Monday it was over.",
        "Photo shows were cancelled. He said so.",
    ],
)
def test_a_short_first_sentence_below_a_head_stays(line: str) -> None:
    page = f"The Steppe Herald\nNews | World | Sport\n\nTroops enter Novyi Brid after siege\n\n{line}\n\n{STORY}"
    article = clean(Raw(name="a.txt", text=page))
    assert isinstance(article, Article)
    assert article.text == f"{line}\n\n{STORY}"


@pytest.mark.parametrize(
    ("name", "outlet"),
    [
        ("in/steppeherald.example_news_1.txt", "Steppe Herald"),
        ("www.kuriernet.example_news_1.txt", "kuriernet.example"),
        ("report.final.txt", ""),
        ("notes.de.txt", ""),
        ("a.txt", ""),
    ],
)
def test_a_host_in_the_name_of_the_file_is_the_last_guess_at_the_outlet(name: str, outlet: str) -> None:
    text = f"{STORY} A reporter of the Steppe Herald saw the flag."
    article = clean(Raw(name=name, text=text))
    assert isinstance(article, Article)
    assert article.outlet == outlet


@pytest.mark.parametrize(
    ("top", "title", "outlet"),
    [
        ("Troops enter Novyi Brid - The Steppe Herald\n\n", "Troops enter Novyi Brid", "The Steppe Herald"),
        ("Army Retakes Border Post\n14 April 2031\n\n", "Army Retakes Border Post", ""),
        ("ANALYSIS\nWhy the fall of Novyi Brid matters\n14 April 2031\n\n", "Why the fall of Novyi Brid matters", ""),
        (
            "UN Office for Steppe Affairs (UNOSA)\nSituation Report No. 14\nAs of 14 April 2031\n\n",
            "Situation Report No. 14",
            "UN Office for Steppe Affairs",
        ),
        (
            "Steppe Herald\nHome\nNews\nSport\nTroops enter Novyi Brid after siege\n2 hours ago\nShare\nSave\n"
            "Olena Marchenko\nDefence editor, Kyiv\n\nGetty Images\nA soldier near a burnt-out tank\n\n",
            "Troops enter Novyi Brid after siege",
            "Steppe Herald",
        ),
    ],
    ids=["site behind title", "outlet word in headline", "kicker", "agency of a report", "menu of lines"],
)
def test_heads_in_other_shapes(top: str, title: str, outlet: str) -> None:
    article = head_of(top)
    assert (article.title, article.outlet) == (title, outlet)


_LINES = st.sampled_from([
    "The Steppe Herald", "Home | News | Sport | Weather", "Truth. Courage. Steppe.", "April 14, 2031 / 2:10 PM GMT",
    "By Olena Marchenko", "4 min read", "Troops enter village after two days of shelling", "* Rebels deny the loss",
    "SUMMARY", "Home > World > Steppe", "Share Save", "", "Photo: Press service",
])  # fmt: skip


@given(top=st.lists(_LINES, max_size=9))
@settings(max_examples=150, deadline=None)
def test_whatever_stands_above_it_the_story_is_never_cut(top: list[str]) -> None:
    article = clean(Raw(name="a.txt", text="\n".join([*top, "", STORY])))
    assert isinstance(article, Article)
    assert article.text.endswith(STORY)
