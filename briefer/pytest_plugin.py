"""A pytest plugin: `pytest --briefer-evals evals/` makes a test of each case and holds it to the baseline.

A test fails by what fails the gate, and in its words; where a case could not be scored it errs, and where it cannot be
compared it is skipped. What is of no one case, a measure that fell or a case that is gone, is a test of its own. The
cases are run once, when the first test asks. Without the option nothing of briefer is imported but this file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from briefer.evals.gate import Pinned
    from briefer.evals.plan import Folder
    from briefer.evals.results import Comparison, Result

SUITE = "briefer-evals"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be run: a folder of evals; extractor, judge and baseline where they are not the folder's own."""

    folder: Path
    extractor: str | None = None
    judge: str | None = None
    baseline: Path | None = None


class Hooks:
    """The hook by which the cases are run; a conftest.py may have a way of its own."""

    @pytest.hookspec(firstresult=True)
    def pytest_briefer_evals(self, asked: Asked) -> "tuple[Result, Comparison] | None":
        """Run the cases and hold them to the baseline. The first answer that is not None is taken."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options."""
    group = parser.getgroup("briefer", "evals of briefer")
    group.addoption("--briefer-evals", metavar="FOLDER", help="Folder of evals: a test is made of each case.")
    group.addoption(
        "--briefer-evals-extractor", choices=("rules", "llm"), help="What reads the articles.  [default: the folder's]"
    )
    group.addoption(
        "--briefer-evals-judge",
        metavar="NAME",
        help='Model that judges every claim; "" for none.  [default: the folder\'s]',
    )
    group.addoption(
        "--briefer-evals-baseline", metavar="FILE", help="What they are held to.  [default: FOLDER/baseline.json]"
    )


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Declare the hook."""
    pluginmanager.add_hookspecs(Hooks)


@pytest.hookimpl(tryfirst=True)  # before tests are chosen by -k and -m
def pytest_collection_modifyitems(session: pytest.Session, items: list[pytest.Item]) -> None:
    """Add the tests of the cases."""
    if session.config.getoption("--briefer-evals"):
        items.extend(Suite.from_parent(session, name=SUITE, nodeid=SUITE).collect())


@pytest.hookimpl(trylast=True)
def pytest_briefer_evals(asked: Asked) -> "tuple[Result, Comparison]":
    """Run them as `briefer eval run --gate` does."""
    from briefer import settings
    from briefer.evals import gate, plan
    from briefer.wiring.evals import Plan
    from briefer.wiring.evaluating import evaluate

    options = {
        "run.extractor": ("--briefer-evals-extractor", asked.extractor),
        "judge.model": ("--briefer-evals-judge", asked.judge),
    }
    folder = plan.read(asked.folder).overridden(options)
    result = evaluate(Plan(folder, settings.load(None))).result
    file = asked.baseline or folder.baseline
    return result, gate.hold(result, _pinned(file, result, folder), against=str(file))


def _pinned(file: Path, result: "Result", folder: "Folder") -> "Pinned":
    """What was accepted of the cases that were run. Raises UsageError where nothing was."""
    from briefer.errors import UsageError
    from briefer.evals import gate

    pinned = gate.read(file).runs.get(result.label)
    if pinned is None:
        raise UsageError(f"{file}: nothing is accepted for {result.label!r}; `briefer eval accept --why …` does it")
    some = len(folder.chosen) < len(folder.names)
    return gate.of_cases(pinned, {case.name for case in result.cases}) if some else pinned


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a test: the texts that say why it failed, errs or is skipped, and what there is to know of it."""

    failures: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    skips: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


class Suite(pytest.Collector):
    """The tests of all cases, and what became of them."""

    _outcomes: Mapping[str, Outcome] | None = None

    def collect(self) -> "Sequence[CaseTest]":
        """A test for each case, and one for what is of no one case."""
        return [CaseTest.from_parent(self, name=name) for name in self.tests]

    @cached_property
    def asked(self) -> Asked:
        """What the options ask for."""
        option = self.config.getoption
        baseline = option("--briefer-evals-baseline")
        return Asked(
            Path(option("--briefer-evals")),
            option("--briefer-evals-extractor"),
            option("--briefer-evals-judge"),
            Path(baseline) if baseline else None,
        )

    @cached_property
    def tests(self) -> tuple[str, ...]:
        """The names of the tests: those of the cases, fit to be shown, and that of all."""
        from briefer.errors import UsageError
        from briefer.evals.cases import case_folders
        from briefer.evals.reports.junit import OVERALL
        from briefer.render.safe import line

        try:
            return (*(line(each.name) for each in case_folders(self.asked.folder)), OVERALL)
        except UsageError as error:
            raise pytest.UsageError(str(error)) from error

    def outcome(self, name: str) -> Outcome:
        """What became of a test. The first to ask has all cases run; where that fails, it alone says why at length."""
        from briefer.errors import BrieferError

        if self._outcomes is None:
            self._outcomes = dict.fromkeys(self.tests, Outcome(errors=("not run; the first of these tests says why",)))
            try:
                self._outcomes = self._run()
            except BrieferError as error:
                return Outcome(errors=(str(error),))
        return self._outcomes[name]

    def _run(self) -> Mapping[str, Outcome]:
        """What JUnit's report says of each test, so that the two never differ."""
        from xml.etree import ElementTree

        from briefer.evals.reports.junit import OVERALL, junit

        result, comparison = self.config.hook.pytest_briefer_evals(asked=self.asked)
        found: dict[str, list[Element]] = {name: [] for name in self.tests}
        for case in ElementTree.fromstring(junit(result, comparison)).iter("testcase"):
            name, _, _ = case.get("name", "").partition(" #")  # "name #2" is the second pass over a case
            found[name if name in found else OVERALL].append(case)
        return {name: _outcome(cases) for name, cases in found.items()}


def _outcome(cases: Sequence["Element"]) -> Outcome:
    return Outcome(
        failures=tuple(_texts(cases, "failure")),
        errors=tuple(_texts(cases, "error")),
        skips=tuple(_texts(cases, "skipped")),
        told=tuple(each.text or "" for case in cases for each in case.iter("system-out")),
    )


def _texts(cases: Sequence["Element"], tag: str) -> Iterator[str]:
    for case in cases:
        for each in case.iter(tag):
            yield "\n".join([f"{case.get('name')}: {each.get('message')}", *filter(None, [each.text])])


class CaseTest(pytest.Item):
    """The test of one case, or of what is of no one case."""

    parent: Suite

    @cached_property
    def outcome(self) -> Outcome:
        """What became of it."""
        return self.parent.outcome(self.name)

    def setup(self) -> None:
        """Errs where it cannot be told whether the case fails."""
        if self.outcome.failures:
            return
        if self.outcome.errors:
            pytest.fail("\n\n".join(self.outcome.errors), pytrace=False)
        if self.outcome.skips:
            pytest.skip("\n\n".join(self.outcome.skips))

    def runtest(self) -> None:
        """Fails by what fails the gate."""
        for told in self.outcome.told:
            self.add_report_section("call", SUITE, told)
        if self.outcome.failures:
            pytest.fail("\n\n".join(self.outcome.failures), pytrace=False)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the case is, and what the test is called in a list of failures."""
        return self.path, None, f"{SUITE}::{self.name}"
