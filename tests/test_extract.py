"""The rules extractor: claims of whole articles, each with the exact words behind it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader_scoring import article_of
from tables import named

from briefer.extract import RulesExtractor
from briefer.extract.rules import claims_of
from briefer.types import (
    Article,
    CasualtyKind,
    Change,
    Claim,
    Claimant,
    EquipmentState,
    Kind,
    Modality,
    Ruling,
    Span,
    identifier,
)

Make = Callable[..., Article]
PUBLISHED = datetime(2027, 5, 20, 12, tzinfo=UTC)
SENTENCES = (
    "Rebels captured the town of Tal Hamra on Tuesday.",
    "The army withdrew from the village of Deir Qasab on Monday.",
    "Five soldiers were killed in the city of Berat on Wednesday, residents said.",
    "The rebels said they had captured the town of Orlovka.",
    "They also shelled the town of Ras Lamoud.",
    "The town had been held by the army since 2019.",
    "Nobody expected it.",
    "Government forces are preparing to storm the town of Tal Hamra.",
    "“We left,” said Gen. Musa Danladi.",
    "The army denied that rebels had captured the town of Orlovka.",
    "Ten villages in the north have no water.",
)


def built(sentences: list[str], joint: str) -> Article:
    spans, position = [], 0
    for sentence in sentences:
        spans.append(Span(position, position + len(sentence)))
        position += len(sentence) + len(joint)
    text = joint.join(sentences)
    return Article(identifier(text, prefix="a"), "a.txt", text, tuple(spans), published=PUBLISHED)


@given(st.lists(st.sampled_from(SENTENCES), max_size=8), st.sampled_from([" ", "\n", "\n\n", "  "]))
def test_evidence_is_the_articles_own_words_in_its_order(sentences: list[str], joint: str) -> None:
    article = built(sentences, joint)
    claims = claims_of(article)
    for claim in claims:
        assert claim.article == article.id
        assert claim.evidence
        for evidence in claim.evidence:
            assert article.text[evidence.start : evidence.end] == evidence.quote
            span = article.sentences[evidence.sentence]
            assert span.start <= evidence.start < evidence.end <= span.end
    assert [claim.evidence[0].start for claim in claims] == sorted(claim.evidence[0].start for claim in claims)
    assert len({claim.id for claim in claims}) == len(claims)


@given(st.lists(st.sampled_from(SENTENCES), max_size=6))
def test_reading_an_article_twice_gives_the_same_claims(sentences: list[str]) -> None:
    article = built(sentences, " ")
    assert claims_of(article) == claims_of(replace(article))


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    for claim in claims_of(article_of(text)):
        assert all(text[e.start : e.end] == e.quote for e in claim.evidence)


EMPTY = [("nothing", ""), ("blank", " \n "), ("marks", "... !!! ---"), ("no news", "The bread was good. It rained.")]


@pytest.mark.parametrize("text", named(EMPTY))
def test_an_article_that_tells_of_nothing_gives_no_claim(text: str) -> None:
    assert claims_of(article_of(text)) == []


def test_an_article_without_sentences_gives_an_empty_extraction(make_article: Make) -> None:
    (extraction,) = RulesExtractor().extract([make_article()])
    assert extraction.claims == ()


def test_each_article_gives_one_extraction_in_order() -> None:
    articles = [article_of(sentence) for sentence in SENTENCES[:3]]
    assert [found.article for found in RulesExtractor().extract(articles)] == [article.id for article in articles]


def test_two_identical_sentences_are_two_claims_with_evidence_of_their_own() -> None:
    article = article_of(f"{SENTENCES[0]} {SENTENCES[0]}")
    first, second = claims_of(article)
    assert first.id != second.id
    assert (first.evidence[0].sentence, second.evidence[0].sentence) == (0, 1)
    assert first.evidence[0].end < second.evidence[0].start


def test_ids_hold_for_the_same_article_and_differ_between_articles() -> None:
    one, again = claims_of(article_of(SENTENCES[0])), claims_of(article_of(SENTENCES[0]))
    other = claims_of(article_of(f"{SENTENCES[0]} {SENTENCES[6]}"))
    assert [claim.id for claim in one] == [claim.id for claim in again]
    assert {claim.id for claim in one}.isdisjoint(claim.id for claim in other)


def test_a_claim_is_not_yet_judged() -> None:
    (claim,) = claims_of(article_of(SENTENCES[0]))
    assert (claim.verdict, claim.reason) == (Ruling.UNCLEAR, None)


def test_an_undated_article_resolves_no_weekday() -> None:
    (claim,) = claims_of(replace(article_of(SENTENCES[0]), published=None))
    assert claim.when.start is None
    assert claim.when.as_written


def only(text: str, kind: Kind) -> Claim:
    found = [claim for claim in claims_of(article_of(text)) if claim.kind is kind]
    assert len(found) == 1, [claim.text for claim in found]
    return found[0]


def test_a_change_of_control_has_who_from_whom_where_and_when() -> None:
    claim = only("Rebels captured the town of Tal Hamra from the army on Tuesday.", Kind.TERRITORY)
    assert claim.change is Change.CAPTURED
    assert [actor.canonical for actor in claim.actors] == ["rebels"]
    assert [actor.canonical for actor in claim.opponents] == ["government forces"]
    assert claim.place is not None
    assert claim.place.name == "Tal Hamra"
    assert str(claim.when.start) == "2027-05-18"


def test_a_toll_is_counted_under_its_claimant() -> None:
    claim = only("At least five soldiers were killed in the city of Berat, residents said.", Kind.CASUALTIES)
    (count,) = claim.casualties
    assert (count.kind, count.low, count.high) == (CasualtyKind.KILLED, 5, None)
    assert claim.attribution.kind is Claimant.WITNESS
    assert count.claimant == claim.attribution.who


def test_weapons_are_counted_with_what_became_of_them() -> None:
    claim = only("Rebels destroyed three tanks in the town of Tal Hamra.", Kind.EQUIPMENT)
    (kit,) = claim.equipment
    assert (kit.number, kit.state) == (3, EquipmentState.DESTROYED)
    assert "tank" in kit.type


def test_a_place_has_coordinates_from_the_gazetteer_or_none() -> None:
    claim = only("Rebels captured the town of Brontlax on Tuesday.", Kind.TERRITORY)
    assert claim.place is not None
    assert (claim.place.lat, claim.place.lon) == (None, None)


WEAKER = [
    ("planned", "Rebels plan to capture the town of Tal Hamra.", Modality.PLANNED),
    ("denied", "The army denied that rebels had captured the town of Tal Hamra.", Modality.DENIED),
    ("tried", "Rebels tried to capture the town of Tal Hamra.", Modality.ATTEMPTED),
    ("long ago", "Rebels captured the town of Tal Hamra in 2019.", Modality.HISTORICAL),
    ("denied having", "The rebels denied having captured the town of Tal Hamra.", Modality.DENIED),
]


@pytest.mark.parametrize(("text", "modality"), named(WEAKER))
def test_what_did_not_come_to_pass_is_not_told_as_done(text: str, modality: Modality) -> None:
    changes = [claim for claim in claims_of(article_of(text)) if claim.kind is Kind.TERRITORY]
    assert [claim.modality for claim in changes] in ([modality], [])


NEVER = [
    ("hypothesis", "If rebels capture the town of Tal Hamra, the war will end."),
    ("negation", "Rebels did not capture the town of Tal Hamra."),
    ("question", "Have rebels captured the town of Tal Hamra?"),
    ("a country", "Two journalists entered Sudan on Tuesday."),
]


@pytest.mark.parametrize("text", named(NEVER))
def test_what_is_not_told_is_not_claimed(text: str) -> None:
    assert [claim.text for claim in claims_of(article_of(text)) if claim.kind is Kind.TERRITORY] == []
