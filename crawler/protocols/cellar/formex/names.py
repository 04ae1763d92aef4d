"""What the elements of Formex 4 mean for reading, by name.

Source: the schema (http://formex.publications.europa.eu, 05.21 to 06.02.1) and the manual beside it.
"""

from __future__ import annotations

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
