"""The differences that an entry tells, as they are listed below its summary, beside what the publisher lists itself."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from crawler import wording
from crawler.changes.accounts import Change, Line, changes_seen, is_account, new_lines, unlisted_changes
from crawler.changes.moved_words import elsewhere, moved
from crawler.changes.strength import DutyChange, of_words
from crawler.entries import limits, provisions
from crawler.entries.dates import both_dates
from crawler.entries.order import is_longer_list, position
from crawler.model import Word, WordOp
from crawler.store import Row

HEADLINED = frozenset({"new", "withdrawn", "gone", "returned"})
"""What the headline says already where it happened to the document at the top."""
UNTOLD = frozenset({"note"})
"""What the publisher's note says as a whole."""
UNNOTED = "no amendment is noted there; its publisher changed the text"
QUOTED = 4000
"""Most characters of one run of words that an entry repeats; the page of the document has all."""

_LABELS = re.compile(r"(?:\s*\([a-z]{1,4}\)\s*)+")
"""Labels of the entries of a list, which in one markup are words of the text and in another are not."""


def entry_changes(rows: Sequence[Row], root: str, limited: limits.Limits = ()) -> list[dict[str, object]]:
    """Return each difference that says more than the headline and the publisher's note, what matters most first.

    With provisions of the top stand the limits of what was done to them. Behind all stands what the publisher lists in
    the document as its own changes.
    """
    documents = {document: place for place, document in enumerate(dict.fromkeys(row["document"] for row in rows))}
    if any(row["kind"] == "new" and row["document"] == root for row in rows):
        rows = [row for row in rows if not (row["kind"] == "new" and row["parent"])]  # they came with it
    grown = {row["parent"] for row in rows if row["kind"] == "new" and row["parent"]}  # its list says that again
    shown = [
        row
        for row in rows
        if not (row["kind"] in UNTOLD or _is_headlined(row, root) or _stands_elsewhere(row))
        and not (row["document"] in grown and is_longer_list(row))
    ]
    shown = [row for row in shown if not (_is_of_signs(row) or _is_of_labels(row))] or shown
    ordered = sorted(shown, key=lambda row: (documents[row["document"]], position(row)))
    told = (_told(row, limited if row["document"] == root else ()) for row in ordered)
    return [*told, *_headed(rows), *listed_lines(ordered)]


def _headed(rows: Sequence[Row]) -> Iterator[dict[str, object]]:
    """Yield parts whose words stand under another heading now, by both headings: moved where other words come first."""
    split = [row for row in rows if row["kind"] == "moved" and _stands_elsewhere(row) and row["heading"]]
    come = [row for row in split if row["before_section"] is None]
    for gone in (row for row in split if row["after_section"] is None):
        alike = [row for row in come if row["document"] == gone["document"] and _is_alike(gone, row)]
        if len(alike) == 1:
            come.remove(alike[0])
            words = [["-", gone["heading"]], ["+", alike[0]["heading"]]]
            stays = str(alike[0]["after"] or "").startswith(str(gone["before"] or ""))
            yield {**_told(alike[0]), "kind": "renumbered" if stays else "moved", "words": words}


def _is_alike(gone: Row, come: Row) -> bool:
    old, new = (set(str(row["heading"]).casefold().split()) for row in (gone, come))
    return old != new and 2 * len(old & new) > max(len(old), len(new))


def _stands_elsewhere(row: Row) -> bool:
    """Whether all of its words stand elsewhere in the other version: a provision that moved, or a sentence of one."""
    if row["kind"] == "changed":
        words = json.loads(row["words"])
        return bool(words) and all(op == "=" for op, _ in words) and row["status_before"] == row["status_after"]
    return row["kind"] == "moved" and None in (row["before_section"], row["after_section"])


def _is_of_signs(row: Row) -> bool:
    """Whether nothing but blanks and signs between words differs, of which nothing is marked."""
    if row["kind"] != "changed" or row["significance"] != "editorial":
        return False
    edits = [text for op, text in json.loads(row["words"]) if op != "="]
    return bool(edits) and not any(letter.isalnum() for text in edits for letter in text)


def _is_of_labels(row: Row) -> bool:
    """Whether a provision of a law only has labels of a list now that were printed before: nothing says it changed."""
    if row["kind"] != "changed" or not row.get("law") or row["verb"] or row["reasons"] != "[]":
        return False
    edits = [(op, text) for op, text in json.loads(row["words"]) if op != "="]
    return bool(edits) and all(op == "+" and _LABELS.fullmatch(text) for op, text in edits)


def _is_headlined(row: Row, root: str) -> bool:
    return row["kind"] in HEADLINED and row["document"] == root


def _told(row: Row, limited: limits.Limits = ()) -> dict[str, object]:
    words = _words(row)
    shown = tuple(Word(op=op, text=text) for op, text in words)
    is_status = row["kind"] == "changed" and row["words"] == "[]"
    duty = () if is_status else of_words(shown, row["kind"], row["path"], row["heading"] or "")
    duty += (DutyChange(flag="unnoted", after=UNNOTED),) if row.get("unnoted") else ()
    duty += tuple(limits.at(limited, row["path"])) if row["verb"] != "heading changed" else ()
    if not row.get("law"):
        is_changed = row["kind"] == "changed"
        duty += moved(shown, str(row["before"] or ""), str(row["after"] or "")) if is_changed else ()
        duty += elsewhere(shown, row["kind"])
    return {
        "kind": row["kind"],
        "verb": row["verb"],
        "document": row["document"],
        "path": row["path"],
        "heading": row["heading"] or (row["document_title"] if row["kind"] == "new" else ""),
        "words": [[op, _quoted(text)] for op, text in words],
        **({"duty": [asdict(one) for one in duty]} if duty else {}),
    }


def _quoted(text: str) -> str:
    """Return a text, of a long one its beginning and how many words it has more.

    >>> _quoted("only"), _quoted("word " * 3000)[-24:]
    ('only', 'ord … [2,201 more words]')
    """
    if len(text) <= QUOTED:
        return text
    head = text[:QUOTED].rsplit(None, 1)[0]
    return f"{head} … [{len(text[len(head) :].split()):,} more words]"


def _words(row: Row) -> list[tuple[WordOp, str]]:
    words: list[tuple[WordOp, str]] = json.loads(row["words"])
    if words:
        return words
    match row["kind"]:
        case "added":
            return [("+", row["after"])]
        case "removed" | "omitted":
            return [("-", row["before"])]
        case "date" if row["before"] != row["after"]:
            before, after = both_dates(row["before"], row["after"])
            return [("-", before), ("+", after)]
        case "retitled" | "status" | "relocated" if row["before"] != row["after"]:
            return [("-", row["before"]), ("+", row["after"])]
        case "renumbered":
            return [("-", str(provisions.name_before(row))), ("+", str(provisions.name(row)))]
        case "changed" if row["status_before"] != row["status_after"]:
            before, after = wording.status_words(row["status_before"], row["status_after"])
            return [("-", before), ("+", after)]
    return []


LISTED, LISTED_ONLY, UNLISTED = "listed", "listed only", "unlisted"
"""Kinds of what an entry tells: a line that matches a change, one that matches none, changes that match no line."""
MAX_NAMED = 20
"""Most of our changes that are named as matching no line."""
_PROVISIONS = frozenset({"added", "removed", "changed", "renumbered"})


def listed_lines(rows: Sequence[Row]) -> Iterator[dict[str, object]]:
    """Yield each new line of the lists of changes in some documents, and which of our changes match none of them."""
    for row in rows:
        if row["kind"] not in ("added", "changed") or not is_account(str(row["heading"] or "")) or row.get("law"):
            continue
        lines = new_lines(str(row["before"] or ""), str(row["after"] or ""))
        if row["kind"] == "added":  # a list of all that ever was: of this version are its last lines
            lines = tuple(line for line in lines if line.version == lines[-1].version)
        own = [other for other in rows if other["document"] == row["document"] and other is not row]
        changes = {_change(other): other for other in own if _is_told(other)}
        for line in lines:
            is_seen = next(changes_seen(line, changes), None) is not None
            yield _detail(row, LISTED if is_seen else LISTED_ONLY, _heading(row, line), line.text)
        missing = (
            [str(provisions.name(changes[change])) for change in unlisted_changes(lines, changes)] if lines else []
        )
        if missing:
            more = f" and {len(missing) - MAX_NAMED} more" if len(missing) > MAX_NAMED else ""
            yield _detail(row, UNLISTED, str(row["heading"]), "; ".join(missing[:MAX_NAMED]) + more)


def _is_told(row: Row) -> bool:
    return row["kind"] in _PROVISIONS and row["significance"] != "editorial"


def _change(row: Row) -> Change:
    edits = "".join(f"{text} " for op, text in json.loads(row["words"]) if op != "=")
    return Change(
        path=str(row["path"]), heading=str(row["heading"] or ""), text=edits or f"{row['before']} {row['after']}"
    )


def _heading(row: Row, line: Line) -> str:
    stated = " ".join(part for part in (line.version, line.date) if part)
    return f"{row['heading']}, {stated}" if stated else str(row["heading"])


def _detail(row: Row, kind: str, heading: str, text: str) -> dict[str, object]:
    return {
        "kind": kind,
        "verb": "",
        "document": row["document"],
        "path": row["path"],
        "heading": heading,
        "words": [["=", text]],
    }
