"""The page of one entry, for ever, and the same as plain text and Markdown; the entries of a filter as a sheet."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler import wording
from crawler.feeds import Entry, Feed, labels, message, plain
from crawler.feeds.content import facts, in_force_said
from crawler.feeds.entry import EntryChange
from crawler.feeds.facets import SHARED, value
from crawler.feeds.labels import dated_headline, value_names
from crawler.feeds.plain import EntryContext, LaterEntry
from crawler.public import entries as questions
from crawler.public import stale as marked
from crawler.public.database import Row
from crawler.public.entries import COMPARED, Surroundings, announced
from crawler.publish import csv, filtering, objects, provisions, sides, stale, timeline
from crawler.publish.filtering import asked
from crawler.publish.freshness import freshness
from crawler.publish.paths import decode, encode, own_origin
from crawler.publish.server.responses import MissingError, ask, page, render
from crawler.publish.settings import own
from crawler.publish.template_filters import told_words
from crawler.wording import kind

DESCRIBED = 300
"""Most characters of the description that other sites show beside a link to the page."""

_FORMS = {
    "txt": (plain.text, "text/plain; charset=utf-8"),
    "md": (plain.markdown, "text/markdown; charset=utf-8"),
}

CAPTURES = 60
"""Most captures that are listed; the evidence of an entry has all of them."""


@page
async def entry(datasette: Datasette, request: Request) -> Response:
    """Return the page of an entry, announced or not."""
    return await _page(datasette, request, await _found(datasette, decode(request.url_vars["id"])))


@page
async def as_json(datasette: Datasette, request: Request) -> Response:
    """Return the same as an object; what it is compared with has ``part`` 2 among its captures."""
    id = decode(request.url_vars["id"])
    if with_ending := await ask(datasette, questions.surroundings, f"{id}.json"):
        return await _page(datasette, request, with_ending)
    found = await _found(datasette, id)
    feed = await _feed(datasette)
    values = {
        "entry": objects.entry(found.entry, feed),
        "document": found.document,
        "version": found.version,
        "captures": found.captures,
        "later": found.later,
        "citation": plain.citation(found.entry, feed, context_of(found, feed, places(found))),
    }
    return await objects.answer(datasette, values)


async def form(datasette: Datasette, request: Request) -> Response:
    """Return an entry as plain text or as Markdown."""
    made, content_type = _FORMS[request.url_vars["form"]]
    found = await ask(datasette, questions.surroundings, decode(request.url_vars["id"]))
    if found is None:
        return Response("There is no entry with this address.\n", status=404, content_type="text/plain; charset=utf-8")
    feed = await _feed(datasette)
    body = made(found.entry, feed, context_of(found, feed, places(found)))
    return Response(body, headers={"Cache-Control": "public, max-age=60"}, content_type=content_type)


async def _found(datasette: Datasette, id: str) -> Surroundings:
    found = await ask(datasette, questions.surroundings, id)
    if found is None:
        raise MissingError("There is no entry with this address.")
    return found


async def _page(datasette: Datasette, request: Request, found: Surroundings) -> Response:
    shown, feed, told = found.entry, await _feed(datasette), places(found)
    known = context_of(found, feed, told)
    captures = found.captures[:CAPTURES]
    values = {
        "entry": shown,
        "told": told,
        "tag": feed.entry_id(shown),
        "described": (shown.summary or shown.headline)[:DESCRIBED],
        "address": feed.address(f"entry/{shown.id}"),
        "captures": [row for row in captures if row["part"] != COMPARED],
        "compared": [row for row in captures if row["part"] == COMPARED],
        "unlisted": len(found.captures[CAPTURES:]),
        "around": known,
        "later": found.later,
        "now_check": [stale.told(row) for row in await ask(datasette, marked.of_entry, shown.id)],
        "in_force": in_force_said(shown),
        "weight": dict(facts(shown, known.status))["Legal weight"],
        "lists": labels.lists(shown),
        "found_under": found_under(shown),
        "elsewhere": [(labels.copy_label(copy), copy) for copy in shown.copies],
        "citation": plain.citation(shown, feed, known),
        "text": plain.text(shown, feed, known),
        "mailto": message.mailto(shown, feed, known),
    }
    return await render(datasette, request, "entry.html", values)


async def _feed(datasette: Datasette) -> Feed:
    settings, stand = own(datasette), await freshness(datasette)
    return Feed(authority=settings.authority, public_url=settings.public_url, sample=stand.sample)


def context_of(found: Surroundings, feed: Feed, told: Sequence[Mapping[str, Any]]) -> EntryContext:
    """Return what is known around an entry; of one that names people, nothing of its text."""
    row, shown = found.document, found.entry
    has_copy = bool(row["has_copy"]) and not shown.private
    main = found.captures[0] if found.captures else {"time": "", "digest": ""}
    return EntryContext(
        label="" if shown.private or found.version is None else label(found.version),
        status=row["status"],
        described="" if shown.private else plain.in_full(shown, row["summary"] or ""),
        licence=row["licence"],
        licence_url=row["licence_url"],
        attribution=row["attribution"],
        copy=feed.address(f"doc/{encode(shown.document)}") if has_copy else "",
        official=tuple(place["official"] for place in told),
        later=tuple(
            LaterEntry(title=row["title"], day=row["seen"][:10], address=feed.address(f"entry/{row['id']}"))
            for row in found.later
        ),
        read=main["time"],
        digest=main["digest"],
        more=max(len(found.captures) - 1, 0),
    )


def label(row: Mapping[str, str | None]) -> str:
    """Return the publisher's own name of a version; of a text of law that only its date names, since when it holds.

    >>> label({"label": "3.8", "valid_from": None}), label({"label": "2026-03-06", "valid_from": "2026-03-06"})
    ('3.8', 'wording valid from 6 March 2026')
    >>> label({"label": "02014R0596-20241204 (004.001)", "valid_from": "2024-12-04"})
    'consolidated text of 4 December 2024, CELEX 02014R0596-20241204 (004.001)'
    """
    if row["label"] and row["valid_from"] and plain.CONSOLIDATED.match(row["label"]):
        return f"consolidated text of {wording.day(row['valid_from'])}, CELEX {row['label']}"
    if row["label"] and row["label"] != row["valid_from"]:
        return wording.version_label(row["label"])
    return f"wording valid from {wording.day(row['valid_from'])}" if row["valid_from"] else ""


def found_under(found: Entry) -> list[dict[str, Any]]:
    """Return the facets under which an entry is found, each with its ``label`` and ``values``: words and a path."""
    shown = []
    for facet in SHARED:
        listed = [
            {
                "words": value(facet, each),
                "path": f"topic/{each}" if facet == "topic" else f"?{urlencode({facet: each})}",
            }
            for each in labels.values(found, facet)
        ]
        if listed and facet != "jurisdiction":
            shown.append({"facet": facet, "label": labels.label(found, facet), "values": listed})
    return shown


def places(found: Surroundings) -> list[dict[str, Any]]:
    """Return each difference told with its ``words``, ``sides``, ``language`` and where to read its provision.

    That is ``official`` and ``ours``.

    These are empty where it stands nowhere: what was removed does so; a text that we may not show is not linked.
    """
    held = timeline.by_words(found.changes)
    rows = [held.get((told.document, told.path, told.words)) for told in found.entry.told]
    return [
        {
            "told": told,
            "words": timeline.change_words(row) if row else told_words(told),
            "sides": _sides(told, row),
            "language": (found.documents.get(told.document) or {}).get("language", ""),
            **_place(told.kind, told.path, found.documents.get(told.document)),
        }
        for told, row in zip(found.entry.told, rows, strict=True)
    ]


def _sides(told: EntryChange, row: Row | None) -> sides.Sides | None:
    """Return the words before and after; those of a provision of what is no law only where both texts are held."""
    if row is not None and row["words"] != "[]":
        return sides.of_change(row)
    is_moved = told.kind in wording.OF_PROVISIONS and not told.verb
    return None if is_moved and row is None else sides.of_words(told_words(told))


def _place(kind: str, path: str, row: Mapping[str, Any] | None) -> dict[str, Any]:
    title = row["title"] if row else ""
    if row is None or not path or kind not in wording.OF_PROVISIONS or kind == "removed":
        return {"title": title, "official": "", "ours": ""}
    return {
        "title": title,
        "official": provisions.official(row["id"], row["url"], path),
        "ours": path if row["is_shown"] else "",
    }


MAX_ENTRIES = 5_000
"""Entries of one sheet: the newest; where there are more, its last line says so."""

COLUMNS = (
    "headline", "seen", "day", "summary", "kind", "applies in", "for", "topics", "published by", "published",
    "in force", "what happened", "weight of the change", "official page", "our page", "id",
)  # fmt: skip


@page
async def as_sheet(datasette: Datasette, request: Request) -> Response:
    """Return the entries of a filter, of all time or of a period, in one file."""
    filter = await asked(datasette, request, besides=("since",))
    stand, since = await freshness(datasette), request.args.get("since") or ""
    period = filtering.period(since, stand.clock) if since and stand.clock else None
    found = await ask(datasette, announced, filter, limit=MAX_ENTRIES + 1, period=period)
    site = (own(datasette).public_url or own_origin(request)).rstrip("/")
    lines = [_line(one, f"{site}{datasette.urls.path(f'entry/{one.id}')}") for one in found[:MAX_ENTRIES]]
    if len(found) > MAX_ENTRIES:
        lines.append([f"These are the newest {MAX_ENTRIES:,} entries: older ones are not in this sheet"])
    return csv.sheet("entries", COLUMNS, lines)


def _line(entry: Entry, here: str) -> list[object]:
    return [
        dated_headline(entry), entry.announced[:10], entry.day, entry.summary, kind(entry.document_kind),
        entry.applies_in or "not stated", *("; ".join(value_names(entry, facet)) for facet in ("role", "topic")),
        entry.publisher_name, entry.published, entry.in_force, value("change", entry.kind), entry.significance,
        entry.url, here, entry.id,
    ]  # fmt: skip
