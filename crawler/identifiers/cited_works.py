"""Works and provisions in running text: found in one pass over the signs that each kind begins with. Pure.

Each expression reads on over a bounded number of characters, so the time grows with the length of the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from crawler.identifiers import cited_law as law
from crawler.identifiers import cited_papers as papers
from crawler.identifiers.cited_law import Work
from crawler.identifiers.cited_provisions import PROVISION, Provisions, provisions

_READ: tuple[tuple[str, re.Pattern[str], Callable[..., Iterator[Work]]], ...] = (
    ("hw", papers.URL, papers.read_address),
    ("A", law.OF_COURT, law.read_of_court),
    ("AMORS", law.TITLE, law.read_title),
    ("CEDFIJPR", law.EU, law.read_eu),
    ("SW", law.INSTRUMENT, law.read_instrument),
    ("C0123456789", law.CELEX, law.read_celex),
    ("12", papers.PROCEDURE, papers.simple("paper", lambda match: f"procedure:{match['n']}({match['t']})")),
    ("12", law.YEAR_CHAPTER, law.read_year_chapter),
    ("CSJ", papers.PAPER, papers.read_paper),
    ("E", papers.ECLI, papers.simple("case", lambda match: f"ecli:{match[0][5:]}")),
    ("CTFJc", papers.CJEU, papers.read_cjeu),
    ("AaNn", papers.APPLICATION, papers.read_application),
    ("SCDd0123456789", papers.COUNCIL, papers.read_council),
    ("CE", papers.CETS, papers.simple("convention", lambda match: f"cets:{int(match['n']):03d}")),
    ("R", papers.RECOMMENDATION, papers.read_recommendation),
    ("C", papers.CM, papers.simple("recommendation", lambda match: f"coe-rec:CM/Rec({match['y']}){int(match['n'])}")),
    ("SU", papers.COUNCIL_OF_SECURITY, papers.simple("un", lambda match: f"un:S/RES/{match['n']}({match['y']})")),
    ("ASEC", papers.UN, papers.read_un),
    ("BCDEHILSTU", papers.WELL_KNOWN, papers.read_well_known),
    ("[", papers.CASE, papers.read_case),
)
_PROVISION = re.compile(PROVISION)
_BY_FIRST: Mapping[str, tuple[tuple[re.Pattern[str], Callable[..., Iterator[Work]]], ...]] = {
    first: tuple((pattern, read) for firsts, pattern, read in _READ if first in firsts)
    for first in sorted({first for firsts, _, _ in _READ for first in firsts})
}
_SIGNS: Mapping[str, str] = {
    "A": r"cts?\s|pplications?\s[Nn]o|/|rt|nnex|ppend|RTICLE",
    "a": r"pplications?\s[Nn]o|rt|nnex|ppend",
    "B": r"udapest\sC",
    "C": r"ouncil\s|ommission\s|ELEX|OM[\s(/:_-]|\s?[-\u2010\u2011\u2013]\s?\d|ases?\s|ETS|M/Rec|[A-Z]{2,4}/|harter"
    r"|onvention|hapters?\s",
    "c": r"ases?\s|hapters?\s",
    "D": r"irectives?[\s,]|ecisions?[\s,]|elegated|oc\.|eddf",
    "d": r"oc\.",
    "E": r"uro|U|CLI|TS|/|CHR|CAT",
    "F": r"ramework|\s?[-\u2010\u2011\u2013]\s?\d|EU",
    "H": r"uman\sRights\sC",
    "h": r"ttps?://",
    "I": r"mplementing|mmigration\sR|stanbul\sC",
    "J": r"oint\s|OIN|oined",
    "L": r"anzarote\sC",
    "M": r"easures?\s",
    "N": r"os?\.?\s\d",
    "n": r"os?\.?\s\d",
    "O": r"rders?\s",
    "P": r"arliament\s|ar|ts?\.",
    "p": r"ar|ts?\.",
    "R": r"egulations?[\s,]|ules?\s|ecommendation|eg",
    "r": r"eg|ules?\s",
    "S": r"econd\sAdditional|cheme\s|\.?\s?[SIR]\.?|tatutory\s(?:I|R)|WD|EC[\s(/:_-]|T[\s-]|ecurity|/"
    r"|(?:ections?|chedules?|chs?|s?\.?)\s?\d|(?:chedules?|chs?\.?)\s",
    "s": r"(?:ections?|chedules?|chs?|s?\.?)\s?\d|(?:chedules?|chs?\.?)\s",
    "T": r"\s?[-\u2010\u2011\u2013]\s?\d|reaty|FEU|EU|he\s[Ss]chedule",
    "t": r"he\s[Ss]chedule",
    "U": r"N[\sS]",
    "W": r"\.?\s?S\.?\s?I",
    "w": r"ww\.",
}
"""How a work or a provision begins, by its first letter: an alternation over all of it takes three times as long."""
_NUMBER = r"(?:1[2-9]|20)\d\d(?:,?\s?\(?[ca]|/\d{4}|\sn)|\d{5}[A-Z]|\d{4,5}(?:/\d)?/\d\d(?!\d)"
_SIGN = re.compile(
    rf"\b(?=[{''.join(_SIGNS)}\d])(?:{'|'.join(f'{first}(?:{rest})' for first, rest in _SIGNS.items())}|{_NUMBER})"
    r"|\[(?=\d{4}\]\s[A-Z])"
)


def found(text: str) -> tuple[list[Work], list[Provisions]]:
    """Return the works and the provisions that a text names, each list in its order, works without overlap."""
    works_: list[Work] = []
    cited: list[Provisions] = []
    done = 0
    for sign in _SIGN.finditer(text):
        place = sign.start()
        if place < done:
            continue
        read = _work(text, place)
        if read:
            while works_ and read[0].start <= works_[-1].start:
                works_.pop()
            for each in read:
                _add(text, works_, each)
            done = read[-1].end if read[-1].family != "act" or sign[0][0] != "A" else place
        elif match := _PROVISION.match(text, place):
            cited.append(provisions(place, match[0]))
            done = match.end()
    return works_, cited


def _add(text: str, works_: list[Work], new: Work) -> None:
    """Add a work that lies behind the others; the number behind a title belongs to it."""
    last = works_[-1] if works_ else None
    if last and new.start < last.end:
        return
    between = text[last.end : new.start] if last and new.start - last.end < 5 else "-"
    if last and new.family == "instrument" and last.family == "instrument" and _NUMBERED.fullmatch(between):
        end = new.end + ("(" in between and text[new.end : new.end + 1] == ")")
        works_[-1] = Work(last.start, end, "instrument", new.document)
    else:
        works_.append(new)


_NUMBERED = re.compile(r",?\s{0,2}[(\[]?\s?")


def _work(text: str, place: int) -> list[Work]:
    for pattern, read in _BY_FIRST.get(text[place], ()):
        match = pattern.match(text, place)
        if match and (works_ := list(read(match))):
            return works_
    return []
