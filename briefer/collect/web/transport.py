"""The way to the network: a request in, an answer whose connection was checked out. It speaks HTTP/1.1."""

import ssl
from collections import OrderedDict
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass

import httpcore2
import httpx2

from briefer.collect.web.addresses import CheckedBackend

KEPT = 4
"""Hosts whose connections are kept open for each request that may be under way."""


@dataclass(slots=True)
class _Line:
    """The connections to one origin, and how many answers are being read from them."""

    pool: httpcore2.AsyncConnectionPool
    busy: int = 0


class CheckedTransport(httpx2.AsyncBaseTransport):
    """An httpx2 transport over a checked backend. Raises addresses.Refused and what httpcore2 does.

    Each origin has a pool of its own: one for all looks at every open connection for each request.
    """

    def __init__(self, backend: CheckedBackend, *, requests: int, tls: ssl.SSLContext) -> None:
        self._backend, self._tls, self._most = backend, tls, requests * KEPT
        self._lines: OrderedDict[tuple[bytes, bytes, int | None], _Line] = OrderedDict()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """One exchange."""
        url = request.url
        line = await self._line((url.raw_scheme, url.raw_host, url.port))
        sent = httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            extensions=request.extensions,
        )
        try:
            got = await line.pool.handle_async_request(sent)
        except BaseException:
            line.busy -= 1
            raise
        assert isinstance(got.stream, AsyncIterable)
        body = _Body(got.stream, line)
        return httpx2.Response(got.status, headers=got.headers, stream=body, extensions=dict(got.extensions))

    async def aclose(self) -> None:
        """Close all connections."""
        for line in self._lines.values():
            await line.pool.aclose()
        self._lines.clear()

    async def _line(self, origin: tuple[bytes, bytes, int | None]) -> _Line:
        """The line to an origin, busy from now on; those that are longest idle are closed where there are too many."""
        line = self._lines.get(origin)
        if line is None:
            pool = httpcore2.AsyncConnectionPool(
                ssl_context=self._tls, keepalive_expiry=15.0, network_backend=self._backend
            )
            line = self._lines[origin] = _Line(pool)
        line.busy += 1
        self._lines.move_to_end(origin)
        spare = [name for name, old in self._lines.items() if not old.busy]
        closed = [self._lines.pop(name) for name in spare[: max(0, len(self._lines) - self._most)]]
        for old in closed:
            await old.pool.aclose()
        return line


class _Body(httpx2.AsyncByteStream):
    def __init__(self, stream: AsyncIterable[bytes], line: _Line) -> None:
        self._stream, self._line = stream, line
        self._open = True

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            yield part

    async def aclose(self) -> None:
        if self._open:
            self._open = False
            self._line.busy -= 1
        close = getattr(self._stream, "aclose", None)
        if close is not None:
            await close()
