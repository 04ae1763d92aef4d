"""What a digest is made of: the entries of a filter in a period, the dates around them, and what was not checked."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from crawler.feeds import Entry, Feed, Filter
from crawler.feeds.digest import Digest, Gap, Period, Recommendation, grouped
from crawler.feeds.facets import title
from crawler.feeds.weight import LAW
from crawler.public import filters, stale
from crawler.public.database import Connection, Row, rows
from crawler.public.entries import read, with_documents
from crawler.public.selection import select
from crawler.public.standing import reading, sources
from crawler.text import moment, stamp

CITED = "The cited text changed: check"
"""Heading of the passages that cite what changed."""

MAX_REMINDED = 200
"""Most entries from before the period that are looked at for having come into force in it."""

_CLOSES = """select document, max(date) as date from dates where event = 'closes'
  and document in (select value from json_each(?)) group by document"""
_RECOMMENDED = """select d.root, l.number, l.addressee, l.text from lessons l join documents d on d.id = l.document
  where d.root in (select value from json_each(?)) and l.kind = 'recommendation' and l.is_listed = 1 order by l.n"""

_DATED = """with dated(place) as (
  select rowid from entries where occurred >= :first and occurred < :end
  union select e.rowid from changes c cross join entries e on e.id = c.entry
    where c.occurred >= :first and c.occurred < :end
  union select e.rowid from in_force f cross join entries e on e.document = f.document
    where f.first >= :first and f.first < :end and e.kind = 'new')"""
"""Entries that have a day in a period, found by it: few of all."""

_START_DAYS = """select e.id, substr(c.occurred, 1, 10) as day from json_each(:ids) j join entries e on e.id = j.value
    join changes c on c.entry = e.id where e.kind <> 'new' and c.occurred <> ''
  union select e.id, f.day from json_each(:ids) j join entries e on e.id = j.value
    join (select document, first as day from in_force union select document, since from in_force
      union select document, next from in_force) f on f.document = e.document
    where e.kind = 'new' and f.day <> ''"""


def changed_since(connection: Connection, filter: Filter, since: str) -> list[tuple[str, str]]:
    """Return id and ``updated`` of what was announced or changed after a time for a filter, the newest first."""
    chosen = select(connection, filter)
    # Ranks go by the time of the last change of meaning: what is older than the first that is too old is not read.
    older = "select rank from entries where announced is not null and updated <= :since order by rank limit 1"
    found = connection.execute(
        "select e.id, e.updated from entries e where e.announced is not null"
        f" and e.rank < coalesce(({older}), e.rank + 1) and {chosen.tests} order by e.rank",
        {**chosen.params, "since": since},
    )
    return [(str(id), str(updated)) for id, updated in found]


def entries_of(connection: Connection, ids: Sequence[str], filter: Filter | None = None) -> tuple[Entry, ...]:
    """Return the announced entries with some ids, in the order of feeds; documents that a filter has come first."""
    found = rows(
        connection,
        "select * from entries where announced is not null and id in (select value from json_each(?)) order by rank",
        [json.dumps(list(ids))],
    )
    return with_documents(connection, [read(row) for row in found], filter)


def within(connection: Connection, filter: Filter, period: Period) -> tuple[Entry, ...]:
    """Return the entries of a filter that were announced or changed in meaning in a period, the newest first."""
    ids = [id for id, updated in changed_since(connection, filter, period.since) if updated <= period.until]
    return entries_of(connection, ids, filter)


def digest(connection: Connection, feed: Feed, period: Period, entries: Sequence[Entry] | None = None) -> Digest:
    """Return the digest of the filter of a feed and a period; ``entries`` are those to tell, all of the period if None.

    The filter is put into words here, with the names that the database knows.
    """
    filter = feed.filter
    chosen = within(connection, filter, period) if entries is None else entries
    documents = json.dumps(sorted({entry.document for entry in chosen if entry.document}))
    recommended: dict[str, list[Recommendation]] = {}
    for row in rows(connection, _RECOMMENDED, [documents]):
        one = Recommendation(number=row["number"], addressee=row["addressee"], text=row["text"])
        recommended.setdefault(row["root"], []).append(one)
    read_at_all = _sources(connection, filter)
    told = _starting(connection, filter, period)
    return Digest(
        feed=replace(feed, words=title(filter.pairs, filters.names(connection, filter))),
        period=period,
        groups=grouped(
            chosen,
            told,
            period,
            filter,
            {row["document"]: row["date"] for row in rows(connection, _CLOSES, [documents])},
            recommended,
            _starts(connection, [*chosen, *told]),
        ),
        gaps=tuple(
            Gap(
                name=source["name"],
                publisher=source["publisher_name"],
                url=source["url"],
                since=min((one["since"] for one in source["faults"] if one["severity"] == "alarm"), default=""),
                last_success=source["last_success"] or "",
            )
            for source in read_at_all
            if is_unread(source, period)
        ),
        lists=_cited(connection, filter, period),
        sources=len(read_at_all),
        clock=reading(connection).clock,
        began=connection.execute("select coalesce((select value from about where key = 'began'), '')").fetchone()[0],
    )


def _cited(
    connection: Connection, filter: Filter, period: Period
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    found = tuple((stale.told(row), str(row["url"] or "")) for row in stale.of_period(connection, filter, period))
    return ((CITED, found),) if found else ()


def _sources(connection: Connection, filter: Filter) -> list[Row]:
    """Return the sources that are switched on and that a filter does not leave out by their name or publisher."""
    wanted = {"id": filter.values("source"), "publisher": filter.values("publisher")}
    return [
        source
        for source in sources(connection)
        if source["trouble"] != "off" and all(source[name] in values for name, values in wanted.items() if values)
    ]


def is_unread(source: Row, period: Period) -> bool:
    """Whether a source could not be checked for a period: it has a fault, or was not read as often as planned."""
    return bool(source["trouble"]) or (source["last_success"] or "") <= _planned(source, period)


def _planned(source: Row, period: Period) -> str:
    """Return the time after which a source was to be read for the period to be told: some are read once a month."""
    planned = stamp(moment(period.until) - 2 * timedelta(seconds=source["schedule"]))
    return min(planned, period.since)


def _starts(connection: Connection, entries: Sequence[Entry]) -> dict[str, list[str]]:
    """Return by entry the days stated for the provisions that it tells of; of a new law, for those it has."""
    found: dict[str, list[str]] = {}
    ids = json.dumps([entry.id for entry in entries if entry.document_kind in LAW])
    for id, day in connection.execute(_START_DAYS, {"ids": ids}):
        found.setdefault(str(id), []).append(str(day))
    return found


def _starting(connection: Connection, filter: Filter, period: Period) -> tuple[Entry, ...]:
    """Return the entries of a filter from before a period that tell of law which applies from a day in it."""
    chosen = select(connection, filter)
    within_it = "substr({column}, 1, 10) between :first and :last"
    found = rows(
        connection,
        f"{_DATED} select e.* from dated cross join entries e on e.rowid = dated.place"
        " where e.announced is not null and e.state <> 'withdrawn' and e.updated <= :since"
        f" and {chosen.tests} and e.document_kind in (select value from json_each(:law))"
        f" and ({within_it.format(column='e.occurred')}"
        " or (e.kind <> 'new' and e.occurred is null and exists (select 1 from changes c where c.entry = e.id"
        f" and {within_it.format(column='c.occurred')})) or (e.kind = 'new' and exists (select 1 from in_force f"
        f" where f.document = e.document and {within_it.format(column='f.first')})))"
        f" order by e.rank limit {MAX_REMINDED}",
        {**chosen.params, "since": period.since, "law": json.dumps(LAW), "first": period.first_day,
         "last": period.last_day, "end": f"{period.last_day}U"},
    )  # fmt: skip
    return tuple(read(row) for row in found)
