"""Chapters and annexes of guidance, as the paths of its sections begin with them; crossheadings of laws."""

import re

NAMES = (
    "annexe?|appendix|chapter|part|schedule|chapitre|partie|titre|kapitel|teil|anhang|anlage|hoofdstuk|deel|bijlage|"
    "cap[i\u00ed]tulo|anexo|pennod|rhan|atodiad"
)
"""Words, in the languages that are read, that name with their number what holds the sections of a text."""
_NO_NUMBER = "of|in|to|is|on|at|by|or|an|as|no|we|it|if|de|la|le|en|du|et|un|op|te|zu|am|im|el|al|se"
_CHAPTER = re.compile(
    rf"({NAMES})-(?!(?:{_NO_NUMBER})-)(\d{{1,3}}[a-z]?|[a-z]{{1,2}}|[a-z]\d{{1,2}}|[ivxlc]{{1,6}})(?:-(.+))?"
)

_CROSSHEADING = re.compile(r"(?:.+-)?crossheading-(.+?)(?:-repeat-\d+)?")


def crossheading(path: str, heading: str) -> str:
    """Return the words of a crossheading, those of its path where dots are left of it; empty for any other section.

    >>> crossheading("part-2-crossheading-grants-and-loans", "Grants and loans"), crossheading("section-2", "Grants")
    ('Grants and loans', '')
    >>> crossheading("crossheading-grants-and-loans", "...")
    'Grants and loans'
    """
    match = _CROSSHEADING.fullmatch(path)
    if match is None or any(map(str.isalnum, heading)):
        return heading if match else ""
    return match[1].replace("-", " ").capitalize()


def is_chapter(path: str) -> bool:
    """Return whether a path is that of a chapter or an annex, or of a section in one.

    >>> is_chapter("chapter-7"), is_chapter("annex-f-legal-aid"), is_chapter("section-7"), is_chapter("part-of-it")
    (True, True, False, False)
    """
    return _CHAPTER.fullmatch(path) is not None


def chapter(path: str, *, itself: bool = False) -> str:
    """Return the chapter or annex that a section is in, empty where its path does not say; or that it is ``itself``.

    >>> chapter("annex-f-legal-aid"), chapter("chapter-7-the-journey"), chapter("chapter-7"), chapter("legal-aid")
    ('annex F', 'chapter 7', '', '')
    >>> chapter("hoofdstuk-3-opvang"), chapter("anexo-ii-datos"), chapter("annex-f", itself=True)
    ('hoofdstuk 3', 'anexo II', 'annex F')
    """
    match = _CHAPTER.fullmatch(path)
    return f"{match[1]} {match[2].upper()}" if match and (match[3] or itself) else ""


def inner(path: str) -> str:
    """Return the path of a section without that of the chapter it is in; empty for a chapter.

    >>> inner("annex-f-legal-aid"), inner("chapter-7"), inner("legal-aid")
    ('legal-aid', '', 'legal-aid')
    """
    match = _CHAPTER.fullmatch(path)
    return (match[3] or "") if match else path
