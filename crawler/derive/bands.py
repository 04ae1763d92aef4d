"""The band of a document, and what it means that it was in another one before: whose doing, and whether it is told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crawler.classify.relevance import PATIENCE, Band, Classified, Reason
from crawler.ingest.state import State
from crawler.model import digest_of
from crawler.outbox import Seen, silence
from crawler.store import Row, changes, documents
from crawler.store import relevance as store
from crawler.text import stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """What was found of a family, and what decided: decision, series, relation, source or words."""

    band: Band
    decided_by: str
    reasons: tuple[Reason, ...]
    found: Classified


def is_ours(state: State, document: str, judged: Classification, before: Row) -> bool:
    """Return whether a document is in another band because a person decided so, or changed sources.yaml.

    It is the publisher's doing where its words changed, where a source that was there before lists it for the first
    time now, and where a tie to a tracked instrument was read now. It is ours where its words are read now because its
    source is kept as a whole since.
    """
    if judged.decided_by in ("words", "family"):
        ours = before["decided_by"] not in ("words", "family")
        return ours or store.read_from_aside(state.store, document, state.crawl)
    if judged.decided_by == "relation":
        return not store.tied_since(state.store, document, state.crawl)
    if judged.decided_by == "source":
        return not store.listed_since(state.store, document, state.crawl)
    return True


def comes_in(state: State, judged: Classification, before: Row, *, ours: bool) -> bool:
    """Return whether what was seen of a document before is told now: it waited until its relevance was clear.

    That is where its source made it relevant, where a person decided what was on the list, and where nobody did for so
    long that what is surely relevant by its title and summary is published all the same: the rest stays on the list.
    """
    if judged.band == "review":
        is_sure = judged.found.unconfirmed and before["band"] == "review" and before["unconfirmed"] is None
        return is_sure and before["since"] <= stamp(state.clock - PATIENCE)
    if judged.band == "out" or before["band"] == "in":
        return False
    return before["band"] == "review" or not ours


def move(state: State, rows: Iterable[Mapping[str, Any]]) -> None:
    """Record which documents our rules put into another band, as the journal says."""
    for row in rows:
        name = documents.resolve(state.store, row["document"])
        if row["kind"] == "band" and documents.get(state.store, name) is not None:
            note(state, name, row["before"], row["after"])
            store.waits_since(state.store, name, state.now)


def note(state: State, document: str, before: str, after: str) -> None:
    """Record the change that says that a document is in another band by our rules or decisions."""
    row: Row = {
        "id": digest_of(document, state.crawl, "rules", before, after)[:24],
        "document": document,
        "kind": "band",
        "before": before,
        "after": after,
        "cause": "rules",
        "seen": state.now,
        "crawl": state.crawl,
    }
    changes.add(state.store, [row], silent=silence(Seen(cause="rules")))
