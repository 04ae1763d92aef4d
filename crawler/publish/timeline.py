"""What happened to a document, newest first, and what changed in it last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from crawler.entries.provisions import KINDS, standing
from crawler.feeds import runs, telling, words
from crawler.feeds.entry import quoted
from crawler.model import Word
from crawler.publish import provisions
from crawler.publish.guard import Guarded

MOST = 100
"""Most events listed."""

CAUSES: Mapping[str, str] = {
    "parser": "We read the same bytes differently. The publisher changed nothing.",
    "coverage": "We read more or less of it than before. The publisher changed nothing.",
    "rules": "Our own correction. The publisher changed nothing.",
}
"""Why we saw a difference that is none of the publisher's."""

_VERSIONS = """select id, representation, language, label, valid_from, captured, note, partial, characters, digest
  from versions v where document = ? and not exists (select 1 from versions w where w.document = v.document
    and w.representation = v.representation and w.language = v.language and w.captured = v.captured
    and w.digest = v.digest and w.id < v.id)
  order by coalesce(valid_from, captured) desc, captured desc limit 200"""

_PARTS = """a.parts as parts_after, b.parts as parts_before, coalesce(length(a.text), 0) as length_after,
  coalesce(length(b.text), 0) as length_before, coalesce(a.status, '') as status_after,
  coalesce(b.status, '') as status_before"""

_CHANGES = f"""select c.kind, c.path, c.before, c.after, c.words, c.cause, c.significance, c.note, c.occurred, c.seen,
  c.silent, c.entry, c.crawl, c.version, c.position, d.kind as document_kind,
  coalesce(a.heading, b.heading, '') as heading,
  coalesce(a.number, b.number, '') as number, coalesce(b.path, '') as path_before,
  coalesce(b.heading, '') as heading_before, coalesce(b.number, '') as number_before, {_PARTS}
  from changes c join documents d on d.id = c.document
  left join sections a on a.id = c.after_section left join sections b on b.id = c.before_section
  where c.document = ? order by c.seen desc, c.cause, c.position, c.path limit 500"""

_TOLD = f"""select c.document, c.kind, c.path, c.before, c.after, c.words, {_PARTS} from changes c
  left join sections a on a.id = c.after_section left join sections b on b.id = c.before_section
  where c.entry = ? limit 500"""

_ENTRIES = """select distinct e.id, e.title, e.announced, e.seen, e.state from entries e
  where e.document = ? or e.id in (select entry from changes where document = ?) order by e.seen desc limit 100"""


async def history(db: Guarded, document: str, first_seen: str, published: str | None) -> dict[str, Any]:
    """Give the ``versions``, the ``events`` and the newest changes by the publisher (``latest``) of a document."""
    versions = await db.all(_VERSIONS, [document])
    changes = await db.all(_CHANGES, [document])
    entries = await db.all(_ENTRIES, [document, document])
    events = [
        *({"what": "version", "time": row["captured"], **row} for row in versions),
        *_groups(changes),
        *({"what": "entry", "time": row["seen"], **row} for row in entries),
        {"what": "seen", "time": first_seen},
        *([{"what": "published", "time": published}] if published else []),
    ]
    order = {"entry": 0, "changes": 1, "version": 2, "seen": 3, "published": 4}
    events.sort(key=lambda event: (event["time"], -order[event["what"]]), reverse=True)
    return {"versions": versions, "events": events[:MOST], "latest": latest(changes)}


def _groups(changes: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    """Give changes seen at once as one event, with what they are in a few words."""
    for (seen, cause), group in groupby(changes, key=lambda row: (row["seen"], row["cause"])):
        rows = _dated(list(group))
        named = [": ".join(part for part in (words.changed(row["kind"]), where(row)) if part) for row in rows]
        named = [
            f"{name} (from {words.day(row['begins'])})" if row["begins"] else name
            for name, row in zip(named, rows, strict=True)
        ]
        yield {
            "what": "changes",
            "time": seen,
            "cause": CAUSES.get(cause, ""),
            "names": named[:5],
            "more": max(len(named) - 5, 0),
            "occurred": rows[0]["occurred"],
            "silent": next((row["silent"] for row in rows if row["silent"]), ""),
            "note": next((row["note"] for row in rows if row["note"]), ""),
        }


def latest(changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the changes by the publisher that were seen last, each with its ``where`` and its words to show.

    What has another number or place only has no words; ``was`` says where it stood. ``occurred`` and ``begins`` are as
    :func:`_dated` gives them.
    """
    found = [row for row in changes if row["cause"] == "source" and row["kind"] != "new"]
    told = _dated([row for row in found if row["seen"] == found[0]["seen"]])
    return [{**row, "where": where(row), "was": _was(row), "shown": shown(row)} for row in told]


def _dated(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give changes seen at once with the day since when they apply: ``occurred`` where that is one day for all.

    Where it is not, ``begins`` has the day of each whose day is known: a law that begins in parts has no single one.
    """
    days = [_applies_from(row) for row in rows]
    single = days[0] if len(set(days)) == 1 else ""
    return [{**row, "occurred": single, "begins": "" if single else day} for row, day in zip(rows, days, strict=True)]


def _was(row: Mapping[str, Any]) -> str:
    if row["kind"] not in ("renumbered", "moved") or not row["path_before"]:
        return ""
    return words.where(row["path_before"], row["heading_before"], row["number_before"])


def _applies_from(row: Mapping[str, Any]) -> str:
    """Give since when a change of law applies, empty for what is no law, and for what happened to the page alone.

    Of a new law the day is that of its publication, on which it need not begin.
    """
    is_of_law = row["document_kind"] in telling.LAW and row["kind"] in (*KINDS, "status")
    return row["occurred"] or "" if is_of_law else ""


def where(row: Mapping[str, Any]) -> str:
    """Give where a change stands, empty where it is the document itself."""
    return words.where(row["path"], row["heading"], row["number"])


def shown(row: Mapping[str, Any]) -> tuple[Word, ...]:
    """Give the words of a stored change, sub-provisions on lines of their own; without words, the two values.

    Of a provision of which only the legal status changed, the values are the status before and after.
    """
    before, after = provisions.read(row["parts_before"]), provisions.read(row["parts_after"])
    return quoted(provisions.in_lines(_words(row), before, after, (row["length_before"], row["length_after"])))


def _words(row: Mapping[str, Any]) -> tuple[Word, ...]:
    found = runs(row["words"])
    if found or row["kind"] in ("moved", "renumbered"):
        return found
    before, after = row["before"], row["after"]
    if row["kind"] == "changed" and row["status_before"] != row["status_after"]:
        before, after = standing(row["status_before"], row["status_after"])
    return tuple(word for word in (Word(op="-", text=before), Word(op="+", text=after)) if word.text)


async def in_lines(db: Guarded, entry: str) -> dict[tuple[str, str, tuple[Word, ...]], tuple[Word, ...]]:
    """Give the words of the changes that an entry tells, with sub-provisions on lines of their own.

    The key is what the entry itself has of them: document, path and words.
    """
    rows = await db.all(_TOLD, [entry])
    return {(row["document"], row["path"], quoted(_words(row))): shown(row) for row in rows}
