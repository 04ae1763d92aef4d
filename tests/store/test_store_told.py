"""What entries ask the database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crawler.store import Store, documents, told


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(":memory:") as store:
        store.do("pragma foreign_keys=off")
        yield store


def put(store: Store, name: str, *, parent: str | None = None, root: str = "", kind: str = "guidance") -> None:
    texts = dict.fromkeys(("author", "jurisdiction", "extent", "summary", "status"), "")
    documents.create(
        store,
        {"id": name, "parent": parent, "root": root or name, "kind": kind, "title": "t", "url": name, **texts,
         "availability": "ok", "suspect_answers": 0, "in_force": "not stated", "first_seen": "2026", "source": "s",
         "silent": ""},
    )  # fmt: skip


@pytest.mark.parametrize(("others", "is_of_site"), [(1, False), (2, True)])
def test_a_summary_that_three_pages_of_a_source_have_is_one_of_the_site(
    store: Store, others: int, is_of_site: bool
) -> None:
    for number in range(others + 1):
        put(store, f"url:https://a.invalid/{number}")
    store.do("update documents set summary='A site about samples.'")
    row = told.family(store, "url:https://a.invalid/0")[0]
    assert told.is_summary_of_site(store, row) is is_of_site
