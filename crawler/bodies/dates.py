"""A publisher's date, as written on a page, into ISO 8601 text that is as precise as the publisher was.

Own strict patterns read six languages; dateparser, in its strict form, only others. Never dateutil, which reads
2021-04-03 as 4 March when days come first.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from crawler.text import clean, stamp

EARLIEST, LATEST = 1200, 2200
"""Years outside are numbers of something else, or mistakes: a feed once said 3200."""
ZEROS = frozenset(
    date.fromisoformat(day)
    for day in (
        "1601-01-01", "1753-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "1969-12-31", "1970-01-01"
    )
)  # fmt: skip
"""Where the clocks of programs begin (Windows, SQL Server, spreadsheets, Unix): a page that states such a day has none.

Microsoft's own zero, 1 January 0001, is outside anyhow.
"""

_NAMES = {
    "en": "january february march april may june july august september october november december",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "cy": "ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr",
}
_SHORT = {
    "en": "jan feb mar apr may jun jul aug sep oct nov dec",
    "fr": "janv févr mars avr mai juin juil août sept oct nov déc",
    "de": "jan feb mär apr mai jun jul aug sep okt nov dez",
    "nl": "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
    "cy": "ion chwe maw ebr mai meh gor aws med hyd tach rhag",
}
_MORE = {
    "en": {"sept": 9, "june": 6, "july": 7},
    "fr": {"fév": 2, "jan": 1},
    "de": {"jän": 1, "jänner": 1, "sept": 9, "mrz": 3},
    "nl": {"sept": 9, "maa": 3},
    "es": {"setiembre": 9, "sept": 9},
    "cy": {},
}


def _plain(words: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(c))


_MONTHS = {
    language: {
        _plain(name): month
        for names in (_NAMES[language], _SHORT[language])
        for month, name in enumerate(names.split(), 1)
    }
    | {_plain(name): month for name, month in _MORE[language].items()}
    for language in _NAMES
}
_LABEL = re.compile(
    r"(?:(?:first |last )?(?:published|updated|posted|released|issued|created|modified|dated?|adopted|publié(?:e)?|"
    r"mis(?:e)? à jour|veröffentlicht|aktualisiert|stand|gepubliceerd|bijgewerkt|publicado|actualizado|fecha|datum|"
    r"cyhoeddwyd|diweddarwyd|dyddiad)"
    r"(?: on| am| op| el| le| ar| at| date)?\s*:?\s+)+",
    re.I,
)
_ISO = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?)?)?", re.I
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})([./])(\d{1,2})\2(\d{1,2})")
_CLOCK = r"(?:,?\s+(?:(?:at|um|à|om|a las|am|-|\u2013|\|)\s*)?\d{1,2}[:.h]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?|uhr|uur)?)?"
_DAY_MONTH = re.compile(
    r"(?:[^\W\d_]+\.?,?\s+)?(?:the\s+|le\s+|den\s+|el\s+)?(\d{1,2})(?:st|nd|rd|th|er|ain|fed|eg|ydd|af|\s(?:st|nd|rd|th)\b)?\.?"
    r"\s*(?:of\s+|de\s+|-)?\s*([^\W\d_]+)\.?,?\s*(?:de\s+|del\s+|-)?\s*(\d{4})" + _CLOCK,
    re.I,
)
_MONTH_DAY = re.compile(
    r"(?:[^\W\d_]+\.?,?\s+)?([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,\s*(\d{4})" + _CLOCK, re.I
)
_MONTH = re.compile(r"([^\W\d_]{3,})\.?,?\s+(?:de\s+|del\s+)?(\d{4})")
_RFC = re.compile(
    r"(?:[a-z]{3},?\s+)?\d{1,2}\s+[a-z]{3}\s+(\d{4})\s+\d\d:\d\d(?::\d\d)?\s*(?:[+-]\d{4}|[a-z]{1,4})", re.I
)
# "2 days ago" would depend on the clock of the machine: only dates that stand for themselves.
_DATEPARSER = {"STRICT_PARSING": True, "RETURN_AS_TIMEZONE_AWARE": False, "PARSERS": ["absolute-time"]}


def iso(text: str, *, language: str = "en", dayfirst: bool = True) -> str | None:
    """Return a publisher's date as ISO 8601, as precise as stated; None for all else and impossible dates.

    ``language`` is an ISO 639-1 code, a region after it is ignored; English months are read in every language.
    ``dayfirst`` says how ``05/01/2026`` is meant. Times with a zone are given in UTC; times of day without one are
    left out, because nobody can tell what they are. What this gives, it reads to itself.

    >>> iso("24th November 2026"), iso("05/01/2026"), iso("November 2026"), iso("30 February 2026")
    ('2026-11-24', '2026-01-05', '2026-11', None)
    """
    words = clean(text)
    if not words or len(words) > 120:
        return None
    words = _LABEL.sub("", words, count=1) if _LABEL.match(words) else words
    spoken = language.partition("-")[0].lower()
    for read in (_from_iso, _from_rfc):
        if found := read(words):
            return found
    found = _from_numbers(words, dayfirst=dayfirst) or _from_words(words, spoken)
    return found if found or spoken in _MONTHS else _from_dateparser(words, spoken, dayfirst=dayfirst)


def is_month(word: str) -> bool:
    """Return whether a word is the name of a month, in any language.

    >>> is_month("June"), is_month("juin"), is_month("Juan")
    (True, True, False)
    """
    return any(_plain(word) in names for names in _MONTHS.values())


def _from_iso(words: str) -> str | None:
    match = _ISO.fullmatch(words)
    if match is None:
        compact = _COMPACT.fullmatch(words)
        return _date(*compact.groups()) if compact else None
    year, month, day, hour, minute, second, zone = match.groups()
    if zone is None:
        return _date(year, month, day)
    try:
        offset = _offset(zone)
        time = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=offset)
        return _time(time)
    except (ValueError, OverflowError):
        return None


def _offset(zone: str) -> timezone:
    if zone in "Zz":
        return UTC
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return timezone(timedelta(minutes=-minutes if zone[0] == "-" else minutes))


def _from_rfc(words: str) -> str | None:
    match = _RFC.fullmatch(words)
    # The standard library takes a year below 1000 for one of two or three figures: 0001 for 2001.
    if match is None or int(match[1]) < EARLIEST:
        return None
    try:
        time = parsedate_to_datetime(words)
        # A zone that RFC 5322 does not know is no zone; its date is still what was said.
        return _date(str(time.year), str(time.month), str(time.day)) if time.tzinfo is None else _time(time)
    except (ValueError, OverflowError):
        return None


def _time(time: datetime) -> str | None:
    utc = time.astimezone(UTC)
    return stamp(utc) if EARLIEST <= utc.year <= LATEST and utc.date() not in ZEROS else None


def _from_numbers(words: str, *, dayfirst: bool) -> str | None:
    if match := _YEAR_FIRST.fullmatch(words):
        return _date(match[1], match[3], match[4])
    if match := re.fullmatch(_NUMERIC.pattern + _CLOCK, words, re.I):
        day, month = (match[1], match[3]) if dayfirst else (match[3], match[1])
        return _date(match[4], month, day)
    return None


def _from_words(words: str, language: str) -> str | None:
    if match := _DAY_MONTH.fullmatch(words):
        day, name, year = match.groups()
    elif match := _MONTH_DAY.fullmatch(words):
        name, day, year = match.groups()
    elif match := _MONTH.fullmatch(words):
        (name, year), day = match.groups(), None
    else:
        return None
    month = _MONTHS.get(language, {}).get(_plain(name)) or _MONTHS["en"].get(_plain(name))
    return _date(year, str(month), day) if month else None


def _date(year: str, month: str | None = None, day: str | None = None) -> str | None:
    """Return a date as precise as its parts, None where the calendar has no such date."""
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if not EARLIEST <= first.year <= LATEST or (day and first in ZEROS):
        return None
    return first.isoformat()[: 10 if day else 7 if month else 4]


def _from_dateparser(words: str, language: str, *, dayfirst: bool) -> str | None:
    """Return a date in a language without patterns of ours: day, month in words and year, or nothing."""
    if not re.search(r"(?<!\d)\d{4}(?!\d)", words) or not re.search(r"[^\W\d_]{3}", words):
        return None
    import dateparser  # type: ignore[import-untyped]  # here: a fifth of a second that few sources need

    try:
        time = dateparser.parse(
            words,
            languages=[language],
            settings={**_DATEPARSER, "DATE_ORDER": "DMY" if dayfirst else "MDY"},
        )
    except ValueError:
        return None  # a language that dateparser does not know
    return _date(str(time.year), str(time.month), str(time.day)) if time else None
