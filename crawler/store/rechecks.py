"""Pages that are asked again although nothing announces it: audited ones, and those that were not found."""

import json
from collections.abc import Collection, Sequence

from crawler.identifiers import address_of, link_at
from crawler.model import TRACKED, Link
from crawler.store import addresses
from crawler.store.frontier import key_of
from crawler.store.store import Row, Store


def audit(store: Store, source: str, count: int) -> list[Link]:
    """Return the documents of a source whose pages were asked longest ago: all are asked again within 1/share crawls.

    Among them are pages that were given up: their listing may never name them again.
    """
    rows = store.all(
        "select f.url, f.accept, a.* from frontier_askers a join frontier f on f.id=a.frontier"
        " where a.source=? and a.role in ('document','attachment') and (f.state='given up' and a.wanted"
        " or f.state='done' and not a.wanted and a.token_read is not null)"
        " order by (select max(time) from fetches where url=f.url), f.id limit ?",
        source, count,
    )  # fmt: skip
    return [link(row) for row in rows]


def led_to(store: Store, source: str, addresses: Collection[str]) -> list[Link]:
    """Return the pages that addresses tracked by a source led to when they were read: the pages moved there."""
    if not addresses:
        return []
    rows = store.all(
        "select f.url, f.accept, a.* from frontier_askers a join frontier f on f.id=a.frontier where a.source=?"
        " and json_extract(a.facts, ?) in (select value from json_each(?)) order by f.id",
        source, f"$.{TRACKED}", json.dumps(sorted(addresses)),
    )  # fmt: skip
    return [link(row) for row in rows]


def lists(store: Store, source: str, addresses: Sequence[str]) -> list[Link]:
    """Return the links under which a source asked for further lists, in the order of their addresses."""
    found = {}
    for row in store.all(
        "select f.url, f.accept, a.* from frontier_askers a join frontier f on f.id=a.frontier where a.source=?"
        " and a.role='next' and f.url in (select value from json_each(?)) order by f.id",
        source, json.dumps(list(addresses)),
    ):  # fmt: skip
        found[row["url"]] = link(row)
    return [found[url] for url in addresses if url in found]


def link(row: Row) -> Link:
    """Return the link of a page that is to be asked again, as it was kept."""
    return link_at(
        row["url"],
        role=row["role"],
        parent=row["parent"] or None,
        facts=json.loads(row["facts"]),
        token=row["token"],
        accept=row["accept"],
    )


def auditable(store: Store, source: str) -> int:
    """Return how many pages of documents of a source were read or given up."""
    return int(
        store.value(
            "select count(*) from frontier_askers a join frontier f on f.id=a.frontier where a.source=?"
            " and (a.token_read is not null or f.state='given up') and a.role in ('document','attachment')",
            source,
        )
    )


def not_asked_since(store: Store, source: str, document: str, gone: Link) -> list[Link]:
    """Return the pages at other addresses of a document that were asked last before one was found to be gone."""
    last = addresses.last_answer(store, address_of(gone))
    urls = [alias.removeprefix("url:") for alias in addresses.addresses(store, document)]
    answers = [(url, addresses.last_answer(store, url)) for url in urls]
    before = [url for url, answer in answers if last is not None and answer is not None and answer.fetch < last.fetch]
    return [link for url in before for link in _asked(store, source, url)]


def _asked(store: Store, source: str, url: str) -> list[Link]:
    """Return the links under which a source asked for a page at an address, unless it is to be asked anyhow."""
    rows = store.all(
        "select f.url, f.accept, a.* from frontier_askers a join frontier f on f.id=a.frontier"
        " where f.key>=? and f.key<? and f.url=? and a.source=? and a.wanted=0 and a.role in ('document','attachment')"
        " order by f.id",
        key_of(url, ""), key_of(url, "\U0010ffff"), url, source,
    )  # fmt: skip
    return [link(row) for row in rows]


def missing(store: Store, source: str) -> list[Link]:
    """Return the pages of a source whose last answer said that they are not there, if need be behind a redirect."""
    return _last_answered(store, source, "missing")


def held(store: Store, source: str) -> list[Link]:
    """Return the pages of a source whose last answer is held."""
    return _last_answered(store, source, "quarantined")


def _last_answered(store: Store, source: str, outcome: str) -> list[Link]:
    rows = store.all(
        "select f.url, f.accept, a.* from frontier_askers a join frontier f on f.id=a.frontier"
        " where a.source=? and a.wanted=0 and a.role in ('document','attachment') and f.state='done'"
        " and (select outcome from fetches where exchange=(select exchange from fetches where url=f.url and hop=0"
        " order by id desc limit 1) order by hop desc limit 1)=? order by f.id",
        source, outcome,
    )  # fmt: skip
    return [link(row) for row in rows]
