"""The end of a file whose writer was killed: found without reading the whole file, and cut to the last whole group.

Only the newest file of an archive can have such an end: before a writer begins a new file, it has the last one repaired
and written to the disk.
"""

import os
from pathlib import Path

from crawler.archive.exchanges import Grouping
from crawler.archive.members import MAGIC, Fault, Member, is_record, open_to_read, read_member, walk
from crawler.archive.records import Record, read_record
from crawler.archive.writing import sync_path
from crawler.errors import ArchiveError

_BLOCK = 64 * 1024
_FARTHEST = 1024 * 1024
"""Bytes before the end of a file in which its last record is looked for; if it is longer, the file is read whole."""
_SECTOR = 512


def repair(path: Path) -> str:
    """Cut away what a killed writer left half done at the end of a file; return what was cut, empty where nothing was.

    Whole records are never cut, except link and request of an exchange whose answer is missing. What no kill does is
    left alone: damage that has readable records behind it, which reading the archive will name, and a last record that
    is damaged instead of cut. A file that does not even hold the first word of its run is removed: nothing refers to
    it, and the next run begins another one.

    Raises:
        ArchiveError: the file is none of ours, its last record is damaged, or it could not be read or cut.
    """
    with open_to_read(path) as fd:
        size = os.fstat(fd).st_size
        if may_end(path.name, fd, last_member(fd)):
            keep = size
        else:
            keep, fault = _whole_length(path.name, fd)
            _refuse(path, fd, keep, fault)
        holds_nothing = keep == 0 or is_only_info(path.name, fd, keep)
    if holds_nothing:
        return _removed(path, size)
    return "" if keep == size else _cut(path, size, keep)


def _refuse(path: Path, fd: int, keep: int, fault: Fault | None) -> None:
    """Raise where the end of a file is not what a kill or a loss of power leaves: a record cut off, or zeros."""
    if fault is None or fault.cut or _ends_in_zeros(fd, keep):
        return
    if keep == 0 and os.pread(fd, len(MAGIC), 0) != MAGIC:
        raise ArchiveError(f"{path}: offset 0: not a gzip-compressed WARC file")
    raise ArchiveError(f"{path}: offset {fault.offset}: {fault.reason}; a record that is not cut off is not cut away")


def _ends_in_zeros(fd: int, start: int) -> bool:
    """Return whether a sector at the end, or all behind an offset, is zeros; the end of a gzip member never is."""
    size = os.fstat(fd).st_size
    return not any(os.pread(fd, _SECTOR, max(start, size - _SECTOR)))


def _removed(path: Path, size: int) -> str:
    try:
        path.unlink()
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be removed: {error.strerror}") from error
    sync_path(path.parent)
    return f"{path.name}: removed; its writer was killed before anything stood in its {size} bytes"


def _cut(path: Path, size: int, keep: int) -> str:
    try:
        with path.open("r+b") as file:
            file.truncate(keep)
            os.fsync(file.fileno())
    except OSError as error:
        raise ArchiveError(f"{path}: cannot cut its last {size - keep} bytes: {error.strerror}") from error
    return f"{path.name}: cut {size - keep} bytes of an unfinished record at offset {keep}"


def may_end(file: str, fd: int, last: Member | None) -> bool:
    """Return whether a file ends with its last record, and that is whole and the last of its group."""
    return last is not None and last.end == os.fstat(fd).st_size and _closes(file, last)


def last_member(fd: int) -> Member | None:
    """Return the last whole record of a file, None where there is none."""
    size = os.fstat(fd).st_size
    position = size
    while position > max(0, size - _FARTHEST):
        start = max(0, position - _BLOCK)
        block = os.pread(fd, position - start + len(MAGIC) - 1, start)
        at = block.rfind(MAGIC)
        while at >= 0:
            found = is_record(fd, start + at)
            if found is not None:
                return found
            at = block.rfind(MAGIC, 0, at)
        position = start
    last = None
    for each in walk(fd):
        last = each if isinstance(each, Member) else last
    return last


def is_only_info(file: str, fd: int, size: int) -> bool:
    """Return whether a file of some size is whole and holds nothing but what its writer says of itself."""
    first = read_member(fd, 0)
    if isinstance(first, Fault) or first.end != size:
        return False
    try:
        return read_record(file, first).type == "warcinfo"
    except ArchiveError:
        return False


def _closes(file: str, member: Member) -> bool:
    """Return whether a record can be the last of a file: no link or request without the answer."""
    try:
        record = read_record(file, member)
    except ArchiveError:
        return False
    grouping = Grouping()
    return record.type in ("response", "revisit") or (
        record.type in ("metadata", "warcinfo") and _adds(grouping, record) and not grouping.open
    )


def _whole_length(file: str, fd: int) -> tuple[int, Fault | None]:
    """Return the offset behind the last whole group of a file, and the fault behind it, if there is one."""
    grouping = Grouping()
    whole, fault = 0, None
    for found in walk(fd):
        if isinstance(found, Fault):
            grouping.open = []
            fault = found
            continue
        fault = None
        try:
            record = read_record(file, found)
        except ArchiveError:
            grouping.open = []
            whole = found.end
            continue
        _adds(grouping, record)
        if not grouping.open:
            whole = found.end
    return whole, fault


def _adds(grouping: Grouping, record: Record) -> bool:
    """Return whether a record may stand where it does; one that may not is kept, and named when the archive is read."""
    try:
        grouping.add(record)
    except ArchiveError:
        return False
    return True
