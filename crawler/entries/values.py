"""An entry before it is stored: its sentences with the origin of each word, and the row they become."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crawler.entries import word_limits
from crawler.entries.templates import Sentence, plain
from crawler.store import Row, Store, dumps, entries

WEIGHTS = ("legal effect", "substantive", "editorial")
"""How much a change matters, the weightiest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry: ``row`` holds its columns without the sentences, ``facets`` and ``sections`` where it is found.

    ``changes`` are those it tells.
    """

    row: Row
    title: Sentence
    summary: Sequence[Sentence]
    late: Sentence | None = None
    why: Sequence[Sentence] = ()
    look_for: Sequence[Sentence] = ()
    sure: Sequence[Sentence] = ()
    facets: Sequence[tuple[str, str]] = ()
    sections: Sequence[tuple[str, str]] = ()
    changes: Sequence[str] = field(default=())

    def stored(self) -> Mapping[str, object]:
        """Return the row of the entry."""
        return {
            **BLANK,
            **self.row,
            "title": str(self.title),
            "summary": plain(word_limits.fit_sentences(self.summary, is_new=self.row["kind"] == "new")),
            "late": "" if self.late is None else str(self.late),
            **{name: dumps([str(said) for said in getattr(self, name)]) for name in ("why", "look_for", "sure")},
        }


BLANK: Row = {
    "document": None, "verb": "", "details": "[]", "url": "", "jurisdiction": "", "publisher": None, "source": None,
    "published": None, "updated_by_publisher": None, "occurred": None, "day": None,
    "in_force": "not applicable", "note": "",
    "significance": "editorial", "late": "", "announced": None, "updated": None, "state": "silent",
    "capture_time": None, "capture_digest": "", "fetch": None, "why": "[]", "aimed_at": "[]", "look_for": "[]",
    "flags": "[]", "sure": "[]", "confirmed": 1, "copies": "[]",
}  # fmt: skip
"""What an entry about the round-up itself does not say."""


def put(store: Store, entry: Entry) -> None:
    """Store an entry, and where it is found."""
    entries.put(store, entry.stored(), entry.changes)
    entries.place(store, str(entry.row["id"]), entry.facets, entry.sections)
