"""One page at two addresses: a file that was renamed, or that is there twice, is no new document.

What a new address serves byte for byte as another one of its publisher and host does is the document of that one.
Where that one is gone, or the list that named it names the new one instead, the document moved. Where both answer,
the new address is a copy: nothing is told, and the document is followed where it was, until the copy is all that is
left of it. A copy that comes to say what the document never said was a document of its own after all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from crawler.identifiers import address_of, page_alias
from crawler.ingest import differences, redirects, versions
from crawler.ingest.readings import Read
from crawler.ingest.state import State
from crawler.model import Difference, Document, Page
from crawler.outbox import Seen, silence
from crawler.reconcile.intents import AddChange
from crawler.store import Row, addresses, documents, fetches
from crawler.text import canonical, stamp

MIN_CHARACTERS = 400
"""Fewest characters of a text by which it is recognised: a logo or an empty form has fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressRole:
    """What the address of a page is to its document.

    ``own``: where it is followed, or all there is. ``new``: where it is followed from now on, having been followed at
    ``before``; told unless ``silent`` says why not. ``copy``: the document is followed elsewhere and says the same.
    ``other``: it is followed elsewhere, and this address says something else.
    """

    place: Literal["own", "new", "copy", "other"] = "own"
    document: str = ""
    before: str = ""
    silent: str = ""


OWN = AddressRole()


def address_role(state: State, read: Read, own: Document, arrival: redirects.RedirectResult, fetch: int) -> AddressRole:
    """Return what the address of a page is to its document; a new address becomes one of the document it is."""
    if not own.id.startswith("url:") or read.page is None or arrival.twin or arrival.moved:
        return OWN
    name = documents.resolve(state.store, own.id)
    row = documents.get(state.store, name)
    if row is not None and row["checked"] is not None:
        return _known(state, read, own.id, row, fetch) if name.startswith("url:") else OWN
    return _recognised(state, read, own, row) if name == own.id and _is_fresh(read) else OWN


def _is_fresh(read: Read) -> bool:
    return read.reading.cause == "source" and read.reading.fetch is None


# A new address


def _recognised(state: State, read: Read, own: Document, row: Row | None) -> AddressRole:
    """Find the document that a page read for the first time is a copy of, and make its address one of that."""
    found = list(_candidates(state, read, own)) if _is_telling(read.page) else []
    known = {other["id"]: other for _, other in found}
    if len(known) != 1 or sum(_is_there(state, url) for url, _ in found) > 1:
        return OWN  # What many addresses serve is a notice, or a log-in page.
    ((name, other),) = known.items()
    moved, silent = _has_moved(state, read, [url for url, _ in found], other, row)
    addresses.absorb(state.store, own.id, name, crawl=state.crawl, moved=moved)
    for alias in (own.id, page_alias(address_of(read.reading.capture.link))):
        addresses.mark(state.store, alias, name, alternate=not moved)
    documents.refresh(state.store, name)
    if moved:
        return AddressRole(place="new", document=name, before=other["url"], silent=silent)
    return AddressRole(place="copy", document=name)


def _is_telling(page: Page | None) -> bool:
    if page is None or len(page.documents) != 1:
        return False
    return sum(len(section.text) for version in page.versions for section in version.sections) >= MIN_CHARACTERS


def _candidates(state: State, read: Read, own: Document) -> Iterator[tuple[str, Row]]:
    """Yield the addresses that answered with the same bytes last, each with its document."""
    capture = read.reading.capture
    asked, digest = address_of(capture.link), capture.digest
    for holder in addresses.holders(state.store, digest):
        other = documents.get(state.store, documents.resolve(state.store, page_alias(holder["url"])))
        last = fetches.last_read(state.store, holder["url"], holder["accept"])
        if other is None or last is None or last["digest"] != digest or other["id"] == own.id:
            continue
        if urlsplit(holder["url"]).netloc == urlsplit(asked).netloc and _is_alike(state, read, own, other):
            yield holder["url"], other


def _is_alike(state: State, read: Read, own: Document, other: Row) -> bool:
    """Return whether two documents with one body may be one: of one publisher, of one kind, not parts of two others.

    A page of HTML may be what a site shows in the place of many: the list must call it by the same name.
    """
    link, source = read.reading.capture.link, read.reading.source
    parent = own.parent or link.parent
    if not str(other["id"]).startswith("url:") or other["publisher"] != source.publisher:
        return False
    if other["kind"] != (own.kind or source.kind) or (parent and other["parent"] and parent != other["parent"]):
        return False
    title = canonical(link.facts.get("title", ""))
    if not title or read.reading.capture.media_type not in redirects.HTML:
        return True
    listed = documents.of_source(state.store, other["id"], source.id).listed.get("title", "")
    return title in (canonical(listed), canonical(other["title"]))


def _is_there(state: State, url: str) -> bool:
    last = addresses.last_answer(state.store, url)
    return last is not None and str(last["outcome"]) in addresses.GOOD


def _has_moved(state: State, read: Read, urls: Sequence[str], other: Row, row: Row | None) -> tuple[bool, str]:
    """Return whether a document is no longer at the addresses it had, and why that is not told, if it is not."""
    source = read.reading.source.id
    if all(_is_gone(addresses.last_answer(state.store, url), url) for url in urls):
        return True, ""
    if row is not None and addresses.is_listed_instead(state.store, other["id"], row["id"], source, state.crawl):
        return True, ""
    here = addresses.last_walk(state.store, address_of(read.reading.capture.link))
    before = [addresses.last_walk(state.store, url) for url in urls]
    if here and all(before) and max(before) < here and not addresses.listed_urls(state.store, other["id"]):
        return True, silence(Seen(is_reached_anew=True))  # We watch it at the new address instead.
    return False, ""


def _is_gone(last: Row | None, url: str) -> bool:
    """Return whether an address does not serve its page any more: not found, or it leads to something else."""
    if last is None:
        return False
    return last["outcome"] == "missing" or bool(last["outcome"] == "quarantined" and last["landing"] != url)


# A known address


def _known(state: State, read: Read, alias: str, row: Row, fetch: int) -> AddressRole:
    """Return what a known address of a document is to it, where there are several."""
    main, capture = page_alias(row["url"]), read.reading.capture
    if main == alias or documents.resolve(state.store, main) != row["id"]:
        return OWN
    copy = addresses.is_copy(state.store, alias)
    last = addresses.last_answer(state.store, row["url"])
    if not (copy or (alias == row["id"] and last is not None and not capture.hops)):
        return OWN
    here = {alias, *map(page_alias, (capture.url, *capture.hops))}
    gone = _is_gone(last, row["url"]) or (last is not None and page_alias(last["landing"]) in here)
    if gone and not copy:
        return OWN
    same = AddressRole(place="copy", document=row["id"])
    if not _is_fresh(read):
        return same
    if gone or not _is_kept(state, row, main, alias):
        return AddressRole(place="new", document=row["id"], before=row["url"], silent="known already")
    if versions.said(state, read, row["id"], fetch):
        return same
    if alias == row["id"]:
        return AddressRole(place="other", document=row["id"], before=row["url"])
    addresses.free(state.store, alias)
    documents.refresh(state.store, row["id"])
    return OWN


def _is_kept(state: State, row: Row, main: str, alias: str) -> bool:
    """Return whether the address at which a document is followed is still named by a list, or walked to."""
    if listed := addresses.listed_urls(state.store, row["id"]):
        return any(page_alias(url) == main for url in listed)
    one, other = (addresses.last_walk(state.store, name.removeprefix("url:")) for name in (main, alias))
    return one >= other


def without_copies(state: State, page: Page, own: Document | None, read: Read) -> Page:
    """Return a page without what it tells of copies: only that its source names them is noted.

    Where a list names a document at both of its addresses, the one at which it is followed counts.
    """
    names = {document.id for document in page.documents}
    beside = set()
    for document in page.documents:
        name = documents.resolve(state.store, document.id)
        row = documents.get(state.store, name) if document is not own and name.startswith("url:") else None
        main = document.id if row is None else page_alias(row["url"])
        if main == document.id or documents.resolve(state.store, main) != name:
            continue
        copy = name != document.id and addresses.is_copy(state.store, document.id)
        if copy and main not in names:
            note(state, document, read, listed=True)
        if copy or (name == document.id and main in names):
            beside.add(document.id)
    if not beside:
        return page
    return replace(
        page,
        documents=tuple(each for each in page.documents if each.id not in beside),
        versions=tuple(each for each in page.versions if each.document not in beside),
    )


def note(state: State, document: Document, read: Read, *, listed: bool) -> None:
    """Record that a source named a copy of a document: nothing that is said of it there is said of the document."""
    name = documents.resolve(state.store, document.id)
    told = {"url": document.url} if listed else {}
    seen = stamp(read.reading.capture.time)
    noted = documents.of_source(state.store, name, read.reading.source.id)
    documents.note_source(state.store, noted, seen, listed=told, stated={})
    documents.refresh(state.store, name)


def follow(state: State, standing: AddressRole, alias: str, fetch: int) -> None:
    """Follow a document at its new address, and tell so where that is news."""
    before = page_alias(standing.before)
    addresses.follow(state.store, standing.document, alias, before)
    row = documents.get(state.store, standing.document)
    if row is not None and standing.silent != "known already":
        difference = Difference(kind="relocated", path="", old=standing.before, new=alias.removeprefix("url:"))
        change = AddChange(document=row["id"], difference=difference, fetch=fetch, silent=standing.silent)
        differences.of_document(state, row, change)
