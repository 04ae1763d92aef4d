"""RSS, Atom and JSON Feed: every entry is a document; with ``follow`` the page behind it is read too.

Entries are known by their link, never by their GUID: one publisher gives the translations of a release the same GUID
(measured on four years of one feed), another changes GUIDs with every republication.
"""

from __future__ import annotations

import calendar
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, unquote, urljoin

import feedparser
from bs4 import BeautifulSoup

from crawler.bodies import html
from crawler.bodies.selectors import compiled
from crawler.errors import ConfigError, IdentifierError, ParseError, RefusedError
from crawler.identifiers import canonical_url, document_id
from crawler.identifiers import owner as owner_of
from crawler.model import Capture, Document, Link, Page, Problem, Section, Version, Walk, digest_of
from crawler.sources import Source
from crawler.text import clean, moment, stamp

OPTIONS: dict[str, tuple[type, str]] = {
    "language": (str, "language of the entries where the feed does not say, as an IETF tag; default en"),
    "body": (str, "CSS selector of the body on the pages behind the entries, used with follow"),
    "pages": (int, "most pages of one walk, where the feed has a next page"),
}

ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_ROUTES = ("{", "%7b", "%7B", "!", "/")
_IN_FRAGMENT = "!$&'()*+,;=:@/?-._~"
"""What RFC 3986 lets stand in a fragment as it is."""
SLACK = timedelta(days=1)
"""How far behind the clock of the capture a publisher's clock may be; later dates are clamped to the capture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry as its feed states it: link as written, title and summary as text, times as ISO 8601 or None."""

    link: str
    title: str
    summary: str
    published: str | None
    updated: str | None
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as it is written: its entries in order, the address of its next page, and whether its markup is broken."""

    title: str
    entries: tuple[Entry, ...]
    following: str
    broken: str


def problems(source: Source) -> list[str]:
    """Give what is wrong with the options of a source."""
    body = str(source.options.get("body", ""))
    try:
        if body:
            compiled(body)
    except ConfigError as error:
        return [f"options.body: {error}"]
    return []


def start(source: Source, walk: Walk) -> Iterable[Link]:
    """Give the feed of the source."""
    return [Link(url=source.url, role="listing", accept=ACCEPT)]


def parse(capture: Capture, source: Source) -> Page:
    """Read a feed, or a page behind one of its entries.

    Raises:
        ParseError: the capture is neither RSS, Atom nor JSON Feed, or the page behind an entry is not readable.
        RefusedError: the feed says that it has ended.
    """
    if capture.link.role in ("listing", "next"):
        return _listing(capture, source)
    return _document(capture, source)


def _listing(capture: Capture, source: Source) -> Page:
    feed = _read_json(capture) if _is_json(capture) else _read_xml(capture)
    if [entry.title for entry in feed.entries] == ["This feed has ended"] or "feed has ended" in feed.title.lower():
        raise RefusedError(capture.url, "the feed says that it has ended", "ended")
    documents: dict[str, Document] = {}
    versions: list[Version] = []
    links: list[Link] = []
    problems = [Problem(kind="broken", detail=feed.broken)] if feed.broken else []
    for place, entry in enumerate(feed.entries, 1):
        try:
            if not entry.link:
                raise IdentifierError("no link")
            url = _address(entry.link, capture.url)
        except (IdentifierError, ValueError) as error:
            problems.append(Problem(kind="entry", detail=f"entry {place} ({entry.title[:80]!r}): {error}"))
            continue
        name = owner_of(url) or f"url:{url}"
        if name in documents:
            continue
        documents[name] = _work(name, url, entry)
        if source.follow and "#" not in url:
            links.append(_follow(name, url, entry))
        else:
            versions.append(_summary(name, entry, source))
    if feed.following:
        links.append(Link(url=urljoin(capture.url, feed.following), role="next", accept=ACCEPT))
    times = [time for entry in feed.entries for time in (entry.updated, entry.published) if time]
    return Page(
        documents=tuple(documents.values()),
        versions=tuple(versions),
        links=tuple(links),
        problems=tuple(problems),
        entries=len(feed.entries),
        newest=max(times, default=None),
    )


def _address(link: str, base: str) -> str:
    """Give the canonical address of an entry, with its fragment where that is no place on a page but chooses the page.

    HUDOC has one page for everything it holds, and its script reads ``#{"itemid":["001-1"]}``. A server never sees a
    fragment, so such an address cannot be followed.
    """
    url, _, fragment = urljoin(base, link).partition("#")
    route = f"#{quote(unquote(fragment), safe=_IN_FRAGMENT)}" if fragment.startswith(_ROUTES) else ""
    return canonical_url(url) + route


def _work(name: str, url: str, entry: Entry) -> Document:
    return Document(
        id=name,
        title=entry.title or entry.summary[:120] or url,
        url=url,
        summary=entry.summary[:2000] or None,
        published=entry.published,
        updated=entry.updated,
    )


def _summary(name: str, entry: Entry, source: Source) -> Version:
    """Give what an entry says as a version: where the page behind it is not read, edits of a release show only here."""
    return Version(
        document=name,
        title=entry.title,
        sections=(Section(path="summary", text=entry.summary),) if entry.summary else (),
        representation="summary",
        language=entry.language or str(source.options.get("language", "en")),
    )


def _follow(name: str, url: str, entry: Entry) -> Link:
    token = digest_of(entry.title, entry.summary, entry.published, entry.updated)[:16]
    return Link(url=url, role="document", facts={"document": name, "title": entry.title}, token=token)


def _document(capture: Capture, source: Source) -> Page:
    name = capture.link.facts.get("document") or document_id(capture.link.url)
    stated = capture.link.facts.get("title", "")
    if capture.media_type not in ("text/html", "application/xhtml+xml"):
        detail = f"{capture.media_type} is not read yet"
        document = Document(id=name, title=stated or capture.url, url=capture.link.url)
        return Page(documents=(document,), problems=(Problem(kind="unread", detail=detail),))
    page = html.document(capture, selector=str(source.options.get("body", "")), scrub=source.scrub)
    title = page.title or stated or (page.description or "")[:120] or capture.link.url
    document = Document(
        id=name, title=title, url=capture.url, summary=page.description, published=page.published, updated=page.updated
    )
    version = Version(
        document=name,
        title=title,
        sections=page.sections,
        representation="html",
        language=page.language or str(source.options.get("language", "en")),
    )
    return Page(documents=(document,), versions=(version,))


def _is_json(capture: Capture) -> bool:
    return capture.media_type.endswith("json") or capture.body.lstrip()[:1] == b"{"


def _read_xml(capture: Capture) -> Feed:
    headers = {"content-type": capture.header("content-type"), "content-location": capture.url}
    try:
        found = feedparser.parse(capture.body, response_headers=headers)
    except (UnicodeError, OverflowError) as error:
        # feedparser stumbles over references to characters that there are none of, such as &#xD800;
        raise ParseError(capture.url, f"a reference to no character: {error}") from error
    if not found.get("version"):
        raise ParseError(capture.url, f"neither RSS nor Atom but {capture.media_type}")
    broken = ""
    if found.bozo and not isinstance(found.bozo_exception, feedparser.CharacterEncodingOverride):
        broken = f"not well-formed: {found.bozo_exception}"
        if not found.entries:
            raise ParseError(capture.url, broken)
    language = clean(str(found.feed.get("language") or ""))
    return Feed(
        title=_plain(found.feed.get("title")),
        entries=tuple(_entry(entry, language, capture) for entry in found.entries),
        following=next((str(a["href"]) for a in found.feed.get("links", []) if _is_next(a)), ""),
        broken=broken,
    )


def _is_next(link: Mapping[str, Any]) -> bool:
    return link.get("rel") == "next" and bool(link.get("href"))


def _entry(entry: Mapping[str, Any], language: str, capture: Capture) -> Entry:
    link = str(entry.get("link") or _as_address(entry.get("id")))
    content: Sequence[Mapping[str, Any]] = entry.get("content") or ()
    summary = str(entry.get("summary") or "") or next((str(c.get("value") or "") for c in content), "")
    return Entry(
        link=link,
        title=_plain(entry.get("title")),
        summary=_plain(summary),
        published=_time(entry.get("published_parsed"), capture),
        # feedparser's own get() would give the published time in its stead, with a warning.
        updated=_time(dict(entry).get("updated_parsed"), capture),
        language=clean(str((entry.get("title_detail") or {}).get("language") or language)),
    )


def _as_address(identifier: object) -> str:
    """Give an identifier that is an address, the empty text for any other."""
    text = str(identifier or "")
    return text if text.startswith(("http://", "https://")) else ""


def _plain(markup: object) -> str:
    """Give markup as text; block elements are joined with a space, so that words do not run together."""
    text = str(markup or "")
    if "<" in text or "&" in text:
        text = BeautifulSoup(text, "lxml").get_text(" ")
    return clean(text)


def _time(parsed: object, capture: Capture) -> str | None:
    """Give a feed's time as ISO 8601; one ahead of the capture is clamped to it (the year 3200 was seen)."""
    if not isinstance(parsed, tuple):
        return None
    try:
        time = datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return _plausible(time, capture)


def _plausible(time: datetime, capture: Capture) -> str | None:
    if time < EARLIEST:
        return None
    return stamp(time if time <= capture.time + SLACK else capture.time.replace(microsecond=0))


def _read_json(capture: Capture) -> Feed:
    try:
        found = json.loads(capture.body)
    except (ValueError, RecursionError) as error:
        raise ParseError(capture.url, f"not JSON: {error}") from error
    entries = found.get("items") if isinstance(found, dict) else None
    version = str(found.get("version", "")) if isinstance(found, dict) else ""
    if not version.startswith("https://jsonfeed.org/version/") or not isinstance(entries, list):
        raise ParseError(capture.url, "JSON, but no JSON Feed")
    return Feed(
        title=_plain(found.get("title")),
        entries=tuple(_json_entry(entry, found, capture) for entry in entries if isinstance(entry, dict)),
        following=str(found.get("next_url") or ""),
        broken="" if all(isinstance(entry, dict) for entry in entries) else "an item is no object",
    )


def _json_entry(entry: Mapping[str, Any], feed: Mapping[str, Any], capture: Capture) -> Entry:
    text = entry.get("content_html") or entry.get("content_text") or ""
    return Entry(
        link=str(entry.get("url") or entry.get("external_url") or _as_address(entry.get("id"))),
        title=_plain(entry.get("title")),
        summary=_plain(entry.get("summary") or text),
        published=_json_time(entry.get("date_published"), capture),
        updated=_json_time(entry.get("date_modified"), capture),
        language=clean(str(entry.get("language") or feed.get("language") or "")),
    )


def _json_time(text: object, capture: Capture) -> str | None:
    try:
        return _plausible(moment(text), capture) if isinstance(text, str) else None
    except ValueError:
        return None
