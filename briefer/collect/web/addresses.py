"""Which addresses may be connected to: a host and port in; a connection to an address that was checked out.

A name is resolved once, all of its addresses are checked, and the connection goes to one of those: a name that
resolves otherwise a moment later changes nothing, and each redirect comes through here again.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpcore2

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""The IP addresses of a host (and port), the preferred one first. Raises OSError where there are none."""

_UNICAST = IPv6Network("2000::/3")
_TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
_OWN_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home.arpa")


class Refused(Exception):
    """An address that must not be connected to; the message says why and what to do, in words for the user."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet; one that stands for another is judged by that."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return found.is_global and not found.is_multicast and not found.is_reserved
    inner = _inner(found)
    if inner is not None:
        return is_public(str(inner))
    return found in _UNICAST and found.is_global


def hold_to_public_name(host: str, public: Callable[[str], bool] = is_public) -> None:
    """Raise Refused for a host that is private by its name or number alone, before anything is resolved."""
    name = host.strip("[]").rstrip(".").lower()
    try:
        ip_address(name.partition("%")[0])
    except ValueError:
        if name in _OWN_NAMES or name.endswith(tuple(f".{own}" for own in _OWN_NAMES)):
            raise _refused(host, "is a name of this machine or of its own network") from None
        return
    if not public(name):
        raise _refused(host, "is no address of the public internet")


async def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses that this machine's resolver gives."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class CheckedBackend(httpcore2.AsyncNetworkBackend):
    """Connects to addresses that are `public` alone; with `private`, to any."""

    def __init__(self, resolve: Resolve, public: Callable[[str], bool], *, private: bool) -> None:
        self._resolve, self._public, self._private = resolve, public, private
        self._network = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """A connection to the first of the host's addresses that takes it. Raises Refused, httpcore2.ConnectError."""
        failed: Exception = httpcore2.ConnectError("it has no address")
        for address in await self._checked(host, port, timeout):
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
        raise failed

    async def _checked(self, host: str, port: int, timeout: float | None) -> Sequence[str]:
        if not self._private:
            hold_to_public_name(host, self._public)
        try:
            addresses = await asyncio.wait_for(self._resolve(host, port), timeout)
        except TimeoutError as error:
            raise httpcore2.ConnectTimeout from error
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(f"its name has no address ({error})") from error
        if not self._private:
            for address in addresses:
                if not self._public(address):
                    raise _refused(host, f"has the address {address}, which is none of the public internet")
        return addresses

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


def _refused(host: str, why: str) -> Refused:
    return Refused(f"{host} {why}; private_addresses = true under [collecting] lets it be fetched")


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for: mapped, translated (NAT64) or tunnelled (6to4, Teredo)."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if any(address in network for network in _TRANSLATED):
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return None
