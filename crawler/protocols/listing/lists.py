"""A page of a list: its entries, and where the next page is."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from lxml import etree

from crawler.bodies import naming
from crawler.bodies.dates import iso
from crawler.bodies.encoding import decode
from crawler.bodies.page_links import linked_page
from crawler.bodies.segmenter import words
from crawler.bodies.selectors import compile_selector, elements
from crawler.bodies.tree import tree
from crawler.errors import IdentifierError, ParseError, RefusedError
from crawler.identifiers import canonical_url, owner
from crawler.model import SLICE, Capture, Document, Link, Page, Placement, Problem, digest_of
from crawler.protocols.listed import Following, unread
from crawler.protocols.listing.options import Options, PageOptions
from crawler.sources import Source
from crawler.text import clean, counted

_NUMBER = re.compile(r"\d{1,3}(?:[,.\u202f\xa0 ]\d{3})+(?!\d)|\d{1,9}")
_HTML = frozenset({"text/html", "application/xhtml+xml", "application/octet-stream", "text/plain"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a list says about one document; ``url`` is canonical, ``published`` ISO 8601, both texts may be empty."""

    url: str
    title: str
    published: str | None
    summary: str


GUESSED = "guessed"
"""Fact of a link to a next page that may not exist: that it is not there says that the list ended before."""

BEHIND_EMPTY = "behind an empty page"
"""Fact of a link to the page behind an empty one, which is asked where a list is read to its end."""


def parse(capture: Capture, source: Source, wanted: Options) -> Page:
    """Read a page of a list.

    Raises:
        ParseError: no HTML.
        RefusedError: no element matches ``entry``, and the source does not say that an empty list is normal.
    """
    root = _root(capture)
    matches = elements(compile_selector(wanted.entry), root)
    if not matches:
        return _without_entries(capture, source, wanted)
    base = _base(root, capture.url)
    noted = _Noted()
    entries = _merged(_entries(matches, base, capture, wanted, noted))
    following, gap = _next(capture, wanted, root, base)
    if BEHIND_EMPTY in capture.link.facts:
        gap = (*gap, Problem(kind="gap", detail="a page before the last one lists nothing"))
    faults = noted.faults
    if noted.dead and not source.complete:
        faults["entry without an http(s) address", ""] += len(noted.dead)
    return Page(
        documents=tuple(_document(entry, source) for entry in entries),
        links=(*_links(entries), *following),
        problems=(*_problems(faults), *gap),
        entries=len(entries),
        newest=max((entry.published for entry in entries if entry.published), default=None),
        total=_total(root, wanted),
        listed=tuple(map(identity, noted.every)),
        cursor="whole" if source.complete and following else None,
        placements=tuple(_placements(entries, noted.dead, capture, wanted)) if source.complete else (),
    )


def _placements(
    entries: Iterable[Entry], dead: Iterable[str], capture: Capture, wanted: Options
) -> Iterator[Placement]:
    """Yield what stands where on a list that is complete, also what leads nowhere any more."""
    page = linked_page(capture, selector="a")
    blocks = {canonical(link.url, wanted): link.block for link in reversed(page.links) if link.url}
    for each in entries:
        yield Placement(
            document=identity(each.url),
            title=each.title or naming.fallback_title(each.url),
            url=each.url,
            heading=page.heading,
            block=blocks.get(each.url, ""),
        )
    yield from (Placement(document="", title=title, url="", heading=page.heading) for title in dead)


def canonical(url: str, wanted: PageOptions) -> str:
    """Return the canonical address of a page, the empty text for what is none."""
    try:
        return canonical_url(url, drop=wanted.drop_parameters)
    except IdentifierError:
        return ""


def identity(url: str) -> str:
    """Return the id of the document at a canonical address."""
    return owner(url) or f"url:{url}"


def _root(capture: Capture) -> etree._Element:
    if capture.media_type not in _HTML:
        raise ParseError(capture.url, f"{capture.media_type} where a list in HTML is expected")
    root = tree(decode(capture.body, capture.header("content-type")), capture.url)
    if root is None:
        raise ParseError(capture.url, "no HTML element and no word")
    return root


def _without_entries(capture: Capture, source: Source, wanted: Options) -> Page:
    # With counted pages nothing says which is the last: the first one without entries, or two, lie behind it.
    facts = capture.link.facts
    if SLICE in facts and GUESSED in facts and BEHIND_EMPTY not in facts:
        url = _counted(capture.link.url, wanted.page_parameter, wanted.first_page)
        return Page(entries=0, links=(Link(url=url, role="next", facts={**facts, BEHIND_EMPTY: "yes"}),))
    if source.expect.zero or GUESSED in facts:
        return Page(entries=0)
    reason = f"the list is empty: no element matches the selector {wanted.entry!r} of options.entry"
    raise RefusedError(capture.url, reason, "zero")


def _base(root: etree._Element, url: str) -> str:
    stated = next((href for base in root.iter("base") if (href := base.get("href"))), "")
    return _joined(url, stated) or url


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class _Noted:
    """What a list has beside its entries: faults, the addresses of all entries, titles of those without an address."""

    faults: Counter[tuple[str, str]] = field(default_factory=Counter)
    every: dict[str, None] = field(default_factory=dict)
    dead: list[str] = field(default_factory=list)


def _entries(
    matches: Iterable[etree._Element], base: str, capture: Capture, wanted: Options, noted: _Noted
) -> Iterator[Entry]:
    """Yield what the options let through, and note the rest."""
    faults = noted.faults
    here = {capture.url, capture.link.url}
    for match in matches:
        link = _link(match, wanted.link)
        if link is None:
            faults["entry without a link", words(match)[:80]] += 1
            continue
        href = link.get("href", "").strip()
        target = _joined(base, href)
        try:
            # "#" opens something on the list itself, by script.
            url = canonical_url("" if href.startswith("#") or target in here else target, drop=wanted.drop_parameters)
        except IdentifierError:
            if href:
                faults["entry without an http(s) address", href[:80]] += 1
            else:
                noted.dead.append(_found(match, wanted.title) if wanted.title else _named(match, link))
            continue
        noted.every[url] = None
        if (wanted.include is None or wanted.include.search(url)) and not (
            wanted.exclude and wanted.exclude.search(url)
        ):
            yield _entry(match, link, url, wanted, faults)


def _total(root: etree._Element, wanted: Options) -> int | None:
    """Return the number that a list states: the last one where it says "1 to 10 of 1,234 results"."""
    matches = elements(compile_selector(wanted.total), root) if wanted.total else ()
    numbers = [each for match in matches for each in _NUMBER.findall(words(match))]
    return int(re.sub(r"\D", "", numbers[-1])) if numbers else None


def _link(entry: etree._Element, selector: str) -> etree._Element | None:
    """Return the link of an entry: what the selector finds or holds, else the entry's own or the first in it."""
    starts = elements(compile_selector(selector), entry)[:1] if selector else [entry]
    inside = (link for element in starts for link in element.iter("a", "area") if link.get("href"))
    around = (link for element in starts for link in element.iterancestors("a") if link.get("href"))
    return next(chain(inside, around), None)


def _entry(
    match: etree._Element, link: etree._Element, url: str, wanted: Options, faults: Counter[tuple[str, str]]
) -> Entry:
    stated = _date(match, wanted.date)
    published = iso(stated, language=wanted.language, dayfirst=not wanted.month_first) if stated else None
    if stated and not published and wanted.date:
        faults["unreadable date", stated[:80]] += 1
    title = _found(match, wanted.title) if wanted.title else ""
    return Entry(
        url=url,
        title=title or _named(match, link),
        published=published,
        summary=_found(match, wanted.summary) if wanted.summary else "",
    )


def _found(entry: etree._Element, selector: str) -> str:
    matches = elements(compile_selector(selector), entry)
    return words(matches[0]) if matches else ""


def _named(match: etree._Element, link: etree._Element) -> str:
    """Return the words of a link, or what names its target where they only say "Read more"."""
    own = words(link)
    if own and not naming.says_nothing(own):
        return own
    heading = next((said for each in match.iter("h1", "h2", "h3", "h4", "h5") if (said := words(each))), "")
    label = clean(link.get("aria-label") or link.get("title") or _alternative(link))
    return heading or ("" if naming.says_nothing(label) else label)


def _alternative(link: etree._Element) -> str:
    return next((text for image in link.iter("img") if (text := image.get("alt"))), "")


def _date(entry: etree._Element, selector: str) -> str:
    """Return the date of an entry as written, what a machine shall read first."""
    found = elements(compile_selector(selector), entry) if selector else entry.iter("time")
    element = next(iter(found), None)
    if element is None:
        return ""
    return element.get("datetime") or element.get("content") or words(element)


def _merged(entries: Iterable[Entry]) -> list[Entry]:
    """Return each address once, as its first entry that has a title tells it: a picture often links there too."""
    once: dict[str, Entry] = {}
    for entry in entries:
        if entry.url not in once or (entry.title and not once[entry.url].title):
            once[entry.url] = entry
    return list(once.values())


def _document(entry: Entry, source: Source) -> Document:
    """Return the document of an entry; of a law that a list names, what the list says of itself is not true."""
    title = entry.title or naming.fallback_title(entry.url)
    if owner(entry.url):
        return Document(id=identity(entry.url), title=title, url=entry.url)
    return Document(
        id=identity(entry.url),
        title=title,
        url=entry.url,
        jurisdiction=source.jurisdiction or None,
        summary=entry.summary or None,
        published=entry.published,
    )


def _links(entries: Iterable[Entry]) -> Iterator[Link]:
    for entry in entries:
        # A law is read by the protocol of its own source, as text with provisions; the list only tells of it.
        if owner(entry.url) is None:
            facts = {"title": entry.title, "published": entry.published or "", "summary": entry.summary}
            yield Link(
                url=entry.url,
                role="document",
                facts={"document": identity(entry.url)} | {key: value for key, value in facts.items() if value},
                token=digest_of(entry.title, entry.published, entry.summary)[:16],
            )


def _problems(faults: Counter[tuple[str, str]]) -> tuple[Problem, ...]:
    """Return one problem for each kind of fault, with their number and the first."""
    found = []
    for kind in dict.fromkeys(kind for kind, _ in faults):
        details = [(detail, count) for (other, detail), count in faults.items() if other == kind]
        number = sum(count for _, count in details)
        found.append(Problem(kind=kind, detail=f"{number}, the first: {details[0][0]!r}"))
    return tuple(found)


def _next(capture: Capture, wanted: Options, root: etree._Element, base: str) -> Following:
    """Return the link to the next page, or the problem that there is one which may not be read."""
    url = _following(capture, wanted, root, base)
    if not url:
        return (), ()
    read = int(capture.link.facts.get("page", "1"))
    if wanted.pages is not None and read >= wanted.pages:
        return unread(f"stopped after {counted(read, 'page')}, as options.pages says; the next is {url}")
    guessed = {GUESSED: "yes"} if wanted.page_parameter else {}
    return (Link(url=url, role="next", facts={"page": str(read + 1), **guessed}),), ()


def _following(capture: Capture, wanted: Options, root: etree._Element, base: str) -> str:
    if wanted.page_parameter:
        return _counted(capture.link.url, wanted.page_parameter, wanted.first_page)
    if not wanted.next:
        return ""
    for match in elements(compile_selector(wanted.next), root):
        link = next((link for link in match.iter("a", "link") if link.get("href")), None)
        target = _joined(base, link.get("href", "")).partition("#")[0] if link is not None else ""
        if target and urlsplit(target).scheme in {"http", "https"} and target not in {capture.url, capture.link.url}:
            return target
    return ""


def _counted(url: str, parameter: str, first: int) -> str:
    """Return an address with its page parameter one higher, every other one as it stands.

    >>> _counted("https://example.org/news?topic=a&page=2", "page", 1), _counted("https://example.org/news", "page", 0)
    ('https://example.org/news?topic=a&page=3', 'https://example.org/news?page=1')
    """
    parts = urlsplit(url)
    pairs = [pair for pair in parts.query.split("&") if pair]
    current, kept = first, []
    for pair in pairs:
        name, _, value = pair.partition("=")
        if unquote(name) != parameter:
            kept.append(pair)
        elif value.isascii() and value.isdigit():
            current = int(value[:9])
    query = "&".join([*kept, f"{quote(parameter, safe='')}={current + 1}"])
    return urlunsplit(parts._replace(query=query, fragment=""))
