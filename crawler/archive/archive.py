"""The archive directory of a round-up: appended by a crawl, read by everything else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from crawler.archive import records as warc
from crawler.archive.completeness import FOLLOWS, Follows, end_of, mismatches, refusal
from crawler.archive.exchanges import (
    Group,
    Grouping,
    Piece,
    Refers,
    info_piece,
    journal_piece,
    read_exchange,
    read_journal,
    revisit_of,
    write_group,
)
from crawler.archive.members import Fault, open_to_read, read_head, walk, warc_files
from crawler.archive.repair import repair
from crawler.archive.revisits import RevisitTargets, read_at
from crawler.archive.values import IDENTICAL, NOT_MODIFIED, Answer, Cut, Exchange, Journal, Place
from crawler.archive.writing import Appender, remove_unfinished, sync_path
from crawler.errors import ArchiveError

_RUN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_KIND = re.compile(r"[a-z][a-z0-9-]*")


class Archive:
    """One archive directory.

    ``repairs`` says what was cut away at the end of the newest file when it was opened. One process writes at a time,
    behind the lock of the data directory; others open it with ``read_only`` meanwhile.
    """

    def __init__(self, directory: Path, *, read_only: bool, repairs: tuple[str, ...]) -> None:
        self.directory = directory
        self.repairs = repairs
        self._read_only = read_only
        self._originals = RevisitTargets(directory)
        self._out: Appender | None = None

    @classmethod
    def open(cls, directory: Path, *, read_only: bool = False) -> Archive:
        """Return the archive in a directory: created, and cut where a writer was killed, unless ``read_only``.

        Only the newest file can have been under a writer that was killed: an older one that ends early has lost
        something.

        Raises:
            ArchiveError: the directory or a file in it cannot be used; an older file is missing or ends early, then
                nothing was cut.
        """
        if read_only:
            return cls(directory, read_only=True, repairs=())
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveError(f"{directory}: {error.strerror}") from error
        if found := mismatches(directory):
            raise refusal(directory, found)
        remove_unfinished(directory)
        cut = [repair(path) for path in warc_files(directory)[-1:]]
        return cls(directory, read_only=False, repairs=tuple(text for text in cut if text))

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def files(self) -> tuple[str, ...]:
        """Return the names of the files in archive order."""
        return tuple(path.name for path in warc_files(self.directory))

    def start(self, run: str, info: Mapping[str, str]) -> None:
        """Open the file of a run; a new one begins with a warcinfo record that holds ``info`` and what it follows.

        Raises:
            ArchiveError: the archive is read-only, the run id is no file name or sorts before a run that is there
                (records are read in the order of file names), or the file cannot be written.
        """
        self.close()
        path = self.directory / f"run-{run}.warc.gz"
        if self._read_only or not _RUN.fullmatch(run):
            raise ArchiveError(f"{path}: {'opened read-only' if self._read_only else 'run id is not a file name'}")
        newest = max(self.files, default="")
        if path.name < newest:
            raise ArchiveError(f"{path}: sorts before {newest}, so it would be read in the wrong order")
        before = self._closed(newest) if newest != path.name else None
        self._out = Appender(path)
        if self._out.end == 0:
            told = {**info, **({FOLLOWS: str(before)} if before else {})}
            self._out.append(info_piece(path.name, told, warc.date(datetime.now(UTC))).data)
            self._out.sync()
            sync_path(self.directory)

    def resume(self) -> None:
        """Open the newest file again, to append to it.

        Raises:
            ArchiveError: there is none, or it cannot be written.
        """
        if not self.files:
            raise ArchiveError(f"{self.directory}: no file to append to")
        self.start(self.files[-1].removeprefix("run-").removesuffix(".warc.gz"), {})

    def journal(self, kind: str, payload: Mapping[str, Any], time: datetime) -> Journal:
        """Append a journal entry, give it as it will be read.

        Raises:
            ArchiveError: it cannot be written; the file is as it was before.
            ValueError, TypeError: the kind is ``link`` or no lower-case word, the time has no zone, or the payload is
                not JSON.
        """
        if kind == warc.LINK or not _KIND.fullmatch(kind):
            raise ValueError(f"journal kind {kind!r}")
        piece = journal_piece(kind, payload, warc.date(time))
        (entry,) = self._append([piece])
        return read_journal(entry)

    def exchange(
        self,
        answer: Answer,
        link: Mapping[str, Any],
        *,
        original: Place | None = None,
        not_modified_of: Place | None = None,
        cut: Cut | None = None,
    ) -> Exchange:
        """Append an exchange in one piece, give it as it will be read.

        ``original`` is where a response with the same payload digest already stands: a revisit to it is written then.
        Where its digest is another one, or it cannot be read, the response is written whole. Status 304 becomes a
        revisit to ``not_modified_of``, the capture whose validators were sent. ``cut`` is what the body lost before.

        Raises:
            ArchiveError: it cannot be written; the file is as it was before.
            ValueError, TypeError: the time has no zone, the status is none of HTTP, or the link is not JSON.
        """
        revisit, refers = "", None
        if answer.status == 304:
            revisit, refers = NOT_MODIFIED, self._refers(not_modified_of)
        elif original is not None and not answer.truncated:
            refers = self._refers(original)
            received = warc.digest(answer.body) if cut is None else cut.payload_digest
            if refers is not None and refers.payload_digest == received and (cut is None or refers.unsure):
                revisit = IDENTICAL
        link_record, request, answered = self._append(write_group(answer, link, revisit, refers, cut))
        group = (link_record, request, answered)
        if revisit == IDENTICAL and refers is not None and refers.unsure:
            return self._resolved(group)  # A body that was taken out stays out when it is received again.
        return read_exchange(group, body=b"" if revisit == NOT_MODIFIED else answer.body)

    def records(self, after: Place | None = None) -> Iterator[Journal | Exchange]:
        """Yield everything behind a place (of a journal entry or an exchange), in archive order.

        An archive opened read-only may be written meanwhile: it ends where its newest file is not whole yet.

        Raises:
            ArchiveError: a file is damaged, ends early, is not there or is shorter than the place says; a revisit
                refers to nothing.
        """
        paths = warc_files(self.directory)
        if after is not None:
            paths = [path for path in paths if path.name >= after.file]
            if not paths or paths[0].name != after.file or paths[0].stat().st_size < after.end:
                raise ArchiveError(f"{self.directory / after.file}: is missing or ends before offset {after.end}")
        for path in paths:
            start = after.end if after is not None and after.file == path.name else 0
            yield from self._records_of(path, start, growing=self._read_only and path == paths[-1])

    def read(self, place: Place) -> Exchange:
        """Return one exchange again, by the place of its response or revisit record.

        Raises:
            ArchiveError: no whole exchange stands there, or it refers to nothing.
        """
        answered = read_at(self.directory, place)
        distance = answered[warc.LINK_DISTANCE]
        if answered.type not in ("response", "revisit") or not distance.isdecimal() or int(distance) > place.offset:
            raise ArchiveError(f"{warc.where(place)}: {answered.type} record, not the answer of an exchange")
        link = read_at(self.directory, Place(file=place.file, offset=place.offset - int(distance), length=0))
        request = read_at(self.directory, Place(file=place.file, offset=link.place.end, length=0))
        grouping = Grouping()
        for record in (link, request):
            grouping.add(record)
        group = grouping.add(answered)
        if not isinstance(group, tuple):
            raise ArchiveError(f"{warc.where(place)}: not the answer of an exchange")
        return self._resolved(group)

    def sync(self) -> None:
        """Wait until all that was written is on the disk: safe against loss of power, not only against a kill.

        Raises:
            ArchiveError: the disk refused.
        """
        if self._out is not None:
            self._out.sync()
        elif self.files and not self._read_only:
            sync_path(self.directory / self.files[-1])

    def close(self) -> None:
        """Close the file of the run, after :meth:`sync`."""
        out, self._out = self._out, None
        if out is not None:
            out.close()

    def _closed(self, file: str) -> Follows | None:
        """Return how the file behind one names it; it is on the disk then, whatever becomes of the new one."""
        if not file:
            return None
        sync_path(self.directory / file)
        return end_of(self.directory / file)

    def _append(self, pieces: list[Piece]) -> list[warc.Record]:
        """Write records in one piece, give them as they will be read."""
        if self._out is None:
            raise ArchiveError(f"{self.directory}: no run was started")
        offset = self._out.append(*(piece.data for piece in pieces))
        written = []
        for piece in pieces:
            written.append(piece.at(self._out.path.name, offset))
            offset += len(piece.data)
        return written

    def _refers(self, place: Place | None) -> Refers | None:
        """Return how to refer to a record, None where none can be read at that place."""
        if place is None:
            return None
        try:
            with open_to_read(self.directory / Path(place.file).name) as fd:
                fields = warc.read_fields(read_head(fd, place.offset))
            return Refers.of(warc.Record(place, fields.get("warc-type", ""), fields, b""))
        except ArchiveError:
            return None

    def _records_of(self, path: Path, start: int, growing: bool) -> Iterator[Journal | Exchange]:
        """Yield what one file holds from an offset on."""
        grouping = Grouping()
        with open_to_read(path) as fd:
            for found in walk(fd, start):
                if isinstance(found, Fault):
                    if growing and found.cut:
                        return
                    raise ArchiveError(f"{path}: offset {found.offset}: {found.reason}")
                whole = grouping.add(warc.read_record(path.name, found))
                if isinstance(whole, tuple):
                    yield self._resolved(whole)
                elif whole is not None:
                    yield read_journal(whole)
        if not growing:
            grouping.close()

    def _resolved(self, group: Group) -> Exchange:
        """Return the exchange of a group, with the body of the original where it is a revisit to one."""
        original = self._originals.of(group[2]) if revisit_of(group[2]) == IDENTICAL else None
        return read_exchange(group, original=original)
