"""Edits of where a line leads: which file or address stands behind it now."""

import re

from crawler.bodies import naming
from crawler.changes.edit_location import Edit
from crawler.entries.templates import Sentence, say, source

MAX_TARGET = 80
"""Most characters of where a link leads and led that are repeated."""
MAX_LINE_WORDS = 20
"""Most words of the line of a link that is named with its file."""
_FILE = re.compile(r"\(?[^()\n]{1,200}\.(?:pdf|docx?|odt|rtf|xlsx?|ods|csv|pptx?|odp|zip)\)?", re.IGNORECASE)
_SIZE = re.compile(r"^\(?\d[\d.,]*\s?[kKMG]i?B\)\s*(?=\()")
"""The size of a file, behind which its name stands."""
_ADDRESS = re.compile(r"\(?(?:[\w-]+\.)+[a-z]{2,}(?:/[^\s()]*)?\)?", re.IGNORECASE)
"""The address of a page on another site, as it stands behind the words of a link that say nothing."""


def of_link(before: str, after: str, line: str) -> Sentence | None:
    """Return where a line leads now, and where no more; None for words that are no file or address behind a line."""
    before, after = (_SIZE.sub("", each) for each in (before, after))
    if not line or not all(_FILE.fullmatch(each) or _ADDRESS.fullmatch(each) for each in (before, after) if each):
        return None
    fills = {"line": source(line), "before": source(before.strip("()")), "after": source(after.strip("()"))}
    if len(before) + len(after) > MAX_TARGET and after:
        return say("link became another" if before else "link leads somewhere", line=source(line))
    left = "link left" if _FILE.fullmatch(before) else "link left, address"
    return say("link leads" if not before else left if not after else "link became", **fills)


def line_of(before: str, after: str, edit: Edit) -> str:
    """Return the words before the file of a link in its line, without those that only say that it can be opened."""
    text, place = (after, edit.after) if edit.inserted.strip() else (before, edit.before)
    head = text[text.rfind("\n", 0, place) + 1 : place]
    opened = head.rfind("(")
    if opened > head.rfind(")"):
        head = head[:opened]
    elif not text[place:].lstrip().startswith("("):
        return ""
    said = head.split()
    while said and naming.says_nothing(said[-1]):
        said.pop()
    return " ".join(said) if len(said) <= MAX_LINE_WORDS else ""
