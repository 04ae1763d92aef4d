"""What a notice says about other works: relations, consolidations, and which provisions were amended; dossiers.

Source: notices of the Publications Office. A relation between acts that is neither listed here nor left out by name is
told as a problem; people, and what ties a work to files and events, are not read. The codes of ``ROLE2`` have no
published meaning; these were found by reading 540 annotations against the texts they describe
(https://github.com/emendrix/emendrix, src/emendrix/eu/mod_roles.py). The notice of a dossier is a legislative
procedure: its documents and whether it is over.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import pairwise

from crawler.errors import IdentifierError, ParseError
from crawler.identifiers import celex_consolidated
from crawler.model import Capture, Document, Page, Problem, Statement, digest_of
from crawler.protocols.cellar import addresses, dates, resources
from crawler.protocols.cellar.addresses import identity, name_at
from crawler.protocols.markup import Element, value, words
from crawler.text import clean

CONSOLIDATIONS = ("RESOURCE_LEGAL_CONSOLIDATED_BY_ACT_CONSOLIDATED", "RESOURCE_LEGAL_BASIS_FOR_ACT_CONSOLIDATED")
"""Both name consolidated texts, neither all of them, and both those of other acts too."""

_AMENDED = "RESOURCE_LEGAL_AMENDED_BY_RESOURCE_LEGAL"
_CORRECTED = "RESOURCE_LEGAL_CORRECTED_BY_RESOURCE_LEGAL"
_ADOPTED = "RESOURCE_LEGAL_ADOPTED_BY_RESOURCE_LEGAL"
_OUT = {
    "RESOURCE_LEGAL_ADOPTS_RESOURCE_LEGAL": "adopts",
    "RESOURCE_LEGAL_AMENDS_RESOURCE_LEGAL": "amends",
    "RESOURCE_LEGAL_BASED_ON_RESOURCE_LEGAL": "based on",
    "RESOURCE_LEGAL_COMPLETES_RESOURCE_LEGAL": "completes",
    "RESOURCE_LEGAL_CORRECTS_RESOURCE_LEGAL": "corrects",
    "RESOURCE_LEGAL_IMPLEMENTS_RESOURCE_LEGAL": "implements",
    "RESOURCE_LEGAL_IMPLICITLY_REPEALS_RESOURCE_LEGAL": "implicitly repeals",
    "RESOURCE_LEGAL_PROPOSES_TO_AMEND_RESOURCE_LEGAL": "proposes to amend",
    "RESOURCE_LEGAL_REPEALS_RESOURCE_LEGAL": "repeals",
    "RESOURCE_LEGAL_REPLACES_RESOURCE_LEGAL": "replaces",
    "CASE-LAW_INTERPRETES_RESOURCE_LEGAL": "interprets",
    "COMMUNICATION_CASE_NEW_SUBMITS_PRELIMINARY_QUESTION_RESOURCE_LEGAL": "asks about",
    "WORK_CITES_WORK": "cites",
}
_IN = {
    _ADOPTED: "adopts",
    _AMENDED: "amends",
    "RESOURCE_LEGAL_AMENDMENT_PROPOSED_BY_RESOURCE_LEGAL": "proposes to amend",
    "RESOURCE_LEGAL_BASIS_FOR_RESOURCE_LEGAL": "based on",
    "RESOURCE_LEGAL_COMPLETED_BY_RESOURCE_LEGAL": "completes",
    _CORRECTED: "corrects",
    "RESOURCE_LEGAL_IMPLEMENTED_BY_RESOURCE_LEGAL": "implements",
    "RESOURCE_LEGAL_IMPLICITLY_REPEALED_BY_RESOURCE_LEGAL": "implicitly repeals",
    "RESOURCE_LEGAL_REPEALED_BY_RESOURCE_LEGAL": "repeals",
    "RESOURCE_LEGAL_REPLACED_BY_RESOURCE_LEGAL": "replaces",
    "RESOURCE_LEGAL_INTERPRETED_BY_CASE-LAW": "interprets",
    "RESOURCE_LEGAL_PRELIMINARY_QUESTION-SUBMITTED_BY_COMMUNICATION_CASE_NEW": "asks about",
}
_BETWEEN_ACTS = re.compile(r"RESOURCE_LEGAL_.+_RESOURCE_LEGAL")
# Loose or institutional: opinions on a proposal, and what is related in no stated way.
_LEFT_OUT = re.compile(r".+_(?:OPINION|POSITION)_.+|RESOURCE_LEGAL_(?:RELATED|TACKLES|INFLUENCE|PARTIALLY_REFER).+")
_ROLES = {
    "A": "added", "C": "corrected", "DEL": "deleted", "J": "inserted", "M": "modified", "R": "replaced",
}  # fmt: skip
_CODE = re.compile(r"\{([^|{}]+)\|[^{}]*\}")
_UNITS = {
    "AN": "annex", "AR": "article", "ART": "article", "CHA": "chapter", "PRT": "part", "SCT": "section",
    "TIT": "title", "PO": "point", "APP": "appendix",
}  # fmt: skip
# Sub-paragraphs are counted, not numbered: a path names them no deeper.
_DEEPER = ("PA", "PTA", "LE", "TIR")
_STEP = re.compile(r"\(?([0-9A-Za-z]+)\)?\.?")


def names(link: Element) -> list[str]:
    """Return everything the target of a link is called, as ``celex:…``, ``oj:…``, ``cellar:…``."""
    own = link.iterfind("URI/VALUE")
    return [name for each in (*link.iterfind("SAMEAS/URI/VALUE"), *own) if (name := name_at(words(each)))]


def stated(work: Element, document: str, covered: str) -> Iterator[Statement | Problem]:
    """Yield the relations of a work to others, and the effects that amendments had on it.

    ``covered`` is the date of the newest consolidated text, empty where there is none: an amendment that applies since
    a later date is not in it.
    """
    for link in work:
        name = str(link.tag)
        known = name in _OUT or name in _IN
        other = identity(names(link)) if known or _BETWEEN_ACTS.fullmatch(name) else None
        if other is None or other == document:
            continue
        if name in _OUT:
            yield Statement.relation(document, _OUT[name], other)
        elif name in _IN:
            yield Statement.relation(other, _IN[name], document)
            if name == _ADOPTED:
                yield Statement.relation(document, "final act", other)
        elif not _LEFT_OUT.fullmatch(name):
            yield Problem(kind="unknown relation", detail=f"{document}: {name}")
        if name == _AMENDED:
            yield from _effects(link, other, document, covered)
        elif name == _CORRECTED:
            stated = {"type": "corrected", "applied": "false", "required": "false", "in_force": ""}
            yield _effect(other, document, "", ("C", ""), **stated)


def versions(work: Element, document: str) -> dict[str, tuple[str, list[str]]]:
    """Return the consolidated texts of a work by their dates: CELEX number, and the addresses of their manifestations.

    Texts that are being worked on have a number with a tail (``…_0010010``) and no CELEX number; they are none yet.
    """
    found: dict[str, tuple[str, list[str]]] = {}
    for link in (each for name in CONSOLIDATIONS for each in work.iterfind(name)):
        for name in sorted(names(link)):
            with suppress(IdentifierError):
                base, date = celex_consolidated(name)
                if base != document:
                    continue
                number = f"0{base.removeprefix('celex:')[1:]}-{date.replace('-', '')}"
                known = found.setdefault(date, (number, []))[1]
                announced = link.iterfind(".//EXPRESSION_MANIFESTED_BY_MANIFESTATION/SAMEAS/URI/VALUE")
                known += [url for each in announced if (url := words(each)) not in known]
                break
    return found


def productions(work: Element, document: str) -> dict[str, str]:
    """Return the newest production of each consolidated text by its date, as seven figures.

    Every production is a work of its own beside the text, which has the same number and date as before.
    """
    stem = re.escape(document.removeprefix("celex:3"))
    produced = re.compile(rf"consolidation:{stem}/(\d{{8}})_(\d{{7}})")
    found: dict[str, str] = {}
    for link in (each for name in CONSOLIDATIONS for each in work.iterfind(name)):
        for match in filter(None, map(produced.fullmatch, names(link))):
            date = f"{match[1][:4]}-{match[1][4:6]}-{match[1][6:]}"
            found[date] = max(found.get(date, ""), match[2])
    return found


def _effects(link: Element, affecting: str, affected: str, covered: str) -> Iterator[Statement | Problem]:
    """Yield which provisions an act amended, in what way and from when; one statement for each annotation."""
    for each in link.iterfind("ANNOTATION"):
        place, role = value(each, "REFERENCE_TO_MODIFIED_LOCATION"), value(each, "ROLE2")
        begins = dates.day(value(each, "START_OF_VALIDITY")) or ""
        role = (_CODE.sub(r"\1", role) or "").strip().upper()
        if not place or not role:
            continue
        if role not in _ROLES:
            yield Problem(kind="unknown role", detail=f"{affected}: amended by {affecting} in the role {role}")
            continue
        yield _effect(
            affecting, affected, place, (role, begins), type=_ROLES[role], required="true", in_force=begins,
            applied="true" if begins and begins <= covered else "false",
        )  # fmt: skip


def _effect(affecting: str, affected: str, place: str, told: tuple[str, str], **stated: str) -> Statement:
    fields = {
        "id": digest_of(affecting, affected, place, *told)[:24],
        "affected": affected,
        "affected_provision": path(place),
        "affecting": affecting,
        "affecting_provision": "",
        **stated,
    }
    return Statement(kind="effect", document=affected, fields=fields)


def path(place: str) -> str:
    """Return a place in an act, as annotations write it, as a path; the words as they are where unread.

    >>> path("{AR|http://x/fd_370/AR} 79 {PA|http://x/PA} 2"), path("AR 3.1"), path("{AN|http://x/AN} III")
    ('article-79-2', 'article-3-1', 'annex-iii')
    >>> path("{AR|x} 45 {PA|x} 7 {ALN|x} 1"), path("{AR|x} 27i {PA|x} 5 {PTA|x} (b)")
    ('article-45-7', 'article-27i-5-b')
    """
    told = _CODE.sub(r"\1", place).split()
    steps: list[str] = []
    for code, label in pairwise(told):
        if code in _UNITS or code in _DEEPER:
            step = "-".join(_STEP.findall(label)).lower()
            steps += [_UNITS[code], step] if code in _UNITS else [step]
        elif code == "ALN":
            break
    return "-".join(steps) or " ".join(told)


def cited_article(comment: str) -> str:
    """Return the article that a comment on a date refers to, as a path, the empty text where it names none.

    >>> cited_article("{V|http://x/V} {ART|http://x/ART} 58.3"), cited_article("{DATPUB|http://x} +20")
    ('article-58-3', '')
    """
    told = _CODE.sub(r"\1", comment)
    found = re.search(r"\bART ([0-9][0-9A-Za-z.()]*)", told)
    return f"article-{'-'.join(_STEP.findall(found[1]))}".lower() if found else ""


def codes(text: str) -> list[str]:
    """Return the codes of an annotation in their order.

    >>> codes("{EV|http://x/EV} {P|http://x/P}")
    ['EV', 'P']
    """
    return _CODE.findall(text)


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
        if (part := addresses.identity(names(link))) and addresses.number(part)
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
    statements = [Statement.relation(part, "part of procedure", document) for part in sorted(parts)]
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


def _title(dossier: Element, decoded: str) -> str:
    """Return the English title, empty if none; one that states no language is in that of the notice.

    ``decoded`` is the language in which the notice was asked, which labels what it translates.
    """
    titles = [*dossier.iterfind("DOSSIER_TITLE"), *dossier.iterfind("TITLE")]
    english = [each for each in titles if value(each, "LANG") in ("en", "eng")]
    unsaid = [each for each in titles if each.find("LANG") is None]
    is_english = decoded == "eng" or len(unsaid) == len(titles)
    return next((clean(value(each, "VALUE").replace("&#13;", " ")) for each in (*english, *unsaid * is_english)), "")
