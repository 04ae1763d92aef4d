"""Long work by turns with the event loop: while a list of 20,000 entries is applied, other answers come in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Semaphore, Thread

from crawler.store import Store

STATEMENTS = 250
"""Statements of SQL after which the event loop has its turn: some hundredths of a second."""


class _BrokenOffError(BaseException):
    """What is under way in the thread ends here, because nobody waits for it any more."""


async def by_turns(store: Store, work: Callable[[], None]) -> None:
    """Do work that writes a database, with a turn of the event loop after every 250 statements.

    What the loop does then may read the database, and finds in it what was done so far. Where this is cancelled, the
    work is broken off: its transaction is taken back.
    """
    turns = _Turns(store, work)
    try:
        while turns.go_on():
            await asyncio.sleep(0)
    finally:
        turns.break_off()
    if turns.error is not None:
        raise turns.error


class _Turns:
    """A thread and the event loop, of which one runs while the other waits: neither sees the other half-way."""

    def __init__(self, store: Store, work: Callable[[], None]) -> None:
        self.error: BaseException | None = None
        self._store, self._work = store, work
        self._of_thread, self._of_loop = Semaphore(0), Semaphore(0)
        self._is_over = self._is_broken_off = False
        self._statements = 0
        Thread(target=self._run, daemon=True).start()

    def go_on(self) -> bool:
        """Let the thread have a turn, and wait for the end of it; return whether there is more to do."""
        self._store.pause = self._pause
        self._of_thread.release()
        self._of_loop.acquire()
        self._store.pause = None
        return not self._is_over

    def break_off(self) -> None:
        """End the work where it stands, unless it is over."""
        self._is_broken_off = True
        while not self._is_over:
            self.go_on()

    def _run(self) -> None:
        self._of_thread.acquire()
        try:
            if not self._is_broken_off:
                self._work()
        except BaseException as error:  # noqa: BLE001 - raised where the work is waited for
            self.error = error
        finally:
            self._is_over = True
            self._of_loop.release()

    def _pause(self, statements: int) -> None:
        if self._is_broken_off:
            return  # What is left is taken back.
        self._statements += statements
        if self._statements >= STATEMENTS:
            self._statements = 0
            self._of_loop.release()
            self._of_thread.acquire()
            if self._is_broken_off:
                raise _BrokenOffError
