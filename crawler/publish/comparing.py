"""Any two versions of a document, compared by section: bounded, and in a thread of its own."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, cast

from crawler import wording
from crawler.changes import compare
from crawler.changes.strength import of_words
from crawler.feeds import labels, runs
from crawler.feeds.entry import quoted_words
from crawler.model import Annotation, Difference, Representation, Section, Version, Word
from crawler.public import at_day, versions
from crawler.public import changes as stored
from crawler.public.database import Connection, Row
from crawler.publish import provisions, timeline
from crawler.publish.server.responses import MissingError

MAX_CHARACTERS = 4_000_000
"""Most characters of both versions together."""

MAX_SECONDS = 20
"""Longest that a reader waits."""

MAX_DIFFERENCES = 300
"""Most differences shown."""

_AROUND = 300

_WORKER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="compare")
"""One at a time: comparing is the only work here that a processor is busy with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two versions of a document: what a page shows of them (``values``), and their texts where these are compared.

    ``reasons`` are by what provisions came about, by the path of the section; None where nobody looked for them.
    """

    values: dict[str, Any]
    texts: tuple[Version, Version] | None = None
    reasons: Mapping[str, Sequence[Row]] | None = None


def pair(connection: Connection, document: Row, earlier: str, later: str) -> Pair:
    """Return two versions of a document, as ``old`` and ``new``, None where none are named.

    The earlier one is always the old one. ``refusal`` says why there are no ``differences``. Where the licence of the
    publisher does not let us show our copy, the quotations of the changes from one version to the next are all there
    is.

    Raises:
        MissingError: the document has no such version.
    """
    if not earlier and not later:
        return Pair(values={"old": None, "new": None})
    two = [versions.version(connection, document["id"], id) or _missing() for id in (earlier, later)]
    old, new = sorted(two, key=lambda row: (row["valid_from"] or row["captured"][:10], row["captured"]))
    values: dict[str, Any] = {"old": old, "new": new, "differences": [], "unchanged": 0, "refusal": "", "since": ""}
    if (old["representation"], old["language"]) != (new["representation"], new["language"]):
        refusal = "These two cannot be compared: they are in different formats or languages."
        return Pair(values=values | {"refusal": refusal})
    values["document_kind"] = document["kind"]
    reasons = stored.reasons_between(connection, old["id"], new["id"])
    if not document["has_copy"]:
        return Pair(values=_with_reasons(values | _stored(connection, old, new), reasons))
    if old["characters"] + new["characters"] > MAX_CHARACTERS:
        return Pair(values=values | {"refusal": "These two are too long to compare here."})
    return Pair(values=values, texts=(_read(connection, old), _read(connection, new)), reasons=reasons)


def since(connection: Connection, document: Row, stated: str) -> Pair:
    """Return the version of a day or of a label of the publisher, and the one shown now, with ``since`` as stated.

    Raises:
        MissingError: no text of the document is held, or no version with this label.
    """
    current = versions.version(connection, document["id"], document["current"] or "") or _missing()
    found = pair(connection, document, at_day.before_since(connection, current, stated) or "", current["id"])
    return replace(found, values=found.values | {"since": stated})


def _missing() -> Row:
    raise MissingError("This document has no such version; choose two of those in its list.")


async def compared(pair: Pair) -> dict[str, Any]:
    """Return what a page shows of two versions, with their ``differences``."""
    if pair.texts is None:
        return pair.values
    before, after = pair.texts
    work = asyncio.get_running_loop().run_in_executor(_WORKER, compare, before, after)
    try:
        differences = await asyncio.wait_for(work, MAX_SECONDS)
    except TimeoutError:
        return pair.values | {"refusal": "Comparing these two took too long."}
    changed = sum(1 for one in differences if one.after is not None and one.kind != "moved")
    values = pair.values | {
        "differences": [
            {**_shown(one), "is_there": bool(one.path and one.after)} for one in differences[:MAX_DIFFERENCES]
        ],
        "more": max(len(differences) - MAX_DIFFERENCES, 0),
        "unchanged": len(after.sections) - changed,
    }
    return _with_reasons(values, pair.reasons)


def _with_reasons(values: dict[str, Any], reasons: Mapping[str, Sequence[Row]] | None) -> dict[str, Any]:
    """Return what a page shows, each difference with ``by`` and ``is_unexplained``, see :func:`timeline.explained`."""
    if reasons is None:
        return values
    facts = [
        {**one, "reasons": reasons.get(one["section"], ()), "document_kind": values["document_kind"]}
        for one in values["differences"]
    ]
    return values | {"differences": [timeline.with_causes(one) for one in facts]}


def _stored(connection: Connection, old: Row, new: Row) -> dict[str, Any]:
    """Return the changes that were stored when the later of two versions was read, in the form of differences."""
    changes = stored.changes_between(connection, old["id"], new["id"])
    if not changes and old["digest"] != new["digest"]:
        return {
            "refusal": "These two cannot be compared: the licence of the publisher keeps us from showing their text."
        }
    changed = sum(1 for change in changes if change["path"] and change["kind"] not in ("removed", "moved"))
    return {
        "differences": [
            {
                **change,
                "flags": labels.flag_words(json.loads(change["flags"])),
                "duty": of_words(runs(change["words"]), change["kind"], change["path"], change["heading"] or ""),
                "words": change["shown"],
                "is_there": False,
            }
            for change in timeline.latest(changes)[:MAX_DIFFERENCES]
        ],
        "more": max(len(changes) - MAX_DIFFERENCES, 0),
        "unchanged": len(versions.section_numbers(connection, new["id"])) - changed,
    }


def _read(connection: Connection, row: Row) -> Version:
    numbers = versions.section_numbers(connection, row["id"])
    sections = tuple(
        Section(
            path=section["path"],
            number=section["number"],
            heading=section["heading"],
            text=section["text"],
            status=section["status"],
            parts=provisions.read(section["parts"]),
        )
        for section in versions.sections(connection, numbers)
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
        annotations=tuple(
            Annotation(id=note["note"], kind="F", path=note["path"], text=note["text"])
            for note in versions.amendments(connection, row["id"])
        ),
    )


def _shown(one: Difference) -> dict[str, Any]:
    """Return a difference for the page: where, what, the words, and what it was called before."""
    section = one.after or one.before
    was = ""
    if one.before and one.after and one.kind in ("renumbered", "moved"):
        was = wording.where(one.before.path, one.before.heading, one.before.number)
    return {
        "kind": one.kind,
        "verb": one.verb,
        "path": one.path,
        "section": section.path if section else "",
        "where": wording.where(one.path, section.heading, section.number) if section else "",
        "was": was,
        "significance": one.significance,
        "flags": labels.flag_words(one.flags),
        "duty": of_words(one.words, one.kind, one.path, section.heading if section else ""),
        "words": quoted_words(_words(one), around=_AROUND),
    }


def _words(one: Difference) -> tuple[Word, ...]:
    before = one.before.text if one.before else one.old
    after = one.after.text if one.after else one.new
    shown = one.words
    if not shown and one.kind not in ("renumbered", "moved"):
        first, last = before, after
        if one.before and one.after and one.before.status != one.after.status:
            first, last = wording.status_words(one.before.status, one.after.status)
        shown = tuple(word for word in (Word(op="-", text=first), Word(op="+", text=last)) if word.text)
    old, new = (side.parts if side else () for side in (one.before, one.after))
    return provisions.in_lines(shown, old, new, (len(before), len(after)))
