"""Questions as FTS5 expressions. Every word typed stands in quotation marks there, so that none of it is syntax."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.publish.questions import ABBREVIATIONS, UNITS, Cited, Question


def words(terms: Iterable[str]) -> str:
    """Give the expression for all of the terms, empty where there are none; short names also match in full.

    >>> words(["anti-slavery", "AND"]), words(['say "no"', "NRM"])
    ('"anti-slavery" AND "AND"', '"say  no " AND ("NRM" OR "National Referral Mechanism")')
    """
    return " AND ".join(_term(term) for term in terms)


def everything(question: Question) -> str:
    """Give the expression for texts that speak of what was asked: its provisions however written, and its terms.

    >>> from crawler.publish.questions import read
    >>> everything(read("s 45 defence"))
    '(("section 45" OR "sections 45" OR "sect 45" OR "sec 45" OR "s 45" OR "ss 45")) AND "defence"'
    """
    cited = " OR ".join(_mention(one) for one in question.provisions)
    return " AND ".join(part for part in (f"({cited})" if cited else "", words(question.terms)) if part)


def places(cited: Cited) -> str:
    """Give the expression for sections that may be a provision, by their path."""
    return f"{{path number}} : ({' AND '.join(_quoted(f'{unit} {number}') for unit, number in cited.units)})"


def numbers(cited: Cited) -> str:
    """Give the expression for sections that may be a provision, by their own number alone, as in guidance."""
    return f"number : {_quoted(cited.units[-1][1])}"


def fragments(terms: Iterable[str]) -> str:
    """Give the expression for the trigram index, which finds parts of words of three characters and more.

    >>> fragments(["s", "2024/17"])
    '"2024/17"'
    """
    return " AND ".join(_quoted(term) for term in terms if len(term) >= 3)


def _mention(cited: Cited) -> str:
    """Give the expression for a text that names a provision, in any of the ways its units are written."""
    inside = "".join(f" {step}" for step in cited.inside)
    found = []
    for place, (unit, number) in enumerate(cited.units, 1):
        whole = f"{number}{inside}" if place == len(cited.units) else number
        spellings = [f"{name} {whole}" for name in UNITS[unit] if name.isalpha()]
        found.append(f"({' OR '.join(_quoted(spelling) for spelling in spellings)})")
    return " AND ".join(found)


def _term(term: str) -> str:
    full = ABBREVIATIONS.get(term.lower())
    return f"({_quoted(term)} OR {_quoted(full)})" if full else _quoted(term)


def _quoted(text: str) -> str:
    return '"{}"'.format(text.replace('"', " "))
