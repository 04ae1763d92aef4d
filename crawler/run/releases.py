"""Releases of the site as files: made beside the one that is shown, checked, and put in its place in one step.

``DIR/current`` is a symbolic link to the release that a server of files shows, ``DIR/0007-20261129T100000Z``. What a
release has in common with the one before is the same file, with its time.
"""

from __future__ import annotations

import filecmp
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path

from filelock import FileLock, Timeout

from crawler.errors import ConfigError, LockedError, StorageError
from crawler.export import folder
from crawler.feeds.files import FOLDER as FEEDS
from crawler.model import digest_of
from crawler.public import sheets
from crawler.public.database import FILE, connect
from crawler.public.standing import Holdings, holdings
from crawler.run.publish import check_sample, write_feeds
from crawler.run.redact.planning import all_redacted
from crawler.run.session import Progress
from crawler.sources import Decisions, Settings

CURRENT = "current"
DATA = "data"
MANIFEST = "release.json"
ROLLED_BACK = "rolled-back"
LEAST_SHARE = 0.9
"""Least share of the documents, and of the entries, of the release before that a new one must have."""

Put = Callable[[str, bytes], None]
Pages = Callable[[Path, Put], int]
"""Writes the pages over a public database, and returns how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A release: its place and number, digests of what it was made of and what was redacted then, what it holds."""

    path: Path
    number: int
    made_of: str
    pages: int
    holdings: Holdings
    redacted: str

    @property
    def is_rolled_back(self) -> bool:
        """Whether the one before was shown in its place again."""
        return (self.path / ROLLED_BACK).exists()

    def may_hold_redacted(self, later: Release) -> bool:
        """Whether a later release was made after something was redacted or taken down that this one may hold."""
        return (self.redacted, self.holdings.removed) != (later.redacted, later.holdings.removed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What became of publishing: the release shown now, whether it is new, and which were removed and why."""

    release: Release
    is_new: bool
    removed: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What to publish where: ``pages`` and ``code`` (a digest of what makes them), how many releases are kept.

    ``force`` publishes a database that shrank, or whose release was rolled back.
    """

    data: Path
    target: Path
    settings: Settings
    pages: Pages
    code: str
    keep: int = 3
    force: bool = False


def publish(order: Publication, progress: Progress) -> Published:
    """Make a release of the public database and show it, unless that which is shown was made of the same.

    Raises:
        ConfigError: there is no public database, a sample would be published for real, it shrank, or was rolled back.
        LockedError: another process publishes there.
        StorageError: a check failed, or a file could not be written.
    """
    check_sample(order.data, order.settings)
    with _lock(order.target), _failing(order.target):
        part = order.target / ".part"
        shutil.rmtree(part, ignore_errors=True)
        try:
            return _made(order, part, progress)
        finally:
            shutil.rmtree(part, ignore_errors=True)


def roll_back(target: Path) -> Release:
    """Show the release before that which is shown, and return it.

    Raises:
        ConfigError: there is none before it.
        LockedError: another process publishes there.
        StorageError: the link cannot be written.
    """
    with _lock(target), _failing(target):
        shown = _current(target)
        before = [release for release in _releases(target) if shown and release.number < shown.number]
        if not before:
            raise ConfigError(f"{target}: there is no release before that which is shown")
        (target / CURRENT / ROLLED_BACK).touch()
        _show(before[-1])
        return before[-1]


def _made(order: Publication, part: Path, progress: Progress) -> Published:
    releases, shown = _releases(order.target), _current(order.target)
    folder(order.data / FILE, part / DATA)
    public = part / DATA / FILE
    with closing(connect(public)) as connection:
        held = holdings(connection)
        made_of = digest_of(_digest(public), order.code, repr(order.settings))
        if shown and shown.made_of == made_of:
            return Published(release=shown, is_new=False)
        if shown and not order.force:
            _refuse(order.target, held, shown, any(one.made_of == made_of and one.is_rolled_back for one in releases))
        if connection.execute("pragma quick_check(1)").fetchone()[0] != "ok":
            raise StorageError(f"{order.data / FILE}: is damaged; run roundup export")
        before = shown.path if shown else None
        if before is not None:  # What feeds were made of stands beside them: only those that differ are made.
            shutil.copytree(before / FEEDS, part / FEEDS, copy_function=os.link)
        write_feeds(connection, order.settings, part, sample=held.sample)
    sheets.write(public, part / DATA, progress)
    for path in sorted((part / DATA).iterdir()):
        _share(path, before)
    os.link(public, part / FILE)
    pages = order.pages(public, lambda name, body: _put(part, name, body, before))
    number = max((one.number for one in releases), default=0) + 1
    path = order.target / f"{number:04}-{held.clock.translate({45: None, 58: None}) or 'nothing'}"
    release = Release(
        path=path, number=number, made_of=made_of, pages=pages, holdings=held, redacted=_redacted(order.data)
    )
    _put(part, MANIFEST, _manifest(release), None)
    part.replace(path)
    _show(release)
    return Published(release=release, is_new=True, removed=tuple(_pruned([*releases, release], release, order.keep)))


def _refuse(target: Path, held: Holdings, shown: Release, is_rolled_back: bool) -> None:
    if is_rolled_back:
        raise ConfigError(f"{target}: a release of the same database was rolled back; --force publishes it again")
    for what in ("documents", "entries"):
        now, before = getattr(held, what), getattr(shown.holdings, what)
        if now < LEAST_SHARE * before:
            raise ConfigError(
                f"{target}: {what} fell from {before} to {now}, under {LEAST_SHARE:.0%} of the release shown;"
                " nothing was published; --force publishes it nevertheless"
            )


def _pruned(releases: list[Release], shown: Release, keep: int) -> Iterator[Path]:
    """Remove releases that are too old, or hold what was redacted or taken down since, and yield their places."""
    kept = {release.number for release in releases[-keep:] if not release.may_hold_redacted(shown)}
    for release in releases:
        if release.number not in kept and release.number != shown.number:
            shutil.rmtree(release.path)
            yield release.path


def _redacted(data: Path) -> str:
    return digest_of(sorted((one.id, one.date) for one in all_redacted(data, Decisions())))


def _put(part: Path, name: str, body: bytes, before: Path | None) -> None:
    """Write a file, or take that of the release before where it holds the same."""
    path, old = part / name, before / name if before else None
    path.parent.mkdir(parents=True, exist_ok=True)
    if old is not None and old.is_file() and old.stat().st_size == len(body) and old.read_bytes() == body:
        _link(old, path)
    else:
        path.write_bytes(body)


def _share(path: Path, before: Path | None) -> None:
    """Put that file of the release before in place of one that holds the same."""
    old = before / DATA / path.name if before else None
    if old is not None and old.is_file() and filecmp.cmp(old, path, shallow=False):
        path.unlink()
        _link(old, path)


def _link(old: Path, path: Path) -> None:
    try:
        os.link(old, path)
    except OSError:  # A file system without links, or with too many to one file.
        shutil.copy2(old, path)


def _show(release: Release) -> None:
    beside = release.path.parent / f".{CURRENT}"
    beside.unlink(missing_ok=True)
    beside.symlink_to(release.path.name)
    beside.replace(release.path.parent / CURRENT)


def _current(target: Path) -> Release | None:
    with suppress(OSError):
        return _read(target / (target / CURRENT).readlink())
    return None


def _releases(target: Path) -> list[Release]:
    """Return the whole releases in a folder, the oldest first."""
    found = [_read(path.parent) for path in sorted(target.glob(f"[0-9]*-*/{MANIFEST}"))]
    return sorted((release for release in found if release), key=lambda release: release.number)


def _read(path: Path) -> Release | None:
    try:
        found = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        return Release(path=path, **{**found, "holdings": Holdings(**found["holdings"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _manifest(release: Release) -> bytes:
    values = {name: value for name, value in asdict(release).items() if name != "path"}
    return (json.dumps(values, indent=2) + "\n").encode()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


@contextmanager
def _lock(target: Path) -> Iterator[None]:
    with _failing(target):
        target.mkdir(parents=True, exist_ok=True)
        held = FileLock(target / ".lock", timeout=0)
        try:
            held.acquire()
        except Timeout as error:
            raise LockedError(f"{target}: another process publishes there") from error
    try:
        yield
    finally:
        held.release()


@contextmanager
def _failing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(f"{error.filename or target}: {error.strerror or error}") from error
