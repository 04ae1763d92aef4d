"""The feeds as files, for readers of a directory: replaced only when whole, read back, and different."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

from crawler.errors import StorageError
from crawler.feeds import atom, jsonfeed, opml
from crawler.feeds.entry import Entry
from crawler.feeds.feed import Feed
from crawler.feeds.presets import COMMON

FOLDER = "feeds"
"""The folder of all feeds in a directory of data."""

FORMS = ("atom", "json")

_BESIDE = re.compile(r"\..+\.(?:atom|json|opml)\.\w+")
"""The name of a file that is written beside the one it will replace."""


def write(entries: Sequence[Entry], feed: Feed, directory: Path) -> list[Path]:
    """Write a feed as Atom and JSON below ``directory``/feeds, at its place, and return the files whose bytes are new.

    A file whose content did not change keeps its time.

    Raises:
        StorageError: a file could not be written, or does not read back as the entries it was made of.
    """
    wanted = [feed.entry_id(entry) for entry in entries]
    place = directory / FOLDER / feed.place
    forms: tuple[tuple[str, bytes, Callable[[bytes], list[str]]], ...] = (
        (f"{place.name}.atom", atom.render(entries, feed), atom.ids),
        (f"{place.name}.json", jsonfeed.render(entries, feed), jsonfeed.ids),
    )
    for name, body, ids in forms:
        if ids(body) != wanted:
            raise StorageError(f"{place.parent / name}: reads back with other entries than it was made of")
    return _put(place.parent, {name: body for name, body, _ in forms})


def write_list(feeds: Iterable[Feed], directory: Path) -> list[Path]:
    """Write the list of feeds into ``directory``/feeds; return it where its bytes are new.

    Raises:
        StorageError: it could not be written, or does not read back as the feeds it was made of.
    """
    listed = tuple(feeds)
    folder = directory / FOLDER
    body = opml.render(listed)
    if opml.addresses(body) != [opml.address(feed) for feed in listed]:
        raise StorageError(f"{folder / opml.FILE}: reads back with other feeds than it was made of")
    return _put(folder, {opml.FILE: body})


def clear(places: Iterable[str], directory: Path) -> list[Path]:
    """Remove the feeds of common facets that stand at none of these places any more; return the files removed.

    Raises:
        StorageError: a file could not be removed.
    """
    folder = directory / FOLDER
    kept = {folder / f"{place}.{form}" for place in places for form in FORMS}
    found = (path for facet in COMMON for form in FORMS for path in sorted((folder / facet).glob(f"*.{form}")))
    stale = [path for path in found if path not in kept]
    for path in stale:
        try:
            path.unlink()
        except OSError as error:
            raise StorageError(f"{path}: {error.strerror or error}") from error
    return stale


def clear_unfinished(directory: Path) -> None:
    """Remove what a kill left beside the feeds while they were written.

    Raises:
        StorageError: a file could not be removed.
    """
    for path in sorted((directory / FOLDER).rglob(".*")):
        try:
            if path.is_file() and _BESIDE.fullmatch(path.name):
                path.unlink()
        except OSError as error:
            raise StorageError(f"{path}: {error.strerror or error}") from error


def _put(folder: Path, bodies: Mapping[str, bytes]) -> list[Path]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{folder}: {error.strerror or error}") from error
    written = []
    for name, body in bodies.items():
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
