"""Which entries a feed or a page holds: allow-listed filters in, SQL and parameters out.

Values of one facet are alternatives, facets narrow each other down. The SQL is put together from the names below only;
what a reader sends ends up in parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from crawler.errors import RoundupError
from crawler.feeds.private import private, taken_down

SUBSCRIPTION = 50
"""Entries in the document that feed readers fetch."""

MOST = 50
"""Most values one filter may hold."""

CHANGES = (
    "new", "changed", "retitled", "status", "date", "withdrawn", "gone", "returned", "relocated", "watching",
    "late",
)  # fmt: skip
"""Kinds of entries."""

FACETS: Mapping[str, str] = {
    "jurisdiction": "e.jurisdiction",
    "kind": "e.document_kind",
    "source": "e.source",
    "publisher": "e.publisher",
    "change": "e.kind",
    "document": "e.document",
}
"""The facets a reader may filter by, each with the column it filters."""

_KNOWN: Mapping[str, tuple[str, ...]] = {
    "jurisdiction": ("documents.jurisdiction", "entries.jurisdiction", "sources.jurisdiction"),
    "kind": ("documents.kind", "entries.document_kind", "sources.kind"),
    "source": ("sources.id",),
    "publisher": ("publishers.id",),
    "document": ("documents.id",),
}

_WEIGHT = "case e.significance when 'legal effect' then 0 when 'substantive' then 1 else 2 end"
"""Entries of one crawl stand in the order of their weight."""
_PRIVATE = private("e.document")
_TAKEN_DOWN = taken_down("e.document")
_COLUMNS = f"""e.*, p.name as publisher_name,
  coalesce(p.copy, (select copy from publishers where id = s.publisher)) as copy,
  s.name as source_name, d.title as document_title,
  {_PRIVATE} as private, {_TAKEN_DOWN} as taken_down,
  (select json_group_array(t.topic) from (select topic from document_topics where document = e.document
    and band = 'in' order by score desc, topic) t) as topics,
  (select json_group_array(f.id) from documents f where f.root = e.document and {private("f.id")}) as private_parts
  from entries e left join publishers p on p.id = e.publisher left join sources s on s.id = e.source
  left join documents d on d.id = e.document"""


class UnknownFilterError(RoundupError):
    """A filter names a facet or a value that there is none of: the address is wrong, or out of date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Facets and values, sorted and each once: the same filter whatever the order it was written in."""

    pairs: tuple[tuple[str, str], ...] = ()

    @property
    def query(self) -> str:
        """Give the filter as the query of an address, empty where nothing is filtered."""
        return urlencode(self.pairs)

    def values(self, facet: str) -> tuple[str, ...]:
        """Give the values chosen of a facet."""
        return tuple(value for name, value in self.pairs if name == facet)


def chosen(pairs: Iterable[tuple[str, str]]) -> Filter:
    """Give the filter that names and values of an address ask for; empty values ask for nothing, as forms send them.

    Raises:
        UnknownFilterError: a name is no facet, a kind of change is none, or there are more than MOST values.

    >>> chosen([("kind", "guidance"), ("jurisdiction", ""), ("kind", "act")]).query
    'kind=act&kind=guidance'
    """
    wanted = {(name, value) for name, value in pairs if value}
    for name, value in sorted(wanted):
        if name not in FACETS:
            raise UnknownFilterError(f"there is no filter {name!r}; filters are {', '.join(FACETS)}")
        if name == "change" and value not in CHANGES:
            raise UnknownFilterError(f"there is no kind of change {value!r}; kinds are {', '.join(CHANGES)}")
    if len(wanted) > MOST:
        raise UnknownFilterError(f"more than {MOST} values in one filter")
    return Filter(pairs=tuple(sorted(wanted)))


def unknown(filter: Filter) -> tuple[str, dict[str, str]]:
    """Give SQL whose rows (facet, value) are the values of a filter that nothing in the database has."""
    parts: list[str] = ["select '' as facet, '' as value where 0"]
    params: dict[str, str] = {}
    for number, (facet, value) in enumerate(filter.pairs):
        if facet not in _KNOWN:
            continue
        params[f"v{number}"] = value
        tests = " and ".join(
            f"not exists (select 1 from {table} where {column} = :v{number})"
            for table, _, column in (place.partition(".") for place in _KNOWN[facet])
        )
        parts.append(f"select '{facet}', :v{number} where {tests}")
    return " union all ".join(parts), params


def newest(
    filter: Filter, *, limit: int = SUBSCRIPTION, skip: int = 0, by: Literal["updated", "announced"] = "updated"
) -> tuple[str, dict[str, str | int]]:
    """Give SQL for the newest announced entries of a filter, as rows for :func:`crawler.feeds.entry.read`.

    ``by`` is "updated" for feeds, where a correction comes up again, and "announced" for pages that go by days.
    """
    params: dict[str, str | int] = {"limit": limit, "skip": skip}
    where = ["e.announced is not null"]
    for facet, column in FACETS.items():
        names = []
        for number, value in enumerate(filter.values(facet)):
            params[f"{facet}{number}"] = value
            names.append(f":{facet}{number}")
        if names:
            where.append(f"{column} in ({', '.join(names)})")
    order = "coalesce(e.updated, e.announced)" if by == "updated" else "e.announced"
    order = f"{order} desc, {_WEIGHT}, e.title, e.id"
    # Which entries first, what is shown of them then: the rest costs for each row.
    page = f"select e.id from entries e where {' and '.join(where)} order by {order} limit :limit offset :skip"
    return f"select {_COLUMNS} where e.id in ({page}) order by {order}", params


def one() -> str:
    """Give SQL for one entry by its :id, announced or not."""
    return f"select {_COLUMNS} where e.id = :id"
