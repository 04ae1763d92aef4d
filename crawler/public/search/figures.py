"""Questions that ask for a number, and texts that have one: a count, a share, an amount, a telephone number. Pure."""

import re

from crawler.public.search.citations import provisions

_TELEPHONE_ASKED = re.compile(
    r"\b(?:phone|telephone|helpline|hotline|fax|emergency) numbers?\b|\b(?:tele)?phone\b"
    r"|\bnumbers? (?:to|for) (?:call|ring|text|phone|help)"
    r"|\b(?:helpline|hotline)\b.*\bnumbers?\b|\bnumbers?\b.*\b(?:helpline|hotline)\b",
    re.IGNORECASE,
)
_FIGURE_ASKED = re.compile(
    r"\bhow (?:many|much)\b|\bnumbers? of\b|\b(?:figures?|percentage|proportion|total)\b|\bstat(?:istic)?s\b",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(
    r"(?<![\w.,/-])(?:\+\d{1,3}|0)(?:[ ()-]{0,2}\d){8,13}(?![\w/]|[.,-]\d)|\b(?:999|112|116 ?\d{3})\b"
)
_DAY = r"(?!\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
_FIGURE = re.compile(
    r"(?<![\w.,/-])(?:\d{1,3}(?:[,\u00a0 ]\d{3})+|[\u00a3\u20ac$] ?\d[\d.,]*"
    rf"|\d+(?:\.\d+)? ?(?:%|per ?cent|million|billion)|{_DAY}(?!(?:19|20)\d\d\b)\d{{1,5}}(?= [a-z]{{3,}}))",
    re.IGNORECASE,
)
TELEPHONE, FIGURE = "telephone", "figure"


def asked(text: str) -> str:
    """Return what kind of number a question asks for, empty where it asks for none.

    >>> asked("helpline number for victims"), asked("how many referrals in 2025"), asked("number 10 of the act")
    ('telephone', 'figure', '')
    """
    return TELEPHONE if _TELEPHONE_ASKED.search(text) else FIGURE if _FIGURE_ASKED.search(text) else ""


def has(text: str, kind: str) -> bool:
    """Return whether a text has a number of a kind; days, years and numbers of provisions are none.

    >>> has("It was 1,311 in all.", "figure"), has("On 2 May 2025, section 3 began.", "figure")
    (True, False)
    >>> has("Call 0808 157 0123, day and night.", "telephone"), has("It was 1,311 in all.", "telephone")
    (True, False)
    """
    return (_TELEPHONE if kind == TELEPHONE else _FIGURE).search(provisions(text)[1]) is not None
