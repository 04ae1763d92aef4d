"""Times that a page counts from the moment at which it is read: its clock, how long ago, how long until."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crawler.bodies import dates
from crawler.changes.boilerplate import DATE, MONTH
from crawler.text import canonical

SLACK = timedelta(days=1)
"""How far the clock of a page may be from ours: time zones, and copies that a server keeps."""
MINUTES = 3
"""How far its time of day may be from ours but for whole hours."""
_UNITS = {"s": 0, "mi": 0, "h": 0, "d": 1, "w": 7, "mo": 31, "y": 366}
"""Days of a unit, by how its name begins."""
_LANGUAGES = ("en", "fr", "de", "nl", "es", "cy")

_AMOUNT = r"(?P<{0}>\d{{1,3}}|an?|one)\s(?P<{0}_unit>sec(?:ond)?|min(?:ute)?|h(?:ou)?r|day|week|month|year)s?"
_HOUR = (
    r"\d{1,2}(?:[:.]|\s?h\s?)\d{2}(?!\d)(?::\d\d)?(?:\.\d+)?"
    r"(?:Z\b|\s?(?:[ap]\.?m\b\.?|Uhr\b|uur\b|GMT\b|UTC\b|BST\b|CES?T\b))?"
)
_DAYS = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|(?:maan|dins|woens|donder|vrij|zater|zon)dag|lunes|martes"
    r"|mi\u00e9rcoles|jueves|viernes|s\u00e1bado|domingo|dydd (?:llun|mawrth|mercher|iau|gwener|sadwrn|sul))"
)
_TIME = re.compile(
    rf"(?<![\w.,\u00a3$\u20ac-])(?:{_DAYS}\.?,?\s(?:the\s|le\s|der\s|den\s)?)?(?P<date>{DATE}"
    r"|\d{1,2}(?:er|\.)?\s(?:de\s)?[^\W\d_]{3,12}\.?\s(?:de\s)?\d{4}\b|\d{1,2}[./-]\d{1,2}[./-]\d{4}\b)"
    rf"(?:(?:,|\s[|\u2013\u00b7-])?(?:\sat|\sum|\som|\s\u00e0)?[\sT](?P<hour>{_HOUR}))?"
    rf"|(?<!than )\b{_AMOUNT.format('ago')}\sago\b|\b(?P<now>just now|today|yesterday)\b"
    rf"|\b{_AMOUNT.format('ahead')}\s(?:until|till|to go|left|remaining)\b|(?<![\w:.])(?P<bare>{_HOUR})(?![\w:])",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:\A|\n|[|.!?\u00b7\u2022]\s?)\Z|\b(?:today(?:'s date)?|now|as (?:at|of)|updated|generated|printed|accessed"
    r"|retrieved|refreshed|mise? \u00e0 jour|aujourd'hui|nous sommes|heute|aktualisiert|stand|bijgewerkt|vandaag"
    r"|actualizado|hoy|heddiw|diweddarwyd)(?:\s(?:is|on|at|it|le|am|op|el|ar))*:?\s?\Z",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"[,.]?\s*(?:\Z|\n|[|\u00b7\u2022])")
_BEGINS = re.compile(r"\.?\s[^\W\d_a-z]")
"""A clock says what it is, or stands by itself: at the end, or in full with another sentence behind it."""
_NO_YEAR = re.compile(rf"\d{{1,2}}(?:\s?(?:st|nd|rd|th))?\s(?:of\s)?{MONTH}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Time:
    """A time on a page read at a moment: its day with how many days it may be off, and its time of day as written.

    ``is_now``: it is the day of that moment. ``minute`` is that of the day by which it is ahead of the moment.
    """

    day: date | None = None
    within: int = 0
    hour: str = ""
    is_now: bool = False
    minute: int = 0


def is_told_alike(before: str, after: str, was: datetime, now: datetime) -> bool:
    """Whether two texts, read at two moments, differ in how they tell times alone, and in the clock of their page.

    A day may be written in another way, as days ago or as days until then; one that was the day of both moments is the
    clock of the page.

    >>> one, two = datetime(2031, 5, 1, 6), datetime(2031, 5, 2, 6)
    >>> is_told_alike("Thursday 1 May 2031, 06:01", "Friday 2 May 2031, 06:02", one, two)
    True
    >>> is_told_alike("2 days left", "a day left", one, two), is_told_alike("by 1 May", "by 2 May", one, two)
    (True, False)
    """
    if before == after:
        return False
    old, new = _Reader(was), _Reader(now)
    if old.read(before) != new.read(after):
        return False
    is_clock = any(one.is_now and two.is_now for one, two in zip(old.times, new.times, strict=True))
    return all(_is_same(one, two, is_clock=is_clock) for one, two in zip(old.times, new.times, strict=True))


def _is_same(old: _Time, new: _Time, *, is_clock: bool) -> bool:
    if old.day is None or new.day is None:
        is_ours = is_clock and all((each.minute + MINUTES) % 60 <= 2 * MINUTES for each in (old, new))
        apart = (old.minute - new.minute + MINUTES) % 1440
        return old.day == new.day and (old.hour == new.hour or (is_ours and apart <= 2 * MINUTES))
    if old.is_now and new.is_now:
        return True
    return abs((old.day - new.day).days) <= max(old.within, new.within) and old.hour == new.hour


class _Reader:
    """Reads the times in a text, and leaves the words around them."""

    def __init__(self, moment: datetime) -> None:
        self._moment, self.times = moment, list[_Time]()

    def read(self, text: str) -> str:
        """Return a text with a mark at the place of each of its times."""
        lines = "\n".join(map(canonical, text.split("\n")))
        return " ".join(_TIME.sub(self._noted, lines).split())

    def _noted(self, match: re.Match[str]) -> str:
        time = self._time(match)
        if time is None:
            return match[0]
        self.times.append(time)
        return f" {'~' if time.day is None else '#'} "

    def _time(self, match: re.Match[str]) -> _Time | None:
        today = self._moment.date()
        if match["bare"]:
            hour = _spelled(match["bare"])
            hours, minutes = map(int, re.findall(r"\d+", hour)[:2])
            ahead = 60 * (hours - self._moment.hour) + minutes - self._moment.minute
            return _Time(hour=hour, minute=ahead % 1440)
        if match["date"]:
            day = self._day(match["date"])
            is_now = day is not None and abs(day - today) <= SLACK and _is_clock(match)
            return None if day is None else _Time(day=day, hour=_spelled(match["hour"] or ""), is_now=is_now)
        if match["now"]:
            return _Time(day=today, within=1, is_now=True)
        name = "ago" if match["ago"] else "ahead"
        unit = next(days for start, days in _UNITS.items() if match[f"{name}_unit"].lower().startswith(start))
        days = unit * (int(match[name]) if match[name].isdigit() else 1)
        day = today + timedelta(days=days if name == "ahead" else -days)
        return _Time(day=day, within=max(unit, 1), is_now=not unit)

    def _day(self, text: str) -> date | None:
        if _NO_YEAR.fullmatch(text):
            years = (self._moment.year - 1, self._moment.year, self._moment.year + 1)
            found = [day for year in years if (day := _date(f"{text} {year}"))]
            return min(found, key=lambda day: abs(day - self._moment.date()), default=None)
        return _date(text)


def _is_clock(match: re.Match[str]) -> bool:
    """Return whether a day may be the clock of a page: one in a sentence is none, such as a deadline."""
    text, end = match.string, match.end()
    before = _BEFORE.search(text, max(0, match.start() - 30), match.start())
    if before is None or before[0].strip(" \n|.!?\u00b7\u2022"):
        return before is not None
    is_full = match["hour"] is not None or not text[match.start()].isdigit()
    return bool(_BEHIND.match(text, end) or (is_full and _BEGINS.match(text, end)))


def _date(text: str) -> date | None:
    found: Iterator[str | None] = (dates.iso(text, language=each) for each in _LANGUAGES)
    stated = next(filter(None, found), None)
    return date.fromisoformat(stated[:10]) if stated and len(stated) >= len("2031-05-01") else None


def _spelled(hour: str) -> str:
    return re.sub(r"\s?h\s?|\.(?=\d)", ":", hour.lower()).replace(" ", "")
