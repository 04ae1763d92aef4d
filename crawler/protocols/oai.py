"""OAI-PMH: catalogues that are read by the day on which a record was entered or changed, forward from the last walk.

    ListRecords from … until … ──▶ documents of records with one of the subjects or words ──▶ their English files
    resumptionToken ──▶ the next page of the same answer

Source: https://www.openarchives.org/OAI/openarchivesprotocol.html, MARC 21 (https://www.loc.gov/marc/bibliographic/).
Seen by others at the UN Digital Library: both ends of a span must be given; a record is entered one to three months
after its document appeared, so that a span of days is none of publication.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from lxml import etree

from crawler.bodies.dates import iso
from crawler.errors import IdentifierError, ParseError, RefusedError
from crawler.identifiers import is_address, numbered
from crawler.model import Capture, Document, Link, Page, Problem, Walk, digest_of
from crawler.protocols.listing import details
from crawler.protocols.listing.options import PageOptions
from crawler.protocols.markup import name_of, read_xml
from crawler.sources import Source, options
from crawler.sources.fields import Count, Flag, Terms, Text, said
from crawler.text import clean, slug

SPAN, SPANS = 31, 12
"""Most days of a question, and most questions of one walk."""
_FIRST = timedelta(days=90)
_SYMBOL, _TITLE, _DATE, _SUBJECT, _ABOUT = ("191a", "099a"), ("245a", "245b"), ("269a", "260c"), ("650a",), ("520a",)
_FILE = re.compile(r"-EN\.pdf$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Options(options.Options):
    """`url` is the address of the interface, without a question."""

    prefix: Annotated[Literal["marcxml", "oai_dc"], said("format of records")] = "oai_dc"
    set: Annotated[str, said("of records; default all")] = ""
    days: Annotated[Count, said("days that a question covers", le=SPAN)] = 14
    subjects: Annotated[Terms, said("subject headings, one of which a record kept has")] = ()
    words: Annotated[tuple[Text, ...], said("or which its title holds")] = ()
    files: Annotated[Flag, said("read the English file of a record")] = False

    def problems(self, source: Source) -> Iterator[str]:
        """Yield that an address asks something already."""
        if urlsplit(source.url).query:
            yield f"url: {source.url} asks something; expected the address without a question"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record: ``key`` is its own name, ``urls`` are addresses it states."""

    key: str
    title: str = ""
    symbol: str = ""
    published: str = ""
    about: str = ""
    subjects: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()


def start(source: Source, walk: Walk) -> Iterable[Link]:
    """Yield the questions for the days since the last whole walk, the oldest first; at first for a quarter."""
    wanted, today = Options.of(source), walk.clock.date()
    try:
        first = date.fromisoformat(walk.cursor[:10])
    except ValueError:  # None yet, or that of the protocol by which the source was read before.
        first = today - _FIRST
    spans: list[tuple[date, date]] = []
    while first <= today and len(spans) < SPANS:
        spans.append((first, min(first + timedelta(days=wanted.days - 1), today)))
        first = spans[-1][1] + timedelta(days=1)
    for begins, ends in spans:
        asked = {"verb": "ListRecords", "metadataPrefix": wanted.prefix, "set": wanted.set}
        asked |= {"from": begins.isoformat(), "until": ends.isoformat()}
        query = urlencode({key: told for key, told in asked.items() if told})
        yield Link(url=f"{source.url}?{query}", role="listing", facts={"cursor": spans[-1][1].isoformat()})


def parse(capture: Capture, source: Source) -> Page:
    """Read an answer, or a file of a record.

    Raises:
        RefusedError: the interface says that it cannot answer; says why.
        ParseError: it is no OAI-PMH, or a damaged file.
    """
    if capture.link.role == "document":
        return details.parse(capture, source, PageOptions())
    root = read_xml(capture.body.strip(), capture.url)
    if name_of(root) != "OAI-PMH":
        raise ParseError(capture.url, f"no OAI-PMH but {name_of(root)}")
    fault = root.find("{*}error")
    code = "" if fault is None else fault.get("code", "")
    if code and code != "noRecordsMatch":
        raise RefusedError(capture.url, f"{code}: {clean(fault.text or '') if fault is not None else ''}", "error")
    wanted = Options.of(source)
    # That a catalogue gave up a record says nothing of the document.
    there = (each for each in root.iterfind("{*}ListRecords/{*}record") if each.find("{*}metadata") is not None)
    records = [_record(each, wanted.prefix) for each in there]
    kept = [each for each in records if _is_kept(each, wanted)]
    found = [(each, _document(each, capture)) for each in kept if each.title]
    untitled = len(kept) - len(found)
    return Page(
        documents=tuple({document.id: document for _, document in found}.values()),
        links=(*(_file(*each) for each in found if wanted.files and _english(each[0])), *_next(root, capture)),
        problems=(Problem(kind="entry", detail=f"{untitled} without a title"),) if untitled else (),
        entries=len(found) if found or not records else None,
        newest=max((document.published for _, document in found if document.published), default=None),
        cursor=capture.link.facts.get("cursor"),
    )


def _record(element: etree._Element, prefix: str) -> Record:
    header = element.find("{*}header")
    key = clean((header.findtext("{*}identifier") if header is not None else "") or "")
    if prefix == "marcxml":
        return _marc(element, key)
    said_of = {
        name: [clean("".join(map(str, each.itertext()))) for each in element.iterfind(f"{{*}}metadata//{{*}}{name}")]
        for name in ("title", "date", "description", "subject", "identifier")
    }
    return Record(
        key=key,
        title=next(iter(said_of["title"]), ""),
        published=max(said_of["date"], default=""),
        about=next(iter(said_of["description"]), ""),
        subjects=tuple(said_of["subject"]),
        urls=tuple(each for each in said_of["identifier"] if is_address(each)),
    )


def _marc(element: etree._Element, key: str) -> Record:
    fields: dict[str, list[str]] = {}
    for each in element.iterfind("{*}metadata//{*}datafield"):
        for part in each.iterfind("{*}subfield"):
            fields.setdefault(f"{each.get('tag')}{part.get('code')}", []).append(clean(part.text or ""))
    own = element.findtext("{*}metadata//{*}controlfield[@tag='001']") or ""

    def first(names: Iterable[str]) -> str:
        return next((value for name in names for value in fields.get(name, ()) if value), "")

    title = " ".join(filter(None, (first([name]) for name in _TITLE)))
    return Record(
        key=clean(own) or key,
        title=title.strip(" /:;").replace(" : ", ": "),
        symbol=first(_SYMBOL),
        published=first(_DATE),
        about=first(_ABOUT),
        subjects=tuple(value for name in _SUBJECT for value in fields.get(name, ())),
        urls=tuple(url for url in fields.get("856u", ()) if is_address(url)),
    )


def _is_kept(record: Record, wanted: Options) -> bool:
    """Return whether a record is about one of the subjects, or has one of the words in its title."""
    if not wanted.subjects and not wanted.words:
        return True
    about = {slug(each) for each in record.subjects}
    title = f"-{slug(record.title)}-"
    return any(slug(each) in about for each in wanted.subjects) or any(
        f"-{slug(each)}-" in title for each in wanted.words
    )


def _document(record: Record, capture: Capture) -> Document:
    parts = urlsplit(capture.link.url)
    try:
        name = numbered(f"un:{record.symbol.replace(' ', '')}")
    except IdentifierError:
        name = f"oai:{parts.hostname}:{record.key}".replace(" ", "")
    page = f"{parts.scheme}://{parts.netloc}/record/{quote(record.key, safe='')}" if record.key.isdigit() else ""
    return Document(
        id=name,
        title=record.title or name,
        url=page or next(iter(record.urls), capture.link.url),
        summary=record.about or None,
        published=iso(record.published),
    )


def _english(record: Record) -> str:
    return next((url for url in record.urls if _FILE.search(urlsplit(url).path)), "")


def _file(record: Record, document: Document) -> Link:
    facts = {"document": document.id, "title": document.title, "published": document.published or ""}
    token = digest_of(record.title, record.published, _english(record))[:16]
    stated = {key: told for key, told in facts.items() if told}
    return Link(url=_english(record), role="document", facts=stated, token=token)


def _next(root: etree._Element, capture: Capture) -> Iterator[Link]:
    """Yield the next page of an answer; its token goes alone with the verb."""
    token = (root.findtext("{*}ListRecords/{*}resumptionToken") or "").strip()
    if token and token not in parse_qs(urlsplit(capture.link.url).query).get("resumptionToken", ()):
        address = urlsplit(capture.link.url)._replace(
            query=urlencode({"verb": "ListRecords", "resumptionToken": token})
        )
        facts = {"cursor": told} if (told := capture.link.facts.get("cursor")) else {}
        yield Link(url=address.geturl(), role="next", facts=facts)
