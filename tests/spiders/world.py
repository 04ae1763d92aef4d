"""A round-up over the loopback server: its registry, its crawls, and what they left behind."""

import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler import protocols
from crawler.archive import Archive, Exchange, Journal
from crawler.errors import ParseError
from crawler.ingest import Read, Reading, State
from crawler.run import fold, session
from crawler.run.options import ARCHIVE, DATABASE, Options
from crawler.sources import loads
from crawler.spiders.engine import CrawlResult, crawl
from crawler.store import Row, Store
from crawler.store.schema import OPERATIONAL
from tests.spiders.server import Server

PROJECT = Path(__file__).parents[2]


def text_of(server: Server, *, host: str = "delay: 0, concurrency: 8", source: str = "", more: str = "") -> str:
    """Return a registry with one feed; ``source`` and ``more`` are further lines of it and of the sources."""
    return f"""
settings: {{contact: watch@sample.invalid, authority: sample.invalid}}
publishers:
  sample: {{name: Sample Office, jurisdiction: United Kingdom}}
hosts:
  "{server.host}": {{private: true, {host}}}
sources:
  - id: news
    publisher: sample
    kind: guidance
    protocol: feed
    url: {server.url}/feed
    follow: true
    topics: [offences_law]
    expect: {{min: 1}}
{source}
{more}
"""


def other(server: Server, path: str) -> str:
    """Return another source, whose feed has this path."""
    return f"""
  - id: other
    publisher: sample
    kind: report
    protocol: feed
    url: {server.url}{path}
    follow: true
    topics: [offences_law]
    expect: {{min: 1}}
"""


def read(reading: Reading) -> Read:
    """Parse in this process."""
    try:
        return Read(reading=reading, page=protocols.read(reading.capture, reading.source))
    except ParseError as error:
        return Read(reading=reading, page=None, error=error)


class World:
    """One data directory and the registry it is crawled with."""

    def __init__(self, server: Server, data: Path) -> None:
        self.server = server
        self.data = data
        self.text = text_of(server)

    def configure(self, **lines: str) -> None:
        """Change the registry, as :func:`text_of` says."""
        self.text = text_of(self.server, **lines)

    def options(self, **more: Any) -> Options:
        """Return the options of a crawl."""
        options = Options(data=self.data, registry=loads(self.text, "sources.yaml"), sources_text=self.text)
        return replace(options, **more)

    def crawl(self, **more: Any) -> CrawlResult:
        """Crawl in this process."""
        return crawl(self.options(**more))

    def child(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a crawl in a process of its own."""
        file = self.data.parent / "sources.yaml"
        file.write_text(self.text, encoding="utf-8")
        command = [sys.executable, "-m", "tests.spiders.child", str(self.data), str(file), *arguments]
        return subprocess.Popen(command, cwd=PROJECT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def rows(self, sql: str, *values: object) -> list[Row]:
        """Return rows of the database."""
        with closing(Store.open(self.data / DATABASE)) as store:
            return store.all(sql, *values)

    def fetches(self, start: str = "") -> list[tuple[str, int | None, str]]:
        """Return path, status and outcome of every request but those for robots.txt, in order."""
        rows = self.rows("select url, status, outcome from fetches where role<>'robots' order by id")
        found = [(row["url"].removeprefix(self.server.url), row["status"], row["outcome"]) for row in rows]
        return [each for each in found if each[0].startswith(start)]

    def documents(self) -> set[str]:
        """Return the paths of the documents that have a text from their own page."""
        rows = self.rows("select distinct d.url from documents d join versions v on v.document=d.id"
                         " where v.representation='html'")  # fmt: skip
        return {row["url"].removeprefix(self.server.url) for row in rows}

    def issues(self) -> list[tuple[str, str, str]]:
        """Return source, kind and detail of the open issues of sources.

        These crawls have the clock of the machine: on some days a helpline was not checked for long.
        """
        of_sources = "select source, kind, detail from issues where resolved is null and source is not null order by id"
        rows = self.rows(of_sources)
        return [(row["source"], row["kind"], row["detail"]) for row in rows]

    def issues_of(self, source: str) -> list[tuple[str, str]]:
        """Return kind and detail of the open issues of one source."""
        return [(kind, detail) for name, kind, detail in self.issues() if name == source]

    def archived(self) -> list[Exchange | Journal]:
        """Return everything in the archive."""
        with Archive.open(self.data / ARCHIVE, read_only=True) as archive:
            return list(archive.records())

    def exchanges(self, path: str) -> list[Exchange]:
        """Return the archived answers of one path, in order."""
        url = self.server.url + path
        return [each for each in self.archived() if isinstance(each, Exchange) and each.url == url]

    def newest(self) -> datetime:
        """Return the time of the last exchange in the archive."""
        return max(each.time for each in self.archived() if isinstance(each, Exchange))

    def assert_rebuilds(self) -> None:
        """Compare the interpreted tables with those that the archive alone makes."""
        with (
            closing(Store.open(self.data / DATABASE)) as live,
            closing(Store.open(":memory:")) as made,
            Archive.open(self.data / ARCHIVE, read_only=True) as archive,
        ):
            fold.catch_up(State(store=made, archive=archive, parsers=session.parsers()), read)
            for table in live.tables():
                if table not in OPERATIONAL:
                    assert made.all(f"select * from {table}") == live.all(f"select * from {table}"), table
