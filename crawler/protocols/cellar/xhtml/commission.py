"""Pages of documents of the Commission (proposals, communications, reports, staff papers), made from word processors.

Their classes are names of styles, without accents ("Titrearticle", "li Point0", "ManualHeading1"); they are changed
into those of the Official Journal, so that one reader reads both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from crawler.bodies.dates import iso
from crawler.protocols.cellar.kinds import of_title
from crawler.protocols.cellar.xhtml.roles import Element, text_of

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
_COVER = frozenset({"Rfrenceinstitutionnelle", "Emission"})
_NUMBER = re.compile(r"\bCOM\s?\((?P<year>\d{4})\)\s?(?P<number>\d{1,4})\b")
_DAY = re.compile(r"\b\d{1,2}\.\d{1,2}\.\d{4}\b")
_SIGNS = frozenset({"Titrearticle", "Titreobjet_cp", "Typedudocument_cp", "Rfrenceinstitutionnelle", "ManualHeading1"})


def is_commission(page: Element) -> bool:
    """Return whether a page was made from a document of the Commission."""
    return any(_SIGNS.intersection((line.get("class") or "").split()) for line in page.iter("p"))


def cover(page: Element) -> dict[str, str]:
    """Return what the cover of a document says of its number and day, by its styles, before they are changed."""
    found: dict[str, str] = {}
    for line in page.iter("p"):
        for style in _COVER.intersection((line.get("class") or "").split()):
            found.setdefault(style, text_of(line))
    return found


def number_and_day(cover: Mapping[str, str], title: str) -> tuple[str | None, str | None]:
    """Return the CELEX number of a document and its ISO day, as its cover prints them; None for what it does not print.

    Proposals are numbered as such, all other COM documents together.

    >>> printed = {"Rfrenceinstitutionnelle": "COM(2001) 95 final", "Emission": "Brussels, 4.5.2001"}
    >>> number_and_day(printed, "Proposal for a Directive"), number_and_day(printed, "Report on samples")
    (('52001PC0095', '2001-05-04'), ('52001DC0095', '2001-05-04'))
    """
    number, day = _NUMBER.search(cover.get("Rfrenceinstitutionnelle", "")), _DAY.search(cover.get("Emission", ""))
    kind = "PC" if of_title(title) == "bill" else "DC"
    return f"5{number['year']}{kind}{int(number['number']):04d}" if number else None, iso(day[0]) if day else None


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
