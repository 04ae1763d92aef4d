"""Notices of dossiers: a legislative procedure, its documents and whether it is over. People are not read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.errors import ParseError
from crawler.model import Capture, Document, Page, Problem, Statement
from crawler.protocols.cellar import addresses, dates, relations, resources
from crawler.protocols.markup import Element, value, words
from crawler.text import clean

_REFERENCE = re.compile(r"(\d{4})[/_](\d{1,4})(?:[/ ]?\(?([A-Z]{2,4})\)?)?")
_STATES = (
    ("DOSSIER_ADOPTED-PROPOSAL", "adopted"),
    ("DOSSIER_WITHDRAWN-PROPOSAL", "withdrawn"),
    ("DOSSIER_PENDING-PROPOSAL", "pending"),
)
_ACT = re.compile(r"celex:3\d{4}[RLD]\d{4}")
"""An act that a procedure led to."""
_EVENTS = {"SIGN_byEP_CONSIL": "signed by Parliament and Council", "PUB_OJ": "published in the Official Journal"}
"""Events that end a procedure, in our words; https://publications.europa.eu/resource/authority/event"""
_PROPOSED = "ADP_byCOM"
"""The event that begins one, on the day of its dossier: the Commission adopts a proposal."""
_TYPE = "EVENT_LEGAL_HAS_TYPE_CONCEPT_TYPE_EVENT_LEGAL"
_DOCUMENTS = ("DOSSIER_INITIATED_BY_ACT_PREPARATORY", "DOSSIER_PRODUCES_RESOURCE_LEGAL", "CONTAINS")


def dossier(root: Element, capture: Capture) -> Page:
    """Read the notice of a procedure: the document, and the works that are part of it.

    Raises:
        ParseError: it states no number of a procedure.
    """
    found = root.find("DOSSIER")
    if found is None:
        raise ParseError(capture.url, "a notice without DOSSIER")
    match = next((hit for each in _numbers(found) if (hit := _REFERENCE.fullmatch(each))), None)
    if match is None:
        raise ParseError(capture.url, "a dossier without the number of a procedure")
    number = f"{match[1]}/{int(match[2]):04d}"
    document = f"procedure:{number}"
    title = _title(found, decoded=root.get("decoding") or "")
    parts = {
        part
        for name in _DOCUMENTS
        for link in found.iterfind(name)
        if (part := addresses.identity(relations.names(link))) and addresses.number(part)
    }
    acts = sorted(filter(_ACT.fullmatch, parts))
    stated = next((word for name, word in _STATES if value(found, f"{name}/VALUE") == "true"), None)
    own = Document(
        id=document,
        title=title or f"Procedure {number}" + (f"/{match[3]}" if match[3] else ""),
        url=f"https://eur-lex.europa.eu/procedure/EN/{match[1]}_{int(match[2])}",
        kind="parliament",
        jurisdiction="European Union",
        status=stated or ("adopted" if acts else None),
        published=dates.day(value(found, "DATE/VALUE")),
    )
    statements = [_part(part, document) for part in sorted(parts)]
    statements += [Statement.relation(document, "final act", act) for act in acts]
    statements += _events(document, [*found.iterfind("EVENT"), *root.iterfind("EVENT")], own.published)
    problems = () if title else (Problem(kind="untitled", detail=f"{document}: no English title"),)
    return Page(documents=(own,), statements=tuple(statements), problems=problems)


def _numbers(dossier: Element) -> Iterator[str]:
    """Yield what a procedure is called, the fullest form first: ``2013/0449/COD``, ``2009_162``."""
    yield from (words(each) for each in dossier.iterfind("REFERENCE_PROCEDURE/VALUE"))
    names = (addresses.name_at(words(each)) for each in dossier.iterfind("SAMEAS/URI/VALUE"))
    yield from (name.removeprefix("procedure:") for name in names if name.startswith("procedure:"))


def _events(document: str, events: Sequence[Element], began: str | None) -> Iterator[Statement]:
    """Yield what began and ended a dossier, and the last by its label; events stand in it, or in a tree beside it."""
    dated = [(on, each.find(_TYPE)) for each in events if (on := dates.day(value(each, "EVENT_LEGAL_DATE/VALUE")))]
    last = max((on for on, _ in dated), default="")
    for on, kind in dated:
        name = value(kind, "IDENTIFIER")
        known = resources.PROPOSED if name == _PROPOSED and on == began else _EVENTS.get(name)
        said = known or (value(kind, "PREFLABEL") if on == last else "")
        if said:
            # The same may happen again and again before the end: no day of it moves.
            fields = {"event": said, "date": on, "qualification": "" if known else on}
            yield Statement(kind="date", document=document, fields=fields)


def _part(part: str, document: str) -> Statement:
    return Statement.relation(part, "part of procedure", document)


def _title(dossier: Element, decoded: str) -> str:
    """Return the English title, empty if none; one that states no language is in that of the notice.

    ``decoded`` is the language in which the notice was asked, which labels what it translates.
    """
    titles = [*dossier.iterfind("DOSSIER_TITLE"), *dossier.iterfind("TITLE")]
    english = [each for each in titles if value(each, "LANG") in ("en", "eng")]
    unsaid = [each for each in titles if each.find("LANG") is None]
    is_english = decoded == "eng" or len(unsaid) == len(titles)
    return next((clean(value(each, "VALUE").replace("&#13;", " ")) for each in (*english, *unsaid * is_english)), "")
