"""Dates in words."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import unquote

from crawler.store import Row
from crawler.text import latest

FRESH = timedelta(days=60)
"""How long before it was seen a publisher's date is that of what an entry tells, and not of something older."""
AHEAD = timedelta(days=1)
"""How long after it was seen such a date may lie, as days are those of other places: no update is of a day to come."""
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T(\d{2}:\d{2})")
_NAMED_YEAR = re.compile(r"(?<![^\W_])((?:19|20)\d\d)\.(?:pdf|docx?|odt|rtf|xlsx?|ods|csv|pptx?|odp)$", re.IGNORECASE)
_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def day(text: str) -> str:
    """Return a date as precisely as it was stated; what is no date stays as it is.

    >>> day("2026-03-05T09:00:00Z"), day("2026-03"), day("2026"), day("spring")
    ('5 March 2026', 'March 2026', '2026', 'spring')
    """
    try:
        found = date.fromisoformat((text + "-01-01")[:10] if len(text) < len("2026-01-01") else text[:10])
    except ValueError:
        return text
    parts = (f"{found.day} ", f"{found:%B} ", str(found.year))
    return "".join(parts[2:] if len(text) == len("2026") else parts[1:] if len(text) == len("2026-03") else parts)


def spell_dates(text: str) -> str:
    """Return a text with the dates in it in words.

    >>> spell_dates("not found in 2 visits since 2026-03-04")
    'not found in 2 visits since 4 March 2026'
    """
    return _ISO.sub(lambda match: day(match.group()), text)


def both_dates(before: str, after: str) -> tuple[str, str]:
    """Return two dates in words, with the time of day where only that differs.

    >>> both_dates("2026-03-06T23:45:00+00:00", "2026-03-13T23:45:00+00:00")
    ('6 March 2026', '13 March 2026')
    >>> both_dates("2026-03-06T23:45:00+00:00", "2026-03-06T12:00:00+00:00"), both_dates("2026", "2026-03")
    (('6 March 2026, 23:45', '6 March 2026, 12:00'), ('2026', 'March 2026'))
    """
    first, second = day(before[:10]), day(after[:10])
    if first != second:
        return first, second
    return f"{first}{_time(before)}", f"{second}{_time(after)}"


def stated_day(kind: str, top: Row, rows: Sequence[Row], walked: str | None = None) -> str | None:
    """Return the day on which something happened to a document, as its publisher states it, None where it does not.

    That is the day of its withdrawal, of its publication where it is new and stands, else of its update; not one long
    before it was seen or after it, nor an update from before its source was last ``walked``: these belong to something
    else.
    """
    seen = min((row["seen"] for row in rows if row.get("seen")), default="")
    withdrawn = [row for row in rows if row["kind"] == "withdrawn" and not row["parent"]]
    if withdrawn and kind in ("withdrawn", "new"):
        stated = next((row["occurred"] for row in withdrawn if row["occurred"]), None)
        return str(stated)[:10] if stated else None
    day_of = top["published"] if kind == "new" else top["updated"]
    if kind != "new" and day_of and walked and str(day_of)[:10] < walked[:10]:
        return None
    return str(day_of)[:10] if day_of and seen and _is_fresh(str(day_of), seen) else None


def is_stale(top: Row) -> bool:
    """Return whether a document was published long before it was first seen: it is new to us alone.

    Of a file that is not dated the year counts with which its name ends.
    """
    named = _NAMED_YEAR.search(unquote(str(top.get("url") or "")))
    published = latest(str(top["published"] or (named[1] if named else "")))
    seen = latest(str(top["first_seen"]))
    return published is not None and seen is not None and seen - published > FRESH


def _is_fresh(stated: str, seen: str) -> bool:
    try:
        between = date.fromisoformat(seen[:10]) - date.fromisoformat(stated[:10])
    except ValueError:
        return False
    return -AHEAD <= between <= FRESH


def _time(text: str) -> str:
    found = _TIME.match(text)
    return f", {found[1]}" if found else ""
