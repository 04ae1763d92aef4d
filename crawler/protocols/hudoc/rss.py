"""The feed of a search, its entries grouped into works; and the text of one section, as HUDOC converts it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from lxml import etree

from crawler.bodies import html
from crawler.bodies.encoding import decode
from crawler.errors import IdentifierError, ParseError
from crawler.model import Capture, Link, Page, Problem, Version
from crawler.protocols.hudoc import names, works
from crawler.protocols.hudoc.names import Options
from crawler.protocols.hudoc.works import Entry, Work
from crawler.protocols.listed import Following, faulty, of_link, unread
from crawler.sources import Source
from crawler.text import clean, stamp

CAP = 2000
"""Entries that a feed holds at most, whatever there is (measured on eight of eleven sites)."""

BEGAN = "began"
"""Fact of a link to a next page: the link of the first entry of the page before."""

_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DATED = re.compile(r"\s*(?:[A-Za-z]{3},)?\s*\d{1,2}\s+[A-Za-z]{3}\s+(\d{4})\s+\d\d:\d\d:\d\d\s+(?:GMT|[+-]\d{4})\s*")
_EARLIEST = 1949
"""The year the Council of Europe was founded: undated entries say 0001, which the standard library takes for 2001."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as read: how many entries it holds, those that name something in order, and what is wrong with it."""

    held: int
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    broken: bool

    @property
    def is_capped(self) -> bool:
        """Return whether it holds as many entries as it ever does, so that others may be missing."""
        return self.held >= CAP


def parse(capture: Capture, source: Source) -> Page:
    """Read a page of a feed.

    Raises:
        ParseError: it is no RSS.
    """
    feed = _feed(capture)
    found = works.grouped(feed.entries, Options.of(source).language)
    cut = works.cut(found, feed.entries) if feed.is_capped else frozenset()
    if BEGAN in capture.link.facts:  # What the end of the page before cut through goes on here.
        cut |= works.cut(found, feed.entries[::-1])
    whole = [work for work in found if not feed.broken and work.document not in cut and not work.lacks_sections]
    following, gap = _next(capture, source, feed)
    return Page(
        documents=tuple(works.document(work, capture.url) for work in found),
        versions=tuple(version for work in whole for version in works.versions(work)),
        statements=works.statements(found),
        links=(*_texts(found, capture, source), *following),
        problems=(*feed.problems, *works.unknown(found), *gap),
        entries=len(found),
        newest=max((work.published for work in found if work.published), default=None),
    )


def _texts(found: Iterable[Work], capture: Capture, source: Source) -> Iterable[Link]:
    if Options.of(source).texts:
        for work in found:
            yield from works.texts(work, capture.url)


def _feed(capture: Capture) -> Feed:
    body = _CONTROLS.sub(b"", capture.body)
    root, broken = _tree(body, recover=False), False
    if root is None:
        root, broken = _tree(body, recover=True), True
    if root is None or root.tag != "rss" or root.find("channel") is None:
        raise ParseError(capture.url, f"no RSS but {capture.media_type}")
    entries: list[Entry] = []
    faults: list[str] = []
    detail = "not well-formed: its reports are named, their sections are not read"
    problems = [Problem(kind="broken", detail=detail)] if broken else []
    items = list(root.iter("item"))
    for place, item in enumerate(items, 1):
        try:
            entries.append(_entry(item, capture))
        except IdentifierError as error:
            faults.append(f"entry {place} ({_text(item, 'title')[:80]!r}): {error}")
    return Feed(held=len(items), entries=tuple(entries), problems=(*problems, *faulty(faults)), broken=broken)


def _tree(body: bytes, *, recover: bool) -> etree._Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover)
    try:
        root: etree._Element | None = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root


def _entry(item: etree._Element, capture: Capture) -> Entry:
    link = _raw(item, "link").strip()
    return Entry(
        name=names.read(link),
        link=link,
        title=_text(item, "title"),
        about=_raw(item, "description"),
        published=_date(_raw(item, "pubDate"), capture),
    )


def _raw(item: etree._Element, tag: str) -> str:
    return item.findtext(tag) or ""


def _text(item: etree._Element, tag: str) -> str:
    return clean(_raw(item, tag))


def _date(text: str, capture: Capture) -> str | None:
    """Return the date of an entry, with the time where there is one; None for 0001, and for one that lies ahead.

    One press release of 2024 is dated 2204.
    """
    match = _DATED.fullmatch(text)
    if match is None or int(match[1]) < _EARLIEST:
        return None
    try:
        time = parsedate_to_datetime(text.strip())
        stated = stamp(time)
    except (ValueError, OverflowError):
        return None
    if time > capture.time + timedelta(days=1):
        return None
    return stated[:10] if stated.endswith("T00:00:00Z") else stated


def _next(capture: Capture, source: Source, feed: Feed) -> Following:
    """Return the next page of a feed that is full, or the problem that it is full and no other page is read."""
    if not feed.is_capped:
        return (), ()
    read = int(capture.link.facts.get("page", "1"))
    first = feed.entries[0].link if feed.entries else ""
    if first and first == capture.link.facts.get(BEGAN):
        return unread(f"page {read} is the one before again: the site does not give what stands behind {CAP} entries")
    if read < (Options.of(source).pages or 1):
        facts = {"page": str(read + 1), BEGAN: first}
        return (Link(url=_page(capture.link.url, read + 1), role="next", facts=facts),), ()
    oldest = min((entry.published[:10] for entry in feed.entries if entry.published), default="an unknown date")
    detail = f"holds {CAP} entries, as many as it ever does: others may be left out; its oldest is of {oldest}"
    return unread(detail)


def _page(url: str, number: int) -> str:
    parts = urlsplit(url)
    pairs = dict(parse_qsl(parts.query, keep_blank_values=True)) | {"start": str((number - 1) * CAP + 1)}
    return parts._replace(query=urlencode(pairs, safe="", quote_via=quote)).geturl()


def section_text(capture: Capture, source: Source) -> Page:
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
