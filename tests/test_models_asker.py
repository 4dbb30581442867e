"""Ordinary code asks many questions at once; stopping loses nothing that was paid for."""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Iterator
from random import Random

import pytest
from wire_fakes import FakeWire, Note, Plain, completion, question, unavailable

from briefer.errors import Cause, ModelRejected, NoAnswer
from briefer.models.asker import AHEAD, ThreadAsker
from briefer.models.retrying import Patience, Retrying
from briefer.models.stopping import Gate, Stop, stopping
from briefer.types import Question, Reply, Unanswered


def asker(wire: FakeWire, *, stop: Stop | None = None, concurrency: int = 4) -> ThreadAsker:
    gate = Gate(wire, stop or Stop())
    return ThreadAsker(Plain(gate), gate=gate, concurrency=concurrency)


def questions(count: int) -> list[Question[Note]]:
    return [question(f"text {number}") for number in range(count)]


def test_each_question_gets_its_own_answer():
    with asker(FakeWire(latency=0.001)) as asking:
        answers = list(asking.ask(questions(100)))
    assert len(answers) == 100
    for answer in answers:
        assert isinstance(answer.result, Reply)
        assert " ".join(answer.result.value.words) == answer.question.about


def test_no_question_is_no_answer_and_nothing_is_left_behind():
    before = threading.active_count()
    for _ in range(3):
        with asker(FakeWire()) as asking:
            assert list(asking.ask([])) == []
    asker(FakeWire()).close()
    assert threading.active_count() == before


def test_closing_twice_is_once():
    asking = asker(FakeWire())
    list(asking.ask(questions(1)))
    asking.close()
    asking.close()


def test_the_client_is_closed_in_its_own_loop():
    loops = []
    wire = FakeWire()

    async def closing():
        loops.append(asyncio.get_running_loop())

    gate = Gate(wire, Stop())
    with ThreadAsker(Plain(gate), gate=gate, concurrency=1, closing=closing) as asking:
        list(asking.ask(questions(1)))
    assert len(loops) == 1


def test_one_question_without_a_reply_is_one_and_the_rest_is_there():
    def answer(request, asked):
        return NoAnswer("declined", Cause.REFUSED) if request.messages[0].content == "text 7" else completion(request)

    with asker(FakeWire(answer)) as asking:
        answers = {answer.question.about: answer.result for answer in asking.ask(questions(20))}
    assert answers.pop("text 7") == Unanswered(Cause.REFUSED, "declined")
    assert all(isinstance(result, Reply) for result in answers.values())


@pytest.mark.parametrize("error", [ModelRejected("wrong key"), RuntimeError("a bug")])
def test_what_ends_all_questions_is_raised_and_the_rest_is_not_asked(error):
    wire = FakeWire(lambda request, asked: error, latency=0.001)
    with asker(wire) as asking, pytest.raises(type(error), match=str(error)):
        list(asking.ask(questions(1000)))
    assert wire.calls <= 4 * AHEAD


def test_questions_are_taken_as_there_is_room():
    taken = 0

    def counted() -> Iterator[Question[Note]]:
        nonlocal taken
        for each in questions(1000):
            taken += 1
            yield each

    with asker(FakeWire(latency=0.001), concurrency=4) as asking:
        for number, _ in enumerate(asking.ask(counted()), start=1):
            assert taken <= number + 4 * AHEAD


def test_a_busy_caller_does_not_keep_the_calls_waiting():
    wire = FakeWire(latency=0.05)
    began = time.monotonic()
    with asker(wire, concurrency=8) as asking:
        for _ in asking.ask(questions(80)):
            ended = time.monotonic() + 0.003
            while time.monotonic() < ended:
                pass
    assert wire.most_open >= 8
    assert time.monotonic() - began < 2.5  # one after another it would be over four seconds


def test_what_a_caller_leaves_behind_is_not_asked():
    wire = FakeWire(latency=0.01)
    with asker(wire) as asking:
        for _ in asking.ask(questions(1000)):
            break
    assert wire.calls <= 4 * AHEAD + 4


def test_questions_alike_are_asked_once():
    wire = FakeWire(latency=0.02)
    with asker(wire) as asking:
        answers = list(asking.ask([question("same") for _ in range(6)]))
        assert wire.calls == 1
        replies = [answer.result for answer in answers if isinstance(answer.result, Reply)]
        assert [reply.usage.calls for reply in replies] == [1, 0, 0, 0, 0, 0]
        list(asking.ask([question("same")]))
    assert wire.calls == 2


def test_questions_may_be_asked_amid_others():
    with asker(FakeWire(latency=0.001)) as asking:
        for answer in asking.ask(questions(10)):
            [inner] = asking.ask([question(f"{answer.question.about} again")])
            assert isinstance(inner.result, Reply)


def test_a_stop_begins_no_call_and_awaits_those_on_their_way():
    stop = Stop()
    wire = FakeWire(latency=0.1)
    with asker(wire, stop=stop) as asking:
        answers = []
        for answer in asking.ask(questions(100)):
            if not answers:
                calls = wire.calls
                stop.set()
            answers.append(answer.result)
    answered = [result for result in answers if isinstance(result, Reply)]
    assert len(answers) == 100
    assert wire.calls == len(answered)
    assert wire.calls <= calls + 4 * AHEAD
    assert {result.cause for result in answers if isinstance(result, Unanswered)} == {Cause.STOPPED}


def test_a_second_stop_awaits_nothing():
    stop = Stop()
    wire = FakeWire(latency=30)
    began = time.monotonic()
    with asker(wire, stop=stop) as asking:
        threading.Timer(0.1, stop.set).start()
        threading.Timer(0.2, stop.set).start()
        answers = list(asking.ask(questions(10)))
    assert time.monotonic() - began < 10
    assert all(isinstance(answer.result, Unanswered) for answer in answers)


def test_a_stop_while_the_caller_waits_wakes_it():
    with stopping() as stop, asker(FakeWire(latency=0.3), stop=stop) as asking:
        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGTERM)).start()
        answers = list(asking.ask(questions(50)))
    assert 0 < sum(isinstance(answer.result, Reply) for answer in answers) <= 8


def test_a_question_that_waits_for_its_turn_is_not_asked_after_a_stop():
    stop = Stop()

    wire = FakeWire()
    gate = Gate(wire, stop)

    class Waiting(Plain):
        async def complete(self, question):
            await asyncio.sleep(60)  # for a slot, or a Retry-After
            return await super().complete(question)

    began = time.monotonic()
    with ThreadAsker(Waiting(gate), gate=gate, concurrency=2) as asking:
        threading.Timer(0.1, stop.set).start()
        answers = list(asking.ask(questions(5)))
    assert time.monotonic() - began < 10
    assert wire.calls == 0
    assert all(isinstance(answer.result, Unanswered) for answer in answers)


def retrying(wire: FakeWire, stop: Stop) -> ThreadAsker:
    gate = Gate(wire, stop)
    tried = Retrying(gate, patience=Patience(), sleep=asyncio.sleep, clock=time.monotonic, random=Random(0))
    return ThreadAsker(Plain(tried), gate=gate, concurrency=2)


def test_a_call_that_fails_after_a_stop_is_not_waited_for():
    stop = Stop()
    wire = FakeWire(lambda request, asked: unavailable(60), latency=0.3)
    began = time.monotonic()
    with retrying(wire, stop) as asking:
        threading.Timer(0.1, stop.set).start()
        answers = list(asking.ask(questions(4)))
    assert time.monotonic() - began < 10
    assert wire.calls == 4
    assert {answer.result.cause for answer in answers if isinstance(answer.result, Unanswered)} == {Cause.STOPPED}


def test_a_call_that_nobody_waits_for_is_not_made_again():
    def answer(request, asked):
        return completion(request) if request.messages[0].content == "text 0" else unavailable(60)

    wire = FakeWire(answer, latency=0.2)
    began = time.monotonic()
    with retrying(wire, Stop()) as asking:
        for _ in asking.ask(questions(4)):
            break
    assert time.monotonic() - began < 10
    assert wire.calls == 4


def test_handlers_of_signals_are_what_they_were():
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    with stopping() as stop:
        assert not stop.is_set()
        os.kill(os.getpid(), signal.SIGINT)
        assert stop.is_set()
        assert not stop.at_once
        os.kill(os.getpid(), signal.SIGINT)
        assert stop.at_once
        assert {number: signal.getsignal(number) for number in before} == before  # a third ends the process
    assert {number: signal.getsignal(number) for number in before} == before
