"""Parliament: a walk reads every page of a list, or says what it could not read."""

from typing import Any

import pytest

from crawler.errors import ParseError
from crawler.model import Link, Page
from crawler.protocols import parliament
from crawler.protocols.parliament.access import MAX_SKIP
from tests.protocols.parliament_samples import HOSTS, Server, body_of, capture, links, query, source

FIELDS = {
    "bills": ("items", "bills"),
    "committees": ("items", "committee-publications"),
    "questions": ("results", "questions"),
    "statements": ("results", "statements"),
    "instruments": ("items", "instruments"),
    "treaties": ("items", "treaties"),
}


def results(api: str, count: int) -> list[Any]:
    """As many results as wanted, each with an id of its own."""
    field, case = FIELDS[api]
    (first, *_) = body_of(case)[field]
    found = []
    for number in range(1, count + 1):
        inner = dict(first.get("value", first))
        inner.update({"billId": 1000 + number} if api == "bills" else {"id": 1000 + number})
        if api in ("instruments", "treaties"):
            inner |= {"id": f"Id{number:05}", "paperNumber": number}
        if "uin" in inner:
            inner["uin"] = f"{20000 + number}"
        found.append({"value": inner, "links": []} if "value" in first else inner)
    return found


@pytest.mark.parametrize("most", [1000, 7])
@pytest.mark.parametrize("api", FIELDS)
def test_walk_reads_all_whatever_the_server_gives_at_a_time(api: str, most: int) -> None:
    server = Server(FIELDS[api][0], results(api, 130), most=most)
    (first, *_) = links(api, terms=["slavery"])
    pages = server.walked(first, api)
    assert len({document.id for page in pages for document in page.documents}) == 130
    assert sum(page.entries or 0 for page in pages) == 130
    assert {page.total for page in pages} == {130}
    assert not any(problem.kind == "gap" for page in pages for problem in page.problems)
    assert len(set(server.asked)) == len(server.asked)
    assert {link.facts.get("cursor") for page in pages for link in page.links if link.role == "next"} <= {
        first.facts.get("cursor")
    }


@pytest.mark.parametrize("api", FIELDS)
def test_list_that_says_it_is_empty_is_no_outage(api: str) -> None:
    (page,) = Server(FIELDS[api][0], []).walked(links(api)[0], api)
    assert (page.entries, page.total, page.documents, page.problems) == (None, 0, (), ())


@pytest.mark.parametrize("api", FIELDS)
def test_list_that_ends_before_its_total_is_a_gap(api: str) -> None:
    field = FIELDS[api][0]
    link = Link(url=f"{HOSTS[api]}?Skip=40&Take=20", role="next")
    page = parliament.parse(capture({field: [], "totalResults": 60}, link), source(api))
    assert [problem.detail for problem in page.problems] == ["the list ends after 40 results; it says that it has 60"]
    assert page.entries == 0 and not page.links


@pytest.mark.parametrize("api", FIELDS)
def test_nothing_is_skipped_deeply(api: str) -> None:
    field = FIELDS[api][0]
    link = Link(url=f"{HOSTS[api]}?Skip={MAX_SKIP}&Take=1", role="next")
    page = parliament.parse(capture({field: results(api, 1), "totalResults": 51_854}, link), source(api))
    assert [problem.kind for problem in page.problems if problem.kind != "unknown value"] == ["gap"]
    assert not [link for link in page.links if link.role == "next"]


@pytest.mark.parametrize("skip", ["x", "-1", "9" * 40, "", "٣"])
def test_skip_that_is_no_number_counts_as_none(skip: str) -> None:
    page = parliament.parse(
        capture(
            {"items": results("bills", 1), "totalResults": 2}, Link(url=f"{HOSTS['bills']}?Skip={skip}", role="listing")
        ),
        source("bills"),
    )
    assert [query(link.url)["Skip"] for link in page.links if link.role == "next"] == ["1"]


def test_stages_on_several_pages_are_all_asked_for() -> None:
    stages = [
        {**body_of("bill-stages")["items"][0], "id": number, "description": f"Sample stage {number}"}
        for number in range(45)
    ]
    first = Link(url=f"{HOSTS['bills']}/9001/Stages", role="statement", parent="bill:9001", token="2026")
    pages = Server("items", stages).walked(first, "bills")
    assert [len(page.statements) for page in pages] == [20, 20, 5]
    assert {(link.role, link.parent, link.token) for page in pages for link in page.links} == {
        ("statement", "bill:9001", "2026")
    }


def test_one_bad_entry_costs_only_itself_unless_all_are_bad() -> None:
    good = results("committees", 3)
    bad = [{**good[0], "id": "x"}, {**good[1], "type": None}]
    page = one_page([*good, *bad])
    assert len(page.documents) == 3
    assert [problem.kind for problem in page.problems] == ["unreadable entry"] * 2
    assert page.entries == 5
    with pytest.raises(ParseError, match="not a whole number"):
        one_page(bad)


def one_page(items: list[Any]) -> Page:
    body = {"items": items, "totalResults": len(items)}
    return parliament.parse(capture(body, links("committees")[0]), source("committees"))
