"""Provisions in words: what they are called, and what happened to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.store import Row
from crawler.text import slug

NAMED = 3
"""Most provisions that a summary names one by one."""

_KINDS = ("added", "removed", "changed", "renumbered", "moved")
_IN_FORCE = "in force"
"""What the absence of a status means, as a rule."""
_NOW = {"prospective": "prospective (not yet in force)"}
_NO_LONGER = {"not valid": "valid again"}


def sentences(rows: Sequence[Row], root: str) -> list[str]:
    """Give what happened to the provisions of a family, those of its top first, then by attachment.

    Such as "Section 45(1) changed; section 12A inserted."
    """
    told = [row for row in rows if row["kind"] in _KINDS]
    found = _sentence([row for row in told if row["document"] == root])
    for document in dict.fromkeys(row["document"] for row in told if row["document"] != root):
        of_child = [row for row in told if row["document"] == document]
        found += [f"{of_child[0]['document_title']}: {text}" for text in _sentence(of_child)]
    return found


def _sentence(rows: Sequence[Row]) -> list[str]:
    parts: list[str] = []
    for kind in _KINDS:
        of_kind = [row for row in rows if row["kind"] == kind]
        parts += _renumbered(of_kind) if kind == "renumbered" else _happened(of_kind)
    text = "; ".join(parts)
    return [f"{text[:1].upper()}{text[1:]}."] if text else []


def _happened(rows: Sequence[Row]) -> Iterator[str]:
    """Give what happened, provisions that share a fate together."""
    fates: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        named = fates.setdefault(_fate(row), [])
        named += [name(row)] * (name(row) not in named)
    for (verb, state), named in fates.items():
        being = f"{'are' if len(named) > 1 else 'is'} {state}" if state else ""
        yield f"{listed(named)} {' and '.join(text for text in (verb, being) if text)}"


def _fate(row: Row) -> tuple[str, str]:
    """Give a participle, and what a provision is now where its legal status changed; one of them may be empty."""
    match row["kind"]:
        case "added":
            # A law is amended by inserting; guidance gets a new part.
            return "added" if name(row).startswith("“") else "inserted", ""
        case "moved":
            return "moved to another place", ""
        case "changed" if row["status_before"] != row["status_after"]:
            return "changed" if row["words"] != "[]" else "", status(row["status_before"], row["status_after"])
    return str(row["kind"]), ""


def status(before: str, after: str) -> str:
    """Give what a provision is now that its status changed.

    >>> status("prospective", ""), status("prospective", "repealed")
    ('no longer prospective (now in force)', 'no longer prospective (now repealed)')
    >>> status("", "prospective"), status("", "repealed"), status("not valid", "")
    ('now prospective (not yet in force)', 'now repealed', 'valid again (now in force)')
    """
    if before:
        return f"{_NO_LONGER.get(before, f'no longer {before}')} (now {after or _IN_FORCE})"
    return f"now {_NOW.get(after, after)}"


def _renumbered(rows: Sequence[Row]) -> list[str]:
    """Give from what to what provisions were renumbered, the first few one by one."""
    told = []
    for row in rows:
        old, new = name_before(row), name(row)
        text = f"{new} renumbered" if old == new else f"{old} is now {new}"
        told.append(f"{text}, and changed" if row["words"] != "[]" else text)
    more = len(told) - NAMED
    return [*told[:NAMED], f"{more} more renumbered"] if more > 1 else told


def listed(named: Sequence[str]) -> str:
    """Give names in a row, the first few one by one.

    >>> listed(["section 1", "section 2"]), listed(["a", "b", "c", "d", "e"])
    ('section 1 and section 2', 'a, b, c and 2 more')
    """
    shown, more = list(named[:NAMED]), len(named) - NAMED
    last = f"{more} more" if more > 0 else shown.pop()
    return f"{', '.join(shown)} and {last}" if shown else last


def name_before(row: Row) -> str:
    """Give what a provision was called before it was renumbered."""
    return name({"path": row["path_before"], "heading": row["heading_before"]})


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
