"""SHERLOC, the knowledge portal of the UNODC: laws and cases on crime, of which those on trafficking are read.

    ``…/cldb/data.json`` (cases, 10 a page), ``…/legdb/data.json`` (articles of laws, 100 a page) ──▶ documents
    page of an article ──▶ its original text, where ``texts`` asks for it

``?lng=en&criteria={"filters":[{"fieldName":…,"value":…}],"startAt":N,"sortings":""}``; ``found`` is the number in all.
Cases are sorted by verdict, so that a new one may stand anywhere: when ``found`` differs from the last whole walk,
everything is walked. Summaries of cases name people and are never read. Facts: seen by others, April and August 2026.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import parse_qsl, quote, urlsplit

from crawler.bodies import html
from crawler.bodies.dates import iso
from crawler.errors import ParseError
from crawler.model import Capture, Document, Link, Page, Problem, Walk, digest_of
from crawler.protocols.files import of_web_page
from crawler.protocols.govuk.json_access import Item, load
from crawler.protocols.listed import Following, faulty, of_link, stated, unread
from crawler.sources import Source, options
from crawler.sources.fields import Count, Flag, Text, said
from crawler.text import clean, counted

TRAFFICKING = "Trafficking in persons"


@dataclass(frozen=True, kw_only=True)
class Options(options.Options):
    """`url` is `…/sherloc/cldb/data.json` (cases, whose summaries are not read) or `…/legdb/data.json` (laws)."""

    crime_type: Annotated[Text, said("as SHERLOC writes it")] = TRAFFICKING
    country: Annotated[str, said("its English name there; default all")] = ""
    texts: Annotated[Flag, said("with `legdb`: read the text of articles")] = False
    pages: Annotated[Count | None, said("most pages of one walk; more is a gap")] = None

    def problems(self, source: Source) -> Iterator[str]:
        """Yield what is wrong with the address, and texts that are not read."""
        if _database(source.url) is None:
            yield f"url: {source.url} is neither …/sherloc/cldb/data.json nor …/sherloc/legdb/data.json"
        if self.texts and _database(source.url) == "cldb":
            yield "options.texts: the texts of cases name people and are not read; expected with legdb only"


_DATABASES = {"cldb": "caseLaw", "legdb": "legislation"}
_DATE = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) \d\d:\d\d:\d\d \S+ (\d{4})")
_SHORTER = {"United Kingdom of Great Britain and Northern Ireland": "United Kingdom"}
_TEXT = ".originalText"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a page of results was asked for: database, first result, total of the last whole walk."""

    base: str
    start: int
    before: str

    @property
    def prefix(self) -> str:
        """Return the word that the fields of the database begin with."""
        return _DATABASES[self.base]


def start(source: Source, walk: Walk) -> Iterable[Link]:
    """Return the first page of results."""
    base = _database(source.url) or ""
    return [Link(url=_address(source, base, 0), role="listing", facts={"found": walk.cursor} if walk.cursor else {})]


def parse(capture: Capture, source: Source) -> Page:
    """Read a page of results, or the page of an article.

    Raises:
        ParseError: it is not what the interface promises.
    """
    if capture.link.role not in ("listing", "next"):
        return _article(capture, source)
    base = _database(capture.link.url)
    if base is None:
        raise ParseError(capture.url, "neither the database of cases nor that of laws")
    query = Query(base=base, start=_start(capture.link.url), before=capture.link.facts.get("found", ""))
    body = load(capture.url, capture.body)
    results, total = body.items("results"), body.number("found")
    kept, told = _kept(results, query, source)
    documents = {document.id: document for document in kept}
    following, gap = _next(capture, source, query, len(results), total)
    return Page(
        documents=tuple(documents.values()),
        links=(*_texts(documents.values(), query, source), *following),
        problems=(*told, *gap),
        entries=len(kept),
        newest=max((each.published for each in documents.values() if each.published), default=None),
        total=total,
        # A cursor makes the walk go on to the end; without one it ends where nothing is new.
        cursor=str(total) if query.before != str(total) else None,
    )


def _database(url: str) -> str | None:
    match = re.search(r"/sherloc/(cldb|legdb)/data\.json\Z", urlsplit(url).path)
    return match[1] if match else None


def _address(source: Source, base: str, start: int) -> str:
    prefix, wanted = _DATABASES[base], Options.of(source)
    filters = [{"fieldName": f"en#__el.{prefix}.crimeTypes_s", "value": wanted.crime_type}]
    if wanted.country:
        filters.append({"fieldName": f"en#{prefix}@country_label_s", "value": wanted.country})
    criteria = json.dumps({"filters": filters, "startAt": start, "sortings": ""}, separators=(",", ":"))
    return f"{source.url.partition('?')[0]}?lng=en&criteria={quote(criteria, safe='')}"


def _start(url: str) -> int:
    try:
        criteria = json.loads(dict(parse_qsl(urlsplit(url).query)).get("criteria", "{}"))
    except (ValueError, RecursionError):
        return 0
    found = criteria.get("startAt") if isinstance(criteria, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) and found >= 0 else 0


def _kept(results: Iterable[Item], query: Query, source: Source) -> tuple[list[Document], tuple[Problem, ...]]:
    """Return the documents of results on the crime type that was asked for, and what is wrong with the others."""
    kept: list[Document] = []
    faults: list[str] = []
    others = 0
    for place, result in enumerate(results, query.start + 1):
        try:
            values = result.item("values")
            if _is_other(values, query, source):
                others += 1
            else:
                kept.append(_document(result, values, query))
        except ParseError as error:
            faults.append(f"result {place}: {error.reason}")
    if others:
        faults.insert(0, f"results of other crime types are left out, {others} on this page: the filter was ignored")
    return kept, faulty(faults)


def _is_other(values: Item, query: Query, source: Source) -> bool:
    stated = _list(values.value.get(f"en#__el.{query.prefix}.crimeTypes_s"))
    return bool(stated) and Options.of(source).crime_type not in stated


def _list(value: object) -> list[str]:
    found = value if isinstance(value, list) else [value]
    return [cleaned for each in found if isinstance(each, str) and (cleaned := clean(each))]


def _document(result: Item, values: Item, query: Query) -> Document:
    path = _path(result, values)
    country = values.text_or_none(f"en#{query.prefix}@country_label_s1") or ""
    title = values.text("page_title") if query.base == "cldb" else _title_of_article(values)
    return Document(
        id=f"sherloc:{path.strip('/').removesuffix('.html')}",
        title=title,
        url=_page(path, result.url),
        kind="case_law" if query.base == "cldb" else "legislation",
        jurisdiction=_SHORTER.get(country, country) or None,
        published=_date(values.text_or_none("caseLaw@decisionVerdictDate_s1")) if query.base == "cldb" else None,
    )


def _path(result: Item, values: Item) -> str:
    """Return the path of a result's page, its identity: the number in ``id`` is that of the database."""
    stated = result.text_or_none("uri") or values.text("uri")
    parts = urlsplit(re.sub("/{2,}", "/", stated))
    if parts.scheme or parts.netloc or not parts.path.startswith("/") or len(parts.path) < 2:
        raise result.wrong("uri", f"is {stated[:80]!r}, no path")
    return quote(parts.path, safe="/%:@!$&'()*+,;=-._~")


def _page(path: str, base: str) -> str:
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}/cld{path}?lng=en&tmpl=sherloc"


def _title_of_article(values: Item) -> str:
    law = values.text_or_none("legislation.nationalLawArticle@title_s1") or values.text("page_title")
    within = (values.text_or_none(f"legislation.nationalLawArticle@{name}_s1") for name in _WITHIN)
    return " \u2014 ".join([law, *(part for part in within if part)])


_WITHIN = ("chapterDescription", "article")


def _date(stated: str | None) -> str | None:
    """Return the day of a verdict, as written where it was given: "Tue Oct 15 00:00:00 CEST 2024".

    >>> _date("Tue Oct 15 00:00:00 CEST 2024"), _date("2024-10-15"), _date("unknown")
    ('2024-10-15', '2024-10-15', None)
    """
    match = _DATE.fullmatch(stated or "")
    return iso(f"{match[2]} {match[1]} {match[3]}") if match else iso(stated or "")


def _texts(kept: Iterable[Document], query: Query, source: Source) -> Iterator[Link]:
    if query.base != "legdb" or not Options.of(source).texts:
        return
    for document in kept:
        facts = {"document": document.id, "title": document.title, "jurisdiction": document.jurisdiction or ""}
        yield Link(
            url=document.url,
            role="document",
            facts=stated(facts),
            token=digest_of(document.title)[:16],
        )


def _next(capture: Capture, source: Source, query: Query, found: int, total: int) -> Following:
    reached = query.start + found
    if not found or reached >= total:
        return (), ()
    read, most = int(capture.link.facts.get("page", "1")), Options.of(source).pages
    if most is not None and read >= most:
        return unread(f"stopped after {counted(read, 'page')}; {counted(total - reached, 'result')} not read")
    facts: Mapping[str, str] = {**capture.link.facts, "page": str(read + 1)}
    return (Link(url=_address(source, query.base, reached), role="next", facts=facts),), ()


def _article(capture: Capture, source: Source) -> Page:
    """Read the page of an article: of a whole page of navigation only the original text."""
    document = replace(of_link(capture, "an article"), kind="legislation")
    try:
        page = html.document(capture, selector=_TEXT, scrub=source.scrub)
    except ParseError as error:
        return Page(documents=(document,), problems=(Problem(kind="no text", detail=error.reason),))
    return of_web_page(document, page)
