"""What a new parser reads differently: noted in the journal by the next crawl, so that it is never taken for news.

After our code has changed, the database is made anew from the archive. Where the same capture reads otherwise than
before, the difference is ours: cause ``parser``.
"""

import json
from pathlib import Path
from typing import Any

from crawler import changes
from crawler.errors import StoreError
from crawler.ingest.reparsed import PENDING
from crawler.store import Row, Store, dumps, relevance, versions

TEXT = 2_000
"""Most characters of a wording that the journal repeats."""
MAX_DIFFERENCES = 5_000
"""Most differences that are noted; beyond that only their number is."""


def compare(old: Path, new: Store) -> None:
    """Record in the new database what its readings of captures say otherwise than those of the old one.

    A database that cannot be opened or understood any more, as it lacks a column, has nothing to compare with.
    """
    found: list[dict[str, Any]] = []
    try:
        with Store.open(old, any_schema=True) as before:
            pending = json.loads(before.meta(PENDING) or "[]")
            for row in versions.shown(new):
                was = versions.of_capture(before, row)
                if was is not None and _digest(was) != _digest(row):
                    found += _differences(before, was, new, row)
            found += _bands(before, new)
    except (StoreError, KeyError):
        return
    new.set_meta_now(PENDING, dumps((pending + found)[:MAX_DIFFERENCES]))


def carry(old: Path, new: Store) -> None:
    """Take over what is noted and not in the journal yet; that something was redacted is no other reading."""
    with Store.open(old, any_schema=True) as before:
        new.set_meta_now(PENDING, before.meta(PENDING) or "[]")


def _digest(row: Row) -> str:
    """Return the digest of a version in hexadecimal, as databases held it before they held its bytes."""
    return row["digest"].hex() if isinstance(row["digest"], bytes) else str(row["digest"])


def _differences(before: Store, was: Row, new: Store, row: Row) -> list[dict[str, Any]]:
    return [
        {
            "document": row["document"],
            "version": row["id"],
            "kind": each.kind,
            "path": each.path,
            "before": (each.before.text if each.before else each.old)[:TEXT],
            "after": (each.after.text if each.after else each.new)[:TEXT],
            "position": each.position,
        }
        for each in changes.compare(versions.without_notes(before, was), versions.without_notes(new, row))
    ]


def _bands(before: Store, new: Store) -> list[dict[str, Any]]:
    """Return the families that our rules put into another band than before."""
    was = relevance.bands(before)
    return [
        {"document": name, "kind": "band", "before": was[name], "after": band}
        for name, band in sorted(relevance.bands(new, tops=True).items())
        if was.get(name, band) != band
    ]


def pending(store: Store) -> list[dict[str, Any]]:
    """Return what is noted and not in the journal yet."""
    found: list[dict[str, Any]] = json.loads(store.meta(PENDING) or "[]")
    return found
