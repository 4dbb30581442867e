"""What is not about a conflict is named by its subject; what may be is kept."""

import pytest

from briefer.clean import off_topic
from briefer.types import Article

SPORT = (
    "United captured the title on Saturday after a late strike from their captain sealed the defeat of City before"
    " 60,000 fans. The striker attacked down the left all match and scored twice in the second half, and"
    " the coach praised a"
    " defence that repelled wave after wave. City fought back with a goal from a free kick, but their"
    " goalkeeper was beaten"
    " again in the last minute. The win puts United top of the league with two games of the season left."
)
WAR = (
    "Rebels captured the border post on Saturday after shelling army positions for two days, the governor said. Troops"
    " withdrew to the next town and at least nine soldiers were killed in an ambush on the road,"
    " according to residents."
)


def article(text: str, *, title: str = "", language: str = "en") -> Article:
    return Article(id="a1", name="a", text=text, sentences=(), title=title, language=language)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (SPORT, "sport"),
        (
            "Shares rose on Wall Street on Friday as investors bet on lower interest rates. The benchmark index"
            " gained 1.2"
            " percent, its best week since March, while bond yields slipped. Crude fell below $80 a barrel and"
            " gold held near a"
            " record. Analysts said earnings had beaten forecasts and that the rally in technology stocks had"
            " room to run.",
            "markets",
        ),
        (
            "Heat the oven to 180 degrees. Melt the butter in a saucepan, add the chopped onion and garlic and"
            " cook until soft."
            " Stir in the flour, then whisk in the milk and simmer for five minutes. Pour over the vegetables in"
            " a baking dish,"
            " bake until golden and serve with bread. Serves four.",
            "recipes",
        ),
        (
            "The singer opened her tour with a concert that had fans on their feet. She played songs from the"
            " new album, which"
            " topped the chart this week, and was joined by the actor who starred in her last film. The director"
            " of the film"
            " said a sequel was planned and that the soundtrack would be released in spring.",
            "entertainment",
        ),
        (
            "Aries: a surprise at work brings you luck, so trust your instinct. Taurus: Venus smiles on your"
            " purse. Gemini: a"
            " friend has news. Cancer: rest. Leo: your charm wins the day. Virgo: clear your desk. Libra: say"
            " yes. Your zodiac"
            " sign and the moon favour travel.",
            "horoscope",
        ),
        (
            "Showers will spread from the west on Tuesday with a chance of thunderstorms by evening, forecasters said."
            " Temperatures will reach 24 degrees Celsius in the south, while strong winds are likely on the"
            " coast. Sunshine"
            " returns on Thursday as humidity falls, the weather service said.",
            "weather",
        ),
        (
            "The spring garden show opens on Friday with 200 kinds of roses and tulips in bloom. Visitors can"
            " buy seedlings and"
            " compost from local nursery owners, and gardeners will give talks on pruning. Admission is free for"
            " children, and"
            " the border of wild flowers is the pride of the general committee.",
            "gardening",
        ),
        (
            "The town library will open an hour longer from next month, the council decided on Tuesday. Readers"
            " had asked for"
            " later hours for years, and two new librarians were taken on. The children's corner will be painted"
            " in summer, and"
            " a room for quiet study is planned on the upper floor.",
            "nothing about a conflict",
        ),
    ],
)
def test_other_subjects_are_named(text: str, subject: str) -> None:
    assert off_topic(article(text)) == subject


@pytest.mark.parametrize(
    "text",
    [
        WAR,
        "The footballer who captained the national team has joined the militia that holds his home town,"
        " rebels said. The"
        " former striker, 31, was seen at a checkpoint with a rifle after shelling destroyed the stadium"
        " where he scored his"
        " first goal. Government troops have besieged the town since March and fans of his club have raised"
        " money for wounded"
        " fighters.",
        "Oil prices jumped on Monday after rebels shelled the export terminal and troops withdrew from the"
        " port, killing hopes"
        " of a ceasefire. Brent crude rose 4 percent to $92 a barrel. Traders said that the fighting could"
        " halt shipments, and"
        " militants threatened missile strikes on tankers.",
        "The foreign minister recalled the ambassador on Monday and said that the embassy would be closed"
        " after the coup.",
        "Rain turned the front line to mud on Tuesday and stopped the tanks of both sides. Soldiers said the"
        " storm had flooded"
        " their trenches, and drones could not fly in the wind.",
        "Talks on a prisoner swap will resume next week, mediators said.",
    ],
)
def test_what_is_or_may_be_about_a_conflict_is_kept(text: str) -> None:
    assert off_topic(article(text)) == ""


def test_languages_whose_words_are_not_known_are_kept() -> None:
    assert (
        off_topic(article("Kikao cha baraza la mji kilifanyika jana na wananchi wengi walihudhuria.", language="sw"))
        == ""
    )
    assert off_topic(article("", language="")) == ""
