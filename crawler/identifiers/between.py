"""What may stand between provisions and the law that they are of. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from crawler.identifiers.cited_law import Family, Work
from crawler.identifiers.cited_provisions import Provisions

_OF = re.compile(
    r"(?:[ ]\([A-Za-z][^()\n]{2,60}\)(?=\s{1,2}(?:of|to|in|under)\s))?"
    r"(?:,?\s(?:first|second|third|fourth|fifth|sixth|last)\s(?:sub-?paragraph|paragraph|indent|sentence))?"
    r"(?:,\sas\s(?:inserted|amended|substituted),)?(?:\s(?:enquir|inquir|assessment|dut|order|offence|defence|notice|statement|power|report)\w{0,4})?"
    r",?\s{0,2}(?:(?:of|to|into|in|under|from|OF|o|i|yn),?\s{1,2}|[oi]'r\s)?(?:the\s{1,2}|THE\s|an?\s)?(?:(?:retained|amending|amended|repealed|former|recast)\s|[A-Z][a-z]+'s\s)?"
)
_NAMED_OF = re.compile(r"\s(?:of\s(?:the\s)?)?(?:[a-z]?[A-Z][\w'-]{1,24}\s){1,6}\(?")
_CONVENTION_OF = re.compile(r"\sof\sthe\s(?:[A-Z][\w'-]{1,24}\s(?:(?:against|of|on)\s)?){1,6}\(?")
"""What a law is called before its number: "Article 9 of the Employers' Sanctions Directive 2009/52/EC"."""
_UNITS_OF_NUMBERED: Mapping[Family, tuple[str, ...]] = {
    "eu": ("article", "art", "annex", "recital"),
    "instrument": ("article", "art", "regulation", "reg", "rule", "schedule", "sch"),
}
MAX_BETWEEN = 100
"""Characters between provisions and their law."""
_IBID = re.compile(r"\b(?:[Ii]bid\.?,?|(?P<its>its))\s\Z")
_THEREOF = re.compile(r"\s{1,2}(?:thereof|ibid)\b")
MAX_THEREOF = 300
"""Characters between a law and what is cited "thereof", within one sentence."""
NO_LAW = re.compile(
    r"\s(?:course|document|e-learning|factsheet|handbook|leaflet|manual|overview|pathway|policy|poster|procedure|protocol|toolkit"
    r"|training|workbook)s?\b"
)
"""Behind the name of a law: what is called by it, and is none."""


def is_of(plain: str, group: Provisions, work: Work) -> bool:
    """Whether provisions are of the work behind them; a cell of a table is not."""
    between = plain[group.end : min(work.start, group.end + MAX_BETWEEN)]
    if (
        work.start - group.end >= MAX_BETWEEN
        or NO_LAW.match(plain, work.end)
        or ("\n" in between and not between.strip())
    ):
        return False
    units = _UNITS_OF_NUMBERED.get(work.family, ())
    if work.family == "convention" and _CONVENTION_OF.fullmatch(between):
        return group.unit.startswith("art")
    return _OF.fullmatch(between) is not None or (group.unit in units and _NAMED_OF.fullmatch(between) is not None)


def is_ibid(plain: str, tail: int, group: Provisions) -> bool:
    """Whether provisions are of what was named last, before their note or in their sentence: "ibid", "its Part 2"."""
    near = tail < group.start < tail + MAX_THEREOF
    match = _IBID.search(plain, max(tail, group.start - 8), group.start) if near else None
    return match is not None and not (match["its"] and ". " in plain[tail : group.start])


def is_thereof(plain: str, tail: int, group: Provisions) -> bool:
    """Whether provisions are of what was named last in their sentence: "…, and in particular Article 3 thereof"."""
    near = tail < group.start < tail + MAX_THEREOF
    return near and _THEREOF.match(plain, group.end) is not None and ". " not in plain[tail : group.start]
