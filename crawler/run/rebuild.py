"""The database and the feeds made anew from the archive alone."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from crawler.archive import Archive, file_lengths, give_up
from crawler.errors import ConfigError
from crawler.run import integrity, pool, session
from crawler.run.options import ARCHIVE
from crawler.run.publish import feeds, settings
from crawler.run.redact import removal
from crawler.worker import Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """How many records of the archive were applied, and what was given up: a line for each file that lost something."""

    records: int
    lost: tuple[str, ...] = ()


def rebuild(
    data: Path,
    progress: session.Progress = session.silent,
    *,
    accept_loss: bool = False,
    workers: int | None = None,
    cluster: str = "",
) -> Rebuilt:
    """Make the database anew from DIR/archive, and the feeds from it.

    The settings of the feeds are those of the newest crawl. With ``accept_loss`` an archive that lost something is
    made whole again without it first (:func:`crawler.archive.give_up`). ``workers`` and ``cluster`` are those of
    :class:`crawler.run.options.Options`.

    Raises:
        ConfigError: there is no archive, or no cluster at the address.
        LockedError: a crawl is running.
        ArchiveError: the archive is damaged, not whole, or not the one the old database was made from; nothing was
            written.
        ArchiveError, StoreError: a file cannot be written; the old database is as it was.
    """
    if not file_lengths(data / ARCHIVE):
        integrity.require(data, readable=False)
        raise ConfigError(f"{data / ARCHIVE}: no archive to rebuild from")
    with session.lock(data), pool.opened(workers, cluster, data / ARCHIVE) as beside, Worker(pool=beside) as worker:
        lost: tuple[str, ...] = ()
        if accept_loss:
            known = integrity.differences(data, readable=False)
            lost = tuple(str(each) for each in give_up(data / ARCHIVE, known, datetime.now(UTC)))
        else:
            integrity.require(data, readable=False)
        removal.finish(data, worker, progress, readable=False)
        with Archive.open(data / ARCHIVE) as archive:
            for repair in archive.repairs:
                progress(repair, 0)
            records = session.rebuild_into(data, archive, worker, progress)
            feeds(data, settings(data))
    return Rebuilt(records=records, lost=lost)
