"""Chapters and annexes of guidance, as the paths of its sections begin with them."""

from __future__ import annotations

import re

_CHAPTER = re.compile(r"(annexe?|appendix|chapter|part|schedule)-(\d{1,3}[a-z]?|[a-z]{1,2}|[ivxlc]{1,6})-(.+)")


def chapter(path: str) -> str:
    """Return the chapter or annex that a section is in, empty where its path does not say.

    >>> chapter("annex-f-legal-aid"), chapter("chapter-7-the-journey"), chapter("chapter-7"), chapter("legal-aid")
    ('annex F', 'chapter 7', '', '')
    """
    match = _CHAPTER.fullmatch(path)
    return f"{match[1]} {match[2].upper()}" if match else ""
