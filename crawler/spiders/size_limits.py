"""The head and the body of an answer, each collected up to a limit: one without end would fill the memory first."""

import asyncio
from collections.abc import Mapping, Sequence
from tempfile import SpooledTemporaryFile
from typing import Any

from twisted.internet.protocol import Protocol, connectionDone
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS, HTTP11ClientProtocol
from twisted.web.client import HTTPConnectionPool, ResponseDone, _HTTP11ClientFactory
from twisted.web.http import PotentialDataLoss
from twisted.web.http_headers import Headers

from crawler.spiders.values import Sent, UnansweredError

SHORT = 1024 * 1024
"""Bytes of a body that need no room of their own: a longer one is in a temporary file until it is read."""


class Body(Protocol):
    """Collects a body. ``done`` gives why it is not whole: ``length``, ``disconnect``, or the empty text if it is.

    Where the disk has no room for it, it counts as broken off.

    ``announced`` is the length the server stated, None where it stated none: a body that is announced to be too long
    is not waited for.
    """

    def __init__(self, limit: int, announced: int | None) -> None:
        self.done: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._limit = limit
        self._too_long = announced is not None and announced > limit
        self._file = SpooledTemporaryFile[bytes](SHORT)
        self.size = 0

    def received(self) -> bytes:
        """Return what was received so far, never more than the limit."""
        self._file.seek(0)
        return self._file.read()

    def close(self) -> None:
        """Forget what was received, behind the end."""
        self._file.close()

    def cut(self, why: str) -> None:
        """Take no more."""
        if not self.done.done():
            self.done.set_result(why)
            self._lose()

    def connectionMade(self) -> None:
        """Begin; called by Twisted."""
        if self._too_long:
            self.cut("length")

    def dataReceived(self, data: bytes) -> None:
        """Take some more; called by Twisted."""
        if self.done.done():
            return
        left = self._limit - self.size
        try:
            self.size += self._file.write(data[:left])
        except OSError:  # tried again a few times, as what broke off
            self.cut("disconnect")
            return
        if len(data) > left:
            self.cut("length")

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        """End; called by Twisted.

        A body without any stated length ends, by the protocol, where the connection does. Twisted does not tell a reset
        from an orderly end there, so that a body without length and without a single byte is taken for broken off.
        """
        if self.done.done():
            return
        whole = isinstance(reason.value, ResponseDone) or (isinstance(reason.value, PotentialDataLoss) and self.size)
        self.done.set_result("" if whole else "disconnect")

    def _lose(self) -> None:
        transport: Any = self.transport
        if transport is not None:
            transport.loseConnection()


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
