"""What a block of a page is: by its class, or in pages without classes by its words.

Classes of the Official Journal are the same with and without the prefix ``oj-`` (since 2021); consolidations have a
family of their own. Pages of before 2004 and the oldest consolidations have none that mean anything. How each
generation sets lines with a label (paragraphs and points) is told here, too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lxml import etree

from crawler.protocols.cellar import numbering
from crawler.sources.yaml_positions import read_table
from crawler.text import clean

Element = etree._Element
Role = Literal[
    "skip", "title", "article", "subject", "division", "division heading", "group", "annex", "annex heading", "note",
    "signature", "quoted", "quoted title", "preamble",
]  # fmt: skip

_TABLE: dict[Role, str] = read_table(Path(__file__).with_name("roles.yaml"))
_ROLES = {name: role for role, names in _TABLE.items() for name in names.split()}
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


_INDENTED = re.compile(r"text-indent:\s*-")
_DATA = frozenset({"table", "tbl-norm", "tbl-txt", "tbl-hdr", "tbl-num", "tbl-left", "with-border"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line with its labels as printed, each with how much deeper it stands, and the elements that hold its text.

    ``paragraph`` marks a paragraph of an article; ``marked`` are the elements that hold the labels.
    """

    labels: tuple[tuple[int, str], ...]
    contents: tuple[Element, ...]
    paragraph: bool = False
    marked: tuple[Element, ...] = ()

    @property
    def depth(self) -> int:
        """Return how much deeper than the line itself its text stands."""
        return self.labels[-1][0] + 1 if self.labels else 0


def items(element: Element) -> list[Item]:
    """Return the labelled lines that an element is, none for an element that is no list."""
    if element.tag == "table":
        return _of_table(element)
    found = _of_division(element) if element.tag == "div" else None
    return [] if found is None else [found]


def _of_division(element: Element) -> Item | None:
    names = classes(element)
    if "grid-container" in names or "grid-list" in names:
        return _of_grid(element)
    first, *rest = element.iterchildren("*") if len(element) else (None,)
    if first is None or (element.text or "").strip():
        return None
    if "enumeration-spacing" in names:
        return Item(labels=((0, text_of(first)),), contents=tuple(rest), marked=(first,)) if rest else None
    if "no-parag" in classes(first):
        return Item(labels=((0, text_of(first)),), contents=tuple(rest), paragraph=True, marked=(first,))
    return None


def _of_grid(element: Element) -> Item | None:
    """Newer consolidations: two columns, the label in the first."""
    columns = list(element.iterchildren("div"))
    marked = [column for column in columns if "grid-list-column-1" in classes(column)]
    others = tuple(column for column in columns if column not in marked)
    label = " ".join(map(text_of, marked))
    quoted = _of_quotation(others)
    if quoted is not None and label and label == quoted.labels[0][1][1:]:
        return quoted
    return Item(labels=((0, label),) if label else (), contents=others, marked=tuple(marked)) if others else None


def _of_quotation(columns: tuple[Element, ...]) -> Item | None:
    """Return the quoted point that is all there is: some pages set its label before the quotation, too."""
    if len(columns) != 1 or len(columns[0]) != 1:
        return None
    found = _of_division(columns[0][0])
    return (
        found
        if found is not None and found.labels and found.labels[0][1].startswith(numbering.OPENING_QUOTES)
        else None
    )


def _of_table(element: Element) -> list[Item]:
    """The Official Journal: rows whose first cells are empty or hold a label, and whose last holds the text."""
    if classes(element) & _DATA or element.get("border", "0") not in ("", "0"):
        return []
    rows = [cells_of(row) for row in rows_of(element)]
    if not rows or len({len(row) for row in rows}) != 1 or not 2 <= len(rows[0]) <= 4:
        return []
    found = [_of_row(row) for row in rows]
    whole = [each for each in found if each is not None]
    if len(whole) != len(rows):
        return []
    return whole if whole[0].labels or not any(each.labels for each in whole) else []


def _of_row(cells: list[Element]) -> Item | None:
    *before, last = cells
    texts = [text_of(cell) for cell in before]
    if any(text and not numbering.is_label(text) for text in texts):
        return None
    first = next((place for place, text in enumerate(texts) if text), 0)
    found = tuple((place - first, text) for place, text in enumerate(texts) if text)
    return Item(labels=found, contents=(last,), marked=tuple(before))


def rows_of(table: Element) -> Iterator[Element]:
    """Yield the rows of a table, without those of tables inside its cells."""
    for child in table.iterchildren("*"):
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from child.iterchildren("tr")


def cells_of(row: Element) -> list[Element]:
    """Return the cells of a row; one without any is a cell itself."""
    return list(row.iterchildren("td", "th")) or [row]


def is_indented(element: Element) -> bool:
    """Return whether this is the line of a list in older consolidations: indented, its label hanging at the left."""
    return element.tag == "div" and _INDENTED.search(element.get("style", "")) is not None
