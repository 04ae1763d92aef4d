"""Tools that list: what answers a question, what changed, which dates lie ahead, and how the sources stand."""

from collections.abc import Mapping
from itertools import islice

from crawler.feeds import Entry, Filter
from crawler.feeds.content import applies_from, in_force_said
from crawler.feeds.dates import Day
from crawler.feeds.entry import event_words, quoted_words
from crawler.feeds.entry import place as told_place
from crawler.feeds.feed import link
from crawler.feeds.labels import dated_headline
from crawler.mcp import answers
from crawler.mcp.desk import TROUBLE, Desk, limits, origins, pages
from crawler.mcp.reading import differences
from crawler.mcp.values import MAX_WORDS, Origin, plain, quoted
from crawler.public import calendar, danger, documents, standing
from crawler.public.database import Connection, Row
from crawler.public.digest import changed_since, entries_of
from crawler.public.search import END, START, Shown, read_scope
from crawler.public.search.page import answer
from crawler.publish.filtering import checked
from crawler.sources.helplines import Helpline, load_helplines

MAX_RESULTS = 10
MAX_CHANGES = 10
MAX_TOLD = 5
"""Most differences of one entry."""
MAX_QUOTED = 300
"""Most characters of one inserted or deleted run in a list of entries."""
MAX_DATES = 25
MAX_SOURCES = 25
MAX_FAULTS = 5
SHARED = ("kind", "jurisdiction", "topic", "publisher")
"""What search is narrowed by that feeds are filtered by, too."""


def search(connection: Connection, desk: Desk, question: str, narrowed: Mapping[str, str], page: int) -> answers.Found:
    """Return a page of what answers a question, narrowed by the facets of search.

    Raises:
        UnknownFilterError, UnknownScopeError: a facet has no such value.
    """
    given = {name: value for name, value in narrowed.items() if value}
    shared = checked(connection, [(name, given[name]) for name in SHARED if name in given])
    first, _ = pages(0, page, MAX_RESULTS)
    found = answer(connection, question, read_scope({**given, **dict(shared.pairs)}), first, MAX_RESULTS)
    known = origins(connection, desk, [one.document["id"] for one in found.shown])
    lines = load_helplines()
    return answers.Found(
        about=limits(connection, desk),
        help=tuple(_help(one) for one in (*lines.emergency, *lines.helplines))
        if danger.asks_for_help(question)
        else (),
        results=tuple(_result(one, desk, known[one.document["id"]]) for one in found.shown),
        total=len(found.found.results),
        nearest_only=found.found.is_nearest,
        next_page=pages(len(found.found.results), page, MAX_RESULTS)[1],
    )


def _help(line: Helpline) -> answers.Help:
    return answers.Help(number=line.number, name=line.name, place=line.place, who=line.who, source=line.source.url)


def _result(shown: Shown, desk: Desk, known: Origin) -> answers.Result:
    document, state, changed = shown.document, shown.standing.state, shown.standing.changed
    return answers.Result(
        document=plain(document["id"]),
        title=quoted(document["title"]),
        kind=document["kind"],
        jurisdiction=document["jurisdiction"],
        path=plain(shown.place.path) if shown.place else "",
        where=quoted(shown.place.where if shown.place else ""),
        words=quoted(shown.words.replace(START, "").replace(END, ""), MAX_WORDS * 2),
        state=state.words if state else "",
        state_day=state.day if state else "",
        changed=changed.day if changed else "",
        version=quoted(shown.standing.version),
        published=document["published"] or "",
        in_round_up=document["band"] == "in",
        origin=known,
    )


def changes(connection: Connection, desk: Desk, filter: Filter, since: str, page: int) -> answers.Changes:
    """Return a page of the entries of a filter that were announced or changed in meaning since a day, newest first."""
    ids = [id for id, _ in changed_since(connection, filter, f"{since}T00:00:00Z")]
    first, following = pages(len(ids), page, MAX_CHANGES)
    listed = entries_of(connection, ids[first : first + MAX_CHANGES], filter)
    known = {row["id"]: row for row in documents.origins(connection, [one.document for one in listed])}
    return answers.Changes(
        about=limits(connection, desk, filter.values("source") or None),
        since=since,
        filter=filter.query,
        total=len(ids),
        changes=tuple(_change(one, desk, known.get(one.document, {})) for one in listed),
        next_page=following,
    )


def _change(entry: Entry, desk: Desk, document: Row) -> answers.Change:
    told = [
        (event_words(one), one.path, told_place(one), "", (), quoted_words(one.words, run=MAX_QUOTED))
        for one in entry.told[:MAX_TOLD]
    ]
    return answers.Change(
        entry=entry.id,
        headline=quoted(dated_headline(entry)),
        summary=quoted(entry.summary),
        what=entry.kind,
        document=plain(entry.document),
        kind=entry.document_kind,
        jurisdiction=entry.jurisdiction,
        significance=entry.significance,
        published=entry.published,
        updated=entry.updated_by_publisher,
        applies_from=applies_from(entry),
        in_force=in_force_said(entry),
        seen=entry.seen,
        changed=entry.updated,
        state=entry.state,
        confirmed=entry.confirmed,
        concerns=tuple(entry.concerns),
        note=quoted(entry.note),
        differences=differences(told),
        more_differences=len(entry.told[MAX_TOLD:]),
        origin=Origin(
            official=link(entry.url),
            page=desk.feed.address(f"entry/{entry.id}"),
            publisher=quoted(entry.publisher_name),
            captured=entry.capture_time,
            checked=document.get("checked") or "",
            sha256=entry.capture_digest,
            licence=document.get("licence") or "",
            licence_url=link(document.get("licence_url") or ""),
            attribution=document.get("attribution") or "",
        ),
    )


def dates(connection: Connection, desk: Desk, filter: Filter, until: str, page: int) -> answers.Dates:
    """Return a page of the days ahead of a filter, until a day where one is named, the next first."""
    today = standing.reading(connection).clock[:10]
    listed = [one for one in calendar.days(connection, filter, today) if not until or one.date <= until]
    first, following = pages(len(listed), page, MAX_DATES)
    here = listed[first : first + MAX_DATES]
    known = origins(connection, desk, [one.document for one in here])
    return answers.Dates(
        about=limits(connection, desk, filter.values("source") or None),
        filter=filter.query,
        total=len(listed),
        dates=tuple(_ahead(one, known[one.document]) for one in here),
        next_page=following,
    )


def _ahead(day: Day, known: Origin) -> answers.Ahead:
    return answers.Ahead(
        date=day.date,
        what=day.what,
        headline=quoted(day.headline),
        document=plain(day.document),
        path=plain(day.path),
        stated_by=quoted(", ".join(one for one in (day.instrument, day.authority) if one)),
        applies_in=day.applies_in,
        gone=day.is_gone,
        moved=day.sequence,
        changed=day.changed,
        origin=known,
    )


def sources(connection: Connection, desk: Desk, source: str, page: int) -> answers.Sources:
    """Return a page of the sources, or the one with an id, those that could not be checked first."""
    listed = [one for one in standing.sources(connection) if source in ("", one["id"])]
    listed.sort(key=lambda one: one["trouble"] not in TROUBLE)
    first, following = pages(len(listed), page, MAX_SOURCES)
    return answers.Sources(
        about=limits(connection, desk, [source] if source else None),
        total=len(listed),
        troubled=sum(one["trouble"] in TROUBLE for one in listed),
        sources=tuple(_source(one) for one in islice(listed, first, first + MAX_SOURCES)),
        next_page=following,
    )


def _source(row: Row) -> answers.SourceState:
    return answers.SourceState(
        source=row["id"],
        name=row["name"],
        publisher=row["publisher_name"],
        kind=row["kind"],
        address=link(row["url"]),
        is_read=bool(row["enabled"]),
        reason=row["reason"],
        every_seconds=row["schedule"],
        last_read_in_full=row["last_success"] or "",
        listed=row["last_entries"],
        trouble=row["trouble"],
        faults=tuple(
            answers.Fault(severity=one["severity"], since=one["since"], words=quoted(one["words"]))
            for one in row["faults"][:MAX_FAULTS]
        ),
        complete=row["coverage"] or "",
    )
