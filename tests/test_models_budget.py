"""What a run may cost is never exceeded, and what it would cost is told before."""

import asyncio

import pytest
from wire_fakes import FakeWire, Words, clock, completion, question, quickly, request, together, unavailable

from briefer.errors import Cause, NoAnswer, UsageError
from briefer.models.budget import Budgeted, Limits, Prices, estimate
from briefer.models.metered import Meter, Metered
from briefer.models.pace import Pace, Paced
from briefer.models.sizes import Sizes
from briefer.types import StageCost, Usage

PRICES = Prices(input=1.0, output=4.0, cached=0.5)


def budgeted(wire: FakeWire, *, prices: Prices | None = PRICES, **limits: float) -> Budgeted:
    return Budgeted(wire, limits=Limits(**limits), prices=prices, sizes=Sizes(Words()))  # type: ignore[arg-type]


def spent(wire: FakeWire, count: int, **limits: float) -> list[object]:
    outermost = budgeted(wire, **limits)
    return quickly(together(*(outermost.send(request(f"text {number}")) for number in range(count))))


def test_cached_tokens_have_a_price_of_their_own():
    usage = Usage(1, sent=1_000_000, received=500_000, cached=400_000)
    assert PRICES.of(usage) == pytest.approx(0.6 + 0.2 + 2.0)
    assert Prices(1.0, 4.0).of(usage) == pytest.approx(3.0)


def test_the_tokens_of_a_run_stay_under_their_limit_and_use_it():
    wire = FakeWire(lambda request, asked: completion(request, sent=6, received=50), latency=1)
    done = spent(wire, 100, max_tokens=1000)
    answered = [one for one in done if not isinstance(one, NoAnswer)]
    assert len(answered) * 56 <= 1000
    assert len(answered) * 56 + 108 + 56 > 1000  # one call at its worst would not have fitted any more
    assert {one.cause for one in done if isinstance(one, NoAnswer)} == {Cause.BUDGET}
    assert "1,000 tokens" in str(done[-1])


def test_the_money_of_a_run_stays_under_its_limit():
    wire = FakeWire(lambda request, asked: completion(request, sent=6, received=100), latency=1)
    done = spent(wire, 100, max_cost=0.005)
    answered = sum(not isinstance(one, NoAnswer) for one in done)
    assert answered == 12  # 406 millionths each
    assert "0.005 USD" in str(done[-1])


def test_a_call_waits_for_room_that_others_may_leave():
    wire = FakeWire(lambda request, asked: completion(request, sent=6, received=1), latency=1)
    done = spent(wire, 10, max_tokens=200)
    assert not [one for one in done if isinstance(one, NoAnswer)]
    assert wire.most_open == 1  # each could have taken more than half of what there was


def test_around_the_pace_a_spent_budget_is_told_at_once():
    wire = FakeWire()

    async def all_of_them():
        pace = Pace(concurrency=4, requests_per_minute=10)
        paced = Paced(wire, pace=pace, sizes=Sizes(Words()), sleep=asyncio.sleep, clock=clock)
        outermost = Budgeted(paced, limits=Limits(max_tokens=150), prices=None, sizes=Sizes(Words()))
        done = await together(*(outermost.send(request(f"text {number}")) for number in range(100)))
        return done, clock()

    done, seconds = quickly(all_of_them())
    assert sum(isinstance(one, NoAnswer) for one in done) == 97
    assert seconds < 15  # within the pace each would wait for its turn, ten minutes in all


def test_a_call_that_fails_costs_nothing():
    wire = FakeWire(lambda request, asked: unavailable())
    assert all(one.cause is Cause.UNAVAILABLE for one in spent(wire, 50, max_tokens=200))


def test_a_call_that_is_cancelled_gives_its_room_back():
    wire = FakeWire(latency=10)

    async def one_cancelled():
        outermost = budgeted(wire, max_tokens=200)
        first = asyncio.create_task(outermost.send(request("first")))
        second = asyncio.create_task(outermost.send(request("second")))
        await asyncio.sleep(1)
        first.cancel()
        return await second

    assert quickly(one_cancelled()).usage.calls == 1


def test_a_server_that_counts_more_tokens_than_we_do_is_believed():
    wire = FakeWire(lambda request, asked: completion(request, sent=60, received=100), latency=1)
    outermost = budgeted(wire, max_tokens=500)

    async def one_after_another():
        return [await together(outermost.send(request(f"text {number}"))) for number in range(10)]

    done = [one for [one] in quickly(one_after_another())]
    assert sum(not isinstance(one, NoAnswer) for one in done) * 160 <= 500


def test_a_server_that_tells_no_usage_passes_no_limit():
    wire = FakeWire(lambda request, asked: completion(request, sent=0, received=0))
    done = spent(wire, 1000, max_tokens=1000)
    assert any(isinstance(one, NoAnswer) for one in done)


def test_a_cost_without_prices_is_a_wrong_setting():
    with pytest.raises(UsageError, match=r"set model\.prices"):
        budgeted(FakeWire(), prices=None, max_cost=1.0)


def test_an_estimate_makes_no_call():
    questions = [question("word " * 100, max_tokens=500) for _ in range(3)]
    told = estimate(questions, sizes=Sizes(Words()), prices=PRICES, share=0.5)
    assert told.expected.calls == 3
    assert told.expected.received == 150
    assert told.most.received == 1500
    assert 300 < told.expected.sent < 500
    assert told.money == pytest.approx(PRICES.of(told.expected))
    assert told.most_money > told.money


def test_the_account_is_by_stage():
    meter = Meter(prices=PRICES, clock=clock)
    wire = FakeWire(
        lambda request, asked: unavailable() if "bad" in request.messages[0].content else completion(request),
        latency=1,
    )
    outermost = Metered(wire, meter)
    quickly(
        together(
            outermost.send(request("one")),
            outermost.send(request("two")),
            outermost.send(request("bad")),
            outermost.send(request("three", stage="compose")),
        )
    )
    meter.recalled("extract")
    usage = Usage(2, 20, 10)
    assert meter.costs() == [
        StageCost("extract", usage, recalled=1, money=PRICES.of(usage), seconds=1.0),
        StageCost("compose", Usage(1, 10, 5), money=PRICES.of(Usage(1, 10, 5)), seconds=1.0),
    ]
