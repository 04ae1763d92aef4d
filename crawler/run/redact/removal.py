"""Redacted documents taken out of archive, database and feeds: begun once, and finished however often it is killed.

What is to go is written down before anything is touched, as the hashes by which it is known (:data:`BEGUN`). Until
archive, database and feeds are without it that file stays, and whatever is asked of the data directory next goes on.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler import protocols
from crawler.archive import LOST, Archive, Exchange, Replacement, redact
from crawler.archive.writing import sync_path
from crawler.errors import ArchiveError, ParseError, StorageError
from crawler.feeds.files import clear_unfinished
from crawler.ingest import Reading
from crawler.ingest.reparsed import PENDING
from crawler.model import Capture, Page
from crawler.redaction import Marks, Redacted, journal
from crawler.run import fold, integrity, reparsed, session
from crawler.run.options import ARCHIVE, DATABASE
from crawler.run.publish import feeds, settings
from crawler.run.redact.filtering import Parse, RedactionFilter
from crawler.sources import Source, registry_of_archive
from crawler.store import Store, applied, dumps
from crawler.text import stamp
from crawler.worker import Worker

BEGUN = "redacting.json"
"""The file in a data directory that says what is being taken out, while it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactionPlan:
    """What is being taken out: decisions ``planned`` that the journal does not know yet, and those ``known`` before."""

    planned: tuple[Redacted, ...]
    known: tuple[Redacted, ...] = ()

    @property
    def all(self) -> list[Redacted]:
        """Return all decisions, once each, with all their marks."""
        return merge_decisions([*self.known, *self.planned])


def merge_decisions(redacted: Iterable[Redacted]) -> list[Redacted]:
    """Return decisions once each, with all their marks."""
    found: dict[str, Redacted] = {}
    for each in redacted:
        before = found.get(each.id)
        found[each.id] = each if before is None else replace(before, marks=before.marks | each.marks)
    return list(found.values())


def payload(redacted: Sequence[Redacted]) -> dict[str, Any]:
    """Return what the journal says of decisions that were carried out."""
    return {"time": stamp(datetime.now(UTC)), "redactions": [journal.journal_payload(each) for each in redacted]}


# What is under way


def begin(data: Path, begun: RedactionPlan) -> None:
    """Write down what is to be taken out.

    Raises:
        StorageError: it cannot be written; nothing was touched then.
    """
    path, beside = data / BEGUN, data / f".{BEGUN}"
    told = {name: [journal.journal_payload(each) for each in getattr(begun, name)] for name in ("planned", "known")}
    try:
        with beside.open("w", encoding="utf-8") as file:
            file.write(dumps(told))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror or error}") from error
    sync_path(data)


def plan_begun(data: Path) -> RedactionPlan | None:
    """Return what is being taken out, or was when that was killed; None where nothing is.

    Raises:
        StorageError: the file that says so cannot be read.
    """
    path = data / BEGUN
    try:
        told = json.loads(path.read_bytes())
        planned, known = (tuple(map(journal.told_of, told[name])) for name in ("planned", "known"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StorageError(f"{path}: cannot be read: {error}") from error
    return RedactionPlan(planned=planned, known=known)


def finish_alone(data: Path, progress: session.Progress = session.silent) -> int:
    """Finish what was begun and killed, for who only wants to read; where nothing was, nothing is opened.

    Raises:
        LockedError: it is being carried out by another process.
        ArchiveError, StoreError: as :func:`finish`.
    """
    if plan_begun(data) is None:
        return 0
    with session.lock(data), Worker() as worker:
        return finish(data, worker, progress)


def finish(data: Path, worker: Worker, progress: session.Progress = session.silent, *, readable: bool = True) -> int:
    """Take out what was begun, and return how many records of the archive were rewritten; the lock must be held.

    Each step can be done again: whatever a kill left undone is done. Where the database need not be ``readable``, one
    that is damaged is given up first.

    Raises:
        ArchiveError: the archive is not whole; nothing was written then.
        ArchiveError, StoreError: a file is damaged or cannot be written.
    """
    under_way = plan_begun(data)
    if under_way is None:
        return 0
    integrity.require(data, readable=readable)
    if not readable:
        session.drop_unreadable(data)
    session.remove_unfinished(data)
    _remove_set_aside(data / ARCHIVE / LOST)
    taken = _take_out(data, Marks(under_way.all), worker)
    with Archive.open(data / ARCHIVE) as archive:
        archive.resume()
        archive.journal("redacted", payload(under_way.planned), datetime.now(UTC))
        archive.sync()
        if taken:
            session.rebuild_into(data, archive, worker, progress)
    if not taken:
        with session.open_state(data, worker, progress):  # After a kill it is made anew here.
            pass
    clear_unfinished(data)
    feeds(data, settings(data))
    try:
        (data / BEGUN).unlink()
    except OSError as error:
        raise StorageError(f"{data / BEGUN}: cannot be removed: {error.strerror or error}") from error
    return taken


# Taking it out


def _take_out(data: Path, found: Marks, worker: Worker) -> int:
    """Rewrite the archive without what is marked; return how many of its records were rewritten."""
    withholding = RedactionFilter(found, parser(session.reader(worker)))
    sources: dict[str, Source] = {}

    def keep(exchange: Exchange, request: bytes, refers: str) -> Replacement | None:
        return withholding.kept(exchange, request, refers, sources)

    def retell(kind: str, told: dict[str, Any]) -> dict[str, Any]:
        if kind == "run-started":
            sources.clear()
            local = told.get("local", "")
            sources.update(registry_of_archive(told["sources"], told["due"], protocols.OPTIONS, local=local).sources)
        return withholding.retold(kind, told)

    with _distrusted(data / DATABASE, found) as trust:
        taken = redact(data / ARCHIVE, keep, retell)
        if not taken:
            trust()
    return taken


def parser(read: fold.Reader) -> Parse:
    """Return the function that reads a capture, or raises why it cannot."""

    def parse(capture: Capture, source: Source) -> Page:
        done = read(Reading(capture=capture, source=source))
        if done.page is None:
            raise done.error or ParseError(capture.url, "not read")
        return done.page

    return parse


def _remove_set_aside(directory: Path) -> None:
    try:
        shutil.rmtree(directory)
    except FileNotFoundError:
        return
    except OSError as error:
        raise ArchiveError(f"{directory}: cannot be removed: {error.strerror}") from error


@contextmanager
def _distrusted(database: Path, found: Marks) -> Iterator[Callable[[], None]]:
    """Mark a database as outdated while the archive under it is rewritten; return the function that takes that back.

    After a kill it still holds what was taken out, and its places in the archive mean nothing: it is made anew.
    """
    with Store.open(database, any_schema=True) as store, store.transaction():
        keys = (session.INTERPRETER, *applied.keys(store))
        noted = {key: value for key in keys if (value := store.meta(key)) is not None}
        store.set_meta(session.INTERPRETER, session.ANEW)
        pending = journal.retold("read-anew", {"changes": reparsed.pending(store)}, found)["changes"]
        store.set_meta(PENDING, dumps(pending))
        applied.forget(store)

    def trust() -> None:
        with Store.open(database, any_schema=True) as store, store.transaction():
            store.drop_meta(session.INTERPRETER)
            for key, value in noted.items():
                store.set_meta(key, value)

    yield trust
