"""Headlines and summaries by rule: every word comes from the source, the structure or a fixed template."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.entries import provisions
from crawler.store import Row

LONGEST = 120
"""Most characters of a title inside a headline."""
QUOTED = 300
"""Most characters of a publisher's note inside a summary."""
GONE = 410
"""The status of an answer that says that a page is gone for good."""

_EVENTS = {
    "new": "New: {title}",
    "withdrawn": "Withdrawn: {title}",
    "gone": "No longer found: {title}",
    "returned": "Back again: {title}",
    "relocated": "Moved to a new address: {title}",
    "retitled": "Renamed: {title}",
    "status": "New status: {title}",
    "date": "Date moved: {title}",
    "changed": "Changed: {title}",
}
_ORDER = ("withdrawn", "gone", "new", "returned", "status", "date", "retitled", "changed", "relocated")


def is_formal(row: Row) -> bool:
    """Tell whether a new title has the same words in other letters or marks: no renaming."""
    return bool(row["kind"] == "retitled" and row["significance"] == "editorial")


def is_ours(row: Row) -> bool:
    """Tell whether the note on a change is not the publisher's but says what we saw: pages that are not found."""
    return bool(row["kind"] == "gone" or (row["kind"] == "withdrawn" and row["answer"] == GONE))


def kind_of(rows: Sequence[Row], root: str) -> str:
    """Give what happened to a family, in one word: the weightiest of its changes, those of its top first."""
    own = [row["kind"] for row in rows if row["document"] == root and not is_formal(row)]
    found = {kind if kind in _EVENTS else "changed" for kind in own}
    if not found:
        return "changed"
    return next(kind for kind in _ORDER if kind in found)


def headline(kind: str, title: str) -> str:
    """Give the headline of an entry.

    >>> headline("withdrawn", "Sample guidance")
    'Withdrawn: Sample guidance'
    """
    short = title if len(title) <= LONGEST else (title[:LONGEST].rpartition(" ")[0] or title[:LONGEST]) + " …"
    return _EVENTS[kind].format(title=short)


def summary(rows: Sequence[Row], root: str) -> str:
    """Give what changed: values for a document, verbs and provisions for its text, files by their titles.

    A note of the publisher is repeated where there is nothing else to tell. Empty where the headline says it all.
    """
    told = [row for row in rows if not is_formal(row)]
    sentences = [_event(row) for row in told if row["kind"] in _EVENTS and row["kind"] != "changed" and not row["path"]]
    sentences += [
        f"{row['path'][:1].upper()}{row['path'][1:]}: {row['before'][:10]} became {row['after'][:10]}."
        for row in told
        if row["kind"] == "date"
    ]
    sentences += provisions.sentences(told, root)
    if all(row["kind"] == "note" for row in told):
        sentences += [_noted(row) for row in told]
    return " ".join(text for text in sentences if text)


def _event(row: Row) -> str:
    title = row["document_title"]
    if row["parent"]:
        return f"Attachment added: {title}." if row["kind"] == "new" else _happened(row, f"Attachment {title}")
    match row["kind"]:
        case "withdrawn" if is_ours(row):
            return f"Its address answers that it is gone for good (status {GONE})."
        case "withdrawn":
            return f"Withdrawn on {row['occurred'][:10]}." if row["occurred"] else ""
        case "gone":
            return f"{row['note'][:1].upper()}{row['note'][1:]}; the publisher did not say why."
        case "returned":
            return {"withdrawn": "It had been withdrawn.", "gone": "It had not been found."}.get(row["before"], "")
    return _happened(row, title)


def _happened(row: Row, title: str) -> str:
    """Give what happened to a document whose title the headline does not say."""
    match row["kind"]:
        case "withdrawn" | "gone" | "returned":
            said = {"withdrawn": "was withdrawn", "gone": "is no longer found", "returned": "is there again"}
            return f"{title} {said[row['kind']]}."
        case "relocated":
            return f"New address: {row['after']}."
        case "retitled":
            return f"The title was: {row['before']}."
        case "status":
            return _status(row["before"], row["after"])
    return ""


def _status(before: str, after: str) -> str:
    """Give a new legal status in a sentence.

    >>> _status("prospective", "in force"), _status("", "repealed"), _status("repealed", "")
    ('Status: prospective became in force.', 'Status: repealed.', 'Status: no longer repealed.')
    """
    if before and after:
        return f"Status: {before} became {after}."
    return f"Status: {after}." if after else f"Status: no longer {before}."


def _noted(row: Row) -> str:
    """Give the publisher's note on an update, and that we do not know what it was."""
    about = f"Attachment {row['document_title']}: the" if row["parent"] else "The"
    note = row["note"] if len(row["note"]) <= QUOTED else f"{row['note'][:QUOTED].rpartition(' ')[0]} …"
    return f"{about} publisher says: “{note}” We saw no difference in the text that we read."
