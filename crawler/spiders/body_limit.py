"""The body of an answer, collected up to a limit."""

from __future__ import annotations

import asyncio
from tempfile import SpooledTemporaryFile
from typing import Any

from twisted.internet.protocol import Protocol, connectionDone
from twisted.python.failure import Failure
from twisted.web.client import ResponseDone
from twisted.web.http import PotentialDataLoss

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
