"""What filters are asked with, and what they give."""

from sqlite3 import Connection

from crawler.feeds import FACETS, Filter
from crawler.public.entries import announced, newest
from tests.public.entries_world import ANNEX, DOCUMENTS

COUNT = 330
CLOSED = [name for name, facet in FACETS.items() if facet.values is not None and not facet.more]
ACT = DOCUMENTS[0]


def ids(db: Connection, filter: Filter, limit: int = 50) -> list[str]:
    return [entry.id for entry in newest(db, filter, limit=limit)]


def pages(db: Connection, filter: Filter, limit: int = 50, skip: int = 0) -> list[str]:
    return [entry.id for entry in announced(db, filter, limit=limit, skip=skip)]


def every(db: Connection, filter: Filter) -> set[str]:
    return set(ids(db, filter, limit=COUNT))


def values_of(facet: str) -> list[str]:
    """Values of a facet that some entry of the world has, and one or two that none has."""
    return {
        "publisher": ["ho", "eu"],
        "source": ["a", "b"],
        "kind": ["guidance", "act", "report", "round-up", "bill"],
        "document": [*DOCUMENTS, ANNEX],
    }.get(facet) or list(FACETS[facet].values or ())
