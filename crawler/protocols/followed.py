"""What a watched page leads to: each page and file that its links name is a document of its own.

    page ──▶ links that count (:class:`crawler.sources.Follow`) ──▶ documents, one for each canonical address

Links are followed on the site of the page, and on hosts that are named. An Act is read by the protocol of its own
source; the page only tells of it.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from crawler.bodies import naming
from crawler.bodies.page_links import LinkedPage, PageLink
from crawler.errors import IdentifierError
from crawler.identifiers import canonical_url, owner
from crawler.identifiers.chapters import is_chapter
from crawler.model import TRACKED, WITHIN_HOSTS, Capture, Document, Link, Placement, Role, digest_of
from crawler.protocols import files
from crawler.protocols.listing.lists import identity
from crawler.sources import Follow, Source
from crawler.sources.vocabulary import FILE_TYPES

DEPTH = "depth"
"""Fact of a link to a page that was followed: by how many steps."""
PART = "part"
"""Fact of a link to a further list: the headings of the lists above it, but for that of the whole site."""
PLACE = " > "
"""Stands between the parts of a place."""
_PICTURES = frozenset({"png", "jpg", "gif"})
_OTHERS = frozenset({
    "zip", "7z", "gz", "tar", "rar", "exe", "msi", "mp3", "mp4", "m4a", "m4v", "mov", "avi", "wav", "wmv", "webm",
    "ics", "vcf", "xml", "rss", "atom", "json", "js", "css", "svg", "webp", "ico", "tif", "tiff", "bmp", "epub", "eps",
    "pbix", "accdb",
})  # fmt: skip
"""Endings of what is never followed: archives, sound, moving pictures, data for programs."""
_SUBJECT = (
    r"^/.*(?:traffick|slaver|servitude|forced-?labou?r|exploit|gangmaster|county-?lines|referral-?mechanism"
    r"|mens(?:en|chen)handel)"
)
"""A path that names the subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What the links of a page lead to: documents, the links to ask them, and where in the page each stands."""

    documents: tuple[Document, ...]
    links: tuple[Link, ...]
    placements: tuple[Placement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    url: str
    link: PageLink

    @property
    def title(self) -> str:
        name = unquote(urlsplit(self.url).path.rpartition("/")[2])
        return self.link.title or naming.of_file(name) or naming.fallback_title(self.url)


def followed(
    found: LinkedPage,
    capture: Capture,
    source: Source,
    wanted: Follow,
    *,
    own: Document | None,
    drop: Collection[str],
) -> Followed:
    """Return what the links of a page lead to; ``drop`` are parameters of the query that choose no page.

    ``own`` is the page where that is a document, too: then the files that it leads to are parts of it, and the chapters
    of a manual that lie below its contents.
    """
    step = steps(capture.link) + 1
    hosts, part = hosts_of(capture, wanted), capture.link.facts.get(PART, "")
    placed = _placed(_targets(found.links, capture, source, wanted, hosts, drop))
    documents, links = [], []
    best: dict[str, _Target] = {}
    for each in placed:
        if each.url and (each.url not in best or (each.link.is_named and not best[each.url].link.is_named)):
            best[each.url] = each
    for target in best.values():
        is_part = own is not None and (type_of(target.url) != "html" or is_chapter_of(target.url, capture.url))
        parent = own.id if own and is_part else None
        place = (part, found.heading, target.link.block)
        kind = next((each.kind for each in wanted.shelves if each.kind and each.holds(place)), None)
        known = Document(id=identity(target.url), title=target.title, url=target.url, parent=parent, kind=kind)
        if owner(target.url) is None:
            known = replace(known, jurisdiction=source.jurisdiction or None)
            if site(target.url) in hosts:
                links.append(_link(known, capture, hosts, step, leads_on=step < wanted.depth))
        documents.append(known)
    placements = (
        Placement(
            document=identity(each.url) if each.url else "",
            title=each.title,
            url=each.url,
            part=part,
            heading=found.heading,
            block=each.link.block,
        )
        for each in placed
    )
    return Followed(documents=tuple(documents), links=tuple(links), placements=tuple(placements))


def further(menu: Sequence[PageLink], heading: str, capture: Capture, source: Source) -> tuple[Link, ...]:
    """Return the links of a menu to further lists on the site of a page, each once."""
    above = capture.link.facts.get(PART, "")
    is_site = not urlsplit(capture.url).path.strip("/")
    part = above if is_site else PLACE.join(filter(None, (above, heading)))
    watched = {_key(url) for url in (*watched_pages(source), capture.url, capture.link.url)}
    found: dict[str, Link] = {}
    for link in menu:
        try:
            url = _as_here(canonical_url(link.url), capture.url)
        except IdentifierError:
            continue
        if site(url) == site(capture.url) and _key(url) not in watched and type_of(url) == "html":
            found.setdefault(_key(url), Link(url=url, role="next", facts={PART: part} if part else {}))
    return tuple(found.values())


def _link(known: Document, capture: Capture, hosts: Sequence[str], step: int, *, leads_on: bool) -> Link:
    facts = {"document": known.id, "title": known.title, WITHIN_HOSTS: " ".join(hosts), DEPTH: str(step)}
    if leads_on and type_of(known.url) == "html":
        facts[TRACKED] = capture.link.url  # What it leads to may change.
    role: Role = "document" if known.parent is None else "attachment"
    return Link(url=known.url, role=role, parent=known.parent, facts=facts, token=digest_of(known.title)[:16])


def steps(link: Link) -> int:
    """Return by how many steps a page was followed, 0 for one that its source names."""
    return int(link.facts.get(DEPTH, "0"))


def hosts_of(capture: Capture, wanted: Follow) -> tuple[str, ...]:
    """Return the hosts of which links are followed, with their ports where they are named, all without ``www.``."""
    if stated := capture.link.facts.get(WITHIN_HOSTS):
        return tuple(stated.split())
    return tuple(dict.fromkeys((site(capture.url), site(capture.link.url), *wanted.hosts)))


def site(url: str) -> str:
    """Return the host of an address in small letters, with its port where that is named, without ``www.``.

    >>> site("https://www.Sample.invalid/a"), site("http://127.0.0.1:8001/")
    ('sample.invalid', '127.0.0.1:8001')
    """
    return urlsplit(url).netloc.rpartition("@")[2].lower().removeprefix("www.")


def type_of(url: str) -> str:
    """Return what an address leads to by its ending: ``html`` where that tells of no file.

    >>> type_of("https://sample.invalid/a/Form.DOCX"), type_of("https://sample.invalid/page.aspx")
    ('docx', 'html')
    """
    ending = unquote(urlsplit(url).path).rpartition("/")[2].rpartition(".")[2].lower().strip()
    ending = {"jpeg": "jpg"}.get(ending, ending)
    return ending if ending in FILE_TYPES or ending in _OTHERS else "html"


def is_chapter_of(url: str, contents: str) -> bool:
    """Return whether an address lies below that of a page of contents, as a chapter, an annex or a numbered page.

    >>> manual = "https://sample.invalid/manual/"
    >>> is_chapter_of(f"{manual}chapter-3-support", manual), is_chapter_of(f"{manual}pages/2/", manual)
    (True, True)
    >>> is_chapter_of(f"{manual}2024-report", manual), is_chapter_of("https://sample.invalid/chapter-3", manual)
    (False, False)
    """
    above, below = (_key(each).partition("?")[0] for each in (contents, url))
    rest = below.removeprefix(f"{above.removesuffix('/index').removesuffix('/contents')}/")
    return rest != below and (_NUMBERED.fullmatch(rest) is not None or is_chapter(rest))


_NUMBERED = re.compile(r"(?:(?:pages?|sections?|chapters?)/)?\d{1,3}(?:[-_.][^/]*)?")
"""What a page of a manual is called that has a number, such as ``pages/2``, ``3-support``."""


def _targets(
    found: Sequence[PageLink],
    capture: Capture,
    source: Source,
    wanted: Follow,
    hosts: Sequence[str],
    drop: Collection[str],
) -> Iterator[_Target]:
    watched = {_key(url) for url in (*watched_pages(source), capture.url, capture.link.url)}
    for link in found:
        if not link.url:
            if source.complete and link.title:
                yield _Target(url="", link=link)
            continue
        try:
            url = _as_here(canonical_url(link.url, drop=drop), capture.url)
        except IdentifierError:
            continue
        is_other = site(url) not in hosts
        if is_other and wanted.others == "leave":
            continue
        is_list = not is_other and (_key(url) in watched or _key(url) == f"{site(url)}?")
        if not is_list and is_wanted(url, wanted):
            yield _Target(url=url, link=link)


def watched_pages(source: Source) -> tuple[str, ...]:
    """Return the addresses of the pages that a source names."""
    items = source.options.get("items", ())
    return (source.url, *map(str, items)) if isinstance(items, list | tuple) else (source.url,)


def led_astray(capture: Capture, source: Source, wanted: Follow) -> str:
    """Return why the page at the end of redirects is not what its link promised, the empty text where it is."""
    if site(capture.url) not in hosts_of(capture, wanted):
        return f"leads to {capture.url}, on a host that is not named"
    here = _key(capture.url)
    if here == f"{site(capture.url)}?" or here in {_key(url) for url in watched_pages(source)}:
        return f"leads to {capture.url}, the page of a list or of the whole site"
    if capture.hops and _is_left_out(capture, wanted):
        return f"leads to {capture.url}, which is left out as a link to it would be"
    return ""


def _is_left_out(capture: Capture, wanted: Follow) -> bool:
    """Return whether the patterns refuse an address; a file, or a page moved to a named host, may lie elsewhere."""
    is_moved = site(capture.url) != site(capture.link.url) or not files.is_html(capture)
    is_included = not wanted.include or is_moved or matching(capture.url, counted(wanted))
    return not is_included or bool(matching(capture.url, wanted.exclude))


def _as_here(url: str, here: str) -> str:
    """Return an address on the site of a page as that is asked: with www or without, over TLS or not."""
    if site(url) != site(here):
        return url
    parts = urlsplit(here)
    return urlsplit(url)._replace(scheme=parts.scheme, netloc=parts.netloc.lower()).geturl()


def is_wanted(url: str, wanted: Follow) -> bool:
    """Return whether an address is of a type that is followed, and passes the patterns."""
    kind = type_of(url)
    if kind in _OTHERS or (kind not in wanted.types if wanted.types else kind in _PICTURES):
        return False
    return (not wanted.include or matching(url, counted(wanted)) != "") and not matching(url, wanted.exclude)


def counted(wanted: Follow) -> tuple[str, ...]:
    """Return the patterns one of which an address holds: what names the subject counts wherever some are asked."""
    return (*wanted.include, _SUBJECT) if wanted.include else ()


def matching(url: str, patterns: Sequence[str]) -> str:
    """Return the first pattern that is found in the path of an address, in path and query, or in all of it."""
    parts = urlsplit(url)
    whole = f"{parts.path}?{parts.query}" if parts.query else parts.path
    forms = dict.fromkeys((parts.path, unquote(parts.path), whole, url))
    return next((each for each in patterns if any(re.search(each, form, re.I) for form in forms)), "")


def _key(url: str) -> str:
    """Return what is equal for addresses of one page: over TLS or not, with www or without, with a slash or none."""
    parts = urlsplit(url)
    return f"{site(url)}{parts.path.rstrip('/')}?{parts.query}"


def _placed(targets: Iterator[_Target]) -> list[_Target]:
    """Return each target once in each group of its page, under one address everywhere.

    Of several links there those with words of their own count, and of these the first: a picture often leads there,
    too. Where none has any, each title is an entry of its own.
    """
    addresses: dict[str, str] = {}
    groups: dict[tuple[str, str], list[_Target]] = {}
    for each in targets:
        url = addresses.setdefault(_key(each.url), each.url) if each.url else ""
        groups.setdefault((url, each.link.block), []).append(replace(each, url=url))
    kept: set[_Target] = set()
    for group in groups.values():
        named = [each for each in group if each.link.is_named]
        kept |= {named[0]} if named else set({each.title: each for each in reversed(group)}.values())
    order = dict.fromkeys(each for group in groups.values() for each in group if each in kept)
    return list(order)
