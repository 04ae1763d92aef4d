"""The filter of a page or feed, checked against what there is, with its words and addresses."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request

from crawler.feeds import FACETS, Filter, UnknownFilterError, chosen, unknown, words
from crawler.publish.web import database

_NAMES = {
    "jurisdiction": "where it applies",
    "kind": "kind",
    "source": "source",
    "publisher": "publisher",
    "change": "change",
    "document": "document",
}


async def asked(datasette: Datasette, request: Request, *, besides: tuple[str, ...] = ()) -> Filter:
    """Give the filter of an address; ``besides`` are names that are no facets.

    Raises:
        UnknownFilterError: a facet or a value that there is none of.
    """
    pairs = [pair for pair in parse_qsl(request.query_string, keep_blank_values=True) if pair[0] not in besides]
    filter = chosen(pairs)
    wrong = await database(datasette).raw(*unknown(filter))
    if wrong:
        raise UnknownFilterError(f"there is nothing with {wrong[0]['facet']} {wrong[0]['value']!r}")
    return filter


async def described(datasette: Datasette, filter: Filter) -> list[dict[str, str]]:
    """Give each value of a filter with its ``words`` and the ``query`` that leaves it out."""
    names = await _names(datasette, filter)
    found = []
    for pair in filter.pairs:
        rest = urlencode([other for other in filter.pairs if other != pair])
        text = names.get(pair, pair[1])
        found.append({"facet": _NAMES[pair[0]], "words": text, "query": f"?{rest}" if rest else ""})
    return found


async def _names(datasette: Datasette, filter: Filter) -> dict[tuple[str, str], str]:
    """Give the names of values that are ids: of sources, publishers and documents, kinds and changes."""
    names: dict[tuple[str, str], str] = {}
    for table, facet, column in (
        ("sources", "source", "name"), ("publishers", "publisher", "name"), ("documents", "document", "title"),
    ):  # fmt: skip
        values = filter.values(facet)
        marks = ", ".join("?" * len(values))
        rows = await database(datasette).all(f"select id, {column} as name from {table} where id in ({marks})", values)
        names |= {(facet, row["id"]): row["name"] for row in rows}
    names |= {("kind", value): words.kind(value) for value in filter.values("kind")}
    names |= {("change", value): words.changed(value) for value in filter.values("change")}
    return names


async def offered(datasette: Datasette, filter: Filter) -> list[dict[str, Any]]:
    """Give the choices of the filter form: each facet with its label, options, and the one chosen."""
    rows = await database(datasette).raw(
        "select c.facet, c.value, c.entries, s.name from entry_counts c left join sources s"
        " on c.facet = 'source' and s.id = c.value where c.entries > 0 and c.value <> '' order by c.facet, c.value"
    )
    labels = (("jurisdiction", "Where it applies", "Anywhere"), ("kind", "Kind", "Any"), ("source", "Source", "Any"))
    found = []
    for facet, label, every in labels:
        options = {row["value"]: (_shown(facet, row), row["entries"]) for row in rows if row["facet"] == facet}
        values = filter.values(facet)
        for value in values[:1]:
            options.setdefault(value, (words.kind(value) if facet == "kind" else value, 0))
        listed = sorted(({"value": v, "words": w, "entries": n} for v, (w, n) in options.items()), key=_by_words)
        found.append({"facet": facet, "label": label, "every": every, "options": listed, "chosen": values[:1]})
    return found


def kept(filter: Filter) -> list[tuple[str, str]]:
    """Give the pairs that the form's selects cannot hold: other facets, and second values."""
    firsts = {(facet, values[0]) for facet in ("jurisdiction", "kind", "source") if (values := filter.values(facet))}
    return [pair for pair in filter.pairs if pair not in firsts]


def facets() -> tuple[str, ...]:
    """Give the names of all facets, for the page on feeds."""
    return tuple(FACETS)


def _shown(facet: str, row: dict[str, Any]) -> str:
    if facet == "kind":
        return words.kind(row["value"])
    return str(row["name"] or row["value"])


def _by_words(option: dict[str, Any]) -> str:
    return str(option["words"]).casefold()
