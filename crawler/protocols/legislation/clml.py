"""A CLML document as a Page: facts of the instrument, one version of its text, what its metadata state, and files.

Three kinds of document have little or no text. Metadata alone (``/resources/data.xml``, or ``data.xml`` of an
instrument that exists as PDF only) give facts and no version. A page of contents holds the introduction beside the
table: that much is a version, marked partial. So is a provision asked for by itself.

Beside the text stand notes, memoranda and assessments, as files. Their addresses cannot be told from the number of an
instrument: only its metadata name them. Source: https://github.com/legislation/data-documentation (formats/xml.md).
"""

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from crawler.identifiers.uk import NATIONS
from crawler.model import WORDING, Annotation, Capture, Document, Link, Page, Problem, Section, Statement, Version
from crawler.protocols import files
from crawler.protocols.legislation.described import summary
from crawler.protocols.legislation.effects import ended_by
from crawler.protocols.legislation.extending import stated_place
from crawler.protocols.legislation.flow import read_annotations
from crawler.protocols.legislation.metadata import VALIDITY, Metadata, metadata, stated_dates, statements
from crawler.protocols.legislation.names import (
    ORIGINAL,
    SITE,
    TYPES,
    address,
    data_url,
    day,
    document_url,
    jurisdiction,
    site,
)
from crawler.protocols.legislation.paging import gathered
from crawler.protocols.legislation.paths import FIXED
from crawler.protocols.legislation.provisions import Text, read_text, texts
from crawler.protocols.legislation.tree import ATOM, DC, DCT, LEG, UKM, Element, name_of, words
from crawler.protocols.legislation.wordings import extent_of
from crawler.sources import Source
from crawler.text import clean

_VIEWS = (("note", "notes"), ("memorandum", "memorandum"))
"""Word in the title of a file, and the view of its instrument that shows the same as web pages."""


def associated(data: Metadata) -> tuple[list[Document], list[Link]]:
    """Return the files beside the text of an instrument as documents, each with the link to it.

    They are explanatory notes and memoranda, impact assessments, codes of practice and the like, in English.
    """
    documents, links = list[Document](), list[Link]()
    for element in _files(data.element):
        url = site(element.get("URI") or "")
        own = address(url)
        is_assessment = own is not None and own.type.category == "impact assessment"
        title = clean(element.get("Title") or "")
        item = data.address.item
        document = Document(
            id=own.item if own is not None and is_assessment else f"{item}/{PurePosixPath(urlsplit(url).path).stem}",
            title=f"{title} (impact assessment)" if is_assessment else f"{data.title}: {title}",
            url=url,
            kind="report" if is_assessment else "legislation",
            parent=item,
            published=day(element.get("Date")),
            aliases=tuple(f"{SITE}/{item}/{view}" for word, view in _VIEWS if word in title.lower().split()[-1:]),
        )
        facts = {"document": document.id, "title": document.title, "kind": document.kind or ""}
        token = f"{element.get('Date') or ''} {element.get('Size') or ''}".strip() or "listed"
        documents.append(document)
        links.append(Link(url=url, role="attachment", parent=item, facts=facts, token=token))
    return list({each.id: each for each in documents}.values()), links


def _files(metadata: Element) -> Iterator[Element]:
    """Yield the elements that name a file with a title, but for the print of the instrument itself."""
    prints = set(metadata.iterfind(f"{UKM}Alternatives/*"))
    for each in metadata.iter():
        url = each.get("URI") or ""
        is_file = urlsplit(url).path.endswith(".pdf") and "/pdfs/" in url and address(url) is not None
        if is_file and each.get("Title") and each not in prints and each.get("Language") != "Welsh":
            yield each


def file(capture: Capture, source: Source) -> Page:
    """Read a file beside an instrument, under the title that the instrument gives it."""
    facts = capture.link.facts
    document = Document(
        id=facts.get("document") or capture.link.url,
        title=facts.get("title") or capture.link.url,
        url=capture.link.url,
        kind=facts.get("kind"),
        parent=capture.link.parent,
    )
    return files.page(capture, document, source, language="en")


_EVERYWHERE = "E+W+S+N.I."
"""The whole of the United Kingdom, which instruments are marked with that say themselves that they extend to less."""
_PRELIMS = frozenset({"PrimaryPrelims", "SecondaryPrelims", "EUPrelims"})


def document(root: Element, capture: Capture, *, is_with_files: bool = False, is_with_versions: bool = False) -> Page:
    """Read a CLML document, with the files that stand beside its text and its other versions where they are wanted."""
    data = metadata(root, capture)
    whole = _is_whole(root, data)
    text = read_text(root, data.unit, data.valid_from or "") if texts(root) else Text()
    # Footnotes alone are no text of the law.
    has_text = any(each.path != "footnotes" for each in text.sections)
    notes, odd = read_annotations(root, text.marks)
    version = _version(data, text, notes, whole) if has_text else None
    said, bad = statements(data)
    files, links = associated(data) if is_with_files else ([], [])
    return Page(
        documents=(_facts(data, text.sections, whole and _is_current(data), capture), *files),
        versions=(version,) if version else (),
        statements=(*said, *_ahead(data, text)),
        links=(*links, *(_versions(data) if is_with_versions and whole and _is_current(data) else ())),
        problems=gathered((*data.problems, *bad, *odd, *_lacks(root, data, version, whole))),
    )


def _is_whole(root: Element, data: Metadata) -> bool:
    """Return whether the document holds the whole instrument, as far as it has text."""
    where = data.address
    if where.provision or where.extent or where.view:
        return False
    parts = (child for text in texts(root) for child in text if name_of(child) not in _PRELIMS)
    return any(words.strip() for part in parts for words in part.itertext())


def _is_current(data: Metadata) -> bool:
    """Return whether the document says how the instrument stands now: a point in time says how it stood or will."""
    return not data.address.version or data.address.version in ORIGINAL


def _versions(data: Metadata) -> Iterator[Link]:
    """Yield the links to the other versions that the publisher lists: the original, and one for each of its days."""
    for each in data.element.iterfind(f"{ATOM}link[@rel='{DCT[1:-1]}hasVersion']"):
        found = address(each.get("href") or "")
        if found is None or found.item != data.address.item or found.welsh or found.provision or found.extent:
            continue
        if found.version != data.label and (found.version in ORIGINAL or found.version[:1].isdigit()):
            url = data_url(f"{found.item}/{found.version}")
            yield Link(url=url, role="document", token=found.version, facts={WORDING: found.version})


def _version(data: Metadata, text: Text, notes: tuple[Annotation, ...], whole: bool) -> Version:
    return Version(
        document=data.address.item,
        title=data.title,
        sections=text.sections,
        representation="structured",
        language=data.language,
        label=data.label,
        valid_from=data.valid_from,
        # The title says how the instrument stands now, not how it stood when an earlier wording applied.
        status="" if data.address.version else data.ended,
        partial=not whole,
        starts=text.starts,
        annotations=notes,
    )


def _ahead(data: Metadata, text: Text) -> Iterator[Statement]:
    """Yield when provisions begin that were not in force yet on the day for which the text was asked."""
    waiting = {each.path for each in text.sections if each.status == "prospective"}
    for path, since in text.ahead:
        if path in waiting:
            fields = {"event": "wording begins", "date": since, "provision": path, "qualification": data.label}
            yield Statement(kind="date", document=data.address.item, fields=fields)


def _lacks(root: Element, data: Metadata, version: Version | None, whole: bool) -> Iterator[Problem]:
    item = data.address.item
    if version is None and data.address.view != "resources":
        files = [clean(each.get("URI") or "") for each in data.element.iterfind(f"{UKM}Alternatives/{UKM}Alternative")]
        told = f"NumberOfProvisions {root.get('NumberOfProvisions') or 'not stated'}"
        yield Problem(kind="no text", detail=f"{item}: {told}; the text may be in {', '.join(files) or 'no file'}")
    elif version is not None and not whole and not data.address.provision and not data.address.extent:
        yield Problem(kind="partial text", detail=f"{item}: contents and introduction only")


def _facts(data: Metadata, found: tuple[Section, ...], current: bool, capture: Capture) -> Document:
    item = data.address.item
    is_treaty = data.type.code == "eut"
    extent = None if is_treaty else _extent(data)
    # Less is often said in the title or the text of an instrument than it is marked with; of an Act the mark counts.
    is_wide = extent == _EVERYWHERE and data.type.category == "secondary"
    described = words(data.element.find(f"{DC}description"))
    place = "" if is_treaty else stated_place(found, described, is_marked=extent is not None and not is_wide)
    where = jurisdiction(data.type, data.title, data.subjects, place)
    extent = None if is_wide and where != "United Kingdom" else extent
    provisions = [each for each in found if each.number and each.text and each.path not in FIXED.values()]
    return Document(
        id=item,
        title=data.title,
        url=document_url(item),
        kind=data.type.kind,
        jurisdiction=where,
        extent=extent or (_EVERYWHERE if place == "United Kingdom" else None),
        summary=summary(data, found),
        status=_status(data, provisions if current else [], capture.time.date().isoformat()),
        published=data.published,
        updated=data.modified,
        in_force=_in_force(data, provisions, current),
        aliases=tuple(_aliases(data, capture)),
    )


def _extent(data: Metadata) -> str | None:
    """Return the extent in the marks of the publisher, None where there are none: in original texts and drafts.

    Where one provision or part was asked for, that is the extent of what it holds; else that of the whole law.
    """
    stated = clean(data.root.get("RestrictExtent") or "")
    if stated and data.address.provision:
        nations = frozenset().union(*(extent_of(each) for each in data.root.iter(f"{LEG}P1")))
        stated = "+".join(code for code in NATIONS if code in nations) or stated
    is_editors = data.status == "revised" or stated != _EVERYWHERE or data.type.category not in ("secondary", "draft")
    return stated or None if is_editors else None


def _status(data: Metadata, provisions: list[Section], day: str) -> str | None:
    if ended := data.ended or ended_by(data.root, data.address.item, day):
        return ended
    if any(date <= day for date in stated_dates(data, VALIDITY)):
        return "no longer in force"
    if data.element.find(f"{UKM}SupersededBy") is not None:
        return "superseded"
    if data.type.category == "draft":
        return "draft"
    if provisions and all(each.status in ("prospective", "discarded") for each in provisions):
        return "prospective"
    return None


def _in_force(data: Metadata, provisions: list[Section], current: bool) -> str | None:
    """Return when the instrument is in force; None where a part of it, or an earlier wording, cannot tell."""
    if data.type.category in ("draft", "impact assessment"):
        return "not applicable"
    dates = stated_dates(data, "in force")
    if dates:
        return dates[0] if len(dates) == 1 else "in parts"
    if not current:
        return None
    statuses = {each.status for each in provisions}
    if "prospective" not in statuses:
        return "not stated"
    return "not yet" if statuses <= {"prospective", "discarded"} else "in parts"


def _aliases(data: Metadata, capture: Capture) -> Iterator[str]:
    item = data.address.item
    yield f"http://www.legislation.gov.uk/id/{item}"
    yield from (f"isbn:{each}" for each in data.isbns)
    asked = [address(url) for url in (*capture.hops, capture.link.url)]
    others = {each.item for each in asked if each and each.item != item and each.item.split("/")[0] in TYPES}
    # A Welsh instrument may be asked for as uksi; a year and number that two Acts share name neither.
    yield from sorted(others)
