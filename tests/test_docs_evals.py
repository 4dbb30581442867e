"""What the pages on evals say, done as a newcomer does it: their case, their commands, their lists."""

import json
import os
import re
import shlex
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from stub_server import Stub
from typer.main import get_command

from briefer.cli import app, main
from briefer.evals.cases import Forbidden, Head, Reference, Sheet, Trap
from briefer.evals.plan import Judge, Run
from briefer.evals.reports import wording
from briefer.evals.results import FALSE, Measure
from briefer.types import CasualtyKind, Change, Claimant, EquipmentState, Extent, Kind, Modality, Status

DOCS = Path(__file__).parent.parent / "docs"
ROUND, REFERENCE = ((DOCS / name).read_text(encoding="utf-8") for name in ("evals.md", "evals-reference.md"))
MINE = ("my-evals/", "my-evals/cases/old-karsk")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(autouse=True)
def newcomer(tmp_path, monkeypatch):
    """A folder with the article of the page, and a user with a key and no settings."""
    for name in [name for name in os.environ if name.startswith(("BRIEFER_", "OPENAI_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    Path("articles").mkdir()
    Path("articles/meridian.txt").write_text(block("text"))


def block(kind: str, having: str = "") -> str:
    """The only block of a kind on the page of the first round."""
    (found,) = [text for name, text in BLOCK.findall(ROUND) if name == kind and having in text]
    return found


def commands(page: str) -> list[list[str]]:
    """The commands of a page in their order, without what is said of them on the same line."""
    lines = [line.split("   ")[0] for name, text in BLOCK.findall(page) if not name for line in text.splitlines()]
    return [shlex.split(line.replace(" | ", " ")) for line in lines if line.startswith("briefer ")]


def briefer(command: list[str], *more: str) -> int:
    """What a command ends with."""
    try:
        main([each for each in command[1:] if each != ">"] + list(more))
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def make_case() -> Path:
    """The case of somebody who does what the page says."""
    new = next(each for each in commands(ROUND) if "new" in each)
    assert briefer(new) == 0
    case = Path(new[3])
    case.joinpath("claims.yaml").write_text(block("yaml"))
    case.joinpath("reference.md").write_text(block("markdown"))
    return case


def claims(number: int, sentence: str, *, speakers: bool) -> list[dict[str, Any]]:
    """What a model makes of a sentence of the page's article; who says it only where the prompt asks for it."""
    place = {"s": [number], "k": "territory", "p": "Old Karsk"}
    rebels = {"c": "captured", "a": ["Karsk Brigade"], "o": ["the Sorvan Army"], "w": "Monday", "b": "party"}
    army = {"c": "recaptured", "a": ["The army"], "m": "planned", "b": "party", "v": "The army"}
    past = {"c": "lost", "a": ["The brigade"], "w": "March last year", "m": "historical"}
    told = {"Rebels": {**rebels, "v": "Rebels of the Karsk Brigade"}, "The army": army, "The brigade": past}
    found = [{**place, **fields} for begin, fields in told.items() if sentence.startswith(begin)]
    return [{key: value for key, value in each.items() if speakers or key not in "bv"} for each in found]


def answer(request: dict[str, Any]) -> str:
    """A model that reads, and writes and judges nothing."""
    name = request["response_format"]["json_schema"]["name"]
    system, user = (message["content"] for message in request["messages"])
    read = [
        claim
        for number, sentence in re.findall(r"^(\d+) (.+)$", user, re.MULTILINE)
        for claim in claims(int(number), sentence, speakers="\nv  " in system)
    ]
    judged = [
        {"n": int(claim), "v": "supported", "q": re.findall(rf"^{on} ((?:\S+ ){{6}})", user, re.MULTILINE)[0].strip()}
        for claim, on in re.findall(r"^Claim (\d+) \| on (\d+)", user, re.MULTILINE)
    ]
    replies = {"Extracted": {"articles": [{"n": 1, "claims": read}]}, "Judged": {"claims": judged}}
    return json.dumps(replies.get(name, {"capital": "Paris"} if name == "Capital" else {}))


# ── the first round ──


def test_the_case_of_the_page_has_no_fault_and_the_rules_tell_what_must_be_told(capsys):
    make_case()
    capsys.readouterr()
    lint, run = (next(each for each in commands(ROUND) if word in each) for word in ("lint", "--details"))
    assert briefer(lint) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "1 case, 0 faults, 0 doubts\n")
    assert briefer(run, "--out", "result.json") == 0
    printed = capsys.readouterr().out
    (measures,) = [text for _, text in BLOCK.findall(ROUND) if text.startswith("Measures")]
    assert not [line for line in measures.splitlines() if line not in printed and "…" not in line]
    (case,) = json.loads(Path("result.json").read_text())["cases"]
    assert not [each for each in case["claims"] if each["standing"] in FALSE]


def test_the_first_round_ends_as_the_page_says(capsys):
    make_case()
    Path("my-evals/evals.toml").write_text(block("toml"))
    Path("my-prompts").mkdir()
    prompt = Path("my-prompts/extract.md")
    _, _, _, record, accept, show, changed, again = [each for each in commands(ROUND) if {"show", *MINE} & {*each}]
    with Stub(answer=answer) as stub:
        assert briefer(record, "--base-url", stub.url) == 0
        assert briefer(accept) == 0
        capsys.readouterr()
        assert briefer(show[:4]) == 0
        shipped = capsys.readouterr().out
        prompt.write_text(re.sub(r"^[bv]  .*\n", "", shipped, flags=re.MULTILINE))
        assert briefer([each for each in changed if each != "--record"]) == 3
        assert "\n-v " in capsys.readouterr().err
        assert briefer(changed, "--base-url", stub.url) == 1
        printed = capsys.readouterr().out
        assert not [line for line in block("", "Worse (").splitlines() if line not in printed and "…" not in line]
        assert "Karsk Brigade captured Old Karsk from Sorvan Army." in Path("report.html").read_text()
        prompt.write_text(shipped.replace("one short", "one very short"))
        assert briefer(changed, "--base-url", stub.url) == 0
    assert briefer(again) == 0
    Path("my-evals/evals.toml").write_text(block("toml") + 'prompts = "../my-prompts"\n')
    assert briefer(["briefer", "eval", "run", "my-evals/", "--gate"]) == 0


def test_the_first_round_is_under_ten_commands():
    assert len(commands(ROUND)) - 1 < 10  # the first one runs what comes with briefer


# ── commands and lists ──


@pytest.mark.parametrize("page", [ROUND, REFERENCE], ids=["round", "reference"])
def test_every_command_of_the_pages_is_there_with_its_options(page):
    program = get_command(app).commands  # type: ignore[attr-defined]
    for _, group, name, *rest in [each for each in commands(page) if each[1] in ("eval", "prompts")]:
        known = {option for each in program[group].commands[name].params for option in each.opts}
        assert {each for each in rest if each.startswith("-")} <= known


def row(key: str) -> str:
    """The row of the reference for a key, which may share it with others."""
    rows = [line for line in REFERENCE.splitlines() if line.startswith("| ")]
    (found,) = [line for line in rows if re.search(rf"`{key}`", line.split(" | ")[0])]
    return found


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("tries", Trap),
        ("kind", Kind),
        ("change", Change),
        ("modality", Modality),
        ("casualties", CasualtyKind),
        ("equipment", EquipmentState),
    ],
)
def test_the_reference_lists_every_value(key: str, values: type[StrEnum]):
    assert {value.value for value in values} <= set(re.findall(r"\w+", row(key)))


def test_the_reference_lists_every_speaker_extent_and_status():
    assert {each.value for each in Claimant} - {"outlet"} <= set(re.findall(r"\w+", row("speaker")))
    assert {each.value for each in Extent} - {"unspecified"} <= set(re.findall(r"\w+", row("extent")))
    told = re.search(r"gives each event its `status` \((.*?);", REFERENCE, re.DOTALL)
    assert told
    assert {each.value for each in Status} == set(re.findall(r"\w+", told[1]))


@pytest.mark.parametrize("shape", [Head, Reference, Forbidden, Run], ids=lambda shape: shape.__name__)
def test_the_reference_has_every_key(shape: type[BaseModel]):
    for key in shape.model_fields:
        assert row(key)


def test_the_reference_has_every_key_of_the_rest():
    for key in [*Sheet.model_fields, *Judge.model_fields]:
        assert f"`{key}`" in REFERENCE


def test_the_reference_has_every_measure_by_the_name_that_reports_give_it():
    table = REFERENCE.partition("| measure | counts |")[2].partition("\n\n")[0]
    named = {name for line in table.splitlines()[2:] for name in line.strip("| ").split(" | ")[0].split(", ")}
    assert named == {wording.of(measure).name for measure in Measure}
