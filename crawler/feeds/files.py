"""The feeds as files, for readers of a directory: replaced only when whole, read back, and different."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

from crawler.errors import StorageError
from crawler.feeds import atom, jsonfeed
from crawler.feeds.entry import read
from crawler.feeds.feed import Feed


def write(rows: Iterable[Mapping[str, object]], feed: Feed, directory: Path) -> list[Path]:
    """Write changes.atom and changes.json into ``directory``/feeds; give the files whose bytes are new.

    ``rows`` are those of :func:`crawler.feeds.select.newest`. A file whose content did not change keeps its time.

    Raises:
        StorageError: a file could not be written, or does not read back as the entries it was made of.
    """
    entries = tuple(read(row) for row in rows)
    wanted = [feed.entry_id(entry) for entry in entries]
    folder = directory / "feeds"
    written = []
    forms: tuple[tuple[str, bytes, Callable[[bytes], list[str]]], ...] = (
        ("changes.atom", atom.render(entries, feed), atom.ids),
        ("changes.json", jsonfeed.render(entries, feed), jsonfeed.ids),
    )
    for name, body, ids in forms:
        if ids(body) != wanted:
            raise StorageError(f"{folder / name}: reads back with other entries than it was made of")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{folder}: {error.strerror or error}") from error
    for name, body, _ in forms:
        try:
            if _replace(folder / name, body):
                written.append(folder / name)
        except OSError as error:
            raise StorageError(f"{folder / name}: {error.strerror or error}") from error
    return written


def _replace(path: Path, body: bytes) -> bool:
    """Put the bytes in place of the file in one step; say whether that was needed."""
    if path.exists() and path.read_bytes() == body:
        return False
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as beside:
        try:
            beside.write(body)
            beside.flush()
            os.fsync(beside.fileno())
            Path(beside.name).chmod(0o644)
            Path(beside.name).replace(path)
        except OSError:
            Path(beside.name).unlink(missing_ok=True)
            raise
    return True
