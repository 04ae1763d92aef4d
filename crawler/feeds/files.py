"""The feeds as files, for readers of a directory: replaced only when whole, read back, and different."""

import json
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import MappingProxyType, ModuleType

from crawler.errors import StorageError
from crawler.feeds import atom, dates, jsonfeed, opml, rss
from crawler.feeds.dates import Day
from crawler.feeds.entry import Entry
from crawler.feeds.feed import Feed
from crawler.feeds.presets import COMMON, EVERYTHING
from crawler.feeds.select import Filter
from crawler.model import digest_of

FOLDER = "feeds"
"""The folder of all feeds in a directory of data."""

FORMS: Mapping[str, ModuleType] = MappingProxyType({"atom": atom, "json": jsonfeed, "rss": rss})
"""The forms of feeds by the ending of their names, each with ``render``, ``ids`` and ``TYPE``."""

_BESIDE = re.compile(r"\..+\.(?:atom|json|rss|opml|ics)\.\w+")
"""The name of a file that is written beside the one it will replace."""


def write(entries: Sequence[Entry], feed: Feed, directory: Path) -> list[Path]:
    """Write a feed in all forms below ``directory``/feeds, at its place, and return the files whose bytes are new.

    A file whose content did not change keeps its time.

    Raises:
        StorageError: a file could not be written, or does not read back as the entries it was made of.
    """
    wanted = [feed.entry_id(entry) for entry in entries]
    folder = (directory / FOLDER / feed.place).parent
    bodies = {}
    for name, form in FORMS.items():
        file = Path(bare(feed).name(name)).name
        bodies[file] = form.render(entries, feed)
        if form.ids(bodies[file]) != wanted:
            raise StorageError(f"{folder / file}: reads back with other entries than it was made of")
    return _put(folder, bodies)


class Made:
    """What feeds were made of when their files were written: those of which nothing changed are not made again.

    It stands beside them, as a digest by their names; where it is lost, all are made and compared.
    """

    FILE = ".made.json"

    def __init__(self, directory: Path) -> None:
        self._folder = directory / FOLDER
        self._before = self._read()
        self._now: dict[str, str] = {}

    def write(self, feed: Feed, digest: str, entries: Callable[[], Sequence[Entry]]) -> list[Path]:
        """Write a feed whose ``entries`` have a digest, unless it was made of the same; return the files that are new.

        Raises:
            StorageError: as :func:`write`.
        """
        name = bare(feed).name("atom")
        self._now[name] = digest_of(digest, repr(feed), _code())
        is_there = all((self._folder / bare(feed).name(form)).exists() for form in FORMS)
        if is_there and self._before.get(name) == self._now[name]:
            return []
        return write(entries(), feed, self._folder.parent)

    def save(self) -> None:
        """Keep what was written for the next time.

        Raises:
            StorageError: it could not be written.
        """
        _put(self._folder, {self.FILE: json.dumps(self._now, indent=0, sort_keys=True).encode()})

    def _read(self) -> dict[str, str]:
        try:
            found = json.loads((self._folder / self.FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


@cache
def _code() -> str:
    """Return a digest of this program: another one may make other bytes of the same entries."""
    package = Path(__file__).parent.parent
    return digest_of(*(path.read_text(encoding="utf-8") for path in sorted(package.rglob("*.py"))))


def bare(feed: Feed) -> Feed:
    """Return a feed as its files are named: its filter stands in no name."""
    return replace(feed, filter=Filter())


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


def write_calendar(days: Iterable[Day], feed: Feed, directory: Path) -> list[Path]:
    """Write the calendar of a feed into ``directory``/feeds; return it where its bytes are new.

    Raises:
        StorageError: it could not be written.
    """
    return _put(directory / FOLDER, {dates.FILE: dates.render(days, feed)})


def clear(places: Iterable[str], directory: Path) -> list[Path]:
    """Remove feeds of common facets, and parts of the archive, that stand at none of these places; return the files.

    Raises:
        StorageError: a file could not be removed.
    """
    folder = directory / FOLDER
    kept = {folder / f"{place}.{form}" for place in places for form in FORMS}
    patterns = [f"{EVERYTHING}-*", *(f"{facet}/*" for facet in COMMON)]
    found = (path for pattern in patterns for form in FORMS for path in sorted(folder.glob(f"{pattern}.{form}")))
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
