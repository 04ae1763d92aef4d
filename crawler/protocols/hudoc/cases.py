"""Results of a search of the Court's case law, as JSON: which judgment, of when, with what outcome; never its text.

    {"resultcount": 2725, "results": [{"columns": {"itemid": "001-100038", "docname": …, "appno": …, "kpdate": …}}]}

A judgment in English and in French are two entries with one ECLI: one document. The offset of a search ends at 10,000.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlsplit

from crawler.bodies.dates import iso
from crawler.model import Capture, Document, Link, Page, Section, Version
from crawler.protocols.govuk.json_access import Item, load
from crawler.protocols.hudoc.names import LANGUAGES, Options
from crawler.protocols.listed import Following, number, read_each, unread, with_query
from crawler.sources import Source
from crawler.text import clean, counted

MAX_RESULTS = 10_000
"""Results of one search that can be reached, however many there are."""

_ECLI = re.compile(r"ECLI:CE:ECHR:\d{4}:[A-Z0-9]{8,40}")
_LIST = re.compile(r"\s*;\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One entry: the judgment it is one of, its number, title, language, date and outcome."""

    document: str
    item: str
    title: str
    language: str
    published: str | None
    summary: str
    conclusion: str


def parse(capture: Capture, source: Source) -> Page:
    """Read a page of results.

    Raises:
        ParseError: it is not what the search promises.
    """
    body = load(capture.url, capture.body)
    results, total = body.items("results"), body.number("resultcount")
    cases, faults = read_each(results, lambda result: _case(result.item("columns"), source), "result")
    following, gap = _next(capture, source, len(results), total)
    found = _judgments(cases)
    return Page(
        documents=tuple(_document(each, capture.url) for each in found),
        versions=tuple(version for each in found for version in _versions(each)),
        links=following,
        problems=(*faults, *gap),
        entries=len(found),
        newest=max((case.published for case in cases if case.published), default=None),
        total=total,
    )


def _case(columns: Item, source: Source) -> Case:
    item, title = columns.text("itemid"), columns.text("docname")
    ecli = (columns.text_or_none("ecli") or "").upper()
    code = (columns.text_or_none("languageisocode") or "").upper()
    stated = columns.text_or_none("kpdate") or ""
    return Case(
        document=f"ecli:{ecli}" if _ECLI.fullmatch(ecli) else f"echr:{item}",
        item=item,
        title=title,
        language=LANGUAGES.get(code, Options.of(source).language),
        published=_date(stated),
        summary=_summary(columns),
        conclusion=_joined(columns.text_or_none("conclusion")),
    )


def _date(stated: str) -> str | None:
    """Return the day of a judgment; older answers write it as the United States do, with a midnight time.

    >>> _date("2017-03-30T00:00:00"), _date("3/30/2017 12:00:00 AM"), _date("0001-01-01T00:00:00")
    ('2017-03-30', '2017-03-30', None)
    """
    day = iso(re.split(r"[T ]", stated.strip(), maxsplit=1)[0], dayfirst=False)
    return day if day and day >= "1949" else None


def _summary(columns: Item) -> str:
    """Return number of application, level of importance and articles in one line: what a lawyer looks for first."""
    stated = (
        ("Application no.", _joined(columns.text_or_none("appno"))),
        ("Importance", columns.text_or_none("importance") or ""),
        ("Articles", _joined(columns.text_or_none("article"))),
    )
    return " · ".join(f"{label} {value}" for label, value in stated if value)


def _joined(stated: str | None) -> str:
    return clean("; ".join(part for part in _LIST.split(stated or "") if part))


def _judgments(cases: Iterable[Case]) -> list[list[Case]]:
    """Return the entries of each judgment, English first, each language once."""
    found: dict[str, dict[str, Case]] = {}
    for case in sorted(cases, key=lambda case: case.item):
        found.setdefault(case.document, {}).setdefault(case.language, case)
    order = list(dict.fromkeys(case.document for case in cases))
    return [sorted(found[name].values(), key=lambda case: (case.language != "en", case.language)) for name in order]


def _document(judgment: list[Case], base: str) -> Document:
    first = judgment[0]
    parts = urlsplit(base)
    return Document(
        id=first.document,
        title=first.title,
        url=f"{parts.scheme}://{parts.netloc}/eng?i={quote(first.item, safe='')}",
        kind="case_law",
        summary=first.summary or None,
        published=first.published,
        aliases=tuple(name for case in judgment if (name := f"echr:{case.item}") != first.document),
    )


def _versions(judgment: list[Case]) -> Iterable[Version]:
    for case in judgment:
        if case.conclusion:
            yield Version(
                document=case.document,
                title=case.title,
                sections=(Section(path="conclusion", heading="Conclusion", text=case.conclusion),),
                representation="summary",
                language=case.language,
            )


def _next(capture: Capture, source: Source, found: int, total: int) -> Following:
    """Return the next page of results, or the problem that there is one which cannot be had."""
    url = capture.link.url
    pairs = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    reached = number(pairs.get("start", ""), 0) + found
    if not found or reached >= total:
        return (), ()
    read, most = int(capture.link.facts.get("page", "1")), Options.of(source).pages
    if reached >= MAX_RESULTS:
        return unread(f"{counted(total, 'result')}, of which {MAX_RESULTS} can be reached: narrow the query")
    if most is not None and read >= most:
        return unread(f"stopped after {counted(read, 'page')}; {counted(total - reached, 'result')} not read")
    following = with_query(url, (pairs | {"start": str(reached)}).items())
    return (Link(url=following, role="next", facts={"page": str(read + 1)}),), ()
