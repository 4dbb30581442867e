"""What the parts beneath the signs promise: hours, amounts, names, meanings and differences, each in a table."""

import pytest
from reader_scoring import article_of
from tables import named

from briefer.reading import numbers
from briefer.verify.statements import hours
from briefer.verify.statements.amounts import Carried, carried
from briefer.verify.statements.differing import Piece, differences, pieces
from briefer.verify.statements.lines import line
from briefer.verify.statements.meanings import are_alike, are_opposed, stance
from briefer.verify.statements.names import Names
from briefer.verify.statements.sources import Sources

NO, DERIVED, LOOSELY, EXACTLY = Carried.NO, Carried.DERIVED, Carried.LOOSELY, Carried.EXACTLY

# ── hours ──

HOURS = [
    ("The train left at 7.50 a.m. as planned.", "7.50 a.m.", {470}),
    ("The train left at 7:50 p.m. as planned.", "7:50 p.m.", {1190}),
    ("It began at 3pm and ended late.", "3pm", {900}),
    ("It began at 12 a.m. sharp.", "12 a.m.", {0}),
    ("It began at 12.30 p.m. sharp.", "12.30 p.m.", {750}),
    ("It began at 00:15 a.m. sharp.", "00:15 a.m.", {15}),
    ("It ended at 20:00.", "20:00", {1200}),
    ("It ended at 09h30.", "09h30", {570}),
    ("It ended at noon.", "noon", {720}),
    ("It ended at midday.", "midday", {720}),
    ("It ended at midnight.", "midnight", {0}),
    ("They met at 7 o'clock.", "7 o'clock", {420, 1140}),
    ("They met at nine in the morning.", "nine", {540}),
    ("They met at nine on Wednesday evening.", "nine", {1260}),
    ("They met at three on Tuesday.", "three", {180, 900}),
    ("They met shortly after two in the afternoon.", "two", {840}),
    ("They left by eight, and the hall was empty.", "eight", {480, 1200}),
    ("By eight, the hall was full.", "eight", {480, 1200}),
]
HOURS_KNOWN: list[str] = []


@pytest.mark.parametrize(("text", "written", "minutes"), named([(row[0], *row) for row in HOURS], known=HOURS_KNOWN))
def test_an_hour_is_found_with_all_that_it_may_mean(text, written, minutes):
    (found,) = hours.find(text)
    assert text[found.start : found.end] == written
    assert found.minutes == minutes


@pytest.mark.parametrize(
    "text",
    ["They sold it at 25:00.", "At 5 people the hall was full.", "Shares fell to 7.50 euros.", "It won 99 o'clock.",
     "They met at the bridge.", "The vote was 61 to 40.", "By nine votes it fell.", ""],
)  # fmt: skip
def test_what_is_no_hour_is_not_taken_for_one(text):
    assert hours.find(text) == []


def test_hours_are_found_in_their_order():
    found = hours.find("It opened at 9 a.m., closed at noon and opened again at 14:30.")
    assert [sorted(each.minutes) for each in found] == [[540], [720], [870]]


# ── amounts ──

AMOUNTS = [
    ("10 people", "10 people", EXACTLY),
    ("twelve people", "12 people", EXACTLY),
    ("a dozen people", "12 people", EXACTLY),
    ("1.2 million people", "1,200,000 people", EXACTLY),
    ("10 people", "11 people", NO),
    ("10 people", "100 people", NO),
    ("seven people", "eleven people", NO),
    ("10 people", "", NO),
    # rounding
    ("about 10 people", "11 people", LOOSELY),
    ("about 10 people", "14 people", NO),
    ("10 people", "about 10 people", LOOSELY),
    ("nearly 500 people", "487 people", LOOSELY),
    ("some 90,000 people", "89,612 people", LOOSELY),
    ("around 1,000 people", "1,290 people", NO),
    # bounds
    ("more than 10 people", "12 people", LOOSELY),
    ("more than 10 people", "9 people", NO),
    ("over 200 trees", "212 trees", LOOSELY),
    ("over 10 trees", "212 trees", NO),
    ("at least 10 people", "10 people", LOOSELY),
    ("up to 10 people", "7 people", LOOSELY),
    ("up to 10 people", "12 people", NO),
    ("fewer than 10 people", "8 people", LOOSELY),
    ("fewer than 10 people", "10 people", NO),
    ("between 10 and 15 people", "12 people", LOOSELY),
    ("between 10 and 15 people", "20 people", NO),
    ("dozens of people", "36 people", LOOSELY),
    ("dozens of people", "12 people", NO),
    ("hundreds of people", "340 people", LOOSELY),
    ("thousands of people", "340 people", NO),
    # sums and differences
    ("16 people", "5 people and 11 people", DERIVED),
    ("6 people", "5 people and 11 people", DERIVED),
    ("21 people", "5 people, 11 people and 5 people", DERIVED),
    ("7 people", "5 people and 11 people", NO),
    ("55 people", "5 people and 11 people", NO),
    ("6 million euros", "50 million euros to 44 million euros", DERIVED),
    # shares
    ("half of the houses", "50 percent", EXACTLY),
    ("three quarters of the houses", "75 percent", EXACTLY),
    ("25 percent", "3,000 people of 12,000 people", DERIVED),
    ("a quarter of the people", "3,000 people of 12,000 people", DERIVED),
    ("60 percent", "3,000 people of 12,000 people", NO),
    ("80 percent", "20 percent", DERIVED),
    ("240 people", "20 percent of 1,200 people", DERIVED),
    ("960 people", "20 percent of 1,200 people", DERIVED),
    ("300 people", "20 percent of 1,200 people", NO),
    ("12 percent", "from 50 million euros to 44 million euros", DERIVED),
    # units
    ("10 percent", "10 people", NO),
    ("10 kilometres", "10 people", NO),
    ("10 kilometres", "10 tonnes", NO),
    ("10 dollars", "10 people", NO),
    ("48 hours", "2 days", DERIVED),
    ("two weeks", "14 days", DERIVED),
    ("36 months", "three years", DERIVED),
    ("14 miles", "14 kilometres", NO),
    ("14 metres", "14 kilometres", NO),
    ("40 seconds", "40 minutes", NO),
    ("5 dollars", "5 euros", NO),
    ("120 minutes", "2 hours", DERIVED),
    ("48 minutes", "2 hours", NO),
    ("14 hours", "2 days", NO),
    ("24 months", "2 weeks", NO),
]  # fmt: skip
AMOUNTS_KNOWN = [
    "12 percent / from 50 million euros to 44 million euros",  # shares are made of counts alone
    # a number keeps what it measures, not in which unit
    "14 miles / 14 kilometres", "14 metres / 14 kilometres", "40 seconds / 40 minutes", "5 dollars / 5 euros",
    "120 minutes / 2 hours", "48 minutes / 2 hours", "14 hours / 2 days", "24 months / 2 weeks",
]  # fmt: skip


@pytest.mark.parametrize(
    ("mine", "told", "how"), named([(f"{row[0]} / {row[1]}", *row) for row in AMOUNTS], known=AMOUNTS_KNOWN)
)
def test_a_number_is_carried_as_far_as_its_sources_go(mine, told, how):
    (number,) = numbers.find(mine)
    assert carried(number, numbers.find(told)) is how


def test_a_number_is_worked_out_only_of_those_that_may_be_added():
    (sixteen,), told = numbers.find("16 people"), numbers.find("5 killed and 11 wounded")
    assert carried(sixteen, told) is DERIVED
    assert carried(sixteen, told, told[:1]) is NO
    assert carried(told[0], told, ()) is EXACTLY


# ── names ──

NAMES = [
    ("initials", "OTA", "Orvel Transport Authority", True),
    ("other initials", "OTL", "Orvel Transport Authority", False),
    ("no abbreviation", "Ota", "Orvel Transport Authority", False),
    ("surname", "Brandvold", "Ilse Brandvold", True),
    ("title and surname", "Mayor Brandvold", "Ilse Brandvold", True),
    ("title, name and surname", "Mayor Ilse Brandvold", "Brandvold", True),
    ("short rank", "Col. Tal", "Mira Tal", True),
    ("doctor", "Dr Iyer", "Dana Iyer", True),
    ("two titles of one", "Dr Iyer", "Prof. Iyer", True),
    ("one title of two", "Mayor Brandvold", "Mayor Lund", False),
    ("one surname of two", "Mira Brandvold", "Ilse Brandvold", False),
    ("one first name of two", "Mira Brandvold", "Mira Lund", False),
    ("people and country", "Kenyan", "Kenya", True),
    ("people and town", "Orvelian", "Orvel", True),
    ("irregular people", "Spanish", "Spain", True),
    ("people in the plural", "Germans", "Germany", True),
    ("French", "French", "France", True),
    ("Dutch", "Dutch", "Netherlands", True),
    ("another people", "Kenyan", "Spain", False),
    ("known alias", "UK", "Britain", True),
    ("states", "US", "United States", True),
    ("accents", "Zurich", "Zürich", True),
    ("article", "Al Hamra", "al-Hamra", True),
    ("one spelling of two", "Kessa", "Kesa", True),
    ("two spellings of two words", "Muhammad Karim", "Mohammed Kareem", True),
    ("endings", "Kharkov", "Kharkiv", True),
    ("British spelling", "World Health Organisation", "World Health Organization", True),
    ("alike countries", "Iran", "Iraq", False),
    ("one begins as the other", "Niger", "Nigeria", False),
    ("alike continents", "Austria", "Australia", False),
    ("other towns", "Orvel", "Marlow", False),
    ("words left out", "Norvane", "Norvane Foods", True),
    ("words turned", "Orvel University", "University of Orvel", True),
    ("other kinds of one town", "Orvel Foods", "Orvel Steel", False),
    ("hills", "Hill 412", "Hill 214", False),
    ("brigades", "4th Brigade", "5th Brigade", False),
    ("which brigade", "4th Brigade", "Brigade", False),
    ("north and south", "North Kessa", "South Kessa", False),
    ("south of a country", "South Korea", "Korea", False),
    ("two halves of a country", "North Korea", "South Korea", False),
]
NAMES_KNOWN = [
    "irregular people", "people in the plural", "French", "Dutch",  # names of peoples that no rule makes
    "British spelling",  # common words of names are compared by their letters
]  # fmt: skip


def are_one(one: str, other: str, *texts: str) -> bool:
    sources = Sources([article_of(text) for text in texts])
    pairs = ((one, other), (other, one))
    found = {Names(sources).are_one(tuple(a.split()), tuple(b.split())) for a, b in pairs}
    assert len(found) == 1, "it depends on the order"
    return found.pop()


@pytest.mark.parametrize(("one", "other", "same"), named(NAMES, known=NAMES_KNOWN))
def test_two_names_are_one(one, other, same):
    assert are_one(one, other) is same


INTRODUCED = "The rebels of the Tarn Liberation Front (TLF) and the Frente Unido de Sorn (FRUS) met on Monday."


@pytest.mark.parametrize(
    ("short", "full", "same"),
    named(
        [
            ("its own", "TLF", "Tarn Liberation Front", True),
            ("shortened", "TLF", "Tarn Front", True),
            ("with other letters", "FRUS", "Frente Unido de Sorn", True),
            ("another's", "TLF", "Frente Unido de Sorn", False),
            ("another with these letters", "TLF", "Tahan Labour Federation", False),
        ],
        known=["with other letters", "another with these letters"],
    ),
)
def test_a_short_name_is_the_one_that_an_article_introduces_it_for(short, full, same):
    assert are_one(short, full, INTRODUCED) is same


def test_two_spellings_in_one_article_are_two_names_there():
    assert are_one("Kessa", "Kesa", "Kessa fell.", "Kesa fell too.")
    assert not are_one("Kessa", "Kesa", "Kessa fell on Monday, and Kesa fell on Tuesday.")


def test_the_spellings_of_a_name_are_those_of_the_sources():
    names = Names(Sources([article_of("Shells fell on Kharkiv. Nobody in Orvel was hurt.")]))
    assert names.spellings("=kharkov") == ("=kharkiv",)
    assert names.spellings("=dunmore") == ()


# ── meanings ──

ALIKE = [
    "buy purchase", "physician doctor", "began started", "fled escaped", "seize capture", "injured wounded",
    "discovered found", "film movie", "home house",
]  # fmt: skip
OPPOSED = [
    "rise fall", "rose fell", "win lose", "opened closed", "hire fire", "allow forbid", "north south",
    "northern southern", "more fewer", "before after", "buy sell", "arrive leave", "arrest release", "support oppose",
    "agree disagree", "legal illegal", "guilty innocent", "true false", "lend borrow", "advance retreat",
    "majority minority", "confirm deny", "accept reject", "approved rejected", "increase decrease", "import export",
]  # fmt: skip
UNRELATED = ["frog tram", "win eat", "said denied", "storm rain", "killed wounded"]
ALIKE_THOUGH_OPPOSED: list[str] = []


@pytest.mark.parametrize("pair", ALIKE)
def test_words_of_one_meaning_are_alike(pair):
    one, other = pair.split()
    assert are_alike(one, other)
    assert not are_opposed(one, other)


@pytest.mark.parametrize("pair", OPPOSED)
def test_opposites_are_opposed_either_way(pair):
    one, other = pair.split()
    assert are_opposed(one, other)
    assert are_opposed(other, one)


@pytest.mark.parametrize(
    ("one", "other"), named([(pair, *pair.split()) for pair in OPPOSED], known=ALIKE_THOUGH_OPPOSED)
)
def test_opposites_are_not_taken_to_mean_the_same(one, other):
    assert not are_alike(one, other)


@pytest.mark.parametrize("pair", UNRELATED)
def test_other_words_are_neither(pair):
    one, other = pair.split()
    assert not are_alike(one, other)
    assert not are_opposed(one, other)


def test_a_noun_for_those_who_fight_stands_for_their_side():
    assert stance("insurgents") == stance("rebels") != ""
    assert stance("soldiers") == stance("troops") != stance("rebels")
    assert stance("tram") == ""


# ── differences ──

TOLD = "The council sent twelve volunteers to Orvel on Monday."


def same(one: Piece, other: Piece) -> bool:
    return one.key == other.key


def differing(claim: str, told: str = TOLD) -> list[tuple[str, str]]:
    """What stands in a claim for what of the source."""
    found, _ = differences(pieces(line(claim, None)), pieces(line(told, None)), same)
    return [(" ".join(p.text for p in each.mine), " ".join(p.text for p in each.theirs)) for each in found]


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        (TOLD, []),
        ("The council sent twelve volunteers to Dunmore on Monday.", [("Dunmore", "Orvel")]),
        ("The council sent nineteen volunteers to Orvel on Monday.", [("nineteen", "twelve")]),
        ("The council sent twelve volunteers to Orvel on Friday.", [("Friday", "Monday")]),
        ("The council sent twelve soldiers to Orvel on Monday.", [("soldiers", "volunteers")]),
        ("The council sent volunteers to Orvel on Monday.", [("", "twelve")]),
        ("The council sent twelve volunteers on Monday.", [("", "to Orvel")]),
        ("The council sent twelve young volunteers to Orvel on Monday.", [("young", "")]),
        ("The council never sent twelve volunteers to Orvel on Monday.", [("never", "")]),
        ("Council sends 12 volunteers to Orvel on Monday", []),
    ],
    ids=["a copy", "a name", "a number", "a time", "a word", "a number left out", "a name left out", "a word added",
         "a not added", "other forms"],
)  # fmt: skip
def test_what_was_exchanged_left_out_and_put_in_is_found(claim, found):
    assert differing(claim) == found


def test_a_difference_knows_how_firmly_it_stands_between_common_words():
    claim, told = (
        pieces(line(text, None)) for text in ("Volunteers flew to Dunmore.", "The volunteers flew to Orvel.")
    )
    (found,), common = differences(claim, told, same)
    assert found.anchored == 2
    assert common == 3


def test_what_says_the_same_is_no_difference():
    claim = pieces(line("The council dispatched twelve volunteers to Orvel on Monday.", None))
    told = pieces(line(TOLD, None))
    assert differences(claim, told, lambda one, other: {one.text, other.text} == {"dispatched", "sent"})[0] == []
