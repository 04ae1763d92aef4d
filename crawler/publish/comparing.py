"""Any two versions of a document, compared by section: bounded, and in a thread of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

from datasette.utils.asgi import Request

from crawler.changes import compare
from crawler.entries.provisions import standing
from crawler.feeds import telling, words
from crawler.feeds.entry import RUN, quoted
from crawler.model import Difference, Representation, Section, Version, Word
from crawler.publish import provisions
from crawler.publish.guard import Guarded
from crawler.publish.web import MissingError

CHARACTERS = 4_000_000
"""Most characters of both versions together."""

SECONDS = 20
"""Longest that a reader waits."""

MOST = 300
"""Most differences shown."""

_AROUND = 300

_WORKER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="compare")
"""One at a time: comparing is the only work here that a processor is busy with."""

_VERSION = "select * from versions where id = ? and document = ?"
_SECTIONS = """select s.path, s.number, s.heading, s.text, s.status, s.parts from versions v, json_each(v.sections) j
  join sections s on s.id = j.value where v.id = ? order by j.key"""


async def asked(db: Guarded, document: str, request: Request, is_shut: bool) -> dict[str, Any]:
    """Give the two versions asked for with ``from`` and ``to``, as ``old`` and ``new``, and their ``differences``.

    The earlier one is always the old one. ``refusal`` says why there are none. Only quotations are given where
    ``is_shut``: the licence of the publisher does not let us show our copy.

    Raises:
        MissingError: the document has no such version.
    """
    old_id, new_id = request.args.get("from"), request.args.get("to")
    if not old_id and not new_id:
        return {"old": None, "new": None}
    given = await _version(db, document, old_id), await _version(db, document, new_id)
    old, new = sorted(given, key=lambda row: (row["valid_from"] or row["captured"][:10], row["captured"]))
    found: dict[str, Any] = {"old": old, "new": new, "differences": [], "unchanged": 0, "refusal": ""}
    if (old["representation"], old["language"]) != (new["representation"], new["language"]):
        return found | {"refusal": "These two cannot be compared: they are in different formats or languages."}
    if old["characters"] + new["characters"] > CHARACTERS:
        return found | {"refusal": "These two are too long to compare here."}
    before, after = await _read(db, old), await _read(db, new)
    work = asyncio.get_running_loop().run_in_executor(_WORKER, compare, before, after)
    try:
        differences = await asyncio.wait_for(work, SECONDS)
    except TimeoutError:
        return found | {"refusal": "Comparing these two took too long."}
    changed = sum(1 for one in differences if one.after is not None and one.kind != "moved")
    return found | {
        "differences": [
            {**_shown(one, RUN if is_shut else None), "is_there": bool(one.path and one.after) and not is_shut}
            for one in differences[:MOST]
        ],
        "more": max(len(differences) - MOST, 0),
        "unchanged": len(after.sections) - changed,
    }


async def _version(db: Guarded, document: str, wanted: str | None) -> dict[str, Any]:
    rows = await db.raw(_VERSION, [wanted or "", document])
    if not rows:
        raise MissingError("This document has no such version; choose two of those in its list.")
    return rows[0]


async def _read(db: Guarded, row: Mapping[str, Any]) -> Version:
    sections = tuple(
        Section(
            path=found["path"],
            number=found["number"],
            heading=found["heading"],
            text=found["text"],
            status=found["status"],
            parts=provisions.read(found["parts"]),
        )
        for found in await db.raw(_SECTIONS, [row["id"]])
    )
    return Version(
        document=row["document"],
        title=row["title"],
        sections=sections,
        representation=cast(Representation, row["representation"]),
        language=row["language"],
        label=row["label"],
        valid_from=row["valid_from"],
        status=row["status"],
    )


def _shown(one: Difference, run: int | None) -> dict[str, Any]:
    """Give a difference for the page: where, what, the words, and what it was called before."""
    section = one.after or one.before
    was = ""
    if one.before and one.after and one.kind in ("renumbered", "moved"):
        was = words.where(one.before.path, one.before.heading, one.before.number)
    return {
        "kind": one.kind,
        "path": one.path,
        "where": words.where(one.path, section.heading, section.number) if section else "",
        "was": was,
        "significance": one.significance,
        "flags": telling.flagged(one.flags),
        "words": quoted(_words(one), around=_AROUND, run=run),
    }


def _words(one: Difference) -> tuple[Word, ...]:
    before = one.before.text if one.before else one.old
    after = one.after.text if one.after else one.new
    shown = one.words
    if not shown and one.kind not in ("renumbered", "moved"):
        first, last = before, after
        if one.before and one.after and one.before.status != one.after.status:
            first, last = standing(one.before.status, one.after.status)
        shown = tuple(word for word in (Word(op="-", text=first), Word(op="+", text=last)) if word.text)
    old, new = (side.parts if side else () for side in (one.before, one.after))
    return provisions.in_lines(shown, old, new, (len(before), len(after)))
