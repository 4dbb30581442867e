"""What went wrong with a call, told as briefer's own errors: from the status and the words of a server."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from briefer.errors import Cause, ModelRejected, NoAnswer
from briefer.models.server import Server

LONGEST_HEARD = 4000
"""Characters of an error that are looked at."""

OVER_CONTEXT = re.compile(
    r"context_length_exceeded|exceed_context_size|(maximum|available) context|context (length|size|window)"
    r"|(prompt|input|request|string) (is )?too (long|large)|too many (input )?tokens|reduce the length",
    re.IGNORECASE,
)
DECLINED = re.compile(
    r"content[_ -]?(filter|policy|management)|ResponsibleAI|flagged|moderation|safety (system|policy)", re.IGNORECASE
)
NO_MONEY = re.compile(r"insufficient_quota|insufficient (balance|credit|funds)|billing", re.IGNORECASE)
NO_ENDPOINT = re.compile(r"no endpoints found", re.IGNORECASE)
"""A router's 404: the model is there, but nobody serves it with these parameters."""

COMES_BACK = frozenset({408, 409, 425, 429, *range(500, 600)} - {501})
"""Statuses after which the same call may do; 501 is a thing that the server cannot do."""


class Rejected(NoAnswer):
    """The server does not take this request; `said` is all of its words, for the ladder to read."""

    def __init__(self, message: str, said: str) -> None:
        super().__init__(message, Cause.REJECTED)
        self.said = said


class Missing(ModelRejected):
    """The server has nothing at this address (404, 405)."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An error that a server told: HTTP status, its words, and the seconds after which it would be asked again."""

    status: int
    said: str
    retry_after: float | None = None


def told(server: Server, fault: Fault) -> NoAnswer | ModelRejected:
    """The error of ours for a fault that the server told."""
    where = f"{server.model!r} at {server.address}"
    words = server.scrubbed(fault.said) or "no reason given"
    if remedy := _remedy(server, fault):
        kind = Missing if fault.status in (404, 405) else ModelRejected
        return kind(f"{where} takes no question (HTTP {fault.status}: {words}); {remedy}")
    cause = _cause(fault)
    if cause is Cause.REJECTED:
        return Rejected(f"{where} does not take this request (HTTP {fault.status}: {words})", fault.said)
    reason = {
        Cause.TOO_LONG: "cannot read a prompt of this length",
        Cause.REFUSED: "declined",
        Cause.UNAVAILABLE: "did not answer",
    }[cause]
    message = f"{where} {reason} (HTTP {fault.status}: {words})"
    return NoAnswer(message, cause, retry_after=fault.retry_after)


def _cause(fault: Fault) -> Cause:
    if fault.status in COMES_BACK and not (fault.status >= 500 and OVER_CONTEXT.search(fault.said)):
        return Cause.UNAVAILABLE
    if fault.status == 413 or OVER_CONTEXT.search(fault.said):
        return Cause.TOO_LONG
    return Cause.REFUSED if DECLINED.search(fault.said) else Cause.REJECTED


def _remedy(server: Server, fault: Fault) -> str:
    """What the user can do, for a fault that no question escapes; "" for a fault of this question alone."""
    if fault.status == 402 or (fault.status == 429 and NO_MONEY.search(fault.said)):
        return "the account has no credit left"
    if fault.status in (401, 407):
        return f"check the key in {server.key_name}" if server.key else f"it wants a key: set {server.key_name}"
    if fault.status == 403 and not DECLINED.search(fault.said):
        return f"the key in {server.key_name} may not use this model here"
    if fault.status in (404, 405) and not NO_ENDPOINT.search(fault.said):
        return "check the name in --model and the address in --base-url (most end in /v1)"
    if 300 <= fault.status < 400:
        return "the address in --base-url sends elsewhere; give the one that it leads to"
    return ""


def words(body: object) -> str:
    """What an error's body says, however it is nested, with its code and parameter; bounded."""
    if not isinstance(body, Mapping):
        return (body if isinstance(body, str) else json.dumps(body))[:LONGEST_HEARD]
    inner = next((body[name] for name in ("error", "message", "detail", "msg") if body.get(name)), None)
    if inner is None:
        return json.dumps(body)[:LONGEST_HEARD]
    marks = [str(body[name]) for name in ("code", "param", "type") if body.get(name)]
    said = words(inner)
    return " ".join([said, f"({', '.join(marks)})"] if marks else [said])[:LONGEST_HEARD]


def read_body(raw: bytes) -> object:
    """An error's body: its JSON, or its text without markup."""
    text = raw[: 4 * LONGEST_HEARD].decode("utf-8", "replace")
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return re.sub(r"<[^>]{0,200}>", " ", text)
    return value


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """The seconds after which a server would be asked again; a date is held against the server's own clock."""
    if (milliseconds := _number(headers.get("retry-after-ms", ""))) is not None:
        return milliseconds / 1000
    text = headers.get("retry-after", "")
    if (seconds := _number(text)) is not None:
        return seconds
    then = _date(text)
    if then is None:
        return None
    return max(0.0, (then - (_date(headers.get("date", "")) or now)).total_seconds())


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", text.strip()) else None


def _date(text: str) -> datetime | None:
    try:
        then = parsedate_to_datetime(text)
    except ValueError:
        return None
    return then if then.tzinfo else None
