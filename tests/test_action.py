"""The GitHub Action: its shell steps, run by bash against a briefer that only writes down what it was asked."""

import itertools
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
WORKFLOW: dict[str, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / "evals.yml").read_text(encoding="utf-8"))
STEPS: dict[str, dict[str, Any]] = {step["id"]: step for step in ACTION["runs"]["steps"] if "run" in step}

FAKE = """#!/bin/bash
printf '%s\\0' "$@" >> "$ASKED/briefer"
if [ -f "$ASKED/prints" ]; then cat "$ASKED/prints"; fi
if [ ! -f "$ASKED/crashes" ]; then touch "$REPORTS/report.html"; fi
exit "$(cat "$ASKED/code" 2>/dev/null || echo 0)"
"""
MAKES_ENVIRONMENTS = """#!/bin/bash
printf '%s\\0' "$@" >> "$ASKED/python"
if [ "$2" = venv ]; then mkdir -p "$3/bin" && cp "$0" "$3/bin/python"; fi
"""
HOSTILE = "$(touch pwned) `touch pwned`; touch pwned; \" ' && touch pwned\n--evil"

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")


@dataclass
class Runner:
    """What a CI server gives a step: a folder to work in, an environment, programs on PATH, files to answer into."""

    folder: Path

    def __post_init__(self) -> None:
        for name in ("work", "asked", "bin"):
            (self.folder / name).mkdir()
        for name, text in (("briefer", FAKE), ("python", MAKES_ENVIRONMENTS)):
            program = self.folder / "bin" / name
            program.write_text(text)
            program.chmod(0o755)

    def run(self, step: str, **inputs: str) -> subprocess.CompletedProcess[str]:
        given = {name: str(each.get("default", "")) for name, each in ACTION["inputs"].items()} | {
            name.replace("_", "-"): value for name, value in inputs.items()
        }
        script = self.folder / "step.sh"
        script.write_text(STEPS[step]["run"])
        environment = {name: expanded(value, given) for name, value in STEPS[step]["env"].items()}
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],  # as GitHub runs `shell: bash`
            cwd=self.folder / "work",
            env={
                **environment,
                "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
                "ASKED": str(self.folder / "asked"),
                "RUNNER_TEMP": str(self.folder / "temporary files"),
                "GITHUB_PATH": str(self.folder / "path"),
                "GITHUB_OUTPUT": str(self.folder / "output"),
                "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )

    def asked(self, program: str) -> list[str]:
        file = self.folder / "asked" / program
        return file.read_text().split("\0")[:-1] if file.exists() else []

    def answers(self, code: int = 0, prints: str = "") -> None:
        (self.folder / "asked" / "code").write_text(str(code))
        (self.folder / "asked" / "prints").write_text(prints)


def expanded(value: str, inputs: Mapping[str, str]) -> str:
    found = re.fullmatch(r"\$\{\{ (?:inputs\.([\w-]+)|github\.action_path) \}\}", value)
    assert found, value
    return inputs[found[1]] if found[1] else "/the/action"


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def test_no_input_is_written_into_a_script() -> None:
    for step in STEPS.values():
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"


def test_every_input_is_told_of_and_used() -> None:
    assert all(each["description"] for each in ACTION["inputs"].values())
    used = set(re.findall(r"inputs\.([\w-]+)", str(ACTION["runs"]) + str(ACTION["outputs"])))
    assert used == set(ACTION["inputs"])


def test_by_default_the_gate_is_held_and_every_report_written(runner: Runner) -> None:
    done = runner.run("run")
    assert done.returncode == 0, done.stderr
    assert runner.asked("briefer") == [
        *("eval", "run", "--out", "briefer-evals/result.json", "--junit", "briefer-evals/junit.xml"),
        *("--html", "briefer-evals/report.html", "--gate", "--markdown", str(runner.folder / "summary.md")),
        *("--", "evals"),
    ]
    assert (runner.folder / "work" / "briefer-evals").is_dir()
    assert (runner.folder / "output").read_text() == "exit-code=0\n"


def test_inputs_become_options(runner: Runner) -> None:
    given = {"extractor": "llm", "prompts": "my prompts", "baseline": "old.json", "reports": "out", "folder": "-odd"}
    runner.run("run", gate="false", summary="false", arguments="--repeat\n3\n\n--model\na b", **given)
    assert runner.asked("briefer") == [
        *("eval", "run", "--out", "out/result.json", "--junit", "out/junit.xml", "--html", "out/report.html"),
        *("--extractor", "llm", "--prompts", "my prompts", "--baseline", "old.json"),
        *("--repeat", "3", "--model", "a b", "--", "-odd"),
    ]


def test_options_are_those_that_the_program_has() -> None:
    given = set(re.findall(r"(?<=[( ])--[a-z]+(?= \"|\))", STEPS["run"]["run"]))
    assert {"--gate", "--out", "--junit", "--html", "--markdown", "--extractor"} <= given <= options_of_run()


@pytest.mark.parametrize("name", [name for name in ACTION["inputs"] if name not in ("version", "python-version")])
def test_no_input_is_run_by_the_shell(runner: Runner, name: str) -> None:
    runner.run("run", **{name: HOSTILE})
    assert not list(runner.folder.rglob("pwned"))


@pytest.mark.parametrize(
    ("code", "said"),
    [(1, "The gate fails"), (2, "Wrong usage"), (3, "--record"), (4, "could not be decided"), (130, "not be decided")],
)
def test_an_exit_code_is_told_apart_and_passed_on(runner: Runner, code: int, said: str) -> None:
    runner.answers(code)
    done = runner.run("run")
    assert done.returncode == code
    assert said in done.stdout.splitlines()[-1]
    assert done.stdout.splitlines()[-1].startswith("::error ")
    assert (runner.folder / "output").read_text() == f"exit-code={code}\n"


def test_a_crash_is_not_taken_for_a_gate_that_fails(runner: Runner) -> None:
    runner.answers(1)
    runner.run("run")  # leaves its reports behind
    (runner.folder / "asked" / "crashes").touch()
    done = runner.run("run")
    assert done.returncode == 1
    assert "briefer itself failed" in done.stdout.splitlines()[-1]


def test_words_of_articles_are_no_commands_to_the_runner(runner: Runner) -> None:
    runner.answers(prints="::add-mask::army\n::error::false alarm\n##[warning]x without an end")
    first, second = (runner.run("run").stdout.splitlines() for _ in range(2))
    stopped = re.fullmatch(r"::stop-commands::([0-9a-f]{32})", first[0])
    assert stopped
    assert first.index("::add-mask::army") < first.index(f"::{stopped[1]}::") == len(first) - 1
    assert second[0] != first[0]  # a text cannot know the word that ends it


PIP = ["-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
OWN = "/the/action"


@pytest.mark.parametrize(
    ("version", "installed"),
    [
        ("1.2.3", [[*PIP, "briefer==1.2.3"]]),
        (
            "",
            [
                [*PIP, "--require-hashes", "-r", f"{OWN}/requirements.lock"],
                [*PIP, "--no-deps", "--no-build-isolation", "--no-index", OWN],
            ],
        ),
    ],
)
def test_the_release_asked_for_or_the_action_s_own_is_installed_apart(
    runner: Runner, version: str, installed: list[list[str]]
) -> None:
    done = runner.run("install", version=version)
    assert done.returncode == 0, done.stderr
    place = f"{runner.folder}/temporary files/briefer"
    assert runner.asked("python") == ["-m", "venv", place, *itertools.chain(*installed)]
    assert (runner.folder / "path").read_text() == f"{place}/bin\n"


@pytest.mark.parametrize("version", ["1.0 --user", "git+https://evil.example/x", HOSTILE, "-r x"])
def test_a_version_that_is_none_installs_nothing(runner: Runner, version: str) -> None:
    done = runner.run("install", version=version)
    assert done.returncode == 2
    assert "is no release of briefer" in done.stderr
    assert not runner.asked("python")
    assert not list(runner.folder.rglob("pwned"))


def test_a_change_of_prompts_cases_or_code_runs_the_gate_here_without_rights_or_keys() -> None:
    on = WORKFLOW[True]  # YAML 1.1 reads "on" so
    for event in ("push", "pull_request"):
        assert {"prompts/**", "evals/**", "briefer/**"} <= set(on[event]["paths"])
    assert WORKFLOW["permissions"] == {"contents": "read"}
    (job,) = WORKFLOW["jobs"].values()
    uses = [step["uses"] for step in job["steps"]]
    assert uses[0].startswith("actions/checkout@")
    assert "./" in uses
    assert "secrets." not in str(WORKFLOW)
    for step in job["steps"]:
        if step["uses"] == "./":
            assert set(step["with"]) <= set(ACTION["inputs"])


PAGE = (ROOT / "docs" / "evals-in-ci.md").read_text(encoding="utf-8")


def test_the_page_has_every_input_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `([\w-]+)` \| (.*?) ?\| ", PAGE, re.MULTILINE))
    assert rows == {name: f"`{each['default']}`" if each["default"] else "" for name, each in ACTION["inputs"].items()}


def test_the_examples_of_the_page_are_what_the_action_and_the_program_take() -> None:
    github, gitlab = (yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))
    (step,) = [step for step in github["jobs"]["gate"]["steps"] if "briefer" in step["uses"]]
    assert set(step["with"]) <= set(ACTION["inputs"])
    (command,) = [line for line in gitlab["evals"]["script"] if line.startswith("briefer ")]
    assert set(re.findall(r"--[a-z]+", command)) <= options_of_run()
    assert gitlab["evals"]["artifacts"]["reports"]["junit"] in command


def options_of_run() -> set[str]:
    from typer.main import get_command

    from briefer.cli import app

    run = get_command(app).commands["eval"].commands["run"]  # type: ignore[attr-defined]
    return {option for each in run.params for option in each.opts}
