"""Which entries a feed or a page holds: allow-listed filters in, SQL and parameters out.

Values of one facet are alternatives, facets narrow each other down. The SQL is put together from the names of
:mod:`crawler.feeds.facets` only; what a reader sends ends up in parameters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from crawler.errors import RoundupError
from crawler.feeds import hiding, meant
from crawler.feeds.facets import FACETS, SHARED, Facet
from crawler.feeds.private import private, taken_down
from crawler.sources.vocabulary import JURISDICTION_SAID

SUBSCRIPTION = 50
"""Entries in the document that feed readers fetch."""

MOST = 50
"""Most values one filter may hold."""

Params = dict[str, str | int]

_KNOWN = {
    "jurisdiction": ("documents.jurisdiction", "entries.jurisdiction", "sources.jurisdiction"),
    "kind": ("documents.kind", "entries.document_kind", "sources.kind"),
    "source": ("sources.id",),
    "publisher": ("publishers.id",),
    "document": ("documents.id", "aliases.alias", "entry_sections.document"),
}
"""Columns that know values for which there is no closed list."""

_WEIGHT = "case e.significance when 'legal effect' then 0 when 'substantive' then 1 else 2 end"
"""Entries of one crawl stand in the order of their weight."""
_PRIVATE = private("e.document")
_TAKEN_DOWN = taken_down("e.document")
_COPY_TAKEN_DOWN = taken_down(hiding.present("json_extract(c.value, '$.document')"))
_COLUMNS = f"""e.*, p.name as publisher_name,
  coalesce(p.copy, (select copy from publishers where id = s.publisher)) as copy,
  s.name as source_name, d.title as document_title, d.status,
  {_PRIVATE} as private, {_TAKEN_DOWN} as taken_down,
  (select json_group_array(t.topic) from (select topic from document_topics where document = e.document
    and band = 'in' order by score desc, topic) t) as topics,
  (select json_group_object(f.facet, json(f.list)) from (select facet, json_group_array(value) as list
    from (select facet, value from entry_facets where entry = e.id order by facet, value) group by facet) f) as facets,
  {hiding.lost("e")} as lost, {hiding.parts("e.document", "e.details")} as private_parts,
  (select json_group_array(json_extract(c.value, '$.document')) from json_each(e.copies) c
    where {_COPY_TAKEN_DOWN} is not null) as removed_copies
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

    A jurisdiction may be called by its short form: the filter, and so the feed, is the same.

    Raises:
        UnknownFilterError: a name is no facet, a value is not in its closed list, there are more than MOST values, or
            a section is asked for without its one document.

    >>> chosen([("kind", "guidance"), ("jurisdiction", ""), ("kind", "act")]).query
    'kind=act&kind=guidance'
    >>> chosen([("jurisdiction", "EU")]) == chosen([("jurisdiction", "European Union")])
    True
    """
    wanted = {(name, _named(name, value)) for name, value in pairs if value}
    for name, value in sorted(wanted):
        if name not in FACETS:
            raise UnknownFilterError(meant.filter(name, {one.name: one.label for one in FACETS.values()}))
        facet = FACETS[name]
        if facet.values is not None and not facet.more and value not in facet.values:
            raise UnknownFilterError(meant.value(facet.label, value, facet.values))
    if len(wanted) > MOST:
        raise UnknownFilterError(f"more than {MOST} values in one filter")
    filter = Filter(pairs=tuple(sorted(wanted)))
    if filter.values("section") and len(filter.values("document")) != 1:
        raise UnknownFilterError("a section is one of a document: name that document, and only that one, beside it")
    return filter


def _named(facet: str, value: str) -> str:
    return JURISDICTION_SAID.get(value.casefold(), value) if facet == "jurisdiction" else value


def unknown(filter: Filter) -> tuple[str, dict[str, str]]:
    """Give SQL whose rows (facet, value) are the values of a filter that nothing in the database has.

    Of a document whose words are never shown no section is known: a path is made of a heading, and may name someone.
    """
    parts: list[str] = ["select '' as facet, '' as value where 0"]
    params: dict[str, str] = {}
    for number, (facet, value) in enumerate(filter.pairs):
        values = FACETS[facet].values
        if values is not None and value in values:
            continue
        params[f"v{number}"] = value
        if facet == "section":
            params["document"] = filter.values("document")[0]
        parts.append(f"select '{facet}', :v{number} where {_nothing(facet, f':v{number}')}")
    return " union all ".join(parts), params


def _nothing(facet: str, value: str) -> str:
    """Give the SQL that is true where nothing has a value of a facet."""
    if facet == "section":
        same = _same(":document")
        places = [f"select 1 from {table} where document in ({same}) and {_below('path', value)}"
                  for table in ("sections", "entry_sections")]  # fmt: skip
        # What lies below a provision stands in its text, and in its parts.
        places.append(
            f"select 1 from sections s, json_each(s.parts) j where s.document in ({same})"
            f" and substr({value}, 1, length(s.path) + 1) = s.path || '-' and json_extract(j.value, '$[0]') = {value}"
        )
        return f"({private(hiding.present(':document'))} or not (exists ({') or exists ('.join(places)})))"
    columns = (place.partition(".") for place in _KNOWN[facet])
    return " and ".join(f"not exists (select 1 from {table} where {column} = {value})" for table, _, column in columns)


def _same(listed: str) -> str:
    """Give the SQL for all ids of the documents that are asked for: entries tell of one under the id it had then."""
    return (
        f"select id from documents where id in ({listed}) union select alias from aliases where alias in ({listed})"
        f" union select document from aliases where alias in ({listed})"
        f" union select alias from aliases where document in ({listed}) union select b.alias from aliases a"
        f" join aliases b on b.document = a.document where a.alias in ({listed})"
        f" union select document from entry_sections where document in ({listed})"
    )


def _below(column: str, value: str) -> str:
    """Give the SQL that is true for a path and all below it: "." is the character behind "-", which joins its steps."""
    return f"({column} = {value} or ({column} > {value} || '-' and {column} < {value} || '.'))"


def newest(
    filter: Filter, *, limit: int = SUBSCRIPTION, skip: int = 0, by: Literal["updated", "announced"] = "updated"
) -> tuple[str, Params]:
    """Give SQL for the newest announced entries of a filter, as rows for :func:`crawler.feeds.entry.read`.

    ``by`` is "updated" for feeds, where a correction comes up again, and "announced" for pages that go by days.
    """
    where, params = narrowed(filter)
    order = f"e.{by} desc, {_WEIGHT}, e.title, e.id"
    # Which entries first, what is shown of them then: the rest costs for each row.
    page = f"select e.id from entries e where {where} order by {order} limit :limit offset :skip"
    sql = f"select {_COLUMNS} where e.id in ({page}) order by {order}"
    return sql, {**params, "limit": limit, "skip": skip}


def narrowed(filter: Filter) -> tuple[str, Params]:
    """Give the condition on the announced entries ``e`` of a filter, and its parameters.

    Editorial changes stay in the feed of their own document: without a document, they are there where asked for.
    Entries about the round-up itself have no document, and stay.
    """
    tests, params = ["e.announced is not null"], dict[str, str | int]()
    if not filter.values("document") and not filter.values("significance"):
        tests.append("(e.significance <> 'editorial' or e.document is null)")
    for name, facet in FACETS.items():
        values = filter.values(name)
        names = [f":{name}{number}" for number in range(len(values))]
        params |= {mark[1:]: value for mark, value in zip(names, values, strict=True)}
        if names and name != "section":
            tests.append(_test(facet, names, [f":section{n}" for n in range(len(filter.values("section")))]))
    return " and ".join(tests), params


def _test(facet: Facet, names: list[str], sections: list[str]) -> str:
    """Give the condition that an entry has one of the values of a facet."""
    listed = ", ".join(names)
    if facet.name in SHARED:
        # IN (select …) would make the whole list first, also for a value that half of all entries have.
        return (
            f"exists (select 1 from entry_facets f where f.facet = '{facet.name}' and f.value in ({listed})"
            " and f.entry = e.id)"
        )
    if facet.name == "significance":
        # Else the planner takes it for rare, reads every entry and sorts them.
        return f"likely(e.significance in ({listed}))"
    if facet.name != "document":
        return f"e.{facet.column} in ({listed})"
    # Few entries tell of one document: here that list is the shortest way.
    same = _same(listed)
    places = f"select x.entry from entry_sections x where x.document in ({same})"
    if sections:
        below = " or ".join(_below("x.path", section) for section in sections)
        return f"e.id in ({places} and ({below}))"
    return f"e.id in ({places} union select o.id from entries o where o.document in ({same}))"


def one() -> str:
    """Give SQL for one entry by its :id, announced or not."""
    return f"select {_COLUMNS} where e.id = :id"
