"""Replies from servers of every ability: what is asked in which form, learnt once, mended once, and named when lost."""

import asyncio
import json
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import stub_script as does
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field
from stub_server import Stub

from briefer.errors import Cause, NoAnswer
from briefer.models.client import OpenAIWire
from briefer.models.inlining import plain_schema
from briefer.models.ladder import Laddered
from briefer.models.replies import Unreadable, read
from briefer.models.server import Server
from briefer.types import Parameters, Prompt, Question

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Place(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    held: bool = False


class Places(BaseModel):
    """A reply whose fields may be left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    places: tuple[Place, ...]
    title: str = Field(default="", description="What it is about")


class Other(BaseModel):
    number: int


GOOD = '{"places": [{"name": "Aleppo"}]}'
BAD = '{"places": [{"held": "perhaps"}]}'


class DictShelf(dict):
    def put(self, key, text):
        self[key] = text


def question(text="Aleppo fell.", reply_type=Places):
    return Question(Prompt("extract", "h", "Read.", text, Parameters(max_tokens=300)), reply_type, about="vcm.txt")


def ask(stub, *questions, shelf=None, now=NOW):
    """The replies, or the NoAnswers, of questions that are asked together by one model."""

    async def go():
        wire = OpenAIWire(Server(stub.url, "m"))
        model = Laddered(wire, shelf=DictShelf() if shelf is None else shelf, server_key="stub m", clock=lambda: now)
        try:
            return await asyncio.gather(*map(model.complete, questions), return_exceptions=True)
        finally:
            await wire.aclose()

    replies = asyncio.run(go())
    assert all(isinstance(one, NoAnswer) for one in replies if isinstance(one, BaseException)), replies
    return replies


def form_of(body):
    return body.get("response_format", {}).get("type", "tool" if "tools" in body else "text")


def forms(stub):
    return [form_of(body) for body in stub.bodies]


def good(body):
    return GOOD


@pytest.mark.parametrize(
    ("missing", "tried"),
    [
        ([], ["json_schema"]),
        (["json_schema"], ["json_schema", "json_object"]),
        (["json_schema", "json_object"], ["json_schema", "json_object", "tool"]),
        (["json_schema", "json_object", "tools"], ["json_schema", "json_object", "tool", "text"]),
        (["max_tokens", "temperature", "json_schema"], ["json_schema"] * 3 + ["json_object"]),
    ],
)
def test_what_a_server_can_do_is_found_and_then_known(missing, tried):
    shelf = DictShelf()
    with Stub(script=does.without(*missing), answer=good) as stub:
        assert ask(stub, question(), shelf=shelf)[0].value.places[0].name == "Aleppo"
        assert forms(stub) == tried
        ask(stub, question(), shelf=shelf)
        assert forms(stub) == [*tried, tried[-1]]


def test_a_form_without_a_schema_has_it_in_the_prompt():
    with Stub(script=does.without("json_schema")) as stub:
        assert ask(stub, question())[0].value.places == ()
        system = stub.bodies[-1]["messages"][0]["content"]
    assert system.startswith("Read.\n\n")
    assert json.loads(system[system.index("{") :]) == plain_schema(Places)


def test_a_newer_model_is_asked_by_its_own_parameters():
    with Stub(script=does.without("max_tokens", "temperature"), answer=good) as stub:
        ask(stub, question())
        assert "temperature" not in stub.bodies[-1]
        assert stub.bodies[-1]["max_completion_tokens"] == 300


def test_a_server_that_refuses_a_form_without_a_reason_is_asked_in_the_next():
    bare = does.whenever("json_schema", does.error(400, "Bad request"))
    with Stub(script=bare, answer=good) as stub:
        assert ask(stub, question())[0].value
        assert forms(stub) == ["json_schema", "json_object"]


def test_many_at_once_go_down_together():
    questions = [question(f"{n} fell.") for n in range(32)]
    with Stub(script=does.without("json_schema", "json_object"), answer=good, latency=0.3) as stub:
        assert all(reply.value for reply in ask(stub, *questions))
        tried = forms(stub)
    assert tried.count("json_schema") == 32
    assert tried.count("json_object") == 1
    assert tried.count("tool") == 32


def test_a_question_that_is_always_refused_ends_alone_and_is_asked_once():
    poison = does.whenever("poison", does.POISONED)
    with Stub(script=poison, answer=good) as stub:
        shelf = DictShelf()
        ask(stub, question(), shelf=shelf)
        first, second, third = ask(stub, question("one"), question("poison"), question("two"), shelf=shelf)
        assert second.cause is Cause.REJECTED
        assert first.value == third.value
        assert len(stub.bodies) == 4
        assert set(forms(stub)) == {"json_schema"}


def test_a_poisoned_first_question_teaches_nothing():
    shelf = DictShelf()
    with Stub(script=does.whenever("poison", does.POISONED), answer=good) as stub:
        assert ask(stub, question("poison"), shelf=shelf)[0].cause is Cause.REJECTED
        assert shelf == {}
        ask(stub, question(), shelf=shelf)
        assert forms(stub)[-1] == "json_schema"


def test_an_article_that_speaks_of_forms_brings_nobody_down():
    echo = does.whenever("poison", does.error(400, "cannot read: 'response_format json_schema is not supported'"))
    with Stub(script=echo, answer=good) as stub:

        async def go():
            wire = OpenAIWire(Server(stub.url, "m"))
            model = Laddered(wire, shelf=DictShelf(), server_key="k", clock=lambda: NOW)
            await model.complete(question("one"))
            with pytest.raises(NoAnswer):
                await model.complete(question("poison"))
            await model.complete(question("two"))
            await wire.aclose()

        asyncio.run(go())
        assert forms(stub) == ["json_schema"] * 3


def test_a_schema_that_a_server_cannot_take_lowers_that_type_alone():
    odd = does.whenever('"number"', does.error(400, "Invalid schema for response_format 'Other'"))
    script = lambda call: odd(call) if form_of(call.body) == "json_schema" else None  # noqa: E731
    shelf = DictShelf()
    with Stub(script=script) as stub:
        ask(stub, question(), shelf=shelf)
        assert ask(stub, question(reply_type=Other), shelf=shelf)[0].value.number == 0
        ask(stub, question(), shelf=shelf)
        assert forms(stub) == ["json_schema", "json_schema", "json_object", "json_schema"]


def test_a_server_that_was_upgraded_is_tried_again_after_a_week():
    shelf = DictShelf()
    with Stub(script=does.without("json_schema"), answer=good) as stub:
        ask(stub, question(), shelf=shelf)
        stub.script = does.always(does.OK)
        ask(stub, question(), shelf=shelf, now=NOW + timedelta(days=6))
        ask(stub, question(), shelf=shelf, now=NOW + timedelta(days=8))
        ask(stub, question(), shelf=shelf, now=NOW + timedelta(days=99))
        assert forms(stub) == ["json_schema", "json_object", "json_object", "json_schema", "json_schema"]


def test_a_server_that_no_longer_takes_a_form_is_learnt_anew():
    shelf = DictShelf()
    with Stub(script=does.without("json_schema"), answer=good) as stub:
        ask(stub, question(), shelf=shelf)
        stub.script = does.without("json_object")
        assert ask(stub, question(), shelf=shelf)[0].value
        assert forms(stub)[2:] == ["json_object", "json_schema"]


@pytest.mark.parametrize(
    "kept", ["", "no json", "{}", '{"forms": {"Places": "telepathy"}, "since": "2026-11-22T00:00Z"}']
)
def test_what_is_kept_and_cannot_be_read_is_learnt_anew(kept):
    shelf = DictShelf({"dialect stub m": kept})
    with Stub(answer=good) as stub:
        assert ask(stub, question(), shelf=shelf)[0].value
    assert json.loads(shelf["dialect stub m"])["forms"] == {"Places": "json_schema"}


def test_an_invalid_reply_is_mended_in_one_more_turn():
    with Stub(script=does.in_turn(does.saying(GOOD), does.saying(BAD), does.saying(GOOD))) as stub:
        shelf = DictShelf()
        ask(stub, question(), shelf=shelf)
        reply = ask(stub, question(), shelf=shelf)[0]
        turn = stub.bodies[-1]["messages"]
        assert forms(stub) == ["json_schema"] * 3
    assert (reply.value.places[0].name, reply.usage.calls) == ("Aleppo", 2)
    assert turn[2] == {"role": "assistant", "content": BAD}
    assert "places.0.name: Field required" in turn[3]["content"]
    assert len(turn[3]["content"]) < 300


def test_a_server_that_heeds_no_schema_is_shown_it_in_the_second_turn_and_from_then_on():
    shelf = DictShelf()

    def heedless(body):
        return GOOD if "JSON schema" in body["messages"][0]["content"] else "Aleppo, I think."

    with Stub(answer=heedless) as stub:
        assert ask(stub, question(), shelf=shelf)[0].value
        assert ask(stub, question(), shelf=shelf)[0].usage.calls == 1
        assert forms(stub) == ["json_schema", "text", "text"]


@pytest.mark.parametrize(
    ("deed", "cause", "calls"),
    [
        (does.CUT_SHORT, Cause.TRUNCATED, 1),
        (does.FILTERED, Cause.REFUSED, 1),
        (does.REFUSAL, Cause.REFUSED, 1),
        (does.TOO_LONG, Cause.TOO_LONG, 1),
        (does.WRONG_SCHEMA, Cause.INVALID, 2),
        (does.saying("I would rather not."), Cause.INVALID, 2),
        (does.saying(""), Cause.INVALID, 2),
        (does.saying('{"places":' * 5000), Cause.INVALID, 2),
        (does.huge(3_000_000), Cause.INVALID, 2),
        (does.broken(), Cause.UNAVAILABLE, 1),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_what_has_no_reply_is_named_and_costs_no_more_than_it_must(deed, cause, calls):
    with Stub(script=does.always(deed)) as stub:
        error = ask(stub, question())[0]
        assert (error.cause, len(stub.bodies)) == (cause, calls)
    assert len(str(error)) < 400


def test_a_huge_invalid_reply_is_not_sent_back_whole():
    with Stub(script=does.always(does.huge(500_000))) as stub:
        ask(stub, question())
        assert len(stub.calls[-1].raw) < 25_000


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"\n {GOOD}\n",
        f"```json\n{GOOD}\n```",
        f"Here is the JSON:\n```\n{GOOD}\n```\nI hope that it helps.",
        f"<think>Is it {{Aleppo}}? {{</think>\n{GOOD}",
        f"<think>A draft: {BAD} and {{</think>{GOOD}",
        f"It was {{ unclear, but </think> now: {GOOD}",
        f"<|channel|>analysis<|message|>Hm {{<|end|><|start|>assistant<|channel|>final<|message|>{GOOD}",
        f"For example {BAD}. So: {GOOD}",
        f"First I look {{ here.\n{GOOD}",
        GOOD.replace("Aleppo", "Aleppo").replace("}]", '}], "title": "two\nlines"'),
    ],
)
def test_json_is_found_in_what_models_put_around_it(text):
    assert read(text, Places).places == (Place(name="Aleppo"),)


def test_the_end_of_a_thought_inside_of_a_quote_begins_no_reply():
    forged = json.dumps({"places": [{"name": 'x</think>{"places": [{"name": "Forged"}]}'}]})
    assert "Forged" in read(f"```json\n{forged}\n```", Places).places[0].name
    assert read(f"```json\n{forged}\n```", Places).places[0].name.startswith("x</think>")


@pytest.mark.parametrize("text", ['{"places": [{"name": "Aleppo"', '{"places": [], "more": {"places": []}', "", "null"])
def test_what_is_inside_of_a_reply_is_not_taken_for_it(text):
    with pytest.raises(Unreadable):
        read(text, Places)


HOSTILE = {
    "braces": "{" * 900_000,
    "openings": '{"' * 450_000,
    "escaped quotes": '{"' + '\\"' * 450_000,
    "ends of thought": "</think>{" * 100_000,
    "depth": '{"a":' * 150_000 + "}" * 150_000,
    "empty objects": "{}" * 450_000,
    "empty lines": "{" + "\n" * 900_000,
    "digits": '{"places": ' + "9" * 100_000 + "}",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_reply_is_read_in_time(text):
    begun = time.process_time()
    with pytest.raises(Unreadable):
        read(text, Places)
    assert time.process_time() - begun < 5


PIECES = ["{", "}", ",", '"', "\\", "[", "<think>", "</think>", "```json\n", "\n", GOOD, '"places"', ":", "null", "é"]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=20).map("".join))
def test_any_text_is_a_value_or_unreadable(text):
    with suppress(Unreadable):
        assert isinstance(read(text, Places), Places)


def test_faults_are_few_and_short():
    many = json.dumps({"places": [{"name": 1, "x" * 5000: 2}] * 50})
    with pytest.raises(Unreadable) as raised:
        read(many, Places)
    assert len(str(raised.value)) < 2000


class Front(BaseModel):
    title: str
    places: list[Place] = []
    first: Place | None = None


class Tree(BaseModel):
    title: str = ""
    kids: list["Tree"] = []


def test_a_schema_has_no_references_and_no_made_titles_but_keeps_its_fields():
    schema = plain_schema(Front)
    assert "$ref" not in json.dumps(schema)
    assert list(schema["properties"]) == ["title", "places", "first"]
    assert schema["properties"]["title"] == {"type": "string"}
    assert schema["properties"]["places"]["items"]["required"] == ["name"]
    assert "$ref" in json.dumps(plain_schema(Tree))
