"""How often a filter has had a hit: what a reader wants to know before subscribing to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from crawler.feeds.facets import FACETS, SHARED
from crawler.feeds.select import Filter, Params, narrowed
from crawler.text import stamp

MOST = 5_000
"""Hits that are counted one by one: a filter that has more is wide, and nobody asks how many exactly."""

FEW = 60_000
"""Entries of a facet up to which it is quicker to go through them than through all entries."""

_COUNTED = """count(*) as ever, 1 as exact, coalesce(sum(e.announced >= :month), 0) as month,
  coalesce(sum(e.announced >= :week), 0) as week, max(e.announced) as last"""


def counts() -> str:
    """Give SQL whose rows (facet, value, entries) say how many entries each value of a facet has by itself."""
    columns = {name: facet.column for name, facet in FACETS.items() if facet.column}
    parts = [
        f"select '{name}' as facet, e.{column} as value, count(*) as entries from entries e"
        f" where {_where(name)} and e.{column} <> '' group by e.{column}"
        for name, column in columns.items()
    ]
    shared = ", ".join(f"'{name}'" for name in SHARED)
    parts.append(
        "select f.facet, f.value, count(*) from entry_facets f join entries e on e.id = f.entry"
        f" where f.facet in ({shared}) and {_where('')} group by f.facet, f.value"
    )
    return " union all ".join(parts)


def _where(facet: str) -> str:
    """Give the condition on the entries of a filter with one value of that facet alone."""
    asks = facet == "significance"
    return "e.announced is not null" if asks else narrowed(Filter())[0]


def sizes(filter: Filter) -> tuple[str, Params]:
    """Give SQL whose rows (facet, entries) say how many entries, up to FEW, have one of the values of a facet."""
    params: Params = {"few": FEW + 1}
    parts = ["select '' as facet, 0 as entries where 0"]
    for facet in SHARED:
        names = [f"{facet}{number}" for number in range(len(filter.values(facet)))]
        params |= dict(zip(names, filter.values(facet), strict=True))
        if names:
            marks = ", ".join(f":{name}" for name in names)
            rows = f"select 1 from entry_facets where facet = '{facet}' and value in ({marks}) limit :few"
            parts.append(f"select '{facet}', (select count(*) from ({rows}))")
    return " union all ".join(parts), params


def rarest(rows: Iterable[Mapping[str, object]]) -> str:
    """Give the facet by which to count, of rows of :func:`sizes`; empty where none is rare enough."""
    found = sorted((int(str(row["entries"])), str(row["facet"])) for row in rows)
    return found[0][1] if found and found[0][0] <= FEW else ""


def hits(filter: Filter, clock: datetime, by: str = "") -> tuple[str, Params]:
    """Give SQL for one row: hits ``ever``, in the last ``month`` (30 days) and ``week`` (7), and when the ``last`` was.

    ``by`` is what :func:`rarest` gives. Where ``exact`` is 0, ``ever`` was counted up to one more than MOST.
    """
    where, params = narrowed(filter)
    params |= {"month": stamp(clock - timedelta(days=30)), "week": stamp(clock - timedelta(days=7))}
    if by:
        marks = ", ".join(f":{by}{number}" for number in range(len(filter.values(by))))
        some = f"select distinct entry from entry_facets where facet = '{by}' and value in ({marks})"
        return f"select {_COUNTED} from ({some}) x cross join entries e on e.id = x.entry where {where}", params
    if filter.values("document"):
        return f"select {_COUNTED} from entries e where {where}", params
    # A plus keeps the planner from an index of which each entry would then have to be looked up.
    ever = f"select 1 from entries e where {where.replace('e.announced', '+e.announced', 1)} limit :most"
    lately = f"select {_COUNTED} from entries e where e.announced >= :month and {where}"
    last = f"select e.announced from entries e where {where} order by e.announced desc limit 1"
    return (
        f"select (select count(*) from ({ever})) as ever, 0 as exact, l.month, l.week,"
        f" coalesce(l.last, ({last})) as last from ({lately}) l",
        {**params, "most": MOST + 1},
    )
