"""The harness cannot be fooled: planted faults fail the gate, and what nobody touched raises no alarm."""

from dataclasses import replace

import pytest
from scored_case import HEAD, MUST, brief, scored, the_case, told

from briefer.evals.mutating import Trial, falls_short, faults, tables, try_gate
from briefer.evals.mutating.planting import DROPPED, EMPTIED, SWAPPED
from briefer.evals.mutating.trial import LIES
from briefer.evals.results import Made, Share
from briefer.evals.running import Briefed
from briefer.evals.scoring.scorer import score
from briefer.types import Reason

SEEDS = (1, 2, 3)


def passed(*claims, **briefing) -> Briefed:
    return Briefed(the_case(), briefing=brief(*claims, **briefing))


def all_told() -> Briefed:
    """A pass that tells all that must be told and some more, and all of it true."""
    return passed(*map(told, (*MUST, "denied", "attack", "tanks", "before")))


@pytest.fixture(scope="module")
def trial() -> Trial:
    return try_gate("rules", Made(), [all_told()], SEEDS)


def planted(briefed: Briefed, seed: int = 1):
    return list(faults(briefed, score(briefed), seed))


class TestTrial:
    def test_the_unchanged_run_raises_no_alarm(self, trial):
        assert trial.false_alarms == ()

    @pytest.mark.parametrize("sort", [EMPTIED, DROPPED])
    def test_what_is_left_out_is_always_caught(self, trial, sort):
        assert trial.shares[sort].whole >= len(SEEDS)
        assert trial.shares[sort].value == 1

    def test_citations_that_were_exchanged_are_caught(self, trial):
        assert trial.shares[SWAPPED].whole > 0
        assert trial.shares[SWAPPED].value == 1

    def test_lies_are_caught(self, trial):
        assert trial.lies.whole >= 20
        assert trial.lies.value is not None
        assert trial.lies.value >= 0.95

    def test_what_a_careless_prompt_would_give_is_tried_too(self, trial):
        assert {sort for sort in trial.shares if sort.startswith("careless")}

    def test_what_was_missed_is_listed_one_by_one(self, trial):
        single = [sort for sort in trial.shares if not sort.startswith("careless")]
        let_pass = sum(trial.shares[sort].whole - trial.shares[sort].part for sort in single)
        assert len(trial.missed) == let_pass

    def test_the_same_seeds_give_the_same_trial(self, trial):
        assert try_gate("rules", Made(), [all_told()], SEEDS) == trial

    def test_progress_is_told_to_the_end(self):
        seen = []
        try_gate("rules", Made(), [passed(told("taken"))], [1], progress=lambda *each: seen.append(each))
        assert seen[-1][0] == "planting"
        assert seen[-1][1] == seen[-1][2] == len(seen)

    def test_a_run_whose_cases_have_errors_raises_the_alarm(self):
        broken = replace(all_told(), briefing=None, error="the model did not answer")
        assert try_gate("rules", Made(), [broken], [1]).false_alarms


class TestPlanting:
    def test_each_seed_draws_its_own_and_always_the_same(self):
        first, again = planted(all_told()), planted(all_told())
        assert [(each.sort, each.what) for each in first] == [(each.sort, each.what) for each in again]
        assert {each.what for each in first} != {each.what for each in planted(all_told(), seed=2)}

    def test_each_fault_is_alone(self):
        before = {claim.id: claim for claim in all_told().briefing.claims}
        for each in planted(all_told()):
            after = {claim.id: claim for claim in each.briefed.briefing.claims}
            if each.sort in LIES:
                assert len(after) == len(before) + 1
            if each.sort == SWAPPED:
                assert len(set(before) - set(after)) == 2
            if each.sort == EMPTIED:
                assert not after

    def test_the_pass_that_was_given_is_left_as_it_is(self):
        briefed = all_told()
        before = briefed.briefing.model_dump_json()
        planted(briefed)
        assert briefed.briefing.model_dump_json() == before

    def test_lies_cite_words_that_are_there(self):
        lies = [each for each in planted(all_told()) if each.sort in LIES]
        assert {each.sort for each in lies} <= {reason.value for reason in Reason}
        assert len({each.sort for each in lies}) >= 6
        for each in lies:
            lie = each.briefed.briefing.claims[-1]
            article = next(a for a in each.briefed.case.articles.values() if a.id == lie.article)
            assert lie.evidence
            for cite in lie.evidence:
                assert article.text[cite.start : cite.end] == cite.quote

    def test_only_true_claims_are_turned_into_lies(self):
        """Of a briefing that tells nothing true, there is nothing to turn."""
        found = planted(passed(told("crossed")))
        assert {each.sort for each in found} == {EMPTIED}

    def test_nothing_is_planted_where_nothing_was_scored(self):
        briefed = replace(all_told(), briefing=None, error="no reply")
        assert planted(briefed) == []

    def test_a_day_without_news_is_not_emptied(self):
        case = the_case("must: []\n", f"{HEAD}nothing_new: true\n")
        briefed = Briefed(case, briefing=brief(case=case))
        assert planted(briefed) == []
        assert try_gate("rules", Made(), [briefed, all_told()], [1]).false_alarms == ()

    def test_what_is_dropped_is_dropped_from_its_events_too(self):
        for each in planted(all_told()):
            ids = {claim.id for claim in each.briefed.briefing.claims}
            if each.sort == DROPPED:
                assert all(event.claims and set(event.claims) <= ids for event in each.briefed.briefing.events)
                lost = scored(briefing=each.briefed.briefing).reference
                assert sum(one.must and not one.found for one in lost) >= 1


class TestFallingShort:
    @pytest.fixture
    def caught(self, trial):
        """A trial with these shares and no alarm."""

        def make(**shares: tuple[int, int]) -> Trial:
            found = {sort: Share(part=part, whole=whole) for sort, (part, whole) in shares.items()}
            return replace(trial, shares=found, false_alarms=())

        return make

    @pytest.mark.parametrize(
        ("now", "before", "said"),
        [
            ((3, 3), (3, 3), ""),
            ((30, 30), (3, 3), ""),
            ((3, 3), (2, 3), ""),
            ((2, 3), (3, 3), "emptied: caught 0.667, 1.000 is pinned"),
            ((0, 0), (3, 3), "emptied: caught none planted, 1.000 is pinned"),
            ((0, 0), (0, 0), ""),
        ],
    )
    def test_what_is_caught_less_than_is_pinned_is_named(self, caught, now, before, said):
        pinned = {EMPTIED: Share(part=before[0], whole=before[1])}
        assert falls_short(caught(emptied=now), pinned) == ([said] if said else [])

    def test_a_sort_that_is_no_longer_planted_falls_short(self, caught):
        assert falls_short(caught(), {EMPTIED: Share(part=3, whole=3)})

    def test_a_new_sort_does_not(self, caught):
        assert falls_short(caught(emptied=(0, 3)), {}) == []

    def test_a_false_alarm_always_does(self, caught):
        alarmed = replace(caught(), false_alarms=("words",))
        assert falls_short(alarmed, {}) == ["the unchanged run fails: words"]


class TestTables:
    def test_lies_come_first_and_are_summed(self, trial):
        [table, *_] = tables(trial, missed=False)
        names = [row[0].replace(" ", "_") for row in table.rows]
        summed = names.index("lies_of_all_reasons")
        assert set(names[:summed]) <= set(LIES)
        assert not set(names[summed + 1 :]) & set(LIES)
        assert table.rows[summed][1:3] == (f"{trial.lies.whole:.0f}", f"{trial.lies.part:.0f}")
        assert table.below.startswith("0 false alarms")

    def test_what_was_let_pass_is_listed_only_when_it_is_asked_for(self, trial):
        assert len(tables(trial, missed=False)) == 1
        assert len(tables(trial, missed=True)) == (2 if trial.missed else 1)
