"""Texts of the European Parliament: adopted texts, reports and motions, as the API describes each.

Authors and rapporteurs are people and are not read; nor are amendments, which are works of their own.
Source: https://europarl.github.io/eli-ep/dsd/adopted-texts
"""

import re
from collections.abc import Iterator

from crawler.bodies.html import plain_words
from crawler.errors import IdentifierError
from crawler.identifiers import europarl_id
from crawler.model import Capture, Document, Link, Page, Problem, Section, Statement, Version
from crawler.protocols.europarl.options import Options, address
from crawler.protocols.europarl.values import BASE, chosen, code, day, first, mark, objects, references, texts, titles
from crawler.protocols.govuk.json_access import Item
from crawler.protocols.parliament.access import origin
from crawler.protocols.parliament.treaties import week
from crawler.sources import Source

SITE = "https://www.europarl.europa.eu/doceo/document"
_KINDS = {
    "TEXT_ADOPTED": "parliament",
    "REPORT_PLENARY": "parliament",
    "RESOLUTION_MOTION": "parliament",
    "RESOLUTION_MOTION_JOINT": "parliament",
    "QUESTION_RESOLUTION_MOTION": "parliament",
    "AMENDMENT_BUDGET_EU_DRAFT": "parliament",
    "BUDGET_EP_DRAFT": "parliament",
}
_FORMATS = ("XHTML", "HTML", "DOCX", "PDF")
"""Formats of a text, the one we would rather read first."""

_EVENT = re.compile(r"(?:.*/)?(\d{4}-\d{4}[A-Z]?)-[A-Z]", re.ASCII)
_LANGUAGES = {
    "BUL": "bg", "CES": "cs", "DAN": "da", "DEU": "de", "ELL": "el", "ENG": "en", "EST": "et", "FIN": "fi", "FRA": "fr",
    "GLE": "ga", "HRV": "hr", "HUN": "hu", "ITA": "it", "LAV": "lv", "LIT": "lt", "MLT": "mt", "NLD": "nl", "POL": "pl",
    "POR": "pt", "RON": "ro", "SLK": "sk", "SLV": "sl", "SPA": "es", "SWE": "sv",
}  # fmt: skip


def identity(item: Item) -> str:
    """Return the id of the text an object is about."""
    stated = first(item, "identifier") or code(first(item, "id") or "")
    try:
        return europarl_id(stated)
    except IdentifierError:
        raise item.wrong("identifier", f"is {stated[:60]!r}, no text of the Parliament") from None


def work(item: Item, source: Source) -> tuple[Document, tuple[Problem, ...]]:
    """Return the text an object describes, and what is unknown in it."""
    name = identity(item)
    key = name.partition(":")[2]
    kinds = [code(each) for each in texts(item, "work_type")]
    unknown = [each for each in kinds if each not in _KINDS]
    label = first(item, "label")
    document = Document(
        id=name,
        title=title_of(item, source) or label or key,
        url=f"{SITE}/{key}_EN.html",
        kind=next((_KINDS[each] for each in kinds if each in _KINDS), None),
        published=day(item, "document_date"),
        aliases=tuple(filter(None, (label, first(item, "notation_publicRegister"), f"{BASE}eli/dl/doc/{key}"))),
    )
    return document, tuple(Problem(kind="unknown value", detail=f"work_type {each!r}") for each in unknown)


def title_of(item: Item, source: Source) -> str | None:
    """Return the title of a text in the first language of its source that it has."""
    by_language = titles(item, "title_dcterms")
    for each in objects(item, "is_realized_by"):
        by_language = {**titles(each, "title"), **by_language}
    return chosen(by_language, Options.of(source).languages)


def text(item: Item, capture: Capture, source: Source) -> Page:
    """Read one text: its titles and subtitles by language, its relations, and a link to its file."""
    document, unknown = work(item, source)
    wanted = Options.of(source).languages
    expressions = {language: each for each in objects(item, "is_realized_by") if (language := _language(each))}
    versions = [
        _version(document, expressions.get(language), titles(item, "title_dcterms"), language, capture.url)
        for language in wanted
    ]
    links = [
        *related(item, capture, source),
        *(_file(document, expressions, source) if Options.of(source).files else ()),
    ]
    return Page(
        documents=(document,),
        versions=tuple(version for version in versions if version is not None),
        statements=tuple(relations(item, document.id)),
        links=tuple(links),
        problems=unknown,
    )


def _version(
    document: Document, expression: Item | None, by_language: object, language: str, url: str
) -> Version | None:
    """Return what the API shows of a text in one language: its title, and its subtitle where that says more."""
    named = by_language if isinstance(by_language, dict) else {}
    own = titles(expression, "title") if expression is not None else {}
    title = named.get(language) or own.get(language)
    if not title:
        return None
    subtitle = titles(expression, "title_alternative").get(language, "") if expression is not None else ""
    words = plain_words(subtitle, url) if subtitle else ""
    sections = (Section(path="subtitle", text=words),) if words and words != title else ()
    return Version(document=document.id, title=title, sections=sections, representation="summary", language=language)


def relations(item: Item, document: str) -> Iterator[Statement]:
    """Yield the procedures that a text belongs to, and the texts it adopts or replaces."""
    for target in procedures(item):
        yield Statement.relation(document, "part of procedure", target)
    for key, relation in (("adopts", "adopts"), ("is_derivative_of", "based on"), ("corrects", "corrects")):
        for each in references(item, key):
            try:
                yield Statement.relation(document, relation, europarl_id(code(each)))
            except IdentifierError:
                continue


def procedures(item: Item) -> tuple[str, ...]:
    """Return the procedures whose decisions a text holds, from the names of the decisions."""
    events = references(item, "inverse_decided_on_a_realization_of")
    found = [europarl_id(match[1]) for each in events if (match := _EVENT.match(each))]
    return tuple(dict.fromkeys(found))


def related(item: Item, capture: Capture, source: Source) -> Iterator[Link]:
    """Yield links to the procedures of a text, where the source wants them, and to the reports it adopts.

    A procedure goes on while its text stays as it is: it is asked once a week.
    """
    if not Options.of(source).related:
        return
    site = origin(capture.url)
    for each in procedures(item):
        url, facts = address(site, "procedures", each), {"document": each}
        yield Link(url=url, role="document", facts=facts, token=week(capture.time))
    for reference in references(item, "adopts"):
        if code(reference).startswith("A-"):
            target = f"ep:{code(reference)}"
            yield Link(url=address(site, "plenary-documents", target), role="document", facts={"document": target})


def _language(expression: Item) -> str:
    return _LANGUAGES.get(code(first(expression, "language") or ""), "")


def _file(document: Document, expressions: dict[str, Item], source: Source) -> Iterator[Link]:
    """Yield a link to the best file of a text, in the first language of its source that it has."""
    for language in Options.of(source).languages:
        files = objects(expressions[language], "is_embodied_by") if language in expressions else ()
        best = min((each for each in files if _format(each) in _FORMATS), key=_place, default=None)
        place = first(best, "is_exemplified_by") if best is not None else None
        if best is None or place is None or "://" in place:
            continue
        facts = {"document": document.id, "title": document.title, "language": language}
        facts |= {"kind": document.kind} if document.kind else {}
        yield Link(url=f"{BASE}{place.lstrip('/')}", role="attachment", facts=facts, token=mark(best.value))
        return


def _format(manifestation: Item) -> str:
    return code(first(manifestation, "format") or "")


def _place(manifestation: Item) -> int:
    return _FORMATS.index(_format(manifestation))
