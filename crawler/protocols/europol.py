"""Europol: its newsroom is a script; what it shows stands as JSON in the page, and behind an interface of its own.

    RSS ``/cms/api/rss/news`` (no dates), or a page of the newsroom ──▶ links to ``/cms/api/node?url=<alias>``
    node ──▶ Document with its date, Version with introduction and body

A page carries ``window.SERVER_DATA={…}``. Text in it may hold ``};``, so that the JSON is read to its own end and not
to the next semicolon. No answer of the interface was ever recorded by anybody we know of: what others read of it is
read strictly (title, alias, times in seconds), what may hold anything is read as it comes, and told where it is not.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Annotated
from urllib.parse import parse_qsl, quote, urljoin, urlsplit

from crawler.bodies import html
from crawler.bodies.encoding import decode
from crawler.errors import IdentifierError, ParseError
from crawler.identifiers import canonical_url
from crawler.model import Capture, Document, Link, Page, Problem, Section, Version, digest_of
from crawler.protocols import feed
from crawler.protocols.govuk.json_access import Item, load
from crawler.protocols.listed import by_id, read_each, stated
from crawler.protocols.listed import start as start
from crawler.sources import Source, options
from crawler.sources.fields import Text, said
from crawler.text import clean, counted, stamp


@dataclass(frozen=True, kw_only=True)
class Options(options.Options):
    """`url` is the feed, or a page of the newsroom."""

    language: Annotated[Text, said("of what states none")] = "en"


NODE = "/cms/api/node"
_ASSIGNMENT = re.compile(r"window\s*\.\s*SERVER_DATA\s*=\s*")
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_EARLIEST = 915_148_800
"""1 January 1999: Europol began its work in that year."""
_TEXTS = ("value", "html", "text", "body", "content", "items")
"""Names under which a part of a body may keep its words, where the body is not one text."""


def parse(capture: Capture, source: Source) -> Page:
    """Read the feed, a page of the newsroom, or a node: as JSON of the interface, or in the page that shows it.

    Raises:
        ParseError: a page that holds no SERVER_DATA or several, or JSON that is not what others read.
    """
    if capture.link.role in ("listing", "next"):
        return _newsroom(capture) if capture.media_type in _HTML_TYPES else _feed(capture, source)
    node = _shown(capture) if capture.media_type in _HTML_TYPES else load(capture.url, capture.body)
    return _node(node.item_or_none("node") or node, capture, source)


def _feed(capture: Capture, source: Source) -> Page:
    """Read the feed as any other; then ask the interface for what it lists, as it states no date."""
    page = feed.parse(capture, replace(source, follow=False))
    words = {version.document: version.sections for version in page.versions}
    links = tuple(
        _link(document, urlsplit(document.url).path, digest_of(document.title, _said(words.get(document.id, ()))))
        for document in page.documents
        if urlsplit(document.url).path.strip("/") and _is_here(document.url, capture)
    )
    return replace(page, versions=(), links=links)


def _is_here(url: str, capture: Capture) -> bool:
    return urlsplit(url).netloc == urlsplit(capture.url).netloc.lower()


def _said(sections: Iterable[Section]) -> list[str]:
    return [section.text for section in sections]


def _newsroom(capture: Capture) -> Page:
    lists = _shown(capture).items("lists")
    if not lists:
        raise ParseError(capture.url, "$.lists is empty: the page lists nothing")
    items = lists[0].items("items")
    read, faults = read_each(items, lambda item: _document(item, item.text("alias"), capture))
    documents = by_id(read)
    return Page(
        documents=tuple(documents.values()),
        links=tuple(
            _link(each, urlsplit(each.url).path, digest_of(each.title, each.published)) for each in documents.values()
        ),
        problems=faults,
        entries=len(items),
        newest=max((each.published for each in documents.values() if each.published), default=None),
    )


def _document(item: Item, alias: str, capture: Capture) -> Document:
    try:
        url = canonical_url(urljoin(capture.url, alias))
    except ValueError as error:
        raise IdentifierError(str(error)) from error
    if not _is_here(url, capture) or not urlsplit(url).path.strip("/"):
        raise IdentifierError(f"alias {alias[:80]!r} leads to another host, or to the home page")
    return Document(id=f"url:{url}", title=item.text("title"), url=url, published=_time(item, capture))


def _link(document: Document, alias: str, token: str) -> Link:
    """Return the address of the interface for a document; the alias is the path of its page."""
    parts = urlsplit(document.url)
    facts = {"document": document.id, "title": document.title, "published": document.published or ""}
    return Link(
        url=f"{parts.scheme}://{parts.netloc}{NODE}?url={quote(alias, safe='')}",
        role="document",
        facts=stated(facts),
        token=token[:16],
        accept="application/json",
    )


def _time(item: Item, capture: Capture) -> str | None:
    """Return when something was published: seconds since 1970, as a number or its digits; None where it cannot be.

    A time in thousandths of a second, or ahead of the capture, cannot.
    """
    found = item.value.get("published")
    if isinstance(found, str) and found.isascii() and found.isdigit() and len(found) <= 10:
        found = int(found)
    latest = (capture.time + timedelta(days=1)).timestamp()
    if not isinstance(found, int | float) or isinstance(found, bool) or not _EARLIEST <= found <= latest:
        return None
    return stamp(datetime.fromtimestamp(int(found), UTC))


def _shown(capture: Capture) -> Item:
    """Return the node that a page shows."""
    text = decode(capture.body, capture.header("content-type"))
    found = list(_ASSIGNMENT.finditer(text))
    if len(found) != 1:
        raise ParseError(capture.url, f"{counted(len(found), 'assignment')} of window.SERVER_DATA; expected one")
    try:
        data, _ = json.JSONDecoder().raw_decode(text, found[0].end())
    except (ValueError, RecursionError) as error:
        raise ParseError(capture.url, f"window.SERVER_DATA is no JSON: {error}") from None
    if not isinstance(data, dict):
        raise ParseError(capture.url, "window.SERVER_DATA is no object")
    return Item(url=capture.url, path="$", value=data).item("NodeLoader").item("node")


def _node(node: Item, capture: Capture, source: Source) -> Page:
    facts = capture.link.facts
    stated = node.text_or_none("alias") or _asked(capture) or ""
    try:
        url = canonical_url(urljoin(capture.url, stated)) if stated else facts.get("document", "").removeprefix("url:")
        name = facts.get("document") or f"url:{canonical_url(url)}"
    except (IdentifierError, ValueError) as error:
        raise ParseError(capture.url, f"{node.path} has no usable alias: {error}") from None
    parts, unread = _parts(node)
    sections = html.fragment("\n".join(parts), url=capture.url, scrub=source.scrub)
    title = node.text("title")
    document = Document(
        id=name,
        title=title,
        url=url,
        summary=_summary(node) or None,
        published=_time(node, capture) or facts.get("published"),
    )
    version = Version(
        document=name,
        title=title,
        sections=sections,
        representation="html",
        language=Options.of(source).language,
    )
    problems = [Problem(kind="unread", detail=f"{node.path}.{key}: {kind}") for key, kind in unread]
    if not sections:
        return Page(documents=(document,), problems=(*problems, Problem(kind="no text", detail=title[:200])))
    return Page(documents=(document,), versions=(version,), problems=tuple(problems))


def _asked(capture: Capture) -> str | None:
    """Return the alias that the interface was asked for; of a page that shows a node, its own path."""
    parts = urlsplit(capture.link.url)
    return dict(parse_qsl(parts.query)).get("url") if parts.path == NODE else parts.path


def _parts(node: Item) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the markup of introduction (or summary) and body, and the name and type of what could not be read."""
    introduction = "introduction" if node.value.get("introduction") else "summary"
    parts: list[str] = []
    unread: list[tuple[str, str]] = []
    for key in (introduction, "body"):
        value = node.value.get(key)
        found = list(_markup(value))
        parts += found
        if value and not found:
            unread.append((key, type(value).__name__))
    return parts, unread


def _markup(value: object, depth: int = 0) -> Iterator[str]:
    """Yield the texts of a value: itself, or those of the parts it consists of."""
    if isinstance(value, str) and value.strip():
        yield value
    elif isinstance(value, list) and depth < 8:
        for each in value:
            yield from _markup(each, depth + 1)
    elif isinstance(value, dict) and depth < 8:
        for key in _TEXTS:
            yield from _markup(value.get(key), depth + 1)


def _summary(node: Item) -> str:
    """Return the words of the summary, and the areas of crime that Europol files a text under."""
    stated = next((value for key in ("summary", "introduction") if isinstance(value := node.value.get(key), str)), "")
    words = " ".join(section.text for section in html.fragment(stated, url=node.url))
    areas = node.value.get("crimeAreas")
    titles = [each.get("title") for each in areas if isinstance(each, dict)] if isinstance(areas, list) else []
    named = ", ".join(clean(title) for title in titles if isinstance(title, str) and clean(title))
    return " ".join(part for part in (clean(words)[:2000], f"Crime areas: {named}." if named else "") if part)
