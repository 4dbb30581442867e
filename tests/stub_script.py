"""What the stub server does with a call, when it does it, and what it answers.

A script is a function of the call to a Deed, or to None (the next script, or an ordinary answer). The text of an answer
is a function of the request; unless given, it is the least value that the schema in the request allows.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import blake2b
from typing import Any, Literal

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it came. `times` counts how often this very body was asked, this time included."""

    method: str
    path: str
    headers: Mapping[str, str]
    raw: bytes
    digest: str
    times: int
    number: int

    @property
    def body(self) -> Json:
        """The request's JSON, {} where it has none."""
        return json.loads(self.raw) if self.raw else {}


@dataclass(frozen=True, slots=True)
class Deed:
    """What the stub does with one call. Without a body it is an ordinary answer.

    `latency` (seconds) is the stub's own unless given; `cut` resets the connection before the reply or amid it;
    `drip` is the seconds between two small pieces; what is not `good` counts as no answer.
    `change` turns the ordinary answer into another.
    """

    name: str = "ok"
    status: int = 200
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    latency: float | None = None
    cut: Literal["", "before", "amid"] = ""
    drip: float = 0.0
    good: bool = True
    change: Callable[[Json], Json | bytes] | None = None


Script = Callable[[Call], Deed | None]
Answer = Callable[[Json], str]

OK = Deed()


# What can be done with a call.


def error(status: int, message: str, *, code: str = "", kind: str = "invalid_request_error", **headers: str) -> Deed:
    """An error as OpenAI words it; a header's underscores become hyphens."""
    body = {"error": {"message": message, "type": kind, "param": None, "code": code or None}}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Deed(f"{status} {code}".strip(), status, json.dumps(body).encode(), named)


def too_many(after: float | None = None, *, as_date: bool = False) -> Deed:
    """A 429; `after` seconds are told as a number, or as the date that they lead to."""
    headers = {}
    if after is not None:
        then = datetime.now(UTC) + timedelta(seconds=after)
        headers["Retry_After"] = format_datetime(then, usegmt=True) if as_date else f"{after:g}"
    return error(429, "Rate limit reached for requests", code="rate_limit_exceeded", kind="requests", **headers)


def broken(status: int = 500) -> Deed:
    """A failure of the server's own."""
    return error(status, "The server had an error while processing your request", kind="server_error")


RESET = Deed("reset", cut="before")
RESET_AMID = Deed("reset amid", cut="amid")
UNKNOWN_KEY = error(401, "Incorrect API key provided", code="invalid_api_key")
UNKNOWN_MODEL = error(404, "The model does not exist or you do not have access to it", code="model_not_found")
TOO_LONG = error(
    400,
    "This model's maximum context length is 4096 tokens. However, your messages resulted in 9000 tokens.",
    code="context_length_exceeded",
)
NO_SCHEMA = error(400, "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.")
NO_OBJECT = error(400, "'response_format.type' must be 'text'; 'json_object' is not supported")
NO_TOOLS = error(400, "This model does not support tools", code="unsupported_parameter")
NO_MAX_TOKENS = error(
    400,
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    code="unsupported_parameter",
)
NO_TEMPERATURE = error(
    400,
    "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
    code="unsupported_value",
)
POISONED = error(400, "We could not parse the JSON body of your request.")


def _choice(change: Callable[[Json], None]) -> Callable[[Json], Json]:
    def changed(whole: Json) -> Json:
        change(whole["choices"][0])
        return whole

    return changed


def saying(text: str, **fields: Any) -> Deed:
    """An answer of just this text; `finish_reason` and others of the choice by keyword."""
    return Deed(
        "saying", change=_choice(lambda choice: (choice["message"].update(content=text), choice.update(fields)))
    )


REFUSAL = Deed(
    "refusal", change=_choice(lambda c: c["message"].update(content=None, refusal="I can't help with that."))
)
FILTERED = Deed(
    "filtered", change=_choice(lambda c: (c["message"].update(content=""), c.update(finish_reason="content_filter")))
)
CUT_SHORT = Deed(
    "length",
    change=_choice(
        lambda c: (c["message"].update(content=(c["message"]["content"] or "")[:-2]), c.update(finish_reason="length"))
    ),
)
NO_CHOICES = Deed("no choices", good=False, change=lambda whole: whole | {"choices": []})
NO_USAGE = Deed("no usage", change=lambda whole: {name: whole[name] for name in whole if name != "usage"})
TRUNCATED = Deed("truncated", good=False, change=lambda whole: json.dumps(whole).encode()[:-25])
NOT_JSON = Deed(
    "not json", good=False, body=b"<html><body>Bad gateway</body></html>", headers={"Content-Type": "text/html"}
)
WRONG_SCHEMA = saying('{"something": "else"}')
SLOW_DRIP = Deed("drip", drip=0.05)


def huge(size: int) -> Deed:
    """An answer whose text is of about `size` bytes."""
    return saying("x" * size)


def cached(tokens: int) -> Deed:
    """An answer for which the server had that many of the prompt's tokens in its cache."""

    def change(whole: Json) -> Json:
        whole["usage"]["prompt_tokens_details"] = {"cached_tokens": tokens}
        return whole

    return Deed("cached", change=change)


# When it is done.


def in_turn(*deeds: Deed) -> Script:
    """One deed a call, whatever is asked; ordinary answers after the last."""
    left = list(deeds)
    return lambda call: left.pop(0) if left else None


def always(deed: Deed) -> Script:
    """The same for every call."""
    return lambda call: deed


def whenever(contained: str, deed: Deed) -> Script:
    """For the calls whose body contains a text (as it stands in the JSON)."""
    wanted = contained.encode()
    return lambda call: deed if wanted in call.raw else None


def first_of(*scripts: Script) -> Script:
    """The first script that has a deed for the call."""
    return lambda call: next((deed for script in scripts if (deed := script(call))), None)


def at_random(shares: Iterable[tuple[float, Deed]], seed: int = 0) -> Script:
    """Each deed for its share of the calls; the lot falls by body and count, so that it falls alike in every run."""
    table = list(shares)

    def script(call: Call) -> Deed | None:
        drawn = blake2b(f"{seed} {call.digest} {call.times}".encode(), digest_size=4).digest()
        lot = int.from_bytes(drawn) / 2**32
        for share, deed in table:
            lot -= share
            if lot < 0:
                return deed
        return None

    return script


def without(*names: str) -> Script:
    """A server that knows none of json_schema, json_object, tools, max_tokens, temperature (those that are named)."""
    table = {"json_schema": NO_SCHEMA, "json_object": NO_OBJECT, "tools": NO_TOOLS}
    table |= {"max_tokens": NO_MAX_TOKENS, "temperature": NO_TEMPERATURE}

    def script(call: Call) -> Deed | None:
        body = call.body
        used = {*body, body.get("response_format", {}).get("type", "")}
        return next((table[name] for name in names if name in used), None)

    return script


# What is answered.


def schema_of(request: Json) -> Json:
    """The schema that a request asks for: of its response format, of its tool, or the first that stands in its text."""
    shape = request.get("response_format", {})
    if shape.get("type") == "json_schema":
        return shape["json_schema"]["schema"]
    if tools := request.get("tools"):
        return tools[0]["function"]["parameters"]
    return next(filter(None, (_schema_in(message["content"]) for message in request.get("messages", []))), {})


def _schema_in(text: str) -> Json:
    decoder = json.JSONDecoder()
    for start in re.finditer(r'\{"', text):
        try:
            value, _ = decoder.raw_decode(text, start.start())
        except ValueError:
            continue
        if isinstance(value, dict) and ("properties" in value or "$defs" in value):
            return value
    return {}


def least(schema: Json, root: Json | None = None) -> Any:
    """The least value that a schema allows: required fields alone, empty lists and texts, the first of an enum."""
    root = root or schema
    if "$ref" in schema:
        return least(root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root)
    for word in ("anyOf", "oneOf", "allOf"):
        if word in schema:
            return least(schema[word][0], root)
    if "const" in schema or "enum" in schema:
        return schema["const"] if "const" in schema else schema["enum"][0]
    kind = schema.get("type", "object")
    if kind == "object":
        return {name: least(schema["properties"][name], root) for name in schema.get("required", ())}
    if kind == "array":
        return [least(schema.get("items", {}), root)] * schema.get("minItems", 0)
    if kind == "string":
        return "x" * schema.get("minLength", 0)
    return {"integer": schema.get("minimum", 0), "number": schema.get("minimum", 0.0), "boolean": False}.get(kind)


def least_answer(request: Json) -> str:
    """The least reply that satisfies the schema of the request."""
    return json.dumps(least(schema_of(request)))


def completion(request: Json, text: str, sent: int) -> Json:
    """The whole of an ordinary answer; `sent` is the length of the request, of which the usage is guessed."""
    message: Json = {"role": "assistant", "content": text, "refusal": None}
    if tools := request.get("tools"):
        function = {"name": tools[0]["function"]["name"], "arguments": text}
        message |= {"content": None, "tool_calls": [{"id": "call_1", "type": "function", "function": function}]}
    usage = {"prompt_tokens": sent // 4, "completion_tokens": len(text) // 4}
    return {
        "id": "chatcmpl-stub",
        "object": "chat.completion",
        "created": 1700000000,
        "model": request.get("model", ""),
        "choices": [{"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}],
        "usage": usage | {"total_tokens": sum(usage.values())},
    }


def json_deed(value: Any) -> Deed:
    """An answer of any JSON, at once."""
    return Deed(body=json.dumps(value).encode(), latency=0.0)


_RATES = {"429": too_many(), "500": broken(500), "503": broken(503), "reset": RESET, "amid": RESET_AMID}


def rate(text: str) -> tuple[float, Deed]:
    """A share in words: 429=0.05, or 429:2=0.05 for a Retry-After of two seconds; also 500, 503, reset, amid."""
    name, _, share = text.partition("=")
    status, _, after = name.partition(":")
    return float(share), too_many(float(after)) if after else _RATES[status]
