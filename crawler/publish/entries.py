"""The page of one entry, for ever; and the same as plain text and as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import FACETS, Entry, Feed, message, plain, telling, words
from crawler.feeds.content import facts, in_force_said
from crawler.feeds.facets import SHARED, value
from crawler.feeds.plain import Around, Later
from crawler.public import changes
from crawler.public import entries as questions
from crawler.public.entries import COMPARED
from crawler.publish import provisions, timeline
from crawler.publish.paths import decode, encode
from crawler.publish.settings import own
from crawler.publish.show import told_words
from crawler.publish.standing import standing
from crawler.publish.web import MissingError, ask, page, render

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
    found = await ask(datasette, questions.entry, decode(request.url_vars["id"]))
    if found is None:
        raise MissingError("There is no entry with this address.")
    feed = await _feed(datasette)
    told = await places(datasette, found)
    later, captures = (
        await ask(datasette, questions.later, found.id),
        await ask(datasette, questions.captures, found.id),
    )
    around = await _around(datasette, found, feed, told, later)
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
    """Return an entry as plain text or as Markdown."""
    made, content_type = _FORMS[request.url_vars["form"]]
    found = await ask(datasette, questions.entry, decode(request.url_vars["id"]))
    if found is None:
        return Response("There is no entry with this address.\n", status=404, content_type="text/plain; charset=utf-8")
    feed, told = await _feed(datasette), await places(datasette, found)
    around = await _around(datasette, found, feed, told, await ask(datasette, questions.later, found.id))
    around = replace(around, **_cited(await ask(datasette, questions.captures, found.id)))
    body = made(found, feed, around)
    return Response(body, headers={"Cache-Control": "public, max-age=60"}, content_type=content_type)


def _cited(captures: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what a citation says of captures: the time and the digest of the first, and how many more there are."""
    if not captures:
        return {}
    first = captures[0]
    return {"read": first["time"], "digest": first["digest"], "more": len(captures) - 1}


async def _feed(datasette: Datasette) -> Feed:
    settings, stand = own(datasette), await standing(datasette)
    return Feed(authority=settings.authority, public_url=settings.public_url, sample=stand.sample)


async def _around(
    datasette: Datasette,
    found: Entry,
    feed: Feed,
    told: Sequence[Mapping[str, Any]],
    later: Sequence[Mapping[str, Any]],
) -> Around:
    """Return what is known around an entry; of one that names people, nothing of its text."""
    row = await ask(datasette, questions.surroundings, found.id)
    version = await ask(datasette, questions.version, found.id)
    has_copy = bool(row["has_copy"]) and not found.private
    return Around(
        label="" if found.private or version is None else label(version),
        status=row["status"],
        licence=row["licence"],
        licence_url=row["licence_url"],
        attribution=row["attribution"],
        copy=feed.address(f"doc/{encode(found.document)}") if has_copy else "",
        official=tuple(each["official"] for each in told),
        later=tuple(
            Later(title=each["title"], day=each["seen"][:10], address=feed.address(f"entry/{each['id']}"))
            for each in later
        ),
    )


def label(row: Mapping[str, str | None]) -> str:
    """Return the publisher's own name of a version; of a text of law that only its date names, since when it holds.

    >>> label({"label": "3.8", "valid_from": None}), label({"label": "2026-03-06", "valid_from": "2026-03-06"})
    ('3.8', 'wording valid from 6 March 2026')
    """
    if row["label"] and row["label"] != row["valid_from"]:
        return row["label"]
    return f"wording valid from {words.day(row['valid_from'])}" if row["valid_from"] else ""


def found_under(found: Entry) -> list[dict[str, Any]]:
    """Return the facets under which an entry is found, each with its ``label`` and ``values``: words and a query."""
    shown = []
    for facet in SHARED:
        listed = [
            {"words": value(facet, each), "query": urlencode({facet: each})} for each in telling.values(found, facet)
        ]
        if listed and facet != "jurisdiction":
            shown.append({"facet": facet, "label": FACETS[facet].label, "values": listed})
    return shown


async def places(datasette: Datasette, found: Entry) -> list[dict[str, Any]]:
    """Return each difference told with its ``words``, and where to read its provision: ``official`` and ``ours``.

    These are empty where it stands nowhere: what was removed does so; a text that we may not show is not linked.
    """
    documents = await ask(datasette, questions.documents, [told.document for told in found.told])
    lines = timeline.lines(await ask(datasette, changes.told_by, found.id))
    return [
        {
            "told": told,
            "words": lines.get((told.document, told.path, told.words)) or told_words(told),
            **_place(told.kind, told.path, documents.get(told.document)),
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
