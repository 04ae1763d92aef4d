"""A file as the page of a document: what it says, under the title that its link gave it."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.bodies import files
from crawler.model import Capture, Document, Page, Version
from crawler.sources import Source

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_UNSTATED = frozenset({"application/octet-stream", "text/plain"})
_FILES = (b"%PDF-", b"PK\x03\x04")
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body)\b", re.I)


def is_html(capture: Capture) -> bool:
    """Tell whether a capture is a page of HTML; what begins as a file is none, whatever its server calls it."""
    if capture.body.startswith(_FILES):
        return False
    if capture.media_type in _HTML_TYPES:
        return True
    return capture.media_type in _UNSTATED and _HTML.match(capture.body[:2000]) is not None


def page(capture: Capture, document: Document, source: Source, *, language: str) -> Page:
    """Give a captured file as the page of its document; one of a kind that is not read is a document without text.

    What a file calls itself is a matter of templates: it counts only where the link gave no title.

    Raises:
        ParseError: damaged, cut off, encrypted, too large once expanded, or without any word.
    """
    file = files.read(capture, scrub=source.scrub)
    title = capture.link.facts.get("title") or file.title or files.name_of(capture) or document.title
    version = Version(
        document=document.id,
        title=title,
        sections=file.sections,
        representation=file.representation,
        language=language,
        partial=file.partial,
    )
    versions = (version,) if file.sections else ()
    return Page(documents=(replace(document, title=title),), versions=versions, problems=file.problems)
