"""What each document of the round-up cites in the text shown: law, judgments, papers and pages, by section.

Of documents that can name people nothing is noted. A law does not cite itself.
"""

from collections.abc import Callable, Iterator, Sequence

from crawler.identifiers.citations import Reader, may_cite
from crawler.ingest.state import State
from crawler.store import Row, statements
from crawler.store.relevance import Said
from crawler.store.statements import Cited

BANDS = ("in", "review")
MAX_CITATIONS = 2_000
"""Most citations that are kept of one document."""
MAX_TITLE_CHARACTERS = 200
_LAW = ("act", "asp", "si", "legislation", "directive", "regulation", "decision")


def note(state: State, row: Row, text: Callable[[str | None], Sequence[Said]], *, is_new: bool) -> None:
    """Record what a document cites, after it was classified; take away what does not hold any more.

    ``row`` is that of :func:`crawler.store.toolkit.get`, ``text`` returns the sections of a version. ``is_new``: it was
    never classified before.
    """
    found: list[Cited] = []
    if row["band"] in BANDS and not row["hidden"]:
        for each in dict.fromkeys(_cited(row, text(row["current"]))):
            found.append(each)
            if len(found) == MAX_CITATIONS:
                break
    statements.put_citations(state.store, row["id"], found, is_new=is_new)


def _cited(row: Row, text: Sequence[Said]) -> Iterator[Cited]:
    reader = Reader(subject=row["id"] if row["kind"] in _LAW else "", leaves_out_unnamed=True)
    passages = [(path, f"{heading}\n{words}") for path, _, heading, words in text]
    if not reader.subject and not may_cite(passage for _, passage in passages):
        return
    reader.foresee(passage for _, passage in passages)
    for path, passage in passages:
        for found in reader.read(passage):
            name = found.document or _title(found.name, found.family)
            if name and name != row["id"]:
                yield from ((path, name, provision) for provision in found.provisions or ("",))


def _title(name: str, family: str) -> str:
    """Return a title as it is cited, empty for words that are none: "that Act"."""
    title = " ".join(name.split())
    is_title = family in ("act", "instrument") and title[:1].isupper() and len(title) <= MAX_TITLE_CHARACTERS
    return f"title:{title}" if is_title and title[-4:].isdigit() else ""
