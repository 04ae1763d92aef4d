"""What a block of a page is: by its class, or in pages without classes by its words.

Classes of the Official Journal are the same with and without the prefix ``oj-`` (since 2021); consolidations have a
family of their own. Pages of before 2004 and the oldest consolidations have none that mean anything.
"""

from __future__ import annotations

import re
from typing import Literal

from lxml import etree

from crawler.protocols.cellar import numbering
from crawler.text import clean

Element = etree._Element
Role = Literal[
    "skip", "title", "article", "subject", "division", "division heading", "group", "annex", "annex heading", "note",
    "signature", "quoted", "quoted title", "preamble",
]  # fmt: skip

_ROLES: dict[str, Role] = {
    "ti-art": "article",
    "title-article-norm": "article",
    "title-article": "article",
    "sti-art": "subject",
    "stitle-article-norm": "subject",
    "stitle-article": "subject",
    "ti-section-1": "division",
    "title-division-1": "division",
    "ti-section-2": "division heading",
    "title-division-2": "division heading",
    "title-annex-1": "annex",
    "title-annex-2": "annex heading",
    "doc-ti": "title",
    "title-doc-first": "title",
    "title-doc-last": "title",
    "institution": "preamble",
    "note": "note",
    "footnote": "note",
    "signatory": "signature",
    "final": "signature",
    "title-article-quoted": "quoted",
    "stitle-article-quoted": "quoted",
    **dict.fromkeys(
        (
            "hd-date", "hd-lg", "hd-ti", "hd-oj", "hd-coll", "hd-uniq", "hd-modifiers", "hd-toc-1", "hd-toc-2",
            "hd-toc-3", "reference", "disclaimer", "title-doc-oj-reference", "title-fam-member",
            "title-fam-member-star", "title-fam-member-ref-1", "title-fam-member-ref-2", "title-member-ref-2", "toc-1",
            "toc-2", "toc-item", "title-toc", "arrow", "modref", "bglang", "bgtool",
        ),
        "skip",
    ),
}  # fmt: skip
_HEAD = re.compile(
    r"hd-(?:date|lg|ti|oj|coll|uniq|toc-\d)|toc-(?:\d|item)|title-(?:toc|fam-member.*|member-ref-\d|doc-.*)"
)
"""Classes in tables that hold the head of a page or a table of contents."""
MARK = re.compile(r"\u2014{5}|[\u25b6\u25ba\u25bc]\s*(?:[BMCA]\d{0,3}|[A-Z]{1,2}\d{1,3})?\s?|\u25c4")
"""Marks of consolidation: which act the text behind them is from, and dashes where it was deleted."""
_GROUP = re.compile(r"ti-grseq-\d|title-gr-seq-level-\d")


def classes(element: Element) -> frozenset[str]:
    """Return the classes of an element, without the prefix of the Official Journal."""
    stated = element.get("class")
    return frozenset(name.removeprefix("oj-") for name in stated.split()) if stated else frozenset()


def role(element: Element) -> Role | None:
    """Return what an element is by its classes, None where they do not say."""
    names = classes(element)
    if "quotation-ti" in names:
        return "quoted title"
    for name in sorted(names):
        if name in _ROLES:
            return _ROLES[name]
        if _GROUP.fullmatch(name):
            return "group"
    return None


def is_head(table: Element) -> bool:
    """Return whether this is the head of a page, and a table of contents, not a table of the act."""
    return any(_HEAD.fullmatch(name) for line in table.iter("p") for name in classes(line))


_ARTICLE = re.compile(
    r"(?:Article|Artikel|Art[ií]culo|Articolo|Artigo|Articolul|Artyku\u0142|\u010cl\u00e1[ne][ek]k?|\u010clen|\u010clanak"
    r"|\u0386\u03c1\u03b8\u03c1\u03bf|\u0427\u043b\u0435\u043d|Artikolu|Artikla)\s+(?:\d{1,3}(?:\s?[a-z]{1,2})?(?:er)?|[IVXLC]{1,7}|premier|[A-Z])"
    r"|Sole Article|\d{1,3}\s(?:artikla|straipsnis|pants|\.\s?cikk)",
)
_DIVISION = re.compile(
    r"(?:PART|TITLE|CHAPTER|SECTION|SUB-?SECTION|TEIL|TITEL|KAPITEL|ABSCHNITT|PARTIE|TITRE|CHAPITRE)\s+"
    rf"(?:[IVXLC]{{1,7}}[A-Za-z]?|\d{{1,2}}[a-z]?|[A-Z]|{numbering.COUNTED}|PREMIER)\.?",
    re.IGNORECASE,
)
_ANNEX = re.compile(
    r"(?:ANNEX|ANHANG|ANNEXE|ANEXO|ALLEGATO|BIJLAGE|BILAG|BILAGA|LIITE|PROTOCOL|PROTOKOLL|PROTOCOLE)"
    r"(?:\s+(?:\(?No\s)?[IVXLC\dA-Z]{1,7}[a-z]?\)?)?"
)
_FINAL = re.compile(
    r"(?:Done|Signed) (?:at|in) |Fait \u00e0 |Geschehen zu |Hecho en |Fatto a |Feito em |Gedaan te |Udf\u00e6rdiget i "
    r"|This (?:Regulation|Directive|Decision|Framework Decision|Joint Action) (?:shall be|is) binding in its enti"
    r"|Diese Verordnung ist in allen ihren Teilen verbindlich|Le pr\u00e9sent r\u00e8glement est obligatoire"
    r"|El presente Reglamento ser\u00e1 obligatorio|O presente regulamento \u00e9 obrigat\u00f3rio",
)
RECITAL = re.compile(r"(?P<label>\(\d{1,3}[a-z]?\))\s+(?=\S)")
_COLOPHON = re.compile(r"ELI:\s*https?://\S+|ISSN\s\d{4}-\d{3}[\dX].*")
_DELETED = re.compile(r"[\u2014\u2013\u2015_-]{3,}")
_SENTENCE = re.compile(r"[.:;,\u2014]\s*$")
_LABELLED = re.compile(r"\(?[\da-z]{1,3}[.)]|[\u2014\u2013-]\s")


def said(text: str) -> Role | None:
    """Return what a line of a page without classes is by its words alone.

    >>> said("Article 8a"), said("CHAPTER II"), said("ANNEX I"), said("Done at Brussels, 1 May 2001."), said("Scope")
    ('article', 'division', 'annex', 'signature', None)
    """
    if len(text) <= 40:
        if _ARTICLE.fullmatch(text):
            return "article"
        if _DIVISION.fullmatch(text):
            return "division"
        if _ANNEX.fullmatch(text):
            return "annex"
    return "signature" if is_final(text) else None


def is_final(text: str) -> bool:
    """Return whether this is the first line of the end of an act: final formula, or place and date."""
    return _FINAL.match(text) is not None


def is_heading(text: str) -> bool:
    """Return whether the line behind a number can be its heading: short, no sentence, no label.

    >>> is_heading("Office"), is_heading("1. A design shall be protected."), is_heading("The Office shall act.")
    (True, False, False)
    >>> is_heading("In Sweden, in summary proceedings (betalning")
    False
    """
    if len(text) > 200 or text.count("(") != text.count(")"):
        return False
    return not _SENTENCE.search(text) and not _LABELLED.match(text)


def is_nothing(text: str, *, consolidated: bool) -> bool:
    """Return whether a line is no text of an act: address and number of an issue, dashes for deletions."""
    return _COLOPHON.fullmatch(text) is not None or (consolidated and _DELETED.fullmatch(text) is not None)


def begins_recital(text: str) -> bool:
    """Return whether a line begins with the number of a recital.

    >>> begins_recital("(12) Whereas"), begins_recital("1. This Directive")
    (True, False)
    """
    return RECITAL.match(text) is not None


def is_formula(text: str) -> bool:
    """Return whether this is the formula of adoption at the end of a preamble, in any language: capitals and a colon.

    >>> is_formula("HAVE ADOPTED THIS DIRECTIVE:"), is_formula("Whereas:")
    (True, False)
    """
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) > 8 and text.rstrip().endswith(":") and text == text.upper()


def is_sign(link: Element) -> bool:
    """Return whether this is a link that marks which act the text behind it is from."""
    return "".join(map(str, link.itertext())).strip()[:1] in ("\u25b6", "\u25ba", "\u25bc")


def text_of(element: Element) -> str:
    """Return all words of an element, cleaned, without marks of consolidation."""
    return clean(MARK.sub(" ", " ".join(str(piece) for piece in element.itertext())))
