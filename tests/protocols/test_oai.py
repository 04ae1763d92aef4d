"""OAI-PMH: which spans are asked, which records are kept, how an answer goes on, and what is none."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from crawler import protocols
from crawler.errors import ParseError, RefusedError
from crawler.model import Capture, Link, Walk
from crawler.sources import Expect, Source

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
HEAD = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
DC = (
    '<record><header><identifier>oai:j:7</identifier></header><metadata><dc xmlns="http://purl.org/dc/elements/1.1/">'
    "<title>Forced labour at sea</title><date>2025-06-01</date><identifier>https://j.example/7</identifier>"
    "</dc></metadata></record>"
)


def source(**options: Any) -> Source:
    return Source(
        id="s", name="Sample", publisher="p", kind="report", protocol="oai", url="https://j.example/oai",
        expect=Expect(), options=options,
    )  # fmt: skip


def capture(body: str) -> Capture:
    link = Link(url="https://j.example/oai?verb=ListRecords", role="listing", facts={"cursor": "2026-11-24"})
    headers = (("Content-Type", "text/xml"),)
    return Capture(url=link.url, time=NOW, link=link, headers=headers, body=f"{HEAD}{body}</OAI-PMH>".encode())


def asked(cursor: str = "", **options: Any) -> list[dict[str, str]]:
    links = protocols.start(source(**options), Walk(clock=NOW, cursor=cursor))
    return [dict(parse_qsl(urlsplit(link.url).query)) for link in links]


def test_every_day_since_the_last_walk_is_asked_once_with_both_ends() -> None:
    spans = [(each["from"], each["until"]) for each in asked("2026-11-01", days=10)]
    assert spans == [("2026-11-01", "2026-11-10"), ("2026-11-11", "2026-11-20"), ("2026-11-21", "2026-11-24")]
    assert asked()[0]["from"] == "2026-08-26", "at first a quarter"
    assert asked("whole") == asked(), "the cursor of a protocol by which the source was read before"
    links = list(protocols.start(source(days=1), Walk(clock=NOW, cursor="2026-01-01")))
    assert len(links) == 12 and links[0].facts["cursor"] == "2026-01-12", "the rest in the next walk"


def test_a_record_is_kept_for_its_title_or_subject_and_leads_to_its_page() -> None:
    page = protocols.read(capture(f"<ListRecords>{DC}</ListRecords>"), source(words=["forced labour"]))
    (document,) = page.documents
    assert (document.id, document.url) == ("oai:j.example:oai:j:7", "https://j.example/7")
    assert (document.published, page.cursor, page.entries) == ("2025-06-01", "2026-11-24", 1)
    other = protocols.read(capture(f"<ListRecords>{DC}</ListRecords>"), source(words=["labour law"]))
    assert not other.documents and other.entries is None, "a span without a record that is kept is no outage"


def test_a_token_goes_alone_and_one_that_comes_again_is_not_followed() -> None:
    page = capture(f"<ListRecords>{DC}<resumptionToken>a b</resumptionToken></ListRecords>")
    (link,) = protocols.read(page, source()).links
    assert (link.role, link.url) == ("next", "https://j.example/oai?verb=ListRecords&resumptionToken=a+b")
    assert link.facts == {"cursor": "2026-11-24"}
    assert not protocols.read(replace(page, link=link), source()).links


def test_no_records_is_an_answer_and_another_fault_is_none() -> None:
    assert protocols.read(capture('<error code="noRecordsMatch"/>'), source()).entries == 0
    with pytest.raises(RefusedError, match="badResumptionToken: too old"):
        protocols.read(capture('<error code="badResumptionToken">too old</error>'), source())
    with pytest.raises(ParseError, match="no OAI-PMH but rss"):
        protocols.read(replace(capture(""), body=b"<rss/>"), source())


def test_options() -> None:
    assert "asks something" in protocols.problems(replace(source(), url="https://j.example/oai?verb=Identify"))[0]
    assert protocols.problems(source(days=40))
