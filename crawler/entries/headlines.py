"""Headlines and summaries by rule: every word comes from the source, the structure or a fixed template."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.store import Row
from crawler.text import slug

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
    short = title if len(title) <= LONGEST else (title[:LONGEST].rpartition(" ")[0] or title[:LONGEST]) + " …"
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
    parts = []
    for kind, verb in _VERBS.items():
        named = list(dict.fromkeys(name(row) for row in rows if row["kind"] == kind))
        if not named:
            continue
        # A law is amended by inserting; guidance gets a new part.
        said = "added" if kind == "added" and all(each.startswith("“") for each in named) else verb
        parts.append(f"{_listed(named)} {said}")
    text = "; ".join(parts)
    return [f"{text[:1].upper()}{text[1:]}."] if text else []


def _listed(named: Sequence[str]) -> str:
    """Give names in a row, the first few one by one.

    >>> _listed(["section 1", "section 2"]), _listed(["a", "b", "c", "d", "e"])
    ('section 1 and section 2', 'a, b, c and 2 more')
    """
    shown, more = list(named[:NAMED]), len(named) - NAMED
    last = f"{more} more" if more > 0 else shown.pop()
    return f"{', '.join(shown)} and {last}" if shown else last


def name(row: Row) -> str:
    """Give a provision for readers: its number with the kind of provision, or its heading.

    >>> name({"path": "section-45-1-a", "heading": "Defence for victims"})
    'section 45(1)(a)'
    >>> name({"path": "schedule-1-part-2-paragraph-3-a", "heading": ""}), name({"path": "note-1", "heading": ""})
    ('schedule 1 part 2 paragraph 3(a)', 'explanatory note (1)')
    >>> name({"path": "section-2-of-the-act", "heading": "Section 2 of the Act"})
    '“Section 2 of the Act”'
    """
    path, heading = str(row["path"]), str(row["heading"] or "")
    if heading and slug(heading) in (path, re.sub(r"-\d+$", "", path)):
        return f"“{heading}”"
    return _numbered(path) or (f"“{heading}”" if heading else path.replace("-", " "))


def _numbered(path: str) -> str:
    """Give a path of units and their numbers in words, the empty text where it is none.

    >>> _numbered("part-III-chapter-2"), _numbered("part-I-crossheading-grants"), _numbered("findings")
    ('part III chapter 2', '', '')
    """
    first, _, rest = path.partition("-")
    said = [_ONCE[first]] if first in _ONCE else []
    steps = rest.split("-") if said and rest else [] if said else path.split("-")
    for place, step in enumerate(steps):
        is_unit = step in _UNITS and place + 1 < len(steps)
        if is_unit or (place and steps[place - 1] in _UNITS and _NUMBER.fullmatch(step)):
            said.append(step)
        elif said and step not in _UNITS and steps[place - 1] not in _UNITS and _LETTERED.fullmatch(step):
            said.append(f"({step})")
        else:
            return ""
    return re.sub(r"(?<=[0-9A-Z)]) \(", "(", " ".join(said))


_ONCE = {"introduction": "introduction", "note": "explanatory note", "signature": "signature", "body": "text"}
_UNITS = frozenset(
    {
        "section", "article", "regulation", "rule", "schedule", "paragraph", "recital", "annex", "part", "chapter",
        "title", "appendix", "attachment", "division",
    }
)  # fmt: skip
_NUMBER = re.compile(r"\d+[0-9A-Za-z.]*|[A-Z]+[a-z]?")
_LETTERED = re.compile(r"[0-9A-Za-z]{1,5}")
