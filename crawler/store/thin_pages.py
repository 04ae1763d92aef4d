"""Pages read for the first time that say little, what waits at addresses like theirs, and what of it is news."""

from crawler.reconcile.traps import MAX_CHARACTERS, ThinPage
from crawler.store.store import Row, Store, dumps


def read_since(store: Store, crawl: str, source: str) -> list[ThinPage]:
    """Return the short web pages, or without words, that a source brought since a crawl, each with its title.

    What was read before is none, nor what leads to something of its own: a document below, a link that was followed.
    """
    rows = store.all(
        "select d.id, d.url, f.crawl, v.title || ' ' || coalesce((select group_concat(s.heading || ' ' || s.text, ' ')"
        " from json_each(v.sections) j join sections s on s.id=j.value), '') as words"
        " from versions v join fetches f on f.id=v.fetch and f.crawl>=? join documents d on d.current=v.id"
        " where v.source=? and v.representation='html' and v.characters<=?"
        " and not exists (select 1 from versions o where o.document=d.id and o.representation='html'"
        " and o.captured<v.captured)"
        " and not exists (select 1 from documents c where c.parent=d.id)"
        " and d.id not in (select parent from frontier_askers where source=?)"
        " union all select coalesce(d.id, 'url:' || f.url), f.url, max(f.crawl), coalesce(d.title, '')"
        " from fetches f left join aliases a on a.alias='url:' || f.url left join documents d on d.id=a.document"
        " where f.source=? and f.crawl>=? and f.role='document' and f.outcome='quarantined'"
        " and (f.reason like 'parse: %' or f.reason like 'empty: %')"
        " and not exists (select 1 from fetches o where o.url=f.url and o.outcome='accepted') group by f.url"
        " order by 1",
        crawl, source, MAX_CHARACTERS, source, source, crawl,
    )  # fmt: skip
    return [ThinPage(document=row["id"], url=row["url"], crawl=row["crawl"], words=row["words"]) for row in rows]


def queued(store: Store, source: str) -> list[Row]:
    """Return the pages of documents that a source waits for, but those of its walk: row in the frontier, address."""
    return store.all(
        "select f.id, f.url from frontier_askers a join frontier f on f.id=a.frontier"
        " where a.source=? and a.wanted=1 and a.role='document' and f.state='queued' and f.rank>0",
        source,
    )


def appeared(store: Store, crawl: str, source: str) -> list[Row]:
    """Return what appeared in a crawl for a source and is not silent: the change, document, address, whether read."""
    return store.all(
        "select c.id, c.document, d.url, exists (select 1 from versions v where v.document=d.id"
        " and v.representation<>'summary') as is_read from announcements c join documents d on d.id=c.document"
        " where c.crawl=? and c.kind='new' and c.silent='' and d.source=? order by c.seq",
        crawl, source,
    )  # fmt: skip


def read_after_all(store: Store, crawl: str, hollow: list[str]) -> list[str]:
    """Return the changes that were silent with a trap, as their page was not read, which says something in a crawl."""
    rows = store.all(
        "select c.id from fetches f join versions v on v.fetch=f.id join changes c on c.document=v.document"
        " where f.crawl=? and c.kind='new' and c.cause='template' and c.crawl<? and c.document not in"
        " (select value from json_each(?)) and not exists (select 1 from versions o where o.document=v.document"
        " and o.representation<>'summary' and o.captured<v.captured)",
        crawl, crawl, dumps(hollow),
    )  # fmt: skip
    return [row["id"] for row in rows]
