"""One page at two addresses: a file that was renamed, or that is there twice, is no new document.

What a new address serves byte for byte as another one of its publisher and host does is the document of that one.
Where that one is gone, or the list that named it names the new one instead, the document moved. Where both answer,
the new address is a copy: nothing is told, and the document is followed where it was, until the copy is all that is
left of it. A copy that comes to say what the document never said was a document of its own after all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from crawler.identifiers import address_of, bare, page_alias, respelled
from crawler.model import Capture, Difference, Document, Page
from crawler.outbox import Seen, silence
from crawler.reconcile import facts, versions
from crawler.reconcile.content_ids import HTML, RedirectResult
from crawler.reconcile.intents import Absorb, AddChange, Describe, Follow, Free, Identify, Intent, Merge
from crawler.reconcile.known import AddressState, ArrivalState, DocumentState, Holder, Known, Names
from crawler.reconcile.reading import Origin, Wording
from crawler.reconcile.streams import StreamState
from crawler.text import canonical, stamp

MIN_CHARACTERS = 400
"""Fewest characters of a text by which it is recognised: a logo or an empty form has fewer."""

MIN_ALIKE = 3
"""Fewest entries of a list on which the same was hung for it to be the site's."""

_CONTENT_ID = re.compile(r"govuk:[0-9a-f-]+")

Streams = Sequence[tuple[StreamState, Wording]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressRole:
    """What the address of a page is to its document, and what is to be done for it.

    ``own``: where it is followed, or all there is. ``new``: where it is followed from now on, having been followed at
    ``before``; told unless ``silent`` says why not. ``copy``: the document is followed elsewhere and says the same.
    ``other``: it is followed elsewhere, and this address says something else.
    """

    place: Literal["own", "new", "copy", "other"] = "own"
    document: str = ""
    before: str = ""
    silent: str = ""
    intents: tuple[Intent, ...] = ()


OWN = AddressRole()


# Names


def names_on(page: Page, origin: Origin) -> list[str]:
    """Return every name by which a page may mean a document."""
    capture, own = origin.capture, page.documents[:1]
    urls = [address_of(capture.link), capture.url, *capture.hops]
    urls += [url for each in own if _CONTENT_ID.fullmatch(each.id) for url in (each.url, *each.aliases)]
    names = [name for each in page.documents for name in (*names_of(each), *_spellings(each))]
    return [*map(page_alias, urls), *names, *(version.document for version in page.versions)]


def names_of(document: Document) -> tuple[str, ...]:
    """Return every name under which a document may be known, its own first."""
    return tuple(dict.fromkeys((document.id, *document.aliases, *facts.addresses(document))))


def _spellings(document: Document) -> list[str]:
    if not document.id.startswith("url:") or "#" in document.id:
        return []
    url = document.id.removeprefix("url:")
    return [f"url:{each}" for each in (*respelled(url), url.lower(), bare(url))]


def is_doubtful(names: Names, page: Page) -> bool:
    """Return whether the id alone says that a page is a document that was read at another address."""
    if not page.documents or not _CONTENT_ID.fullmatch(page.documents[0].id):
        return False
    own = page.documents[0]
    row = names.documents[own.id]
    is_reached = row is not None and any(names.id(page_alias(url)) == row.id for url in (own.url, *own.aliases))
    return row is not None and row.checked is not None and not is_reached


def recognise(names: Names, documents: Sequence[Document]) -> tuple[Identify, ...]:
    """Return that unknown addresses are aliases of what is known at the same address, spelled otherwise.

    A site that goes over to https, or drops the slash behind its paths, lists nothing new. Nor does one that hangs a
    query on most of its addresses at once, or writes them in another case: of one alone it may be another page.
    """
    found: dict[str, str] = {}
    hung: set[str] = set()
    for document in documents:
        *spelled, lower, last = (_spellings(document) if names.is_new(document.id) else []) or [document.id] * 2
        known = next(filter(None, map(names.documents.get, spelled)), None)
        others = (names.documents.get(other) for other in (lower, last) if other != document.id)
        if known is None and (known := next(filter(None, others), None)) is not None:
            hung.add(document.id)
        if known is not None:
            found.setdefault(document.id, known.id)
    if len(hung) < max(MIN_ALIKE, len({each.id for each in documents}) / 2) or len(set(found.values())) < len(found):
        found = {alias: other for alias, other in found.items() if alias not in hung}
    return tuple(Identify(alias=alias, document=other) for alias, other in found.items())


def strongest(names: Names, document: Document) -> tuple[str, tuple[Merge, ...]]:
    """Return the strongest name of a document; addresses are merged into it, whatever their order."""
    name, merges = names.id(document.id), list[Merge]()
    merged: dict[str, str] = {}
    for other in sorted(names_of(document)[1:], key=lambda each: names.id(each).startswith("url:")):
        if names.is_new(other) or (twin := merged.get(names.id(other), names.id(other))) == name:
            continue
        if name.startswith("url:") == twin.startswith("url:"):
            continue
        old, name = (name, twin) if name.startswith("url:") else (twin, name)
        merges.append(Merge(old=old, new=name))
        merged |= {each: name for each, new in merged.items() if new == old} | {old: name}
    return name, tuple(merges)


def joined(names: Names, document: str, twin: str) -> tuple[str, tuple[Merge, ...]]:
    """Return that two documents turn out to be the same page; the older one keeps its name, which is given."""
    one, other = names.documents[document], names.documents[twin]
    if one is None or other is None or twin != other.id or one.id == other.id:
        return document, ()
    old, new = (document, twin) if other.first_seen < one.first_seen else (twin, document)
    return new, (Merge(old=old, new=new, is_described=True),)


# A new address


def address_role(
    state: ArrivalState,
    names: Names,
    page: Page,
    origin: Origin,
    *,
    streams: Streams,
    arrival: RedirectResult,
) -> AddressRole:
    """Return what the address of a page is to its document; a new address becomes one of the document it is."""
    own = page.documents[0]
    if not own.id.startswith("url:") or arrival.twin or arrival.moved:
        return OWN
    row = names.documents[own.id]
    if row is not None and row.checked is not None:
        return _known(state, names, own.id, row, streams, origin) if row.id.startswith("url:") else OWN
    return _recognised(state, own, row, origin) if is_unread(names, page, origin) else OWN


def is_unread(names: Names, page: Page, origin: Origin) -> bool:
    """Return whether a page was not read before, and says enough to be recognised at another address."""
    own = page.documents[0]
    row = names.documents[own.id]
    if len(page.documents) > 1 or not origin.is_fresh or not own.id.startswith("url:"):
        return False
    if row is not None and (row.checked is not None or row.id != own.id):
        return False
    return sum(versions.length(version) for version in page.versions) >= MIN_CHARACTERS


def _recognised(state: ArrivalState, own: Document, row: DocumentState | None, origin: Origin) -> AddressRole:
    """Return that a page read for the first time is a copy of a document, or all there is of its own."""
    found = [each for each in state.holders if _is_alike(each, own, origin)]
    known = {each.document.id: each.document for each in found}
    if len(known) != 1 or sum(each.answer is not None and each.answer.is_good for each in found) > 1:
        return OWN  # What many addresses serve is a notice, or a log-in page.
    ((name, other),) = known.items()
    moved, silent = _has_moved(state, found, row)
    aliases = (own.id, page_alias(address_of(origin.capture.link)))
    intents = (Absorb(document=name, page=own.id, aliases=aliases, moved=moved),)
    if moved:
        return AddressRole(place="new", document=name, before=other.url, silent=silent, intents=intents)
    return AddressRole(place="copy", document=name, intents=intents)


def _is_alike(holder: Holder, own: Document, origin: Origin) -> bool:
    """Return whether two documents with one body may be one: of one publisher, of one kind, not parts of two others.

    A page of HTML may be what a site shows in the place of many: the list must call it by the same name.
    """
    link, source, other = origin.capture.link, origin.source, holder.document
    if other.id == own.id or urlsplit(holder.url).netloc != urlsplit(address_of(link)).netloc:
        return False
    parent = facts.parent_of(own, origin, own=True)
    if not other.id.startswith("url:") or other.publisher != source.publisher:
        return False
    if other.kind != (own.kind or source.kind) or (parent and other.parent and parent != other.parent):
        return False
    title = canonical(link.facts.get("title", ""))
    if not title or origin.capture.media_type not in HTML:
        return True
    return title in (canonical(holder.listed_title), canonical(other.title))


def _has_moved(state: ArrivalState, holders: Sequence[Holder], row: DocumentState | None) -> tuple[bool, str]:
    """Return whether a document is no longer at the addresses it had, and why that is not told, if it is not."""
    if all(_is_gone(each.answer, each.url) for each in holders):
        return True, ""
    if row is not None and holders[0].is_listed_instead:
        return True, ""
    before = [each.walk for each in holders]
    if state.walk and all(before) and max(before) < state.walk and not holders[0].listed:
        return True, silence(Seen(is_reached_anew=True))  # We watch it at the new address instead.
    return False, ""


def _is_gone(last: AddressState | None, url: str) -> bool:
    """Return whether an address does not serve its page any more: not found, or it leads to something else."""
    if last is None:
        return False
    return last.outcome == "missing" or (last.outcome == "quarantined" and last.landing != url)


# A known address


def _known(
    state: ArrivalState, names: Names, alias: str, row: DocumentState, streams: Streams, origin: Origin
) -> AddressRole:
    """Return what a known address of a document is to it, where there are several."""
    main, capture, last = page_alias(row.url), origin.capture, state.answer
    if main == alias or names.id(main) != row.id:
        return OWN
    copy = alias in names.alternates
    if not (copy or (alias == row.id and last is not None and not capture.hops)):
        return OWN
    here = {alias, *map(page_alias, (capture.url, *capture.hops))}
    gone = _is_gone(last, row.url) or (last is not None and page_alias(last.landing) in here)
    if gone and not copy:
        return OWN
    same = AddressRole(place="copy", document=row.id)
    if not origin.is_fresh:
        return same
    is_listed = any(page_alias(url) == main for url in state.listed) if state.listed else state.main_walk >= state.walk
    if gone or not is_listed:
        return AddressRole(place="new", document=row.id, before=row.url, silent="known already")
    if all(versions.said(*each, origin) for each in streams):
        return same
    if alias == row.id:
        return AddressRole(place="other", document=row.id, before=row.url)
    return AddressRole(intents=(Free(alias=alias, document=row.id),))


def without_copies(names: Names, page: Page, own: Document | None, origin: Origin) -> tuple[Page, tuple[Describe, ...]]:
    """Return a page without what it tells of copies: only that its source names them is noted.

    Where a list names a document at both of its addresses, the one at which it is followed counts.
    """
    on_page = {document.id for document in page.documents}
    beside: set[str] = set()
    noted: list[Describe] = []
    for document in page.documents:
        row = names.documents[document.id] if document is not own else None
        main = document.id if row is None or not row.id.startswith("url:") else page_alias(row.url)
        if row is None or main == document.id or names.id(main) != row.id:
            continue
        copy = row.id != document.id and (document.id in names.alternates or row.id in on_page)
        if copy and main not in on_page:
            noted.append(named_only(row.id, origin, {"url": document.url}))
        if copy or (row.id == document.id and main in on_page):
            beside.add(document.id)
    if not beside:
        return page, ()
    return replace(
        page,
        documents=tuple(each for each in page.documents if each.id not in beside),
        versions=tuple(each for each in page.versions if each.document not in beside),
    ), tuple(noted)


def named_only(name: str, origin: Origin, said: dict[str, str]) -> Describe:
    """Return that a source named a copy of a document: nothing that is said of it there is said of the document."""
    return Describe(document=name, source=origin.source.id, seen=stamp(origin.capture.time), facts=said)


def follow(known: Known, role: AddressRole, alias: str) -> tuple[Intent, ...]:
    """Return that a document is followed at its new address, and that this is told where it is news."""
    row = known.documents[known.document]
    followed = Follow(document=row.id, alias=alias, before=page_alias(role.before))
    if role.silent == "known already":
        return (followed,)
    return followed, _relocated(known, role.before, alias.removeprefix("url:"), silent=role.silent)


def moved(known: Known, capture: Capture) -> tuple[Intent, ...]:
    """Return that the page of a document leads to its new address for good."""
    if not known.document:
        return ()
    alias = Identify(alias=page_alias(capture.url), document=known.document)
    return alias, _relocated(known, capture.hops[0], capture.url)


def leads(known: Known, capture: Capture) -> tuple[Intent, ...]:
    """Return that the page of a document leads to that of another one that is held, once."""
    if not known.document or known.is_told:
        return ()
    return (_relocated(known, capture.hops[0], capture.url, path=facts.LEADS),)


def _relocated(known: Known, old: str, new: str, *, path: str = "", silent: str = "") -> AddChange:
    difference = Difference(kind="relocated", path=path, old=old, new=new)
    row = known.documents[known.document]
    return facts.of_document(row, difference, known.fetch, is_watched=known.is_watched, silent=silent)
