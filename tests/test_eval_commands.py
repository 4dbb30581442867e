"""`briefer eval` at the command line: exit codes, the same bytes again, and no traceback for a user's mistake."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from evals_folder import answer, article, make_case, make_folder
from pytest_socket import disable_socket
from scored_case import write_case
from stub_server import Stub

from briefer.cli import main
from briefer.evals.results import Comparison, Result

TOWNS = ["Karsk", "Ordel"]
MODEL = '[run]\nmodel = "small"\nby = "a stub"\n'
CONTROLS, UNSEEN = ("\x1b", "\x07"), ("\u202e", "\u200b")

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """A user of their own, in a folder with evals/ that the rules read."""
    for name in [name for name in os.environ if name.startswith(("BRIEFER_", "OPENAI_", "XDG_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def evals(place):
    return make_folder(place / "evals", TOWNS)


@pytest.fixture
def cli(capsys) -> Call:
    """Runs `briefer eval …`; gives its exit code, stdout and stderr."""

    def call(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as exited:
            main(["eval", *map(str, arguments)])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        harmful = CONTROLS if printed.out.startswith("{") else (*CONTROLS, *UNSEEN)  # JSON is for programs
        assert not [each for each in harmful if each in printed.out + printed.err]
        return exited.value.code or 0, printed.out, printed.err

    return call


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A folder whose cases a stub of a model has read, on tape."""
    root = make_folder(tmp_path_factory.mktemp("kept") / "evals", TOWNS, MODEL)
    with Stub(answer=answer) as stub, pytest.raises(SystemExit) as exited:
        main(["eval", "run", str(root), "--record", "--base-url", stub.url, "--quiet"])
    assert not exited.value.code
    return root


@pytest.fixture
def recorded(kept, place):
    shutil.copytree(kept, place / "recorded")
    return place / "recorded"


@pytest.fixture
def accepted(recorded, cli):
    """The same, accepted."""
    assert cli("accept", recorded, "--why", "the first run", "--quiet")[0] == 0
    return recorded


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text, text[:2000]
    file.write_text(text.replace(old, new))


def result_of(text: str) -> Result:
    return Result.model_validate_json(text)


class TestRun:
    def test_it_scores_the_cases_and_needs_no_network(self, evals, cli):
        disable_socket(allow_unix_socket=True)
        code, out, err = cli("run")
        assert code == 0
        assert "karsk" in out
        assert "ordel" in out
        assert "Traceback" not in err

    def test_json_is_the_published_result_and_nothing_else(self, evals, cli):
        code, out, _ = cli("run", evals, "--json", "--quiet")
        found = result_of(out)
        assert (code, found.label, [case.name for case in found.cases]) == (0, "rules", ["karsk", "ordel"])
        assert json.loads(out)["schema"] == "briefer.evals.result/1"
        assert str(evals) not in out

    def test_quiet_says_nothing_but_the_result(self, evals, cli):
        assert cli("run", evals, "--quiet")[2] == ""

    def test_recorded_replies_are_replayed_offline(self, recorded, cli):
        disable_socket(allow_unix_socket=True)
        code, out, err = cli("run", recorded, "--json")
        assert (code, result_of(out).label) == (0, "small")
        assert err == ""

    def test_the_same_again_is_the_same_to_the_byte(self, accepted, cli):
        written = []
        for number in (1, 2):
            folder = accepted.parent / f"reports-{number}"
            folder.mkdir()
            names = {name: folder / name for name in ("r.json", "r.html", "r.xml", "r.md")}
            code, out, _ = cli(
                "run", accepted, "--gate", "--out", names["r.json"], "--html", names["r.html"],
                "--junit", names["r.xml"], "--markdown", names["r.md"], "--details",
            )  # fmt: skip
            assert code == 0
            written.append([out, *(file.read_bytes() for file in names.values())])
        assert written[0] == written[1]

    def test_out_writes_what_json_prints(self, evals, cli):
        _, printed, _ = cli("run", evals, "--json", "--quiet")
        cli("run", evals, "--out", "result.json", "--quiet")
        assert Path("result.json").read_text() == printed

    def test_where_the_folder_lies_is_no_matter(self, evals, cli, place):
        _, here, _ = cli("run", evals, "--json", "--quiet")
        shutil.copytree(evals, place / "elsewhere" / "mine")
        assert cli("run", place / "elsewhere" / "mine", "--json", "--quiet")[1] == here

    def test_markdown_is_added_to_what_is_there(self, evals, cli):
        Path("summary.md").write_text("# What others wrote\n")
        for _ in range(2):
            assert cli("run", evals, "--markdown", "summary.md", "--quiet")[0] == 0
        text = Path("summary.md").read_text()
        assert text.startswith("# What others wrote\n")
        once = text.removeprefix("# What others wrote\n")
        assert once[: len(once) // 2] == once[len(once) // 2 :]

    def test_junit_is_xml_with_a_test_a_case(self, evals, cli):
        cli("run", evals, "--junit", "r.xml", "--quiet")
        names = {each.get("name") for each in ElementTree.parse("r.xml").iter("testcase")}
        assert {"karsk", "ordel"} <= names

    def test_repeats_are_told_apart_and_scored_each(self, evals, cli):
        _, out, _ = cli("run", evals, "--repeat", "2", "--json", "--quiet")
        assert [(case.name, case.repeat) for case in result_of(out).cases] == [
            ("karsk", 0), ("karsk", 1), ("ordel", 0), ("ordel", 1),
        ]  # fmt: skip

    def test_a_case_alone_is_run_by_the_settings_of_its_folder(self, recorded, cli):
        _, out, _ = cli("run", recorded / "cases" / "karsk", "--json", "--quiet")
        assert [(case.name, result_of(out).label) for case in result_of(out).cases] == [("karsk", "small")]


class TestWrongUsage:
    """Exit code 2: the thing and the remedy are named, and nothing is written."""

    def test_json_and_out_are_one_too_many(self, evals, cli):
        code, out, err = cli("run", evals, "--json", "--out", "r.json")
        assert (code, out) == (2, "")
        assert "--out" in err
        assert not Path("r.json").exists()

    def test_a_gate_without_a_baseline(self, evals, cli):
        code, _, err = cli("run", evals, "--gate")
        assert code == 2
        assert "baseline.json: nothing is accepted for 'rules'" in err
        assert "briefer eval accept" in err

    def test_a_gate_for_another_reader_than_was_accepted(self, accepted, cli):
        code, _, err = cli("run", accepted, "--extractor", "rules", "--gate")
        assert code == 2
        assert "'rules'" in err

    def test_a_folder_without_cases(self, place, cli):
        place.joinpath("empty").mkdir()
        for command in (["run", "empty"], ["lint", "empty"], ["mutate", "empty"], ["accept", "empty", "--why", "x"]):
            code, _, err = cli(*command)
            assert code == 2, command
            assert "empty holds no case" in err

    def test_a_broken_case_is_named_with_its_line(self, evals, cli):
        edit(evals / "cases/ordel/claims.yaml", "kind: territory", "kind: [territory")
        code, out, err = cli("run", evals)
        assert (code, out) == (2, "")
        assert "ordel/claims.yaml:" in err

    def test_an_id_that_is_taken_is_named_with_its_line(self, evals, cli):
        file = evals / "cases/ordel/claims.yaml"
        text = file.read_text()
        file.write_text(text + text[text.index("  - id:") :])
        code, _, err = cli("run", evals)
        assert code == 2
        assert f"ordel/claims.yaml:{1 + text.count(chr(10))}: the id 'taken' is taken" in err

    def test_settings_of_a_folder_that_are_wrong_are_named_with_their_line(self, evals, cli):
        evals.joinpath("evals.toml").write_text("[run]\nrepeats = 0\n")
        code, _, err = cli("run", evals)
        assert code == 2
        assert "evals.toml:2: run.repeats" in err

    def test_settings_nested_without_end_are_wrong_too(self, evals, cli):
        evals.joinpath("evals.toml").write_text("[run]\nmodel = " + "[" * 50_000 + "\n")
        code, _, err = cli("run", evals)
        assert code == 2
        assert "evals.toml" in err

    def test_a_half_written_recording_is_named_with_its_line(self, recorded, cli):
        tape = recorded / "recordings/karsk.jsonl"
        lines = tape.read_text().count("\n")
        tape.write_bytes(tape.read_bytes()[:-20])
        code, _, err = cli("run", recorded)
        assert code == 2
        assert f"karsk.jsonl, line {lines}" in err

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ('{\n "schema": "briefer.ev', "baseline.json, line 2:"),
            ("[" * 90_000, "baseline.json"),
            ("[]", "baseline.json"),
        ],
    )
    def test_a_broken_baseline_is_named_before_anything_is_run(self, accepted, cli, text, said):
        accepted.joinpath("baseline.json").write_text(text)
        for command in (["run", accepted], ["accept", accepted, "--why", "x"], ["mutate", accepted, "--seeds", "1"]):
            code, out, err = cli(*command)
            assert (code, out) == (2, ""), command
            assert said in err
        assert accepted.joinpath("baseline.json").read_text() == text

    @pytest.mark.parametrize(
        ("text", "said"),
        [('{\n "label": "rules",\n "cas', "half.json, line 3:"), ("", "line 1"), ("{}", "half.json: ")],
    )
    def test_a_half_written_result_is_named_with_its_line(self, evals, cli, text, said):
        Path("half.json").write_text(text)
        for command in (
            ["accept", evals, "--result", "half.json", "--why", "x"],
            ["compare", "half.json", "half.json", evals],
            ["export", "half.json", evals, "--to", "inspect", "--out", "there"],
        ):
            code, _, err = cli(*command)
            assert code == 2, command
            assert said in err

    def test_a_result_that_is_not_there(self, evals, cli):
        code, _, err = cli("accept", evals, "--result", "gone.json", "--why", "x")
        assert code == 2
        assert "gone.json" in err

    def test_a_model_that_nobody_named(self, evals, cli):
        assert cli("run", evals, "--extractor", "llm")[0] == 2
        code, _, err = cli("run", evals, "--record")
        assert code == 2
        assert "--model" in err

    @pytest.mark.parametrize(
        "options", [["--repeat", "0"], ["--seeds", "0"], ["--no-such-option"], ["--extractor", "oracle"]]
    )
    def test_options_out_of_bounds(self, evals, cli, options):
        command = "mutate" if "--seeds" in options else "run"
        assert cli(command, evals, *options)[0] == 2

    def test_a_report_that_could_not_be_written_is_said_before_the_cases_are_run(self, evals, cli):
        for option in ("--out", "--html", "--junit", "--markdown"):
            code, out, err = cli("run", evals, option, "no/such/folder/report")
            assert (code, out) == (4, "")
            assert "no/such/folder" in err


class TestMissingReplies:
    """Exit code 3."""

    def test_what_is_not_recorded_is_named_with_what_changed(self, recorded, cli):
        edit(recorded / "cases/karsk/articles/post-1.txt", "some shops", "many shops")
        code, out, err = cli("run", recorded)
        assert (code, out) == (3, "")
        assert "karsk.jsonl: no reply is recorded to the prompt 'extract' about post-1.txt" in err
        assert "many shops" in err

    def test_a_folder_of_prompts_of_ones_own_is_asked_about(self, kept, recorded, place, cli):
        own = place / "own"
        own.mkdir()
        shipped = Path(__file__).parent.parent.joinpath("prompts/extract.md").read_text()
        own.joinpath("extract.md").write_text(shipped.replace("# System\n\n", "# System\n\nBe exact. "))
        assert cli("run", recorded, "--prompts", own)[0] == 3
        with Stub(answer=answer) as stub:
            assert cli("run", recorded, "--prompts", own, "--record", "--base-url", stub.url, "-q")[0] == 0
        code, out, _ = cli("run", recorded, "--prompts", own, "--json", "-q")
        assert code == 0
        used = [result_of(text).made.prompts["extract"] for text in (out, cli("run", kept, "--json", "-q")[1])]
        assert used[0] != used[1]

    def test_another_model_has_no_replies(self, recorded, cli):
        code, _, err = cli("run", recorded, "--model", "large")
        assert code == 3
        assert "--record" in err

    @pytest.mark.parametrize("command", [["mutate"], ["accept", "--why", "x"]])
    def test_other_commands_end_alike(self, recorded, cli, command):
        recorded.joinpath("recordings/karsk.jsonl").unlink()
        assert cli(*command, recorded)[0] == 3


class TestWhatCannotBeDecided:
    """Exit code 4: neither a pass nor a regression."""

    def test_a_case_that_could_not_be_scored(self, evals, cli):
        make_case(evals / "cases" / "later", "Lisk", date="2031-04-13")
        code, out, _ = cli("run", evals)
        assert code == 4
        assert "later" in out
        assert "nothing to brief" in out

    def test_it_is_so_with_a_gate_too(self, evals, cli):
        assert cli("accept", evals, "--why", "first")[0] == 0
        make_case(evals / "cases" / "later", "Lisk", date="2031-04-13")
        assert cli("run", evals, "--gate")[0] == 4

    def test_a_run_with_such_a_case_is_not_accepted(self, evals, cli):
        make_case(evals / "cases" / "later", "Lisk", date="2031-04-13")
        code, _, err = cli("accept", evals, "--why", "first")
        assert code == 2
        assert "later" in err
        assert not evals.joinpath("baseline.json").exists()

    @pytest.mark.parametrize("what", ["scorer", "verifier"])
    def test_a_baseline_of_another_scorer_or_verifier(self, evals, cli, what):
        cli("accept", evals, "--why", "first")
        kept = json.loads(evals.joinpath("baseline.json").read_text())
        kept["runs"]["rules"][what] = "0123456789abcdef"
        evals.joinpath("baseline.json").write_text(json.dumps(kept))
        code, out, _ = cli("run", evals, "--gate")
        assert code == 4
        assert what in out
        assert cli("run", evals)[0] == 0

    def test_a_case_that_was_changed_or_added(self, evals, cli):
        cli("accept", evals, "--why", "first")
        make_case(evals / "cases" / "lisk", "Lisk")
        assert cli("run", evals, "--gate")[0] == 4
        shutil.rmtree(evals / "cases" / "lisk")
        assert cli("run", evals, "--gate")[0] == 0
        edit(evals / "cases/karsk/claims.yaml", "actor: Sorvan Front", "actor: [Sorvan Front]")
        code, out, _ = cli("run", evals, "--gate")
        assert code == 4
        assert "the case was changed" in out


class TestTheGate:
    """Exit code 1, and 0 where nothing got worse."""

    def test_what_was_accepted_passes(self, accepted, cli):
        code, out, _ = cli("run", accepted, "--gate")
        assert code == 0
        assert "the gate holds" in out

    def test_a_model_that_turns_the_sides_fails_with_the_claim_and_its_field(self, accepted, cli):
        tape = accepted / "recordings" / "karsk.jsonl"
        edit(tape, '"a": ["Sorvan Front"], "o": ["the Velda Army"]', '"a": ["the Velda Army"], "o": ["Sorvan Front"]')
        code, out, _ = cli("run", accepted, "--gate", "--junit", "r.xml", "--markdown", "r.md", "--html", "r.html")
        assert code == 1
        assert "the gate fails" in out
        assert "actor" in out
        assert list(ElementTree.parse("r.xml").iter("failure"))
        assert not list(ElementTree.parse("r.xml").iter("error"))
        assert "karsk" in Path("r.md").read_text()
        assert cli("run", accepted)[0] == 0

    def test_a_claim_told_no_more_fails(self, accepted, cli):
        kept = json.loads(accepted.joinpath("baseline.json").read_text())
        kept["runs"]["small"]["cases"]["karsk"]["told"] = ["taken", "told-before"]
        accepted.joinpath("baseline.json").write_text(json.dumps(kept))
        code, out, _ = cli("run", accepted, "--gate")
        assert code == 1
        assert "told no more" in out

    def test_a_case_that_is_gone_fails(self, accepted, cli):
        shutil.rmtree(accepted / "cases" / "ordel")
        code, out, _ = cli("run", accepted, "--gate")
        assert code == 1
        assert "ordel" in out

    def test_of_one_case_alone_the_others_are_not_missed(self, accepted, cli):
        assert cli("run", accepted / "cases" / "karsk", "--gate")[0] == 0
        tape = accepted / "recordings" / "karsk.jsonl"
        edit(tape, '"a": ["Sorvan Front"], "o": ["the Velda Army"]', '"a": ["the Velda Army"], "o": ["Sorvan Front"]')
        assert cli("run", accepted / "cases" / "karsk", "--gate")[0] == 1
        assert cli("run", accepted / "cases" / "ordel", "--gate")[0] == 0

    def test_a_baseline_elsewhere_is_taken_and_left(self, accepted, cli):
        shutil.move(accepted / "baseline.json", "kept.json")
        assert cli("run", accepted, "--gate")[0] == 2
        assert cli("run", accepted, "--gate", "--baseline", "kept.json")[0] == 0


class TestAccept:
    def test_a_run_is_accepted_with_its_reason(self, evals, cli):
        code, _, err = cli("accept", evals, "--why", "it is the first")
        assert code == 0
        assert "accepted as rules" in err
        kept = json.loads(evals.joinpath("baseline.json").read_text())
        assert kept["runs"]["rules"]["why"] == "it is the first"
        assert set(kept["runs"]["rules"]["cases"]) == {"karsk", "ordel"}

    @pytest.mark.parametrize("why", [[], ["--why", ""], ["--why", "  "]])
    def test_it_must_be_said_why(self, evals, cli, why):
        code, _, err = cli("accept", evals, *why)
        assert code == 2
        assert "--why" in err
        assert not evals.joinpath("baseline.json").exists()

    def test_a_result_that_was_written_is_accepted_without_a_run(self, recorded, cli):
        assert cli("run", recorded, "--out", "r.json")[0] == 0
        recorded.joinpath("recordings/karsk.jsonl").unlink()
        assert cli("accept", recorded, "--result", "r.json", "--why", "as it was")[0] == 0

    def test_a_floor_does_not_fall_unless_it_is_allowed(self, accepted, cli):
        before = accepted.joinpath("baseline.json").read_bytes()
        tape = accepted / "recordings" / "karsk.jsonl"
        edit(tape, '"a": ["Sorvan Front"], "o": ["the Velda Army"]', '"a": ["the Velda Army"], "o": ["Sorvan Front"]')
        code, _, err = cli("accept", accepted, "--why", "worse")
        assert code == 2
        assert " → " in err
        assert "--allow-regression" in err
        assert accepted.joinpath("baseline.json").read_bytes() == before
        code, out, _ = cli("accept", accepted, "--why", "worse, and known", "--allow-regression")
        assert code == 0
        assert "karsk" in out
        assert cli("run", accepted, "--gate")[0] == 0

    def test_one_case_alone_does_not_drop_the_others(self, accepted, cli):
        code, _, err = cli("accept", accepted / "cases" / "karsk", "--why", "only this one")
        assert code == 2
        assert "ordel" in err

    def test_a_baseline_that_cannot_be_written_is_a_failure_of_work(self, evals, cli):
        kept = evals / "nowhere" / "kept.json"
        code, _, err = cli("accept", evals, "--why", "first", "--baseline", kept)
        assert code == 4
        assert f"{kept}: there is no folder" in err


class TestCompare:
    @pytest.fixture
    def two(self, recorded, cli):
        cli("run", recorded, "--out", "one.json", "-q")
        tape = recorded / "recordings" / "karsk.jsonl"
        edit(tape, '"a": ["Sorvan Front"], "o": ["the Velda Army"]', '"a": ["the Velda Army"], "o": ["Sorvan Front"]')
        cli("run", recorded, "--out", "two.json", "-q")
        return recorded

    def test_two_results_side_by_side_with_wins_and_losses_of_each_case(self, two, cli):
        code, out, _ = cli("compare", "one.json", "two.json", two)
        assert code == 0
        assert "against one.json" in out
        assert "karsk" in out
        code, out, _ = cli("compare", "one.json", "two.json", two, "--json")
        found = Comparison.model_validate_json(out)
        assert code == 0
        assert found.losses["karsk"] >= 1
        assert (found.wins["ordel"], found.losses["ordel"]) == (0, 0)

    def test_the_same_is_no_difference(self, two, cli):
        _, out, _ = cli("compare", "one.json", "one.json", two, "--json")
        assert Comparison.model_validate_json(out).found == ()

    def test_readers_are_run_over_the_cases_from_recordings(self, recorded, cli):
        disable_socket(allow_unix_socket=True)
        code, out, _ = cli("compare", "rules", "model:small", recorded, "--json")
        assert code == 0
        assert set(Comparison.model_validate_json(out).wins) == {"karsk", "ordel"}

    def test_a_folder_of_prompts_that_was_not_recorded_ends_with_3(self, recorded, place, cli):
        own = place / "own"
        own.mkdir()
        shipped = Path(__file__).parent.parent.joinpath("prompts/extract.md").read_text()
        own.joinpath("extract.md").write_text(shipped.replace("# System\n\n", "# System\n\nBe exact. "))
        assert cli("compare", "rules", own, recorded)[0] == 3

    @pytest.mark.parametrize(
        "told", ["gone.json", "HEAD:gone.json", "--upload-pack=x:y", "-x:y", "model:", "no\x1b[31m"]
    )
    def test_what_is_neither_is_named(self, two, cli, told):
        code, _, err = cli("compare", "one.json", "--", told, two)
        assert code in (2, 3)
        assert err

    def test_a_case_that_the_first_could_not_score_is_left_out_and_named(self, two, cli):
        broken = json.loads(Path("one.json").read_text())
        broken["cases"][0] |= {"error": "the model did not answer", "claims": [], "events": [], "reference": []}
        Path("broken.json").write_text(json.dumps(broken))
        code, out, err = cli("compare", "broken.json", "two.json", two, "--json")
        assert code == 0
        assert set(Comparison.model_validate_json(out).wins) == {"ordel"}
        assert "broken.json: karsk is left out: the model did not answer" in err

    def test_that_two_results_were_scored_otherwise_is_said(self, two, cli):
        Path("old.json").write_text(
            json.dumps(json.loads(Path("one.json").read_text()) | {"scorer": "0123456789abcdef"})
        )
        code, out, _ = cli("compare", "old.json", "two.json", two)
        assert code == 0
        assert "the scorer is another" in out

    def test_results_of_other_cases_have_nothing_in_common(self, two, place, cli):
        other = make_folder(place / "other", ["Lisk"])
        cli("run", other, "--out", "lisk.json", "-q")
        code, _, err = cli("compare", "one.json", "lisk.json", two)
        assert code == 2
        assert "no case in common" in err


class TestMutate:
    @pytest.fixture
    def toval(self, place):
        write_case(place / "mine" / "cases" / "toval")
        return place / "mine"

    def test_it_says_what_the_gate_catches_and_again_the_same(self, toval, cli):
        code, out, _ = cli("mutate", toval, "--seeds", "2", "--json", "-q")
        found = json.loads(out)
        assert code == 0
        assert (found["schema"], found["label"], found["false_alarms"]) == ("briefer.evals.mutate/1", "rules", [])
        for sort in ("emptied", "dropped_must"):
            assert found["shares"][sort]["caught"] == found["shares"][sort]["planted"] > 0
        assert cli("mutate", toval, "--seeds", "2", "--json", "-q")[1] == out

    def test_its_table_is_for_people(self, toval, cli):
        code, out, _ = cli("mutate", toval, "--seeds", "1", "--missed")
        assert code == 0
        assert "lies of all reasons" in out
        assert "0 false alarms" in out

    def test_the_share_is_pinned_and_held(self, toval, cli):
        code, _, err = cli("mutate", toval, "--seeds", "1", "--gate")
        assert code == 2
        assert "--pin" in err
        assert cli("mutate", toval, "--seeds", "1", "--pin")[0] == 0
        assert cli("mutate", toval, "--seeds", "1", "--gate")[0] == 0
        kept = json.loads(toval.joinpath("baseline.json").read_text())
        kept["mutate"]["rules"]["shares"]["sort_that_was"] = {"part": 3, "whole": 3}
        toval.joinpath("baseline.json").write_text(json.dumps(kept))
        code, _, err = cli("mutate", toval, "--seeds", "1", "--gate")
        assert code == 1
        assert "sort_that_was" in err

    def test_pinning_leaves_what_was_accepted(self, toval, cli):
        cli("accept", toval, "--why", "first")
        before = json.loads(toval.joinpath("baseline.json").read_text())["runs"]
        cli("mutate", toval, "--seeds", "1", "--pin")
        assert json.loads(toval.joinpath("baseline.json").read_text())["runs"] == before
        cli("accept", toval, "--why", "again")
        assert "rules" in json.loads(toval.joinpath("baseline.json").read_text())["mutate"]


class TestNewAndLint:
    def test_a_case_from_nothing_to_a_score(self, place, cli):
        place.joinpath("posts").mkdir()
        place.joinpath("posts", "post-1.txt").write_text(article("Lisk"))
        code, out, err = cli("new", "evals/cases/lisk", "--date", "2031-04-14", "--from", "posts")
        assert code == 0
        assert set(out.split()) == {
            f"evals/cases/lisk/{part}" for part in ("case.yaml", "claims.yaml", "reference.md", "articles/post-1.txt")
        }
        assert "briefer eval lint evals/cases/lisk" in err
        code, out, err = cli("lint", "evals/cases/lisk")
        assert code == 1
        assert "must: is empty" in out
        assert "1 fault" in err
        done = make_case(place / "done", "Lisk")
        shutil.copy(done / "claims.yaml", "evals/cases/lisk/claims.yaml")
        assert cli("lint")[0] == 0
        assert cli("run")[0] == 0

    def test_doubts_are_named_and_pass(self, evals, cli):
        evals.joinpath("cases/karsk/articles/more.txt").write_text(
            "The market of Karsk opened on Monday, traders said.\n"
        )
        code, out, err = cli("lint", evals)
        assert code == 0
        assert "doubtful: more.txt is cited by no claim" in out
        assert "2 cases, 0 faults, 1 doubt" in err

    def test_faults_of_all_cases_are_named(self, evals, cli):
        for town in ("karsk", "ordel"):
            edit(evals / f"cases/{town}/claims.yaml", "change: captured", "change: conquered")
        code, out, _ = cli("lint", evals)
        assert code == 1
        assert [line.partition(": ")[0].rpartition("cases/")[2] for line in out.splitlines()] == [
            "karsk/claims.yaml:8",
            "ordel/claims.yaml:8",
        ]

    def test_a_taken_folder_is_left(self, evals, cli):
        before = evals.joinpath("cases/karsk/claims.yaml").read_bytes()
        code, _, err = cli("new", evals / "cases" / "karsk")
        assert code == 2
        assert "has case.yaml already" in err
        assert evals.joinpath("cases/karsk/claims.yaml").read_bytes() == before


class TestHostileWords:
    """Names and words of cases are others' words: none of them reaches the terminal as anything but text.

    The fixture `cli` holds every command's output to that.
    """

    EVIL = "karsk\x1b[31m\x07\u202e[bold]"

    @pytest.fixture
    def evil(self, place):
        root = place / "evil"
        case = make_case(root / "cases" / self.EVIL, "Karsk")
        case.joinpath("articles", f"more{self.EVIL}.txt").write_text(
            article("Karsk").replace("Monday", "Tuesday\x1b[2J")
        )
        edit(case / "case.yaml", "title: Karsk taken", 'title: "Karsk \\e[31m\\a\\u202e taken"')
        edit(case / "claims.yaml", "  - id: taken\n    text: ", '  - id: taken\n    text: "\\e[2J \\u202e"\n    # ')
        return root

    @pytest.mark.parametrize(
        "command",
        [
            ["lint"],
            ["run", "--details"],
            ["run", "--json"],
            ["mutate", "--seeds", "1", "--missed"],
            ["accept", "--why", "x\x1b[31m"],
        ],
    )
    def test_no_command_prints_an_escape(self, evil, cli, command):
        code, out, err = cli(command[0], evil, *command[1:])
        assert code == 0, out + err
        assert out + err

    def test_no_error_prints_an_escape(self, evil, cli):
        edit(evil / "cases" / self.EVIL / "claims.yaml", "kind: territory", 'kind: "\\e[31m"')
        for command in ("lint", "run", "mutate"):
            code, out, err = cli(command, evil)
            assert code in (1, 2)
            assert "claims.yaml:" in out + err

    def test_markup_is_shown_as_it_is(self, evil, cli):
        assert "[bold]" in cli("run", evil)[1]

    def test_reports_hold_no_escape_either(self, evil, cli):
        cli("run", evil, "--junit", "r.xml", "--html", "r.html", "--markdown", "r.md", "-q")
        for name in ("r.xml", "r.html", "r.md"):
            text = Path(name).read_text()
            assert not [each for each in (*CONTROLS, *UNSEEN) if each in text], name
