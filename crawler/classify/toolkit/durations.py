"""How long training is, in one spelling: "45 minutes", "1 to 2 hours", "half a day"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.classify.toolkit.patterns import pattern
from crawler.classify.toolkit.values import SUMMARY, Fact, Passage, fact

_SMALL = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "twelve": "12",
}  # fmt: skip
_NUMBER = rf"(?:\d{{1,3}}(?:[.,]\d{{1,2}})?|half(?: an?)?|(?:{'|'.join(_SMALL)})(?: and a half)?)"
_SHORT = r"minutes?|mins?|hours?|hrs?|days?|munud(?:au)?|awr|oriau|diwrnod(?:au)?|minuten|minuut|uur|uren|dag(?:en)?"
_LONG = r"weeks?|months?|wythnos(?:au)?|we(?:ek|ken)|mis(?:oedd)?|maand(?:en)?"
_TO = rf"(?: ?(?:to|-|\u2013|or|tot|i) ?(?P<to>\d{{1,3}}|{'|'.join(_SMALL)}))?"
_SPAN = rf"(?P<from>{_NUMBER}){_TO}[ -]?(?P<unit>{_SHORT})"
_ANY = rf"(?P<from>{_NUMBER}){_TO}[ -]?(?P<unit>{_SHORT}|{_LONG})"
_ABOUT = r"(?:(?:is|of|about|around|approximately|approx\.?|up to|roughly|tua|ongeveer) )*"
_KIND = (
    r"(?:e-?learning|training|courses?|sessions?|modules?|workshops?|webinars?|videos?|films?|programmes?|seminars?|"
    r"briefings?|package|cwrs|cursus)"
)
_LENGTHS = (
    pattern(
        rf"(?:duration|length|running time|time (?:needed|required|to complete)|hyd|duur) ?[:\u2013-]? ?{_ABOUT}{_ANY}"
    ),
    pattern(
        r"(?:courses?|training|modules?|sessions?|e-?learning|webinars?|videos?|films?|programmes?|workshops?|package|"
        rf"it|cwrs|cursus)\b[^.;\n]{{0,60}}?\b(?:takes?|lasts?|lasting|cymryd|para|duurt) {_ABOUT}{_SPAN}"
    ),
    pattern(
        rf"{_ANY}[ -](?:long )?(?:(?:online|awareness|interactive|free|training|virtual|in-person|introductory|"
        rf"practical) )*{_KIND}"
    ),
    pattern(rf"{_KIND} (?:of|over) {_ABOUT}{_ANY}"),
    pattern(r"(?P<from>an?) (?P<half>half)-(?P<unit>day|hour) (?:training|course|session|workshop)"),
    pattern(rf"{_SPAN} to complete"),
)
_SUMMED_UP = re.compile(rf"(?:^|[.:;] ){_SPAN} (?:on|for|about|of (?!the\b))", re.IGNORECASE)
"""How the summary of a course begins: "Half a day on referrals"."""
_WHOLE = pattern(
    r"(?P<first>\d{1,2}) ?(?:hours?|hrs?|h)(?:,? and|,)? ?(?P<second>\d{1,2}) ?(?:minutes?|mins?|m)|"
    r"an hour and a (?P<half>half)|"
    r"(?P<one>an?|(?:one |a |the )?(?:full|whole|all)) ?-?(?P<of>hour|day|morning|afternoon|evening|week|month)"
)
_BARE = pattern(rf"{_ANY}")
_UNITS = (
    ("minute", ("minute", "min", "munud", "minut", "minuut")),
    ("hour", ("hour", "hr", "awr", "oriau", "uur", "uren")),
    ("day", ("day", "diwrnod", "dag")),
    ("week", ("week", "wythnos", "weken")),
    ("month", ("month", "mis", "maand")),
)
_MAX_DURATIONS = 6


def lengths(read: Sequence[Passage]) -> Iterator[Fact]:
    """Yield how long a page says its training is, where a sentence says so."""
    told: set[str] = set()
    for passage in read:
        for each in (*_LENGTHS, *((_SUMMED_UP,) if passage.place == SUMMARY else ())):
            for match in each.finditer(passage.text):
                value = _length(match)
                if value not in told and len(told) < _MAX_DURATIONS:
                    told.add(value)
                    words = passage.text[match.start("from") : match.end("unit")] if each is _SUMMED_UP else match[0]
                    yield fact("length", value, passage, words)


def spans(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield the lengths in words that are about nothing else, each in our spelling and as found.

    >>> [value for value, _ in spans("1 hour 30 minutes, or half a day")]
    ['1 hour 30 minutes', 'half a day']
    >>> [value for value, _ in spans("A full day")], [value for value, _ in spans("At your own pace")]
    (['1 day'], [])
    """
    end = 0
    both = [*_WHOLE.finditer(text), *_BARE.finditer(text)]
    for match in sorted(both, key=lambda match: (match.start(), -match.end())):
        if match.start() >= end:
            end = match.end()
            yield _whole(match) if match.re is _WHOLE else _length(match), match


def _whole(match: re.Match[str]) -> str:
    if match["first"]:
        return f"{_counted(match['first'], 'hour')} {_counted(match['second'], 'minute')}"
    return "1.5 hours" if match["half"] else _counted("1", match["of"].lower())


def _length(match: re.Match[str]) -> str:
    said = match.groupdict()
    first = str(said.get("half") or said["from"]).lower().replace(",", ".")
    unit = next(unit for unit, starts in _UNITS if str(said["unit"]).lower().startswith(starts))
    if first.startswith("half"):
        return f"half {'an' if unit == 'hour' else 'a'} {unit}"
    number, and_a_half, _ = first.partition(" and a half")
    first = _SMALL.get(number, number) + (".5" if and_a_half else "")
    last = (said.get("to") or "").lower()
    return f"{first} to {_SMALL.get(last, last)} {unit}s" if last else _counted(first, unit)


def _counted(number: str, unit: str) -> str:
    return f"{number} {unit}{'' if number == '1' else 's'}"
