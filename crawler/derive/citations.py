"""What each document of the round-up cites in the text shown: law, judgments, papers and pages, by section.

Of documents that can name people nothing is noted. A law does not cite itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler.identifiers.citations import Reader
from crawler.ingest.state import State
from crawler.store import Row, citations, relevance
from crawler.store.citations import Cited

BANDS = ("in", "review")
MAX_CITATIONS = 2_000
"""Most citations that are kept of one document."""
MAX_TITLE_CHARACTERS = 200
_LAW = ("act", "asp", "si", "legislation", "directive", "regulation", "decision")


def note(state: State, row: Row) -> None:
    """Record what a document cites, after it was classified; take away what does not hold any more.

    ``row`` is that of :func:`crawler.store.toolkit.get`.
    """
    found: list[Cited] = []
    if row["band"] in BANDS and not row["hidden"]:
        for each in dict.fromkeys(_cited(state, row)):
            found.append(each)
            if len(found) == MAX_CITATIONS:
                break
    citations.put(state.store, row["id"], found)


def _cited(state: State, row: Row) -> Iterator[Cited]:
    reader = Reader(subject=row["id"] if row["kind"] in _LAW else "", leaves_out_unnamed=True)
    for path, heading, text in relevance.text(state.store, row["current"]):
        for found in reader.read(f"{heading}\n{text}"):
            name = found.document or _title(found.name, found.family)
            if name and name != row["id"]:
                yield from ((path, name, provision) for provision in found.provisions or ("",))


def _title(name: str, family: str) -> str:
    """Return a title as it is cited, empty for words that are none: "that Act"."""
    title = " ".join(name.split())
    is_title = family in ("act", "instrument") and title[:1].isupper() and len(title) <= MAX_TITLE_CHARACTERS
    return f"title:{title}" if is_title and title[-4:].isdigit() else ""
