"""A file that only grows by whole pieces: a write that fails is taken back."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Protocol as Shape

from crawler.errors import ArchiveError


class RawFile(Shape):
    """The part of :class:`io.FileIO` that is used."""

    def write(self, data: memoryview, /) -> int | None:
        """Write what can be written, give the number of bytes."""
        ...

    def truncate(self, size: int, /) -> int:
        """Cut the file to a size."""
        ...

    def fileno(self) -> int:
        """Give the file descriptor."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...


class Appender:
    """A file open for appending; ``end`` is its size in bytes."""

    def __init__(self, path: Path) -> None:
        """Open a file, or create it.

        Raises:
            ArchiveError: it could not be opened.
        """
        self.path = path
        try:
            self._file: RawFile = path.open("ab", buffering=0)
            self.end = os.fstat(self._file.fileno()).st_size
        except OSError as error:
            raise ArchiveError(f"{path}: {error.strerror}") from error
        self._broken = ""

    def append(self, data: bytes) -> int:
        """Write a piece whole and hand it to the operating system, give its offset.

        Raises:
            ArchiveError: it could not be written (disk full, quota, size limit …); the file is as it was before.
        """
        if self._broken:
            raise ArchiveError(f"{self.path}: {self._broken}")
        rest = memoryview(data)
        try:
            while rest:
                written = self._file.write(rest)
                if not written:
                    raise OSError(errno.ENOSPC, "nothing could be written")
                rest = rest[written:]
        except OSError as error:
            self._take_back()
            raise ArchiveError(f"{self.path}: cannot write {len(data)} bytes: {error.strerror}") from error
        except BaseException:  # An interrupt between two writes must not leave half a record either.
            self._take_back()
            raise
        offset = self.end
        self.end += len(data)
        return offset

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


def sync_directory(directory: Path) -> None:
    """Wait until the names in a directory are on the disk.

    Raises:
        ArchiveError: the disk refused.
    """
    try:
        fd = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
    except OSError as error:
        raise ArchiveError(f"{directory}: {error.strerror}") from error
