"""The press corner of the European Commission: its search and its RSS say what there is, its documents are JSON.

    RSS ``/api/rss`` (the newest ten), search ``/api/search``, ``/api/latestnews`` ──▶ links to documents
    document ``/api/documents?reference=IP/24/1234&language=en`` ──▶ Document, Version

The pages that people see are a script without words. A release is known by its reference; its translations are
versions by language. Names and numbers of spokespersons are left out. Facts: seen by others in July and August 2026.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import parse_qsl, quote, urlsplit

from crawler.bodies import html
from crawler.bodies.dates import iso
from crawler.errors import ParseError
from crawler.model import Capture, Document, Link, Page, Problem, Version, digest_of
from crawler.protocols import feed
from crawler.protocols.govuk.json_access import Item, load
from crawler.protocols.listed import Following, number, read_each, stated, unread, with_query
from crawler.protocols.listed import start as start
from crawler.sources import Source, options
from crawler.sources.fields import Count, ShortCode, said
from crawler.text import counted


@dataclass(frozen=True, kw_only=True)
class Options(options.Options):
    """`url` is the feed (`…/presscorner/api/rss`, the newest ten) or a search (`…/api/search?…`)."""

    language: Annotated[ShortCode, said("of what states none")] = "en"
    pages: Annotated[Count | None, said("most pages of one walk; more is a gap")] = None

    def problems(self, source: Source) -> Iterator[str]:
        """Yield what is wrong with the address."""
        if (name := _endpoint(source.url)) not in _LISTS:
            expected = f"expected one of {', '.join(_LISTS)} under /presscorner/api/"
            yield f"url: {source.url} ends in {name!r}; {expected}"


_REFERENCE = re.compile(r"[A-Z]{1,12}(?:/[0-9A-Z]+)+")
_DETAIL = re.compile(r"/presscorner/detail/([a-z]{2})/([a-z]+(?:_[0-9a-z]+)+)/?\Z", re.I)
_LISTS = ("rss", "search", "latestnews")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a list says of one release: ``reference`` as IP/24/1234, ``language`` two small letters, ``date`` a day."""

    reference: str
    language: str
    title: str
    summary: str
    date: str | None


def parse(capture: Capture, source: Source) -> Page:
    """Read a page of a list, or a document.

    Raises:
        ParseError: it is not what the interface promises.
    """
    if capture.link.role not in ("listing", "next"):
        return _document(load(capture.url, capture.body), capture, source)
    if _endpoint(capture.link.url) == "rss":
        return _feed(capture, source)
    return _search(load(capture.url, capture.body), capture, source)


def _endpoint(url: str) -> str:
    return urlsplit(url).path.rpartition("/presscorner/api/")[2]


def _feed(capture: Capture, source: Source) -> Page:
    page = feed.parse(capture, replace(source, follow=False))
    entries: list[Entry] = []
    others = 0
    for document in page.documents:
        match = _DETAIL.search(urlsplit(document.url).path)
        if match is None:
            others += 1
            continue
        entries.append(
            Entry(
                reference=match[2].upper().replace("_", "/"),
                language=Options.of(source).language,
                title=document.title,
                summary=document.summary or "",
                date=document.published,
            )
        )
    detail = f"entries that lead to no document of the press corner: {others}"
    told = (Problem(kind="entry", detail=detail),) if others else ()
    listed = _listed(entries, capture)
    return replace(listed, problems=(*page.problems, *told), entries=page.entries, newest=page.newest)


def _search(body: Item, capture: Capture, source: Source) -> Page:
    items = body.items("docuLanguageListResources")
    entries, faults = read_each(items, lambda item: _entry(item, source))
    total = body.number_or_none("totalNumber")
    following, gap = _next(capture, source, body, len(items), total)
    page = _listed(entries, capture)
    links = (*page.links, *following)
    return replace(page, links=links, problems=(*faults, *gap), entries=len(items), total=total)


def _entry(item: Item, source: Source) -> Entry:
    reference = item.text("refCode").upper()
    if not _REFERENCE.fullmatch(reference):
        raise item.wrong("refCode", f"is {reference[:40]!r}, no reference")
    language = (item.text_or_none("languageCode") or Options.of(source).language).lower()
    return Entry(
        reference=reference,
        language=language if re.fullmatch("[a-z]{2}", language) else Options.of(source).language,
        title=item.text("title"),
        summary=html.plain_words(item.raw("leadText"), item.url),
        date=iso(item.text_or_none("eventDate") or ""),
    )


def _listed(entries: Iterable[Entry], capture: Capture) -> Page:
    once = {entry.reference: entry for entry in reversed(list(entries))}
    kept = list(reversed(once.values()))
    return Page(
        documents=tuple(
            Document(
                id=f"presscorner:{entry.reference}",
                title=entry.title,
                url=_page(entry.reference, entry.language, capture),
                summary=entry.summary[:2000] or None,
                published=entry.date,
            )
            for entry in kept
        ),
        links=tuple(_link(entry, capture) for entry in kept),
        newest=max((entry.date for entry in kept if entry.date), default=None),
    )


def _link(entry: Entry, capture: Capture) -> Link:
    reference = quote(entry.reference, safe="/")
    facts = {"document": f"presscorner:{entry.reference}", "language": entry.language, "summary": entry.summary[:2000]}
    return Link(
        url=f"{_site(capture)}/api/documents?reference={reference}&language={entry.language}",
        role="document",
        facts=stated(facts),
        token=digest_of(entry.title, entry.summary, entry.date)[:16],
    )


def _site(capture: Capture) -> str:
    parts = urlsplit(capture.link.url)
    return f"{parts.scheme}://{parts.netloc}{parts.path.partition('/api/')[0]}"


def _page(reference: str, language: str, capture: Capture) -> str:
    """Return the address of the page that shows a release to people."""
    return f"{_site(capture)}/detail/{language}/{reference.lower().replace('/', '_')}"


def _next(capture: Capture, source: Source, body: Item, found: int, total: int | None) -> Following:
    """Return the next page of a search, or the problem that it is not read."""
    pairs = dict(parse_qsl(urlsplit(capture.link.url).query, keep_blank_values=True))
    page = number(pairs.get("pagenumber", ""), 1)
    got, size = body.number_or_none("pageNumber"), body.number_or_none("pageSize") or found
    if not found or total is None or page * size >= total:
        return (), ()
    left, most = total - page * size, Options.of(source).pages
    if got not in (None, page):
        return unread(f"asked for page {page}, got page {got}; {counted(left, 'document')} not read")
    if most is not None and page >= most:
        return unread(f"stopped after {counted(page, 'page')}; {counted(left, 'document')} not read")
    url = with_query(capture.link.url, {**pairs, "pagenumber": str(page + 1)}.items())
    return (Link(url=url, role="next"),), ()


def _document(body: Item, capture: Capture, source: Source) -> Page:
    """Read a document: title and text in one language, the day it is about and the time it was published."""
    text = body.item("docuLanguageResource")
    reference = (body.text_or_none("refCd") or _asked(capture).get("reference", "")).upper()
    if not _REFERENCE.fullmatch(reference):
        raise body.wrong("refCd", f"is {reference[:40]!r}, no reference")
    name = f"presscorner:{reference}"
    if (wanted := capture.link.facts.get("document", name)) != name:
        raise ParseError(capture.url, f"is {name}, where {wanted} was asked for")
    language = (_spoken(text) or capture.link.facts.get("language") or Options.of(source).language).lower()
    title = text.text("title")
    lead = html.plain_words(text.raw("subtitle"), capture.url) or capture.link.facts.get("summary", "")
    sections = html.fragment(text.raw("htmlContent"), url=capture.url, scrub=source.scrub)
    document = Document(
        id=name,
        title=title,
        url=_page(reference, language, capture),
        summary=lead[:2000] or None,
        published=_published(body),
    )
    if not sections:
        return Page(documents=(document,), problems=(Problem(kind="no text", detail=title[:200]),))
    version = Version(document=name, title=title, sections=sections, representation="html", language=language)
    return Page(documents=(document,), versions=(version,))


def _asked(capture: Capture) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(capture.link.url).query))


def _spoken(text: Item) -> str:
    """Return the language of a text where it is stated as two letters; elsewhere it is an object, or absent."""
    found = text.value.get("language")
    return found if isinstance(found, str) and re.fullmatch("[A-Za-z]{2}", found) else ""


def _published(body: Item) -> str | None:
    """Return when a release was published, else the day it is about; what is no date is left out."""
    dates = (iso(body.text_or_none(name) or "") for name in ("publishDate", "eventDate"))
    return next((date for date in dates if date), None)
