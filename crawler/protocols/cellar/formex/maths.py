"""Formulas and set-off signs as text on one line: nothing lost, fractions and exponents still to be told apart.

With what the elements of Formex 4 mean for reading, by name. Source: the schema
(http://formex.publications.europa.eu, 05.21 to 06.02.1) and the manual beside it.
"""

import re

from crawler.protocols.cellar.formex.parts import Element
from crawler.text import clean

SKIPPED = frozenset(
    {
        "BIB.INSTANCE", "BIB.DATA", "BIB.DOC", "FAM.COMP", "INFO.CONSLEG", "INFO.PROD", "INFO.MOD", "CURR.TITLE",
        "TOC", "IMG.CNT", "LOC.NOTES",
    }
)  # fmt: skip
"""Not the text of the law: bibliographic data, tables of contents and running titles, what an image shows, and where
on the page a footnote is printed."""

INLINE = frozenset(
    {
        "ADDR", "ANONYMOUS", "DATE", "FMT.VALUE", "IE", "KEYWORD", "LINK", "NO.CELEX", "NO.DOC.C", "NO.ECLI", "REF.DOC",
        "REF.DOC.ECR", "REF.DOC.OJ", "REF.DOC.SE", "REF.NP.ECR", "TRANS.REF",
    }
)  # fmt: skip
"""Inside a line: their text follows what stands before without a space of its own."""

MATHS = frozenset(
    {
        "BAR", "EXPONENT", "EXPR", "FORMULA", "FORMULA.S", "FRACTION", "FUNCTION", "IND", "INTEGRAL", "OP.CMP",
        "OP.MATH", "OVERLINE", "PRODUCT", "ROOT", "SUM", "VECTOR",
    }
)  # fmt: skip

OPERATORS = {
    "PLUS": "+", "MINUS": "\u2212", "MULT": "\u00d7", "DIV": "\u00f7", "CARTPROD": "\u00d7", "PLUSMINUS": "\u00b1",
    "EQ": "=", "NE": "\u2260", "LT": "<", "LE": "\u2264", "GT": ">", "GE": "\u2265", "AP": "\u2248",
}  # fmt: skip
"""Signs of OP.MATH and OP.CMP by their type; another type stands as its own name in small letters."""

BRACKETS = {"BRACKET": "()", "SQBRACKET": "[]", "BRACE": "{}", "BAR": "||"}

DASHES = {"DASH": "\u2014", "NDASH": "\u2013", "BULLET": "\u2022"}
"""The sign before each line of a list that has no labels, by the type of the list."""


_POWER = re.compile(r"[-\u2212\u2013+]?\d{1,4}")
_NUMBER = re.compile(r"-?\d{4,}")


def formula(element: Element) -> str:
    """Return a formula on one line.

    A fraction is ``(a)/(b)``, an exponent ``^(n)``, a root ``√(x)``; indices follow their sign as they do in print.
    """
    return clean(_line(element))


def _line(element: Element) -> str:
    name, kind = str(element.tag), element.get("TYPE", "")
    if name in ("OP.MATH", "OP.CMP"):
        return f" {OPERATORS.get(kind, kind.lower())} "
    inside = "".join((element.text or "", *(_of(child) + (child.tail or "") for child in element)))
    if name == "EXPR" and kind in BRACKETS:
        opening, closing = BRACKETS[kind][0], BRACKETS[kind][1]
        return f"{opening}{inside.strip()}{closing}"
    return _MADE[name](inside.strip()) if name in _MADE else inside


_MADE = {
    "DIVIDEND": lambda inside: f"({inside})",
    "DIVISOR": lambda inside: f"/({inside})",
    "EXPONENT": lambda inside: f"^({inside})",
    "ROOT": lambda inside: f"\u221a({inside})",
    "SUM": lambda inside: f" \u03a3({inside}) ",
    "PRODUCT": lambda inside: f" \u03a0({inside}) ",
    "INTEGRAL": lambda inside: f" \u222b({inside}) ",
    "UNDER": lambda inside: f" {inside} ",
    "OVER": lambda inside: f" {inside} ",
}


def _of(child: Element) -> str:
    return _line(child) if isinstance(child.tag, str) else ""


def raised(text: str, before: str) -> str:
    """Return raised text as it can be read on the line: a number after a sign is a power, "10^25" and not "1025".

    >>> raised("25", "10"), raised("er", "1"), raised("1", "(")
    ('^25', 'er', '1')
    """
    return f"^{text}" if _POWER.fullmatch(text) and before[-1:].isalnum() else text


def grouped(text: str, kind: str) -> str:
    """Return a number or a code of the customs tariff as the Official Journal prints it, in groups.

    >>> grouped("25000", "NUMBER"), grouped("0,25", "NUMBER"), grouped("07112010", "CN"), grouped("A12", "CODE")
    ('25 000', '0,25', '0711 20 10', 'A12')
    """
    if kind == "NUMBER" and _NUMBER.fullmatch(text.strip()):
        return f"{int(text):,}".replace(",", " ")
    if kind == "CN" and (digits := text.strip()).isdigit() and len(digits) > 4:
        return " ".join((digits[:4], *(digits[place : place + 2] for place in range(4, len(digits), 2))))
    return text
