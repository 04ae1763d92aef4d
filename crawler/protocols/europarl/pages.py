"""Web pages of the European Parliament: procedure files and summaries of the Legislative Observatory, texts of doceo.

Both sites stand behind a robot check, so no source starts there; what was recorded of them is read all the same.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from urllib.parse import parse_qs, urlsplit

from lxml import etree

from crawler.bodies.dated import labelled_dates
from crawler.bodies.encoding import decode
from crawler.bodies.html import HtmlDocument
from crawler.bodies.html import document as html
from crawler.bodies.tree import tree
from crawler.errors import IdentifierError, ParseError
from crawler.identifiers import celex, europarl_id
from crawler.model import Capture, Document, Page, Problem, Statement, Version
from crawler.protocols.europarl.procedures import OEIL
from crawler.protocols.parliament.access import dates
from crawler.sources import Source
from crawler.text import clean

_REFERENCE = re.compile(r"(\d{4}/\d{4}[A-Z]?)\([A-Z]{3}\)", re.ASCII)
_DATE = re.compile(r"(\d\d)/(\d\d)/(\d{4})", re.ASCII)
_ROWS = (
    ("//*[@id='section3']//tbody/tr", "./td"),
    (
        "//*[@id='key_events-data']//*[contains(concat(' ', @class, ' '), ' ep-table-row ')]",
        "./*[contains(concat(' ', @class, ' '), ' ep-table-cell ')]",
    ),
)
"""Key events as the site of 2025 draws them, and as that before did: rows, and the cells of a row."""
_HEADINGS = "//h2 | //*[@id='procedure-file-header']//*[contains(concat(' ', @class, ' '), ' ep_name ')]"
_FINAL = "//*[starts-with(@id,'section')][.//h2[normalize-space()='Final act']]//a[contains(@href,'numdoc=')]"
"""Links to the acts that came of a procedure."""
_FOOT = "//span[contains(concat(' ', @class, ' '), ' text-muted ')]"
"""Among others the day on which a text of doceo was last updated."""
_STATUS = "//p[normalize-space()='Status']/following-sibling::p[1]"


def procedure_file(capture: Capture) -> Page:
    """Read a procedure file of the Legislative Observatory, old layout or new: title, status, key events."""
    root = _root(capture)
    said = [words for each in _found(root, _HEADINGS) if (words := _words(each))]
    place = next((place for place, words in enumerate(said) if _REFERENCE.fullmatch(words)), None)
    if place is None or place + 1 >= len(said):
        raise ParseError(capture.url, "no procedure file: neither layout's reference and title")
    name = europarl_id(said[place])
    stated = next((_words(each) for each in _found(root, _STATUS)), "")
    status = stated[:1].lower() + stated[1:]
    events = list(_events(root))
    document = Document(
        id=name,
        title=said[place + 1],
        url=OEIL + said[place],
        kind="parliament",
        status=status or None,
        aliases=(said[place],),
    )
    impossible = [event for event, day in events if day is None]
    return Page(
        documents=(document,),
        statements=(*dates(name, ((event, "", day) for event, day in events)), *_final_acts(root, name)),
        problems=tuple(Problem(kind="impossible date", detail=each) for each in impossible),
    )


def _final_acts(root: etree._Element, name: str) -> Iterator[Statement]:
    for link in _found(root, _FINAL):
        with suppress(IdentifierError):
            target = celex(parse_qs(urlsplit(link.get("href", "")).query).get("numdoc", [""])[0])
            yield Statement.relation(name, "final act", target)


def summary(capture: Capture, source: Source) -> Page:
    """Read a summary that the Legislative Observatory wrote of a document.

    Its time element is a fixed one of 2018: the date is what a reader sees.
    """
    found = html(capture, selector=".es_product-content", scrub=source.scrub)
    if not found.title:
        raise ParseError(capture.url, "a summary without a title")
    head = " ".join(_words(each) for each in _found(_root(capture), "//*[contains(@class, 'es_product-subtitle')]"))
    day, reference = _DATE.search(head), _REFERENCE.search(head)
    document = Document(
        id=f"url:{capture.link.url}", title=found.title, url=capture.link.url, kind="parliament",
        published=_day(day) if day else None,
    )  # fmt: skip
    about = (Statement.relation(document.id, "summary of", europarl_id(reference[0])),) if reference else ()
    return Page(
        documents=(document,),
        versions=(_version(document, found, found.language or "en"),),
        statements=about,
    )


def text(capture: Capture, source: Source) -> Page:
    """Read the web page or the file of a text."""
    facts = capture.link.facts
    try:
        name = facts.get("document") or europarl_id(capture.url)
    except IdentifierError as error:
        raise ParseError(capture.url, str(error)) from error
    found = html(capture, scrub=source.scrub)
    # A file of the API has a page that names only itself; the API gave its title.
    title = facts.get("title") or found.title
    if not title:
        raise ParseError(capture.url, "a text without a title")
    page = f"https://www.europarl.europa.eu/doceo/document/{name.partition(':')[2]}_EN.html"
    language = facts.get("language") or found.language or _language(capture.url)
    foot = [_words(each) for each in _found(_root(capture), _FOOT)]
    updated = labelled_dates(foot, language)[1]
    document = Document(id=name, title=title, url=page, kind=facts.get("kind"), updated=updated)
    return Page(documents=(document,), versions=(_version(document, found, language),))


def _version(document: Document, found: HtmlDocument, language: str) -> Version:
    return Version(
        document=document.id, title=document.title, sections=found.sections, representation="html", language=language
    )


def _language(url: str) -> str:
    match = re.search(r"_([A-Z]{2})\.html$", urlsplit(url).path)
    return match[1].lower() if match else "en"


def _root(capture: Capture) -> etree._Element:
    root = tree(decode(capture.body, capture.header("content-type")), capture.url)
    if root is None:
        raise ParseError(capture.url, "no HTML element and no word")
    return root


def _found(root: etree._Element, path: str) -> list[etree._Element]:
    found = root.xpath(path)
    return [each for each in found if isinstance(each, etree._Element)] if isinstance(found, list) else []


def _words(element: etree._Element) -> str:
    return clean(" ".join(str(part) for part in element.itertext()))


def _events(root: etree._Element) -> Iterator[tuple[str, str | None]]:
    for rows, cells in _ROWS:
        for row in _found(root, rows):
            said = [_words(cell) for cell in _found(row, cells)]
            match = _DATE.fullmatch(said[0]) if len(said) > 1 else None
            if match and said[1]:
                yield said[1], _day(match)


def _day(match: re.Match[str]) -> str | None:
    try:
        return date(int(match[3]), int(match[2]), int(match[1])).isoformat()
    except ValueError:
        return None
