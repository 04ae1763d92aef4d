"""What waits for a person to decide whether it belongs in the round-up; what was checked, week by week."""

import json
from dataclasses import dataclass
from datetime import date, timedelta

from crawler.feeds import Filter
from crawler.public.database import Connection, Row, row, rows
from crawler.public.filters import first_since
from crawler.public.selection import select

_WAITING = """select d.id, d.title, d.kind, d.url, d.jurisdiction, d.published, d.published_as,
  s.name as source_name, d.score, d.since,
  d.unconfirmed, coalesce(r.why, '[]') as why from documents d indexed by documents_review
  join sources s on s.id = d.source
  left join reasons r on r.document = d.n and r.facet = 'relevance' and r.value = ''
  where d.band = 'review' and d.parent is null order by d.since, d.score desc, d.id limit ?"""

_WORDS = """select case when d.summary <> '' then d.summary else (select group_concat(substr(s.text, 1, 600), ' ')
  from (select j.value as n from versions v, json_each(v.sections) j where v.id = d.current order by j.key limit 3) x
  join sections s on s.n = x.n) end as words from documents d where d.id = ?"""
_KNOWN = """select id from documents where id = :name union all select document from aliases where alias = :name
  union all select id from documents where url = :name limit 1"""
_REPORTS = """select j.value as report, d.id as document, e.id as entry
  from about a, json_each(a.value) j left join documents d on d.id = json_extract(j.value, '$.about')
  left join entries e on e.id = json_extract(j.value, '$.about') where a.key = 'reports'
  order by json_extract(j.value, '$.date') desc, j.key"""


def number(connection: Connection) -> int:
    """Return how many documents wait."""
    counted = row(connection, "select number from counts where list = 'review' and facet = '' and value = ''")
    return int(counted["number"]) if counted else 0


def waiting(connection: Connection, most: int) -> list[Row]:
    """Return the documents that wait, the oldest first, each with what counted as JSON (``why``)."""
    return rows(connection, _WAITING, [most])


def words(connection: Connection, document: str) -> str:
    """Return what a document says of itself, as far as readers may see it: its summary, else how its text begins."""
    found = row(connection, _WORDS, [document])
    return "" if found is None else " ".join(str(found["words"] or "").split())


def has_passage(connection: Connection, document: str, path: str) -> bool:
    """Return whether a document has, or had, a passage with this path."""
    return bool(rows(connection, "select 1 from sections where document = ? and path = ? limit 1", [document, path]))


def known(connection: Connection, name: str) -> str:
    """Return the id of the document that has a name as its id, address or alias, empty where none has."""
    found = row(connection, _KNOWN, {"name": name})
    return "" if found is None else str(found["id"])


def reports(connection: Connection) -> list[Row]:
    """Return what readers reported, the newest first: date, reported, outcome, about, settled, kind.

    ``kind`` is doc or entry, whichever ``about`` is the id of, empty where it is neither.
    """
    return [
        {**json.loads(one["report"]), "kind": "doc" if one["document"] else "entry" if one["entry"] else ""}
        for one in rows(connection, _REPORTS)
    ]


MAX_WEEKS = 26
"""Most weeks that are told of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week that is over: its ``monday``, the time it ``ended``, and of the sources that were asked in it how many
    could be read, with the names of those that could not; ``entries`` are those of a filter."""

    monday: str
    ended: str
    asked: int
    read: int
    unread: tuple[str, ...]
    entries: int


def weeks(connection: Connection, filter: Filter) -> list[Week]:
    """Return the weeks that are over at the newest crawl, the newest first."""
    chosen = select(connection, filter)
    found = []
    for week in rows(connection, f"select * from weeks order by monday desc limit {MAX_WEEKS}"):
        end = f"{date.fromisoformat(week['monday']) + timedelta(days=7)}T00:00:00Z"
        bounds = {"from": first_since(connection, end), "until": first_since(connection, f"{week['monday']}T00:00:00Z")}
        listed = chosen.entries("l.entry >= :from and l.entry < :until")
        number = connection.execute(f"select count(*) from ({listed})", {**chosen.params, **bounds}).fetchone()[0]
        unread = tuple(json.loads(week["unread"]))
        known = {name: week[name] for name in ("monday", "asked", "read")}
        found.append(Week(**known, ended=end, unread=unread, entries=int(number)))
    return found
