"""Passages to be checked: what they cite changed after their words were read."""

import json
from collections.abc import Sequence

from crawler import wording
from crawler.feeds import Filter
from crawler.feeds.digest import Period
from crawler.public import calendar
from crawler.public.database import Connection, Row, row, rows
from crawler.public.selection import select

MAX_OF_PERIOD = 60
"""Most passages that a digest lists."""

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


def of_entry(connection: Connection, entry: str) -> list[Row]:
    """Return the passages to be checked because of what an entry tells."""
    return rows(connection, f"{_STALE} where c.entry = ? order by d.title, x.section, x.provision", [entry])


def of_period(connection: Connection, filter: Filter, period: Period) -> list[Row]:
    """Return the newest passages whose cited text we saw change in a period.

    The entry that tells the change, or the document with the passage, is one of a filter.
    """
    chosen = select(connection, filter)
    is_of_changes = any(facet in calendar.NOT_OF_DATES for facet, _ in filter.pairs)
    of_document, params = ("0", {}) if is_of_changes else calendar.selected(connection, filter, "s.path")
    where = f"""where c.seen > :since and c.seen <= :until
      and ({of_document} or exists (
        select 1 from entries e where e.id = c.entry and e.announced is not null and {chosen.tests}))
      order by c.seen desc, d.title, x.section, x.provision limit {MAX_OF_PERIOD}"""
    times = {"since": period.since, "until": period.until}
    return rows(connection, f"{_STALE} {where}", {**chosen.params, **params, **times})


def became(line: Row) -> str:
    """Return what became of the text that a passage cites: where it changed, and how."""
    changed = wording.where(line["changed"], line["changed_heading"] or "", line["changed_number"] or "")
    return f"{changed or 'The page'}: {wording.changed(line['verb'] or line['kind']).lower()}"


def told(line: Row) -> str:
    """Return a passage and what became of the text that it cites, in one line."""
    where = wording.where(line["path"], line["heading"], line["number"])
    cites = wording.cited(line["provision"])
    what = f"{cites} of {line['target_title']}" if cites else line["target_title"]
    again = "; re-issued since, passage unchanged" if line["state"] != "changed" else ""
    passage = ", ".join(filter(None, (where, line["title"])))
    return f"{passage} cites {what}. {became(line)}, since {wording.day(line['since'])}{again}"


def of_sections(connection: Connection, sections: Sequence[Row]) -> dict[str, list[Row]]:
    """Return what is to be checked in some sections of one document, by their paths."""
    shown = [section["n"] for section in sections]
    found: dict[str, list[Row]] = {}
    where = "where x.section in (select value from json_each(?)) order by x.section, x.since"
    for line in rows(connection, f"{_STALE} {where}", [json.dumps(shown)]):
        found.setdefault(line["path"], []).append(line)
    return found
