"""What `briefer doctor` is told of a server, at the price of a few tokens."""

import asyncio
from datetime import UTC, datetime
from itertools import count

import pytest
import stub_script as does
from stub_server import Stub

from briefer.models.client import OpenAIWire
from briefer.models.probing import MOST_CALLS, probe
from briefer.models.server import Server
from briefer.models.wire import Form

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def probed(url, model="m", **options):
    async def go():
        wire = OpenAIWire(Server(url, model, **options))
        try:
            return await probe(wire, clock=lambda: NOW, timer=count(step=0.5).__next__)
        finally:
            await wire.aclose()

    return asyncio.run(go())


def test_a_server_that_does_all_is_told_in_one_call():
    models = [{"id": "m", "meta": {"n_ctx_train": 131072, "n_ctx": 8192}}, {"id": "other"}]
    with Stub(models=models, key="sk-right") as stub:
        found = probed(stub.url, key="sk-right")
        assert len(stub.bodies) == 1
    assert (found.reachable, found.key_taken, found.faults) == (True, True, ())
    assert (found.listing.listed, found.listing.context, found.listing.names) == (True, 8192, ("other",))
    assert (found.ability.form, found.ability.seconds, found.ability.usage.calls) == (Form.SCHEMA, 0.5, 1)


@pytest.mark.parametrize(
    ("missing", "form"),
    [(["json_schema"], Form.OBJECT), (["json_schema", "json_object", "tools"], Form.TEXT)],
)
def test_what_a_server_lacks_is_found_out(missing, form):
    with Stub(script=does.without(*missing)) as stub:
        assert probed(stub.url).ability.form is form


def test_a_newer_dialect_is_found_out():
    with Stub(script=does.without("temperature", "max_tokens")) as stub:
        found = probed(stub.url).ability
    assert (found.bound, found.takes_temperature) == ("max_completion_tokens", False)


def test_a_wrong_key_an_absent_server_and_an_unknown_model_are_told_apart():
    with Stub(key="sk-right") as stub:
        refused = probed(stub.url, key="sk-wrong", key_name="DESK_KEY")
    assert (refused.reachable, refused.key_taken) == (True, False)
    assert "DESK_KEY" in refused.faults[0]
    gone = probed(stub.url)
    assert not gone.reachable
    with Stub(script=does.always(does.UNKNOWN_MODEL)) as stub:
        unknown = probed(stub.url, model="nonesuch")
    assert (unknown.reachable, unknown.key_taken, unknown.ability.form) == (True, True, None)
    assert "lists no 'nonesuch', but stub" in unknown.faults[-1]


def test_a_model_that_thinks_past_the_bound_still_serves_and_it_is_said():
    with Stub(script=does.always(does.CUT_SHORT)) as stub:
        found = probed(stub.url)
    assert found.ability.form is Form.SCHEMA
    assert "ran into its bound" in found.faults[0]


@pytest.mark.parametrize(
    "deed", [does.NOT_JSON, does.error(404, "no such page"), does.json_deed([1]), does.json_deed({})]
)
def test_a_server_without_a_list_is_asked_all_the_same(deed):
    with Stub() as stub:
        stub.handlers["GET /v1/models"] = lambda call: deed
        found = probed(stub.url)
    assert not found.listing.told
    assert found.ability.form is Form.SCHEMA


def test_a_hopeless_server_costs_five_calls_at_most():
    deeds = [does.NO_TEMPERATURE, does.NO_MAX_TOKENS, does.POISONED, does.POISONED, does.POISONED, does.POISONED]
    with Stub(script=does.first_of(does.in_turn(*deeds), does.always(does.WRONG_SCHEMA))) as stub:
        assert probed(stub.url).ability.form is None
        assert len(stub.bodies) <= MOST_CALLS
