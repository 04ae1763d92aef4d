"""The page of a document that a list named."""

from dataclasses import replace
from urllib.parse import urlsplit

from crawler.bodies import html as bodies
from crawler.bodies.html import HtmlDocument
from crawler.bodies.naming import fallback_title
from crawler.bodies.purpose import LOG_IN
from crawler.errors import RefusedError
from crawler.model import TRACKED, Capture, Document, Page, Problem, Statement, Version
from crawler.protocols import files
from crawler.protocols.listing.lists import canonical, identity
from crawler.protocols.listing.options import PageOptions
from crawler.sources import Source

GENERAL = ("guidance", "report", "statistics", "research", "policy_paper", "consultation", "page")
"""Kinds of sources whose pages can be of another one, which they state."""


def parse(capture: Capture, source: Source, wanted: PageOptions) -> Page:
    """Read the page of a document, whose own title wins over the list's, or a file, whose own does not.

    A page that serves its site is no document, unless a list announced it under that very title.

    Raises:
        ParseError: no words where the body should be, or a damaged file.
    """
    known = _known(capture, source, wanted)
    if not files.is_html(capture):
        return files.page(capture, known, source, language=wanted.language)
    html = bodies.document(capture, selector=wanted.body, title=wanted.detail_title, scrub=source.scrub)
    title = html.title or known.title
    if html.serves == LOG_IN and source.protocol == "listing" and known.title != title:
        raise RefusedError(capture.url, "a log-in page instead of the document", "error")
    if html.serves and capture.link.facts.get("title") != title:
        return Page(problems=(Problem(kind="no document", detail=html.serves),))
    version = Version(
        document=known.id,
        title=title,
        sections=html.sections,
        representation="html",
        language=html.language or wanted.language,
    )
    problems: tuple[Problem, ...] = ()
    if html.otherwise is not None:
        dates = f"it shows {html.published} as its date of publication, its metadata state {html.otherwise[:10]}"
        problems = (Problem(kind="differing date", detail=dates),)
    document = _told(known, html, title, capture, source, wanted)
    later = identity(canonical(html.later, wanted)) if html.later else known.id
    is_newer = later not in (known.id, "url:")
    newer = (Statement.relation(known.id, "later release", later),) if is_newer else ()
    return Page(documents=(document,), versions=(version,), statements=newer, problems=problems)


def _known(capture: Capture, source: Source, wanted: PageOptions) -> Document:
    """Return the document as its link tells of it."""
    facts = capture.link.facts
    url = canonical(capture.link.url, wanted) or capture.link.url
    return Document(
        id=facts.get("document") or identity(url),
        title=facts.get("title") or fallback_title(url),
        url=url,
        parent=capture.link.parent,
        jurisdiction=source.jurisdiction or None,
        summary=facts.get("summary"),
        aliases=_aliases(url, [canonical(capture.url, wanted)], source),
    )


def _told(
    known: Document, html: HtmlDocument, title: str, capture: Capture, source: Source, wanted: PageOptions
) -> Document:
    """Return the document as its own page has it; what only the list says is added."""
    own = canonical(html.canonical or "", wanted)
    # sources.yaml says what a page is that it names, and what all of a source are of a special kind.
    is_told = TRACKED not in capture.link.facts and (html.kind == "news" or source.kind in GENERAL)
    is_near = urlsplit(own).netloc == urlsplit(capture.url).netloc.lower()
    return replace(
        known,
        title=title,
        kind=(is_told and html.kind) or known.kind,
        summary=known.summary or html.description or None,
        within=html.within or None,
        published=html.published,
        updated=html.updated,
        aliases=_aliases(known.url, [*known.aliases, own if is_near else ""], source),
    )


def _aliases(url: str, addresses: list[str], source: Source) -> tuple[str, ...]:
    """Return other addresses of a document; the home page and the list are none, whatever a careless page says."""
    others = [
        address
        for address in addresses
        if address and address not in {url, source.url} and urlsplit(address).path.strip("/")
    ]
    return tuple(dict.fromkeys(others))
