"""Words for readers: dates, kinds and changes as a person would write them."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from crawler.identifiers.chapters import chapter, crossheading
from crawler.identifiers.uk import without_extent
from crawler.text import counted, moment, slug

CHANGED: Mapping[str, str] = {
    "added": "Added",
    "removed": "Removed",
    "omitted": "Omitted",
    "changed": "Changed",
    "renumbered": "Numbers or headings changed",
    "moved": "Moved",
    "new": "New",
    "retitled": "New title",
    "date": "Date changed",
    "status": "Status changed",
    "withdrawn": "Withdrawn",
    "gone": "No longer found",
    "returned": "Back again",
    "relocated": "New address",
    "note": "Note by the publisher",
    "commenced": "Brought into force",
    "listed": "In the publisher's own list of changes",
    "listed only": (
        "In the publisher's own list of changes; its words match no change told here:"
        " it may be one of them, or an earlier one"
    ),
    "unlisted": "Seen by us; its words match no line of the publisher's own list of changes, but it may be there",
    "older": "Older documents newly listed",
    "several": "Several new documents",
    "list": "A complete list changed",
    "watching": "About this round-up",
    "late": "Not seen by us",
}
"""Kinds of changes and entries, for readers."""
OF_PROVISIONS = ("added", "removed", "omitted", "changed", "renumbered", "moved")
"""Kinds of changes of provisions."""
MADE: Mapping[str, str] = {
    "enacted": "enacted", "made": "made", "adopted": "adopted", "resolution": "passed", "proposed": "proposed",
}  # fmt: skip
"""Events by which an instrument comes to be, with what is said of it on their day."""

ORIGINAL = frozenset({"enacted", "made", "created", "adopted"})
"""Labels of versions of laws that hold no amendment."""

KINDS: Mapping[str, str] = {
    "act": "Act",
    "bill": "Bill or proposal",
    "asp": "Act of the Scottish Parliament",
    "si": "Statutory instrument",
    "draft_si": "Draft statutory instrument",
    "case": "Case of an authority",
    "case_law": "Case law",
    "policy_paper": "Policy paper",
    "statutory_guidance": "Statutory guidance",
}
"""Kinds of documents whose name is not simply the word with a capital."""

_NOUNS = frozenset({
    "section", "article", "regulation", "rule", "schedule", "paragraph", "part", "chapter", "annex", "recital",
    "point", "title",
})  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_STEP = re.compile(r"[A-Z]{0,3}\d+[0-9A-Za-z]{0,4}|[a-z]{1,2}|[ivxlc]{1,7}|x{0,3}(?:ix|iv|v?i{1,3})[a-z]|[A-Z]{1,7}")
_ROMAN = re.compile(r"[ivxlc]{1,7}")
_ROMAN_UNITS = ("annex", "title", "chapter", "part")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T.*)?)?)?")
_SEVERAL = re.compile(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)")
_ENDED_ON = re.compile(r"(not applicable: [a-z ]+ on )(\d{4}-\d\d-\d\d)")
_UNTIL = re.compile(r"(?:\d{4}-\d\d-\d\d, )?until \d{4}-\d\d-\d\d\b.*")
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    r"""Return the text without characters that XML forbids; white space stays, unlike in :func:`crawler.text.clean`.

    >>> legal("a\x00 b\ud800 ")
    'a b '
    """
    return text if text.isprintable() else _ILLEGAL.sub("", text)


def kind(text: str) -> str:
    """Return a kind of document for readers.

    >>> kind("case_law"), kind("guidance"), kind("")
    ('Case law', 'Guidance', '')
    """
    plain = text.replace("_", " ")
    return KINDS.get(text, plain[:1].upper() + plain[1:])


def changed(text: str) -> str:
    """Return a kind of change, or the verb of a law, for readers.

    >>> changed("retitled"), changed("words substituted")
    ('New title', 'Words substituted')
    """
    return CHANGED.get(text) or text[:1].upper() + text[1:]


def cited(path: str) -> str:
    """Return a provision as it is cited within a sentence, of a range both ends; empty for the whole.

    >>> cited("section-54-2"), cited("section-1..section-4"), cited("")
    ('section 54(2)', 'section 1 to section 4', '')
    """
    told = [provision(part) or part.replace("-", " ") for part in path.split("..")] if path else []
    return " to ".join(each[:1].lower() + each[1:] for each in told)


def provision(path: str) -> str:
    """Return the path of a provision of law as lawyers write it, empty where the path is none.

    >>> provision("section-45-1-iia"), provision("schedule-2-paragraph-3"), provision("who-acts")
    ('Section 45(1)(iia)', 'Schedule 2 paragraph 3', '')
    >>> provision("annex-e-forms"), provision("section-2-of-the-act"), provision("schedule-ZA1-part-III")
    ('', '', 'Schedule ZA1 part III')
    >>> provision("section-6-1-for-england-and-wales"), provision("annex-ii-point-3-4-1-b")
    ('Section 6(1) for England and Wales', 'Annex II point 3.4.1(b)')
    >>> provision("chapter-iii-section-4"), provision("title-v-chapter-2")
    ('Chapter III section 4', 'Title V chapter 2')
    """
    path, extent = without_extent(path)
    parts = path.split("-")
    if parts[0] not in _NOUNS or parts[0] == "point" or len(parts) < 2:
        return ""
    if not all(part in _NOUNS or _STEP.fullmatch(part) for part in parts):
        return ""
    text, before = "", ""
    for part in parts:
        is_after = before in _NOUNS and not (before == "point" and part.isalpha())
        if before in _ROMAN_UNITS and _ROMAN.fullmatch(part):
            part = part.upper()
        if "point" in text and part.isdigit() and text[-1].isdigit():
            text += f".{part}"
        else:
            text += f" {part}" if part in _NOUNS or is_after else f"({part})"
        before = part
    text = text.replace("point(", "point (")
    return text[1:2].upper() + text[2:] + (f" for {extent}" if extent else "")


def as_printed(path: str, numbers: Mapping[str, str]) -> str:
    """Return a path with the units that the law prints, where its publisher's ids call a level otherwise.

    ``numbers`` are the printed ones of provisions by their paths. What stands first keeps its name.

    >>> as_printed("schedule-1-part-I-chapter-3-paragraph-2", {"schedule-1-part-I-chapter-3": "Article 4"})
    'schedule-1-part-I-article-4-paragraph-2'
    """
    steps = path.split("-")
    shown = list(steps)
    for end in range(4, len(steps) + 1):
        unit, _, number = numbers.get("-".join(steps[:end]), "").lower().partition(" ")
        if {unit, steps[end - 2]} <= _NOUNS and unit != steps[end - 2] and _STEP.fullmatch(number):
            shown[end - 2 : end] = unit, number
    return "-".join(shown)


def where(path: str, heading: str, number: str = "") -> str:
    """Return where something stands in a document: the provision and its heading, else what there is.

    >>> where("section-45-1", "Defence"), where("who-acts", "Who acts", "2"), where("part-b", "")
    ('Section 45(1): Defence', '2 Who acts', 'Part b')
    >>> where("annex-f-legal-aid", "Legal aid"), where("part-2-crossheading-grants", "...")
    ('Annex F: Legal aid', 'Cross-heading: Grants')
    >>> where("schedule-1-part-I-chapter-3", "Prohibition of slavery", "Article 4")
    'Schedule 1 part I article 4: Prohibition of slavery'
    """
    if over := crossheading(path, heading):
        return f"Cross-heading: {over}"
    law = provision(as_printed(path, {path: number}))
    if law:
        return f"{law}: {heading}" if heading else law
    named = " ".join(part for part in (number, heading) if part)
    if named and not number and (place := chapter(path)) and not path.startswith(slug(heading)):
        return f"{place[0].upper()}{place[1:]}: {heading}"
    plain = path.replace("-", " ")
    return named or plain[:1].upper() + plain[1:]


def version_label(label: str) -> str:
    """Return what to call a version by its publisher's own name of it.

    >>> version_label("made"), version_label("3.8")
    ('as made', '3.8')
    """
    return f"as {label}" if label in ORIGINAL else label


def day(text: str | None) -> str:
    """Return a date as precisely as it was stated; what is no date stays as it is.

    >>> day("2026-01-05T09:00:00Z"), day("2026-01"), day("2026"), day("in parts"), day(None)
    ('5 January 2026', 'January 2026', '2026', 'in parts', '')
    >>> day("2020-06-02/2023-07-01"), day("not applicable: repealed on 2012-04-01")
    ('as a whole since 1 July 2023, in parts since 2 June 2020', 'not applicable: repealed on 1 April 2012')
    >>> day("2013-01-28, until 2022-04-01: revoked"), day("until 2010-10-01 in this wording")
    ('28 January 2013, until 1 April 2022: revoked', 'until 1 October 2010 in this wording')
    """
    if not text or not (found := _DATE.fullmatch(text)):
        return _days(text or "")
    year, month, number = found.groups()
    if month is None:
        return year
    try:
        value = date(int(year), int(month), int(number or 1))
    except ValueError:
        return text
    name = f"{_MONTHS[value.month - 1]} {year}"
    return f"{value.day} {name}" if number else name


def _days(text: str) -> str:
    """Return the days on which the parts of a law began, or how it ended, in words."""
    if found := _SEVERAL.fullmatch(text):
        return f"as a whole since {day(found[2])}, in parts since {day(found[1])}"
    if found := _ENDED_ON.fullmatch(text):
        return f"{found[1]}{day(found[2])}"
    return re.sub(r"\d{4}-\d\d-\d\d", lambda found: day(found[0]), text) if _UNTIL.fullmatch(text) else text


def minute(text: str | None) -> str:
    """Return a time to the minute.

    >>> minute("2026-01-05T09:03:00Z")
    '5 January 2026 at 09:03 UTC'
    """
    if not text:
        return ""
    time = _moment(text)
    return f"{day(time.date().isoformat())} at {time:%H:%M} UTC" if time else text


def _moment(text: str) -> datetime | None:
    try:
        return moment(text)
    except ValueError:
        return None


def reach(row: Mapping[str, Any]) -> str:
    """Return how far the list of a source was read to its end, in words; the publisher's number is never ours.

    >>> row = {"state": "complete", "since": "2006", "listed": 1234, "read": 1234, "held": 210, "reason": ""}
    >>> reach({**row, "counted": "2026-12-02T06:00:00Z"})
    'Complete since 2006: 1,234 of 1,234 listed by the publisher, read on 2 December 2026; 210 of them here'
    >>> reach({**row, "state": "incomplete", "listed": 1300, "reason": "status 429", "counted": "2026-12-02"})
    'Incomplete, because status 429: 1,234 of 1,300 listed by the publisher, read on 2 December 2026; 210 of them here'
    """
    on = f", read on {day(row['counted'])}" if row["counted"] else ""
    listed = "" if row["listed"] is None else f" of {row['listed']:,} listed by the publisher"
    figures = f"{row['read']:,}{listed}{on}; {row['held']:,} of them here"
    since = f" since {row['since']}" if row["since"] else ""
    if row["state"] == "complete":
        return f"Complete{since}: {figures}"
    if row["state"] == "to the last page":
        oldest = f", the oldest of {row['since']}" if row["since"] else ""
        return f"Read to its last page{oldest}: {figures}"
    if row["state"] == "incomplete":
        return f"Incomplete, because {row['reason']}: {figures}"
    return f"Being read to its end: {figures} so far" + (f" ({row['reason']})" if row["reason"] else "")


def status_words(before: str, after: str) -> tuple[str, str]:
    """Return the status of a provision before and after a change in words that agree with what entries say.

    >>> status_words("prospective", ""), status_words("", "repealed")
    (('not yet in force', 'in force'), ('no status stated', 'repealed'))
    """
    unsaid = "in force" if "prospective" in (before, after) else "no status stated"
    first, last = ("not yet in force" if each == "prospective" else each or unsaid for each in (before, after))
    return first, last


def often(every: timedelta) -> str:
    """Return a cadence in words.

    >>> [often(timedelta(days=days)) for days in (7, 30, 91, 182, 365, 1461, 40)]
    ['every week', 'every month', 'every 3 months', 'every 6 months', 'every year', 'every 4 years', 'every 40 days']
    """
    for name, length in (("year", 365.25), ("month", 30.4), ("week", 7)):
        count = round(every.days / length)
        if count and abs(every.days - count * length) <= 0.02 * every.days:
            return f"every {name}" if count == 1 else f"every {counted(count, name)}"
    return f"every {counted(every.days, 'day')}"
