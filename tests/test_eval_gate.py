"""The gate fails for what got worse and for nothing else, and what was accepted can be read by whoever reviews it."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from briefer.errors import UsageError
from briefer.evals.gate import Baseline, accept, compare, hold, of_cases, pin_caught, pinned, read, text
from briefer.evals.results import (
    BETTER_LOW,
    CaseResult,
    Comparison,
    Found,
    Made,
    Measure,
    Result,
    ScoredClaim,
    Share,
    Standing,
    Told,
    Voucher,
)
from briefer.evals.scoring import summing
from briefer.types import Ruling

CARRIED, UNLISTED, FALSE_ONE = Standing.CARRIED, Standing.UNLISTED, Standing.CONTRADICTED


def claim(id: str, standing: Standing = CARRIED, *, shown: bool = True, vouched: bool | None = None) -> ScoredClaim:
    """A claim; what is carried is vouched for unless it is said not to be."""
    by = Voucher.REFERENCE if (standing is CARRIED if vouched is None else vouched) else None
    return ScoredClaim(id=id, text=f"words of {id}", shown=shown, standing=standing, verdict=Ruling.UNCLEAR, vouched=by)


def must(id: str, *, found: bool = True) -> Told:
    return Told(id=id, text=f"reference {id}", event=id, must=True, found=found)


@dataclass(frozen=True)
class Day:
    """A case in short: its claims, which of its must claims are told, and shares."""

    name: str = "bridge"
    claims: Sequence[ScoredClaim] = (claim("c-1"),)
    told: Sequence[Told] = (must("m-1"),)
    shares: dict[Measure, tuple[float, float]] = field(default_factory=dict)
    repeat: int = 0
    hash: str = "aa"
    error: str = ""

    @property
    def result(self) -> CaseResult:
        found = {measure: Share(part=part, whole=whole) for measure, (part, whole) in self.shares.items()}
        return CaseResult(
            name=self.name,
            repeat=self.repeat,
            hash=self.hash,
            error=self.error,
            claims=tuple(self.claims),
            reference=tuple(self.told),
            measures=found,
        )


def run(*days: Day, label: str = "rules", **changed: object) -> Result:
    return summing.result(label, Made(), [day.result for day in days]).model_copy(update=changed)


def held(before: Result, after: Result) -> Comparison:
    return hold(after, pinned(before, "it was right"))


def kinds(found: Comparison) -> list[tuple[Found, str]]:
    return [(each.kind, each.claim or each.case or each.measure or "") for each in found.found]


class TestClaims:
    """Claim by claim: no matter of statistics, one is enough."""

    def test_the_same_again_passes(self):
        same = run(Day(claims=[claim("c-1"), claim("c-2", FALSE_ONE), claim("c-3", UNLISTED)]))
        found = held(same, same)
        assert found.found == ()
        assert not found.fails
        assert not found.undecided

    @pytest.mark.parametrize(
        ("before", "now", "kind"),
        [
            ([], claim("x", FALSE_ONE), Found.NEW_FALSE),
            ([], claim("x", Standing.NOT_FOUND), Found.NEW_FALSE),
            ([], claim("x", Standing.FORBIDDEN), Found.NEW_FORBIDDEN),
            ([], claim("x", UNLISTED), Found.NEW_UNVOUCHED),
            ([], claim("x", CARRIED, vouched=False), Found.NEW_UNVOUCHED),
            ([], claim("x", FALSE_ONE, shown=False), Found.NEW_FALSE),
            ([claim("x")], claim("x", FALSE_ONE), Found.NEW_FALSE),
            ([claim("x", UNLISTED)], claim("x", FALSE_ONE), Found.NEW_FALSE),
            ([claim("x", FALSE_ONE, shown=False)], claim("x", FALSE_ONE), Found.NEW_FALSE),
            ([claim("x", FALSE_ONE)], claim("x", Standing.FORBIDDEN), Found.NEW_FORBIDDEN),
            ([claim("x", Standing.FORBIDDEN, shown=False)], claim("x", Standing.FORBIDDEN), Found.NEW_FORBIDDEN),
        ],
    )
    def test_what_fails_at_once(self, before, now, kind):
        found = held(run(Day(claims=[claim("c-1"), *before])), run(Day(claims=[claim("c-1"), now])))
        assert kinds(found) == [(kind, "x")]
        assert found.fails
        assert "words of x" in found.found[0].what
        assert found.losses == {"bridge": 1}

    @pytest.mark.parametrize(
        ("before", "now"),
        [
            ([], claim("x")),
            ([], claim("x", UNLISTED, vouched=True)),
            ([], claim("x", UNLISTED, shown=False)),
            ([claim("x", FALSE_ONE)], claim("x", FALSE_ONE)),
            ([claim("x", FALSE_ONE)], claim("x", Standing.NOT_FOUND)),
            ([claim("x", FALSE_ONE)], claim("x", UNLISTED)),
            ([claim("x", Standing.FORBIDDEN)], claim("x", FALSE_ONE)),
            ([claim("x", UNLISTED)], claim("x", UNLISTED)),
            ([claim("x", UNLISTED)], claim("x", CARRIED, vouched=False)),
            ([claim("x", FALSE_ONE, shown=False)], claim("x", FALSE_ONE, shown=False)),
        ],
    )
    def test_what_does_not(self, before, now):
        assert not held(run(Day(claims=[claim("c-1"), *before])), run(Day(claims=[claim("c-1"), now]))).fails

    def test_made_up_and_withheld_is_said_to_be_so(self):
        found = held(run(Day()), run(Day(claims=[claim("c-1"), claim("x", FALSE_ONE, shown=False)])))
        assert found.found[0].what == "words of x (made up and withheld)"

    def test_a_false_claim_that_is_gone_is_better(self):
        before = run(Day(claims=[claim("c-1"), claim("x", FALSE_ONE)]))
        found = held(before, run(Day()))
        assert kinds(found) == [(Found.BETTER, "x")]
        assert not found.fails
        assert (found.wins, found.losses) == ({"bridge": 1}, {"bridge": 0})

    def test_a_false_claim_that_is_now_withheld_is_better(self):
        before = run(Day(claims=[claim("c-1"), claim("x", FALSE_ONE)]))
        assert kinds(held(before, run(Day(claims=[claim("c-1"), claim("x", FALSE_ONE, shown=False)])))) == [
            (Found.BETTER, "x")
        ]

    def test_a_must_claim_that_is_told_no_more_fails_with_its_words(self):
        before = run(Day(told=[must("m-1"), must("m-2")]))
        found = held(before, run(Day(told=[must("m-1"), must("m-2", found=False)])))
        assert kinds(found) == [(Found.LOST_MUST, "m-2")]
        assert found.found[0].what == "reference m-2"

    def test_one_that_was_never_told_does_not_fail_and_one_that_is_now_told_is_better(self):
        before = run(Day(told=[must("m-1"), must("m-2", found=False)]))
        assert held(before, before).found == ()
        assert kinds(held(before, run(Day(told=[must("m-1"), must("m-2")])))) == [(Found.BETTER, "m-2")]

    def test_the_worst_comes_first(self):
        before = run(Day(claims=[claim("c-1"), claim("w", FALSE_ONE)], told=[must("m-1")]))
        now = [claim("c-1"), claim("a", UNLISTED), claim("b", FALSE_ONE), claim("c", Standing.FORBIDDEN)]
        found = held(before, run(Day(claims=now, told=[must("m-1", found=False)])))
        assert [kind for kind, _ in kinds(found)] == [
            Found.NEW_FORBIDDEN,
            Found.NEW_FALSE,
            Found.NEW_UNVOUCHED,
            Found.LOST_MUST,
            Found.BETTER,
        ]


class TestRepeats:
    """Live models do not say the same twice: one lie of three is a lie, and told is what most tell."""

    def three(self, *claims: Sequence[ScoredClaim], told: Sequence[bool] = (True, True, True)) -> Result:
        claims = claims or ([claim("c-1")],) * 3
        return run(
            *(
                Day(claims=each, told=[must("m-1", found=found)], repeat=number)
                for number, (each, found) in enumerate(zip(claims, told, strict=True))
            )
        )

    def test_what_one_pass_has_false_is_false(self):
        now = self.three([claim("c-1")], [claim("c-1"), claim("x", FALSE_ONE)], [claim("c-1")])
        assert kinds(held(self.three(), now)) == [(Found.NEW_FALSE, "x")]

    def test_what_one_pass_shows_is_shown(self):
        before = self.three([claim("x", FALSE_ONE, shown=False)], [claim("c-1")], [claim("c-1")])
        now = self.three([claim("x", FALSE_ONE, shown=False)], [claim("x", FALSE_ONE)], [claim("c-1")])
        for order in (now, now.model_copy(update={"cases": now.cases[::-1]})):
            assert kinds(held(before, order)) == [(Found.NEW_FALSE, "x")]

    @pytest.mark.parametrize(
        ("told", "fails"), [((True, True, False), False), ((False, True, False), True), ((False, False, False), True)]
    )
    def test_what_most_passes_tell_is_told(self, told, fails):
        assert held(self.three(), self.three(told=told)).fails is fails

    def test_what_the_half_tell_is_not(self):
        two = run(Day(told=[must("m-1")]), Day(told=[must("m-1", found=False)], repeat=1))
        assert held(run(Day()), two).fails

    def test_one_pass_that_could_not_be_scored_keeps_from_deciding(self):
        broken = run(Day(), Day(repeat=1, error="the model did not answer", claims=(), told=()))
        found = held(run(Day()), broken)
        assert kinds(found) == [(Found.ERROR, "bridge")]
        assert (found.fails, found.undecided) == (False, True)


class TestWhatKeepsFromDeciding:
    def test_a_case_that_could_not_be_scored_is_an_error_and_no_regression(self):
        found = held(run(Day()), run(Day(error="the judge did not answer", claims=(), told=())))
        assert kinds(found)[0] == (Found.ERROR, "bridge")
        assert found.found[0].what == "the judge did not answer"
        assert (found.fails, found.undecided) == (False, True)

    def test_a_regression_beside_an_error_fails_all_the_same(self):
        before = run(Day(), Day(name="ford"))
        after = run(Day(error="no reply", claims=(), told=()), Day(name="ford", claims=[claim("x", FALSE_ONE)]))
        assert held(before, after).fails

    @pytest.mark.parametrize("changed", ["scorer", "verifier"])
    def test_another_scorer_or_verifier_is_not_compared_and_both_are_named(self, changed):
        before = run(Day())
        after = run(Day(claims=[claim("x", FALSE_ONE)]), **{changed: "f00d"})
        found = held(before, after)
        assert kinds(found) == [(Found.INCOMPARABLE, "")]
        assert (found.fails, found.undecided) == (False, True)
        assert changed in found.found[0].what
        assert "f00d" in found.found[0].what
        assert getattr(before, changed) in found.found[0].what
        assert "briefer eval accept" in found.found[0].what

    def test_a_changed_case_is_not_compared(self):
        found = held(run(Day(), Day(name="ford")), run(Day(hash="bb"), Day(name="ford")))
        assert kinds(found) == [(Found.INCOMPARABLE, "bridge")]
        assert "changed" in found.found[0].what

    def test_a_new_case_is_not_compared(self):
        found = held(run(Day()), run(Day(), Day(name="ford")))
        assert kinds(found) == [(Found.INCOMPARABLE, "ford")]

    def test_a_case_that_is_gone_fails(self):
        found = held(run(Day(), Day(name="ford")), run(Day()))
        assert kinds(found) == [(Found.MISSING_CASE, "ford")]
        assert found.fails

    def test_a_case_that_is_gone_fails_beside_a_new_one_too(self):
        """A case that is renamed is no way around the gate."""
        found = held(run(Day()), run(Day(name="other")))
        assert kinds(found) == [(Found.INCOMPARABLE, "other"), (Found.MISSING_CASE, "bridge")]
        assert found.fails

    def test_of_one_case_that_is_run_alone_the_others_are_not_missed(self):
        whole = pinned(run(Day(), Day(name="ford")), "right")
        found = hold(run(Day()), of_cases(whole, {"bridge"}))
        assert found.found == ()

    def test_a_run_of_nothing_never_passes(self):
        nothing = run()
        assert held(run(Day()), nothing).undecided
        assert held(nothing, nothing).undecided

    def test_cases_without_any_claim_never_pass(self):
        silent = run(Day(claims=(), told=()))
        assert held(silent, silent).undecided


MANY = 12


def days(measure: Measure, shares: Sequence[tuple[float, float]]) -> Result:
    return run(*(Day(name=f"d{number:02}", shares={measure: share}) for number, share in enumerate(shares)))


class TestMeasures:
    """They fail where the least effect is passed and a paired bootstrap over cases is sure; chance fails nothing."""

    @pytest.mark.parametrize("measure", [each for each in Measure if each is not Measure.LOST])
    def test_one_that_got_worse_in_every_case_fails(self, measure):
        good, bad = ((1, 10), (4, 10)) if measure in BETTER_LOW else ((9, 10), (6, 10))
        before, after = days(measure, [good] * MANY), days(measure, [bad] * MANY)
        found = held(before, after)
        assert kinds(found) == [(Found.MEASURE, measure)]
        [notice] = found.found
        assert (notice.before, notice.now, notice.p) == (good[0] / 10, bad[0] / 10, 0.0)
        assert kinds(held(after, before)) == [(Found.BETTER, measure)]

    def test_less_than_the_least_effect_is_nothing_however_sure(self):
        before, after = days(Measure.RECALL, [(1000, 1000)] * MANY), days(Measure.RECALL, [(985, 1000)] * MANY)
        assert held(before, after).found == ()

    def test_as_much_up_as_down_is_nothing(self):
        before = days(Measure.RECALL, [(5, 10)] * MANY)
        after = days(Measure.RECALL, [(8, 10), (3, 10)] * (MANY // 2 - 1) + [(3, 10), (3, 10)])
        assert held(before, after).found == ()

    def test_one_bad_case_of_many_is_not_sure(self):
        before = days(Measure.RECALL, [(9, 10)] * MANY)
        after = days(Measure.RECALL, [(4, 10), *[(9, 10)] * (MANY - 1)])
        assert held(before, after).found == ()

    def test_cases_are_paired(self):
        """Cases differ more from each other than a run from the next: unpaired, this would be noise."""
        before = days(Measure.RECALL, [(number, MANY) for number in range(1, MANY + 1)])
        after = days(Measure.RECALL, [(number - 0.9, MANY) for number in range(1, MANY + 1)])
        assert kinds(held(before, after)) == [(Found.MEASURE, Measure.RECALL)]

    def test_what_a_run_has_not_measured_is_not_compared(self):
        before = days(Measure.PROSE, [(9, 10)] * MANY)
        assert held(before, days(Measure.PROSE, [(0, 0)] * MANY)).found == ()

    def test_values_of_the_baseline_are_told_for_every_measure(self):
        before = days(Measure.RECALL, [(1, 3)])
        assert held(before, before).measures == {Measure.RECALL: 0.3333}

    @pytest.mark.parametrize("seed", range(6))
    def test_the_order_of_cases_is_no_matter(self, seed):
        """Not where the test is only just sure either."""
        parts = [0, 0, 0, 2, 2, 3, 4, 4, 5, 6, 8, 9]
        before, after = days(Measure.RECALL, [(5, 9)] * MANY), days(Measure.RECALL, [(part, 9) for part in parts])
        shuffled = random.Random(seed).sample(after.cases, MANY)
        assert held(before, after.model_copy(update={"cases": tuple(shuffled)})) == held(before, after)


class TestComparing:
    def test_wins_and_losses_are_by_case(self):
        before = run(Day(claims=[claim("x", FALSE_ONE)]), Day(name="ford"), Day(name="gone"))
        after = run(Day(), Day(name="ford", claims=[claim("y", FALSE_ONE)], told=[must("m-1", found=False)]))
        found = compare(after, pinned(before, "one"), against="one.json")
        assert (found.wins, found.losses) == ({"bridge": 1, "ford": 0}, {"bridge": 0, "ford": 2})
        assert found.against == "one.json"

    def test_cases_that_one_of_them_has_are_left_out(self):
        before, after = run(Day(), Day(name="gone")), run(Day(), Day(name="new", claims=[claim("x", FALSE_ONE)]))
        assert compare(after, pinned(before, "one"), against="one").found == ()

    @pytest.mark.parametrize("changed", ["scorer", "verifier"])
    def test_that_they_were_scored_otherwise_is_said_and_they_are_compared(self, changed):
        before, after = run(Day(claims=[claim("x", FALSE_ONE)])), run(Day(), **{changed: "f00d"})
        found = compare(after, pinned(before, "one"), against="one.json")
        assert kinds(found) == [(Found.INCOMPARABLE, ""), (Found.BETTER, "x")]
        assert "accept" not in found.found[0].what

    def test_a_case_that_was_changed_is_said_to_be_so(self):
        found = compare(run(Day(hash="bb")), pinned(run(Day()), "one"), against="one.json")
        assert kinds(found) == [(Found.INCOMPARABLE, "bridge")]

    def test_turned_round_wins_are_losses(self):
        one, other = run(Day(claims=[claim("c-1"), claim("x", FALSE_ONE)])), run(Day())
        there = compare(other, pinned(one, "one"), against="one")
        back = compare(one, pinned(other, "other"), against="other")
        assert (there.wins, there.losses) == (back.losses, back.wins)


class TestAccepting:
    def test_what_was_accepted_passes(self):
        now = run(Day(claims=[claim("c-1"), claim("x", FALSE_ONE), claim("y", UNLISTED)]))
        baseline = accept(Baseline(), now, "the first run")
        assert hold(now, baseline.runs["rules"]).found == ()
        assert baseline.runs["rules"].why == "the first run"

    def test_runs_of_other_readers_are_kept_beside_it(self):
        first = accept(Baseline(), run(Day()), "rules first")
        both = accept(first, run(Day(), label="gpt-5-mini"), "then a model")
        assert set(both.runs) == {"rules", "gpt-5-mini"}
        assert both.runs["rules"] == first.runs["rules"]
        assert [(each.label, each.why) for each in both.history] == [
            ("rules", "rules first"),
            ("gpt-5-mini", "then a model"),
        ]

    @pytest.mark.parametrize("why", ["", "  ", "\n"])
    def test_it_must_be_said_why(self, why):
        with pytest.raises(UsageError, match="--why"):
            accept(Baseline(), run(Day()), why)

    def test_a_run_with_an_error_is_not_accepted(self):
        with pytest.raises(UsageError, match="bridge: no reply"):
            accept(Baseline(), run(Day(error="no reply", claims=(), told=())), "why not", allow_regression=True)

    def test_a_run_of_nothing_is_not_accepted(self):
        with pytest.raises(UsageError, match="no case"):
            accept(Baseline(), run(), "why not", allow_regression=True)

    @pytest.mark.parametrize(
        ("measure", "good", "bad"),
        [
            (Measure.RECALL, (9, 10), (8, 10)),
            (Measure.UNSUPPORTED, (1, 10), (2, 10)),
            (Measure.FORBIDDEN, (0, 10), (1, 10)),
            (Measure.DIRECTION, (10, 10), (99, 100)),
            (Measure.RECALL, (9, 10), (0, 0)),
            (Measure.UNSUPPORTED, (1, 10), (0, 0)),
        ],
    )
    def test_no_pinned_measure_falls_unless_it_is_allowed(self, measure, good, bad):
        before = accept(Baseline(), days(measure, [good]), "first")
        worse = days(measure, [bad])
        with pytest.raises(UsageError) as told:
            accept(before, worse, "it fell")
        assert "--allow-regression" in str(told.value)
        assert measure in str(told.value)
        assert accept(before, worse, "it fell", allow_regression=True).runs["rules"].why == "it fell"
        assert accept(before, days(measure, [good]), "as it was").runs["rules"].why == "as it was"

    def test_a_baseline_does_not_lose_cases_in_passing(self):
        """One case run alone and accepted would otherwise drop what was accepted of all others."""
        before = accept(Baseline(), run(Day(), Day(name="ford")), "first")
        with pytest.raises(UsageError, match=r"ford.*--allow-regression"):
            accept(before, run(Day()), "only one")
        kept = accept(before, run(Day()), "the ford is a case no more", allow_regression=True)
        assert set(kept.runs["rules"].cases) == {"bridge"}


class TestTheFile:
    def full(self) -> Baseline:
        one = run(Day(claims=[claim("c-2", FALSE_ONE), claim("c-1", UNLISTED), claim("c-3", Standing.FORBIDDEN)]))
        found = accept(Baseline(), one, "the first run, with “quotes” and ü")
        return pin_caught(found, "rules", {"emptied": Share(part=3, whole=3), "wrong_actor": Share(part=2, whole=4)})

    def written(self, folder):
        file = folder / "baseline.json"
        file.write_text(text(self.full()), encoding="utf-8")
        return file

    def test_it_is_read_as_it_was_written(self, tmp_path):
        file = self.written(tmp_path)
        assert read(file) == self.full()
        assert text(read(file)) == file.read_text(encoding="utf-8")

    def test_it_can_be_reviewed_line_by_line(self):
        shown = text(self.full())
        assert shown.endswith("}\n")
        assert "“quotes” and ü" in shown
        lines = [line.strip() for line in shown.splitlines()]
        assert lines.index('"c-2": {') < lines.index('"c-3": {')
        assert '"text": "words of c-2"' in lines
        assert max(map(len, lines)) < 200

        def in_order(value: object) -> bool:
            if isinstance(value, dict):
                return list(value) == sorted(value) and all(map(in_order, value.values()))
            return all(map(in_order, value)) if isinstance(value, list) else True

        assert in_order(json.loads(shown))

    def test_a_file_that_is_not_there_is_an_empty_baseline(self, tmp_path):
        assert read(tmp_path / "baseline.json") == Baseline()

    @pytest.mark.parametrize(
        ("found", "said"),
        [
            pytest.param("", ", line 1: is no JSON", id="empty"),
            pytest.param('{\n "schema": "briefer.evals.baseline/1",\n "runs": {"ru', ", line 3: is no JSON", id="half"),
            pytest.param("<<<<<<< HEAD\n{}\n", ", line 1: is no JSON", id="a merge conflict"),
            pytest.param("[]", "make it anew", id="a list"),
            pytest.param("null", "make it anew", id="nothing"),
            pytest.param('{"schema": "briefer.evals.baseline/9"}', "schema", id="of another time"),
            pytest.param('{"schema": "briefer.briefing/1"}', "schema", id="a briefing"),
            pytest.param('{"run": {}}', "run: ", id="an unknown key"),
            pytest.param('{"history": [{"label": "rules"}]}', "history.0.why", id="a part missing"),
            pytest.param("[" * 100_000, "is no", id="nested without end"),
            pytest.param('{"history": ' + "9" * 5000 + "}", "", id="a number without end"),
        ],
    )
    def test_half_written_and_foreign_files_are_named(self, tmp_path, found, said):
        file = tmp_path / "baseline.json"
        file.write_text(found)
        with pytest.raises(UsageError) as told:
            read(file)
        assert str(told.value).startswith(str(file))
        assert said in str(told.value)

    def test_a_number_that_is_none_is_no_share(self, tmp_path):
        """Against not-a-number nothing is ever worse."""
        file = self.written(tmp_path)
        file.write_text(file.read_text().replace('"part": 3.0', '"part": NaN'))
        with pytest.raises(UsageError, match="finite"):
            read(file)

    def test_a_file_of_other_bytes_is_named(self, tmp_path):
        file = tmp_path / "baseline.json"
        file.write_bytes(b"\xff\xfe{}")
        with pytest.raises(UsageError, match=r"baseline\.json: cannot be read"):
            read(file)
