"""Welsh words of citations, put into English: ``adran 131 o Ddeddf 2014``, ``y Ddeddf honno``. Pure."""

import re
from collections.abc import Mapping

_UNITS: Mapping[str, str] = {
    "adran": "section", "adrannau": "sections", "erthygl": "article", "erthyglau": "articles",
    "rheoliad": "regulation", "rheoliadau": "regulations", "reoliad": "regulation", "reoliadau": "regulations",
    "paragraff": "paragraph", "paragraffau": "paragraphs", "baragraff": "paragraph", "baragraffau": "paragraphs",
    "atodlen": "schedule", "atodlenni": "schedules", "rhan": "part", "rhannau": "parts", "ran": "part",
    "rannau": "parts", "pennod": "chapter", "bennod": "chapter", "a": "and", "ac": "and", "neu": "or", "i": "to",
    "hyd": "to", "at": "to",
}  # fmt: skip
_WORD = re.compile(r"\b(?:[a-z]{3,}|[A-Z][a-z]{2,}|ac|a|i|at)\b(?![)'])")
AND = r"(?:,?\s(?:a|ac|neu|i|hyd|hyd\sat)\s|,\s|\s?[-\u2013]\s?)"
NUMBERED = r"(?:[Aa]dran(?:nau)?|[Rr]h?eoliad(?:au)?|[Ee]rthygl(?:au)?|[PpBb]aragraff(?:au)?)\s"
LETTERED = r"(?:Atodlen(?:ni)?|Rh?an(?:nau)?|[PB]ennod)\s"
FIRST: Mapping[str, str] = {
    **dict.fromkeys(("adran", "Adran", "rheoliad", "Rheoliad", "reoliad", "erthygl", "Erthygl", "paragraff",
                     "Paragraff", "baragraff", "Baragraff", "Atodlen", "Rhan", "Pennod", "Bennod"), r"[a-z]{0,3}\s\d"),
    "Ran": r"(?:nau)?\s\d", "Ddeddf": r"\s", "Fesur": r"\s",
}  # fmt: skip
"""How Welsh citations begin, and what goes on behind."""
TITLE = re.compile(
    r"(?P<kind>Dd?eddf|Mesur|Fesur)\s(?P<words>(?!hon)[^\n;:.\u201c\u201d\"]{2,140}?\s)(?P<year>(?:18|19|20)\d\d)(?![\w/])"
    r"(?:\s\((?:p\.?\s?(?P<c>\d{1,3})|(?P<kind_>dccc|dsc|mccc)\s?(?P<n>\d{1,3}))\))?"
)
SHORT = re.compile(
    r"(?P<kind>Dd?eddf|Mesur|Fesur|Rheoliadau|Reoliadau|Gorchymyn|Orchymyn)(?:\s(?P<year>(?:19|20)\d\d)(?!\d))?"
    r"(?P<that>\s(?:honno|hwnnw|hynny))?(?P<this>\s(?:hon|hwn|hyn)\b)?"
)
KINDS: Mapping[str, str] = {"D": "Act", "M": "Measure", "F": "Measure", "R": "Regulations", "G": "Order", "O": "Order"}
TYPES: Mapping[str, str] = {"dccc": "anaw", "dsc": "asc", "mccc": "mwa"}


def english(words: str) -> str:
    """Return the words that cite provisions in English.

    >>> english("adrannau 21(1) a 22"), english("Atodlen 3"), english("section 4(a)")
    ('sections 21(1) and 22', 'schedule 3', 'section 4(a)')
    """
    return _WORD.sub(lambda match: _UNITS.get(match[0].lower(), match[0]), words)
