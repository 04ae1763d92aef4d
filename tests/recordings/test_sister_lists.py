"""Lists of the departments of Northern Ireland, read with the options of the registry: one system serves them all."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from crawler import protocols
from crawler.model import Capture, Link
from crawler.protocols import OPTIONS
from crawler.sources import Source, load
from crawler.text import moment

ROOT = Path(__file__).parents[2]
RECORDINGS = ROOT / "../shared/recordings-more"
pytestmark = [
    pytest.mark.recorded,
    pytest.mark.skipif(not RECORDINGS.is_dir(), reason=f"no recordings at {RECORDINGS}"),
]
LISTS = [
    source.id
    for source in load(ROOT / "sources.yaml", OPTIONS).sources.values()
    if source.protocol == "listing" and "-ni.gov.uk/" in source.url
]


@cache
def recorded() -> tuple[tuple[str, bytes], ...]:
    lines = (RECORDINGS / "manifest.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    lists = [row for row in rows if row["file"].startswith("www.communities-ni.gov.uk/publications-topic")]
    return tuple((row["url"], (RECORDINGS / row["file"]).read_bytes()) for row in lists)


@pytest.mark.parametrize("name", LISTS)
def test_list_of_a_sister_department_is_read_by_the_options_of_each(name: str) -> None:
    source = load(ROOT / "sources.yaml", OPTIONS).sources[name]
    assert recorded()
    for url, body in recorded():
        page = protocols.read(_capture(url, body), _of_sister(source))
        assert page.entries and page.entries >= 6
        documents = [each for each in page.documents if "/publications/" in each.url]
        assert len(documents) == page.entries and all(each.published and each.summary for each in documents)
        further = [link.url for link in page.links if link.role == "next"]
        assert all("page=1" in each for each in further)


def _of_sister(source: Source) -> Source:
    return replace(source, options={**source.options, "include": "/publications/"})


def _capture(url: str, body: bytes) -> Capture:
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    link = Link(url=url, role="listing")
    return Capture(url=url, time=moment("2020-09-24T12:00:00Z"), link=link, headers=headers, body=body)
