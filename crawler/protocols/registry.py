"""The modern slavery statement registry (Modern Slavery Act 2015, section 54): one CSV file for each year.

    HEAD of the file of this year and the last ──▶ its MD5, the mark of its state; 404 where a year has none yet
    GET of a file that is new ──▶ a document for the year, with counts; one for each statement of a named organisation

A file has a row for each organisation, thousands of them, 8 to 15 MB, and names those who approved the statements,
with their e-mail addresses. Only the columns of :data:`COLUMNS` are looked at: facts about companies. The names of
columns are those of the registry's own published code (StatementSummaryDownloadModel).
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Annotated
from urllib.parse import urlsplit

from crawler.bodies.dates import iso
from crawler.errors import IdentifierError, ParseError
from crawler.identifiers import canonical_url
from crawler.model import Capture, Document, Link, Page, Problem, Section, Version, Walk
from crawler.sources import Source, options
from crawler.sources.fields import Count, Text, said
from crawler.text import clean, counted, slug


@dataclass(frozen=True, kw_only=True)
class Options(options.Options):
    """`url` is the folder of the yearly files, each a document that counts its statements."""

    years: Annotated[Count, said("years read, the present one last")] = 2
    organisations: Annotated[tuple[Text, ...], said("numbers in quotes, or names, whose statements are documents")] = ()

    def problems(self, source: Source) -> Iterator[str]:
        """Yield what is wrong with the address."""
        if not urlsplit(source.url).path.endswith("/"):
            yield f"url: {source.url} is no folder; expected the address of the files without their names"


TOPICS = {
    "StatementIncludesOrgStructure": "Structure, operations and supply chains",
    "StatementIncludesPolicies": "Policies",
    "StatementIncludesRisksAssessment": "Risk assessment",
    "StatementIncludesDueDiligence": "Due diligence",
    "StatementIncludesTraining": "Training",
    "StatementIncludesGoals": "Goals and key performance indicators",
}
"""Columns that say whether a statement covers what section 54(5) recommends, and what that is."""

COLUMNS = (
    "StatementYear", "OrganisationName", "SectorType", "CompanyNumber", "LastUpdated", "GroupSubmission", "ParentName",
    "StatementURL", "StatementSummaryURL", "StatementStartDate", "StatementEndDate", "DateApproved",
    "OrganisationSectors", "Turnover", *TOPICS,
)  # fmt: skip
"""Every column that is looked at. Not among them: ApprovingPerson, EmailAddressNoURL, Address, and all free text."""

FIRST = 2021
"""The first year that statements were handed in for."""
_REQUIRED = ("StatementYear", "OrganisationName", "StatementSummaryURL")
_YES, _NO = frozenset({"yes", "true"}), frozenset({"", "no", "false"})
_NOT_FILES = frozenset({"text/html", "application/xhtml+xml", "application/xml", "application/json"})

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file as read: the rows of its year, cleaned, and what is wrong with the others."""

    year: str
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def start(source: Source, walk: Walk) -> Iterable[Link]:
    """Yield the question after the state of each year's file: headers alone, as a file is large."""
    last = walk.clock.year
    for year in range(last, max(FIRST, last - Options.of(source).years + 1) - 1, -1):
        url = f"{source.url}StatementSummaries{year}.csv"
        yield Link(url=url, role="listing", method="HEAD", facts={"year": str(year)})


def parse(capture: Capture, source: Source) -> Page:
    """Read the headers of a file, or the file.

    Raises:
        ParseError: it is no CSV file of the registry.
    """
    year = capture.link.facts.get("year", "")
    if not re.fullmatch(r"\d{4}", year):
        raise ParseError(capture.url, "a file whose link does not name its year")
    if capture.link.role in ("listing", "next"):
        return _headers(capture, year)
    file = _file(capture, year)
    known = _known(capture, year)
    named = list(_named(file, known, source))
    return Page(
        documents=(known, *(document for document, _ in named)),
        versions=(_counted(file, known), *(version for _, version in named)),
        problems=file.problems,
    )


def kept(body: bytes) -> bytes:
    """Return a file with the columns of :data:`COLUMNS` alone: the others name people, and nobody needs them here.

    What has no row of column names that we know, such as a page of HTML, is kept as it is unless it might be a table.
    The same file gives the same bytes, and what was reduced already stays as it is.
    """
    text = body.decode("utf-8-sig", "replace")
    lines = csv.reader(StringIO(text, newline=""))
    out = StringIO(newline="")
    written = csv.writer(out, lineterminator="\n")
    try:
        names = [clean(name) for name in next(lines, [])]
        places = [place for place, name in enumerate(names) if name in COLUMNS]
        if not places:
            return body if text.lstrip()[:1] in ("<", "{", "") else b""
        written.writerow(names[place] for place in places)
        written.writerows([cells[place] for place in places] for cells in lines if len(cells) == len(names))
    except csv.Error:
        pass  # What follows cannot be told apart, and is left out.
    return out.getvalue().encode()


def _headers(capture: Capture, year: str) -> Page:
    """Read what a file is like. That a year has none yet is an answer, and lists nothing."""
    if capture.status == 404:
        return Page()
    if capture.media_type in _NOT_FILES:
        raise ParseError(capture.url, f"{capture.media_type} where a CSV file is expected")
    names = ("content-md5", "etag", "last-modified", "content-length")
    token = next((value for name in names if (value := capture.header(name).strip())), "")
    changed = iso(capture.header("last-modified"))
    known = _known(capture, year)
    link = Link(url=capture.link.url, role="document", facts={"document": known.id, "year": year}, token=token)
    return Page(documents=(known,), links=(link,), entries=1, newest=changed)


def _known(capture: Capture, year: str) -> Document:
    return Document(
        id=f"statement-registry:{year}",
        title=f"Modern slavery statement registry: statements of {year}",
        url=capture.link.url,
        kind="statistics",
        updated=iso(capture.header("last-modified")),
    )


def _file(capture: Capture, year: str) -> File:
    try:
        text = capture.body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ParseError(capture.url, f"no UTF-8: {error}") from None
    rows: list[Row] = []
    faults: Counter[str] = Counter()
    try:
        lines = csv.reader(StringIO(text, newline=""))
        names = [clean(name) for name in next(lines, [])]
        if missing := [name for name in _REQUIRED if name not in names]:
            raise ParseError(capture.url, f"no CSV file of the registry: it has no column {', '.join(missing)}")
        places = {name: names.index(name) for name in COLUMNS if name in names}
        for cells in lines:
            if len(cells) != len(names):
                faults["rows with too many or too few cells"] += bool(cells)
                continue
            row = {name: cells[place].strip() for name, place in places.items()}
            fault = "rows of another year" if row["StatementYear"] != year else _fault(row)
            if fault:
                faults[fault] += 1
            else:
                rows.append(row)
    except csv.Error as error:
        raise ParseError(capture.url, f"no CSV: {error}") from None
    if not rows:
        raise ParseError(capture.url, "no statement in it")
    told = "; ".join(f"{fault}: {count}" for fault, count in faults.items() if count)
    problems = (Problem(kind="unreadable entry", detail=told),) if told else ()
    return File(year=year, rows=tuple(rows), problems=problems)


def _fault(row: Row) -> str:
    if not clean(row["OrganisationName"]):
        return "rows without an organisation"
    if any(row.get(name, "").lower() not in _YES | _NO for name in TOPICS):
        return "rows that say neither yes nor no"
    return ""


def _counted(file: File, known: Document) -> Version:
    """Return the counts of a year. Nothing is added up across years, and an organisation counts once."""
    statements: dict[str, list[Row]] = {}
    organisations: dict[str, Row] = {}
    for place, row in enumerate(file.rows):
        statements.setdefault(row["StatementSummaryURL"] or f"row {place}", []).append(row)
        organisations.setdefault(_line(row, "CompanyNumber") or _line(row, "OrganisationName").casefold(), row)
    covered = Counter(name for rows in statements.values() for name in TOPICS if any(_says(row, name) for row in rows))
    sectors = Counter(sector for row in organisations.values() for sector in set(_lines(row, "OrganisationSectors")))
    turnovers = Counter(turnover for row in organisations.values() if (turnover := _line(row, "Turnover")))
    covering = counted(len(statements), "statement, which covers", "statements, which cover")
    summary = f"{covering} {counted(len(organisations), 'organisation')}."
    parts = (
        ("statements", "Statements", summary),
        ("topics", "Statements by what they cover", _listed((TOPICS[name], covered[name]) for name in TOPICS)),
        ("sectors", "Organisations by sector", _listed(sorted(sectors.items()))),
        ("turnover", "Organisations by turnover", _listed(sorted(turnovers.items()))),
    )
    sections = tuple(Section(path=path, heading=heading, text=text) for path, heading, text in parts if text)
    return Version(document=known.id, title=known.title, sections=sections, representation="summary")


def _listed(counts: Iterable[tuple[str, int]]) -> str:
    return "; ".join(f"{name}: {count}" for name, count in counts)


def _named(file: File, known: Document, source: Source) -> Iterator[tuple[Document, Version]]:
    """Yield a document for each statement of an organisation that the source names."""
    wanted = {clean(each).casefold() for each in Options.of(source).organisations}
    once: set[str] = set()
    for row in file.rows if wanted else ():
        if not wanted & {_line(row, "CompanyNumber").casefold(), _line(row, "OrganisationName").casefold()}:
            continue
        found = _statement(row, known, file.year)
        if found.id not in once:
            once.add(found.id)
            yield found, _facts(row, found)


def _statement(row: Row, known: Document, year: str) -> Document:
    """Return the statement of an organisation; a group hands in one for many, under one address."""
    name, key = _line(row, "OrganisationName"), _line(row, "CompanyNumber") or slug(row["OrganisationName"])
    summary = _address(row["StatementSummaryURL"])
    within = slug(urlsplit(summary).path.removeprefix("/statement-summary/").removesuffix(f"/{year}")) or "statement"
    return Document(
        id=f"{known.id}/{within}/{key}",
        title=f"{name}: modern slavery statement {year}",
        # One address for a whole group: what follows the # tells its members apart.
        url=f"{summary or known.url}#{key}",
        kind="report",
        parent=known.id,
        publisher=name,
        updated=iso(_line(row, "LastUpdated")),
    )


def _facts(row: Row, known: Document) -> Version:
    period = " to ".join(day for name in ("StatementStartDate", "StatementEndDate") if (day := iso(_line(row, name))))
    parts = (
        ("period", "Period", period),
        ("approved", "Approved", iso(_line(row, "DateApproved")) or ""),
        ("statement", "Statement", _address(row.get("StatementURL", ""))),
        ("group", "Handed in by", _line(row, "ParentName")),
        ("covers", "Covers", "; ".join(topic for name, topic in TOPICS.items() if _says(row, name))),
        (
            "covers-not",
            "Not said to cover",
            "; ".join(t for name, t in TOPICS.items() if name in row and not _says(row, name)),
        ),
        ("sectors", "Sectors", "; ".join(_lines(row, "OrganisationSectors"))),
        ("turnover", "Turnover", _line(row, "Turnover")),
    )
    sections = tuple(Section(path=path, heading=heading, text=text) for path, heading, text in parts if text)
    return Version(document=known.id, title=known.title, sections=sections, representation="summary")


def _says(row: Row, name: str) -> bool:
    return row.get(name, "").lower() in _YES


def _line(row: Row, name: str) -> str:
    return clean(row.get(name, ""))


def _lines(row: Row, name: str) -> list[str]:
    """Return the values of a cell that holds several, one a line."""
    return [line for each in row.get(name, "").splitlines() if (line := clean(each))]


def _address(stated: str) -> str:
    try:
        return canonical_url(stated)
    except IdentifierError:
        return ""
