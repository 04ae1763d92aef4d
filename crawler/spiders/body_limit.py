"""The body of an answer, collected up to a limit."""

from __future__ import annotations

import asyncio
from typing import Any

from twisted.internet.protocol import Protocol, connectionDone
from twisted.python.failure import Failure
from twisted.web.client import ResponseDone
from twisted.web.http import PotentialDataLoss

from crawler.spiders.values import Room

SHORT = 1024 * 1024
"""Bytes of a body that need no room of their own."""


class Body(Protocol):
    """Collects a body. ``done`` gives why it is not whole: ``length``, ``disconnect``, or the empty text if it is.

    ``announced`` is the length the server stated, None where it stated none: a body that is announced to be too long
    is not waited for.
    """

    def __init__(self, limit: int, announced: int | None, room: Room | None = None) -> None:
        self.done: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._limit = limit
        self._too_long = announced is not None and announced > limit
        self._chunks: list[bytes] = []
        self._size = 0
        self._room = room
        self._waits: asyncio.Task[None] | None = None

    def received(self) -> bytes:
        """Return what was received so far, never more than the limit."""
        self._chunks = [b"".join(self._chunks)]
        return self._chunks[0]

    def cut(self, why: str) -> None:
        """Take no more."""
        if not self.done.done():
            self._end(why)
            transport: Any = self.transport
            if transport is not None:
                transport.loseConnection()

    def connectionMade(self) -> None:
        """Begin; called by Twisted."""
        if self._too_long:
            self.cut("length")

    def dataReceived(self, data: bytes) -> None:
        """Take some more; called by Twisted."""
        if self.done.done():
            return
        room = self._limit - self._size
        self._chunks.append(data[:room])
        self._size += len(data)
        if len(data) > room:
            self.cut("length")
        elif self._size > SHORT and self._waits is None and self._room is not None:
            self._waits = asyncio.ensure_future(self._wait(self._room))

    async def _wait(self, room: Room) -> None:
        """Take no more until there is room."""
        transport: Any = self.transport
        transport.pauseProducing()
        await room.take()
        transport.resumeProducing()

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        """End; called by Twisted.

        A body without any stated length ends, by the protocol, where the connection does. Twisted does not tell a reset
        from an orderly end there, so that a body without length and without a single byte is taken for broken off.
        """
        if self.done.done():
            return
        whole = isinstance(reason.value, ResponseDone) or (isinstance(reason.value, PotentialDataLoss) and self._size)
        self._end("" if whole else "disconnect")

    def _end(self, why: str) -> None:
        self.done.set_result(why)
        if self._waits is not None:
            self._waits.cancel()
