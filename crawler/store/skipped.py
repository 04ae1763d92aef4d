"""What sources that are kept in part left aside: pages that were not asked for, and words that were not kept."""

from collections.abc import Collection, Mapping

from crawler.identifiers import address_of
from crawler.model import ANEW, SLICE, Link
from crawler.reconcile.intents import Skip
from crawler.store.store import Row, Store, dumps

KEY = ("source", "document", "url", "accept")
_NAMED = "coalesce((select x.document from aliases x where x.alias=a.document), a.document)"


def put(store: Store, skip: Skip) -> None:
    """Record that a page or words of it were left aside.

    Of what the list states its summary is not kept, nor that a backfill asked.
    """
    link = skip.link
    facts = {name: value for name, value in link.facts.items() if name not in ("summary", SLICE, ANEW)}
    row = {
        "source": skip.source,
        "document": skip.document,
        "url": address_of(link),
        "accept": link.accept,
        "protocol": skip.protocol,
        "role": link.role,
        "parent": link.parent or "",
        "facts": dumps(facts),
        "token": link.token,
        "words": int(skip.words),
        "asked": 0,
    }
    store.upsert("skipped", row, KEY)


def of_link(store: Store, source: str, link: Link) -> frozenset[str]:
    """Return the documents with which a source left the page of a link aside."""
    sql = "select document from skipped where source=? and url=? and accept=?"
    return frozenset(str(row["document"]) for row in store.all(sql, source, address_of(link), link.accept))


def drop(store: Store, source: str, link: Link, documents: Collection[str]) -> None:
    """Forget that a page was left aside with some documents."""
    store.do(
        "delete from skipped where source=? and url=? and accept=? and document in (select value from json_each(?))",
        source, address_of(link), link.accept, dumps(sorted(documents)),
    )  # fmt: skip


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
        f"select * from (select a.*, {is_in} as let_in from skipped a where a.source=? and a.protocol=? and a.asked=0)"
        " where let_in or ? order by words, document, url, accept",
        named["in"], named["out"], source, protocol, whole,
    )  # fmt: skip


def asked(store: Store, row: Row) -> None:
    """Record that a page is asked for after all; one whose words were left aside is so until they are read."""
    key = {name: row[name] for name in KEY}
    if row["words"]:
        store.update("skipped", key, {"asked": 1})
    else:
        store.do("delete from skipped where source=? and document=? and url=? and accept=?", *key.values())
