"""What filters are asked with, and what they give."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from crawler.feeds import FACETS, Filter, newest, read
from tests.feeds.feeds_world import ANNEX, DOCUMENTS

COUNT = 330
CLOSED = [name for name, facet in FACETS.items() if facet.values is not None and not facet.more]
ACT = DOCUMENTS[0]


def ids(db: Database, filter: Filter, **rest: Any) -> list[str]:
    sql, params = newest(filter, **rest)
    return [read(row).id for row in db.query(sql, params)]


def every(db: Database, filter: Filter) -> set[str]:
    return set(ids(db, filter, limit=COUNT))


def values_of(facet: str) -> list[str]:
    """Give values of a facet that some entry of the world has, and one or two that none has."""
    return {
        "publisher": ["ho", "eu"],
        "source": ["a", "b"],
        "kind": ["guidance", "act", "report", "round-up", "bill"],
        "document": [*DOCUMENTS, ANNEX],
    }.get(facet) or list(FACETS[facet].values or ())
