"""Pages of documents of the Commission (proposals, communications, reports, staff papers), made from word processors.

Their classes are names of styles, without accents ("Titrearticle", "li Point0", "ManualHeading1"); they are changed
into those of the Official Journal, so that one reader reads both.
"""

from __future__ import annotations

import re

from lxml import etree

from crawler.protocols.cellar.xhtml.roles import Element

_STYLES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"Statut|(?:Typedudocument|Titreobjet|Accompagnant|Typeacteprincipal|Objetacteprincipal)_cp", "doc-ti"),
        (r"Logo|Emission|Rfrence\w*|CrossReference_cp|Langue\w*|Datedadoption\w*|Pagedecouverture", "reference"),
        (r"Institutionquiagit", "institution"),
        (r"SectionTitle|PartTitle|ChapterTitle", "ti-section-1"),
        (r"Titrearticle", "ti-art"),
        (r"Annexetitre\w*", "title-annex-1"),
        (r"(?:Manual)?Heading\w*|\w+titre|Typedudocument|Titreobjet|h\d", "ti-grseq-1"),
        (r"Applicationdirecte|Fait|Institutionquisigne|Personnequisigne", "signatory"),
    )
)
_SIGNS = frozenset({"Titrearticle", "Titreobjet_cp", "Typedudocument_cp", "Rfrenceinstitutionnelle", "ManualHeading1"})


def is_commission(page: Element) -> bool:
    """Tell whether a page was made from a document of the Commission."""
    return any(_SIGNS.intersection((line.get("class") or "").split()) for line in page.iter("p"))


def mark(page: Element) -> None:
    """Give the lines of a page the classes of the Official Journal."""
    behind = False
    for element in list(page.iter("p", "h1", "h2", "h3", "h4", "h5", "h6")):
        styles = [*(element.get("class") or "").split(), *([element.tag] if element.tag != "p" else [])]
        name = next((name for pattern, name in _STYLES if any(map(pattern.fullmatch, styles))), "")
        behind = behind or name not in ("", "doc-ti", "reference")
        if name == "doc-ti" and behind:
            name = "ti-grseq-1"  # The cover of what is annexed is no title of this document.
        if name:
            element.set("class", name)
        if name in ("ti-art", "title-annex-1"):
            _split(element, "sti-art" if name == "ti-art" else "title-annex-2")
    _pair(page)
    for sign in page.iter("span"):
        if set((sign.get("class") or "").split()) & {"num", "list-symbol"}:
            sign.tail = f" {sign.tail or ''}"
    for note in page.iter("dd"):
        if (note.get("id") or "").startswith("footnote"):
            note.set("class", "note")


def _pair(page: Element) -> None:
    """Make the second of two titles of a division that follow each other its heading."""
    for line in list(page.iter("p")):
        before = line.getprevious()
        if line.get("class") == "ti-section-1" and before is not None and before.get("class") == "ti-section-1":
            line.set("class", "ti-section-2")


def _split(line: Element, name: str) -> None:
    """Cut a title with a line break in two: the number, and a line of its own for the heading."""
    turn = next(line.iter("br"), None)
    holder = turn.getparent() if turn is not None else None
    if turn is None or holder is None:
        return
    rest = etree.Element("p")
    rest.set("class", name)
    rest.text = turn.tail
    for child in list(turn.itersiblings()):
        rest.append(child)
    if holder is not line:
        for child in list(holder.itersiblings()):
            rest.append(child)
    holder.remove(turn)
    rest.tail, line.tail = line.tail, None
    line.addnext(rest)
