"""Documents: created, described by their sources, merged when a stronger identity turns up."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from crawler import outbox
from crawler.changes import significance, words
from crawler.errors import IdentifierError
from crawler.identifiers import law_year, page_alias, respelled
from crawler.ingest import differences
from crawler.ingest.readings import Read
from crawler.ingest.state import State
from crawler.model import SLICE, ChangeKind, Difference, Document, Significance
from crawler.outbox import Seen, silence
from crawler.protocols import OWNER
from crawler.protocols.legislation import names
from crawler.reconcile.intents import AddChange
from crawler.sources import areas
from crawler.sources.localities import WIDER, narrow_places
from crawler.store import crawls, documents, fetches, merging, versions
from crawler.store.outbox import of_appearance
from crawler.text import canonical, latest, stamp

LAW = ("act", "asp", "si", "directive", "regulation", "decision", "treaty")
"""Kinds of documents that have an effect in law by being there; a draft or a bill has none yet."""
OF_ONE_PLACE = ("notice",)
"""Kinds of documents that are of one place, however far their publisher reaches."""
COMPLETED = "procedure completed"
"""The last status of a procedure of the EU: a page that states another one shows it as it was before."""


def describe(state: State, document: Document, read: Read, fetch: int, *, own: bool) -> bool:
    """Record what a page says of a document; return whether the document is new.

    ``own``: the page is the document's own, so its facts win over those of listings.
    """
    language = _language(document, read)
    document = _strongest(state, document)
    row = documents.get(state.store, document.id)
    source, seen = read.reading.source, stamp(read.reading.capture.time)
    if own and (row is None or row["checked"] is None):
        state.first_read |= {document.id}
    if row is None:
        silent = _silent(state, document, read, fetch, own=own)
        _create(state, document, read)
    noted = documents.of_source(state.store, document.id, source.id)
    before = noted.stated if own else noted.listed
    facts = _dated(_translated(_facts(state, document, read, own=own), document, language), before, read)
    facts = lasting(facts, "" if row is None else row["status"])
    told = {"listed": {}, "stated": facts} if own else {"listed": facts, "stated": {}}
    documents.note_source(state.store, noted, seen, **told)
    for alias in (*document.aliases, *_addresses(document)):
        if documents.get(state.store, documents.resolve(state.store, alias)) is None:
            documents.add_alias(state.store, alias, document.id)
    documents.refresh(state.store, document.id)
    for child in documents.orphans(state.store, document.id):
        documents.refresh(state.store, child)
    if row is None:
        _announce(state, document.id, document.title, silent, fetch)
    else:
        _compare_facts(state, document.id, before, facts, read, fetch)
    if own:
        state.store.update("documents", {"id": document.id}, {"checked": seen})
    return row is None


def lasting(facts: dict[str, str], held: str) -> dict[str, str]:
    """Return facts with the status that lasts: a page on which a completed procedure is not over is an older one.

    >>> lasting({"status": "awaiting committee decision"}, "procedure completed"), lasting({}, "procedure completed")
    ({'status': 'procedure completed'}, {})
    >>> lasting({"status": "closed"}, "open")
    {'status': 'closed'}
    """
    return {**facts, "status": COMPLETED} if held == COMPLETED and "status" in facts else facts


def _names(document: Document) -> list[str]:
    """Return every other name under which the same document may be known."""
    names = [*document.aliases, *_addresses(document)]
    return [name for name in dict.fromkeys(names) if name != document.id]


def _addresses(document: Document) -> list[str]:
    """Return the official address of a document as another name of it, unless it is one of many inside that page."""
    if "#" in document.url:
        return []
    with suppress(IdentifierError):
        return [page_alias(document.url)]
    return []


def _strongest(state: State, document: Document) -> Document:
    """Return the document under its strongest identity; what was known under a weaker one is merged into it."""
    name = documents.resolve(state.store, document.id)
    for other in _names(document):
        twin = documents.resolve(state.store, other)
        if twin == name or documents.get(state.store, twin) is None:
            continue
        if name.startswith("url:") and not twin.startswith("url:"):
            _absorb(state, name, twin)
            name = twin
        elif twin.startswith("url:") and not name.startswith("url:"):
            _absorb(state, twin, name)
    return replace(document, id=name)


def join(state: State, document: str, twin: str) -> str:
    """Make one of two documents that turn out to be the same page; the older one keeps its name, which is given."""
    one, other = documents.get(state.store, document), documents.get(state.store, twin)
    if one is None or other is None:
        return document
    old, new = (document, twin) if other["first_seen"] < one["first_seen"] else (twin, document)
    merging.merge(state.store, old, new)
    documents.refresh(state.store, new)
    versions.show(state.store, new, state.now[:10])
    return new


def recognise(state: State, document: Document) -> None:
    """Make an unknown address an alias of what is known at the same address, spelled otherwise.

    A site that goes over to https, or drops the slash behind its paths, lists nothing new.
    """
    if not document.id.startswith("url:") or "#" in document.id:
        return
    if documents.get(state.store, documents.resolve(state.store, document.id)) is not None:
        return
    spelled = [f"url:{url}" for url in respelled(document.id.removeprefix("url:"))]
    if known := documents.first_known(state.store, spelled):
        documents.add_alias(state.store, document.id, known)


def _absorb(state: State, old: str, new: str) -> None:
    if documents.get(state.store, old) is None:
        documents.add_alias(state.store, old, new)
    elif documents.get(state.store, new) is None:
        merging.rename(state.store, old, new)
    else:
        merging.merge(state.store, old, new)
        versions.show(state.store, new, state.now[:10])


def _create(state: State, document: Document, read: Read) -> None:
    source, seen = read.reading.source, stamp(read.reading.capture.time)
    documents.create(
        state.store,
        {
            "id": document.id,
            "root": document.id,
            "kind": document.kind or source.kind,
            "title": document.title,
            "url": document.url,
            "publisher": source.publisher,
            "availability_since": seen,
            "first_seen": seen,
            "source": source.id,
        },
    )
    crawls.count(state.store, state.crawl, source.id, new=1)


def _silent(state: State, document: Document, read: Read, fetch: int, *, own: bool) -> str:
    """Return why the appearance of a document is not announced, empty where it is."""
    source = read.reading.source
    row, parent = crawls.source(state.store, source.id), _parent(document, read, own=own)
    seen = Seen(
        is_watched=bool(row["first_complete_walk"]),
        why="backfill" if SLICE in read.reading.capture.link.facts else fetches.why(state.store, fetch),
        is_reached_anew=read.reading.cause != "source" or row["first_options"] != crawls.scope(row),
        above=_silent_with(state, parent, own=own),
        is_of_list=source.complete and not own,
        is_old=not _is_told_with(state, parent)
        and outbox.is_old(_day_of(document, read), row["last_walk"], stamp(read.reading.capture.time)),
    )
    return silence(seen)


def _is_told_with(state: State, parent: str | None) -> bool:
    """Return whether a document is an attachment of one that appears in this crawl, however old both are."""
    return parent is not None and documents.is_new(state.store, documents.resolve(state.store, parent), state.crawl)


def _day_of(document: Document, read: Read) -> str | None:
    """Return when a document is from: published, adopted, the year in a law's number, else updated."""
    told = read.page.statements if read.page is not None else ()
    adopted = (
        each.fields["date"] for each in told if each.document == document.id and each.fields.get("event") == "adopted"
    )
    return document.published or next(adopted, None) or law_year(document.id) or document.updated


def _silent_with(state: State, parent: str | None, *, own: bool) -> str:
    """Return why an attachment is not announced: it was there all along where its parent's page was never read before.

    One that appears with its ``own`` page was named by the only reading of the parent's page that there is.
    """
    above = None if parent is None else documents.get(state.store, documents.resolve(state.store, parent))
    if above is None:
        return ""
    if above["id"] not in state.first_read and not (own and fetches.is_read_once(state.store, above["id"])):
        return ""
    if (silent := of_appearance(state.store, above["id"])) not in ("", outbox.NEWLY_LISTED):
        return silent
    return "" if documents.is_new(state.store, above["id"], state.crawl) else "first reading"


def _facts(state: State, document: Document, read: Read, *, own: bool) -> dict[str, str]:
    source = read.reading.source
    publisher = state.registry.publishers[source.publisher]
    wider = source.jurisdiction or publisher.jurisdiction
    kind, title = document.kind or source.kind, document.title or ""
    local = narrow_places(kind, title, document.publisher or "")
    stated = document.jurisdiction if document.jurisdiction != source.jurisdiction else None
    named = areas.stated(wider, kind, title, document.summary or "")
    nation = local[1] if local and wider in WIDER else named or ("" if source.lists_others else wider)
    if kind in OF_ONE_PLACE and nation == wider:
        nation = ""  # of which one, its publisher's does not say
    facts = {
        "title": document.title,
        "url": document.url,
        "kind": document.kind,
        "parent": _parent(document, read, own=own),
        "publisher": source.publisher,
        "author": document.publisher,
        "jurisdiction": stated or nation,
        "extent": document.extent,
        "summary": document.summary,
        "within": document.within,
        "status": document.status,
        "published": document.published,
        "updated": document.updated,
        "in_force": document.in_force,
    }
    return {name: value for name, value in facts.items() if value}


def _parent(document: Document, read: Read, *, own: bool) -> str | None:
    return document.parent or (read.reading.capture.link.parent if own else None)


def _language(document: Document, read: Read) -> str:
    """Return the language in which a page tells of a document, empty where that is English or not stated.

    Its text tells; a page of contents may have none, and then the address of a Welsh one on legislation.gov.uk does.
    """
    versions_read = read.page.versions if read.page else ()
    languages = {version.language.partition("-")[0] for version in versions_read if version.document == document.id}
    where = None if languages else names.address(read.reading.capture.url)
    if where is not None and where.welsh:
        return "cy"
    return "" if "en" in languages else min(languages, default="")


def _translated(facts: dict[str, str], document: Document, language: str) -> dict[str, str]:
    """Return the facts of a translation with its title under another name: it is not the title of the work.

    Where the address is the identity, the document is that page, and its language the main one.
    """
    if not language or document.id.startswith("url:"):
        return facts
    return {f"{name}@{language}" if name in documents.TRANSLATED else name: value for name, value in facts.items()}


def _dated(facts: dict[str, str], before: Mapping[str, str], read: Read) -> dict[str, str]:
    """Return the facts with the first stated date of publication: a feed dates an entry anew to update it."""
    first, again = before.get("published", ""), facts.get("published", "")
    capture, source = read.reading.capture, read.reading.source
    was, now = latest(first), latest(again)
    if source.protocol != "feed" or OWNER in capture.link.facts or was is None or now is None or now <= was:
        return facts
    if again == stamp(capture.time.replace(microsecond=0)):
        return {**facts, "published": first}  # A date ahead of us, which the parser cut down to its own.
    updated = latest(facts.get("updated", ""))
    return {**facts, "published": first, "updated": again if updated is None or updated < now else facts["updated"]}


def _announce(state: State, document: str, title: str, silent: str, fetch: int) -> None:
    """Record that a document appeared; what is newly listed and stands alone may be announced, but late."""
    row = documents.get(state.store, document)
    if row is not None:
        is_gathered = silent == outbox.NEWLY_LISTED and row["parent"] is None
        weight: Significance = "legal effect" if row["kind"] in LAW else "substantive"
        change = AddChange(
            document=document,
            difference=Difference(kind="new", path="", new=title, significance=weight),
            fetch=fetch,
            occurred=row["published"],
            silent="" if is_gathered else silent,
            late=silent if is_gathered else "",
        )
        differences.of_document(state, row, change)


def _compare_facts(
    state: State, document: str, before: Mapping[str, str], facts: dict[str, str], read: Read, fetch: int
) -> None:
    """Where no text of a document is read, a new title or status on its listing is all there is to see.

    What one source says is compared with what it said at the same place: that a list names a document otherwise than
    the document's own page does, or another list, is no event.
    """
    after = documents.get(state.store, document)
    is_told = read.reading.source.complete  # An entry on its list tells it.
    if after is None or after["current"] is not None or read.reading.cause != "source" or is_told:
        return
    kinds: tuple[tuple[str, ChangeKind], ...] = (("title", "retitled"), ("status", "status"))
    for column, kind in kinds:
        old, new = before.get(column, ""), facts.get(column, "")
        if old and new and canonical(old) != canonical(new) and after[column] == new:
            shown = words(old, new) if kind == "retitled" else ()
            weight = significance(Difference(kind=kind, path="", old=old, new=new, words=shown), "summary")
            difference = Difference(kind=kind, path="", old=old, new=new, significance=weight)
            differences.of_document(state, after, AddChange(document=document, difference=difference, fetch=fetch))
