"""Formex 4, the XML in which the Publications Office keeps the Official Journal and its consolidations.

    read(body, url)     a zip of all files of an act, or one of them, as a Text

Source: the schema, http://formex.publications.europa.eu, and the manual,
https://op.europa.eu/en/web/eu-vocabularies/formex.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from crawler.errors import ParseError
from crawler.model import Problem, Section
from crawler.protocols.cellar.act_text import Text
from crawler.protocols.cellar.formex.blocks import READ
from crawler.protocols.cellar.formex.parts import Element, Parts, parts
from crawler.protocols.cellar.formex.stated import MAX_CHANGES, facts
from crawler.protocols.cellar.formex.walk import Reader
from crawler.text import clean

__all__ = ["read"]

_ANNEX = re.compile(
    r"\b(?:annex(?:es|e|en)?|anhang|anh\u00e4nge|anexos?|allegat[oi]|bijlagen?|bilag(?:a|or)?|za\u0142\u0105cznik\w*)\b"
    r"(?! [IVXLC\d]* ?to (?:that|the (?:Treat|Charter)|Regulation|Directive|Decision))",
    re.IGNORECASE,
)
"""How an act speaks of its annexes, in some of its languages."""


def read(body: bytes, url: str) -> Text:
    """Read the Formex files of an act: a zip (``application/zip;mtype=fmx4``) or one XML file.

    Raises:
        RefusedError: the body is empty, or a web page (300 Multiple Choices, a challenge).
        ParseError: a damaged or oversized zip, XML that is not well-formed or declares entities, nested too deeply, or
            no text of an act: only a header (DOC) or a table of contents (PUBLICATION).
    """
    found = parts(body, url)
    try:
        return _text(found, url)
    except RecursionError as error:
        raise ParseError(url, "nested too deeply") from error


def _text(found: Parts, url: str) -> Text:
    reader = Reader(READ)
    for root in found.texts:
        reader.read(root)
    sections = reader.drafting.finished()
    reader.tell_of_notes()
    if not sections:
        raise ParseError(url, "the files of the act hold no text")
    told = facts(found)
    lacking = (*found.problems, *reader.drafting.problems)
    if len(reader.modifications) >= MAX_CHANGES:
        lacking = (*lacking, Problem(kind="too many changes", detail=f"only {MAX_CHANGES} changes are told"))
    return replace(
        told,
        title=reader.title or _title(found) or " ".join((sections[0].number, sections[0].heading)).strip(),
        sections=sections,
        modifications=tuple(reader.modifications),
        partial=any(problem.kind == "missing part" for problem in lacking)
        or told.kind == "annex"
        or _lacks_annexes(found, sections),
        problems=lacking,
    )


def _lacks_annexes(found: Parts, sections: Iterable[Section]) -> bool:
    """Return whether this is the main file of an act alone, which speaks of annexes: each is a file of its own."""
    if found.header is not None or [root.tag for root in found.texts] != ["ACT"]:
        return False
    return any(_ANNEX.search(each.text) for each in sections if each.path.startswith("article"))


def _title(found: Parts) -> str:
    """Return the title that the header states."""
    title = found.header.find("PAPER//TITLE/TI") if found.header is not None else None
    if title is None:
        return ""
    return clean(" ".join(_without_notes(line) for line in title.iterchildren("*")))


def _without_notes(element: Element) -> str:
    pieces = [element.text or ""]
    for child in element:
        pieces += [_without_notes(child) if child.tag != "NOTE" else "", child.tail or ""]
    return "".join(pieces)
