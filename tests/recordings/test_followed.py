"""Recorded pages whose links are followed: each document of the expected kind is found, nothing of menu or foot."""

import json
from dataclasses import replace
from typing import Any

import pytest

from crawler import protocols
from crawler.model import Capture, Page, Walk
from crawler.sources import loads
from tests.recordings import library
from tests.recordings.library import MORE, Recording

pytestmark = pytest.mark.recorded

SCOTLAND = "https://www.gov.scot/collections/homelessness-statistics/"
WALES = "https://gov.wales/notifications-deaths-residents-related-covid-19-adult-care-homes"
TOOLKIT = "https://iasctoolkit.nottingham.ac.uk/"


@pytest.fixture(scope="module")
def recordings() -> tuple[Recording, ...]:
    if not library.is_there():
        pytest.skip("no recordings beside this checkout (../shared)")
    return tuple(each for each in library.everything()[0] if each.name.startswith(MORE.name))


def read(recording: Recording, **follow: Any) -> Page:
    """Return a recorded page as one whose links are followed."""
    registry = {
        "publishers": {"sample": {"name": "Sample", "jurisdiction": "United Kingdom"}},
        "sources": [{"id": "pages", "publisher": "sample", "kind": "report", "protocol": "page", "url": recording.url,
                     "follow": {"index": "list", **follow}, "expect": {"min": 1}}],
    }  # fmt: skip
    source = loads(json.dumps(registry), "sources.yaml", protocols.OPTIONS).sources["pages"]
    (link,) = protocols.start(source, Walk(clock=recording.time))
    capture = Capture(
        url=recording.url, time=recording.time, link=link,
        headers=(("Content-Type", recording.media),), body=recording.body,
    )  # fmt: skip
    page = protocols.read(capture, source)
    assert len({each.url for each in page.links}) == len(page.links)
    return replace(page, links=tuple(each for each in page.links if each.role == "document"))


def paths(page: Page) -> list[str]:
    return [each.url.partition("://")[2].partition("/")[2] for each in page.placements]


def test_a_collection_of_gov_scot_leads_to_its_publications(recordings: tuple[Recording, ...]) -> None:
    (recorded,) = (each for each in recordings if each.url == SCOTLAND)
    page = read(recorded)
    found = paths(page)
    assert sum(path.startswith("publications/") for path in found) == 28
    assert found[28:] == ["groups/homelessness-statistics-users-group/"]  # A link of its text, no menu.
    assert len(page.links) == 29 == page.entries
    assert page.placements[11].block == "Housing Options (Prevent 1)"
    assert paths(read(recorded, include=["^/publications/"])) == found[:28]


def test_a_series_of_gov_wales_leads_to_its_releases(recordings: tuple[Recording, ...]) -> None:
    states = [read(each) for each in recordings if each.url == WALES]
    assert [page.entries for page in states] == [10, 17]
    for page in states:
        assert all(path.startswith(WALES.rpartition("/")[2]) for path in paths(page))
        assert page.placements[0].block == "Latest release"
        assert {each.block for each in page.placements[1:]} == {"Previous releases"}


def test_lists_of_northern_ireland_lead_to_publications_alone(recordings: tuple[Recording, ...]) -> None:
    lists = [each for each in recordings if "communities-ni.gov.uk/publications/topic/" in each.url]
    assert len(lists) >= 3
    for each in lists:
        found = paths(read(each, include=["^/publications/[^/]+$"]))
        listed = each.body.count(b"view-mode-search_result")
        assert len(found) == listed > 0, each.name


def test_pages_of_the_toolkit_lead_to_all_their_files(recordings: tuple[Recording, ...]) -> None:
    cards = [json.loads(line) for line in (MORE / "iasctoolkit.nottingham.ac.uk/_expected/cards.jsonl").open()]
    checked = 0
    for recorded in recordings:
        if not recorded.url.startswith(TOOLKIT) or not recorded.media.startswith("text/html"):
            continue
        day = f"{recorded.time:%Y-%m-%d}"
        wanted = {
            (card["block"], card["title"], card["target"])
            for card in cards
            if card["date"] == day and card["page"] == recorded.url and (card["target"] or "").startswith(TOOLKIT)
        }
        if wanted:
            page = read(recorded, include=["^/download/"], types=["pdf", "doc", "docx", "pptx", "png", "jpg"])
            assert {(each.block, each.title, each.url) for each in page.placements} == wanted, recorded.name
            checked += len(wanted)
    assert checked == 131 + 184
