"""Every recording of every protocol in one table: read into something, or refused by name.

``python -m tests.recordings`` prints the table, as does ``pytest -s`` of this file. Skipped where the recordings do
not stand beside this checkout.
"""

from collections import Counter

import pytest

from crawler.protocols import PROTOCOLS
from crawler.spiders import robots
from tests.recordings import refusals, table
from tests.recordings.table import Row

pytestmark = pytest.mark.recorded

UNRECORDED = {
    "europol": "nobody we know of recorded one",
    "presscorner": "none was found",
    "registry": "its files name people: none is kept here",
    "sherloc": "none was found",
    "numbered": "none was found as it came: of symbols, treaties and guides there are extracts alone",
    "oai": "none was found",
    "sitemap": "none was found",
    "wordpress": "none was found as it came: of one site there is an extract alone",
    "caselaw": "no list was found: of judgments there are some",
}
"""Protocols without a recording here; their fixtures are our own."""


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    if not table.manifest():
        pytest.skip("no recordings beside this checkout (../shared/recordings)")
    return list(table.rows())


def test_every_recording_is_read_or_refused_by_name(rows: list[Row]) -> None:
    print()
    print("\n".join(map(str, rows)))
    print("\n".join(table.summary(rows)))
    refused = {row.file: f"{row.kind}: {row.told}" for row in rows if row.raw and row.page is None}
    assert refused == refusals.RAW
    for row in rows:
        if not row.raw and row.page is None:
            begins = refusals.cut_down(row.file)
            assert begins is not None and f"{row.kind}: {row.told}".startswith(begins), row.outcome
        elif row.page is not None:
            assert any(row.counts.values()) != (row.file in refusals.EMPTY), f"{row.file}: {row.outcome}"


def test_every_file_has_a_protocol_or_is_no_answer_of_a_source(rows: list[Row]) -> None:
    about, read = table.manifest(), {row.file for row in rows}
    no_body = {file for file in table.files() if table.no_body(file)}
    assert not no_body & read
    assert set(table.files()) == read | no_body, "a file that belongs to no protocol"
    assert set(about) | {"README.md", table.MANIFEST} == set(table.files()), "the index and the folder differ"
    assert not [file for file in no_body if file in about and about[file]["raw"]], "raw, and not read"
    assert {file for file in about if about[file]["raw"]} <= read
    for pattern in table.NO_BODY:
        assert any(table.no_body(file) == table.NO_BODY[pattern] for file in no_body), pattern


def test_every_protocol_has_recordings_or_is_named_as_without(rows: list[Row]) -> None:
    found = Counter(row.reader.protocol for row in rows if row.page is not None)
    assert set(found) | set(UNRECORDED) == set(PROTOCOLS) and not set(found) & set(UNRECORDED)
    assert min(found.values()) >= 1 and len(rows) >= 369


def test_a_file_that_nobody_reads_is_found() -> None:
    assert table.reader("www.elsewhere.example/body.html") is None and not table.no_body("www.elsewhere.example/b")


def test_rules_of_legislation_gov_uk_stand_behind_an_empty_line(rows: list[Row]) -> None:
    """The empty line ends no group, and rules without a leading slash count: our client obeys all three."""
    body = (table.RECORDINGS / "www.legislation.gov.uk/cyanheads-2026-09/robots.txt").read_bytes()
    rules, site = robots.read(200, body), "https://www.legislation.gov.uk"
    assert rules.delay == 5
    for path in ("/ukpga/2015/30/data.pdf", "/uksi/2015/1833/data.docx", "/defralex"):
        assert rules.refusal(site + path), path
    for path in ("/ukpga/2015/30/data.xml", "/ukpga/2015/30/pdfs/ukpga_20150030_en.pdf", "/new/data.feed"):
        assert not rules.refusal(site + path), path
