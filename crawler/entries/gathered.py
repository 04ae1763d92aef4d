"""Which families a crawl tells of, and with which changes; several new documents of one source in one entry."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import get_args

from crawler.classify.relevance import PATIENCE
from crawler.entries import word_limits
from crawler.entries.dates import day
from crawler.entries.templates import Sentence, say, structure
from crawler.entries.titles import short
from crawler.entries.values import WEIGHTS, Entry
from crawler.model import digest_of
from crawler.outbox import MAX_HELD, NEWLY_LISTED, STILL, Family, Late, Lot, gather, is_old
from crawler.store import Row, Store, crawls, dumps, families, outbox
from crawler.store.entries import GATHERED
from crawler.text import stamp

OLDER, MANY = GATHERED


def gathered_entry(store: Store, crawl: str, clock: datetime, lot: Lot) -> Entry:
    """Return the entry of a lot, under an id made of its source and the crawl, and of what sets it apart there.

    It is found under every value of its documents, and tells nothing of them but that they are there: title, date and
    link are those of the documents as they stand when it is shown.
    """
    of_source = crawls.source(store, lot.source)
    tops = [families.family(store, each.root)[0] for each in lot.families]
    facets = {pair for top in tops for pair in families.facets(store, top["id"])}
    facets |= {(name, top[name]) for top in tops for name in ("kind", "publisher") if top[name]}
    kinds = {str(top["kind"]) for top in tops}
    kind = OLDER if lot.is_old else MANY
    title = _headline(kind, str(of_source["name"]), len(tops))
    rows = [row for each in lot.families for row in each.rows]
    return Entry(
        row={
            "id": digest_of(lot.source, crawl, *_marks(lot))[:20],
            "crawl": crawl,
            "kind": kind,
            "verb": "Newly listed" if lot.is_old else "New",
            "document_kind": kinds.pop() if len(kinds) == 1 else "",
            "source": lot.source,
            "publisher": of_source["publisher"],
            "significance": min((row["significance"] for row in rows), key=WEIGHTS.index),
            "confirmed": int(lot.confirmed),
            "aimed_at": dumps(sorted(value for facet, value in facets if facet == "aimed_at")),
            "seen": min((row["seen"] for row in rows), default=stamp(clock)),
        },
        title=title,
        summary=[*_dated(tops if lot.is_old else ()), say("each listed")],
        late=said(lot.late),
        facets=sorted(facets),
        sections=[(each.root, "") for each in lot.families],
        changes=[name for each in lot.families for name in (*(row["id"] for row in each.rows), *each.folded)],
    )


def _marks(lot: Lot) -> Iterator[str]:
    """Yield what sets a lot apart from the new and confirmed documents of its source and crawl."""
    if lot.is_old:
        yield OLDER
    if (late := said(lot.late)) is not None:
        yield str(late)
    if not lot.confirmed:
        yield "not confirmed"


def _headline(kind: str, name: str, number: int) -> Sentence:
    template, count = f"gathered {kind}", structure(number)
    room = word_limits.HEADLINE - word_limits.words(str(say(template, count=count, name=structure(""))))
    return say(template, count=count, name=short(name, room))


def _dated(tops: Sequence[Row]) -> Iterator[Sentence]:
    """Yield from when to when some documents are dated by their publisher."""
    dates = sorted(str(date)[:10] for top in tops if (date := top["published"] or top["updated"]))
    if not dates:
        return
    if dates[0] == dates[-1]:
        yield say("gathered dated", day=structure(day(dates[0])))
    else:
        yield say("gathered between", first=structure(day(dates[0])), last=structure(day(dates[-1])))


def due(store: Store, crawl: str) -> tuple[list[Family], list[Lot]]:
    """Return the families that get an entry in a crawl, in the order of their names, and those that share one."""
    folded, ready = outbox.folded(store, crawl), outbox.ready(store, crawl)
    return gather([_family(store, root, ready[root], folded.get(root, ())) for root in sorted(ready)])


def whatever(store: Store, crawl: str, root: str) -> Family | None:
    """Return a family with what happened to it in a crawl, or else before it, whatever its standing; None if nothing.

    ``late`` is left open where that lies in earlier crawls.
    """
    rows = outbox.seen(store, crawl, root)
    return Family(root=root, standing=families.standing(store, root), rows=rows) if rows else None


def _family(store: Store, root: str, rows: Sequence[Row], folded: tuple[str, ...]) -> Family:
    late = {reason for row in rows for reason in json.loads(row["late"])}
    new = next((row for row in rows if row["kind"] == "new" and row["document"] == root), None)
    return Family(
        root=root,
        standing=families.standing(store, root),
        rows=rows,
        late=next((reason for reason in get_args(Late) if reason in late), ""),
        folded=folded,
        source="" if new is None else str(new["of_source"]),
        is_listed_late=new is not None and NEWLY_LISTED in new["late"] and not _is_of_release(store, new),
    )


def said(late: Late) -> Sentence | None:
    """Return why something comes late as a sentence, None where it does not."""
    if not late:
        return None
    still = {"visits": structure(STILL)}
    fills = {"late undecided": {"days": structure(PATIENCE.days)}, "late unsettled": still, "late still": still,
             "late held": {"days": structure(MAX_HELD.days), **still}}  # fmt: skip
    return say(late, **fills.get(late, {}))


def _is_of_release(store: Store, new: Row) -> bool:
    """Whether something new announces a release that was to come when it was seen, or not long before."""
    return any(not is_old(day, new["seen"]) for day in families.days(store, new["document"], "released"))
