"""The documents of entries that tell of several: as they stand now, those that a filter selects first."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from crawler.feeds import Entry, Filter
from crawler.feeds.entry import OF_SEVERAL, Listed
from crawler.feeds.facets import SHARED
from crawler.feeds.weight import ENDED
from crawler.public.database import Connection, Row, rows
from crawler.public.selection import identities

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
    for row in rows(connection, _DOCUMENTS, [json.dumps(ENDED), json.dumps(of_several)]):
        one = Listed(**{name: row[name] for name in _NAMES}, is_wanted=_is_wanted(row, chosen, named))
        listed[row["entry"]].append(one)
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
