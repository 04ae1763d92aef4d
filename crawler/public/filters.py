"""What filters can hold: the values that there are, their names, and how many entries they find."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.feeds import FACETS, Filter
from crawler.feeds.facets import LISTED
from crawler.identifiers.chapters import chapter
from crawler.public.database import Connection, Row, row, rows
from crawler.public.selection import identities, is_below_sql, present, select
from crawler.text import slug, stamp

MAX_HITS_COUNTED = 5_000
"""Entries of a mixed filter that are counted: one that has more is wide, and nobody asks how many exactly."""

MAX_PATH_CHARACTERS = 300
"""Characters of a path that are looked at for the provisions above it."""

_KNOWN = {"documents": "id", "aliases": "alias", "entry_sections": "document"}
"""Tables and columns that know ids of documents."""

Names = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterCounts:
    """How many entries a filter has: ever, in the last 30 and 7 days, and when the ``last`` was announced.

    ``more``: there are more than were counted.
    """

    ever: int
    more: bool
    month: int
    week: int
    last: str


def unknown(connection: Connection, filter: Filter) -> list[tuple[str, str]]:
    """Return the facets and values of a filter that nothing in the database has."""
    return [
        (facet, value)
        for facet, value in filter.pairs
        if value not in (FACETS[facet].values or ()) and not _is_known(connection, filter, facet, value)
    ]


def present_sections(connection: Connection, filter: Filter) -> Filter:
    """Return a filter with the present paths of sections of guidance that had theirs without chapter or annex before.

    A path stays where the document has it, and where not exactly one section has it behind its chapter.
    """
    found = {}
    for path in filter.values("section"):
        document = filter.values("document")[0]
        if not _has_section(connection, document, path):
            found["section", path] = "section", _behind_chapter(connection, document, path)
    return Filter(pairs=tuple(sorted(found.get(pair, pair) for pair in filter.pairs))) if found else filter


def _behind_chapter(connection: Connection, document: str, path: str) -> str:
    rows_of = connection.execute(
        "select distinct path from sections where document in (select value from json_each(?))"
        " and substr(path, -length(?) - 1) = '-' || ?",
        [json.dumps(identities(connection, document)), path, path],
    )
    named = [str(one) for (one,) in rows_of if chapter(one) and slug(chapter(one)) == one.removesuffix(f"-{path}")]
    return named[0] if len(named) == 1 else path


def _is_known(connection: Connection, filter: Filter, facet: str, value: str) -> bool:
    if facet == "section":
        return _has_section(connection, filter.values("document")[0], value)
    if facet == "document":
        sql = " union all ".join(f"select 1 from {table} where {column} = :value" for table, column in _KNOWN.items())
    else:
        sql = "select 1 from facet_values where facet = :facet and value = :value"
    return row(connection, f"{sql} limit 1", {"facet": facet, "value": value}) is not None


def _has_section(connection: Connection, document: str, path: str) -> bool:
    """Whether a document has a section, or did: what lies below a provision stands in its text, and in its parts."""
    same = "document in (select value from json_each(:documents))"
    steps = path[:MAX_PATH_CHARACTERS].split("-")
    params = {
        "documents": json.dumps(identities(connection, document)),
        "path": path,
        "above": json.dumps(["-".join(steps[:number]) for number in range(1, len(steps))]),
    }
    return any(
        row(connection, f"{sql} limit 1", params) is not None
        for sql in (
            f"select 1 from sections where {same} and {is_below_sql('path', ':path')}",
            f"select 1 from entry_sections where {same} and {is_below_sql('path', ':path')}",
            f"select 1 from section_parts where {same} and path = :path",
            f"select 1 from sections s, json_each(s.parts) j where s.{same}"
            " and s.path in (select value from json_each(:above)) and json_extract(j.value, '$[0]') = :path",
        )
    )


def sources(connection: Connection) -> list[tuple[str, str, str]]:
    """Return facet, value and name of every source and publisher."""
    found = connection.execute(
        "select facet, value, label from facet_values where facet in ('source', 'publisher') order by facet, value"
    )
    return [tuple(one) for one in found]


def counts(connection: Connection) -> list[Row]:
    """Return facet, value and number: how many entries each value has by itself."""
    return rows(connection, "select facet, value, number from counts where list = 'entries' and facet <> ''")


def announced_values(connection: Connection, *facets: str) -> list[tuple[str, str]]:
    """Return the facets with each value that an announced entry has, one after the other."""
    return [
        (facet, value[0])
        for facet in facets
        for value in connection.execute(
            "with recursive every(value) as (select min(value) from entry_lists where facet = :facet union all select"
            " (select min(l.value) from entry_lists l where l.facet = :facet and l.value > every.value) from every"
            " where every.value is not null) select value from every where value <> ''",
            {"facet": facet},
        )
    ]


def names(connection: Connection, filter: Filter) -> Names:
    """Return the names of the values that are ids: of sources, publishers and documents, also by ids they had."""
    found: Names = {}
    for facet, sql in (
        ("source", "select id, name from sources where id in (select value from json_each(?))"),
        ("publisher", "select id, name from publishers where id in (select value from json_each(?))"),
        ("document", "select id, title from documents where id in (select value from json_each(?))"),
        (
            "document",
            "select a.alias, d.title from aliases a join documents d on d.id = a.document"
            " where a.alias in (select value from json_each(?))",
        ),
    ):
        if wanted := filter.values(facet):
            found |= {(facet, id): name for id, name in connection.execute(sql, [json.dumps(wanted)])}
    return found


def section(connection: Connection, document: str, path: str) -> Row | None:
    """Return number and heading of a section of a document, the present one first, None where it has none."""
    return row(
        connection,
        "select number, heading from sections where document = ? and path = ? order by is_current desc, n desc limit 1",
        [present(connection, document), path],
    )


def hits(connection: Connection, filter: Filter, clock: datetime) -> FilterCounts:
    """Return how many entries a filter has, counted back from a time."""
    chosen = select(connection, filter)
    last = row(
        connection,
        f"select announced from entries where n = ({chosen.entries()} limit 1)",
        chosen.params,
    )
    ever = _ever(connection, filter)
    if ever is None:
        some = f"select count(*) from ({chosen.entries()} limit :limit)"
        ever = connection.execute(some, {**chosen.params, "limit": MAX_HITS_COUNTED + 1}).fetchone()[0]
    more = ever > MAX_HITS_COUNTED and len(filter.pairs) > 1
    month, week = (
        connection.execute(
            f"select count(*) from ({chosen.entries('l.entry < :before')})",
            {**chosen.params, "before": first_since(connection, stamp(clock - timedelta(days=days, seconds=-1)))},
        ).fetchone()[0]
        for days in (30, 7)
    )
    return FilterCounts(
        ever=MAX_HITS_COUNTED if more else ever,
        more=more,
        month=month,
        week=week,
        last=last["announced"] if last else "",
    )


def _ever(connection: Connection, filter: Filter) -> int | None:
    """Return how many entries a filter of at most one value has, None where that has to be counted."""
    facet, value = filter.pairs[0] if filter.pairs else ("", "")
    if len(filter.pairs) > 1 or facet not in ("", *LISTED):
        return None
    found = row(
        connection, "select number from counts where list = 'entries' and facet = ? and value = ?", [facet, value]
    )
    return found["number"] if found else 0


def first_since(connection: Connection, time: str) -> int:
    """Return the n of the first entry that was announced before a time: those with less were at it, or later."""
    found = connection.execute(
        "select n from entries where announced < ? order by announced desc, n limit 1", [time]
    ).fetchone()
    return 2**62 if found is None else int(found[0])
