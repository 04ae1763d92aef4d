"""Corrigenda of an act of the EU: each holds from the beginning, so a text from before it reads as nobody meant it."""

from __future__ import annotations

import json
from sqlite3 import Connection

from crawler.identifiers.acts import called
from crawler.identifiers.affected_provisions import relation
from crawler.law import bare_path
from crawler.law.pieces import DAY, iso
from crawler.public.database import Row, rows

MAX_CORRIGENDA = 40

_OF = """with told as (
    select e.affecting as id, e.affecting_title as title, e.affected_paths as paths from effects e
      where e.affected = :document and e.dropped is null and e.affecting glob 'celex:*R([0-9][0-9])'
    union all select r.document, '', '[]' from relations r where r.relation = 'corrects'
      and (r.target = :document or r.target_n = (select n from documents where id = :document)))
  select t.id, coalesce(max(d.title), nullif(max(t.title), ''), '') as title, max(d.published) as published,
    max(d.id) is not null as known, json_group_array(json(t.paths)) as paths
  from told t left join documents d on d.id = t.id group by t.id order by t.id limit :most"""


def corrigenda(connection: Connection, document: str) -> list[Row]:
    """Return the corrigenda of an act: id, title, ``day`` of the Official Journal (empty where it is not told), paths.

    ``paths`` are the provisions that it is told to correct, none where that is not told; ``known``: it is held.
    """
    if not document.startswith("celex:3"):
        return []
    found = rows(connection, _OF, {"document": document, "most": MAX_CORRIGENDA})
    return [
        {
            **line,
            "title": line["title"] or called(line["id"]),
            "day": (line["published"] or "")[:10] or ((match := DAY.search(line["title"])) and iso(match)) or "",
            "paths": sorted({bare_path(path) for each in json.loads(line["paths"]) for path in each}),
        }
        for line in found
    ]


def since(connection: Connection, document: str, provision: str, day: str) -> list[Row]:
    """Return the corrigenda of a provision, or of a whole act, that were published after a day or are of no known day.

    One of which is not told what it corrects is among those of the whole act alone.
    """
    return [
        each
        for each in corrigenda(connection, document)
        if (not each["day"] or each["day"] > day)
        and (not provision or any(relation(provision, path) for path in each["paths"]))
    ]
