"""Sitemaps: which pages a site has, and when each was changed; the pages are read as those behind a list are.

    sitemap index ──▶ sitemaps ──▶ pages, with ``lastmod`` as the mark of their state ──▶ Document, Version

https://www.sitemaps.org/protocol.html: at most 50,000 addresses and 50 MB for one sitemap, which may be gzipped. A
page without ``lastmod`` is asked again by audit alone. Which pages count is said by the beginnings of their paths.
"""

import gzip
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Annotated, ClassVar
from urllib.parse import urlsplit

from lxml import etree

from crawler.bodies.dates import iso
from crawler.errors import IdentifierError, ParseError
from crawler.identifiers import canonical_url, owner
from crawler.model import Capture, Link, Page, Problem
from crawler.protocols.listed import start as start
from crawler.protocols.listed import stated
from crawler.protocols.listing import details
from crawler.protocols.listing.options import PageOptions
from crawler.protocols.markup import name_of, read_xml
from crawler.sources import Source
from crawler.sources.fields import Count, matching, said
from crawler.text import counted

Beginning = Annotated[str, matching("/.*", "a text that begins with /")]


@dataclass(frozen=True, kw_only=True)
class Options(PageOptions):
    """`url` is a sitemap or an index. Pages without `lastmod` are read again only by `audit`."""

    IS_WHOLE: ClassVar[bool] = True

    include: Annotated[tuple[Beginning, ...], said("beginnings of paths that count; default all")] = ()
    exclude: Annotated[tuple[Beginning, ...], said("beginnings of paths that do not")] = ()
    maps: Annotated[
        tuple[Beginning, ...],
        said("beginnings of addresses of sitemaps, without host; default all"),
    ] = ()
    documents: Annotated[Count, said("most pages of one, newest first")] = 1000
    pages: Annotated[Count, said("most sitemaps of an index")] = 50


MAX_SITEMAP_BYTES = 52_428_800
"""Bytes that a sitemap may have when unpacked, by its protocol."""
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One entry of a sitemap: an address as written, and when what is there was changed, ISO 8601 or empty."""

    url: str
    changed: str


def parse(capture: Capture, source: Source) -> Page:
    """Read a sitemap, an index of sitemaps, or a page.

    Raises:
        ParseError: it is neither; a sitemap that is not well-formed, or larger than its protocol allows.
    """
    if capture.link.role not in ("listing", "next"):
        return _page(capture, source)
    body = _unpacked(capture)
    kind, places = _places(body, capture.url)
    if kind == "sitemapindex":
        return _index(places, capture, source)
    return _map(places, capture, source)


def _unpacked(capture: Capture) -> bytes:
    """Return the sitemap itself: many are gzip files, whatever their name and type say."""
    body = capture.body
    if body.startswith(_GZIP):
        try:
            with gzip.GzipFile(fileobj=BytesIO(body)) as file:
                body = file.read(MAX_SITEMAP_BYTES + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise ParseError(capture.url, f"not gzip: {error}") from None
    if len(body) > MAX_SITEMAP_BYTES:
        raise ParseError(capture.url, f"more than {MAX_SITEMAP_BYTES} bytes, which a sitemap may have")
    return body


def _places(body: bytes, url: str) -> tuple[str, list[Place]]:
    """Return the kind of a sitemap, and its entries in order."""
    root = read_xml(body, url)
    kind = name_of(root)
    if kind not in ("urlset", "sitemapindex"):
        raise ParseError(url, f"root element {kind} is neither urlset nor sitemapindex")
    wanted = "url" if kind == "urlset" else "sitemap"
    return kind, [place for entry in root if name_of(entry) == wanted and (place := _place(entry)).url]


def _place(entry: etree._Element) -> Place:
    # Children of other namespaces (image:loc, news:…, xhtml:link) tell of pictures and translations.
    namespace = etree.QName(entry).namespace
    found = {name_of(child): (child.text or "").strip() for child in entry if etree.QName(child).namespace == namespace}
    return Place(url=found.get("loc", ""), changed=iso(found.get("lastmod", "")) or "")


def _index(places: Iterable[Place], capture: Capture, source: Source) -> Page:
    """Return the sitemaps of an index; they are all asked in each walk, conditionally."""
    options = Options.of(source)
    urls = dict.fromkeys(place.url for place in places if _is_here(place.url, capture))
    kept = [url for url in urls if not options.maps or _path_and_query(url).startswith(options.maps)]
    most = options.pages
    told = f"{counted(len(kept), 'sitemap')}, of which {counted(most, 'is', 'are')} read" if len(kept) > most else ""
    links = tuple(Link(url=url, role="next") for url in kept[:most])
    # A cursor makes the walk go on: that an index lists what it listed before says nothing about its sitemaps.
    return Page(links=links, problems=_gap(told), cursor="whole")


def _map(places: Iterable[Place], capture: Capture, source: Source) -> Page:
    options = Options.of(source)
    include, exclude = options.include, options.exclude
    found: dict[str, Place] = {}
    for place in places:
        path = urlsplit(place.url).path if _is_here(place.url, capture) else ""
        if not path or (include and not path.startswith(include)) or (exclude and path.startswith(exclude)):
            continue
        try:
            url = canonical_url(place.url, drop=options.drop_parameters)
        except IdentifierError:
            continue
        # What has a protocol of its own is read by that one, from a source of its own.
        if owner(url) is None and (url not in found or place.changed > found[url].changed):
            found[url] = Place(url=url, changed=place.changed)
    most = options.documents
    kept = list(found.values())
    which = counted(most, "that changed last is", "that changed last are")
    told = f"{counted(len(found), 'page')}, of which the {which} read" if len(found) > most else ""
    if told:
        kept = sorted(kept, key=lambda place: place.changed, reverse=True)[:most]
    return Page(
        links=tuple(_link(place) for place in kept),
        problems=_gap(told),
        entries=len(found),
        newest=max((place.changed for place in found.values() if place.changed), default=None),
        total=len(found),
        listed=tuple(f"url:{url}" for url in found),
    )


def _gap(told: str) -> tuple[Problem, ...]:
    return (Problem(kind="gap", detail=told),) if told else ()


def _link(place: Place) -> Link:
    facts = {"document": f"url:{place.url}", "changed": place.changed}
    return Link(
        url=place.url,
        role="document",
        facts=stated(facts),
        token=place.changed,
    )


def _is_here(url: str, capture: Capture) -> bool:
    """Return whether an address is one of the site of the sitemap, which can speak for no other."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    own = urlsplit(capture.url).hostname or ""
    return bool(host) and host.removeprefix("www.") == own.removeprefix("www.") and url.startswith(("http:", "https:"))


def _path_and_query(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _page(capture: Capture, source: Source) -> Page:
    """Read a page as those behind a list are read; where it states no date of change, the sitemap's is taken."""
    page = details.parse(capture, source, Options.of(source))
    changed = capture.link.facts.get("changed")
    return replace(page, documents=tuple(replace(each, updated=each.updated or changed) for each in page.documents))
