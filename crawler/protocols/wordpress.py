"""WordPress by its REST interface: a list that counts itself, each entry with its text; files that a text links.

    list ``/wp-json/wp/v2/{type}?per_page=…&page=…`` ──▶ Document, Version, links to files, next page

How many there are is stated in the headers ``X-WP-Total`` and ``X-WP-TotalPages``; what was edited last comes first. A
post is known by its number on its host: titles and addresses change. Facts: the interface as WordPress documents it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from crawler.bodies import html, page_links
from crawler.identifiers import canonical_url, is_address
from crawler.model import Capture, Document, Link, Page, Representation, Section, Version, Walk, digest_of
from crawler.protocols import files
from crawler.protocols.govuk.json_access import Item, load_list, utc
from crawler.protocols.listed import Following, number, read_each, unread, with_query
from crawler.sources import Source, options
from crawler.sources.fields import Count, Flag, ShortCode, Terms, said
from crawler.text import counted, permitted, stamp

MAX_PER_PAGE = 100
_FIELDS = "id,date_gmt,modified_gmt,link,title,excerpt,content"
_PATH = re.compile(r"/wp-json/wp/v2/[a-z0-9_-]+/?$")


@dataclass(frozen=True, kw_only=True)
class Options(options.Options):
    """`url` is `https://…/wp-json/wp/v2/{type}`."""

    terms: Annotated[Terms, said("searched one by one; none: everything")] = ()
    days: Annotated[Count | None, said("only what was modified so many days ago or less")] = None
    per_page: Annotated[Count, said("entries of a page, at most 100; many sites allow 10")] = 10
    pages: Annotated[Count | None, said("most pages of one walk; more is a gap")] = None
    files: Annotated[Flag, said("read the files that a text links")] = False
    language: Annotated[ShortCode, said("of what states none")] = "en"

    def problems(self, source: Source) -> Iterator[str]:
        """Yield what is wrong though each value is right by itself."""
        if not _PATH.search(urlsplit(source.url).path):
            yield f"url: {source.url}; expected an address that ends in /wp-json/wp/v2/ and a type of posts"
        if self.per_page > MAX_PER_PAGE:
            yield f"options.per_page: {self.per_page}; expected at most {MAX_PER_PAGE}"


def start(source: Source, walk: Walk) -> Iterable[Link]:
    """Return the first page of the list, or of each search."""
    options = Options.of(source)
    since = stamp(walk.clock - timedelta(days=options.days)) if options.days else ""
    for term in options.terms or ("",):
        pairs = [("search", term)] if term else []
        pairs += [("modified_after", since)] if since else []
        pairs += [("orderby", "modified"), ("order", "desc"), ("per_page", str(options.per_page)), ("page", "1")]
        url = with_query(source.url, [*pairs, ("_fields", _FIELDS)], ",:")
        yield Link(url=url, role="listing", accept="application/json")


def parse(capture: Capture, source: Source) -> Page:
    """Read a page of a list, or a file.

    Raises:
        ParseError: it is not what the interface promises, or a damaged file.
    """
    if capture.link.role == "attachment":
        facts = capture.link.facts
        document = Document(
            id=facts.get("document") or f"url:{canonical_url(capture.link.url)}",
            title=facts.get("title") or capture.url,
            url=capture.link.url,
            parent=capture.link.parent,
        )
        return files.page(capture, document, source, language=Options.of(source).language)
    items = load_list(capture.url, capture.body)
    read, faults = read_each(items, lambda item: _post(item, capture, source))
    posts: dict[str, Page] = {}
    for page in read:
        posts.setdefault(page.documents[0].id, page)
    following, gap = _next(capture, source, len(items))
    return Page(
        documents=tuple(each for page in posts.values() for each in page.documents),
        versions=tuple(each for page in posts.values() for each in page.versions),
        links=(*(each for page in posts.values() for each in page.links), *following),
        problems=(*faults, *gap),
        entries=len(items),
        listed=tuple(posts),
        newest=max((page.newest for page in posts.values() if page.newest), default=None),
        total=_stated(capture, "X-WP-Total"),
    )


def _post(item: Item, capture: Capture, source: Source) -> Page:
    """Return a post as a page: its document, its text, and the files that it links where they are wanted."""
    options, link = Options.of(source), item.text("link")
    if not is_address(link):
        raise item.wrong("link", f"is {link[:80]!r}, no address")
    url = canonical_url(link)
    markup = _rendered(item, "content")
    excerpt, updated = html.plain_words(_rendered(item, "excerpt"), capture.url), _time(item, "modified_gmt")
    document = Document(
        id=f"wordpress:{urlsplit(url).hostname}:{item.number('id')}",
        title=html.plain_words(_rendered(item, "title"), capture.url),
        url=url,
        summary=excerpt[:2000] or None,
        published=_time(item, "date_gmt"),
        updated=updated,
        aliases=(f"url:{url}",),
    )
    if not document.title:
        raise item.wrong("title", "is empty")
    sections = html.fragment(markup, url=capture.url, scrub=source.scrub)
    form: Representation = "html" if sections else "summary"
    shown = sections or ((Section(path="summary", text=excerpt),) if excerpt else ())
    version = Version(
        document=document.id, title=document.title, sections=shown, representation=form, language=options.language
    )
    page = Page(documents=(document,), versions=(version,) if shown else (), newest=updated or document.published)
    return _with_files(page, markup, capture) if options.files else page


def _with_files(page: Page, markup: str, capture: Capture) -> Page:
    own = page.documents[0]
    text = replace(
        capture, url=own.url, headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=f"<html><body><main>{markup}</main></body></html>".encode(),
    )  # fmt: skip
    documents, links = [own], []
    for url, title, key in page_links.attached_files(text):
        name = f"{own.id}#{key}"
        documents.append(Document(id=name, title=title, url=url, parent=own.id, aliases=(url,)))
        token = digest_of(url, own.updated)[:16]
        facts = {"document": name, "title": title}
        links.append(Link(url=url, role="attachment", parent=own.id, facts=facts, token=token))
    return replace(page, documents=tuple(documents), links=tuple(links))


def _rendered(item: Item, key: str) -> str:
    found = item.item_or_none(key)
    return permitted(found.raw("rendered")) if found else ""


def _time(item: Item, key: str) -> str | None:
    """Return a time that is stated in UTC without saying so; what is no time, as of a draft, is none."""
    try:
        return utc(item.raw(key)) if item.raw(key) else None
    except (ValueError, OverflowError):
        return None


def _next(capture: Capture, source: Source, found: int) -> Following:
    """Return the next page as the headers count them, or the problem that the rest is not read."""
    pairs = parse_qsl(urlsplit(capture.link.url).query, keep_blank_values=True)
    here, most = number(dict(pairs).get("page", ""), 1), Options.of(source).pages
    pages, total = _stated(capture, "X-WP-TotalPages"), _stated(capture, "X-WP-Total")
    if pages is None:
        full = found >= Options.of(source).per_page
        return unread("it does not state how many pages there are, and this one is full") if full else ((), ())
    if here >= pages:
        return (), ()
    if not found:
        return unread(f"page {here} of {pages} is empty")
    if most is not None and here >= most:
        rest = f"of {counted(total, 'document')}" if total is not None else f"of {counted(pages, 'page')}"
        return unread(f"stopped after {counted(here, 'page')} {rest}")
    following = [(name, str(here + 1) if name == "page" else value) for name, value in pairs]
    return (Link(url=with_query(capture.link.url, following, ",:"), role="next", accept="application/json"),), ()


def _stated(capture: Capture, header: str) -> int | None:
    text = capture.header(header).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
