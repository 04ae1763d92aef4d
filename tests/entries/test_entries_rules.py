"""The rules of entries on rows made for them: why, instruments, editions, copies, the log of legislation.gov.uk."""

import json
from pathlib import Path
from typing import Any, cast

import pytest

from crawler.archive import Archive
from crawler.derive import announcing
from crawler.entries import compose, confidence, gathered, look_for, series
from crawler.entries import why as why_texts
from crawler.entries.derive import named
from crawler.ingest import State
from crawler.outbox import Family
from crawler.store import Row, Store, dumps, entries
from crawler.text import moment
from tests.entries.worlds import page, publish


def reason(place: str, words: str, rule: str = "r", weight: float = 1.0) -> dict[str, Any]:
    return {"place": place, "start": 0, "end": len(words), "words": words, "weight": weight, "rule": rule}


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ([reason("title", "human trafficking")], ["“human trafficking” stands in the title."]),
        (
            [reason("title", "slavery"), reason("title", "NRM"), reason("title", "slavery")],
            ["“slavery” and “NRM” stand in the title."],
        ),
        ([reason("decision", "", "decisions.yaml: in", 0)], ["A person decided so."]),
        ([reason("series", "Sample figures", "x", 0)], ["Every edition of “Sample figures” belongs here."]),
        ([reason("relation", "Sample Act", "amends", 0)], ["It amends “Sample Act”, which is always followed here."]),
        (
            [reason("relation", "Sample Act", "words substituted", 0)],
            ["It is connected with “Sample Act”, which is always followed here."],
        ),
        ([reason("section-4", "slavery")], ["“slavery” stands in its text (section 4)."]),
        ([reason("url:x/y.pdf who-acts heading", "slavery")], ["“slavery” stands in its text (“Who acts”)."]),
        ([reason("x", "")], ["Words of its text are on this subject; they are not repeated here."]),
        ([reason("title", "traffic lights", weight=-3.0)], []),
        ([reason("title", "“Exploitation”")], ["“Exploitation” stands in the title."]),
        ([reason("summary", '"slavery"')], ["“slavery” stands in its publisher\u2019s summary."]),
        ([reason("section-4", "«slavery»")], ["“slavery” stands in its text (section 4)."]),
        ([reason("below section-4", "slavery")], ["“slavery” stands in the text of “Sample form”."]),
        ([reason("hidden p-1", "J. Doe")], ["Words of its text are on this subject; they are not repeated here."]),
        (
            [reason("summary", ""), reason("title", "slavery"), reason("summary", "")],
            [
                "“slavery” stands in the title.",
                "Words of its publisher\u2019s summary are on this subject; they are not repeated here.",
            ],
        ),
        (
            [reason(f"section-{n}", f"w{n}") for n in range(9)],
            [f"“w{n}” stands in its text (section {n})." for n in range(3)],
        ),
    ],
)  # fmt: skip
def test_why(why: list[dict[str, Any]], said: list[str]) -> None:
    headings = {"who-acts": "Who acts", "section-4": "Offence"}
    found = why_texts.why({"why": dumps(why)}, headings, ["hidden"], below={"below": "Sample form"})
    assert [str(each) for each in found] == said


def test_words_of_a_site_are_no_words_of_its_publisher_on_the_page() -> None:
    both = {"why": dumps([reason("summary", "anti-slavery"), reason("summary", "partnership")])}
    (said,) = why_texts.why(both, {}, of_site=True)
    assert str(said) == "“anti-slavery” and “partnership” stand in what its site says of each page."


def again(store: Store) -> list[Family]:
    """Return what the newest crawl tells, by the rows as they are now."""
    crawl_ = store.value("select max(id) from crawls")
    settled = "reason in ('', 'duplicate') and change in (select id from changes where crawl=?)"
    store.do(f"update outbox set entry=null, state='waiting', reason='closing', due='' where {settled}", crawl_)
    clock = entries.clock(store, crawl_)
    state = State(store=store, archive=cast(Archive, None), parsers={}, crawl=crawl_, clock=clock)
    announcing.settle(state, (), whole=True)
    return gathered.due(store, crawl_)[0]


def silence(store: Store, document: str, reason: str) -> None:
    """Let all that happened to a document be silent for a reason, or ready where there is none."""
    of_document = "change in (select id from changes where document=?)"
    store.do(
        f"update outbox set state=?, reason=? where {of_document}", "silent" if reason else "ready", reason, document
    )


def test_a_copy_is_told_by_the_entry_of_its_original_alone(tmp_path: Path) -> None:
    publish(tmp_path, {3: "Sample report on slavery", 4: "The report, elsewhere"})
    with Store.open(tmp_path / "roundup.db") as store:
        assert [each.root for each in again(store)] == [page(3), page(4)]
        copy = {"document": page(4), "original": page(3), "relation": "copy", "found_by": "digest", "detail": ""}
        store.insert("duplicates", {**copy, "seen": "2026-03-03T06:00:00Z"})
        (one,) = again(store)
        clock = moment("2026-03-03T06:00:00Z")
        made = compose.compose(store, store.value("select max(id) from crawls"), clock, one)
        (found,) = json.loads(made.row["copies"])
        assert (found["document"], found["title"], found["publisher"]) == (
            page(4),
            "The report, elsewhere",
            "Sample Office",
        )
        assert found["relation"] == "copy" and found["url"].startswith("https://")
        assert len(made.changes) == 2, "the appearance of the copy is told with it"
        store.do("update relevance set band='out' where document=?", page(3))
        assert [each.root for each in again(store)] == [page(4)], "what nobody is told of has no copies"
        store.do("update relevance set band='in' where document=?", page(3))
        silence(store, page(3), "first walk")
        assert again(store) == [], "a copy of what was announced already is no news"
        store.do("delete from entries where document=?", page(3))
        assert [each.root for each in again(store)] == [page(4)], "of the original nobody was told: the copy is news"
        silence(store, page(3), "")
        store.insert("duplicates", {**copy, "document": page(3), "original": page(4), "seen": ""})
        assert [each.root for each in again(store)] == [page(3), page(4)], "copies of each other: neither is swallowed"


def test_a_new_file_on_the_page_of_a_copy_is_told_where_it_is_a_copy_of_nothing(tmp_path: Path) -> None:
    publish(tmp_path, {3: "Sample report on slavery", 4: "The report, elsewhere", 5: "Annex on slavery"})
    with Store.open(tmp_path / "roundup.db") as store:
        copy = {"document": page(4), "original": page(3), "relation": "copy", "found_by": "digest", "detail": ""}
        store.insert("duplicates", {**copy, "seen": "2026-03-03T06:00:00Z"})
        store.do("update documents set root=?, parent=? where id=?", page(4), page(4), page(5))
        one, two = again(store)
        assert (one.root, two.root) == (page(3), page(4))
        assert [(row["kind"], row["document"]) for row in two.rows] == [("new", page(5))]
        made = compose.compose(store, store.value("select max(id) from crawls"), moment("2026-03-03T06:00:00Z"), two)
        assert made.stored()["summary"] == "Attachment added: Annex on slavery."
        store.insert("duplicates", {**copy, "document": page(5), "seen": ""})
        assert [each.root for each in again(store)] == [page(3)]


@pytest.mark.parametrize(
    ("band", "published", "told"),
    [("in", None, True), ("review", None, False), ("review", "2026-03-01T06:00:00Z", True),
     ("out", "2026-03-01T06:00:00Z", False)],
)  # fmt: skip
def test_what_waits_is_told_only_after_it_waited(tmp_path: Path, band: str, published: str | None, told: bool) -> None:
    publish(tmp_path, {3: "Sample report on slavery"})
    with Store.open(tmp_path / "roundup.db") as store:
        store.update("relevance", {"document": page(3)}, {"band": band, "unconfirmed": published})
        assert [each.root for each in again(store)] == [page(3)] * told


def test_a_family_that_was_not_judged_is_an_error(tmp_path: Path) -> None:
    publish(tmp_path, {3: "Sample report on slavery"})
    with Store.open(tmp_path / "roundup.db") as store:
        store.do("delete from relevance where document=?", page(3))
        with pytest.raises(KeyError, match="p/3"):
            again(store)


@pytest.mark.parametrize(
    ("old", "new", "follows"),
    [
        ("Sample report on slavery 2024", "Sample report on slavery 2025", True),
        ("Sample guidance: version 3.8", "Sample guidance: version 3.9", True),
        ("Sample statistics, January to March 2025", "Sample statistics, April to June 2025", True),
        ("Sample report on slavery 2026", "Sample report on slavery 2025", False),
        ("Sample report on slavery 2024", "Sample report on trafficking 2025", False),
        ("Report 2024", "Report 2025", False),
        ("Sample report on slavery", "Sample report on slavery", False),
    ],
)
def test_an_edition_names_the_one_before(tmp_path: Path, old: str, new: str, follows: bool) -> None:
    publish(tmp_path, {3: old, 4: new})
    with Store.open(tmp_path / "roundup.db") as store:
        top = store.one("select * from documents where id=?", page(4))
        assert top is not None and top["title"] == new
        said = [str(each) for each in series.follows(store, top)]
    assert said == ([f"The newest earlier one so titled that is held here: “{old}”."] if follows else [])


MADE = {"kind": "changed", "document": "a", "significance": "substantive", "flags": "[]"}


def test_what_to_look_for() -> None:
    def part(path: str, heading: str, text: str = "") -> Row:
        return {"path": path, "number": "", "heading": heading, "text": text}

    parts = [part("contents", "Contents", "slavery " * 50), part("fees", "Fees"), part("who", "Who acts", "on slavery"),
             part("nrm", "Slavery and the NRM"), part("part-1", "Offences")]  # fmt: skip
    telling = ["Who acts", "Slavery and the NRM"]
    assert [str(each) for each in look_for.main_parts(parts, ["Slavery"], law=False, whole=False)] == telling
    assert [str(each) for each in look_for.main_parts(parts, [], law=True)] == ["Part 1: Offences"]
    order = [part("regulation-1", "Citation, commencement and interpretation", "on slavery"),
             part("regulation-2", "Amendment of the Sample Act", "In section 4, for “a” substitute “b”."),
             part("regulation-3", "Revocation", "The Sample Order is revoked."), part("signature", "Signature"),
             part("note", "EXPLANATORY NOTE", "These Regulations amend the Sample Act on slavery"),
             part("regulation-4", "Interpretation", "slavery means slavery")]  # fmt: skip
    of_order = ["Regulation 2: Amendment of the Sample Act", "Regulation 3: Revocation"]
    assert [str(each) for each in look_for.main_parts(order, ["slavery"], law=True)] == of_order
    assert [str(each) for each in look_for.changed_parts([{**row, **MADE} for row in order], law=True)] == of_order
    framing = [{**order[0], **MADE}, {**order[4], **MADE}]
    assert [str(each) for each in look_for.changed_parts(framing, law=True)] == [
        "Regulation 1: Citation, commencement and interpretation"
    ]
    rights = [part("section-1", "Interpretation services for victims", "on slavery")]
    assert len(look_for.main_parts(rights, ["slavery"], law=True)) == 1
    assert (
        look_for.main_parts(parts, [], law=False, whole=False)
        == look_for.main_parts(parts, ["("], law=False, whole=False)
        == ()
    )


def test_how_sure_we_are_is_said_with_the_reason() -> None:
    top = {
        "id": "a",
        "title": "Sample",
        "url": "https://a.sample.invalid/",
        "published": "2026",
        "representation": "pdf",
        "partial": 1,
    }

    def said(row: Row, dated: Row | None, problems: str = "{}", *, confirmed: bool = True) -> str:
        return " ".join(
            str(each) for each in confidence.read_certainty([row], dated, {"a": problems}, confirmed=confirmed)
        )

    assert said(top, {"own": 1}).startswith("The date of publication was read from a PDF. The text was read from a PDF")
    assert "Only a part" in said(top, {"own": 0}) and "from a list" in said(top, {"own": 0})
    titled = {**top, "title": "Sample briefing May 2029.pptx", "published": "2029-05"}
    assert said(titled, {"own": 1}).startswith("The date of publication is the one with which its title ends.")
    named = {**top, "url": "https://a.sample.invalid/a/Sample+form+23.12.29.pdf", "published": "2029-12-23"}
    assert "the one with which the name of its file ends." in said(named, {"own": 1})
    assert "is a scan" in said(top, None, '{"s": {"scanned": "1 page"}}')
    assert said({**top, "representation": None, "published": None}, None, confirmed=False) == (
        "Nobody has confirmed yet that it is relevant. The publisher states no date of publication."
        f" {(unread := 'The text itself was not read, only its title and what is stated of it.')}"
    )
    record = {**top, "representation": "summary", "partial": 0, "summary": ""}
    assert said(record, {"own": 1}).endswith(unread)
    assert said({**record, "summary": "On aid."}, {"own": 1}).endswith("Only a summary was read, not the text.")
    assert not any(mark.isdigit() for mark in said(top, {"own": 1}))
    journal = {**top, "url": "https://a.sample.invalid/?uri=OJ:C:2030:083:FULL:EN:HTML", "title": "All (2028/C 115/01)"}
    other = "Its address names OJ C 83 of 2030; what was read there is from OJ C 115 of 2028."
    assert said(journal, {"own": 1}).endswith(other)
    assert other not in said({**journal, "title": "All (2030/C 83/01)"}, {"own": 1})


def test_sources_of_one_name_are_counted() -> None:
    names = ["Sample Court, cases", "Sample Court, news", "Sample Court, cases"]
    (said,) = named(names, [])
    assert "“Sample Court, cases” (2 sources) and “Sample Court, news” are told" in str(said)
    (said,) = named([f"Sample Court of the {each} sample kind, cases" for each in "aabcdefghij"], [])
    assert str(said).startswith("Changes in “Sample Court of the a sample kind, cases” (2 sources), “Sample Court of")
    assert " and 5 more are told" in str(said)


def test_an_entry_of_an_older_journal_is_announced_all_the_same(tmp_path: Path) -> None:
    publish(tmp_path, {3: "Sample report on slavery"})
    with Store.open(tmp_path / "roundup.db") as store:
        crawl_ = store.value("select max(id) from crawls")
        old = {"id": "gone", "document": page(3), "kind": "changed", "title": "Changed: Sample", "summary": "",
               "url": "", "jurisdiction": "", "publisher": "sample", "source": "news", "document_kind": "guidance",
               "published": None, "seen": "2026-03-03T06:00:00Z"}  # fmt: skip
        entries.announce(store, old, crawl_, "2026-03-03T07:00:00Z")
        new = {
            **old,
            "id": "new",
            "why": '["A person decided so."]',
            "confirmed": 0,
            "facets": '[["topic","children"]]',
        }
        entries.announce(store, new, crawl_, "2026-03-03T07:00:00Z")
        rows = store.all("select id, state, why, confirmed from entries where state='orphaned' order by id")
        assert rows == [
            {"id": "gone", "state": "orphaned", "why": "[]", "confirmed": 1},
            {"id": "new", "state": "orphaned", "why": '["A person decided so."]', "confirmed": 0},
        ]
        assert store.all("select entry, value from entry_facets where facet='topic' and entry in ('gone', 'new')") == [
            {"entry": "new", "value": "children"}
        ]
