"""The statement registry: headers first, counts of organisations, and nobody's name."""

import csv
import json
import time
from dataclasses import asdict, replace
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import protocols
from crawler.errors import ConfigError, ParseError
from crawler.model import Capture, Link, Page, Role, Walk
from crawler.protocols import registry
from crawler.protocols.page_contract import checked
from crawler.sources import Expect, Source
from tests.tiers import examples

FOLDER = "https://downloads.modern-slavery-statement-registry.service.gov.uk/publicdownloads/"
FILE = f"{FOLDER}StatementSummaries2026.csv"
SUMMARY = "https://modern-slavery-statement-registry.service.gov.uk/statement-summary"
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
PRIVATE = ("ApprovingPerson", "EmailAddressNoURL", "Address", "NoPoliciesReason", "Risk1")
HEADER = [*registry.COLUMNS[:4], *PRIVATE, *registry.COLUMNS[4:]]


def source(**options: Any) -> Source:
    return Source(
        id="sample", name="Sample", publisher="sample", kind="statistics", protocol="registry", url=FOLDER,
        expect=Expect(), options=options,
    )  # fmt: skip


def capture(body: bytes = b"", role: Role = "document", headers: tuple[tuple[str, str], ...] = ()) -> Capture:
    method: Any = "HEAD" if role == "listing" else "GET"
    link = Link(url=FILE, role=role, facts={"year": "2026"}, method=method)
    return Capture(
        url=FILE, time=NOW, link=link, method=method, headers=(("Content-Type", "text/csv"), *headers), body=body
    )


def row(number: int = 1, **more: str) -> dict[str, str]:
    return {
        "StatementYear": "2026", "OrganisationName": f"Sample {number} Ltd", "CompanyNumber": f"{number:08}",
        "StatementSummaryURL": f"{SUMMARY}/SAMPLE{number}/2026", "LastUpdated": "01/06/2026",
        "OrganisationSectors": "Construction", "Turnover": "Under £36 million",
        **dict.fromkeys(registry.TOPICS, "Yes"), **dict.fromkeys(PRIVATE, "Invented Person"), **more,
    }  # fmt: skip


def written(*rows: dict[str, str], header: list[str] = HEADER, end: str = "\n") -> bytes:
    out = StringIO(newline="")
    made = csv.DictWriter(out, header, restval="", extrasaction="ignore", lineterminator=end)
    made.writeheader()
    made.writerows(rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def read(*rows: dict[str, str], **options: Any) -> Page:
    return checked(registry.parse(capture(written(*rows)), source(**options)), FILE)


def texts(page: Page) -> dict[str, str]:
    return {section.path: section.text for section in page.versions[0].sections}


# The walk


def test_this_year_and_the_last_are_asked_for_their_headers() -> None:
    links = list(protocols.start(source(), Walk(clock=NOW)))
    assert [(link.method, link.role, link.url[-8:]) for link in links] == [
        ("HEAD", "listing", "2026.csv"), ("HEAD", "listing", "2025.csv"),
    ]  # fmt: skip
    new_year = Walk(clock=datetime(2027, 1, 1, tzinfo=UTC))
    assert [link.facts["year"] for link in protocols.start(source(years=3), new_year)] == ["2027", "2026", "2025"]
    early = Walk(clock=datetime(2022, 5, 1, tzinfo=UTC))
    assert [link.facts["year"] for link in protocols.start(source(years=9), early)] == ["2022", "2021"]


def test_options() -> None:
    assert protocols.problems(source(years=1, organisations=["01234567"])) == []
    wrong = replace(source(years=0, organisations=[1234567]), url=FILE)
    assert [line.partition(":")[0] for line in protocols.problems(wrong)] == [
        "options.years", "options.organisations[1]",
    ]  # fmt: skip
    with pytest.raises(ConfigError):
        list(protocols.start(wrong, Walk(clock=NOW)))


@pytest.mark.parametrize(
    ("headers", "token"),
    [
        ((("Content-MD5", "abc=="), ("ETag", '"1"')), "abc=="),
        ((("ETag", '"1"'), ("Last-Modified", "Mon, 23 Nov 2026 02:00:00 GMT")), '"1"'),
        (
            (("Last-Modified", "Mon, 23 Nov 2026 02:00:00 GMT"), ("Content-Length", "7")),
            "Mon, 23 Nov 2026 02:00:00 GMT",
        ),
        ((("Content-Length", "7"),), "7"),
        ((), ""),
    ],
)
def test_the_file_is_fetched_when_its_mark_differs(headers: tuple[tuple[str, str], ...], token: str) -> None:
    """Trap UK-4.2: statement registry: a file of 15 MB, of which only the headers need to be asked."""
    page = checked(registry.parse(capture(role="listing", headers=headers), source()), FILE)
    (link,) = page.links
    assert (link.url, link.method, link.role, link.token) == (FILE, "GET", "document", token)
    assert page.entries == 1 and page.documents[0].id == "statement-registry:2026"


def test_a_year_without_a_file_yet_is_an_answer() -> None:
    """Trap UK-4.3: statement registry: 404 for a year that is not published yet."""
    page = registry.parse(replace(capture(role="listing"), status=404), source())
    assert page == Page() and page.entries is None


def test_a_page_in_place_of_a_file() -> None:
    with pytest.raises(ParseError, match="text/html where a CSV file is expected"):
        registry.parse(replace(capture(role="listing"), headers=(("Content-Type", "text/html"),)), source())


# Counts


def test_a_group_hands_in_one_statement_for_many() -> None:
    shared = f"{SUMMARY}/GROUP/2026"
    page = read(row(1), row(2, StatementSummaryURL=shared), row(3, StatementSummaryURL=shared), row(3))
    assert texts(page)["statements"] == "3 statements, which cover 3 organisations."
    assert texts(page)["topics"].startswith("Structure, operations and supply chains: 3; Policies: 3")
    assert texts(page)["sectors"] == "Construction: 3"


def test_cells_hold_line_ends_tabs_and_commas() -> None:
    """Trap UK-4.4: statement registry: byte order mark, line ends and tabs in cells, columns that come and go."""
    sectors = "Wholesale, retail trade\r\n\tConstruction\n\nConstruction"
    page = read(
        row(1, OrganisationName="\tSample 1, Ltd \n", OrganisationSectors=sectors), organisations=["sample 1, ltd"]
    )
    assert texts(page)["sectors"] == "Construction: 1; Wholesale, retail trade: 1"
    assert page.documents[1].title == "Sample 1, Ltd: modern slavery statement 2026"


def test_line_ends_and_order_of_columns_do_not_matter() -> None:
    rows = [row(1), row(2, Turnover="Over £500 million")]
    pages = [
        registry.parse(capture(body), source(organisations=["00000001"]))
        for body in (
            written(*rows),
            written(*rows, end="\r\n"),
            written(*rows, header=HEADER[::-1]),
            written(*rows[::-1]),
        )
    ]
    assert pages[0] == pages[1] == pages[2] == pages[3]


def test_rows_that_cannot_be_read_are_told_and_left_out() -> None:
    rows = (row(1), row(2, StatementYear="2025"), row(3, OrganisationName=" "), row(4, StatementIncludesGoals="maybe"))
    body = written(*rows) + b"2026,cut\n\n"
    page = registry.parse(capture(body), source())
    assert texts(page)["statements"] == "1 statement, which covers 1 organisation."
    assert [(problem.kind, problem.detail) for problem in page.problems] == [
        (
            "unreadable entry",
            "rows of another year: 1; rows without an organisation: 1; rows that say neither yes nor no: 1; "
            "rows with too many or too few cells: 1",
        )
    ]


def test_older_files_have_fewer_columns() -> None:
    header = ["StatementYear", "OrganisationName", "StatementSummaryURL"]
    page = registry.parse(capture(written(row(1), header=header)), source(organisations=["Sample 1 Ltd"]))
    assert list(texts(page)) == ["statements", "topics"]
    assert [section.path for section in page.versions[1].sections] == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "no column StatementYear, OrganisationName, StatementSummaryURL"),
        (b"<html>not here</html>", "no column"),
        (written(), "no statement"),
        (b"\xff\xfe\x00", "no UTF-8"),
        (written(row(1, OrganisationName="x" * 200_000)), "no CSV"),
        (b"\xef\xbb\xbf\x00,\x00\n", "no column|no CSV"),
    ],
)
def test_what_is_no_file_of_the_registry(body: bytes, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        registry.parse(capture(body), source())


# People


def test_nobody_is_named() -> None:
    """Trap UK-4.5: the statement registry names people who approved statements."""
    page = read(row(1), row(2), organisations=["00000001", "Sample 2 Ltd"])
    assert len(page.documents) == 3
    assert "Invented Person" not in json.dumps(asdict(page))


def test_only_named_organisations_are_documents() -> None:
    assert len(read(row(1), row(2)).documents) == 1
    page = read(row(1), row(2, StatementIncludesTraining="No"), row(2), organisations=["00000002", "Nobody Ltd"])
    year, statement = page.documents
    assert (statement.id, statement.parent) == ("statement-registry:2026/sample2/00000002", year.id)
    assert statement.url == f"{SUMMARY}/SAMPLE2/2026#00000002"
    assert statement.updated == "2026-06-01" and statement.published is None
    facts = {section.path: section.text for section in page.versions[1].sections}
    assert facts["covers-not"] == "Training" and "Training" not in facts["covers"]


def test_an_address_that_is_none() -> None:
    page = read(row(1, StatementSummaryURL="?", StatementURL="www.sample.invalid"), organisations=["00000001"])
    assert page.documents[1].id == "statement-registry:2026/statement/00000001"
    assert page.documents[1].url == f"{FILE}#00000001"


# Size and hostile bytes


@pytest.mark.slow
def test_fifteen_thousand_rows() -> None:
    rows = [row(n, Risk1="x" * 600, OrganisationSectors="Construction\r\nRetail") for n in range(15_000)]
    body = written(*rows)
    started = time.process_time()
    page = registry.parse(capture(body), source(organisations=["00000007"]))
    assert texts(page)["statements"] == "15,000 statements, which cover 15,000 organisations."
    assert time.process_time() - started < 15 and len(body) > 10_000_000


@examples(150)
@given(
    body=st.binary() | st.text().map(lambda text: written(row(1)) + text.encode("utf-8", "replace")),
    role=st.sampled_from(["document", "listing", "next", "statement"]),
)
def test_any_bytes(body: bytes, role: Role) -> None:
    for made in (capture(body, role), replace(capture(body, role), link=Link(url=FILE, role=role))):
        try:
            checked(registry.parse(made, source(organisations=["x"])), FILE)
        except ParseError as error:
            assert error.url == FILE and error.reason


@examples(100)
@given(cells=st.dictionaries(st.sampled_from(registry.COLUMNS), st.text(max_size=30), max_size=6))
def test_any_cells(cells: dict[str, str]) -> None:
    body = written({**row(1), **cells}).decode("utf-8", "replace").encode("utf-8", "replace")
    try:
        checked(registry.parse(capture(body), source(organisations=["Sample 1 Ltd", "00000001"])), FILE)
    except ParseError as error:
        assert error.url == FILE and error.reason
