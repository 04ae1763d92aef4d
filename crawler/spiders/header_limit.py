"""Connections whose answers must come to their body: a head without end would fill the memory before time is over."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS, HTTP11ClientProtocol
from twisted.web.client import HTTPConnectionPool, _HTTP11ClientFactory
from twisted.web.http_headers import Headers

from crawler.spiders.values import Sent, UnansweredError

MAX_HEADER_BYTES = 256 * 1024
"""Bytes that status line and headers may have, with those of interim answers (100) before them."""


class Outgoing(Headers):
    """Headers of a request that tell when it is sent: once there is a connection for it."""

    def __init__(self, raw: Mapping[bytes, Sequence[bytes]], sent: Sent) -> None:
        super().__init__(raw)
        self.sent = sent


class Connection(HTTP11ClientProtocol):
    """A connection dropped where a head is longer than MAX_HEADER_BYTES. Twisted limits the lines, not their number."""

    _parser: Any
    _head = 0

    def request(self, request: Any) -> Any:
        """Send a request; called by Twisted."""
        self._head = 0
        if isinstance(request.headers, Outgoing):
            request.headers.sent(asyncio.get_running_loop().time())
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:
        """Take some more; called by Twisted."""
        connection: Any = super()
        connection.dataReceived(data)
        if self._parser is None or self._parser.state not in (STATUS, HEADER):
            return
        self._head += len(data)
        if self._head > MAX_HEADER_BYTES:
            failure: Any = Failure
            reason = f"its headers have more than {MAX_HEADER_BYTES} bytes"
            connection._giveUp(failure(UnansweredError("unreachable", reason)))


class _Connections(_HTTP11ClientFactory):
    """Makes them."""

    def buildProtocol(self, addr: object) -> HTTP11ClientProtocol:
        """Return a connection; called by Twisted."""
        connection: Any = Connection
        made: HTTP11ClientProtocol = connection(self._quiescentCallback)
        return made


def limit(pool: HTTPConnectionPool) -> None:
    """Make a pool of connections make such ones."""
    pool._factory = _Connections
