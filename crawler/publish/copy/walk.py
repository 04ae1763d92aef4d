"""The site as files: from its home page along every link that leads to a file."""

import asyncio
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from datasette.app import Datasette

import crawler
from crawler.errors import StorageError
from crawler.model import digest_of
from crawler.public.database import connect
from crawler.public.standing import reading
from crawler.public.versions import position_of
from crawler.publish.app import SiteAddress, site
from crawler.publish.copy.pages import EXPLAINED, Address, Linked, address, link, moved
from crawler.publish.documents import MAX_SECTIONS_PER_PAGE
from crawler.publish.paths import decode
from crawler.publish.server.responses import PUBLIC
from crawler.publish.settings import DATABASE, own
from crawler.sources import Settings
from crawler.text import moment

SITEMAP = "/sitemap.xml"
STARTS = ("/", EXPLAINED, "/robots.txt", SITEMAP)
"""Addresses from which all others are found; without a public address there is no sitemap."""

_PLAIN = {"accept-encoding": "identity"}
_LOCATION = re.compile(r"<loc>([^<]*)</loc>")

Put = Callable[[str, bytes], None]
"""Writes the body of a file, by its name relative to the folder."""


class Walk:
    """The files made so far (``pages``), and the addresses that lead nowhere (``missing``) or failed (``faults``).

    Where nothing is found, the page that says so is a file like any other. What ``folder`` holds already, feeds and
    data, is not asked for. ``live`` is the address of a served site.
    """

    def __init__(self, datasette: Datasette, put: Put, *, live: str, folder: Path) -> None:
        self._datasette, self._put, self._live, self._folder = datasette, put, live, folder
        self._queue: deque[Address] = deque()
        self._seen: set[str] = set()
        self.pages = 0
        self.missing: list[str] = []
        self.faults: list[str] = []

    async def run(self, progress: Callable[[str, int], None]) -> None:
        """Write every page and file that links lead to, one at a time."""
        self._follow(found for path in STARTS if (found := address(path)))
        while self._queue:
            at = self._queue.popleft()
            if (self._folder / at.file).exists():
                continue
            self._take(at, await self._datasette.client.get(at.asked, headers=_PLAIN, follow_redirects=False))
            self.pages += 1
            if self.pages % 100 == 0:
                progress("pages", self.pages)

    def _take(self, at: Address, answer: Any) -> None:
        if answer.is_redirect:
            self._take_moved(at, answer.headers["location"])
        elif answer.status_code == 404 and at.path == SITEMAP:
            return
        elif answer.status_code not in (200, 404):
            self.faults.append(f"{at.asked}: {answer.status_code}")
        elif answer.headers.get("content-type", "").startswith("text/html"):
            page = Linked(at, answer.text, live=self._live, part_of=self._part_of)
            self._follow(page.found)
            self._write(at, page.text.encode())
        else:
            self._write(at, answer.content)
            if at.path.startswith("/sitemap"):
                self._follow(_listed(answer.text, own(self._datasette).public_url))
        if answer.status_code == 404:
            self.missing.append(at.asked)

    def _write(self, at: Address, body: bytes) -> None:
        try:
            self._put(at.file, body)
        except (FileExistsError, IsADirectoryError, NotADirectoryError):
            # An id of a document may name a folder by what is a file of another one.
            self.missing.append(at.asked)

    def _take_moved(self, at: Address, location: str) -> None:
        parts = urlsplit(location)
        if to := address(parts.path, parts.query):
            self._follow([to])
            self._write(at, moved(link(to.file, at.file)).encode())
        else:
            self.faults.append(f"{at.asked}: leads to {location}")

    def _follow(self, found: Iterable[Address]) -> None:
        for to in found:
            if to.file not in self._seen:
                self._seen.add(to.file)
                self._queue.append(to)

    def _part_of(self, path: str, provision: str) -> int:
        id = decode(path.removeprefix("/doc/"))
        return PUBLIC[self._datasette].ask(position_of, id, provision) // MAX_SECTIONS_PER_PAGE + 1


def _listed(text: str, public_url: str) -> Iterator[Address]:
    """Yield what a file of the sitemap leads to."""
    for found in _LOCATION.findall(text):
        parts = urlsplit(unescape(found).removeprefix(public_url.rstrip("/")))
        if (to := address(parts.path or "/", parts.query)) is not None:
            yield to


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
