"""What was decided, carried out: the one way from :mod:`crawler.reconcile` into the database."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from crawler.changes import section_digests
from crawler.model import Difference, Section, digest_of
from crawler.reconcile import intents as do
from crawler.reconcile.intents import AddChange, AddVersion, Describe, Intent, Merge, Retract
from crawler.reconcile.reading import version_id
from crawler.reconcile.versions import length
from crawler.store import (
    addresses,
    changes,
    commencements,
    commentary,
    crawls,
    documents,
    fetches,
    frontier,
    history,
    issues,
    merging,
    quarantine,
    skipped,
    statements,
    versions,
)
from crawler.store.store import Row, Store, dumps

MAX_CHARACTERS_REPEATED = 200_000
"""Most characters of a wording that a change repeats; the whole wording stands in its section."""


def carry_out(store: Store, crawl: str, intents: Iterable[Intent]) -> int:
    """Carry out what was decided in a crawl; return how many changes are new."""
    new = 0
    for announced, alike in groupby(intents, lambda each: isinstance(each, AddChange) and (each.silent, each.late)):
        if announced:
            added = [each for each in alike if isinstance(each, AddChange)]
            new += changes.add(store, _rows(store, crawl, added), silent=announced[0], late=announced[1])
        else:
            for intent in alike:
                _carry_out_of_text(store, crawl, intent)
    return new


def add_fetch(store: Store, row: Row) -> int:
    """Insert the row of one request, whose outcome is settled later; return its number."""
    return fetches.add(store, {**row, "asked": dumps(row["asked"]), "options_digest": dumps(row["options_digest"])})


def _carry_out_of_text(store: Store, crawl: str, intent: Intent) -> None:
    match intent:
        case AddVersion():
            _add_version(store, intent)
        case do.Annotate(document=document, version=version, annotations=annotations, fetch=fetch):
            seen = str(fetches.get(store, fetch)["time"])
            ids = commentary.annotation_ids(store, document, annotations, seen, fetch)
            if commentary.note_again(store, version, ids):
                commencements.note_due(store, document)
        case do.Quarantine(stream=stream, held=held):
            quarantine.put(store, stream, held)
            _keep_title(store, stream.document, fetches.get(store, held.fetch)["source"])
        case do.Release(stream=stream):
            quarantine.drop(store, stream)
        case Retract():
            _retract(store, intent)
        case do.AddNotes(document=document, notes=notes, seen=seen, fetch=fetch):
            history.add(store, document, notes, seen, fetch)
        case do.RewordNote(document=document, number=number, note=note):
            history.reword(store, document, number, note)
        case _:
            _carry_out_of_names(store, crawl, intent)


def _carry_out_of_names(store: Store, crawl: str, intent: Intent) -> None:
    match intent:
        case do.Identify(alias=alias, document=document):
            documents.add_alias(store, alias, document)
        case Merge():
            _merge(store, intent, crawls.clock(store, crawl)[:10])
        case do.Absorb(document=document, page=page, aliases=aliases, moved=moved):
            addresses.absorb(store, page, document, crawl=crawl, moved=moved)
            for alias in aliases:
                addresses.mark(store, alias, document, alternate=not moved)
            documents.refresh(store, document)
        case do.Free(alias=alias, document=document):
            addresses.free(store, alias)
            documents.refresh(store, document)
        case do.Follow(document=document, alias=alias, before=before):
            addresses.follow(store, document, alias, before)
        case _:
            _carry_out_of_facts(store, crawl, intent)


def _merge(store: Store, intent: Merge, day: str) -> None:
    old, new = intent.old, intent.new
    if documents.get(store, old) is None:
        documents.add_alias(store, old, new)
    elif documents.get(store, new) is None:
        merging.rename(store, old, new)
    else:
        merging.merge(store, old, new)
        if intent.is_described:
            documents.refresh(store, new)
        versions.show(store, new, day)
    for each in documents.orphans(store, new):
        documents.refresh(store, each)


def _carry_out_of_facts(store: Store, crawl: str, intent: Intent) -> None:
    match intent:
        case Describe():
            _describe(store, crawl, intent)
        case do.AddEffect(id=name, row=row, seen=seen):
            values = {column: dumps(value) if isinstance(value, list) else value for column, value in row.items()}
            statements.put_effect(store, name, values, seen)
            if row["nature"] == "commencement":
                commencements.note_due(store, documents.resolve(store, str(row["affected"])))
        case do.AddRelation():
            key = {"document": intent.document, "relation": intent.relation, "target": intent.target}
            statements.add_relation(store, key, seen=intent.seen, fetch=intent.fetch)
        case do.StateDate(document=document, is_new=is_new):
            commencements.note_due(store, document)
            if is_new:
                statements.state_date(store, intent)
        case _:
            _carry_out_of_walk(store, crawl, intent)


def _describe(store: Store, crawl: str, intent: Describe) -> None:
    name, facts = intent.document, intent.facts
    if intent.is_new:
        first = {"availability_since": intent.seen, "first_seen": intent.seen, "source": intent.source}
        row = {"id": name, "root": name, "kind": "", "title": "", "url": "", **first}
        documents.create(store, row)
        crawls.count(store, crawl, intent.source, new=1)
    noted = documents.of_source(store, name, intent.source)
    listed, stated = ({}, facts) if intent.own else (facts, {})
    documents.note_source(store, noted, intent.seen, listed=listed, stated=stated)
    for alias in intent.aliases:
        documents.add_alias(store, alias, name)
    for each in (name, *(documents.orphans(store, name) if intent.is_new else ())):
        documents.refresh(store, each)


def _carry_out_of_walk(store: Store, crawl: str, intent: Intent) -> None:
    match intent:
        case do.Finding():
            issues.report(store, intent, crawl=crawl, clock=crawls.clock(store, crawl))
        case do.Enqueue(link=link, source=source, why=why):
            frontier.offer(store, link, source, rank=frontier.WHY.index(why), crawl=crawl, again=why == "walk")
        case do.Listed(fetch=fetch, source=source, entries=entries, known=known, newest=newest):
            fetches.listed(store, fetch, entries, newest)
            crawls.count(store, crawl, source, documents=entries, known=known)
            if newest:
                crawls.newest(store, crawl, source, newest)
        case do.SetCursor(source=source, cursor=cursor):
            store.set_meta(f"cursor {crawl} {source}", cursor)
        case _:
            _carry_out_of_answer(store, crawl, intent)


def _carry_out_of_answer(store: Store, crawl: str, intent: Intent) -> None:
    match intent:
        case do.NoteProblems(fetch=fetch, source=source, problems=problems):
            issues.note_problems(store, fetch, source, problems)
        case do.Settle(fetch=fetch, outcome=outcome, reason=reason):
            fetches.settle(store, fetch, outcome, reason)
        case do.NoteReaders(fetch=fetch, sources=sources, options_digest=options_digest):
            fetches.note_readers(store, fetch, sources, options_digest)
        case do.Count(source=source, more=more):
            crawls.count(store, crawl, source, **more)
        case do.Answered(link=link, source=source, token=token, still=still):
            frontier.answered(store, link, {source: token})
            clock = crawls.clock(store, crawl)
            issues.resolve_subject(store, clock=clock, source=source, subject=link["url"], still=still)
        case _:
            _carry_out_of_document(store, intent)


def _carry_out_of_document(store: Store, intent: Intent) -> None:
    match intent:
        case do.Check(document=document, seen=seen):
            row = documents.get(store, document)
            if row is not None and row["checked"] != seen:
                store.update("documents", {"id": document}, {"checked": seen})
        case do.Show(document=document, day=day, changed=changed):
            if day:
                versions.show(store, document, day)
            if changed:
                store.update("documents", {"id": document}, {"changed": changed})
        case do.Skip():
            skipped.put(store, intent)
        case do.Keep():
            skipped.drop(store, intent.source, intent.link, intent.documents)
        case do.SetAvailability(document=document, availability=availability, since=since, answers=answers):
            row = {"availability": availability, "availability_since": since, "suspect_answers": answers}
            store.update("documents", {"id": document}, row)
        case _:
            raise TypeError(intent)


def _rows(store: Store, crawl: str, added: Sequence[AddChange]) -> Iterator[Row]:
    """Yield changes as rows, under ids made of the captures before and after, time and digest."""
    sections = {each.document: list[Section]() for each in added}
    for each in added:
        sections[each.document] += filter(None, (each.difference.before, each.difference.after))
    ids = {
        document: iter(versions.section_ids(store, document, some, section_digests(some)) if some else ())
        for document, some in sections.items()
    }
    captures: dict[str | None, tuple[str, str]] = {}
    for intent in added:
        told, fetch = intent.difference, fetches.get(store, intent.fetch)
        after = (fetch["time"], fetch["digest"])
        if intent.version is not None and intent.previous not in captures:
            captures[intent.previous] = changes.capture_of(store, intent.previous)
        both = after if intent.version is None else (captures[intent.previous], after)
        yield {
            "id": digest_of(intent.document, *both, told.kind, told.path + intent.mark)[:24],
            "document": intent.document,
            "version": intent.version,
            "previous": intent.previous,
            "kind": told.kind,
            "path": told.path,
            "before": (told.before.text if told.before else told.old)[:MAX_CHARACTERS_REPEATED],
            "after": (told.after.text if told.after else told.new)[:MAX_CHARACTERS_REPEATED],
            "words": dumps([[word.op, word.text] for word in told.words]),
            "before_section": next(ids[intent.document]) if told.before else None,
            "after_section": next(ids[intent.document]) if told.after else None,
            "position": told.position,
            "verb": told.verb,
            "reasons": reasons_as_text(told),
            "cause": intent.cause,
            "significance": told.significance,
            "flags": dumps(list(told.flags)),
            "note": intent.note,
            "occurred": intent.occurred,
            "seen": fetch["time"],
            "crawl": crawl,
            "fetch": intent.fetch,
        }


def _add_version(store: Store, intent: AddVersion) -> None:
    wording, origin = intent.wording, intent.origin
    version = wording.version
    ids = versions.section_ids(store, version.document, version.sections, wording.sections)
    notes = commentary.annotation_ids(store, version.document, version.annotations, origin.time, origin.fetch)
    row: Row = {
        "id": version_id(version, origin),
        "document": version.document,
        "representation": version.representation,
        "language": version.language,
        "title": version.title,
        "label": version.label,
        "valid_from": version.valid_from,
        "captured": origin.time,
        "status": version.status,
        "digest": bytes.fromhex(wording.digest),
        "note": version.note,
        "partial": int(version.partial),
        "leaves_out": dumps(version.leaves_out),
        "source": origin.source.id,
        "options_digest": bytes.fromhex(origin.source.options_digest),
        "fetch": origin.fetch,
        "sections": dumps(ids),
        "annotations": dumps(notes),
        "characters": length(version),
    }
    versions.add(store, row)
    commencements.note_due(store, version.document)


def _retract(store: Store, intent: Retract) -> None:
    """Remove a version, and show of its document what was before."""
    head, name = intent.head, intent.head.document
    versions.take_back(store, head.id)
    versions.show(store, name, intent.day)
    fetches.settle(store, head.fetch, "quarantined", intent.reason)
    _keep_title(store, name, head.source)


def _keep_title(store: Store, document: str, source: str) -> None:
    """Take back the title that came with a text that is held."""
    noted, title = documents.of_source(store, document, source), versions.title(store, document)
    if title and noted.stated:
        documents.note_source(store, noted, noted.last_seen, listed={}, stated={"title": title})
        documents.refresh(store, document)


def reasons_as_text(difference: Difference) -> str:
    """Return the reasons of a difference as they are stored: a JSON list of instrument, provision, date and basis.

    Behind them stands ``in part`` where something began on that day in part alone.
    """
    return dumps(
        [
            [reason.instrument, reason.provision, reason.date, reason.basis, *["in part"] * reason.in_part]
            for reason in difference.reasons
        ]
    )
