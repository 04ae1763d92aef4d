"""Changes: one row for each difference."""

from collections.abc import Iterable, Sequence

from crawler.reconcile.facts import LEADS
from crawler.reconcile.streams import Announced
from crawler.store import outbox
from crawler.store.store import Row, Store, dumps


def add(store: Store, rows: Iterable[Row], *, silent: str = "", late: str = "") -> int:
    """Insert changes unless they are there already; return how many were new.

    ``silent`` says why they are not announced, ``late`` why they are late, empty where they may be and are not.
    """
    new = [str(row["id"]) for row in rows if store.insert_new("changes", row, "id")]
    if new:
        outbox.add(store, new, silent, late)
    return len(new)


def capture_of(store: Store, version: str | None) -> tuple[str, str]:
    """Return time and digest of the capture behind a version, two empty texts for None."""
    row = store.one("select f.time, f.digest from versions v join fetches f on f.id=v.fetch where v.id=?", version)
    return (str(row["time"]), str(row["digest"])) if row else ("", "")


def status_behind(store: Store, document: str, kind: str) -> int | None:
    """Return the HTTP status of the answer behind the newest change of a kind, None where there is no such change."""
    found = store.value(
        "select f.status from changes c join fetches f on f.id=c.fetch where c.document=? and c.kind=?"
        " order by c.fetch desc, c.id limit 1",
        document, kind,
    )  # fmt: skip
    return None if found is None else int(found)


def withdrawals(store: Store, document: str) -> frozenset[tuple[str, str | None]]:
    """Return notes and dates of the withdrawals of a document that were seen."""
    rows = store.all("select note, occurred from changes where document=? and kind='withdrawn'", document)
    return frozenset((row["note"], row["occurred"]) for row in rows)


def announced_by_others(store: Store, document: str, version: str) -> tuple[Announced, ...]:
    """Return what other sources than that of a version announced of its document since, the newest first."""
    rows = store.all(
        "select s.path, c.kind, c.after, nullif(lower(hex(a.digest)), '') as digest"
        " from announcements c join versions v on v.id=c.version join versions p on p.id=?"
        " left join sections s on s.id=coalesce(c.after_section, c.before_section)"
        " left join sections a on a.id=c.after_section where c.document=?"
        " and c.cause='source' and c.silent in ('', 'turning') and v.source<>p.source and c.fetch>=p.fetch"
        " order by c.fetch desc, c.seq desc",
        version, document,
    )  # fmt: skip
    return tuple(Announced(**row) for row in rows)


def leads(store: Store, document: str, url: str) -> bool:
    """Return whether it was told that the address of a document leads to the page of another one."""
    found = store.value(
        "select 1 from changes where document=? and kind='relocated' and path=? and after=?", document, LEADS, url
    )
    return found is not None


def begun(store: Store, crawl: str, status: str) -> list[Row]:
    """Return the provisions that lost a status in a crawl, each with from when the wordings before and after apply."""
    return store.all(
        "select c.id, c.document, coalesce(a.path, c.path) as path, c.occurred, p.valid_from as before,"
        " v.valid_from as after from changes c join sections b on b.id=c.before_section"
        " join sections a on a.id=c.after_section join versions v on v.id=c.version join versions p on p.id=c.previous"
        " where c.crawl=? and b.status=? and a.status<>b.status order by c.rowid",
        crawl, status,
    )  # fmt: skip


_EXPLAINABLE = (
    "select c.id, c.document, c.version, c.previous, c.kind, c.path, c.words<>'[]' as has_words,"
    " c.reasons, c.occurred, c.crawl,"
    " b.path as path_before, b.status as status_before, a.path as path_after, a.status as status_after"
    " from changes c left join sections b on b.id=c.before_section left join sections a on a.id=c.after_section"
    " where c.version is not null and c.previous is not null and c.path<>'' and {} order by c.rowid"
)


def explainable(store: Store, crawl: str, documents: Sequence[str]) -> list[Row]:
    """Return changes of provisions that need reasons: all of a crawl, and earlier ones of documents that have none."""
    named = "c.document in (select value from json_each(?)) and c.reasons='[]' and c.crawl<>?"
    return [
        *store.all(_EXPLAINABLE.format("c.crawl=?"), crawl),
        *store.all(_EXPLAINABLE.format(named), dumps(list(documents)), crawl),
    ]


def places(store: Store, crawl: str) -> list[Row]:
    """Return the places, each a document and a path, at which a crawl saw a change that may be announced.

    Not those of texts with legal validity, whose wordings are in force one after the other.
    """
    return store.all(
        "select distinct document, path from announcements c where crawl=? and cause='source' and silent='' and"
        f" {outbox.AT_PLACE} and not exists"
        " (select 1 from versions v where v.id=c.version and v.valid_from is not null) order by 1, 2",
        crawl,
    )


def at_place(store: Store, document: str, path: str, crawl: str, *, days: int) -> list[Row]:
    """Return the changes of a place seen in a crawl or so many days before it, the oldest first.

    ``visit`` is how often the page that showed one was read since then; ``is_page``: it is one of HTML.
    ``heading`` is that of its section, ``was`` when the text before it was read.
    """
    return store.all(
        "select c.*, (select count(distinct f.crawl) from fetches f join fetches own on own.id=c.fetch"
        f" where f.url=own.url and f.crawl>c.crawl and f.crawl<=now.id and f.outcome in {outbox.READ!r}) as visit,"
        " coalesce((select heading from sections where id=coalesce(c.after_section, c.before_section)), '') as heading,"
        " coalesce(v.representation='html' and s.protocol<>'govuk', 0) as is_page,"
        " (select captured from versions where id=c.previous) as was"
        " from crawls now join announcements c on c.crawl > strftime('%Y%m%dT%H%M%SZ', now.clock, ?)"
        " and c.crawl <= now.id left join versions v on v.id=c.version left join sources s on s.id=v.source"
        f" where now.id=? and c.document=? and c.path=? and c.{outbox.AT_PLACE} and c.cause in ('source', 'template')"
        " and c.silent in ('', 'template', 'unsettled', 'turning') order by c.fetch, c.seq",
        f"-{days} days", crawl, document, path,
    )  # fmt: skip


def last_read_before(store: Store, change: str) -> str:
    """Return when the page of a change was read last before it; when it was seen, if never."""
    return str(
        store.value(
            "select coalesce(max(f.time), own.time) from changes c join fetches own on own.id=c.fetch"
            " left join fetches f on f.url=own.url and f.crawl<c.crawl"
            f" and f.outcome in {outbox.READ!r} where c.id=? group by own.id",
            change,
        )
    )


def of_addresses(store: Store, crawl: str) -> list[Row]:
    """Return the new addresses of documents that a crawl would announce."""
    return store.all(
        "select id, before, after from announcements where crawl=? and kind='relocated' and path='' and silent=''"
        " and entry is null order by id",
        crawl,
    )


def of_blocks(store: Store, crawl: str, *, days: int) -> list[Row]:
    """Return changes of sections of HTML pages that may be announced, seen in a crawl or so many days before it.

    ``block`` is what changed, as JSON: the words before and after, or, where a page begins or ends with words that came
    or went, these alone (``[[``). Only changes of a crawl are returned whose block another document shares.
    """
    return store.all(
        "with near as (select c.id, c.document, c.kind, c.flags, c.crawl, c.entry, d.url,"
        " case when (select group_concat(value ->> 0, '') from json_each(c.words))"
        " in ('=+', '=-', '=-+', '=+-', '+=', '-=', '-+=', '+-=') and"
        " c.after_section = v.sections ->> iif(c.words ->> '$[0][0]' = '=', '$[#-1]', '$[0]')"
        " then json_remove(c.words, iif(c.words ->> '$[0][0]' = '=', '$[0]', '$[#-1]'))"
        " else json_array(c.before, c.after) end as block"
        " from crawls now join announcements c on c.crawl > strftime('%Y%m%dT%H%M%SZ', now.clock, ?)"
        " and c.crawl <= now.id join documents d on d.id=c.document join versions v on v.id=c.version"
        " join sources s on s.id=v.source"
        " where now.id=? and c.cause in ('source', 'template') and c.silent in ('', 'template') and c.path<>''"
        " and v.representation='html' and s.protocol<>'govuk')"
        " select * from near where (kind, block) in"
        " (select kind, block from near group by 1, 2 having count(distinct document)>1) order by id",
        f"-{days} days", crawl,
    )  # fmt: skip
