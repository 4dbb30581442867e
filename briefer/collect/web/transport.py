"""The way to the network: a request in, an answer whose connection was checked out. It speaks HTTP/1.1."""

import ssl
from collections.abc import AsyncIterable, AsyncIterator

import httpcore2
import httpx2

from briefer.collect.web.addresses import CheckedBackend


class CheckedTransport(httpx2.AsyncBaseTransport):
    """An httpx2 transport over a checked backend. Raises addresses.Refused and what httpcore2 does."""

    def __init__(self, backend: CheckedBackend, *, connections: int, tls: ssl.SSLContext) -> None:
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=None,
            max_keepalive_connections=connections,
            keepalive_expiry=15.0,
            network_backend=backend,
        )

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """One exchange."""
        url = request.url
        sent = httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            extensions=request.extensions,
        )
        got = await self._pool.handle_async_request(sent)
        assert isinstance(got.stream, AsyncIterable)
        return httpx2.Response(
            got.status, headers=got.headers, stream=_Body(got.stream), extensions=dict(got.extensions)
        )

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()


class _Body(httpx2.AsyncByteStream):
    def __init__(self, stream: AsyncIterable[bytes]) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            yield part

    async def aclose(self) -> None:
        close = getattr(self._stream, "aclose", None)
        if close is not None:
            await close()
