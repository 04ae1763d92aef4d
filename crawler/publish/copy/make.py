"""All pages over one public database, as files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import crawler
from crawler.errors import StorageError
from crawler.model import digest_of
from crawler.public.database import connect
from crawler.public.standing import reading
from crawler.publish.app import SiteAddress, site
from crawler.publish.copy.walk import Put, Walk
from crawler.publish.settings import DATABASE
from crawler.sources import Settings
from crawler.text import moment

TOLD = 10
"""Most addresses that a message names."""


def pages(public: Path, settings: Settings, live: str, put: Put, progress: Callable[[str, int], None]) -> int:
    """Write every page over a database, ``FOLDER/data/public.db``, into FOLDER, and return how many there are.

    Raises:
        StorageError: a page could not be made.
    """
    with closing(connect(public)) as connection:
        clock = reading(connection).clock
    where = SiteAddress(
        public_url=settings.public_url, authority=settings.authority, run_by=settings.run_by,
        contact=settings.contact_public, logs=settings.logs, is_copy=True,
    )  # fmt: skip
    datasette = site(public, where, now=moment(clock) if clock else None)
    walked = Walk(datasette, put, live=live, folder=public.parents[1])
    try:
        asyncio.run(walked.run(progress))
    finally:
        datasette.get_database(DATABASE).close()
    if walked.faults:
        more = f" and {len(walked.faults) - TOLD} more" if len(walked.faults) > TOLD else ""
        raise StorageError(f"pages could not be made: {'; '.join(walked.faults[:TOLD])}{more}")
    if walked.missing:
        progress(f"links that lead nowhere, and say so: {'; '.join(walked.missing[:TOLD])}", 0)
    return walked.pages


def code() -> str:
    """Return a digest of the program: another one may make other pages of the same database."""
    package = Path(crawler.__file__).parent
    files = (path for path in sorted(package.rglob("*")) if path.suffix in (".py", ".html", ".css", ".sql", ".yaml"))
    return digest_of(*(path.read_text(encoding="utf-8") for path in files))
