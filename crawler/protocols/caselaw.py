"""Find Case Law of The National Archives: judgments by court and words; title, citation, court and date, no text.

    search ``/atom.xml?query=…&court=ewca/crim&order=-date&per_page=50`` ──▶ documents, next page

Searching in bulk needs a licence beyond the Open Justice Licence: the registry switches such sources off until
``settings.find_case_law_licence`` names it. A judgment is known by the URI of its document; since April 2025 that is no
citation, and the last page that a feed names does not exist. Facts: its public API, 0.6.0, as published in August 2026.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from crawler.bodies.dates import iso
from crawler.errors import ParseError
from crawler.model import Capture, Document, Link, Page, Walk
from crawler.protocols.listed import Following, by_id, number, read_each, unread, with_query
from crawler.protocols.listing.lists import GUESSED
from crawler.protocols.markup import read_xml
from crawler.sources import Source, options
from crawler.sources.fields import Count, Terms, said
from crawler.text import clean, counted

ATOM = "{http://www.w3.org/2005/Atom}"
TNA = "{https://caselaw.nationalarchives.gov.uk}"
MAX_PER_PAGE = 50
_URI = re.compile(r"[a-z0-9]+(?:[/.-][a-z0-9]+)*")
_COURT = re.compile(r"[a-z]+(?:/[a-z]+)?")


@dataclass(frozen=True, kw_only=True)
class Options(options.Options):
    """`url` is `https://caselaw.nationalarchives.gov.uk/atom.xml`."""

    terms: Annotated[Terms, said("searched one by one: all words, or a phrase in quotes")] = ()
    courts: Annotated[Terms, said("only these, such as `ewca/crim`")] = ()
    per_page: Annotated[Count, said("judgments of a page, at most 50")] = MAX_PER_PAGE
    pages: Annotated[Count | None, said("most pages of one walk; more is a gap")] = None

    def problems(self, source: Source) -> Iterator[str]:
        """Yield what is wrong though each value is right by itself."""
        if not self.terms and not self.courts:
            yield "options: expected terms, courts, or both: the whole of Find Case Law is no list"
        if wrong := [court for court in self.courts if not _COURT.fullmatch(court)]:
            yield f"options.courts: {wrong[0]!r}; expected a court such as uksc or ewca/crim"
        if self.per_page > MAX_PER_PAGE:
            yield f"options.per_page: {self.per_page}; expected at most {MAX_PER_PAGE}"


def start(source: Source, walk: Walk) -> Iterable[Link]:
    """Return the first page of each search, the newest judgments first."""
    options = Options.of(source)
    for term in options.terms or ("",):
        pairs = [("query", term)] if term else []
        pairs += [("court", court) for court in options.courts]
        pairs += [("order", "-date"), ("per_page", str(options.per_page)), ("page", "1")]
        yield Link(url=with_query(source.url, pairs, "/"), role="listing", accept="application/xml")


def parse(capture: Capture, source: Source) -> Page:
    """Read a page of a search.

    Raises:
        ParseError: it is no Atom feed.
    """
    root = read_xml(capture.body, capture.url)
    if root.tag != f"{ATOM}feed":
        raise ParseError(capture.url, f"no Atom feed: its root is {str(root.tag)[:80]!r}")
    entries = root.findall(f"{ATOM}entry")
    judgments, faults = read_each(entries, lambda entry: _judgment(entry, capture))
    found = by_id(judgments)
    following, gap = _next(capture, source, root, len(entries))
    return Page(
        documents=tuple(found.values()),
        links=following,
        problems=(*faults, *gap),
        entries=len(entries),
        listed=tuple(found),
        newest=max((each.published for each in found.values() if each.published), default=None),
    )


def _judgment(entry: etree._Element, capture: Capture) -> Document:
    title, uri = _text(entry, f"{ATOM}title"), _text(entry, f"{TNA}uri")
    pages = [link.get("href", "") for link in entry.findall(f"{ATOM}link") if _is_page(link)]
    if not title or not pages:
        raise ParseError(capture.url, "no title" if not title else "no page of the judgment")
    if not _URI.fullmatch(uri):
        raise ParseError(capture.url, f"{uri[:80]!r} is no URI of a document")
    citations = [clean(each.text or "") for each in entry.findall(f"{TNA}identifier") if each.get("type") == "ukncn"]
    published = iso(_text(entry, f"{ATOM}published"))
    return Document(
        id=f"caselaw:{uri}",
        title=title,
        url=pages[0],
        publisher=_text(entry, f"{ATOM}author/{ATOM}name") or None,
        published=published[:10] if published else None,
        aliases=tuple(each for each in citations if each),
    )


def _is_page(link: etree._Element) -> bool:
    return link.get("rel") == "alternate" and not link.get("type")


def _text(entry: etree._Element, path: str) -> str:
    return clean(entry.findtext(path) or "")


def _next(capture: Capture, source: Source, root: etree._Element, found: int) -> Following:
    """Return the next page that a feed names, however many entries this one has; the last one may not exist."""
    options = Options.of(source)
    named = any(link.get("rel") == "next" for link in root.findall(f"{ATOM}link"))
    pairs = parse_qsl(urlsplit(capture.link.url).query, keep_blank_values=True)
    page = number(dict(pairs).get("page", ""), 1)
    if named and not found and page > 1:
        return unread(f"page {page} is empty, and names another")
    if not named or not found:
        return (), ()
    if options.pages is not None and page >= options.pages:
        return unread(f"stopped after {counted(page, 'page')}")
    following = [(name, str(page + 1) if name == "page" else value) for name, value in pairs]
    url = with_query(capture.link.url, following, "/")
    return (Link(url=url, role="next", facts={GUESSED: "yes"}, accept="application/xml"),), ()
