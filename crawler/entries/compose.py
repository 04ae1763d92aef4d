"""One entry of one family, composed from what changed in it and from what is known of it."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

from crawler import wording
from crawler.changes import FLAGS
from crawler.entries import (
    appointed,
    audience,
    begins,
    confidence,
    details,
    ended,
    extents,
    headlines,
    law,
    limits,
    look_for,
    namesakes,
    notes,
    part_read,
    procedures,
    revokes,
    subprovisions,
    summary,
    union,
    until,
    wholes,
    why,
    word_limits,
)
from crawler.entries.dates import day, is_stale, stated_day
from crawler.entries.gathered import said
from crawler.entries.templates import Sentence, say, structure
from crawler.entries.values import WEIGHTS, Entry
from crawler.feeds.weight import BOUND, LAW, nations
from crawler.identifiers import affected, law_year, singly
from crawler.model import digest_of
from crawler.outbox import MIN_AGE_OF_OLDER, UNSETTLED, Family
from crawler.sources import areas
from crawler.store import Row, Store, commencements, dumps, entries, families, wordings
from crawler.text import latest, moment

REVERTED = "reverted"
"""Mark beside the flags of changes: a wording is back that was there before."""
STAYING = ("new", "withdrawn", "gone", "returned")
"""What is told of a document although its appearance is told in the same entry."""
NO_TEXT = (None, "summary")
"""Representations of which no part can be opened."""
OF_LAW = (*wording.OF_PROVISIONS, "status")
"""Changes whose date is one of law; that of the others is the publisher's: of a withdrawal, of an update."""


_KINGDOM = re.compile(r"(?<![\w/.-])(?:UK|U\.K\.|United Kingdom|Britain)(?![\w.]*[\w/])")
"""Words by which a document says that it is of the United Kingdom."""


def identifier(root: str, crawl: str) -> str:
    """Return the id of an entry: of the family and the crawl that saw it, so that it survives every new parser."""
    return digest_of(root, crawl)[:20]


def compose(store: Store, crawl: str, clock: datetime, due: Family) -> Entry:
    """Return the entry of a family."""
    family = families.family(store, due.root)
    over, is_old = ended.at_first(due.rows, family[0]), due.is_old
    due = _appeared(due)
    rows = due.rows
    top, kind = family[0], headlines.kind_of(rows, due.root)
    shown = summary.shown_changes(rows, family)
    restored = list(summary.restored_wordings(store, shown, clock))
    facets = sorted({
        *families.facets(store, due.root), *audience.facets(store, family, shown), *union.bound(store, top),
        *_bound(family), *extents.facets(store, top),
    })  # fmt: skip
    flags = {flag for row in rows for flag in json.loads(row["flags"])} | {REVERTED for _ in restored[:1]}
    as_wholes = replace(due, rows=subprovisions.told_by_subprovisions(store, wholes.fold_wholes(store, rows, due.root)))
    lead = notes.release_lead(store, top, kind, max(each["seen"] for each in rows))
    parts = () if top["private"] else shown
    if kind == "new" and lead is None:
        is_late = is_old or is_stale(top) or _is_new_to_us_alone(store, top) or procedures.is_under_way(store, top)
        lead = ended.lead(over) if over else ("newly listed", {}) if is_late else None
    if over and kind == "withdrawn":
        lead = ended.lead(over)
    if kind == "changed" and summary.stale(top, rows) and headlines.only_attached(rows, due.root):
        lead = "attached first seen", {}
    if kind == "new" and lead in (None, ("newly listed", {})) and law.is_law(family):
        lead = part_read.lead(store, top, lead)
    tell = partial(headlines.headline_of, kind, as_wholes.rows, top, law=law.is_law(family), lead=lead, parts=parts)
    begun = commencements.begun_by(store, top) if kind == "new" and not over else ()
    tell = partial(appointed.headline, begun, due.root) if begun else tell
    title, verb = _headline(store, crawl, top, tell)
    said_of_it = summary.summary(store, as_wholes, family, kind, restored, begun)
    ends: list[Sentence] = []
    if kind == "new" and not over and law.is_law(family):
        said_of_it, ends = revokes.placed(store, top, said_of_it)
        with_room = {each.template for each in word_limits.fit_sentences(said_of_it, is_new=True)}
        ends = [*(each for each in said_of_it if each.template not in {*with_room, word_limits.OWN}), *ends]
    note = notes.whole_notes(shown) or (notes.untold(store, top, said_of_it) if kind == "new" else "")
    texts = [(each["path"], each["heading"], each["number"]) for each in wordings.headings(store, top["id"])]
    row = {
        "id": identifier(due.root, crawl),
        "crawl": crawl,
        "document": due.root,
        "kind": kind,
        "verb": verb,
        "details": dumps(
            [
                *appointed.details(begun, due.root),
                *details.entry_changes(
                    summary.shown_changes(as_wholes.rows, family), due.root, limits.limits(store, rows, due.root)
                ),
            ]
        ),
        "aimed_at": dumps([value for facet, value in facets if facet == "aimed_at"]),
        "flags": dumps([flag for flag in (*(name for name, _ in FLAGS), REVERTED, UNSETTLED) if flag in flags]),
        "confirmed": int(due.confirmed),
        "copies": dumps(families.copies(store, due.root)),
        **_facts(top, rows, kind, entries.walk_before(store, top["source"], crawl)[0]),
        "jurisdiction": _place(store, top, family[1:]),
        **({"in_force": stated} if (stated := until.in_force(store, top)) else {}),
        **({"in_force": "not yet"} if begins.is_undated(store, top) else {}),
        **({"occurred": first, "day": first} if (first := appointed.only_day(begun)) else {}),
        "note": note,
        **_capture(store, crawl, rows, due.root),
    }
    return Entry(
        row=row,
        title=title,
        summary=said_of_it,
        late=said(due.late) or (_late(store, top, crawl, is_old=is_old) if kind == "new" else None),
        why=why.why(
            due.standing,
            {path: heading for path, heading, _ in texts},
            summary.hidden_attachments(family),
            below={each["id"]: each["title"] for each in family[1:]},
            numbers={path: number for path, _, number in texts},
            of_site=families.is_summary_of_site(store, top),
        ),
        look_for=_look_for(store, as_wholes, family, kind),
        sure=(*_sure(store, family, confirmed=due.confirmed), *ends),
        facets=facets,
        sections=sorted({*_sections(store, due, shown), *appointed.places(store, begun)}),
        changes=(*(each["id"] for each in rows), *due.folded),
    )


def _bound(family: Sequence[Row]) -> list[tuple[str, str]]:
    """Return in which nations guidance is statutory by a title of its family, and that it is a copy, as ``bound``."""
    unseen = summary.hidden_attachments(family)
    titles = [row["title"] for row in family if row["id"] not in unseen]
    top = family[0]
    said = max((nations(title) for title in titles), key=len, default="") if top["kind"] == "statutory_guidance" else ""
    site = urlsplit(str(top["url"])).hostname or ""
    is_copy = top["author"] and top["hash_only"] and ".gov." not in f"{site}."
    return [(BOUND, f"{said} (read in a copy on {site}, which may be old)" if is_copy else said)] if said else []


def _appeared(due: Family) -> Family:
    """Return a family without what happened to documents before anybody was told that they are there.

    Two addresses of one page, or two points in time of one law, read on the day on which it appears, are no change.
    """
    new = {row["document"] for row in due.rows if row["kind"] == "new"}
    rows = [row for row in due.rows if row["document"] not in new or row["kind"] in STAYING]
    dropped = tuple(str(row["id"]) for row in due.rows if row not in rows)
    return replace(due, rows=rows, folded=(*due.folded, *dropped)) if dropped else due


def _headline(store: Store, crawl: str, top: Row, tell: Callable[..., tuple[Sentence, str]]) -> tuple[Sentence, str]:
    """Return the headline of a family, which it shares with no other, and its verb; ``tell`` gives both."""
    title, verb = _told_apart(tell, namesakes.distinction(store, top))
    if (further := namesakes.from_headline(store, top, str(title), crawl)) is not None:
        title, verb = _told_apart(tell, further)
    return title, verb


def _told_apart(tell: Callable[..., tuple[Sentence, str]], apart: Sentence | None) -> tuple[Sentence, str]:
    title, verb = tell(taken=0 if apart is None else word_limits.words(str(apart)))
    return title if apart is None else namesakes.with_distinction(title, apart), verb


def _facts(top: Row, rows: Sequence[Row], kind: str, walked: str | None = None) -> Row:
    dates = {each["occurred"] for each in rows if each["kind"] in OF_LAW and each["occurred"]}
    in_parts = top["in_force"] in ("in parts", "at least in part", "not yet") or "/" in top["in_force"]
    several = len(dates) > 1 or (kind == "new" and in_parts)
    several = several or law.begins_in_parts(top, rows)
    # Of several dates of commencement none is shown as the one.
    occurred = None if several or not dates else next(iter(dates))
    return {
        "url": top["url"],
        "publisher": top["publisher"],
        "source": top["source"],
        "document_kind": top["kind"],
        "published": top["published"],
        "updated_by_publisher": top["updated"],
        "occurred": occurred,
        "day": occurred or (None if several else stated_day(kind, top, rows, walked)),
        "in_force": top["in_force"],
        "significance": min((each["significance"] for each in rows), key=WEIGHTS.index),
    }


def _place(store: Store, top: Row, attached: Sequence[Row]) -> str:
    """Return where a document applies; nothing where only its publisher is of the United Kingdom.

    A law states its extent; another document says so in title or summary, or in the titles of what is attached to it.
    """
    kind, place = str(top["kind"]), str(top["jurisdiction"])
    if kind in (*LAW, "draft_si"):
        return law.place(store, top)
    is_stated = place != "United Kingdom" or kind == "bill" or top.get("extent")
    if is_stated or _KINGDOM.search(f"{top['title']} {top['summary']}"):
        return place
    return areas.stated_together(kind, [str(row["title"]) for row in attached if not row["private"]])


def _capture(store: Store, crawl: str, rows: Sequence[Row], root: str) -> Row:
    """Return the capture behind an entry: of what is new its own page where read, not the list that named it."""
    # Of several consolidations the newest is the text that an entry is about.
    own = [row for row in rows if row["document"] == root] or [rows[0]]
    lead = max(own, key=lambda row: union.consolidation(row["label_after"]))
    if lead["kind"] == "new":
        lead = {**lead, **(families.page_of(store, lead["document"], lead["crawl"], crawl) or {})}
    return {
        "seen": min(each["seen"] for each in rows),
        "capture_time": lead["capture_time"],
        "capture_digest": lead["capture_digest"] or "",
        "fetch": lead["fetch"],
    }


# Where to look, and how sure


def _look_for(store: Store, due: Family, family: Sequence[Row], kind: str) -> tuple[Sentence, ...]:
    if any(each["private"] for each in family) or all(each["representation"] in NO_TEXT for each in family):
        return ()
    if kind != "new":
        return look_for.changed_parts(due.rows, law=law.is_law(family))
    words = look_for.topic_words([due.standing["why"], *families.words(store, due.root)])
    longest = max(family, key=lambda each: (each["representation"] != "summary", each["characters"] or 0))
    return look_for.main_parts(
        wordings.headings(store, longest["id"]),
        words,
        law=law.is_law(family),
        whole=look_for.is_whole(due.standing["why"]),
        title=longest["title"],
    )


def _sure(store: Store, family: Sequence[Row], *, confirmed: bool) -> tuple[Sentence, ...]:
    problems = {each["id"]: families.problems(store, each["read_from"]) for each in family if each["read_from"]}
    dated = families.dated_by(store, family[0]["id"])
    made = law.made(store, family[0])
    top, event = family[0], "" if made is None else made["event"]
    texts = wordings.headings(store, top["id"])[:1] if top["representation"] == "table" else ()
    lines = [line for each in texts for line in each["text"].split("\n")]
    found = confidence.read_certainty(family, dated, problems, confirmed=confirmed, made=event, lines=lines)
    begun = [*begins.by_default(store, top["id"]), *begins.untold(store, top), *begins.not_settled(store, top)]
    return (
        *found,
        *law.as_made(top),
        *law.whole_extent(top),
        *law.ending_in_full(store, top),
        *extents.own_words(store, top),
        *begun,
        *union.differing_days(store, top["id"]),
    )


def _sections(store: Store, due: Family, shown: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """Yield what an entry tells of: its family, what changed, and the provisions of other laws that it concerns."""
    yield due.root, ""
    for row in due.rows:
        yield row["document"], ""
        if row["kind"] in wording.OF_PROVISIONS and row in shown:
            yield row["document"], row["path"]
    for row in families.effects_of(store, due.root):
        yield row["document"], ""
        yield from ((row["document"], path) for path in singly(affected(row["affected_provision"])))


def _is_new_to_us_alone(store: Store, top: Row) -> bool:
    """Return whether nothing says that a document without a day of publication is new.

    It was reviewed long before it was first seen, or the registry names it: no list and no page led there.
    """
    if top["published"]:
        return False
    reviewed = families.days(store, top["id"], "reviewed")
    return families.is_asked_by_name(store, top["url"]) or any(
        is_stale({**top, "published": each}) for each in reviewed
    )


def _late(store: Store, top: Row, crawl: str, *, is_old: bool) -> Sentence | None:
    """Return why a document comes late: it is dated long ago, or in a time when its source could not be checked."""
    dated = top["published"] or (None if law_year(top["id"]) else top["updated"])
    if is_old and dated:
        where = confidence.dated_in(top) if top["published"] else "updated"
        return say(f"late listed, {where}" if where else "late listed", day=structure(day(str(dated)[:10])))
    before, seconds = entries.walk_before(store, top["source"], crawl)
    if before is None or not top["published"] or len(top["published"]) < len("2026-01-01"):
        return None
    published, walked, seen = latest(top["published"]), moment(before), moment(top["first_seen"])
    if published is None:
        return None
    schedule = timedelta(seconds=seconds)
    if published < walked - timedelta(days=1):
        is_late = seen - published > MIN_AGE_OF_OLDER
        return say("late listed", day=structure(day(top["published"][:10]))) if is_late else None
    if seen - walked <= 2 * schedule or seen - published <= schedule:
        return None
    return say("late unchecked", before=structure(day(before[:10])), after=structure(day(top["first_seen"][:10])))
