"""Bills: documents with a state; stages are dates, publications are documents below; people are not read."""

import json
from dataclasses import asdict

import pytest

from crawler.errors import ParseError
from crawler.model import Link
from crawler.protocols import parliament
from tests.protocols.parliament_samples import HOSTS, body_of, capture, fixture, read, source


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, "Committee stage (Lords)"),
        ({"billWithdrawn": "2026-11-20T00:00:00", "isAct": True}, "withdrawn"),
        ({"billWithdrawn": "0001-01-01T00:00:00"}, "Committee stage (Lords)"),
        ({"isDefeated": True}, "defeated"),
        ({"isAct": True}, "Act"),
        ({"currentStage": None}, None),
    ],
)
def test_state_of_a_bill(change: dict[str, object], status: str | None) -> None:
    page = read("bill", change)
    (document,), (version,) = page.documents, page.versions
    assert (document.status, version.status) == (status, status or "")


def test_withdrawal_has_a_date_and_no_other_meaning() -> None:
    page = read("bill", {"billWithdrawn": "2026-11-20T00:00:00"})
    assert [(said.kind, dict(said.fields)) for said in page.statements] == [
        ("date", {"event": "withdrawn", "date": "2026-11-20", "qualification": ""})
    ]


def test_royal_assent_is_in_no_house() -> None:
    stage = {**body_of("bill")["currentStage"], "description": "Royal Assent", "house": "Unassigned"}
    assert read("bill", {"currentStage": stage}).documents[0].status == "Royal Assent"


def test_last_update_with_seven_digits_and_no_zone_is_the_token_as_it_stands() -> None:
    """Trap UK-3.1: times with seven digits and no zone."""
    page = read("bill", {"lastUpdate": "2021-05-04T10:42:08.0579851"})
    assert {link.token for link in page.links} == {"2021-05-04T10:42:08.0579851"}
    assert page.documents[0].updated == "2021-05-04T10:42:08", "no zone is added that is not stated"


def test_former_short_title_is_another_name() -> None:
    """Trap UK-3.2: a bill's name changes; it may be withdrawn, defeated or an act."""
    assert read("bill").documents[0].aliases == ("Victims of Slavery (Sample) Bill [HL]",)
    assert read("bill", {"formerShortTitle": None}).documents[0].aliases == ()


def test_stage_is_a_date_and_no_document() -> None:
    page = read("bill-stages")
    assert page.documents == () and page.entries is None
    assert {said.kind for said in page.statements} == {"date"}
    assert len(page.statements) == 4, "a sitting without a date says nothing"


def test_second_sitting_moves_no_date() -> None:
    """One sitting is told as the date of its stage; of two, each by its own date."""
    items = body_of("bill-stages")["items"]
    one = {**items[2], "stageSittings": items[2]["stageSittings"][:1]}
    page = read("bill-stages", {"items": [one], "totalResults": 1})
    assert [said.fields["qualification"] for said in page.statements] == [""]
    page = read("bill-stages", {"items": [items[2]], "totalResults": 1})
    assert [said.fields["qualification"] for said in page.statements] == [
        "one of several: 2026-11-23",
        "one of several: 2026-11-30",
    ]


def test_words_of_closed_lists_that_are_unknown_are_told() -> None:
    page = read("bill", {"billTypeId": 12, "currentHouse": "Third Chamber"})
    assert {problem.detail for problem in page.problems} == {"billTypeId 12", "currentHouse 'Third Chamber'"}
    assert {problem.kind for problem in page.problems} == {"unknown value"}
    assert [section.path for section in page.versions[0].sections][:1] == ["long-title"]


def test_no_person_and_no_address_of_an_agent_is_read() -> None:
    agent = {
        "name": "Agent Sampleperson",
        "address": "1 Sample Street",
        "phoneNo": "0800 000",
        "email": "a@sample.invalid",
    }
    page = read("bill", {"agent": agent, "promoters": [{"organisationName": "Promoter", "organisationUrl": None}]})
    said = json.dumps(asdict(page), default=dict)
    for word in ("A Sample Member", "Sampleperson", "Sample Street", "0800", "a@sample"):
        assert word not in said


@pytest.mark.parametrize(
    ("url", "act"),
    [
        ("http://www.opsi.gov.uk/acts/acts2010/pdf/ukpga_20100025_en.pdf", "ukpga/2010/25"),
        ("https://www.legislation.gov.uk/ukla/2026/3/contents/enacted", "ukla/2026/3"),
        ("https://publications.parliament.uk/sample.pdf", None),
        ("sample", None),
    ],
)
def test_act_a_bill_became_is_named_where_a_link_says_which(url: str, act: str | None) -> None:
    paper = body_of("bill-publications")["publications"][3]
    paper["links"] = [{"id": 1, "title": "x", "url": url, "contentType": "text/html"}]
    page = read("bill-publications", {"publications": [paper]})
    assert [said.fields["target"] for said in page.statements] == ([act] if act else [])
    assert len(page.documents) == (1 if act else 2), "the Act is no paper below the bill"


def test_a_bill_that_nothing_else_names_is_called_as_its_act_and_papers_call_it() -> None:
    """With the day of its newest paper; where no paper names it, it is not called at all."""
    paper = body_of("bill-publications")["publications"][3]
    made = [
        {**paper, "id": number, "title": title, "displayDate": "2010-04-12T00:00:00"}
        for number, title in enumerate(("Sample Act 2010 c.25", "Sample Bill (Day 4)"), 1)
    ]
    link = Link(url="https://bills-api.parliament.uk/api/v1/Bills/9001/Publications", role="statement")
    for papers, found in ((made, ("Sample Bill", "2010-04-12")), (made[:1], None)):
        body = json.dumps({"billId": 9001, "publications": papers}).encode()
        page = parliament.parse(capture(body, link, "application/json"), source("bills"))
        own = [(each.title, (each.updated or "")[:10]) for each in page.documents if each.id == "bill:9001"]
        assert own == ([found] if found else [])


@pytest.mark.parametrize(
    ("papers", "day"),
    [
        ("Bill: Bill 4 09-10 (as introduced) 2009-11-19; Bill: Bill as introduced 2009-07-20", "2009-07-20"),
        ("Explanatory Notes: Notes to the Bill as introduced 2009-06-01; Bill: HL Bill 2 (as introduced) 2009-07-20",
         "2009-07-20"),
        ("Bill: Bill 4 (as introduced) 2009-11-19; Bill: HL Bill 40 (as brought from the Commons) 2009-07-20", ""),
        ("Select Committee report: Report on the Bill as introduced 2009-07-20", ""),
    ],
)  # fmt: skip
def test_a_bill_is_published_on_the_day_of_its_first_text(papers: str, day: str) -> None:
    """Where that is its text as introduced: of an older session the list may hold later texts alone."""
    sample = body_of("bill-publications")["publications"][3]
    made = []
    for paper in papers.split("; "):
        kind, _, title = paper.partition(": ")
        name = {"id": 5, "name": kind}
        made.append({**sample, "publicationType": name, "title": title[:-11], "displayDate": f"{title[-10:]}T00:00:00"})
    own = next(each for each in read("bill-publications", {"publications": made}).documents if each.id == "bill:9001")
    assert (own.published or "")[:10] == day


def test_files_are_asked_for_where_the_source_wants_them_and_the_api_serves_them() -> None:
    assert [link.url.rpartition("v1/")[2] for link in read("bill-publications").links] == [
        "Publications/501/Documents/72/Download",
        "Publications/503/Documents/73/Download",
    ], "HTML before PDF; nothing behind the robot check of publications.parliament.uk"
    assert read("bill-publications", files=False).links == ()


def test_publication_without_a_file_leads_to_the_list_of_them() -> None:
    assert read("bill-publications").documents[-1].url == "https://bills.parliament.uk/bills/9001/publications"


def test_file_of_a_format_that_is_not_read_is_named() -> None:
    link = fixture("parliament", "bill-file").link
    page = parliament.parse(capture(b"{\\rtf1 sample}", link, "application/rtf"), source("bills"))
    assert [problem.kind for problem in page.problems] == ["unread"]
    assert page.documents[0].id == "bill:9001/publication-501" and page.versions == ()
    page = parliament.parse(capture(b"Sample text.", link, "text/plain"), source("bills"))
    assert page.versions[0].sections[0].text == "Sample text."
    with pytest.raises(ParseError, match="does not name its document"):
        parliament.parse(capture(b"x", Link(url=link.url, role="attachment")), source("bills"))


@pytest.mark.parametrize("name", ["Stages", "BillTypes", "PublicationTypes"])
def test_lists_of_words_are_refused_by_name(name: str) -> None:
    link = Link(url=f"https://bills-api.parliament.uk/api/v1/{name}", role="document")
    with pytest.raises(ParseError, match="a list of words that bills are described with"):
        parliament.parse(capture({"items": [], "totalResults": 0}, link), source("bills"))


def test_bill_without_a_title_is_refused_and_in_a_list_left_out() -> None:
    link = Link(url=f"{HOSTS['bills']}/9001", role="document")
    with pytest.raises(ParseError, match="shortTitle is empty"):
        parliament.parse(capture({**body_of("bill"), "shortTitle": None}, link), source("bills"))
    assert "bill:9005" not in {document.id for document in read("bills").documents}
