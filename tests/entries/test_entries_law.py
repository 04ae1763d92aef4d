"""What entries say of law: by which instrument, from which day, and that a site took a page off."""

from crawler.entries import compose, ended, headlines, law, law_headlines
from crawler.store import Row
from tests.entries.worlds import page


def changed(path: str, occurred: str | None = "2026-03-01") -> Row:
    return {"kind": "changed", "path": path, "occurred": occurred, "document": page(3), "law": 1, "heading": ""}


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
    facts = {"significance": "legal effect", "note": "", "kind": "changed", "parent": None}
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
    assert ended.is_unpublished([row], "a")
    assert [str(each) for each in headlines.summary([row], "a")] == [
        "legislation.gov.uk took it off on 1 March 2026; that says nothing of its legal force."
    ]
    assert not ended.is_unpublished([{**row, "protocol": "govuk"}], "a")
    assert not ended.is_unpublished([{**row, "answer": 410}], "a")


def test_what_became_of_the_provisions_of_a_law_leads_before_its_new_title() -> None:
    row: Row = {"document": "a", "parent": None, "path": "", "law": 0, "significance": "substantive", "note": ""}
    title = {**row, "kind": "retitled", "before": "Regulation on fish", "after": "Regulation on fish and wine"}
    provision = {**row, "kind": "changed", "path": "article-5", "law": 1, "significance": "legal effect"}
    assert headlines.kind_of([title], "a") == headlines.kind_of([title, {**provision, "law": 0}], "a") == "retitled"
    assert headlines.kind_of([title, provision], "a") == "changed"


def test_a_headline_names_what_came_about_with_the_most_others() -> None:
    """As the summary does, which begins with that instrument and day; what came about otherwise is counted."""
    by = {"9": "[]", "13": '[["ukpga/2028/1", "", "2029-03-01", ""]]', "50": '[["ukpga/2029/2", "", "2029-02-05", ""]]'}
    rows = [
        {"kind": "added", "verb": "inserted", "path": f"section-{number}{letter}", "heading": "", "words": "[]",
         "status_before": "", "status_after": "", "document": "a", "reasons": reasons, "occurred": reasons[25:35]}
        for number, reasons in by.items() for letter in ("AB" if number == "50" else "A")
    ]  # fmt: skip
    found = law_headlines.headline(rows, "Sample Act 2001")
    assert found is not None and str(found[0]).startswith("Sections 50A, 50B and 2 other provisions inserted")


def test_what_a_corrigendum_changed_is_corrected() -> None:
    """No law changed: what it did to the words is told below. Beside what an act changed it is counted as any other."""
    of = {"R": '[["celex:32016R0679R(02)", "", "", "mark"]]', "A": '[["celex:32029R0001", "", "", "mark"]]'}

    def row(path: str, verb: str, by: str) -> Row:
        return {"kind": "changed", "verb": verb, "path": path, "heading": "", "words": "[]", "status_before": "",
                "status_after": "", "document": "celex:32016R0679", "reasons": of[by], "occurred": None}  # fmt: skip

    rows = [row("article-37-1", "words substituted", "R"), row("article-69-2", "words omitted", "R")]
    found = law_headlines.headline(rows, "Regulation (EU) 2016/679")
    assert found is not None
    assert (str(found[0]), found[1]) == ("Articles 37(1) and 69(2) corrected in Regulation (EU) 2016/679", "corrected")
    found = law_headlines.headline([*rows, row("article-5", "words inserted", "A")], "Regulation (EU) 2016/679")
    assert found is not None and found[1] == "words omitted"
