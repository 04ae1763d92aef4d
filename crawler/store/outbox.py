"""The outbox: a row for each change, and whether it is announced; what is decided is in :mod:`crawler.outbox`."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence

from crawler.outbox import CLOSING, DUPLICATE, MAX_HELD, NO_WORDS, TURNING, UNSETTLED, Item
from crawler.store import frontier
from crawler.store.frontier import Requester
from crawler.store.store import Row, Store, dumps
from crawler.store.visibility import private

AT_PLACE = "kind in ('changed', 'added', 'removed', 'retitled', 'status')"
"""Whether a change is one at a place of a text, which it shares with others."""
READ = ("accepted", "unchanged", "not modified")
"""Outcomes of a fetch by which a page was read, or is known to say what it said."""


def add(store: Store, changes: Sequence[str], silent: str, late: str) -> None:
    """Put changes into the outbox, silent for a reason or until a crawl closes; ``late``: why they are late."""
    store.do(
        "insert or replace into outbox select c.id, d.root, ?, ?, c.crawl, iif(?='', w.clock, null), ?, null"
        " from json_each(?) j join changes c on c.id=j.value join documents d on d.id=c.document"
        " join crawls w on w.id=c.crawl",
        "silent" if silent else "waiting", silent or CLOSING, silent, dumps([late] if late else []), dumps(changes),
    )  # fmt: skip


def silence(store: Store, change: str, reason: str) -> None:
    """Let a change of this crawl be silent, or wait as its words go to and fro or may be others at the next visit."""
    state = "waiting" if reason in (UNSETTLED, TURNING) else "silent"
    store.update("outbox", {"change": change}, {"state": state, "reason": reason})


def release(store: Store, held: Sequence[str]) -> None:
    """Let changes be told when this crawl closes that waited as their words might have been others at each visit."""
    for change in held:
        store.do("update outbox set reason=? where change=? and reason=?", CLOSING, change, TURNING)


def of_appearance(store: Store, document: str) -> str:
    """Return why the appearance of a document is not announced, or gathered with others; empty where it is."""
    return str(store.value("select silent from appearances where document=?", document) or "")


# Settled when a crawl closes


def waiting(store: Store, now: str, let_in: Collection[str]) -> list[Item]:
    """Return what waits of families that may be told of when a crawl of the clock ``now`` closes.

    Those are families with something that is due, with a document that is ``let_in``, or in another band since then.
    """
    rows = store.all(
        "with play(root) as (select d.root from outbox o join changes c on c.id=o.change join documents d"
        " on d.id=c.document where o.state='waiting' and o.due<=?"
        " union select d.root from relevance r join documents d on d.id=r.document"
        " where r.since=? and r.band in ('in', 'review', 'out')"
        " union select root from documents where id in (select value from json_each(?)))"
        " select o.change, d.root, o.root as told_with, o.state, o.reason, o.since, o.due, o.late, c.document, c.kind,"
        " c.path, c.after, iif(o.reason in (?, ?), (select"
        " count(distinct f.crawl) from fetches own join fetches f on f.url=own.url and f.crawl>(select max(l.crawl)"
        f" from changes l where l.document=c.document and l.path=c.path and l.{AT_PLACE} and l.cause='source')"
        f" and f.outcome in {READ!r} where own.id=c.fetch), 0) as visits,"
        " o.reason=? and julianday(date(?))-julianday(date(c.seen))>=? as is_overdue,"
        f" o.reason<>? or not exists (select 1 from changes l where l.document=c.document and l.path=c.path"
        f" and l.{AT_PLACE} and l.cause in ('source', 'template')"
        " and (l.fetch>c.fetch or (l.fetch=c.fetch and l.rowid>c.rowid))) as is_last,"
        " o.reason=? and coalesce((select t.late like '%late unsettled%' and l.after=c.after from changes l"
        " join outbox t on t.change=l.id where l.document=c.document and l.path=c.path and t.state='announced'"
        f" and l.{AT_PLACE} order by l.fetch desc, l.rowid desc limit 1), 0) as is_known,"
        " iif(o.reason=?, (select count(*) from changes l join outbox t on t.change=l.id where l.document=c.document"
        f" and l.path=c.path and t.state='announced' and t.late like '%unsettled%' and l.{AT_PLACE}), 0) as stills,"
        f" {private('d.id')} as is_private"
        " from play cross join documents d on d.root=play.root cross join changes c on c.document=d.id"
        " cross join outbox o on o.change=c.id where o.state='waiting'",
        now, now, dumps(sorted(let_in)), UNSETTLED, TURNING, TURNING, now, MAX_HELD.days, *[UNSETTLED] * 3,
    )  # fmt: skip
    return [Item(**{**row, "late": tuple(json.loads(row["late"]))}) for row in rows]


def move(store: Store, items: Sequence[Item]) -> None:
    """Store the new states of changes."""
    for each in items:
        moved = {"root": each.root, "state": each.state, "reason": each.reason, "since": each.since, "due": each.due}
        store.update("outbox", {"change": each.change}, {**moved, "late": dumps(list(each.late))})


def queued(store: Store, crawl: str, ranks: Collection[int]) -> list[tuple[str, str, Requester]]:
    """Return the pages of documents that a crawl did not come to: address, media types asked for, and who asked."""
    rows = store.all(
        "select f.url, f.accept, f.rank, a.* from frontier f join frontier_askers a on a.frontier=f.id and a.wanted=1"
        " where f.state='queued' and f.crawl<>? and f.rank in (select value from json_each(?))"
        " and a.role in ('document','attachment','statement') order by f.id, a.source",
        crawl, dumps(sorted(ranks)),
    )  # fmt: skip
    return [(row["url"], row["accept"], frontier.asker(row, row["rank"])) for row in rows]


# Told


_TOLD = (
    "select c.*, d.root, d.title as document_title, d.parent, d.source as of_source,"
    f" {private('d.id')} as private, f.time as capture_time,"
    " f.digest as capture_digest, f.status as answer, coalesce(o.protocol, '') as protocol,"
    " case when s.heading<>'' and s.heading not glob '*[^. \u2026]*' then coalesce(b.heading, '')"
    " else coalesce(s.heading, '') end as heading,"
    " coalesce(s.number, '') as number, coalesce(b.path, '') as path_before,"
    " coalesce(b.heading, '') as heading_before, case when c.words<>'[]' and s.status like 'for %' then s.status"
    " else coalesce(b.status, '') end as status_before,"  # New words for one extent are words, and no new status.
    " coalesce(s.status, '') as status_after, coalesce(p.label, '') as label_before,"
    " coalesce(case when c.kind='note' then c.occurred else (select max(h.date) from document_history h"
    " where h.document=c.document and h.note=c.note and h.fetch=c.fetch) end, '') as noted,"
    " coalesce(v.label, '') as label_after, v.valid_from is not null and v.representation='structured' as law"
    " from announcements c join documents d on d.id=c.document left join fetches f on f.id=c.fetch"
    " left join sources o on o.id=f.source left join versions v on v.id=c.version"
    " left join versions p on p.id=c.previous"
    " left join sections s on s.id=coalesce(c.after_section, c.before_section)"
    " left join sections b on b.id=c.before_section"
    " where c.cause='source' and "
)
_ORDER = " order by c.crawl=?, d.root, d.id<>d.root, c.document, c.seen, c.seq"


def ready(store: Store, crawl: str) -> dict[str, list[Row]]:
    """Return what is announced now by the tops of its families: first what came before a crawl, the top of each first.

    ``late`` is why it is late, as a JSON list.
    """
    found: dict[str, list[Row]] = defaultdict(list)
    for row in store.all(f"{_TOLD} c.state='ready' and c.entry is null {_ORDER}", crawl):
        found[row["root"]].append(row)
    return found


def folded(store: Store, crawl: str) -> dict[str, tuple[str, ...]]:
    """Return the changes that say nothing more than a family that a crawl tells of, by the top of that."""
    found: dict[str, list[str]] = defaultdict(list)
    rows = store.all(
        "select change, root from outbox where since=? and state='silent' and reason in (?, ?) and entry is null"
        " order by change",
        crawl, DUPLICATE, NO_WORDS,
    )  # fmt: skip
    for row in rows:
        found[row["root"]].append(row["change"])
    return {root: tuple(changes) for root, changes in found.items()}


def seen(store: Store, crawl: str, root: str) -> list[Row]:
    """Return what happened to a family in a crawl, else before it where no announced entry tells, in any state."""
    rows = store.all(f"{_TOLD} c.silent='' and c.crawl=? and d.root=? {_ORDER}", crawl, root, crawl)
    return rows or store.all(
        f"{_TOLD} c.silent='' and c.crawl<? and d.root=? and not exists"
        f" (select 1 from entries e where e.id=c.entry and e.announced is not null) {_ORDER}",
        crawl, root, crawl,
    )  # fmt: skip


def forget(store: Store, entry: str) -> None:
    """Forget which changes an entry tells: it is made anew, and what it tells no more is told by none."""
    store.do("update outbox set entry=null, state='silent', reason='read anew' where entry=?", entry)


def announce(store: Store, entry: str, crawl: str) -> None:
    """Record that the changes of an entry are announced; what only repeats them stays silent."""
    store.do(
        "update outbox set state='announced', reason='', since=?, due=null where entry=? and not (state='silent'"
        " and reason in (?, ?))",
        crawl, entry, DUPLICATE, NO_WORDS,
    )  # fmt: skip


def retract(store: Store, entry: str, crawl: str) -> None:
    """Record that an entry was taken back."""
    store.do("update outbox set state='retracted', since=? where entry=? and state='announced'", crawl, entry)
