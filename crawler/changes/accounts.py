"""A publisher's own account of what it changed, as a list inside a document: its lines, and what we saw of each.

Such a list stands at either end of guidance: "Changes from last version", "Version control", "Document history". A
version, or a date, opens each of its lines.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crawler.changes.paragraphs import without_label
from crawler.changes.runs import WORD
from crawler.text import canonical, slug

MAX_LINES = 500
"""Most lines of a list that are read."""
MIN_SHARED = 0.5
"""Least share of its telling words that a line has in common with a change that it may be about."""

MIN_LINE_WORDS = 2
"""Fewest words of a line that no version opens."""
STEM = 6
"""Letters by which a word is recognised in another form."""

_TITLE = re.compile(
    r"(?:summary of |list of |record of |table of |main )?(?:changes|amendments|updates|revisions|edits)"
    r"(?: made)?(?: (?:from|since|to|in|of) (?:the |this )?(?:last|previous|earlier|latest|current)? ?"
    r"(?:version|edition|issue|guidance|document|publication)s?(?: of (?:this|the) (?:guidance|document))?)?"
    r"|(?:version|document|change|amendment|revision|publication|update) (?:control|history|log|record|table)"
    r"|(?:version|document) control(?: and)? history|history of (?:changes|amendments|versions)"
    r"|newidiadau (?:ers|o)'r (?:fersiwn|canllawiau) (?:diwethaf|flaenorol)|hanes (?:y )?(?:fersiwn|ddogfen)",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = (
    rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{2}}[./]\d{{2,4}}|(?:\d{{1,2}} )?{_MONTH},? \d{{4}}"
    r"|\d{4}-\d\d-\d\d)"
)
_AFTER = r"[.:]?\s+(?:\|\s+)?"
"""What stands behind a version or a date: cells of a table stand apart by a bar."""
_LINE = re.compile(
    rf"(?<!\S)(?:(?:version |v\.? ?)?(?P<version>\d{{1,2}}\.\d{{1,3}}(?:\.\d{{1,3}})?|\d{{1,2}}){_AFTER})?"
    rf"(?P<date>{_DATE}){_AFTER}(?=\S)|(?<!\S)(?:version |v\.? ?)(?P<only>\d{{1,2}}\.\d{{1,3}}){_AFTER}(?=\S)",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"(?:\b(?:ver(?:sion)?|date|changes?|amendments?|details?|description|author|summary|number|no|of|made|by)\b|\W)+",
    re.IGNORECASE,
)
"""The names of the columns of such a list."""
_SENTENCE = re.compile(r"(?<=[.;])\s+|\n+|\s*\u2022\s*")
_PLACE = re.compile(
    r"\b(annexe?|appendix|chapter|part|section|paragraph|para|schedule)s?\.? (\d{1,3}(?:\.\d{1,3})*[a-z]?|[a-z])\b",
    re.IGNORECASE,
)
_COMMON = frozenset({
    "a", "about", "added", "addition", "additional", "amended", "amendment", "an", "and", "are", "as", "at",
    "be", "by", "change", "changed", "changes", "clarification", "clarified", "clarify", "confirmation",
    "content", "correction", "corrections", "document", "for", "from", "guidance", "has", "have", "in",
    "inclusion", "information", "into", "is", "it", "its", "minor", "more", "new", "of", "on", "or", "re",
    "removal", "removed", "reference", "references", "replaced", "revised", "section", "sections", "set",
    "text", "that", "the", "their", "there", "this", "to", "update", "updated", "updates", "updating", "was",
    "were", "where", "which", "will", "with", "wording",
})  # fmt: skip
"""Words of such lists that do not tell what was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a publisher's list: version and date as it writes them, the place it names, and its words."""

    version: str = ""
    date: str = ""
    place: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a line may be about: a change that we saw, with its path, heading and the words put in and taken out."""

    path: str
    heading: str
    text: str


def is_account(heading: str) -> bool:
    """Whether a section is a publisher's list of what it changed, by its heading.

    >>> is_account("Changes from last version of this guidance"), is_account("Version control"), is_account("Changes")
    (True, True, True)
    >>> is_account("Changes of circumstances"), is_account("Document history and evidence of age")
    (False, False)
    """
    return _TITLE.fullmatch(canonical(without_label(heading)).strip(" :.")) is not None


def lines(text: str) -> tuple[Line, ...]:
    """Return the lines of a list of changes; what no version and no date opens, by its sentences.

    >>> lines("Ver. | Date | Change\\n2.9 | 05.22 | Body re-added 2.10 06.22 Updates to Annex F")
    (Line(version='2.9', date='05.22', place='', text='Body re-added'), \
Line(version='2.10', date='06.22', place='annex-f', text='Updates to Annex F'))
    >>> [line.text for line in lines("Scope made clearer\\nVer. | Date | Change\\n2.9 | 05.22 | Body re-added")]
    ['Scope made clearer', 'Body re-added']
    """
    openings = list(_LINE.finditer(text))[:MAX_LINES]
    if not openings:
        return tuple(_unversioned(text))
    ends = [opening.start() for opening in openings[1:]] + [len(text)]
    read = [line for line in _unversioned(text[: openings[0].start()]) if not _HEADER.fullmatch(line.text)]
    for opening, end in zip(openings, ends, strict=True):
        words = " ".join(text[opening.end() : end].split())
        if words:
            version = opening["version"] or opening["only"] or ""
            read.append(Line(version=version, date=opening["date"] or "", place=_place(words), text=words))
    return tuple(read)


def _unversioned(text: str) -> Iterator[Line]:
    for sentence in _SENTENCE.split(text)[:MAX_LINES]:
        words = " ".join(sentence.split())
        if len(words.split()) >= MIN_LINE_WORDS and not is_account(words):
            yield Line(place=_place(words), text=words)


def new_lines(before: str, after: str) -> tuple[Line, ...]:
    """Return the lines of a list that it did not have before: what the publisher says of this version."""
    known = {(line.version, _plain(line.text)) for line in lines(before)}
    return tuple(line for line in lines(after) if (line.version, _plain(line.text)) not in known)


def changes_seen(line: Line, changes: Iterable[Change]) -> Iterator[Change]:
    """Yield the changes of ours that a line of the publisher's may be about: in the place it names, or by its words."""
    telling = _telling(line.text)
    for change in changes:
        is_there = bool(line.place) and f"{change.path}-".startswith(f"{line.place}-")
        shared = len(telling & _telling(f"{change.heading} {change.text}"))
        if is_there or (telling and shared >= MIN_SHARED * len(telling)):
            yield change


def unlisted_changes(of: Sequence[Line], changes: Iterable[Change]) -> Iterator[Change]:
    """Yield the changes of ours that no line of the publisher's is about."""
    for change in changes:
        if not any(next(changes_seen(line, (change,)), None) for line in of):
            yield change


def _place(words: str) -> str:
    match = _PLACE.search(words)
    if match is None or match[1].lower() in ("paragraph", "para", "section"):
        return ""
    return slug(f"{match[1]} {match[2]}")


def _plain(text: str) -> str:
    return " ".join(WORD.findall(canonical(text).casefold()))


def _telling(text: str) -> set[str]:
    """Return the beginnings of the words that tell what a text is about: allocated and allocation are one."""
    words = (word for word in WORD.findall(canonical(text).casefold()) if word not in _COMMON and len(word) > 2)
    return {(word[:-1] if word.endswith("s") else word)[:STEM] for word in words}
