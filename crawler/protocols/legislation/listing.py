"""Lists of instruments: search results, lists by type and year, and new legislation, as Atom.

Source: https://github.com/legislation/data-documentation (formats/atom.md, api/search.md).
"""

from dataclasses import dataclass, replace
from urllib.parse import quote

from crawler.model import Capture, Document, Link, Page, Problem
from crawler.protocols.legislation.names import (
    Address,
    address,
    clamped,
    data_url,
    document_url,
    ended,
    jurisdiction,
    past,
)
from crawler.protocols.legislation.options import Options
from crawler.protocols.legislation.paging import gathered, is_unordered, next_page, text_of, total_of, unreadable
from crawler.protocols.legislation.tree import ATOM, LANG, LEG, UKM, XHTML, Element, links, value, words
from crawler.sources import Source
from crawler.text import clean


def title_of(entry: Element) -> str:
    """Return the title of an entry: the English one of a title in two languages."""
    title = entry.find(f"{ATOM}title")
    spans = [] if title is None else list(title.iter(f"{XHTML}span"))
    english = next((span for span in spans if span.get(LANG) == "en"), None)
    return words(english if english is not None else title)


def wanted(source: Source, where: Address) -> bool:
    """Return whether a source keeps instruments of this type."""
    types = Options.of(source).types
    return not types or where.type.code in types


def instrument(where: Address, title: str) -> Document:
    """Return an instrument as a feed describes it, with its status where the title marks its end."""
    name, mark = ended(title)
    return Document(
        id=where.item,
        title=name,
        url=document_url(where.item),
        kind=where.type.kind,
        jurisdiction=jurisdiction(where.type, name),
        status=mark or ("draft" if where.type.category == "draft" else None),
        aliases=(f"http://www.legislation.gov.uk/id/{where.item}",),
    )


@dataclass(slots=True)
class _Entry:
    document: Document
    link: Link | None
    updated: str | None
    problem: Problem | None


def listing(root: Element, capture: Capture, source: Source) -> Page:
    """Read one page of a list: its instruments, a link to the text of each, and the page after it.

    The token of a link is the version that the entry points to. An entry's ``<updated>`` is rewritten for whole
    batches while nothing changes, and the feed's is the time of the request or in the year 3200: neither is a token.
    """
    entries = list(root.iterfind(f"{ATOM}entry"))
    read = [_entry(each, capture) for each in entries]
    problems = [each for each in read if isinstance(each, Problem)]
    kept = [each for each in read if isinstance(each, _Entry) and wanted(source, Address(item=each.document.id))]
    problems += [each.problem for each in kept if each.problem]
    found = [each.link for each in kept if each.link]
    if Options.of(source).provisions:
        found += [contents(each, text_of(capture.url)) for each in found]
    url = next_page(root, capture, len(entries))
    if url:
        found.append(Link(url=url, role="next"))
    dates = [each.document.published for each in read if isinstance(each, _Entry)]
    times = [each.updated for each in read if isinstance(each, _Entry)]
    return Page(
        documents=tuple({each.document.id: each.document for each in kept}.values()),
        links=tuple({link.url: link for link in found}.values()),
        problems=gathered(problems),
        entries=len(entries),
        newest=max(filter(None, dates), default=None) or max(filter(None, times), default=None),
        total=total_of(root),
        # A cursor makes the walk go on to the end, where meeting only known entries proves nothing.
        cursor="whole" if is_unordered(capture.url) else None,
    )


def contents(link: Link, text: str) -> Link:
    """Return the link to the contents of an instrument, where provisions that have a text are marked."""
    url = f"{link.url.removesuffix('/data.xml')}/contents/data.xml?text={quote(text, safe='')}"
    return Link(url=url, role="statement", token=link.token)


def marked(root: Element, capture: Capture) -> Page:
    """Read contents in which provisions are marked that have the words asked for: the instrument is read if one is.

    Source: https://github.com/legislation/data-documentation (api/search.md, "Title and text search").
    """
    where = address(capture.url)
    named = next((each.get("MatchTextEntries") or "" for each in root.iter(f"{LEG}Contents")), "").split()
    hits = [each for each in root.iter() if each.get("MatchText") == "true"]
    if where is None or not (hits or set(named) - _NO_PROVISIONS):
        return Page()
    return Page(links=(Link(url=data_url(where.item), role="document", token=capture.link.token),))


_NO_PROVISIONS = frozenset({"note", "signature", "earlier-orders", "introduction"})
"""Parts of a document that are none of its provisions, as the contents call them."""


def _entry(entry: Element, capture: Capture) -> _Entry | Problem:
    identifier = words(entry.find(f"{ATOM}id"))
    where = address(identifier)
    if where is None:
        return unreadable(identifier)
    title = title_of(entry)
    if not title:
        return Problem(kind="unreadable entry", detail=f"{where.item} has no title")
    stated = value(entry, f"{UKM}CreationDate", "Date") or words(entry.find(f"{ATOM}published"))
    published = past(stated, capture.time)
    wrong = bool(stated) and published is None
    plain = instrument(where, title)
    document = replace(
        plain,
        summary=words(entry.find(f"{ATOM}summary")) or None,
        published=published,
        aliases=(*plain.aliases, *_isbns(entry)),
    )
    return _Entry(
        document=document,
        link=_link(entry, where, document),
        updated=clamped(words(entry.find(f"{ATOM}updated")), capture.time),
        problem=Problem(kind="impossible date", detail=f"{where.item}: {clean(stated)}") if wrong else None,
    )


def _isbns(entry: Element) -> list[str]:
    stated = [clean(each.get("Value") or "") for each in entry.iterfind(f"{UKM}ISBN")]
    return [f"isbn:{each}" for each in stated if each.strip("0")]


def _link(entry: Element, where: Address, document: Document) -> Link | None:
    """Return the link to the text; impact assessments are published as PDF only."""
    if where.type.category == "impact assessment":
        return None
    shown = next((address(each.get("href") or "") for each in links(entry, None)), None)
    has_text = any(each.get("type") == "application/xml" for each in links(entry, "alternate"))
    state = [(shown and shown.version) or "latest", "xml" if has_text else "no xml", document.status or ""]
    return Link(url=data_url(where.item), role="document", token=" ".join(filter(None, state)))
