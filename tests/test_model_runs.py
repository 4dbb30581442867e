"""The whole way with a model behind the protocol: what a user sees, pays, and gets when things go wrong."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from reading_model import answer
from stub_batch import BatchDesk
from stub_script import POISONED, UNKNOWN_KEY, UNKNOWN_MODEL, always, broken, first_of, saying, too_many, whenever
from stub_server import Stub

from briefer import Settings, brief
from briefer.chunk import O200k
from briefer.cli import main

ROOT = Path(__file__).parent.parent
PROMPTS, SAMPLES = ROOT / "prompts", ROOT / "samples"
TOWNS = ["Karsk", "Ordel", "Mirvan", "Tolsk", "Avrin", "Belov", "Dasht", "Elgin"]


@pytest.fixture(autouse=True)
def own_place(tmp_path, monkeypatch):
    """A user of their own: no settings, no key, an empty store."""
    for name in [name for name in os.environ if name.startswith(("BRIEFER_", "OPENAI_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def articles(tmp_path) -> Path:
    """One short article a town, of one day."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number, town in enumerate(TOWNS):
        text = (
            f"Fighting near {town}\n\nBy our reporter\n\n14 April 2031\n\n"
            f"The Sorvan Front captured {town} from the Velda Army on Monday. "
            f"Residents of {town} said that {number + 3} shops stayed closed while soldiers walked the streets."
        )
        folder.joinpath(f"{town.lower()}.txt").write_text(text)
    return folder


def briefer(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return ended.value.code or 0


@pytest.fixture
def run(articles, capsys):
    """Run over the articles with a model: exit code, the briefing as JSON (None where there is none), and stderr."""

    def ran(stub: Stub, *more: object):
        code = briefer("run", articles, "--model", "small", "--base-url", stub.url, "-f", "json", *more)
        printed = capsys.readouterr()
        return code, json.loads(printed.out) if printed.out.strip() else None, printed.err

    return ran


def taken(briefing) -> set[str]:
    return {claim["place"]["name"] for claim in briefing["claims"] if claim["change"] == "captured"}


def test_a_model_reads_and_the_run_says_what_it_cost(run, own_place):
    own_place.joinpath("briefer.toml").write_text("[model.prices]\ninput = 1\noutput = 2\n")
    with Stub(answer=answer) as stub:
        code, briefing, notes = run(stub)
    assert (code, taken(briefing)) == (0, set(TOWNS))
    made = briefing["made_by"]
    assert (made["extractor"], made["model"], made["currency"]) == ("llm", "small", "USD")
    assert made["prompts"]["extract"]
    asked = [stage for stage in made["stages"] if stage["name"] == "extract"]
    assert asked[0]["calls"] == 1, "small articles share a call"
    assert made["cost"] == pytest.approx((made["tokens"]["in"] * 1 + made["tokens"]["out"] * 2) / 1e6)
    assert "small" in notes
    assert "USD" in notes


def test_from_python_a_model_reads_too_also_amid_a_running_loop(articles):
    async def amid():
        settings = Settings.model_validate({"model": {"name": "small", "base_url": stub.url}})
        return brief([articles], settings=settings)

    with Stub(answer=answer) as stub:
        briefing = asyncio.run(amid())
    assert {claim.place.name for claim in briefing.claims if claim.place} == set(TOWNS)
    assert briefing.made_by.model == "small"


def test_a_second_run_asks_nothing_and_gives_the_same(run):
    with Stub(answer=answer) as stub:
        _, first, _ = run(stub)
        calls = len(stub.bodies)
        _, second, notes = run(stub)
        assert len(stub.bodies) == calls
    assert "kept from before" in notes
    assert {**first, "made_by": None} == {**second, "made_by": None}
    assert second["made_by"]["calls"] == 0


def test_articles_added_at_the_front_are_all_that_is_asked_about(run, articles):
    with Stub(answer=answer) as stub:
        run(stub, "--judge", "off")
        extracts = [body for body in stub.bodies if "ARTICLES" in body["messages"][-1]["content"]]
        for number in range(5):
            taking = f"The Velda Army captured Nord{'abcde'[number]} from the Sorvan Front on Monday."
            text = f"14 April 2031\n\n{taking} Rain fell there all day and the roads were closed."
            articles.joinpath(f"a{number}.txt").write_text(text)
        _, briefing, _ = run(stub, "--judge", "off")
        after = [body for body in stub.bodies if "ARTICLES" in body["messages"][-1]["content"]][len(extracts) :]
    assert len(taken(briefing)) == len(TOWNS) + 5
    assert len(after) == 1
    assert "Karsk" not in after[0]["messages"][-1]["content"]


def test_no_cache_asks_anew_and_keeps_what_it_is_told(run):
    with Stub(answer=answer) as stub:
        run(stub)
        calls = len(stub.bodies)
        run(stub, "--no-cache")
        assert len(stub.bodies) == 2 * calls
        run(stub)
        assert len(stub.bodies) == 2 * calls


def test_a_key_in_the_environment_alone_spends_nothing(articles, monkeypatch, capsys):
    with Stub(answer=answer) as stub:
        monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
        monkeypatch.setenv("OPENAI_BASE_URL", stub.url)
        assert briefer("run", articles) == 0
        assert stub.bodies == []


def test_the_environment_gives_key_and_address_to_a_model_that_is_named(articles, monkeypatch, capsys):
    with Stub(answer=answer, key="sk-secret-123") as stub:
        monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-123")
        monkeypatch.setenv("OPENAI_BASE_URL", stub.url)
        assert briefer("run", articles, "--model", "small", "-f", "json") == 0
        assert stub.bodies
    printed = capsys.readouterr()
    assert "sk-secret-123" not in printed.out + printed.err


def test_extractor_rules_leaves_out_a_model_of_the_settings(articles, own_place, capsys):
    with Stub(answer=answer) as stub:
        own_place.joinpath("briefer.toml").write_text(f'[model]\nname = "small"\nbase_url = "{stub.url}"\n')
        assert briefer("run", articles, "--extractor", "rules", "-f", "json") == 0
        assert stub.bodies == []
    assert json.loads(capsys.readouterr().out)["made_by"]["model"] == ""


@pytest.mark.parametrize(
    ("deed", "words"), [(UNKNOWN_KEY, "OPENAI_API_KEY"), (UNKNOWN_MODEL, "small")], ids=["key", "name"]
)
def test_a_wrong_key_or_name_ends_at_once_with_the_remedy(run, deed, words):
    with Stub(answer=answer, script=always(deed)) as stub:
        code, briefing, notes = run(stub)
        assert len(stub.bodies) <= 2
    assert (code, briefing) == (2, None)
    assert words in notes
    assert "Traceback" not in notes


def test_a_key_that_is_revoked_amid_the_run_leaves_what_was_answered(run, own_place):
    own_place.joinpath("briefer.toml").write_text("[model]\npack_tokens = 40\nconcurrency = 1\n")
    left = [None, None, None]
    with Stub(answer=answer, script=lambda call: left.pop() if left else UNKNOWN_KEY) as stub:
        code, briefing, _ = run(stub)
        assert len(stub.bodies) <= 5, "a server that takes no more is not asked on"
    assert (code, taken(briefing)) == (0, set(TOWNS))
    assert len(briefing["made_by"]["fell_back"]) == len(TOWNS) - 3


def test_a_server_that_is_down_makes_a_rules_edition_that_says_so(run, own_place):
    own_place.joinpath("briefer.toml").write_text("[model]\ntries = 2\n")
    with Stub(answer=answer, script=always(broken(503))) as stub:
        code, briefing, _ = run(stub)
    assert (code, taken(briefing)) == (0, set(TOWNS))
    assert len(briefing["made_by"]["fell_back"]) == len(TOWNS)
    assert any("rules reader" in gap["what"] for gap in briefing["gaps"])


def test_one_article_that_is_refused_takes_no_other_with_it(run):
    with Stub(answer=answer, script=whenever("Mirvan", POISONED)) as stub:
        code, briefing, _ = run(stub)
    assert (code, taken(briefing)) == (0, set(TOWNS))
    by_id = {source["id"]: source["name"] for source in briefing["sources"]}
    assert [Path(by_id[article]).name for article in briefing["made_by"]["fell_back"]] == ["mirvan.txt"]


def test_strict_counts_an_article_that_the_model_did_not_read(run):
    with Stub(answer=answer, script=whenever("Mirvan", POISONED)) as stub:
        code, _, notes = run(stub, "--strict")
    assert code == 1
    assert "1 article was not read by the model" in notes


def test_a_bound_is_hard_and_still_gives_a_briefing(run):
    with Stub(answer=answer) as stub:
        code, briefing, _ = run(stub, "--max-tokens", 1000)
        assert stub.bodies == []
    assert (code, taken(briefing)) == (0, set(TOWNS))
    assert any("1,000 tokens" in gap["about"] for gap in briefing["gaps"])


def test_a_bound_in_money_needs_prices(run):
    with Stub(answer=answer) as stub:
        code, _, notes = run(stub, "--max-cost", 1)
    assert code == 2
    assert "model.prices" in notes


def test_an_estimate_asks_nothing_and_counts_what_is_then_sent(run, own_place):
    own_place.joinpath("briefer.toml").write_text("[model.prices]\ninput = 1\noutput = 2\n")
    with Stub(answer=answer) as stub:
        _, told, _ = run(stub, "--estimate")
        assert stub.bodies == []
        run(stub, "--judge", "off")
    sent = next(body for body in stub.bodies if "ARTICLES" in body["messages"][1]["content"])
    texts = sum(O200k().count(message["content"]) for message in sent["messages"])
    schema = O200k().count(json.dumps(sent["response_format"]))
    assert told["calls"] == 1
    assert texts <= told["tokens_in"] <= 1.2 * (texts + schema)
    assert 0 < told["cost"] <= told["most_cost"]


def test_what_a_model_makes_up_is_withheld(run):
    lie = {"s": [1], "k": "territory", "c": "captured", "a": ["Moon Brigade"], "o": ["the Velda Army"], "p": "Atlantis"}
    reply = saying(json.dumps({"articles": [{"n": 1, "claims": [lie]}]}))
    with Stub(answer=answer, script=whenever("Extracted", reply)) as stub:
        code, briefing, _ = run(stub)
        if not briefing["withheld"]:
            pytest.fail("the lie was not even withheld")
    assert code == 0
    assert "Atlantis" not in json.dumps([briefing["claims"], briefing["events"], briefing["fronts"], briefing["lead"]])


def test_a_busy_server_is_waited_for(run):
    with Stub(answer=answer, script=first_of(_twice_busy())) as stub:
        code, briefing, _ = run(stub)
    assert (code, taken(briefing)) == (0, set(TOWNS))
    assert briefing["made_by"]["fell_back"] == []


def _twice_busy():
    left = [too_many(after=0.05), too_many(after=0.05)]
    return lambda call: left.pop() if left else None


def test_a_recording_replays_to_the_same_briefing_without_a_server(run, articles, own_place, capsys):
    with Stub(answer=answer) as stub:
        _, first, _ = run(stub, "--record", own_place / "tape.jsonl")
    code = briefer("run", articles, "--model", "small", "-f", "json", "--replay", own_place / "tape.jsonl")
    second = json.loads(capsys.readouterr().out)
    assert code == 0
    assert {**first, "made_by": None} == {**second, "made_by": None}
    assert "127.0.0.1" not in own_place.joinpath("tape.jsonl").read_text()


def test_a_changed_prompt_is_not_on_the_tape_and_the_difference_is_shown(run, articles, own_place, capsys):
    with Stub(answer=answer) as stub:
        run(stub, "--record", own_place / "tape.jsonl")
    articles.joinpath("karsk.txt").write_text(
        "14 April 2031\n\nThe Sorvan Front captured Lisk from the Velda Army on Monday."
    )
    code = briefer("run", articles, "--model", "small", "-f", "json", "--replay", own_place / "tape.jsonl")
    notes = capsys.readouterr().err
    assert code == 3
    assert "Lisk" in notes


def test_a_batch_is_handed_in_collected_and_briefed_without_asking_again(run, own_place, capsys):
    own_place.joinpath("briefer.toml").write_text("[model.prices]\ninput = 1\noutput = 2\n[model]\nprose = false\n")
    with Stub(answer=answer) as stub:
        desk = BatchDesk(stub)
        code, _, notes = run(stub, "--estimate")
        assert code == 0
        code = briefer("run", "articles", "--model", "small", "--base-url", stub.url, "--batch")
        assert (code, len(desk.requests)) == (0, 1)
        assert "--resume" in capsys.readouterr().out
        code, briefing, notes = run(stub, "--resume")
        assert (code, briefing) == (4, None)
        assert "not done yet" in notes
        desk.finish()
        calls = sum(call.path.endswith("completions") for call in stub.calls)
        code, briefing, _ = run(stub, "--resume", "--judge", "off")
        assert (code, taken(briefing)) == (0, set(TOWNS))
        assert sum(call.path.endswith("completions") for call in stub.calls) == calls
    made = briefing["made_by"]
    assert made["cost"] == pytest.approx((made["tokens"]["in"] * 1 + made["tokens"]["out"] * 2) / 2e6)


def test_a_batch_needs_a_model(articles, capsys):
    assert briefer("run", articles, "--batch") == 2
    assert "--model" in capsys.readouterr().err


def test_ways_of_asking_exclude_each_other(articles, capsys):
    assert briefer("run", articles, "--model", "small", "--batch", "--estimate") == 2
    assert "exclude each other" in capsys.readouterr().err


def test_the_doctor_asks_the_server_what_it_can_do(capsys):
    models = [{"id": "small", "object": "model", "max_model_len": 4096}]
    with Stub(models=models) as stub:
        assert briefer("doctor", "--model", "small", "--base-url", stub.url) == 0
        assert len(stub.bodies) <= 5
    printed = capsys.readouterr().out
    assert "json_schema" in printed
    assert "pack_tokens" in printed


@pytest.mark.parametrize("deed", [UNKNOWN_KEY, UNKNOWN_MODEL, broken(503)], ids=["key", "name", "down"])
def test_the_doctor_says_what_is_wrong_with_a_server(capsys, deed):
    with Stub(script=always(deed)) as stub:
        assert briefer("doctor", "--model", "small", "--base-url", stub.url) == 1
    assert "!!  model" in capsys.readouterr().out


def test_the_doctor_asks_nobody_where_no_model_is_named(capsys, monkeypatch):
    with Stub() as stub:
        monkeypatch.setenv("OPENAI_BASE_URL", stub.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-1")
        assert briefer("doctor") == 0
        assert stub.calls == []


@pytest.mark.slow
def test_a_model_of_random_weights_gets_no_claim_of_its_shown(own_place, capsys, monkeypatch):
    pytest.importorskip("xllamacpp")
    from tiny_model import Shape, write_model

    model = write_model(own_place / "noise.gguf", shape=Shape(width=32, heads=2, layers=1, context=16_384))
    prompts = own_place / "prompts"
    prompts.mkdir()
    for name in ("extract", "judge", "compose"):  # noise has no end: a short bound keeps the test short
        text = PROMPTS.joinpath(f"{name}.md").read_text()
        prompts.joinpath(f"{name}.md").write_text(re.sub(r"(?m)^max_tokens: \d+", "max_tokens: 300", text))
    monkeypatch.setenv("BRIEFER_MODEL__PACK_TOKENS", "900")
    monkeypatch.setenv("BRIEFER_MODEL__CONTEXT", "8192")
    monkeypatch.setenv("BRIEFER_MODEL__SLOTS", "2")
    day = SAMPLES / "2031-04-14"
    files = [*sorted(day.glob("v*.txt")), *day.glob("meridian*.txt")]
    assert briefer("run", *files, "--model", f"gguf:{model}", "--prompts", prompts, "-f", "json") == 0
    noisy = json.loads(capsys.readouterr().out)
    assert briefer("run", *files, "-f", "json") == 0
    by_rules = json.loads(capsys.readouterr().out)
    honest = {claim["id"] for claim in by_rules["claims"]}
    assert noisy["events"], "there is a briefing all the same"
    assert {claim["id"] for claim in noisy["claims"]} <= honest
    assert noisy["lead"] == by_rules["lead"]


def _process(folder: Path, place: Path, url: str) -> subprocess.Popen[str]:
    arguments = ["run", str(folder), "--model", "small", "--base-url", url, "--concurrency", "2", "--judge", "off"]
    settings = {
        "BRIEFER_MODEL__PACK_TOKENS": "40",
        "BRIEFER_MODEL__PROSE": "false",
        "XDG_DATA_HOME": str(place / "data"),
    }
    command = [sys.executable, "-m", "briefer", *arguments, "-f", "json"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=place, text=True, env={**os.environ, **settings}, **pipes)


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_stopped_goes_on_where_it_was(articles, own_place, how):
    with Stub(answer=answer, latency=0.4) as stub:
        process = _process(articles, own_place, stub.url)
        deadline = time.monotonic() + 30
        while sum(stub.answered.values()) < 3 and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(0.1)  # what is still between server and client is on its way, and may be asked again
        process.send_signal(how)
        _, notes = process.communicate(timeout=30)
        assert process.returncode == (-signal.SIGKILL if how is signal.SIGKILL else 130)
        if how is not signal.SIGKILL:
            assert "run again" in notes
            assert "Traceback" not in notes
        again = _process(articles, own_place, stub.url)
        printed, _ = again.communicate(timeout=60)
        assert taken(json.loads(printed)) == set(TOWNS)
        assert not stub.repeated()
        if how is not signal.SIGKILL:
            assert sum(stub.asked.values()) == len(stub.asked), "nothing at all is asked twice"
