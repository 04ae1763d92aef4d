"""Instruments as notes name them behind *by*: title, number, provisions, and what is said in brackets behind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from crawler.law.pieces import masked, pairs
from crawler.law.values import Instrument

_SERIES = r"(?:S\. ?S\. ?I|W\. ?S\. ?I|S\. ?I|SSI|WSI|SI|S\. ?R|SR)\.? ?(?:(?:&|and) ?O\.? ?)?(?:\(N\.? ?I\.?\) ?)?"
_SUBSERIES = r"(?: \((?:W|N\.? ?I|C|S|L)\.? ?\d+\))*"
_ACT = r"(?:c|asp|anaw|asc|nawm|N\.? ?I)\.? ?(?:\d+|[ivxlc]+\b)(?: \(N\.? ?I\.?\))?"
_NUMBER = re.compile(
    rf"(?:{_SERIES}(?:No\.? ?)?\d{{4}}[/ ](?:No\.? ?)?\d+{_SUBSERIES}|\d{{4}} {_ACT}"
    r"|(?:Council |Commission )?(?:Delegated |Implementing )?(?:Regulation|Directive|Decision) \([A-Za-z, ]{2,30}\)"
    r" (?:No\.? ?)?\d+/\d+)(?![\d/])",
)
_IN_BRACKETS = re.compile(
    rf"(?:{_ACT}(?: \((?:N\.? ?I\.?) ?\d*\))?|{_SERIES}(?:No\.? ?)?\d{{4}}[/ ](?:No\.? ?)?\d+{_SUBSERIES})(?![\d/])"
)
_BEHIND = re.compile(
    r",? (?=(?:as|subject to|with) (?:amended|inserted|substituted|modified|applied|extended|read|transitional|savings?"
    r"|arts?\.|regs?\.|ss?\.|\()|the amending |and as amended)"
)
_SAVING = re.compile(r"(?:with|subject|as|see|the|in accordance)\b", re.IGNORECASE)
_LEAD = re.compile(r"(?:and )?(?:by )?(?:virtue of )?", re.IGNORECASE)


def instruments(parts: Sequence[str]) -> tuple[Instrument, ...]:
    """Return the instruments of the clauses behind *by*; a clause that names none belongs to the one before it.

    >>> made = instruments(["Sample Order 2005", "S.I. 2005/9999, art. 37(3) (with art. 5)", "S.I. 2006/9999, art. 2"])
    >>> [(each.name, each.number, each.provisions, each.savings) for each in made]
    [('Sample Order 2005', 'S.I. 2005/9999', 'art. 37(3)', '(with art. 5)'), ('', 'S.I. 2006/9999', 'art. 2', '')]
    """
    made: list[Instrument] = []
    for part in parts:
        read = _instrument(part.strip())
        before = made[-1] if made else None
        if before is None:
            made.append(read)
        elif not before.number and read.number and not read.name:
            made[-1] = replace(read, name=before.name)
        elif read.number and not part.startswith("and as "):
            made.append(read)
        else:
            made[-1] = replace(before, savings=f"{before.savings}; {part}".strip("; "))
    return tuple(each for each in made if each.number or each.name)


def _instrument(text: str) -> Instrument:
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    direct = _NUMBER.match(text, start)
    if direct:
        return _with_provisions(direct[0], "", text[direct.end() :])
    behind = _BEHIND.search(masked(text), start)
    for opening, closing in pairs(text).items():
        number = _IN_BRACKETS.match(text, opening + 1)
        if number and (behind is None or opening < behind.start()):
            return _with_provisions(number[0], text[start:opening].strip(" ,"), text[closing + 1 :])
    return Instrument(number="", name=text[start:].strip(" ,."))


def _with_provisions(number: str, name: str, text: str) -> Instrument:
    behind = _BEHIND.search(masked(text))
    cut = min(
        behind.start() if behind else len(text),
        next((start for start in pairs(text) if _SAVING.match(text, start + 1)), len(text)),
    )
    return Instrument(number=number, name=name, provisions=_bare(text[:cut]), savings=_bare(text[cut:]))


def _bare(text: str) -> str:
    """Return a text without commas around it, and without a full stop that ends the note."""
    bare = text.strip(" ,")
    return bare if bare.endswith(("Sch.", "Schs.")) else bare.rstrip(". ")
