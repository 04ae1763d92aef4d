"""One entry of one family, composed from what changed in it and from what is known of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from crawler.changes import FLAGS
from crawler.entries import (
    certainty,
    concerned,
    details,
    editions,
    headlines,
    law,
    lengths,
    opening,
    provisions,
    reasons,
    series,
)
from crawler.entries.dates import day
from crawler.entries.due import Due
from crawler.entries.provisions import KINDS
from crawler.entries.templates import Said, capital, plain, say, source, structure
from crawler.entries.values import Entry
from crawler.identifiers import affected
from crawler.model import digest_of
from crawler.store import Row, Store, dumps, entries, told
from crawler.text import latest, moment, stamp

REVERTED = "reverted"
"""Mark beside the flags of changes: a wording is back that was there before."""
FLIP = timedelta(days=90)
"""Time in which a wording that goes and comes back is recognised."""
WEIGHTS = ("legal effect", "substantive", "editorial")
OF_LAW = (*KINDS, "status")
"""Changes whose date is one of law; that of the others is the publisher's: of a withdrawal, of an update."""
QUOTED = 3
"""Most changes that are told in their words."""
RESTORED = 2
"""Most provisions of which it is said that an earlier wording is back."""


def identifier(root: str, crawl: str) -> str:
    """Give the id of an entry: of the family and the crawl that saw it, so that it survives every new parser."""
    return digest_of(root, crawl)[:20]


def compose(store: Store, crawl: str, clock: datetime, due: Due) -> Entry:
    """Give the entry of a family."""
    rows, family = due.rows, told.family(store, due.root)
    top, kind = family[0], headlines.kind_of(rows, due.root)
    shown = _shown(rows, family)
    restored = list(_restored(store, shown, clock))
    facets = sorted({*told.facets(store, due.root), *concerned.facets(store, family, shown)})
    flags = {flag for row in rows for flag in json.loads(row["flags"])} | {REVERTED for _ in restored[:1]}
    unpublished = kind == "withdrawn" and headlines.is_unpublished(rows, due.root)
    row = {
        "id": identifier(due.root, crawl),
        "crawl": crawl,
        "document": due.root,
        "kind": kind,
        "details": dumps(details.told(shown, due.root)),
        "aimed_at": dumps([value for facet, value in facets if facet == "aimed_at"]),
        "flags": dumps([flag for flag in (*(name for name, _ in FLAGS), REVERTED) if flag in flags]),
        "confirmed": int(due.confirmed),
        "copies": dumps(told.copies(store, due.root)),
        **_facts(top, rows, kind),
        "note": headlines.note_of(shown),
        **_capture(store, crawl, rows, due.root),
    }
    return Entry(
        row=row,
        title=headlines.headline(kind, top["title"], unpublished=unpublished),
        summary=_fitting(store, due, family, kind, restored),
        late=due.late or (_late(store, top, crawl) if kind == "new" else None),
        why=reasons.why(due.standing, _headings(store, top), _hidden(family)),
        look_for=_look_for(store, due, family, kind),
        sure=_sure(store, family, confirmed=due.confirmed),
        facets=facets,
        sections=sorted(set(_sections(store, due, shown))),
        changes=(*(each["id"] for each in rows), *due.folded),
    )


def _facts(top: Row, rows: Sequence[Row], kind: str) -> Row:
    dates = {each["occurred"] for each in rows if each["kind"] in OF_LAW and each["occurred"]}
    several = len(dates) > 1 or (kind == "new" and top["in_force"] in ("in parts", "not yet"))
    several = several or law.begins_in_parts(top, rows)
    return {
        "url": top["url"],
        "jurisdiction": top["jurisdiction"],
        "publisher": top["publisher"],
        "source": top["source"],
        "document_kind": top["kind"],
        "published": top["published"],
        "updated_by_publisher": top["updated"],
        # Of several dates of commencement none is shown as the one.
        "occurred": None if several or not dates else next(iter(dates)),
        "in_force": top["in_force"],
        "significance": min((each["significance"] for each in rows), key=WEIGHTS.index),
    }


def _capture(store: Store, crawl: str, rows: Sequence[Row], root: str) -> Row:
    """Give the capture behind an entry: of what is new its own page where that was read, not the list that named it."""
    lead = next((row for row in rows if row["document"] == root), rows[0])
    if lead["kind"] == "new":
        lead = {**lead, **(told.page_of(store, lead["document"], lead["crawl"], crawl) or {})}
    return {
        "seen": min(each["seen"] for each in rows),
        "capture_time": lead["capture_time"],
        "capture_digest": lead["capture_digest"] or "",
        "fetch": lead["fetch"],
    }


# The summary


def _hidden(family: Sequence[Row]) -> set[str]:
    """Give the attachments of a public family that can name people: readers get none of their words."""
    return set() if family[0]["private"] else {each["id"] for each in family if each["private"]}


def _shown(rows: Sequence[Row], family: Sequence[Row]) -> list[Row]:
    hidden = _hidden(family)
    return [row for row in rows if row["document"] not in hidden]


def _fitting(store: Store, due: Due, family: Sequence[Row], kind: str, restored: Sequence[Said]) -> list[Said]:
    """Give the summary with as many short changes in their words as there is room for."""
    found: list[Said] = []
    for quoted in range(0 if family[0]["private"] else QUOTED, -1, -1):
        found = [*_summary(store, due, family, kind, quoted), *restored]
        if lengths.words(plain(found)) <= lengths.SUMMARY:
            break
    return found


def _summary(store: Store, due: Due, family: Sequence[Row], kind: str, quoted: int) -> Iterator[Said]:
    """Give what happened; of something new, which edition it is, what it does, and its publisher's own summary."""
    top, rows = family[0], _shown(due.rows, family)
    happened = headlines.summary(rows, due.root, quoted) if rows else []
    note = None if kind == "new" or top["private"] else headlines.noted(rows, due.root)
    if any(row["kind"] == "new" for row in rows):
        of_series = list(series.introduced(store, rows))
        yield from of_series or (editions.follows(store, top) if kind == "new" else ())
        if kind == "new" and law.is_law(family):
            yield from law.of_new(store, top)
    if note is not None and kind != "withdrawn":
        yield note
    yield from happened
    if note is not None and kind == "withdrawn":
        yield note
    if any(row not in rows and not (kind == row["kind"] == "new") for row in due.rows):
        yield say("hidden")
    if law.is_law(family):
        yield from law.brought_by(store, due.root, rows)
        yield from law.applies(family[0], rows)
    if all(row["significance"] == "editorial" for row in due.rows):
        yield say("editorial")
    elif rows and not happened and top["summary"]:
        yield say("own summary", summary=source(top["summary"]))


def _restored(store: Store, rows: Sequence[Row], clock: datetime) -> Iterator[Said]:
    """Give what earlier wordings are back: that of a whole document, else those of provisions, the first few."""
    since, whole, parts = stamp(clock - FLIP), dict[str, str | None](), 0
    for row in rows:
        if row["version"] not in whole:
            whole[row["version"]] = told.restored(store, row, since)
            if date := whole[row["version"]]:
                yield say("restores", day=structure(day(date)))
        if whole[row["version"]] is None and (date := told.restored_part(store, row, since)) and parts < RESTORED:
            parts += 1
            yield say("restores part", named=capital(provisions.name(row)), day=structure(day(date)))


# Where to look, and how sure


def _headings(store: Store, top: Row) -> dict[str, str]:
    return {row["path"]: row["heading"] for row in told.headings(store, top["id"])}


def _look_for(store: Store, due: Due, family: Sequence[Row], kind: str) -> tuple[Said, ...]:
    if any(each["private"] for each in family):
        return ()
    if kind != "new":
        return opening.changed(due.rows, law=law.is_law(family))
    words = opening.topic_words([due.standing["why"], *told.words(store, due.root)])
    longest = max(family, key=lambda each: (each["representation"] != "summary", each["characters"] or 0))
    return opening.telling(told.headings(store, longest["id"]), words, law=law.is_law(family))


def _sure(store: Store, family: Sequence[Row], *, confirmed: bool) -> tuple[Said, ...]:
    problems = {each["id"]: told.problems(store, each["read_from"]) for each in family if each["read_from"]}
    dated = told.dated_by(store, family[0]["id"])
    return certainty.sure(family, dated, problems, confirmed=confirmed)


def _sections(store: Store, due: Due, shown: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """Give what an entry tells of: its family, what changed, and the provisions of other laws that it concerns."""
    yield due.root, ""
    for row in due.rows:
        yield row["document"], ""
        if row["kind"] in KINDS and row in shown:
            yield row["document"], row["path"]
    for row in told.effects_of(store, due.root):
        yield row["document"], ""
        yield from ((row["document"], path) for path in affected(row["affected_provision"]))


def _late(store: Store, top: Row, crawl: str) -> Said | None:
    """Give why a document comes late: its publisher's date lies in a time when its source could not be checked."""
    before, seconds = entries.walk_before(store, top["source"], crawl)
    if before is None or not top["published"] or len(top["published"]) < len("2026-01-01"):
        return None
    published, walked, seen = latest(top["published"]), moment(before), moment(top["first_seen"])
    if published is None:
        return None
    schedule = timedelta(seconds=seconds)
    if seen - walked <= 2 * schedule or published < walked - timedelta(days=1) or seen - published <= schedule:
        return None
    return say("late unchecked", before=structure(day(before[:10])), after=structure(day(top["first_seen"][:10])))
