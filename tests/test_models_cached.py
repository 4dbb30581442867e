"""What was paid for once is never asked again, and nothing that is damaged or of another question is taken for it."""

import asyncio

import pytest
from wire_fakes import DictShelf, FakeWire, Note, Plain, completion, question, quickly

from briefer.errors import Cause, NoAnswer
from briefer.models.cached import Cached, identity, key_of
from briefer.models.metered import Meter
from briefer.types import Parameters, Prompt, Question


def cached(wire: FakeWire, shelf: DictShelf, *, whose: str = "m", fresh: bool = False) -> Cached:
    meter = Meter(prices=None, clock=lambda: 0.0)
    return Cached(Plain(wire), shelf=shelf, identity=whose, meter=meter, fresh=fresh)


def test_a_reply_is_kept_from_run_to_run():
    shelf = DictShelf()
    quickly(cached(FakeWire(), shelf).complete(question("a b")))
    again = FakeWire()
    outermost = cached(again, shelf)
    assert outermost.recall(question("a b")) == Note(words=["a", "b"])
    reply = quickly(outermost.complete(question("a b")))
    assert reply.value == Note(words=["a", "b"])
    assert reply.usage.calls == 0
    assert again.calls == 0
    assert outermost.recall(question("a c")) is None


def test_a_shared_reply_is_kept_for_each_of_its_parts():
    shelf = DictShelf()
    quickly(cached(FakeWire(), shelf).complete(question("one two", parts=["one", "two"])))
    outermost = cached(FakeWire(), shelf)
    assert outermost.recall(question("two")) == Note(words=["two"])
    assert outermost.recall(question("one")) == Note(words=["one"])


@pytest.mark.parametrize("kept", ["", "{", '{"words": "no list"}', '{"words": [], "more": 1}', "\x00"])
def test_a_damaged_reply_is_asked_anew_and_replaced(kept):
    shelf = DictShelf()
    shelf[key_of(question("a").prompt, Note, "m")] = kept
    wire = FakeWire()
    outermost = cached(wire, shelf)
    assert outermost.recall(question("a")) is None
    assert quickly(outermost.complete(question("a"))).value == Note(words=["a"])
    assert wire.calls == 1
    assert outermost.recall(question("a")) == Note(words=["a"])


def test_what_has_no_reply_is_not_kept():
    shelf = DictShelf()
    with pytest.raises(NoAnswer):
        quickly(cached(FakeWire(lambda request, asked: NoAnswer("no", Cause.REFUSED)), shelf).complete(question("a")))
    assert not shelf


class Other(Note):
    """Another type of reply."""

    more: int = 0


@pytest.mark.parametrize(
    "other",
    [
        Question(Prompt("extract", "0" * 64, "Read.", "b", Parameters(100)), Note),
        Question(Prompt("extract", "0" * 64, "Write.", "a", Parameters(100)), Note),
        Question(Prompt("judge", "0" * 64, "Read.", "a", Parameters(100)), Note),
        Question(Prompt("extract", "0" * 64, "Read.", "a", Parameters(200)), Note),
        Question(Prompt("extract", "0" * 64, "Read.", "a", Parameters(100, 0.5)), Note),
        Question(Prompt("extract", "0" * 64, "Read.", "a", Parameters(100)), Other),
    ],
)
def test_whatever_a_reply_depends_on_is_in_its_key(other):
    shelf = DictShelf()
    quickly(cached(FakeWire(), shelf).complete(question("a")))
    assert cached(FakeWire(), shelf).recall(other) is None
    assert cached(FakeWire(), shelf, whose="another").recall(question("a")) is None


def test_a_template_that_renders_the_same_gives_the_same_reply():
    shelf = DictShelf()
    quickly(cached(FakeWire(), shelf).complete(question("a")))
    changed = Question(Prompt("extract", "1" * 64, "Read.", "a", Parameters(100)), Note)
    assert cached(FakeWire(), shelf).recall(changed) == Note(words=["a"])


def test_a_fresh_run_asks_all_anew_and_keeps_it():
    shelf = DictShelf()
    quickly(cached(FakeWire(), shelf).complete(question("a")))
    said = Note(words=["new"]).model_dump_json()
    wire = FakeWire(lambda request, asked: completion(request).__class__(said, *_rest(request)))
    fresh = cached(wire, shelf, fresh=True)
    assert fresh.recall(question("a")) is None
    assert quickly(fresh.complete(question("a"))).value == Note(words=["new"])
    assert cached(FakeWire(), shelf).recall(question("a")) == Note(words=["new"])


def _rest(request):
    done = completion(request)
    return done.finish, done.usage


def test_a_local_server_keeps_its_replies_on_another_port():
    assert identity("m", "http://127.0.0.1:8080/v1") == identity("m", "http://127.0.0.1:9090/v1")
    assert identity("m", "http://127.0.0.1:8080/v1") != identity("m", "https://api.example.org/v1")
    assert identity("m", "") == "m"


def test_a_reply_is_kept_before_anything_else_happens():
    shelf = DictShelf()

    async def ended_as_soon_as_answered():
        wire = FakeWire(latency=1)
        task = asyncio.create_task(cached(wire, shelf).complete(question("a b", parts=["a", "b"])))
        await asyncio.sleep(0.9)
        while wire.open:
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    quickly(ended_as_soon_as_answered())
    assert len(shelf) == 3
