"""Servers that are busy, down, wrong or hostile, and runs that are cut short: nothing is lost or paid for twice."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
import stub_script as does
from batch_office import KEY, QUESTIONS, Office, Place, answer, question
from stub_batch import BatchDesk
from stub_server import Stub

from briefer.errors import ModelUnavailable, Stopped, UsageError
from briefer.models.batch import Collected
from briefer.models.batch_file import Bounds
from briefer.models.client import LARGEST_REPLY


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


@pytest.mark.parametrize(
    ("deed", "why"),
    [
        (does.POISONED, "HTTP 400"),
        (does.broken(), "HTTP 500"),
        (does.REFUSAL, "declined"),
        (does.FILTERED, "content filter"),
        (does.CUT_SHORT, "bound"),
        (does.WRONG_SCHEMA, "not valid"),
        (does.saying("no JSON at all"), "not valid"),
        (does.NO_CHOICES, "no chat completion"),
        (does.NOT_JSON, ""),
    ],
)
def test_what_fails_is_asked_in_the_ordinary_way(office, desk, stub, deed, why):
    office.submit()
    stub.script = does.whenever("Idlib burns", deed)
    desk.finish()
    collected = office.collect()
    assert (collected.done, collected.failed, collected.expired) == (2, 1, 0)
    assert why in " ".join(collected.why)
    stub.script = does.always(does.OK)
    values, calls = office.ask(QUESTIONS)
    assert calls == 1
    assert values[1].places == (Place(article=1, name="Idlib"),)


@pytest.mark.parametrize(
    "deed",
    [
        does.saying(json.dumps({"places": [], f"\x1b[31m{KEY}" + "x" * 5000: 1})),
        does.error(400, f"\x1b[31m no {KEY} " + "x" * 5000),
    ],
)
def test_why_something_failed_is_fit_to_be_shown(office, desk, stub, deed):
    office.submit()
    stub.script = does.always(deed)
    desk.finish()
    why = "".join(office.collect().why)
    assert why.isprintable()
    assert len(why) < 700
    assert KEY not in why


def test_a_batch_that_failed_says_why_and_is_over(office, desk):
    office.submit()
    desk.fail(f"Enqueued token limit reached for {KEY}")
    collected = office.collect()
    assert (collected.batches, collected.failed) == (1, 3)
    assert "Enqueued token limit reached" in collected.why[0]
    assert KEY not in str(collected)
    assert office.submit().questions == 3


def test_lines_that_nobody_asked_for_or_that_are_damaged_do_no_harm(office, desk):
    def change(lines):
        foreign = json.dumps({**json.loads(lines[0]), "custom_id": "../../etc/passwd"}).encode()
        nested = b'{"custom_id": ' + b"[" * 100_000
        return [b"", foreign, b"not json", b"[]", b"null", nested, b"\xff\xfe", lines[0], lines[0], lines[1][:-20]]

    desk.change = change
    office.submit()
    desk.finish()
    collected = office.collect()
    assert (collected.done, collected.failed) == (1, 2)
    assert "answer nothing that was asked" in " ".join(collected.why)
    assert office.ask(QUESTIONS)[1] == 2


def test_a_line_too_long_to_be_a_reply_is_passed_over_and_the_next_is_read(office, desk):
    desk.change = lambda lines: [lines[0].replace(b"Aleppo", b"A" * (2 * LARGEST_REPLY)), *lines]
    office.submit()
    desk.finish()
    assert office.collect().done == 3


@pytest.mark.parametrize("puts", [1, 2, 5])
def test_a_collection_that_is_killed_goes_on(office, desk, puts):
    office.submit()
    desk.finish()
    office.replies.fails_at = puts
    with pytest.raises(KeyboardInterrupt):
        office.collect()
    office.replies.fails_at = None
    assert office.collect() == Collected(batches=1, done=3)
    assert office.ask(QUESTIONS)[1] == 0


@pytest.mark.parametrize("puts", [1, 2])
def test_a_submission_that_is_killed_pays_for_one_batch_alone(office, desk, puts):
    office.batches.fails_at = puts  # 1: before the batch is created, 2: after
    with pytest.raises(KeyboardInterrupt):
        office.submit()
    assert len(desk.batches) == puts - 1
    office.batches.fails_at = None
    assert office.submit().under_way == (3 if puts == 2 else 0)
    assert len(desk.batches) == 1
    desk.finish()
    assert office.collect() == Collected(batches=1, done=3)


def test_a_batch_whose_creation_was_not_confirmed_is_found(office, desk):
    def broken(call):
        desk._create(call)
        return does.RESET

    desk.before["POST /v1/batches"] = broken
    with pytest.raises(ModelUnavailable, match="nothing is handed in twice"):
        office.submit()
    desk.before.clear()
    assert office.submit().under_way == 3
    assert len(desk.batches) == 1


def test_a_batch_that_was_refused_is_not_under_way(office, desk):
    desk.before["POST /v1/batches"] = lambda call: does.error(400, f"Model gpt-x has no batches, {KEY}")
    with pytest.raises(UsageError, match=r"has no batches, ….*run without --batch"):
        office.submit()
    desk.before.clear()
    assert office.submit().questions == 3


def test_a_server_that_is_busy_is_asked_again(office, desk):
    for wanted in ("POST /v1/files", "GET /v1/batches/", "GET /v1/files/"):
        desk.before[wanted] = does.in_turn(does.too_many(after=7), does.broken(503))
    office.submit()
    desk.finish()
    assert office.collect().done == 3
    assert office.slept == [7.0, 4.0] * 3


def test_a_server_that_wants_to_be_asked_much_later_is_not_waited_for(office, desk):
    desk.before["POST /v1/files"] = does.always(does.too_many(after=3600))
    with pytest.raises(ModelUnavailable, match="asks to wait 3600 s; run again"):
        office.submit()
    assert office.slept == []


def test_a_stop_ends_it_between_two_batches_and_nothing_is_lost(office, desk):
    def stopping(call):
        office.stop.set()

    questions = [question(f"Place{number} fell") for number in range(4)]
    desk.before["POST /v1/batches"] = stopping
    with pytest.raises(Stopped):
        office.submit(questions, bounds=Bounds(requests=2))
    assert len(desk.batches) == 1
    office.stop.clear()
    desk.before.clear()
    assert office.submit(questions, bounds=Bounds(requests=2)).under_way == 2
    desk.finish()
    assert office.collect().done == 4


def test_a_stop_ends_the_waiting_for_a_busy_server(office, desk):
    def busy(call):
        office.stop.set()
        return does.too_many(after=30)

    desk.before["POST /v1/files"] = busy
    with pytest.raises(ModelUnavailable, match="run again"):
        office.submit()
    assert office.slept == []


def test_a_server_that_is_down_says_so_and_what_was_handed_in_stays_under_way(office, desk):
    office.submit()
    desk.before["GET /v1/batches/"] = does.always(does.broken())
    with pytest.raises(ModelUnavailable, match="run again later"):
        office.collect()
    desk.before.clear()
    desk.finish()
    assert office.collect().done == 3


def test_an_output_that_breaks_off_is_fetched_again(office, desk):
    office.submit()
    desk.finish()
    cut = replace(does.RESET_AMID, body=desk.files["file-out-2"])
    desk.before["GET /v1/files/"] = does.in_turn(cut)
    assert office.collect() == Collected(batches=1, done=3)


@pytest.mark.parametrize("status", [404, 405])
def test_a_server_without_batches_is_told_as_such(stub, status):
    stub.handlers["POST /v1/files"] = lambda call: does.error(status, "Not here")
    with pytest.raises(UsageError, match="offers no Batch API; run without --batch") as raised:
        Office(stub).submit()
    assert raised.value.exit_code == 2


def test_a_server_that_answers_anything_is_told_as_one_without_batches(stub):
    stub.handlers["POST /v1/files"] = lambda call: does.json_deed({"error": "Unexpected endpoint or method."})
    with pytest.raises(UsageError, match="offers no Batch API"):
        Office(stub).submit()


def test_a_wrong_key_is_told_and_forgets_nothing(office, desk):
    office.submit()
    desk.finish()
    good = office.server
    office.server = replace(good, key="sk-another-0123456789")
    with pytest.raises(UsageError, match="check the key"):
        office.collect()
    office.server = good
    assert office.collect().done == 3


def test_a_batch_of_another_account_is_not_forgotten_before_its_time(office, desk):
    office.submit()
    hidden, desk.batches = desk.batches, {}
    collected = office.collect()
    assert collected.open[0].status == "unknown"
    assert "give the key that it was handed in with" in collected.why[0]
    desk.batches = hidden
    desk.finish()
    assert office.collect().done == 3


def test_a_batch_that_the_server_forgot_is_given_up_after_a_month(office, desk):
    office.submit()
    desk.batches.clear()
    office.now += timedelta(days=31)
    assert office.collect() == Collected(batches=1, expired=3)
    assert office.submit().questions == 3


def test_an_output_that_is_gone_costs_its_replies_alone(office, desk):
    office.submit()
    desk.finish()
    desk.files.clear()
    collected = office.collect()
    assert (collected.batches, collected.failed) == (1, 3)
    assert "no longer has a file" in collected.why[0]


@pytest.mark.parametrize("identifier", ["../../secrets", "a/b", "", ".", "x" * 300, "file?x=1", "file\n1", "Ⅷ"])
def test_an_id_that_is_none_makes_no_address(office, desk, stub, identifier):
    office.submit()
    desk.finish()
    desk.batches["batch_1"]["output_file_id"] = identifier
    before = len(stub.calls)
    assert office.collect().failed == 3
    assert [call.path for call in stub.calls[before:]] == ["/v1/batches/batch_1"]


@pytest.mark.parametrize("state", [b"<html>", b"[]", b'{"id": 3}', b'{"id": "x", "status": "\\u001b[31m"}'])
def test_a_state_that_is_none_ends_nothing(office, desk, state):
    office.submit()
    desk.before["GET /v1/batches/"] = lambda call: does.Deed(body=state)
    try:
        assert office.collect().open[0].status == "unknown"
    except UsageError as error:
        assert "no batch" in str(error)  # noqa: PT017
    desk.before.clear()
    desk.finish()
    assert office.collect().done == 3


def test_a_damaged_record_hides_no_other(office, desk):
    office.submit([question("Aleppo fell")])
    office.submit([question("Homs held")])
    first = next(iter(office.batches.texts))
    office.batches.texts[first] = office.batches.texts[first][:50]
    desk.finish()
    assert office.collect().done == 1
