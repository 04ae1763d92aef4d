"""Headlines and summaries by rule: every word comes from the source, the structure or a fixed template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from crawler.store import Row

LONGEST = 120
"""Most characters of a title inside a headline."""
NAMED = 3
"""Most provisions that a summary names one by one."""

_VERBS = {
    "added": "inserted",
    "removed": "removed",
    "changed": "changed",
    "renumbered": "renumbered",
    "moved": "moved to another place",
}
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


def kind_of(rows: Sequence[Row], root: str) -> str:
    """Give what happened to a family, in one word: the weightiest of its changes, those of its top first."""
    found = {row["kind"] if row["kind"] in _EVENTS else "changed" for row in rows if row["document"] == root}
    if not found:
        return "changed"
    return next(kind for kind in _ORDER if kind in found)


def headline(kind: str, title: str) -> str:
    """Give the headline of an entry.

    >>> headline("withdrawn", "Sample guidance")
    'Withdrawn: Sample guidance'
    """
    short = title if len(title) <= LONGEST else title[:LONGEST].rpartition(" ")[0] + " …"
    return _EVENTS[kind].format(title=short)


def summary(rows: Sequence[Row], root: str) -> str:
    """Give what changed: values for a document, verbs and provisions for its text, files by their titles."""
    sentences = [_event(row) for row in rows if row["kind"] in _EVENTS and row["kind"] != "changed" and not row["path"]]
    sentences += [
        f"{row['path'][:1].upper()}{row['path'][1:]}: {row['before'][:10]} became {row['after'][:10]}."
        for row in rows
        if row["kind"] == "date"
    ]
    provisions = [row for row in rows if row["kind"] in _VERBS]
    sentences += _provisions([row for row in provisions if row["document"] == root])
    for document in dict.fromkeys(row["document"] for row in provisions if row["document"] != root):
        of_child = [row for row in provisions if row["document"] == document]
        sentences += [f"{of_child[0]['document_title']}: {text}" for text in _provisions(of_child)]
    return " ".join(text for text in sentences if text)


def _event(row: Row) -> str:
    title = row["document_title"]
    if row["parent"] and row["kind"] == "new":
        return f"Attachment added: {title}."
    if row["parent"]:
        title = f"Attachment {title}"
    match row["kind"]:
        case "new":
            return ""
        case "withdrawn" | "gone" | "returned":
            said = {"withdrawn": "was withdrawn", "gone": "is no longer found", "returned": "is there again"}
            return f"{title} {said[row['kind']]}."
        case "relocated":
            return f"New address: {row['after']}."
        case "retitled":
            return f"The title was: {row['before']}."
        case _:
            return f"Status: {row['before']} became {row['after']}." if row["before"] else f"Status: {row['after']}."


def _provisions(rows: Sequence[Row]) -> list[str]:
    """Give sentences such as "Section 45(1) changed; section 12A inserted."."""
    if not rows:
        return []
    counts = Counter(row["kind"] for row in rows)
    parts = []
    for kind, verb in _VERBS.items():
        named = [name(row) for row in rows if row["kind"] == kind]
        if not named:
            continue
        shown = named[:NAMED]
        more = counts[kind] - len(shown)
        words = ", ".join(shown) + (f" and {more} more" if more else "")
        parts.append(f"{words} {verb}")
    text = "; ".join(parts)
    return [f"{text[:1].upper()}{text[1:]}."]


def name(row: Row) -> str:
    """Give a provision for readers: its number with the kind of provision, or its heading.

    >>> name({"path": "section-45-1-a", "heading": ""})
    'section 45(1)(a)'
    """
    path, heading = str(row["path"]), str(row["heading"] or "")
    parts = path.split("-")
    if len(parts) > 1 and parts[0] in _UNITS and parts[1][:1].isdigit():
        if parts[0] == "schedule" and len(parts) > 3 and parts[2] == "paragraph":
            return f"schedule {parts[1]} paragraph {parts[3]}" + "".join(f"({p})" for p in parts[4:])
        return f"{parts[0]} {parts[1]}" + "".join(f"({p})" for p in parts[2:])
    return f"“{heading}”" if heading else path.replace("-", " ")


_UNITS = frozenset({"section", "article", "regulation", "rule", "schedule", "paragraph", "recital", "annex", "part"})
