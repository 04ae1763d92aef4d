"""What a summary says in the words of the publisher: short changes, notes, dates; and what it must not repeat."""

import json
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.changes.words import words
from crawler.entries import (
    audience,
    compose,
    details,
    headlines,
    look_for,
    notes,
    provisions,
    short_edits,
    templates,
    why,
    word_limits,
)
from crawler.store import Row, Store, dumps
from crawler.text import abridged, moment
from tests.entries.test_entries_rules import again
from tests.entries.worlds import AUDITED, page, publish, told
from tests.fold.samples import CONTENT, GOVUK, GUIDANCE, PATH, guidance, sources
from tests.fold.world import START, Site, crawl

NAME = templates.structure("section 8")


def change(before: str, after: str, **more: Any) -> Row:
    shown = [[word.op, word.text] for word in words(before, after)]
    return {
        "id": before, "kind": "changed", "verb": "", "reasons": "[]", "significance": "substantive",
        "status_before": "", "status_after": "", "before": before, "after": after, "words": dumps(shown),
        "document": "a", "path": "section-8", "heading": "", "parent": None, "note": "", "document_title": "Sample",
        "flags": "[]", "noted": "", **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "It must be sent within 14 days of it.",
            "It must be sent within 5 working days of it.",
            "section 8 changed: “14 days” became “5 working days”",
        ),
        ("On 0800 0121 700.", "On 0800 0121 701.", "section 8 changed: “0800 0121 700” became “0800 0121 701”"),
        ("The fee is £1,000 a year.", "The fee is £1,500 a year.", "section 8 changed: “£1,000” became “£1,500”"),
        ("It starts on 3 May 2024.", "It starts on 4 May 2024.", "section 8 changed: “3 May 2024” became “4 May 2024”"),
        ("You may tell them.", "You must tell them.", "section 8 changed: “may” became “must”"),
        ("It must be shared.", "It must not be shared.", "section 8 changed: “must be” became “must not be”"),
        ("Ask the young one now.", "Ask now.", "section 8 changed: “Ask the young one now” became “Ask now”"),
        ("Ask.", "Ask. Then tell the office of it.", "section 8 changed: “Then tell the office of it.” was put in"),
        ("Ask it or a member State now.", "Ask it … now.", "section 8 changed: “or a member State” was taken out"),
        ("Then tell the office of it. Ask.", "Ask.", "section 8 changed: “Then tell the office of it.” was taken out"),
        ("NSPCC The Army", "NSPCC Refugee Council The Army", "section 8 changed: “Refugee Council” was put in"),
        ("Now ask.", "Ask.", "section 8 changed: “Now ask” became “Ask”"),
        ("Ask the “owner” then.", "Ask the “tenant” then.", "section 8 changed: “owner” became “tenant”"),
    ],
)  # fmt: skip
def test_a_short_change_is_told_in_its_words(before: str, after: str, said: str) -> None:
    assert str(short_edits.short(change(before, after), NAME)) == said


NOTICE = "This guidance has been superseded by the sample guidance on fees since 1 May 2029."


@pytest.mark.parametrize(("before", "after", "said"), [
    ("Ask. Pay.", f"{NOTICE} Ask. Pay.", f"section 8 changed: “{NOTICE}” was put in"),
    (f"Ask. {NOTICE} Pay.", "Ask. Pay.", f"section 8 changed: “{NOTICE}” was taken out"),
    ("Ask them.\nPay the fee.", f"Tell them.\nPay the fee. {NOTICE}",
     f"section 8 changed, among other words: “{NOTICE}” was put in"),
])  # fmt: skip
def test_a_notice_is_told_whole(before: str, after: str, said: str) -> None:
    assert str(short_edits.short(change(before, after), NAME)) == said


def test_of_another_heading_alone_both_are_told_else_what_changed_under_it() -> None:
    headed = {"heading_before": "Contact", "heading": "Contact us"}
    alone = change("Contact\nCall us.", "Contact us\nCall us.", **headed) | {"before": "Call us.", "after": "Call us."}
    assert str(short_edits.short(alone, NAME)) == "“Contact” is now headed “Contact us”"
    beside = change("Contact\nPay £5 now.", "Contact us\nPay £6 now.", **headed)
    beside |= {"before": "Pay £5 now.", "after": "Pay £6 now."}
    assert str(short_edits.short(beside, NAME)) == "section 8 changed: “£5” became “£6”"


def test_rows_of_a_new_table_are_told_one_by_one() -> None:
    row = change("", "Fees differ.\nStudents | Fee\nUp to 50 | £536", kind="added", heading="Fees", words="[]")
    told = str(short_edits.short(row, NAME))
    assert told == f"{NAME} added: “Fees differ. Students, Fee; Up to 50, £536”"


LIST = "Sample code View (a-en.pdf)\nSample wheel View\nSample guide (2017) View\nOther guide Download (b.pdf)\nEnd"


@pytest.mark.parametrize(("before", "after", "said"), [
    ("(a-en.pdf)", "(2029/code.pdf)", "“Sample code” now leads to “2029/code.pdf”, no longer to “a-en.pdf”"),
    (" (a-en.pdf)", "", "“Sample code” no longer leads to a file"),
    ("(a-en.pdf)", "(www.sample.invalid/code)",
     "“Sample code” now leads to “www.sample.invalid/code”, no longer to “a-en.pdf”"),
    ("(a-en.pdf)", f"(2029/{'long-' * 20}.pdf)", "“Sample code” now leads to another address"),
    ("wheel View", "wheel View (w.pdf)", "“Sample wheel” now leads to “w.pdf”"),
    ("Sample wheel View\n", "", "“Sample wheel” was taken out"),
    ("End", "New guide View\nEnd", "“New guide” was put in"),
    ("Sample wheel View\nSample guide (2017) View\n", "SMG 2029-8 (a.pdf) | Guidance on how to ask for the long form"
     " that the office gives out | May 2029\n",
     "“Sample wheel” and “Sample guide (2017)” were taken out and “SMG 2029-8” was put in"),
])  # fmt: skip
def test_of_a_list_entries_and_the_files_behind_them_are_told(before: str, after: str, said: str) -> None:
    told = str(short_edits.short(change(LIST, LIST.replace(before, after)), NAME))
    assert told.partition(" changed: ")[2] == said


def test_the_size_of_a_file_is_not_told_with_its_name() -> None:
    row = change("Bulletin PDF (687 KB) (a.pdf)\nTables", "Bulletin PDF (702 KB) (a-revised.pdf)\nTables")
    assert str(short_edits.short(row, NAME)).partition(" changed: ")[2] == (
        "“Bulletin” now leads to “a-revised.pdf”, no longer to “a.pdf”"
    )


@pytest.mark.parametrize(("before", "after", "said"), [
    ("Sample standard; Sample syllabus; Sample code", "How to learn; Sample code",
     "“Sample standard” and “Sample syllabus” were taken out and “How to learn” was put in"),
    ("Sample standard; Sample code", "Sample code", "“Sample standard” was taken out"),
    ("Sample code", "Sample code; How to learn", "“How to learn” was put in"),
])  # fmt: skip
def test_of_a_list_of_documents_each_that_came_or_went_is_told(before: str, after: str, said: str) -> None:
    row = change(before, after, heading="Cars: documents")
    assert str(short_edits.short(row, NAME)).partition(" changed: ")[2] == said


def test_a_list_of_releases_says_which_it_has_now() -> None:
    row = change("Deaths to 3 July | 7 July 2029", "Deaths to 1 May (a.pdf) | 5 May 2029", heading="Latest release")
    assert str(short_edits.short(row, NAME)) == f"{NAME} now lists “Deaths to 1 May, 5 May 2029”"


def test_what_a_short_new_part_says_is_told() -> None:
    row = change(
        "", "Other acts\nSample Decision of 2 May 2029 on fees", kind="added", heading="Other acts", words="[]"
    )
    assert str(short_edits.short(row, NAME)) == f"{NAME} added: “Sample Decision of 2 May 2029 on fees”"
    assert short_edits.short(row | {"after": "Of fees. " * 30}, NAME) is None
    partly = [["+", "Other acts\nSample Decision of 2 May 2029 on fees of "], ["=", "the Sample Act 2028."]]
    cut = str(short_edits.short(row | {"words": dumps(partly)}, NAME))
    assert cut == f"{NAME} added: \u201cSample Decision of 2 May 2029 on fees \u2026\u201d"


def test_an_item_that_slid_off_a_list_is_not_told() -> None:
    old, new = ("\n".join(f"Report {n} of {n} June 2026" for n in range(top, top - 4, -1)) for top in (9, 10))
    row = change(old, new) | {"words": dumps([["+", "Report 10 of 10 June 2026\n"], ["=", old.rpartition("\n")[0]]])}
    assert str(short_edits.short(row, NAME)).partition(" changed: ")[2] == "“Report 10 of 10 June 2026” was put in"


def test_edits_in_different_lines_are_told_one_by_one() -> None:
    after = LIST.replace("Sample guide (2017) View\n", "").replace("End", "New guide View\nEnd")
    assert str(short_edits.short(change(LIST, after), NAME)).partition(" changed: ")[2] == (
        "“Sample guide (2017)” was taken out and “New guide” was put in"
    )


@pytest.mark.parametrize(
    ("before", "after", "more"),
    [
        ("One thing is so.", " ".join(f"w{n}" for n in range(13)), {}),
        ("a", "x" * 500, {}),
        ("a,b", "a;b", {}),
        ("One.", "Two.", {"significance": "editorial"}),
        ("One.", "Two.", {"kind": "renumbered"}),
        ("One.", "Two.", {"status_after": "repealed"}),
        ("", "", {}),
        ("same", "same", {}),
        ("", "x" * 100_000, {}),
        ("x" * 100_000, "x" * 100_000 + " y " * 40_000, {}),
        ("\u0301" * 400, "人身取引" * 200, {}),
    ],
)
def test_what_is_long_or_only_form_is_not(before: str, after: str, more: dict[str, str]) -> None:
    assert short_edits.short(change(before, after, **more), NAME) is None


def test_the_first_few_changes_are_told_in_words_and_the_others_by_name() -> None:
    rows = [change(f"within {n} days", f"within {n + 20} days", path=f"section-{n}") for n in range(2, 6)]
    (one,) = provisions.sentences(rows, "a", 3)
    assert str(one) == (
        "Section 2 changed: “2 days” became “22 days”; section 3 changed: “3 days” became “23 days”;"
        " section 4 changed: “4 days” became “24 days”; section 5 changed."
    )
    assert [str(each) for each in provisions.sentences(rows, "a")] == [
        "Section 2, section 3, section 4 and 1 more changed."
    ]


def test_a_change_of_a_fact_is_told_though_many_others_come_first() -> None:
    many = [change(f"Words of {n} one.", f"Words of {n} two.", path=f"section-{n}") for n in range(2, 60)]
    rows = [*many, change("Call 101.", "Call 111.", path="section-60", flags='["contact"]')]
    (one,) = provisions.sentences(rows, "a", 1)
    assert str(one) == (
        "Section 60 changed: “Call 101” became “Call 111”; section 2, section 3, section 4 and 55 more changed."
    )
    (by_name,) = provisions.sentences(rows, "a")
    assert str(by_name) == "Section 2, section 3, section 60 and 56 more changed."
    assert "Section 60" in [str(each) for each in look_for.changed_parts(rows, law=True)]


def test_what_has_only_another_number_is_not_told_beside_a_change() -> None:
    rows = [change("One.", "Two.", path="section-2"), change("", "", path="section-3", significance="editorial")]
    assert [str(each) for each in provisions.sentences(rows, "a")] == ["Section 2 changed."]
    assert [str(each) for each in provisions.sentences(rows[1:], "a")] == ["Section 3 changed."]


def test_the_note_of_the_publisher_opens_the_summary_with_the_sentences_that_say_most(tmp_path: Path) -> None:
    site, note = Site(), "Sample note. " + "The page was put in order. " * 8 + "Children are no longer in scope."
    first, second = "2026-02-01T09:30:00Z", "2026-03-03T09:30:00Z"
    for day, (days, times) in enumerate((("14", [first]), ("28", [first, second]))):
        said = [(time, note if time == second else "First published.") for time in times]
        text = guidance(f"<p>Ask within {days} days.</p>", updated=times[-1], notes=said)
        site.put(CONTENT, text, media="application/json")
        crawl(tmp_path, site, START + timedelta(days=day), text=sources(GOVUK))
    (entry,) = [row for row in told(tmp_path) if row["kind"] == "changed"]
    assert entry["note"].startswith("Sample note.")
    told_, _, rest = entry["summary"].partition("” ")
    assert told_.startswith("The publisher, on 3 March 2026: “Sample note. The page was put in order. The page")
    assert told_.endswith("… Children are no longer in scope.")
    assert rest == "The opening changed: “14 days” became “28 days”."
    assert word_limits.words(entry["summary"]) <= 60


def test_a_note_on_the_page_opens_what_is_said_of_its_file() -> None:
    page_ = change("", "", kind="note", words="[]", path="", note="Sample note.")
    file = change("In 2 days.", "In 9 days.", document="b", parent="a", document_title="Form", note="Of the form.")
    assert " ".join(map(str, notes.publisher_notes([file, page_], "a"))) == "The publisher says: “Sample note.”"
    assert (
        " ".join(map(str, notes.publisher_notes([file], "a"))) == "Attachment Form: the publisher says: “Of the form.”"
    )
    assert notes.publisher_notes([page_], "a") == []


def test_the_reason_in_an_answer_410_is_the_publishers(tmp_path: Path) -> None:
    site = Site()
    site.put(CONTENT, guidance(), media="application/json")
    crawl(tmp_path, site, START, text=sources(GOVUK))
    gone = {"base_path": PATH, "content_id": GUIDANCE.removeprefix("govuk:"), "document_type": "gone",
            "schema_name": "gone", "locale": "en", "title": "", "links": {}, "updated_at": "2026-03-03T05:00:00Z",
            "details": {"explanation": "<p>Published in error.</p>", "alternative_path": ""}}  # fmt: skip
    row: Row = {
        "kind": "withdrawn", "document": "a", "protocol": "govuk", "answer": 410, "occurred": None, "parent": None,
        "path": "", "document_title": "Sample", "significance": "substantive", "note": "Published in error.",
        "noted": "",
    }  # fmt: skip
    assert not notes.is_ours(row)
    assert notes.whole_notes([row]) == "Published in error."
    assert " ".join(map(str, notes.publisher_notes([row], "a"))) == "The publisher says: “Published in error.”"
    assert [str(each) for each in headlines.summary([row], "a")] == [
        "Its address answers that it is gone for good (status 410)."
    ]
    dated = {**row, "occurred": "2026-03-02"}
    assert [str(each) for each in headlines.summary([dated], "a")] == ["Withdrawn on 2 March 2026."]
    for note in ("", notes.OURS):
        assert notes.is_ours({**row, "note": note}) and notes.whole_notes([{**row, "note": note}]) == ""
    site.put(CONTENT, json.dumps(gone), media="application/json", status=410)
    crawl(tmp_path, site, START + timedelta(days=1), text=sources(GOVUK))
    (entry,) = [row for row in told(tmp_path) if row["kind"] == "withdrawn"]
    assert entry["note"] == "Published in error." and entry["occurred"] is None
    assert entry["summary"].endswith("The publisher says: “Published in error.”")


def test_what_a_plain_answer_410_leaves_as_its_note_is_ours(tmp_path: Path) -> None:
    publisher = publish(tmp_path, {3: "Sample report on slavery"})
    publisher.site.put(page(3).removeprefix("url:"), "<h1>Gone</h1>", status=410)
    crawl(tmp_path, publisher.site, START + timedelta(days=2), text=AUDITED)
    with Store.open(tmp_path / "roundup.db") as store:
        assert store.value("select note from changes where kind='withdrawn'") == notes.OURS
    (entry,) = [row for row in told(tmp_path) if row["kind"] == "withdrawn"]
    assert (entry["note"], entry["occurred"]) == ("", None)
    assert entry["summary"] == "Its address answers that it is gone for good (status 410)."


def test_a_date_that_moved_is_in_words_wherever_it_is_told() -> None:
    row = change("", "", kind="date", path="closes", words="[]")
    row |= {"before": "2026-03-06T23:45:00+00:00", "after": "2026-03-13T23:45:00+00:00"}
    (one,) = details.entry_changes([row], "a")
    assert one["words"] == [["-", "6 March 2026"], ["+", "13 March 2026"]]
    assert [str(each) for each in headlines.summary([row], "a")] == ["Closes: 6 March 2026 became 13 March 2026."]


def test_as_many_sources_as_have_room_are_named_by_their_whole_names() -> None:
    names = [f"Sample: reports of office {n}" for n in range(30)]
    said = templates.plain(import_module("crawler.entries.derive").named(names, ["Sample: news"]))
    assert said.startswith("Changes in “Sample: reports of office 0”, “Sample: reports of office 1”,")
    assert " more are told from now on; what stood there before was not announced. Not read yet" in said
    assert said.endswith(": “Sample: news”.") and "…" not in said
    assert 45 < word_limits.words(said) <= 60


def test_what_could_not_be_read_is_named_in_full_whatever_else_has_room() -> None:
    names, unread = [f"Sample: reports of the office {n}" for n in range(30)], ["Sample: news", "Sample: law"]
    said = templates.plain(import_module("crawler.entries.derive").named(names, unread))
    assert said.endswith(" Not read yet, so nothing is told of it: “Sample: news” and “Sample: law”.")


def test_who_published_it_is_told_by_its_whole_name_where_nothing_else_is() -> None:
    by = {"place": "publisher", "words": "Sample Commissioner", "weight": 1.0, "rule": "a"}
    several, alone = [by, {**by, "rule": "b"}], {"place": "title", "words": "slavery", "weight": 1.0, "rule": "c"}
    assert [str(one) for one in why.why({"why": json.dumps(several)}, {})] == ["It comes from Sample Commissioner."]
    assert [str(one) for one in why.why({"why": json.dumps([*several, alone])}, {})] == [
        "“slavery” stands in the title."
    ]
    assert look_for.topic_words([json.dumps([*several, alone])]) == ["slavery"]


def test_a_place_is_named_by_the_units_that_the_law_prints() -> None:
    """The publisher's ids call the Articles of a scheduled treaty chapters."""
    path, numbers = "schedule-1-part-I-chapter-3", {"schedule-1-part-I-chapter-3": "Article 4", "schedule-1": "PART I"}
    reason = {"place": f"ukpga/1998/42 {path}-paragraph-2", "words": "forced labour", "weight": 1.0, "rule": "c"}
    assert [str(one) for one in why.why({"why": json.dumps([reason])}, {}, numbers=numbers)] == [
        "“forced labour” stands in its text (schedule 1 part I article 4 paragraph 2)."
    ]
    row = {"path": path, "heading": "Prohibition of forced labour", "number": "Article 4", "text": "", "parts": "[]"}
    assert [str(one) for one in look_for.main_parts([row], ["labour"], law=True, whole=False)] == [
        "Schedule 1 part I article 4: Prohibition of forced labour"
    ]


def test_a_cut_ends_with_a_word() -> None:
    assert word_limits.cut("Sample: statistics on victims", 1) == "Sample …"
    assert word_limits.cut("On the “new” rules", 3) == "On the …"
    assert word_limits.cut("See (a) and “b” now", 4) == "See (a) and …"


@pytest.mark.parametrize("how", ["kind", "source"])
def test_nothing_of_an_attachment_that_can_name_people_is_repeated(tmp_path: Path, how: str) -> None:
    publish(tmp_path, {3: "Sample report on slavery", 4: "J. Doe convicted of slavery"})
    with Store.open(tmp_path / "roundup.db") as store:
        store.do("update documents set root=?, parent=? where id=?", page(3), page(3), page(4))
        if how == "kind":
            store.do("update documents set kind='case_law' where id=?", page(4))
        else:
            other = store.one("select * from sources limit 1") or {}
            store.insert("sources", {**other, "id": "court", "kind": "news", "position": 99})
            store.do("update document_sources set source='court', stated='{}' where document=?", page(4))
        store.do("update changes set kind='changed', path='j-doe', before='J. Doe', after='J. Doe fled',"
                 " note='On J. Doe' where document=?", page(4))  # fmt: skip
        store.do("update changes set kind='retitled', before='Old' where document=?", page(3))
        (one,) = again(store)
        made = compose.compose(store, store.value("select max(id) from crawls"), moment("2026-03-03T06:00:00Z"), one)
        stored = made.stored()
        assert stored["summary"] == "The title was: Old."
        assert "Doe" not in json.dumps([stored, list(made.sections)]) and "j-doe" not in json.dumps(list(made.sections))
        assert len(made.changes) == 2, "a change of which nothing may be shown goes with it, and is no news"


def test_a_change_of_law_is_found_under_whom_its_provisions_concern(tmp_path: Path) -> None:
    family = [{"private": 0, "representation": "structured", "id": "ukpga/2015/30", "kind": "act"}]
    row = change("They may tell.", "They must tell.", heading="Duty to notify", path="section-52")
    with Store.open(tmp_path / "roundup.db") as store:
        found = audience.facets(store, family, [row])
        assert {("role", "first_responder"), ("aimed_at", "local_authority"), ("topic", "identification_nrm")} <= {
            *found
        }
        assert audience.facets(store, family, [{**row, "significance": "editorial"}]) == []
        assert audience.facets(store, family, [{**row, "heading": "Fees"}]) == []
        assert audience.facets(store, [{**family[0], "private": 1}], [row]) == []
        guidance_ = [{**family[0], "representation": "html", "id": "url:x"}]
        assert audience.facets(store, guidance_, [row]) == []
        store.do("pragma foreign_keys=off")
        store.insert("relevance", {
            "document": family[0]["id"], "band": "in", "score": 0.0, "decided_by": "source", "why": "[]", "since": "",
            "unconfirmed": None, "rules": "",
        })  # fmt: skip
        other = {**row, "heading": "Police powers"}
        assert audience.facets(store, family, [other]) == [], "its source alone makes it no law of the subject"
        assert audience.facets(store, family, [row]), "these words are of the subject"


@pytest.mark.parametrize(
    ("heading", "words", "expected"),
    [
        ("Appeals", "A person can appeal to the tribunal.", False),
        ("Modification by order", "The licence holder must give notice of a licence.", False),
        ("Fees", "The fee is paid to the police.", False),
        ("Citation", "This applies to a school.", False),
        ("Notices", "A notice to a court is in writing.", False),
        ("Police powers", "A notice is in writing.", True),
        ("Notices", "Whoever holds a person in slavery or servitude commits an offence.", True),
        ("Duty to notify", "A notice is in writing.", True),
    ],
)
def test_one_word_that_any_law_has_makes_no_change_one_for_somebody(
    tmp_path: Path, heading: str, words: str, expected: bool
) -> None:
    family = [{"private": 0, "representation": "structured", "id": "ukpga/2015/30", "kind": "act"}]
    row = change("", words, kind="added", heading=heading, path="section-2")
    with Store.open(tmp_path / "roundup.db") as store:
        assert bool(audience.facets(store, family, [row])) is expected


@given(
    st.lists(
        st.sampled_from(
            ["Sample", "\u2013", "/", "&", "(No. 3)", "of the", "2026", "…", "人身取引", "A" * 90, "a\u00a0b"]
        )
    )
)
def test_no_way_to_count_finds_a_headline_of_more_than_twenty_words(parts: list[str]) -> None:
    title = " ".join(parts)
    for kind in ("new", "changed", "retitled", "withdrawn", "relocated"):
        said = str(headlines.headline(kind, title))
        assert len(said.split()) <= word_limits.HEADLINE
    assert len(abridged(title, word_limits.SUMMARY, word_limits.ROOM).split()) <= word_limits.SUMMARY


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "Sample report View (a.pdf)\nSample pocket guide (2017) View\nSample wheel View",
            "Sample report View\nSample wheel View\nSlavery and trafficking View",
            "Section 8 changed: “Sample pocket guide (2017)” was taken out and “Slavery and trafficking” was put in.",
        ),
        ("Police\nCourts\nHospitals", "Police\nCourts\nHospitals\nSchools", "Section 8 changed: “Schools” was put in."),
        ("Police\nThe courts decide", "Police\nThe courts advise", "Section 8 changed: “decide” became “advise”."),
    ],
)
def test_items_of_a_list_are_told_whole(before: str, after: str, said: str) -> None:
    row = change(before, after, law=0)
    assert [str(each) for each in provisions.sentences([row], "a", 2)] == [said]


def test_an_instruction_that_is_turned_round_is_told_though_it_is_long() -> None:
    old = "Do not give examples of them holding back or changing what they said if you think they have done so"
    new = "Where a person holds back or changes an account please make clear on the form that this may be why"
    row = change(f"Ask first. {old}. Then send it.", f"Ask now. {new}. Then send all of it at once to the office.")
    ends = [["=", ". Then send "], ["+", "all of "], ["=", "it."], ["+", " at once to the office."]]
    row["words"] = dumps([["=", "Ask "], ["-", "first"], ["+", "now"], ["=", ". "], ["-", old], ["+", new], *ends])
    said = str(short_edits.short(row, NAME))
    assert f"“{old}” became “{new}”" in said and "among other words" in said
    ends = [["=", "because "], ["-", "they: feel"], ["+", "of:\n"], ["=", " fear at home and on the way there."]]
    row = change(
        f"{old} because they: feel fear at",
        f"{new} because of:\n fear",
        words=dumps([["-", f"{old} "], ["+", f"{new} "], *ends]),
    )
    begins = "Do not give examples of them holding …"
    assert str(short_edits.short(row, NAME)).endswith(f"it now says “{new} because of: …”, no longer “{begins}”")


def test_a_part_of_which_all_words_stand_elsewhere_has_no_place_in_the_list() -> None:
    still = [["=", "Sample words."]]
    assert details.entry_changes([change("a", "a", words=dumps(still))], "root") == []
    assert len(details.entry_changes([change("a", "a b", words=dumps([*still, ["+", "More."]]))], "root")) == 1
    assert len(details.entry_changes([change("a", "a", words=dumps(still), status_after="repealed")], "root")) == 1


def test_a_section_in_which_only_signs_differ_is_not_listed_beside_what_differs() -> None:
    signs = change(
        "1.16 One", "1.16. One", words=dumps([["=", "1.16"], ["+", "."], ["=", " One"]]), significance="editorial"
    )
    words = change("a", "b", words=dumps([["-", "a"], ["+", "b"]]))
    assert len(details.entry_changes([signs, words], "root")) == len(details.entry_changes([signs], "root")) == 1


def test_sentences_of_a_removed_part_that_stand_elsewhere_are_named() -> None:
    kept = [["-", "It is new. "], ["=", "14.2. Each person has to agree to it. 14.3. "]]
    row = change("a", "", kind="removed", words=dumps(kept), before_section=1, after_section=None)
    (one,) = details.entry_changes([row], "root")
    assert one["duty"] == [{"flag": "elsewhere", "before": "Each person has to agree to it.", "after": ""}]
    assert "duty" not in details.entry_changes([{**row, "law": 1}], "root")[0]


def test_labels_of_a_list_that_were_printed_before_are_no_change_of_a_law() -> None:
    labels = change("", "", law=1, words=dumps([["=", "It means "], ["+", "(a) "], ["=", "fees "], ["+", "(b) "]]))
    other = change("a", "b", law=1, id="other", path="section-9")
    told = [each["path"] for each in details.entry_changes([labels, other], "root")]
    assert told == ["section-9"]
    noted = {**labels, "reasons": dumps([["ukpga/2025/9001", "section-4", "2026-03-13", "effect"]])}
    assert len(details.entry_changes([noted, other], "root")) == 2


def test_a_part_that_moved_under_another_heading_is_told_by_both() -> None:
    moved = change(
        "a", "a", kind="moved", words="[]", before_section=1, after_section=None, heading="Action 3: Tell others"
    )
    come = {
        **moved,
        "id": "b",
        "path": "b",
        "before_section": None,
        "after_section": 2,
        "heading": "Action 2: Tell others",
    }
    (one,) = details.entry_changes([moved, come], "root")
    assert (one["kind"], one["words"]) == (
        "renumbered", [["-", "Action 3: Tell others"], ["+", "Action 2: Tell others"]]
    )  # fmt: skip
    (elsewhere,) = details.entry_changes([moved, {**come, "after": f"Write. {moved['before']}"}], "root")
    assert elsewhere["kind"] == "moved", "other words come first under it"
    assert details.entry_changes([moved, {**come, "heading": "Fees"}], "root") == []


@pytest.mark.parametrize("rows", [1, 2])
@pytest.mark.parametrize("parent", [None, "a"])
def test_a_long_note_leaves_room_for_what_is_said_of_it(rows: int, parent: str | None) -> None:
    note, title = "Adults are no longer in scope of it. " * 20, "Sample form " * 9
    row = change("", "", kind="note", words="[]", path="", note=note, parent=parent, document_title=title)
    row |= {"noted": "2026-03-03"}
    alone = word_limits.fit_sentences(list(notes.alone([row] * rows)))
    told_ = word_limits.fit_sentences(
        [*notes.publisher_notes([{**row, "kind": "changed"}], "a"), *[templates.say("more changes")] * 9]
    )
    for said in (alone, told_):
        assert 40 < word_limits.words(templates.plain(said)) <= word_limits.SUMMARY
