"""A question in, a valid reply out, whatever the server can do: by JSON schema, JSON mode, a tool, or plain text.

The first call is made in the best form; a server that refuses a form is asked in the next. One call alone goes down,
the others wait for what it finds. A reply that does not satisfy its type goes back once, with its faults.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from briefer.errors import Cause, NoAnswer
from briefer.models.failures import Rejected
from briefer.models.inlining import plain_schema
from briefer.models.learnt import Learnt, of_dialect, recalled
from briefer.models.replies import Unreadable, read
from briefer.models.wire import Completion, Finish, Form, Message, Request, Wire
from briefer.protocols import Clock, Shelf
from briefer.types import Question, Reply, Value

MOST_STEPS = 6
"""Three forms down, the name of the bound, the temperature; and one for what a week ago was otherwise."""

LONGEST_RETURNED = 20_000
"""Characters of an invalid reply that are sent back."""

IN_PROMPT = (
    "Answer with one JSON object and nothing else, no code fence and no comment. It satisfies this JSON schema:\n"
)
MEND = "That reply cannot be used:\n{faults}\nGive all of it again as one JSON object, with these faults mended."


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request as it was sent, and what came back."""

    request: Request
    completion: Completion


class Laddered:
    """A Model over a Wire. `server_key` names the server and model under which the shelf keeps what is learnt.

    Once the server has answered a call of a type in this run, a refusal (400) is of the question, and final.
    """

    def __init__(self, wire: Wire, *, shelf: Shelf, server_key: str, clock: Clock) -> None:
        self._wire, self._shelf, self._clock = wire, shelf, clock
        self._key = _key_of(server_key)
        kept = recalled(shelf, self._key, clock())
        self._stored = kept
        self._learnt = kept or Learnt(since=clock())
        self._answered: set[str] = set(kept.forms) if kept else set()
        self._taken: set[str] = set()
        self._descent = asyncio.Lock()

    @property
    def learnt(self) -> Learnt:
        """What is known of the server by now."""
        return self._learnt

    async def complete(self, question: Question[Value]) -> Reply[Value]:
        """The reply, valid; raises as protocols.Model says."""
        exchange = await self._asked(request_of(question))
        text = whole_text(exchange)
        try:
            value = read(text, question.reply_type)
        except Unreadable as fault:
            return await self._mended(question, exchange, str(fault))
        self._served(exchange.request)
        return Reply(value, exchange.completion.usage)

    async def _mended(self, question: Question[Value], first: Exchange, faults: str) -> Reply[Value]:
        """The reply to the one repair turn."""
        request = self._repair(first, faults)
        completion = await self._wire.send(with_schema(request))
        usage = first.completion.usage + completion.usage
        try:
            value = read(whole_text(Exchange(request, completion)), question.reply_type)
        except Unreadable as fault:
            message = f"the model's reply is not valid, nor mended: {fault}"
            raise NoAnswer(" ".join(message.split())[:300], Cause.INVALID) from fault
        self._served(request)
        return Reply(value, usage)

    def _repair(self, first: Exchange, faults: str) -> Request:
        returned = first.completion.text[:LONGEST_RETURNED] or "(nothing)"
        turn = (Message("assistant", returned), Message("user", MEND.format(faults=faults)))
        request = replace(first.request, messages=first.request.messages + turn)
        if request.form is Form.SCHEMA and request.schema_name not in self._learnt.forms:
            # A server that takes a schema and heeds none has never shown it to the model: the prompt must.
            return replace(request, form=Form.TEXT)
        return request

    async def _asked(self, request: Request) -> Exchange:
        """The server's reply, in the best form that it takes."""
        dressed = self._learnt.dressed(request)
        try:
            return await self._sent(dressed)
        except NoAnswer as refusal:
            if not self._doubted(dressed, refusal):
                raise
            async with self._descent:
                if self._learnt.dressed(request) == dressed:
                    return await self._descended(request, dressed, refusal)
        # Another call has found what the server takes, while this one waited.
        return await self._asked(request)

    async def _descended(self, request: Request, refused: Request, refusal: NoAnswer) -> Exchange:
        """The reply in a lower form than the one refused. What is tried is learnt only when it is taken."""
        trial, last = self._learnt, refusal
        for _ in range(MOST_STEPS):
            if trial.dressed(request) == refused:
                trial = self._after(trial, refused, _said(last))
            dressed = trial.dressed(request)
            if dressed == refused:
                break
            try:
                exchange = await self._sent(dressed)
            except NoAnswer as error:
                if not self._doubted(dressed, error):
                    raise
                refused, last = dressed, error
            else:
                self._learnt = trial
                return exchange
        raise refusal

    def _after(self, trial: Learnt, refused: Request, said: str) -> Learnt:
        """What is tried after a refusal: the step below; or from the top, where what was kept no longer holds."""
        if trial is not self._stored or refused.schema_name not in trial.forms:
            return trial.lowered(refused, said)
        self._stored, self._answered = None, set(self._taken)
        fresh = Learnt(since=self._clock())
        return fresh.lowered(refused, said) if fresh.dressed(refused) == refused else fresh

    async def _sent(self, dressed: Request) -> Exchange:
        completion = await self._wire.send(with_schema(dressed))
        self._taken.add(dressed.schema_name)
        self._answered.add(dressed.schema_name)
        return Exchange(dressed, completion)

    def _doubted(self, dressed: Request, error: NoAnswer) -> bool:
        """Whether a refusal may be of the form: before any answer each may, then only one that speaks of it."""
        if error.cause is not Cause.REJECTED or dressed.schema_name in self._taken:
            return False
        return not self._answered or of_dialect(_said(error))

    def _served(self, request: Request) -> None:
        """Learn and keep that a form has given a valid reply."""
        if self._learnt.forms.get(request.schema_name) != request.form:
            self._learnt = self._learnt.serving(request.schema_name, request.form)
        if self._learnt != self._stored:
            self._stored = self._learnt
            self._shelf.put(self._key, self._learnt.model_dump_json())


def request_of(question: Question[Value]) -> Request:
    """The request that asks a question, in the best form."""
    prompt, schema = question.prompt, plain_schema(question.reply_type)
    messages = (Message("system", prompt.system), Message("user", prompt.user))
    return Request(messages, prompt.parameters, prompt.name, question.reply_type.__name__, schema)


def dressing(shelf: Shelf, *, server_key: str, clock: Clock) -> Callable[[Request], Request]:
    """What makes of a request the one that a server is known to take; of an unknown server the best is believed."""
    learnt = recalled(shelf, _key_of(server_key), clock()) or Learnt(since=clock())
    return lambda request: with_schema(learnt.dressed(request))


def known(shelf: Shelf, *, server_key: str, clock: Clock) -> bool:
    """Whether a server has shown how it is to be asked; one question asked of it alone makes it known."""
    return recalled(shelf, _key_of(server_key), clock()) is not None


def _key_of(server_key: str) -> str:
    return f"dialect {server_key}"


def _said(error: NoAnswer) -> str:
    return error.said if isinstance(error, Rejected) else str(error)


def with_schema(request: Request) -> Request:
    """The request with its schema in the prompt, for the forms that send none of their own."""
    if request.form in (Form.SCHEMA, Form.TOOL):
        return request
    told = IN_PROMPT + json.dumps(request.schema, ensure_ascii=False, separators=(",", ":"))
    first, *others = request.messages
    return replace(request, messages=(Message(first.role, f"{first.content}\n\n{told}"), *others))


def whole_text(exchange: Exchange) -> str:
    """The text of a reply that came to its own end; raises NoAnswer for one that did not."""
    completion = exchange.completion
    if completion.refusal or completion.finish is Finish.FILTER:
        reason = completion.refusal or "a content filter ended the reply"
        raise NoAnswer(f"the model declined to answer: {reason}", Cause.REFUSED)
    if completion.finish is Finish.LENGTH:
        raise NoAnswer("the model's reply ran into its bound", Cause.TRUNCATED)
    return completion.text
