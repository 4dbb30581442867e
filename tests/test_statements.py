"""What `Checker` says of statements: the table of sentences, and what no text and no source may make it do."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader_scoring import article_of
from statement_cases import judged
from tables import named

from briefer.types import Article, Cited, Finding, Reason, Ruling, Statement
from briefer.verify import Checker

SENTENCES = judged()
KNOWN = [each.name for each in SENTENCES if each.known]


@pytest.mark.parametrize("case", named([(each.name, each) for each in SENTENCES], known=KNOWN))
def test_a_paraphrase_is_supported_and_a_near_lie_is_not(case):
    assert case.is_met(case.finding())


# ── whatever is asked ──

TRAM = article_of(
    "The city of Orvel opened a tram line on Monday. It is 14 kilometres long. At least 30 people protested. “The "
    "trees were cut without a permit,” said Mira Tal of the Orvel Tree League (OTL)."
)
FOREST = article_of("Scientists found a frog in the forest above Marlow in 2019. They caught 26 of the animals.")
EMPTY = article_of("")
SENTENCE = "The city of Orvel opened a tram line on Monday, and at least 30 people protested against it. "
LONG = (SENTENCE * 110)[:9_999] + "."


def find(text: str, against: Sequence[Article] = (TRAM, FOREST), **fields: object) -> Finding:
    return Checker(against).find(replace(Statement("s1", text), **fields))


def quotes_are_exact(found: Finding, articles: Sequence[Article]) -> bool:
    texts = {article.text for article in articles}
    return all(
        any(text[passage.start : passage.end] == passage.quote for text in texts)
        for passage in (*found.evidence, *found.against)
    )


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "...", "?!", "— “” —", "\u200b", "\x00"])
def test_a_claim_without_words_is_unclear_and_says_why(text):
    found = find(text)
    assert (found.verdict, found.reason, found.score) == (Ruling.UNCLEAR, None, 0.0)
    assert "empty" in found.why
    assert not found.evidence


def test_without_sources_a_claim_is_unclear_and_says_why():
    found = find("The city of Orvel opened a tram line.", ())
    assert found.verdict is Ruling.UNCLEAR
    assert "no sources" in found.why


@pytest.mark.parametrize("articles", [(EMPTY,), (EMPTY, EMPTY)], ids=["one", "two"])
def test_articles_without_sentences_carry_nothing(articles):
    found = find("The city of Orvel opened a tram line.", articles)
    assert (found.verdict, found.reason, found.evidence) == (Ruling.UNSUPPORTED, Reason.FABRICATED, ())
    assert not found.contradicted


def test_an_article_without_sentences_does_not_stand_in_the_way():
    assert find("The city of Orvel opened a tram line.", (EMPTY, TRAM)).verdict is Ruling.SUPPORTED


@pytest.mark.parametrize(
    "text",
    [
        "La ville d’Orvel a ouvert une ligne de tramway lundi.",
        "Die Stadt Orvel hat am Montag eine Straßenbahnlinie eröffnet.",
        "В понедельник город Орвел открыл трамвайную линию.",
        "افتتحت مدينة أورفيل خط ترام يوم الاثنين",
        "La ciudad de Orvel inauguró una línea de tranvía el lunes.",
        "オルベル市は月曜日に路面電車を開業した。",
    ],
    ids=["French", "German", "Russian", "Arabic", "Spanish", "Japanese"],
)
def test_a_claim_in_another_language_is_unclear_and_says_why(text):
    found = find(text)
    assert found.verdict is Ruling.UNCLEAR
    assert "not in English" in found.why


def test_a_claim_of_ten_thousand_characters_is_judged_sentence_by_sentence():
    assert find(LONG).verdict is Ruling.SUPPORTED
    assert find("At most 30 people were pelted by the mayor of Orvel. " + LONG).verdict is not Ruling.SUPPORTED


def test_a_lie_at_the_end_of_a_long_claim_is_found():
    assert find(LONG + " At most 30 people were pelted by the mayor of Orvel.").verdict is not Ruling.SUPPORTED


@pytest.mark.parametrize(
    "text", ["tram " * 2000, "T" * 10_000, "14 " * 3000, "(" * 5000, "Orvel, " * 1500, "“a” " * 2500]
)
def test_a_claim_that_is_no_prose_ends_in_a_finding(text):
    assert 0 <= find(text).score <= 1


def test_a_claim_is_as_weak_as_its_weakest_sentence():
    true, false = "The city of Orvel opened a tram line on Monday.", "The line in Orvel is 90 kilometres long, not 14."
    assert find(true).score > find(false).score
    assert find(f"{true} {false}").score == find(f"{false} {true}").score == find(false).score


def test_a_sentence_that_no_source_speaks_of_spoils_its_claim():
    true, false = "The city of Orvel opened a tram line on Monday.", "Divers searched a sunken ferry off Dunmore."
    assert find(false).verdict is Ruling.UNSUPPORTED
    assert find(f"{true} {false}").verdict is not Ruling.SUPPORTED


# ── whatever it is held against ──


def test_it_is_held_against_the_articles_that_it_names():
    said = "The city of Orvel opened a tram line on Monday."
    assert find(said, articles=(TRAM.id,)).verdict is Ruling.SUPPORTED
    assert find(said, articles=(FOREST.id,)).verdict is not Ruling.SUPPORTED


def test_where_none_of_the_named_articles_is_known_all_are_searched():
    said = "The city of Orvel opened a tram line on Monday."
    assert find(said, articles=("a0",)) == replace(find(said), statement=find(said, articles=("a0",)).statement)


def test_cited_sentences_are_the_evidence():
    found = find("The tram line is 14 kilometres long.", cited=(Cited(TRAM.id, 1),))
    assert "It is 14 kilometres long." in [passage.quote for passage in found.evidence]
    assert found.verdict is Ruling.SUPPORTED


@pytest.mark.parametrize(
    "cited",
    [
        (Cited(TRAM.id, 99),),
        (Cited(TRAM.id, -1),),
        (Cited(TRAM.id, -99),),
        (Cited("a0", 0),),
        (Cited(EMPTY.id, 0),),
        (Cited(TRAM.id, 0), Cited(TRAM.id, 99)),
    ],
    ids=["behind the last", "before the first", "far before", "no such article", "empty article", "one of two"],
)
def test_a_cited_sentence_that_does_not_exist_is_as_if_it_were_not_cited(cited):
    said = "The city of Orvel opened a tram line on Monday."
    found = find(said, (TRAM, FOREST, EMPTY), cited=cited)
    assert found.verdict is Ruling.SUPPORTED
    assert quotes_are_exact(found, (TRAM, FOREST))


def test_articles_without_a_date_are_read_all_the_same():
    undated = [replace(TRAM, published=None), replace(FOREST, published=None)]
    found = find("On Monday the city of Orvel opened a tram line.", undated)
    assert found.verdict is Ruling.SUPPORTED
    assert quotes_are_exact(found, undated)


def test_a_pronoun_is_resolved_by_what_was_said_before():
    alone = find("It is 14 kilometres long.", before="The city of Orvel opened a tram line.")
    assert alone.verdict is Ruling.SUPPORTED


def test_a_higher_threshold_never_supports_more():
    for each in SENTENCES[:12]:
        scores = [
            Checker([article_of(each.article)], threshold=at).find(Statement("s", each.text)) for at in (0.2, 0.5, 0.8)
        ]
        held = [found.verdict is Ruling.SUPPORTED for found in scores]
        assert held == sorted(held, reverse=True)


def test_contradicted_is_told_apart_from_not_found():
    contradicted = find("The tram line is 25 kilometres long.")
    assert contradicted.verdict is Ruling.UNSUPPORTED
    assert contradicted.contradicted
    assert contradicted.reason is Reason.WRONG_NUMBER
    told_nowhere = find("A volcano destroyed the observatory of Kamvarra.")
    assert told_nowhere.verdict is Ruling.UNSUPPORTED
    assert told_nowhere.reason is Reason.FABRICATED
    assert not told_nowhere.contradicted


# ── whatever the text ──

WORDS = st.sampled_from(
    [
        *"the city of Orvel opened a tram line on Monday It is 14 miles long . , At least thirty people not".split(),
        *"“The trees” said Mira Tal (OTL) 26 2019 were cut by 7.50 a.m. % $ -- ; will if denied no & < \\".split(),
        "\n",
    ]
)
TEXTS = st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=25).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.lists(TEXTS, max_size=3), st.lists(st.tuples(st.integers(0, 3), st.integers(-2, 6)), max_size=2))
def test_any_text_against_any_articles_ends_in_one_finding_with_exact_quotes(text, texts, numbers):
    articles = [article_of(each) for each in texts]
    ids = [*(article.id for article in articles), "a0", "a0", "a0", "a0"]
    cited = tuple(Cited(ids[at], number) for at, number in numbers)
    found = find(text, articles, cited=cited)
    assert 0 <= found.score <= 1
    assert quotes_are_exact(found, articles)
    assert found == find(text, articles, cited=cited)
    assert (found.reason is None) is not (found.verdict is Ruling.UNSUPPORTED)
    assert found.why


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_the_order_of_the_articles_changes_no_verdict(text):
    bakery, race = (article_of(SENTENCES[at].article) for at in (13, 27))
    articles = [TRAM, FOREST, bakery, race]
    one, other = find(text, articles), find(text, articles[::-1])
    assert (one.verdict, one.reason, one.score) == (other.verdict, other.reason, other.score)


def test_the_order_of_the_articles_changes_no_finding_of_the_table():
    articles = [article_of(text) for text in dict.fromkeys(each.article for each in SENTENCES)]
    forth, back = Checker(articles), Checker(articles[::-1])
    for each in SENTENCES:
        said = Statement("s1", each.text)
        assert forth.find(said) == back.find(said), each.name


@pytest.mark.xfail(strict=True, reason="of two articles with one sentence only the first is looked at")
def test_of_two_articles_with_one_sentence_the_order_does_not_matter():
    stands = article_of("The tunnel of Orvel collapsed on Monday. Nobody was hurt.")
    withdrawn = article_of("The tunnel of Orvel collapsed on Monday. That was false.")
    said = "The tunnel of Orvel collapsed on Monday."
    assert find(said, (stands, withdrawn)).score == find(said, (withdrawn, stands)).score
