"""Pages reached through redirects: the same page at a new address, or another page in its place.

A page of HTML does not say which document it is. What answers at the end of a redirect may be the document at its new
address, but also a notice, a log-in page, or one new page in the place of many. It is taken for the document where its
words are the same, where nothing was read of the document before, or where later crawls confirm it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.identifiers import page_alias
from crawler.model import Document
from crawler.reconcile import versions
from crawler.reconcile.intents import Quarantine
from crawler.reconcile.known import ArrivalState, Names
from crawler.reconcile.reading import Origin, Wording
from crawler.reconcile.streams import StreamState

HTML = frozenset({"text/html", "application/xhtml+xml"})
PERMANENT = frozenset({301, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectResult:
    """What a redirect to a page means: why it is held (empty: it is not), whether the page moved there for good.

    ``twin`` is a document already known under the new address, which is this one. ``address`` is the official address
    of the document, that where it lasts; empty where the page says it. ``lasting``: all redirects are permanent ones.
    ``joined``: the page is held as another document, and no other leads there: both were made one.
    """

    held: str = ""
    lasting: bool = True
    moved: bool = False
    twin: str = ""
    address: str = ""
    joined: bool = False
    intents: tuple[Quarantine, ...] = ()


NO_REDIRECT = RedirectResult()


def redirect_result(
    state: ArrivalState,
    names: Names,
    own: Document,
    origin: Origin,
    streams: Sequence[tuple[StreamState, Wording]],
) -> RedirectResult:
    """Return what the redirects before a page mean for its document."""
    capture = origin.capture
    lasting = all(status in PERMANENT for status in state.hops)
    name = page_alias(capture.url)
    row, known = names.documents[own.id], names.documents[name]
    is_unread = row is None or row.checked is None
    # 303 leads to one form of what was named, as CELLAR answers. What the text is was stated by what asked for it.
    is_named = not own.id.startswith("url:") and all(status == 303 for status in state.hops)
    is_there = lasting and not state.is_shared
    is_said = page_alias(own.url) != page_alias(capture.link.url)  # by the page itself
    address = capture.link.url if not is_there else "" if is_said else capture.url
    if capture.media_type not in HTML or is_named:
        moved = lasting and not is_unread and known is None
        return RedirectResult(moved=moved, address=address if is_there and not is_named else "")
    is_other = known is not None and (row is None or known.id != row.id)
    twin = name if lasting and is_other and names.id(name) == name else ""
    if is_unread or state.landing == capture.url:
        return RedirectResult(twin=twin, address="" if twin else address)
    if all(versions.says_the_same(*each, origin) for each in streams):
        moved = lasting and (known is None or bool(twin))
        return RedirectResult(twin=twin, address="" if twin else address, moved=moved)
    if origin.is_accepted:
        return RedirectResult(address=address)
    held = tuple(versions.confirm(*each, origin, "redirect") for each in streams)
    is_confirmed = all(versions.is_confirmed(each.held, origin) for each in held)
    if is_confirmed and not (twin or state.is_shared or is_other):
        return RedirectResult(address=address, moved=lasting and known is None, intents=held)
    return RedirectResult(
        held=f"leads to {capture.url}, which says something else",
        lasting=lasting,
        joined=is_confirmed and lasting and not state.is_shared and is_other,
        intents=held,
    )
