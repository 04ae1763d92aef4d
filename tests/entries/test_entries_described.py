"""What is told of something new that its publisher does not sum up, in facts of it and our own words."""

from pathlib import Path
from typing import Any

import pytest

from crawler.entries import compose, dates, described, ended, headlines, namesakes, procedures, summary
from crawler.entries.templates import plain, say
from crawler.store import Store, families, wordings
from crawler.text import moment
from tests.entries.test_entries_rules import again
from tests.entries.test_entries_words import change
from tests.entries.worlds import publish
from tests.fold.samples import sources
from tests.fold.test_fold_laws import live
from tests.fold.world import START, Site, crawl

TOP = {
    "id": "a", "title": "CSE training", "kind": "training", "author": "", "jurisdiction": "England", "summary": "",
    "representation": "html", "private": 0, "hash_only": 1, "partial": 0,
}  # fmt: skip
KIND = {"kind": "guidance"}
NOT_SHOWN = "No licence known to us lets us show its text here."


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    monkeypatch.setattr(wordings, "headings", lambda store, document: rows)
    written = (" ".join(f"{row['heading']} {row['text']}" for row in rows) for _ in iter(int, 1))
    monkeypatch.setattr(wordings, "length", lambda store, document: len(next(written).split()))
    return rows


def section(heading: str, text: str, number: str = "") -> dict[str, Any]:
    return {"heading": heading, "path": heading.casefold(), "text": text, "number": number}


def test_form_and_parts_are_told_and_why_there_is_no_text(held: list[dict[str, Any]], tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db") as store:
        assert (
            plain(described.unsaid(store, {**TOP, "representation": None})) == "Only its title was read, not its text."
        )
        held.append(section("Handouts", "one two three " * 41))
        assert plain(described.unsaid(store, TOP)) == f"A web page of about 120 words. {NOT_SHOWN}"
        assert (
            plain(described.unsaid(store, {**TOP, "partial": 1}))
            == f"A web page of which only a part was read. {NOT_SHOWN}"
        )
        held.append(section("Slides", ""))
        held.append(section("This is what people have to do at first in such a case", ""))
        said = f"A web page of about 140 words; among its headings: “Handouts” and “Slides”. {NOT_SHOWN}"
        assert plain(described.unsaid(store, TOP)) == said
        assert plain(described.unsaid(store, {**TOP, "hash_only": 0})) == said.removesuffix(f" {NOT_SHOWN}")


def test_parts_numbered_as_such_come_before_questions_and_directions(held: list[dict[str, Any]]) -> None:
    held += [section("Age", "", "Section 1"), section("Is it known?", "Yes"), section("Go to section 3", "")]
    with Store.open(":memory:") as store:
        assert "“Age” and “Is it known?”. " in plain(described.unsaid(store, TOP))
        held += [section("Help", "", "Section 2"), section("Consent", "", "Section 3")]
        assert "“Age”, “Help” and “Consent”. " in plain(described.unsaid(store, TOP))


def test_an_acronym_of_the_title_is_opened_as_its_text_does(held: list[dict[str, Any]], tmp_path: Path) -> None:
    held.append(section("Aims", "To know Child Sexual Exploitation (CSE), see the Sample Office (SO)."))
    with Store.open(tmp_path / "a.db") as store:
        said = "CSE stands for “Child Sexual Exploitation”."
        assert plain(described.acronyms(store, TOP)) == said
        for title in ("CSE TRAINING", "Child sexual exploitations (CSE)", "UK training"):
            assert plain(described.acronyms(store, {**TOP, "title": title})) == ""


@pytest.mark.parametrize(("text", "said"), [
    ("Texts adopted : P10_TA(2029)0096 The Parliament, having regard to Rule 1. of it, A. whereas samples are few;"
     " 1. Strongly urges the States to take samples; 2. Calls on all to help.",
     "Its first paragraph: “Strongly urges the States to take samples”. Text adopted: P10_TA(2029)0096."),
    ("Samples: 1. Calls by day. 2. Calls by night.", ""),
    ("A. whereas it is so; 1. The form; 2. The note.", ""),
])  # fmt: skip
def test_a_resolution_is_told_by_what_it_decides_first(
    held: list[dict[str, Any]], tmp_path: Path, text: str, said: str
) -> None:
    held.append(section("", text))
    top = {**TOP, "id": "ep:RC-10-2029-0001", "kind": "parliament", "hash_only": 0}
    with Store.open(tmp_path / "a.db") as store:
        assert plain([*described.decided(store, top), *procedures._adopted(store, top)]) == said
        assert not [*described.decided(store, {**top, "hash_only": 1}), *described.decided(store, {**top, **KIND})]


@pytest.mark.parametrize(("kind", "asks"), [("notice", True), ("guidance", False)])
def test_a_notice_says_until_when_it_asks_for_comments(
    held: list[dict[str, Any]], tmp_path: Path, kind: str, asks: bool
) -> None:
    asked = "If you have any comments send these by 14 January 2029"
    held.append(section("How to comment", f"We hold a register. {asked}."))
    with Store.open(tmp_path / "a.db") as store:
        said = plain(described.deadline(store, {**TOP, "kind": kind, "hash_only": 0}))
        assert said == (f"It says: \u201c{asked}\u201d." if asks else "")


LIST = """  - id: tools
    publisher: sample
    kind: {kind}
    protocol: page
    url: https://a.sample.invalid/start
    topics: [offences_law]
    expect: {{min: 1}}
"""


@pytest.mark.parametrize(("title", "kind", "nation"), [
    ("Derbyshire partnership: terms", "resource", "England"), ("Swansea toolkit", "training", "Wales"),
    ("Partnership terms", "resource", "United Kingdom"), ("Gang jailed in Leeds", "news", "United Kingdom"),
    ("From Leeds to Glasgow: a guide", "guidance", "United Kingdom"),
])  # fmt: skip
def test_a_tool_that_names_its_place_is_of_its_nation(tmp_path: Path, title: str, kind: str, nation: str) -> None:
    site = Site()
    site.put(
        "https://a.sample.invalid/start", f"<html><body><main><h1>{title}</h1><p>Fill in.</p></main></body></html>"
    )
    crawl(tmp_path, site, START, text=sources(LIST.format(kind=kind)))
    with live(tmp_path) as store:
        (row,) = store.all("select * from documents")
        assert row["jurisdiction"] == nation
        said = plain(described.place({**row, "private": 0}))
        assert bool(said) is (nation != "United Kingdom") and (not said or said.endswith(f"({nation})."))


@pytest.mark.parametrize(("status", "closes", "said"), [
    ("open", "2029-05-30", "It closes on 30 May 2029."),
    ("outcome published", "2029-05-30", "It closed on 30 May 2029."),
    ("open", "2229-05-30", "Its publisher states that it closes on 30 May 2229; the year cannot be right."),
    ("", "2029-05-30", ""),
])  # fmt: skip
def test_when_a_consultation_closes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, status: str, closes: str, said: str
) -> None:
    monkeypatch.setattr(families, "days", lambda store, document, event: [f"{closes}T23:45:00"])
    top = {**TOP, "status": status, "first_seen": "2029-01-01T00:00:00Z"}
    with Store.open(tmp_path / "a.db") as store:
        assert plain(summary.closing_date(store, top)) == said


def test_what_is_published_again_says_since_when_and_why_it_had_been_withdrawn(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    notice = {"occurred": "2029-02-10", "note": "It is out of date."}
    monkeypatch.setattr(families, "withdrawal", lambda store, document: notice)
    rows, bare = [{"seen": "2029-05-01T00:00:00Z"}], say("had been withdrawn")
    with Store.open(tmp_path / "a.db") as store:
        found = plain(summary.undone(store, TOP, rows, bare))
        assert found == "It had been withdrawn on 10 February 2029. The publisher said then: “It is out of date.”"
        earlier = [{"seen": "2029-01-01T00:00:00Z"}]
        assert plain(summary.undone(store, TOP, earlier, bare)) == "It had been withdrawn."


def test_what_was_withdrawn_on_its_first_page_was_so_when_it_was_first_seen() -> None:
    seen = "2029-05-01T00:00:00Z"
    row = {"kind": "withdrawn", "document": "a", "seen": seen, "crawl": "c", "previous": None, "occurred": "2029-02-10"}
    row |= {"answer": "200", "protocol": "govuk"}
    top = {**TOP, "status": "", "first_seen": seen}
    assert ended.at_first([row], top) == "withdrawn"
    assert ended.at_first([row], {**top, "first_seen": "2029-01-01T00:00:00Z"}) == ""
    assert ended.at_first([{**row, "previous": "v"}], top) == ""


def test_an_attachment_of_a_page_that_states_no_update_is_told_as_listed() -> None:
    row = change("", "", kind="new", words="[]", path="", document="b", parent="a", document_title="Sample form")
    assert plain(headlines.summary([row], "a")) == "Attachment added: Sample form."
    said = "The page lists as attached: Sample form; perhaps not new: it states no update since 29 May 2014."
    assert plain(headlines.summary([row], "a", updated="2014-05-29")) == said
    assert headlines.only_attached([row], "a") and not headlines.only_attached([row, change("", "")], "a")


@pytest.mark.parametrize(("published", "stale"), [
    ("2029-02-28", False), ("2028-12-30", True), ("2029-01", False), ("2028", True), (None, False),
])  # fmt: skip
def test_what_was_published_long_before_it_was_seen_is_new_to_us_alone(published: str | None, stale: bool) -> None:
    assert dates.is_stale({"published": published, "first_seen": "2029-03-10T05:00:00Z"}) is stale


@pytest.mark.parametrize(("name", "stale"), [
    ("Terms%20of%20reference%202017.doc", True), ("terms-2028.pdf", False), ("act-2015-guide.pdf", False),
    ("form-A2017.pdf", False), ("", False),
])  # fmt: skip
def test_a_file_whose_name_ends_with_an_old_year_is_new_to_us_alone(name: str, stale: bool) -> None:
    top = {"published": None, "first_seen": "2029-01-10T05:00:00Z", "url": f"https://sample.example/{name}"}
    assert dates.is_stale(top) is stale


@pytest.mark.parametrize(("document", "begun", "told"), [
    ("procedure:2028/1", "2028-07-15", True), ("procedure:2028/1", "2028-12-20", False),
    ("bill:1", "2028-07-15", False),
])  # fmt: skip
def test_a_procedure_that_began_long_ago_is_not_told_as_new(
    document: str, begun: str, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.store.families.first_event", lambda *_: begun)
    top = {"id": document, "published": None, "first_seen": "2029-01-01T00:00:00Z"}
    assert procedures.is_under_way(None, top) is told  # type: ignore[arg-type]


def test_what_states_no_day_and_nothing_shows_to_be_new_is_new_to_us_alone(tmp_path: Path) -> None:
    publish(tmp_path, {3: "Sample terms of reference"})
    with Store.open(tmp_path / "roundup.db") as store:
        (due,), clock = again(store), moment("2026-03-03T06:00:00Z")
        name = store.value("select max(id) from crawls")
        store.do("update documents set published = null")
        assert plain([compose.compose(store, name, clock, due).title]).startswith("New: ")
        store.do(
            "insert into dates select ?, 'reviewed', '', '2017-06-27', '', min(time), min(id) from fetches", due.root
        )
        assert plain([compose.compose(store, name, clock, due).title]).startswith("Newly listed: ")
        store.do("delete from dates")
        store.do("""update fetches set asked = json_replace(asked, '$[0].facts', json('{}')) where role = 'document'""")
        assert plain([compose.compose(store, name, clock, due).title]).startswith("Newly listed: ")


def test_a_title_in_another_script_has_the_words_of_its_address(tmp_path: Path) -> None:
    top = {
        **TOP,
        "title": "\u0636\u0631\u0627\u0626\u0628",
        "url": "https://a.sample.invalid/why-samples-are-taken/1156044",
    }
    with Store.open(tmp_path / "a.db") as store:
        assert str(namesakes.distinction(store, top)) == "why-samples-are-taken"


def test_what_is_not_the_latest_release_is_told_so(tmp_path: Path) -> None:
    publish(tmp_path, {3: "Sample statistics on slavery"})
    with Store.open(tmp_path / "roundup.db") as store:
        (due,), clock = again(store), moment("2026-03-03T06:00:00Z")
        name = store.value("select max(id) from crawls")
        assert "latest release" not in plain(compose.compose(store, name, clock, due).summary)
        store.do("insert into relations select ?, 'later release', 'url:b', '', min(id) from fetches", due.root)
        said = plain(compose.compose(store, name, clock, due).summary)
        assert said.endswith("The publisher says that this is not the latest release in its series.")


def test_nations_of_some_attachments_are_told_where_the_whole_names_none() -> None:
    rows = [
        {"kind": "guidance", "title": title, "jurisdiction": "United Kingdom", "private": 0}
        for title in ("Sample pilot", "About the pilot", "Guidance for sites in England and Wales", "Sites in Scotland")
    ]
    assert [str(each) for each in described.places_attached(rows)] == [
        "Some of what is attached is for one place only: England and Wales; Scotland."
    ]
    assert list(described.places_attached(rows[:2])) == []
