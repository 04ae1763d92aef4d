"""What is known of the names and addresses on a page, loaded for :mod:`crawler.reconcile.identity` and its like."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

from crawler.errors import IdentifierError
from crawler.identifiers import address_of, page_alias
from crawler.model import Page
from crawler.reconcile import identity
from crawler.reconcile.known import ArrivalState, Holder, Names, TextsState
from crawler.reconcile.reading import Origin, Wording
from crawler.reconcile.streams import StreamState
from crawler.store import addresses, documents, fetches, versions
from crawler.store.known import document_state, of_stream
from crawler.store.store import Store


def of_names(store: Store, names: Iterable[str]) -> Names:
    """Return the documents that names lead to, also by the addresses at which those are followed."""
    wanted = list(dict.fromkeys(names))
    found = documents.named(store, wanted)
    for row in [row for row, _ in found.values() if row is not None and row["id"].startswith("url:")]:
        with suppress(IdentifierError):
            wanted.append(page_alias(row["url"]))
    found |= documents.named(store, [name for name in wanted if name not in found])
    states = {row["id"]: document_state(store, row) for row, _ in found.values() if row is not None}
    return Names(
        documents={name: None if row is None else states[row["id"]] for name, (row, _) in found.items()},
        alternates=frozenset(name for name, (_, is_alternate) in found.items() if is_alternate),
    )


def of_arrival(store: Store, names: Names, page: Page, origin: Origin, crawl: str) -> ArrivalState:
    """Return what is known of the way to a page about one document, as far as its address may be a new one."""
    capture, own = origin.capture, page.documents[0]
    address, row = address_of(capture.link), names.documents[own.id]
    state = ArrivalState()
    if capture.hops and origin.is_fresh:
        at = fetches.get(store, origin.fetch)
        state = ArrivalState(
            is_doubtful=True,
            hops=tuple(hop["status"] for hop in fetches.hops(store, at["exchange"], at["hop"])),
            landing=fetches.last_landing(store, address, capture.link.accept, origin.fetch),
            is_shared=fetches.is_shared(store, capture.url, address),
        )
    if identity.is_unread(names, page, origin):
        holders = tuple(_holders(store, own.id, origin, crawl))
        return replace(state, walk=addresses.last_walk(store, address), holders=holders)
    if row is None or not (own.id.startswith("url:") and row.id.startswith("url:")) or page_alias(row.url) == own.id:
        return state
    return replace(
        state,
        is_doubtful=True,
        answer=addresses.last_answer(store, row.url),
        listed=tuple(addresses.listed_urls(store, row.id)),
        main_walk=addresses.last_walk(store, page_alias(row.url).removeprefix("url:")),
        walk=addresses.last_walk(store, own.id.removeprefix("url:")),
    )


def _holders(store: Store, own: str, origin: Origin, crawl: str) -> Iterator[Holder]:
    source = origin.source.id
    for held in addresses.holders(store, origin.digest):
        row = documents.get(store, documents.resolve(store, page_alias(held["url"])))
        last = fetches.last_read(store, held["url"], held["accept"])
        if row is None or last is None or last["digest"] != origin.digest:
            continue
        yield Holder(
            url=held["url"],
            document=document_state(store, row),
            answer=addresses.last_answer(store, held["url"]),
            walk=addresses.last_walk(store, held["url"]),
            listed_title=documents.of_source(store, row["id"], source).listed.get("title", ""),
            listed=bool(addresses.listed_urls(store, row["id"])),
            is_listed_instead=addresses.is_listed_instead(store, row["id"], own, source, crawl),
        )


def of_texts(store: Store, document: str, languages: Collection[str], crawl: str) -> TextsState:
    """Return the words of a document in some languages, and whether a crawl read it in one of them."""
    return TextsState(
        words={each: versions.words_in(store, document, each) for each in languages},
        is_read_now=any(versions.is_read_in(store, document, each, crawl) for each in languages),
    )


def of_streams(
    store: Store, names: Names, document: str, page: Page, origin: Origin, crawl: str
) -> tuple[tuple[StreamState, Wording], ...]:
    """Return what a page says of a document, and what is known of the streams that this may join."""
    told = (replace(each, document=document) for each in page.versions if names.id(each.document) == document)
    wordings = map(Wording.of, told)
    return tuple((of_stream(store, each, origin, crawl, with_text=False), each) for each in wordings)
