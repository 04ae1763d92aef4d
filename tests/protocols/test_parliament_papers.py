"""Parliament: committee publications, questions and statements, instruments, treaties: the traps of each."""

from typing import Any
from urllib.parse import urlsplit

import pytest

from crawler.errors import ParseError
from crawler.model import Document, Link, Page
from crawler.protocols import parliament
from tests.protocols.parliament_samples import HOSTS, body_of, capture, links, query, read, source


def one(case: str, field: str, place: int = 0, /, **change: object) -> Page:
    """Read a list that holds one result of a fixture, changed."""
    result = body_of(case)[field][place]
    inner = {**result.get("value", result), **change}
    result = {"value": inner, "links": []} if "value" in result else inner
    return read(case, {field: [result], "totalResults": 1})


def test_publication_is_opened_by_its_document_never_by_its_number_alone() -> None:
    (document,) = one("committee-publications", "items").documents
    assert document.url == "https://committees.parliament.uk/publications/30001/documents/300010/default/"
    assert not any("publications/30001/html" in alias for alias in document.aliases)


def test_publication_without_any_file_leads_to_the_api() -> None:
    (document,) = one("committee-publications", "items", documents=[]).documents
    assert document.url == "https://committees-api.parliament.uk/api/Publications/30001"


def test_responses_of_the_government_are_told_from_both_sides() -> None:
    report, response = read("committee-publications").statements
    assert (report.document, report.fields["target"]) == ("committee-publication:30099", "committee-publication:30001")
    assert (response.document, response.fields["target"]) == (
        "committee-publication:30002",
        "committee-publication:29000",
    )


def test_nothing_behind_the_robot_check_is_asked_for() -> None:
    """Trap UK-0.21: pages of Parliament stand behind a robot check, its APIs do not; a publication has no address of
    its own, many have no file."""
    assert {urlsplit(link.url).hostname for link in read("committee-publications").links} == {
        "committees-api.parliament.uk"
    }


def test_report_leads_to_its_response_and_a_response_to_its_report() -> None:
    """No search need find "Government response to the first report"."""
    report, response = ([link.url for link in one("committee-publications", "items", place).links] for place in (0, 1))
    assert (report, response) == ([f"{HOSTS['committees']}/30099"], [f"{HOSTS['committees']}/29000"])


def test_web_page_of_a_report_is_one_of_its_addresses() -> None:
    text = "https://publications.parliament.uk/pa/cm5804/cmselect/cmhaff/124/report.html"
    (document,) = one("committee-publications", "items", additionalContentUrl=text).documents
    assert document.url.startswith("https://committees.parliament.uk/") and text in document.aliases
    (document,) = one("committee-publications", "items", additionalContentUrl="https://elsewhere.example/x").documents
    assert "https://elsewhere.example/x" not in document.aliases, "several publications may name it"


def test_inquiry_leads_to_the_list_of_what_was_published_in_it() -> None:
    body = {"items": [{"id": 7, "title": "A sample inquiry"}, {"id": "x"}], "totalResults": 3}
    (first,) = links("inquiries", terms=["slavery"])
    page = parliament.parse(capture(body, first), source("inquiries"))
    listed, more = page.links
    assert (listed.role, more.role, query(more.url)["Skip"]) == ("next", "next", "2")
    assert listed.url.startswith(f"{HOSTS['committees']}?CommitteeBusinessId=7&")
    assert page.documents == () and page.cursor and [each.kind for each in page.problems] == ["unreadable entry"]


def test_one_publication_can_be_tracked() -> None:
    (link,) = links("committees", items=[30001])
    page = parliament.parse(capture(body_of("committee-publications")["items"][0], link), source("committees"))
    assert page.documents == one("committee-publications", "items").documents


# --- questions and statements ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["...", "\u2026", "... "])
@pytest.mark.parametrize("field", ["questionText", "answerText", "originalAnswerText"])
def test_text_that_is_cut_off_is_fetched_whole(field: str, mark: str) -> None:
    """Trap UK-3.6: texts of questions end in dots on lists."""
    page = one("questions", "results", 1, **{field: f"<p>The beginning of a sample{mark}"})
    (link,) = page.links
    assert (link.url, link.role) == (f"{HOSTS['questions']}/1800002", "document")
    assert page.versions == () and page.documents[0].id == link.facts["document"]


def test_text_that_is_whole_is_read_from_the_list() -> None:
    page = one("questions", "results", 1)
    assert page.links == () and page.versions[0].sections[1].text == "The sample answer is short."


def test_whole_text_that_ends_in_dots_is_taken_as_it_is() -> None:
    body = body_of("question")
    body["value"]["questionText"] = "To ask what follows ..."
    page = read("question", body)
    assert page.versions[0].sections[0].text == "To ask what follows ..." and page.links == ()


def test_mark_of_a_question_changes_with_its_state_alone() -> None:
    def mark(**change: object) -> str:
        (link,) = one("questions", "results", **change).links
        return link.token

    assert mark() == mark(id=1800001) == mark(askingMemberId=7)
    changes: list[dict[str, Any]] = [
        {"dateAnswerCorrected": "2026-11-24T00:00:00"}, {"isWithdrawn": True}, {"heading": "Other"},
        {"attachmentCount": 1}, {"answerText": "<p>Another beginning ..."},
    ]  # fmt: skip
    assert len({mark(), *(mark(**change) for change in changes)}) == 6


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"dateAnswered": None}, "not answered"),
        ({}, "answered"),
        ({"answerIsHolding": True}, "holding answer"),
        ({"dateAnswered": None, "dateHoldingAnswer": "2026-11-20T00:00:00"}, "holding answer"),
        ({"dateHoldingAnswer": "2026-11-20T00:00:00"}, "answered"),
        ({"answerIsCorrection": True}, "answer corrected"),
        ({"dateAnswerCorrected": "2026-11-24T00:00:00"}, "answer corrected"),
        ({"isWithdrawn": True}, "withdrawn"),
    ],
)
def test_state_of_a_question(change: dict[str, object], status: str) -> None:
    page = one("questions", "results", 1, **change)
    assert page.documents[0].status == page.versions[0].status == status


def test_question_is_named_by_day_and_number() -> None:
    """A number is given again in the next session."""
    (first,) = one("questions", "results", 1).documents
    (second,) = one("questions", "results", 1, dateTabled="2025-11-16T00:00:00").documents
    assert (first.id, second.id) == ("written-question:2026-11-16/90002", "written-question:2025-11-16/90002")


def test_members_are_not_read_even_where_they_are_given() -> None:
    member = {
        "id": 1,
        "listAs": "Sampleperson, A",
        "name": "A Sampleperson",
        "party": "Sample",
        "memberFrom": "Sampleton",
    }
    page = one("questions", "results", 1, askingMember=member, answeringMember=member, correctingMember=member)
    assert "Sampleperson" not in str(page) and "Sampleton" not in str(page)


def test_one_statement_may_come_alone_or_as_a_list_of_one() -> None:
    (result,) = body_of("statement")["results"]
    link = Link(url=f"{HOSTS['statements']}/1700002", role="document")
    alone = parliament.parse(capture(result, link), source("statements"))
    assert alone.documents == read("statement").documents and alone.versions == read("statement").versions
    with pytest.raises(ParseError, match="2 results where one was asked for"):
        parliament.parse(capture({"results": [result, result], "totalResults": 2}, link), source("statements"))


# --- instruments and treaties ---------------------------------------------------------------------------------------


def instrument(**change: object) -> tuple[Document, set[str]]:
    page = one("instruments", "items", **change)
    return page.documents[0], {link.token for link in page.links}


def test_instrument_with_a_number_is_the_law_itself() -> None:
    assert instrument()[0].id == "uksi/2026/1896"


@pytest.mark.parametrize(
    "change",
    [{"paperNumber": None}, {"paperYear": None}, {"paperYear": "soon"}, {"paperPrefix": None}, {"paperPrefix": "CP"}],
)
def test_instrument_without_a_number_is_known_by_its_page(change: dict[str, object]) -> None:
    document, _ = instrument(**change)
    assert document.id == f"url:{document.url}" == "url:https://statutoryinstruments.parliament.uk/instrument/Samp0001"


def test_business_is_asked_weekly_while_something_may_happen() -> None:
    assert instrument()[1] != instrument(name="Other")[1]
    (now,) = instrument()[1]
    assert now.endswith(" 2026-W48")
    (old,) = instrument(commonsLayingDate="2020-01-01T00:00:00", lordsLayingDate=None)[1]
    assert "W" not in old


def test_dates_of_the_year_one_are_none() -> None:
    page = one("instruments", "items", paperMadeDate="0001-01-01T00:00:00", commonsLayingDate=None)
    assert [said.fields["event"] for said in page.statements] == ["laid (Lords)"]


@pytest.mark.parametrize("date", ["3200-01-30T00:00:00", "2026-02-30T00:00:00", "20261", "soon", "2026-01-01T99:00:00"])
def test_dates_that_cannot_be_are_told(date: str) -> None:
    with pytest.raises(ParseError, match="paperMadeDate is"):
        one("instruments", "items", paperMadeDate=date)


def test_law_at_another_address_is_named() -> None:
    page = read(
        "instrument",
        {"value": {**body_of("instrument")["value"], "link": "https://www.legislation.gov.uk/wsi/2026/1896"}},
    )
    assert ("text", "wsi/2026/1896") in {(s.fields.get("relation"), s.fields.get("target")) for s in page.statements}
    page = read("instrument", {"value": {**body_of("instrument")["value"], "link": "sample"}})
    assert not any(said.fields.get("relation") == "text" for said in page.statements)


@pytest.mark.parametrize("path", ["StatutoryInstrument/Samp0001", "StatutoryInstrument/Samp0001/BusinessItems"])
def test_statements_without_a_document_are_refused(path: str) -> None:
    link = Link(url=f"https://statutoryinstruments-api.parliament.uk/api/v2/{path}", role="statement")
    with pytest.raises(ParseError, match="whose link does not say"):
        parliament.parse(capture([], link), source("instruments"))


@pytest.mark.parametrize("said", ["NotConcluded", "CanRatify", "CantRatify", "Sampled", None])
def test_conclusion_of_a_treaty_is_its_status(said: str | None) -> None:
    page = one("treaties", "items", parliamentaryConclusion=said)
    expected = {"NotConcluded": "not concluded", "CanRatify": "can be ratified", "CantRatify": "cannot be ratified"}
    assert page.documents[0].status == (expected.get(said, said) if said else None)
    assert [problem.detail for problem in page.problems] == (
        ["parliamentaryConclusion 'Sampled'"] if said == "Sampled" else []
    )


def test_treaty_is_not_the_page_its_text_is_on() -> None:
    (document,) = one("treaties", "items").documents
    assert document.url.startswith("https://treaties.parliament.uk/") and document.aliases == ()
