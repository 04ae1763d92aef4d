"""What is wrong with entries beside what is stored of their documents: quotations, days, ends of sentences, lists.

Pure functions over rows of a database of entries that stands open: :mod:`tests.entries.test_entries_audit_law` runs
them over all recordings.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from sqlite3 import Connection

from crawler.identifiers import law_year
from crawler.text import canonical, sentences

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({'|'.join(_MONTHS)}) (\d{{4}})\b")
_QUOTED = re.compile("\u201c([^\u201c\u201d]+)\u201d")
_LABEL = re.compile(r"(?:0\d{4}[A-Z]{1,2}\d{4}-)?(\d{4})-?(\d{2})-?(\d{2})(?= \(|$)")
_GAP = re.compile(r"\s*\u2026\s*")
_OPEN = re.compile(
    r"(?:[,:;\u2014\u2013(]|\b(?:such as|and|or|of|the|an?|to|for|with|by|from|in|on|at|under|into|following))[.\s]*$",
    re.IGNORECASE,
)
"""How a sentence ends that lacks its end."""
LOOSE = 12
"""Fewest letters of a piece of a quotation that is looked for by itself."""


def quotations(text: str) -> Iterator[str]:
    """Yield what stands in marks of quotation, piece by piece where words of it are left out."""
    for match in _QUOTED.finditer(text):
        pieces = [piece.strip() for piece in _GAP.split(match[1]) if piece.strip()]
        yield from (piece for piece in pieces if len(pieces) == 1 or len(piece) >= LOOSE)


def plain(text: str) -> str:
    """Return a text for comparison: spaces, quotation marks and letters alike, no full stop behind it."""
    return re.sub(r"[\s\u201c\u201d\"'\u2018\u2019]+", " ", canonical(text)).casefold().strip(" .")


def unfounded(text: str, stored: str) -> list[str]:
    """Return the quotations in a text that do not stand in what is stored, which is given as :func:`plain`."""
    return [piece for piece in quotations(text) if plain(piece) not in stored]


def days(text: str) -> set[str]:
    """Return the days that a text states in words, as ISO dates."""
    return {_iso(*match.groups()) for match in _DAY.finditer(text)}


def _iso(day: str, month: str, year: str) -> str:
    return f"{year}-{_MONTHS.index(month) + 1:02}-{int(day):02}"


def day_of_label(label: str) -> str:
    """Return the day of which a text is that has such a label, as ISO date; empty for another label.

    >>> day_of_label("2029-03-01"), day_of_label("02029R0001-20310401 (001.002)"), day_of_label("enacted")
    ('2029-03-01', '2031-04-01', '')
    """
    found = _LABEL.match(label)
    return "-".join(filter(None, found.groups())) if found else ""


def open_ends(text: str) -> list[str]:
    """Return the sentences of a text that lack their end; one with the mark of a cut says so itself."""
    return [one for one in sentences(text) if _OPEN.search(one) and not one.endswith("\u2026")]


def is_late(verb: str, seen: str, stated: Iterable[str]) -> bool:
    """Whether what is told as *New* is dated more than a year before it was seen."""
    last = max((f"{day}-12-31"[:10] if len(day) == len("2026") else day[:10] for day in stated), default="9999-12-31")
    return verb == "New" and last < (date.fromisoformat(seen[:10]) - timedelta(days=365)).isoformat()


def words(connection: Connection, documents: Iterable[str]) -> Iterator[str]:
    """Yield all words that are stored of some documents."""
    for document in documents:
        for table, columns in _WORDS.items():
            where = _DATED.get(table, "document")
            for row in connection.execute(f"select {', '.join(columns)} from {table} where {where}=?", (document,)):
                yield from (str(value) for value in row if value)


def stored(connection: Connection, documents: Iterable[str]) -> str:
    """Return all words that are stored of some documents, as :func:`plain`."""
    return plain("\n".join(words(connection, documents)))


def dated(connection: Connection, document: str) -> list[str]:
    """Return the days and years by which a document is dated: published, updated, adopted, the year in its number."""
    rows = connection.execute("select coalesce(published, updated) from documents where id=?", (document,))
    adopted = connection.execute("select date from dates where document=? and event='adopted'", (document,))
    return [str(value) for value in (*(row[0] for row in (*rows, *adopted)), law_year(document)) if value]


def repeated(text: str) -> str:
    """Return a sentence that a text has twice, empty where there is none."""
    found = [plain(one) for one in sentences(text)]
    return next((one for one in found if found.count(one) > 1), "")


_WORDS = {
    "documents": ("title", "summary"), "versions": ("title", "note", "label"), "annotations": ("text",),
    "sections": ("number", "heading", "text"), "changes": ("before", "after", "note"),
    "commencements": ("qualification", "authority"), "effects": ("affecting_title",),
}  # fmt: skip


def facts(connection: Connection, documents: Iterable[str]) -> set[str]:
    """Return all days that are stored of some documents: in columns, in JSON and in words."""
    found: set[str] = set()
    for document in documents:
        for table, column in _DATED.items():
            for row in connection.execute(f"select * from {table} where {column}=?", (document,)):
                found |= set(re.findall(r"\d{4}-\d\d-\d\d", " ".join(map(str, row))))
    return found


_DATED = {
    "documents": "id", "versions": "document", "changes": "document", "dates": "document", "commencements": "document",
    "effects": "affected", "relations": "document", "document_history": "document", "in_force": "document",
}  # fmt: skip


_VERB = r"(?:inserted|corrected|substituted|replaced|omitted|repealed|revoked|removed|changed|renumbered|moved)"
_HEADLINE = re.compile(
    r"(?:(?:Words [a-z]+ in|Repealed:|Revoked:|In force:|Heading of) )?(?P<named>.+?)"
    rf"(?: and (?P<others>\d+) other provisions?)?(?: {_VERB})?"
    rf"(?P<rest>(?:, \d+ (?:other provisions? )?{_VERB})*),? (?:in|of) (?:the )?[A-Z]"
)


def counted(headline: str) -> int:
    """Return how many provisions a headline on a law names and counts, 0 for any other.

    >>> counted("Sections 9A, 50A and 47 other provisions inserted, 2 substituted, 93 changed, in the Sample Act 2001")
    144
    >>> counted("Words omitted in article 69(2), 8 other provisions changed, in Directive 2029/1/EU"), counted("New: X")
    (9, 0)
    """
    match = _HEADLINE.match(headline)
    if match is None:
        return 0
    alone = re.fullmatch(r"(\d+) provisions", match["named"])
    named = int(alone[1]) if alone else len(re.split(r", | and ", match["named"]))
    return named + int(match["others"] or 0) + sum(map(int, re.findall(r"\d+", match["rest"])))


_PARTS = {
    "United Kingdom": {"England", "Wales", "Scotland", "Northern Ireland"},
    "Great Britain": {"England", "Wales", "Scotland"}, "England and Wales": {"England", "Wales"},
}  # fmt: skip
_MARKS = {"E": "England", "W": "Wales", "S": "Scotland", "N.I.": "Northern Ireland"}


def is_beyond(place: str, extent: str) -> bool:
    """Whether a law is said to apply where it is no law: beyond the extent that its publisher states.

    >>> is_beyond("United Kingdom", "E+W+S"), is_beyond("Wales", "E+W"), is_beyond("Scotland", ""), is_beyond("", "S")
    (True, False, False, False)
    """
    marked = {_MARKS[each] for each in extent.split("+") if each in _MARKS}
    said = {part for each in filter(None, place.split(", ")) for part in _PARTS.get(each, {each})}
    return bool(marked) and not said <= marked


def tells_part(summary: str) -> bool:
    """Whether the summary of an entry on a law of which a part was read says which."""
    return "Read here: only " in summary
