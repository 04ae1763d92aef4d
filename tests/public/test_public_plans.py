"""What pages of entries ask is answered from lists and indexes: no table is read from end to end."""

from datetime import UTC, datetime
from sqlite3 import Connection

import pytest

from crawler.feeds import Filter, chosen
from crawler.public import entries, filters, overview, sitemap, standing
from tests.public.entries_asked import ACT
from tests.public.entries_world import DOCUMENTS

WHOLE = frozenset({"about", "counts", "crawls", "facet_values", "issues", "publishers", "sources"})
"""Tables that are small whatever was read: what the registry has, and numbers."""
GIVEN = ("SCAN json_each", "SCAN j ", "SCAN s VIRTUAL", "SCAN (subquery", "SCAN every", "SCAN asked", "SCAN now",
         "SCAN 2 CONSTANT ROWS", "SCAN CONSTANT ROW", "SCAN l")  # fmt: skip
"""Values of a question, and rows that another step of it gives."""
IN_ORDER = ("SCAN e USING INDEX entries_revised", "SCAN documents USING INDEX documents_review",
            "SCAN entries USING INTEGER PRIMARY KEY",
            "SCAN documents USING COVERING INDEX")  # fmt: skip
"""Lists that are read in their order up to a limit; how many documents there are, and how many wait."""
CLOCK = datetime(2026, 11, 24, 10, tzinfo=UTC)


def ask(db: Connection, filter: Filter) -> None:
    entries.announced(db, filter, limit=31)
    entries.newest(db, filter)
    filters.hits(db, filter, CLOCK)
    filters.unknown(db, filter)
    filters.names(db, filter)


def steps(db: Connection, filter: Filter) -> list[tuple[str, str]]:
    """What SQLite does for all that is asked with a filter, and beside it: a step and its statement."""
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    ask(db, filter)
    entries.surroundings(db, "e0001")
    filters.announced_values(db, "kind", "jurisdiction")
    filters.section(db, ACT, "section-4")
    filters.counts(db)
    filters.sources(db)
    overview.recent(db, "2026-10-01", "2026-11-25", 25)
    overview.waiting(db)
    overview.numbers(db)
    sitemap.listed(db, "documents", limit=5000, skip=0)
    sitemap.listed(db, "entries", limit=5000, skip=0)
    for question in (standing.reading, standing.sources, standing.issues, standing.publishers, standing.crawls):
        question(db)
    db.set_trace_callback(None)
    return [(step["detail"], sql) for sql in asked for step in db.execute(f"explain query plan {sql}")]


@pytest.mark.parametrize(
    "filter",
    [
        Filter(), chosen([("topic", "children")]), chosen([("significance", "editorial")]),
        chosen([("topic", "children"), ("topic", "supply_chains"), ("kind", "act"), ("role", "police")]),
        chosen([("document", DOCUMENTS[1]), ("kind", "guidance")]),
        chosen([("document", ACT), ("section", "section-4"), ("section", "nope-1")]),
        chosen([("publisher", "ho"), ("source", "a"), ("jurisdiction", "Scotland")]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("few", [0, 500])
def test_no_table_is_read_from_end_to_end(
    db: Connection, filter: Filter, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries, "MAX_SORTED_ENTRIES", few)
    found = steps(db, filter)
    assert len(found) > 40
    scans = {(step, sql) for step, sql in found if step.startswith("SCAN") and not step.startswith((*GIVEN, *IN_ORDER))}
    assert [(step, sql) for step, sql in scans if step.split()[1] not in WHOLE] == []
