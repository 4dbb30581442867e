"""What people and CI servers are told of an eval: what got worse first, and no word of a case that does anything."""

import re
from xml.etree import ElementTree

import pytest
from eval_result_factory import (
    CLAIMS,
    COMPARISON,
    HELD,
    HOLDING,
    HOSTILE,
    QUIET,
    RESULT,
    YARD,
)
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from briefer.cli.evals import view
from briefer.evals.reports import junit, markdown, rows
from briefer.evals.reports.markdown import LARGEST
from briefer.evals.reports.rows import State
from briefer.evals.results import Comparison, Found, Measure, Notice

INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\ufeff\ud800-\udfff]")
ANY = st.text(st.characters(codec=None), max_size=60)


def drawn(result=RESULT, comparison=COMPARISON, *, details=False, width=80, color=False):
    return view.draw(result, comparison, details=details, width=width, color=color)


def words(text):
    return " ".join(text.split())


def with_text(text):
    """The result with one text in every place that a case or a model can write to."""
    claim = CLAIMS[1].model_copy(update={"text": text, "why": text, "forbidden": text})
    case = YARD.model_copy(update={"claims": (claim,), "title": text, "name": f"x{text}"})
    notice = Notice(kind=Found.NEW_FALSE, what=text, case=case.name, claim=claim.id)
    missing = Notice(kind=Found.MISSING_CASE, what=text, case=text)
    return RESULT.model_copy(update={"cases": (case,)}), Comparison(against=text, found=(notice, missing))


class TestRows:
    def test_what_must_not_be_told_stands_before_all_else(self):
        kinds = [each.notice.kind for each in rows(RESULT, COMPARISON).worse]
        assert kinds[0] is Found.NEW_FORBIDDEN
        assert kinds[-1] is Found.MEASURE
        assert len(kinds) == 6

    def test_each_finding_has_its_claim_and_the_reference_nearest_to_it(self):
        found = rows(RESULT, COMPARISON).worse[1]
        assert (found.claim.id, found.told.id) == ("c-dead", "yard-dead")

    def test_a_lost_claim_is_found_in_the_reference(self):
        lost = next(each for each in rows(RESULT, COMPARISON).worse if each.notice.kind is Found.LOST_MUST)
        assert lost.told.text == "The rebels denied that they had lost the yard."

    def test_false_claims_of_the_baseline_are_known_and_not_new(self):
        assert [(each.case.name, each.sort) for each in rows(RESULT, COMPARISON).known] == [
            (HOSTILE.name, "claim that no source carries")
        ]

    def test_an_error_that_no_gate_has_named_is_an_error(self):
        found = rows(RESULT, HOLDING)
        assert found.state is State.ERROR
        assert found.verdict == "the gate cannot tell: 1 case that could not be scored"

    @pytest.mark.parametrize(
        ("result", "comparison", "verdict"),
        [
            (HELD, HOLDING, "the gate holds"),
            (HELD, None, "nothing to compare with; 4 claims shown that do not stand"),
            (
                HELD,
                Comparison(
                    against="b", found=(Notice(kind=Found.NEW_FALSE, what="", case="yard-at-kelva", claim="?"),)
                ),
                "the gate fails: 1 new claim that does not stand",
            ),
            (
                HELD,
                Comparison(against="b", found=(Notice(kind=Found.INCOMPARABLE, what="the scorer changed"),)),
                "the gate cannot tell: 1 change that makes the runs incomparable",
            ),
        ],
    )
    def test_the_verdict_in_plain_words(self, result, comparison, verdict):
        assert rows(result, comparison).verdict == verdict

    def test_less_of_what_is_wrong_is_better(self):
        notices = [
            Notice(kind=Found.MEASURE, what="", measure=measure, before=0.5)
            for measure in (Measure.UNSUPPORTED, "recall")
        ]
        before = {Measure.UNSUPPORTED: 0.5, Measure.RECALL: 0.5}
        shown = rows(HELD, Comparison(against="b", measures=before, found=tuple(notices))).measures
        states = {row.measure: row.state for row in shown}
        assert states[Measure.UNSUPPORTED] is State.WORSE  # 57 % of claims, 50 % before
        assert states[Measure.RECALL] is State.BETTER
        assert states[Measure.STATUS] is State.ALONE

    def test_findings_go_to_the_pass_that_has_the_claim(self):
        again = YARD.model_copy(update={"repeat": 1})
        first = YARD.model_copy(update={"claims": CLAIMS[:1]})
        result = RESULT.model_copy(update={"cases": (first, again)})
        shown = rows(
            result,
            Comparison(
                against="b", found=(Notice(kind=Found.NEW_FALSE, what="", case="yard-at-kelva", claim="c-dead"),)
            ),
        )
        assert [(row.name, len(row.worse)) for row in shown.cases] == [("yard-at-kelva", 0), ("yard-at-kelva #2", 1)]

    def test_a_case_that_is_as_false_as_before_gets_no_tick(self):
        assert [row.sign for row in rows(HELD, HOLDING).cases] == [State.ALONE, State.SAME, State.ALONE]


class TestTerminal:
    def test_what_the_claim_says_already_is_not_said_again(self):
        notice = Notice(
            kind=Found.NEW_FALSE, what=f"{CLAIMS[1].text} (made up and withheld)", case="yard-at-kelva", claim="c-dead"
        )
        text = words(drawn(HELD, Comparison(against="b", found=(notice,))))
        assert text.count("Nineteen soldiers were killed.") == 1
        assert "found made up and withheld" in text

    @pytest.mark.parametrize("width", [80, 120])
    def test_the_whole_report(self, snapshot, width):
        assert drawn(width=width, details=width == 120) == snapshot

    def test_without_a_baseline(self, snapshot):
        assert drawn(HELD, None) == snapshot

    @pytest.mark.parametrize("width", [20, 40, 80, 120])
    def test_nothing_is_wider_than_the_terminal(self, width):
        # case names and headings of columns may not be cut, so that the narrowest is what the tables need
        assert max(len(row) for row in drawn(width=width, details=True).split("\n")) <= max(width, 72)

    def test_the_verdict_is_the_last_line(self):
        assert drawn(HELD, HOLDING).endswith("\n\nthe gate holds\n")

    def test_many_findings_are_counted_rather_than_shown(self):
        claims = tuple(CLAIMS[1].model_copy(update={"id": f"c{number}"}) for number in range(30))
        found = tuple(Notice(kind=Found.NEW_FALSE, what="", case="yard-at-kelva", claim=each.id) for each in claims)
        result = RESULT.model_copy(update={"cases": (YARD.model_copy(update={"claims": claims}),)})
        assert "and 10 more: --details" in drawn(result, Comparison(against="b", found=found))
        assert "more: --details" not in drawn(result, Comparison(against="b", found=found), details=True)

    def test_no_color_means_no_escape_at_all(self, monkeypatch):
        monkeypatch.setenv("NO_COLOR", "1")
        monkeypatch.setenv("COLUMNS", "80")
        assert "\x1b" not in view.draw(RESULT, COMPARISON, details=True)

    def test_a_word_of_a_case_styles_nothing(self):
        assert "\x1b[31mred" not in drawn(color=True)
        assert "[bold]styled[/bold]" in words(drawn())

    @given(ANY)
    def test_any_text_is_harmless(self, text):
        assert not INVISIBLE.search(drawn(*with_text(text), details=True))


class TestMarkdown:
    def test_the_whole_report(self, snapshot):
        assert markdown(RESULT, COMPARISON) == snapshot

    def test_without_a_baseline(self, snapshot):
        assert markdown(HELD, None) == snapshot

    @given(ANY)
    def test_any_text_stays_text(self, text):
        self.hold_to_own_markup(markdown(*with_text(text)))

    def test_hostile_text_stays_text(self):
        self.hold_to_own_markup(markdown(RESULT, COMPARISON))

    @staticmethod
    def hold_to_own_markup(text):
        assert not INVISIBLE.search(text)
        reader = MarkdownIt("commonmark", {"html": True}).enable("table")
        for token in reader.parse(text):
            if token.type == "html_block":
                assert re.fullmatch(r"<details><summary>[\w, ()-]+</summary>|</details>", token.content.strip())
            kinds = {each.type for each in token.children or ()}
            assert kinds <= {"text", "strong_open", "strong_close", "em_open", "em_close", "softbreak", "text_special"}

    def test_nobody_is_called_by_name(self):
        text = markdown(RESULT, COMPARISON)
        assert "maintainers" in text
        assert not re.search(r"@\w|#\d|GH-\d|https?:/|www\.", text)

    def test_a_pipe_does_not_make_a_column(self):
        case = YARD.model_copy(update={"name": "a|b"})
        assert "a\\|b |" in markdown(RESULT.model_copy(update={"cases": (case,)}), HOLDING)

    def test_it_fits_and_says_what_was_cut(self):
        long = tuple(
            CLAIMS[2].model_copy(update={"id": f"c{number}", "text": f"{number} " + "\u05d0<" * 5_000})
            for number in range(900)
        )
        case = YARD.model_copy(update={"claims": long})
        found = tuple(Notice(kind=Found.NEW_FALSE, what="", case=case.name, claim=each.id) for each in long)
        text = markdown(RESULT.model_copy(update={"cases": (case,)}), Comparison(against="b", found=found))
        assert len(text.encode()) <= LARGEST
        assert re.search(r"\*\d+ parts of this report did not fit; the result's JSON has all\.\*\n$", text)
        assert text.index("### Worse") < text.index("claim: 0 ")

    def test_ten_thousand_cases_fit(self):
        cases = tuple(QUIET.model_copy(update={"name": f"case-{number}"}) for number in range(10_000))
        text = markdown(RESULT.model_copy(update={"cases": cases}), HOLDING)
        assert len(text.encode()) <= LARGEST
        assert "and 9,000 more cases" in text


class TestJUnit:
    def test_the_whole_report(self, snapshot):
        assert junit(RESULT, COMPARISON) == snapshot

    def test_failures_errors_and_passes_are_told_apart(self):
        suites = self.read(junit(RESULT, COMPARISON))
        outcome = {case.get("name"): self.outcome(case) for case in suites.iter("testcase")}
        assert outcome == {
            "yard-at-kelva": "failure",
            "quiet-day": "passed",
            "broken-recording": "error",
            "a<b>&]]>␛[31mred␛[0m": "passed",
            "bridge-at-night": "failure",
            "(all cases)": "failure",
        }

    def test_a_case_that_cannot_be_compared_is_skipped_and_the_run_is_not_green(self):
        changed = Notice(kind=Found.INCOMPARABLE, what="the case changed", case="quiet-day")
        suites = self.read(junit(HELD, Comparison(against="b", found=(changed,))))
        outcome = {case.get("name"): self.outcome(case) for case in suites.iter("testcase")}
        assert outcome["quiet-day"] == "skipped"
        assert outcome["(all cases)"] == "error"

    def test_without_a_gate_only_errors_are_not_green(self):
        suites = self.read(junit(RESULT, None))
        assert [self.outcome(case) for case in suites.iter("testcase")] == [
            "passed",
            "passed",
            "error",
            "passed",
            "passed",
        ]

    def test_a_failure_carries_the_claim_and_its_words(self):
        failure = self.read(junit(RESULT, COMPARISON)).find(".//failure")
        assert failure.get("type") == "new_forbidden"
        assert "claim: Nineteen soldiers were killed." in failure.text
        assert "cites: “At least nine soldiers were killed" in failure.text

    def test_measures_are_properties(self):
        found = self.read(junit(RESULT, COMPARISON)).findall("testsuite/properties/property")
        values = {each.get("name"): each.get("value") for each in found}
        assert values["unsupported"] == "0.5714"
        assert values["prose"] == ""

    @given(ANY)
    def test_any_text_gives_a_document_that_servers_can_read(self, text):
        self.read(junit(*with_text(text)))

    @staticmethod
    def outcome(case):
        return next((each.tag for each in case if each.tag in ("failure", "error", "skipped")), "passed")

    @staticmethod
    def read(text):
        """The document, held to what GitLab, Jenkins and GitHub's reporters read."""
        suites = ElementTree.fromstring(text.encode("utf-8"))
        assert suites.tag == "testsuites"
        for level in (suites, *suites):
            cases = list(level.iter("testcase"))
            assert int(level.get("tests")) == len(cases)
            for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
                assert int(level.get(name)) == sum(case.find(tag) is not None for case in cases)
            assert level.get("time") == "0"
        for case in suites.iter("testcase"):
            assert set(case.attrib) == {"classname", "name", "time"}
            assert {each.tag for each in case} <= {"failure", "error", "skipped", "system-out"}
            assert sum(each.tag != "system-out" for each in case) <= 1
            assert all(each.get("message") is not None for each in case if each.tag != "system-out")
        return suites


@pytest.mark.parametrize("report", [markdown, junit, drawn])
def test_the_order_of_keys_in_a_result_changes_nothing(report):
    turned = {"measures": dict(reversed(RESULT.measures.items())), "by_trap": dict(reversed(RESULT.by_trap.items()))}
    cases = [each.model_copy(update={"measures": dict(reversed(each.measures.items()))}) for each in RESULT.cases]
    other = RESULT.model_copy(update={**turned, "cases": tuple(cases)})
    assert report(other, COMPARISON) == report(RESULT, COMPARISON)
