"""The data directory, opened for writing: locked, repaired, brought up to date with its archive."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from crawler import code_versions
from crawler.archive import Archive, Exchange, Journal
from crawler.code_versions import INTERPRETER as INTERPRETER
from crawler.code_versions import interpreter as interpreter
from crawler.errors import LockedError, ParseError, SchemaError, StorageError, StoreError
from crawler.ingest import Read, Reading, State
from crawler.run import fold, integrity, reparsed
from crawler.run.ahead import LookAhead
from crawler.run.options import ARCHIVE, DATABASE
from crawler.store import Store
from crawler.text import counted
from crawler.worker import Worker, without_traceback

ANEW = "to be made anew"
"""Stands under it while the archive is rewritten: what the database holds is taken out of it meanwhile."""
Progress = Callable[[str, int], None]
"""Called with what is being done and how many records are done; with none done it is a message, and told once."""


def silent(what: str, done: int) -> None:
    """Show no progress."""


def parsers() -> dict[str, str]:
    """Return the versions of the parsers at work here."""
    return code_versions.parsers()


@contextmanager
def lock(data: Path) -> Iterator[None]:
    """Hold the lock of a data directory.

    Raises:
        LockedError: another crawl or rebuild holds it.
        StorageError: the directory cannot be made or written.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        held = FileLock(data / "roundup.lock", timeout=0)
        held.acquire()
    except Timeout as error:
        raise LockedError(f"{data}: another crawl or rebuild is running") from error
    except OSError as error:
        raise StorageError(f"{error.filename or data}: {error.strerror or error}") from error
    try:
        yield
    finally:
        held.release()


def reader(worker: Worker) -> fold.Reader:
    """Return the function that parses a reading in the worker."""

    def read(reading: Reading) -> Read:
        try:
            return Read(reading=reading, page=worker.read(reading.capture, reading.source))
        except ParseError as error:
            return Read(reading=reading, page=None, error=without_traceback(error))

    return read


def reader_in_loop(worker: Worker) -> fold.AnyReader:
    """Return the function that parses a reading in the worker while the event loop goes on."""

    async def read(reading: Reading) -> Read:
        try:
            return Read(reading=reading, page=await worker.read_in_loop(reading.capture, reading.source))
        except ParseError as error:
            return Read(reading=reading, page=None, error=without_traceback(error))

    return read


def _catch_up(state: State, worker: Worker, what: str, progress: Progress) -> int:
    """Apply what lies behind the committed place, read ahead where the worker has others beside it."""
    count = counter(what, progress)
    if worker.pool is None:
        return fold.catch_up(state, reader(worker), count)
    ahead = LookAhead(state, worker.pool, reader(worker))
    done = fold.catch_up(state, ahead.read, count, ahead.records)
    if ahead.guessed:
        progress(f"{what}: {ahead.used:,} of {counted(ahead.guessed, 'capture')} parsed ahead were of use", 0)
    return done


@contextmanager
def open_state(data: Path, worker: Worker, progress: Progress = silent) -> Iterator[State]:
    """Return the state of a locked data directory: what a killed crawl left behind its last commit is applied first.

    Where the code that reads captures has changed since, or the schema, everything is read again from the archive, so
    that an old reading never meets a new one.

    Raises:
        ArchiveError: the archive is not whole, or not the one the database was made from; nothing was written then.
        ArchiveError, StoreError: a file is damaged or cannot be written.
    """
    integrity.require(data)
    with Archive.open(data / ARCHIVE) as archive:
        for repair in archive.repairs:
            progress(repair, 0)
        if reason := why_outdated(data, archive):
            progress(f"{data / DATABASE}: {reason}; it is made again from the archive", 0)
            rebuild_into(data, archive, worker, progress)
        with Store.open(data / DATABASE) as store:
            state = State(store=store, archive=archive, parsers=parsers())
            if store.meta(INTERPRETER) is None:
                store.set_meta_now(INTERPRETER, interpreter())
            state.resume()
            archive.sync()
            _catch_up(state, worker, "applying what was archived", progress)
            yield state


def why_outdated(data: Path, archive: Archive) -> str:
    """Return why the database is not what the archive gives here, empty where it is: missing, or made by other code."""
    if not Store.is_at(data / DATABASE):
        return "there is none" if archive.files else ""
    if is_of_another_schema(data):
        return "it has another schema"
    with Store.open(data / DATABASE) as store:
        noted = store.meta(INTERPRETER)
    if noted == ANEW:
        return "the archive was rewritten since"
    return f"made by other code: {', '.join(_changed(noted))}" if noted not in (None, interpreter()) else ""


def _changed(noted: str) -> list[str]:
    """Return which code is another than that which is noted: names of protocols, ``rows``, ``derives``."""
    before, now = (dict(json.loads(each)) for each in (noted, interpreter()))
    reads = [name for name, version in now["reads"].items() if before.get("reads", {}).get(name) != version]
    return [*reads, *(["derives"] if before.get("derives") != now["derives"] else [])]


def is_of_another_schema(data: Path) -> bool:
    """Whether there is a database that was made with another schema than that at work here."""
    if not Store.is_at(data / DATABASE):
        return False
    try:
        with Store.open(data / DATABASE):
            return False
    except SchemaError:
        return True


def renew(data: Path, progress: Progress = silent) -> None:
    """Make a database of another schema anew from the archive, for those who only want to read; else do nothing.

    Raises:
        LockedError: a crawl or rebuild is running.
        ArchiveError, StoreError: as :func:`open_state`.
    """
    if is_of_another_schema(data):
        with lock(data), Worker() as worker, open_state(data, worker, progress):
            pass


def is_distrusted(data: Path) -> bool:
    """Return whether the archive was rewritten since the database was made from it."""
    try:
        with Store.open(data / DATABASE, any_schema=True) as store:
            return store.meta(INTERPRETER) == ANEW
    except StoreError:
        return False


def counter(what: str, progress: Progress) -> Callable[[Exchange | Journal], None]:
    """Return a function that counts records and reports every hundredth."""
    done = 0

    def count(record: Exchange | Journal) -> None:
        nonlocal done
        done += 1
        if done % 100 == 0:
            progress(what, done)

    return count


def rebuild_into(data: Path, archive: Archive, worker: Worker, progress: Progress = silent) -> int:
    """Make the database anew from the archive, beside the old one, check it, and put it in its place.

    Gives the number of records applied. The lock must be held, and the archive be the one the old database was made
    from (:func:`integrity.require`), or what it lost be given up.

    Raises:
        ArchiveError: the archive is damaged; the old database is as it was.
        StoreError: the new database is not sound or cannot be written; the old one is as it was.
    """
    beside = data / f"{DATABASE}.new"
    _remove(beside)
    try:
        with Store.open(beside) as store:
            store.set_meta_now(INTERPRETER, interpreter())
            state = State(store=store, archive=archive, parsers=parsers())
            done = _catch_up(state, worker, "reading the archive", progress)
            if faults := store.check():
                raise StoreError(f"{beside}: {'; '.join(faults[:5])}")
            if Store.is_at(data / DATABASE) and is_distrusted(data):
                reparsed.carry(data / DATABASE, store)
            elif Store.is_at(data / DATABASE):
                reparsed.compare(data / DATABASE, store)
            store.settle()
        _replace(beside, data / DATABASE)
    except OSError as error:
        raise StoreError(f"{data / DATABASE}: cannot be replaced: {error.strerror or error}") from error
    finally:
        _remove(beside)
    return done


def remove_unfinished(data: Path) -> None:
    """Remove what a rebuild left beside the database when it was killed.

    Raises:
        StoreError: it could not be removed.
    """
    _remove_in(data, f"{DATABASE}.new")


def drop_unreadable(data: Path) -> None:
    """Remove a database that cannot be read any more.

    Raises:
        StoreError: it could not be removed.
    """
    try:
        if Store.is_at(data / DATABASE):
            with Store.open(data / DATABASE, any_schema=True) as store:
                store.meta(INTERPRETER)
    except StoreError:
        _remove_in(data, DATABASE)


def _remove_in(data: Path, name: str) -> None:
    try:
        _remove(data / name)
    except OSError as error:
        raise StoreError(f"{data / name}: cannot be removed: {error.strerror or error}") from error


def _replace(new: Path, old: Path) -> None:
    """Put one database in the place of another; the log of the old one must not be taken for the new one's."""
    if old.exists():
        try:
            with Store.open(old, any_schema=True) as store:
                store.settle()
        except StoreError:
            pass  # A database that cannot be opened is the reason for many a rebuild.
        for suffix in ("-wal", "-shm"):
            old.with_name(old.name + suffix).unlink(missing_ok=True)
    new.replace(old)


def _remove(database: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
