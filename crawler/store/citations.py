"""What documents cite, section by section."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.store.store import Store

Cited = tuple[str, str, str]
"""Path of the section that cites, what it cites, path of the provision there."""


def put(store: Store, document: str, cited: Iterable[Cited], *, is_new: bool) -> None:
    """Replace what a document cites, nothing where it ``is_new``. What stays the same is not written."""
    rows = [] if is_new else store.all("select path, cited, provision from citations where document=?", document)
    before, after = {(row["path"], row["cited"], row["provision"]) for row in rows}, set(cited)
    for path, name, provision in sorted(before - after):
        store.do(
            "delete from citations where document=? and path=? and cited=? and provision=?",
            document, path, name, provision,
        )  # fmt: skip
    store.insert_all(
        "citations",
        [
            {"document": document, "path": path, "cited": name, "provision": provision}
            for path, name, provision in sorted(after - before)
        ],
    )
