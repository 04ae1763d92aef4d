"""An address that is none, wherever a page may name one: it costs itself at most, never the crawl."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from crawler import protocols
from crawler.errors import ParseError
from crawler.identifiers import is_address
from crawler.model import Page
from tests.fold.test_fold_feed_faults import read
from tests.protocols.test_fixtures import CASES, capture, name_of, source

ADDRESS = re.compile(rb"https?://[^\s\"'<>&]+")
MOST = 60
"""Addresses of one fixture that are put out of order: the first and the last ones of a page look alike."""
WRONG = [
    "http://[::1",
    "http://sample.invalid:+80/",
    "http://sample.invalid:99999/",
    "http:///a",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_address_that_is_none_is_a_parse_error_at_most(case: Path) -> None:
    whole = capture(case)
    found = list(ADDRESS.finditer(whole.body))
    for number, match in enumerate([*found[: MOST // 2], *found[MOST // 2 :][-MOST // 2 :]]):
        wrong = WRONG[number % len(WRONG)].encode()
        body = whole.body[: match.start()] + wrong + whole.body[match.end() :]
        try:
            page = protocols.read(replace(whole, body=body), source(case))
        except ParseError:
            continue
        assert all(is_address(link.url) for link in page.links), match.group()


def listed(following: str) -> Page:
    items = [{"id": "a", "url": "https://a.sample.invalid/1", "title": "Sample notice"}]
    version = "https://jsonfeed.org/version/1.1"
    feed = {"version": version, "title": "Sample", "next_url": following, "items": items}
    return read(json.dumps(feed), "application/feed+json")


@pytest.mark.parametrize("wrong", WRONG)
def test_link_to_no_address_is_told_and_not_queued(wrong: str) -> None:
    page = listed(wrong)
    assert page.links == () and len(page.documents) == 1
    (problem,) = page.problems
    assert problem.kind == "entry"
    assert problem.detail == f"1 of 1 link leads to no address, the first: {wrong!r}"


def test_link_to_an_address_is_queued() -> None:
    assert [link.url for link in listed("/feed?page=2").links] == ["https://a.sample.invalid/feed?page=2"]
