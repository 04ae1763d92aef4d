"""One document: its facts, its names, why it is here, what it cites, and what it has to do with others."""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from crawler.public.database import Connection, Row, row, rows

MAX_ROWS = 200
"""Most rows of each list of a document: attachments, dates, relations."""

MAX_ALIASES = 100
MAX_COPIES = 50

_DOCUMENT = """select d.*, p.name as publisher_name, p.licence, p.attribution, s.name as source_name
  from documents d join sources s on s.id = d.source left join publishers p on p.id = coalesce(d.publisher, s.publisher)
  where d.id = ?"""

_ORIGINS = """select d.id, d.url, d.checked, v.captured, c.digest, p.name as publisher_name, p.licence, p.licence_url,
  p.attribution from documents d join sources s on s.id = d.source
  left join publishers p on p.id = coalesce(d.publisher, s.publisher)
  left join versions v on v.id = coalesce(nullif(:version, ''), d.current) and v.document = d.id
  left join captures c on c.n = v.capture
  where d.id in (select value from json_each(:ids))"""

_LISTS = {
    "children": """select id, title, kind, availability, published, changed from documents where parent = :id
      order by published desc, title limit :most""",
    "listed": """select s.id, s.name, x.first_seen, x.last_seen from document_sources x
      join sources s on s.id = x.source where x.document = :id order by s.n""",
    "dates": """select event, provision, date, qualification from dates
      where document = :id and event not like 'wording %' order by date desc, event limit :most""",
    "history": """select date, note, seen, seen <= (select min(captured) from versions where document = :id) as before
      from document_history where document = :id order by date desc, number desc limit :most""",
    "unlisted": """select u.source, s.name, u.seen, u.place from unlisted u join sources s on s.id = u.source
      where u.document = :id order by u.seen desc, u.source""",
    "relations": """select r.relation, r.target, d.id as known, d.title from relations r
      left join documents d on d.n = r.target_n where r.document = :id order by r.relation, r.target limit :most""",
    "topics": """select t.id, t.label, r.band from reasons r join topics t on t.id = r.value
      where r.document = :n and r.facet = 'topic' and r.band <> 'out' order by r.score desc, t.id""",
}
_ALIASES = "select alias from aliases where document = :id order by alias limit :most"
_COPIES = """select c.document as id, c.relation, c.found_by, c.detail, d.title, d.url, p.name as publisher_name
  from duplicates c join documents d on d.id = c.document left join publishers p on p.id = d.publisher
  where c.original = :id union all
  select c.original, 'original', c.found_by, c.detail, d.title, d.url, p.name
  from duplicates c join documents d on d.id = c.original left join publishers p on p.id = d.publisher
  where c.document = :id order by 2, 1 limit :most"""
_LABELS = """select facet, value from document_labels where document = ? and facet not in ('jurisdiction', 'topic')
  order by facet, value"""


def document(connection: Connection, id: str) -> Row | None:
    """Return a document with names of its publisher and source and the licence, None where there is none of this id."""
    return row(connection, _DOCUMENT, [id])


def origins(connection: Connection, ids: Iterable[str], *, version: str = "") -> list[Row]:
    """Return where documents stand officially, and as what the version shown, or one of an id, was read.

    A row has id, url, checked, captured, digest, publisher_name, licence, licence_url and attribution.
    """
    return rows(connection, _ORIGINS, {"ids": json.dumps(list(ids)), "version": version})


def renamed(connection: Connection, alias: str) -> str | None:
    """Return the id of the document that has another name, None where no document has it."""
    known = row(connection, "select document from aliases where alias = ?", [alias])
    return None if known is None else str(known["document"])


def removal(connection: Connection, id: str) -> Row | None:
    """Return ``kind`` and day (``removed``) of a document that its publisher took down, by any id that it had."""
    return row(connection, "select kind, removed from removed where digest = ?", [sha256(id.encode()).hexdigest()])


def surroundings(connection: Connection, document: Row) -> dict[str, Any]:
    """Return what is known around a document, by name: ``parent``, ``reasons``, ``labels``, and lists.

    The lists are ``children, listed, unlisted, aliases, dates, history, relations, topics, copies``; the notes of
    ``history`` with ``before`` are the publisher's account of what was before our first version.
    """
    keys = {"id": document["id"], "n": document["n"], "most": MAX_ROWS}
    lists = {name: rows(connection, sql, keys) for name, sql in _LISTS.items()}
    parent = row(connection, "select id, title from documents where id = ?", [document["parent"]])
    labels: dict[str, list[str]] = {}
    for label in rows(connection, _LABELS, [document["n"]]):
        labels.setdefault(label["facet"], []).append(label["value"])
    return {
        **lists,
        "parent": parent,
        "reasons": reasons(connection, document["n"]),
        "labels": labels,
        "aliases": rows(connection, _ALIASES, {**keys, "most": MAX_ALIASES}),
        "copies": rows(connection, _COPIES, {**keys, "most": MAX_COPIES}),
    }


def reasons(connection: Connection, n: int) -> list[dict[str, object]]:
    """Return what counted for or against a document: place, start, end, words, weight, rule."""
    sql = "select why from reasons where document = ? and facet = 'relevance'"
    why = row(connection, sql, [n])
    listed: list[dict[str, object]] = json.loads(why["why"]) if why else []
    return listed


MAX_CITES = 400
MAX_CITED_BY = 400
"""Rows that a page shows; how many there are in all is counted."""

_CITES = f"""select c.cited, c.provision, c.target, coalesce(d.title, '') as title, s.path, count(*) over () as total
  from sections s join citations c on c.section = s.n left join documents d on d.id = c.target
  where s.document = ? and s.is_current = 1 order by c.cited, c.provision, s.n limit {MAX_CITES}"""

_CITED_BY = f"""select c.provision, s.document, d.title, s.path, count(*) over () as total
  from citations c join sections s on s.n = c.section join documents d on d.id = s.document
  where c.target = ? and s.is_current = 1 order by c.provision, d.n, s.n limit {MAX_CITED_BY}"""

_CITING = """select count(distinct s.document) as documents from citations c join sections s on s.n = c.section
  where c.target = ? and s.is_current = 1"""


def cites(connection: Connection, document: str) -> list[Row]:
    """Return what a document cites, with the path of the section that does; ``total`` is the number of all."""
    return rows(connection, _CITES, [document])


def cited_by(connection: Connection, document: str) -> list[Row]:
    """Return what cites a document, by its provisions; ``total`` is the number of all."""
    return rows(connection, _CITED_BY, [document])


def citing(connection: Connection, document: str) -> int:
    """Return how many documents cite a document."""
    return int(rows(connection, _CITING, [document])[0]["documents"])
