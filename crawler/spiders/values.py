"""The nouns of the network, as plain values."""

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


class Memory:
    """Bytes that long bodies may take together, given in the order of asking; a longer one has them all."""

    def __init__(self, size: int) -> None:
        self._size = self._left = size
        self._turn = asyncio.Lock()
        self._freed = asyncio.Event()

    async def take(self, size: int) -> int:
        """Wait until so many bytes are free; return how many were taken."""
        size = min(size, self._size)
        async with self._turn:
            while self._left < size:
                self._freed.clear()
                await self._freed.wait()
            self._left -= size
        return size

    def give_back(self, size: int) -> None:
        """Let others have them."""
        self._left += size
        self._freed.set()


class Room:
    """Memory for the long body of one request; it is taken once, and given back when that was applied.

    Nobody who has it waits for another body: neither what archives it nor what reads or applies it asks anything.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._taken = 0

    async def take(self, size: int) -> None:
        """Wait until there is memory for so many bytes."""
        if not self._taken:
            self._taken = await self._memory.take(size)

    def give_back(self) -> None:
        """Let another body have it."""
        taken, self._taken = self._taken, 0
        if taken:
            self._memory.give_back(taken)


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
