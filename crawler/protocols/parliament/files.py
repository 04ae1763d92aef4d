"""Files of publications that an API of Parliament serves itself."""

from __future__ import annotations

from crawler.bodies import files, html
from crawler.model import Capture, Page, Version
from crawler.protocols.listed import of_link
from crawler.sources import Source

_HTML = frozenset({"text/html", "application/xhtml+xml"})


def file(capture: Capture, source: Source) -> Page:
    """Read a file of a publication. Its title is the one that the list of publications gives it."""
    document = of_link(capture, "a file")
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
