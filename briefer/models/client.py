"""One call to an OpenAI-compatible server, by the OpenAI SDK: a Request in, a Completion out, and what fails as ours.

The one module that imports openai, and not before the first call: the import takes half a second. A request goes
through the SDK's generic `post`: `chat.completions.create` transforms the parameters and builds its response
model, which doubles the CPU of a call (2.2 to 2.6 ms against 1.2 ms, 6 KB of prompt).
"""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any, NoReturn

from briefer.errors import Cause, ModelRejected, NoAnswer, UsageError
from briefer.models.failures import Fault, read_body, retry_after, told, words
from briefer.models.server import Server
from briefer.models.wire import Completion, Finish, Form, Request
from briefer.protocols import Clock, Tokenizer
from briefer.types import Usage

if TYPE_CHECKING:
    import httpx2
    import openai

PLACEHOLDER = "none"
"""Sent where there is no key: the SDK makes no call without one, and local servers take any."""

LARGEST_REPLY = 8_000_000
"""Bytes of a response that are read; the longest replies, with their thinking, are under a tenth of it."""

LARGEST_FILE = 1_000_000_000
"""Bytes of a file that are taken; 50,000 replies of 20,000 bytes each."""

A_FILE = "application/binary"
"""What is accepted where a file is asked for; by it a response is known that may be so large."""

FILE_TIMES = 20
"""How many timeouts of a call a file may take in all; none of its pieces may take more than one."""

EXPANSION = 100
"""A compressed response is bounded so much more tightly, for it may unfold to as much more."""

FINISHES = {
    "length": Finish.LENGTH,
    "max_tokens": Finish.LENGTH,
    "content_filter": Finish.FILTER,
    "refusal": Finish.FILTER,
}


def utc_now() -> datetime:
    """The time, for the dates in Retry-After."""
    return datetime.now(UTC)


class OpenAIWire:
    """A Wire to one server and model: one client, one TLS context, connections kept open. Retries are not its own.

    `tokenizer` counts for servers that send no usage; without it, they cost nothing. It belongs to one event loop.
    """

    def __init__(self, server: Server, *, tokenizer: Tokenizer | None = None, clock: Clock = utc_now) -> None:
        self.server = server
        self._tokenizer = tokenizer
        self._clock = clock
        self._opened: openai.AsyncOpenAI | None = None

    async def send(self, request: Request) -> Completion:
        """The server's reply to one call; raises as wire.Wire says."""
        content = await self.post("/chat/completions", body_of(request, self.server))
        return self.completion(content, request)

    async def post(self, path: str, body: Mapping[str, object]) -> bytes:
        """The content of a good response to a POST of JSON; raises as wire.Wire says."""
        raw = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        response = await self._carried(lambda client, kind: client.post(path, content=raw, cast_to=kind))
        return response.content

    async def get(self, path: str) -> bytes:
        """The content of a good response to a GET; raises as wire.Wire says."""
        response = await self._carried(lambda client, kind: client.get(path, cast_to=kind))
        return response.content

    async def upload(self, path: str, fields: Mapping[str, str], file: IO[bytes]) -> bytes:
        """The content of a good response to a POST of a form with a file of JSON lines; raises as wire.Wire says."""
        form: dict[str, Any] = {
            "body": fields,
            "files": {"file": ("requests.jsonl", file, "application/jsonl")},
            "options": {"headers": {"Content-Type": "multipart/form-data"}},
        }
        file.flush()  # its size is asked of the system
        response = await self._carried(lambda client, kind: client.post(path, cast_to=kind, **form), times=FILE_TIMES)
        return response.content

    async def download(self, path: str, into: IO[bytes]) -> None:
        """Write the content of a good response to a GET into a file, as it comes; raises as wire.Wire says."""

        async def call(client: "openai.AsyncOpenAI", kind: "type[httpx2.Response]") -> "httpx2.Response":
            accepted: Any = {"headers": {"Accept": A_FILE}}
            response: httpx2.Response = await client.get(
                path, cast_to=kind, options=accepted, stream=True, stream_cls=None
            )
            try:
                async for piece in response.aiter_bytes():
                    into.write(piece)
            finally:
                await response.aclose()
            return response

        await self._carried(call, times=FILE_TIMES)

    async def aclose(self) -> None:
        """Close every connection."""
        client, self._opened = self._opened, None
        if client:
            await client.close()

    async def _carried(
        self, call: "Callable[[openai.AsyncOpenAI, type[httpx2.Response]], Awaitable[Any]]", *, times: int = 1
    ) -> "httpx2.Response":
        """What a call gives; it may take `times` timeouts."""
        import httpx2
        import openai

        client = self._opened = self._opened or opened(self.server)
        try:
            async with asyncio.timeout(self.server.timeout * times):
                response: httpx2.Response = await call(client, httpx2.Response)
        except (TimeoutError, openai.APITimeoutError, httpx2.TimeoutException) as error:
            raise self._unanswered("did not answer in time; see model.timeout in the settings", error) from error
        except (openai.APIConnectionError, httpx2.TransportError) as error:
            self._disconnected(error)
        except openai.APIStatusError as error:
            fault = self._fault(error.response)
            # The SDK's own error repeats the body, and a body may repeat the key.
            raise told(self.server, fault) from None
        return response

    def _fault(self, response: "httpx2.Response") -> Fault:
        after = retry_after(response.headers, self._clock())
        return Fault(response.status_code, words(read_body(response.content)), after)

    def _disconnected(self, error: Exception) -> NoReturn:
        root: BaseException = error
        while root.__cause__ or root.__context__:
            root = root.__cause__ or root.__context__ or root
        why = self.server.scrubbed(str(root)) or type(root).__name__
        if isinstance(root, ssl.SSLCertVerificationError):
            remedy = "name its authority's certificate (PEM) as ca_file"
            raise ModelRejected(f"{self.server.address} shows a certificate that is not trusted ({why}); {remedy}")
        raise self._unanswered(f"cannot be reached or broke off ({why}); see --base-url", error) from error

    def _unanswered(self, how: str, error: object) -> NoAnswer:
        return NoAnswer(f"{self.server.model!r} at {self.server.address} {how}", Cause.UNAVAILABLE)

    def completion(self, content: bytes, request: Request) -> Completion:
        """The completion that the content of a response holds; raises as wire.Wire says where it holds none."""
        try:
            whole = json.loads(content)
            choice = whole["choices"][0]
            message = choice.get("message") or {}
            text = text_of(message)
        except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
            self._not_a_completion(content)
        return Completion(
            text=text,
            finish=FINISHES.get(str(choice.get("finish_reason")), Finish.STOP),
            usage=self._usage(whole.get("usage"), request, text),
            refusal=self.server.scrubbed(str(message.get("refusal") or "")),
        )

    def _not_a_completion(self, content: bytes) -> NoReturn:
        """Raise for a 200 that holds no reply: an error in its body, a page of a proxy, half a reply."""
        body = read_body(content)
        if isinstance(body, dict) and (error := body.get("error")):
            code = error.get("code") if isinstance(error, dict) else None
            raise told(self.server, Fault(code if isinstance(code, int) and 400 <= code < 600 else 500, words(body)))
        said = self.server.scrubbed(words(body), longest=80)
        how = f"sent something that is no chat completion ({said!r}); check the address in --base-url"
        raise self._unanswered(how, content)

    def _usage(self, usage: object, request: Request, text: str) -> Usage:
        told = usage if isinstance(usage, dict) else {}
        details = told.get("prompt_tokens_details")
        cached = count(details.get("cached_tokens")) if isinstance(details, dict) else 0
        if told:
            sent, received = count(told.get("prompt_tokens")), count(told.get("completion_tokens"))
            return Usage(1, sent, received, min(sent, cached or count(told.get("prompt_cache_hit_tokens"))))
        if not self._tokenizer:
            return Usage(1)
        sent = sum(self._tokenizer.count(message.content) for message in request.messages)
        return Usage(1, sent, self._tokenizer.count(text))


def opened(server: Server) -> "openai.AsyncOpenAI":
    """A client of the SDK for a server, with nothing from the environment but proxies and certificates."""
    import httpx2
    import openai

    carrier = httpx2.AsyncClient(
        auth=server.login,
        verify=trust(server),
        proxy=server.proxy or None,
        timeout=httpx2.Timeout(server.timeout, connect=server.connect_timeout, pool=None),
        limits=httpx2.Limits(max_connections=server.connections, max_keepalive_connections=server.connections),
        event_hooks={"response": [bounding()]},
    )
    client = openai.AsyncOpenAI(
        base_url=server.base_url,
        api_key=server.key or PLACEHOLDER,
        organization=server.organization,
        project=server.project,
        default_headers={"Accept-Encoding": "identity", **server.headers},
        default_query=dict(server.query) or None,
        max_retries=0,
        timeout=carrier.timeout,
        http_client=carrier,
    )
    # Empty keeps the constructor from asking the environment; None keeps the header from being sent.
    client.organization, client.project = server.organization or None, server.project or None
    return client


def trust(server: Server) -> "ssl.SSLContext":
    """The TLS context: the usual authorities, and the one that the user names."""
    import httpx2

    context = httpx2.create_ssl_context()
    if server.ca_file:
        try:
            context.load_verify_locations(server.ca_file)
        except OSError as error:  # ssl.SSLError is one
            raise UsageError(f"{server.ca_file} cannot be read as certificates in PEM form: {error}") from error
    return context


def bounding() -> "Callable[[httpx2.Response], Awaitable[None]]":
    """A hook that has the reading of a response end, by NoAnswer, where it grows too large."""
    import httpx2

    class Bounded(httpx2.AsyncByteStream):
        def __init__(self, stream: httpx2.AsyncByteStream, bound: int) -> None:
            self.stream, self.bound = stream, bound

        async def __aiter__(self) -> AsyncIterator[bytes]:
            size = 0
            async for piece in self.stream:
                size += len(piece)
                if size > self.bound:
                    raise NoAnswer(f"a response of over {self.bound:,} bytes was not read", Cause.INVALID)
                yield piece

        async def aclose(self) -> None:
            await self.stream.aclose()

    async def hook(response: httpx2.Response) -> None:
        folded = response.headers.get("content-encoding", "identity") != "identity"
        if isinstance(response.stream, httpx2.AsyncByteStream):
            is_file = response.status_code == 200 and response.request.headers.get("accept") == A_FILE
            largest = LARGEST_FILE if is_file else LARGEST_REPLY
            response.stream = Bounded(response.stream, largest // (EXPANSION if folded else 1))

    return hook


def body_of(request: Request, server: Server) -> dict[str, object]:
    """The JSON of a chat completions call."""
    body: dict[str, object] = {
        "model": server.model,
        "messages": [{"role": message.role, "content": message.content} for message in request.messages],
        request.bound: request.parameters.max_tokens,
    }
    if request.parameters.temperature is not None:
        body["temperature"] = request.parameters.temperature
    return body | _shape(request) | dict(server.extra)


def _shape(request: Request) -> dict[str, object]:
    """What of a call asks for a reply of a certain shape; not strict, since our types leave out empty fields."""
    name, schema = request.schema_name, request.schema
    if request.form is Form.SCHEMA:
        described = {"name": name, "schema": schema, "strict": False}
        return {"response_format": {"type": "json_schema", "json_schema": described}}
    if request.form is Form.OBJECT:
        return {"response_format": {"type": "json_object"}}
    if request.form is Form.TOOL:
        tool = {"type": "function", "function": {"name": name, "parameters": schema, "strict": False}}
        return {"tools": [tool], "tool_choice": {"type": "function", "function": {"name": name}}}
    return {}


def text_of(message: Mapping[str, Any]) -> str:
    """The text of a reply: the arguments of its tool call, or its content in one piece or several."""
    calls = message.get("tool_calls")
    said = calls[0]["function"]["arguments"] if calls else message.get("content")
    if isinstance(said, list):
        said = "".join(str(piece.get("text") or "") for piece in said)
    if isinstance(said, dict):
        said = json.dumps(said)
    return str(said or "").encode("utf-8", "replace").decode()


def count(value: object) -> int:
    """A count of tokens as servers send it; 0 for anything else."""
    return value if isinstance(value, int) and value > 0 else 0
