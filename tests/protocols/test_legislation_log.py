"""The Publication Log: what was published, withdrawn or announced, page by page and day by day."""

import pytest

from crawler.model import Link, Page
from crawler.protocols import legislation
from tests.protocols.legislation_samples import (
    RECORDINGS,
    SITE,
    capture,
    changed,
    fixture,
    parsed,
    recorded,
    recordings,
    source,
)

ATOM = b'<feed xmlns="http://www.w3.org/2005/Atom" %s>%s</feed>'
SPACES = (
    b'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:ukm="http://www.legislation.gov.uk/namespaces/metadata" '
    b'xmlns:pbl="http://www.legislation.gov.uk/namespaces/publication-log"'
)


def following(page: Page) -> list[Link]:
    return [link for link in page.links if link.role == "next"]


@pytest.mark.recorded
def test_the_next_page_of_the_log_is_made_and_not_followed() -> None:
    """Trap UK-0.1: page 1 of the Publication Log names a next page with two `?`, which serves page 1 again."""
    page = legislation.parse(recorded("update-2026-09-24.trimmed.feed"), source())
    assert following(page)[0].url == f"{SITE}/update/2026-09-24/data.feed?page=2"
    assert page.total == 1232 and page.newest == "2026-09-24T22:58:08.541133Z"


def test_one_link_for_an_instrument_with_the_time_of_its_newest_event() -> None:
    """Trap UK-1.14: one instrument gives several events: PDF first, XML later, each language."""
    page = parsed("publication-log")
    tokens = {link.url: link.token for link in page.links if link.role == "document"}
    assert tokens[f"{SITE}/ukpga/2001/9001/data.xml"] == "2026-11-23T15:30:00.500000Z"
    assert len(tokens) == 4


def test_an_older_event_on_a_later_page_is_no_news() -> None:
    first, of = fixture("publication-log")
    follow = following(legislation.parse(first, of))[0]
    second = capture(first.body.replace(b"2026-11-23T15", b"2026-11-23T01"), follow.url, "next", facts=follow.facts)
    page = legislation.parse(second, of)
    assert [link for link in page.links if link.role == "document"] == []
    assert page.cursor == "2026-11-23"


def test_a_file_that_was_replaced_is_no_withdrawal() -> None:
    """Trap UK-1.17: only `withdrawn` in the log is a withdrawal; a replaced file is none."""
    withdrawn = [each for each in parsed("publication-log").statements if each.kind == "withdrawn"]
    assert [each.document for each in withdrawn] == ["nisr/2001/9005"]
    page = changed(
        "publication-log",
        ("uksi_20019003_en.pdf/published/2026-11-23T14", "uksi_20019003_en.pdf/published/2026-11-23T11"),
        ("<updated>2026-11-23T14:00:00Z", "<updated>2026-11-23T11:30:00Z"),
    )
    assert [each.document for each in page.statements if each.kind == "withdrawn"] == [
        "uksi/2001/9003",
        "nisr/2001/9005",
    ]


def test_events_of_an_assessment_share_an_id_and_are_two() -> None:
    """Trap UK-1.15: two events of an impact assessment share one id."""
    page = changed("publication-log")
    assert [each.fields for each in page.statements if each.kind == "relation"] == [
        {"relation": "impact assessment of", "target": "uksi/2001/9003"}
    ]
    titles = {document.id: document.title for document in page.documents}
    assert titles["uksi/2001/9003"] == "The Sample Exploitation Act 2001 (Commencement) Order 2001"
    assert titles["ukia/2001/9107"].endswith("Impact Assessment")


def test_an_explanatory_note_does_not_rename_its_act() -> None:
    titles = {document.id: document.title for document in parsed("publication-log").documents}
    assert titles["ukpga/2001/9001"] == "Sample Exploitation Act 2001"
    assert titles["ukpga/2001/9001/ukpgaen_20019001_en"].endswith("Explanatory Note")


def test_a_day_without_events_is_no_outage() -> None:
    search = b'xmlns:s="http://a9.com/-/spec/opensearch/1.1/"'
    silent = ATOM % (search, b"<title>Publication Log</title><s:totalResults>0</s:totalResults>")
    url = f"{SITE}/update/2026-11-22/legislation/data.feed"
    page = legislation.parse(capture(silent, url, "listing", facts={"cursor": "2026-11-22"}), source())
    assert (page.entries, page.cursor) == (None, "2026-11-22")
    broken = ATOM % (search, b"<title>Publication Log</title>")
    assert legislation.parse(capture(broken, url, "listing"), source()).entries == 0


def test_the_log_of_one_instrument_is_read_for_its_newest_events() -> None:
    read, of = fixture("publication-log")
    page = legislation.parse(capture(read.body, f"{SITE}/update/ukpga/2001/9001/data.feed", "statement"), of)
    assert following(page) == [] and page.documents == () and page.entries is None
    assert f"{SITE}/ukpga/2001/9001/data.xml" in [link.url for link in page.links]


@pytest.mark.recorded
def test_events_quoted_in_the_manual_of_the_site() -> None:
    recordings()
    entries = b"".join(
        (RECORDINGS / f"www.legislation.gov.uk/doc-examples/entry-{name}.xml.txt").read_bytes()
        for name in ("01-legislation", "02-withdrawn", "03-legislation", "04-ukia", "05-ukia", "06-changes")
    )
    body = ATOM % (SPACES, entries)
    page = legislation.parse(capture(body, f"{SITE}/update/data.feed", "listing"), source(effects=True))
    assert page.entries == 6 and page.problems == ()
    assert [(each.kind, each.document) for each in page.statements] == [
        ("withdrawn", "wsi/2023/754"),
        ("relation", "ukia/2022/107"),
    ]
    assert page.statements[0].fields["when"] == "2023-07-05T11:24:02.697007Z"
    assert page.links[-1].url.startswith(f"{SITE}/changes/affecting/wsi/2020/1073/data.feed")
