"""What sources that are kept in part left aside: pages that were not asked for, and words that were not kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from crawler.identifiers import address_of
from crawler.model import Link
from crawler.store.store import Row, Store, dumps

KEY = ("source", "document", "url", "accept")
_NAMED = "coalesce((select x.document from aliases x where x.alias=a.document), a.document)"


def put(store: Store, source: str, protocol: str, document: str, link: Link, *, words: bool) -> None:
    """Record that the page of a link was left aside with a document, or the ``words`` of it that stand there.

    Of what the list states its summary is not kept.
    """
    facts = {name: value for name, value in link.facts.items() if name != "summary"}
    row = {
        "source": source,
        "document": document,
        "url": address_of(link),
        "accept": link.accept,
        "protocol": protocol,
        "role": link.role,
        "parent": link.parent or "",
        "facts": dumps(facts),
        "token": link.token,
        "words": int(words),
        "asked": 0,
    }
    store.upsert("aside", row, KEY)


def drop(store: Store, source: str, link: Link, documents: Collection[str] | None = None) -> bool:
    """Forget that a page was left aside, with some documents or with all; return whether it was with any."""
    names = None if documents is None else dumps(sorted(documents))
    where = "source=? and url=? and accept=? and (? is null or document in (select value from json_each(?)))"
    values = (source, address_of(link), link.accept, names, names)
    if not store.value(f"select 1 from aside where {where} limit 1", *values):
        return False
    store.do(f"delete from aside where {where}", *values)
    return True


def left(store: Store, source: str, protocol: str, decided: Mapping[str, str], *, whole: bool) -> list[Row]:
    """Return what a source left aside with documents that are not out any more, and ``whole`` what it did with others.

    Column ``let_in`` tells which. Of documents that are ``decided`` the decision counts.
    """
    named = {band: dumps(sorted(name for name, found in decided.items() if found == band)) for band in ("in", "out")}
    is_in = (
        f"{_NAMED} in (select value from json_each(?)) or exists (select 1 from relevance r where r.document={_NAMED}"
        " and r.band<>'out' and r.document not in (select value from json_each(?)))"
    )
    return store.all(
        f"select * from (select a.*, {is_in} as let_in from aside a where a.source=? and a.protocol=? and a.asked=0)"
        " where let_in or ? order by words, document, url, accept",
        named["in"], named["out"], source, protocol, whole,
    )  # fmt: skip


def asked(store: Store, row: Row) -> None:
    """Record that a page is asked for after all; one whose words were left aside is so until they are read."""
    key = {name: row[name] for name in KEY}
    if row["words"]:
        store.update("aside", key, {"asked": 1})
    else:
        store.do("delete from aside where source=? and document=? and url=? and accept=?", *key.values())
