"""The page of one entry, for ever; and the same as plain text and as Markdown."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import FACETS, Entry, Feed, message, one, plain, private, read, telling, words
from crawler.feeds.captures import COMPARED, behind
from crawler.feeds.content import facts, in_force_said
from crawler.feeds.facets import SHARED, value
from crawler.feeds.plain import Around, Later
from crawler.publish import provisions, timeline
from crawler.publish.guard import Guarded
from crawler.publish.paths import decode, encode
from crawler.publish.settings import own
from crawler.publish.shadows import hash_only
from crawler.publish.show import told_words
from crawler.publish.standing import standing
from crawler.publish.web import MissingError, database, page, render

LATER = 20
"""Most later entries about the same document that are listed."""

DESCRIBED = 300
"""Most characters of the description that other sites show beside a link to the page."""

_FORMS = {
    "txt": (plain.text, "text/plain; charset=utf-8"),
    "md": (plain.markdown, "text/markdown; charset=utf-8"),
}

CAPTURES = 60
"""Most captures that are listed; the evidence of an entry has all of them."""

_PLACES = f"""select d.id, d.url, d.title, d.current is not null and not {hash_only("d.id", "")} as is_shown
  from documents d where d.id in (select value from json_each(?)) and not {private("d.id")}"""

_LATER = f"""select l.id, l.title, l.seen, l.state from main.entries e join main.entries k on k.document = e.document
  join entries l on l.id = k.id where e.id = ? and l.id <> e.id and l.announced is not null
  and (l.seen > e.seen or (l.seen = e.seen and l.id > e.id)) order by l.seen, l.id limit {LATER}"""

_AROUND = f"""select d.status, d.current is not null and not {hash_only("d.id", "")} as has_copy,
  p.licence, p.licence_url, p.attribution
  from entries e left join documents d on d.id = e.document left join sources s on s.id = e.source
  left join publishers p on p.id = coalesce(e.publisher, s.publisher) where e.id = ?"""

_VERSION = """select v.label, v.valid_from from entries e join versions v on v.document = e.document
  where e.id = ? and (v.fetch = e.fetch or v.id in (select version from changes where entry = e.id))
  order by v.captured desc, v.id limit 1"""


@page
async def entry(datasette: Datasette, request: Request) -> Response:
    """Give the page of an entry, announced or not."""
    found = await _found(datasette, decode(request.url_vars["id"]))
    if found is None:
        raise MissingError("There is no entry with this address.")
    db, feed = database(datasette), await _feed(datasette)
    told = await places(db, found)
    later, captures = await _later(db, found), await _captures(db, found)
    around = await _around(db, found, feed, told, later)
    around = replace(around, **_cited(captures))
    values = {
        "entry": found,
        "told": told,
        "tag": feed.entry_id(found),
        "described": (found.summary or found.headline)[:DESCRIBED],
        "address": feed.address(f"entry/{found.id}"),
        "captures": [row for row in captures[:CAPTURES] if row["part"] != COMPARED],
        "compared": [row for row in captures[:CAPTURES] if row["part"] == COMPARED],
        "unlisted": len(captures[CAPTURES:]),
        "around": around,
        "later": later,
        "in_force": in_force_said(found),
        "weight": dict(facts(found, around.status))["Legal weight"],
        "lists": telling.lists(found),
        "found_under": found_under(found),
        "elsewhere": [(telling.elsewhere(copy), copy) for copy in found.copies],
        "citation": plain.citation(found, feed, around),
        "text": plain.text(found, feed, around),
        "mailto": message.mailto(found, feed, around),
    }
    return await render(datasette, request, "entry.html", values)


async def form(datasette: Datasette, request: Request) -> Response:
    """Give an entry as plain text or as Markdown."""
    made, content_type = _FORMS[request.url_vars["form"]]
    found = await _found(datasette, decode(request.url_vars["id"]))
    if found is None:
        return Response("There is no entry with this address.\n", status=404, content_type="text/plain; charset=utf-8")
    db, feed = database(datasette), await _feed(datasette)
    around = await _around(db, found, feed, await places(db, found), await _later(db, found))
    around = replace(around, **_cited(await _captures(db, found)))
    body = made(found, feed, around)
    return Response(body, headers={"Cache-Control": "public, max-age=60"}, content_type=content_type)


async def _captures(db: Guarded, found: Entry) -> list[dict[str, Any]]:
    """Give the captures behind an entry, that of its main change first; of one that was removed, none."""
    return [] if found.removed else await db.raw(behind(), {"id": found.id})


def _cited(captures: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Give what a citation says of captures: the time and the digest of the first, and how many more there are."""
    if not captures:
        return {}
    first = captures[0]
    return {"read": first["time"], "digest": first["digest"], "more": len(captures) - 1}


async def _found(datasette: Datasette, wanted: str) -> Entry | None:
    rows = await database(datasette).raw(one(), {"id": wanted})
    return read(rows[0]) if rows else None


async def _feed(datasette: Datasette) -> Feed:
    settings, stand = own(datasette), await standing(datasette)
    return Feed(authority=settings.authority, public_url=settings.public_url, sample=stand.sample)


async def _around(
    db: Guarded, found: Entry, feed: Feed, told: Sequence[Mapping[str, Any]], later: Sequence[Mapping[str, Any]]
) -> Around:
    """Give what is known around an entry; of one that names people, nothing of its text."""
    row = (await db.raw(_AROUND, [found.id]))[0]
    versions = await db.raw(_VERSION, [found.id])
    has_copy = bool(row["has_copy"]) and not found.private
    return Around(
        label="" if found.private or not versions else label(versions[0]),
        status=row["status"] or "",
        licence=row["licence"] or "",
        licence_url=row["licence_url"] or "",
        attribution=row["attribution"] or "",
        copy=feed.address(f"doc/{encode(found.document)}") if has_copy else "",
        official=tuple(each["official"] for each in told),
        later=tuple(
            Later(title=each["title"], day=each["seen"][:10], address=feed.address(f"entry/{each['id']}"))
            for each in later
        ),
    )


def label(row: Mapping[str, str | None]) -> str:
    """Give the publisher's own name of a version; of a text of law that only its date names, since when it holds.

    >>> label({"label": "3.8", "valid_from": None}), label({"label": "2026-03-06", "valid_from": "2026-03-06"})
    ('3.8', 'wording valid from 6 March 2026')
    """
    if row["label"] and row["label"] != row["valid_from"]:
        return row["label"]
    return f"wording valid from {words.day(row['valid_from'])}" if row["valid_from"] else ""


async def _later(db: Guarded, found: Entry) -> list[dict[str, Any]]:
    """Give the entries about the same document that came after this one, with titles that may be shown."""
    return await db.all(_LATER, [found.id])


def found_under(found: Entry) -> list[dict[str, Any]]:
    """Give the facets under which an entry is found, each with its ``label`` and ``values``: words and a query."""
    shown = []
    for facet in SHARED:
        listed = [
            {"words": value(facet, each), "query": urlencode({facet: each})} for each in telling.values(found, facet)
        ]
        if listed and facet != "jurisdiction":
            shown.append({"facet": facet, "label": FACETS[facet].label, "values": listed})
    return shown


async def places(db: Guarded, found: Entry) -> list[dict[str, Any]]:
    """Give each difference told with its ``words``, and where to read its provision: ``official`` and ``ours``.

    These are empty where it stands nowhere: what was removed does so; a text that we may not show is not linked.
    """
    documents = json.dumps(sorted({told.document for told in found.told}))
    rows = {row["id"]: row for row in await db.raw(_PLACES, [documents])}
    lines = await timeline.in_lines(db, found.id)
    return [
        {
            "told": told,
            "words": lines.get((told.document, told.path, told.words)) or told_words(told),
            **_place(told.kind, told.path, rows.get(told.document)),
        }
        for told in found.told
    ]


def _place(kind: str, path: str, row: Mapping[str, Any] | None) -> dict[str, Any]:
    title = row["title"] if row else ""
    if row is None or not path or kind == "removed":
        return {"title": title, "official": "", "ours": ""}
    return {
        "title": title,
        "official": provisions.official(row["id"], row["url"], path),
        "ours": path if row["is_shown"] else "",
    }
