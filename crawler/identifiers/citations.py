"""Citations: what running text says it cites, as values. An own grammar for UK and EU law.

A citation names its document by id where the words alone determine it, else by the words themselves: the short title
of an Act does not hold its number, and ``c. 30`` not its year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from crawler.errors import IdentifierError
from crawler.identifiers.eu import EU_NUMBER, celex, eu_number

CitationKind = Literal["title", "number", "chapter", "eu", "provision"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One citation in a text.

    kind        document
    title       short title of an Act as written
    number      id of an Act or instrument of the United Kingdom, from its number and year
    chapter     ``c. 30`` or ``asp 12`` as written, where the year is not said
    eu          CELEX id
    provision   empty: a provision of the document at hand, or of one named elsewhere

    ``provision`` is a path as in versions (``section-54-2``, ``schedule-4``), empty where the whole is cited; of a
    range (``sections 1 to 4``) it is the first and the last, with ``..`` between.
    """

    kind: CitationKind
    document: str
    provision: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    kind: CitationKind
    document: str = ""
    provisions: tuple[str, ...] = ()


_WORD = r"(?:[A-Z][\w'\u2019,-]{0,40}|\([A-Z][\w '\u2019,.-]{0,90}\))"
_TITLE = re.compile(
    rf"(?<![\w(])(?P<title>(?:{_WORD} (?:(?:and|of|the|for|from|to|against) ){{0,2}}){{1,14}}?"
    r"(?:Act|Measure)(?: \([A-Z][A-Za-z ]{0,40}\))? (?P<year>[12]\d{3}))\b"
    r"(?: \(?(?:c\. ?(?P<c>\d{1,3})(?P<ni> \(N\. ?I\.\))?|(?P<kind>asp|anaw|asc|nawm) ?(?P<n>\d{1,3}))\)?)?"
)
_NO_TITLE = re.compile(
    r"(?:(?:Under|The|In|See|By|Of|And|For|With|Section|Part|Chapter|Schedule|If|When),? (?:the )?)+"
)
_CHAPTER = re.compile(
    r"(?<![\w.])(?:(?P<year>[12]\d{3}) )?"
    r"(?:c\. ?(?P<c>\d{1,3})\b(?P<ni> \(N\. ?I\.\))?|(?P<kind>asp|anaw|asc|nawm) (?P<n>\d{1,3})\b)"
)
_INSTRUMENT = re.compile(
    r"\b(?P<series>S\.? ?S\.? ?I|W\.? ?S\.? ?I|S\.? ?R\.? ?(?:&|and) ?O|S\.? ?R|S\.? ?I)\.?(?P<ni> \(N\.? ?I\.?\))? ?"
    r"(?P<year>(?:18|19|20)\d\d)(?:/| No\.? ?)(?P<n>\d{1,5})(?![\d/])"
    r"(?P<sub>(?: \((?:W|N\.? ?I|S|C|L)\. ?\d{1,4}\)){0,3})"
)
_CELEX = re.compile(r"\b(?:CELEX:? ?)?[1-9]\d{4}[A-Z]{1,2}\d{4}(?:\(\d\d\))?(?![\w(])")
_NUMBER = r"(?!(?:1[89]|20)\d\d(?!\w))\d{1,4}[A-Z]{0,3}(?:\([0-9A-Za-z]{1,5}\)){0,6}(?![\w/])"
_PROVISION = re.compile(
    r"(?<![\w'\u2019])(?P<unit>"
    r"sections?|ss?\.?|schedules?|schs?\.?|articles?|arts?\.?|regulations?|regs?\.?|paragraphs?|paras?\.?)"
    rf" ?(?P<numbers>{_NUMBER}(?:(?:, and |, | and | or | to | ?[-\u2013] ?)(?:ss?\.? ?)?{_NUMBER}){{0,12}})",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"({_NUMBER})(?:(?: to | ?[-\u2013] ?)(?:ss?\.? ?)?({_NUMBER}))?")
_UNITS = {"se": "section", "s": "section", "sc": "schedule", "a": "article", "r": "regulation", "p": "paragraph"}
_OF = re.compile(r",? (?:of|to|in) (?:the |that )?|, ")
_BEHIND = re.compile(r",? ")


def citations(text: str) -> tuple[Citation, ...]:
    """Return every citation in a running text, in its order.

    A provision belongs to the document named right behind it ("section 45 of the …") or before it ("…, s 45").

    >>> [(c.kind, c.document, c.provision) for c in citations("see section 54(2) of the Modern Slavery Act 2015")]
    [('title', 'Modern Slavery Act 2015', 'section-54-2')]
    >>> [(c.kind, c.document) for c in citations("S.I. 2015/1816; Directive 2011/36/EU; c. 30")]
    [('number', 'uksi/2015/1816'), ('eu', 'celex:32011L0036'), ('chapter', 'c. 30')]
    """
    return tuple(
        Citation(kind=found.kind, document=found.document, provision=provision)
        for found in _joined(text, _found(text))
        for provision in found.provisions or ("",)
    )


def citation(text: str) -> Citation:
    """Return the one citation that a text is.

    Raises:
        IdentifierError: the text is none, or more than one.

    >>> citation("2015 asp 12").document
    'asp/2015/12'
    """
    plain = text.strip()
    found = _joined(plain, _found(plain))
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(plain)) or len(found[0].provisions) > 1:
        raise IdentifierError(f"not a citation: {text!r}")
    return citations(plain)[0]


def _found(text: str) -> list[_Found]:
    """Return documents and provisions where they stand; where two overlap, the one that starts first."""
    readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Found | None]], ...] = (
        (_TITLE, _title),
        (_CHAPTER, _chapter),
        (_INSTRUMENT, _instrument),
        (EU_NUMBER, _eu),
        (_CELEX, _eu),
        (_PROVISION, _provision),
    )
    every = [found for pattern, read in readers for match in pattern.finditer(text) if (found := read(match))]
    kept: list[_Found] = []
    for found in sorted(every, key=lambda found: (found.start, -found.end)):
        if not kept or found.start >= kept[-1].end:
            kept.append(found)
    return kept


def _joined(text: str, found: list[_Found]) -> list[_Found]:
    """Return each provision its document, and a paragraph its schedule."""
    joined: list[_Found] = []
    for right in found:
        left = joined[-1] if joined else None
        pair = _pair(left, right, text[left.end : right.start]) if left else None
        if pair:
            joined[-1] = pair
        else:
            joined.append(right)
    return joined


def _pair(left: _Found, right: _Found, between: str) -> _Found | None:
    if left.kind == right.kind == "provision":
        outer, inner = (right, left) if left.provisions[0].startswith("paragraph") else (left, right)
        if not (outer.provisions[0].startswith("schedule") and inner.provisions[0].startswith("paragraph")):
            return None
        if len(outer.provisions) > 1 or not (_OF if outer is right else _BEHIND).fullmatch(between):
            return None
        paths = tuple(f"{outer.provisions[0]}-{path}" for path in inner.provisions)
        return _Found(left.start, right.end, "provision", "", paths)
    if left.kind == "provision" and _OF.fullmatch(between):
        return _Found(left.start, right.end, right.kind, right.document, left.provisions)
    if right.kind == "provision" and not left.provisions and _BEHIND.fullmatch(between):
        return _Found(left.start, right.end, left.kind, left.document, right.provisions)
    return None


def _title(match: re.Match[str]) -> _Found | None:
    lead = _NO_TITLE.match(match["title"])
    start = match.start() + (lead.end() if lead else 0)
    title = match["title"][lead.end() if lead else 0 :]
    if title.startswith(("Act ", "Measure ")):
        return None
    act = _act(match)
    return _Found(start, match.end(), "number" if act else "title", act or title)


def _chapter(match: re.Match[str]) -> _Found:
    act = _act(match) if match["year"] else None
    return _Found(match.start(), match.end(), "number" if act else "chapter", act or match[0])


def _act(match: re.Match[str]) -> str | None:
    """Return the id of an Act cited by year and chapter; before 1963 chapters were counted by session, not year."""
    year = int(match["year"])
    if match["kind"]:
        # A Measure of the National Assembly for Wales (nawm) has the type mwa.
        kind = "mwa" if match["kind"] == "nawm" else match["kind"]
        return f"{kind}/{year}/{match['n']}"
    if match["c"] is None or year < 1963:
        return None
    kind = "ukpga"
    if match["ni"]:
        kind = "nia" if year >= 2000 else "mnia" if year == 1974 else "apni"
    return f"{kind}/{year}/{match['c']}"


def _instrument(match: re.Match[str]) -> _Found:
    series = re.sub(r"[ .]", "", match["series"]).replace("and", "&")
    year = int(match["year"])
    if series == "SR" or (series == "SR&O" and match["ni"]):
        kind = "nisr" if year >= 1974 else "nisro"
    elif series == "SI":
        kind = "wsi" if "(W" in match["sub"] else "nisi" if "(N" in match["sub"] else "uksi"
    else:
        kind = {"SSI": "ssi", "WSI": "wsi", "SR&O": "uksro"}[series]
    return _Found(match.start(), match.end(), "number", f"{kind}/{year}/{int(match['n'])}")


def _eu(match: re.Match[str]) -> _Found | None:
    try:
        document = eu_number(match[0]) if match.re is EU_NUMBER else celex(match[0])
    except IdentifierError:
        return None
    return _Found(match.start(), match.end(), "eu", document)


def _provision(match: re.Match[str]) -> _Found:
    unit = match["unit"].lower().rstrip(".")
    name = _UNITS.get(unit[:2]) or _UNITS[unit[0]]
    return _Found(match.start(), match.end(), "provision", "", tuple(_paths(name, match["numbers"])))


def _paths(unit: str, numbers: str) -> Iterator[str]:
    for match in _RANGE.finditer(numbers):
        yield "..".join(f"{unit}-{number.replace('(', '-').replace(')', '')}" for number in match.groups() if number)
