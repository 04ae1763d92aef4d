"""Until when the law of an entry is in force as it was read: its repeal as a whole, or the end of its wording."""

import json
import re

from crawler.entries import part_read
from crawler.identifiers import affected, covers
from crawler.identifiers.acts import ITEM
from crawler.store import Row, Store, commencements, families

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TYPE = re.compile(
    r"(?P<how>repealed|revoked)(?: \(except (?P<except>(?:\b(?:ss?|regs?|arts?|paras?|rules?|rr?|schs?|pts?|chs?)\b\.?"
    r"|\b[\dA-Z]{1,5}\b|\([0-9A-Za-z]{1,4}\)|\(in part\)|\band\b|[,\s-])+)\))?",
    re.IGNORECASE,
)
"""What an effect does to a whole law but for provisions that it excepts by their numbers."""
_SINCE = {
    **dict.fromkeys(("", "not stated"), "since when in force is not stated"),
    "at least in part": "since when in all its parts is not stated",
    "in parts": "it began in parts",
}
"""What is said of the beginning of a law that has no one day."""
_WHOLE = ("", "wholly in force")


def in_force(store: Store, top: Row) -> str:
    """Return since and until when a law of the United Kingdom is in force as it was read; empty without an end.

    The form is ``2013-01-28, until 2022-04-01: revoked, with exceptions`` or ``until 2010-10-01 in this wording``, each
    with or without the day on which the law began; else it ends in what is known of that (:data:`_SINCE`). Before the
    end of a wording no day stands on which the law began in an earlier one.
    """
    known = str(top["in_force"])
    if not ITEM.fullmatch(top["id"]) or known == "not yet" or known.startswith("not applicable"):
        return ""
    ended = _ended(store, top)
    until = ended or _wording_ended(store, top)
    is_later = not ended and _DAY.fullmatch(label := str(top["label"] or ""))  # Its wording is of a day of its own.
    part = part_read.part_read(store, top) if until else None
    if part is not None and len(part.paths) == 1 and known not in ("", "not stated"):
        date, is_whole = part_read.since(commencements.stated(store, top["id"]), part.paths[0]) or (known, False)
        is_told = (is_whole or _DAY.fullmatch(known)) and not (is_later and date < label)
        return f"{date}, {until}" if is_told else until
    if until and known in _SINCE:
        return f"{until}; {_SINCE[known]}"
    return f"{known}, {until}" if until and _DAY.fullmatch(known) and not (is_later and known < label) else until


def _ended(store: Store, top: Row) -> str:
    found = {each for row in families.endings(store, top["id"]) if (each := _end(store, top, row))}
    return found.pop() if len(found) == 1 else ""


def _end(store: Store, top: Row, row: Row) -> str:
    """Return until when an effect leaves what was read, empty where it is not sure that it ends all of that."""
    starts = [each for each in json.loads(row["starts"]) if each.get("qualification", "") in _WHOLE]
    stated, days = _TYPE.fullmatch(row["type"]), {each["date"] for each in starts if _DAY.fullmatch(each["date"])}
    if stated is None or len(days) != 1:
        return ""
    if stated["except"]:
        excepted = affected(stated["except"].replace("(in part)", ""))
        part = part_read.part_read(store, top)
        if not excepted or part is None or not part.paths or any(covers(excepted, path) for path in part.paths):
            return ""
    but = ", with exceptions" if stated["except"] else ""
    return f"until {days.pop()}: {stated['how'].lower()}{but}"


def _wording_ended(store: Store, top: Row) -> str:
    if part_read.part_read(store, top) is None:  # Of a whole law, whose next wording is law as well.
        return ""
    day, part = families.wording_ended(store, top["id"], str(top["label"] or ""))
    return f"until {day} in this wording" if part is None and _DAY.fullmatch(day) else ""
