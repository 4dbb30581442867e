"""Exports of a result: what Inspect AI and promptfoo are given to read."""

import ast
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from eval_result_factory import BROKEN, CASES, COMPARISON, HOSTILE, RESULT, YARD, case

from briefer.cli import main
from briefer.errors import OutputError, UsageError
from briefer.evals.cases import Case
from briefer.evals.exports import inspect_ai, promptfoo
from briefer.evals.exports.passes import Pass, passes, plain
from briefer.evals.results import FALSE, Comparison, Found, Notice, Result

ALL: tuple[Case, ...] = (*CASES, case(BROKEN), case(HOSTILE.model_copy(update={"title": "x"})))
TEMPLATES = "{{ env.HOME }} {% raw %} file:///etc/passwd ${HOME} `id`"


def rows(text: str) -> list[dict]:
    return [json.loads(row) for row in text.splitlines()]


def log_of(files: dict[str, str]) -> dict:
    (name,) = [name for name in files if name.startswith("logs/")]
    return json.loads(files[name])


def config_of(files: dict[str, str]) -> dict:
    return json.loads(files["promptfooconfig.json"])


# ── both ──


@pytest.mark.parametrize("export", [inspect_ai, promptfoo])
def test_the_same_result_gives_the_same_bytes(export) -> None:
    again = Result.model_validate(RESULT.model_dump())
    assert export.files(RESULT, ALL) == export.files(again, ALL[::-1])


@pytest.mark.parametrize("export", [inspect_ai, promptfoo])
def test_every_file_is_printable_ascii_that_no_terminal_obeys(export) -> None:
    for name, text in export.files(RESULT, ALL).items():
        if not name.endswith((".py", ".cjs")):
            assert re.fullmatch(r"[ -~\n]*", text), name
        assert re.fullmatch(r"[\w./-]+", name, re.ASCII)


@pytest.mark.parametrize("export", [inspect_ai, promptfoo])
def test_cases_that_are_not_those_of_the_result_are_refused(export) -> None:
    with pytest.raises(UsageError, match="'broken-recording' that is not there"):
        export.files(RESULT, CASES)
    with pytest.raises(UsageError, match="'yard-at-kelva' was changed after the result was made"):
        export.files(RESULT, [replace(ALL[0], hash="other"), *ALL[1:]])


@pytest.mark.parametrize("export", [inspect_ai, promptfoo])
def test_a_place_that_cannot_be_written_is_named(export, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputError, match=r"out/\S+: .*choose another place"):
        export.write(RESULT, ALL, tmp_path / "out")


def test_files_of_other_names_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("mine")
    promptfoo.write(RESULT, ALL, tmp_path)
    assert (tmp_path / "notes.md").read_text() == "mine"
    assert {each.name for each in tmp_path.iterdir()} == {*promptfoo.files(RESULT, ALL), "notes.md"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("town-lost-by-night", "town-lost-by-night"),
        ("{{ env.HOME }}", r"env-HOME-[0-9a-f]{8}"),
        ("file:///etc/passwd", r"file-etc-passwd-[0-9a-f]{8}"),
        ("../../x", r"x-[0-9a-f]{8}"),
        ("", r"[0-9a-f]{8}"),
        ("דוגמה", r"[0-9a-f]{8}"),
        ("x\n", r"x-[0-9a-f]{8}"),
    ],
)
def test_a_case_s_name_is_no_template_and_no_path_elsewhere(name: str, expected: str) -> None:
    assert re.fullmatch(expected, plain(name))


def test_names_that_look_alike_stay_apart() -> None:
    assert len({plain(name) for name in ("a b", "a-b", "a_b", "a/b", "a b ", "a\tb")}) == 6


def test_a_second_pass_over_a_case_has_a_name_of_its_own() -> None:
    twice = RESULT.model_copy(update={"cases": (YARD, YARD.model_copy(update={"repeat": 1}))})
    assert [each.key for each in passes(twice, ALL)] == ["yard-at-kelva", "yard-at-kelva-pass-2"]


def test_the_input_is_bounded_by_whole_sentences() -> None:
    (wire, *_) = CASES[0].articles.values()
    long = replace(wire, name="a.txt", text=("x" * 999 + " ") * 1000, sentences=tuple(_spans(1000)))
    shown = Pass(replace(CASES[0], collected=(long, wire)), YARD).input
    assert 390_000 < len(shown) < 420_000
    assert shown.count("x" * 999) == 400


def _spans(count: int) -> list:
    from briefer.types import Span

    return [Span(1000 * number, 1000 * number + 1000) for number in range(count)]


# ── Inspect AI ──


def test_a_sample_holds_the_articles_the_briefing_by_hand_and_the_claims() -> None:
    (first, *_) = rows(inspect_ai.files(RESULT, ALL)["samples.jsonl"])
    assert first["id"] == "yard-at-kelva"
    assert "Government troops retook the rail yard of Kelva" in first["input"]
    assert "Article 1 | outlet: The Wire" in first["input"]
    assert first["target"].startswith("# Briefing: Tuesday 13 May 2031")
    assert [claim["id"] for claim in first["metadata"]["must"]] == ["yard-retaken"]
    assert [claim["id"] for claim in first["metadata"]["must_not"]] == ["no-crossing"]
    assert first["metadata"]["tries"] == ["contradiction", "injection", "plans"]


def test_scores_of_a_sample_are_the_case_s_measures_and_nothing_counted_is_no_score() -> None:
    (first, quiet, *_) = log_of(inspect_ai.files(RESULT, ALL))["samples"]
    for measure, share in YARD.measures.items():
        if share.whole:
            assert first["scores"][measure]["value"] == share.value
            assert first["scores"][measure]["metadata"] == {"part": share.part, "whole": share.whole}
        else:
            assert measure not in first["scores"]
    assert quiet["scores"] == {}
    assert (
        "contradicted: Nineteen soldiers were killed. (the source says" in first["scores"]["unsupported"]["explanation"]
    )
    assert "not told: At least nine soldiers" in first["scores"]["recall"]["explanation"]


def test_overall_scores_are_the_result_s_and_say_how_many_passes_they_are_of() -> None:
    scores = {score["name"]: score for score in log_of(inspect_ai.files(RESULT, ALL))["results"]["scores"]}
    for measure, share in RESULT.measures.items():
        pooled = scores[measure]["metrics"].get("pooled", {}).get("value")
        assert pooled == share.value
    assert (scores["recall"]["scored_samples"], scores["recall"]["unscored_samples"]) == (2, 1)


def test_a_case_that_could_not_be_scored_is_an_error_and_no_score() -> None:
    files = inspect_ai.files(RESULT, ALL)
    log = log_of(files)
    broken = next(sample for sample in log["samples"] if sample["id"] == "broken-recording")
    assert broken["error"]["message"] == "recordings.jsonl:3: is no JSON"
    assert "scores" not in broken
    assert "output" not in broken
    assert (log["results"]["completed_samples"], log["results"]["total_samples"]) == (3, 4)
    assert next(row for row in rows(files["outputs.jsonl"]) if row["id"] == "broken-recording")["error"]


def test_the_log_has_a_name_under_which_inspect_lists_it_and_the_task_reads_what_is_there() -> None:
    files = inspect_ai.files(RESULT, ALL)
    (name,) = [name for name in files if name.startswith("logs/")]
    assert re.fullmatch(r"logs/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d_[\w.-]+\.json", name)
    task = files["briefer_task.py"]
    ast.parse(task)
    assert set(re.findall(r'HERE / "(.+?)"', task)) == {"samples.jsonl", "outputs.jsonl"}


# ── promptfoo ──


def test_each_claim_is_an_assertion_by_a_name_that_promptfoo_cannot_read_as_a_template() -> None:
    hostile = HOSTILE.model_copy(update={"name": TEMPLATES, "title": TEMPLATES, "hash": "h"})
    result = RESULT.model_copy(update={"cases": (YARD, hostile)})
    config = config_of(promptfoo.files(result, [*CASES, case(hostile)]))
    (yard, other) = config["tests"]
    assert [each["metric"] for each in yard["assert"]] == ["told", "not forbidden", "supported"]
    assert [each["config"]["claim"] for each in yard["assert"][:2]] == ["yard-retaken", "no-crossing"]
    text = json.dumps({**config, "prompts": []})
    for part in ("{{", "{%", "${", "env.HOME", "passwd"):
        assert part not in text.replace(other["vars"]["pass"], "")
    assert re.fullmatch(r"[\w-]+", other["vars"]["pass"])
    assert config["sharing"] is False


def known(comparison: Comparison | None) -> dict:
    return json.loads(promptfoo.files(RESULT, ALL, comparison)["known.json"])["yard-at-kelva"]


UNVOUCHED = [claim.id for claim in YARD.claims if claim.shown and claim.vouched is None and claim.standing not in FALSE]


def test_without_a_baseline_what_is_shown_and_false_fails_and_nothing_else() -> None:
    assert known(None) == {"missed": [], "doubtful": [*UNVOUCHED, "c-withheld"]}


def test_with_a_baseline_a_test_fails_by_what_the_gate_finds_and_by_nothing_else() -> None:
    assert known(COMPARISON) == {"missed": ["yard-dead"], "doubtful": [*UNVOUCHED, "c-withheld"]}
    everything = known(Comparison(against="x"))
    assert everything["missed"] == ["yard-dead", "yard-denied"]
    assert set(everything["doubtful"]) == {
        claim.id for claim in YARD.claims if claim.vouched is None or not claim.shown
    }


def test_a_claim_that_nobody_vouches_for_fails_where_it_is_new() -> None:
    new = Notice(kind=Found.NEW_UNVOUCHED, what="nobody vouches for it", case="yard-at-kelva", claim="c-hold")
    assert "c-hold" in known(Comparison(against="x"))["doubtful"]
    assert "c-hold" not in known(Comparison(against="x", found=(new,)))["doubtful"]


def test_a_result_that_cannot_be_compared_does_not_pass_as_one_without_faults() -> None:
    notice = Notice(kind=Found.INCOMPARABLE, what="the scorer is another than the baseline's")
    with pytest.raises(UsageError, match="the scorer is another"):
        promptfoo.files(RESULT, ALL, Comparison(against="x", found=(notice,)))


NODE = """
const Replay = require('./replay.cjs');
const config = require('./promptfooconfig.json');
const assertions = require('./assertions.cjs');
(async () => {
  for (const test of config.tests) {
    const response = await new Replay().callApi('', {vars: test.vars});
    const row = {key: test.vars.pass, error: response.error || '', output: response.output || ''};
    if (!response.error) row.held = test.assert.map((each) => {
      const context = {vars: test.vars, config: each.config, providerResponse: response};
      return assertions[each.value.split(':').pop()](response.output, context);
    });
    console.log(JSON.stringify(row));
  }
})();
"""


def played(folder: Path, comparison: Comparison | None) -> dict[str, dict]:
    """What the assertions find in what the provider hands out, as promptfoo would ask them."""
    promptfoo.write(RESULT, ALL, folder, comparison)
    (folder / "play.cjs").write_text(NODE)
    done = subprocess.run(["node", "play.cjs"], cwd=folder, capture_output=True, text=True, check=True, timeout=60)
    return {row["key"]: row for row in rows(done.stdout)}


def has_node() -> bool:
    try:
        return subprocess.run(["node", "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@pytest.mark.skipif(not has_node(), reason="node is not installed")
def test_replayed_assertions_find_what_briefer_found(tmp_path: Path) -> None:
    alone = played(tmp_path, None)
    yard = alone["yard-at-kelva"]
    assert [each["pass"] for each in yard["held"]] == [True, False, False]
    assert yard["held"][1]["reason"].startswith("forbidden: The army crossed the Ister. (a plan told as done)")
    assert yard["held"][2]["score"] == pytest.approx(2 / 5)
    assert [each["pass"] for each in alone["quiet-day"]["held"]] == [False, True, True]  # its sheet has a must claim
    assert alone["broken-recording"]["error"] == "recordings.jsonl:3: is no JSON"
    assert "held" not in alone["broken-recording"]

    same = played(tmp_path, Comparison(against="x"))
    assert all(each["pass"] for each in same["yard-at-kelva"]["held"])
    assert same["yard-at-kelva"]["held"][1]["score"] == 0  # as before, and still told

    worse = played(tmp_path, COMPARISON)
    assert [each["pass"] for each in worse["yard-at-kelva"]["held"]] == [True, False, False]


# ── the command ──


@pytest.fixture
def evals(tmp_path: Path) -> Path:
    """A folder of evals with one case, what the rules make of it accepted, and the result of that run."""
    from briefer.evals import gate, plan
    from briefer.wiring.evals import Plan
    from briefer.wiring.evaluating import evaluate

    folder = tmp_path / "evals"
    shipped = Path(__file__).parent.parent / "evals" / "cases" / "nothing-but-anniversaries"
    shutil.copytree(shipped, folder / "cases" / "quiet")
    result = evaluate(Plan(plan.read(folder))).result
    (tmp_path / "result.json").write_text(result.model_dump_json())
    accepted = gate.accept(gate.Baseline(), result, "first")
    (folder / "baseline.json").write_text(gate.text(accepted), encoding="utf-8")
    return folder


def export(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["eval", "export", *map(str, arguments)])
    return int(ended.value.code or 0)


def test_a_result_is_exported_by_a_command(evals: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = tmp_path / "result.json"
    assert export(result, evals, "--to", "inspect", "--out", tmp_path / "i") == 0
    assert "inspect eval briefer_task.py" in capsys.readouterr().err
    assert rows((tmp_path / "i" / "samples.jsonl").read_text())[0]["id"] == "quiet"
    assert export(result, evals, "--to", "promptfoo", "--out", tmp_path / "p") == 0
    assert export(result, evals, "--to", "promptfoo", "--gate", "--out", tmp_path / "g") == 0
    strict, held = (json.loads((tmp_path / name / "known.json").read_text())["quiet"]["doubtful"] for name in "pg")
    assert len(strict) < len(held)  # what was accepted with its faults passes only where it is held to that


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["result.json", "evals"], "say which tool and where"),
        (["result.json", "evals", "--to", "inspect", "--gate", "--out", "x"], "--gate is for --to promptfoo"),
        (["nothing.json", "evals", "--to", "inspect", "--out", "x"], "nothing.json: cannot be read"),
        (["half.json", "evals", "--to", "inspect", "--out", "x"], "half.json, line 1: is no JSON"),
        (["result.json", "evals", "--to", "promptfoo", "--gate", "--baseline", "no.json", "--out", "x"], "is accepted"),
    ],
)
def test_wrong_usage_is_said_in_words(
    arguments: list[str], said: str, evals: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(evals.parent)
    Path("half.json").write_text('{"schema": ')
    assert export(*arguments) == 2
    assert said in capsys.readouterr().err
    assert not Path("x").exists()
