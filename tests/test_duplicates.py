"""Copies are found, whatever their outlet did to them; a version that says something else is kept."""

import random
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from briefer.clean import Duplicate, duplicates, twins
from briefer.types import Article, identifier

STORY = (
    "Government troops entered the village of Novyi Brid after two days of shelling, residents said by telephone.\n\n"
    "The Northern Front denied that it had lost the village and said its fighters still held the grain elevator at its"
    " edge. A spokesman for the front said 15 soldiers were killed when a column was caught on the river road.\n\n"
    "The defence ministry gave no figure for its own losses. It published a film of troops beside the"
    " school and said that"
    " the crossing would be opened for the families who fled in spring.\n\n"
    "Aid workers counted eleven wounded in the district hospital, four of them children, and asked both"
    " sides for a pause"
    " to bring medicine over the bridge before the cold sets in. Neither side answered in public.\n\n"
    "The village has changed hands three times since the winter and lies on the only paved road to the lakes, where the"
    " front has its last airfield and most of its fuel."
)


def article(text: str, **said: object) -> Article:
    base = Article(id=identifier(text, prefix="a"), name="a", text=text, sentences=())
    return replace(base, **said)  # type: ignore[arg-type]


ORIGINAL = article(STORY, outlet="Herald", published=datetime(2031, 5, 4, 6, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "outlet", "why"),
    [
        (STORY.replace("\n\n", "  "), "Herald", "same_text"),
        (STORY.upper(), "Herald", "same_text"),
        (STORY.replace("by telephone", "by phone").replace("defence", "defense"), "Herald", "near_copy"),
        (STORY, "Tribune", "syndicated"),
        (STORY[: STORY.index("Aid workers")].strip(), "Tribune", "syndicated"),
        (STORY[: STORY.index("The defence")].strip(), "Herald", "near_copy"),
        ("From our correspondents and the agencies in the region. " + STORY, "Tribune", "syndicated"),
    ],
)
def test_copies(text: str, outlet: str, why: str) -> None:
    copy = article(f"{text} ", outlet=outlet, published=datetime(2031, 5, 4, 9, tzinfo=UTC))
    assert duplicates([copy, ORIGINAL]) == {copy.id: Duplicate(ORIGINAL.id, why)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("15 soldiers were killed", "18 soldiers were killed"),
        ("counted eleven wounded", "counted seven wounded"),
        ("denied that it had lost", "confirmed that it had lost"),
        ("gave no figure", "gave a figure"),
        ("would be opened", "would not be opened"),
        ("three times since", "four times since"),
    ],
)
def test_a_version_that_says_something_else_is_kept(old: str, new: str) -> None:
    assert old in STORY
    later = article(STORY.replace(old, new), outlet="Herald", published=datetime(2031, 5, 4, 9, tzinfo=UTC))
    assert duplicates([ORIGINAL, later]) == {}


def test_other_stories_of_one_day_are_kept() -> None:
    other = article(
        "Rebels shelled the railway at Stara Hora on Sunday, killing two guards, the governor said."
        " Government troops entered"
        " the village of Novyi Brid on the same day. Trains to the coast were halted until the line is mended."
    )
    assert duplicates([ORIGINAL, other]) == {}


def test_the_original_is_the_earliest_then_the_longest_then_the_lowest_id() -> None:
    versions = [
        article(f"{STORY} ", outlet="B", published=None),
        article(f"{STORY}  ", outlet="C", published=datetime(2031, 5, 4, 8, tzinfo=UTC)),
        article(f" {STORY}", outlet="D", published=datetime(2031, 5, 4, 7, tzinfo=UTC)),
    ]
    assert {found.of for found in duplicates(versions).values()} == {versions[2].id}
    unknown = [replace(version, published=None) for version in versions]
    longest = max(len(version.text) for version in unknown)
    lowest = min((version for version in unknown if len(version.text) == longest), key=lambda version: version.id)
    assert {found.of for found in duplicates(unknown).values()} == {lowest.id}


def test_a_short_early_version_does_not_push_out_the_full_story() -> None:
    flash = article(STORY[: STORY.index("The defence")].strip(), published=datetime(2031, 5, 4, 5, tzinfo=UTC))
    assert list(duplicates([flash, ORIGINAL])) == [flash.id]


def test_a_version_with_news_at_its_end_is_the_one_that_is_kept() -> None:
    news = f"{STORY} Late in the day the army said that it had left the village again."
    later = article(news, published=datetime(2031, 5, 4, 9, tzinfo=UTC))
    assert list(duplicates([ORIGINAL, later])) == [ORIGINAL.id]


def test_articles_of_one_text_are_named_together() -> None:
    first, second = replace(ORIGINAL, name="x"), replace(ORIGINAL, name="y", outlet="Tribune", published=None)
    assert duplicates([second, first]) == {}
    assert twins([second, first, article("Other text.")]) == {ORIGINAL.id: (first, second)}


def test_the_order_of_the_articles_does_not_matter() -> None:
    generator = random.Random(7)
    articles = [
        ORIGINAL,
        *(article(_story(number) + extra) for number in range(12) for extra in ("", " The wind fell.")),
    ]
    expected = duplicates(articles)
    assert len(expected) == 12
    for _ in range(3):
        generator.shuffle(articles)
        assert duplicates(articles) == expected


def test_the_cost_grows_with_the_number_of_articles_even_where_all_are_alike() -> None:
    def seconds(count: int) -> float:
        articles = [article(f"{_story(number % 9)} Agency{number}x.") for number in range(count)]
        start = time.perf_counter()
        assert len(duplicates(articles)) >= count - 9
        return time.perf_counter() - start

    seconds(50)
    assert seconds(1600) < 12 * max(seconds(400), 0.02)


def test_nothing_and_next_to_nothing() -> None:
    assert duplicates([]) == {}
    assert duplicates([article(""), article("!"), article("Word"), article("Two words")]) == {}


def _story(seed: int) -> str:
    generator = random.Random(seed)
    words = [
        f"{stem}{ending}"
        for stem in ("kor", "lem", "tav", "rin", "sob", "hul")
        for ending in ("a", "en", "ost", "iv", "um")
    ]
    return " ".join(generator.choice(words) for _ in range(160)).capitalize() + "."
