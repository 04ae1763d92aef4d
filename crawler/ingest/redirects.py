"""Pages reached through redirects: the same page at a new address, or another page in its place.

A page of HTML does not say which document it is. What answers at the end of a redirect may be the document at its new
address, but also a notice, a log-in page, or one new page in the place of many. It is taken for the document where its
words are the same, where nothing was read of the document before, or where later crawls confirm it.
"""

from __future__ import annotations

from dataclasses import dataclass

from crawler.identifiers import address_of, page_alias
from crawler.ingest import versions
from crawler.ingest.readings import PERMANENT, Read
from crawler.ingest.state import State
from crawler.model import Document
from crawler.store import Row, documents, fetches

HTML = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectResult:
    """What a redirect to a page means: why it is held (empty: it is not), whether the page moved there for good.

    ``twin`` is a document already known under the new address, which is this one. ``address`` is the official address
    of the document, empty where the page says it. ``lasting``: all redirects are permanent ones. ``joined``: the page
    is held as another document, and no other leads there: both were made one.
    """

    held: str = ""
    lasting: bool = True
    moved: bool = False
    twin: str = ""
    address: str = ""
    joined: bool = False


def redirect_result(state: State, read: Read, own: Document, fetch: int) -> RedirectResult:
    """Return what the redirects before a page mean for its document."""
    capture = read.reading.capture
    if not capture.hops or read.reading.cause != "source" or read.reading.fetch is not None:
        return RedirectResult()
    lasting = _is_lasting(state, fetch)
    row = documents.get(state.store, documents.resolve(state.store, own.id))
    known = documents.get(state.store, documents.resolve(state.store, page_alias(capture.url)))
    if capture.media_type not in HTML or _is_named(state, own, fetch):
        return RedirectResult(moved=lasting and row is not None and row["checked"] is not None and known is None)
    shared = fetches.is_shared(state.store, capture.url, address_of(capture.link))
    address = "" if lasting and not shared else capture.link.url
    twin = _twin(state, row, capture.url) if lasting else ""
    if row is None or row["checked"] is None or _arrived_before(state, read, fetch):
        return RedirectResult(twin=twin, address="" if twin else address)
    if versions.says_the_same(state, read, row["id"], fetch):
        return RedirectResult(
            twin=twin, address="" if twin else address, moved=lasting and (known is None or bool(twin))
        )
    if read.reading.capture.digest in state.decisions.accept:
        return RedirectResult(address=address)
    taken = bool(twin) or shared or (known is not None and known["id"] != row["id"])
    is_confirmed = versions.confirmed(state, read, row["id"], fetch)
    if is_confirmed and not taken:
        return RedirectResult(address=address, moved=lasting and known is None)
    joined = is_confirmed and lasting and not shared and known is not None and known["id"] != row["id"]
    return RedirectResult(held=f"leads to {capture.url}, which says something else", lasting=lasting, joined=joined)


def _is_lasting(state: State, fetch: int) -> bool:
    at = fetches.get(state.store, fetch)
    return all(hop["status"] in PERMANENT for hop in fetches.hops(state.store, at["exchange"], at["hop"]))


def _is_named(state: State, own: Document, fetch: int) -> bool:
    """Return whether what was asked is the name of a text, not an address: 303 leads to one form of what it names.

    So CELLAR answers. What the text is was stated by what asked for it, and its protocol checks it.
    """
    at = fetches.get(state.store, fetch)
    hops = fetches.hops(state.store, at["exchange"], at["hop"])
    return not own.id.startswith("url:") and all(hop["status"] == 303 for hop in hops)


def _arrived_before(state: State, read: Read, fetch: int) -> bool:
    """Return whether the page that was read last was found at the same place."""
    link = read.reading.capture.link
    last = fetches.last_landing(state.store, address_of(link), link.accept, fetch)
    return last == read.reading.capture.url


def _twin(state: State, row: Row | None, url: str) -> str:
    """Return the document that has an address for its name, if it is not the one that leads there."""
    name = page_alias(url)
    found = documents.get(state.store, name)
    return "" if found is None or (row is not None and row["id"] == name) else name
