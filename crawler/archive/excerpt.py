"""Records taken out of the archive, byte for byte as they stand there: to be shown to somebody else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from crawler.archive import records as warc
from crawler.archive.archive import Archive
from crawler.archive.exchanges import kept_headers, payload_digest, read_journal, revisit_of
from crawler.archive.members import Fault, open_to_read, walk, warc_files
from crawler.archive.records import Record
from crawler.archive.revisits import RevisitTargets, read_at
from crawler.archive.safe_headers import nameless, start_line
from crawler.archive.values import IDENTICAL, Exchange, Journal, Place
from crawler.errors import ArchiveError


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One record: as it is read, and the gzip member in which it stands."""

    record: Record
    data: bytes

    @property
    def head(self) -> bytes:
        """Return the head of the HTTP message it holds."""
        return self.record.block.partition(b"\r\n\r\n")[0]

    @property
    def body(self) -> bytes:
        """Return the body of the HTTP message it holds, with its content coding."""
        return self.record.block.partition(b"\r\n\r\n")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """One request and its answer: the ``exchange`` as it is read, and its records.

    ``original`` is the exchange whose answer a revisit refers to: its body is the one that was received then. ``link``
    is None where it is withheld.
    """

    exchange: Exchange
    link: Taken | None
    request: Taken
    answer: Taken
    original: Extract | None = None

    @property
    def source(self) -> Extract:
        """Return where the body stands: here, or in the original."""
        return self.original or self


def extract(archive: Archive, place: Place) -> Extract:
    """Return an exchange by the place of its answer, with the one it refers to; every digest is verified.

    Raises:
        ArchiveError: no whole exchange stands there, it refers to nothing, or a record is not what its digest says.
    """
    found = _extract(archive, place)
    answered = found.answer.record
    if answered.type != "revisit" or "warc-refers-to" not in answered.fields:
        return found
    original = _extract(archive, RevisitTargets(archive.directory).of(answered).place)
    if revisit_of(answered) == IDENTICAL and payload_digest(original.answer.record) != payload_digest(answered):
        raise ArchiveError(f"{warc.where(place)}: refers to a response with another digest, {original.exchange.place}")
    return replace(found, original=original)


def info(directory: Path, file: str) -> Taken:
    """Return the first record of a file, in which its writer says what it is.

    Raises:
        ArchiveError: it cannot be read, or is another one.
    """
    found = _take(directory, Place(file=file, offset=0, length=0))
    if found.record.type != "warcinfo":
        raise ArchiveError(f"{file}: begins with a {found.record.type} record, not with warcinfo")
    return found


def journal(directory: Path, file: str) -> Iterator[Journal]:
    """Yield the journal entries of one file, in order; the newest may end within a record that is being written.

    Raises:
        ArchiveError: the file is damaged.
    """
    path = directory / Path(file).name
    is_newest = path.name == max((each.name for each in warc_files(directory)), default="")
    with open_to_read(path) as fd:
        for found in walk(fd):
            if isinstance(found, Fault):
                if found.cut and is_newest:
                    return
                raise ArchiveError(f"{path}: offset {found.offset}: {found.reason}")
            record = warc.read_record(path.name, found)
            if record.type == "metadata" and "warc-concurrent-to" not in record.fields:
                yield read_journal(record)


def withheld(found: Extract, reason: str) -> Extract:
    """Return an exchange whose records hold neither a body nor what its link stated.

    Of the headers of its answer those stay that name nobody. The rest of the record is as in a redaction: its id stays,
    and the digest that its body had.
    """
    original = None if found.original is None else withheld(found.original, reason)
    return replace(found, link=None, answer=_without_body(found.answer, reason), original=original)


_NAMES = {
    name.lower(): name
    for name in (
        "WARC-Type", "WARC-Record-ID", "WARC-Date", "WARC-Target-URI", "WARC-Payload-Digest", "WARC-Truncated",
        "WARC-Profile", "WARC-Refers-To", "WARC-Refers-To-Target-URI", "WARC-Refers-To-Date", "Content-Type",
        warc.REDACTED, warc.REDUCED, warc.REDACTED_PAYLOAD, warc.REDACTED_BODY,
    )
}  # fmt: skip


def _without_body(taken: Taken, reason: str) -> Taken:
    record = taken.record
    fields = {_NAMES[name]: value for name, value in record.fields.items() if name in _NAMES}
    if record.type == "response":
        fields |= {"WARC-Payload-Digest": warc.digest(b""), warc.REDACTED_PAYLOAD: payload_digest(record)}
        fields.setdefault(warc.REDACTED, reason)
    _, headers, _ = warc.read_http(record)
    kept = tuple(nameless(headers))
    block = warc.http_block(start_line(record.block), kept_headers(kept, b"", bodyless=record.type == "revisit"))
    made = {name.lower(): value for name, value in fields.items()}
    return Taken(record=replace(record, fields=made, block=block), data=warc.record(fields.items(), block))


def _extract(archive: Archive, place: Place) -> Extract:
    exchange = archive.read(place)
    answer = _take(archive.directory, place)
    start = place.offset - int(answer.record[warc.LINK_DISTANCE])
    link = _take(archive.directory, Place(file=place.file, offset=start, length=0))
    request = _take(archive.directory, Place(file=place.file, offset=link.record.place.end, length=0))
    stated = answer.record.fields.get("warc-payload-digest", "")
    if answer.record.type == "response" and stated != warc.digest(answer.body):
        raise ArchiveError(f"{warc.where(place)}: the body is not what WARC-Payload-Digest says")
    return Extract(exchange=exchange, link=link, request=request, answer=answer)


def _take(directory: Path, place: Place) -> Taken:
    """Return the record at a place, its block verified."""
    record = read_at(directory, place)
    if record["WARC-Block-Digest"] != warc.digest(record.block):
        raise ArchiveError(f"{warc.where(place)}: the block is not what WARC-Block-Digest says")
    with open_to_read(directory / Path(place.file).name) as fd:
        return Taken(record=record, data=os.pread(fd, record.place.length, record.place.offset))
