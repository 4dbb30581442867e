"""Reading whole articles: what one sentence takes from those before it."""

from datetime import UTC, date, datetime

from briefer.extract.rules import claims_of
from briefer.reading.sentences import split
from briefer.types import Article, Change, Claim, Claimant, Modality


def read(text: str, *, day: int = 16) -> list[Claim]:
    return claims_of(Article("a1", "a.txt", text, split(text), published=datetime(2031, 4, day, 12, tzinfo=UTC)))


def test_the_town_is_the_one_just_named() -> None:
    claims = read("Rebels entered the town of Sel Marra on Tuesday. The army recaptured the town on Wednesday.")
    assert [(c.place.name if c.place else "", c.change) for c in claims] == [
        ("Sel Marra", Change.ENTERED),
        ("Sel Marra", Change.RECAPTURED),
    ]


def test_the_town_is_nobodys_where_two_could_be_meant() -> None:
    claims = read("Rebels shelled Sel Marra and Ard Kesh on Tuesday. The army recaptured the town on Wednesday.")
    assert not [c for c in claims if c.change is Change.RECAPTURED]


def test_he_is_the_speaker_named_before() -> None:
    text = "A spokesman for the rebels said talks had ended. He said the army had captured the town of Ard Kesh."
    [claim] = [c for c in read(text) if c.change]
    assert claim.attribution.kind is Claimant.PARTY
    assert "spokesman" in claim.attribution.who


def test_a_quotation_without_a_speaker_is_not_told() -> None:
    assert not read('"The army captured the town of Ard Kesh on Monday and burned it."')


def test_a_sum_over_the_war_is_no_toll_of_the_day() -> None:
    [claim] = read("More than 64,000 people have been killed in Dorvan since 2027.")
    assert claim.modality is Modality.HISTORICAL


def test_a_day_of_the_report_is_not_the_day_of_the_event() -> None:
    [claim] = read("The ministry said on Wednesday that troops had captured the town of Ard Kesh on Monday.")
    assert claim.when.start == date(2031, 4, 14)


def test_without_a_date_of_its_own_an_article_dates_nothing() -> None:
    text = "Troops captured the town of Ard Kesh on Monday."
    [claim] = claims_of(Article("a1", "a.txt", text, split(text)))
    assert (claim.when.start, claim.when.as_written) == (None, "on Monday") or claim.when.as_written == "Monday"


def test_novels_and_old_wars_tell_nothing_of_today() -> None:
    assert not read("In the film, rebels capture the town of Ard Kesh.")
    assert all(c.modality is Modality.HISTORICAL for c in read("British troops captured the town of Ard Kesh in 1916."))
