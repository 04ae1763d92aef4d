"""Which documents of a list are held, and by body, how much its sources list and how much is held."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from crawler.public.database import Connection, Row, rows
from crawler.text import slug

_NAMED = """select j.value as name, d.id as document from json_each(:names) j join documents d on d.id = j.value
  union all select j.value, d.id from json_each(:names) j join documents d on d.url = j.value
  union all select j.value, a.document from json_each(:names) j join aliases a on a.alias = j.value"""
_TITLED = """select d.id, d.title, d.author, coalesce(p.id, '') as publisher, coalesce(p.name, '') as publisher_name
  from documents d left join publishers p on p.id = d.publisher order by d.n"""
_BODIES = """select p.id, (select sum(s.last_entries) from sources s where s.publisher = p.id) as listed,
    (select count(*) from documents d where d.publisher = p.id) as held from publishers p"""


def named(connection: Connection, names: Iterable[str]) -> dict[str, str]:
    """Return the documents that have one of these names as id, address or alias: their ids, by name."""
    return {row["name"]: row["document"] for row in rows(connection, _NAMED, {"names": json.dumps(list(names))})}


def titled(connection: Connection, slugs: Collection[str]) -> list[Row]:
    """Return the documents whose title has one of these slugs: ``id``, ``title``, and three names of who published it.

    These are ``author`` (in words of the page), ``publisher`` (an id) and ``publisher_name``.
    """
    found = connection.execute(_TITLED) if slugs else ()
    return [dict(row) for row in found if slug(row["title"]) in slugs]


def bodies(connection: Connection) -> dict[str, Row]:
    """Return by publisher how many documents are ``held``, and how many its sources ``listed`` when last read whole.

    ``listed`` is None where none was; a document that two sources list counts for both.
    """
    return {row["id"]: row for row in rows(connection, _BODIES)}
