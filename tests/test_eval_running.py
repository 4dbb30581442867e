"""Cases are briefed by rules, by recorded replies or by a live model, and what is not as it was is named."""

import json
import os
import subprocess
import sys
import threading
from operator import attrgetter
from pathlib import Path

import pytest
from evals_folder import answer, article, make_case, make_folder
from stub_script import too_many, whenever
from stub_server import Stub

from briefer import Settings
from briefer.errors import RecordingMissing, SettingsError, UsageError, WorkError
from briefer.evals.plan import read
from briefer.evals.running import Briefed
from briefer.types import Ruling
from briefer.wiring.evals import Plan, Ran, brief_cases

MODEL = '[run]\nmodel = "small"\nby = "a stub"\n'
JUDGE = '[judge]\nmodel = "severe"\nby = "a stub"\n'
TOWNS = ["Karsk", "Ordel", "Mirvan"]


@pytest.fixture(autouse=True)
def own_place(tmp_path, monkeypatch):
    """A user of their own: no settings, no key, an empty store."""
    for name in [name for name in os.environ if name.startswith(("BRIEFER_", "OPENAI_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


def as_briefed(briefed: Briefed) -> Briefed:
    return briefed


def run(root: Path, **options: object) -> Ran[Briefed]:
    return brief_cases(Plan(read(root), **options), as_briefed)


def record(root: Path, stub: Stub, **model: object) -> Ran[Briefed]:
    user = Settings.model_validate({"model": {"base_url": stub.url, "tries": 1, **model}})
    return run(root, user=user, record=True)


def recorded(root: Path) -> Path:
    """The folder with a recording of all its cases."""
    with Stub(answer=answer) as stub:
        ran = record(root, stub)
    assert not [each.error for each in ran.results if each.error]
    return root


def taken(ran: Ran[Briefed]) -> list[list[str]]:
    return [[c.place.name for c in each.briefing.claims if c.change == "captured"] for each in ran.results]


def as_bytes(ran: Ran[Briefed]) -> list[tuple[str, int, str, str]]:
    return [
        (each.case.name, each.repeat, each.briefing.model_dump_json() if each.briefing else "", each.error)
        for each in ran.results
    ]


# ── by rules ──


def test_the_rules_read_each_case_as_of_the_evening_of_its_day(tmp_path):
    root = make_folder(tmp_path / "evals", TOWNS)
    ran = run(root)
    assert [each.case.name for each in ran.results] == ["karsk", "mirvan", "ordel"]
    assert taken(ran) == [["Karsk"], ["Mirvan"], ["Ordel"]]
    assert str(ran.results[0].briefing.cutoff) == "2031-04-14 23:59:59+00:00"
    assert not root.joinpath("recordings").exists()


def test_a_case_of_which_nothing_can_be_briefed_is_an_error_of_its_own(tmp_path):
    root = make_folder(tmp_path / "evals", ["Karsk"])
    make_case(root / "cases" / "later", "Ordel", date="2031-04-13")
    karsk, later = run(root).results
    assert karsk.briefing is not None
    assert later.briefing is None
    assert "nothing to brief" in later.error


def test_a_broken_case_is_named_with_its_line(tmp_path):
    root = make_folder(tmp_path / "evals", TOWNS)
    root.joinpath("cases/mirvan/claims.yaml").write_text("must: [\n")
    with pytest.raises(UsageError, match=r"mirvan/claims\.yaml:\d"):
        run(root)


# ── recording and replaying ──


def test_a_recording_replays_to_the_same_bytes_and_costs_what_it_did(tmp_path):
    root = make_folder(tmp_path / "evals", TOWNS, MODEL + "[run.prices]\ninput = 1\noutput = 2\n")
    with Stub(answer=answer) as stub:
        first = record(root, stub)
        calls = len(stub.calls)
    assert taken(first) == [["Karsk"], ["Mirvan"], ["Ordel"]]
    replayed = run(root)
    assert as_bytes(replayed) == as_bytes(first)
    made = replayed.results[0].briefing.made_by
    assert made.cost > 0
    assert made.tokens.out > 0
    assert set(made.prompts) == {"extract"}
    with Stub(answer=answer) as stub:
        before = {file.name: file.read_bytes() for file in (root / "recordings").iterdir()}
        assert as_bytes(record(root, stub)) == as_bytes(first)
        assert not stub.calls
    assert calls >= len(TOWNS)
    assert before == {file.name: file.read_bytes() for file in (root / "recordings").iterdir()}
    assert set(before) == {"karsk.jsonl", "mirvan.jsonl", "ordel.jsonl"}


def test_only_what_is_not_on_tape_is_asked(tmp_path):
    root = recorded(make_folder(tmp_path / "evals", ["Karsk", "Ordel"], MODEL))
    make_case(root / "cases" / "lisk", "Lisk")
    with Stub(answer=answer) as stub:
        record(root, stub)
        asked = [call.body["messages"][-1]["content"] for call in stub.calls]
    assert not [text for text in asked if "Karsk" in text]
    assert [text for text in asked if "Lisk" in text]


def test_every_missing_reply_is_named_and_the_change_shown(tmp_path):
    root = recorded(make_folder(tmp_path / "evals", TOWNS, MODEL))
    for town in ("karsk", "ordel"):
        post = root / "cases" / town / "articles" / "post-1.txt"
        post.write_text(post.read_text().replace("some shops", "many shops"))
    with pytest.raises(RecordingMissing) as told:
        run(root)
    message = str(told.value)
    assert told.value.exit_code == 3
    assert "2 replies are not recorded" in message
    assert "karsk.jsonl: no reply is recorded to the prompt 'extract' about post-1.txt" in message
    assert "ordel.jsonl" in message
    assert "mirvan" not in message
    assert "many shops stayed closed" in message


def test_a_case_without_any_recording_is_a_miss(tmp_path):
    root = make_folder(tmp_path / "evals", ["Karsk"], MODEL)
    with pytest.raises(RecordingMissing, match=r"karsk\.jsonl.*'extract'.*--record"):
        run(root)


def test_repetitions_are_asked_and_kept_apart(tmp_path):
    root = make_folder(tmp_path / "evals", ["Karsk"], MODEL + "repeats = 3\n")
    with Stub(answer=answer) as stub:
        ran = record(root, stub)
        extractions = [call for call in stub.calls if "Karsk" in json.dumps(call.body)]
    assert [each.repeat for each in ran.results] == [0, 1, 2]
    assert len(extractions) == 3
    assert as_bytes(run(root)) == as_bytes(ran)


def test_what_was_answered_before_a_run_broke_off_is_kept(tmp_path):
    root = make_folder(tmp_path / "evals", TOWNS, MODEL)
    with Stub(answer=answer, script=whenever("Mirvan", too_many())) as stub:
        ran = record(root, stub)
    assert [bool(each.error) for each in ran.results] == [False, True, False]
    assert "the model did not answer" in ran.results[1].error
    with Stub(answer=answer) as stub:
        record(root, stub)
        assert {"Mirvan" in json.dumps(call.body) for call in stub.calls if "Front" in json.dumps(call.body)} == {True}
    assert taken(run(root)) == [["Karsk"], ["Mirvan"], ["Ordel"]]


def test_a_budget_that_is_spent_is_an_error_of_the_cases_that_it_left_out(tmp_path):
    root = make_folder(tmp_path / "evals", TOWNS, MODEL)
    with Stub(answer=answer) as stub:
        ran = record(root, stub, max_tokens=1)
        assert not [call for call in stub.calls if "Front" in json.dumps(call.body)]
    assert [each.error.partition(":")[0] for each in ran.results] == ["the model did not answer"] * 3


def test_a_replay_imports_nothing_that_could_ask(tmp_path):
    root = recorded(make_folder(tmp_path / "evals", ["Karsk"], MODEL + JUDGE))
    code = (
        "import sys\n"
        "from briefer.evals.plan import read\n"
        "from briefer.wiring.evals import Plan, brief_cases\n"
        "from pathlib import Path\n"
        "ran = brief_cases(Plan(read(Path(sys.argv[1]))), lambda briefed: briefed.error)\n"
        "assert ran.results == ('',), ran\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(root)], capture_output=True, text=True, check=True)
    assert not {"openai", "sqlalchemy", "httpx", "httpx2", "asyncio", "tenacity"} & set(done.stdout.split())


# ── in several processes ──

MANY = ["Karsk", "Ordel", "Mirvan", "Tolsk", "Avrin", "Belov", "Dasht", "Elgin", "Lisk"]


def test_several_processes_give_the_same_in_the_same_order(tmp_path):
    root = recorded(make_folder(tmp_path / "evals", MANY, MODEL))
    alone, together = run(root, jobs=1), run(root, jobs=2)
    assert as_bytes(together) == as_bytes(alone)
    assert len(together.results) == len(MANY)


def test_processes_that_cannot_be_forked_are_started_anew(tmp_path):
    root = recorded(make_folder(tmp_path / "evals", MANY, MODEL))
    over = threading.Event()
    other = threading.Thread(target=over.wait)
    other.start()
    try:
        ran = brief_cases(Plan(read(root), jobs=2), attrgetter("case.name"))
    finally:
        over.set()
        other.join()
    assert ran.results == tuple(sorted(town.lower() for town in MANY))


def test_what_another_process_finds_broken_or_missing_is_named(tmp_path):
    root = recorded(make_folder(tmp_path / "evals", MANY, MODEL))
    root.joinpath("recordings/tolsk.jsonl").unlink()
    root.joinpath("recordings/ordel.jsonl").unlink()
    with pytest.raises(RecordingMissing, match=r"2 replies[^$]*ordel\.jsonl[^$]*tolsk\.jsonl"):
        run(root, jobs=2)
    root.joinpath("cases/mirvan/claims.yaml").write_text("must: [\n")
    with pytest.raises(UsageError, match=r"mirvan/claims\.yaml:\d"):
        run(root, jobs=2)


def test_a_process_that_dies_is_no_end_without_a_word(tmp_path):
    root = make_folder(tmp_path / "evals", MANY)
    with pytest.raises(WorkError, match=r"died.*--jobs 1"):
        brief_cases(Plan(read(root), jobs=2), dying)


def dying(briefed: Briefed) -> str:
    if briefed.case.name == "tolsk":
        os._exit(9)
    return briefed.case.name


# ── what recordings hold and nobody asks for ──


def test_what_nobody_asks_for_is_named_and_recording_drops_it(tmp_path):
    root = recorded(make_folder(tmp_path / "evals", TOWNS, MODEL))
    post = root / "cases" / "karsk" / "articles" / "post-1.txt"
    post.write_text(post.read_text().replace("some shops", "many shops"))
    ordel = root / "cases" / "ordel"
    ordel.rename(tmp_path / "elsewhere")
    with Stub(answer=answer) as stub:
        ran = record(root, stub)
    assert [(each.file.name, each.prompt, each.why) for each in ran.dropped] == [
        ("karsk.jsonl", "extract", "nobody asks for it"),
        ("ordel.jsonl", "", "no case of that name"),
    ]
    assert [str(each).partition("recordings/")[2] for each in ran.dropped] == [
        "karsk.jsonl: the prompt 'extract' about post-1.txt: nobody asks for it",
        "ordel.jsonl: no case of that name",
    ]
    assert not ran.leftovers
    assert not run(root).leftovers
    assert not root.joinpath("recordings/ordel.jsonl").exists()


def test_what_is_left_over_is_named_with_why_and_nothing_is_dropped_without_recording(tmp_path):
    root = make_folder(tmp_path / "evals", ["Karsk", "Ordel"], MODEL)
    own = tmp_path / "prompts"
    own.mkdir()
    shipped = Path(__file__).parent.parent.joinpath("prompts/extract.md").read_text()
    recorded(root)
    own.joinpath("extract.md").write_text(shipped.replace("# System\n\n", "# System\n\nBe exact. "))
    root.joinpath("evals.toml").write_text(MODEL + f'prompts = "{own}"\n')
    root.joinpath("recordings/gone.jsonl").write_text("")
    with Stub(answer=answer) as stub:
        assert len(record(root, stub).dropped) == 3
    root.joinpath("evals.toml").write_text(MODEL.replace("small", "other") + f'prompts = "{own}"\n')
    with Stub(answer=answer) as stub:
        ran = record(root, stub)
    assert {each.why for each in ran.leftovers} == {"this run does not ask 'small' for it"}
    assert not ran.dropped
    root.joinpath("evals.toml").write_text(MODEL + f'prompts = "{own}"\n')
    assert {each.why for each in run(root).leftovers} == {"this run does not ask 'other' for it"}


def test_a_changed_system_prompt_is_said_to_be_the_reason(tmp_path):
    root = recorded(make_folder(tmp_path / "evals", ["Karsk"], MODEL))
    own = tmp_path / "evals" / "prompts"
    own.mkdir()
    shipped = Path(__file__).parent.parent.joinpath("prompts/extract.md").read_text()
    own.joinpath("extract.md").write_text(shipped.replace("# System\n\n", "# System\n\nBe exact. "))
    root.joinpath("evals.toml").write_text(MODEL + 'prompts = "prompts"\n')
    with Stub(answer=answer) as stub:
        assert [each.why for each in record(root, stub).dropped] == ["the system prompt changed"]


def test_a_run_of_one_case_lets_the_recordings_of_others_be(tmp_path):
    root = recorded(make_folder(tmp_path / "evals", TOWNS, MODEL))
    with Stub(answer=answer) as stub:
        ran = record(root / "cases" / "karsk", stub)
    assert [each.case.name for each in ran.results] == ["karsk"]
    assert not ran.leftovers
    assert not ran.dropped
    assert root.joinpath("recordings/ordel.jsonl").exists()


def test_a_run_in_which_a_case_failed_drops_nothing(tmp_path):
    root = recorded(make_folder(tmp_path / "evals", TOWNS, MODEL))
    root.joinpath("recordings/gone.jsonl").write_text("")
    make_case(root / "cases" / "later", "Ordel", date="2031-04-13")
    with Stub(answer=answer) as stub:
        ran = record(root, stub)
    assert not ran.dropped
    assert [each.why for each in ran.leftovers] == ["no case of that name"]


def test_a_broken_recording_ends_the_run_before_anything_is_paid_for(tmp_path):
    root = recorded(make_folder(tmp_path / "evals", TOWNS, MODEL))
    tape = root / "recordings" / "ordel.jsonl"
    tape.write_bytes(tape.read_bytes()[:-20])
    make_case(root / "cases" / "lisk", "Lisk")
    with Stub(answer=answer) as stub:
        with pytest.raises(UsageError, match=r"ordel\.jsonl, line 2: .*not written to its end"):
            record(root, stub)
        assert not stub.calls
    root.joinpath("cases/lisk").rename(tmp_path / "lisk")
    with pytest.raises(UsageError, match=r"ordel\.jsonl, line 2"):
        run(root)


def test_a_reply_that_does_not_satisfy_its_type_any_more_is_named_with_its_line(tmp_path):
    root = recorded(make_folder(tmp_path / "evals", ["Karsk"], MODEL))
    tape = root / "recordings" / "karsk.jsonl"
    tape.write_text(tape.read_text().replace('"reply": {"articles"', '"reply": {"texts"'))
    with pytest.raises(UsageError, match=r"karsk\.jsonl, line 2: the reply to the prompt 'extract' about post-1\.txt"):
        run(root)


# ── the judge ──


def test_a_judge_is_heard_on_every_claim_and_has_no_say_in_the_briefing(tmp_path):
    alone = recorded(make_folder(tmp_path / "alone", TOWNS, MODEL))
    root = recorded(make_folder(tmp_path / "judged", TOWNS, MODEL + JUDGE))
    ran = run(root)
    assert taken(ran) == taken(run(alone))
    for each in ran.results:
        claims = [*each.briefing.claims, *each.briefing.withheld]
        assert each.has_judge
        assert set(each.judged) == {claim.id for claim in claims}
        assert {claim.verdict for claim in each.judged.values()} == {Ruling.SUPPORTED}
        assert [c.verdict for c in claims] == [c.verdict for c in run(alone).results[0].briefing.claims]


def test_a_judge_can_be_heard_on_what_the_rules_read(tmp_path):
    root = recorded(make_folder(tmp_path / "evals", ["Karsk"], JUDGE))
    [briefed] = run(root).results
    assert briefed.briefing.made_by.extractor == "rules"
    assert {claim.verdict for claim in briefed.judged.values()} >= {Ruling.SUPPORTED}
    assert {exchange["model"] for exchange in exchanges(root, "karsk")} == {"severe"}


def test_what_a_judge_is_asked_does_not_hang_on_the_verifier(tmp_path):
    """A claim that the verifier withholds is asked about all the same, and in words that do not tell."""
    text = article("Karsk") + " The Velda Army captured Ordel from the Sorvan Front on Monday, or so it may plan to."
    root = tmp_path / "evals"
    make_case(root / "cases" / "karsk", "Karsk", articles=[text])
    root.joinpath("evals.toml").write_text(MODEL + JUDGE)
    with Stub(answer=lambda request: answer(request).replace('"Sorvan Front"', '"Third Party"')) as stub:
        [briefed] = record(root, stub).results
    assert briefed.briefing.withheld
    assert {claim.id for claim in briefed.briefing.withheld} <= set(briefed.judged)


def test_a_judge_that_is_away_is_an_error_and_no_verdict(tmp_path):
    root = make_folder(tmp_path / "evals", ["Karsk"], MODEL + JUDGE)
    with Stub(answer=answer, script=whenever("severe", too_many())) as stub:
        [briefed] = record(root, stub).results
    assert briefed.error.startswith("the judge did not answer")
    assert not briefed.judged


def test_a_claim_that_the_judge_passes_over_is_an_error(tmp_path):
    root = tmp_path / "evals"
    two = f"{article('Karsk')} The Sorvan Front captured Lisk from the Velda Army on Monday."
    make_case(root / "cases" / "karsk", "Karsk", articles=[two])
    root.joinpath("evals.toml").write_text(MODEL + JUDGE)

    def forgetful(request):
        said = json.loads(answer(request))
        return json.dumps({"claims": said["claims"][:1]} if "claims" in said else said)

    with Stub(answer=forgetful) as stub:
        [briefed] = record(root, stub).results
    assert briefed.error.startswith("the judge gave no verdict on 1 claim")
    assert "Lisk" in briefed.error


def exchanges(root: Path, case: str) -> list[dict[str, object]]:
    lines = root.joinpath("recordings", f"{case}.jsonl").read_text().splitlines()
    return [row for row in map(json.loads, lines) if "prompt" in row]


# ── the folder ──


def test_a_folder_is_known_by_its_cases_too(tmp_path):
    root = make_folder(tmp_path / "evals", ["Karsk", "Ordel"], MODEL)
    whole, cases, one = read(root), read(root / "cases"), read(root / "cases" / "karsk")
    assert whole == cases
    assert (one.root, one.run, one.names) == (whole.root, whole.run, whole.names)
    assert [each.name for each in one.chosen] == ["karsk"]
    assert whole.recordings == root / "recordings"


def test_cases_can_lie_in_a_folder_of_any_name(tmp_path):
    make_case(tmp_path / "mine" / "karsk", "Karsk")
    found = read(tmp_path / "mine")
    assert found.root == tmp_path / "mine"
    assert found.recordings == tmp_path / "mine" / "recordings"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[run]\nmodel = 'a'\nprose = 'perhaps'\n", r"evals\.toml:3: run\.prose: "),
        ("[run]\nmodle = 'a'\n", r"evals\.toml:2: run\.modle: there is no such setting; there are: extractor, model"),
        ("[jury]\nmodel = 'a'\n", r"evals\.toml:1: jury: there is no such setting; there are: run, judge"),
        ("[run]\n\n[run.prices]\ninput = -1\n", r"evals\.toml:4: run\.prices\.input: "),
        ("[run\n", r"evals\.toml: is not valid TOML: .*line 1"),
        ("[run]\nbase_url = 'http://me:secret@host/v1'\n", r"evals\.toml:2: run\.base_url: an address must not hold"),
    ],
)
def test_a_faulty_setting_is_named_with_its_line(tmp_path, text, told):
    root = make_folder(tmp_path / "evals", ["Karsk"], text)
    with pytest.raises(SettingsError, match=told) as raised:
        read(root)
    assert "secret" not in str(raised.value)


def test_options_beat_the_file_and_are_named_where_they_are_wrong(tmp_path):
    folder = read(make_folder(tmp_path / "evals", ["Karsk"], MODEL))
    changed = folder.overridden({"run.model": ("--model", "large"), "judge.model": ("--judge", None)})
    assert (changed.run.model, changed.run.by) == ("large", "a stub")
    with pytest.raises(UsageError, match="--repeat: "):
        folder.overridden({"run.repeats": ("--repeat", 0)})


def test_a_model_that_is_to_read_must_be_named(tmp_path):
    root = make_folder(tmp_path / "evals", ["Karsk"], '[run]\nextractor = "llm"\n')
    with pytest.raises(UsageError, match="--model"):
        run(root)
