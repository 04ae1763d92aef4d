"""Which announced entries a filter selects: read from its shortest list, the others looked up entry by entry.

Values of one facet are alternatives, facets narrow each other down. The SQL is put together from names of
:mod:`crawler.feeds.facets` only; what a reader sends ends up in parameters. ``n`` of an entry is its place in the
order of announcement, so that a list in the order of its entries is one in the order of pages.
"""

import json
from dataclasses import dataclass

from crawler.feeds import Filter
from crawler.feeds.facets import LISTED
from crawler.public.database import Connection, rows

_OPEN = ("document", "significance")
"""Facets with which editorial changes are shown too: in all other views they would only be noise."""

_DEFAULT = "exists (select 1 from entries d indexed by entries_default where d.is_default = 1 and d.n = {n})"
"""The condition of a view without these; the index has it, where rows of entries are wide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The entries of a filter, as SQL.

    ``arms`` select ``entry``, each from a list that lies in the order of n, where ``{more}`` holds; together they give
    the entries of the filter. ``tests`` is the condition on a row ``e`` of entries that was announced. ``size`` is
    about how many entries the arms read.
    """

    arms: tuple[str, ...]
    tests: str
    params: dict[str, str | int]
    size: int

    def entries(self, more: str = "1") -> str:
        """Return SQL for the ``entry`` of every entry of the filter, in the order of announcement.

        ``more`` is a further condition on a row ``l`` with that column.
        """
        return f"{' union '.join(arm.format(more=more) for arm in self.arms)} order by 1"


def select(connection: Connection, filter: Filter) -> Selection:
    """Return how the entries of a filter are found, from the shortest list that it has."""
    lists = {facet: values for facet in LISTED if (values := filter.values(facet))}
    params: dict[str, str | int] = {
        f"{facet}{number}": value for facet, values in lists.items() for number, value in enumerate(values)
    }
    tests = {facet: _exists(facet, len(values)) for facet, values in lists.items()}
    if not any(filter.values(facet) for facet in _OPEN):
        tests[""] = _DEFAULT
    if filter.values("document"):
        places, more = _places(connection, filter)
        arm = _arm(f"({places})", "1", tests)
        every = f"e.n in ({places}) and {_all(tests, 'e.n')}"
        return Selection(arms=(arm,), tests=every, params={**params, **more}, size=0)
    every = _all(tests, "e.n")
    sizes = _sizes(connection, lists or {"": ("",)})
    shortest = min(sizes, key=lambda facet: (sizes[facet], facet))
    if not lists:
        default = "select d.n as entry from entries d indexed by entries_default where d.is_default = 1"
        arms: tuple[str, ...] = (_arm(f"({default})", "1", {}),)
    else:
        others = {facet: test for facet, test in tests.items() if facet != shortest}
        arms = tuple(
            _arm("entry_lists", f"l.facet = '{shortest}' and l.value = :{shortest}{number}", others)
            for number in range(len(lists[shortest]))
        )
    return Selection(arms=arms, tests=every, params=params, size=sizes[shortest])


def _arm(places: str, where: str, tests: dict[str, str]) -> str:
    return f"select l.entry from {places} l where {where} and {_all(tests, 'l.entry')} and {{more}}"


def _all(tests: dict[str, str], n: str) -> str:
    return " and ".join(test.format(n=n) for test in tests.values()) or "1"


def _exists(facet: str, values: int) -> str:
    marks = ", ".join(f":{facet}{number}" for number in range(values))
    return (
        f"exists (select 1 from entry_lists o where o.facet = '{facet}' and o.value in ({marks}) and o.entry = {{n}})"
    )


def _sizes(connection: Connection, lists: dict[str, tuple[str, ...]]) -> dict[str, int]:
    """Return about how many entries each facet of a filter lists."""
    pairs = json.dumps([(facet, value) for facet, values in lists.items() for value in values])
    found = rows(
        connection,
        "select c.facet, sum(c.number) as number from json_each(?) j join counts c on c.list = 'entries'"
        " and c.facet = json_extract(j.value, '$[0]') and c.value = json_extract(j.value, '$[1]') group by 1",
        [pairs],
    )
    return {**dict.fromkeys(lists, 0), **{row["facet"]: row["number"] for row in found}}


def _places(connection: Connection, filter: Filter) -> tuple[str, dict[str, str | int]]:
    """Return SQL for the ``entry`` of all that tells of the documents of a filter, or of the sections it names."""
    params: dict[str, str | int] = {"documents": json.dumps(identities(connection, *filter.values("document")))}
    some = (
        "select x.entry from entry_sections x join entries a on a.n = x.entry and a.announced is not null"
        " where x.document in (select value from json_each(:documents))"
    )
    sections = filter.values("section")
    if not sections:
        own = (
            "select n from entries where announced is not null"
            " and document in (select value from json_each(:documents))"
        )
        return f"{some} union {own}", params
    params |= {f"section{number}": section for number, section in enumerate(sections)}
    paths = " or ".join(is_below_sql("x.path", f":section{number}") for number in range(len(sections)))
    return f"{some} and ({paths}) group by x.entry", params


def is_below_sql(column: str, value: str) -> str:
    """Return SQL that is true for a path and all below it: "." is the character behind "-", which joins its steps."""
    return f"({column} = {value} or ({column} > {value} || '-' and {column} < {value} || '.'))"


def identities(connection: Connection, *ids: str) -> list[str]:
    """Return every id that some documents have or had, those given among them: entries tell of one by its id then."""
    found = connection.execute(
        "with asked(id) as (select value from json_each(:ids)),"
        " now(id) as (select id from asked union"
        " select a.document from asked cross join aliases a on a.alias = asked.id)"
        " select id from now union select a.alias from now cross join aliases a on a.document = now.id",
        {"ids": json.dumps(ids)},
    )
    return sorted(row[0] for row in found)


def present(connection: Connection, id: str) -> str:
    """Return the id that a document has now, from one that it may have had before."""
    found = connection.execute("select document from aliases where alias = ?", [id]).fetchone()
    return id if found is None else str(found[0])
