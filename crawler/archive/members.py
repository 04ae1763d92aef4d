"""Gzip members of a file, each checked to its last byte: length and CRC. Faults are values, so that a reader can go on.

Libraries for WARC read on over a cut or damaged member as if the file ended there; this is the layer that does not.
"""

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from crawler.errors import ArchiveError

MAGIC = b"\x1f\x8b\x08"
LEVEL = 3
"""Level of gzip: 6 takes 2.6 times as long for pages and data of GOV.UK that are then 12 per cent smaller."""
MAX_RECORD_BYTES = 256 * 1024 * 1024
"""Bytes of one unpacked record that are kept in memory; of a larger one the rest is left out."""

_GZIP = 16 + zlib.MAX_WBITS
_CHUNK = 32 * 1024
_LARGER_CHUNK = 1024 * 1024
_UNPACKED_AT_ONCE = 8 * 1024 * 1024
"""A chunk can unpack to a thousand times its bytes."""
_MAX_SMALL_BYTES = 4096
_SMALL_WINDOW = 16 + 12


@dataclass(frozen=True, slots=True)
class Member:
    """One gzip member and what it unpacks to; ``over`` where that is only the first ``MAX_RECORD_BYTES`` bytes."""

    offset: int
    length: int
    data: bytes
    over: bool = False

    @property
    def end(self) -> int:
        """Return the offset behind the member."""
        return self.offset + self.length


@dataclass(frozen=True, slots=True)
class Fault:
    """Why no member can be read at an offset; ``cut`` where the file ends before the member does."""

    offset: int
    reason: str
    cut: bool = False


def compress(*parts: bytes, level: int = LEVEL) -> bytes:
    """Return data in parts as one gzip member without a time, so that equal data gives equal bytes.

    Most records are small, and then most of the time goes into zlib's tables: a smaller window makes them 7 times
    faster at the same size.
    """
    size = sum(map(len, parts))
    if size <= _MAX_SMALL_BYTES:
        packer = zlib.compressobj(level, zlib.DEFLATED, _SMALL_WINDOW, 5)
        return packer.compress(b"".join(parts)) + packer.flush()
    if size <= _LARGER_CHUNK:
        return zlib.compress(b"".join(parts), level, _GZIP)
    packer, packed = zlib.compressobj(level, zlib.DEFLATED, _GZIP), BytesIO()
    for part in parts:
        for start in range(0, len(part), _LARGER_CHUNK):
            packed.write(packer.compress(part[start : start + _LARGER_CHUNK]))
    packed.write(packer.flush())
    return packed.getvalue()


@contextmanager
def open_to_read(path: Path) -> Iterator[int]:
    """Return a file descriptor to read a file.

    Raises:
        ArchiveError: the file could not be opened or read.
    """
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # A pipe in the place of a file would wait for ever.
        try:
            yield fd
        finally:
            os.close(fd)
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror or error}") from error


def read_member(fd: int, offset: int, largest: int = MAX_RECORD_BYTES) -> Member | Fault:
    """Return the gzip member at an offset, or why there is none."""
    unpacker = zlib.decompressobj(_GZIP)
    parts: list[bytes] = []
    size, position, chunk = 0, offset, _CHUNK
    while not unpacker.eof:
        packed = os.pread(fd, chunk, position)
        if not packed:
            return Fault(offset, "the file ends within this record", cut=True)
        position += len(packed)
        while packed and not unpacker.eof:
            try:
                part = unpacker.decompress(packed, _UNPACKED_AT_ONCE)
            except zlib.error as error:
                return Fault(offset, f"damaged: {_cause(error)}")
            packed = unpacker.unconsumed_tail
            if size <= largest:
                parts.append(part)
            size += len(part)
        chunk = _LARGER_CHUNK
    data = parts[0] if len(parts) == 1 else b"".join(parts)
    length = position - len(unpacker.unused_data) - offset
    return Member(offset, length, data[:largest] if size > largest else data, over=size > largest)


def read_head(fd: int, offset: int) -> bytes:
    """Return the first bytes that a member unpacks to, up to a near first empty line; nothing if none."""
    for length in (_MAX_SMALL_BYTES // 2, 4 * _CHUNK):
        try:
            start = zlib.decompressobj(_GZIP).decompress(os.pread(fd, length, offset), length)
        except zlib.error:
            return b""
        head, empty_line, _ = start.partition(b"\r\n\r\n")
        if empty_line:
            break
    return head


def warc_files(directory: Path) -> list[Path]:
    """Return the files of an archive in archive order: by name, for run ids sort by time; none without the directory.

    Raises:
        ArchiveError: it is no directory, or could not be read.
    """
    try:
        paths = sorted(directory.iterdir(), key=lambda path: path.name)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise ArchiveError(f"{directory}: {error.strerror or error}") from error
    return [path for path in paths if path.name.endswith(".warc.gz") and not path.name.startswith(".")]


def walk(fd: int, start: int = 0, largest: int = MAX_RECORD_BYTES) -> Iterator[Member | Fault]:
    """Yield the members of a file from an offset on; behind a fault goes on with the next readable record."""
    position: int | None = start
    size = os.fstat(fd).st_size
    while position is not None and position < size:
        found = read_member(fd, position, largest)
        yield found
        position = found.end if isinstance(found, Member) else next_record(fd, position + 1)


def next_record(fd: int, start: int) -> int | None:
    """Return the offset of the first whole record at or behind an offset, None where there is none."""
    overlap = len(MAGIC) - 1
    position = start
    while len(block := os.pread(fd, _LARGER_CHUNK, position)) > overlap:
        at = block.find(MAGIC)
        while at >= 0:
            if is_record(fd, position + at) is not None:
                return position + at
            at = block.find(MAGIC, at + 1)
        position += len(block) - overlap
    return None


def is_record(fd: int, offset: int) -> Member | None:
    """Return the member at an offset if it is whole and holds a WARC record, else None."""
    if not read_head(fd, offset).startswith(b"WARC/"):
        return None
    found = read_member(fd, offset)
    return found if isinstance(found, Member) else None


def _cause(error: zlib.error) -> str:
    """Return zlib's reason without its preamble."""
    return str(error).rpartition(": ")[2]
