"""The path of a provision in words: its units with their numbers."""

from __future__ import annotations

import re

from crawler.identifiers.uk import without_extent

ONCE = {"introduction": "introduction", "note": "explanatory note", "signature": "signature", "body": "text"}
"""Units that stand once in a text."""
_UNITS = frozenset(
    {
        "section", "article", "regulation", "rule", "schedule", "paragraph", "recital", "annex", "part", "chapter",
        "title", "appendix", "attachment", "division",
    }
)  # fmt: skip
_ROMAN = frozenset({"chapter", "title", "part", "annex", "appendix", "division"})
"""Units of acts of the EU, whose Roman numbers stand in small letters in paths."""
_FOOTNOTE = "note"
_ORDINALS = frozenset({
    "FIRST", "SECOND", "THIRD", "FOURTH", "FIFTH", "SIXTH", "SEVENTH", "EIGHTH", "NINTH", "TENTH",
})  # fmt: skip
"""Numbers of the schedules of old Acts."""
_NUMBER = re.compile(r"(?!(?=\d*[a-f])[0-9a-f]{8}$)\d+[0-9A-Za-z.]*|[A-Z]+[a-z]?")
_SMALL = re.compile(r"[ivxlc]{1,8}")
_LETTERED = re.compile(
    r"(?!(?:to|of|in|is|on|or|an|we|it|if|my|us|do|by)$)"
    r"(?:\d+[0-9A-Za-z]{0,4}|[A-Z]{1,3}\d{0,3}[A-Z]?|[a-z]{1,2}|[ivxlc]{1,7}|([a-z])\1{2}|zz[a-z])"
)
"""Numbers and letters of sub-provisions, no words of a heading."""
_UNDIVIDED = ("chapter", "part", "title", "division")
"""Units that have no numbered parts but other units."""


def numbered(path: str) -> str:
    """Return a path of units and their numbers in words, the empty text where it is none.

    >>> numbered("part-III-chapter-2"), numbered("part-I-crossheading-grants"), numbered("findings")
    ('part III chapter 2', '', '')
    >>> numbered("chapter-2-part-0c0e5088")
    ''
    >>> numbered("chapter-iii-section-1"), numbered("recital-56-note-1"), numbered("schedule-SECOND-paragraph-2")
    ('chapter III section 1', 'recital 56 footnote 1', 'second schedule paragraph 2')
    >>> numbered("chapter-1-what-we-do"), numbered("part-2-a"), numbered("section-4-to-do"), numbered("section-4-1-aa")
    ('', '', '', 'section 4(1)(aa)')
    >>> numbered("section-6-1-for-scotland"), numbered("annex-ii-point-3-4-3-b")
    ('section 6(1) for Scotland', 'annex II point 3.4.3(b)')
    """
    general, extent = without_extent(path)
    if extent:
        said_there = numbered(general)
        return said_there and f"{said_there} for {extent}"
    annex, point, steps_of_point = path.partition("-point-")
    if point and path.startswith("annex"):
        around, inside = numbered(annex) or annex * (annex == "annex"), _point(steps_of_point)
        return f"{around} point {inside}" if around and inside else ""
    return _units(path)


def _units(path: str) -> str:
    first, _, rest = path.partition("-")
    said = [ONCE[first]] if first in ONCE else []
    steps = rest.split("-") if said and rest else [] if said else path.split("-")
    for place, step in enumerate(steps):
        unit = steps[place - 1] if place else ""
        undivided = next((each for each in reversed(steps[:place]) if each in _UNITS), "") in _UNDIVIDED
        if step in _UNITS and place + 1 < len(steps):
            said.append(step)
        elif step == _FOOTNOTE and said and place + 2 == len(steps) and steps[-1].isdigit():
            said.append("footnote")
        elif unit == "schedule" and step in _ORDINALS:
            said[-1] = f"{step.lower()} schedule"
        elif unit in _UNITS and _NUMBER.fullmatch(step):
            said.append(step)
        elif unit in _ROMAN and _SMALL.fullmatch(step):
            said.append(step.upper())
        elif unit == _FOOTNOTE and said[-1] == "footnote":
            said.append(step)
        elif said and step not in _UNITS and unit not in _UNITS and not undivided and _LETTERED.fullmatch(step):
            said.append(f"({step})")
        else:
            return ""
    return re.sub(r"(?:(?<=[0-9A-Z)])|(?<=\d[a-z])) \(", "(", " ".join(said))


def _point(steps: str) -> str:
    """Return the number of a point of an annex: figures with full stops between, letters in brackets; empty if none.

    >>> _point("3-4-3-b"), _point("a"), _point("3-note-1")
    ('3.4.3(b)', '(a)', '')
    """
    said = ""
    for step in steps.split("-"):
        if not _LETTERED.fullmatch(step) or step == _FOOTNOTE:
            return ""
        is_figure = step[0].isdigit() and "(" not in said
        said += f".{step}" if is_figure and said else step if is_figure else f"({step})"
    return said
