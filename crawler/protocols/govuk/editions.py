"""The publisher's own name of a version of a text: "Version 2.11" above it, "(v3.8)" in its title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.model import Section

FIRST_SECTIONS = 3
"""Sections at the beginning of a text in which its version may stand."""
_NUMBER = r"(\d{1,3}(?:\.\d{1,3}){0,3})"
_HEADING = re.compile(rf"(?:version|fersiwn)\s+{_NUMBER}\.?", re.IGNORECASE)
_OPENING = re.compile(rf"(?:version|fersiwn)\s+{_NUMBER}(?=\s|$)", re.IGNORECASE)
_TITLE = re.compile(rf"(?<!\w)(?:version\s+|fersiwn\s+|v\.?\s?){_NUMBER}(?=[\s),;:]|$)", re.IGNORECASE)


def label(title: str, sections: Sequence[Section]) -> str:
    """Return the name of a version as its text or title states it, empty where neither does.

    >>> label("Sample guidance (v3.8)", ()), label("Sample", [Section(path="a", heading="Version 2.10")])
    ('Version 3.8', 'Version 2.10')
    """
    for section in sections[:FIRST_SECTIONS]:
        heading = f"{section.number} {section.heading}".strip()
        if match := _HEADING.fullmatch(heading) or (_OPENING.match(section.text) if not section.number else None):
            return f"Version {match[1]}"
    match = _TITLE.search(title)
    return f"Version {match[1]}" if match else ""


def without_label(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return sections without a heading that says no more than which version this is: it is no part of the text."""
    return tuple(
        section
        for place, section in enumerate(sections)
        if place >= FIRST_SECTIONS or section.text or not _HEADING.fullmatch(section.heading) or len(sections) == 1
    )
