"""Questions that a plain Datasette answers by name; with the columns that datasette-atom makes a feed of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_ATOM = """'tag:' || (select value from about where key = 'authority') || ',2026:entry/' || e.id as atom_id,
  e.title as atom_title, e.updated as atom_updated, e.summary as atom_content, e.url as atom_link"""

QUERIES: Mapping[str, Mapping[str, Any]] = {
    "latest": {
        "title": "Latest entries",
        "sql": f"select {_ATOM}, e.kind, e.document_kind, e.jurisdiction, e.announced from entries e"
        " where e.is_default = 1 order by e.rank limit 50",
    },
    "by_facet": {
        "title": "Latest entries of one value of a facet",
        "description": "facet: topic, role, aimed_at, exploitation, toolkit, jurisdiction, kind, publisher, source …",
        "sql": f"select {_ATOM} from entry_lists l join entries e on e.n = l.entry"
        " where l.facet = :facet and l.value = :value order by l.entry limit 50",
    },
    "search": {
        "title": "Documents with words in their title, names or summary",
        "sql": "select d.id, d.title, d.kind, d.jurisdiction, d.published, d.url from documents_fts f"
        " join documents d on d.n = f.rowid where documents_fts match :words order by f.rank limit 50",
    },
    "law_on_a_day": {
        "title": "Sections of a document as they were on a day",
        "description": "document: an id, such as ukpga/2015/30; day: 2026-03-01",
        "sql": "select s.path, s.number, s.heading, s.text, w.label, w.valid_from, w.captured from versions w"
        " join json_each(w.sections) j join sections s on s.n = j.value where w.id = (select x.id from versions x"
        " where x.document = :document and coalesce(x.valid_from, substr(x.captured, 1, 10)) <= :day"
        " order by coalesce(x.valid_from, x.captured) desc, x.captured desc limit 1) order by j.key limit 500",
    },
    "coming_into_force": {
        "title": "What comes into force after a day",
        "sql": "select t.date, t.event, t.provision, t.qualification, d.id, d.title from dates t"
        " join documents d on d.id = t.document where t.event = 'in force' and t.date > :day order by t.date limit 200",
    },
    "editions_due": {
        "title": "Series whose next edition is expected",
        "sql": "select s.name, s.state, s.newest_date, s.expected_from, s.expected_until from series s"
        " where s.expected_from is not null order by s.expected_from limit 200",
    },
}  # fmt: skip
