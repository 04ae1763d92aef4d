"""What names people is cut out of a body before it is archived, and only that."""

import gzip
from dataclasses import replace
from datetime import UTC, datetime

from crawler.archive import Answer
from crawler.protocols import registry
from crawler.run.column_filter import NOTE, filter_columns
from crawler.sources import Expect, Source

FILE = (
    "\ufeffStatementYear,OrganisationName,ApprovingPerson,EmailAddressNoURL,Address,StatementSummaryURL\n"
    '2025,"Sample Ltd",Jo Sample,jo@sample.invalid,"1 Sample Road\nSampleton",https://sample.invalid/1\n'
    "2025,Broken row\n"
).encode()
SOURCE = Source(
    id="statements", name="Sample", publisher="sample", kind="statistics", protocol="registry",
    url="https://sample.invalid/", expect=Expect(),
)  # fmt: skip


def answer(body: bytes, *headers: tuple[str, str]) -> Answer:
    time = datetime(2026, 11, 24, tzinfo=UTC)
    url = "https://sample.invalid/StatementSummaries2025.csv"
    return Answer(url=url, method="GET", time=time, status=200, headers=headers, body=body)


def test_only_columns_about_organisations_are_kept() -> None:
    found = filter_columns(answer(FILE, ("Content-Type", "text/csv"), ("Content-Length", str(len(FILE)))), [SOURCE])
    assert found.body == (
        b"StatementYear,OrganisationName,StatementSummaryURL\n2025,Sample Ltd,https://sample.invalid/1\n"
    )
    assert b"Jo" not in found.body and b"Road" not in found.body
    assert found.header("content-length") == str(len(found.body)) and str(len(FILE)) in found.header(NOTE)
    assert filter_columns(found, [SOURCE]) == found


def test_coded_body_is_reduced_too() -> None:
    found = filter_columns(answer(gzip.compress(FILE), ("Content-Encoding", "gzip")), [SOURCE])
    assert b"Sample Ltd" in found.body and b"sample.invalid/1" in found.body and b"Jo" not in found.body
    assert not found.header("content-encoding") and found.header("x-archive-orig-content-encoding") == "gzip"


def test_what_cannot_be_told_apart_is_left_out() -> None:
    assert filter_columns(answer(b"Jo Sample,jo@sample.invalid\n"), [SOURCE]).body == b""
    assert filter_columns(answer(b"no gzip", ("Content-Encoding", "gzip")), [SOURCE]).body == b""
    assert registry.kept(FILE[:120]).startswith(b"StatementYear,OrganisationName")


def test_pages_and_other_sources_stay_as_received() -> None:
    page = answer(b"<html>Sample: not found</html>")
    assert filter_columns(page, [SOURCE]) is page
    other = replace(SOURCE, protocol="feed")
    assert filter_columns(answer(FILE), [other]).body == FILE and filter_columns(answer(FILE), []).body == FILE
