"""How a crawl is ended: softly (nothing new is begun), or at once."""

from __future__ import annotations

import asyncio
import math


class Shutdown:
    """Two futures that everything waits for. To be made inside a running event loop.

    ``ends`` is when, by the clock of the loop, nothing new will be begun any more.
    """

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.soft: asyncio.Future[None] = loop.create_future()
        self.hard: asyncio.Future[None] = loop.create_future()
        self.by_signal = False
        self.ends = math.inf

    @property
    def asked(self) -> bool:
        """Return whether nothing new is to be begun."""
        return self.soft.done()

    def softly(self) -> None:
        """Begin nothing new; what is under way is finished."""
        if not self.soft.done():
            self.soft.set_result(None)

    def now(self) -> None:
        """Break off what is under way, too."""
        self.softly()
        if not self.hard.done():
            self.hard.set_result(None)

    def on_signal(self) -> None:
        """Stop softly the first time, at once the second."""
        self.by_signal = True
        if self.asked:
            self.now()
        self.softly()

    async def sleep(self, seconds: float, *, through: bool = False) -> bool:
        """Wait; return whether it was for the whole time. ``through``: a soft stop does not wake it."""
        wake = self.hard if through else self.soft
        if seconds > 0 and not wake.done():
            await asyncio.wait({wake}, timeout=seconds)
        return not wake.done()
