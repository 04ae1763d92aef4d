"""Documents as rows, for tests of what the store does with them."""

from crawler.store import Store, documents

OLD, NEW, TOP = "url:https://a.sample.invalid/old", "govuk:new", "govuk:top"


def put(store: Store, name: str, *, parent: str | None = None, root: str = "", kind: str = "guidance") -> None:
    texts = dict.fromkeys(("author", "jurisdiction", "extent", "summary", "within", "status"), "")
    documents.create(
        store,
        {"id": name, "parent": parent, "root": root or name, "kind": kind, "title": "t", "url": name, **texts,
         "availability": "ok", "suspect_answers": 0, "in_force": "not stated", "first_seen": "2026", "source": "s"},
    )  # fmt: skip
