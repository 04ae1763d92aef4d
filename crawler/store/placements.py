"""Where documents stand on the pages whose links are followed."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from crawler.model import Placement
from crawler.store.store import Store


def elsewhere(store: Store, source: str, page: str) -> dict[str, bool]:
    """Return the documents that other pages of a source lead to, each with whether one of these announces it."""
    rows = store.all(
        "select document, max(owner) as owner from placements where source=? and page<>? group by document",
        source, page,
    )  # fmt: skip
    return {row["document"]: bool(row["owner"]) for row in rows}


def put(store: Store, source: str, page: str, found: Sequence[Placement], owned: Collection[str]) -> None:
    """Record what stands on a page now, in the place of what stood there; ``owned`` are what it announces."""
    store.do("delete from placements where source=? and page=?", source, page)
    for position, each in enumerate(found):
        store.insert(
            "placements",
            {
                "source": source,
                "page": page,
                "position": position,
                "document": each.document,
                "title": each.title,
                "url": each.url,
                "block": each.block,
                "owner": int(each.document in owned),
            },
        )


def drop(store: Store, source: str, but: Collection[str]) -> None:
    """Forget the pages of a source whose links are followed no more: all ``but`` these."""
    store.do(
        "delete from placements where source=? and page not in (select value from json_each(?))",
        source, json.dumps(sorted(but)),
    )  # fmt: skip
