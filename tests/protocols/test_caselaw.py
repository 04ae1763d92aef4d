"""Find Case Law: off without a licence; with one, searched by words and courts, without any text."""

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler import protocols
from crawler.model import Capture, Link, Page, Walk
from crawler.sources import Registry, Source, loads, registry_of_archive
from tests.protocols import test_fixtures as fixtures

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
TEXT = """
settings: {{contact: you@example.org, find_case_law_licence: "{licence}"}}
publishers: {{archives: {{name: Archives, jurisdiction: United Kingdom}}}}
sources:
  - id: judgments
    publisher: archives
    kind: case_law
    protocol: caselaw
    url: https://caselaw.nationalarchives.gov.uk/atom.xml
    options: {{terms: ['"modern slavery"', trafficking], courts: [uksc, ewca/crim], pages: 2, per_page: 1}}
    expect: {{min: 1}}
    evidence: documented
"""


def both(licence: str) -> tuple[Registry, Registry]:
    """The registry as it is read from a file, and from an archive."""
    text = TEXT.format(licence=licence)
    return loads(text, "f", protocols.OPTIONS), registry_of_archive(text, (), protocols.OPTIONS)


def test_it_is_off_until_a_licence_is_named() -> None:
    for registry in both(""):
        assert not registry.sources["judgments"].enabled
        assert "computational analysis" in registry.sources["judgments"].reason
    for registry in both("licence 2026/17"):
        assert registry.sources["judgments"].enabled


def judgments() -> Source:
    return both("licence")[0].sources["judgments"]


def read(page: int, wanted: Source, body: bytes = b"") -> Page:
    case = fixtures.FIXTURES / "caselaw" / "search"
    link = Link(url=f"https://caselaw.nationalarchives.gov.uk/atom.xml?query=x&page={page}", role="next")
    return protocols.read(Capture(url=link.url, time=NOW, link=link, body=body or fixtures.body(case)), wanted)


def test_words_and_courts_are_asked_and_pages_as_far_as_is_said() -> None:
    links = [parse_qs(urlsplit(link.url).query) for link in protocols.start(judgments(), Walk(clock=NOW))]
    assert [link["query"] for link in links] == [['"modern slavery"'], ["trafficking"]]
    assert all(link["court"] == ["uksc", "ewca/crim"] and link["order"] == ["-date"] for link in links)
    assert "page=2" in read(1, judgments()).links[0].url
    lower = replace(judgments(), options={**judgments().options, "per_page": 50})
    assert "page=2" in read(1, lower).links[0].url  # The server may give fewer than were asked for.
    empty = b'<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="?page=3"/></feed>'
    assert "page 2 is empty" in read(2, lower, empty).problems[0].detail
    stopped = read(2, judgments())
    assert not stopped.links and "stopped after 2 pages" in stopped.problems[0].detail


def test_of_a_judgment_only_title_citation_court_and_day_are_kept() -> None:
    page = read(1, judgments())
    (document,) = page.documents
    assert (document.title, document.publisher) == ("Sample v Example", "United Kingdom Supreme Court")
    assert (document.aliases, document.published) == (("[2024] UKSC 9123",), "2025-04-30")
    assert document.summary is None and page.versions == ()


@pytest.mark.parametrize(
    ("options", "wanted"),
    [({}, "no list"), ({"courts": ["x y"]}, "expected a court"), ({"terms": ["a"], "per_page": 80}, "at most 50")],
)
def test_what_cannot_be_asked_is_told(options: dict[str, object], wanted: str) -> None:
    assert any(wanted in line for line in protocols.problems(replace(judgments(), options=options)))
