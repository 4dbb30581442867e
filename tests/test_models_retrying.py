"""Calls that fail for the moment are made again, as often as there is hope and no longer."""

import asyncio
from random import Random

import pytest
from wire_fakes import FakeWire, Words, clock, completion, quickly, request, together, unavailable

from briefer.errors import Cause, ModelRejected, NoAnswer
from briefer.models.pace import Pace, Paced
from briefer.models.retrying import DOWN_AFTER, Patience, Retrying
from briefer.models.sizes import Sizes
from briefer.models.wire import Wire


def retrying(wire: Wire, **patience: float) -> Retrying:
    return Retrying(wire, patience=Patience(**patience), sleep=asyncio.sleep, clock=clock, random=Random(1))  # type: ignore[arg-type]


def failing(times: int, after: float | None = None) -> FakeWire:
    return FakeWire(lambda request, asked: unavailable(after) if asked <= times else completion(request))


def test_a_call_that_fails_is_made_again_until_it_succeeds():
    wire = failing(3)
    assert quickly(retrying(wire).send(request("a b"))).text == '{"words":["a","b"]}'
    assert wire.calls == 4


def test_waits_double_and_differ():
    wire = failing(4)
    quickly(retrying(wire, first_wait=1.0).send(request()))
    waits = [later - earlier for earlier, later in zip(wire.begun, wire.begun[1:], strict=False)]
    for wait, most in zip(waits, (1, 2, 4, 8), strict=True):
        assert most / 2 <= wait <= most


def test_a_wait_has_a_bound():
    wire = failing(8)
    quickly(retrying(wire, longest_wait=3.0).send(request()))
    assert wire.begun[-1] - wire.begun[-2] <= 3.0


def test_a_retry_after_is_obeyed_and_is_no_failed_try():
    wire = failing(5, after=20)
    quickly(retrying(wire, tries=2).send(request()))
    waits = [later - earlier for earlier, later in zip(wire.begun, wire.begun[1:], strict=False)]
    assert all(20 <= wait <= 21 for wait in waits)


def test_after_all_tries_it_says_how_often_it_was_tried():
    wire = failing(99)
    with pytest.raises(NoAnswer, match=r"'m' at http://host did not answer .*\(4 tries\)") as told:
        quickly(retrying(wire, tries=4).send(request()))
    assert told.value.cause is Cause.UNAVAILABLE
    assert wire.calls == 4


def test_a_retry_after_beyond_all_patience_is_not_waited_for():
    wire = failing(99, after=86_400)
    with pytest.raises(NoAnswer, match=r"\(1 try; it asks to wait 86400 s\)"):
        quickly(retrying(wire, seconds=60.0).send(request()))
    assert wire.calls == 1


def test_the_whole_time_has_a_bound():
    wire = failing(99, after=10)
    with pytest.raises(NoAnswer):
        quickly(retrying(wire, seconds=65.0).send(request()))
    assert 5 <= wire.calls <= 7
    assert wire.begun[-1] <= 65


@pytest.mark.parametrize(
    "error",
    [NoAnswer("no", Cause.REJECTED), NoAnswer("no", Cause.REFUSED), NoAnswer("no", Cause.BUDGET), ModelRejected("no")],
)
def test_what_would_fail_again_is_not_made_again(error):
    wire = FakeWire(lambda request, asked: error)
    with pytest.raises(type(error)):
        quickly(retrying(wire).send(request()))
    assert wire.calls == 1


def test_a_server_that_is_down_is_given_up_for_all_at_once():
    wire = failing(10_000)
    outermost = retrying(wire, tries=4)

    async def all_of_them():
        first = await together(*(outermost.send(request(f"text {number}")) for number in range(50)))
        calls = wire.calls
        later = await together(*(outermost.send(request(f"later {number}")) for number in range(500)))
        return first, calls, later

    first, calls, later = quickly(all_of_them())
    assert wire.calls == calls <= 50 * 4
    assert {error.cause for error in first + later} == {Cause.UNAVAILABLE}
    assert {str(error) for error in later} == {str(first[-1])}


def test_one_article_that_the_server_never_answers_is_alone_in_that():
    def answer(request, asked):
        return unavailable() if "poison" in request.messages[0].content else completion(request)

    wire = FakeWire(answer)
    outermost = retrying(wire, tries=4)

    async def all_of_them():
        poisons = [outermost.send(request(f"poison {number}")) for number in range(DOWN_AFTER * 2)]
        others = [outermost.send(request(f"text {number}")) for number in range(20)]
        done = await together(*poisons, *others)
        return [*done, await outermost.send(request("last"))]

    done = quickly(all_of_them())
    assert sum(isinstance(one, NoAnswer) for one in done) == DOWN_AFTER * 2


def test_a_call_that_waits_holds_no_slot():
    wire = FakeWire(
        lambda request, asked: (
            unavailable(60) if request.messages[0].content == "slow" and asked == 1 else completion(request)
        ),
        latency=1,
    )
    paced = Paced(wire, pace=Pace(concurrency=1), sizes=Sizes(Words()), sleep=asyncio.sleep, clock=clock)
    outermost = retrying(paced)

    async def both():
        slow = asyncio.create_task(outermost.send(request("slow")))
        await asyncio.sleep(0)
        await outermost.send(request("quick"))
        quick_done = clock()
        await slow
        return quick_done

    assert quickly(both()) == 2


@pytest.mark.parametrize(("often", "rarely"), [(0.05, 0.02), (0.30, 0.02)])
@pytest.mark.parametrize("after", [None, 1.0])
def test_failures_at_random_lose_no_article_and_take_no_call_too_many(often, rarely, after):
    lot = Random(3)
    faults = 0

    def answer(request, asked):
        nonlocal faults
        drawn = lot.random()
        if drawn < often + rarely:
            faults += 1
            return unavailable(after if drawn < often else None)
        return completion(request)

    wire = FakeWire(answer, latency=0.2)
    sizes = Sizes(Words())
    paced = Paced(wire, pace=Pace(concurrency=32), sizes=sizes, sleep=asyncio.sleep, clock=clock)
    outermost = retrying(paced)

    async def all_of_them():
        done = await together(*(outermost.send(request(f"text {number}")) for number in range(2000)))
        return done, clock()

    done, seconds = quickly(all_of_them())
    assert not [one for one in done if isinstance(one, NoAnswer)]
    assert wire.calls == 2000 + faults
    assert wire.most_open <= 32
    at_full_pace = wire.calls * 0.2 / 32
    assert seconds < at_full_pace + 45  # the unluckiest waits as often as it fails
