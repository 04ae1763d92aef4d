"""The end of a file whose writer was killed: found without reading the whole file, and cut to the last whole group."""

from __future__ import annotations

import os
from pathlib import Path

from crawler.archive.grouping import Grouping
from crawler.archive.members import MAGIC, Fault, Member, is_record, reading, walk
from crawler.archive.records import Record, read_record
from crawler.errors import ArchiveError

_BLOCK = 64 * 1024
_FARTHEST = 1024 * 1024
"""Bytes before the end of a file in which its last record is looked for; if it is longer, the file is read whole."""


def repair(path: Path) -> str:
    """Cut away what a killed writer left half done at the end of a file; give what was cut, empty where nothing was.

    Whole records are never cut, except link and request of an exchange whose answer is missing. Damage that has
    readable records behind it is left alone: no kill does that, and reading the archive will name it.

    Raises:
        ArchiveError: the file is none of ours, or could not be read or cut.
    """
    with reading(path) as fd:
        size = os.fstat(fd).st_size
        if size == 0 or ends_whole(path.name, fd, size):
            return ""
        keep = _whole_length(path.name, fd)
        start = os.pread(fd, len(MAGIC), 0)
    if keep == size:
        return ""
    if keep == 0 and not MAGIC.startswith(start[: len(MAGIC)]):
        raise ArchiveError(f"{path}: offset 0: not a gzip-compressed WARC file")
    try:
        with path.open("r+b") as file:
            file.truncate(keep)
            os.fsync(file.fileno())
    except OSError as error:
        raise ArchiveError(f"{path}: cannot cut its last {size - keep} bytes: {error.strerror}") from error
    return f"{path.name}: cut {size - keep} bytes of an unfinished record at offset {keep}"


def ends_whole(file: str, fd: int, size: int) -> bool:
    """Tell whether the last record of a file is whole and the last of its group, reading little more than it."""
    block = b""
    position = size
    while position > max(0, size - _FARTHEST):
        start = max(0, position - _BLOCK)
        block = os.pread(fd, position - start + len(MAGIC) - 1, start)
        at = block.rfind(MAGIC)
        while at >= 0:
            found = is_record(fd, start + at)
            if found is not None:
                return found.end == size and _may_end(file, found)
            at = block.rfind(MAGIC, 0, at)
        position = start
    return False


def _may_end(file: str, member: Member) -> bool:
    """Tell whether a record can be the last of a file: no link or request without the answer."""
    try:
        record = read_record(file, member)
    except ArchiveError:
        return False
    grouping = Grouping()
    return record.type in ("response", "revisit") or (
        record.type in ("metadata", "warcinfo") and _adds(grouping, record) and not grouping.open
    )


def _whole_length(file: str, fd: int) -> int:
    """Give the offset behind the last whole group of a file."""
    grouping = Grouping()
    whole = 0
    for found in walk(fd):
        if isinstance(found, Fault):
            grouping.open = []
            continue
        try:
            record = read_record(file, found)
        except ArchiveError:
            grouping.open = []
            whole = found.end
            continue
        _adds(grouping, record)
        if not grouping.open:
            whole = found.end
    return whole


def _adds(grouping: Grouping, record: Record) -> bool:
    """Tell whether a record may stand where it does; one that may not is kept, and named when the archive is read."""
    try:
        grouping.add(record)
    except ArchiveError:
        return False
    return True
