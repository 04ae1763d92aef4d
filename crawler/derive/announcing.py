"""What is announced, settled when a crawl closes: what is known of the families it may tell of, handed to the outbox.

A family waits of which a crawl announced pages that it did not come to, as after a kill, and where its time ran out.
What is told from a list alone, without the words behind it, would never be told with them: an entry is made once.
"""

import json
from collections.abc import Collection

from crawler.classify.relevance import PATIENCE
from crawler.ingest.state import State
from crawler.outbox import FamilyStanding, Situation
from crawler.outbox import settle as settled
from crawler.store import documents, families, frontier, outbox
from crawler.store.known import document_named
from crawler.text import moment, stamp


def settle(state: State, let_in: Collection[str], *, whole: bool) -> None:
    """Settle what is ready, what waits on, and what is never announced.

    ``let_in`` are documents that come into the round-up now; a crawl is not ``whole`` where it was killed.

    Raises:
        KeyError: a family with a change was not classified.
    """
    items = outbox.waiting(state.store, state.now, let_in)
    families = {root: _standing(state, root) for root in sorted({each.root for each in items})}
    situation = Situation(
        crawl=state.crawl, now=state.now, families=families, unread=_unread(state, whole=whole),
        is_interrupted=not whole, let_in=let_in,
    )  # fmt: skip
    outbox.move(state.store, settled(items, situation))


def _standing(state: State, root: str) -> FamilyStanding:
    row, original = families.standing(state.store, root), families.original(state.store, root)
    is_copy, parts = original != root, families.originals(state.store, root)
    is_translation = all(each["relation"] in (None, "translation") for each in parts)
    return FamilyStanding(
        is_in=families.is_in(row),
        band=row["band"],
        decided_by=row["decided_by"],
        is_whole=any(one["place"] == "source" and one["weight"] >= 0 for one in json.loads(row["why"])),
        due=stamp(moment(row["since"]) + PATIENCE),
        original=original,
        is_original_in=is_copy and families.is_in(families.standing(state.store, original)),
        is_original_known=is_copy and (is_translation or families.is_announced(state.store, original)),
        copied=frozenset(each["id"] for each in parts if each["above"] is not None),
    )


def _unread(state: State, *, whole: bool) -> set[str]:
    """Return the tops of the families of which pages wait to be asked, and were not asked in this crawl."""
    ranks = {frontier.LISTING, frontier.ANNOUNCED} | (set() if whole else {frontier.AUDIT})
    found = set()
    for url, accept, asker in outbox.queued(state.store, state.crawl, ranks):
        row = document_named(state.store, asker.link(url, accept))
        if row is None and asker.parent:
            row = documents.get(state.store, documents.resolve(state.store, asker.parent))
        if row is not None:
            found.add(str(row["root"]))
    return found
