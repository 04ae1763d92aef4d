"""What entries say of law: by which instrument, from which day, and that a site took a page off."""

from __future__ import annotations

from pathlib import Path

from crawler.entries import compose, headlines, law
from crawler.store import Row, Store
from tests.entries.worlds import page, publish


def effect(store: Store, **more: str) -> None:
    row = {
        "id": more["affecting"], "affected": page(3), "affected_provision": "s. 45(1)", "affecting_provision": "s. 2",
        "type": "words substituted", "applied": 1, "required": 1, "in_force": "2026-03-01", "seen": "", "fetch": 1,
    }  # fmt: skip
    store.insert("effects", {**row, **more})


def changed(path: str, occurred: str | None = "2026-03-01") -> Row:
    return {"kind": "changed", "path": path, "occurred": occurred, "document": page(3), "law": 1, "heading": ""}


def test_by_which_instrument_is_said_only_where_provision_and_date_agree(tmp_path: Path) -> None:
    publish(tmp_path, {3: "Sample report on slavery"})
    with Store.open(tmp_path / "roundup.db") as store:
        effect(store, affecting="uksi/2026/123")
        effect(store, affecting="uksi/2026/124", affected_provision="s. 46")
        effect(store, affecting="uksi/2026/125", in_force="2027-03-01, prospective")
        effect(store, affecting="ukpga/2026/5", affected_provision="ss. 40-50")

        def said(*rows: Row) -> list[str]:
            return [str(each) for each in law.brought_by(store, page(3), rows)]

        assert said(changed("section-45-1-a")) == ["By 2026 c. 5 and SI 2026/123."]
        assert said(changed("section-45")) == ["By 2026 c. 5 and SI 2026/123."]
        assert said(changed("section-46")) == ["By 2026 c. 5 and SI 2026/124."]
        assert said(changed("section-4")) == said(changed("section-45", None)) == []
        assert said(changed("section-45-1", "2026-04-01")) == []


def test_an_act_with_several_dates_shows_no_single_one() -> None:
    rows = [
        {**row, "status_before": "", "status_after": ""}
        for row in (changed("section-1"), changed("section-2", "2026-04-01"))
    ]
    assert [str(each) for each in law.applies({"in_force": "x"}, rows)] == [
        "It applies from different dates: section 1 from 1 March 2026; section 2 from 1 April 2026."
    ]
    more = [*rows, {**rows[0], "occurred": "2026-05-01"}, {**rows[0], "occurred": "2026-06-01"}]
    for several in (more, [*rows, {**rows[0], "occurred": None}]):
        assert [str(each) for each in law.applies({"in_force": "x"}, several)] == [
            "It applies in parts, from different dates."
        ]
    assert [str(each) for each in law.applies({"in_force": "x"}, rows[:1])] == ["It applies from 1 March 2026."]
    facts = {"significance": "legal effect", "note": "", "kind": "changed"}
    top = dict.fromkeys(("url", "jurisdiction", "publisher", "source", "kind", "published", "updated"), "") | {
        "in_force": "x"
    }
    of_rows = [{**row, **facts, "kind": "changed"} for row in rows]
    assert compose._facts(top, of_rows, "changed")["occurred"] is None
    assert compose._facts(top, of_rows[:1], "changed")["occurred"] == "2026-03-01"
    for kind in ("withdrawn", "gone", "returned", "note"):
        assert compose._facts(top, [{**of_rows[0], "kind": kind}], kind)["occurred"] is None, "no date of law"
    new = [{**of_rows[0], "kind": "new"}]
    assert compose._facts({**top, "in_force": "in parts"}, new, "new")["occurred"] is None


def test_the_log_of_a_site_is_no_repeal() -> None:
    row = {"kind": "withdrawn", "document": "a", "protocol": "legislation", "answer": 200, "occurred": "2026-03-01",
           "document_title": "Sample Act", "parent": None, "path": "", "significance": "substantive",
           "note": ""}  # fmt: skip
    assert headlines.is_unpublished([row], "a")
    assert [str(each) for each in headlines.summary([row], "a")] == [
        "legislation.gov.uk took it off on 1 March 2026; that says nothing of its legal force."
    ]
    assert not headlines.is_unpublished([{**row, "protocol": "govuk"}], "a")
    assert not headlines.is_unpublished([{**row, "answer": 410}], "a")
