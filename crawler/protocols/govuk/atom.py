"""Atom feeds of GOV.UK: of an organisation, of the whole site, and of a finder.

They tell that a page had a major update, and where; a document's identity, its content id, is not in them, so a feed
gives links and no documents (but entries that lead to another site). An organisation's feed has 20 entries, newest
first, and no next page; the id of its entries is the page's address and the time, ``…#2026-01-30T10:00:00+00:00``.
A finder's entries have a lasting tag as id; its pages past the first are read only where the options say so.
Builders: alphagov/collections app/views/feeds, alphagov/finder-frontend app/views/finders/show.atom.builder.
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml import etree

from crawler.errors import ParseError, RefusedError
from crawler.model import Capture, Document, Link, Page
from crawler.protocols.govuk import kinds
from crawler.protocols.govuk.addresses import absolute, content, path_of
from crawler.protocols.govuk.json_access import utc
from crawler.protocols.govuk.options import Options, is_finder
from crawler.protocols.listed import number
from crawler.sources import Source
from crawler.text import clean

_ATOM = "{http://www.w3.org/2005/Atom}"
_ENDED = "This feed has ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """What an entry says; ``type`` is the document type its title or category names, ``path`` None off GOV.UK."""

    title: str
    type: str | None
    url: str
    path: str | None
    updated: str
    summary: str | None


def parse(capture: Capture, source: Source) -> Page:
    """Read an Atom feed.

    Raises:
        RefusedError: a feed that says it has ended (a retired finder answers 200 with one such entry).
        ParseError: the body is no Atom feed, or an entry lacks what the format promises.
    """
    feed = _feed(capture)
    entries = [_entry(element, capture) for element in feed.iterchildren(f"{_ATOM}entry")]
    wanted = Options.of(source).document_types
    kept = [entry for entry in entries if entry.type is None or kinds.is_wanted(entry.type, wanted)]
    links = [_link(entry, entry.path, capture) for entry in kept if entry.path]
    following = _next(capture, source) if entries else ()
    return Page(
        documents=tuple({entry.url: _document(entry) for entry in kept if not entry.path}.values()),
        links=(*links, *following),
        entries=len(kept),
        newest=max((entry.updated for entry in kept), default=None),
    )


def _feed(capture: Capture) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(capture.body, parser)
    except etree.XMLSyntaxError as error:
        raise ParseError(capture.url, f"no XML: {error}") from None
    except (ValueError, LookupError) as error:
        raise ParseError(capture.url, f"XML in an encoding that cannot be read: {error}") from None
    if root.tag != f"{_ATOM}feed":
        raise ParseError(capture.url, f"no Atom feed: the root element is {str(root.tag)[:80]}")
    return root


def _entry(element: etree._Element, capture: Capture) -> _Entry:
    title = _text(element, "title")
    if title == _ENDED:
        raise RefusedError(capture.url, f"the feed says {_ENDED!r}", "ended")
    identity = _text(element, "id")
    if not identity or not title:
        raise ParseError(
            capture.url, f"an Atom entry has no {'title' if identity else 'id'}: {(identity or title)[:120]!r}"
        )
    href = next((link.get("href") for link in element.iterchildren(f"{_ATOM}link") if _is_alternate(link)), None)
    url = absolute(clean(href or identity.partition("#")[0]))
    if url is None:
        raise ParseError(capture.url, f"the Atom entry {identity[:120]!r} has no address")
    category = element.find(f"{_ATOM}category")
    shown = "" if category is None else clean(category.get("label") or category.get("term") or "")
    # A finder gives titles as they are; only the other feeds put the type before them.
    split = kinds.split(title, shown) if not identity.startswith("tag:") else (title, None)
    return _Entry(
        title=split[0],
        type=split[1],
        url=url,
        path=path_of(url, capture.url),
        updated=_updated(element, identity, capture),
        summary=_text(element, "summary") or None,
    )


def _updated(element: etree._Element, identity: str, capture: Capture) -> str:
    stated = _text(element, "updated")
    try:
        return utc(stated)
    except (ValueError, OverflowError):
        raise ParseError(
            capture.url, f"the Atom entry {identity[:120]!r} was updated at {stated[:40]!r}, no time"
        ) from None


def _is_alternate(link: etree._Element) -> bool:
    return link.get("rel", "alternate") == "alternate" and bool(link.get("href"))


def _text(element: etree._Element, name: str) -> str:
    found = element.find(f"{_ATOM}{name}")
    return "" if found is None else clean("".join(str(part) for part in found.itertext()))


def _link(entry: _Entry, path: str, capture: Capture) -> Link:
    kind = kinds.kind(entry.type or "")
    return Link(
        url=content(path, capture.url),
        role="document",
        facts={"title": entry.title, "updated": entry.updated} | ({"kind": kind} if kind else {}),
        token=entry.updated,
    )


def _document(entry: _Entry) -> Document:
    return Document(
        id=f"url:{entry.url}",
        title=entry.title,
        url=entry.url,
        kind=kinds.kind(entry.type or ""),
        summary=entry.summary,
        updated=entry.updated,
    )


def _next(capture: Capture, source: Source) -> tuple[Link, ...]:
    """Return the next page of a finder's feed, where the options ask for more than one.

    The finder reads ``page`` for its feeds too, as its code says; nobody has reported doing it.
    """
    most = Options.of(source).pages or 1
    parts = urlsplit(capture.url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    here = number(dict(pairs).get("page", ""), 1)
    if not is_finder(capture.url) or here >= most:
        return ()
    query = urlencode([*(pair for pair in pairs if pair[0] != "page"), ("page", str(here + 1))])
    return (Link(url=urlunsplit(parts._replace(query=query)), role="next"),)
