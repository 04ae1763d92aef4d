"""What a review of the entries of many recordings mended, on small cases of our own."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crawler.entries import (
    compose,
    confidence,
    headlines,
    law,
    look_for,
    procedures,
    provisions,
    series,
    short_edits,
    templates,
    word_limits,
)
from crawler.entries.templates import say, source
from crawler.store import Row, Store, families
from crawler.text import moment
from tests.entries.test_entries_rules import again
from tests.entries.test_entries_words import NAME, change
from tests.entries.worlds import page, publish

CLOCK = moment("2026-03-03T06:00:00Z")


def test_a_line_whose_former_words_moved_to_another_part_is_told_as_replaced() -> None:
    row = change("Deaths in homes: 3 July", "Deaths in homes: 11 September")
    row["words"] = json.dumps([["=", "Deaths in homes: "], ["+", "11 September"]])
    assert str(short_edits.short(row, NAME)).endswith("“3 July” became “11 September”")


def test_a_summary_of_the_publishers_is_cut_at_a_sentence_and_gets_the_room_there_is() -> None:
    words = "One sample sentence is here. " + "Then words and words " * 20 + "end. Last one."
    own = say(word_limits.OWN, summary=source(words))
    made = say("made", day=templates.structure("5 April 2029"))
    (first, second) = word_limits.fit_sentences([made, own])
    assert str(second) == "One sample sentence is here."
    long = say(word_limits.OWN, summary=source("word " * 90))
    (first, second) = word_limits.fit_sentences([made, long])
    assert str(first) == "Made on 5 April 2029." and word_limits.words(f"{first} {second}") == 60
    assert str(second).endswith(" …")
    files = say("with attachments", titles=source("name " * 55))
    assert word_limits.words(templates.plain(word_limits.fit_sentences([long, files]))) <= 60
    assert word_limits.closed("It is about samples. The publications include:") == "It is about samples."


def attachment(title: str, kind: str = "new", **more: str) -> Row:
    return {
        "kind": kind, "document": title, "document_title": title, "parent": "a", "path": "", "protocol": "govuk",
        "answer": 200, "occurred": None, "before": "", "after": "", "note": "", "significance": "substantive", **more,
    }  # fmt: skip


TOP = {**attachment("Sample"), "document": "a", "parent": None}


def test_attachments_are_named_in_one_sentence() -> None:
    def said(*rows: Row) -> list[str]:
        return [str(each) for each in headlines.summary(rows, "a")]

    several = [attachment(name) for name in ("Plan", "Map", "List", "Annex", "Form")]
    assert said(several[0]) == ["Attachment added: Plan."]
    assert said(*several) == ["Attachments added: Plan, Map, List and 2 more."]
    assert said(TOP, *several[:2]) == ["Attachments: Plan and Map."]
    assert said(TOP, several[0], attachment("Plan")) == ["Attachment: Plan."]


def test_what_happened_to_an_attachment_says_to_which() -> None:
    def said(kind: str, **more: str) -> list[str]:
        return [str(each) for each in headlines.summary([attachment("Plan", kind, **more)], "a")]

    assert said("retitled", before="Draft plan", after="Plan") == ["Attachment renamed: Plan; it was: Draft plan."]
    assert said("relocated", after="https://s.invalid/p") == ["Plan: new address: https://s.invalid/p."]
    assert said("status", before="draft", after="final") == ["Plan: Status: draft became final."]


def test_a_new_title_that_the_headline_cuts_stands_whole_in_the_summary() -> None:
    long = (
        f"Sample guidance for everybody who supports those who were found to be victims {'in all of the places ' * 3}"[
            :-1
        ]
    )
    for after, said in ((long, f"The title was: Old. It is now: {long}."), ("Sample", "The title was: Old.")):
        row = {**TOP, "kind": "retitled", "before": "Old", "after": after}
        assert [str(each) for each in headlines.summary([row], "a")] == [said]


def test_what_happened_before_anybody_was_told_of_a_document_is_no_change(tmp_path: Path) -> None:
    publish(tmp_path, {3: "Sample report on slavery"})
    with Store.open(tmp_path / "roundup.db") as store:
        (one,) = again(store)
        (new,) = one.rows
        more = [{**new, "id": kind, "kind": kind, "before": "Old", "after": "New", "flags": '["money"]', "path": path}
                for kind, path in (("retitled", ""), ("changed", "text"), ("date", "closes"))]  # fmt: skip
        crawl = store.value("select max(id) from crawls")
        made = compose.compose(store, crawl, CLOCK, replace(one, rows=[new, *more]))
        alone = compose.compose(store, crawl, CLOCK, one)
        assert made.stored() == alone.stored() and alone.row["flags"] == "[]"
        assert [*made.changes] == [new["id"], "retitled", "changed", "date"], "they are told with it"
        gone = {**more[0], "id": "gone", "kind": "withdrawn", "occurred": "2026-03-02", "previous": "read"}
        later = compose.compose(store, crawl, CLOCK, replace(one, rows=[new, *more, gone]))
        assert later.row["kind"] == "withdrawn" and "Withdrawn on 2 March 2026" in str(later.stored()["summary"])


@pytest.mark.parametrize(
    ("old", "new", "kind", "follows"),
    [
        ("Sample Transport Act 1985", "Sample Transport Act 2000", "act", False),
        ("Sample Transport (Fees) Order 1985", "Sample Transport (Fees) Order 2000", "si", False),
        ("Sample research paper 09/73", "Sample research paper 10/18", "research", False),
        ("Committee of the Whole House as at 3 November", "Committee of the Whole House as at 4 November",
         "parliament", False),
        ("Sample report on slavery 2023/24", "Sample report on slavery 2024/25", "report", True),
    ],
)  # fmt: skip
def test_laws_and_papers_that_differ_by_number_are_no_editions(
    tmp_path: Path, old: str, new: str, kind: str, follows: bool
) -> None:
    publish(tmp_path, {3: old, 4: new})
    with Store.open(tmp_path / "roundup.db") as store:
        store.do("update documents set kind=?", kind)
        top = store.one("select * from documents where id=?", page(4)) or {}
        said = [str(each) for each in series.follows(store, top)]
        assert said == ([f"The newest earlier one so titled that is held here: “{old}”."] if follows else [])
        relation = {"document": page(4), "relation": "replaces", "target": page(3), "seen": "", "fetch": 1}
        store.insert("relations", relation)
        assert [str(each) for each in series.follows(store, top)] == [f"It replaces “{old}”."]
        store.do("update documents set title=? where id=?", new.upper(), page(3))
        store.do("update documents set title=? where id=?", new.upper(), page(4))
        top = {**top, "title": new.upper()}
        assert [str(each) for each in series.follows(store, top)] == ["It replaces an earlier one of the same title."]


@pytest.mark.parametrize(
    ("before", "follows"), [("2029-06-09", True), ("2029-06-10", False), ("2029-06-11", False), (None, True)]
)
def test_the_edition_before_is_not_one_of_the_same_day(tmp_path: Path, before: str | None, follows: bool) -> None:
    old = "Sample country report on slavery, round 1"
    publish(tmp_path, {3: old, 4: "Sample country report on slavery, round 3"})
    with Store.open(tmp_path / "roundup.db") as store:
        store.do("update documents set published=? where id=?", before, page(3))
        store.do("update documents set published='2029-06-10' where id=?", page(4))
        top = store.one("select * from documents where id=?", page(4)) or {}
        said = [str(each) for each in series.follows(store, top)]
        assert [each.startswith(f"The newest earlier one so titled that is held here: “{old}”") for each in said] == [
            True
        ] * follows


@pytest.mark.parametrize(
    ("summary", "status", "said"),
    [
        ("It is about samples.", "", "It is about samples."),
        (
            "Samples and how to take them",
            "consultation open",
            "Samples and how to take them. Status: consultation open.",
        ),
        (
            "Slavery: a sample report",
            "",
            "A web page of about 7 words. No licence known to us lets us show its text here.",
        ),
        ("3 - Report", "in procedure", "3 - Report. Status: in procedure."),
        ("Report", "in procedure", "Status: in procedure."),
    ],
)
def test_what_is_new_is_told_in_its_publishers_words_and_where_it_stands(
    tmp_path: Path, summary: str, status: str, said: str
) -> None:
    """A summary that only repeats words of the title says nothing; what the publisher did not close is closed."""
    publish(tmp_path, {3: "Sample: a report on slavery"})
    with Store.open(tmp_path / "roundup.db") as store:
        store.do("update documents set summary=?, status=? where id=?", summary, status, page(3))
        (one,) = again(store)
        made = compose.compose(store, store.value("select max(id) from crawls"), CLOCK, one)
        assert made.stored()["summary"] == said


def part(path: str, heading: str, text: str = "") -> dict[str, Any]:
    return {"path": path, "number": "", "heading": heading, "text": text}


def test_what_only_frames_a_law_is_not_worth_opening() -> None:
    parts = [
        part("part-1", "PRELIMINARY"), part("part-2", "Offences"), part("part-3", "Miscellaneous and general"),
        part("chapter-i", "GENERAL PROVISIONS"), part("chapter-ii", "Samples and their use"),
        part("regulation-1", "Citation, commencement and retrospective effect"),
    ]  # fmt: skip
    assert [str(each) for each in look_for.main_parts(parts, [], law=True)] == [
        "Part 2: Offences", "Chapter II: Samples and their use",
    ]  # fmt: skip


def test_a_law_that_only_mentions_the_subject_is_opened_where_it_does() -> None:
    parts = [part("chapter-ii", "Online platforms"), part("article-5", "Crimes", "such as slavery")]
    told = {whole: look_for.main_parts(parts, ["slavery"], law=True, whole=whole) for whole in (True, False)}
    assert [str(each) for each in told[False]] == ["Article 5: Crimes"]
    assert [str(each) for each in told[True]] == ["Chapter II: Online platforms"]
    reason = {"place": "title", "weight": 1.0, "words": "x", "rule": "y"}
    assert look_for.is_whole(json.dumps([reason])) and look_for.is_whole("[]")
    assert look_for.is_whole(json.dumps([{**reason, "place": "relation", "weight": 0.0}]))
    assert not look_for.is_whole(json.dumps([{**reason, "place": "article-5"}, {**reason, "weight": -2.0}]))


def test_edits_that_lie_far_apart_are_told_one_by_one() -> None:
    between = " is what stands between the two of them and does not change at all in any of its words. "
    two = short_edits.short(change(f"In May.{between}Pay £25.", f"In June.{between}Pay £30."), NAME)
    assert str(two) == "section 8 changed: “May” became “June” and “£25” became “£30”"
    many = [f"Word{n}{between}" for n in range(6)]
    before, after = "".join(many) + "Call 101 now.", "".join(many).replace("Word", "Term") + "Call 111 now."
    assert str(short_edits.short(change(before, after), NAME)) == (
        "section 8 changed, among other words: “Call 101” became “Call 111”"
    )
    assert short_edits.short(change("".join(many), "".join(many).replace("Word", "Term")), NAME) is None
    dated = [f"In May {2020 + n}.{between}" for n in range(3)]
    turned = short_edits.short(
        change("".join(dated) + "You must send it.", "".join(dated).replace("May", "June") + "You must not send it."),
        NAME,
    )
    assert str(turned) == (
        "section 8 changed, among other words: “May 2020” became “June 2020” and “must send” became “must not send”"
    )
    gone = short_edits.short(change(f"Ask.{between}Pay. Then tell the office.", f"Ask us.{between}Pay."), NAME)
    assert str(gone) == "section 8 changed: “Ask” became “Ask us” and “Then tell the office.” was taken out"


def test_guidance_has_parts_added_and_a_law_provisions_inserted() -> None:
    row = {**change("", "", kind="added", path="introduction", path_before="", heading_before=""), "law": 0}
    assert [str(each) for each in provisions.sentences([row], "a")] == ["The opening added."]
    assert [str(each) for each in provisions.sentences([{**row, "law": 1}], "a")] == ["Introduction inserted."]


def test_the_date_of_a_law_is_called_what_it_is() -> None:
    top = {"published": "2026-03-03", "representation": "structured", "partial": 0, "id": "a", "url": "", "title": "A"}
    said = [str(each) for each in confidence.read_certainty([top], {"own": 1}, {}, confirmed=True, made="enacted")]
    assert said[0] == "It states when it was enacted, not when it was published."


def test_a_procedure_tells_its_last_event_and_its_final_act(tmp_path: Path) -> None:
    publish(tmp_path, {3: "Sample: a report on slavery"})
    with Store.open(tmp_path / "roundup.db") as store:
        (one,) = again(store)
        fetch = store.value("select max(id) from fetches")
        stated = {"document": "procedure:2029/1", "seen": "2026-03-03T06:00:00Z", "fetch": fetch}
        top = store.one("select * from documents where id=?", page(3)) or {}
        store.insert("documents", {**top, "id": stated["document"], "root": stated["document"], "current": None})
        for event, date in (
            ("Vote", "2026-03-01"),
            ("Final act signed", "2026-03-02"),
            ("Vote (foreseen)", "2026-03-02"),
        ):
            dated = {"event": event, "date": date, "provision": "", "qualification": ""}
            store.insert("dates", {**stated, **dated})
        store.insert("relations", {**stated, "relation": "final act", "target": "celex:32029R0535"})
        due = replace(one, root=stated["document"])
        said = [str(each) for each in procedures.events(store, due, top, "new")]
        assert said == ["Last event: Final act signed, 2 March 2026.", "Final act: Regulation (EU) 2029/535."]
        assert list(procedures.events(store, one, top, "new")) == []


@pytest.mark.parametrize(
    ("start", "how", "said"),
    [
        ("2029-04-01", "revoked (except reg. 2)", "revoked (except reg. 2) by SI 2029/7, from 1 April 2029"),
        ("prospective", "revoked (except reg. 2)", "revoked (except reg. 2) by SI 2029/7, with no day"),
        ("2029-04-01", "revoked (except regs. 2 (in part), 37, 38)", "revoked, with exceptions, by SI 2029/7, from 1"),
    ],
)
def test_a_law_that_is_listed_as_revoked_says_so(tmp_path: Path, start: str, how: str, said: str) -> None:
    publish(tmp_path, {3: "Sample: a report on slavery"})
    with Store.open(tmp_path / "roundup.db") as store:
        effect = {"affected": page(3), "affecting": "uksi/2029/7", "type": how, "in_force": start}
        of_whole = {"affected_provision": "", "affecting_provision": "", "applied": 0, "affected_paths": '["whole"]'}
        head = {"head": "revoked", "nature": "textual", "seen": "2029-03-03T06:00:00Z"}
        fetch = store.value("select max(id) from fetches")
        store.insert("effects", {"id": "sample", **effect, **of_whole, **head, "fetch": fetch})
        of_law = {"id": "b", **effect, **of_whole, **head, "fetch": fetch, "affected": "uksi/2029/3"}
        store.insert("effects", of_law)
        store.insert("effects", {**of_law, "id": "c", "affected": "uksi/2029/4", "type": "substututed", "nature": ""})
        top = store.one("select * from documents where id=?", page(3)) or {}
        told = [str(each) for each in law.of_new(store, top)]
        beside = [str(each) for each in law.ending_in_full(store, {**top, "id": "uksi/2029/3"})]
        assert families.unapplied(store, page(3), "2030-01-01") == (1, int(start == "prospective"))
        assert families.unapplied(store, page(3), "2030-01-01", "sample") == (0, 0)
        assert families.unapplied(store, "uksi/2029/4", "2030-01-01")[0] == 1
    assert any(each.startswith(f"Its publisher lists it as {said}") for each in told)
    in_full = [f"Its publisher lists it as \u201c{how}\u201d by SI 2029/7."]
    assert beside == (in_full if "with exceptions" in said else [])
