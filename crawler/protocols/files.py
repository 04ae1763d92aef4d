"""A file as the page of a document: what it says, under the title that its link gave it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from crawler.bodies import dated, files, html, imprint, naming
from crawler.bodies.values import Content
from crawler.model import Capture, Document, Page, Section, Statement, Version
from crawler.sources import Source

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_UNSTATED = frozenset({"application/octet-stream", "text/plain"})
_FILES = (b"%PDF-", b"PK\x03\x04")
_FIRST = 4
"""Most sections at the beginning of a file in which it states its dates."""
_LAST = 3
"""Most lines at the end of a file in which it says when it was reviewed."""
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body)\b", re.I)


def is_html(capture: Capture) -> bool:
    """Return whether a capture is a page of HTML; what begins as a file is none, whatever its server calls it."""
    if capture.body.startswith(_FILES):
        return False
    if capture.media_type in _HTML_TYPES:
        return True
    return capture.media_type in _UNSTATED and _HTML.match(capture.body[:2000]) is not None


def page(capture: Capture, document: Document, source: Source, *, language: str) -> Page:
    """Return a captured file as the page of its document; one of a kind that is not read is a document without text.

    What a file calls itself is a matter of templates: it counts only where the link gave no title. Of dates those count
    that it states behind labels at its beginning; see :mod:`crawler.bodies.imprint` for what else it states there.

    Raises:
        ParseError: damaged, cut off, encrypted, too large once expanded, or without any word.
    """
    file = files.read(capture, scrub=source.scrub)
    is_table = file.representation == "table"
    title = (
        capture.link.facts.get("title")
        or naming.balanced(file.title)
        or naming.balanced(naming.printed_title(file.sections, is_table=is_table))
        or naming.of_file(files.name_of(capture))
        or naming.fallback_title(capture.url)
    )
    lines = _beginning(file.sections)
    published, updated = dated.labelled_dates(lines, language)
    printed, renewed = dated.printed_dates(lines, is_table=is_table)
    stated = imprint.read(title, [files.name_of(capture)], file.sections, [] if is_table else lines, source.kind)
    version = Version(
        document=document.id,
        title=title,
        sections=file.sections,
        representation=file.representation,
        language=language,
        partial=file.partial,
    )
    versions = (version,) if file.sections else ()
    document = replace(
        document,
        title=title,
        kind=document.kind or stated.kind,
        publisher=document.publisher or stated.publisher,
        jurisdiction=stated.jurisdiction or document.jurisdiction,
        published=published or stated.published or printed or document.published,
        updated=updated or renewed or document.updated,
    )
    reviewed = dated.reviewed(_ending(file.sections), language)
    fields = {"event": "reviewed", "date": reviewed or ""}
    told = (Statement(kind="date", document=document.id, fields=fields),) if reviewed else ()
    return Page(documents=(document,), versions=versions, statements=told, problems=file.problems)


def of_web_page(document: Document, read: html.HtmlDocument) -> Page:
    """Return a document whose title is known with the text of its web page."""
    language = read.language or "en"
    version = Version(
        document=document.id, title=document.title, sections=read.sections, representation="html", language=language
    )
    return Page(documents=(document,), versions=(version,))


def of_file(document: Document, read: Content, language: str = "en") -> Page:
    """Return a document whose title is known with the text of its file, where that has any."""
    version = Version(
        document=document.id,
        title=document.title,
        sections=read.sections,
        representation=read.representation,
        language=language,
        partial=read.partial,
    )
    return Page(documents=(document,), versions=(version,) if read.sections else (), problems=read.problems)


def _beginning(sections: Sequence[Section]) -> list[str]:
    """Return the first lines of a file, without its tables."""
    lines = (line for section in sections[:_FIRST] for line in (section.heading, *section.text.split("\n")) if line)
    return list(islice(lines, dated.MAX_LINES_AROUND[1]))


def _ending(sections: Sequence[Section]) -> list[str]:
    """Return the last lines of a file."""
    lines = [line for section in sections[-_FIRST:] for line in section.text.split("\n") if line]
    return lines[-_LAST:]
