"""Laws by abbreviations of their titles that are known, and by initials: "MSA", "HTE(S)A 2015", "Article 36 VCCR"."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from crawler.identifiers.acts import abbreviations, names, spelled, works
from crawler.identifiers.cited_law import Work, family_of
from crawler.identifiers.cited_provisions import PROVISION

NO_LAW_OF_YEAR = r"(?!\s(?:[Aa]nnual|[Aa]wards?|[Bb]ays?|[Bb]eds?|[Cc]onference|[Cc]ongress|[Ff]orum|[Ss]ummit)\b)"
"""Not behind an abbreviation with a year: what is held each year."""
ABBREVIATED = re.compile(
    rf"(?P<name>{'|'.join(map(re.escape, sorted(abbreviations(), key=len, reverse=True)))})"
    rf"(?:,?\s(?:Act\s)?(?P<year>(?:1[2-9]|20)\d\d){NO_LAW_OF_YEAR})?(?![\w/-])"
)
_NO_LAW = re.compile(
    r"(?<=\bthe\s)[\w()]+\s(?:[A-Za-z]+(?:al|ed|ing|ment)\s)?(?i:audit|briefing|bulletin|code|factsheet|guid(?:e|ance)"
    r"|guidelines?|handbook|inquiry|instructions|manual|opinion|overview|plan|policy|procedure|questionnaire|report|review"
    r"|rulebook|standards?|strategy|study|survey|toolkit|website)\b"
)
"""What a body published, or what is named by its subject: "section 4 of the GLA licensing standards"."""
MIN_ABBREVIATION = 3
"""Letters of an abbreviation that stands for a law without its year."""
_CITED_BEFORE = re.compile(
    r"\b(?:[Ss]{1,2}|[Ss]ections?|[Ss]chs?|[Ss]chedules?|[Aa]rts?|[Aa]rticles?|[Pp]arts?|[Pp]ts?|[Pp]aras?|[Cc]hapters?"
    r"|[Rr]ecitals?|[Rr]egs?|[Rr]egulations?|[Rr]ules?|rr?)"
    r"[.\s]{0,2}\(?[\dIVX](?:(?!\.\s[A-Z])[^;:\n]){0,60}?(?<=[\dA-Z)]),?\s(?:of\s|to\s|in\s|under\s)?(?:the\s)?\Z"
)
_CITED_BEHIND = re.compile(rf"(?:,?\s|\s?\()(?:{PROVISION}|(?<=PR\s)\d{{1,3}}[A-Z]?\.\d)")
INITIALS = re.compile(
    r"\b(?P<letters>[A-Z][a-z]?(?:[A-Za-z]{0,5}[A-Z]|(?=\())(?:\((?P<inside>[A-Z]{1,5})\)[A-Z]{0,4}|\s\(NI\))?)"
    rf"(?:,?\s(?:(?:Act|Order|Regulations|Rules)\s)?(?:\((?:NI|Northern\sIreland|Scotland|Wales)\)\s)?(?P<year>(?:18|19|20)\d\d){NO_LAW_OF_YEAR})?(?![\w(/-]|['\u2019]s\b)"
)
MIN_ALONE = 3
"""Initials that stand for a law with its year where no provision stands beside them."""
_SMALL = frozenset({"a", "against", "and", "etc", "for", "from", "in", "into", "of", "on", "or", "the", "to", "with"})
_KIND = re.compile(r"\b([AOR])(?:ct|rder|egulations|ules)\b")
_TOKEN = re.compile(r"[A-Z][a-z]*")
_KINDS = frozenset({"act", "measure", "order", "regulations", "rules"})


def read_abbreviated(match: re.Match[str]) -> Iterator[Work]:
    """Yield an Act by an abbreviation of its title: with its year, or where its provisions are: ``s 52 MSA``."""
    text, start, end = match.string, match.start(), match.end()
    may_be = abbreviations()[match["name"]]
    document = works().get(f"{match['name'].lower()} {match['year']}", "")
    if not match["year"] and len(may_be) == 1 and len(match["name"]) >= MIN_ABBREVIATION:
        document = may_be[0] if is_cited_beside(text, start, end) else ""
    if document:
        yield Work(start, end, family_of(document), document)


def is_cited_beside(text: str, start: int, end: int) -> bool:
    """Whether provisions stand right before or behind an abbreviation, and are not those of what a body published."""
    return not _NO_LAW.match(text, start) and bool(
        _CITED_BEFORE.search(text, max(0, start - 90), start) or _CITED_BEHIND.match(text, end)
    )


def short_for(text: str) -> Iterator[re.Match[str]]:
    """Yield where initials stand in a text that may be those of a law: with a year, or beside provisions."""
    for match in INITIALS.finditer(text):
        letters = _TOKEN.findall(match["letters"])
        if len(letters) > 1 and (
            (match["year"] and len(letters) >= MIN_ALONE) or is_cited_beside(text, match.start(), match.end())
        ):
            yield match


def of_initials(words: str, named: Mapping[str, str]) -> str:
    """Return the one law that initials with or without a year stand for, empty where it is not one.

    ``named`` are the laws that the text names, by their titles as spelled; they go before all others.

    >>> of_initials("CYPA 1933", {}), of_initials("VCCR", {}), of_initials("HTE Act (NI) 2015", {})
    ('ukpga/Geo5/23-24/12', 'untc:III-6', 'nia/2015/2')
    >>> of_initials("PCR", {"public contracts regulations 2015": "uksi/2015/102"})
    'uksi/2015/102'
    """
    match = INITIALS.fullmatch(words)
    if match is None:
        return ""
    year = match["year"] or ""
    letters = _TOKEN.findall(_KIND.sub(r"\1", words[: match.start("year") if year else None]))
    inside = match["inside"].lower() if match["inside"] else ""
    first = letters[0].lower()
    of_year = [each for each in named.items() if each[0][-4:].isdecimal() and each[0].endswith(year)]
    is_loose = len(letters) >= MIN_ALONE
    near = _one(
        (title, work)
        for title, work in of_year
        if title.startswith(first) and _has(inside, title) and _fits(letters, title, is_loose=is_loose)
    )
    return near or _of_all(tuple(letters), year, inside)


@lru_cache(2_048)
def _of_all(letters: Sequence[str], year: str, inside: str) -> str:
    if not year and len(letters) < MIN_ALONE:
        return ""
    titles = [each for each in _by_year().get(year, ()) if _has(inside, each[0])]
    whole = _one((title, work) for title, work in titles if "(" not in title and _fits(letters, title))
    return whole or _one((title, work) for title, work in titles if _fits(letters, title))


def _one(found: Iterable[tuple[str, str]]) -> str:
    of = {work for _, work in found if work}
    return of.pop() if len(of) == 1 else ""


@cache
def _by_year() -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return the titles that are known with their works by the year at their end; names of treaties have none."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for title, work in works().items():
        if title[-4:].isdecimal():
            found[title[-4:]].append((title, work))
    found[""] = [(spelled(name), work) for name, work in names().items() if " " in name]
    return found


def _has(inside: str, title: str) -> bool:
    """Whether initials in brackets are those of words that a title has in brackets."""
    groups = (re.findall(r"(?<![a-z])[a-z]", group) for group in re.findall(r"\(([^()]*)\)", title)) if inside else ()
    return not inside or any("".join(initials).startswith(inside) for initials in groups)


def _fits(letters: Sequence[str], title: str, *, is_loose: bool = False) -> bool:
    """Whether letters are the beginnings of the words of a title in their order.

    Small words and those in brackets may be left out; of a law that is ``is_loose`` others, too, but first and last.
    """
    return _matches([each.lower() for each in letters], _words(title), is_loose)


@lru_cache(2_048)
def _words(title: str) -> Sequence[tuple[str, bool]]:
    """Return the words of a title without its year, and whether each may be left out."""
    words = list[tuple[str, bool]]()
    is_inside = False
    for word in title.split():
        if word.isdecimal():
            continue
        is_inside |= word[0] == "("
        words.append((word.strip("()"), is_inside or word in _SMALL))
        is_inside &= word[-1] != ")"
    return words


def _matches(letters: Sequence[str], words: Sequence[tuple[str, bool]], is_loose: bool) -> bool:
    """Whether letters are taken up by words from the left: each begins one, and only some words may be left out."""
    reached = {0}
    for place, (word, may_lack) in enumerate(words):
        is_end = place == 0 or word in _KINDS
        skipped = reached if may_lack or (is_loose and not is_end) else set()
        reached = skipped | {at + 1 for at in reached if at < len(letters) and word.startswith(letters[at])}
        if not reached:
            return False
    return len(letters) in reached
