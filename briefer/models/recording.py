"""Replies recorded and replayed, so that the same prompts give the same replies without a model.

In: a tape, and an Asker or none. Out: an Asker that asks what is not on the tape yet, or one that asks nothing at all.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from briefer.errors import Cause, RecordingMissing, UsageError
from briefer.models.leftovers import Sort, sort_of
from briefer.models.missing import Miss, miss_of, named, told
from briefer.models.tape import Exchange, Reader, Tape, exchange_of, key_of
from briefer.protocols import Asker
from briefer.types import Answer, Question, Reply, Unanswered, Usage, Value

TOLD = frozenset({Cause.REFUSED, Cause.TRUNCATED, Cause.TOO_LONG, Cause.INVALID, Cause.REJECTED})
"""Why a question has no reply, where that is the model's own answer to it and would be the same again."""


class Taped:
    """An Asker that answers from a tape what is on it; `live` is asked the rest, which goes onto the tape.

    Without `live`, RecordingMissing is raised once all questions of an `ask` were looked for; `misses` are those that
    had no reply. `usage` is, by the name of the prompt, what the replies took when they were recorded, each counted
    once; `asked` is what was asked for, `outages` why questions had no answer that could be recorded. Save the tape
    afterwards.
    """

    def __init__(self, tape: Tape, reader: Reader, *, live: Asker | None = None) -> None:
        self.misses: list[Miss] = []
        self.asked: set[Sort] = set()
        self.outages: list[str] = []
        self.usage: defaultdict[str, Usage] = defaultdict(Usage)
        self._tape, self._reader, self._live = tape, reader, live
        self._counted: set[str] = set()

    def recall(self, question: Question[Value]) -> Value | None:
        """None: what is on the tape is an answer like any other, in its place among the questions."""
        return None

    def ask(self, questions: Iterable[Question[Value]]) -> Iterator[Answer[Value]]:
        """The answer to each question: those of the tape as they are come to, others as they come.

        Raises RecordingMissing, UsageError for a recorded reply that does not satisfy its type, and what `live` raises.
        """
        known: deque[Answer[Value]] = deque()
        lacking = self._lacking(questions, known)
        if self._live is None:
            misses = [miss_of(question, self._reader, self._tape) for question in lacking]
            yield from known
            self._hold(misses)
            return
        for answer in self._live.ask(lacking):
            yield self._kept(answer)
            while known:
                yield known.popleft()
        yield from known

    def _lacking(self, questions: Iterable[Question[Value]], known: deque[Answer[Value]]) -> Iterator[Question[Value]]:
        """The questions that are not on the tape; the answers to the others become known on the way."""
        for question in questions:
            self.asked.add(sort_of(question, self._reader))
            exchange = self._tape.get(key_of(question, self._reader))
            if exchange is None:
                yield question
            else:
                known.append(self._answer(question, exchange))

    def _hold(self, misses: list[Miss]) -> None:
        self.misses += misses
        if misses:
            raise RecordingMissing(told(misses))

    def _kept(self, answer: Answer[Value]) -> Answer[Value]:
        """An answer put onto the tape, as it will be replayed."""
        question, result = answer.question, answer.result
        if isinstance(result, Unanswered) and result.cause not in TOLD:
            self.outages.append(result.why)
            return answer
        key = key_of(question, self._reader)
        exchange = self._tape.get(key)
        if exchange is None:  # a question that was under way twice has its usage in the first answer
            exchange = exchange_of(question, self._reader, _said(result))
            self._tape.put(exchange, question.prompt.system)
        return self._answer(question, exchange)

    def _answer(self, question: Question[Value], exchange: Exchange) -> Answer[Value]:
        usage = Usage(calls=1, sent=exchange.sent, received=exchange.received)
        if exchange.key not in self._counted:
            self._counted.add(exchange.key)
            self.usage[exchange.prompt] += usage
        if exchange.unanswered is not None:
            why = f"{exchange.model!r} gave no reply when it was recorded ({exchange.unanswered})"
            return Answer(question, Unanswered(Cause(exchange.unanswered), why))
        return Answer(question, Reply(_value(question, exchange, self._tape), usage))


def _said(result: Reply[Any] | Unanswered) -> dict[str, object]:
    if isinstance(result, Unanswered):
        return {"unanswered": result.cause.value}
    value: BaseModel = result.value
    usage = result.usage
    return {"reply": value.model_dump(mode="json", by_alias=True), "sent": usage.sent, "received": usage.received}


def _value(question: Question[Value], exchange: Exchange, tape: Tape) -> Value:
    try:
        return question.reply_type.model_validate(exchange.reply)
    except ValidationError as error:
        why = error.errors(include_input=False, include_url=False)[0]["msg"]
        asked = named(question.prompt.name, question.about)
        remedy = "take the line out and record it again"
        raise UsageError(
            f"{tape.where(exchange)}: the reply to {asked} does not satisfy its type: {why}; {remedy}"
        ) from error
