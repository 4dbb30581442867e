"""Fetching: an address in; what was got there, or why nothing was, out. All that may be wanted of politeness is here.

Robots are asked, hosts get their pause, redirects are followed one by one, bodies are read up to a bound, and what
failed for the moment is tried again by tenacity.
"""

import asyncio
import re
import ssl
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpcore2
import httpx2
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt

from briefer.collect.web import robots
from briefer.collect.web.addresses import CheckedBackend, Refused, Resolve, hold_to_public_name, is_public, resolve
from briefer.collect.web.hosts import Hosts, Sleep
from briefer.collect.web.permissions import Permissions
from briefer.collect.web.transport import CheckedTransport
from briefer.protocols import Shelf

LONGEST_RETRY = 60.0
"""Seconds that a server may have us wait; where it wants more, the next run asks again."""
FIRST_RETRY, MOST_RETRY = 0.5, 10.0
_MOVED = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_PASSING = frozenset({408, 425, 429, *range(500, 600)})
_PLAIN_CODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
_FOREIGN = re.compile(
    r"(?:image|audio|video|font)/|application/(?:pdf|zip|gzip|x-(?:tar|gzip|bzip2|7z-compressed)|msword|"
    r"vnd\.(?:ms-|openxmlformats|oasis)|java-archive|wasm|epub)"
)
_WORDS = {
    401: "it wants a login (401)",
    403: "it does not let us in (403)",
    404: "it is not there (404)",
    410: "it is gone for good (410)",
    429: "it is asked too often (429)",
}


@dataclass(frozen=True, slots=True)
class Manners:
    """How to behave. Times in seconds, sizes in bytes; `private` lets addresses of one's own network be fetched."""

    user_agent: str = "briefer"
    concurrency: int = 16
    pause: float = 1.0
    timeout: float = 30.0
    total_timeout: float = 120.0
    max_bytes: int = 10_000_000
    max_redirects: int = 5
    tries: int = 3
    robots: bool = True
    private: bool = False
    proxy: str = ""


@dataclass(frozen=True, slots=True)
class Network:
    """What lies outside: who knows the addresses of hosts, which of them are public, and time in seconds."""

    resolve: Resolve = resolve
    is_public: Callable[[str], bool] = is_public
    sleep: Sleep = asyncio.sleep
    clock: Callable[[], float] = time.monotonic


@dataclass(frozen=True, slots=True)
class Wanted:
    """An address, and what is known of what was there: its ETag and time of change, as the server told them."""

    url: str
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Got:
    """What was there: of `url` after all redirects, unpacked. `same` tells that it is as it was (304), without a body.

    `kind` and `charset` are the server's word. `moved` is where it went for good, "" where it did not.
    """

    url: str
    body: bytes = b""
    kind: str = ""
    charset: str = ""
    etag: str = ""
    modified: str = ""
    moved: str = ""
    same: bool = False


@dataclass(frozen=True, slots=True)
class Missed:
    """Why nothing was got, in words; `passing` where it may be there another time."""

    why: str
    passing: bool = False


class _Trouble(Exception):
    """One try that failed; `wait` is the server's own word on when to come again."""

    def __init__(self, why: str, *, passing: bool = False, wait: float | None = None) -> None:
        super().__init__(why)
        self.passing, self.wait = passing, wait


@dataclass(frozen=True, slots=True)
class _Step:
    """Where a redirect leads."""

    url: str
    for_good: bool


class Web:
    """Fetches. What it holds of bodies at one time is bounded: `concurrency` of them, each up to `max_bytes`."""

    def __init__(
        self, manners: Manners, client: httpx2.AsyncClient, network: Network, shelf: Shelf, now: datetime
    ) -> None:
        self._manners, self._client, self._sleep = manners, client, network.sleep
        self._hosts = Hosts(manners.pause, clock=network.clock, sleep=network.sleep)
        self._permissions = Permissions(self._read_rules, shelf, now)
        self._slots = asyncio.Semaphore(manners.concurrency)

    @asynccontextmanager
    async def fetched(self, wanted: Wanted) -> AsyncIterator[Got | Missed]:
        """What is at an address; its place among the bodies that are held is given back at the end of the block."""
        async with AsyncExitStack() as held:
            try:
                got: Got | Missed = await self._followed(wanted, held, self._manners.max_bytes, asks=True)
            except _Trouble as trouble:
                got = Missed(str(trouble), trouble.passing)
            yield got

    async def _followed(self, wanted: Wanted, held: AsyncExitStack, most: int, *, asks: bool) -> Got:
        """The end of all redirects. Raises _Trouble."""
        url, moved, steady = wanted.url, "", True
        seen = {url}
        for _ in range(self._manners.max_redirects + 1):
            if asks:
                await self._hold_to_robots(url)
            found = await self._tried(Wanted(url, wanted.etag, wanted.modified), held, most)
            if isinstance(found, Got):
                return _with(found, moved)
            url = found.url
            if url in seen:
                raise _Trouble(f"its redirects go in a circle, back to {url[:200]}")
            seen.add(url)
            steady = steady and found.for_good
            moved = url if steady else moved
        raise _Trouble(f"more than {self._manners.max_redirects} redirects")

    async def _tried(self, wanted: Wanted, held: AsyncExitStack, most: int) -> Got | _Step:
        trying = AsyncRetrying(
            sleep=self._sleep,
            wait=_wait,
            stop=stop_after_attempt(self._manners.tries),
            retry=retry_if_exception(_again),
            reraise=True,
        )
        return await trying(self._asked, wanted, held, most)

    async def _asked(self, wanted: Wanted, held: AsyncExitStack, most: int) -> Got | _Step:
        """One exchange, in the turn of its host; where it gives a body, its slot is handed to `held`."""
        host = _host(wanted.url)
        async with self._hosts.turn(host), AsyncExitStack() as mine:
            await self._slots.acquire()
            mine.callback(self._slots.release)
            try:
                async with asyncio.timeout(self._manners.total_timeout):
                    found = await self._exchanged(wanted, most)
            except TimeoutError as error:
                raise _Trouble(f"it took longer than {self._manners.total_timeout:g} s", passing=True) from error
            except _Trouble as trouble:
                if trouble.wait is not None:
                    self._hosts.hold(host, min(trouble.wait, LONGEST_RETRY))
                raise
            if isinstance(found, Got) and not found.same:
                held.push_async_exit(mine.pop_all())
        return found

    async def _exchanged(self, wanted: Wanted, most: int) -> Got | _Step:
        headers = {"if-none-match": wanted.etag, "if-modified-since": wanted.modified}
        try:
            if self._manners.proxy and not self._manners.private:
                hold_to_public_name(_host(wanted.url))
            async with self._client.stream(
                "GET", wanted.url, headers={name: value for name, value in headers.items() if value}
            ) as response:
                return await self._answer(response, wanted, most)
        except Refused as refused:
            raise _Trouble(str(refused)) from refused
        except (httpcore2.TimeoutException, httpx2.TimeoutException) as error:
            raise _Trouble(f"it did not answer within {self._manners.timeout:g} s", passing=True) from error
        except httpx2.DecodingError as error:
            raise _Trouble("its compression is broken") from error
        except (httpx2.InvalidURL, httpx2.UnsupportedProtocol, httpcore2.UnsupportedProtocol) as error:
            raise _Trouble(f"it is no address: {error}") from error
        except (httpcore2.LocalProtocolError, httpx2.LocalProtocolError, UnicodeError) as error:
            raise _Trouble(f"it cannot be asked for: {error}") from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.ProxyError, httpx2.TransportError) as error:
            raise _Trouble(_network_words(error), passing=not _certificate(error)) from error

    async def _answer(self, response: httpx2.Response, wanted: Wanted, most: int) -> Got | _Step:
        status = response.status_code
        if status == 304 and (wanted.etag or wanted.modified):
            return Got(wanted.url, etag=wanted.etag, modified=wanted.modified, same=True)
        if status in _MOVED:
            return _Step(self._target(response), status in _FOR_GOOD)
        if status != 200:
            why = _WORDS.get(status, f"it answered with {status}")
            raise _Trouble(why, passing=status in _PASSING, wait=_told(response) if status in _PASSING else None)
        kind, charset = _kind(response.headers.get("content-type", ""))
        if _FOREIGN.match(kind):
            raise _Trouble(f"it is {kind[:60]}, neither a page nor a feed")
        body = await _body(response, most)
        return Got(
            wanted.url,
            body,
            kind,
            charset,
            etag=_header(response, "etag"),
            modified=_header(response, "last-modified"),
        )

    def _target(self, response: httpx2.Response) -> str:
        place = response.headers.get("location", "")
        if not place:
            raise _Trouble("a redirect to nowhere")
        try:
            url = response.url.join(place).copy_with(fragment=None)
        except (httpx2.InvalidURL, ValueError) as error:
            raise _Trouble(f"a redirect to what is no address: {error}") from error
        if url.scheme not in ("http", "https") or not url.host:
            raise _Trouble(f"a redirect to {str(url)[:200]}, which is no web address")
        return str(url)

    async def _hold_to_robots(self, url: str) -> None:
        if not self._manners.robots:
            return
        rules = await self._permissions.of(url)
        self._hosts.slow(_host(url), rules.delay)
        if rules.reach:
            raise _Trouble(f"its robots.txt cannot be had ({rules.reach}), so nothing is fetched there", passing=True)
        if not rules.allow(url):
            raise _Trouble("its robots.txt does not let us fetch it")

    async def _read_rules(self, origin: str) -> robots.Rules:
        """RFC 9309: a file that is not there lets everything be fetched, a host that does not answer nothing."""
        async with AsyncExitStack() as held:
            try:
                got = await self._followed(Wanted(f"{origin}/robots.txt"), held, -robots.MOST, asks=False)
            except _Trouble as trouble:
                return robots.Rules(reach=str(trouble)) if trouble.passing else robots.EVERYTHING
            return robots.parse(got.body.decode("utf-8", "replace"), robots.token(self._manners.user_agent))


@asynccontextmanager
async def web(manners: Manners, network: Network, shelf: Shelf, now: datetime) -> AsyncIterator[Web]:
    """A Web for as long as the block takes. The environment's proxies are not heeded, only `Manners.proxy`.

    What robots.txt files say is kept on the shelf for a day from `now` (aware).
    """
    client = httpx2.AsyncClient(
        transport=_transport(manners, network),
        timeout=manners.timeout,
        follow_redirects=False,
        trust_env=False,
        headers={
            "user-agent": manners.user_agent,
            "accept": "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, */*;q=0.5",
            "accept-encoding": "gzip, deflate",
        },
    )
    async with client:
        yield Web(manners, client, network, shelf, now)


def _transport(manners: Manners, network: Network) -> httpx2.AsyncBaseTransport:
    tls = httpx2.create_ssl_context()
    if manners.proxy:
        return httpx2.AsyncHTTPTransport(verify=tls, proxy=manners.proxy, trust_env=False)
    backend = CheckedBackend(network.resolve, network.is_public, private=manners.private)
    return CheckedTransport(backend, requests=manners.concurrency, tls=tls)


async def _body(response: httpx2.Response, most: int) -> bytes:
    """The body, unpacked; of one longer than `most` bytes _Trouble, or its beginning where `most` is below 0."""
    codings = [coding.strip().lower() for coding in response.headers.get("content-encoding", "").split(",")]
    if len(codings) > 1 or codings[0] not in _PLAIN_CODINGS:
        raise _Trouble(f"it is packed in a way that was not asked for ({', '.join(codings)[:60]})")
    length = response.headers.get("content-length", "")
    if most > 0 and length.isascii() and length.isdigit() and len(length) < 20 and int(length) > most:
        raise _too_large(most)
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > abs(most):
            if most > 0:
                raise _too_large(most)
            return bytes(body[:-most])
    return bytes(body)


def _too_large(most: int) -> _Trouble:
    return _Trouble(f"it is larger than {most / 1e6:g} MB (max_bytes under [collecting])")


def _again(error: BaseException) -> bool:
    return isinstance(error, _Trouble) and error.passing and (error.wait or 0) <= LONGEST_RETRY


def _wait(state: RetryCallState) -> float:
    """What the server says; else twice as long each time."""
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, _Trouble) and error.wait is not None:
        return error.wait
    return min(FIRST_RETRY * 2.0 ** (state.attempt_number - 1), MOST_RETRY)


def _told(response: httpx2.Response) -> float | None:
    """The seconds of a Retry-After, which may be a number or a date."""
    value = response.headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}", value, re.ASCII):
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    try:
        now = parsedate_to_datetime(response.headers.get("date", ""))
    except ValueError:
        now = datetime.now(UTC)
    return max(0.0, (when - (now if now.tzinfo else now.replace(tzinfo=UTC))).total_seconds())


def _kind(content_type: str) -> tuple[str, str]:
    kind, _, parameters = content_type.partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", parameters, re.IGNORECASE)
    return kind.strip().lower(), charset[1] if charset else ""


def _header(response: httpx2.Response, name: str) -> str:
    """A header that can be sent back: one line of bounded length, else ""."""
    value = response.headers.get(name, "").strip()
    return value if len(value) <= 500 and value.isascii() and value.isprintable() else ""


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").rstrip(".")


def _with(got: Got, moved: str) -> Got:
    return Got(got.url, got.body, got.kind, got.charset, got.etag, got.modified, moved, got.same)


def _certificate(error: BaseException) -> bool:
    """Whether the connection failed for its certificate, which trying again does not mend."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def _network_words(error: Exception) -> str:
    if _certificate(error):
        return f"its certificate is not to be trusted ({str(error)[:150]})"
    if isinstance(error, httpcore2.ProtocolError | httpx2.ProtocolError):
        return f"it does not speak HTTP, or broke off ({str(error)[:150]})"
    said = str(error)[:150]
    return f"it cannot be reached ({said})" if said else "it cannot be reached"
