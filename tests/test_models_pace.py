"""Calls leave no faster than they may, and a server at its limit is given time."""

import asyncio
from random import Random

import pytest
from wire_fakes import FakeWire, Words, clock, completion, quickly, request, together, unavailable

from briefer.errors import NoAnswer
from briefer.models.pace import IN_A_ROW, Pace, Paced
from briefer.models.retrying import Patience, Retrying
from briefer.models.sizes import Sizes


def paced(wire: FakeWire, **bounds: int) -> Paced:
    return Paced(wire, pace=Pace(**bounds), sizes=Sizes(Words()), sleep=asyncio.sleep, clock=clock)


async def of(paced_wire, count, text="text"):
    return await together(*(paced_wire.send(request(f"{text} {number}")) for number in range(count)))


def run(wire: FakeWire, count: int, text: str = "text", **bounds: int) -> float:
    """Make calls; the seconds that they took."""

    async def all_of_them():
        await of(paced(wire, **bounds), count, text)
        return clock()

    return quickly(all_of_them())


def test_no_more_calls_are_on_the_way_than_may_be():
    wire = FakeWire(latency=1)
    assert run(wire, 100, concurrency=8) == pytest.approx(13)
    assert wire.most_open == 8


def test_calls_a_minute_are_held_evenly():
    wire = FakeWire()
    assert run(wire, 61, concurrency=100, requests_per_minute=120) == pytest.approx(30)
    in_any_second = max(sum(t <= other < t + 1 for other in wire.begun) for t in wire.begun)
    assert in_any_second <= 3


def test_tokens_a_minute_are_held_by_what_calls_really_used():
    wire = FakeWire(lambda request, asked: completion(request, sent=50, received=50))
    seconds = run(wire, 100, text="word " * 44, concurrency=1, tokens_per_minute=6000)
    assert seconds == pytest.approx(99, rel=0.05)


def test_turns_come_in_the_order_of_asking():
    wire = FakeWire(latency=1)
    run(wire, 20, concurrency=3)
    assert list(wire.asked) == [f"text {number}" for number in range(20)]


def test_a_call_that_is_cancelled_gives_its_turn_on():
    wire = FakeWire(latency=1)

    async def some_cancelled():
        outermost = paced(wire, concurrency=2)
        tasks = [asyncio.create_task(outermost.send(request(f"text {number}"))) for number in range(10)]
        await asyncio.sleep(0.5)
        for task in (tasks[0], tasks[3], tasks[9]):
            task.cancel()
        await together(*tasks)
        return clock()

    assert quickly(some_cancelled()) <= 5
    assert wire.calls == 8


def test_a_server_at_its_limit_is_given_the_time_it_asks_for_and_then_its_pace_back():
    def answer(request, asked):
        return unavailable(30) if 10 <= clock() < 35 else completion(request)

    wire = FakeWire(answer, latency=1)

    async def all_of_them():
        outermost = paced(wire, concurrency=16)
        retrying = Retrying(outermost, patience=Patience(), sleep=asyncio.sleep, clock=clock, random=Random(0))
        waiting = asyncio.create_task(together(*(retrying.send(request(f"text {n}")) for n in range(800))))
        await asyncio.sleep(20)
        slowed = outermost.allowed
        done = await waiting
        return slowed, outermost.allowed, done

    slowed, at_last, done = quickly(all_of_them())
    assert slowed == 8
    assert at_last == 16
    assert not [one for one in done if isinstance(one, NoAnswer)]
    assert wire.calls <= 800 + 3 * 16  # while the server had no room, hardly a call left


def test_one_failure_in_three_does_not_slow_the_others():
    lot = Random(5)
    wire = FakeWire(lambda request, asked: unavailable() if lot.random() < 0.3 else completion(request), latency=0.2)

    async def all_of_them():
        outermost = paced(wire, concurrency=32)
        await of(outermost, 2000)
        return outermost.allowed, clock()

    allowed, seconds = quickly(all_of_them())
    assert allowed >= 16
    assert seconds < 1.2 * 2000 * 0.2 / 32


def test_a_crowd_that_fails_as_one_slows_the_pace_once():
    wire = FakeWire(lambda request, asked: unavailable(1), latency=1)

    async def a_crowd():
        outermost = paced(wire, concurrency=32)
        await of(outermost, 32)
        return outermost.allowed

    assert IN_A_ROW < 32
    assert quickly(a_crowd()) == 16


def test_a_quota_of_a_day_does_not_hold_back_the_others_for_a_day():
    wire = FakeWire(lambda request, asked: unavailable(86_400), latency=1)
    assert run(wire, 40, concurrency=8) < 40 * 61
