"""What was captured at an address, and how it would be watched: a feed, a sitemap, a list, or a page of its own.

Every proposal was tried: the parser that will read the address read this capture of it.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from urllib.parse import urljoin, urlsplit

from lxml import etree

from crawler import protocols
from crawler.add.detect import lists
from crawler.add.detect.values import Proposal
from crawler.bodies import metadata
from crawler.bodies.encoding import decode
from crawler.bodies.segmenter import words
from crawler.bodies.tree import tree
from crawler.errors import ConfigError, LimitError, ParseError
from crawler.model import Capture, Link, Page
from crawler.protocols.feed import reading
from crawler.protocols.response_checks import refuse
from crawler.sources import Expect, Source
from crawler.text import clean, counted, latest

Read = Callable[[Capture, Source], Page]
"""What reads a capture for a source: :func:`crawler.protocols.read`, or the same in a process with limits."""

PROTOCOLS = ("feed", "listing", "page", "sitemap")
"""Protocols that any site may speak."""

MAX_PAGE_BYTES = 4 * 1024 * 1024
"""Bytes of a page that are looked through for feeds and lists."""
SHOWN = 3
"""Titles of a list that are shown, so that a person sees whether they are titles."""
_STEPS = (14, 30, 60, 90, 180, 365, 730)
"""Days that the newest entry of a healthy list may be old."""
_RECENT = 20
"""Dates of a list whose distances count."""
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
_FILES = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_ROOT = re.compile(
    rb"\s*(?:<\?[^>]{0,500}>\s*|<!--.{0,2000}?-->\s*|<!DOCTYPE[^>\[]{0,500}>\s*)*<([A-Za-z_][\w.:-]{0,60})", re.S
)
_WORDS = (
    ("news", "news"), ("press", "news"), ("statisti", "statistics"), ("publication", "report"), ("report", "report"),
    ("consultation", "consultation"), ("guid", "guidance"), ("research", "research"), ("training", "training"),
)  # fmt: skip
"""Words of a path or a title, and the kind they speak for."""


def by_content(capture: Capture, read: Read = protocols.read, *, wanted: str = "") -> Proposal:
    """Return how what was captured would be watched; ``wanted`` is the protocol a person chose, else the likeliest.

    Raises:
        RefusedError: the answer is no document: a robot check, a status, an empty or cut body.
        ParseError: no protocol reads it; says why.
    """
    refuse(capture)
    if wanted:
        return _READERS[wanted](capture, read)
    shape = _shape(capture)
    if shape != "html":
        return _READERS[shape](capture, read)
    if b"SERVER_DATA" in capture.body and f".{urlsplit(capture.url).hostname}".endswith(".europol.europa.eu"):
        return _europol(capture, read)
    root = _root(capture)
    if root is not None and (found := _list(capture, read, root, dated=True)):
        return found
    page = _page(capture, read)
    if root is not None and next(lists.guesses(root, dated=False), None):
        page = replace(page, notes=(*page.notes, "It may be a list without dates: see --protocol listing."))
    return page


def feeds_of(capture: Capture) -> tuple[str, ...]:
    """Return the addresses of the feeds that a page names in its head, the likeliest first; feeds of comments are none.

    A site often names the feed of all it has beside that of the section: the one with the path of the page comes first.
    """
    root = _root(capture) if _shape(capture) == "html" else None
    if root is None:
        return ()
    base = next((href for each in root.iter("base") if (href := each.get("href"))), "")
    found: dict[str, None] = {}
    for link in root.iter("link"):
        if "alternate" in link.get("rel", "").lower().split() and link.get("type", "").lower().strip() in _FEED_TYPES:
            url = _joined(capture.url, base, link.get("href", ""))
            if url and "comment" not in f"{link.get('title', '')} {url}".lower():
                found[url] = None
    here = urlsplit(capture.url).path.rstrip("/")
    return tuple(sorted(found, key=lambda url: not (here and urlsplit(url).path.startswith(here))))[:SHOWN]


def protocol_by_path(url: str) -> Proposal:
    """Return what an address that cannot be looked at is taken for, by the words of its path."""
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2].lower()
    named = set(re.split(r"[^a-z]+", last))
    protocol = "page"
    if "sitemap" in last and last.endswith((".xml", ".xml.gz")):
        protocol = "sitemap"
    elif named & {"feed", "rss", "atom", "xml"}:
        protocol = "feed"
    return _proposal(url, protocol, "", Expect(), notes=())


def _shape(capture: Capture) -> str:
    """Return what a body is, by its first bytes before its media type."""
    beginning = capture.body[:8192].removeprefix(b"\xef\xbb\xbf")
    if beginning.startswith(_FILES):
        return "page"
    if beginning.startswith(b"\x1f\x8b"):
        return "sitemap"
    if beginning.lstrip()[:1] in (b"{", b"[") or capture.media_type.endswith("json"):
        return "feed"
    root = _ROOT.match(beginning)
    name = root[1].rpartition(b":")[2].lower() if root else b""
    if name in (b"urlset", b"sitemapindex"):
        return "sitemap"
    if name in (b"rss", b"feed", b"rdf"):
        return "feed"
    if (
        name == b"html"
        or capture.media_type in _HTML_TYPES
        or beginning[:500].lower().lstrip().startswith(b"<!doctype html")
    ):
        return "html"
    return "feed" if capture.media_type.endswith("xml") else "page"


def _root(capture: Capture) -> etree._Element | None:
    try:
        return tree(decode(capture.body[:MAX_PAGE_BYTES], capture.header("content-type")), capture.url)
    except ParseError:
        return None


def _joined(url: str, base: str, href: str) -> str:
    try:
        found = urljoin(urljoin(url, base.strip()), href.strip())
        return (
            found if href.strip() and urlsplit(found).scheme in ("http", "https") and urlsplit(found).hostname else ""
        )
    except ValueError:
        return ""


def _listing(capture: Capture) -> Capture:
    return replace(capture, link=Link(url=capture.url, role="listing"))


def _feed(capture: Capture, read: Read) -> Proposal:
    asked = _listing(capture)
    page = read(asked, _proposal(capture.url, "feed", "", Expect()).source)
    notes = _seen(page)
    return _proposal(capture.url, "feed", reading.read(asked).title, expectation(page, capture.time), notes=notes)


def _sitemap(capture: Capture, read: Read) -> Proposal:
    asked = _listing(capture)
    page = read(asked, _proposal(capture.url, "sitemap", "", Expect()).source)
    notes = [problem.detail for problem in page.problems]
    if page.entries is None:
        maps = sum(link.role == "next" for link in page.links)
        notes.append(
            f"An index of {counted(maps, 'sitemap')}; maps chooses some of them by the beginnings of their addresses."
        )
    else:
        notes.append(f"{counted(page.entries, 'page')}.")
    notes.append("All pages are read, unless include names the beginnings of the paths that count.")
    return _proposal(capture.url, "sitemap", "", expectation(page, capture.time), notes=tuple(notes))


def _page(capture: Capture, read: Read) -> Proposal:
    asked = replace(capture, link=Link(url=capture.url, role="document"))
    page = read(asked, _proposal(capture.url, "page", "", Expect()).source)
    if not page.versions:
        raise ParseError(capture.url, "; ".join(problem.detail for problem in page.problems) or "no text in it")
    notes = tuple(f"{problem.kind}: {problem.detail}" for problem in page.problems)
    root = _root(capture) if _shape(capture) == "html" else None
    site = _site(root) if root is not None else ""
    return _proposal(capture.url, "page", page.documents[0].title, Expect(), notes=notes, site=site)


def _any_list(capture: Capture, read: Read) -> Proposal:
    root = _root(capture)
    for dated in (True, False):
        if root is not None and (found := _list(capture, read, root, dated=dated)):
            return found
    raise ParseError(capture.url, "no list of links was found on it: an element that repeats, with a link in each")


def _list(capture: Capture, read: Read, root: etree._Element, *, dated: bool) -> Proposal | None:
    """Return the list of a page with the first guess that our own parser reads well, None where there is none."""
    asked = _listing(capture)
    for options in lists.guesses(root, dated=dated):
        proposal = replace(_proposal(capture.url, "listing", _title(root), Expect()), options=options, site=_site(root))
        try:
            page = read(asked, proposal.source)
        except LimitError:
            return None
        except (ParseError, ConfigError):
            continue
        if _reads_well(page, dated=dated):
            return replace(proposal, expect=expectation(page, capture.time), notes=(*_seen(page), _CHECKED))
    return None


_CHECKED = "The selectors are a guess that our parser tried: look whether these are the entries."


def _reads_well(page: Page, *, dated: bool) -> bool:
    titles = {document.title for document in page.documents}
    with_date = sum(document.published is not None for document in page.documents)
    enough = len(page.documents) >= lists.MIN_ENTRIES and len(titles) * 5 >= len(page.documents) * 4
    return enough and (not dated or with_date * 5 >= len(page.documents) * 3)


def _europol(capture: Capture, read: Read) -> Proposal:
    proposal = replace(_proposal(capture.url, "feed", "", Expect()), protocol="europol")
    page = read(_listing(capture), proposal.source)
    root = _root(capture)
    name = _title(root) if root is not None else ""
    return replace(proposal, name=name or proposal.name, expect=expectation(page, capture.time), notes=_seen(page))


def _seen(page: Page) -> tuple[str, ...]:
    """Say what a list holds, and what is wrong with it."""
    titles = "; ".join(clean(document.title)[:80] for document in page.documents[:SHOWN])
    first = f", the first: {titles}" if titles else ""
    return (
        f"{counted(page.entries or 0, 'entry')}{first}.",
        *(f"{each.kind}: {each.detail}" for each in page.problems),
    )


def expectation(page: Page, now: datetime) -> Expect:
    """Return what healthy means for a list, by one look: half as many entries, twice its longest silence."""
    if page.entries is None:
        return Expect()
    if page.entries == 0:
        return Expect(min=0, zero=True)
    stated = {page.newest or "", *(each.updated or each.published or "" for each in page.documents)}
    days = sorted(day for each in stated if (day := latest(each)) is not None and day <= now)[-_RECENT:]
    silence = max((later - earlier for earlier, later in pairwise([*days, now])), default=None)
    steps = (timedelta(days=step) for step in _STEPS)
    newest = None if silence is None else next((step for step in steps if step >= 2 * silence), None)
    return Expect(min=max(1, page.entries // 2), newest=newest)


def _title(root: etree._Element) -> str:
    headings = (words(heading) for heading in root.iter("h1"))
    return next((heading for heading in headings if heading), "") or metadata.title(root)


def _site(root: etree._Element) -> str:
    stated = (each.get("content") or "" for each in root.iter("meta") if each.get("property") == "og:site_name")
    return clean(next(stated, ""))[:100]


def _proposal(
    url: str, protocol: str, name: str, expect: Expect, *, notes: tuple[str, ...] = (), site: str = ""
) -> Proposal:
    parts = urlsplit(url)
    place = f"{(parts.hostname or '').removeprefix('www.')} {parts.path}"
    kind, kinds = _kind((parts.path, name), protocol)
    return Proposal(
        protocol=protocol,
        url=url,
        label=place,
        name=clean(name)[:120] or clean(place),
        kind=kind,
        kinds=kinds,
        expect=expect,
        evidence="reported",
        site=site,
        notes=notes,
    )


def _kind(said: tuple[str, ...], protocol: str) -> tuple[str, tuple[str, ...]]:
    """Return the likeliest kind of what is published, by the words of path and title, and what else it may be."""
    common = ["guidance", "report", "news"] if protocol in ("page", "sitemap") else ["news", "guidance", "report"]
    named = (kind for text in said for word, kind in _WORDS if word in text.lower())
    first = next(named, common[0])
    return first, tuple(kind for kind in common if kind != first)


_READERS: dict[str, Callable[[Capture, Read], Proposal]] = {
    "feed": _feed,
    "sitemap": _sitemap,
    "page": _page,
    "listing": _any_list,
}
