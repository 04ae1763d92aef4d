"""Two documents become one: what hangs on the one hangs on the other, whatever of their family was known before."""

from __future__ import annotations

import pytest

from crawler.store import Store, merging
from crawler.store.visibility import private
from tests.store.documents import NEW, OLD, TOP, put


def families(store: Store) -> dict[str, tuple[str | None, str]]:
    return {row["id"]: (row["parent"], row["root"]) for row in store.all("select id, parent, root from documents")}


def test_a_flag_goes_with_its_document(store: Store) -> None:
    for name in (OLD, NEW):
        put(store, name, kind="news")
    store.do("insert into redactions values ('1', 'asked for', '2026-03-05', '2026')")
    store.do("insert into redaction_pending values (?, '1', '2026')", OLD)
    merging.merge(store, OLD, NEW)
    assert [row["document"] for row in store.all("select document from redaction_pending")] == [NEW]
    assert store.all("pragma foreign_key_check('redaction_pending')") == []


@pytest.mark.parametrize("known", [False, True])
def test_what_hangs_on_it_is_of_the_family_of_the_other(store: Store, known: bool) -> None:
    put(store, TOP, kind="news")
    put(store, OLD)
    put(store, "child", parent=OLD, root=OLD)
    put(store, "grandchild", parent="child", root=OLD)
    if known:
        put(store, NEW, parent=TOP, root=TOP)
        merging.merge(store, OLD, NEW)
        family, parent = TOP, TOP
    else:
        merging.rename(store, OLD, NEW)
        family, parent = NEW, None
    assert families(store) == {
        TOP: (None, TOP), NEW: (parent, family), "child": (NEW, family), "grandchild": ("child", family),
    }  # fmt: skip


def test_what_hangs_on_it_is_hidden_where_the_other_names_people(store: Store) -> None:
    put(store, NEW, kind="news")
    put(store, OLD)
    put(store, "child", parent=OLD, root=OLD)
    merging.merge(store, OLD, NEW)
    assert store.value(f"""select {private("'child'")}""") == 1


def test_one_that_hung_on_the_other_hangs_on_nothing(store: Store) -> None:
    put(store, OLD)
    put(store, NEW, parent=OLD, root=OLD)
    merging.merge(store, OLD, NEW)
    assert families(store) == {NEW: (None, NEW)}
