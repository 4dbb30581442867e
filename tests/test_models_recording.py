"""What was recorded is replayed without a model, and what is missing is named with what changed."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from wire_fakes import FakeWire, Note, Plain, question, quickly, together

from briefer.errors import BrieferError, Cause, NoAnswer, RecordingMissing, UsageError
from briefer.models.recording import Taped
from briefer.models.tape import Reader, Tape
from briefer.types import Answer, Parameters, Question, Reply, Unanswered

READER = Reader("m", by="a reader at the desk")
ARTICLE = "[1] The army took the bridge.\n[2] It was Saturday.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "recordings" / "extract.jsonl"


class Live:
    """An asker of a wire: all questions at once."""

    def __init__(self, wire: FakeWire) -> None:
        self.wire = wire

    def recall(self, question: Question[Any]) -> None:
        return None

    def ask(self, questions: Iterable[Question[Any]]) -> Iterator[Answer[Any]]:
        asked = list(questions)
        model = Plain(self.wire)
        for each, result in zip(asked, quickly(together(*map(model.complete, asked))), strict=True):
            yield Answer(each, Unanswered(result.cause, str(result)) if isinstance(result, NoAnswer) else result)


def record(file: Path, *questions: Question[Note], wire: FakeWire | None = None, reader: Reader = READER) -> FakeWire:
    wire = wire or FakeWire()
    tape = Tape(file)
    list(Taped(tape, reader, live=Live(wire)).ask(questions))
    tape.save()
    return wire


def replied(file: Path, asked: Question[Note], reader: Reader = READER) -> Reply[Note] | Unanswered:
    [answer] = Taped(Tape(file), reader).ask([asked])
    return answer.result


def replay(file: Path, asked: Question[Note], reader: Reader = READER) -> Note:
    result = replied(file, asked, reader)
    assert isinstance(result, Reply)
    return result.value


def test_what_was_recorded_is_replayed_with_what_it_cost(file):
    record(file, question(ARTICLE))
    reply = replied(file, question(ARTICLE))
    assert reply.value.words == ARTICLE.split()
    assert (reply.usage.calls, reply.usage.sent, reply.usage.received) == (1, 10, 5)


def test_only_what_is_not_recorded_is_asked(file):
    record(file, question("a"), question("b"))
    wire = record(file, question("b"), question("c"))
    assert list(wire.asked) == ["c"]
    assert [replay(file, question(text)).words for text in "abc"] == [["a"], ["b"], ["c"]]


def test_the_same_replies_are_the_same_bytes(file, tmp_path):
    other = tmp_path / "other.jsonl"
    record(file, question("a"), question("b"), question("c", name="judge"))
    record(other, question("c", name="judge"), question("b"))
    record(other, question("a"))
    assert file.read_bytes() == other.read_bytes()
    record(file)
    assert file.read_bytes() == other.read_bytes()


def test_a_recording_can_be_reviewed_and_says_nothing_of_the_machine(file):
    record(file, question(ARTICLE, name="extract"))
    shared, exchange = [json.loads(line) for line in file.read_text().splitlines()]
    assert shared["lines"] == ["Read."]
    assert exchange["user"] == ARTICLE.splitlines(keepends=True)
    assert exchange["reply"] == {"words": ARTICLE.split()}
    assert (exchange["prompt"], exchange["model"], exchange["by"]) == ("extract", "m", "a reader at the desk")
    assert not {"host", "url", "at", "time", "created"} & set(exchange)


def test_a_refusal_is_a_reply_too_and_a_server_that_is_away_is_none(file):
    causes = {"a": Cause.REFUSED, "b": Cause.UNAVAILABLE}
    wire = FakeWire(lambda request, asked: NoAnswer("no", causes[request.messages[0].content]))
    record(file, question("a"), question("b"), wire=wire)
    assert replied(file, question("a")).cause is Cause.REFUSED
    with pytest.raises(RecordingMissing):
        replay(file, question("b"))


def test_a_missing_reply_is_named_and_the_change_shown(file):
    record(file, replace(question(ARTICLE), about="vcm.txt"), replace(question("[1] Other."), about="other.txt"))
    asked = replace(question(ARTICLE.replace("Saturday", "Sunday")), about="vcm.txt")
    with pytest.raises(RecordingMissing) as told:
        replay(file, asked)
    message = str(told.value)
    assert told.value.exit_code == 3
    assert "'extract' about vcm.txt" in message
    assert "-[2] It was Saturday.\n+[2] It was Sunday." in message


@pytest.mark.parametrize(
    ("asked", "reader", "shown"),
    [
        (question("a"), replace(READER, model="n"), "model: m → n"),
        (question("a"), replace(READER, repeat=1), "repeat: 0 → 1"),
        (question("a", max_tokens=200), READER, "parameters: .*100.* → .*200"),
        (replace(question("a"), prompt=replace(question("a").prompt, system="Write.")), READER, r"-Read\.\n\+Write\."),
    ],
)
def test_a_change_beside_the_text_is_shown(file, asked, reader, shown):
    record(file, question("a"))
    with pytest.raises(RecordingMissing, match=shown):
        replay(file, asked, reader)


def test_a_temperature_left_to_the_server_is_recorded(file):
    asked = replace(question("a"), prompt=replace(question("a").prompt, parameters=Parameters(100, None)))
    record(file, asked)
    assert replay(file, asked) == Note(words=["a"])


@pytest.mark.parametrize("asked", [question("b", name="judge"), question("b")])
def test_a_prompt_unlike_any_that_is_recorded_is_named_without_a_difference(file, asked):
    record(file, question("a"))
    with pytest.raises(RecordingMissing, match=r"nor to any like it; record with a live model \(--record\)$"):
        replay(file, asked)


def test_repetitions_are_recorded_apart(file):
    record(file, question("a"))
    wire = record(file, question("a"), reader=replace(READER, repeat=1))
    assert wire.calls == 1
    assert len(file.read_text().splitlines()) == 3


def test_what_nobody_asks_for_any_more_is_named_and_dropped(file):
    record(file, question("a"), question("b"))
    tape = Tape(file)
    list(Taped(tape, READER).ask([question("a")]))
    assert [exchange.about for exchange in tape.unused()] == ["b"]
    tape.drop([exchange.key for exchange in tape.unused()])
    tape.save()
    assert replay(file, question("a")) == Note(words=["a"])
    with pytest.raises(RecordingMissing):
        replay(file, question("b"))


@pytest.mark.parametrize(
    "broken",
    [
        b"{",
        b"[]",
        b"\xff",
        b'{"text": "x"}',
        b'{"prompt": "extract"}',
        b'{"prompt":"extract","about":"","key":"k","model":"m","by":"","parameters":{},"schema_hash":"h","repeat":0,'
        b'"system":"nowhere","user":[]}',
    ],
)
def test_a_broken_recording_is_named_with_its_line(file, broken):
    record(file, question("a"))
    file.write_bytes(file.read_bytes() + broken + b"\n")
    with pytest.raises(UsageError, match=r"extract\.jsonl, line 3: is no recording"):
        Tape(file)


def test_an_exchange_that_is_there_twice_is_named(file):
    record(file, question("a"))
    file.write_bytes(file.read_bytes() + file.read_bytes().splitlines()[1] + b"\n")
    with pytest.raises(UsageError, match=r"line 3.*twice"):
        Tape(file)


def test_a_reply_that_was_mended_by_hand_and_does_not_satisfy_its_type_is_named(file):
    record(file, question("a"))
    file.write_text(file.read_text().replace('{"words": ["a"]}', '{"words": "a"}'))
    with pytest.raises(UsageError, match="the reply to the prompt 'extract' about a does not satisfy its type"):
        replay(file, question("a"))


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(BrieferError, match="cannot be written"):
        record(tmp_path / "file" / "extract.jsonl", question("a"))


def test_a_question_that_was_altered_by_hand_is_noticed(file):
    record(file, question(ARTICLE))
    file.write_text(file.read_text().replace("Saturday", "Sunday"))
    with pytest.raises(UsageError, match=r"line 2: .*altered after it was recorded"):
        Tape(file)


def test_a_system_prompt_that_was_altered_by_hand_is_noticed(file):
    record(file, question("a"))
    file.write_text(file.read_text().replace("Read.", "Invent.", 1))
    with pytest.raises(UsageError, match=r"line 1: .*altered after it was recorded"):
        Tape(file)


def test_a_line_that_was_not_written_to_its_end_is_named(file):
    record(file, question("a"), question("b"))
    file.write_bytes(file.read_bytes()[:-30])
    with pytest.raises(UsageError, match=r"line 3: .*not written to its end"):
        Tape(file)


def test_all_that_is_missing_is_named_at_once_and_what_is_recorded_is_still_answered(file):
    record(file, *map(question, "abc"))
    taped = Taped(Tape(file), READER)
    answers = taped.ask(map(question, ["a", "x", "b", "y"]))
    assert [next(answers).question.about for _ in range(2)] == ["a", "b"]
    with pytest.raises(RecordingMissing, match=r"2 replies are not recorded[^$]*about x[^$]*about y"):
        next(answers)
    assert [miss.about for miss in taped.misses] == ["x", "y"]


def test_what_is_answered_live_is_what_will_be_replayed_and_is_counted_once(file):
    tape = Tape(file)
    taped = Taped(tape, READER, live=Live(FakeWire()))
    live = [answer.result for answer in taped.ask([question("a b"), question("a b")])]
    tape.save()
    assert [result.value for result in live] == [replay(file, question("a b"))] * 2
    assert taped.usage["extract"].sent == 10


def test_what_a_server_that_is_away_left_open_is_told(file):
    taped = Taped(Tape(file), READER, live=Live(FakeWire(lambda request, asked: NoAnswer("busy", Cause.UNAVAILABLE))))
    assert [type(answer.result) for answer in taped.ask([question("a")])] == [Unanswered]
    assert taped.outages == ["busy"]
