"""What a file states of itself where it begins: who published it, where it applies, what it is, and its day.

Metadata of files are not read for it: they name the template, or the person who saved it last.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.bodies.dates import iso
from crawler.model import Section

NATIONS = {
    "england and wales": "England and Wales",
    "cymru a lloegr": "England and Wales",
    "united kingdom": "United Kingdom",
    "uk": "United Kingdom",
    "great britain": "Great Britain",
    "northern ireland": "Northern Ireland",
    "gogledd iwerddon": "Northern Ireland",
    "england": "England",
    "wales": "Wales",
    "cymru": "Wales",
    "scotland": "Scotland",
    "european union": "European Union",
    "eu": "European Union",
    "council of europe": "Council of Europe",
    "republic of ireland": "Ireland",
    "ireland": "Ireland",
    "netherlands": "Netherlands",
    "nederland": "Netherlands",
}
"""Places where documents apply, by what they are called in small letters."""
NATION = rf"(?:{'|'.join(sorted(NATIONS, key=len, reverse=True))})"
LAW_BEHIND = re.compile(r"\) (?:\([^)]*\) )?(?:Act|Bill|Order|Regulations|Measure|Rules)\b")
"""What stands behind a nation in the name of a law."""
MAX_LINES = 15
"""Lines at the beginning of a file in which its day stands by itself."""
MAX_SECTIONS = 20
"""Sections in which guidance says under which section of an Act it was issued."""
EVERY_PAGE = "every-page"
"""Path of the section with what stands on every page."""

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_BIG = rf"(?!(?:{_MONTHS})\b)[A-Z][\w&'\u2019-]*"
_BY = re.compile(
    rf"(?:^|[.;|\d]\s+|\n)(?:First )?(?:[Pp]ublished|[Ii]ssued) by:? (?:the )?"
    rf"({_BIG}(?: (?:(?:of|and|for|the|&|on) )*{_BIG}){{0,8}})"
    rf"(?=\s*(?:$|[,.;|(\u00a9\n]|\d|in\b|on\b|(?:{_MONTHS})\b))"
)
_PLACE = re.compile(rf"(?<!Bank of )(?<!Prince of )(?<!New )(?<![\w.\u2019'-]){NATION}(?![\w-])", re.IGNORECASE)
_IN_TITLES = frozenset({"England and Wales", "England", "Wales", "Scotland", "Northern Ireland"})
"""Places that a title names where it applies there alone: of the EU it may only tell."""
_APPLIES = re.compile(
    r"\b(?:this|the) (?:[^.;\n]{1,30} )?"
    r"(?:provision|duty|document|guide|guidance|tool ?kit|handbook|manual|fact ?sheet|form|resource|leaflet|booklet"
    r"|checklist|protocol|policy)s? (?:is|are|applies|apply|covers?|extends?)\b[^.;]{0,120}?"
    rf"\b({NATION})(?=\d?\s*(?:$|[.,;)\n]|only\b))",
    re.IGNORECASE,
)
_STATUTORY = re.compile(r"(?<!non-)(?<!non )\bstatutory guidance\b", re.IGNORECASE)
_UNDER = re.compile(r"\b(?:issued|published|given|made)\s+(?:\w+\s+){0,3}under\s+(?:section|s\.?)\s?\d", re.IGNORECASE)
_GUIDE = re.compile(r"\b(?:guide|guidance|tool ?kit|handbook|manual|fact ?sheet)\b", re.IGNORECASE)
_FORM = re.compile(r"\bforms?\b", re.IGNORECASE)
_OF_TOOLS = frozenset({"form", "resource", "template", "guidance", "manual", "governance", "training", "collection"})
"""Kinds of sources whose documents can be statutory guidance."""
_UNDATED = frozenset({"statistics", "news"})
"""Kinds of sources in whose titles a date is that of their subject."""
_LAST_DATE = re.compile(
    rf"(?:(?P<before>\b\w+)|[^\w\s])?\s+\(?(?P<date>(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTHS}) (?:19|20)\d\d"
    r"|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d\d))\)?$"
)
_OF_SUBJECT = frozenset({
    "to", "until", "of", "from", "in", "on", "ending", "ended", "since", "by", "for", "and", "between", "at", "before",
    "after", "up", "during", "the",
})  # fmt: skip
"""Words before a date that is no day of the document."""
_HYPHENED = re.compile(r"(?<=\w)[-_ ](\d{1,2})-(\d{1,2})-((?:19|20)\d\d)$")
_ENDING = re.compile(r"\.[A-Za-z]{3,4}$")
_SHORT_YEAR = re.compile(r"(.*[./])(\d\d)$")
_BESIDE_DATE = re.compile(
    r"^(?:version|v)\.? ?[\d.]+[,;:]? |\s*\u00a9.*$|(?:first )?(?:published|issued)(?: by [^,;\d]{3,60}?)?(?: in| on)? "
    rf"(?=\d|(?:{_MONTHS})\b)",
    re.IGNORECASE,
)
_DATE_WORDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What a file states of itself, None where it does not; ``published`` is ISO, as precise as it is stated."""

    publisher: str | None
    jurisdiction: str | None
    kind: str | None
    published: str | None


def read(title: str, names: Iterable[str], sections: Sequence[Section], lines: Sequence[str], kind: str) -> Imprint:
    """Return what a file states of itself.

    ``names`` are what else it is called, such as its file, ``lines`` its first ones, ``kind`` is that of its source.
    """
    foot = [line for section in sections if section.path == EVERY_PAGE for line in section.text.split("\n")]
    beginning = [*lines[:MAX_LINES], *foot]
    said = "\n".join(beginning)
    by = _BY.search(said)
    return Imprint(
        publisher=by[1] if by else None,
        jurisdiction=_named(title) or _applies("\n".join(lines)),
        kind=_kind(title, sections, kind),
        published=None if kind in _UNDATED else _day([title, *names], beginning),
    )


def _named(title: str) -> str | None:
    """Return the one place that a title names outside the names of laws, None where it names none or several."""
    found = {NATIONS[match[0].lower()] for match in _PLACE.finditer(title) if not LAW_BEHIND.match(title, match.end())}
    return found.pop() if len(found) == 1 and found <= _IN_TITLES else None


def _applies(text: str) -> str | None:
    found = {NATIONS[match[1].lower()] for match in _APPLIES.finditer(text)}
    return found.pop() if len(found) == 1 else None


def _kind(title: str, sections: Sequence[Section], kind: str) -> str | None:
    """Return what a file is where that is something else than what its source publishes in general."""
    issued = any(_UNDER.search(section.text) for section in sections[:MAX_SECTIONS])
    if kind in _OF_TOOLS and issued and _STATUTORY.search(title):
        return "statutory_guidance"
    return "guidance" if kind == "form" and _GUIDE.search(title) and not _FORM.search(title) else None


def _day(names: Iterable[str], lines: Iterable[str]) -> str | None:
    """Return the day that a line of the beginning holds and nothing else, else that with which a name ends."""
    for line in lines:
        alone = _BESIDE_DATE.sub("", line).strip()
        if len(alone.split()) <= _DATE_WORDS and any(map(str.isalpha, alone)) and (date := iso(alone)):
            return date
    return next((date for name in names if (date := day_in(name))), None)


def day_in(name: str) -> str | None:
    """Return the day with which a title, or the name of a file, ends; None where it ends otherwise.

    >>> day_in("Sample briefing May 2029.pptx"), day_in("Deaths to May 2029"), day_in("form-v3-15-05-2029.pdf")
    ('2029-05', None, '2029-05-15')
    """
    spoken = " ".join(re.sub(r"[+_]", " ", _HYPHENED.sub(r" \1/\2/\3", _ENDING.sub("", name))).split())
    last = _LAST_DATE.search(spoken)
    is_its = last is not None and (last["before"] or "").lower() not in _OF_SUBJECT
    return iso(_SHORT_YEAR.sub(r"\g<1>20\2", last["date"])) if last and is_its else None
