"""Facts in a text that must not change unnoticed: addresses, dates, sums, time limits, duties. English patterns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from crawler.text import canonical


class Fact(NamedTuple):
    """A fact: the flag it belongs to, where it stands, and its value in one way of writing."""

    flag: str
    start: int
    end: int
    value: str


_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)"
)
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+|day\s+of\s+)?{_MONTH}\b(?:,?\s+\d{{4}}\b)?"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}\b|{_MONTH}\s+\d{{4}}\b"
    r"|\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?|\d{1,2}[/.]\d{1,2}[/.]\d{4}\b)"
)
_SUM = r"\d+(?:[ ,]\d{3})*(?:\.\d+)?"
_COUNT = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    "nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million"
)
_MANY = r"(?:\s?(?:thousand|million|billion|bn|m|k)\b)?"

STAMP = re.compile(
    r"\b(?:(?:[Pp]age\s+)?[Ll]ast\s+(?:updated|reviewed|modified)|(?:Last|First)\s+published|Updated|Published|Reviewed"
    r"|Modified|LAST UPDATED|UPDATED|PUBLISHED|Publication date|Date (?:published|updated)"
    r"|Date of (?:last )?(?:update|review))"
    rf"(?:\s+on)?\s*:?\s*{_DATE}"
    r"(?:,?\s+(?:at\s+)?\d{1,2}[:.]\d{2}\s?(?:am|pm)?)?"
)
"""A page's own date. "published on 3 May" inside a sentence is none: a small "published" may be part of a duty."""

FURNITURE = re.compile(
    r"\b(?:Skip to (?:main )?content|Back to top|Print this page|Share this page|Is this page useful\?|"
    r"(?:Get emails|Sign up for emails|Get email alerts) about this page|Help us improve GOV\.UK|"
    r"(?:Report a problem with|There is something wrong with|Is there anything wrong with) this page\??|"
    r"View a printable version of the whole guide|Contents)(?!\w)"
)
"""Labels around a text that a page changes without changing what it says."""

_LETTERS = re.compile("[a-z]+")


def _close_up(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _digits(text: str) -> str:
    return re.sub(r"[^\d.]", "", text).strip(".")


def _amount(text: str) -> str:
    return re.sub(
        r"per\s?cent|percent", "%", re.sub(r"(?<=\d)[ ,](?=\d{3})|(?<=[\u00a3\u20ac$])\s|\s(?=%|per)", "", text)
    )


def _dialled(text: str) -> str:
    return re.sub(r"[^\d+]", "", text)


def _day(text: str) -> str:
    return re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|,|\bof\b|\bday of\b", "", text).replace("  ", " ")


def _address(text: str) -> str:
    return text.rstrip(".,;:!?)]'\"")


def _figures(text: str) -> str:
    return re.sub(r",(?=\d{3})", "", text)


class _Rule(NamedTuple):
    flag: str
    needs: frozenset[str]
    pattern: re.Pattern[str]
    write: Callable[[str], str]


def _any(*needs: str) -> frozenset[str]:
    return frozenset(word for need in needs for word in need.split("|"))


_FILES = "pdf|doc|docx|odt|ods|odp|xls|xlsx|csv|rtf|zip|ppt|pptx|xml"
_DOMAINS = "uk|eu|org|com|net|int|gov|info|europa|ie|scot|wales|cymru"
_CALLS = "call|dial|ring|text|phone|telephone|tel|helpline|hotline|fax|sms"
_UNITS = "minute|hour|day|week|month|year"

# Each with the small-letter words and marks ("0": any digit) one of which must be there before it is tried at all.
# Earlier rules claim their words. Repetitions that may fail late are bounded: no text takes more than linear time.
_RULES: tuple[_Rule, ...] = (
    _Rule("contact", _any("@"), re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"), str.casefold),
    _Rule("link", _any("http|https"), re.compile(r"\bhttps?://[^\s<>\"]+", re.IGNORECASE), _address),
    _Rule(
        "link",
        _any(_DOMAINS),
        re.compile(
            rf"(?<![\w.-])(?:[a-z0-9-]{{1,63}}\.){{1,5}}(?:{_DOMAINS})\b(?:/[^\s<>\"]*)?",
            re.IGNORECASE,
        ),
        _address,
    ),
    _Rule(
        "form",
        _any(_FILES),
        re.compile(rf"(?<![\w.-])[\w-]{{1,120}}(?:\.[\w-]{{1,40}}){{0,3}}\.(?:{_FILES})\b", re.IGNORECASE),
        str.casefold,
    ),
    _Rule("link", _any("/"), re.compile(r"(?<![\w./-])(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,20}/[^\s<>\"]+"), _address),
    _Rule(
        "form",
        _any("form|forms"),
        re.compile(
            r"\b[Ff]orms?\s+\(?[A-Z]{1,5}[- ]?\d{1,4}[A-Z]?\b|\b[A-Z]{1,5}[- ]?\d{1,4}[A-Z]?\s+[Ff]orms?\b"
            r"|\b(?:PDF|Word|Excel|online|paper)\s+[Ff]orms?\b|\b[Ff]orms?\s+\((?:PDF|Word|Excel|online|paper)\b"
        ),
        str.casefold,
    ),
    _Rule("form", _any(_FILES), re.compile(rf"(?<!\w)\.(?:{_FILES})\b", re.IGNORECASE), str.casefold),
    # Behind a word that tells to call, any number is one to call: 101, 116 000, 888 373 7888.
    _Rule(
        "contact",
        _any(_CALLS),
        re.compile(
            rf"\b(?:{_CALLS})\b[:.]?\s+(?:(?:number|us|them|on|at|free|is|the|police)\s+){{0,4}}"
            r"\+?\d(?:[\d ()./\u00a0\u2010-\u2013-]{0,20}\d)?\b(?:,?\s+ext(?:ension|\.)?\s+\d{1,6}\b)?",
            re.IGNORECASE,
        ),
        _dialled,
    ),
    _Rule(
        "contact",
        _any("0"),
        re.compile(
            r"(?<![\w.])(?:\+\d|\(0|0)[\d ()\u00a0\u2010-\u2013-]{7,18}\d\b(?:,?\s+ext(?:ension|\.)?\s+\d{1,6}\b)?"
            r"|(?<![\w.])0\d(?:\.\d{2}){4}\b|(?<![\w.])0\d{1,4}/\d{5,9}\b"
            r"|(?<![\w.])\d{2,3} \d{2,3} \d{2} \d{2}\b|(?<![\w.])(?:1-)?\d{3}-\d{3}-\d{4}\b"
        ),
        _dialled,
    ),
    _Rule(
        "contact",
        _any("0"),
        re.compile(
            r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b|\b[A-Z]\d[\dW]\s[A-Z\d]{4}\b|\b\d{4}\s[A-Z]{2}\b(?=,?\s+[A-Z][a-z])"
        ),
        _close_up,
    ),
    _Rule(
        "contact",
        _any("0"),
        re.compile(
            r"\b\d{1,4}[A-Za-z]?,?(?:\s+[A-Z][\w']{1,30}){1,4}\s+(?:Street|Road|Lane|Avenue|Square|House|Place|Way|Drive"
            r"|Court|Gardens|Close|Row|Hill|Park|Terrace)\b|\b[Pp]\.?[Oo]\.?\s?[Bb]ox\s+\d+"
            r"|\b[A-Z][^\W\d_]{1,40}(?:laan|straat|plein|weg|stra\u00dfe|strasse|gatan)\s+\d{1,4}\b"
            r"|\b(?:Rue|Avenue|Boulevard|Via|Calle|Plaza)(?:\s+[^\W\d_]{1,30}){1,5}\s+\d{1,4}\b"
        ),
        str.casefold,
    ),
    _Rule("date", _any("0"), re.compile(rf"(?<![\w.]){_DATE}"), _day),
    _Rule(
        "version number",
        _any("version|ver|v|edition|issue|revision|rev"),
        re.compile(
            r"\b(?:version|ver\.?|v\.?|edition|issue|revision|rev\.?)\s?\d{1,4}(?:\.\d{1,4}){0,4}\b"
            r"|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,3}(?:st|nd|rd|th))\s+edition\b",
            re.IGNORECASE,
        ),
        lambda text: _digits(text) or text.casefold(),
    ),
    _Rule(
        "money",
        _any("\u00a3|\u20ac|$|\u00a5|%|p|per|percent|pound|pounds|pence|euro|euros|gbp|eur"),
        re.compile(
            rf"[\u00a3\u20ac$\u00a5]\s?{_SUM}{_MANY}"
            rf"|(?<![\w.]){_SUM}{_MANY}\s?(?:%|per\s?cent\b|percent\b|pounds?\b|pence\b|euros?\b|GBP\b|EUR\b)"
            rf"|\b(?:EUR|GBP)\s?{_SUM}{_MANY}|\b\d{{1,3}}p\b"
            rf"|\b(?:one|{_COUNT})(?:[- ](?:one|{_COUNT}))?\s(?:per\s?cent|percent|pounds?|pence|euros?)\b"
        ),
        _amount,
    ),
    _Rule(
        "time limit",
        _any(_UNITS, _UNITS.replace("|", "s|"), "years|fortnight|fortnights|am|pm|:"),
        re.compile(
            rf"(?<![\w.])(?:\d{{1,6}}|one|{_COUNT})(?:-(?:one|{_COUNT}))?(?:\s*\(\d{{1,6}}\))?[\s-]+"
            rf"(?:(?:working|calendar|clear|business|consecutive|school)\s+)?(?:{_UNITS})s?\b(?!\s+(?:old|of\s+age)\b)"
            rf"|\b(?:within|after|in|for|half)\s+(?:an?|one)\s+(?:(?:working|calendar)\s+)?(?:{_UNITS})\b|\bfortnights?\b"
            r"|(?<![\w.:])\d{1,2}(?:[:.]\d{2})?\s?[ap]m\b|(?<![\w.:])\d{1,2}:\d{2}(?![\d:])",
            re.IGNORECASE,
        ),
        lambda text: text.casefold().replace("-", " "),
    ),
    _Rule("number", _any("0"), re.compile(r"\d+(?:[.,/:]\d+)*(?:[A-Za-z]{1,3}\b)?"), _figures),
    _Rule("number", _any(_COUNT), re.compile(rf"\b(?:{_COUNT})\b", re.IGNORECASE), str.casefold),
    # "May" with a capital is the month more often than a duty.
    _Rule(
        "duty word",
        _any("may|should|must|shall|will"),
        re.compile(r"\b(?:may|MAY|(?i:should|must|shall|will))\b"),
        str.casefold,
    ),
    _Rule(
        "negation",
        _any("not|no|nor|never|neither|none|unless|cannot|without|except|t"),
        re.compile(
            r"\b(?:not|nor?(?!\.?\s*\d)|never|neither|none|unless|cannot|without|except)\b|n['\u2019]t\b", re.IGNORECASE
        ),
        str.casefold,
    ),
)


def facts(text: str) -> list[Fact]:
    """Give the facts in a text, in order; a page's own "Updated 3 May 2024" and the labels around it are none.

    >>> [(fact.flag, fact.value) for fact in facts("You must send form MS1 within 5 days.")]
    [('duty word', 'must'), ('form', 'form ms1'), ('time limit', '5 days')]
    """
    claimed = [(match.start(), match.end()) for known in (STAMP, FURNITURE) for match in known.finditer(text)]
    present = _present(text)
    found: list[Fact] = []
    for rule in _RULES:
        if not rule.needs.isdisjoint(present):
            free = list(_unclaimed(list(_matches(rule, text)), sorted(claimed)))
            found.extend(free)
            claimed.extend((fact.start, fact.end) for fact in free)
    return sorted(found, key=lambda fact: (fact.start, fact.end, fact.flag))


def _present(text: str) -> set[str]:
    """Give the words and the marks in a text, "0" for all digits."""
    marks = set(text)
    return {*_LETTERS.findall(text.casefold()), *marks, *("0" for mark in marks if mark.isdigit())}


def _matches(rule: _Rule, text: str) -> Iterator[Fact]:
    for match in rule.pattern.finditer(text):
        yield Fact(flag=rule.flag, start=match.start(), end=match.end(), value=rule.write(canonical(match.group())))


def _unclaimed(new: list[Fact], claimed: list[tuple[int, int]]) -> Iterator[Fact]:
    """Give the facts that share no character with an earlier one; both lists are in order."""
    position = 0
    for fact in new:
        while position < len(claimed) and claimed[position][1] <= fact.start:
            position += 1
        if position == len(claimed) or claimed[position][0] >= fact.end:
            yield fact
