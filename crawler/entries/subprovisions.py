"""Subsections and paragraphs that came or went whole: told as such, not as words of the provision around them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from crawler.changes.edit_location import edits
from crawler.model import Word
from crawler.store import Row, Store, wordings

MAX_SUBPROVISIONS = 8
"""Most sub-provisions that are told one by one; of more the provision around them is."""
_WORDS = {"words inserted": ("added", "inserted"), "words omitted": ("omitted", "omitted"),
          "words repealed": ("omitted", "repealed")}  # fmt: skip
"""Verbs of words of a provision, with the kind of change and the verb where they are all of some of its parts."""

_Parts = dict[str, tuple[int, int]]


def told_by_subprovisions(store: Store, rows: Sequence[Row]) -> list[Row]:
    """Return the changes of a law; one whose words are whole sub-provisions is told by these, each with its path."""
    return [each for row in rows for each in (_split(store, row) or [row])]


def _split(store: Store, row: Row) -> list[Row]:
    if row["kind"] != "changed" or not row["law"] or row["verb"] not in _WORDS:
        return []
    if row["status_before"] != row["status_after"]:
        return []
    before, after = (_parts(store, row[name]) for name in ("before_section", "after_section"))
    kind, verb = _WORDS[row["verb"]]
    is_added = kind == "added"
    shown = [Word(op=op, text=text) for op, text in json.loads(row["words"])]
    text = "".join(word.text for word in shown if word.op != ("-" if is_added else "+"))
    held, others = (after, before) if is_added else (before, after)
    new = {path: span for path, span in held.items() if path not in others}
    found: list[Row] = []
    for each in edits(shown):
        put, taken = (each.inserted, each.deleted) if is_added else (each.deleted, each.inserted)
        start = each.after if is_added else each.before
        whole = list(_covering(text, start, start + len(put), new)) if not taken.strip() else []
        if not whole:
            return []
        found += [
            {**row, "kind": kind, "verb": verb, "path": path, "words": "[]", "before": "" if is_added else words,
             "after": words if is_added else ""}
            for path, words in whole
        ]  # fmt: skip
    return found if len(found) <= MAX_SUBPROVISIONS else []


def _parts(store: Store, section: int | None) -> _Parts:
    """Return the sub-provisions of a wording of a provision by path, each with where it begins and ends in its text."""
    return {path: (start, end) for path, start, end in wordings.parts(store, section)}


def _covering(text: str, start: int, end: int, parts: _Parts) -> Iterator[tuple[str, str]]:
    """Yield the parts, and their words, that make up a stretch of text; nothing where they leave a word over."""
    found: list[tuple[str, str]] = []
    while text[start:end].strip():
        start += len(text[start:end]) - len(text[start:end].lstrip())
        begun = [(stop, path) for path, (first, stop) in parts.items() if first == start and stop <= end]
        if not begun:
            return
        stop, path = max(begun)
        found.append((path, text[start:stop]))
        start = stop
    yield from found
