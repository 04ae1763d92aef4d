"""Addresses of one document: which of them have the same bytes, and what each answered last."""

import json

from crawler.reconcile.known import AddressState
from crawler.store import documents, merging
from crawler.store.frontier import key_of
from crawler.store.store import Row, Store

MAX_ADDRESSES = 50
"""Most addresses with the same bytes that are looked at: what more have says nothing about any of them."""


def holders(store: Store, digest: str) -> list[Row]:
    """Return the addresses that were asked for a document and answered with a body, the first one first."""
    return store.all(
        "select g.url, g.accept from fetches f join fetches g on g.exchange=f.exchange and g.hop=0"
        " where f.digest=? and f.outcome='accepted' and g.role in ('document','attachment')"
        " group by g.url, g.accept order by min(g.id) limit ?",
        digest, MAX_ADDRESSES,
    )  # fmt: skip


def last_answer(store: Store, url: str) -> AddressState | None:
    """Return what an address answered last when it was asked for a document.

    That it did not answer, or answered with an error, says nothing.
    """
    row = store.one(
        "select g.id as fetch, f.outcome, f.url as landing from fetches g join fetches f on f.exchange=g.exchange"
        " where g.url=? and g.hop=0 and g.role in ('document','attachment')"
        " and f.outcome in ('accepted','unchanged','not modified','missing','quarantined')"
        " order by g.id desc, f.hop desc limit 1",
        url,
    )
    return None if row is None else AddressState(**row)


def addresses(store: Store, document: str) -> list[str]:
    """Return every address under which the page of a document is known, as aliases (``url:…``)."""
    rows = store.all("select alias from aliases where document=? and alias glob 'url:*' order by alias", document)
    found = [document, *(str(row["alias"]) for row in rows)]
    return [name for name in dict.fromkeys(found) if name.startswith("url:")]


def mark(store: Store, alias: str, document: str, *, alternate: bool) -> None:
    """Record an address of a document; its own name is no alias."""
    if alias != document:
        documents.add_alias(store, alias, document)
        store.update("aliases", {"alias": alias}, {"alternate": int(alternate)})


def free(store: Store, alias: str) -> None:
    """Forget that an address belongs to a document."""
    store.do("delete from aliases where alias=?", alias)


def follow(store: Store, document: str, alias: str, before: str) -> None:
    """Follow a document at another address from now on; where it was followed before is a copy, if it is there."""
    mark(store, before, document, alternate=True)
    mark(store, alias, document, alternate=False)
    store.do(
        "update document_sources set stated=json_set(stated, '$.url', ?)"
        " where document=? and json_extract(stated, '$.url') is not null",
        alias.removeprefix("url:"), document,
    )  # fmt: skip
    documents.refresh(store, document)


def absorb(store: Store, alias: str, document: str, *, crawl: str, moved: bool) -> None:
    """Make a page that only a list named so far an address of a document; that it appeared is no news.

    Where the document ``moved`` there, what the list says of the page is said of the document.
    """
    row = documents.get(store, alias)
    if row is None:
        return
    for told in store.all("select * from document_sources where document=? and ?", alias, moved):
        listed = json.loads(told["listed"])
        noted = documents.of_source(store, document, told["source"])
        documents.note_source(store, noted, told["first_seen"], listed=listed, stated={})
    if documents.is_new(store, alias, crawl):
        store.do("update runs set new=new-1 where crawl=? and source=? and new>0", crawl, row["source"])
    store.do(
        "delete from changes where id in"
        " (select id from announcements where document=? and kind='new' and entry is null)",
        alias,
    )
    merging.merge(store, alias, document)


def listed_urls(store: Store, document: str) -> list[str]:
    """Return the addresses under which the lists of its sources name a document, as they named it last."""
    rows = store.all(
        "select json_extract(listed, '$.url') as url from document_sources where document=? order by source", document
    )
    return [str(row["url"]) for row in rows if row["url"]]


def is_listed_instead(store: Store, old: str, new: str, source: str, crawl: str) -> bool:
    """Return whether the lists of a source, which named one document last time, name another one now and not that."""
    listing = " from fetches where role in ('listing','next') and outcome='accepted' and source=?"
    now = store.value(f"select min(time){listing} and crawl=?", source, crawl)
    before = store.value(
        f"select min(time){listing} and crawl=(select max(crawl){listing} and crawl<?)", source, source, crawl
    )
    if now is None or before is None:
        return False
    sql = "select first_seen, last_seen from document_sources where document=? and source=? and listed<>'{}'"
    one, other = store.one(sql, old, source), store.one(sql, new, source)
    if one is None or other is None:
        return False
    return bool(before <= one["last_seen"] < now <= other["first_seen"])


def last_walk(store: Store, url: str) -> str:
    """Return the newest crawl in which an address was part of a walk by itself, empty where it never was."""
    found = store.value(
        # The key begins with the address: the table has no other index that finds it.
        "select max(walk) from frontier where key>=? and key<? and url=?",
        key_of(url, ""), key_of(url, "\U0010ffff"), url,
    )  # fmt: skip
    return str(found or "")
