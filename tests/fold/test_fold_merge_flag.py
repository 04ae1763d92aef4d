"""A copy of something redacted that turns out to be another document before it is taken out."""

from __future__ import annotations

from pathlib import Path

from crawler.store import Store, merging

OLD, NEW = "url:https://a.sample.invalid/old", "govuk:new"


def test_a_flag_goes_with_its_document(tmp_path: Path) -> None:
    with Store.open(tmp_path / "roundup.db") as store:
        store.do("pragma foreign_keys=off")
        with store.transaction():
            for name in (OLD, NEW):
                store.do(
                    "insert into documents(id, root, kind, title, url, author, jurisdiction, extent, summary, status,"
                    " availability, suspect_answers, in_force, first_seen, source, silent)"
                    " values (?1, ?1, 'news', 't', ?1, '', '', '', '', '', 'ok', 0, 'not stated', '2026', 's', '')",
                    name,
                )
            store.do("insert into redactions values ('1', 'asked for', '2026-03-05', '2026')")
            store.do("insert into redacted_copies values (?, '1', '2026')", OLD)
        store.do("pragma foreign_keys=on")
        with store.transaction():
            merging.merge(store, OLD, NEW)
        assert [row["document"] for row in store.all("select document from redacted_copies")] == [NEW]
        assert store.all("pragma foreign_key_check('redacted_copies')") == []
