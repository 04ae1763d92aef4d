"""What a document cites and what cites it, by provision."""

from __future__ import annotations

from sqlite3 import Connection

from crawler.public.database import Row, rows

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
