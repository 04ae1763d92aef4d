"""How somebody is reached: telephone numbers, addresses, web addresses, portals and forms. English patterns."""

import re
from collections.abc import Callable
from typing import NamedTuple


class Kind(NamedTuple):
    """One way in which facts of a flag are written: what must be there before it is tried, and how to write a value."""

    flag: str
    needs: frozenset[str]
    pattern: re.Pattern[str]
    write: Callable[[str], str]


def any_of(*needs: str) -> frozenset[str]:
    """Return the words in texts that have bars between them."""
    return frozenset(word for need in needs for word in need.split("|"))


def _close_up(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _dialled(text: str) -> str:
    return re.sub(r"[^\d+]", "", text)


BEHIND = ".,;:!?)]'\""
"""Marks at the end of a web address that belong to the sentence around it."""
_SCHEME = re.compile(r"(?:https?://)?(?:www\.)?([^/?#]*)", re.IGNORECASE)


def _address(text: str) -> str:
    """Return an address without what leads nowhere else: its scheme, its www, a slash at its end."""
    return _SCHEME.sub(lambda found: found[1].lower(), text.rstrip(f"{BEHIND}/"), count=1)


_FILES = "pdf|doc|docx|odt|ods|odp|xls|xlsx|csv|rtf|zip|ppt|pptx|xml"
_DOMAINS = (
    "uk|eu|org|com|net|int|gov|info|europa|ie|scot|wales|cymru|charity|help|ngo|app|io|ly|link|online|support|police|"
    "example|invalid|test"
)
_CALLS = "call|dial|ring|text|phone|telephone|tel|textphone|minicom|helpline|hotline|fax|sms|whatsapp"
_FORMS = "referral|application|consent|request|report|reporting|notification|claim|appeal|offline|digital|paper|online"

# Each with the small-letter words and marks ("0": any digit) one of which must be there before it is tried at all.
# Earlier ones claim their words. Repetitions that may fail late are bounded: no text takes more than linear time.
REACH: tuple[Kind, ...] = (
    Kind("contact", any_of("@"), re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"), str.casefold),
    Kind("contact", any_of("@"), re.compile(r"(?<![\w@])@\w{2,40}"), str.casefold),
    Kind(
        "contact",
        any_of("at"),
        re.compile(r"[\w.+'-]{1,64}\s?[\[(]\s?at\s?[\])]\s?[\w.-]{1,80}", re.IGNORECASE),
        lambda text: _close_up(text.casefold()),
    ),
    Kind("link", any_of("http|https"), re.compile(r"\bhttps?://[^\s<>\"]+", re.IGNORECASE), _address),
    Kind(
        "link",
        any_of(_DOMAINS),
        re.compile(
            rf"(?<![\w.-])(?:[a-z0-9-]{{1,63}}\.){{1,5}}(?:{_DOMAINS})\b(?:/[^\s<>\"]*)?",
            re.IGNORECASE,
        ),
        _address,
    ),
    Kind(
        "link",
        any_of("portal"),
        re.compile(r"\b(?:[A-Z][\w'\u2019-]{0,30}\s+){1,5}[Pp]ortal\b"),
        str.casefold,
    ),
    Kind(
        "form",
        any_of(_FILES),
        re.compile(
            rf"(?<![\w.-])(?:(?:19|20)\d\d(?:[/-]\d{{1,2}}){{0,2}}/)?[\w-]{{1,120}}(?:\.[\w-]{{1,40}}){{0,3}}\.(?:{_FILES})\b",
            re.IGNORECASE,
        ),
        str.casefold,
    ),
    Kind("link", any_of("/"), re.compile(r"(?<![\w./-])(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,20}/[^\s<>\"]+"), _address),
    Kind(
        "form",
        any_of("form|forms"),
        re.compile(
            r"\b[Ff]orms?\s+\(?[A-Z]{1,5}[- ]?\d{1,4}[A-Z]?\b(?:\s?\(?[vV](?:ersion)?\.?\s?\d{1,3}(?:\.\d{1,3})?\b)?"
            r"|\b[A-Z]{1,5}[- ]?\d{1,4}[A-Z]?\s+(?:[a-z]{1,20}\s+)?[Ff]orms?\b"
            r"|\b[Ff]orms?\s+[A-Z]{2,5}\([A-Z]{1,5}\)|\b[A-Z]{2,5}\([A-Z]{1,5}\)\s+[Ff]orms?\b"
            r"|\b(?:Annex|Appendix|Schedule)\s+[A-Z0-9]{1,3}\s+[Ff]orms?\b"
            r"|\b(?:PDF|Word|Excel|online|paper)\s+[Ff]orms?\b|\b[Ff]orms?\s+\((?:PDF|Word|Excel|online|paper)\b"
        ),
        str.casefold,
    ),
    Kind(
        "form",
        any_of("form|forms"),
        re.compile(
            rf"\b(?:[A-Z][\w-]{{1,30}}\s+(?:(?:to|of|for|and)\s+)?){{1,5}}(?:(?:{_FORMS})\s+)?[Ff]orms?\b"
            rf"|\b(?:{_FORMS})\s+[Ff]orms?\b"
        ),
        str.casefold,
    ),
    Kind("form", any_of(_FILES), re.compile(rf"(?<!\w)\.(?:{_FILES})\b", re.IGNORECASE), str.casefold),
    # Behind a word that tells to call, any number is one to call: 101, 116 000, 888 373 7888.
    Kind(
        "contact",
        any_of(_CALLS),
        re.compile(
            rf"\b(?:{_CALLS})\b[:.]?\s+(?:(?:number|us|them|on|at|free|is|the|police)\s+){{0,4}}"
            r"\+?\d(?:[\d ()./\u00a0\u2010-\u2013-]{0,26}\d)?\b(?:,?\s+ext(?:ension|\.)?\s+\d{1,6}\b)?",
            re.IGNORECASE,
        ),
        _dialled,
    ),
    Kind(
        "contact",
        any_of("0"),
        re.compile(
            r"(?<![\w.])(?:\+\d|\(0|0)[\d ()\u00a0\u2010-\u2013-]{7,18}\d\b(?:,?\s+ext(?:ension|\.)?\s+\d{1,6}\b)?"
            r"|(?<![\w.])0\d(?:\.\d{2}){4}\b|(?<![\w.])0\d{1,4}/\d{5,9}\b"
            r"|(?<![\w.])\d{2,3} \d{2,3} \d{2} \d{2}\b|(?<![\w.])(?:1-)?\d{3}-\d{3}-\d{4}\b"
        ),
        _dialled,
    ),
    Kind(
        "contact",
        any_of("ext|extension|extn|option|press|x"),
        re.compile(
            r"\b(?:ext(?:ension|n)?\b\.?|option|press)\s?(?:(?:no\.?|number)\s?)?:?\s?\d{1,6}\b|\bx\d{3,6}\b",
            re.IGNORECASE,
        ),
        _dialled,
    ),
    Kind(
        "contact",
        any_of("0"),
        re.compile(
            r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b|\b[A-Z]\d[\dW]\s[A-Z\d]{4}\b|\b\d{4}\s[A-Z]{2}\b(?=,?\s+[A-Z][a-z])"
        ),
        _close_up,
    ),
    Kind(
        "contact",
        any_of("0"),
        re.compile(
            r"\b\d{1,4}[A-Za-z]?,?(?:\s+[A-Z][\w']{1,30}){1,4}\s+(?:Street|Road|Lane|Avenue|Square|House|Place|Way|Drive"
            r"|Court|Gardens|Close|Row|Hill|Park|Terrace)\b|\b[Pp]\.?[Oo]\.?\s?[Bb]ox\s+\d+"
            r"|\b[A-Z][^\W\d_]{1,40}(?:laan|straat|plein|weg|stra\u00dfe|strasse|gatan)\s+\d{1,4}\b"
            r"|\b(?:Rue|Avenue|Boulevard|Via|Calle|Plaza)(?:\s+[^\W\d_]{1,30}){1,5}\s+\d{1,4}\b"
        ),
        str.casefold,
    ),
    Kind(
        "contact",
        any_of("building|house|tower|floor"),
        re.compile(r"\b(?:[A-Z][\w']{1,30}\s+){1,3}(?:Building|House|Tower)\b|\b\d{1,3}(?:st|nd|rd|th)\s+[Ff]loor\b"),
        str.casefold,
    ),
)
"""Kinds of facts that claim their words before all others."""
