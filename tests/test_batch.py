"""Batches: what is handed in is collected and kept, paid for once, whatever the server makes of it."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Self

import pytest
import stub_script as does
from pydantic import BaseModel, ConfigDict
from stub_batch import BatchDesk
from stub_server import Stub

from briefer.chunk import O200k
from briefer.errors import ModelUnavailable, Stopped, UsageError
from briefer.models.batch import Batches, Collected, discounted
from briefer.models.batch_file import Bounds, Writer
from briefer.models.budget import UNLIMITED, Limits, Prices, Purse
from briefer.models.cached import Cached, identity
from briefer.models.client import LARGEST_REPLY, OpenAIWire
from briefer.models.ladder import Laddered, dressing, known
from briefer.models.metered import Meter
from briefer.models.server import Server
from briefer.models.sizes import Sizes
from briefer.types import Parameters, Part, Prompt, Question

KEY = "sk-secret-0123456789"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Place(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    article: int
    name: str


class Places(BaseModel):
    """A reply that can be divided by article."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    places: tuple[Place, ...]

    def part(self, part: Part) -> Self:
        mine = (place.model_copy(update={"article": 1}) for place in self.places if place.article == part.number)
        return self.model_copy(update={"places": tuple(mine)})


class Memory:
    """A Shelf in memory; fails at the put of a number, as a process that is killed would."""

    def __init__(self):
        self.texts, self.puts, self.fails_at = {}, 0, None

    def get(self, key):
        return self.texts.get(key)

    def put(self, key, text):
        self.puts += 1
        if self.puts == self.fails_at:
            raise KeyboardInterrupt
        self.texts[key] = text


def prompt(text):
    return Prompt("extract", "hash", "Name the places.", text, Parameters(max_tokens=200))


def question(*articles):
    """A question about one article, or about several at once."""
    if len(articles) == 1:
        return Question(prompt(articles[0]), Places, articles[0])
    parts = tuple(Part(prompt(text), number, number, number + 1) for number, text in enumerate(articles, start=1))
    return Question(prompt("\n".join(articles)), Places, articles[0], parts)


def answer(body):
    """Each article's first word is its place."""
    articles = body["messages"][-1]["content"].split("\n")
    return json.dumps(
        {"places": [{"article": number, "name": text.split()[0]} for number, text in enumerate(articles, start=1)]}
    )


LARGE = Bounds()
QUESTIONS = [question("Aleppo fell", "Homs held", "Hama waits"), question("Idlib burns"), question("Raqqa rests")]


class Office:
    """What a user has from run to run: a store, a server, a key. Each deed is a run of its own."""

    def __init__(self, stub, *, model="gpt-x", url=""):
        self.stub = stub
        self.server = Server(url or stub.url, model, key=KEY)
        self.batches, self.replies, self.servers = Memory(), Memory(), Memory()
        self.identity = identity(model, self.server.address)
        self.meter = self.new_meter()
        self.now = NOW
        self.slept = []
        self.stop = Event()

    def new_meter(self):
        return Meter(prices=discounted(Prices(input=10, output=20)), clock=lambda: 0.0)

    def submit(self, questions=QUESTIONS, *, bounds=LARGE, limits=UNLIMITED, **options):
        def go(batches):
            dress = dressing(self.servers, server_key=self.identity, clock=lambda: self.now)
            purse = Purse(limits, prices=Prices(input=5, output=10))
            writer = Writer(self.server, dress, Sizes(O200k()), purse, bounds)
            return batches.submit(questions, writer=writer, **options)

        return self._run(go)

    def collect(self):
        return self._run(lambda batches: batches.collect([Places], replies=self.replies, meter=self.meter))

    def ask(self, questions):
        """An ordinary run: the values, and how many calls it took."""

        async def go():
            wire = OpenAIWire(self.server)
            meter = self.new_meter()
            laddered = Laddered(wire, shelf=self.servers, server_key=self.identity, clock=lambda: self.now)
            model = Cached(laddered, shelf=self.replies, identity=self.identity, meter=meter)
            try:
                return [(await model.complete(one)).value for one in questions]
            finally:
                await wire.aclose()

        before = self.calls
        return asyncio.run(go()), self.calls - before

    @property
    def calls(self):
        return sum(call.path == "/v1/chat/completions" for call in self.stub.calls)

    def _run(self, go):
        async def run():
            wire = OpenAIWire(self.server, clock=lambda: self.now)
            clock = lambda: self.now  # noqa: E731
            batches = Batches(
                wire, shelf=self.batches, identity=self.identity, clock=clock, sleep=self._sleep, stop=self.stop
            )
            try:
                return await go(batches)
            finally:
                await wire.aclose()

        return asyncio.run(run())

    async def _sleep(self, seconds):
        self.slept.append(seconds)


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


def test_a_damaged_record_hides_no_other(office, desk):
    office.submit([question("Aleppo fell")])
    office.submit([question("Homs held")])
    first = next(iter(office.batches.texts))
    office.batches.texts[first] = office.batches.texts[first][:50]
    desk.finish()
    assert office.collect().done == 1


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
