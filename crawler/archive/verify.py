"""Every fault of an archive, found without stopping at the first."""

from collections.abc import Iterator
from pathlib import Path

from crawler.archive import records as warc
from crawler.archive.exchanges import Group, Grouping, payload_digest, read_exchange, revisit_of
from crawler.archive.members import Fault, open_to_read, walk, warc_files
from crawler.archive.records import Record
from crawler.archive.revisits import RevisitTargets
from crawler.archive.values import IDENTICAL
from crawler.errors import ArchiveError


def check(directory: Path) -> list[str]:
    """Return every fault of the files of an archive, each naming file and offset; an empty list where all is well.

    Checked are the gzip members to their CRC, lengths and digests of records, their order, record ids used twice, and
    that every revisit refers to a response with the same digest.

    Raises:
        ArchiveError: a file could not be read at all.
    """
    originals = RevisitTargets(directory)
    seen: set[str] = set()
    return [fault for path in warc_files(directory) for fault in _faults_of_file(path, originals, seen)]


def _faults_of_file(path: Path, originals: RevisitTargets, seen: set[str]) -> Iterator[str]:
    """Yield the faults of one file."""
    grouping, is_behind_fault = Grouping(), False
    with open_to_read(path) as fd:
        for found in walk(fd):
            if isinstance(found, Fault):
                grouping.open, is_behind_fault = [], True
                yield f"{path.name}: offset {found.offset}: {found.reason}"
                continue
            try:
                record = warc.read_record(path.name, found)
                yield from _faults_of_record(record, seen)
                if is_behind_fault and record.type in ("request", "response", "revisit"):
                    continue  # It belongs to the record that is damaged, and is sound itself.
                is_behind_fault = False
                whole = grouping.add(record)
                if isinstance(whole, tuple):
                    yield from _faults_of_exchange(whole, originals)
                elif whole is not None:
                    warc.read_journal_block(whole)
            except ArchiveError as error:
                yield str(error)
    try:
        grouping.close()
    except ArchiveError as error:
        yield str(error)


def _faults_of_record(record: Record, seen: set[str]) -> Iterator[str]:
    """Yield what is wrong with a record by itself."""
    place = warc.where(record.place)
    record_id = record["WARC-Record-ID"]
    if record_id in seen:
        yield f"{place}: record id {record_id} is used twice"
    seen.add(record_id)
    _ = record.time
    if record["WARC-Block-Digest"] != warc.digest(record.block):
        yield f"{place}: the block is not what WARC-Block-Digest says"
    if record.type == "response" and record["WARC-Payload-Digest"] != warc.digest(warc.read_http(record)[2]):
        yield f"{place}: the body is not what WARC-Payload-Digest says"


def _faults_of_exchange(group: Group, originals: RevisitTargets) -> Iterator[str]:
    """Yield what is wrong with the records of an exchange together."""
    answered = group[2]
    original = originals.of(answered) if revisit_of(answered) == IDENTICAL else None
    if original is not None and payload_digest(original) != payload_digest(answered):
        yield f"{warc.where(answered.place)}: refers to a response with another digest, {warc.where(original.place)}"
    read_exchange(group, original=original)
