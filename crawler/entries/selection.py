"""Which families a crawl tells of, and with which of their changes: what is ready in the outbox."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import get_args

from crawler.classify.relevance import PATIENCE
from crawler.entries.templates import Sentence, say, structure
from crawler.outbox import NEWLY_LISTED, STILL, Family, Late, Lot, gather, is_old
from crawler.store import Row, Store, families, outbox


def due(store: Store, crawl: str) -> tuple[list[Family], list[Lot]]:
    """Return the families that get an entry in a crawl, in the order of their names, and those that share one."""
    folded, ready = outbox.folded(store, crawl), outbox.ready(store, crawl)
    return gather([_family(store, root, ready[root], folded.get(root, ())) for root in sorted(ready)])


def whatever(store: Store, crawl: str, root: str) -> Family | None:
    """Return a family with what happened to it in a crawl, or else before it, whatever its standing; None if nothing.

    ``late`` is left open where that lies in earlier crawls.
    """
    rows = outbox.seen(store, crawl, root)
    return Family(root=root, standing=families.standing(store, root), rows=rows) if rows else None


def _family(store: Store, root: str, rows: Sequence[Row], folded: tuple[str, ...]) -> Family:
    late = {reason for row in rows for reason in json.loads(row["late"])}
    new = next((row for row in rows if row["kind"] == "new" and row["document"] == root), None)
    return Family(
        root=root,
        standing=families.standing(store, root),
        rows=rows,
        late=next((reason for reason in get_args(Late) if reason in late), ""),
        folded=folded,
        source="" if new is None else str(new["of_source"]),
        is_listed_late=new is not None and NEWLY_LISTED in new["late"] and not _is_of_release(store, new),
    )


def said(late: Late) -> Sentence | None:
    """Return why something comes late as a sentence, None where it does not."""
    if not late:
        return None
    fills = {"late undecided": {"days": structure(PATIENCE.days)}, "late unsettled": {"visits": structure(STILL)}}
    return say(late, **fills.get(late, {}))


def _is_of_release(store: Store, new: Row) -> bool:
    """Whether something new announces a release that was to come when it was seen, or not long before."""
    return any(not is_old(day, new["seen"]) for day in families.days(store, new["document"], "released"))
