"""Which documents of a list are held, and by body, how much its sources list and how much is held."""

import json
from collections.abc import Collection, Iterable

from crawler.public.database import Connection, Row, rows
from crawler.text import slug

MAX_SEEN = 60
"""Documents of a source from which it is told how long after publication they are seen."""
NEWEST = 200
"""Documents of a source among which these are looked for."""

_NAMED = """select j.value as name, d.id as document from json_each(:names) j join documents d on d.id = j.value
  union all select j.value, d.id from json_each(:names) j join documents d on d.url = j.value
  union all select j.value, a.document from json_each(:names) j join aliases a on a.alias = j.value"""
_EFFECTS = """select distinct affected, affecting, nature, head from effects
  where affected in (select value from json_each(:names)) or affecting in (select value from json_each(:names))"""
_TITLED = """select d.id, d.title, d.author, coalesce(p.id, '') as publisher, coalesce(p.name, '') as publisher_name
  from documents d left join publishers p on p.id = d.publisher order by d.n"""
_BODIES = """select p.id, l.listed, l.complete, l.since,
    (select count(*) from documents d where d.publisher = p.id) as held
  from publishers p left join (
    select s.publisher, sum(coalesce(c.listed, c.read, s.last_entries)) as listed,
      sum(c.state = 'complete' and s.enabled) as complete,
      nullif(max(iif(c.state = 'complete', c.since, '')), '') as since
    from sources s left join completeness c on c.source = s.id and c.counted is not null group by s.publisher) l
  on l.publisher = p.id"""


_SEEN = f"""select d.published, d.first_seen from (
    select document, dated from document_sources where source = ? and dated <> '' order by dated desc limit {NEWEST}) x
  join documents d on d.id = x.document where d.silent = '' and d.published is not null
  order by x.dated desc limit {MAX_SEEN}"""


def delays(connection: Connection, source: str) -> list[tuple[str, str]]:
    """Return when the newest documents of a source were published, and when we first saw them: ISO dates or times.

    Those that were there already when we began to read the source are left out.
    """
    return [(row["published"], row["first_seen"]) for row in rows(connection, _SEEN, [source])]


def named(connection: Connection, names: Iterable[str]) -> dict[str, str]:
    """Return the documents that have one of these names as id, address or alias: their ids, by name."""
    return {row["name"]: row["document"] for row in rows(connection, _NAMED, {"names": json.dumps(list(names))})}


def effects(connection: Connection, names: Iterable[str]) -> list[Row]:
    """Return the effects that name one of these instruments, whether it is held or not: ids, nature and head."""
    return rows(connection, _EFFECTS, {"names": json.dumps(list(names))})


def titled(connection: Connection, slugs: Collection[str]) -> list[Row]:
    """Return the documents whose title has one of these slugs: ``id``, ``title``, and three names of who published it.

    These are ``author`` (in words of the page), ``publisher`` (an id) and ``publisher_name``.
    """
    found = connection.execute(_TITLED) if slugs else ()
    return [dict(row) for row in found if slug(row["title"]) in slugs]


def bodies(connection: Connection) -> dict[str, Row]:
    """Return by publisher how many documents are ``held``, and how many its sources ``listed`` when last read whole.

    ``listed`` is None where none was; a document that two sources list counts for both. ``complete`` is how many of
    its lists were read to their end, with proof, and ``since`` the year from which all of these are complete.
    """
    return {row["id"]: row for row in rows(connection, _BODIES)}
