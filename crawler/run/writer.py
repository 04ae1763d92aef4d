"""The order of a crawl: everything is appended to the archive first, and applied then, in the same order.

Long work takes turns with the event loop: while a list of 20,000 entries is applied, other answers come in.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from threading import Semaphore, Thread
from typing import Any

from crawler.archive import Exchange, Journal, Place
from crawler.errors import StorageError, StoreError
from crawler.ingest import Read, Reading, State, readings
from crawler.run import fold
from crawler.run.ahead import usable
from crawler.run.redact import filtering
from crawler.store import Store
from crawler.worker import Answers, Pool, Question

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


GROUPED = 2.0
"""Seconds within which records are written to the database together; a kill costs applying them again."""

LONG = 500
"""Documents, provisions, statements and links of an answer that is applied by turns with the event loop."""

UNPACKED = 4 * 1024 * 1024
"""Bytes of an unpacked body that waits for its turn in memory; a longer one is unpacked again then."""

_Ahead = Sequence[tuple[Question, Callable[[], Answers | None]]]
"""What is parsed before its turn, and what waits for the answer."""


class Writer:
    """Appends and applies the records of a crawl; ``turn`` is the lock in whose order they are applied.

    Records that wait for it are parsed in the ``pool`` meanwhile, if there is one.
    """

    def __init__(
        self, state: State, read: fold.AnyReader, withheld: filtering.RedactionFilter, pool: Pool | None = None
    ) -> None:
        self.turn = asyncio.Lock()
        self._pool = pool
        self._state = state
        self._read = read
        self._withheld = withheld
        self._committed = 0.0
        self._stuck = ""

    def append(self, kind: str, payload: Mapping[str, Any]) -> Journal:
        """Append a journal record to the archive, without what is withheld, and return it."""
        told = self._withheld.retold(kind, dict(payload)) if self._withheld.marks else payload
        return self._state.archive.journal(kind, told, datetime.now(UTC))

    def journal(self, kind: str, payload: Mapping[str, Any]) -> None:
        """Append a journal record and apply it, while no answer is under way."""
        self._commit()
        record = self.append(kind, payload)
        self._state.archive.sync()
        fold.apply(self._state, record)

    async def apply(self, record: Exchange | Journal) -> None:
        """Apply a record behind all that were archived before it: the lock serves in the order of asking.

        Where one could not be applied, those behind it are not applied either: the place in the archive would move
        past it. The next crawl applies them all.
        """
        waiting: Exchange | Journal | Place = record
        if self.turn.locked() and _is_unpacked(record):
            waiting = record.place  # It waits on the disk: a small answer may unpack to a thousand times its size.
        ahead = [] if isinstance(waiting, Place) else self._sent_ahead(record)
        del record
        async with self.turn:
            if self._stuck:
                path = self._state.store.path
                raise StoreError(f"{path}: not applied, because a record before it was not: {self._stuck}")
            self._stuck = "it was broken off"
            try:
                await self._apply_now(waiting, ahead)
            except StorageError as error:
                self._stuck = str(error)
                raise
            self._stuck = ""

    def _sent_ahead(self, record: Exchange | Journal) -> _Ahead:
        """Have parsed what will probably be asked of a record, where others are applied before it.

        It is a guess: whatever fails here gives none, so that the record takes its place in the order all the same.
        """
        if self._pool is None or not self.turn.locked():
            return []
        try:
            questions = [(each.capture, each.source) for each in readings(self._state, record)]
            return [(question, self._pool.submit([question])) for question in questions]
        except Exception:  # noqa: BLE001 - what cannot be read or parsed fails again in its turn, where that is told
            return []

    async def _one(self, reading: Reading, ahead: _Ahead) -> Read:
        for question, answers in ahead:
            if question == (reading.capture, reading.source):
                found = await asyncio.to_thread(answers)
                if (read := usable(reading, None if found is None else found[0])) is not None:
                    return read
        own = self._read(reading)
        return await own if isinstance(own, Awaitable) else own

    async def _apply_now(self, waiting: Exchange | Journal | Place, ahead: _Ahead) -> None:
        loop = asyncio.get_running_loop()
        record = self._state.archive.read(waiting) if isinstance(waiting, Place) else waiting
        reads = [await self._one(reading, ahead) for reading in readings(self._state, record)]
        self._state.store.begin()
        if sum(_size(read) for read in reads) < LONG:
            fold.apply(self._state, record, reads)
        else:
            await by_turns(self._state.store, partial(fold.apply, self._state, record, reads))
        if loop.time() - self._committed >= GROUPED:
            self._commit()
            self._committed = loop.time()

    def _commit(self) -> None:
        """Write to the database what was applied, once the disk has the archive: no power cut takes that alone."""
        self._state.archive.sync()
        self._state.store.commit()


def _is_unpacked(record: Exchange | Journal) -> bool:
    """Return whether a record holds a long body beside that which was received."""
    return (
        isinstance(record, Exchange)
        and len(record.body) > UNPACKED
        and any(name.lower() == "content-encoding" for name, _ in record.headers)
    )


def _size(read: Read) -> int:
    page = read.page
    if page is None:
        return 0
    sections = sum(len(version.sections) for version in page.versions)
    return len(page.documents) + len(page.statements) + len(page.links) + sections
