"""A model in a file, really served: what it says is noise, and comes as valid as the best."""

import asyncio
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pydantic import BaseModel, ConfigDict

from briefer.errors import Cause, NoAnswer, UsageError
from briefer.models.client import OpenAIWire
from briefer.models.ladder import Laddered
from briefer.models.local import LocalServer, Seats, is_local
from briefer.types import Parameters, Prompt, Question

pytest.importorskip("xllamacpp")
pytest.importorskip("gguf")

from tiny_model import write_model

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Held(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    place: str
    numbers: tuple[int, ...] = ()


class DictShelf(dict):
    def put(self, key, text):
        self[key] = text


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_model(tmp_path_factory.mktemp("model") / "noise.gguf")


@pytest.fixture(scope="module")
def local(path):
    with LocalServer(f"gguf:{path}", seats=Seats(context=2048, slots=2, threads=1)) as running:
        yield running


def ask(local, *questions):
    async def go():
        wire = OpenAIWire(replace(local.server, extra={"seed": 7}))
        model = Laddered(wire, shelf=DictShelf(), server_key="k", clock=lambda: NOW)
        try:
            return await asyncio.gather(*map(model.complete, questions), return_exceptions=True)
        finally:
            await wire.aclose()

    return asyncio.run(go())


def question(text="Aleppo fell on Saturday.", *, max_tokens=1000, temperature=1.0):
    return Question(Prompt("extract", "h", "Say who holds what.", text, Parameters(max_tokens, temperature)), Held)


def told(reply):
    return reply.cause if isinstance(reply, NoAnswer) else reply.value


def test_noise_comes_as_valid_as_any_reply(local):
    replies = ask(local, *(question(f"Town {n} fell.", max_tokens=600) for n in range(10)))
    # Noise may also go on until it is cut; nothing else may happen to it.
    assert {told(reply) for reply in replies if isinstance(reply, NoAnswer)} <= {Cause.TRUNCATED}
    valid = [reply for reply in replies if not isinstance(reply, NoAnswer)]
    assert len(valid) >= 3
    assert all(isinstance(reply.value, Held) and reply.usage.calls == 1 and reply.usage.received for reply in valid)


def test_a_reply_over_its_bound_is_told_as_such(local):
    assert ask(local, question(max_tokens=3))[0].cause is Cause.TRUNCATED


def test_a_prompt_over_the_context_is_told_as_such(local):
    assert ask(local, question("Aleppo fell. " * 1000))[0].cause is Cause.TOO_LONG


def test_the_same_question_has_the_same_answer(local):
    first, second = (told(ask(local, question(temperature=0.0))[0]) for _ in range(2))
    assert first == second


def test_nobody_else_may_ask_and_it_ends_when_it_is_closed(path):
    running = LocalServer(f"gguf:{path}", seats=Seats(context=512, threads=1))
    url = f"{running.server.base_url}/chat/completions"
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(urllib.request.Request(url, b"{}"), timeout=5)
    running.close()
    with pytest.raises(urllib.error.URLError, match="refused"):
        urllib.request.urlopen(urllib.request.Request(url, b"{}"), timeout=5)


def test_it_can_be_closed_at_once(path):
    for _ in range(5):
        LocalServer(f"gguf:{path}", seats=Seats(context=512, threads=1)).close()


def test_it_writes_nothing_of_its_own(path):
    code = f"from briefer.models.local import LocalServer; LocalServer({f'gguf:{path}'!r}).close()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_a_file_that_is_no_model_is_named(tmp_path):
    (tmp_path / "notes.txt").write_text("no model")
    (tmp_path / "half.gguf").write_bytes(b"GGUF\x03\x00\x00\x00")
    for name, why in (("absent.gguf", "No such file"), ("notes.txt", "no GGUF file"), ("half.gguf", "not be loaded")):
        with pytest.raises(UsageError, match=why) as raised:
            LocalServer(f"gguf:{tmp_path / name}")
        assert name in str(raised.value)


def test_without_the_extra_the_remedy_is_told(path, monkeypatch):
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(UsageError, match=r"briefer\[local\]"):
        LocalServer(f"gguf:{path}")


def test_a_local_model_is_named_by_its_file():
    assert is_local("gguf:model.gguf")
    assert not is_local("gpt-5")
