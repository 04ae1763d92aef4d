"""The text of one section of a report, as HUDOC converts it from the publisher's file."""

from __future__ import annotations

from crawler.bodies import html
from crawler.bodies.encoding import decode
from crawler.errors import ParseError
from crawler.model import Capture, Page, Problem, Version
from crawler.protocols.listed import of_link
from crawler.sources import Source


def parse(capture: Capture, source: Source) -> Page:
    """Read the text of a section: an HTML fragment without a title, which is the one its feed stated.

    Raises:
        ParseError: the link does not say which document it is the text of, or it is no HTML.
    """
    known = of_link(capture, "a text")
    if capture.media_type not in ("text/html", "application/xhtml+xml"):
        raise ParseError(capture.url, f"{capture.media_type} where a text in HTML is expected")
    text = decode(capture.body, capture.header("content-type"))
    sections = html.fragment(text, url=capture.url, scrub=source.scrub)
    if not sections:
        return Page(documents=(known,), problems=(Problem(kind="no text", detail=known.title[:200]),))
    version = Version(
        document=known.id,
        title=known.title,
        sections=sections,
        representation="html",
        language=capture.link.facts.get("language", "en"),
    )
    return Page(documents=(known,), versions=(version,))
