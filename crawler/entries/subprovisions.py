"""Subsections and paragraphs that came or went whole: told as such, not as words of the provision around them."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import partial

from crawler.changes.edit_location import edits
from crawler.changes.law import is_empty
from crawler.model import Word
from crawler.store import Row, Store, wordings
from crawler.text import canonical

MAX_SUBPROVISIONS = 8
"""Most sub-provisions that are told one by one; of more the provision around them is."""
_WORDS = {"words inserted": ("added", "inserted"), "words omitted": ("omitted", "omitted"),
          "words repealed": ("omitted", "repealed")}  # fmt: skip
"""Verbs of words of a provision, with the kind of change and the verb where they are all of some of its parts."""

_BETWEEN = re.compile(r"[\s;,.\u2014]*(?:(?:and|or)\b[\s\u2014]*)?")
_NUMBER = re.compile(r"\(\w{1,5}\)\s+")

_Parts = dict[str, tuple[int, int]]


def told_by_subprovisions(store: Store, rows: Sequence[Row]) -> list[Row]:
    """Return the changes of a law; whole sub-provisions among its words are told by their paths, the rest apart.

    Dots in place of one that was omitted are none of it.
    """
    return [each for row in map(partial(_unnoted, store), rows) for each in (_split(store, row) or [row])]


def _unnoted(store: Store, row: Row) -> Row:
    """Return a change, without a verb of the law where the text has notes, but none and no effect tells of it."""
    if not row["law"] or row["kind"] != "changed" or row["verb"] not in (*_WORDS, "words substituted", "substituted"):
        return row
    if row["reasons"] != "[]" or not wordings.new_notes(store, str(row["version"]), str(row["previous"])):
        return row
    return {**row, "verb": "", "unnoted": True}


def _split(store: Store, row: Row) -> list[Row]:
    if row["kind"] != "changed" or not row["law"] or row["verb"] not in _WORDS:
        return []
    if row["status_before"] != row["status_after"]:
        return []
    before, after = (_parts(store, row[name]) for name in ("before_section", "after_section"))
    kind, verb = _WORDS[row["verb"]]
    is_added = kind == "added"
    shown = [Word(op=op, text=text) for op, text in json.loads(row["words"])]
    text, other = ("".join(word.text for word in shown if word.op != left) for left in ("-+" if is_added else "+-"))
    held, others = (after, before) if is_added else (before, after)
    stays = {path for path, (start, end) in others.items() if not is_empty(other[start:end])}
    new = {path: span for path, span in held.items() if path not in stays and not is_empty(text[slice(*span)])}
    found: list[Row] = []
    told: set[str] = set()
    for each in edits(shown):
        put, taken = (each.inserted, each.deleted) if is_added else (each.deleted, each.inserted)
        start = each.after if is_added else each.before
        whole = list(_covering(text, start, start + len(put), new)) if is_empty(taken) else []
        told.update((each.inserted, each.deleted) if whole else ())
        found += [
            {**row, "id": f"{row['id']} {path}", "kind": kind, "verb": verb, "path": path, "words": "[]",
             "part": row["path"], "before": "" if is_added else words, "after": words if is_added else ""}
            for path, words in whole
        ]  # fmt: skip
    if not found or len(found) > MAX_SUBPROVISIONS:
        return []
    left = [word for word in shown if word.op == "=" or word.text not in told]
    is_rest = any(_said(each.deleted) != _said(each.inserted) for each in edits(left))
    words = json.dumps([[word.op, word.text] for word in left])
    return [*found, *([{**row, "words": words}] if is_rest else [])]


def _said(text: str) -> str:
    """Return words as they are compared, without dots, signs and conjunctions beside those that are told apart."""
    bare = canonical(_BETWEEN.sub("", text))
    return "" if is_empty(bare) else bare


def _parts(store: Store, section: int | None) -> _Parts:
    """Return the sub-provisions of a wording of a provision by path, each with where it begins and ends in its text."""
    return {path: (start, end) for path, start, end in wordings.parts(store, section)}


def _covering(text: str, start: int, end: int, parts: _Parts) -> Iterator[tuple[str, str]]:
    """Yield the parts, and their words, that make up a stretch of text; nothing where they leave a word over.

    The number of the first may stand before the stretch, and a sign or *and* beside any of them.
    """
    found: list[tuple[str, str]] = []
    while (between := _BETWEEN.match(text, start, end)) and between.end() < end:
        start = between.end()
        inside = (
            (stop, path, first)
            for path, (first, stop) in parts.items()
            if start < stop and not _BETWEEN.sub("", text[end:stop])
        )
        begun = [each for each in inside if each[2] == start or _NUMBER.fullmatch(text, each[2], start)]
        if not begun:
            return
        stop, path, first = max(begun)
        found.append((path, text[first : min(stop, end)].rstrip()))
        start = stop
    yield from found
