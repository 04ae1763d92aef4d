"""Entries as readers get them: those of a filter, one of them, what stands around it, and the documents of several."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from crawler.changes.strength import DutyChange
from crawler.feeds import SUBSCRIPTION, Entry, EntryChange, Filter
from crawler.feeds.digest import Period
from crawler.feeds.entry import OF_SEVERAL, Copy, Listed
from crawler.feeds.facets import SHARED
from crawler.feeds.weight import ENDED
from crawler.model import Word
from crawler.public.changes import told_by
from crawler.public.database import Connection, Row, row, rows
from crawler.public.filters import first_since
from crawler.public.selection import Selection, identities, select
from crawler.text import moment, stamp

MAX_SORTED_ENTRIES = 500
"""Entries of a filter up to which all are read and sorted; of more, only those that can be among the newest."""

MAX_LATER = 20
"""Most later entries about the same document."""

COMPARED = 2
"""Value of ``part`` of a capture: what an entry tells was compared with what was read there."""


def announced(
    connection: Connection, filter: Filter, *, limit: int, skip: int = 0, period: Period | None = None
) -> tuple[Entry, ...]:
    """Return announced entries of a filter, the newest first, as pages that go by days show them."""
    chosen, bounds, more = select(connection, filter), {"limit": limit, "skip": skip}, "1"
    if period:  # both ends are seconds: what was announced in one is before the next
        after, end = (stamp(moment(each) + timedelta(seconds=1)) for each in (period.since, period.until))
        bounds |= {"from": first_since(connection, end), "end": first_since(connection, after)}
        more = "l.entry >= :from and l.entry < :end"
    wanted = f"{chosen.entries(more)} limit :limit offset :skip"
    found = rows(
        connection,
        f"select e.* from entries e where e.n in ({wanted}) order by e.n",
        {**chosen.params, **bounds},
    )
    return tuple(read(one) for one in found)


def newest(connection: Connection, filter: Filter, *, limit: int = SUBSCRIPTION) -> tuple[Entry, ...]:
    """Return the entries of a filter that were announced or revised last, in the order of feeds.

    Of more than MAX_SORTED_ENTRIES, they are among the newest by announcement and the newest of those that were
    revised: whatever was announced after an entry that was not revised comes before it in feeds, too.
    """
    chosen = select(connection, filter)
    found = rows(
        connection,
        f"select e.* from entries e where e.n in ({newest_sql(chosen)}) order by e.rank limit :limit",
        {**chosen.params, "limit": limit},
    )
    return with_documents(connection, [read(one) for one in found], filter)


def newest_sql(chosen: Selection) -> str:
    """Return SQL for the ``entry`` of all entries that can be among the ``:limit`` announced or revised last."""
    wanted = chosen.entries()
    if chosen.size <= MAX_SORTED_ENTRIES:
        return wanted
    revised = (
        "select e.n from entries e indexed by entries_revised where e.announced is not null"
        f" and e.updated > e.announced and {chosen.tests} order by e.rank limit :limit"
    )
    return f"select entry from ({wanted} limit :limit) union select n from ({revised})"


def entry(connection: Connection, id: str) -> Entry | None:
    """Return the entry with an id, announced or not, None where there is none."""
    found = row(connection, "select * from entries where id = ?", [id])
    return None if found is None else with_documents(connection, [read(found)])[0]


def read(row: Mapping[str, Any]) -> Entry:
    """Return the entry of a row of ``entries``.

    Raises:
        KeyError: a column is missing.
        ValueError: a column that holds JSON does not.
    """
    columns: dict[str, Any] = {
        **{name: row[name] or "" for name in _WORDS},
        **{name: bool(row[name]) for name in ("confirmed", "private")},
        **{name: tuple(json.loads(row[name])) for name in _LISTS},
    }
    return Entry(
        told=tuple(_told(json.loads(row["details"]))),
        facets={facet: tuple(values) for facet, values in sorted(json.loads(row["labels"]).items())},
        copies=tuple(Copy(**copy) for copy in json.loads(row["copies"])),
        **columns,
    )


_LISTS = ("topics", "why", "aimed_at", "look_for", "flags", "sure")
_WORDS = (
    "id", "kind", "title", "verb", "summary", "url", "jurisdiction", "document", "document_kind", "document_title",
    "status", "publisher", "publisher_name", "source", "source_name", "published", "updated_by_publisher", "occurred",
    "day", "in_force", "note", "significance", "late", "seen", "announced", "updated", "state", "capture_time",
    "capture_digest", "removed",
)  # fmt: skip


def _told(details: Iterable[Mapping[str, Any]]) -> Iterable[EntryChange]:
    for difference in details:
        words = tuple(Word(op=op, text=text) for op, text in difference["words"])
        said = {name: difference[name] for name in ("kind", "document", "path", "heading")}
        # Entries that were announced before laws had verbs stay as they were sent.
        duty = tuple(DutyChange(**one) for one in difference["duty"])
        yield EntryChange(words=words, verb=difference.get("verb", ""), duty=duty, **said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What stands around an entry, all of it as of one export.

    ``document`` has status, summary and ``has_copy`` of its document, and licence and attribution of its publisher;
    ``version`` has label and ``valid_from`` of the version that it tells of, None where there is none; ``documents``
    has by their ids those that its differences are of; ``captures`` are in the order of their weight.
    """

    entry: Entry
    document: Row
    version: Row | None
    documents: dict[str, Row]
    changes: list[Row]
    later: list[Row]
    captures: list[Row]


def surroundings(connection: Connection, id: str) -> Surroundings | None:
    """Return an entry with what stands around it, None where there is no such entry."""
    shown = entry(connection, id)
    if shown is None:
        return None
    return Surroundings(
        entry=shown,
        document=row(connection, _DOCUMENT, [id]) or {},
        version=row(connection, _VERSION, [id]),
        documents=_documents(connection, [told.document for told in shown.told]),
        changes=told_by(connection, id),
        later=later(connection, id),
        captures=captures(connection, id),
    )


_DOCUMENT = """select coalesce(d.status, '') as status, coalesce(d.summary, '') as summary,
  d.current is not null and d.has_copy as has_copy,
  coalesce(p.licence, '') as licence, coalesce(p.licence_url, '') as licence_url,
  coalesce(p.attribution, '') as attribution
  from entries e left join documents d on d.id = e.document left join sources s on s.id = e.source
  left join publishers p on p.id = coalesce(e.publisher, s.publisher) where e.id = ?"""

_VERSION = """select v.label, v.valid_from from entries e join versions v on v.document = e.document where e.id = ?
  and (v.id in (select version from changes where entry = e.id)
    or v.capture in (select c.n from entry_captures x join captures c on c.n = x.capture
      where x.entry = e.n and x.part = 1 and c.time = e.capture_time and c.digest = e.capture_digest))
  order by coalesce(v.valid_from, v.captured) desc, v.captured desc, v.label desc, v.id limit 1"""


def later(connection: Connection, id: str) -> list[Row]:
    """Return id, title, seen and state of the announced entries about the same document that came after one."""
    return rows(
        connection,
        "select l.id, l.title, l.seen, l.state from entries e join entries l on l.document = e.document"
        " where e.id = ? and l.announced is not null and (l.seen > e.seen or (l.seen = e.seen and l.id > e.id))"
        f" order by l.seen, l.id limit {MAX_LATER}",
        [id],
    )


def captures(connection: Connection, id: str) -> list[Row]:
    """Return the captures behind an entry, that of its main change first: with ``title`` and ``part``."""
    return rows(
        connection,
        "select c.*, x.title, x.part from entries e join entry_captures x on x.entry = e.n"
        " join captures c on c.n = x.capture where e.id = ? order by x.position",
        [id],
    )


def _documents(connection: Connection, ids: Iterable[str]) -> dict[str, Row]:
    """Return title, url, language and ``is_shown`` (whether our copy may be read) of documents by their ids."""
    found = rows(
        connection,
        "select d.id, d.url, d.title, d.current is not null and d.has_copy as is_shown, coalesce(v.language, '') as"
        " language from documents d left join versions v on v.id = d.current"
        " where d.id in (select value from json_each(?)) and not d.private",
        [json.dumps(sorted(set(ids)))],
    )
    return {one["id"]: one for one in found}


_COLUMNS = ("jurisdiction", "kind", "publisher")

_DOCUMENTS = """select distinct e.id as entry, d.n, d.id as document, d.title, d.url, d.kind, d.publisher,
    d.jurisdiction, coalesce(d.published, d.updated, '') as date, d.availability,
    case when substr(d.updated, 1, 10) > substr(d.published, 1, 10) then d.updated else '' end as updated,
    case when lower(d.status) in (select value from json_each(?)) then lower(d.status) else '' end as ended,
    (select json_group_array(json_array(l.facet, l.value)) from document_labels l where l.document = d.n) as labels,
    (select json_group_array(s.source) from document_sources s where s.document = d.id) as sources
  from json_each(?) j join entries e on e.id = j.value join entry_sections x on x.entry = e.n and x.path = ''
    left join aliases a on a.document <> x.document and a.alias = x.document
    join documents d on d.id = coalesce(a.document, x.document)
  order by date desc, d.title, d.id"""


def with_documents(connection: Connection, entries: Sequence[Entry], filter: Filter | None = None) -> tuple[Entry, ...]:
    """Return entries, those that tell of several documents with these.

    Where no document has all labels of a filter, as each of them is that of another one, all are wanted.
    """
    of_several = [entry.id for entry in entries if entry.kind in OF_SEVERAL]
    if not of_several:
        return tuple(entries)
    chosen = filter or Filter()
    named = frozenset(identities(connection, *chosen.values("document")))
    listed: dict[str, list[Listed]] = defaultdict(list)
    for found in rows(connection, _DOCUMENTS, [json.dumps(ENDED), json.dumps(of_several)]):
        one = Listed(**{name: found[name] for name in _NAMES}, is_wanted=_is_wanted(found, chosen, named))
        listed[found["entry"]].append(one)
    return tuple(replace(entry, documents=_sorted(listed.get(entry.id, ()))) for entry in entries)


_NAMES = ("document", "title", "url", "kind", "date", "availability", "updated", "ended")


def _sorted(listed: Sequence[Listed]) -> tuple[Listed, ...]:
    if not any(one.is_wanted for one in listed):
        return tuple(replace(one, is_wanted=True) for one in listed)
    return tuple(sorted(listed, key=lambda one: not one.is_wanted))


def _is_wanted(row: Row, filter: Filter, named: frozenset[str]) -> bool:
    """Whether a document has a value of each facet that a filter narrows documents by."""
    values = {(facet, row[facet]) for facet in _COLUMNS} | {("source", name) for name in json.loads(row["sources"])}
    values |= {(facet, value) for facet, value in json.loads(row["labels"])}
    facets = {facet for facet, _ in filter.pairs if facet in (*SHARED, *_COLUMNS, "source")}
    return (not named or row["document"] in named) and all(
        any((facet, value) in values for value in filter.values(facet)) for facet in facets
    )
