"""Differences become changes: dated, with their cause, under an id made of the captures before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crawler.changes import section_digests
from crawler.ingest.state import State
from crawler.model import REPRESENTATIONS, Cause, Difference, Representation, Significance, digest_of
from crawler.outbox import Seen, silence
from crawler.store import Row, changes, crawls, dumps, fetches, versions

KEPT = 200_000
"""Most characters of a wording that a change repeats; the whole wording stands in its section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What all differences between two versions share. ``silent`` says why they are not announced.

    ``occurred`` is from when the new version applies, ``starts`` from when single provisions of it do, by their paths;
    None where that is not known.
    """

    document: str
    previous: str | None
    version: str | None
    fetch: int
    cause: Cause
    seen: str
    occurred: str | None
    note: str
    silent: str
    starts: Mapping[str, str | None] = field(default_factory=dict)

    def since(self, difference: Difference) -> str | None:
        """Return from when a difference applies."""
        path = "" if difference.after is None else difference.after.path
        return self.starts.get(path, self.occurred) if self.occurred else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to a document as a whole: the fetch that showed it, the values before and after.

    ``significance`` is by rule where it is about words, such as those of a title. ``mark`` tells events of one kind
    that one capture shows from each other.
    """

    fetch: int
    before: str = ""
    after: str = ""
    path: str = ""
    note: str = ""
    occurred: str | None = None
    silent: str = ""
    late: str = ""
    significance: Significance = "substantive"
    mark: str = ""


def weaker(state: State, document: str, representation: Representation) -> bool:
    """Return whether a document shows a better representation, so that a difference in this one is no news."""
    shown = versions.shown_as(state.store, document)
    return shown is not None and REPRESENTATIONS.index(shown) < REPRESENTATIONS.index(representation)


def silent(state: State, source: str, cause: Cause, *, is_weaker: bool = False) -> str:
    """Return why changes seen through a source are not announced, empty where they are."""
    is_watched = cause != "source" or bool(crawls.source(state.store, source)["first_complete_walk"])
    return silence(Seen(cause=cause, is_weaker=is_weaker, is_watched=is_watched))


def of_versions(state: State, shared: Change, differences: Sequence[Difference]) -> int:
    """Store the differences between two versions; return how many are new."""
    before = changes.capture_of(state.store, shared.previous)
    fetch = fetches.get(state.store, shared.fetch)
    return sum(_store(state, shared, before, (fetch["time"], fetch["digest"]), each) for each in differences)


def _store(state: State, shared: Change, before: tuple[str, str], after: tuple[str, str], each: Difference) -> bool:
    sections = [s for s in (each.before, each.after) if s is not None]
    ids = versions.section_ids(state.store, shared.document, sections, section_digests(sections))
    first = ids[0] if each.before else None
    last = ids[-1] if each.after else None
    row: Row = {
        "id": digest_of(shared.document, before, after, each.kind, each.path)[:24],
        "document": shared.document,
        "version": shared.version,
        "previous": shared.previous,
        "kind": each.kind,
        "path": each.path,
        "before": (each.before.text if each.before else each.old)[:KEPT],
        "after": (each.after.text if each.after else each.new)[:KEPT],
        "words": dumps([[word.op, word.text] for word in each.words]),
        "before_section": first,
        "after_section": last,
        "position": each.position,
        "verb": each.verb,
        "reasons": reasons_as_text(each),
        "cause": shared.cause,
        "significance": each.significance,
        "flags": dumps(list(each.flags)),
        "note": shared.note,
        "occurred": shared.since(each),
        "seen": shared.seen,
        "crawl": state.crawl,
        "fetch": shared.fetch,
    }
    silent = shared.silent or silence(Seen(is_told=changes.is_told(state.store, row)))
    return changes.add(state.store, row, silent=silent)


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


def of_document(state: State, row: Row, kind: str, event: Event) -> bool:
    """Store a change of the document itself, such as new, retitled, status, date, note, withdrawn or gone."""
    fetch = fetches.get(state.store, event.fetch)
    reason = event.silent or silent(state, fetch["source"] or row["source"], "source")
    return changes.add(
        state.store,
        {
            "id": digest_of(row["id"], fetch["time"], fetch["digest"], kind, event.path + event.mark)[:24],
            "document": row["id"],
            "previous": row["current"],
            "kind": kind,
            "path": event.path,
            "before": event.before,
            "after": event.after,
            "cause": "source",
            "significance": event.significance,
            "note": event.note,
            "occurred": event.occurred,
            "seen": fetch["time"],
            "crawl": state.crawl,
            "fetch": event.fetch,
        },
        silent=reason,
        late=event.late,
    )


def leads(state: State, row: Row, address: str, elsewhere: str, fetch: int) -> None:
    """Announce once that an address of a document leads to the page of another one that is held."""
    if not changes.leads(state.store, row["id"], elsewhere):
        event = Event(fetch=fetch, before=address, after=elsewhere, path=changes.LEADS)
        of_document(state, row, "relocated", event)
