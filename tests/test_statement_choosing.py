"""Which lines a statement is held against, and what signs weigh together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader_scoring import article_of
from statement_cases import weighed

from briefer.types import Article, Reason
from briefer.verify.statements.belief import FOR, OF_PLACE, REASONS, UNTOLD, believe
from briefer.verify.statements.choosing import Choosing
from briefer.verify.statements.lines import line
from briefer.verify.statements.names import Names
from briefer.verify.statements.sources import Place, Sources
from briefer.verify.statements.wordings import against

# ── choosing ──

TRAM = (
    "Orvel opened a tram line on Monday. The work took nine years. It cost 620 million crowns. A band played at the "
    "opening. Mira Tal of the council wept. Thirty people protested against the felling of lime trees."
)
TREES = "Lime trees live for many hundred years. The felling of lime trees in Dunmore led to a protest of 40 people."


def chosen(text: str, *texts: str, within: frozenset[int] | None = None, cited: tuple[Place, ...] = ()) -> list[str]:
    """The words of the lines that a statement is held against, the nearest first."""
    return [each[1] for each in placed(text, *texts, within=within, cited=cited)]


def placed(
    text: str, *texts: str, within: frozenset[int] | None = None, cited: tuple[Place, ...] = ()
) -> list[tuple[Place, str]]:
    articles: list[Article] = [article_of(each) for each in texts]
    sources = Sources(articles)
    found = Choosing(sources, Names(sources)).evidence(line(text, None), within, cited)
    return [] if found is None else [(each, articles[each.page].sentence(each.number)) for each in found.places]


def test_the_nearest_line_is_the_one_that_says_it():
    assert chosen("A tram line was opened in Orvel.", TRAM, TREES)[0] == "Orvel opened a tram line on Monday."


def test_a_number_finds_its_line_whatever_the_words():
    assert chosen("The price was 620 million crowns.", TRAM, TREES)[0] == "It cost 620 million crowns."


def test_a_word_of_the_same_meaning_finds_its_line():
    assert chosen("Its construction lasted nine years.", TRAM)[0] == "The work took nine years."


def test_a_line_is_added_that_has_what_the_nearest_lacks():
    found = chosen("The tram line that Orvel opened on Monday cost 620 million crowns.", TRAM, TREES)
    assert set(found) == {"Orvel opened a tram line on Monday.", "It cost 620 million crowns."}


def test_no_line_is_added_that_adds_nothing():
    assert chosen("Orvel opened a tram line on Monday.", TRAM, TREES) == ["Orvel opened a tram line on Monday."]


def test_no_line_stands_twice():
    found = placed(
        "Orvel opened a tram line, and thirty people protested against the felling of lime trees.", TRAM, TREES
    )
    assert len({place for place, _ in found}) == len(found) <= 3


def test_the_same_sentence_in_two_articles_is_one_line_of_evidence():
    assert len(chosen("Orvel opened a tram line on Monday.", TRAM, TRAM)) == 1


def test_only_the_articles_that_count_are_searched():
    within = frozenset({1})
    assert {
        place.page for place, _ in placed("A protest against the felling of lime trees.", TRAM, TREES, within=within)
    } == {1}


def test_cited_lines_are_the_only_ones_to_begin_with():
    assert chosen("Orvel opened a tram line.", TRAM, cited=(Place(0, 3),))[0] == "A band played at the opening."


def test_where_no_line_is_near_there_is_no_evidence():
    assert chosen("Divers searched a sunken ferry.", TRAM) == []
    assert chosen("Divers searched a sunken ferry.") == []


# ── belief ──

WEIGHTS = weighed()
SIGNS = st.dictionaries(st.sampled_from(sorted(WEIGHTS)), st.floats(0, 1), max_size=12)
HELD = {"words_held": 1.0, "closeness": 1.0, "copied": 0.5}


@given(SIGNS, st.sampled_from(sorted(set(WEIGHTS) - FOR)))
def test_a_fault_never_helps(signs, fault):
    assert believe(signs | {fault: 1.0}).score <= believe({**signs, fault: 0.0}).score


@given(SIGNS, st.sampled_from(sorted(FOR)))
def test_what_speaks_for_a_statement_never_harms(signs, sign):
    assert believe(signs | {sign: 1.0}).score >= believe({**signs, sign: 0.0}).score


@given(SIGNS)
def test_a_belief_lies_between_nothing_and_all_and_does_not_hang_on_the_order(signs):
    belief = believe(signs)
    assert 0 <= belief.score <= 1
    assert belief == believe(dict(reversed(signs.items())))


@pytest.mark.parametrize("side", ["for", "against"])
def test_a_sign_has_a_weight_of_its_own_side_alone(side):
    weights = [weight for name, weight in WEIGHTS.items() if (name in FOR) is (side == "for")]
    assert all(weight >= 0 if side == "for" else weight <= 0 for weight in weights)


@pytest.mark.parametrize("reason", REASONS, ids=lambda each: each.value)
def test_a_reason_is_given_by_each_of_its_signs(reason):
    for sign in REASONS[reason].split():
        if WEIGHTS.get(sign, 0.0) < 0:
            assert believe({**HELD, sign: 1.0}).reason is reason, sign


def test_every_sign_of_a_reason_is_weighed():
    assert {sign for signs in REASONS.values() for sign in signs.split()} <= set(WEIGHTS)


def test_no_reason_is_given_by_two_lists_for_one_sign():
    listed = [sign for signs in REASONS.values() for sign in signs.split()]
    assert len(listed) == len(set(listed))


def test_a_wrong_name_of_a_place_is_a_wrong_place():
    assert believe({**HELD, "put_name": 1.0}).reason is Reason.WRONG_ACTOR
    assert believe({**HELD, "put_name": 1.0, OF_PLACE: 1.0}).reason is Reason.WRONG_PLACE


def test_without_a_fault_there_is_no_reason():
    assert believe(HELD).reason is None
    assert not believe(HELD).contradicted


def test_a_plain_fault_is_told_otherwise_and_a_lack_is_only_untold():
    assert believe({**HELD, "put_number": 1.0}).contradicted
    assert not believe({**HELD, "deed_lacking": 1.0}).contradicted


def test_evidence_about_something_else_is_no_contradiction():
    belief = believe({"words_held": 0.0, "closeness": 0.0, "copied": 0.0, "day_other": 1.0, "name_nowhere": 1.0})
    assert belief.sign == UNTOLD
    assert (belief.reason, belief.contradicted) == (Reason.FABRICATED, False)


@pytest.mark.parametrize("sign", sorted(set(WEIGHTS) - FOR))
def test_every_sign_is_said_in_words_of_its_own(sign):
    assert against(sign) != against("")
