"""What a Content API document states about itself and other documents: withdrawal, dates, succession."""

from collections.abc import Iterable

from crawler.bodies.dates import iso
from crawler.model import Statement
from crawler.protocols.govuk.addresses import is_path, page
from crawler.protocols.govuk.html import html, plain
from crawler.protocols.govuk.json_access import Item, identity_or_none

_DATES = {
    "opening_date": "opens",
    "closing_date": "closes",
    "public_feedback_publication_date": "feedback published",
    "final_outcome_publication_date": "outcome published",
    "delivered_on": "delivered",
    "cancelled_at": "cancelled",
}


def statements_of(item: Item, details: Item, document: str) -> tuple[Statement, ...]:
    """Return everything a page states, about the document with this id unless it names another."""
    return (
        *_withdrawn(item, document),
        *_dates(details, document),
        *_succession(item, document),
        *_history(item, details, document),
    )


def gone(item: Item, path: str) -> Statement:
    """Return the statement that the page at a path was taken down; it names no content id that can be relied on."""
    details = item.item("details")
    fields = {"when": item.time_or_none("public_updated_at") or item.time_or_none("updated_at")}
    fields["note"] = plain(html(details, "explanation"), item.url)
    instead = details.text_or_none("alternative_path")
    fields["url"] = page(instead) if instead and is_path(instead) else None
    return Statement(
        kind="withdrawn", document=page(path), fields={key: value for key, value in fields.items() if value}
    )


def note(details: Item) -> str:
    """Return the publisher's newest note on what changed, empty where there is none."""
    listed = _notes(details)
    return listed[-1][1] if listed else details.text_or_none("latest_change_note") or ""


def _history(item: Item, details: Item, document: str) -> Iterable[Statement]:
    """Yield every dated note on what changed: a page of the Content API lists all since it was first published.

    An announcement of statistics states the newest alone, as of its last major update.
    """
    listed = _notes(details)
    latest, updated = details.text_or_none("latest_change_note"), item.wall_time_or_none("public_updated_at")
    if not listed and latest and updated:
        fields = {"date": updated, "note": latest, "only": "latest"}
        yield Statement(kind="note", document=document, fields=fields)
    for date, words in listed:
        if date:
            yield Statement(kind="note", document=document, fields={"date": date, "note": words})


def _notes(details: Item) -> list[tuple[str, str]]:
    """Return the dates and words of notes, the oldest first; of those of a manual with the section they are on.

    The dates are those of clocks in the United Kingdom, as readers of GOV.UK see them.
    """
    listed = [
        (
            entry.wall_time_or_none("public_timestamp") or entry.wall_time_or_none("published_at") or "",
            entry.text_or_none("note") or entry.text_or_none("change_note") or "",
            entry.text_or_none("title") or "" if key == "change_notes" else "",
        )
        for key in ("change_history", "change_notes")
        for entry in reversed(details.items_or_empty(key))
    ]
    return [
        (date, f"{title}: {words}" if title else words)
        for date, words, title in sorted(listed, key=lambda note: note[0])
        if words
    ]


def first_published(details: Item) -> str | None:
    """Return when a page was first published by its own dated note, in UTC, None where no note says so."""
    times = (
        entry.since_or_none("public_timestamp")
        for entry in details.items_or_empty("change_history")
        if (entry.text_or_none("note") or "").strip(" .").casefold() == "first published"
    )
    return min((time for time in times if time), default=None)


def _withdrawn(item: Item, document: str) -> Iterable[Statement]:
    notice = item.item_or_none("withdrawn_notice")
    if notice is not None:
        fields = {"when": notice.time_or_none("withdrawn_at"), "note": plain(html(notice, "explanation"), item.url)}
        yield Statement(
            kind="withdrawn", document=document, fields={key: value for key, value in fields.items() if value}
        )


def _dates(details: Item, document: str) -> Iterable[Statement]:
    for key, event in _DATES.items():
        if date := details.wall_time_or_none(key):
            yield Statement(kind="date", document=document, fields={"event": event, "date": date})
    metadata = details.item_or_none("metadata")
    withdrawn = metadata.text_or_none("withdrawn_date") if metadata is not None else None
    if withdrawn and (day := iso(withdrawn)):
        yield Statement(kind="date", document=document, fields={"event": "withdrawn", "date": day})
    shown = details.text_or_none("display_date")
    if shown and details.text_or_none("state") != "cancelled" and (day := iso(shown)):
        yield Statement(kind="date", document=document, fields={"event": "released", "date": day})


def _succession(item: Item, document: str) -> Iterable[Statement]:
    """Yield which organisations an organisation replaced, and which replaced it."""
    if item.text("document_type") != "organisation":
        return
    links = item.item_or_none("expanded_links") or item.item("links")
    for each in links.items_or_empty("superseded_organisations"):
        if older := identity_or_none(each):
            yield Statement.relation(document, "replaces", older)
    for each in links.items_or_empty("superseding_organisations"):
        if newer := identity_or_none(each):
            yield Statement.relation(newer, "replaces", document)
