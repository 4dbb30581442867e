"""Batches: what is handed in is collected and kept, and paid for once."""

import pytest
import stub_script as does
from batch_office import KEY, NOW, QUESTIONS, Office, Place, answer, question
from stub_batch import BatchDesk
from stub_server import Stub

from briefer.errors import UsageError
from briefer.models.batch import Collected
from briefer.models.batch_file import Bounds
from briefer.models.budget import Limits
from briefer.models.ladder import known


@pytest.fixture
def stub():
    with Stub(answer=answer, key=KEY) as stub:
        yield stub


@pytest.fixture
def desk(stub):
    return BatchDesk(stub)


@pytest.fixture
def office(stub, desk):
    return Office(stub)


def test_what_is_handed_in_is_collected_and_an_ordinary_run_asks_nothing(office, desk):
    submitted = office.submit()
    assert (submitted.ids, submitted.questions, submitted.under_way) == (("batch_1",), 3, 0)
    assert submitted.tokens > 0
    assert desk.purposes == ["batch"]
    desk.work("in_progress", completed=2)
    (progress,) = office.collect().open
    assert (progress.id, progress.status, progress.answered, progress.questions) == ("batch_1", "in_progress", 2, 3)
    desk.finish()
    assert office.collect() == Collected(batches=1, done=3)
    values, calls = office.ask(QUESTIONS)
    assert calls == 0
    assert [place.name for place in values[0].places] == ["Aleppo", "Homs", "Hama"]


def test_each_part_is_kept_by_itself_however_articles_are_packed_afterwards(office, desk):
    office.submit()
    desk.finish()
    office.collect()
    values, calls = office.ask([question("Homs held"), question("Hama waits")])
    assert calls == 0
    assert [value.places for value in values] == [(Place(article=1, name="Homs"),), (Place(article=1, name="Hama"),)]


def test_a_request_of_a_batch_is_the_request_of_a_call(office, desk, stub):
    office.submit([question("Aleppo fell")])
    office.ask([question("Aleppo fell")])
    (line,) = desk.requests
    assert (line["method"], line["url"]) == ("POST", "/v1/chat/completions")
    assert line["body"] == next(call.body for call in stub.calls if call.path == "/v1/chat/completions")


def test_a_server_that_takes_another_form_is_handed_that_form(office, desk, stub):
    stub.script = does.without("json_schema", "max_tokens", "temperature")
    assert not known(office.servers, server_key=office.identity, clock=lambda: NOW)
    office.ask([question("Kobani stands")])
    assert known(office.servers, server_key=office.identity, clock=lambda: NOW)
    office.submit()
    body = desk.requests[0]["body"]
    assert body["response_format"] == {"type": "json_object"}
    assert "temperature" not in body
    assert body["max_completion_tokens"] == 200
    assert '"properties"' in body["messages"][0]["content"]
    desk.finish()
    assert office.collect().done == 3


def test_the_same_questions_make_the_same_bytes(stub, desk):
    hostile = question('Aleppo\u2028fell\x85 \U0001f600 "said" \\ \ud800')
    for _ in range(2):
        Office(stub).submit([*QUESTIONS, hostile])
    first, second = desk.files.values()
    assert first == second
    assert len(first.decode().splitlines()) == 4


def test_what_is_under_way_is_not_handed_in_again(office, desk):
    office.submit()
    again = office.submit()
    assert (again.ids, again.questions, again.under_way) == ((), 0, 3)
    more = office.submit([*QUESTIONS, question("Kobani stands"), question("Kobani stands")])
    assert (more.questions, more.under_way) == (1, 3)
    repacked = office.submit([question("Homs held"), question("Aleppo fell", "Homs held")])
    assert (repacked.questions, repacked.under_way) == (0, 2)
    assert len(desk.batches) == 2


def test_what_is_under_way_is_handed_in_again_where_that_is_asked_for(office, desk):
    office.submit()
    assert office.submit(fresh=True).questions == 3
    assert len(desk.batches) == 2


def test_a_server_takes_so_much_in_one_batch(office, desk):
    questions = [question(f"Place{number} fell") for number in range(7)]
    assert office.submit(questions, bounds=Bounds(requests=3)).ids == ("batch_1", "batch_2", "batch_3")
    desk.finish()
    assert office.collect() == Collected(batches=3, done=7)
    line = len(desk.files["file-in-3"])
    office.submit([question(f"Town{number} held") for number in range(5)], bounds=Bounds(bytes=2 * line + 10))
    assert [len(desk.files[batch["input_file_id"]].splitlines()) for batch in desk.batches.values()][3:] == [2, 2, 1]


@pytest.mark.parametrize(("limits", "handed_in"), [(Limits(max_cost=0.006), 2), (Limits(max_tokens=700), 2)])
def test_no_more_is_handed_in_than_may_be_spent(office, desk, limits, handed_in):
    questions = [question(f"Place{number} fell") for number in range(5)]
    submitted = office.submit(questions, limits=limits)
    assert (submitted.questions, submitted.unpaid) == (handed_in, 5 - handed_in)
    desk.finish()
    office.collect()
    assert office.ask(questions)[1] == 5 - handed_in


def test_thinking_around_a_reply_is_no_part_of_it(office, desk, stub):
    office.submit([question("Aleppo fell")])
    stub.script = does.always(does.saying('<think>{"places": []}?</think>```json\n{"places": []}\n```'))
    desk.finish()
    assert office.collect().done == 1


def test_what_a_server_did_not_come_to_is_asked_in_the_ordinary_way(office, desk):
    office.submit()
    desk.finish("expired", share=0.67)
    collected = office.collect()
    assert (collected.done, collected.failed, collected.expired) == (2, 0, 1)
    assert office.ask(QUESTIONS)[1] == 1


def test_a_cancelled_batch_gives_what_it_has(office, desk):
    office.submit()
    desk.work("cancelling")
    assert office.collect().open[0].status == "cancelling"
    desk.finish("cancelled", share=0.34)
    collected = office.collect()
    assert (collected.done, collected.expired) == (1, 2)


def test_a_second_collection_finds_nothing_and_changes_nothing(office, desk):
    office.submit()
    desk.finish()
    office.collect()
    kept = dict(office.replies.texts)
    assert office.collect() == Collected()
    assert office.replies.texts == kept


def test_nothing_is_collected_of_a_model_that_was_handed_nothing(office, desk, stub):
    office.submit()
    another = Office(stub, model="gpt-y")
    another.batches = office.batches
    with pytest.raises(UsageError, match="no batch was handed in to 'gpt-y'"):
        another.collect()


def test_two_servers_and_two_models_are_kept_apart(office, desk, stub):
    with Stub(answer=answer) as other:
        other_desk = BatchDesk(other)
        elsewhere = Office(other)
        another = Office(stub, model="gpt-y")
        elsewhere.batches = another.batches = office.batches
        elsewhere.replies = another.replies = office.replies
        for each in (office, elsewhere, another):
            assert each.submit().questions == 3
        other_desk.finish()
        assert office.collect().open[0].id == "batch_1"
        assert elsewhere.collect().done == 3
        desk.finish()
        assert (office.collect().batches, another.collect().batches) == (1, 1)


def test_places_on_the_shelf_are_used_again(office, desk):
    for round in range(3):
        office.submit([question(f"Place{round} fell")])
        desk.finish()
        office.collect()
    assert len(office.batches.texts) == 1


def test_what_a_batch_used_is_counted_at_its_price_and_once(office, desk, stub):
    office.submit()
    stub.script = does.first_of(does.whenever("Raqqa", does.CUT_SHORT), does.whenever("Idlib", does.cached(1)))
    desk.finish()
    office.collect()
    (cost,) = office.meter.costs()
    assert (cost.stage, cost.usage.calls, cost.usage.cached) == ("extract (batch)", 3, 1)
    assert cost.money == pytest.approx((cost.usage.sent * 5 + cost.usage.received * 10) / 1e6)


def test_the_key_is_in_no_file_and_on_no_shelf(office, desk):
    office.submit()
    desk.finish()
    office.collect()
    kept = [*office.batches.texts.values(), *office.replies.texts.values(), *office.batches.texts]
    assert KEY not in " ".join(kept)
    assert all(KEY.encode() not in file for file in desk.files.values())


def test_replies_of_a_type_that_is_gone_are_asked_anew(office, desk):
    office.submit()
    desk.finish()
    collected = office._run(lambda batches: batches.collect([], replies=office.replies, meter=office.meter))
    assert (collected.failed, office.replies.texts) == (3, {})
