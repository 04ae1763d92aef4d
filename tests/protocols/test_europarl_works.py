"""European Parliament: texts, procedures and pages, and the traps of their formats."""

import json
from dataclasses import replace
from typing import Any

import pytest

from crawler.errors import ParseError
from crawler.model import Link, Page
from crawler.protocols import europarl
from tests.protocols.parliament_samples import body_of, capture, fixture, source, source_of
from tests.protocols.test_europarl_lists import of


def read(case: str, options: dict[str, object] | None = None, /, **change: object) -> Page:
    """Read the one entry of a fixture, changed."""
    body = body_of(case, "europarl")
    body["data"][0] = {**body["data"][0], **change}
    about = source_of("europarl", case)
    used = about if options is None else source("", about.url, "europarl", **options)
    return europarl.parse(capture(body, fixture("europarl", case).link), used)


def test_titles_are_read_in_the_languages_of_the_source() -> None:
    page = read("adopted-text", {"languages": ["fr", "en", "de"]})
    assert page.documents[0].title == "Exemple (sample) 211"
    assert [version.language for version in page.versions] == ["fr", "en"]
    assert {version.representation for version in page.versions} == {"summary"}, "a title is no text"


def test_title_that_only_an_expression_has() -> None:
    page = read("adopted-text", {"languages": ["en"]}, title_dcterms=None)
    assert page.documents[0].title == page.versions[0].title != ""
    assert read("adopted-text", {}, title_dcterms=None, is_realized_by=None).documents[0].title == "T10-0211/2026"


@pytest.mark.parametrize("key", ["work_type", "is_about", "label", "adopts", "is_realized_by", "document_date"])
def test_anything_may_be_one_value_or_a_list(key: str) -> None:
    """Trap EU-2.8: Parliament: values that are one or a list, subjects as addresses, files on a host with a robot
    check."""
    found = body_of("adopted-text", "europarl")["data"][0].get(key)
    alone = found[0] if isinstance(found, list) else found
    listed: dict[str, Any] = {key: [alone]}
    single: dict[str, Any] = {key: alone}
    assert read("adopted-text", **listed) == read("adopted-text", **single)


def test_file_that_is_read_is_the_best_in_the_first_language() -> None:
    def file(**options: object) -> list[str]:
        return [
            link.url.rpartition("/")[2] for link in read("adopted-text", options).links if link.role == "attachment"
        ]

    assert file(files=True) == ["TA-10-2026-0211_en.xhtml"]
    assert file(files=True, languages=["fr", "en"]) == ["TA-10-2026-0211_fr.pdf"]
    assert file(files=True, languages=["de"]) == []
    assert file() == []


@pytest.mark.parametrize("place", ["https://elsewhere.invalid/x.pdf", None, ["a", "b"]])
def test_file_is_one_that_the_api_serves(place: Any) -> None:
    body = body_of("adopted-text", "europarl")["data"][0]["is_realized_by"]
    for expression in body:
        for each in expression["is_embodied_by"]:
            each["is_exemplified_by"] = place
    found = [link.url for link in read("adopted-text", is_realized_by=body).links if link.role == "attachment"]
    assert found == (["https://data.europarl.europa.eu/a"] if isinstance(place, list) else [])


def test_people_and_amendments_are_not_read() -> None:
    for case in ("adopted-text", "motion", "procedure"):
        assert "person/" not in str(read(case)) and "AM-001" not in str(read(case))


def test_text_without_a_name_is_refused() -> None:
    with pytest.raises(ParseError, match="no text of the Parliament"):
        read("adopted-text", identifier="sample")
    with pytest.raises(ParseError, match="0 entries where one was asked for"):
        europarl.parse(capture({"data": []}, fixture("europarl", "motion").link), of("plenary-documents"))


def test_procedure_with_two_legal_bases_has_two_labels() -> None:
    (document,) = read("procedure").documents
    assert (document.id, document.aliases) == ("procedure:2026/0803", ("2026/0803(CNS)", "2026/0803(NLE)"))


@pytest.mark.parametrize(
    ("stage", "status", "unknown"),
    [("RDG1", "first reading", 0), ("RDG2", "second reading", 0), ("NEW_PHASE", "new phase", 1), ("", None, 0)],
)
def test_stage_is_a_state_and_no_document(stage: str, status: str | None, unknown: int) -> None:
    stated = f"http://publications.europa.eu/resource/authority/procedure-phase/{stage}" if stage else None
    page = read("procedure", current_stage=stated, consists_of=None)
    assert len(page.documents) == 1
    assert (page.documents[0].status, len(page.problems)) == (status, unknown)


def test_date_of_an_event_that_cannot_be_is_told() -> None:
    event = {"id": "eli/dl/event/x", "type": "Activity", "activity_date": "2026-02-30"}
    with pytest.raises(ParseError, match="activity_date is '2026-02-30', no date"):
        read("procedure", consists_of=[event])


def test_events_are_dates_each_with_its_reading() -> None:
    found = [dict(said.fields) for said in read("procedure").statements if said.kind == "date"]
    assert {"event": "tabling plenary", "date": "2026-06-09", "qualification": "first reading"} in found
    assert [each["qualification"] for each in found if each["event"] == "plenary debate"] == [
        "first reading one of several: 2026-07-07",
        "first reading one of several: 2026-10-07",
    ]
    assert {"event": "plenary vote (foreseen)", "date": "2026-12-15", "qualification": ""} in found


def test_state_is_told_once_whatever_the_languages() -> None:
    page = read("procedure", {"languages": ["en", "fr"]})
    assert [(version.language, bool(version.status)) for version in page.versions] == [("en", True), ("fr", False)]


def test_file_of_a_format_that_is_not_read_is_named() -> None:
    original = fixture("europarl", "file")
    taken = replace(original, headers=(("Content-Type", "application/rtf"),), body=b"{\\rtf1 sample}")
    page = europarl.parse(taken, of())
    assert [problem.kind for problem in page.problems] == ["unread"]
    assert page.documents[0].id == "ep:TA-10-2026-0211"
    page = europarl.parse(replace(taken, headers=(("Content-Type", "text/plain"),), body=b"Sample text."), of())
    assert page.versions[0].sections[0].text == "Sample text."


def test_page_of_doceo_and_text_of_the_api_are_one_document() -> None:
    page = europarl.parse(fixture("europarl", "doceo"), of())
    assert page.documents[0].id == "ep:A-10-2026-0105"


def test_a_text_of_doceo_states_at_its_foot_when_it_was_last_updated() -> None:
    taken = fixture("europarl", "doceo")
    foot = b'<span class="text-muted">Last updated: 7 April 2026</span></body>'
    page = europarl.parse(replace(taken, body=taken.body.replace(b"</body>", foot)), of())
    assert page.documents[0].updated == "2026-04-07"


@pytest.mark.parametrize(
    ("kind", "activity", "status", "event"),
    [
        ("RSP", {}, "adopted", "text adopted by Parliament (TA-10-2026-0096)"),
        (
            "COD",
            {"had_activity_type": "def/ep-activities/PLENARY_ADOPT_POSITION"},
            "first reading",
            "position adopted by Parliament (TA-10-2026-0096)",
        ),
    ],
)
def test_what_the_plenary_adopted_is_its_last_event(
    kind: str, activity: dict[str, str], status: str, event: str
) -> None:
    decided = {"type": "Decision", "decided_on_a_realization_of": ["eli/dl/doc/TA-10-2026-0096"], **activity}
    vote = {"type": "Activity", "had_activity_type": "def/ep-activities/PLENARY_VOTE"}
    day = {"activity_date": "2026-05-08"}
    stage = "http://publications.europa.eu/resource/authority/procedure-phase/RDG1"
    events = [{**each, **day} for each in (decided, vote)]
    types = [f"def/ep-procedure-types/{kind}"]
    page = read("procedure", process_type=types, current_stage=stage, consists_of=events, was_scheduled_in=None)
    assert page.documents[0].status == status
    assert [said.fields["event"] for said in page.statements if said.kind == "date"][-1] == event


def test_a_procedure_whose_act_is_published_is_completed_whatever_stage_is_stated_still() -> None:
    day = {"type": "Activity", "activity_date": "2026-05-08"}
    events = [
        {**day, "had_activity_type": f"def/ep-activities/{each}"}
        for each in ("SIGNATURE", "PUBLICATION_OFFICIAL_JOURNAL")
    ]
    stage = "http://publications.europa.eu/resource/authority/procedure-phase/RDG1"
    page = read("procedure", current_stage=stage, consists_of=events, was_scheduled_in=None)
    assert page.documents[0].status == "procedure completed"
    assert [said.fields["event"] for said in page.statements if said.kind == "date"] == [
        "signature of the act", "publication in the Official Journal",
    ]  # fmt: skip


@pytest.mark.parametrize("case", ["procedure-file", "procedure-file-old"])
def test_page_that_is_no_procedure_file_is_refused(case: str) -> None:
    original = fixture("europarl", case)
    for body in (b"<html><body><h2>Sample</h2></body></html>", original.body.replace(b"(", b"[")):
        with pytest.raises(ParseError, match="neither layout"):
            europarl.parse(replace(original, body=body), of())


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://data.europarl.europa.eu/api/v1/meetings/MTG-PL-2024-07-16", "meetings"),
        ("https://www.europarl.europa.eu/meps/en/directory/xml", "no register of people"),
        ("https://www.europarl.europa.eu/news/en/press-room/20250204IPR26689/", "press release"),
        ("https://data.europarl.europa.eu/api/v2/speeches", "nothing is read from"),
        ("https://data.europarl.europa.eu/distribution/sample.pdf", "nothing is read from"),
    ],
)
def test_what_is_not_read_is_refused_by_name(url: str, said: str) -> None:
    with pytest.raises(ParseError, match=said):
        europarl.parse(capture(json.loads("{}"), Link(url=url, role="document")), of())


def test_a_procedure_file_names_its_final_act() -> None:
    act = (
        '<div id="section9"><h2>Final act</h2><ul><li><a href="https://eur-lex.europa.eu/smartapi/cgi/sga_doc?smartapi!'
        'celexplus!prod!CELEXnumdoc&amp;lg=EN&amp;numdoc=32029R0535">Regulation 2029/0535</a></li></ul></div></main>'
    )
    about = fixture("europarl", "procedure-file")
    body = about.body.replace(b"</main>", act.encode())
    page = europarl.parse(replace(about, body=body), source_of("europarl", "procedure-file"))
    found = [each.fields for each in page.statements if each.kind == "relation"]
    assert found == [{"relation": "final act", "target": "celex:32029R0535"}]
