"""The kinds of facts: which words are one, and how its value is written in one way. English patterns."""

import re

from crawler.changes.boilerplate import DATE, DAY
from crawler.changes.contact_details import REACH, Kind, any_of
from crawler.changes.number_words import ONES, WORDS, in_figures

_SUM = r"\d+(?:[ ,.]\d{3})*(?:[.,]\d{1,2}(?!\d))?"
_COUNT = rf"(?:one|{WORDS})"
_COUNTED = rf"(?:{_COUNT}(?:[- ](?:{ONES}))?)"
_MANY = r"(?:\s?(?:thousand|million|billion|bn|m|k)\b)?"


def _digits(text: str) -> str:
    return re.sub(r"[^\d.]", "", text).strip(".")


def _edition(text: str) -> str:
    return _digits(in_figures(text.casefold())) or text.casefold()


def _amount(text: str) -> str:
    plain = re.sub(r"(?<=\d)[ ,](?=\d{3})|(?<=[\u00a3\u20ac$])\s|\s(?=%|per|pc\b)", "", text)
    return in_figures(re.sub(r"per\s?cent|percent|pc\b", "%", plain.casefold()))


def _day(text: str) -> str:
    return re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|,|\bof\b|\bday of\b", "", text).replace("  ", " ")


def _figures(text: str) -> str:
    return re.sub(r",(?=\d{3})", "", text)


def _limit(text: str) -> str:
    plain = in_figures(re.sub(r"[-\s]+", " ", text.casefold()))
    return re.sub(r"\b(hr|min)s?\b", lambda unit: {"hr": "hours", "min": "minutes"}[unit[1]], plain)


def _in_words(text: str) -> str:
    return in_figures(text.casefold())


_UNITS = "minute|min|hour|hr|day|week|month|year|quarter"
_RATHER = "working|calendar|clear|business|consecutive|school"
_PARTS = "part|schedule|chapter|title|annex|appendix|group|table|protocol|category|tier|class|option"

KINDS: tuple[Kind, ...] = (
    *REACH,
    Kind("date", any_of("0"), re.compile(rf"(?<![\w.]){DATE}"), _day),
    Kind(
        "date",
        any_of("spring|summer|autumn|winter|easter|christmas|q|quarter"),
        re.compile(
            r"\b(?:spring|summer|autumn|winter|easter|christmas|q[1-4])\s+(?:of\s+)?\d{4}\b"
            r"|\b(?:first|second|third|fourth)\s+quarter\s+of\s+\d{4}",
            re.IGNORECASE,
        ),
        str.casefold,
    ),
    Kind(
        "version number",
        any_of("version|ver|v|edition|issue|revision|rev|draft|release"),
        re.compile(
            r"\b(?:version|ver\.?|v\.?|edition|issue|revision|rev\.?|draft|release)\s?(?:(?:no\.?|number)\s?)?:?\s?"
            r"\d{1,4}(?:\.\d{1,4}){0,4}\b"
            rf"|\b(?:version|edition|issue|draft)\s+{_COUNTED}\b"
            r"|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,3}(?:st|nd|rd|th))\s+edition\b",
            re.IGNORECASE,
        ),
        _edition,
    ),
    Kind(
        "money",
        any_of("\u00a3|\u20ac|$|\u00a5|%|p|pc|per|percent|pound|pounds|pence|euro|euros|gbp|eur"),
        re.compile(
            rf"[\u00a3\u20ac$\u00a5]\s?{_SUM}{_MANY}"
            rf"|(?<![\w.]){_SUM}{_MANY}\s?(?:[\u00a3\u20ac]|%|pc\b|per\s?cent\b|percent\b|pounds?\b|pence\b|euros?\b"
            rf"|GBP\b|EUR\b)|\b(?:EUR|GBP)\s?{_SUM}{_MANY}|\b\d{{1,3}}p\b"
            rf"|\b{_COUNTED}\s(?:per\s?cent|percent|pounds?|pence|euros?)\b"
        ),
        _amount,
    ),
    Kind(
        "money",
        any_of("charge|charges|fee|fees|free|scale"),
        re.compile(
            r"\bfree of charge\b|\b(?:no|an?|any|the)\s+(?:fee|charge)s?\b(?:\s+(?:appl(?:y|ies)|is\s+payable))?"
            r"|\bfor\s+free\b|\blevel\s+\d\s+on\s+the\s+standard\s+scale\b",
            re.IGNORECASE,
        ),
        str.casefold,
    ),
    Kind(
        "time limit",
        any_of(_UNITS, _UNITS.replace("|", "s|"), "quarters|years|hrs|mins|fortnight|fortnights|am|pm|:"),
        re.compile(
            rf"(?<![\w.])(?:\d{{1,6}}|{_COUNTED})(?:\s*\((?:\d{{1,6}}|[\w-]{{2,20}})\))?[\s-]*"
            rf"(?:(?:{_RATHER})[\s-]+)?(?:{_UNITS})s?\b(?!\s+(?:old|of\s+age)\b)"
            rf"|\b(?:within|after|in|for|half)\s+(?:an?|one)\s+(?:(?:working|calendar)\s+)?(?:{_UNITS})\b|\bfortnights?\b"
            rf"|\b(?:every|each|per|once\s+an?|twice\s+an?)\s+(?:(?:other|second|third)\s+)?(?:{_UNITS}|fortnight)s?\b"
            rf"|\b(?:same|next|following|previous)\s+(?:(?:{_RATHER})\s+)?day\b"
            rf"|\b(?:second|third|fourth|fifth)\s+(?:{_RATHER})\s+day\b"
            r"|(?<![\w.:])\d{1,2}(?:[:.]\d{2})?\s?[ap]m\b|(?<![\w.:])\d{1,2}:\d{2}(?![\d:])",
            re.IGNORECASE,
        ),
        _limit,
    ),
    Kind(
        "time limit",
        any_of(
            "daily|weekly|fortnightly|monthly|quarterly|annually|yearly|hourly|noon|midday|midnight|close|immediately|"
            "delay|soon|forthwith|promptly|once|7|twice"
        ),
        re.compile(
            r"\b(?:daily|weekly|fortnightly|monthly|quarterly|annually|yearly|hourly|noon|midday|midnight|immediately"
            r"|forthwith|promptly|close of business|without (?:undue )?delay|(?:once|twice)(?=\s+an?\s)"
            r"|as soon as (?:reasonably )?(?:possible|practicable)|24/7)\b",
            re.IGNORECASE,
        ),
        str.casefold,
    ),
    Kind(
        "time limit",
        any_of("monday|tuesday|wednesday|thursday|friday|saturday|sunday", "mondays|saturdays|sundays|fridays"),
        re.compile(rf"\b{DAY}s?\b"),
        str.casefold,
    ),
    Kind("number", any_of("0"), re.compile(r"\d+(?:[.,/:]\d+)*(?:[A-Za-z]{1,3}\b)?"), _figures),
    Kind(
        "number",
        any_of(_PARTS),
        re.compile(rf"\b(?i:{_PARTS})\s+(?:[IVXLC]{{1,7}}|[A-H])\b"),
        lambda text: text,
    ),
    Kind("number", any_of(WORDS), re.compile(rf"\b(?:{WORDS})\b(?:[- ](?:{ONES})\b)?", re.IGNORECASE), _in_words),
    Kind(
        "number",
        any_of("half|third|thirds|quarter|quarters|twice|double|least|most|more|less|fewer|exceeding|of|over|under|above|"
             "below|minimum|maximum"),
        re.compile(
            r"\bhalf\b|\b(?:a|one|two|three)[- ](?:third|quarter)s?\b|\btwice\b|\bdouble\b|\bat (?:least|most)\b"
            r"|\b(?:more|less|fewer) than\b|\bnot exceeding\b|\b(?:and|or) (?:over|under|above|below)\b"
            r"|\b(?:minimum|maximum) of\b"
            r"|\b(?:all|any|each|one|both|either|none) of (?:the following|them|these|those)\b",
            re.IGNORECASE,
        ),
        str.casefold,
    ),
    # "May" with a capital is the month more often than a duty; "will" for the present tense is none.
    Kind(
        "duty word",
        any_of("may|should|must|shall|can|ought|to|mandatory|optional|compulsory|voluntary|permitted|prohibited"),
        re.compile(
            r"\b(?:may|MAY|(?i:should|must|shall|can|ought to|(?:have|has|had|need|needs) to|mandatory|optional"
            r"|compulsory|voluntary|permitted|prohibited|(?:required|expected|obliged|entitled|encouraged|advised) to"
            r"|allowed to|forbidden))\b"
        ),
        str.casefold,
    ),
    Kind(
        "negation",
        any_of(
            "not|no|nor|never|neither|none|unless|cannot|without|except|t|excluding|excluded|exempt|only|other|"
            "ineligible|unlawful|unlawfully|illegal|invalid|inadmissible|unable"
        ),
        re.compile(
            r"\b(?:not|nor?(?!\.?\s*\d)|never|neither|none|unless|cannot|without|except(?:ing)?|excluding|excluded"
            r"|exempt|only(?= (?:if|where|when|by|to|in|after)\b)|other than|ineligible|unlawful(?:ly)?|illegal|invalid"
            r"|inadmissible|unable)\b|n['\u2019]t\b",
            re.IGNORECASE,
        ),
        str.casefold,
    ),
)  # fmt: skip
