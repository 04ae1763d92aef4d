"""Passages to be checked: what they cite changed after their words were read."""

from __future__ import annotations

import json
from collections.abc import Sequence

from crawler.public.database import Connection, Row, row, rows

_STALE = """select s.document, s.path, x.target, x.provision, x.since, x.state, s.number, s.heading, d.title, d.url,
  t.title as target_title, c.kind, c.verb, c.path as changed, c.words, c.seen, c.entry, n.number as changed_number,
  n.heading as changed_heading from stale x join sections s on s.n = x.section join documents d on d.id = s.document
  join documents t on t.id = x.target join changes c on c.id = x.change
  left join sections n on n.n = coalesce(c.after_section, c.before_section)"""


def waiting(connection: Connection, most: int) -> list[Row]:
    """Return the passages to be checked with what changed, those whose cited text changed last first."""
    order = "x.since desc, s.document, x.section, x.target, x.provision"
    return rows(connection, f"{_STALE} order by {order} limit ?", [most])


def number(connection: Connection) -> int:
    """Return how many passages are to be checked; one that cites several texts that changed counts for each."""
    found = row(connection, "select count(*) as number from stale")
    return int(found["number"]) if found else 0


def of_sections(connection: Connection, sections: Sequence[Row]) -> dict[str, list[Row]]:
    """Return what is to be checked in some sections of one document, by their paths."""
    shown = [section["n"] for section in sections]
    found: dict[str, list[Row]] = {}
    where = "where x.section in (select value from json_each(?)) order by x.section, x.since"
    for line in rows(connection, f"{_STALE} {where}", [json.dumps(shown)]):
        found.setdefault(line["path"], []).append(line)
    return found
