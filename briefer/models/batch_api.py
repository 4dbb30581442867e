"""The Files and Batches of a server: requests handed in, states told, outputs fetched.

In: one wire. Out: ids that are safe in an address, states as values, and what fails as an error for the user. Calls
that change nothing, or nothing that is paid for, are tried again; a batch is created by one try alone.
"""

import json
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from threading import Event
from typing import IO, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception

from briefer.errors import Cause, ModelUnavailable, NoAnswer, StoreError, UsageError
from briefer.models.client import OpenAIWire
from briefer.models.failures import Missing, read_body, words

ENDPOINT = "/v1/chat/completions"
WINDOW = "24h"
OVER = frozenset({"completed", "failed", "expired", "cancelled"})

TRIES = 5
LONGEST_WAIT = 60.0
"""Seconds; a server that would have it asked later than that is asked in a later run."""

AN_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.:=+-]{0,199}")
A_WORD = re.compile(r"[a-z_ ]{1,40}")

LISTED = 100
"""The most batches that a server tells at once, the newest first."""

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[None]]


class Counts(BaseModel):
    """How many requests of a batch there are, and what became of them."""

    total: int = 0
    completed: int = 0
    failed: int = 0


class State(BaseModel):
    """A batch as the server tells it; what else it tells is passed over. `status` is in small letters."""

    model_config = ConfigDict(frozen=True)

    id: str
    status: str = ""
    input_file_id: str | None = None
    output_file_id: str | None = None
    error_file_id: str | None = None
    request_counts: Counts | None = None
    errors: object = None

    @field_validator("status")
    @classmethod
    def _of_letters(cls, status: str) -> str:
        status = status.lower()
        return status if A_WORD.fullmatch(status) else "unknown"

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.status in OVER

    @property
    def files(self) -> list[str]:
        """The ids of the files that hold what came of it."""
        return [file for file in (self.output_file_id, self.error_file_id) if file]


class _Named(BaseModel):
    """Anything that a server gives an id."""

    id: str


class BatchAPI:
    """The Batch API behind a wire. `sleep` waits seconds between tries; there are no more once `stop` is set."""

    def __init__(self, wire: OpenAIWire, *, sleep: Sleep, stop: Event) -> None:
        self._wire, self._sleep, self._stop = wire, sleep, stop

    async def upload(self, file: IO[bytes]) -> str:
        """The id of the file of requests that is now with the server. Raises UsageError where it takes none."""
        fields = {"purpose": "batch"}
        with self._offered():
            content = await self._patiently(lambda: self._wire.upload("/files", fields, file))
            return self._id(content)

    async def create(self, file: str) -> str:
        """The id of a batch of that file. Raises UsageError where the server takes none."""
        body = {"input_file_id": file, "endpoint": ENDPOINT, "completion_window": WINDOW}
        with self._offered():
            return self._id(await self._wire.post("/batches", body))

    async def state(self, batch: str) -> State | None:
        """The state of a batch; None where the server knows none of this id."""
        try:
            content = await self._patiently(lambda: self._wire.get(f"/batches/{batch}"))
        except Missing:
            return None
        return self._state(self._json(content))

    async def created(self, file: str) -> str | None:
        """The id of the batch that was created of a file, where there is one and the server tells."""
        try:
            told = self._json(await self._patiently(lambda: self._wire.get(f"/batches?limit={LISTED}")))
        except Missing:
            return None
        listed = told.get("data") if isinstance(told, dict) else None
        for one in listed if isinstance(listed, list) else []:
            if isinstance(one, dict) and one.get("input_file_id") == file:
                return self._checked(str(one.get("id")))
        return None

    async def fetch(self, identifier: str, into: IO[bytes]) -> None:
        """Write the content of one of the server's files."""
        path = f"/files/{self._checked(identifier)}/content"

        def call() -> Awaitable[None]:
            into.seek(0)
            into.truncate()
            return self._wire.download(path, into)

        await self._patiently(call)

    async def _patiently(self, call: Callable[[], Awaitable[T]]) -> T:
        trying = AsyncRetrying(
            sleep=self._sleep,
            wait=_wait,
            stop=self._enough,
            retry=retry_if_exception(_for_the_moment),
            reraise=True,
        )

        async def once() -> T:
            return await call()

        return await trying(once)

    def _enough(self, state: RetryCallState) -> bool:
        return state.attempt_number >= TRIES or _wait(state) > LONGEST_WAIT or self._stop.is_set()

    @contextmanager
    def _offered(self) -> Iterator[None]:
        """Tell a server that has no Batch API as such."""
        server = self._wire.server
        try:
            yield
        except Missing as error:
            remedy = "run without --batch, or check the address in --base-url"
            raise UsageError(f"{server.address} offers no Batch API; {remedy}") from error

    def _id(self, content: bytes) -> str:
        """The id in a reply to something handed in. Raises Missing for a 200 that holds none."""
        try:
            return self._checked(_Named.model_validate_json(content).id)
        except ValidationError as error:
            raise Missing(self._said(content)) from error

    def _checked(self, identifier: str) -> str:
        """An id, fit to stand in an address."""
        if not AN_ID.fullmatch(identifier):
            shown = self._wire.server.scrubbed(identifier, longest=80)
            raise NoAnswer(f"{self._wire.server.address} gave the id {shown!r}, which is none", Cause.INVALID)
        return identifier

    def _state(self, told: object) -> State:
        try:
            return State.model_validate(told)
        except ValidationError as error:
            raise NoAnswer(self._said(json.dumps(told).encode()), Cause.INVALID) from error

    def _json(self, content: bytes) -> object:
        try:
            value: object = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise NoAnswer(self._said(content), Cause.INVALID) from error
        return value

    def _said(self, content: bytes) -> str:
        said = self._wire.server.scrubbed(words(read_body(content)), longest=80)
        return f"{self._wire.server.address} sent something that is no batch: {said!r}"


@contextmanager
def explained(*, handing_in: bool) -> Iterator[None]:
    """Tell what a batch's calls raise as errors for the user."""
    try:
        yield
    except NoAnswer as error:
        if error.cause is Cause.UNAVAILABLE:
            wait = f"; it asks to wait {error.retry_after:.0f} s" if error.retry_after else ""
            again = "run again: nothing is handed in twice" if handing_in else "run again later"
            raise ModelUnavailable(f"{error}{wait}; {again}") from error
        instead = "run without --batch" if handing_in else "run without --resume to ask what is left"
        raise UsageError(f"{error}; {instead}") from error
    except OSError as error:
        why = error.strerror or error
        raise StoreError(f"a temporary file cannot be used: {why}; make room, or set TMPDIR") from error


def _for_the_moment(error: BaseException) -> bool:
    return isinstance(error, NoAnswer) and error.cause is Cause.UNAVAILABLE


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    said = error.retry_after if isinstance(error, NoAnswer) else None
    return 2.0**state.attempt_number if said is None else said
