"""Notes of publishers are stored once, come back with the version that carries them, and move with their document."""

from __future__ import annotations

import json
from dataclasses import replace

from crawler.model import Annotation, Version
from crawler.store import Store, commentary, dumps, merging, versions
from tests.store.documents import NEW, OLD, put

FIRST = Annotation(
    id="key-1", kind="I", path="section-1", place="number", text="S. 1 in force at 1.2.2003 by S.I. 2003/9999, art. 2",
    citations=(("uksi/2003/9999", ""), ("uksi/2003/9999", "article-2")),
)  # fmt: skip
SECOND = Annotation(id="key-2", kind="E", text="This version extends to the Sample Islands only")


def put_version(store: Store, name: str, document: str, notes: list[int]) -> None:
    texts = dict.fromkeys(("label", "status", "digest", "note", "parser", "source", "options_digest", "captured"), "")
    versions.add(
        store,
        {"id": name, "document": document, "representation": "structured", "language": "en", "title": "t", **texts,
         "partial": 0, "fetch": 1, "sections": "[]", "annotations": dumps(notes), "characters": 0},
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
