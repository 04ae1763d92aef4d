"""The entries of one crawl, made from what its publishers changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from crawler.entries import headlines, provisions, series
from crawler.model import digest_of
from crawler.store import Row, Store, dumps, entries
from crawler.text import latest, moment, stamp

ALWAYS = frozenset({"new", "withdrawn", "gone", "returned", "relocated", "status", "date", "note"})
"""Changes of a document itself are told however few words they have; a new title only where it has other words."""
HEADLINED = frozenset({"new", "withdrawn", "gone", "returned"})
"""What the headline says already where it happened to the document at the top."""
STATED = "no status stated"
"""What stands for the status of a provision of which the publisher says nothing: in force, as a rule."""
QUOTED = 4000
"""Most characters of one run of words that an entry repeats; the page of the document has all."""


def derive(store: Store, crawl: str, clock: datetime) -> int:
    """Make the entries of a crawl, not announced yet; give how many."""
    made = 0
    for root, group in groupby(entries.told(store, crawl), key=lambda row: str(row["root"])):
        rows = list(group)
        if any(row["kind"] in ALWAYS or row["significance"] != "editorial" for row in rows):
            _insert(store, crawl, root, rows)
            made += 1
    return made + _watching(store, crawl, clock) + series.derive(store, crawl, clock)


def identifier(root: str, crawl: str) -> str:
    """Give the id of an entry: of the family and the crawl that saw it, so that it survives every new parser."""
    return digest_of(root, crawl)[:20]


def _insert(store: Store, crawl: str, root: str, rows: Sequence[Row]) -> None:
    top = entries.family(store, root)
    kind = headlines.kind_of(rows, root)
    name = identifier(root, crawl)
    lead = next((row for row in rows if row["document"] == root), rows[0])
    significance = min((row["significance"] for row in rows), key=("legal effect", "substantive", "editorial").index)
    row = {
        "id": name,
        "crawl": crawl,
        "document": root,
        "kind": kind,
        "title": headlines.headline(kind, top["title"]),
        "summary": series.introduced(store, rows, headlines.summary(rows, root) or top["summary"]),
        "details": dumps([_told(each) for each in rows if _adds(each, root)]),
        "url": top["url"],
        "jurisdiction": top["jurisdiction"],
        "publisher": top["publisher"],
        "source": top["source"],
        "document_kind": top["kind"],
        "published": top["published"],
        "updated_by_publisher": top["updated"],
        "occurred": next((each["occurred"] for each in rows if each["occurred"]), None),
        "in_force": top["in_force"],
        "note": next((each["note"] for each in rows if each["note"] and not headlines.is_ours(each)), ""),
        "significance": significance,
        "late": _late(store, top, crawl) if kind == "new" else "",
        "seen": min(each["seen"] for each in rows),
        "announced": None,
        "updated": None,
        "state": "silent",
        "capture_time": lead["capture_time"],
        "capture_digest": lead["capture_digest"] or "",
        "fetch": lead["fetch"],
    }
    entries.put(store, row, [each["id"] for each in rows])


def _adds(row: Row, root: str) -> bool:
    """Tell whether a change says more than the headline and the publisher's note."""
    return row["kind"] != "note" and not (row["kind"] in HEADLINED and row["document"] == root)


def _told(row: Row) -> dict[str, object]:
    words = [[op, text if len(text) <= QUOTED else text[:QUOTED] + " …"] for op, text in json.loads(row["words"])]
    if not words and row["kind"] in ("added", "removed"):
        op, text = ("+", row["after"]) if row["kind"] == "added" else ("-", row["before"])
        words = [[op, text if len(text) <= QUOTED else text[:QUOTED] + " …"]]
    if not words and row["before"] != row["after"] and row["kind"] in ("retitled", "status", "date", "relocated"):
        words = [["-", row["before"]], ["+", row["after"]]]
    if not words and row["kind"] == "renumbered":
        words = [["-", provisions.name_before(row)], ["+", provisions.name(row)]]
    if not words and row["kind"] == "changed" and row["status_before"] != row["status_after"]:
        words = [["-", row["status_before"] or STATED], ["+", row["status_after"] or STATED]]
    return {
        "kind": row["kind"],
        "document": row["document"],
        "path": row["path"],
        "heading": row["heading"] or "",
        "words": words,
    }


def _late(store: Store, top: Row, crawl: str) -> str:
    """Give why a document comes late: its publisher's date lies in a time when its source could not be checked."""
    before, seconds = entries.walk_before(store, top["source"], crawl)
    if before is None or not top["published"] or len(top["published"]) < len("2026-01-01"):
        return ""
    published, walked, seen = latest(top["published"]), moment(before), moment(top["first_seen"])
    if published is None:
        return ""
    schedule = timedelta(seconds=seconds)
    if seen - walked <= 2 * schedule or published < walked - timedelta(days=1) or seen - published <= schedule:
        return ""
    return f"its source could not be checked between {before[:10]} and {top['first_seen'][:10]}"


def _watching(store: Store, crawl: str, clock: datetime) -> int:
    """One entry says which sources are watched from this crawl on, instead of announcing all they hold."""
    started, unread = entries.watching(store, crawl, stamp(clock))
    if not started:
        return 0
    names = ", ".join(started)
    title = f"Started watching {len(started)} {'source' if len(started) == 1 else 'sources'}"
    if unread:
        title += f"; {len(unread)} could not be read"
    summary = f"Watched from now on: {names}." + (f" Could not be read: {', '.join(unread)}." if unread else "")
    row = {
        "id": identifier("", crawl),
        "crawl": crawl,
        "document": None,
        "kind": "watching",
        "title": title,
        "summary": summary,
        "details": "[]",
        "url": "",
        "jurisdiction": "",
        "publisher": None,
        "source": None,
        "document_kind": "round-up",
        "published": None,
        "updated_by_publisher": None,
        "occurred": None,
        "in_force": "not applicable",
        "note": "",
        "significance": "editorial",
        "late": "",
        "seen": stamp(clock),
        "announced": None,
        "updated": None,
        "state": "silent",
        "capture_time": None,
        "capture_digest": "",
        "fetch": None,
    }
    entries.put(store, row, [])
    return 1
