"""The nouns of the network, as plain values."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from crawler.errors import RoundupError


class UnansweredError(RoundupError):
    """A request brought no answer.

    ``kind`` is ``unreachable``, ``lost`` (stopped by us) or ``not-recorded``; ``reason`` the exact cause. ``passing``:
    the cause may be gone in a moment, so that another try is worth it.
    """

    def __init__(self, kind: str, reason: str, *, passing: bool = False) -> None:
        super().__init__(kind, reason)
        self.kind = kind
        self.reason = reason
        self.passing = passing

    def __str__(self) -> str:
        return f"{self.kind}: {self.reason}"


class Room:
    """Room for one long body among those of all requests; it is taken once, and given back when that was applied."""

    def __init__(self, rooms: asyncio.Semaphore) -> None:
        self._rooms = rooms
        self._taken = False

    async def take(self) -> None:
        """Wait until there is room."""
        if not self._taken:
            await self._rooms.acquire()
            self._taken = True

    def give_back(self) -> None:
        """Let another body have it."""
        if self._taken:
            self._taken = False
            self._rooms.release()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request may take: seconds from connecting to the last byte, and bytes of its body as received.

    A long body waits for ``room`` when it was received, if it has to.
    """

    seconds: float
    bytes: int
    room: Room | None = None


Sent = Callable[[float], None]
"""Is told when a request was sent, by the clock of the event loop: from then the delay of its host is counted."""
