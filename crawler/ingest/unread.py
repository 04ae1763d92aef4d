"""Families of which a crawl announced pages that it did not come to: the next crawl tells of them, when it read those.

So it is after a kill, and where the time of a crawl ran out. What is told from a list alone, without the words behind
it, would never be told with them: an entry is made once.
"""

from __future__ import annotations

from crawler.ingest import availability
from crawler.ingest.state import State
from crawler.store import documents, frontier, put_off


def note(state: State, *, interrupted: bool) -> None:
    """Record which families are put off. What was put off before is told now, unless the crawl was killed again."""
    ranks = {frontier.LISTING, frontier.ANNOUNCED} | ({frontier.AUDIT} if interrupted else set())
    found = _tops(state, ranks)
    before = put_off.tops(state.store, state.crawl, now=False)
    if before:
        put_off.carry(state.store, state.crawl, state.now)
    put_off.put(state.store, state.crawl, found if interrupted else found - before.keys())


def _tops(state: State, ranks: set[int]) -> set[str]:
    """Return the tops of the families of which pages wait to be asked, and were not asked in this crawl."""
    found = set()
    for url, accept, asker in put_off.left(state.store, state.crawl, ranks):
        link = asker.link(url, accept)
        row = availability.document_named(state, link)
        if row is None and asker.parent:
            row = documents.get(state.store, documents.resolve(state.store, asker.parent))
        if row is not None:
            found.add(str(row["root"]))
    return found
