"""Connections: the name is resolved, every address checked, and exactly a checked address connected to."""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.endpoints import TCP4ClientEndpoint, TCP6ClientEndpoint, wrapClientTLS
from twisted.internet.error import ConnectError
from twisted.internet.interfaces import IProtocol, IProtocolFactory, IStreamClientEndpoint
from twisted.web.client import URI
from twisted.web.iweb import IAgentEndpointFactory
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.spiders.address_policy import refusal
from crawler.spiders.values import UnansweredError

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Gives the addresses of a host name; raises OSError where it has none."""

CONNECT = 20.0
"""Seconds that connecting to one address may take, so that there is time for the next one."""


async def resolve(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a host, in the order the system prefers them.

    Raises:
        OSError: the name has no address, or the resolver does not answer.
    """
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@implementer(IAgentEndpointFactory)
class Endpoints:
    """Makes the connections of an Agent. ``is_private(host and port)`` tells which loopback hosts are allowed.

    ``tls`` is an IPolicyForHTTPS of Twisted.
    """

    def __init__(self, reactor: Any, tls: Any, is_private: Callable[[str], bool], resolve: Resolve = resolve) -> None:
        self._reactor = reactor
        self._tls = tls
        self._is_private = is_private
        self._resolve = resolve

    def endpointForURI(self, uri: URI) -> IStreamClientEndpoint:
        """Return the endpoint for an address; the name is the one Twisted asks for."""
        host = uri.host.decode("ascii")
        shown = f"[{host}]" if ":" in host else host
        private = self._is_private(f"{shown}:{uri.port}".lower())
        endpoint: Any = _Endpoint(self._reactor, host, uri.port, private, self._resolve)
        if uri.scheme == b"https":
            endpoint = wrapClientTLS(self._tls.creatorForNetloc(uri.host, uri.port), endpoint)
        connects: IStreamClientEndpoint = endpoint
        return connects


@implementer(IStreamClientEndpoint)
class _Endpoint:
    """One host and port."""

    def __init__(self, reactor: Any, host: str, port: int, private: bool, resolve: Resolve) -> None:
        self._reactor = reactor
        self._host = host
        self._port = port
        self._private = private
        self._resolve = resolve

    def connect(self, factory: IProtocolFactory) -> Deferred[IProtocol]:
        """Connect to the first address that answers; the name is the one Twisted asks for."""
        return Deferred.fromFuture(asyncio.ensure_future(self._connect(factory)))

    async def _connect(self, factory: IProtocolFactory) -> IProtocol:
        addresses = await self._checked()
        loop = asyncio.get_running_loop()
        for place, address in enumerate(addresses, 1):
            kind = TCP6ClientEndpoint if ":" in address else TCP4ClientEndpoint
            try:
                connected: IProtocol = (
                    await kind(self._reactor, address, self._port, timeout=CONNECT).connect(factory).asFuture(loop)
                )
            except ConnectError:
                if place == len(addresses):
                    raise
            else:
                return connected
        raise UnansweredError("unreachable", f"DNS: {self._host} has no address", passing=True)

    async def _checked(self) -> list[str]:
        """Return the addresses that may be connected to."""
        addresses = [self._host] if _is_literal(self._host) else await self._resolved()
        why = {address: refusal(address, private=self._private) for address in addresses}
        allowed = [address for address, reason in why.items() if not reason]
        if addresses and not allowed:
            reasons = "; ".join(why.values())
            raise UnansweredError("unreachable", f"{self._host}:{self._port} is not asked: {reasons}")
        return allowed

    async def _resolved(self) -> Sequence[str]:
        try:
            return await self._resolve(self._host, self._port)
        except OSError as error:
            reason = f"DNS: {self._host}: {error.strerror or error}"
            raise UnansweredError("unreachable", reason, passing=True) from error


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
