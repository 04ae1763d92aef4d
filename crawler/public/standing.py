"""How the data stand: their age, their sources and what is wrong with them, publishers and crawls."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.feeds import Filter
from crawler.feeds.facets import SHARED
from crawler.model import digest_of
from crawler.public.database import Connection, Row, rows
from crawler.text import moment

MAX_ISSUES = 2_000
"""Most issues that are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The newest finished crawl: its clock, empty where there is none, whether it is a sample, and how often we read.

    ``schedule`` is the shortest time between two walks of a source, in seconds.
    """

    clock: str
    sample: bool
    schedule: int

    def is_overdue(self, now: datetime) -> bool:
        """Whether the data are older than twice that time; where nothing was read yet, nothing is."""
        return bool(self.clock) and now - moment(self.clock) > 2 * timedelta(seconds=self.schedule)


def reading(connection: Connection) -> Reading:
    """Return how the data stand, as the export wrote it."""
    about = dict(connection.execute("select key, value from about where key in ('clock', 'sample', 'schedule')"))
    return Reading(
        clock=about.get("clock", ""), sample=about.get("sample") == "1", schedule=int(about.get("schedule") or 86400)
    )


def public_url(connection: Connection) -> str:
    """Return the public address of the site, as the export wrote it; empty where there is none."""
    return str(connection.execute("select value from about where key = 'public_url'").fetchone()[0])


def sources(connection: Connection) -> list[Row]:
    """Return every source with its ``trouble``; ``faults`` and ``expect`` are read from their JSON.

    ``coverage`` says in words how far its list was read to its end, None where it is not read so.
    """
    found = rows(
        connection,
        "select *, (select words from completeness where source = sources.id) as coverage from sources order by n",
    )
    return [{**source, **{name: json.loads(source[name]) for name in ("faults", "expect")}} for source in found]


_HAS = "exists (select 1 from document_sources x join documents d on d.id = x.document {} where x.source = s.id and {})"
_LABELLED = "join document_labels l on l.document = d.n and l.facet = '{}'"
_FITS = {
    "source": "s.id {}",
    "publisher": "s.publisher {}",
    "document": _HAS.format("", "d.id {}"),
    "kind": f"(s.kind {{0}} or {_HAS.format('', 'd.kind {0}')})",
    **{facet: _HAS.format(_LABELLED.format(facet), "l.value {}") for facet in SHARED},
}
"""When a source has something of a facet; where none is said, every source may have."""


def unread(connection: Connection, filter: Filter) -> tuple[str, ...]:
    """Return the names of the sources that could not be read as they should be and have documents of a filter."""
    values = {facet: json.dumps(filter.values(facet)) for facet in _FITS if filter.values(facet)}
    fits = (_FITS[facet].format(f"in (select value from json_each(:{facet}))") for facet in values)
    tests = " and ".join(("s.trouble in ('alarm', 'never')", *fits))
    found = rows(connection, f"select name from sources s where {tests} order by n", values)
    return tuple(str(row["name"]) for row in found)


def issues(connection: Connection) -> list[Row]:
    """Return the open issues of the round-up itself, then those of anything that were mended lately."""
    return rows(
        connection,
        "select id, source, kind, severity, subject, detail, since, last_seen, resolved from issues"
        " where source is null or resolved is not null"
        f" order by resolved is not null, severity <> 'alarm', since desc, id limit {MAX_ISSUES}",
    )


def alarms(connection: Connection, most: int) -> list[Row]:
    """Return the alarms that are open or were mended lately, the newest first, each with ``name`` and ``url``."""
    return rows(
        connection,
        "select i.id, i.kind, i.detail, i.since, i.resolved, coalesce(s.name, '') as name, coalesce(s.url, '') as url"
        " from issues i left join sources s on s.id = i.source where i.severity = 'alarm'"
        " order by coalesce(i.resolved, i.since) desc, i.id limit ?",
        [most],
    )


def open_issues(connection: Connection) -> int:
    """Return how many issues are open, also those that are not shown."""
    return int(connection.execute("select value from about where key = 'issues_open'").fetchone()[0])


def publishers(connection: Connection) -> list[Row]:
    """Return every publisher with its licence, by name."""
    return rows(connection, "select * from publishers order by name")


def crawls(connection: Connection, limit: int = 5) -> list[Row]:
    """Return the newest crawls."""
    return rows(connection, "select * from crawls order by clock desc limit ?", [limit])


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """What a public database holds: its clock, how much, and a digest of what was redacted or taken down."""

    clock: str
    sample: bool
    documents: int
    entries: int
    removed: str


def holdings(connection: Connection) -> Holdings:
    """Return what a public database holds."""
    about = dict(connection.execute("select key, value from about").fetchall())
    removed = connection.execute(
        "select id from entries where removed <> '' union select digest from removed order by 1"
    )
    return Holdings(
        clock=about.get("clock", ""),
        sample=about.get("sample") == "1",
        documents=int(about.get("documents") or 0),
        entries=int(about.get("entries") or 0),
        removed=digest_of([row[0] for row in removed]),
    )
