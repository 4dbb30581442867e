"""`pytest --briefer-evals`: a test of each case, in a pytest of its own."""

import os
import shutil
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from xml.etree import ElementTree

import pytest
from eval_result_factory import BROKEN, COMPARISON, HELD, HOLDING, QUIET, RESULT, YARD

from briefer.errors import BrieferError, RecordingMissing
from briefer.evals import gate, plan
from briefer.evals.reports.junit import junit
from briefer.evals.results import FALSE, Comparison, Found, Notice, Result
from briefer.pytest_plugin import Asked
from briefer.wiring.evals import Plan
from briefer.wiring.evaluating import evaluate

pytest_plugins = ["pytester"]

NAMED = [each for each in entry_points(group="pytest11") if each.value == "briefer.pytest_plugin"]
PLUGIN = [] if NAMED else ["-p", "briefer.pytest_plugin"]
KEPT = RESULT.model_copy(update={"cases": (YARD, QUIET, BROKEN)})


class Runner:
    """Runs no case: answers with a result that is there already."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.answer: tuple[Result, Comparison] | BrieferError = (KEPT, HOLDING)

    def pytest_briefer_evals(self, asked: Asked) -> tuple[Result, Comparison]:
        self.asked.append(asked)
        if isinstance(self.answer, BrieferError):
            raise self.answer
        return self.answer


class Bench:
    """A pytest of its own in a folder with cases, in which somebody else runs them."""

    def __init__(self, pytester: pytest.Pytester) -> None:
        self.pytester = pytester
        self.runner = Runner()

    def run(self, result: Result, comparison: Comparison | BrieferError, *options: str) -> pytest.RunResult:
        for name in dict.fromkeys(case.name for case in result.cases):
            folder = self.pytester.path / "evals" / "cases" / name
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "case.yaml").touch()
        self.runner.answer = (result, comparison) if isinstance(comparison, Comparison) else comparison
        return self.go("--briefer-evals", "evals", *options)

    def go(self, *options: str) -> pytest.RunResult:
        return self.pytester.runpytest_inprocess(*PLUGIN, "-p", "no:cacheprovider", *options, plugins=[self.runner])


@pytest.fixture
def bench(pytester: pytest.Pytester) -> Bench:
    return Bench(pytester)


def test_a_gate_that_holds_is_a_test_passed_for_each_case_and_one_for_all(bench: Bench) -> None:
    done = bench.run(HELD.model_copy(update={"cases": (YARD, QUIET)}), HOLDING, "-v")
    done.assert_outcomes(passed=3)
    done.stdout.fnmatch_lines(
        [
            "briefer-evals::quiet-day PASSED*",
            "briefer-evals::yard-at-kelva PASSED*",
            "briefer-evals::(all cases) PASSED*",
        ]
    )
    assert bench.runner.asked == [Asked(Path("evals"))]  # once for all of them


def test_what_got_worse_fails_its_case_in_the_words_of_the_gate(bench: Bench) -> None:
    done = bench.run(KEPT, COMPARISON)
    done.assert_outcomes(passed=1, failed=2, errors=1)
    text = done.stdout.str()
    done.stdout.fnmatch_lines(["*_ briefer-evals::yard-at-kelva _*"])
    assert "new claim that a source contradicts" in text
    assert "claim: Nineteen soldiers were killed." in text
    assert "Traceback" not in text
    for failure in ElementTree.fromstring(junit(KEPT, COMPARISON)).iter("failure"):
        assert failure.text
        assert all(row in text for row in failure.text.splitlines())


def test_a_case_that_could_not_be_scored_is_an_error_and_no_failure(bench: Bench) -> None:
    done = bench.run(KEPT, COMPARISON, "-k", "broken-recording")
    done.assert_outcomes(errors=1, deselected=3)
    done.stdout.fnmatch_lines(
        ["*ERROR at setup of briefer-evals::broken-recording*", "*recordings.jsonl:3: is no JSON*"]
    )


def test_what_is_of_no_one_case_is_a_test_of_its_own(bench: Bench) -> None:
    done = bench.run(KEPT, COMPARISON, "-k", "all")
    done.assert_outcomes(failed=1, deselected=3)
    done.stdout.fnmatch_lines(["*bridge-at-night*", "*measure*"])


def test_a_case_that_cannot_be_compared_is_skipped_and_the_whole_is_an_error(bench: Bench) -> None:
    changed = Notice(kind=Found.INCOMPARABLE, what="the case was changed", case="quiet-day")
    result = HELD.model_copy(update={"cases": (YARD, QUIET)})
    done = bench.run(result, Comparison(against="baseline.json", found=(changed,)), "-rs")
    done.assert_outcomes(passed=1, skipped=1, errors=1)
    done.stdout.fnmatch_lines(["*the case was changed*"])


def test_passes_over_one_case_are_one_test(bench: Bench) -> None:
    twice = HELD.model_copy(update={"cases": (YARD, YARD.model_copy(update={"repeat": 1}))})
    bench.run(twice, HOLDING).assert_outcomes(passed=2)


def test_a_run_that_could_not_be_done_says_why_and_how_to_mend_it(bench: Bench) -> None:
    done = bench.run(KEPT, RecordingMissing("extract of yard-at-kelva has no recorded reply; --record asks for it"))
    done.assert_outcomes(errors=4)
    whole = "extract of yard-at-kelva has no recorded reply; --record asks for it"
    assert done.outlines.count(whole) == 1  # it can be many lines long
    assert done.outlines.count("not run; the first of these tests says why") == 3
    assert "Traceback" not in done.stdout.str()


def test_options_reach_whoever_runs_the_cases(bench: Bench) -> None:
    options = ("--briefer-evals-extractor", "rules", "--briefer-evals-judge=", "--briefer-evals-baseline", "old.json")
    bench.run(KEPT, HOLDING, *options)
    assert bench.runner.asked == [Asked(Path("evals"), "rules", "", Path("old.json"))]


def test_collecting_runs_nothing(bench: Bench) -> None:
    done = bench.run(KEPT, HOLDING, "--collect-only", "-q")
    done.stdout.fnmatch_lines(["briefer-evals::yard-at-kelva"])
    assert not bench.runner.asked


def test_other_tests_run_beside_them(bench: Bench) -> None:
    bench.pytester.makepyfile("def test_one(): pass")
    bench.run(KEPT, HOLDING).assert_outcomes(passed=4, errors=1)


@pytest.mark.parametrize("folder", ["nowhere", "."])
def test_a_folder_without_cases_is_wrong_usage(bench: Bench, folder: str) -> None:
    done = bench.go("--briefer-evals", folder)
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines([f"ERROR: {folder} holds no case*"])


QUIET_CASE = Path(__file__).parent.parent / "evals" / "cases" / "nothing-but-anniversaries"


def accept(folder: Path, *, but: str = "") -> None:
    """Accept what the rules make of the cases, but for a false claim of these words."""
    result = evaluate(Plan(plan.read(folder))).result
    baseline = gate.accept(gate.Baseline(), result, "the first run")
    data = baseline.model_dump(mode="json")
    for case in data["runs"][result.label]["cases"].values():
        case["false"] = {id: claim for id, claim in case["false"].items() if claim["text"] != but}
    (folder / "baseline.json").write_text(gate.text(gate.Baseline.model_validate(data)), encoding="utf-8")


def test_cases_are_run_by_rules_and_held_to_what_was_accepted(pytester: pytest.Pytester) -> None:
    evals = pytester.path / "evals"
    shutil.copytree(QUIET_CASE, evals / "cases" / "quiet")
    options = [*PLUGIN, "-p", "no:cacheprovider", "--briefer-evals", "evals", "--briefer-evals-extractor", "rules"]

    done = pytester.runpytest_inprocess(*options)
    done.assert_outcomes(errors=2)
    done.stdout.fnmatch_lines(["*baseline.json: nothing is accepted for 'rules'; `briefer eval accept*"])

    accept(evals)
    pytester.runpytest_inprocess(*options).assert_outcomes(passed=2)

    result = evaluate(Plan(plan.read(evals))).result
    false = next(claim for claim in result.cases[0].claims if claim.standing in FALSE)
    accept(evals, but=false.text)
    done = pytester.runpytest_inprocess(*options)
    done.assert_outcomes(failed=1, passed=1)
    done.stdout.fnmatch_lines(["quiet: * new claim*", f"*claim: {false.text}"])


def test_without_the_option_nothing_of_briefer_is_run_or_imported(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys

        def test_unloaded():
            loaded = {name for name in sys.modules if name.partition(".")[0] == "briefer"}
            assert loaded == {"briefer", "briefer.pytest_plugin"}
            assert not loaded & {"pydantic", "numpy", "rich", "openai"}
        """
    )
    command = [sys.executable, "-m", "pytest", *PLUGIN, "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=pytester.path, env=os.environ, capture_output=True, text=True, check=False)
    assert "1 passed" in done.stdout, done.stdout


def test_the_plugin_is_named_to_pytest() -> None:
    import tomllib

    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text())["project"]
    assert project["entry-points"]["pytest11"] == {"briefer": "briefer.pytest_plugin"}
