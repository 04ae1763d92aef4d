"""What the health of a source is measured on."""

from crawler.store.store import Store

LISTS = ("feed", "listing", "sitemap")
"""Protocols whose entries each name a document or a page: those of a log tell of documents that may not be held."""
MIN_FAILED = 3
"""Pages that fail, all that were asked, after which a source has failed although others were read before."""

_READ = "outcome in ('accepted','unchanged','not modified')"
_LISTS = "role in ('listing','next') and exists (select 1 from json_each(asked) where value->>'source'=?)"
"""A page of a listing that a source asked for, alone or with others."""
_NO_LIST = "role not in ('listing','next','slice')"


def listings_read(store: Store, crawl: str, source: str) -> bool:
    """Return whether a page of a source's walk was read in full in a crawl, not only confirmed as it was."""
    return bool(
        store.value(
            "select 1 from fetches where crawl=? and outcome in ('accepted','missing') and (source=? or"
            f" ({_LISTS})) limit 1",
            crawl, source, source,
        )
    )  # fmt: skip


def is_unread(store: Store, crawl: str, source: str) -> bool:
    """Return whether nothing of what a source lists could be read: none of the pages behind it, or no entry at all.

    A page or two may be out of order where others were read before, or while they wait to be asked again. What is not
    found though the newest list names it is out of order, too.
    """
    row = store.one(
        f"select coalesce(sum({_READ}), 0) as read, coalesce(sum(outcome='missing'), 0) as missing,"
        " coalesce(sum(outcome in ('failed','quarantined')), 0)"
        " as failed from fetches where crawl=? and role in ('document','attachment')"
        " and exists (select 1 from json_each(asked) where value->>'source'=?)",
        crawl, source,
    ) or {}  # fmt: skip
    if row["missing"] and not row["read"] and row["failed"] + _named_in_vain(store, source) >= MIN_FAILED:
        return True
    known = store.one(
        "select count(*) as number, count(d.checked) as read, exists (select 1 from frontier_askers a where a.source=?"
        f" and a.{_NO_LIST}) as is_asked, exists (select 1 from frontier_askers a join frontier f"
        f" on f.id=a.frontier where a.source=? and a.wanted and f.state='queued' and a.{_NO_LIST})"
        " as waits from document_sources x join documents d on d.id=x.document where x.source=?",
        source, source, source,
    ) or {}  # fmt: skip
    if row["failed"] and not row["read"] and not row["missing"]:
        return bool(row["failed"] >= MIN_FAILED or not (known["read"] or known["waits"]))
    is_list = store.value("select protocol from sources where id=?", source) in LISTS
    return is_list and not known["number"] and not known["is_asked"]


def _named_in_vain(store: Store, source: str) -> int:
    """Return how many documents that the newest reading of a source's lists named were not found lately."""
    lists = f"from fetches where {_LISTS} and outcome='accepted'"
    found = store.value(
        "select count(*) from document_sources x join documents d on d.id=x.document where x.source=? and"
        f" d.availability='suspect' and x.last_seen>=(select min(time) {lists} and crawl=(select max(crawl) {lists}))",
        source, source, source,
    )  # fmt: skip
    return int(found or 0)


def first_page(store: Store, crawl: str, source: str) -> int | None:
    """Return how many documents the first page of a source's listing lists, None where it has no listing."""
    found = store.value(
        f"select sum(entries) from fetches where crawl=? and {_LISTS} and role='listing' and entries is not null"
        f" and {_READ}",
        crawl, source,
    )  # fmt: skip
    return None if found is None else int(found)


def has_cursor(store: Store, source: str) -> bool:
    """Return whether a source's walks start where the last one ended, so that nothing known is expected.

    A cursor ``whole`` says that each walk reads everything.
    """
    return bool(store.value("select 1 from cursors where source=? and cursor<>'whole'", source))


def count_changed(store: Store, crawl: str) -> None:
    """Count for each run of a crawl the documents that their publisher changed."""
    store.do(
        "update runs set changed=(select count(distinct c.document) from announcements c join fetches f on f.id=c.fetch"
        " where c.crawl=runs.crawl and f.source=runs.source and c.cause='source' and c.kind<>'new'"
        " and c.silent<>'weaker representation') where crawl=?",
        crawl,
    )
