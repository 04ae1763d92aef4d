"""Two documents become one: what hangs on the one hangs on the other, whatever of their family was known before."""

import json
from dataclasses import replace

import pytest

from crawler.model import Annotation, Link, Version
from crawler.store import Store, commentary, completeness, dumps, frontier, merging, versions
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


FIRST = Annotation(
    id="key-1", kind="I", path="section-1", place="number", text="S. 1 in force at 1.2.2003 by S.I. 2003/9999, art. 2",
    citations=(("uksi/2003/9999", ""), ("uksi/2003/9999", "article-2")),
)  # fmt: skip
SECOND = Annotation(id="key-2", kind="E", text="This version extends to the Sample Islands only")


def put_version(store: Store, name: str, document: str, notes: list[int]) -> None:
    texts = dict.fromkeys(("label", "status", "note", "source", "captured"), "")
    digests = dict.fromkeys(("digest", "options_digest"), b"")
    versions.add(
        store,
        {"id": name, "document": document, "representation": "structured", "language": "en", "title": "t", **texts,
         **digests, "partial": 0, "fetch": 1, "sections": "[]", "annotations": dumps(notes), "characters": 0},
    )  # fmt: skip


def loaded(store: Store, name: str) -> Version:
    row = store.one("select * from versions where id=?", name)
    assert row is not None
    return versions.load(store, row)


def test_a_loaded_version_has_its_notes_in_order(store: Store) -> None:
    put(store, NEW)
    ids = commentary.annotation_ids(store, NEW, [SECOND, FIRST], "2026", 1)
    put_version(store, "v", NEW, ids)
    assert loaded(store, "v").annotations == (SECOND, FIRST)


def test_a_note_is_stored_once_and_a_reworded_one_beside_it(store: Store) -> None:
    put(store, NEW)
    before = commentary.annotation_ids(store, NEW, [FIRST, SECOND, FIRST], "2026-01-01", 1)
    reworded = replace(FIRST, text="S. 1 in force at 2.2.2003 by S.I. 2003/9999, art. 2")
    after = commentary.annotation_ids(store, NEW, [reworded, SECOND], "2026-02-01", 2)
    assert (before, after) == ([1, 2], [3, 2])
    assert [row["seen"] for row in store.all("select seen from annotations order by id")] == [
        "2026-01-01", "2026-01-01", "2026-02-01",
    ]  # fmt: skip


def test_merged_documents_have_the_notes_of_both_once(store: Store) -> None:
    put(store, OLD)
    put(store, NEW)
    put_version(store, "v", OLD, commentary.annotation_ids(store, OLD, [FIRST, SECOND], "2026", 1))
    put_version(store, "w", NEW, commentary.annotation_ids(store, NEW, [FIRST], "2026", 1))
    merging.merge(store, OLD, NEW)
    assert loaded(store, "v").annotations == (FIRST, SECOND)
    assert loaded(store, "w").annotations == (FIRST,)
    rows = store.all("select document, note from annotations order by note")
    assert [(row["document"], row["note"]) for row in rows] == [(NEW, "key-1"), (NEW, "key-2")]
    assert json.loads(store.value("select annotations from versions where id='w'")) == [3]


@pytest.mark.parametrize(("was_read", "expected"), [(True, ("queued", 1)), (False, ("held back", 4))])
def test_a_change_that_a_backfill_met_first_does_not_wait_for_it(
    store: Store, was_read: bool, expected: tuple[str, int]
) -> None:
    url = "https://a.sample.invalid/p/1"
    link = Link(url=url, role="document", token="changed")
    if was_read:
        frontier.offer(store, Link(url=url, role="document", token="old"), "papers", rank=1, crawl="a")
        frontier.answered(store, {"url": url, "accept": link.accept, "role": "document"}, {"papers": "old"})
    frontier.offer(store, link, "papers", rank=frontier.BACKFILL, crawl="b", held_back=True)
    frontier.offer(store, link, "papers", rank=frontier.ANNOUNCED, crawl="c")
    row = store.one("select state, rank from frontier")
    assert row is not None and (row["state"], row["rank"]) == expected


def test_entries_of_a_slice_are_counted_by_an_index(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    query = Store.all
    monkeypatch.setattr(Store, "all", lambda self, sql, *values: query(self, f"explain query plan {sql}", *values))
    plan = [row["detail"] for row in completeness.slices(store, "papers")]
    assert any("listed_entries_slice (source=? AND slice=?)" in each for each in plan), plan


def test_links_of_a_page_are_looked_up_by_themselves_not_among_all_of_their_source(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans: list[str] = []

    def explained(self: Store, sql: str, *values: object) -> list[object]:
        plans.extend(row["detail"] for row in self._rows(f"explain query plan {sql}", values))
        return []

    monkeypatch.setattr(Store, "all", explained)
    frontier.known(store, [Link(url="https://a.sample.invalid/p/1", role="document")], "papers")
    assert plans[0].startswith("SCAN j") and all(each.startswith("SEARCH") for each in plans[1:]), plans
