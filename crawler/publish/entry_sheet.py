"""The entries of a filter as a sheet, for whoever counts and sorts in a spreadsheet."""

from __future__ import annotations

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import Entry
from crawler.feeds.event import dated_headline
from crawler.feeds.facets import value
from crawler.feeds.labels import value_names
from crawler.public.entries import announced
from crawler.publish import csv, periods
from crawler.publish.filtering import asked
from crawler.publish.freshness import freshness
from crawler.publish.paths import own_origin
from crawler.publish.server.responses import ask, page
from crawler.publish.settings import own
from crawler.wording import kind

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
    period = periods.period(since, stand.clock) if since and stand.clock else None
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
