"""How the data stand: their age, their sources and what is wrong with them, publishers, crawls, and one under way."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

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
    about = facts(connection)
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


def facts(connection: Connection) -> dict[str, str]:
    """Return what a public database says of itself, by name."""
    return dict(connection.execute("select key, value from about").fetchall())


def holdings(connection: Connection) -> Holdings:
    """Return what a public database holds."""
    about = facts(connection)
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


MEANING: Mapping[str, str] = {
    "zero": "Its list was empty, which it never should be. New documents may be missing here.",
    "drop": "Its list became much shorter at once. Documents may be missing here; nothing is taken as withdrawn.",
    "many": "Its list became much longer than it should be, so we may have read the wrong page.",
    "none read": "It lists documents, and we could read none of them. What changed there is not shown here.",
    "age": "Nothing new has appeared there for longer than usual. It may have moved or stopped.",
    "challenge": "It asked us to prove that we are not a robot, so we read nothing.",
    "soft404": "A page said “not found” although the server called it fine. We kept the earlier text.",
    "shrunk": "A text is much shorter, breaks off or stands on many pages. We show the earlier one until confirmed.",
    "ended": "The publisher says that this feed has ended. Changes there no longer reach us.",
    "gap": "There was more that was new than one visit reads. Something in between may be missing.",
    "circle": "Its pages lead round in a circle. We read each once; whether it has more cannot be told.",
    "trap": "It leads to ever more pages that say nothing of their own. These are no news; not all are read at once.",
    "unreachable": "The server did not answer, or answered with an error. What changed there is not shown here.",
    "robots": "Its rules for robots do not let us read it, or could not be read.",
    "parse": "A page could not be read as it promises to be. We kept the earlier text.",
    "status": "The server answered with an error. What changed there is not shown here.",
    "cut": "What arrived was cut short, so we do not use it. We kept the earlier text.",
    "empty": "What arrived was empty. We kept the earlier text.",
    "error": "An error message, or that the site is closed for now, stood in its place. We kept the earlier text.",
    "limit": "It took too long or too much memory to read. We kept the earlier text.",
    "fault": "Our own program failed on it. We kept the earlier text, and read it again once the program is mended.",
    "config": "It is set up wrongly here, so it was not read.",
    "redirected": "Its address leads elsewhere now. It may have moved.",
    "late": "The next edition of a series that it would list was expected and is not seen by us. The source is well.",
    "no edition": "No edition of a series that it should list was ever found, so we may look for the wrong title.",
    "lost": "Something asked for was not answered, and will be asked again.",
}
"""What an issue means for a reader, by kind; one without an entry here speaks for itself."""


FILE = "under-way.json"
STALE = timedelta(minutes=5)
"""A file that nobody wrote for this long is of a crawl that was killed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """What a crawl reads now, how many of its requests are done, of how many so far, and when that was so."""

    what: str
    done: int
    total: int
    at: str

    @property
    def slowest(self) -> str:
        """Return which host takes longest, and how long; empty where that is not known."""
        return self.what.partition("; ")[2]


def under_way(public: Path, now: datetime) -> UnderWay | None:
    """Return how the crawl beside a public database stands, None where none is under way."""
    try:
        found = UnderWay(**json.loads(public.with_name(FILE).read_text("utf-8")))
        return found if abs(now - moment(found.at)) < STALE else None
    except (OSError, ValueError, TypeError):
        return None
