"""A file that only grows by whole pieces: a write that fails is taken back. And one that is replaced in one step."""

import errno
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from crawler.errors import ArchiveError

_UNFINISHED = ".redacting"
"""End of the name of a file that is being written beside the one it will replace."""
_COPY = 1024 * 1024


class Appender:
    """A file open for appending; ``end`` is its size in bytes."""

    def __init__(self, path: Path) -> None:
        """Open a file, or create it.

        Raises:
            ArchiveError: it could not be opened.
        """
        self.path = path
        try:
            self._file = path.open("ab", buffering=0)
            self.end = os.fstat(self._file.fileno()).st_size
        except OSError as error:
            raise ArchiveError(f"{path}: {error.strerror}") from error
        self._broken = ""

    def append(self, *parts: bytes) -> int:
        """Write a piece in parts, whole, and hand it to the operating system; give its offset.

        Raises:
            ArchiveError: it could not be written (disk full, quota, size limit …); the file is as it was before.
        """
        if self._broken:
            raise ArchiveError(f"{self.path}: {self._broken}")
        size = sum(map(len, parts))
        try:
            for part in parts if size > _COPY else [b"".join(parts)]:
                self._write(part)
        except OSError as error:
            self._take_back()
            raise ArchiveError(f"{self.path}: cannot write {size} bytes: {error.strerror}") from error
        except BaseException:  # An interrupt between two writes must not leave half a record either.
            self._take_back()
            raise
        offset = self.end
        self.end += size
        return offset

    def _write(self, part: bytes) -> None:
        rest = memoryview(part)
        while rest:
            written = self._file.write(rest)
            if not written:
                raise OSError(errno.ENOSPC, "nothing could be written")
            rest = rest[written:]

    def sync(self) -> None:
        """Wait until the file is on the disk, against loss of power.

        Raises:
            ArchiveError: the disk refused.
        """
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            raise ArchiveError(f"{self.path}: {error.strerror}") from error

    def close(self) -> None:
        """Close the file, after a last :meth:`sync`."""
        try:
            self.sync()
        finally:
            self._file.close()

    def _take_back(self) -> None:
        """Cut the file to the pieces that are whole; after a failure nothing more is written behind the half one."""
        try:
            self._file.truncate(self.end)
        except OSError as error:
            self._broken = f"ends with half a record that could not be taken back ({error.strerror}); open it again"


def rewrite(path: Path, parts: Iterable[bytes | tuple[int, int]]) -> None:
    """Replace a file by one made of new bytes and of ranges of the old one (start and end); nothing else may write it.

    Raises:
        ArchiveError: it could not be written; the file is as it was.
    """
    beside = path.with_name(f".{path.name}{_UNFINISHED}")
    try:
        with path.open("rb") as old, beside.open("wb") as new:
            for part in parts:
                if isinstance(part, bytes):
                    new.write(part)
                else:
                    _copy(old, new, *part)
            new.flush()
            os.fsync(new.fileno())
        shutil.copymode(path, beside)
        beside.replace(path)
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be rewritten: {error.strerror}") from error
    finally:
        beside.unlink(missing_ok=True)
    sync_path(path.parent)


def remove_unfinished(directory: Path) -> None:
    """Remove what :func:`rewrite` left beside the files of a directory when it was killed.

    Raises:
        ArchiveError: it could not be removed.
    """
    for path in directory.glob(f".*{_UNFINISHED}"):
        try:
            path.unlink()
        except OSError as error:
            raise ArchiveError(f"{path}: cannot be removed: {error.strerror}") from error


def _copy(old: BinaryIO, new: BinaryIO, start: int, end: int) -> None:
    """Copy a range of bytes."""
    old.seek(start)
    while start < end:
        block = old.read(min(_COPY, end - start))
        if not block:
            raise OSError(0, "file became shorter while it was read")
        new.write(block)
        start += len(block)


def sync_path(path: Path) -> None:
    """Wait until a file, or the names in a directory, are on the disk.

    Raises:
        ArchiveError: the disk refused.
    """
    try:
        fd = os.open(path, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror}") from error
