"""The database and the feeds made anew from the archive alone."""

from __future__ import annotations

from pathlib import Path

from crawler.archive import Archive
from crawler.errors import ConfigError
from crawler.run import session
from crawler.run.options import ARCHIVE, DATABASE
from crawler.run.publish import feeds
from crawler.sources import Settings
from crawler.store import Store
from crawler.worker import Worker


def rebuild(data: Path, progress: session.Progress = session.silent) -> int:
    """Make the database anew from DIR/archive, and the feeds from it; give the number of records applied.

    The settings of the feeds are those of the newest crawl.

    Raises:
        ConfigError: there is no archive.
        LockedError: a crawl is running.
        ArchiveError, StoreError: a file is damaged or cannot be written; the old database is as it was.
    """
    if not any((data / ARCHIVE).glob("*.warc.gz")):
        raise ConfigError(f"{data / ARCHIVE}: no archive to rebuild from")
    with session.lock(data), Worker() as worker, Archive.open(data / ARCHIVE) as archive:
        for repair in archive.repairs:
            progress(repair, 0)
        records = session.rebuild_into(data, archive, worker, progress)
        feeds(data, _settings(data))
    return records


def _settings(data: Path) -> Settings:
    """Give the settings under which the newest crawl was made, with the authority the archive was begun with."""
    with Store.open(data / DATABASE) as store:
        return Settings(
            public_url=store.meta("public_url") or "", authority=store.meta("authority") or Settings().authority
        )
