"""Files of publications that an API of Parliament serves itself."""

from __future__ import annotations

from crawler.bodies import files, html
from crawler.errors import ParseError
from crawler.model import Capture, Document, Page, Version
from crawler.sources import Source

_HTML = frozenset({"text/html", "application/xhtml+xml"})


def file(capture: Capture, source: Source) -> Page:
    """Read a file of a publication. Its title is the one that the list of publications gives it.

    Raises:
        ParseError: the link does not say which document the file is, or the file is damaged or has no words.
    """
    link = capture.link
    if not link.facts.get("document") or not link.facts.get("title"):
        raise ParseError(capture.url, "a file whose link does not name its document and title")
    document = Document(
        id=link.facts["document"],
        title=link.facts["title"],
        url=link.url,
        kind=link.facts.get("kind"),
        parent=link.parent,
    )
    if capture.media_type in _HTML:
        page = html.document(capture, scrub=source.scrub)
        version = Version(
            document=document.id,
            title=document.title,
            sections=page.sections,
            representation="html",
            language=page.language or "en",
        )
        return Page(documents=(document,), versions=(version,))
    found = files.read(capture, scrub=source.scrub)
    version = Version(
        document=document.id,
        title=document.title,
        sections=found.sections,
        representation=found.representation,
        partial=found.partial,
    )
    return Page(documents=(document,), versions=(version,) if found.sections else (), problems=found.problems)
