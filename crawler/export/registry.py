"""What is read and how its reading stands, and what people keep by hand, as readers may see it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from sqlite3 import Connection, Row
from typing import Any
from urllib.parse import urlsplit

from crawler.export.cells import json_text
from crawler.public.standing import MEANING
from crawler.store.visibility import KINDS
from crawler.text import moment, stamp
from crawler.wording import reach

MAX_ISSUES_NAMED = 5
"""Most issues of one kind at one source that its page names; all are in the table of issues."""

MENDED_FOR = timedelta(days=60)
"""For how long an issue that was found mended is kept here."""

MAX_CRAWLS = 60

_TABLES = f"""
insert into crawls select id, clock, started, ended, state, live, sample from p.crawls
  order by clock desc limit {MAX_CRAWLS};
insert into publishers select x.id, x.name, x.jurisdiction, x.licence, x.licence_url, x.attribution, x.copy,
  (select count(*) from p.sources s where s.publisher = x.id) from p.publishers x order by x.id;
insert into collections select id, name, about, position from p.collections order by id;
insert into collection_members select collection, kind, member, position from p.collection_members
  where kind = 'source' or member not in (select name from removed_names) order by 1, 2, 3;
insert into collection_instruments select collection, position, function, title, document, provisions, path, url, holds,
  note, reviewed from p.collection_instruments where document not in (select name from removed_names) order by 1, 2;
insert into judgments select citation, court, date, url, provisions, note, reviewed, position from p.judgments
  order by citation;
insert into unlisted select v.document, u.source, max(u.seen), iif(v.private, '', coalesce((select
    trim(replace((c.before ->> 'part') || ' > ' || (c.before ->> 'heading') || ' > ' || (c.before ->> 'block'),
      ' >  > ', ' > '), ' >')
    from p.list_changes c where c.source = u.source and c.before ->> 'document' = u.document
    order by c.seen desc, c.position limit 1), ''))
  from p.unlisted u left join p.aliases a on a.alias = u.document
    join visible v on v.document = coalesce(a.document, u.document) group by 1, 2 order by 1, 2;
insert into by_hand
  with titled as materialized (select d.id, slug(d.title) as title, x.name, d.author from documents d
      left join publishers x on x.id = d.publisher where slug(d.title) in (select slug(title) from p.by_hand)),
    numbered as materialized (select b.id, x.document from p.by_hand b, json_each(numbers(b.identifier)) j
      join p.document_identifiers x on x.kind = j.value ->> 0 and x.value = j.value ->> 1 and x.strong
      join visible v on v.document = x.document)
  select row_number() over (order by b.position), b.id, b.title, b.publisher, b.kind, b.date, b.identifier, b.url,
    b.reason, b.copies, b.note, b.checked, b.reviewed,
    coalesce((select d.id from documents d where d.url in (b.url, b.address) order by d.n limit 1),
      (select a.document from aliases a where a.alias in (b.address, 'url:' || b.address) order by 1 limit 1),
      (select d.id from documents d where d.id = 'url:' || b.address),
      (select min(n.document) from numbered n where n.id = b.id),
      (select min(t.id) from titled t where t.title = slug(b.title) and b.publisher in (t.name, t.author)))
  from p.by_hand b where b.url not in (select address from removed_addresses)
    and b.address not in (select address from removed_addresses) order by b.position;
insert into by_hand_fts(by_hand_fts) values ('rebuild');
insert into series_editions select e.series, e.document, e.date, e.stated,
    (select document from visible where document = e.follows)
  from p.series_editions e join visible v on v.document = e.document order by 1, 2;
insert into series select s.id, s.name, s.publisher, s.kind, s.sources, s.title, s.every, s.late, s.note, s.position,
    s.state, s.since, s.checked, (select document from visible where document = s.newest), s.newest_date,
    s.expected_from, s.expected_until, (select count(*) from series_editions e where e.series = s.id)
  from p.series s order by s.id
"""

_WEEKS = """insert into weeks
  with asked as (select r.source, date(c.clock, 'weekday 0', '-6 days') as monday, max(r.outcome = 'healthy') as is_read
    from p.runs r join p.crawls c on c.id = r.crawl where c.state = 'ended' and r.outcome <> 'not recorded'
    group by 1, 2)
  select a.monday, count(*), sum(a.is_read), (select json_group_array(name) from (
      select s.name from asked o join p.sources s on s.id = o.source
      where o.monday = a.monday and not o.is_read order by s.position, s.id))
  from asked a where date(a.monday, '7 days') <= substr(?, 1, 10) group by 1 order by 1"""

_OF_OUR_OWN = (
    "zero", "drop", "many", "age", "gap", "none read", "ended", "challenge", "soft404", "shrunk", "unreachable",
    "robots", "status", "cut", "empty", "error", "limit", "config", "slow", "late", "no edition", "loss", "redacted",
    "redirect", "redirected", "two texts",
)  # fmt: skip
"""Kinds of issues whose words are ours: those of others repeat words of the page, which may name people."""

WITHHELD = "what it says is not shown here, as it may name people"
"""The detail of an issue instead of such words."""

_OF_PEOPLE = f"""i.kind not in {_OF_OUR_OWN} and (s.kind in ({KINDS})
      or exists (select 1 from names n where n.name in (i.subject, 'url:' || i.subject)))"""
_NAMES_REMOVED = """(instr(i.detail, ':') or instr(i.detail, '/'))
      and exists (select 1 from removed_names n where instr(i.detail, n.name))"""

_ISSUES = f"""insert into issues select i.id, i.source, i.kind, i.severity, i.subject,
    case when {_OF_PEOPLE} or {_NAMES_REMOVED} then '{WITHHELD}' else cell(i.detail) end,
    i.since, i.last_seen, i.resolved
  from p.issues i left join p.sources s on s.id = i.source
  where (i.resolved is null or i.resolved >= ?) and i.subject not in (select address from removed_addresses)
    and i.subject not in (select name from removed_names) order by i.id"""

_OPEN = """select id, source, kind, severity, subject, detail, since, last_seen from issues
  where resolved is null and source is not null order by severity <> 'alarm', since desc, id"""

_SOURCES = """select s.id, s.name, s.publisher, x.name as publisher_name, s.kind, s.protocol, s.url, s.jurisdiction,
    s.schedule, s.evidence, s.enabled, s.reason, s.keep, s.expect, s.last_walk, s.last_success,
    coalesce((select r.documents from p.runs r where r.source = s.id and r.walk = 'complete'
      order by r.crawl desc limit 1), s.last_entries) as last_entries,
    (select outcome from p.runs r where r.source = s.id order by r.crawl desc limit 1) as outcome,
    (select count(*) from document_sources d where d.source = s.id) as documents,
    (select count(*) from entries e where e.source = s.id and e.announced is not null) as entries
  from p.sources s join p.publishers x on x.id = s.publisher order by s.position, s.id"""


_FIRST = """select d.url from document_sources x join documents d on d.id = x.document where x.source = ?
  order by d.n limit 1"""

_COMPLETENESS = """select source, state, since, listed, read, held, reason, counted from p.completeness
  order by source"""


def fill(connection: Connection, clock: str) -> None:
    """Fill the tables of the registry, of health, and of what is kept by hand, as of the clock of the newest crawl."""
    for statement in _TABLES.split(";\n"):
        connection.execute(statement)
    since = stamp(moment(clock) - MENDED_FOR) if clock else ""
    connection.execute(_ISSUES, [since])
    connection.execute(_WEEKS, [clock])
    _sources(connection)
    cursor = connection.cursor()
    cursor.row_factory = Row
    for row in cursor.execute(_COMPLETENESS).fetchall():
        values = [*tuple(row), reach(dict(row))]
        connection.execute(f"insert into completeness values ({', '.join('?' * len(values))})", values)


def _sources(connection: Connection) -> None:
    cursor = connection.cursor()
    cursor.row_factory = Row
    issues: dict[str, list[dict[str, Any]]] = {}
    for issue in cursor.execute(_OPEN):
        issues.setdefault(issue["source"], []).append(dict(issue))
    for n, row in enumerate(cursor.execute(_SOURCES).fetchall(), 1):
        faults = _faults(issues.get(row["id"], ()))
        values = dict(row)
        counted = [values.pop(name) for name in ("documents", "entries")]
        if "{number}" in values["url"]:
            values["url"] = readable(connection, row["id"], row["url"])
        line = [n, *values.values(), _trouble(row, faults), json_text(faults), *counted]
        connection.execute(f"insert into sources values ({', '.join('?' * len(line))})", line)


def readable(connection: Connection, source: str, pattern: str) -> str:
    """Return a page for the readers of a source whose documents are asked by number: the first, or that of the site."""
    first = connection.execute(_FIRST, [source]).fetchone()
    parts = urlsplit(pattern)
    return str(first[0]) if first else f"{parts.scheme}://{parts.netloc}/"


def _faults(issues: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return open issues of a source by severity and kind, alarms first, with what each means for a reader."""
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for issue in issues:
        key = issue["severity"], issue["kind"] if issue["kind"] in MEANING else issue["id"]
        groups.setdefault(key, []).append(issue)
    return [
        {
            "severity": severity,
            "kind": group[0]["kind"],
            "since": min(issue["since"] for issue in group),
            "words": MEANING.get(group[0]["kind"]) or group[0]["detail"],
            "number": len(group),
            "named": group[:MAX_ISSUES_NAMED] if group[0]["kind"] in MEANING else [],
            "more": max(len(group) - MAX_ISSUES_NAMED, 0),
        }
        for (severity, _), group in groups.items()
    ]


def _trouble(source: Row, faults: Sequence[Mapping[str, Any]]) -> str:
    if not source["enabled"]:
        return "off"
    if any(fault["severity"] == "alarm" for fault in faults):
        return "alarm"
    if source["outcome"] in ("unhealthy", "failed", "unfinished"):
        return "alarm"
    return "" if source["last_success"] else "never"
